/** A family of linked tables: cells with exact whole values, and the linear relations that everybody knows. */
import { DisclosureRefused } from './refusal.ts';

/**
 * What a cell counts. The frequency rule holds for persons and employers, the concentration rules for
 * money in whole dong; a public count of events or signs is neither.
 */
export type CellKind = 'PERSONS' | 'EMPLOYERS' | 'EVENTS' | 'MONEY';

/**
 * OPEN: to be published if that is safe. PUBLIC: known already (an earlier version, a denominator, a zero
 * that can't be otherwise) and never suppressed. HIDDEN: not published and not to be, but part of the
 * relations (suppressed in an earlier release, a complement).
 */
export type CellState = 'OPEN' | 'PUBLIC' | 'HIDDEN';

export interface Cell {
  /** Unique in the family, for example `KCB/2025-06/00001/SI_COMPULSORY`. */
  readonly key: string;
  readonly value: bigint;
  readonly kind: CellKind;
  readonly state: CellState;
  /** The least value that everybody knows it can have; 0 if not given, null for none (a change, a balance). */
  readonly lower?: bigint | null;
  /** The largest value that everybody knows it can have, for example from a published rate. */
  readonly upper?: bigint | null;
  /** How many there are, as a public register says, of whom it counts some: a bound, and a whole that tells of each. */
  readonly outOf?: bigint;
  /** What its loss costs; the square root of its value if not given. */
  readonly cost?: number;
}

/** How the coefficients came to be; COMPLEMENT is whole = part + rest. */
export type RelationKind = 'SUM' | 'IDENTITY' | 'EQUAL' | 'COMPLEMENT';

/** Sum of coefficient x cell = constant. In SUM and COMPLEMENT the first term is the whole. */
export interface Relation {
  readonly name: string;
  readonly kind: RelationKind;
  readonly terms: readonly (readonly [key: string, coefficient: number])[];
  readonly constant: bigint;
}

export interface Family {
  readonly cells: readonly Cell[];
  readonly relations: readonly Relation[];
}

/** Values beyond this are refused: doubles hold whole numbers exactly up to 9 x 10^15. In dong, a million billion. */
export const valueMax = 1_000_000_000_000_000n;

/** A family, checked and by number instead of key. */
export interface Network {
  readonly cells: readonly Cell[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly relations: readonly {
    readonly name: string;
    readonly kind: RelationKind;
    readonly members: readonly number[];
    readonly coefficients: readonly number[];
    readonly constant: bigint;
  }[];
  /** Relations of each cell, and beside it its coefficients in them. */
  readonly relationsOf: readonly (readonly number[])[];
  readonly coefficientsOf: readonly (readonly number[])[];
}

export const lowerOf = (cell: Cell): bigint | null => (cell.lower === undefined ? 0n : cell.lower);
export function upperOf({ upper, outOf }: Cell): bigint | null {
  const most = upper ?? outOf;
  return most !== undefined && outOf !== undefined && outOf < most ? outOf : (most ?? null);
}

function checkCell(cell: Cell): void {
  const { key, value } = cell;
  if (value > valueMax || value < -valueMax) {
    throw new DisclosureRefused('VALUE_TOO_LARGE', `${key} is beyond ±${valueMax}.`, [key]);
  }
  if (cell.kind === 'MONEY' && value < 0n) {
    throw new DisclosureRefused('NEGATIVE_AMOUNT', `${key} is a negative amount.`, [key]);
  }
  const [lower, upper] = [lowerOf(cell), upperOf(cell)];
  if ((lower !== null && value < lower) || (upper !== null && value > upper)) {
    throw new DisclosureRefused('OUT_OF_BOUNDS', `${key} is outside its known bounds.`, [key]);
  }
}

function indexRelation(relation: Relation, family: Family, indexOf: ReadonlyMap<string, number>) {
  const coefficients = new Map<number, number>();
  let left = 0n;
  for (const [key, coefficient] of relation.terms) {
    const index = indexOf.get(key);
    if (index === undefined) {
      const sentence = `The relation ${relation.name} names ${key}, which is no cell.`;
      throw new DisclosureRefused('CELL_UNKNOWN', sentence, [relation.name, key]);
    }
    if (!Number.isSafeInteger(coefficient) || coefficient === 0) {
      const sentence = `The relation ${relation.name} has a coefficient that is no whole number.`;
      throw new DisclosureRefused('PARAMETER_INVALID', sentence, [relation.name, key]);
    }
    coefficients.set(index, (coefficients.get(index) ?? 0) + coefficient);
    left += BigInt(coefficient) * family.cells[index]!.value;
  }
  // An attack over relations that do not hold would prove nothing.
  if (left !== relation.constant) {
    const sentence = `The relation ${relation.name} does not hold: ${left} is not ${relation.constant}.`;
    throw new DisclosureRefused('RELATION_BROKEN', sentence, [relation.name]);
  }
  const entries = [...coefficients].filter(([, coefficient]) => coefficient !== 0);
  return {
    name: relation.name,
    kind: relation.kind,
    members: entries.map(([index]) => index),
    coefficients: entries.map(([, coefficient]) => coefficient),
    constant: relation.constant,
  };
}

/** Checks a family whole. Refuses what is double, unknown, too large, out of bounds or does not add up. */
export function indexFamily(family: Family): Network {
  const indexOf = new Map<string, number>();
  family.cells.forEach((cell, index) => {
    checkCell(cell);
    if (indexOf.has(cell.key)) {
      throw new DisclosureRefused('CELL_TWICE', `${cell.key} is given twice.`, [cell.key]);
    }
    indexOf.set(cell.key, index);
  });
  const relations = family.relations.map((relation) => indexRelation(relation, family, indexOf));
  const relationsOf = family.cells.map((): number[] => []);
  const coefficientsOf = family.cells.map((): number[] => []);
  relations.forEach(({ members, coefficients }, relation) => {
    members.forEach((member, at) => {
      relationsOf[member]!.push(relation);
      coefficientsOf[member]!.push(coefficients[at]!);
    });
  });
  return { cells: family.cells, indexOf, relations, relationsOf, coefficientsOf };
}
