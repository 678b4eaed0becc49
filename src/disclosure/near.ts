/** The cells around a cell: a small part of a large table in which a move is looked for first. */
import type { Network } from './table.ts';

export interface Reach {
  /** Cells at most. */
  readonly cells: number;
  /** Cells taken out of long relations at most: so many preferred ones, and so many others. */
  readonly jumps: number;
}

/** Looked for near first, then further, then in all that hangs together. */
export const reaches: readonly Reach[] = [
  { cells: 400, jumps: 2 },
  { cells: 1_500, jumps: 8 },
  { cells: Number.POSITIVE_INFINITY, jumps: Number.POSITIVE_INFINITY },
];

/** A relation with more members is a long one: the communes of a province, not the schemes of a commune. */
const shortMax = 16;

export interface Choice {
  /** May be part of a move at all. */
  isFree(index: number): boolean;
  /** Taken before others: cells that are suppressed anyway. */
  isPreferred(index: number): boolean;
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
  const found = new Set([target]);
  const seen = new Set<number>();
  const left = { preferred: reach.jumps, other: reach.jumps };
  const isShort = (relation: number) => network.relations[relation]!.members.length <= shortMax;

  const take = (relations: readonly number[]): void => {
    for (const relation of relations) {
      if (seen.has(relation)) continue;
      seen.add(relation);
      for (const member of ordered[relation]!) {
        if (found.size >= reach.cells) return;
        if (!choice.isFree(member) || found.has(member)) continue;
        if (!isShort(relation)) {
          const kind = choice.isPreferred(member) ? 'preferred' : 'other';
          if (left[kind] === 0) continue;
          left[kind] -= 1;
        }
        found.add(member);
      }
    }
  };
  // A set is walked through in the order of adding, with what is added on the way.
  const walk = (): void => {
    for (const index of found) take(network.relationsOf[index]!.filter(isShort));
  };
  walk();
  for (const index of found) {
    if (left.preferred + left.other === 0 || found.size >= reach.cells) break;
    const before = found.size;
    take(network.relationsOf[index]!.filter((relation) => !isShort(relation)));
    if (found.size > before) walk();
  }
  return [...found];
}
