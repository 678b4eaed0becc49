/** Moves: changes of unknown cells that leave everything known as it is. Each one is proof of another table, checked in whole numbers. */
import type { Distance } from './requirement.ts';
import { lowerOf, upperOf, type Network } from './table.ts';

/** Cells by number, each with its change. The true values plus the changes are a table as good as the true one. */
export interface Move {
  readonly indices: readonly number[];
  readonly changes: readonly bigint[];
}

export type Direction = 'DOWN' | 'UP';
export const directions: readonly Direction[] = ['DOWN', 'UP'];

export const mirrored = ({ indices, changes }: Move): Move => ({
  indices,
  changes: changes.map((change) => -change),
});

/** Whether every relation holds after the move and every cell stays within what is known of it. Exact. */
export function holds(network: Network, { indices, changes }: Move): boolean {
  const sums = new Map<number, bigint>();
  for (const [at, index] of indices.entries()) {
    const cell = network.cells[index]!;
    const value = cell.value + changes[at]!;
    const [lower, upper] = [lowerOf(cell), upperOf(cell)];
    if ((lower !== null && value < lower) || (upper !== null && value > upper)) return false;
    for (const [nth, relation] of network.relationsOf[index]!.entries()) {
      const coefficient = BigInt(network.coefficientsOf[index]![nth]!);
      sums.set(relation, (sums.get(relation) ?? 0n) + coefficient * changes[at]!);
    }
  }
  return [...sums.values()].every((sum) => sum === 0n);
}

/** The cells to be kept apart, and for each direction the move that shows that it is. */
export class Coverage {
  private readonly network: Network;
  readonly targets: ReadonlyMap<number, Distance>;
  private readonly covers = new Map<string, Move>();
  /** Moves in use by cell, for taking a cell back. */
  private readonly slotsOf = new Map<number, Set<string>>();

  constructor(network: Network, targets: ReadonlyMap<number, Distance>) {
    this.network = network;
    this.targets = targets;
  }

  distance(target: number, direction: Direction): bigint {
    const { lower, upper } = this.targets.get(target) ?? { lower: 0n, upper: 0n };
    return direction === 'UP' ? upper : lower;
  }

  isCovered(target: number, direction: Direction): boolean {
    return this.distance(target, direction) === 0n || this.covers.has(`${target} ${direction}`);
  }

  move(target: number, direction: Direction): Move | undefined {
    return this.covers.get(`${target} ${direction}`);
  }

  /** Takes a move that holds, and its mirror where that holds, for every target that they take far enough. */
  add(move: Move): void {
    this.cover(move);
    const mirror = mirrored(move);
    if (holds(this.network, mirror)) this.cover(mirror);
  }

  private cover(move: Move): void {
    for (const [at, index] of move.indices.entries()) {
      const target = this.targets.get(index);
      const change = move.changes[at]!;
      if (target === undefined) continue;
      if (change > 0n && change >= target.upper) this.set(index, 'UP', move);
      if (change < 0n && -change >= target.lower) this.set(index, 'DOWN', move);
    }
  }

  private set(target: number, direction: Direction, move: Move): void {
    const slot = `${target} ${direction}`;
    if (this.isCovered(target, direction)) return;
    this.covers.set(slot, move);
    for (const index of move.indices) {
      const slots = this.slotsOf.get(index) ?? new Set();
      this.slotsOf.set(index, slots.add(slot));
    }
  }

  /** Targets and directions that stand on a move through this cell, which are uncovered by it. */
  release(index: number): { target: number; direction: Direction; move: Move }[] {
    return [...(this.slotsOf.get(index) ?? [])].map((slot) => {
      const [target, direction] = slot.split(' ') as [string, Direction];
      const move = this.covers.get(slot)!;
      this.drop(slot, move);
      return { target: Number(target), direction, move };
    });
  }

  /** Puts back what was released, in place of whatever came since. */
  restore(
    released: readonly {
      readonly target: number;
      readonly direction: Direction;
      readonly move: Move;
    }[],
  ): void {
    for (const { target, direction, move } of released) {
      const slot = `${target} ${direction}`;
      const present = this.covers.get(slot);
      if (present) this.drop(slot, present);
      this.set(target, direction, move);
    }
  }

  private drop(slot: string, move: Move): void {
    this.covers.delete(slot);
    for (const index of move.indices) this.slotsOf.get(index)?.delete(slot);
  }
}
