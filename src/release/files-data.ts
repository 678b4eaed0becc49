/** Reads what everybody may see of releases at an instant, through the gateway's own role and row policies. */
import { readLists } from '../observation/export-data.ts';
import type { StructureList } from '../observation/sdmx-structure.ts';
import type { ScopedPool } from '../platform/database.ts';
import type { Area, Observation, Release, Source } from '../platform/prisma/client.ts';
import { createPrisma, type Database } from '../platform/prisma-client.ts';
import { nobody, withScope, type Scope } from '../platform/scope.ts';
import { eachPage } from '../platform/whole-list.ts';
import { dataflows } from './dataflows.ts';

const pageRows = 1_000;
const topics = [...new Set(Object.values(dataflows).map(({ topic }) => topic))].sort();

/** Everybody: of no agency, with no place inside, for published rows of what can be released. */
export const publicScope = (instant: Date): Scope => ({
  ...nobody,
  instant: instant.toISOString(),
  topics,
  published: topics,
});

export async function databaseInstant(pool: ScopedPool): Promise<Date> {
  const { rows } = await withScope(nobody, () =>
    pool.query<{ now: Date }>(`select date_trunc('milliseconds', clock_timestamp()) as now`),
  );
  return new Date(rows[0]!.now);
}

/** A client of its own for the work, and the database's instant. */
export async function withPublicReader<T>(
  pool: ScopedPool,
  work: (db: Database, instant: Date) => Promise<T>,
): Promise<T> {
  const db = createPrisma(pool);
  try {
    return await work(db, await databaseInstant(pool));
  } finally {
    await db.$disconnect();
  }
}

export type PublicRelease = Release & { readonly area: Area };
export type PublicCell = Observation & { readonly area: Area };

/** All versions that were published by the scope's instant, withdrawn ones too. */
export const readPublicReleases = (db: Database, scope: Scope): Promise<PublicRelease[]> =>
  withScope(scope, async () =>
    db.release.findMany({
      where: { publishedAt: { lte: new Date(scope.instant) } },
      include: { area: true },
      orderBy: [{ seriesId: 'asc' }, { version: 'asc' }],
    }),
  );

export const readSources = (
  db: Database,
  scope: Scope,
  ids: readonly string[],
): Promise<Source[]> =>
  withScope(scope, async () => db.source.findMany({ where: { id: { in: [...ids] } } }));

export const readStructureLists = (
  db: Database,
  scope: Scope,
  ids: readonly string[],
): Promise<StructureList[]> => withScope(scope, async () => readLists({ db }, ids));

export const publicCells = (
  db: Database,
  scope: Scope,
  releaseId: string,
): AsyncGenerator<readonly PublicCell[]> =>
  eachPage<PublicCell>(
    {
      order: {
        name: 'FIGURE',
        columns: [
          { column: 'figureId', direction: 'asc', read: (row) => row.figureId },
          { column: 'id', direction: 'asc', read: (row) => row.id },
        ],
      },
      where: { releaseId },
      find: (query) =>
        withScope(scope, async () =>
          db.observation.findMany({ ...(query as object), include: { area: true } }),
        ),
    },
    pageRows,
  );
