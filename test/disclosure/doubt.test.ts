/** What an audience may know of a cell: the worst case that is judged is the worst of all parts that it could know. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MoneyRule } from '../../src/disclosure/money-rule.ts';
import { judgeAmount, type Contribution } from '../../src/disclosure/primary-money.ts';
import { judgePrimary } from '../../src/disclosure/primary.ts';
import { DisclosureRefused } from '../../src/disclosure/refusal.ts';
import { amountsOfFew } from '../../src/release/twins.ts';
import { persons } from './support.ts';

const rules: readonly MoneyRule[] = [
  { rule: 'P_PERCENT', p: 10 },
  { rule: 'P_PERCENT', p: 150 },
  { rule: 'PQ', p: 10, q: 40 },
  { rule: 'PQ', p: 60, q: 25 },
  { rule: 'NK', n: 1, k: 60 },
  { rule: 'NK', n: 2, k: 85 },
  { rule: 'NK', n: 3, k: 90 },
  { rule: 'FEW', n: 1 },
  { rule: 'FEW', n: 3, range: 33.3333 },
];

const upperOf = (given: readonly Contribution[], rule: MoneyRule) =>
  judgeAmount('cell', given, [rule]).findings[0]?.upper ?? null;

/** With a certain knowledge instead of a doubtful one, for every choice of who is known. */
function* choices(given: readonly Contribution[]): Generator<readonly Contribution[]> {
  const doubtful = given.filter(({ isDoubtful }) => isDoubtful);
  for (let choice = 0; choice < 2 ** doubtful.length; choice += 1) {
    yield given.map((one) => {
      const { group, amount } = one;
      if (!one.isDoubtful) return { group, amount, isKnown: one.isKnown === true };
      return { group, amount, isKnown: Boolean(choice & (1 << doubtful.indexOf(one))) };
    });
  }
}

const widest = (levels: readonly (bigint | null)[]) =>
  levels.reduce((most, one) => (one !== null && (most === null || one > most) ? one : most), null);

type Standing = 'KNOWN' | 'DOUBTFUL' | 'UNKNOWN';
const contribution = (group: string, amount: number, standing: Standing): Contribution => ({
  group,
  amount: BigInt(amount),
  isKnown: standing !== 'UNKNOWN',
  isDoubtful: standing === 'DOUBTFUL',
});

/** Few groups, so that some are known in part, and few sizes, so that some weigh the same. */
const anyCell = fc.array(
  fc
    .tuple(
      fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      fc.oneof(
        fc.constantFrom(0, 10, 20, 100),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 2_000 }),
      ),
      fc.constantFrom<Standing>('KNOWN', 'DOUBTFUL', 'DOUBTFUL', 'UNKNOWN', 'UNKNOWN'),
    )
    .map((one) => contribution(...one)),
  { minLength: 1, maxLength: 10 },
);

const settings = { seed: 41_2024, numRuns: 1_500 };

describe('a rule on what is doubtful', () => {
  let between = 0;
  test.each(rules)('%j finds the worst of all subsets', (rule) => {
    const met = { safe: 0, unsafe: 0 };
    const check = (given: readonly Contribution[]) => {
      const levels = [...choices(given)].map((one) => upperOf(one, rule));
      const expected = widest(levels);
      met[expected === null ? 'safe' : 'unsafe'] += 1;
      if (expected !== null && levels.at(0) === null && levels.at(-1) === null) between += 1;
      const [found] = judgeAmount('cell', given, [rule]).findings;
      expect(found?.upper ?? null).toBe(expected);
      if (expected === null) return;
      // Below, no more than what even the one who knows most does not know.
      const unknown = given
        .filter(({ isKnown }) => isKnown !== true)
        .reduce((sum, { amount }) => sum + amount, 0n);
      expect(found?.lower).toBe(expected < unknown ? expected : unknown);
    };
    fc.assert(fc.property(anyCell, check), settings);
    const isNever = rule.rule === 'FEW' && rule.n === 1;
    expect(met.safe).toBeGreaterThan(20);
    expect(met.unsafe > 100).toBe(!isNever);
  });

  test('and it often lies between all and none', () => {
    expect(between).toBeGreaterThan(50);
  });

  test('a cell is unsafe between two extremes that are both safe', () => {
    const [p] = rules as [MoneyRule];
    const small = ['u1', 'u2', 'u3'].map((group) => contribution(group, 10, 'UNKNOWN'));
    const large = (standing: Standing) =>
      ['l1', 'l2', 'l3'].map((group) => contribution(group, 1_000, standing));
    expect(upperOf([...small, ...large('UNKNOWN')], p)).toBeNull();
    expect(upperOf([...small, ...large('KNOWN')], p)).toBeNull();
    expect(upperOf([...small, ...large('DOUBTFUL')], p)).toBe(80n);
  });

  test('a parameter that is none is refused as without doubts', () => {
    const given = [contribution('a', 10, 'DOUBTFUL'), contribution('b', 10, 'UNKNOWN')];
    const refused: readonly MoneyRule[] = [
      { rule: 'P_PERCENT', p: Number.NaN },
      { rule: 'PQ', p: 10, q: Number.NaN },
      { rule: 'NK', n: 1, k: Number.NaN },
      { rule: 'NK', n: 0.5, k: 60 },
    ];
    for (const rule of refused) {
      expect(() => upperOf(given, rule), JSON.stringify(rule)).toThrow(DisclosureRefused);
    }
  });
});

describe('a count of whom some may be known', () => {
  const threshold = 5;
  const requiredOf = (given: readonly Contribution[]) => {
    const family = { cells: [persons('c', given.length)], relations: [] };
    return judgePrimary(family, { threshold }, new Map([['c', given]])).requirements[0];
  };
  const anyCount = fc
    .array(fc.constantFrom<Standing>('KNOWN', 'DOUBTFUL', 'UNKNOWN'), {
      minLength: 1,
      maxLength: 9,
    })
    .map((all) => all.map((standing, at) => contribution(`g${at}`, 1, standing)));

  test('is as unsafe as the fewest who can be left', () => {
    const met = { safe: 0, unsafe: 0 };
    fc.assert(
      fc.property(anyCount, (given) => {
        const all = [...choices(given)].map(requiredOf);
        const expected = widest(all.map((one) => one?.upper ?? null));
        met[expected === null ? 'safe' : 'unsafe'] += 1;
        expect(requiredOf(given)?.upper ?? null).toBe(expected);
      }),
      { ...settings, numRuns: 300 },
    );
    expect(Math.min(met.safe, met.unsafe)).toBeGreaterThan(20);
  });

  test('and so is the amount that they owe', () => {
    const key = 'CONTRIBUTION_DEBT|11@2025-07||EMPLOYERS||2026-03-31';
    const isFew = (given: readonly Contribution[]) =>
      amountsOfFew(new Map([[key, given]]), threshold).length > 0;
    fc.assert(
      fc.property(anyCount, (given) => {
        expect(isFew(given)).toBe([...choices(given)].some(isFew));
      }),
      { ...settings, numRuns: 300 },
    );
  });
});
