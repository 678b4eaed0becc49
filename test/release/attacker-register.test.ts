/** What the attacker of the tests makes of the business register, on tables that are made up to show it. */
import { describe, expect, test } from 'vitest';
import { Attacker } from './attacker.ts';
import {
  amountKey,
  cellsOf,
  countKey,
  fakeApi,
  province,
  release,
  type Owing,
} from './fake-api.ts';

const [here, there] = ['03127@2025-07', '03203@2025-07'] as const;
let numbered = 0;
const unit = (more: Partial<Owing> = {}): Owing => ({
  unitCode: `unit-${(numbered += 1)}`,
  area: here,
  sector: 'TRADE',
  ownership: 'PRIVATE',
  size: 'W1_9',
  amount: 0,
  state: 'ON_TIME',
  ...more,
});
const owing = (amount: number, more: Partial<Owing> = {}) =>
  unit({ amount, state: 'LATE_UNPAID', ...more });
const several = (count: number, make: (n: number) => Owing) =>
  Array.from({ length: count }, (_, n) => make(n));

type Dimensions = Parameters<typeof fakeApi>[1];

/** Bounds by key, of one who knows the register and of one who does not. */
async function attackedBy(
  units: readonly Owing[],
  dimensions: Dimensions,
  isHidden: Parameters<typeof fakeApi>[2],
  agency = 'press-vn',
) {
  const solve = async (register: readonly Owing[]) => {
    const attacker = new Attacker(fakeApi(units, dimensions, isHidden), [agency], register);
    await attacker.collect();
    const bounds = await attacker.solve();
    for (const { layer } of bounds) expect(layer).toBe(release);
    return new Map(bounds.map(({ key, low, high }) => [key, [low, high] as const]));
  };
  return { knowing: await solve(units), blind: await solve([]) };
}

const hideAll = (...keys: readonly string[]) => {
  const hidden = new Set(keys);
  return (key: string) => hidden.has(key);
};
const pair = (area: string, breakdown: string) => [
  amountKey(area, breakdown),
  countKey(area, breakdown),
];

describe('who knows the business register', () => {
  test('knows that nobody owes where nobody is, and subtracts it', async () => {
    // One trader, hidden together with mining, of which this commune has none.
    const units = [
      owing(700),
      ...several(6, (n) => owing(100 + n, { sector: 'SERVICES' })),
      ...several(6, (n) => owing(200 + n, { area: there, sector: 'MINING' })),
      ...several(6, (n) => owing(300 + n, { area: there })),
    ];
    const isHidden = hideAll(
      ...[here, there].flatMap((area) =>
        ['sector=TRADE', 'sector=MINING'].flatMap((breakdown) => pair(area, breakdown)),
      ),
    );
    const { knowing, blind } = await attackedBy(units, ['sector'], isHidden);
    expect(knowing.get(amountKey(here, 'sector=MINING'))).toEqual([0, 0]);
    expect(knowing.get(amountKey(here, 'sector=TRADE'))).toEqual([700, 700]);
    expect(knowing.get(countKey(here, 'sector=TRADE'))).toEqual([1, 1]);
    expect(blind.get(amountKey(here, 'sector=TRADE'))).toEqual([0, 700]);
  });

  test('counts nobody of whom a union reads that nothing is owed', async () => {
    const units = [
      owing(700),
      ...several(3, () => unit({ isRead: true })),
      ...several(2, () => unit({ isRead: true, amount: 50, state: 'SUSPENDED' })),
      unit(),
    ];
    const isHidden = () => true;
    const { knowing } = await attackedBy(units, ['sector'], isHidden, 'union-dien-bien');
    expect(knowing.get(countKey(here, ''))).toEqual([0, 2]);
    const alone = await attackedBy(units, ['sector'], isHidden);
    expect(alone.knowing.get(countKey(here, ''))).toEqual([0, 7]);
    expect(alone.blind.get(countKey(here, ''))![1]).toBe(Number.POSITIVE_INFINITY);
  });

  test('knows all of a place of which every unit is read', async () => {
    const units = [
      owing(700, { isRead: true }),
      unit({ isRead: true }),
      owing(40, { sector: 'MINING' }),
    ];
    const { knowing } = await attackedBy(units, ['sector'], () => true, 'union-dien-bien');
    expect(knowing.get(amountKey(here, 'sector=TRADE'))).toEqual([700, 700]);
    expect(knowing.get(countKey(here, 'sector=TRADE'))).toEqual([1, 1]);
    expect(knowing.get(countKey(here, 'sector=MINING'))).toEqual([0, 1]);
  });

  test('counts in a state only whom it reads in it', async () => {
    const units = [
      owing(700, { isRead: true }),
      owing(30, { isRead: true, state: 'HARD_TO_COLLECT' }),
      owing(20, { isRead: true, state: null }),
      owing(60),
    ];
    const { knowing } = await attackedBy(units, ['state'], () => true, 'union-dien-bien');
    expect(knowing.get(amountKey(here, 'state=LATE'))![0]).toBe(700);
    expect(knowing.get(amountKey(here, 'state=OTHER'))![0]).toBe(50);
    expect(knowing.get(countKey(here, 'state=LATE'))).toEqual([1, 2]);
    expect(knowing.get(countKey(here, 'state=OTHER'))).toEqual([2, 3]);
  });

  test('subtracts an ownership from the sector that all of it is in', async () => {
    const foreign = { ownership: 'FDI', sector: 'MANUFACTURING' };
    const units = [
      ...several(6, (n) => owing(1_000 + n, foreign)),
      owing(77, { sector: 'MANUFACTURING' }),
      ...several(6, (n) => owing(500 + n)),
      ...several(2, () => unit({ sector: 'MANUFACTURING' })),
      ...several(6, (n) => owing(300 + n, { area: there, ...foreign })),
      ...several(6, (n) => owing(400 + n, { area: there, sector: 'MANUFACTURING' })),
    ];
    // Every cell that is published is shown.
    const { knowing, blind } = await attackedBy(units, ['sector', 'ownership'], () => false);
    const crossing = 'ownership=PRIVATE;sector=MANUFACTURING';
    expect(knowing.get(amountKey(here, crossing))).toEqual([77, 77]);
    expect(knowing.get(countKey(here, crossing))).toEqual([1, 1]);
    expect(knowing.get(countKey(province, crossing))).toEqual([7, 7]);
    // Nobody foreign trades here: that is no unknown.
    expect(knowing.has(countKey(here, 'ownership=FDI;sector=TRADE'))).toBe(false);
    expect(blind.size).toBe(0);
  });

  test('a sum of crossings is told by the province where one commune hides it', async () => {
    const units = [here, there].flatMap((area) => [
      ...several(5, (n) => owing(10 + n, { area, ownership: 'STATE' })),
      ...several(5, (n) => owing(20 + n, { area, sector: 'MINING' })),
      owing(3, { area }),
    ]);
    const cells = cellsOf(units, ['sector', 'ownership']);
    const isHidden = (key: string) => key.includes(`|${here}|`);
    const { knowing } = await attackedBy(units, ['sector', 'ownership'], isHidden);
    for (const breakdown of ['ownership=PRIVATE;sector=TRADE', 'ownership=STATE;sector=TRADE']) {
      const key = amountKey(here, breakdown);
      expect(knowing.get(key)).toEqual([cells.get(key), cells.get(key)]);
    }
  });
});

describe('a table as large as the demonstration’s province', () => {
  /** The same on every machine. */
  const chance = (seed: number) => {
    let state = seed;
    return (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
  };
  const sectors = ['TRADE', 'SERVICES', 'MINING', 'TRANSPORT', 'EDUCATION_HEALTH'].concat(
    'CONSTRUCTION MANUFACTURING AGRICULTURE ACCOMMODATION'.split(' '),
  );
  const ownerships = ['PRIVATE', 'PRIVATE', 'STATE', 'COOPERATIVE', 'FDI', 'HOUSEHOLD_BUSINESS'];
  const states = ['LATE_UNPAID', 'EXCUSED', 'HARD_TO_COLLECT'];

  test('takes less than a minute, and what is true is never excluded', async () => {
    const next = chance(7);
    const units = several(300, () => {
      const place = {
        area: `${String(10_000 + next(45))}@2025-07`,
        sector: sectors[next(sectors.length)]!,
        ownership: ownerships[next(ownerships.length)]!,
        isRead: next(12) === 0,
      };
      return next(5) < 2
        ? owing(1 + next(9e8), { ...place, state: states[next(3)]! })
        : unit(place);
    });
    const dimensions = ['sector', 'ownership', 'state'] as const;
    const cells = cellsOf(units, dimensions);
    const isHidden = (key: string) => {
      const count = cells.get(key.replace('CONTRIBUTION_DEBT', 'EMPLOYERS_IN_DEBT'))!;
      return (count > 0 && count < 5) || (count === 0 && key.length % 3 === 0);
    };
    const attacker = new Attacker(fakeApi(units, dimensions, isHidden), ['union-dien-bien'], units);
    await attacker.collect();
    const started = Date.now();
    const bounds = await attacker.solve();
    expect(Date.now() - started).toBeLessThan(60_000);
    const wrong = bounds.filter(({ key, low, high }) => {
      const value = cells.get(key) ?? 0;
      return value < low || value > high;
    });
    expect(wrong).toEqual([]);
    expect(bounds.filter(({ key }) => key.includes(';')).length).toBeGreaterThan(400);
  });
});
