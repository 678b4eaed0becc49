/** Reads statutory lists; which of them there are for a caller is the database's to decide. */
import { pagesOf } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import type {
  Prisma,
  StatutoryList,
  StatutoryListEntry,
  StatutoryListNotice,
} from '../platform/prisma/client.ts';

/**
 * The lists in force: of each area the newest version of its newest quarter that is public now, among
 * the lists asked for. Drafts are left out for those who see them too, so that the question has one
 * answer; older quarters are, because adding them up would count an employer twice.
 */
export async function listsInForce(
  context: Context,
  where: Prisma.StatutoryListWhereInput,
): Promise<string[]> {
  const { instant } = context.principal.scope;
  const rows = await context.db.statutoryList.findMany({
    where: {
      ...where,
      publishedAt: { lte: instant },
      AND: [
        { OR: [{ withdrawnAt: null }, { withdrawnAt: { gt: instant } }] },
        { OR: [{ supersededAt: null }, { supersededAt: { gt: instant } }] },
      ],
    },
    distinct: ['areaId'],
    orderBy: [{ areaId: 'asc' }, { timePeriod: 'desc' }, { version: 'desc' }],
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

export const readStatutoryLists = pagesOf<StatutoryList>((db) => db.statutoryList);

export const readStatutoryListEntries = pagesOf<StatutoryListEntry>((db) => db.statutoryListEntry);

export const readStatutoryListNotices = pagesOf<StatutoryListNotice>(
  (db) => db.statutoryListNotice,
);

/** A list that the caller may see, anew. */
export const listById = ({ db }: Context, id: string): Promise<StatutoryList | null> =>
  db.statutoryList.findFirst({ where: { id } });
