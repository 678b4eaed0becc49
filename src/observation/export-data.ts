/** Keeps export links, and reads the tables behind them page by page. */
import { randomBytes } from 'node:crypto';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { Observation, Prisma } from '../platform/prisma/client.ts';
import { withScope } from '../platform/scope.ts';
import { eachPage } from '../platform/whole-list.ts';
import type { StructureList } from './sdmx-structure.ts';

/** The database holds it too. */
export const linkMinutes = 10;
const idBytes = 16;
/** A page is one statement: small enough to be written while the next is read, large enough to be worth one. */
export const pageRows = 1_000;
/** An expired link is told from one that never was for so long. */
const forgetMillis = 86_400_000;

export interface ExportLink {
  readonly id: string;
  readonly expiresAt: Date;
}

const instantOf = ({ principal }: Context) => new Date(principal.scope.instant);

/** Links of the program that nobody can use any more go as new ones come. */
export async function insertLink(
  context: Context,
  source: string,
  filter: Prisma.InputJsonValue,
): Promise<ExportLink> {
  const { db, principal } = context;
  const instant = instantOf(context).getTime();
  await db.exportLink.deleteMany({
    where: { expiresAt: { lt: new Date(instant - forgetMillis) } },
  });
  return db.exportLink.create({
    data: {
      id: randomBytes(idBytes).toString('base64url'),
      agencyId: principal.agency.id,
      applicationId: principal.applicationId,
      source,
      filter,
      expiresAt: new Date(instant + linkMinutes * 60_000),
    },
  });
}

/** Another agency's link, another program's and none are the same. */
export async function linkOrThrow(context: Context, id: string) {
  const link = await context.db.exportLink.findFirst({ where: { id } });
  if (!link) throw new PublicError('EXPORT_UNKNOWN');
  if (link.expiresAt <= instantOf(context)) {
    throw new PublicError('EXPORT_EXPIRED', { expiresAt: link.expiresAt.toISOString() });
  }
  return link;
}

/** Counts no further than it must to see that there are too many. */
export const countObservations = (
  { db }: Context,
  where: Prisma.ObservationWhereInput,
  max: number,
): Promise<number> => db.observation.count({ where, take: max + 1 });

const byFigure = {
  name: 'FIGURE',
  columns: [
    { column: 'figureId', direction: 'asc', read: (row: Observation) => row.figureId },
    { column: 'id', direction: 'asc', read: (row: Observation) => row.id },
  ],
} as const;

/** Each page has its own transaction in the scope of the request, whose instant stays that of its beginning. */
export const observationPages = (
  { db, principal }: Context,
  where: Prisma.ObservationWhereInput,
): AsyncGenerator<readonly Observation[]> =>
  eachPage<Observation>(
    {
      order: byFigure,
      where,
      find: (query) => withScope(principal.scope, async () => db.observation.findMany(query)),
    },
    pageRows,
  );

/** The code lists of these names with their codes in order. */
export async function readLists(
  { db }: Pick<Context, 'db'>,
  ids: readonly string[],
): Promise<StructureList[]> {
  const lists = await db.codeList.findMany({
    where: { id: { in: [...ids] } },
    include: { codes: { orderBy: { position: 'asc' } } },
    orderBy: { id: 'asc' },
  });
  return lists.map(({ id, codes }) => ({ id, codes }));
}
