/** Looks for a move that takes one cell far enough, at the least cost, and for the furthest a cell can go. */
import { holds, type Direction, type Move } from './moves.ts';
import type { Rooms } from './intervals.ts';
import type { LinearProgram, Solver } from './solver.ts';
import type { Network } from './table.ts';

/** A move goes at most so many times the distance in any cell. */
const stretchMax = 100;
/** Beyond so many cells whole numbers are searched for only among those that moved in the fractional solution. */
const integralColumnsMax = 2_000;
/** How many units further whole numbers are searched for. With bounds of billions HiGHS went on for minutes, whatever its limits. */
const repairMax = 20;
const exactDouble = Number.MAX_SAFE_INTEGER;
/** Distances are solved for in hundreds or thousands at most: a tolerance of 10^-9 is too narrow for billions. */
const scaleMax = 2 ** 16;
/** A power of two, so that scaling alone changes no digit. */
const scaleOf = (need: number): number =>
  Math.min(scaleMax, 2 ** Math.max(0, Math.floor(Math.log2(need)) - 10));

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

/** What a solution changes in each column, up less down. */
const netOf = (values: Float64Array, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, at) => values[at]! - values[at + count]!);

/** Whole multiples of a solution: vertices are often halves or thirds of whole ones. */
function asMove(network: Network, columns: readonly number[], net: Float64Array): Move | null {
  for (const multiple of [1, 2, 3, 4, 6]) {
    const whole = [...net].map((value) => Math.round(value * multiple));
    const isWhole = whole.every((value, at) => Math.abs(value - net[at]! * multiple) < 1e-4);
    if (!isWhole || !whole.every(Number.isSafeInteger)) continue;
    const at = whole.flatMap((value, position) => (value === 0 ? [] : [position]));
    const move = {
      indices: at.map((position) => columns[position]!),
      changes: at.map((position) => BigInt(whole[position]!)),
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
): LinearProgram {
  const count = columns.length;
  const cap = Math.min(need * stretchMax, exactDouble);
  const scale = scaleOf(need);
  const [cost, lower, upper] = [1, 2, 3].map(() => new Float64Array(2 * count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  columns.forEach((index, at) => {
    cost[at] = cost[at + count] = costOf(index);
    upper[at] = Math.min(rooms.up[index]!, cap) / scale;
    upper[at + count] = Math.min(rooms.down[index]!, cap) / scale;
  });
  // The target is the first column.
  const [moving, still] = direction === 'UP' ? [0, count] : [count, 0];
  lower[moving] = upper[moving] = need / scale;
  upper[still] = 0;
  return { cost, lower, upper, ...matrix(network, columns, [1, -1]) };
}

/**
 * Whole numbers near a fractional solution: what is cut off of it puts relations out of balance, and few units of
 * some cells put them right. The target, the first column, is whole and stays.
 */
function repair(
  { network, rooms, solver, costOf }: Search,
  columns: readonly number[],
  fractional: Float64Array,
): Move | null {
  const cut = fractional.map((value, at) =>
    at === 0 ? Math.round(value) : Math.trunc(value + Math.sign(value) * 1e-6),
  );
  const count = columns.length;
  const sides = matrix(network, columns, [1, -1]);
  const { starts, rows, coefficients, rowCount } = sides;
  const sums = new Float64Array(rowCount);
  for (let at = 0; at < count; at += 1) {
    for (let nth = starts[at]!; nth < starts[at + 1]!; nth += 1) {
      sums[rows[nth]!]! -= coefficients[nth]! * cut[at]!;
    }
  }
  const most = (room: number, moved: number) => Math.max(0, Math.min(room - moved, repairMax));
  const upper = new Float64Array(2 * count);
  columns.forEach((index, at) => {
    upper[at] = at === 0 ? 0 : most(rooms.up[index]!, cut[at]!);
    upper[at + count] = at === 0 ? 0 : most(rooms.down[index]!, -cut[at]!);
  });
  const cost = Float64Array.from([...columns, ...columns], costOf);
  const lower = new Float64Array(2 * count);
  const { status, values } = solver.solve({ cost, lower, upper, sums, ...sides }, true);
  if (status !== 'OPTIMAL') return null;
  const more = netOf(values, count);
  return asMove(
    network,
    columns,
    cut.map((value, at) => value + more[at]!),
  );
}

export type Found = Move | 'NONE' | 'FAILED';

const isFar = ({ indices, changes }: Move, target: number, distance: bigint): boolean => {
  const change = changes[indices.indexOf(target)] ?? 0n;
  return (change < 0n ? -change : change) >= distance;
};

/** The cheapest move within `columns` that takes the first of them so far; checked, so never wrong. */
export function findMove(
  search: Search,
  columns: readonly number[],
  direction: Direction,
  distance: bigint,
): Found {
  const { network, rooms, solver } = search;
  const [target] = columns;
  const need = Number(distance);
  if (target === undefined || need > (direction === 'UP' ? rooms.up : rooms.down)[target]!) {
    return 'NONE';
  }
  const { status, values } = solver.solve(moveProgram(search, columns, direction, need));
  if (status !== 'OPTIMAL') return status;
  const net = netOf(values, columns.length).map((value) => value * scaleOf(need));
  const move = asMove(network, columns, net);
  if (move && isFar(move, target, distance)) return move;
  const isTaken = (at: number) =>
    columns.length <= integralColumnsMax || at === 0 || Math.abs(net[at]!) > 1e-6;
  const among = columns.filter((_, at) => isTaken(at));
  const repaired = repair(
    search,
    among,
    net.filter((_, at) => isTaken(at)),
  );
  return repaired && isFar(repaired, target, distance) ? repaired : 'FAILED';
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
