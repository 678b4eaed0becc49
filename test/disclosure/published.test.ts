/** The rules and the protection against tables that others have published; each says where. */
import { describe, expect, test } from 'vitest';
import { attack } from '../../src/disclosure/attack.ts';
import type { MoneyRule } from '../../src/disclosure/money-rule.ts';
import { judgeAmount, type Contribution } from '../../src/disclosure/primary-money.ts';
import { judgePrimary } from '../../src/disclosure/primary.ts';
import { protect } from '../../src/disclosure/protect.ts';
import { tableSums, type Axis } from '../../src/disclosure/relations.ts';
import type { Cell } from '../../src/disclosure/table.ts';
import { join, persons, twoWay } from './support.ts';

/**
 * Statistics Norway, R package GaussSuppression, vignette "Magnitude table suppression" (data set
 * magnitude1): 18 contributions of the companies A to D, in tenths.
 */
const magnitude1 = [
  ['Iceland', 'Industry', 'B', 96],
  ['Iceland', 'Entertainment', 'B', 168],
  ['Iceland', 'Industry', 'C', 88],
  ['Iceland', 'Industry', 'D', 19],
  ['Portugal', 'Agriculture', 'A', 759],
  ['Portugal', 'Entertainment', 'B', 71],
  ['Portugal', 'Entertainment', 'D', 23],
  ['Portugal', 'Governmental', 'B', 216],
  ['Portugal', 'Governmental', 'D', 20],
  ['Portugal', 'Industry', 'B', 257],
  ['Portugal', 'Industry', 'D', 34],
  ['Spain', 'Agriculture', 'A', 966],
  ['Spain', 'Entertainment', 'A', 774],
  ['Spain', 'Entertainment', 'B', 115],
  ['Spain', 'Entertainment', 'C', 164],
  ['Spain', 'Governmental', 'C', 65],
  ['Spain', 'Governmental', 'D', 27],
  ['Spain', 'Industry', 'C', 84],
] as const;

const places = ['Iceland', 'Portugal', 'Spain'];
const sectors = ['Agriculture', 'Entertainment', 'Governmental', 'Industry'];
const axes: Axis[] = [
  { name: 'place', members: ['All', ...places], branches: [{ parent: 'All', children: places }] },
  {
    name: 'sector',
    members: ['Sum', ...sectors],
    branches: [{ parent: 'Sum', children: sectors }],
  },
];

/** The table with its contributions: each a contributor of its own, or by company. */
function magnitudeTable(isByCompany: boolean) {
  const contributions = new Map<string, Contribution[]>();
  for (const place of axes[0]!.members) {
    for (const sector of axes[1]!.members) {
      const given = magnitude1.flatMap(([p, s, company, amount], at): Contribution[] => {
        if (!['All', p].includes(place) || !['Sum', s].includes(sector)) return [];
        return [{ group: isByCompany ? company : String(at), amount: BigInt(amount) }];
      });
      contributions.set(`${place}:${sector}`, given);
    }
  }
  const cells = [...contributions].map(([key, given]): Cell => {
    const value = given.reduce((total, { amount }) => total + amount, 0n);
    return { key, value, kind: 'MONEY', state: 'OPEN' };
  });
  const relations = tableSums(axes, (members) => members.join(':'));
  return { family: { cells, relations }, contributions };
}

function unsafe(isByCompany: boolean, ...money: MoneyRule[]): string[] {
  const { family, contributions } = magnitudeTable(isByCompany);
  return [...judgePrimary(family, { money }, contributions).findings.keys()].sort();
}

const single = [
  'Iceland:Entertainment',
  'Portugal:Agriculture',
  'Spain:Agriculture',
  'Spain:Industry',
];
const double = [
  'Portugal:Entertainment',
  'Portugal:Governmental',
  'Portugal:Industry',
  'Spain:Governmental',
];

describe('Statistics Norway, "Magnitude table suppression"', () => {
  test('table 2: one or two contributors (maxN = 2 there is n = 3 here)', () => {
    expect(unsafe(false, { rule: 'FEW', n: 3 })).toEqual(
      [...single, ...double, 'All:Agriculture'].sort(),
    );
  });

  test('table 3: the two largest above 90 %; Spain:Entertainment has 89 %', () => {
    expect(unsafe(false, { rule: 'NK', n: 2, k: 90 })).toEqual(
      [...single, ...double, 'All:Agriculture', 'Iceland:Industry'].sort(),
    );
  });

  test('table 6: of the same company, contributions are one', () => {
    expect(unsafe(true, { rule: 'FEW', n: 2 })).toEqual([...single, 'All:Agriculture'].sort());
  });

  test('table 8, (1,80) and (2,95) by company: two totals stay just below', () => {
    // Spain 79.3 % and 93.5 %, Iceland 71.2 % and 94.9 %, Portugal 55.0 % and 94.4 %.
    const rules: MoneyRule[] = [
      { rule: 'NK', n: 1, k: 80 },
      { rule: 'NK', n: 2, k: 95 },
    ];
    expect(unsafe(true, ...rules)).toEqual([...single, ...double, 'All:Agriculture'].sort());
    expect(unsafe(true, { rule: 'NK', n: 1, k: 79 })).toContain('Spain:Sum');
    expect(unsafe(true, { rule: 'NK', n: 2, k: 94.8 })).toContain('Iceland:Sum');
  });

  test('is protected, and the attack falls on any cell that is opened', async () => {
    const { family, contributions } = magnitudeTable(true);
    const money: MoneyRule[] = [{ rule: 'P_PERCENT', p: 10 }];
    const primary = judgePrimary(family, { money }, contributions);
    const { secondary } = await protect(primary);
    const suppressed = new Set([...primary.findings.keys(), ...secondary]);
    expect((await attack(primary.family, suppressed, primary.requirements)).isSafe).toBe(true);
    for (const key of primary.findings.keys()) {
      const fewer = new Set([...suppressed].filter((other) => other !== key));
      const { isSafe } = await attack(primary.family, fewer, primary.requirements);
      expect(isSafe, key).toBe(false);
    }
  });
});

describe('rules at their edges, in the conventions of the Handbook (4.2) and of tau-Argus', () => {
  const of = (amounts: readonly number[], rule: MoneyRule) =>
    judgeAmount(
      'cell',
      amounts.map((amount, at) => ({ group: `g${at}`, amount: BigInt(amount) })),
      [rule],
    ).findings.length > 0;
  const p10: MoneyRule = { rule: 'P_PERCENT', p: 10 };
  const n1k80: MoneyRule = { rule: 'NK', n: 1, k: 80 };
  const n2k80: MoneyRule = { rule: 'NK', n: 2, k: 80 };
  const few: MoneyRule = { rule: 'FEW', n: 3 };
  test.each([
    ['p%: what is left is exactly p % of the largest', [100, 50, 6, 4], p10, false],
    ['p%: one less', [100, 50, 6, 3], p10, true],
    ['p%: an amount that is no multiple, 10.1 of 101', [101, 50, 10], p10, true],
    ['p%: the next whole one', [101, 50, 11], p10, false],
    ['p%: two alike and nothing else', [50, 50], p10, true],
    ['p%: three alike', [50, 50, 50], p10, false],
    ['p%: a single contributor', [1], p10, true],
    ['p%: one beside zeros', [100, 0, 0, 0], p10, true],
    [
      'p%: p of 100 asks for as much as the largest',
      [50, 50, 49],
      { rule: 'P_PERCENT', p: 100 },
      true,
    ],
    ['p%: and is content with it', [50, 50, 50], { rule: 'P_PERCENT', p: 100 }, false],
    ['p%: a part of a per cent', [1_000, 500, 2], { rule: 'P_PERCENT', p: 0.25 }, true],
    ['(1,80): exactly 80 %', [80, 20], n1k80, false],
    ['(1,80): above', [801, 199], n1k80, true],
    ['(1,80): two alike pass, which p% would not', [50, 50], n1k80, false],
    ['(2,80): one contributor', [7], n2k80, true],
    ['(2,80): two contributors', [5, 5], n2k80, true],
    ['(2,80): ties at the second place', [40, 20, 20, 20], n2k80, false],
    ['(2,80): exactly 80 %', [60, 20, 20], n2k80, false],
    ['(n,k) with fewer contributors than n', [5, 5], { rule: 'NK', n: 3, k: 99 }, true],
    ['few: two of three', [5, 5], few, true],
    ['few: three of three', [5, 5, 5], few, false],
    ['few: who contributed nothing hides nobody', [5, 5, 0], few, true],
    ['few: nobody', [], few, false],
    ['few: all zero', [0, 0], few, false],
    ['p%: all zero', [0, 0, 0], p10, false],
    ['(n,k): all zero', [0, 0, 0], n1k80, false],
  ] as const)('%s: %j is unsafe %s', (_, amounts, rule, isUnsafe) => {
    expect(of(amounts, rule)).toBe(isUnsafe);
  });

  test('few: the distance is a part of the cell, as the safety range of tau-Argus', () => {
    const given = [{ group: 'a', amount: 1_001n }];
    const judged = (range?: number) =>
      judgeAmount('cell', given, [{ rule: 'FEW', n: 3, ...(range && { range }) }]).findings;
    expect(judged()).toMatchObject([{ reason: 'A', lower: 101n, upper: 101n }]);
    expect(judged(30)).toMatchObject([{ lower: 301n, upper: 301n }]);
  });

  test('what is known is no contributor any more', () => {
    const given = [
      { group: 'a', amount: 50n },
      { group: 'b', amount: 50n },
      { group: 'c', amount: 50n, isKnown: true },
    ];
    expect(judgeAmount('cell', given, [few]).findings).toHaveLength(1);
    expect(judgeAmount('cell', given, [n2k80]).findings).toHaveLength(1);
    expect(judgeAmount('cell', given.slice(2), [few, p10]).findings).toEqual([]);
  });

  test('a group of which one part is known keeps the other', () => {
    const given = [
      { group: 'a', amount: 90n, isKnown: true },
      { group: 'a', amount: 10n },
      { group: 'b', amount: 10n },
      { group: 'c', amount: 1n },
    ];
    expect(judgeAmount('cell', given, [p10])).toEqual({ known: 90n, findings: [] });
  });
});

describe('minimum frequency in a table of two hierarchies', () => {
  // sdcTable counts up to maxN as unsafe, so that its maxN = 4 is the threshold of 5 here.
  const table = twoWay([
    [18, 2],
    [19, 14],
    [12, 10],
    [5, 20],
  ]);

  test('only the cells below the threshold are unsafe; at it they are safe', () => {
    expect([...judgePrimary(table).findings.keys()]).toEqual(['r1c2']);
    expect([...judgePrimary(table, { threshold: 6 }).findings.keys()]).toEqual(['r1c2', 'r4c1']);
  });

  test('one cell needs three more in a table of two dimensions', async () => {
    const { secondary } = await protect(judgePrimary(table));
    expect(secondary.size).toBe(3);
    expect([...secondary]).toContain('r1c1');
  });

  test('of two tables that share a margin both are protected', async () => {
    const other = twoWay(
      [
        [10, 10],
        [30, 3],
        [11, 11],
        [7, 18],
      ],
      'b ',
    );
    const shared = ['r', 'r1', 'r2', 'r3', 'r4'].map((row) => ({
      name: row,
      kind: 'EQUAL' as const,
      terms: [
        [`${row}c`, 1],
        [`b ${row}c`, -1],
      ] as const,
      constant: 0n,
    }));
    const primary = judgePrimary(join(table, other, { cells: [], relations: shared }));
    const { attacked } = await protect(primary);
    expect(attacked.map(({ key, isSafe }) => [key, isSafe])).toEqual([
      ['r1c2', true],
      ['b r2c2', true],
    ]);
  });
});

test('a single cell that is all of its family has nothing to hide behind', async () => {
  const primary = judgePrimary({ cells: [persons('x', 2)], relations: [] });
  const { secondary, attacked } = await protect(primary);
  expect(secondary.size).toBe(0);
  expect(attacked).toMatchObject([{ key: 'x', isSafe: true }]);
});
