/** Jobs of a release in the database: begun, reported on and ended by the gateway that does the work. */
import { randomUUID } from 'node:crypto';
import type { Context } from '../platform/context.ts';
import type { Failure, Progress } from '../platform/job.ts';
import type { ReleaseJob } from '../platform/prisma/client.ts';

export type JobKind = 'PROTECT' | 'PUBLISH';

/** Refuses with FAMILY_BUSY while another release of the family is at work. */
export async function beginJob({ db }: Context, release: string, kind: JobKind): Promise<string> {
  const id = randomUUID();
  await db.$queryRaw`select begin_release_job(${id}, ${release}, ${kind})::text`;
  return id;
}

export async function reportJob({ db }: Context, id: string, progress: Progress): Promise<void> {
  const { step, done, total } = progress;
  await db.$executeRaw`update release_job
    set step = ${step}, done = ${done}, total = ${total}, heartbeat_at = clock_timestamp() where id = ${id}`;
}

export async function endJob({ db }: Context, id: string, failure: Failure | null): Promise<void> {
  const state = failure ? 'FAILED' : 'DONE';
  const { code = null, count = null, places = [] } = failure ?? {};
  await db.$executeRaw`update release_job
    set state = ${state}, ended_at = clock_timestamp(), error_code = ${code}, error_count = ${count}::int,
      done = case when ${failure === null} then total else done end, places = ${[...places]}::text[]
    where id = ${id}`;
}

export const readJob = ({ db }: Context, id: string): Promise<ReleaseJob | null> =>
  db.releaseJob.findFirst({ where: { id } });

export const lastJobs = ({ db }: Context, release: string, take: number): Promise<ReleaseJob[]> =>
  db.releaseJob.findMany({ where: { releaseId: release }, orderBy: { startedAt: 'desc' }, take });
