/** Reads the change log; whose changes a caller meets is the database's to say. */
import DataLoader from 'dataloader';
import { pagesOf } from '../platform/connection.ts';
import { perRequest } from '../platform/context.ts';
import type { ChangeRecord } from '../platform/prisma/client.ts';

export const readChanges = pagesOf<ChangeRecord>((db) => db.changeRecord);

/** Places in the change log's tree by the change's id; null while a change waits for its place. */
export const placesOfChanges = perRequest(
  'placesOfChanges',
  (context) =>
    new DataLoader<string, bigint | null>(async (ids) => {
      const leaves = await context.db.changeLeaf.findMany({
        where: { changeId: { in: [...ids] } },
        select: { changeId: true, number: true },
      });
      const byId = new Map(leaves.map(({ changeId, number }) => [changeId, number]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
);
