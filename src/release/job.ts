/** Runs a job of a release after its answer; see platform/job.ts. */
import { DisclosureRefused, type RefusalCode } from '../disclosure/refusal.ts';
import type { Context } from '../platform/context.ts';
import { errorTable, PublicError, type ErrorCode } from '../platform/errors.ts';
import { failureOf, startJob, type Failure, type JobTools } from '../platform/job.ts';
import type { Release, ReleaseJob } from '../platform/prisma/client.ts';
import { beginJob, endJob, readJob, reportJob, type JobKind } from './job-data.ts';

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
function refusalOrFailure(error: unknown): Failure {
  if (!(error instanceof DisclosureRefused)) return failureOf(error);
  const { code, places } = error;
  return { code: codes[code], count: places.length, places: places.slice(0, listedMax) };
}

export interface Work extends Pick<JobTools, 'report' | 'signal'> {
  /** Runs with the family in reach, or another topic's; each call has the time of one request. */
  readonly reach: <T>(work: () => Promise<T>, topic?: string) => Promise<T>;
  readonly job: string;
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
  const row = {
    report: (progress: Parameters<typeof reportJob>[2]) => reportJob(context, job, progress),
    end: (failure: Failure | null) => endJob(context, job, failure),
    failureOf: refusalOrFailure,
  };
  await startJob(context, row, async ({ reach, report, signal }) => {
    const own: Work['reach'] = (inner, topic = release.topic) => reach(inner, { engine: topic });
    await work({ reach: own, report, signal, job });
  });
  const found = await readJob(context, job);
  if (!found) throw new Error('The job that was begun is not there.');
  if (found.state === 'FAILED') throw errorOf(found);
  return found;
}
