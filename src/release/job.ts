/** Runs a job after its answer, with a heartbeat; tells at once what ends within a few seconds. */
import { setTimeout as wait } from 'node:timers/promises';
import { DisclosureRefused, type RefusalCode } from '../disclosure/refusal.ts';
import type { Context } from '../platform/context.ts';
import { refusalOf } from '../platform/database-errors.ts';
import { errorTable, PublicError, type ErrorCode } from '../platform/errors.ts';
import { withScope, type Scope } from '../platform/scope.ts';
import type { Release, ReleaseJob } from '../platform/prisma/client.ts';
import { beginJob, endJob, readJob, reportJob, type Failure, type JobKind } from './job-data.ts';

/** A mutation waits this long for its job, so that small tables answer at once. */
const waitMillisMax = 8_000;
const heartbeatMillis = 1_000;

const codes: Readonly<Record<RefusalCode, ErrorCode>> = {
  ALREADY_PUBLIC: 'RELEASE_CELLS_PUBLIC',
  PROTECTION_IMPOSSIBLE: 'RELEASE_NOT_PROTECTABLE',
  NOT_PROTECTED: 'RELEASE_UNSAFE',
  NEGATIVE_AMOUNT: 'RELEASE_AMOUNT_NEGATIVE',
  RELATION_BROKEN: 'RELEASE_SUMS_DIFFER',
  TOTAL_DIFFERS: 'RELEASE_SUMS_DIFFER',
  OUT_OF_BOUNDS: 'RELEASE_SUMS_DIFFER',
  CELL_TWICE: 'INTERNAL',
  CELL_UNKNOWN: 'INTERNAL',
  PARAMETER_INVALID: 'RULE_OUT_OF_BOUNDS',
  VALUE_TOO_LARGE: 'RELEASE_AMOUNT_TOO_LARGE',
};

const listedMax = 100;

/** Why a job failed, as its row keeps it. */
function failureOf(error: unknown): Failure {
  if (error instanceof DisclosureRefused) {
    const { code, places } = error;
    return { code: codes[code], count: places.length, places: places.slice(0, listedMax) };
  }
  const said = error instanceof PublicError ? error : refusalOf(error);
  const { cells = '', count } = (said?.parameters ?? {}) as { cells?: string; count?: number };
  const places = cells ? cells.split('; ') : [];
  return { code: said?.code ?? 'INTERNAL', count: count ?? places.length, places };
}

export interface Work {
  /** Runs with the family in reach, or another topic's; each call has the time of one request. */
  readonly reach: <T>(work: () => Promise<T>, topic?: string) => Promise<T>;
  readonly report: (step: string, done: number, total: number) => void;
  readonly signal: AbortSignal;
  readonly job: string;
}

/** Sends the newest progress once a second, which is also the sign of life. */
function heartbeat(
  send: (progress: { step: string; done: number; total: number }) => Promise<void>,
) {
  let progress = { step: 'READ', done: 0, total: 0 };
  let sending = Promise.resolve();
  const timer = setInterval(() => {
    sending = sending.then(() => send(progress)).catch(() => undefined);
  }, heartbeatMillis);
  return {
    report: (step: string, done: number, total: number) => {
      progress = { step, done, total };
    },
    stop: async () => {
      clearInterval(timer);
      await sending;
    },
  };
}

/** The error of a job that failed before its answer left. */
function errorOf({ kind, errorCode, errorCount, places, releaseId }: ReleaseJob): PublicError {
  const code = errorCode && errorCode in errorTable ? (errorCode as ErrorCode) : 'INTERNAL';
  // Which cells are unsafe is told to who protects them, not to who publishes.
  const cells = kind === 'PROTECT' ? places.slice(0, 5).join('; ') : '';
  return new PublicError(code, { count: errorCount ?? 0, cells, release: releaseId });
}

/** Starts the work in the caller's scope and returns the job: ended, or still running. */
export async function runJob(
  context: Context,
  release: Release,
  kind: JobKind,
  work: (tools: Work) => Promise<void>,
): Promise<ReleaseJob> {
  const job = await beginJob(context, release.id, kind);
  const own: Scope = { ...context.principal.scope };
  const ended = context.background.start(async (signal) => {
    const beat = heartbeat((progress) =>
      withScope({ ...own }, () => reportJob(context, job, progress)),
    );
    try {
      const reach: Work['reach'] = (inner, topic = release.topic) =>
        withScope({ ...own, engine: topic }, inner);
      await work({ reach, report: beat.report, signal, job });
      await beat.stop();
      await withScope({ ...own }, () => endJob(context, job, null));
    } catch (error) {
      await beat.stop();
      const failure: Failure = signal.aborted
        ? { code: 'JOB_LOST', count: 0, places: [] }
        : failureOf(error);
      await withScope({ ...own }, () => endJob(context, job, failure));
      // The row says what happened; what is ours goes to the log too.
      if (failure.code === 'INTERNAL') throw error;
    }
  });
  await Promise.race([ended, wait(waitMillisMax, undefined, { ref: false })]);
  const row = await readJob(context, job);
  if (!row) throw new Error('The job that was begun is not there.');
  if (row.state === 'FAILED') throw errorOf(row);
  return row;
}
