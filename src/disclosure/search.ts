/** Looks for a move that takes one cell far enough, at the least cost, and for the furthest a cell can go. */
import { holds, type Direction, type Move } from './moves.ts';
import type { Rooms } from './intervals.ts';
import type { LinearProgram, Solver } from './solver.ts';
import type { Network } from './table.ts';

/** Beyond this many units a distance is counted in coarser ones, so that doubles stay far from their end. */
const unitsMax = 1_000_000n;
/** A move goes at most so many times the distance in any cell. */
const stretchMax = 100;
/** Beyond so many cells whole numbers are searched for only among those that moved in the fractional solution. */
const integralColumnsMax = 2_000;
const exactDouble = Number.MAX_SAFE_INTEGER;

/** The relations among the chosen cells, by column; `signs` doubles each column into up and down. */
function matrix(network: Network, columns: readonly number[], signs: readonly number[]) {
  const rowOf = new Map<number, number>();
  const starts = [0];
  const rows: number[] = [];
  const coefficients: number[] = [];
  for (const sign of signs) {
    for (const index of columns) {
      for (const [nth, relation] of network.relationsOf[index]!.entries()) {
        const row = rowOf.get(relation) ?? rowOf.size;
        rowOf.set(relation, row);
        rows.push(row);
        coefficients.push(sign * network.coefficientsOf[index]![nth]!);
      }
      starts.push(rows.length);
    }
  }
  return {
    rowCount: rowOf.size,
    starts: Int32Array.from(starts),
    rows: Int32Array.from(rows),
    coefficients: Float64Array.from(coefficients),
  };
}

/** Whole multiples of a solution: vertices are often halves or thirds of whole ones. */
function asMove(
  network: Network,
  columns: readonly number[],
  values: Float64Array,
  unit: bigint,
): Move | null {
  const count = columns.length;
  const net = columns.map((_, at) => values[at]! - values[at + count]!);
  for (const multiple of [1, 2, 3, 4, 6]) {
    const whole = net.map((value) => Math.round(value * multiple));
    const isWhole = whole.every((value, at) => Math.abs(value - net[at]! * multiple) < 1e-4);
    if (!isWhole || !whole.every(Number.isSafeInteger)) continue;
    const at = whole.flatMap((value, position) => (value === 0 ? [] : [position]));
    const move = {
      indices: at.map((position) => columns[position]!),
      changes: at.map((position) => BigInt(whole[position]!) * unit),
    };
    if (holds(network, move)) return move;
  }
  return null;
}

export interface Search {
  readonly network: Network;
  readonly rooms: Rooms;
  readonly solver: Solver;
  /** What moving a cell by one costs. */
  readonly costOf: (index: number) => number;
}

function moveProgram(
  { network, rooms, costOf }: Search,
  columns: readonly number[],
  direction: Direction,
  need: number,
  unit: number,
): LinearProgram {
  const count = columns.length;
  const cap = Math.min(need * stretchMax, exactDouble);
  const [cost, lower, upper] = [1, 2, 3].map(() => new Float64Array(2 * count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  columns.forEach((index, at) => {
    cost[at] = cost[at + count] = costOf(index);
    upper[at] = Math.min(Math.floor(rooms.up[index]! / unit), cap);
    upper[at + count] = Math.min(Math.floor(rooms.down[index]! / unit), cap);
  });
  // The target is the first column.
  const [moving, still] = direction === 'UP' ? [0, count] : [count, 0];
  lower[moving] = upper[moving] = need;
  upper[still] = 0;
  return { cost, lower, upper, ...matrix(network, columns, [1, -1]) };
}

export type Found = Move | 'NONE' | 'FAILED';

/** The cheapest move within `columns` that takes the first of them so far; checked, so never wrong. */
export function findMove(
  search: Search,
  columns: readonly number[],
  direction: Direction,
  distance: bigint,
): Found {
  const { network, rooms, solver } = search;
  const coarse = distance > unitsMax ? 10n ** BigInt((distance / unitsMax).toString().length) : 1n;
  const room = (direction === 'UP' ? rooms.up : rooms.down)[columns[0]!]!;
  let verdict: Found = 'NONE';
  for (const unit of new Set([coarse, 1n])) {
    const need = Number((distance + unit - 1n) / unit);
    // Rounded up it may not fit where the distance itself does.
    if (need * Number(unit) > room) continue;
    const programOf = (among: readonly number[]) =>
      moveProgram(search, among, direction, need, Number(unit));
    const { status, values } = solver.solve(programOf(columns));
    if (status === 'NONE') continue;
    verdict = 'FAILED';
    if (status === 'FAILED') continue;
    const move = asMove(network, columns, values, unit);
    if (move) return move;
    const count = columns.length;
    const hasMoved = (at: number) => values[at]! + values[at + count]! > 1e-6;
    const among =
      count > integralColumnsMax ? columns.filter((_, at) => at === 0 || hasMoved(at)) : columns;
    const whole = solver.solve(programOf(among), true);
    if (whole.status === 'NONE') verdict = 'NONE';
    const wholeMove =
      whole.status === 'OPTIMAL' ? asMove(network, among, whole.values, unit) : null;
    if (wholeMove) return wholeMove;
  }
  return verdict;
}

/**
 * The furthest that the first of the columns can go, by linear programming: null without a limit,
 * undefined if the solver failed. Rounded to whole numbers towards the true value.
 */
export function furthest(
  { network, rooms, solver }: Search,
  columns: readonly number[],
  direction: Direction,
): bigint | null | undefined {
  const largest = columns
    .flatMap((index) => [rooms.down[index]!, rooms.up[index]!])
    .filter(Number.isFinite)
    .reduce((most, size) => Math.max(most, size), 1);
  // A power of two, so that scaling alone changes no digit.
  const unit = 2 ** Math.max(0, Math.ceil(Math.log2(largest)) - 30);
  const cost = new Float64Array(columns.length);
  cost[0] = direction === 'UP' ? -1 : 1;
  const { status, values } = solver.solve({
    cost,
    lower: Float64Array.from(columns, (index) => -rooms.down[index]! / unit),
    upper: Float64Array.from(columns, (index) => rooms.up[index]! / unit),
    ...matrix(network, columns, [1]),
  });
  if (status === 'FAILED') return undefined;
  if (status === 'NONE') return null;
  const far = Math.abs(values[0]!) * unit;
  return BigInt(Math.floor(far + Math.min(1e-6 * unit, 0.5)));
}
