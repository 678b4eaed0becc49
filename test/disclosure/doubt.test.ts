/** What an audience may know of a cell: the worst case that is judged is the worst of all parts that it could know. */
import { describe, expect, test } from 'vitest';
import {
  judgeAmount,
  type Contribution,
  type MoneyRule,
} from '../../src/disclosure/primary-money.ts';
import { judgePrimary } from '../../src/disclosure/primary.ts';
import { persons } from './support.ts';

const rules: readonly MoneyRule[] = [
  { rule: 'P_PERCENT', p: 10 },
  { rule: 'P_PERCENT', p: 150 },
  { rule: 'PQ', p: 10, q: 40 },
  { rule: 'NK', n: 1, k: 60 },
  { rule: 'NK', n: 2, k: 85 },
];

const upperOf = (given: readonly Contribution[], rule: MoneyRule) =>
  judgeAmount('cell', given, [rule]).findings[0]?.upper ?? null;

/** The widest distance that any choice of who is known asks for. */
function worstOfAll(given: readonly Contribution[], rule: MoneyRule): bigint | null {
  const doubtful = given.filter(({ isDoubtful }) => isDoubtful);
  let worst: bigint | null = null;
  for (let choice = 0; choice < 2 ** doubtful.length; choice += 1) {
    const isKnown = (one: Contribution) => Boolean(choice & (1 << doubtful.indexOf(one)));
    const judged = given.map((one) => ({
      group: one.group,
      amount: one.amount,
      isKnown: one.isDoubtful ? isKnown(one) : one.isKnown === true,
    }));
    const upper = upperOf(judged, rule);
    if (upper !== null && (worst === null || upper > worst)) worst = upper;
  }
  return worst;
}

/** Numbers that are the same on every machine. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state;
  }
}

describe('a rule on what is doubtful', () => {
  test.each(rules)('%j finds the worst of all subsets', (rule) => {
    const next = numbers(7);
    const most = (count: number) => next.next().value % count;
    let unsafe = 0;
    for (let round = 0; round < 300; round += 1) {
      const given = Array.from({ length: 1 + most(8) }, (): Contribution => {
        const isDoubtful = most(2) === 0;
        const amount = BigInt(most(3) === 0 ? most(2_000) : most(60));
        // Few groups, so that some are known in part.
        return { group: `g${most(5)}`, amount, isKnown: isDoubtful || most(6) === 0, isDoubtful };
      });
      const expected = worstOfAll(given, rule);
      if (expected !== null) unsafe += 1;
      expect({ given, upper: upperOf(given, rule) }).toEqual({ given, upper: expected });
    }
    expect(unsafe).toBeGreaterThan(20);
    expect(unsafe).toBeLessThan(300);
  });

  test('a cell is unsafe between two extremes that are both safe', () => {
    const [p] = rules as [MoneyRule];
    const small = ['u1', 'u2', 'u3'].map((group) => ({ group, amount: 10n }));
    const large = (isKnown: boolean) =>
      ['l1', 'l2', 'l3'].map((group) => ({ group, amount: 1_000n, isKnown }));
    expect(upperOf([...small, ...large(false)], p)).toBeNull();
    expect(upperOf([...small, ...large(true)], p)).toBeNull();
    const doubted = large(true).map((one) => ({ ...one, isDoubtful: true }));
    expect(upperOf([...small, ...doubted], p)).toBe(80n);
  });

  test('a count of whom each may be known may leave one over', () => {
    const cell = persons('c', 7);
    const given = (isDoubtful: boolean) =>
      new Map([['c', [{ group: 'g', amount: 7n, isKnown: true, isDoubtful }]]]);
    const family = { cells: [cell], relations: [] };
    expect(judgePrimary(family, { threshold: 5 }, given(false)).requirements).toEqual([]);
    expect(judgePrimary(family, { threshold: 5 }, given(true)).requirements).toEqual([
      { key: 'c', lower: 0n, upper: 5n },
    ]);
  });
});
