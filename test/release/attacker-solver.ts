/** What the attacker of the tests works with: unknowns with bounds, rows that tie them, and three ways to make them narrow. */
import highsModule, { type Highs } from 'highs';

export interface Row {
  readonly terms: ReadonlyMap<number, number>;
  readonly low: number;
  readonly high: number;
}

export const infinity = Number.POSITIVE_INFINITY;
/** Beyond any national amount in dong. */
const isMoney = (unit: string) => unit === 'VND';

/** Cells become unknowns; what is said to be the same is one unknown. */
export class Unknowns {
  readonly low: number[] = [];
  readonly high: number[] = [];
  readonly money: boolean[] = [];
  readonly names = new Map<string, number>();

  /** Everything counted here is a number of persons, employers or dong: whole, and never below zero. */
  named(name: string, unit: string): number {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const index = this.low.length;
    this.names.set(name, index);
    this.low.push(0);
    this.high.push(infinity);
    this.money.push(isMoney(unit));
    return index;
  }

  bound(index: number, low: number, high: number): void {
    this.low[index] = Math.max(this.low[index]!, low);
    this.high[index] = Math.min(this.high[index]!, high);
  }
}

/** A count of debtors and what they owe: neither is there without the other. */
export type Twins = readonly [count: number, amount: number];

/** What each of two tells of the other, which no sum says; whether anything became narrower. */
function bindTwins({ low, high }: Unknowns, twins: readonly Twins[]): boolean {
  let changed = false;
  for (const [count, amount] of twins) {
    const isEmpty = high[count] === 0 || high[amount] === 0;
    // Who owes owes a dong at least.
    const least = Math.max(low[count]!, low[amount]! > 0 ? 1 : 0);
    if (isEmpty && (high[count] !== 0 || high[amount] !== 0)) {
      high[count] = high[amount] = 0;
      changed = true;
    }
    if (least > low[count]! || least > low[amount]!) {
      low[count] = least;
      low[amount] = Math.max(low[amount]!, least);
      changed = true;
    }
  }
  return changed;
}

/** Bounds carried along the rows and between twins until they rest; whether the twins had anything to say. */
export function settle(unknowns: Unknowns, rows: readonly Row[], twins: readonly Twins[]): boolean {
  propagate(unknowns, rows);
  let isNew = false;
  while (bindTwins(unknowns, twins)) {
    isNew = true;
    propagate(unknowns, rows);
  }
  return isNew;
}

/** Bounds carried along the rows until they rest. */
function propagate(unknowns: Unknowns, rows: readonly Row[]): void {
  const { low, high } = unknowns;
  for (let round = 0, changed = true; changed && round < 60; round += 1) {
    changed = false;
    for (const { terms, low: least, high: most } of rows) {
      for (const [node, factor] of terms) {
        let othersLow = 0;
        let othersHigh = 0;
        for (const [other, by] of terms) {
          if (other === node) continue;
          othersLow += by > 0 ? by * low[other]! : by * high[other]!;
          othersHigh += by > 0 ? by * high[other]! : by * low[other]!;
        }
        const ends = [(least - othersHigh) / factor, (most - othersLow) / factor];
        const [from, to] = factor > 0 ? ends : [ends[1]!, ends[0]!];
        if (from! > low[node]!) {
          low[node] = Math.ceil(from!);
          changed = true;
        }
        if (to! < high[node]!) {
          high[node] = Math.floor(to!);
          changed = true;
        }
      }
    }
  }
}

const prime = (1n << 61n) - 1n;
const modulo = (number: bigint) => ((number % prime) + prime) % prime;
function inverse(number: bigint): bigint {
  let result = 1n;
  for (let base = number, power = prime - 2n; power > 0n; power >>= 1n) {
    if (power & 1n) result = (result * base) % prime;
    base = (base * base) % prime;
  }
  return result;
}

/** Exact elimination, modulo a prime beyond every value: a row with one unknown left tells it. */
export function eliminate(unknowns: Unknowns, rows: readonly Row[]): void {
  const { low, high } = unknowns;
  const pivots = new Map<number, Map<number, bigint>>();
  const right = -1;
  const subtract = (row: Map<number, bigint>, by: Map<number, bigint>, factor: bigint) => {
    for (const [node, value] of by) {
      const left = modulo((row.get(node) ?? 0n) - factor * value);
      if (left === 0n) row.delete(node);
      else row.set(node, left);
    }
  };
  for (const { terms, low: least, high: most } of rows) {
    if (least !== most) continue;
    const row = new Map<number, bigint>();
    let constant = BigInt(least);
    for (const [node, factor] of terms) {
      if (low[node] === high[node]) constant -= BigInt(factor) * BigInt(low[node]!);
      else row.set(node, modulo(BigInt(factor)));
    }
    row.set(right, modulo(constant));
    for (const [node, pivot] of pivots) {
      const factor = row.get(node);
      if (factor) subtract(row, pivot, factor);
    }
    const first = [...row.keys()].find((node) => node !== right);
    if (first === undefined) continue;
    const scale = inverse(row.get(first)!);
    for (const [node, value] of row) row.set(node, modulo(value * scale));
    for (const other of pivots.values()) {
      const factor = other.get(first);
      if (factor) subtract(other, row, factor);
    }
    pivots.set(first, row);
  }
  for (const [node, row] of pivots) {
    if ([...row.keys()].some((other) => other !== node && other !== right)) continue;
    const value = Number(row.get(right) ?? 0n);
    if (Number.isSafeInteger(value)) unknowns.bound(node, value, value);
  }
}

let runtime: Promise<Highs> | undefined;

/** Both ends of each target by linear programming, over everything at once. */
export async function optimise(
  unknowns: Unknowns,
  rows: readonly Row[],
  targets: readonly number[],
): Promise<void> {
  const { low, high, money } = unknowns;
  const isOpen = (node: number) => low[node] !== high[node];
  // Dong are counted in millions: the solver's tolerance is absolute.
  const scaleOf = (node: number) => (money[node] ? 1e6 : 1);
  const columns = new Map<number, number>();
  const used = rows.flatMap((row) => {
    const open = [...row.terms].filter(([node]) => isOpen(node));
    if (open.length === 0) return [];
    let fixed = 0;
    for (const [node, by] of row.terms) if (!isOpen(node)) fixed += by * low[node]!;
    for (const [node] of open) if (!columns.has(node)) columns.set(node, columns.size);
    const scale = scaleOf(open[0]![0]);
    return [{ open, low: (row.low - fixed) / scale, high: (row.high - fixed) / scale }];
  });
  if (used.length === 0) return;
  runtime ??= (highsModule as unknown as () => Promise<Highs>)();
  const highs = await runtime;
  const model = highs.createModel();
  model.options.set({ output_flag: false, time_limit: 30 });
  const nodes = [...columns.keys()];
  const matrix = nodes.map((): [number, number][] => []);
  used.forEach(({ open }, at) => {
    for (const [node, by] of open) matrix[columns.get(node)!]!.push([at, by]);
  });
  const starts = [0];
  for (const column of matrix) starts.push(starts.at(-1)! + column.length);
  model.passModel({
    numCols: nodes.length,
    numRows: used.length,
    colCost: new Float64Array(nodes.length),
    colLower: Float64Array.from(nodes, (node) => low[node]! / scaleOf(node)),
    colUpper: Float64Array.from(nodes, (node) => high[node]! / scaleOf(node)),
    rowLower: Float64Array.from(used, (row) => row.low),
    rowUpper: Float64Array.from(used, (row) => row.high),
    matrix: {
      format: 'csc',
      numRows: used.length,
      numCols: nodes.length,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(matrix.flat(), ([at]) => at),
      values: Float64Array.from(matrix.flat(), ([, by]) => by),
    },
  });
  const { optimal, infeasible } = highs.constants.modelStatus;
  try {
    // Each end that is found is one state of the world, and shows of other unknowns how far they can be as well.
    const seen = nodes.map((): [number, number] => [infinity, -infinity]);
    for (const node of targets) {
      const column = columns.get(node);
      if (column === undefined) continue;
      const slack = money[node] ? 10 : 1e-4;
      const leastOf = (value: number) => Math.ceil(value * scaleOf(node) - slack);
      const mostOf = (value: number) => Math.floor(value * scaleOf(node) + slack);
      for (const sign of [1, -1]) {
        const [least, most] = seen[column]!;
        if (sign === 1 ? leastOf(least) <= low[node]! : mostOf(most) >= high[node]!) continue;
        model.zeroAllClocks();
        model.changeColCost(column, sign);
        model.run();
        const status = model.getModelStatus();
        if (status === infeasible)
          throw new Error('What the attacker believes contradicts itself.');
        if (status === optimal) {
          const { colValue } = model.getSolution();
          if (sign === 1) low[node] = Math.max(low[node]!, leastOf(colValue[column]!));
          else high[node] = Math.min(high[node]!, mostOf(colValue[column]!));
          seen.forEach((ends, at) => {
            ends[0] = Math.min(ends[0], colValue[at]!);
            ends[1] = Math.max(ends[1], colValue[at]!);
          });
        }
      }
      model.changeColCost(column, 0);
    }
  } finally {
    model.dispose();
  }
}
