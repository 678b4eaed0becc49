/** The stages of a request outside GraphQL's own execution, outermost first. */
import type { Logger } from 'pino';
import type { LogKeeper } from '../audit/log/keeper.ts';
import type { AccessLog } from '../audit/access-log.ts';
import { makeEntry } from '../audit/record.ts';
import type { RefusalCounter } from '../audit/refusals.ts';
import { identify } from '../identity/identify.ts';
import { lossOf } from '../identity/principal.ts';
import type { IssuerKeys } from '../identity/issuers.ts';
import type { ScopedPool } from '../platform/database.ts';
import { PublicError } from '../platform/errors.ts';
import { limits } from '../platform/limits.ts';
import { faultOf, refuse } from './answers.ts';
import type { Exchange, Stage, Stream } from './exchange.ts';

export const recordHeader = 'access-record';
export const requestIdHeader = 'request-id';
const caseReferenceHeader = 'case-reference';

/** One log line a request; no token, no document, no variable. */
export function logRequest(logger: Logger): Stage {
  return async ({ request, draft }, next) => {
    const response = await next();
    const { pathname } = new URL(request.url);
    logger.info(
      {
        requestId: draft.requestId,
        method: request.method,
        path: pathname,
        status: response.status,
        agency: draft.principal?.agency.id,
        operation: draft.operationType,
        code: draft.errorCode ?? undefined,
        record: response.headers.get(recordHeader) ?? undefined,
        durationMicros: draft.durationMicros,
      },
      'request',
    );
    return response;
  };
}

/** Turns whatever a stage throws into an answer; causes that are ours go to the log. */
export function answerErrors(logger: Logger): Stage {
  return async (exchange, next) => {
    try {
      return await next();
    } catch (error) {
      const fault = faultOf(error, true);
      if ('cause' in fault) {
        logger.error({ requestId: exchange.draft.requestId, err: fault.cause }, fault.code);
      }
      return refuse(exchange, fault);
    }
  };
}

/**
 * Nothing is asked and nothing is recorded while the log is not what it was, or is not signed in time: what
 * can't be proved later is not given now.
 */
export function holdWhileLogIsClosed(keeper: Pick<LogKeeper, 'closure'>): Stage {
  return async (exchange, next) => {
    const code = keeper.closure;
    if (code === null) return next();
    return withRequestId(refuse(exchange, { code, parameters: {} }), exchange.draft.requestId);
  };
}

/**
 * The record: durable before the answer leaves, or there is no answer. The answer carries its number.
 */
export function recordAccess(
  log: AccessLog,
  refusals: RefusalCounter,
  policyVersion: string,
  logger: Logger,
): Stage {
  return async (exchange, next) => {
    const { draft, address } = exchange;
    draft.caseReference = headerText(exchange.request.headers.get(caseReferenceHeader));
    const ended = { policyVersion, now: new Date() };
    exchange.recordIntent = async () => {
      const entry = makeEntry(draft, { ...ended, outcome: 'INTENDED', body: null });
      await log.append(entry).catch((cause: Error) => {
        throw new PublicError('AUDIT_UNAVAILABLE', {}, { originalError: cause });
      });
    };
    const answer = await next();
    const { stream } = exchange;
    if (stream && answer.ok) {
      const begun = await beginStream(exchange, stream, { log, ended, logger });
      if (begun) answer.headers.set(recordHeader, String(begun));
      return withRequestId(begun ? answer : refuseUnrecorded(exchange), draft.requestId);
    }
    const body = await bodyOf(answer);
    try {
      const number = draft.principal
        ? await log.append(
            makeEntry(draft, { outcome: exchange.outcome, body, policyVersion, now: new Date() }),
          )
        : await refusals.count(draft.errorCode ?? 'INTERNAL', address, draft.requestId);
      const response = new Response(body, { status: answer.status, headers: answer.headers });
      if (number !== null) response.headers.set(recordHeader, String(number));
      return withRequestId(response, draft.requestId);
    } catch (error) {
      logger.error({ requestId: draft.requestId, err: error }, 'AUDIT_UNAVAILABLE');
      return withRequestId(refuseUnrecorded(exchange), draft.requestId);
    }
  };
}

function refuseUnrecorded(exchange: Exchange): Response {
  exchange.draft.errorCode = 'AUDIT_UNAVAILABLE';
  return refuse(exchange, { code: 'AUDIT_UNAVAILABLE', parameters: {} });
}

/** The record before a stream's first byte: its number, or null when it could not be written. */
async function beginStream(
  { draft }: Exchange,
  stream: Stream,
  {
    log,
    ended,
    logger,
  }: { log: AccessLog; ended: { policyVersion: string; now: Date }; logger: Logger },
): Promise<bigint | null> {
  const rowsMax = stream.table.rows;
  const intended = makeEntry(draft, { ...ended, outcome: 'INTENDED', body: null, rowsMax });
  try {
    const intent = await log.append(intended);
    stream.recordEnd = (ending) => log.append(makeEntry(draft, { ...ended, ...ending, intent }));
    return intent;
  } catch (error) {
    logger.error({ requestId: draft.requestId, err: error }, 'AUDIT_UNAVAILABLE');
    return null;
  }
}

/** Tiles are bytes; all else is text, which is read faster as such. */
async function bodyOf(answer: Response): Promise<string | Buffer<ArrayBuffer>> {
  const isBytes = answer.headers.get('content-type') === 'application/octet-stream';
  return isBytes ? Buffer.from(await answer.arrayBuffer()) : answer.text();
}

/** Header bytes come as Latin-1, in which a Vietnamese reference sent as UTF-8 is not readable. */
function headerText(value: string | null): string | null {
  if (value === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}

function withRequestId(response: Response, requestId: string): Response {
  response.headers.set(requestIdHeader, requestId);
  response.headers.set('cache-control', 'no-store');
  return response;
}

/** How many operations run at once, and none any more once the gateway stops. */
export class Admission {
  #running = 0;
  #stopping = false;
  #idle: (() => void) | null = null;

  readonly stage: Stage = async (_exchange, next) => {
    if (this.#stopping) throw new PublicError('STOPPING');
    if (this.#running >= limits.operationsAtOnce.value) throw new PublicError('BUSY');
    this.#running += 1;
    try {
      return await next();
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#idle?.();
    }
  };

  get stopping(): boolean {
    return this.#stopping;
  }

  /** Refuses newcomers and resolves when those inside have finished. */
  stop(): Promise<void> {
    this.#stopping = true;
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle = resolve;
    });
  }
}

/** An answer that took longer is given by the grants of its end, so that suspending one counts within 2 s. */
const grantsMaxAgeMillis = 1_000;

/**
 * Who asks. Whoever is nobody we know goes no further; and what took long is not given to whom it would
 * not be given now. A change that was made is told all the same.
 */
export function identifyCaller(issuers: IssuerKeys, pool: ScopedPool, audience: string): Stage {
  return async (exchange, next) => {
    const { request, draft } = exchange;
    const whoAsks = () => identify(request.headers, issuers, pool, audience, draft.requestId);
    const readAt = performance.now();
    const principal = await whoAsks();
    exchange.principal = principal;
    draft.principal = principal;
    let checkedAt = readAt;
    exchange.assertStillGiven = async () => {
      if (performance.now() - checkedAt <= grantsMaxAgeMillis) return;
      checkedAt = performance.now();
      const loss = lossOf(principal, await whoAsks());
      if (loss) throw new PublicError(loss.code, loss.parameters);
    };
    const response = await next();
    if (draft.operationType === 'mutation') return response;
    await exchange.assertStillGiven().catch((error: unknown) => {
      if (error instanceof PublicError) draft.nothingGiven(error.code);
      throw error;
    });
    return response;
  };
}
