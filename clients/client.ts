/** Asks the gateway typed documents; what goes wrong is one kind of error with stable codes. */
import { ClientError, GraphQLClient } from 'graphql-request';
import type { ErrorCode } from './error-codes.ts';

export interface ClientOptions {
  /** Where the gateway is, without /graphql. */
  readonly url: string;
  /** An access token, or what fetches one: it is asked before each request. */
  readonly token: string | (() => string | Promise<string>);
  /** A code of the list PURPOSE; it selects the grants that count. */
  readonly purpose: string;
  /** The language of reasons and errors. */
  readonly language?: 'en' | 'vi';
}

/** A document of `graphql()`, with the types of its answer and its variables. */
export interface TypedDocument<Result, Variables> {
  toString(): string;
  __apiType?: (variables: Variables) => Result;
}

export interface GatewayFault {
  /** Codes are added over time: treat one that you do not know like its sentence says. */
  readonly code: ErrorCode | (string & {});
  /** A public sentence that says what to do. */
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** The gateway answered with errors. What it answered beside them is in `data`. */
export class GatewayError extends Error {
  readonly faults: readonly GatewayFault[];
  readonly status: number;
  readonly data: unknown;
  /** The number of the request's record on the access log. */
  readonly accessRecord: string | null;

  constructor({ response }: ClientError) {
    const faults = (response.errors ?? []).map(({ message, path, extensions }) => ({
      code: typeof extensions?.['code'] === 'string' ? extensions['code'] : 'UNKNOWN',
      message,
      path: path ?? [],
    }));
    super(faults.map(({ code, message }) => `${code}: ${message}`).join('\n'));
    this.name = 'GatewayError';
    this.faults = faults;
    this.status = response.status;
    this.data = response.data ?? null;
    this.accessRecord = new Headers(response.headers).get('access-record');
  }

  has(code: ErrorCode): boolean {
    return this.faults.some((fault) => fault.code === code);
  }
}

type VariablesOf<Variables> = Variables extends Record<string, never> ? [] : [variables: Variables];

export interface Client {
  /** @throws GatewayError when the gateway answers with errors, even beside data. */
  ask<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    ...variables: VariablesOf<Variables>
  ): Promise<Result>;
}

export function createClient({ url, token, purpose, language = 'en' }: ClientOptions): Client {
  const client = new GraphQLClient(new URL('/graphql', url).href, {
    headers: { 'Purpose-Of-Use': purpose, 'Accept-Language': language },
    requestMiddleware: async (request) => {
      const bearer = typeof token === 'string' ? token : await token();
      const headers = new Headers(request.headers);
      headers.set('Authorization', `Bearer ${bearer}`);
      return { ...request, headers };
    },
  });
  return {
    ask: (document, ...[variables]) =>
      client.request<never>(document.toString(), variables as never).catch((error: unknown) => {
        throw error instanceof ClientError ? new GatewayError(error) : error;
      }),
  };
}
