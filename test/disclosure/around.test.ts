/** What is cut off from a family changes no interval of what is left. */
import { describe, expect, test } from 'vitest';
import { around } from '../../src/disclosure/around.ts';
import { attack } from '../../src/disclosure/attack.ts';
import { judgePrimary } from '../../src/disclosure/primary.ts';
import { sum } from '../../src/disclosure/relations.ts';
import type { Cell, Family } from '../../src/disclosure/table.ts';

const cell = (key: string, value: bigint, state: Cell['state']): Cell => ({
  key,
  value,
  kind: 'PERSONS',
  state,
});

/** Two tables that share a public total, and the second has lost a cell already. */
const family: Family = {
  cells: [
    cell('total', 60n, 'PUBLIC'),
    cell('a', 3n, 'HIDDEN'),
    cell('b', 27n, 'HIDDEN'),
    cell('c', 30n, 'PUBLIC'),
    cell('x', 2n, 'HIDDEN'),
    cell('y', 58n, 'PUBLIC'),
  ],
  relations: [sum('first', 'total', ['a', 'b', 'c']), sum('second', 'total', ['x', 'y'])],
};

describe('the part of a family around a cell', () => {
  test('ends at public cells', () => {
    const part = around(family, ['a']);
    expect(part.cells.map(({ key }) => key)).toEqual(['total', 'a', 'b', 'c']);
    expect(part.relations.map(({ name }) => name)).toEqual(['first']);
  });

  test('goes on through cells that are not public', () => {
    const linked: Family = {
      cells: [...family.cells, cell('z', 29n, 'HIDDEN')],
      relations: [...family.relations, sum('third', 'z', ['b', 'x'])],
    };
    expect(around(linked, ['a']).cells).toHaveLength(7);
  });

  test('a public cell alone has nothing around it', () => {
    expect(around(family, ['total'])).toEqual({ cells: [family.cells[0]], relations: [] });
  });

  test('an attack on the part finds what an attack on the whole finds', async () => {
    const exactly = async (attacked: Family) => {
      const { requirements } = judgePrimary(attacked);
      const found = await attack(attacked, new Set(), requirements, { isExact: true });
      return new Map(found.cells.map((one) => [one.key, one]));
    };
    const [whole, part] = [await exactly(family), await exactly(around(family, ['a']))];
    expect([...part.keys()].sort()).toEqual(['a', 'b']);
    for (const [key, one] of part) expect(whole.get(key)).toEqual(one);
    expect(whole.get('x')?.isSafe).toBe(false);
    expect([...part.values()].every(({ isSafe }) => isSafe)).toBe(true);
  });
});
