/** The primary rules against the tables of the field and at their edges. Examples: Handbook on SDC, chapters 4 and 5. */
import { describe, expect, test } from 'vitest';
import type { MoneyRule } from '../../src/disclosure/money-rule.ts';
import { judgeAmount } from '../../src/disclosure/primary-money.ts';
import { judgePrimary } from '../../src/disclosure/primary.ts';
import { boundsOfRate, withComplements } from '../../src/disclosure/relations.ts';
import { indexFamily } from '../../src/disclosure/table.ts';
import { join, money, oneWay, persons, twoWay, withState } from './support.ts';

const judge = (amounts: readonly number[], ...rules: MoneyRule[]) =>
  judgeAmount(
    'cell',
    amounts.map((amount, at) => ({ group: `g${at}`, amount: BigInt(amount) })),
    rules,
  ).findings;

describe('concentration rules agree with the published examples', () => {
  const nk = (n: number, k: number): MoneyRule => ({ rule: 'NK', n, k });
  const p = (percent: number): MoneyRule => ({ rule: 'P_PERCENT', p: percent });
  test.each([
    // Handbook 4.2, example 1: safe by (1,90), though the second can estimate the first to within 2 %.
    ['example 1, (1,90)', [50_000, 49_000, 1_000], nk(1, 90), null],
    ['example 1, p% = 10', [50_000, 49_000, 1_000], p(10), 4_000],
    // Example 2: p% = 10 is safe (15.4 % away), (2, 90.9) is not; 100/90.9 x 102,000 - 110,000 = 2,211.2...
    ['example 2, p% = 10', [52_000, 50_000, 8_000], p(10), null],
    ['example 2, (2,90.9)', [52_000, 50_000, 8_000], nk(2, 90.9), 2_212],
    // Example 4: (1,85); the upper bound must reach 352.94, that is 22.94 beyond 330.
    ['example 4, (1,85)', [300, 20, 10], nk(1, 85), 23],
    // Example 1d: one large company of 51 with 99 %.
    ['example 1d, p% = 10', [9_900, ...Array.from({ length: 50 }, () => 2)], p(10), 892],
    // Examples 1a and 1b: one and two respondents are never safe.
    ['one respondent', [100], p(5), 5],
    ['two respondents', [100, 90], p(5), 5],
    ['(p,q) = (10,50) is p% = 20', [100, 50, 19], { rule: 'PQ', p: 10, q: 50 } as const, 1],
    ['(p,q) = (10,50) at its edge', [100, 50, 20], { rule: 'PQ', p: 10, q: 50 } as const, null],
    ['p% at its edge is safe', [100, 50, 10], p(10), null],
    ['p% one below its edge', [100, 50, 9], p(10), 1],
    ['(2,80) at its edge is safe', [50, 30, 20], nk(2, 80), null],
    ['(2,80) one above', [51, 30, 19], nk(2, 80), 2],
    ['nothing', [], p(10), null],
    ['only zeros', [0, 0], p(10), null],
  ])('%s', (_, amounts, rule, upper) => {
    const found = judge(amounts, rule);
    expect(found.map((finding) => Number(finding.upper))).toEqual(upper === null ? [] : [upper]);
  });

  test('a (2,k) rule never passes what its p% rule refuses', () => {
    const k = 80;
    const p = 25;
    for (let first = 1; first <= 30; first += 1) {
      for (let second = 0; second <= first; second += 3) {
        for (let rest = 0; rest <= second; rest += 2) {
          const amounts = [first, second, rest];
          const isSafeByShare = judge(amounts, { rule: 'NK', n: 2, k }).length === 0;
          const isSafeByP = judge(amounts, { rule: 'P_PERCENT', p }).length === 0;
          expect(isSafeByShare && !isSafeByP, amounts.join(' ')).toBe(false);
        }
      }
    }
  });
});

describe('who contributes', () => {
  const rule: MoneyRule = { rule: 'P_PERCENT', p: 10 };

  test('employers of one group are one contributor (holdings)', () => {
    const amounts = [
      { group: 'a', amount: 40n },
      { group: 'b', amount: 50n },
      { group: 'a', amount: 40n },
      { group: 'c', amount: 7n },
    ];
    expect(judgeAmount('cell', amounts, [rule]).findings).toMatchObject([{ upper: 1n }]);
    const alone = amounts.map((contribution, at) => ({ ...contribution, group: String(at) }));
    expect(judgeAmount('cell', alone, [rule]).findings).toEqual([]);
  });

  test('what the audience knows is taken off first', () => {
    const amounts = [
      { group: 'a', amount: 100n },
      { group: 'b', amount: 90n },
      { group: 'c', amount: 80n, isKnown: true },
    ];
    expect(judgeAmount('cell', amounts, [rule])).toMatchObject({
      known: 80n,
      findings: [{ upper: 10n, lower: 10n }],
    });
    const all = amounts.map((contribution) => ({ ...contribution, isKnown: true }));
    expect(judgeAmount('cell', all, [rule])).toEqual({ known: 270n, findings: [] });
  });

  test('the lower level is never more than what is unknown', () => {
    const found = judgeAmount('cell', [{ group: 'a', amount: 3n }], [{ rule: 'NK', n: 1, k: 10 }]);
    expect(found.findings).toMatchObject([{ lower: 3n, upper: 27n, reason: 'O' }]);
  });

  test('a negative amount is refused, and the place named', () => {
    const amounts = [{ group: 'a', amount: -1n }];
    expect(() => judgeAmount('2025/VN', amounts, [rule])).toThrow(
      expect.objectContaining({ code: 'NEGATIVE_AMOUNT', places: ['2025/VN', 'a'] }),
    );
  });

  test.each([
    ['p', { rule: 'P_PERCENT', p: 0 }],
    ['q', { rule: 'PQ', p: 10, q: -1 }],
    ['k', { rule: 'NK', n: 1, k: 100 }],
    ['n', { rule: 'NK', n: 0, k: 80 }],
  ] as const)('a parameter that makes no sense is refused: %s', (name, bad) => {
    expect(() => judge([1, 2, 3], bad)).toThrow(
      expect.objectContaining({ code: 'PARAMETER_INVALID', places: [name] }),
    );
  });

  test('contributions that do not add up to the cell are refused', () => {
    const family = { cells: [money('m', 10)], relations: [] };
    const contributions = new Map([['m', [{ group: 'a', amount: 9n }]]]);
    expect(() => judgePrimary(family, { money: [rule] }, contributions)).toThrow(
      expect.objectContaining({ code: 'TOTAL_DIFFERS', places: ['m'] }),
    );
  });
});

describe('minimum frequency', () => {
  test.each([
    [0, false],
    [1, true],
    [4, true],
    [5, false],
    [6, false],
  ])('a count of %i persons is unsafe: %s', (count, isUnsafe) => {
    const found = judgePrimary({ cells: [persons('x', count)], relations: [] });
    expect(found.findings.has('x')).toBe(isUnsafe);
  });

  test('the interval reaches from nobody to the threshold', () => {
    const found = judgePrimary({ cells: [persons('x', 2)], relations: [] }, { threshold: 10 });
    expect(found.requirements).toEqual([{ key: 'x', lower: 2n, upper: 8n }]);
  });

  test('events and signs are no such count', () => {
    const cells = [{ ...persons('x', 1), kind: 'EVENTS' as const }];
    expect(judgePrimary({ cells, relations: [] }).findings.size).toBe(0);
  });

  test('the single woman of the Handbook, table "marital status by sex", is found with her neighbours', () => {
    const { findings } = judgePrimary(
      twoWay([
        [38, 17],
        [7, 4],
        [3, 1],
      ]),
    );
    expect([...findings.keys()].sort()).toEqual(['r2c2', 'r3c', 'r3c1', 'r3c2']);
  });

  test.each([
    ['threshold - 1 beside the denominator', 96, 100, ['SMALL_COMPLEMENT']],
    ['threshold beside the denominator', 95, 100, []],
    ['all of the denominator', 100, 100, ['WHOLE']],
    ['nobody of the denominator', 0, 100, []],
    ['nobody of a small denominator', 0, 3, []],
  ])('complement: %s', (_, part, whole, rules) => {
    const family = withComplements(
      { cells: [persons('part', part), persons('whole', whole, 'PUBLIC')], relations: [] },
      [{ part: 'part', whole: 'whole' }],
    );
    const found = judgePrimary(family).findings.get('part') ?? [];
    expect(found.map(({ rule }) => rule)).toEqual(rules);
  });

  test('all of a total in one cell is unsafe (Handbook, "marital status by hours worked")', () => {
    const found = judgePrimary(oneWay('married', { full: 6, part: 0 }));
    expect(found.findings.get('full')).toEqual([{ rule: 'WHOLE', reason: 'A' }]);
    expect(found.requirements).toContainEqual({ key: 'married less full', lower: 0n, upper: 5n });
  });

  test('an only child, or one among public zeros, tells nothing by being all', () => {
    expect(judgePrimary(oneWay('district', { commune: 60 })).findings.size).toBe(0);
    const zeros = withState(oneWay('all', { a: 60, b: 0, c: 0 }), 'PUBLIC', ['b', 'c']);
    expect(judgePrimary(zeros).findings.size).toBe(0);
  });

  test.each([0, -1, 2.5])('a threshold of %d is refused', (threshold) => {
    expect(() => judgePrimary({ cells: [], relations: [] }, { threshold })).toThrow(
      expect.objectContaining({ code: 'PARAMETER_INVALID' }),
    );
  });
});

describe('a family that is wrong is refused, and the place named', () => {
  const family = oneWay('t', { a: 10, b: 20 });
  test.each([
    ['CELL_TWICE', ['a'], join(family, { cells: [persons('a', 1)], relations: [] })],
    ['CELL_UNKNOWN', ['t', 'b'], { ...family, cells: family.cells.slice(0, 2) }],
    ['RELATION_BROKEN', ['t'], { ...family, cells: [persons('t', 31), ...family.cells.slice(1)] }],
    ['NEGATIVE_AMOUNT', ['m'], { cells: [money('m', -1)], relations: [] }],
    ['OUT_OF_BOUNDS', ['x'], { cells: [{ ...persons('x', 9), upper: 8n }], relations: [] }],
    [
      'VALUE_TOO_LARGE',
      ['m'],
      { cells: [{ ...money('m', 0), value: 1_000_000_000_000_001n }], relations: [] },
    ],
  ] as const)('%s', (code, places, bad) => {
    expect(() => indexFamily(bad)).toThrow(expect.objectContaining({ code, places }));
  });

  test.each([
    // Where no count gives the rate, the least is above the largest.
    [1234n, 4, 10_000n, 1234n, 1234n],
    [33n, 2, 10n, 4n, 3n],
    [30n, 2, 10n, 3n, 3n],
    [0n, 2, 1_000n, 0n, 4n],
    [5n, 1, 100n, 45n, 54n],
  ])(
    'a rate of %s (%s decimals) of %s lies between %s and %s',
    (rate, decimals, whole, lower, upper) => {
      expect(boundsOfRate(rate, decimals, whole)).toEqual({ lower, upper });
    },
  );
});
