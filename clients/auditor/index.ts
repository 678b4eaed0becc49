/** The typed client of the role AUDITOR: its documents, its answers, its errors. */
export { createClient, GatewayError, type Client, type ClientOptions } from '../client.ts';
export { readFigure, showFigure, type FigureValue, type ReadFigure } from '../figure.ts';
export { graphql } from './gql/index.ts';
