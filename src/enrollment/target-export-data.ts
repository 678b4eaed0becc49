/** Reads targets page by page, for files. */
import { pageRows } from '../observation/export-data.ts';
import type { Context } from '../platform/context.ts';
import type { Prisma, Target } from '../platform/prisma/client.ts';
import { withScope } from '../platform/scope.ts';
import { eachPage } from '../platform/whole-list.ts';

/** Counts no further than it must to see that there are too many. */
export const countTargets = (
  { db }: Context,
  where: Prisma.TargetWhereInput,
  max: number,
): Promise<number> => db.target.count({ where, take: max + 1 });

const byFigure = {
  name: 'FIGURE',
  columns: [
    { column: 'figureId', direction: 'asc', read: (row: Target) => row.figureId },
    { column: 'id', direction: 'asc', read: (row: Target) => row.id },
  ],
} as const;

/** Each page in a transaction of its own, in the scope of the request. */
export const targetPages = (
  { db, principal }: Context,
  where: Prisma.TargetWhereInput,
): AsyncGenerator<readonly Target[]> =>
  eachPage<Target>(
    {
      order: byFigure,
      where,
      find: (query) => withScope(principal.scope, async () => db.target.findMany(query)),
    },
    pageRows,
  );
