/** A count of some of those whom a public register names: bounded by it, and telling of each when it is nearly all. */
import { describe, expect, test } from 'vitest';
import { attack } from '../../src/disclosure/attack.ts';
import { judgePrimary, withRequirements } from '../../src/disclosure/primary.ts';
import { protect } from '../../src/disclosure/protect.ts';
import { registerSum, sum } from '../../src/disclosure/relations.ts';
import type { Cell, Family } from '../../src/disclosure/table.ts';
import { bruteForce, seeded } from './support.ts';

const employers = (key: string, value: number, outOf: number): Cell => ({
  key,
  value: BigInt(value),
  kind: 'EMPLOYERS',
  state: outOf === 0 ? 'PUBLIC' : 'OPEN',
  outOf: BigInt(outOf),
});

const oneCell = (value: number, outOf: number, more: Partial<Cell> = {}) =>
  judgePrimary({ cells: [{ ...employers('x', value, outOf), ...more }], relations: [] });

describe('by itself', () => {
  test.each([
    ['nobody of many', 0, 40, []],
    ['nobody of few', 0, 2, []],
    ['some of many', 12, 40, []],
    ['the threshold is left', 12, 17, []],
    ['one less is left', 12, 16, ['SMALL_COMPLEMENT']],
    ['all of them', 12, 12, ['WHOLE']],
    ['few of many', 4, 40, ['SMALL_COUNT']],
    ['few of few', 2, 3, ['SMALL_COMPLEMENT', 'SMALL_COUNT']],
    ['the only one', 1, 1, ['WHOLE', 'SMALL_COUNT']],
  ])('%s: %i of %i', (_, value, outOf, rules) => {
    const found = oneCell(value, outOf).findings.get('x') ?? [];
    expect(found.map(({ rule }) => rule)).toEqual(rules);
  });

  test.each([
    // Down to nobody, up to the threshold, or to all that there are.
    ['few of many', 2, 40, 2n, 3n],
    ['few of few', 2, 3, 2n, 1n],
    ['the only one', 1, 1, 1n, 0n],
    // Down until the threshold is left, up to all.
    ['nearly all', 12, 14, 3n, 2n],
    ['all', 12, 12, 5n, 0n],
  ])('the distance of %s: %i of %i', (_, value, outOf, lower, upper) => {
    expect(oneCell(value, outOf).requirements).toEqual([{ key: 'x', lower, upper }]);
  });

  test('an amount or an event is not judged by it', () => {
    expect(oneCell(12, 12, { kind: 'EVENTS' }).findings.size).toBe(0);
  });
});

describe('among others', () => {
  test('nobody is kept from what the others leave, known beforehand', () => {
    // Of 5 employers the audience knows one that is in b, so that no more than 4 can be in a.
    const family: Family = {
      cells: [employers('all', 3, 5), employers('a', 2, 5), { ...employers('b', 1, 5), lower: 1n }],
      relations: [sum('all', 'all', ['a', 'b'])],
    };
    const found = judgePrimary(family).requirements.find(({ key }) => key === 'a');
    expect(found).toEqual({ key: 'a', lower: 2n, upper: 2n });
    const asked = withRequirements(judgePrimary(family), [{ key: 'b', lower: 9n, upper: 9n }]);
    expect(asked.requirements.find(({ key }) => key === 'b')).toEqual({
      key: 'b',
      lower: 0n,
      upper: 4n,
    });
  });

  test('that all are of one kind tells something only where the register does not', () => {
    const cells = [employers('all', 9, 40), employers('a', 9, 25), employers('b', 0, 15)];
    const judged = (relation: typeof sum) =>
      judgePrimary({ cells, relations: [relation('all', 'all', ['a', 'b'])] }).findings;
    expect([...judged(sum).keys()]).toEqual(['a']);
    expect([...judged(registerSum).keys()]).toEqual([]);
  });

  test('what is left of a kind is no more than the others of the register', () => {
    const cells = [employers('all', 9, 40), employers('a', 9, 39), employers('b', 0, 1)];
    const { requirements } = judgePrimary({ cells, relations: [sum('all', 'all', ['a', 'b'])] });
    expect(requirements).toEqual([{ key: 'all less a', lower: 0n, upper: 1n }]);
  });

  test('a zero of the register is no hiding place', async () => {
    const table = (mines: number): Family => ({
      cells: [employers('all', 13, 40), employers('trade', 1, 9), employers('made', 12, 30)].concat(
        employers('mines', 0, mines),
      ),
      relations: [registerSum('all', 'all', ['trade', 'made', 'mines'])],
    });
    const { requirements, family } = judgePrimary(table(0));
    const { isSafe } = await attack(family, new Set(['trade', 'mines']), requirements);
    expect(isSafe).toBe(false);
    const protectedTable = await protect(judgePrimary(table(0)));
    expect([...protectedTable.secondary]).not.toContain('mines');
    expect([...protectedTable.secondary].length).toBeGreaterThan(0);
  });
});

describe('against every table that a reader can’t exclude', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('random registers, %i', async (seed) => {
    const below = seeded(seed);
    const kinds = ['a', 'b', 'c', 'd'];
    const outOf = kinds.map(() => below(9));
    const values = outOf.map((most) => below(most + 1));
    const total = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
    const cells = [
      employers('all', total(values), total(outOf)),
      ...kinds.map((kind, at) => employers(kind, values[at]!, outOf[at]!)),
    ];
    const primary = judgePrimary({ cells, relations: [registerSum('all', 'all', kinds)] });
    const { secondary } = await protect(primary);
    const suppressed = new Set([...primary.findings.keys(), ...secondary]);
    const found = bruteForce({ ...primary.family, cells }, suppressed, 40);
    for (const { key, lower, upper } of primary.requirements) {
      const value = cells.find((cell) => cell.key === key)!.value;
      const { least, largest } = found.get(key)!;
      expect(BigInt(least)).toBeLessThanOrEqual(value - lower);
      expect(BigInt(largest)).toBeGreaterThanOrEqual(value + upper);
    }
  });
});
