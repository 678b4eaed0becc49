/** Reads releases; which there are for whom is the database's to decide. */
import DataLoader from 'dataloader';
import { readPage, type Page, type PageRequest } from '../platform/connection.ts';
import { perRequest, type Context } from '../platform/context.ts';
import type { Release } from '../platform/prisma/client.ts';

export const releaseLoader = perRequest(
  'releases by id',
  (context) =>
    new DataLoader<string, Release | null>(async (ids) => {
      const rows = await context.db.release.findMany({ where: { id: { in: [...ids] } } });
      return ids.map((id) => rows.find((row) => row.id === id) ?? null);
    }),
);

export const readReleases = (
  context: Context,
  request: PageRequest<Release>,
): Promise<Page<Release>> =>
  readPage({
    ...request,
    find: (query) => context.db.release.findMany({ ...request.look, ...query }),
    count: (query) => context.db.release.count(query),
  });
