/** What the cells of a release of debts are made of. */
import { describe, expect, test } from 'vitest';
import { debtTable, type Debtor, type DebtSource } from '../../src/release/debt-table.ts';

const day = '2026-06-30';
const areasOf = new Map([
  ['C1', ['C1', 'P']],
  ['C2', ['C2', 'P']],
]);

const debtor = (more: Partial<Debtor> = {}): Debtor => ({
  enterprise: 'e1',
  area: 'C1',
  sector: 'TRADE',
  beside: 'PRIVATE',
  state: 'LATE_UNPAID',
  amount: 700n,
  known: null,
  listedAs: [],
  ...more,
});

const registered = (
  area: string,
  sector: string,
  all: bigint,
  uncertain = all,
  beside = 'PRIVATE',
) => ({
  area,
  sector,
  beside,
  all,
  uncertain,
});

function made(source: Partial<DebtSource>) {
  const { cells, contributions } = debtTable({
    day,
    areasOf,
    debtors: [],
    dimension: 'ownership',
    registered: [registered('C1', 'TRADE', 4n, 3n), registered('C2', 'MINING', 2n)],
    ...source,
  });
  const keyOf = (indicator: string, area: string, breakdown: string) =>
    `${indicator}|${area}||EMPLOYERS|${breakdown}|${day}`;
  const cellOf = (key: string) =>
    cells.find(({ indicator, areaId, breakdown }) => keyOf(indicator, areaId, breakdown) === key)!;
  return {
    cells,
    amount: (area: string, breakdown = '') => cellOf(keyOf('CONTRIBUTION_DEBT', area, breakdown)),
    count: (area: string, breakdown = '') => cellOf(keyOf('EMPLOYERS_IN_DEBT', area, breakdown)),
    given: (area: string, breakdown = '') =>
      contributions.get(keyOf('CONTRIBUTION_DEBT', area, breakdown)) ?? [],
  };
}

describe('who owes', () => {
  test('is in the sums of the commune and of what is above it, by sector and by state', () => {
    const { amount, count } = made({ debtors: [debtor(), debtor({ area: 'C2', amount: 5n })] });
    expect(['C1', 'C2', 'P'].map((area) => amount(area).value)).toEqual([700n, 5n, 705n]);
    expect(count('P').value).toBe(2n);
    expect(count('P', 'sector=TRADE').value).toBe(2n);
    expect(amount('C1', 'state=LATE').value).toBe(700n);
    expect(amount('C1', 'state=EVADING').value).toBe(0n);
  });

  test.each([
    ['LATE_UNPAID', 'LATE'],
    ['LATE_UNREGISTERED', 'LATE'],
    ['EXCUSED', 'LATE'],
    ['EVASION_UNREGISTERED', 'EVADING'],
    ['EVASION_UNDERDECLARED', 'EVADING'],
    ['EVASION_UNPAID_AFTER_REMINDER', 'EVADING'],
    ['HARD_TO_COLLECT', 'OTHER'],
    [null, 'OTHER'],
  ])('with the state %s is among %s', (state, group) => {
    const { count } = made({ debtors: [debtor({ state })] });
    const found = ['LATE', 'EVADING', 'OTHER'].filter((one) => count('C1', `state=${one}`).value);
    expect(found).toEqual([group]);
  });

  test('every state is stated everywhere, so that no missing one tells that there is none', () => {
    const { cells } = made({});
    const states = cells.filter(({ breakdown }) => breakdown.startsWith('state='));
    expect(states).toHaveLength(3 * 3 * 2);
  });
});

describe('who could owe', () => {
  test('bounds the count of an area and a sector for each audience, and that of every state', () => {
    const { count } = made({});
    expect(count('P').upper).toEqual({ PUBLIC: 6n, COALITION: 5n });
    expect(count('C1', 'sector=TRADE').upper).toEqual({ PUBLIC: 4n, COALITION: 3n });
    expect(count('C1', 'state=EVADING').upper).toEqual({ PUBLIC: 4n, COALITION: 3n });
  });

  test('where it is nobody, neither count nor amount can be but nothing', () => {
    const { count, amount } = made({ registered: [registered('C1', 'TRADE', 4n, 0n)] });
    expect(count('C2', 'sector=TRADE').upper).toEqual({ PUBLIC: 0n, COALITION: 0n });
    expect(amount('C2', 'sector=TRADE').upper).toEqual({ PUBLIC: 0n, COALITION: 0n });
    // Unions may have read of all of them that they owe nothing.
    expect(amount('C1').upper).toEqual({ COALITION: 0n });
  });
});

describe('what is known', () => {
  const knowledge = (one: Debtor, breakdown: string) => {
    const [{ isKnown, isDoubtful } = {}] = made({ debtors: [one] }).given('C1', breakdown);
    return { isKnown, isDoubtful };
  };
  const yes = { isKnown: true, isDoubtful: false };
  const perhaps = { isKnown: false, isDoubtful: true };
  const listed = debtor({ known: 'CERTAIN', listedAs: ['LATE'] });

  test('of an amount on the list: it, its sector and the state that the list gives', () => {
    expect(knowledge(listed, '')).toEqual(yes);
    expect(knowledge(listed, 'sector=TRADE')).toEqual(yes);
    expect(knowledge(listed, 'state=LATE')).toEqual(yes);
  });

  test('another state than the list’s may be known or not', () => {
    const evading = { ...listed, state: 'EVASION_UNPAID_AFTER_REMINDER' };
    expect(knowledge(evading, '')).toEqual(yes);
    expect(knowledge(evading, 'state=EVADING')).toEqual(perhaps);
  });

  test('what unions may read is doubtful, and of others nothing is known', () => {
    expect(knowledge(debtor({ known: 'DOUBTFUL' }), 'state=LATE')).toEqual(perhaps);
    expect(knowledge(debtor(), '')).toEqual({ isKnown: false, isDoubtful: false });
  });
});

describe('where nobody else could owe', () => {
  const listed = debtor({ known: 'CERTAIN', listedAs: ['LATE'] });
  const read = debtor({ enterprise: 'e2', known: 'DOUBTFUL', amount: 30n });
  const upper = (all: bigint, uncertain: bigint, debtors: readonly Debtor[]) =>
    made({ registered: [registered('C1', 'TRADE', all, uncertain)], debtors }).amount(
      'C1',
      'sector=TRADE',
    ).upper;

  test('than those on the list, everybody knows the amount', () => {
    expect(upper(1n, 1n, [listed])).toEqual({ PUBLIC: 700n, COALITION: 700n });
    expect(upper(3n, 2n, [listed])).toEqual({});
  });

  test('than those whom unions may read, the press and they know it', () => {
    expect(upper(3n, 2n, [listed, read])).toEqual({ COALITION: 730n });
    expect(upper(3n, 3n, [listed, read])).toEqual({});
  });

  test('nobody knows as whom', () => {
    const { amount } = made({ registered: [registered('C1', 'TRADE', 1n)], debtors: [listed] });
    expect(amount('C1', 'state=LATE').upper).toEqual({});
  });
});

describe('ownership', () => {
  const { cells, count, amount, given } = made({
    registered: [
      registered('C1', 'TRADE', 4n),
      registered('C1', 'MINING', 1n, 1n, 'FDI'),
      registered('C2', 'MINING', 2n, 1n, 'FDI'),
    ],
    debtors: [
      debtor(),
      debtor({ enterprise: 'e2', area: 'C2', sector: 'MINING', beside: 'FDI', amount: 5n }),
    ],
  });

  test('is stated of what is above communes, and part of the family in communes', () => {
    expect(amount('P', 'ownership=FDI')).toMatchObject({ value: 5n });
    expect(amount('P', 'ownership=FDI').isInner).toBeUndefined();
    expect(count('C2', 'ownership=FDI')).toMatchObject({ value: 1n, isInner: true });
    expect(count('C1', 'ownership=PRIVATE')).toMatchObject({ value: 1n, isInner: true });
  });

  test('is crossed with the sector wherever there is somebody, for nobody to see', () => {
    const crossed = cells.filter(({ breakdown }) => breakdown.includes(';'));
    expect(crossed.every(({ isInner }) => isInner)).toBe(true);
    const counts = crossed.filter(({ kind }) => kind === 'EMPLOYERS');
    const of = ({ areaId, breakdown, value, upper }: (typeof counts)[number]) =>
      `${areaId} ${breakdown}: ${value} of ${upper?.PUBLIC} or ${upper?.COALITION}`;
    expect(counts.map(of).sort()).toEqual([
      'C1 ownership=FDI;sector=MINING: 0 of 1 or 1',
      'C1 ownership=PRIVATE;sector=TRADE: 1 of 4 or 4',
      'C2 ownership=FDI;sector=MINING: 1 of 2 or 1',
      'P ownership=FDI;sector=MINING: 1 of 3 or 2',
      'P ownership=PRIVATE;sector=TRADE: 1 of 4 or 4',
    ]);
    expect(given('C1', 'ownership=PRIVATE;sector=TRADE')).toHaveLength(1);
  });

  test('gives way to size, which is treated alike', () => {
    const sized = made({
      dimension: 'size',
      registered: [
        registered('C1', 'TRADE', 2n, 2n, 'W1_9'),
        registered('C2', 'TRADE', 1n, 1n, 'W0'),
      ],
      debtors: [debtor({ beside: 'W1_9' })],
    });
    expect(sized.amount('P', 'size=W1_9')).toMatchObject({ value: 700n });
    expect(sized.amount('P', 'size=W1_9').isInner).toBeUndefined();
    expect(sized.count('C1', 'size=W1_9')).toMatchObject({ value: 1n, isInner: true });
    expect(sized.count('C1', 'sector=TRADE;size=W1_9')).toMatchObject({ value: 1n, isInner: true });
    expect(sized.cells.filter(({ breakdown }) => breakdown.includes('ownership'))).toEqual([]);
  });

  test('is not stated where it is not asked for', () => {
    const plain = made({ dimension: null, debtors: [debtor()] });
    expect(plain.amount('P', 'sector=TRADE').value).toBe(700n);
    expect(plain.cells.filter(({ breakdown }) => breakdown.includes('ownership'))).toEqual([]);
    expect(plain.cells.some(({ isInner }) => isInner)).toBe(false);
  });
});
