/** The part of a family that hangs together with given cells: what lies beyond known cells tells nothing of them. */
import type { Family } from './table.ts';

/**
 * Cells that are linked with the given ones by relations through cells that are not public, with the public ones
 * at the edges, and the relations among them. A public cell is a number like any other: it links nothing.
 */
export function around({ cells, relations }: Family, seeds: Iterable<string>): Family {
  const stateOf = new Map(cells.map(({ key, state }) => [key, state]));
  const relationsOf = new Map<string, number[]>();
  for (const [index, { terms }] of relations.entries()) {
    for (const [key] of terms) {
      const own = relationsOf.get(key) ?? [];
      own.push(index);
      relationsOf.set(key, own);
    }
  }
  const reached = new Set(seeds);
  const kept = new Set<number>();
  // A set is walked in the order of its additions, those made on the way included.
  for (const key of reached) {
    if (stateOf.get(key) === 'PUBLIC') continue;
    for (const index of relationsOf.get(key) ?? []) {
      kept.add(index);
      for (const [member] of relations[index]!.terms) reached.add(member);
    }
  }
  return {
    cells: cells.filter(({ key }) => reached.has(key)),
    relations: relations.filter((_, index) => kept.has(index)),
  };
}
