/** Reads the register; the rows are the database's to limit. */
import { pagesOf } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import type { Agency } from '../platform/prisma/client.ts';

export const readAgencies = pagesOf<Agency>((db) => db.agency);

/** The areas and all that lies wholly in them, by the function that decides it for every grant. */
export async function readTerritory(
  context: Context,
  areaIds: readonly string[],
): Promise<{ id: string; kind: string }[]> {
  return context.db.$queryRaw<{ id: string; kind: string }[]>`
    select a.id, a.kind from area a
     where a.id = any(territory_closure(${areaIds}::text[]))
     order by a.id`;
}
