/** Tables as files: opens what a link leads to, and sends it piece by piece with a reader's speed. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Logger } from 'pino';
import type { LogKeeper } from '../audit/log/keeper.ts';
import { RunningDigest, type Outcome } from '../audit/record.ts';
import type { Background } from '../platform/background.ts';
import type { Context } from '../platform/context.ts';
import { errorTable, PublicError, type ErrorCode } from '../platform/errors.ts';
import { limits } from '../platform/limits.ts';
import type { Database } from '../platform/prisma-client.ts';
import { formatInstant } from '../platform/scalars.ts';
import { withScope } from '../platform/scope.ts';
import type { Schemas } from '../schema.ts';
import { acceptedFile } from './accept-csv.ts';
import { faultOf } from './answers.ts';
import type { Exchange, Stage, Stream } from './exchange.ts';

export const exportPath = '/export/';
const structurePath = `${exportPath}structure`;
export const rowsHeader = 'export-rows';
export const instantHeader = 'export-instant';

export const isExportPath = (pathname: string): boolean => pathname.startsWith(exportPath);

/** How many exports run, by agency: a slow reader of one must not keep out the readers of another. */
export class RunningExports {
  readonly #byAgency = new Map<string, number>();
  readonly #stopping = new AbortController();

  /** A place for the agency's export; it ends when the gateway stops. */
  begin(agency: string): Pick<Stream, 'ended' | 'release'> {
    if (this.#stopping.signal.aborted) throw new PublicError('STOPPING');
    const max = limits.exportsAtOnce.value;
    const running = this.#byAgency.get(agency) ?? 0;
    if (running >= max) throw new PublicError('TOO_MANY_EXPORTS', { max });
    this.#byAgency.set(agency, running + 1);
    let isReleased = false;
    return {
      ended: this.#stopping.signal,
      release: () => {
        if (isReleased) return;
        isReleased = true;
        const left = (this.#byAgency.get(agency) ?? 1) - 1;
        if (left > 0) this.#byAgency.set(agency, left);
        else this.#byAgency.delete(agency);
      },
    };
  }

  stop(): void {
    this.#stopping.abort(new PublicError('STOPPING'));
  }
}

interface Serving {
  readonly schemas: Schemas;
  readonly db: Database;
  readonly background: Background;
  readonly running: RunningExports;
}

/** Opens the table of a link for whoever asks now; what follows the head is sent by `sendStream`. */
export function serveExport({ schemas, db, background, running }: Serving): Stage {
  return async (exchange) => {
    const { draft, language, principal, request } = exchange;
    if (!principal) throw new PublicError('EXPORT_UNKNOWN');
    const { pathname } = new URL(request.url);
    const context: Context = {
      principal,
      draft,
      language,
      contract: schemas,
      db,
      background,
      memory: new Map(),
    };
    draft.schemaVersion = schemas.byRole[principal.role].version;
    if (pathname === structurePath) {
      draft.operationType = 'structure';
      const body = await withScope(principal.scope, () => schemas.exports.structure(context));
      return new Response(body, { headers: { 'content-type': 'application/json; charset=utf-8' } });
    }
    draft.operationType = 'export';
    const place = running.begin(principal.agency.id);
    try {
      const table = await withScope(principal.scope, () =>
        schemas.exports.open(context, pathname.slice(exportPath.length), (kind) =>
          acceptedFile(request.headers.get('accept'), kind),
        ),
      );
      draft.operationName = table.name;
      draft.variables = JSON.stringify(table.arguments);
      exchange.stream = { ...place, table, recordEnd: null };
    } catch (error) {
      place.release();
      throw error;
    }
    return new Response(null, {
      headers: {
        ...exchange.stream.table.headers,
        [rowsHeader]: String(exchange.stream.table.rows),
        [instantHeader]: formatInstant(new Date(principal.scope.instant)),
      },
    });
  };
}

/** Aborts when the reader takes nothing, when it all takes too long, and when the gateway stops. */
class Patience {
  readonly #controller = new AbortController();
  readonly #timers: NodeJS.Timeout[];
  readonly signal: AbortSignal;

  constructor(stopping: AbortSignal) {
    this.#timers = [
      this.#after('EXPORT_SLOW', limits.exportWaitSeconds.value),
      this.#after('EXPORT_TIMEOUT', limits.exportSeconds.value),
    ];
    this.signal = AbortSignal.any([stopping, this.#controller.signal]);
  }

  #after(code: ErrorCode, max: number): NodeJS.Timeout {
    const end = () => this.#controller.abort(new PublicError(code, { max }));
    return setTimeout(end, max * 1_000).unref();
  }

  /** The reader has taken something. */
  renew(): void {
    this.#timers[0]?.refresh();
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}

/** Each piece is counted as given before it is handed on, so that the record never says less than what left. */
async function* piecesOf(
  { draft, assertStillGiven }: Exchange,
  table: Stream['table'],
  digest: RunningDigest,
  patience: Patience,
  keeper: Pick<LogKeeper, 'closure'>,
): AsyncGenerator<string> {
  const { head, tail, rows: promised } = table;
  digest.update(head);
  yield head;
  let rows = 0;
  for await (const page of table.pages()) {
    if (keeper.closure) throw new PublicError(keeper.closure);
    await assertStillGiven();
    patience.renew();
    rows += page.rows;
    if (rows > promised) throw new PublicError('EXPORT_CHANGED');
    for (const { type, row } of page.given) draft.streamed(type, row);
    digest.update(page.text);
    yield page.text;
  }
  if (rows !== promised) throw new PublicError('EXPORT_CHANGED');
  if (tail !== '') {
    digest.update(tail);
    yield tail;
  }
}

/**
 * The end of a stream's reader can't be told from a lost network, so both are its reader's. What we could not read
 * or record is our failure; a limit or a grant that ended is none.
 */
function outcomeOf(error: unknown): { outcome: Outcome; code: ErrorCode | null; cause?: unknown } {
  if ((error as { code?: string }).code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return { outcome: 'BROKEN_OFF', code: null };
  }
  const { code, cause } = faultOf(error, true);
  const isOurs = errorTable[code].fault === 'GATEWAY' && code !== 'STOPPING';
  return { outcome: isOurs ? 'FAILED' : 'BROKEN_OFF', code, cause };
}

/**
 * Sends the head and the pieces. The last chunk leaves after the record of the end: where that is missing, something
 * was missing, and the connection is closed without it.
 */
export async function sendStream(
  exchange: Exchange,
  stream: Stream,
  head: Response,
  res: ServerResponse,
  { keeper, logger }: { keeper: Pick<LogKeeper, 'closure'>; logger: Logger },
): Promise<void> {
  const { draft } = exchange;
  const { recordEnd, table, ended } = stream;
  if (!recordEnd) throw new Error('A stream begins with its record.');
  const digest = new RunningDigest();
  const patience = new Patience(ended);
  let outcome: Outcome = 'ANSWERED';
  try {
    res.writeHead(head.status, Object.fromEntries(head.headers));
    const pieces = Readable.from(piecesOf(exchange, table, digest, patience, keeper), {
      highWaterMark: 1,
    });
    await pipeline(pieces, res, { signal: patience.signal, end: false });
  } catch (error) {
    const reason: unknown = patience.signal.aborted ? patience.signal.reason : error;
    const fault = outcomeOf(reason);
    outcome = fault.outcome;
    draft.errorCode = fault.code;
    if (fault.cause) logger.error({ requestId: draft.requestId, err: fault.cause }, 'export');
  } finally {
    patience.end();
  }
  const isRecorded = await recordEnd({ outcome, body: digest }).then(
    () => true,
    (error: unknown) => {
      logger.error({ requestId: draft.requestId, err: error }, 'AUDIT_UNAVAILABLE');
      return false;
    },
  );
  if (outcome === 'ANSWERED' && isRecorded) res.end();
  else res.destroy();
}
