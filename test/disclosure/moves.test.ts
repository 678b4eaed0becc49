/** Moves that no single chain and no rounding makes: of several chains, and in whole numbers near a fractional solution. */
import { describe, expect, test } from 'vitest';
import { findChains } from '../../src/disclosure/chains.ts';
import { propagate, roomsOf } from '../../src/disclosure/intervals.ts';
import { holds, type Direction, type Move } from '../../src/disclosure/moves.ts';
import { known } from '../../src/disclosure/relations.ts';
import { findMove } from '../../src/disclosure/search.ts';
import { Solver } from '../../src/disclosure/solver.ts';
import { indexFamily, type Cell, type Family } from '../../src/disclosure/table.ts';
import { money, oneWay, persons } from './support.ts';

function searched(family: Family) {
  const network = indexFamily(family);
  const rooms = roomsOf(
    network,
    propagate(network, (index) => network.cells[index]!.state !== 'PUBLIC'),
  );
  const ordered = network.relations.map(({ members }) =>
    members.filter((index) => network.cells[index]!.state !== 'PUBLIC'),
  );
  const changesOf = (move: Move | null) =>
    move &&
    Object.fromEntries(
      move.indices.map((cell, at) => [network.cells[cell]!.key, move.changes[at]]),
    );
  return { network, rooms, ordered, changesOf, at: (key: string) => network.indexOf.get(key)! };
}

const published = ({ cells, relations }: Family, ...keys: string[]): Family => ({
  cells: cells.map((cell) => (keys.includes(cell.key) ? { ...cell, state: 'PUBLIC' } : cell)),
  relations,
});

describe('several chains', () => {
  const chained = (family: Family, target: string, direction: Direction, distance: bigint) => {
    const { network, rooms, ordered, changesOf, at } = searched(family);
    const before = [...rooms.down, ...rooms.up];
    const chains = { network, ordered, rooms, costOf: () => 1 };
    const move = findChains(chains, at(target), direction, distance, () => true);
    expect([...rooms.down, ...rooms.up]).toEqual(before);
    if (move) expect(holds(network, move)).toBe(true);
    return changesOf(move);
  };

  test('go together where none has room for all of the way', () => {
    const family = published(oneWay('t', { a: 1, b: 2, c: 2 }), 't');
    expect(chained(family, 'a', 'UP', 3n)).toEqual({ a: 3n, b: -2n, c: -1n });
  });

  test('take no more room than there is', () => {
    const family = published(oneWay('t', { a: 1, b: 2, c: 2 }), 't');
    expect(chained(family, 'a', 'UP', 5n)).toBeNull();
    expect(chained(family, 'a', 'UP', 4n)).toEqual({ a: 4n, b: -2n, c: -2n });
  });

  test('may undo each other’s steps', () => {
    // What goes by d first comes back by it: only c and e have the room.
    const cells = { a: 0, b: 1, c: 1, d: 0, e: 3 };
    const family: Family = {
      cells: Object.entries(cells).map(([key, value]) => persons(key, value)),
      relations: [
        known(
          't',
          [
            ['a', 1],
            ['b', 1],
            ['c', 1],
          ],
          2n,
        ),
        known(
          'u',
          [
            ['b', 1],
            ['d', 1],
            ['e', 1],
          ],
          4n,
        ),
      ],
    };
    expect(chained(family, 'a', 'UP', 2n)).toMatchObject({ a: 2n, b: -1n, c: -1n });
  });
});

describe('whole numbers', () => {
  const found = async (family: Family, target: string, distance: bigint) => {
    const solver = await Solver.open();
    try {
      const { network, rooms, changesOf, at } = searched(family);
      const columns = [
        at(target),
        ...network.cells.map((_, index) => index).filter((one) => one !== at(target)),
      ];
      const move = findMove(
        { network, rooms, solver, costOf: (index) => index + 1 },
        columns,
        'UP',
        distance,
      );
      return typeof move === 'object' ? changesOf(move) : move;
    } finally {
      solver.dispose();
    }
  };
  /** t is a and b, and a less b is c: the cheapest is to share, half each. */
  const shared = (make: (key: string, value: number) => Cell, value: number): Family => ({
    cells: [
      { ...make('t', value * 2), upper: BigInt(value * 2 + 1) },
      make('a', value),
      make('b', value),
      make('c', 0),
    ],
    relations: [
      known(
        'sum',
        [
          ['t', 1],
          ['a', -1],
          ['b', -1],
        ],
        0n,
      ),
      known(
        'difference',
        [
          ['a', 1],
          ['b', -1],
          ['c', -1],
        ],
        0n,
      ),
    ],
  });

  test('are found near a cheapest move of halves', async () => {
    expect(await found(shared(persons, 4), 't', 1n)).toEqual({ t: 1n, a: 1n, c: 1n });
  });

  test('also of amounts, whose bounds are billions', async () => {
    expect(await found(shared(money, 3_000_000_000), 't', 1n)).toEqual({ t: 1n, a: 1n, c: 1n });
  });

  test('are not made up where there are none', async () => {
    const { cells, relations } = shared(persons, 4);
    const even = {
      cells: cells.filter(({ key }) => key !== 'c'),
      relations: [
        relations[0]!,
        known(
          'alike',
          [
            ['a', 1],
            ['b', -1],
          ],
          0n,
        ),
      ],
    };
    expect(await found({ ...even }, 't', 1n)).toBe('FAILED');
  });
});
