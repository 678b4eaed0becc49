/** Reads statutory lists; which of them there are for a caller is the database's to decide. */
import { pagesOf } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import type { Prisma, StatutoryList, StatutoryListEntry } from '../platform/prisma/client.ts';

/**
 * The lists in force: of each area and period the newest version that is public now. Drafts are left
 * out for those who see them too, so that the question has one answer.
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
      OR: [{ withdrawnAt: null }, { withdrawnAt: { gt: instant } }],
    },
    distinct: ['areaId', 'timePeriod'],
    orderBy: [{ areaId: 'asc' }, { timePeriod: 'asc' }, { version: 'desc' }],
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

export const readStatutoryLists = pagesOf<StatutoryList>((db) => db.statutoryList);

export const readStatutoryListEntries = pagesOf<StatutoryListEntry>((db) => db.statutoryListEntry);
