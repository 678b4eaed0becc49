/** What an attacker learns without a solver: bounds carried along the relations until nothing changes. Exact. */
import { lowerOf, upperOf, type Network } from './table.ts';

/** Null where there is no bound. */
export interface Bounds {
  readonly lower: (bigint | null)[];
  readonly upper: (bigint | null)[];
}

/** How far each cell can go below and above its value, in doubles; infinite where there is no bound. */
export interface Rooms {
  readonly down: Float64Array;
  readonly up: Float64Array;
}

export function roomsOf({ cells }: Network, { lower, upper }: Bounds): Rooms {
  const room = (from: bigint | null, to: bigint | null) =>
    from === null || to === null ? Number.POSITIVE_INFINITY : Number(to - from);
  return {
    down: Float64Array.from(cells, ({ value }, index) => room(lower[index]!, value)),
    up: Float64Array.from(cells, ({ value }, index) => room(value, upper[index]!)),
  };
}

/** Rounds after which bounds may still shrink, which leaves them true, only wider than need be. */
const visitsMax = 40;

const floorDivision = (number: bigint, by: bigint): bigint => {
  const quotient = number / by;
  return number % by !== 0n && number < 0n !== by < 0n ? quotient - 1n : quotient;
};
const ceilingDivision = (number: bigint, by: bigint): bigint => -floorDivision(-number, by);

/** Least or most that the terms of a relation can add up to; infinite terms are counted apart. */
class Extent {
  sum = 0n;
  infinite = 0;

  add(bound: bigint | null, coefficient: bigint): void {
    if (bound === null) this.infinite += 1;
    else this.sum += bound * coefficient;
  }

  /** Without one of its terms; null if another one is infinite. */
  without(bound: bigint | null, coefficient: bigint): bigint | null {
    const others = this.infinite - (bound === null ? 1 : 0);
    if (others > 0) return null;
    return bound === null ? this.sum : this.sum - bound * coefficient;
  }
}

/** Tightens every member of a relation by all the others; returns those that changed. */
function tighten(network: Network, relation: number, { lower, upper }: Bounds): number[] {
  const { members, coefficients, constant } = network.relations[relation]!;
  const [least, most] = [new Extent(), new Extent()];
  const low = (index: number, coefficient: number) =>
    coefficient > 0 ? lower[index]! : upper[index]!;
  const high = (index: number, coefficient: number) =>
    coefficient > 0 ? upper[index]! : lower[index]!;
  members.forEach((index, at) => {
    const coefficient = coefficients[at]!;
    least.add(low(index, coefficient), BigInt(coefficient));
    most.add(high(index, coefficient), BigInt(coefficient));
  });
  const changes: { index: number; lower: bigint | null; upper: bigint | null }[] = [];
  members.forEach((index, at) => {
    const coefficient = BigInt(coefficients[at]!);
    const othersLeast = least.without(low(index, coefficients[at]!), coefficient);
    const othersMost = most.without(high(index, coefficients[at]!), coefficient);
    const atMost = othersLeast === null ? null : constant - othersLeast;
    const atLeast = othersMost === null ? null : constant - othersMost;
    const [from, to] = coefficient > 0n ? [atLeast, atMost] : [atMost, atLeast];
    const newLower = from === null ? null : ceilingDivision(from, coefficient);
    const newUpper = to === null ? null : floorDivision(to, coefficient);
    const isHigher = newLower !== null && (lower[index] === null || newLower > lower[index]!);
    const isLower = newUpper !== null && (upper[index] === null || newUpper < upper[index]!);
    if (isHigher || isLower) {
      changes.push({
        index,
        lower: isHigher ? newLower : lower[index]!,
        upper: isLower ? newUpper : upper[index]!,
      });
    }
  });
  for (const change of changes) {
    lower[change.index] = change.lower;
    upper[change.index] = change.upper;
  }
  return changes.map(({ index }) => index);
}

/**
 * Bounds of every cell when those of `isUnknown` are not published. The true interval lies inside, so that
 * narrow bounds prove a cell unsafe; wide ones prove nothing.
 */
export function propagate(network: Network, isUnknown: (index: number) => boolean): Bounds {
  const { cells, relations, relationsOf } = network;
  const bounds: Bounds = {
    lower: cells.map((cell, index) => (isUnknown(index) ? lowerOf(cell) : cell.value)),
    upper: cells.map((cell, index) => (isUnknown(index) ? upperOf(cell) : cell.value)),
  };
  const visits = new Int32Array(relations.length);
  let waiting = relations.map((_, relation) => relation);
  while (waiting.length > 0) {
    const next = new Set<number>();
    for (const relation of waiting) {
      if (visits[relation]! >= visitsMax) continue;
      visits[relation]! += 1;
      for (const index of tighten(network, relation, bounds)) {
        for (const other of relationsOf[index]!) next.add(other);
      }
    }
    waiting = [...next];
  }
  return bounds;
}
