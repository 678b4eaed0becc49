/** Small families for the tests of disclosure, and every table that is consistent with what is published of one. */
import type { Cell, CellState, Family } from '../../src/disclosure/table.ts';
import { sum, tableSums, type Axis } from '../../src/disclosure/relations.ts';

export function persons(key: string, value: number, state: CellState = 'OPEN'): Cell {
  return { key, value: BigInt(value), kind: 'PERSONS', state };
}

export function money(key: string, value: number, state: CellState = 'OPEN'): Cell {
  return { key, value: BigInt(value), kind: 'MONEY', state };
}

/** mulberry32: the same numbers on every machine. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** A table with margins from its inner cells: rows r1, r2, ..., columns c1, c2, ..., totals `r`, `c`. */
export function twoWay(inner: readonly (readonly number[])[], prefix = ''): Family {
  const rows = inner.map((_, at) => `r${at + 1}`);
  const columns = inner[0]!.map((_, at) => `c${at + 1}`);
  const axes: Axis[] = [
    { name: 'row', members: ['r', ...rows], branches: [{ parent: 'r', children: rows }] },
    { name: 'column', members: ['c', ...columns], branches: [{ parent: 'c', children: columns }] },
  ];
  const keyOf = ([row, column]: readonly string[]) => `${prefix}${row}${column}`;
  const valueOf = (row: string, column: string): number =>
    inner
      .flatMap((values, r) => values.map((value, c) => ({ value, r: `r${r + 1}`, c: `c${c + 1}` })))
      .filter(({ r, c }) => (row === 'r' || row === r) && (column === 'c' || column === c))
      .reduce((total, { value }) => total + value, 0);
  return {
    cells: axes[0]!.members.flatMap((row) =>
      axes[1]!.members.map((column) => persons(keyOf([row, column]), valueOf(row, column))),
    ),
    relations: tableSums(axes, keyOf),
  };
}

export function join(...families: readonly Family[]): Family {
  return {
    cells: families.flatMap(({ cells }) => cells),
    relations: families.flatMap(({ relations }) => relations),
  };
}

/** Cells of a row under one total. */
export function oneWay(total: string, parts: Readonly<Record<string, number>>): Family {
  const values = Object.entries(parts);
  const whole = values.reduce((amount, [, value]) => amount + value, 0);
  return {
    cells: [persons(total, whole), ...values.map(([key, value]) => persons(key, value))],
    relations: [sum(total, total, Object.keys(parts))],
  };
}

export function withState(family: Family, state: CellState, keys: readonly string[]): Family {
  const cells = family.cells.map((cell) => (keys.includes(cell.key) ? { ...cell, state } : cell));
  return { cells, relations: family.relations };
}

/**
 * Least and largest value of each unknown cell over every whole, non-negative table up to `most`, or up to what a register
 * says, that is consistent with the published cells, by trying them all. Knows nothing of the code that it checks.
 */
export function bruteForce(
  family: Family,
  unknown: ReadonlySet<string>,
  most: number,
): Map<string, { least: number; largest: number }> {
  const values = new Map(family.cells.map(({ key, value }) => [key, Number(value)]));
  const registered = new Map(family.cells.map(({ key, outOf }) => [key, Number(outOf ?? most)]));
  const keys = [...unknown];
  const order = new Map(keys.map((key, at) => [key, at]));
  const checks = family.relations.map(({ terms, constant }) => ({
    terms,
    constant: Number(constant),
    last: Math.max(-1, ...terms.map(([key]) => order.get(key) ?? -1)),
  }));
  const found = new Map<string, { least: number; largest: number }>();
  const isConsistent = (at: number) =>
    checks.every(
      ({ terms, constant, last }) =>
        last !== at ||
        terms.reduce((left, [key, factor]) => left + factor * values.get(key)!, 0) === constant,
    );
  const visit = (at: number): void => {
    if (at === keys.length) {
      for (const key of keys) {
        const value = values.get(key)!;
        const { least, largest } = found.get(key) ?? { least: value, largest: value };
        found.set(key, { least: Math.min(least, value), largest: Math.max(largest, value) });
      }
      return;
    }
    const last = Math.min(most, registered.get(keys[at]!)!);
    for (let value = 0; value <= last; value += 1) {
      values.set(keys[at]!, value);
      if (isConsistent(at)) visit(at + 1);
    }
  };
  visit(0);
  return found;
}
