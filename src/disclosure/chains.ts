/** Looks for a move without a solver: a chain of cells, each of which undoes what the others have put out of balance. */
import { holds, type Direction, type Move } from './moves.ts';
import type { Rooms } from './intervals.ts';
import type { Network } from './table.ts';

export interface Chains {
  readonly network: Network;
  /** Members of each relation in the order in which they are taken; only these are part of a chain. */
  readonly ordered: readonly (readonly number[])[];
  readonly rooms: Rooms;
  readonly costOf: (index: number) => number;
}

/** Steps of a search at most; more than the shortest chains through four dimensions need. */
const stepsMax = 800;
/** Members of a relation that are tried at most at each step. */
const membersMax = 10;
/** What a relation out of balance is expected to cost: the more, the straighter the search. As measured. */
const haste = 15;

/** A way is cut in half so often at most before its chains are given up. */
const halvingsMax = 5;

/** A relation that does not hold, by one distance too much or too little. */
type Imbalance = readonly [relation: number, sign: number];

/** Cells that have moved, last one first, and what is not in balance yet. */
interface Step {
  readonly cell: number;
  readonly sign: number;
  readonly before: Step | null;
  readonly open: readonly Imbalance[];
  readonly cost: number;
  /** Cost, and what is expected to come. */
  readonly rank: number;
  /** Of two equal ranks the earlier one is taken, so that the search is the same every time. */
  readonly serial: number;
}

const isBefore = (a: Step, b: Step) =>
  a.rank < b.rank || (a.rank === b.rank && a.serial < b.serial);

/** A binary heap of steps, the least rank first. */
class Queue {
  private readonly steps: Step[] = [];

  push(step: Step): void {
    const { steps } = this;
    let at = steps.push(step) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(step, steps[parent]!)) break;
      steps[at] = steps[parent]!;
      at = parent;
    }
    steps[at] = step;
  }

  pop(): Step | undefined {
    const { steps } = this;
    const [first] = steps;
    const last = steps.pop();
    if (last === undefined || steps.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= steps.length) break;
      if (child + 1 < steps.length && isBefore(steps[child + 1]!, steps[child]!)) child += 1;
      if (!isBefore(steps[child]!, last)) break;
      steps[at] = steps[child]!;
      at = child;
    }
    steps[at] = last;
    return first;
  }
}

/** What is out of balance after a cell has moved too; null where a relation would be twice out of it. */
function moved(
  network: Network,
  open: readonly Imbalance[],
  cell: number,
  sign: number,
): Imbalance[] | null {
  const coefficients = network.coefficientsOf[cell]!;
  const result = [...open];
  for (const [nth, relation] of network.relationsOf[cell]!.entries()) {
    const coefficient = coefficients[nth]!;
    if (coefficient !== 1 && coefficient !== -1) return null;
    const change = sign * coefficient;
    const at = result.findIndex(([other]) => other === relation);
    if (at < 0) result.push([relation, change]);
    else if (result[at]![1] === change) return null;
    else result.splice(at, 1);
  }
  return result;
}

const isUsed = (step: Step, cell: number): boolean => {
  for (let at: Step | null = step; at !== null; at = at.before) if (at.cell === cell) return true;
  return false;
};

/** A number for an imbalance, much unlike those of others; so is the sum of several. */
function mark([relation, sign]: Imbalance): number {
  const seed = 2 * relation + (sign > 0 ? 2 : 1);
  const high = Math.imul(seed, 0x9e37_79b1) >>> 0;
  const low = Math.imul(seed ^ (high >>> 15), 0x85eb_ca6b) >>> 19;
  return high * 2 ** 13 + low;
}

/** Two that are not in the same way out of balance have the same name hardly ever, and then a chain is missed. */
const nameOf = (open: readonly Imbalance[]): number =>
  open.reduce((sum, imbalance) => sum + mark(imbalance), 0);

function asMove(step: Step, distance: bigint): Move {
  const indices: number[] = [];
  const changes: bigint[] = [];
  for (let at: Step | null = step; at !== null; at = at.before) {
    indices.push(at.cell);
    changes.push(at.sign > 0 ? distance : -distance);
  }
  return { indices, changes };
}

/** A move in which every cell goes just so far as the target must, or null if none was found. */
function findChain(
  chains: Chains,
  target: number,
  direction: Direction,
  distance: bigint,
  isFree: (index: number) => boolean,
): Move | null {
  const { network, ordered, rooms, costOf } = chains;
  const size = Number(distance);
  const hasRoom = (index: number, sign: number) =>
    (sign > 0 ? rooms.up : rooms.down)[index]! >= size;
  const first = direction === 'UP' ? 1 : -1;
  const start = moved(network, [], target, first);
  if (start === null || !hasRoom(target, first)) return null;
  const queue = new Queue();
  const best = new Map<number, number>();
  let serial = 0;
  const push = (before: Step | null, cell: number, sign: number, open: Imbalance[]): void => {
    const cost = before === null ? 0 : before.cost + costOf(cell);
    const name = nameOf(open);
    if ((best.get(name) ?? Number.POSITIVE_INFINITY) <= cost) return;
    best.set(name, cost);
    const rank = cost + haste * open.length;
    queue.push({ cell, sign, before, open, cost, rank, serial: (serial += 1) });
  };
  push(null, target, first, start);
  for (let steps = 0; steps < stepsMax; steps += 1) {
    const step = queue.pop();
    if (step === undefined) return null;
    if (step.open.length === 0) return asMove(step, distance);
    // The relation with the fewest members leaves the least choice.
    const [relation, imbalance] = step.open.reduce((least, next) =>
      ordered[next[0]]!.length < ordered[least[0]]!.length ? next : least,
    );
    let tried = 0;
    for (const cell of ordered[relation]!) {
      if (tried >= membersMax) break;
      if (!isFree(cell) || isUsed(step, cell)) continue;
      const coefficient =
        network.coefficientsOf[cell]![network.relationsOf[cell]!.indexOf(relation)]!;
      const sign = -imbalance * coefficient;
      if (!hasRoom(cell, sign)) continue;
      const open = moved(network, step.open, cell, sign);
      if (open === null) continue;
      tried += 1;
      push(step, cell, sign, open);
    }
  }
  return null;
}

/** Takes the way that a move has gone from the rooms of its cells, or gives it back. */
function walk({ up, down }: Rooms, { indices, changes }: Move, sign: 1 | -1): void {
  for (const [at, index] of indices.entries()) {
    const change = sign * Number(changes[at]!);
    up[index]! -= change;
    down[index]! += change;
  }
}

/** Several moves as one. */
function together(moves: readonly Move[]): Move {
  const changes = new Map<number, bigint>();
  for (const move of moves) {
    for (const [at, index] of move.indices.entries()) {
      changes.set(index, (changes.get(index) ?? 0n) + move.changes[at]!);
    }
  }
  const entries = [...changes].filter(([, change]) => change !== 0n);
  return { indices: entries.map(([index]) => index), changes: entries.map(([, change]) => change) };
}

/**
 * A move that takes the target so far: one chain, or several after each other where none has room for all of
 * the way. Null if none was found, which says nothing: that there is none only the solver knows. Checked exactly, so never wrong.
 */
export function findChains(
  chains: Chains,
  target: number,
  direction: Direction,
  distance: bigint,
  isFree: (index: number) => boolean,
): Move | null {
  const { network, rooms } = chains;
  const moves: Move[] = [];
  let left = distance;
  let length = distance;
  let halvings = 0;
  while (left > 0n && halvings <= halvingsMax) {
    const part = length < left ? length : left;
    const chain = findChain(chains, target, direction, part, isFree);
    if (chain) {
      left -= part;
      moves.push(chain);
      walk(rooms, chain, 1);
      continue;
    }
    if (part === 1n) break;
    length = (length + 1n) / 2n;
    halvings += 1;
  }
  for (const move of moves) walk(rooms, move, -1);
  if (left > 0n) return null;
  const move = together(moves);
  return holds(network, move) ? move : null;
}
