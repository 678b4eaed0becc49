/** The attack finds what an attacker finds, at least that, and no chain of relations escapes it. */
import { describe, expect, test } from 'vitest';
import { attack } from '../../src/disclosure/attack.ts';
import { judgePrimary } from '../../src/disclosure/primary.ts';
import { equal, known, stockFlow, sum } from '../../src/disclosure/relations.ts';
import type { Requirement } from '../../src/disclosure/requirement.ts';
import type { Family } from '../../src/disclosure/table.ts';
import { bruteForce, join, money, oneWay, persons, seeded, twoWay, withState } from './support.ts';

/** Every suppressed cell with its whole interval. */
async function intervals(
  family: Family,
  suppressed: readonly string[],
  requirements: readonly Requirement[] = [],
) {
  const { cells } = await attack(family, new Set(suppressed), requirements, { isExact: true });
  return new Map(cells.map((cell) => [cell.key, cell]));
}

const need = (key: string, lower: number, upper: number): Requirement => ({
  key,
  lower: BigInt(lower),
  upper: BigInt(upper),
});

/** Geurts 1992, table 10, in the Handbook 4.2, example 3. */
const geurts = twoWay([
  [4, 3],
  [2, 1],
  [3, 3],
]);
const geurtsHidden = ['r1c1', 'r1c2', 'r2c1', 'r2c2'];

describe('intervals', () => {
  test('of the Handbook, example 3: the first cell lies between 3 and 6', async () => {
    const found = await intervals(geurts, geurtsHidden);
    expect([...found].map(([key, { lower, upper }]) => [key, lower, upper])).toEqual([
      ['r1c1', 3n, 6n],
      ['r1c2', 1n, 4n],
      ['r2c1', 0n, 3n],
      ['r2c2', 0n, 3n],
    ]);
  });

  test('one suppressed cell in a row is recomputed', async () => {
    const found = await intervals(geurts, ['r1c1'], [need('r1c1', 1, 1)]);
    expect(found.get('r1c1')).toMatchObject({ lower: 4n, upper: 4n, isSafe: false });
  });

  test('a cell that only a solver can recompute is recomputed', async () => {
    // Two totals of which the difference is one cell: no single relation gives it away.
    const family: Family = {
      cells: [
        persons('a', 30),
        persons('b', 40),
        persons('x', 3),
        persons('ab', 70),
        persons('abx', 73),
      ],
      relations: [sum('ab', 'ab', ['a', 'b']), sum('abx', 'abx', ['a', 'b', 'x'])],
    };
    const found = await intervals(family, ['a', 'b', 'x'], [need('x', 1, 1)]);
    expect(found.get('x')).toMatchObject({ lower: 3n, upper: 3n, isSafe: false });
    expect(found.get('x')?.weakness).toBe('NO_TABLE');
  });

  test('wide bounds prove nothing: fractions that no whole table has do not make a cell safe', async () => {
    // a + b = b + c = c + a = 6: only (3, 3, 3) in whole numbers and in fractions.
    const family: Family = {
      cells: [persons('a', 3), persons('b', 3), persons('c', 3)],
      relations: [
        known(
          'ab',
          [
            ['a', 1],
            ['b', 1],
          ],
          6n,
        ),
        known(
          'bc',
          [
            ['b', 1],
            ['c', 1],
          ],
          6n,
        ),
        known(
          'ca',
          [
            ['c', 1],
            ['a', 1],
          ],
          6n,
        ),
      ],
    };
    const found = await intervals(family, ['a', 'b', 'c'], [need('a', 1, 0)]);
    expect(found.get('a')).toMatchObject({ lower: 3n, upper: 3n, isSafe: false });
    // 2a + b = 7, b <= 2 and even: half a step is free, a whole one is not.
    const halves: Family = {
      cells: [persons('a', 3), { ...persons('b', 1), upper: 2n }],
      relations: [
        known(
          '2a+b',
          [
            ['a', 2],
            ['b', 1],
          ],
          7n,
        ),
      ],
    };
    const half = await intervals(halves, ['a', 'b'], [need('b', 1, 1)]);
    expect(half.get('b')).toMatchObject({ isSafe: false });
  });

  test('without a bound above there is none', async () => {
    const family = oneWay('t', { a: 2, b: 60 });
    const found = await intervals(family, ['t', 'a']);
    expect(found.get('a')).toMatchObject({ lower: 0n, upper: null });
  });

  test('published bounds narrow', async () => {
    const cells = geurts.cells.map((cell) => (cell.key === 'r2c2' ? { ...cell, upper: 2n } : cell));
    const found = await intervals({ ...geurts, cells }, geurtsHidden);
    expect(found.get('r1c1')).toMatchObject({ lower: 3n, upper: 5n });
  });

  test('money of a million billion dong is exact to the dong', async () => {
    const [a, b] = [499_999_999_999_999, 500_000_000_000_000];
    const family: Family = {
      cells: [money('t', a + b), money('a', a), money('b', b)],
      relations: [sum('t', 't', ['a', 'b'])],
    };
    const found = await intervals(family, ['a', 'b'], [need('a', a, b)]);
    expect(found.get('a')).toMatchObject({ isSafe: true, lower: 0n });
    const alone = await intervals(family, ['a'], [need('a', 1, 1)]);
    expect(alone.get('a')).toMatchObject({ lower: BigInt(a), upper: BigInt(a), isSafe: false });
    const more = await intervals(family, ['a', 'b'], [need('a', 0, b + 1)]);
    expect(more.get('a')).toMatchObject({ isSafe: false });
  });
});

describe('the attack never finds less than trying all tables does', () => {
  let complete = 0;
  test.each(Array.from({ length: 40 }, (_, seed) => [seed]))('random family %i', async (seed) => {
    const random = seeded(seed + 1);
    const size = 2 + random(2);
    const table = (prefix: string) =>
      twoWay(
        Array.from({ length: size }, () => Array.from({ length: 3 }, () => random(4))),
        prefix,
      );
    const first = table('a ');
    // A second period, linked by a flow in some cells.
    const second = table('b ');
    const flows = first.cells.flatMap(({ key, value }, at) => {
      if (random(3) > 0) return [];
      const then = second.cells[at]!;
      const change = known(
        `flow ${key}`,
        [
          [then.key, 1],
          [key, -1],
        ],
        then.value - value,
      );
      return [change];
    });
    const family = join(first, second, { cells: [], relations: flows });
    const hidden = family.cells.filter(() => random(5) < 2).map(({ key }) => key);
    const some = hidden.slice(0, 9);
    const most = Math.max(...family.cells.map(({ value }) => Number(value))) + 6;
    const truth = bruteForce(family, new Set(some), most);
    // Where a cell is at the end of what was tried, more tables than those exist.
    const isAll = [...truth.values()].every(({ largest }) => largest < most);
    if (isAll) complete += 1;
    // Every interval that trying shows too narrow must be judged so, whatever is asked.
    const requirements = some.map((key) => need(key, 1 + random(2), 1 + random(3)));
    const found = await intervals(family, some, requirements);
    for (const key of some) {
      const { least, largest } = truth.get(key)!;
      const { lower, upper, value, required, isSafe } = found.get(key)!;
      expect(lower! <= BigInt(least), key).toBe(true);
      expect(upper === null || upper >= BigInt(largest), key).toBe(true);
      if (isSafe && isAll) {
        expect(BigInt(least) <= value - required.lower, key).toBe(true);
        expect(BigInt(largest) >= value + required.upper, key).toBe(true);
      }
    }
  });

  test('and in most of them every table was tried', () => {
    expect(complete).toBeGreaterThan(20);
  });
});

describe('what is linked is noticed', () => {
  const safe = twoWay([
    [3, 40, 30],
    [20, 25, 35],
    [50, 60, 70],
  ]);
  const pattern = ['r1c1', 'r1c2', 'r2c1', 'r2c2'];
  const { requirements } = judgePrimary(safe);
  const isSafe = async (family: Family, hidden: readonly string[] = pattern) =>
    (await attack(family, new Set(hidden), requirements)).isSafe;

  test('the pattern itself is safe', async () => {
    expect(await isSafe(safe)).toBe(true);
  });

  test.each(pattern)('opening %s undoes it', async (key) => {
    expect(
      await isSafe(
        safe,
        pattern.filter((other) => other !== key),
      ),
    ).toBe(false);
  });

  test('an earlier version that was not protected undoes it', async () => {
    const earlier = {
      cells: [persons('v1 r1c2', 40, 'PUBLIC')],
      relations: [equal('r1c2', 'v1 r1c2')],
    };
    expect(await isSafe(join(safe, earlier))).toBe(false);
    const withdrawn = withState(join(safe, earlier), 'HIDDEN', ['v1 r1c2']);
    expect(await isSafe(withdrawn)).toBe(true);
  });

  test('a second hierarchy over the same cells undoes it', async () => {
    const office = {
      cells: [persons('office', 45 + 35)],
      relations: [sum('office', 'office', ['r1c2', 'r2c3'])],
    };
    const consistent = { ...office, cells: [persons('office', 75)] };
    expect(await isSafe(join(safe, consistent))).toBe(false);
    expect(await isSafe(join(safe, consistent), [...pattern, 'office'])).toBe(true);
  });

  test('a stock-flow identity with the next period undoes it', async () => {
    const next = {
      cells: [persons('next', 44), persons('joined', 6), persons('left', 2)],
      relations: [stockFlow('r1c2', ['joined'], ['left'], 'next')],
    };
    expect(await isSafe(join(safe, next))).toBe(false);
    expect(await isSafe(join(safe, next), [...pattern, 'next'])).toBe(true);
  });

  test('an attack that forgets a relation would call it safe', async () => {
    const linked = join(safe, {
      cells: [persons('v1 r1c2', 40, 'PUBLIC')],
      relations: [equal('r1c2', 'v1 r1c2')],
    });
    const forgetful = { ...linked, relations: linked.relations.slice(0, -1) };
    expect([await isSafe(linked), await isSafe(forgetful)]).toEqual([false, true]);
  });

  test('a cell that must be protected and is published is unsafe', async () => {
    const { cells } = await attack(safe, new Set(), requirements);
    expect(cells).toMatchObject([{ key: 'r1c1', isSafe: false, weakness: 'PUBLISHED' }]);
  });
});

test('a solver that gives up makes a cell unsafe, not safe', async () => {
  // Two of one are worth one of the other, so that no chain of equal steps shows it.
  const cells = [persons('a', 3), persons('b', 2), persons('c', 2)];
  const pairs = known(
    'pairs',
    [
      ['a', 1],
      ['b', 2],
      ['c', 2],
    ],
    11n,
  );
  const family = { cells, relations: [pairs] };
  const hidden = new Set(['a', 'b', 'c']);
  const requirements = [need('a', 0, 6)];
  expect(await attack(family, hidden, requirements)).toMatchObject({ isSafe: true });
  const limits = { secondsPerSolve: 0, iterationsPerSolve: 0 };
  const attacked = await attack(family, hidden, requirements, { limits });
  expect(attacked.cells).toMatchObject([{ key: 'a', isSafe: false, weakness: 'SOLVER_FAILED' }]);
});
