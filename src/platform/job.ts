/** Runs a job after its answer, with a heartbeat; tells at once what ends within a few seconds. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Context } from './context.ts';
import { refusalOf } from './database-errors.ts';
import { PublicError } from './errors.ts';
import { withScope, type Scope } from './scope.ts';

/** A mutation waits this long for its job, so that small ones answer at once. */
const waitMillisMax = 8_000;
const heartbeatMillis = 1_000;

export interface Failure {
  readonly code: string;
  /** How many places it is about. */
  readonly count: number;
  /** The first of them. */
  readonly places: readonly string[];
}

export interface Progress {
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

/** The job's row, which its gateway reports on and ends. */
export interface JobRow {
  readonly report: (progress: Progress) => Promise<void>;
  readonly end: (failure: Failure | null) => Promise<void>;
  /** Why it failed, as its row keeps it; `failureOf` when left out. */
  readonly failureOf?: (error: unknown) => Failure;
}

export interface JobTools {
  /** Runs within the caller's scope, changed as it is said; each call has the time of one request. */
  readonly reach: <T>(work: () => Promise<T>, more?: Partial<Scope>) => Promise<T>;
  readonly report: (step: string, done: number, total: number) => void;
  /** The gateway stops. */
  readonly signal: AbortSignal;
}

/** What was refused by its code; all else is ours. */
export function failureOf(error: unknown): Failure {
  const said = error instanceof PublicError ? error : refusalOf(error);
  const { cells = '', count } = (said?.parameters ?? {}) as { cells?: string; count?: number };
  const places = cells ? cells.split('; ') : [];
  return { code: said?.code ?? 'INTERNAL', count: count ?? places.length, places };
}

/** Sends the newest progress once a second, which is also the sign of life. */
function heartbeat(send: (progress: Progress) => Promise<void>) {
  let progress: Progress = { step: 'READ', done: 0, total: 0 };
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

/** Does the work with signs of life, and says in its row how it ended. Throws what is ours, after that. */
export async function runJob(
  row: JobRow,
  work: (tools: JobTools) => Promise<void>,
  { reach, signal }: Pick<JobTools, 'reach' | 'signal'>,
): Promise<void> {
  const beat = heartbeat((progress) => reach(() => row.report(progress)));
  try {
    await work({ reach, report: beat.report, signal });
    await beat.stop();
    await reach(() => row.end(null));
  } catch (error) {
    await beat.stop();
    const failure: Failure = signal.aborted
      ? { code: 'JOB_LOST', count: 0, places: [] }
      : (row.failureOf ?? failureOf)(error);
    await reach(() => row.end(failure));
    // The row says what happened; what is ours goes to the log too.
    if (failure.code === 'INTERNAL') throw error;
  }
}

/** Starts the work in the caller's scope. Resolves when it has ended, well or badly, or goes on for longer. */
export async function startJob(
  context: Context,
  row: JobRow,
  work: (tools: JobTools) => Promise<void>,
): Promise<void> {
  const own: Scope = { ...context.principal.scope };
  const reach: JobTools['reach'] = (inner, more = {}) => withScope({ ...own, ...more }, inner);
  const ended = context.background.start((signal) => runJob(row, work, { reach, signal }));
  await Promise.race([ended, wait(waitMillisMax, undefined, { ref: false })]);
}
