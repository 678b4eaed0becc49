/** What the fields of this domain's types share: short nested lists, sources, keys of two columns. */
import { sourceLoader } from '../observation/provenance-data.ts';
import { SourceRef } from '../observation/provenance.ts';
import { boundedFirst, firstMax } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';

/** Nested lists are short unless one asks for more; the default counts in the limit on rows. */
const nestedDefault = 12;
export const nestedFirst = {
  defaultValue: nestedDefault,
  description: `How many: 1 to ${firstMax}; ${nestedDefault} when left out. Else FIRST_OUT_OF_BOUNDS.`,
};
export const nestedTake = (first: number | null | undefined) =>
  boundedFirst(first ?? nestedDefault);

/** For a field `source`, by the row's own column. */
export const sourceField = {
  type: SourceRef,
  nullable: true,
  description: 'Where the row comes from; demonstration data says so there.',
  resolve: (row: { readonly sourceId: string }, _args: object, context: Context) =>
    sourceLoader(context).load(row.sourceId) as never,
} as const;

/** The id of a row whose key is two columns. */
export const pairId = (first: string, second: string): string => `${first}|${second}`;

/** Its columns again; of a text that is no such id, columns that no row has. */
export function pairOf(id: string): readonly [first: string, second: string] {
  const at = id.lastIndexOf('|');
  return [id.slice(0, Math.max(at, 0)), id.slice(at + 1)];
}
