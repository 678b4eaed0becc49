/** What a query asks below a field, as the part of a Prisma query that loads it all at once. */
import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from './context.ts';

/** Spread it into findMany or findFirst. `paths` lead from the field to the type's rows. */
export function lookAhead(
  context: Context,
  info: GraphQLResolveInfo,
  typeName: string,
  paths: string[][] = [[]],
): object {
  return queryFromInfo({ context, info, typeName, paths });
}

/** A relation of an include, with the look-ahead below it where there is any. */
export function joined(relation: string, look: object): object {
  return Object.keys(look).length > 0 ? { [relation]: look } : {};
}
