/** GraphQL's own execution: Yoga with the role's schema, the limits, the scope and the mask. */
import {
  getOperationAST,
  Kind,
  OperationTypeNode,
  print,
  stripIgnoredCharacters,
  visit,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type ValueNode,
} from 'graphql';
import canonicalize from 'canonicalize';
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type { Logger } from 'pino';
import { firstDefault } from '../platform/connection.ts';
import type { Background } from '../platform/background.ts';
import type { Context } from '../platform/context.ts';
import { errorTable, PublicError } from '../platform/errors.ts';
import { assertAffordable, documentLimits, limits } from '../platform/limits.ts';
import type { Database } from '../platform/prisma-client.ts';
import { nobody, withScope } from '../platform/scope.ts';
import type { Schemas } from '../schema.ts';
import { describeFault, faultOf, faultOfStatus, hasData, statusOfResult } from './answers.ts';
import type { Exchange, Stage } from './exchange.ts';

/** What Yoga is given of the exchange; it adds its own parameters. */
type ServerContext = { exchange: Exchange };
type Bridge = ServerContext & Context;

export const graphqlPath = '/graphql';

/** Literals and aliases are the caller's own text and may name a person: they are not kept. */
function withoutLiterals(document: DocumentNode): string {
  const empty: Readonly<Record<string, ValueNode>> = {
    [Kind.STRING]: { kind: Kind.STRING, value: '' },
    [Kind.INT]: { kind: Kind.INT, value: '0' },
    [Kind.FLOAT]: { kind: Kind.FLOAT, value: '0' },
  };
  const emptied = visit(document, {
    enter: (node) => empty[node.kind],
    Field: { leave: ({ alias: _alias, ...field }) => field },
  });
  return stripIgnoredCharacters(print(emptied));
}

/** Yoga keeps parsed documents, so that a text asked again is cleaned once. */
const cleaned = new WeakMap<DocumentNode, string>();
function recordedText(document: DocumentNode): string {
  const text = cleaned.get(document) ?? withoutLiterals(document);
  cleaned.set(document, text);
  return text;
}

const noNul = 'A text holds the character NUL, which no text here has.';
/** In JSON text: the escape of NUL, and not a backslash before "u0000". */
const escapedNul = /(?<!\\)(\\\\)*\\u0000/;

/** The variables as the record digests them; refuses what has no canonical form or cannot be stored. */
function canonicalVariables(variables: unknown): string | null {
  if (variables == null) return null;
  let text: string | undefined;
  try {
    text = canonicalize(variables);
  } catch {
    throw new PublicError('VARIABLES_INVALID', { detail: 'They are nested too deeply.' });
  }
  if (text && escapedNul.test(text)) throw new PublicError('VARIABLES_INVALID', { detail: noNul });
  return text ?? null;
}

/** PostgreSQL's texts hold no NUL. */
function assertStorable(document: DocumentNode): void {
  visit(document, {
    StringValue: ({ value }) => {
      if (value.includes('\0')) throw new PublicError('DOCUMENT_INVALID', { detail: noNul });
    },
  });
}

/** Notes what is asked for the record, and refuses what would cost too much. */
function inspectOperation(schemas: Schemas): Plugin<Bridge> {
  return {
    onParse: ({ context }) => {
      return ({ result }) => {
        const isDocument = typeof result === 'object' && result !== null && 'definitions' in result;
        if (isDocument) context.exchange.draft.document = recordedText(result as DocumentNode);
      };
    },
    async onExecute({ args }) {
      const { contextValue, document, operationName, variableValues } = args as ExecutionArgs;
      const { draft, principal } = (contextValue as Bridge).exchange;
      draft.variables = canonicalVariables(variableValues);
      assertStorable(document);
      const operation = getOperationAST(document, operationName);
      if (!operation || !principal) return;
      draft.operationName = operation.name?.value ?? null;
      draft.operationType = operation.operation;
      const { schema } = schemas.byRole[principal.role];
      if (!schema.getRootType(operation.operation)) {
        const detail = `Your role has no ${operation.operation}.`;
        throw new PublicError('DOCUMENT_INVALID', { detail });
      }
      assertAffordable(schema, document, operation, variableValues ?? {}, firstDefault);
      if (operation.operation === OperationTypeNode.MUTATION) {
        await (contextValue as Bridge).exchange.recordIntent();
      }
    },
  };
}

/** Codes, sentences in the caller's language and the outcome, for every result alike. */
function publishResult(logger: Logger): Plugin<Bridge> {
  return {
    onResultProcess: (payload) => {
      const { result, serverContext } = payload;
      const { exchange } = serverContext as unknown as ServerContext;
      const { draft, language } = exchange;
      const single = result as ExecutionResult;
      if (Array.isArray(result) || !single.errors?.length) return;
      const executed = single.data !== undefined;
      const faults = single.errors.map((error) => faultOf(error, executed));
      const errors = faults.map((fault, i) => {
        if ('cause' in fault) {
          logger.error({ requestId: draft.requestId, err: fault.cause }, fault.code);
        }
        const { locations, path } = single.errors?.[i] ?? {};
        const body = describeFault(fault, language, draft.requestId);
        return { ...body, ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
      });
      const codes = faults.map(({ code }) => code);
      const first = codes[0] ?? 'INTERNAL';
      draft.errorCode = first;
      exchange.outcome = hasData(single)
        ? 'PARTIAL'
        : errorTable[first].fault === 'GATEWAY'
          ? 'FAILED'
          : 'REFUSED';
      exchange.status = statusOfResult(single, codes);
      payload.setResult({ ...single, errors } as never);
    },
  };
}

/** Each operation runs in its caller's scope; outside one there is no scope, and no data. */
const runInScope: Plugin<Bridge> = {
  instrumentation: {
    operation: ({ context }, wrapped) => {
      const { exchange } = context as Bridge;
      return withScope(exchange.principal?.scope ?? nobody, wrapped);
    },
  },
};

export function createGraphQL(options: {
  schemas: Schemas;
  db: Database;
  background: Background;
  logger: Logger;
  corsOrigins: readonly string[];
  explorer: boolean;
}): YogaServerInstance<ServerContext, object> {
  const { schemas, db, background, logger, corsOrigins, explorer } = options;
  return createYoga<ServerContext, object>({
    graphqlEndpoint: graphqlPath,
    logging: false,
    landingPage: false,
    batching: false,
    multipart: false,
    maskedErrors: false,
    maxRequestBodySize: limits.bodyBytes.value,
    graphiql: explorer
      ? { title: 'Liên Thông', headers: '{"authorization":"Bearer ","purpose-of-use":""}' }
      : false,
    cors: corsOrigins.length > 0 ? { origin: [...corsOrigins], methods: ['GET', 'POST'] } : false,
    schema: (context) => {
      const role = (context as unknown as ServerContext).exchange.principal?.role;
      if (!role) throw new PublicError('TOKEN_MISSING');
      return schemas.byRole[role].schema;
    },
    context: ({ exchange }): Partial<Context> => ({
      ...(exchange.principal ? { principal: exchange.principal } : {}),
      draft: exchange.draft,
      language: exchange.language,
      contract: schemas,
      db,
      background,
      memory: new Map(),
    }),
    plugins: [
      ...documentLimits(),
      inspectOperation(schemas),
      runInScope,
      publishResult(logger),
    ] as Plugin[],
  });
}

/** The innermost stage: lets Yoga answer and sets the status that the result calls for. */
export function executeGraphQL(
  yoga: YogaServerInstance<ServerContext, object>,
  schemas: Schemas,
): Stage {
  return async (exchange) => {
    const role = exchange.principal?.role;
    if (role) exchange.draft.schemaVersion = schemas.byRole[role].version;
    const response = await yoga.fetch(exchange.request, { exchange });
    if (exchange.status === null && response.status >= 400) throw httpFault(response.status);
    const status = exchange.status ?? response.status;
    return new Response(await response.text(), { status, headers: response.headers });
  };
}

/** What Yoga refuses without a GraphQL result, by its status. */
function httpFault(status: number): Error {
  const fault = faultOfStatus(status);
  if (!fault) return new Error(`Yoga answered with status ${status}.`);
  return new PublicError(fault.code, fault.parameters);
}
