/** Reads releases; which there are for whom is the database's to decide. */
import DataLoader from 'dataloader';
import { pagesOf } from '../platform/connection.ts';
import { perRequest } from '../platform/context.ts';
import type { Release } from '../platform/prisma/client.ts';

export const releaseLoader = perRequest(
  'releases by id',
  (context) =>
    new DataLoader<string, Release | null>(async (ids) => {
      const rows = await context.db.release.findMany({ where: { id: { in: [...ids] } } });
      return ids.map((id) => rows.find((row) => row.id === id) ?? null);
    }),
);

export const readReleases = pagesOf<Release>((db) => db.release);
