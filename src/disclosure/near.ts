/** The cells around a cell: a small part of a large table in which a move is looked for first. */
import type { Network } from './table.ts';

export interface Reach {
  /** Cells at most. */
  readonly cells: number;
  /** Cells taken out of long relations at most: so many preferred ones, and so many others. */
  readonly jumps: number;
  /** Steps over short relations at most, from the target and from each cell taken out of a long one. */
  readonly depth: number;
}

/** Looked for near first, then further, then in all that hangs together. */
const all = Number.POSITIVE_INFINITY;
export const reaches: readonly Reach[] = [
  { cells: 120, jumps: 2, depth: 2 },
  { cells: 400, jumps: 8, depth: 3 },
  { cells: 1_500, jumps: 8, depth: all },
  { cells: all, jumps: all, depth: all },
];

/** A relation with more members is a long one: the communes of a province, not the schemes of a commune. */
const shortMax = 16;

export interface Choice {
  /** May be part of a move at all. */
  readonly isFree: (index: number) => boolean;
  /** Taken before others: cells that are suppressed anyway. */
  readonly isPreferred: (index: number) => boolean;
}

/**
 * Cells around the target: all that hang together by short relations, and what hangs on a few cells taken
 * out of long ones. So a move finds whole communes to pass through, and not shreds of many. `ordered`
 * lists the members of each relation in the order in which they are taken. Any choice is sound: cells
 * left out are taken as known, which only makes moves rarer.
 */
export function near(
  network: Network,
  target: number,
  ordered: readonly (readonly number[])[],
  choice: Choice,
  reach: Reach,
): number[] {
  const depths = new Map([[target, 0]]);
  const seen = new Set<number>();
  const left = { preferred: reach.jumps, other: reach.jumps };
  const isShort = (relation: number) => network.relations[relation]!.members.length <= shortMax;

  const take = (relation: number, depth: number): void => {
    if (seen.has(relation)) return;
    seen.add(relation);
    for (const member of ordered[relation]!) {
      if (depths.size >= reach.cells) return;
      if (depths.has(member) || !choice.isFree(member)) continue;
      if (!isShort(relation)) {
        const kind = choice.isPreferred(member) ? 'preferred' : 'other';
        if (left[kind] === 0) continue;
        left[kind] -= 1;
      }
      depths.set(member, depth);
    }
  };
  // A map is walked through in the order of adding, with what is added on the way.
  const walk = (): void => {
    for (const [index, depth] of depths) {
      if (depth >= reach.depth) continue;
      for (const relation of network.relationsOf[index]!) {
        if (isShort(relation)) take(relation, depth + 1);
      }
    }
  };
  walk();
  for (const index of depths.keys()) {
    if (left.preferred + left.other === 0 || depths.size >= reach.cells) break;
    const before = depths.size;
    for (const relation of network.relationsOf[index]!) {
      if (!isShort(relation)) take(relation, 0);
    }
    if (depths.size > before) walk();
  }
  return [...depths.keys()];
}
