/** The cells around a cell: a small part of a large table in which a move is looked for first. */
import type { Network } from './table.ts';

export interface Reach {
  /** Cells at most. */
  readonly cells: number;
  /** Cells taken from one relation at most: so many preferred ones, and so many others. */
  readonly breadth: number;
}

/** Looked for near first, then further, then in all that hangs together. */
export const reaches: readonly Reach[] = [
  { cells: 80, breadth: 4 },
  { cells: 600, breadth: 16 },
  { cells: Number.POSITIVE_INFINITY, breadth: Number.POSITIVE_INFINITY },
];

export interface Choice {
  /** May be part of a move at all. */
  isFree(index: number): boolean;
  /** Taken before others: cells that are suppressed anyway. */
  isPreferred(index: number): boolean;
}

/**
 * Cells in rings around the target. `ordered` lists the members of each relation in the order in which
 * they are taken. Any choice is sound: cells left out are taken as known, which only makes moves rarer.
 */
export function near(
  network: Network,
  target: number,
  ordered: readonly (readonly number[])[],
  choice: Choice,
  reach: Reach,
): number[] {
  const found = new Set([target]);
  const seen = new Set<number>();
  for (const index of found) {
    for (const relation of network.relationsOf[index]!) {
      if (seen.has(relation)) continue;
      seen.add(relation);
      const quota = { preferred: reach.breadth, other: reach.breadth };
      for (const member of ordered[relation]!) {
        const kind = choice.isPreferred(member) ? 'preferred' : 'other';
        if (!choice.isFree(member) || quota[kind] === 0) continue;
        quota[kind] -= 1;
        found.add(member);
        if (found.size >= reach.cells) return [...found];
      }
    }
  }
  return [...found];
}
