/** What is protected stays protected against the attack and against trying all tables, and is published alike. */
import { describe, expect, test } from 'vitest';
import { attack } from '../../src/disclosure/attack.ts';
import type { Contribution } from '../../src/disclosure/primary-money.ts';
import { judgePrimary, type Primary } from '../../src/disclosure/primary.ts';
import { protect, type ProtectedTable } from '../../src/disclosure/protect.ts';
import { publish } from '../../src/disclosure/publish.ts';
import { equal, known, stockFlow, sum, withComplements } from '../../src/disclosure/relations.ts';
import type { Family } from '../../src/disclosure/table.ts';
import { nationalTable } from '../bench/national-table.ts';
import { bruteForce, join, money, persons, seeded, twoWay, withState } from './support.ts';

const suppressedOf = ({ primary, secondary }: ProtectedTable) =>
  new Set([...primary.keys(), ...secondary]);

const isSafe = async ({ family, requirements }: Primary, suppressed: ReadonlySet<string>) =>
  (await attack(family, suppressed, requirements)).isSafe;

const table = twoWay([
  [3, 40, 30],
  [20, 25, 35],
  [50, 60, 70],
]);

describe('a protected table', () => {
  test('hides the cheapest rectangle around a small cell', async () => {
    const result = await protect(judgePrimary(table));
    expect([...suppressedOf(result)].sort()).toEqual(['r1c1', 'r1c2', 'r2c1', 'r2c2']);
  });

  test('falls to the attack when complementary suppression is switched off', async () => {
    const primary = judgePrimary(table);
    const { cells } = await attack(
      primary.family,
      new Set(primary.findings.keys()),
      primary.requirements,
    );
    expect(cells).toMatchObject([{ key: 'r1c1', lower: 3n, upper: 3n, isSafe: false }]);
  });

  test('has no needless secondary cell', async () => {
    const primary = judgePrimary(table);
    const result = await protect(primary);
    for (const key of result.secondary) {
      const fewer = new Set([...suppressedOf(result)].filter((other) => other !== key));
      expect(await isSafe(primary, fewer), key).toBe(false);
    }
  });

  test('is the same every time', async () => {
    const results = [await protect(judgePrimary(table)), await protect(judgePrimary(table))];
    expect(results[0]).toEqual(results[1]);
  });

  test('reports its progress', async () => {
    const steps = new Set<string>();
    await protect(judgePrimary(table), { onProgress: (step) => steps.add(step) });
    expect([...steps]).toEqual(['PROTECT', 'CLEAN', 'ATTACK']);
  });
});

describe('a large family, in which chains choose', () => {
  const size = { provinces: 2, communes: 40, months: 4, hasFlows: true };
  const large = judgePrimary(nationalTable(size));

  test('is safe, and the same every time', async () => {
    expect(large.family.cells.length).toBeGreaterThan(1_500);
    expect(large.requirements.length).toBeGreaterThan(100);
    const results = [await protect(large), await protect(large)];
    expect(results[0]).toEqual(results[1]);
    expect(await isSafe(large, suppressedOf(results[0]!))).toBe(true);
    expect(await isSafe(large, new Set(large.findings.keys()))).toBe(false);
  });

  test('where there is no time to open cells again, more is hidden and it is as safe', async () => {
    const table = await protect(large, { reopenSecondsMax: 0 });
    expect(table.secondary.size).toBeGreaterThan((await protect(large)).secondary.size);
    expect(await isSafe(large, suppressedOf(table))).toBe(true);
  });
});

describe('protection holds against trying all tables', () => {
  test.each(Array.from({ length: 25 }, (_, seed) => [seed]))('random family %i', async (seed) => {
    const random = seeded(seed + 100);
    const inner = Array.from({ length: 3 }, () => Array.from({ length: 3 }, () => random(12)));
    const office = random(2) === 0 ? ['r1c1', 'r2c2'] : ['r1c2', 'r3c3', 'r2c1'];
    const plain = twoWay(inner);
    const valueOf = (key: string) => plain.cells.find((cell) => cell.key === key)!.value;
    const total = office.reduce((amount, key) => amount + Number(valueOf(key)), 0);
    const family = join(plain, {
      cells: [persons('office', total)],
      relations: [sum('office', 'office', office)],
    });
    const threshold = 3;
    const primary = judgePrimary(family, { threshold });
    const result = await protect(primary);
    expect(result.attacked.every((cell) => cell.isSafe)).toBe(true);
    const hidden = primary.family.cells
      .filter(({ state }) => state === 'HIDDEN')
      .map(({ key }) => key);
    const unknown = new Set([...suppressedOf(result), ...hidden]);
    // Trying all is for small patterns; large ones have the attack.
    if (unknown.size > 9) return;
    const truth = bruteForce(primary.family, unknown, 30);
    for (const { key, lower, upper } of primary.requirements) {
      const value = Number(primary.family.cells.find((cell) => cell.key === key)!.value);
      const { least, largest } = truth.get(key)!;
      expect(least, key).toBeLessThanOrEqual(value - Number(lower));
      expect(largest, key).toBeGreaterThanOrEqual(value + Number(upper));
    }
  });
});

describe('linked tables are protected as one', () => {
  const next = twoWay(
    [
      [7, 42, 33],
      [21, 27, 30],
      [55, 61, 72],
    ],
    'next ',
  );
  const flows = table.cells.flatMap(({ key, value }) => {
    const change = next.cells.find((cell) => cell.key === `next ${key}`)!.value - value;
    const [joined, left] = change > 0n ? [change + 9n, 9n] : [8n, 8n - change];
    return {
      cells: [persons(`joined ${key}`, Number(joined)), persons(`left ${key}`, Number(left))],
      relations: [stockFlow(key, [`joined ${key}`], [`left ${key}`], `next ${key}`)],
    };
  });

  test('over two periods with their flows', async () => {
    const apart = await protect(judgePrimary(table));
    const family = join(table, next, ...flows);
    const primary = judgePrimary(family);
    expect(await isSafe(primary, suppressedOf(apart))).toBe(false);
    expect(await isSafe(primary, suppressedOf(await protect(primary)))).toBe(true);
  });

  test('with what was published before, which can not be taken back', async () => {
    const before = { cells: [persons('v1', 40, 'PUBLIC')], relations: [equal('r1c2', 'v1')] };
    const result = await protect(judgePrimary(join(table, before)));
    expect(suppressedOf(result).has('r1c2')).toBe(false);
  });

  test('and refused where what was published gives the cell away', async () => {
    const before = { cells: [persons('v1', 3, 'PUBLIC')], relations: [equal('r1c1', 'v1')] };
    await expect(protect(judgePrimary(join(table, before)))).rejects.toMatchObject({
      code: 'PROTECTION_IMPOSSIBLE',
      places: ['r1c1'],
    });
    const margins = withState(table, 'PUBLIC', ['r1c', 'r1c2', 'r1c3']);
    await expect(protect(judgePrimary(margins))).rejects.toMatchObject({ places: ['r1c1'] });
  });

  test('with a cell that an earlier release has suppressed', async () => {
    const before = withState(table, 'HIDDEN', ['r1c1']);
    const primary = judgePrimary(before);
    const result = await protect(primary);
    expect(result.primary.size).toBe(0);
    expect(result.secondary.size).toBe(3);
  });

  test('with a public denominator, from which the complement is small', async () => {
    const family = withComplements(
      join(table, { cells: [persons('force', 72, 'PUBLIC')], relations: [] }),
      [{ part: 'r3c3', whole: 'force' }],
    );
    const primary = judgePrimary(family);
    const result = await protect(primary);
    expect(result.primary.get('r3c3')).toEqual([{ rule: 'SMALL_COMPLEMENT', reason: 'A' }]);
    expect(await isSafe(primary, new Set(['r1c1', 'r3c3']))).toBe(false);
  });

  test('where all of a total is in one cell, nobody can be sure of it', async () => {
    const family = twoWay([
      [60, 0, 0],
      [20, 25, 35],
      [50, 60, 70],
    ]);
    const primary = judgePrimary(family);
    const result = await protect(primary);
    expect(result.primary.get('r1c1')).toEqual([{ rule: 'WHOLE', reason: 'A' }]);
    await expect(protect(primary, { zeros: 'NEVER' })).rejects.toMatchObject({
      code: 'PROTECTION_IMPOSSIBLE',
    });
  });
});

describe('money', () => {
  const amounts = [
    [9_000_000_123, 4_000_000_000, 5_500_000_000],
    [3_000_000_000, 6_000_000_077, 7_000_000_000],
  ];
  const counts = twoWay(amounts);
  const family: Family = {
    cells: counts.cells.map((cell) => money(cell.key, Number(cell.value))),
    relations: counts.relations,
  };
  const even = (key: string, value: bigint): [string, Contribution[]] => [
    key,
    Array.from({ length: 10 }, (_, at) => ({
      group: `${key} ${at}`,
      amount: at === 0 ? value - 9n * (value / 10n) : value / 10n,
    })),
  ];
  const contributions = new Map(family.cells.map(({ key, value }) => even(key, value)));
  contributions.set('r1c1', [
    { group: 'a', amount: 8_000_000_000n },
    { group: 'b', amount: 1_000_000_123n },
  ]);
  const rules = { money: [{ rule: 'P_PERCENT' as const, p: 10 }] };

  test('is kept apart by what the rule asks, to the dong', async () => {
    const primary = judgePrimary(family, rules, contributions);
    expect(primary.requirements).toEqual([
      { key: 'r1c1', lower: 800_000_000n, upper: 800_000_000n },
    ]);
    const result = await protect(primary);
    expect(await isSafe(primary, suppressedOf(result))).toBe(true);
    const one = new Set([...suppressedOf(result)].slice(0, -1));
    expect(await isSafe(primary, one)).toBe(false);
  });

  test('cells too small to hide it in do not protect', async () => {
    const small = judgePrimary(
      {
        cells: [money('t', 9_000_000_150), money('r1c1', 9_000_000_123), money('tiny', 27)],
        relations: [sum('t', 't', ['r1c1', 'tiny'])],
      },
      rules,
      new Map([['r1c1', contributions.get('r1c1')!]]),
    );
    expect(await isSafe(small, new Set(['r1c1', 'tiny']))).toBe(false);
    expect([...(await protect(small)).secondary]).toEqual(['t']);
  });
});

describe('the published form', () => {
  test('has no value for suppressed cells and tells none from another', async () => {
    const result = await protect(judgePrimary(table));
    const { rows, reasons } = publish(result, () => 'P');
    const suppressed = suppressedOf(result);
    expect(rows.map(({ key }) => key)).toEqual(table.cells.map(({ key }) => key));
    for (const { key, ...row } of rows) {
      const { value } = table.cells.find((cell) => cell.key === key)!;
      expect(row).toEqual(
        suppressed.has(key)
          ? { value: null, obsStatus: 'Q', confStatus: 'C' }
          : { value, obsStatus: 'P', confStatus: 'F' },
      );
    }
    expect(reasons.map(({ key, confStatus }) => [key, confStatus]).sort()).toEqual([
      ['r1c1', 'A'],
      ['r1c2', 'D'],
      ['r2c1', 'D'],
      ['r2c2', 'D'],
    ]);
  });

  test('leaves out what is public already or hidden', async () => {
    const before = { cells: [persons('v1', 40, 'PUBLIC')], relations: [equal('r1c2', 'v1')] };
    const { rows } = publish(await protect(judgePrimary(join(table, before))));
    expect(rows.map(({ key }) => key)).not.toContain('v1');
  });

  test('is refused for a table that is not safe', async () => {
    const result = await protect(judgePrimary(table));
    const attacked = result.attacked.map((cell) => ({ ...cell, isSafe: false }));
    expect(() => publish({ ...result, attacked })).toThrow(
      expect.objectContaining({ code: 'NOT_PROTECTED', places: ['r1c1'] }),
    );
  });
});

test('a change that is published between two versions is known too', async () => {
  const change = {
    cells: [persons('v1', 43, 'HIDDEN')],
    relations: [
      known(
        'change',
        [
          ['r1c2', 1],
          ['v1', -1],
        ],
        -3n,
      ),
    ],
  };
  const family = join(table, change);
  const primary = judgePrimary(withState(family, 'PUBLIC', ['v1']));
  const hidden = new Set(['r1c1', 'r1c2', 'r2c1', 'r2c2']);
  expect(await isSafe(primary, hidden)).toBe(false);
  expect(await isSafe(judgePrimary(family), hidden)).toBe(true);
});
