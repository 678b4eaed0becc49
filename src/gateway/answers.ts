/** From any error to what the caller may read of it: one place for codes, sentences and statuses. */
import { GraphQLError, type ExecutionResult } from 'graphql';
import {
  errorTable,
  PublicError,
  sentence,
  statusOf,
  type ErrorCode,
  type Language,
  type RowProblem,
} from '../platform/errors.ts';
import { isTimeout, isUnreachable, refusalOf } from '../platform/database-errors.ts';
import { limits } from '../platform/limits.ts';
import type { Exchange } from './exchange.ts';
import { fieldOf } from './place.ts';

export interface PublicFault {
  readonly code: ErrorCode;
  readonly parameters: Readonly<Record<string, string | number>>;
  /** Row by row, where a list of rows was refused. */
  readonly problems?: readonly RowProblem[];
  /** For the log: set when the cause is ours. */
  readonly cause?: unknown;
}

/** pg-pool's words when no connection became free in time, under load or without a server. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && error.message === 'timeout exceeded when trying to connect';
}

const byHttpStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'BODY_MALFORMED',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  406: 'NOT_ACCEPTABLE',
  413: 'BODY_TOO_LARGE',
  415: 'MEDIA_TYPE_UNSUPPORTED',
};

/** Where the value stands that was refused, unless the refusal says it itself. */
function placeOf(error: unknown): { readonly field?: string } {
  const field = error instanceof GraphQLError ? fieldOf(error) : null;
  return field === null ? {} : { field };
}

/** What graphql-js says of documents and variables is about the caller's own text, so it is passed on. */
function faultOfRequest(error: GraphQLError): PublicFault {
  const detail = error.message.slice(0, 500);
  const parameters = { detail, ...placeOf(error) };
  if (detail.startsWith('Syntax Error'))
    return { code: 'DOCUMENT_MALFORMED', parameters: { detail } };
  if (
    /^(Unknown operation|Must provide operation|Could not determine what operation)/.test(detail)
  ) {
    return { code: 'OPERATION_UNKNOWN', parameters: {} };
  }
  if (detail.startsWith('Variable "$')) return { code: 'VARIABLES_INVALID', parameters };
  return { code: 'DOCUMENT_INVALID', parameters };
}

/** What Yoga says of the request around the document, by the status that it would give. */
export function faultOfStatus(status: number): PublicFault | null {
  const code = byHttpStatus[status];
  if (!code) return null;
  return { code, parameters: code === 'BODY_TOO_LARGE' ? { max: limits.bodyBytes.value } : {} };
}

/** Null for an error about the document, whatever its status. */
function faultOfBody(error: GraphQLError): PublicFault | null {
  if (error.message.startsWith('Batching is')) return { code: 'BATCHING_OFF', parameters: {} };
  const { code, http } = error.extensions as { code?: string; http?: { status?: number } };
  // Yoga's own errors have these codes; one about the document has another or a place in it.
  if (!/^(BAD_REQUEST|REQUEST_ENTITY_TOO_LARGE)$/.test(code ?? '') || error.locations) return null;
  return faultOfStatus(http?.status ?? 0);
}

/** `executed` tells errors of resolvers, which are masked, from errors of the request. */
export function faultOf(error: unknown, executed: boolean): PublicFault {
  // A PublicError's own cause is never the public fault.
  const wrapped = error instanceof GraphQLError && !(error instanceof PublicError);
  const original = wrapped ? (error.originalError ?? error) : error;
  if (original instanceof PublicError) {
    const { code, parameters, problems, originalError: cause } = original;
    const ours = cause && errorTable[code].fault === 'GATEWAY';
    const rows = problems.length > 0 ? { problems } : {};
    const place = executed ? {} : placeOf(error);
    return { code, parameters: { ...place, ...parameters }, ...rows, ...(ours ? { cause } : {}) };
  }
  const refused = refusalOf(original);
  if (refused) return { code: refused.code, parameters: refused.parameters };
  if (isTimeout(original)) return { code: 'TIMEOUT', parameters: {}, cause: original };
  if (isBusy(original)) return { code: 'BUSY', parameters: {}, cause: original };
  if (isUnreachable(original)) {
    return { code: 'DATABASE_UNAVAILABLE', parameters: {}, cause: original };
  }
  if (error instanceof GraphQLError && !executed && !error.path) {
    const fault = faultOfBody(error);
    if (fault) return fault;
    if (error.originalError && !(error.originalError instanceof GraphQLError)) {
      return { code: 'INTERNAL', parameters: {}, cause: error.originalError };
    }
    return faultOfRequest(error);
  }
  return { code: 'INTERNAL', parameters: {}, cause: original };
}

export interface PublicErrorBody {
  readonly message: string;
  readonly locations?: GraphQLError['locations'];
  readonly path?: GraphQLError['path'];
  readonly extensions: { readonly code: ErrorCode; readonly [parameter: string]: unknown };
}

export function describeFault(
  { code, parameters, problems }: PublicFault,
  language: Language,
  requestId: string,
): PublicErrorBody {
  const all = code === 'INTERNAL' ? { requestId } : parameters;
  const rows = problems?.map(({ row, field, code, parameters }) => ({
    row,
    field,
    code,
    message: sentence(code, parameters, language),
  }));
  const extensions = { ...all, ...(rows ? { problems: rows } : {}), code };
  return { message: sentence(code, all, language), extensions };
}

/** The HTTP status of a result: an error's own only when nothing of the answer is left. */
export function statusOfResult(result: ExecutionResult, codes: readonly ErrorCode[]): number {
  const [code] = codes;
  if (!code || hasData(result)) return 200;
  return statusOf(code);
}

export function hasData({ data }: ExecutionResult): boolean {
  return data != null && Object.values(data).some((value) => value !== null);
}

/** A refusal outside GraphQL's own execution, in the same form as one inside. */
export function refuse(exchange: Exchange, fault: PublicFault): Response {
  const { draft, language } = exchange;
  draft.errorCode ??= fault.code;
  exchange.outcome = errorTable[fault.code].fault === 'GATEWAY' ? 'FAILED' : 'REFUSED';
  const body = JSON.stringify({ errors: [describeFault(fault, language, draft.requestId)] });
  const status = Math.max(statusOf(fault.code), 400);
  const headers = new Headers({ 'content-type': mediaType(exchange.request) });
  if (status === 401) headers.set('www-authenticate', 'Bearer');
  if (status === 405) headers.set('allow', 'GET, POST');
  if (status === 503) headers.set('retry-after', '5');
  return new Response(body, { status, headers });
}

/** The GraphQL media type where the caller takes it, else plain JSON. */
function mediaType(request: Request): string {
  const accepts = request.headers.get('accept') ?? '';
  const type = accepts.includes('application/graphql-response+json')
    ? 'application/graphql-response+json'
    : 'application/json';
  return `${type}; charset=utf-8`;
}
