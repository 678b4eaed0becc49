/** Makes the relations that an audience knows: sums along trees, identities of stocks and flows, equal cells, complements. */
import type { Cell, Family, Relation } from './table.ts';

/** A parent with its children; every hierarchy over the same cells is one more list of these. */
export interface Branch {
  readonly parent: string;
  readonly children: readonly string[];
}

/** One dimension of a table: its members, and the branches by which they add up (none for a stock's months). */
export interface Axis {
  readonly name: string;
  readonly members: readonly string[];
  readonly branches: readonly Branch[];
}

export function sum(name: string, whole: string, parts: readonly string[]): Relation {
  const terms = [[whole, 1] as const, ...parts.map((part) => [part, -1] as const)];
  return { name, kind: 'SUM', terms, constant: 0n };
}

/** A sum of which it tells nothing that one part is all of it: everybody knows who belongs to which part. */
export const registerSum = (...given: Parameters<typeof sum>): Relation => ({
  ...sum(...given),
  kind: 'IDENTITY',
});

/** The same cell in two releases, versions or hierarchies. */
export function equal(one: string, other: string): Relation {
  const terms = [[one, 1] as const, [other, -1] as const];
  return { name: `${one} = ${other}`, kind: 'EQUAL', terms, constant: 0n };
}

/** opening + joined + returned - left = closing, or any other list of what adds and what takes away. */
export function stockFlow(
  opening: string,
  added: readonly string[],
  taken: readonly string[],
  closing: string,
): Relation {
  return {
    name: `${opening} to ${closing}`,
    kind: 'IDENTITY',
    terms: [
      [opening, 1],
      ...added.map((key) => [key, 1] as const),
      ...taken.map((key) => [key, -1] as const),
      [closing, -1],
    ],
    constant: 0n,
  };
}

/** A difference or sum that is known by itself, for example a published change from one version to the next. */
export function known(name: string, terms: Relation['terms'], constant: bigint): Relation {
  return { name, kind: 'IDENTITY', terms, constant };
}

/** All combinations of members, first axis slowest. */
function combinations(axes: readonly Axis[]): string[][] {
  return axes.reduce<string[][]>(
    (rows, { members }) => rows.flatMap((row) => members.map((member) => [...row, member])),
    [[]],
  );
}

/**
 * Every sum of a table with several dimensions: for each axis and branch, once for each combination of the
 * other axes. `keyOf` names the cell of a combination, or null where the table has none; a branch with a
 * missing cell says nothing and is left out.
 */
export function tableSums(
  axes: readonly Axis[],
  keyOf: (members: readonly string[]) => string | null,
): Relation[] {
  return axes.flatMap((axis, position) =>
    combinations(axes.filter((other) => other !== axis)).flatMap((rest) =>
      axis.branches.flatMap((branch): Relation[] => {
        const at = (member: string) => keyOf(rest.toSpliced(position, 0, member));
        const whole = at(branch.parent);
        const parts = branch.children.map(at).filter((key) => key !== null);
        if (whole === null || parts.length < branch.children.length) return [];
        return [sum(`${axis.name}: ${whole}`, whole, parts)];
      }),
    ),
  );
}

export interface Complement {
  readonly part: string;
  readonly whole: string;
  /** What is left at most, as everybody knows. */
  readonly upper?: bigint;
}

/**
 * Adds what is left of a whole beside a part, as a cell of its own: nobody publishes it, everybody can
 * subtract, and it can't be negative. The whole is a cell of the family (a public denominator, a total).
 */
export function withComplements(family: Family, pairs: readonly Complement[]): Family {
  const byKey = new Map(family.cells.map((cell) => [cell.key, cell]));
  const cells: Cell[] = [...family.cells];
  const relations: Relation[] = [...family.relations];
  for (const { part, whole, upper } of pairs) {
    const [partCell, wholeCell] = [byKey.get(part), byKey.get(whole)];
    const key = `${whole} less ${part}`;
    if (!byKey.has(key) && partCell && wholeCell) {
      const value = wholeCell.value - partCell.value;
      const known = upper === undefined ? {} : { upper };
      const cell: Cell = { key, value, kind: partCell.kind, state: 'HIDDEN', ...known };
      byKey.set(key, cell);
      cells.push(cell);
    }
    const terms = [[whole, 1] as const, [part, -1] as const, [key, -1] as const];
    relations.push({ name: `complement: ${key}`, kind: 'COMPLEMENT', terms, constant: 0n });
  }
  return { cells, relations };
}

/**
 * What a published rate tells of the part: the least and largest count that, divided by the whole, rounds
 * (half up) to `rate`, given in units of 10^-decimals. A percentage of 12.34 is rate 1234, decimals 4.
 */
export function boundsOfRate(
  rate: bigint,
  decimals: number,
  whole: bigint,
): { lower: bigint; upper: bigint } {
  const scale = 2n * 10n ** BigInt(decimals);
  // part / whole >= (rate - 1/2) / 10^d and < (rate + 1/2) / 10^d, in halves to stay whole.
  const least = (2n * rate - 1n) * whole;
  const beyond = (2n * rate + 1n) * whole;
  const ceiling = (number: bigint) => (number <= 0n ? 0n : (number + scale - 1n) / scale);
  return { lower: ceiling(least), upper: ceiling(beyond) - 1n };
}
