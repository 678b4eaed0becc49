/** Reads releases and what belongs to them; which there are for whom is the database's to decide. */
import DataLoader from 'dataloader';
import { pagesOf } from '../platform/connection.ts';
import { perRequest, type Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type {
  PreReleaseAccess,
  Release,
  ReleaseCell,
  ReleaseJob,
  ReleaseProtection,
} from '../platform/prisma/client.ts';

export const releaseLoader = perRequest(
  'releases by id',
  (context) =>
    new DataLoader<string, Release | null>(async (ids) => {
      const rows = await context.db.release.findMany({ where: { id: { in: [...ids] } } });
      return ids.map((id) => rows.find((row) => row.id === id) ?? null);
    }),
);

export const readReleases = pagesOf<Release>((db) => db.release);

export const readCells = pagesOf<ReleaseCell>((db) => db.releaseCell);

/** A release that the caller may see, anew. One that it may not see is answered as one that is not there. */
export async function releaseOrThrow({ db }: Context, id: string): Promise<Release> {
  const release = await db.release.findFirst({ where: { id } });
  if (!release)
    throw new PublicError('RELEASE_UNKNOWN', { release: id.slice(0, 80), field: 'code' });
  return release;
}

const byRelease = <Row extends { readonly releaseId: string }>(
  name: string,
  read: (context: Context, ids: string[]) => PromiseLike<Row[]>,
) =>
  perRequest(
    name,
    (context) =>
      new DataLoader<string, Row[]>(async (ids) => {
        const rows = await read(context, [...ids]);
        return ids.map((id) => rows.filter((row) => row.releaseId === id));
      }),
  );

export const protectionLoader = byRelease<ReleaseProtection>('protections', ({ db }, ids) =>
  db.releaseProtection.findMany({ where: { releaseId: { in: ids } } }),
);

export const jobLoader = byRelease<ReleaseJob>('release jobs', ({ db }, ids) =>
  db.releaseJob.findMany({
    where: { releaseId: { in: ids } },
    distinct: ['releaseId'],
    orderBy: [{ releaseId: 'asc' }, { startedAt: 'desc' }],
  }),
);

export const preReleaseLoader = byRelease<PreReleaseAccess>('pre-release access', ({ db }, ids) =>
  db.preReleaseAccess.findMany({
    where: { releaseId: { in: ids } },
    orderBy: [{ validFrom: 'asc' }, { id: 'asc' }],
  }),
);

/** A published cell of two versions of a release. */
export interface CellChange {
  readonly figureId: string;
  readonly beforeId: string | null;
  readonly afterId: string | null;
}

/** The figures that differ between a release and the version before, as the caller may see both. */
export async function readChanges(
  { db }: Context,
  release: Release,
  take: number,
): Promise<CellChange[]> {
  if (release.supersedesId === null) return [];
  return db.$queryRaw<CellChange[]>`
    select coalesce(a.figure_id, b.figure_id) as "figureId", b.id as "beforeId", a.id as "afterId"
    from (select * from observation where release_id = ${release.id}) a
    full join (select * from observation where release_id = ${release.supersedesId}) b using (figure_id)
    where (a.value, a.obs_status, a.conf_status) is distinct from (b.value, b.obs_status, b.conf_status)
    order by 1 limit ${take}`;
}
