/** Who knows more never knows less, and what is protected beside an earlier release stays so against both. */
import { describe, expect, test } from 'vitest';
import { attack } from '../../src/disclosure/attack.ts';
import { judgePrimary } from '../../src/disclosure/primary.ts';
import { protect } from '../../src/disclosure/protect.ts';
import { publish } from '../../src/disclosure/publish.ts';
import { DisclosureRefused } from '../../src/disclosure/refusal.ts';
import { equal, sum } from '../../src/disclosure/relations.ts';
import type { Cell, Family, Relation } from '../../src/disclosure/table.ts';
import { bruteForce, join, persons, seeded, twoWay } from './support.ts';

const seeds = (count: number) => Array.from({ length: count }, (_, seed) => [seed]);
type Random = ReturnType<typeof seeded>;

const randomTable = (random: Random, below: number, prefix = '') =>
  twoWay(
    Array.from({ length: 3 }, () => Array.from({ length: 3 }, () => random(below))),
    prefix,
  );

/** Some cells of the table added up elsewhere: a second hierarchy, published. */
function office(family: Family, random: Random): Family {
  const inner = family.cells.filter(({ key }) => /r\dc\d$/.test(key));
  const members = inner.filter(() => random(3) === 0);
  const total = members.reduce((whole, { value }) => whole + Number(value), 0);
  const parts = members.map(({ key }) => key);
  return { cells: [persons('office', total)], relations: [sum('office', 'office', parts)] };
}

describe('more knowledge never makes a cell safer', () => {
  // This is what lets one attack at the last step of a calendar stand for all steps before it.
  let narrowed = 0;
  test.each(seeds(40))('random family %i', async (seed) => {
    const random = seeded(seed + 500);
    const table = randomTable(random, 6);
    const hidden = table.cells.filter(() => random(2) === 0).map(({ key }) => key);
    const less = new Set(hidden.slice(0, 9));
    // Later one more cell is published, and a sum over cells of the table.
    const more = new Set([...less].filter(() => random(5) > 0));
    const later = join(table, office(table, random));
    const requirements = [...more].map((key) => ({ key, lower: 1n, upper: 2n }));
    const options = { isExact: true };
    const before = await attack(table, less, requirements, options);
    const after = await attack(later, more, requirements, options);
    const most = Math.max(...table.cells.map(({ value }) => Number(value))) + 4;
    const truth = bruteForce(later, more, most);
    for (const cell of after.cells.filter(({ key }) => more.has(key))) {
      const earlier = before.cells.find(({ key }) => key === cell.key)!;
      expect(cell.lower! >= earlier.lower!, cell.key).toBe(true);
      expect(earlier.upper === null || cell.upper! <= earlier.upper, cell.key).toBe(true);
      if (cell.isSafe) expect(earlier.isSafe, cell.key).toBe(true);
      if (cell.lower! > earlier.lower!) narrowed += 1;
      // And neither attack finds less than trying every table does.
      const { least, largest } = truth.get(cell.key)!;
      expect(cell.lower! <= BigInt(least) && BigInt(least) >= earlier.lower!, cell.key).toBe(true);
      expect(cell.upper === null || cell.upper >= BigInt(largest), cell.key).toBe(true);
    }
  });

  test('and often it makes one less safe', () => {
    expect(narrowed).toBeGreaterThan(20);
  });
});

describe('a release beside an earlier one of the same cells', () => {
  let tried = 0;
  let refused = 0;
  test.each(seeds(25))('random family %i stays safe against both', async (seed) => {
    const random = seeded(seed + 900);
    const first = randomTable(random, 14, 'v1 ');
    const threshold = 3;
    const { rows } = publish(await protect(judgePrimary(first, { threshold })));
    const shown = new Map(rows.map(({ key, value }) => [key, value]));
    const earlier: Family = {
      cells: first.cells.map((cell): Cell => {
        return { ...cell, state: shown.get(cell.key) === null ? 'HIDDEN' : 'PUBLIC' };
      }),
      relations: first.relations,
    };
    // A row of the table is corrected; all the rest is known to be the same.
    const corrected = random(3) + 1;
    const inner = [1, 2, 3].map((r) =>
      [1, 2, 3].map((c) => {
        const { value } = first.cells.find(({ key }) => key === `v1 r${r}c${c}`)!;
        return Number(value) + (r === corrected ? random(4) : 0);
      }),
    );
    const second = twoWay(inner);
    const same: Relation[] = second.cells
      .filter(({ key }) => /r[^c]/.test(key) && !key.startsWith(`r${corrected}`))
      .map(({ key }) => equal(key, `v1 ${key}`));
    const union = join(earlier, second, { cells: [], relations: same });
    const primary = judgePrimary(union, { threshold });
    let table;
    try {
      table = await protect(primary);
    } catch (error) {
      // What was shown before can't be taken back; then the release is refused and nothing is published.
      expect(error).toBeInstanceOf(DisclosureRefused);
      refused += 1;
      return;
    }
    const suppressed = new Set([...table.primary.keys(), ...table.secondary]);
    const again = await attack(primary.family, suppressed, primary.requirements);
    expect(again.isSafe).toBe(true);
    // What the first release has protected is asked for again.
    const small = first.cells.filter(({ value }) => value > 0n && value < BigInt(threshold));
    const required = new Set(primary.requirements.map(({ key }) => key));
    expect(small.filter(({ key }) => !required.has(key))).toEqual([]);
    const unknown = new Set(
      primary.family.cells
        .filter(({ key, state }) => state === 'HIDDEN' || suppressed.has(key))
        .map(({ key }) => key),
    );
    if (unknown.size > 14) return;
    tried += 1;
    const most = Math.max(...union.cells.map(({ value }) => Number(value))) + 4;
    const truth = bruteForce(primary.family, unknown, Math.min(most, 30));
    for (const { key, lower, upper } of primary.requirements) {
      const { value } = primary.family.cells.find((cell) => cell.key === key)!;
      const { least, largest } = truth.get(key)!;
      expect(BigInt(least) <= value - lower, key).toBe(true);
      expect(BigInt(largest) >= value + upper, key).toBe(true);
    }
  });

  test('and enough of them are protected, and tried with all tables', () => {
    expect(refused).toBeLessThan(15);
    expect(tried).toBeGreaterThan(3);
  });
});
