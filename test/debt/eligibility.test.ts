/** Who may stand on a statutory list: the rules as tables. */
import { describe, expect, test } from 'vitest';
import {
  drawList,
  judge,
  outdatedEntries,
  type Candidate,
  type Verdict,
} from '../../src/debt/eligibility.ts';
import { dayOf, newestDueQuarter, transmitBy } from '../../src/debt/list-calendar.ts';
import { LegalParameters } from '../../src/debt/law/parameters.ts';
import { listParametersOn } from '../../src/debt/list-parameters.ts';
import { listStateAt } from '../../src/debt/list-state.ts';

const parameters = { monthsLateMin: 3, isExcusedListedAsLate: true };
const candidate = (more: Partial<Candidate> = {}): Candidate => ({
  employerId: 'e1',
  unitCode: 'U1',
  nameVi: 'Công ty',
  address: 'Ở đây',
  officeNameVi: 'Cơ quan',
  officeNameEn: 'Office',
  isNaturalPerson: false,
  state: 'LATE_UNPAID',
  legalBasis: 'Art 38',
  workers: 12,
  monthsLate: 3,
  amount: 1n,
  ...more,
});

const toText = (more: object) =>
  Object.entries(more)
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(', ') || 'three months late';

const late: Verdict = { listedAs: 'LATE' };
const evading: Verdict = { listedAs: 'EVADING' };
const out = (leftOut: string) => ({ leftOut }) as Verdict;

/** What differs from a candidate that is three months late with one dong, and what becomes of it. */
const cases: readonly (readonly [Partial<Candidate>, Verdict])[] = [
  [{}, late],
  [{ state: 'LATE_UNREGISTERED' }, late],
  [{ state: 'EVASION_UNREGISTERED' }, evading],
  [{ state: 'EVASION_UNDERDECLARED' }, evading],
  [{ state: 'EVASION_UNPAID_AFTER_REMINDER' }, evading],
  // An excused evasion counts as late payment (Art 38(4)), and never as evasion.
  [{ state: 'EXCUSED' }, late],
  [{ state: 'EXCUSED', legalBasis: '41/2024/QH15 Art 39' }, late],
  [{ state: 'ON_TIME', amount: 5n }, out('ON_TIME')],
  [{ state: 'SUSPENDED', monthsLate: 12 }, out('SUSPENDED')],
  [{ state: 'HARD_TO_COLLECT', monthsLate: 12 }, out('HARD_TO_COLLECT')],
  [{ state: 'HARD_TO_COLLECT', monthsLate: 2 }, out('TOO_FEW_MONTHS')],
  [{ monthsLate: 2 }, out('TOO_FEW_MONTHS')],
  [{ monthsLate: 2, state: 'EVASION_UNPAID_AFTER_REMINDER' }, out('TOO_FEW_MONTHS')],
  [{ monthsLate: 400 }, late],
  // Paid before the cut-off.
  [{ amount: 0n, monthsLate: 0 }, out('PAID_OR_AMOUNT_NOT_KNOWN')],
  [{ amount: 0n }, out('PAID_OR_AMOUNT_NOT_KNOWN')],
  [{ amount: -1n }, out('PAID_OR_AMOUNT_NOT_KNOWN')],
  [{ amount: 9_007_199_254_740_993n }, late],
  // Natural persons are never named, whatever they owe.
  [{ isNaturalPerson: true }, out('NATURAL_PERSON')],
  [{ isNaturalPerson: true, state: 'EVASION_UNREGISTERED' }, out('NATURAL_PERSON')],
  [{ isNaturalPerson: true, monthsLate: 2 }, out('TOO_FEW_MONTHS')],
  [{ isNaturalPerson: true, state: 'SUSPENDED' }, out('SUSPENDED')],
  // What no verified rule judges is not named.
  [{ state: null }, out('STATE_NOT_VERIFIED')],
  [{ state: 'EVASION_OF_A_NEW_KIND' }, out('STATE_NOT_VERIFIED')],
];

describe('one employer', () => {
  const named = cases.map(([more, verdict]) => [toText(more), more, verdict] as const);
  test.each(named)('%s', (_name, more, verdict) => {
    expect(judge(candidate(more), parameters)).toEqual(verdict);
  });

  test.each([
    [1, 1, late],
    [6, 5, out('TOO_FEW_MONTHS')],
    [6, 6, late],
  ])('of at least %i months, late by %i', (monthsLateMin, monthsLate, verdict) => {
    expect(judge(candidate({ monthsLate }), { ...parameters, monthsLateMin })).toEqual(verdict);
  });

  test('is not listed at all when the excused are not', () => {
    const strict = { ...parameters, isExcusedListedAsLate: false };
    expect(judge(candidate({ state: 'EXCUSED' }), strict)).toEqual(out('EXCUSED'));
    expect(judge(candidate(), strict)).toEqual(late);
  });

  test('the parameters are rows of the table of law', () => {
    const row = (code: string, value: string) => ({
      code,
      value,
      unit: 'rule',
      validFrom: '2025-07-01',
      validTo: null,
      instrument: '41/2024/QH15',
      article: 'Art 35',
      reliability: 'OPEN' as const,
      note: '',
    });
    const months = row('LIST_MONTHS_LATE_MIN', '3');
    const on = (day: string, ...rows: ReturnType<typeof row>[]) =>
      listParametersOn(new LegalParameters(rows), day);
    expect(on('2026-03-31', months, row('EXCUSED_LISTED_AS_LATE', 'YES'))).toEqual(parameters);
    // A publication cannot be undone: who has not answered lists nobody.
    expect(on('2026-03-31', months)).toEqual({ ...parameters, isExcusedListedAsLate: false });
    expect(on('2026-03-31', row('LIST_MONTHS_LATE_MIN', ''))).toBeNull();
    expect(on('2025-06-30', months)).toBeNull();
  });
});

describe('a list', () => {
  const drawn = drawList(
    [
      candidate(),
      candidate({ unitCode: 'U2', state: 'EXCUSED', amount: 7n }),
      candidate({ unitCode: 'U3', isNaturalPerson: true }),
      candidate({ unitCode: 'U4', isNaturalPerson: true, monthsLate: 1 }),
      candidate({ unitCode: 'U5', state: 'HARD_TO_COLLECT' }),
      candidate({ unitCode: 'U6', state: 'ON_TIME' }),
    ],
    parameters,
  );

  test('says of each what the law publishes, and counts apart whom it may not name', () => {
    expect(drawn).toEqual({
      monthsLateMin: 3,
      naturalPersonsLeftOut: 1,
      hardToCollectLeftOut: 1,
      entries: [
        {
          unitCode: 'U1',
          nameVi: 'Công ty',
          address: 'Ở đây',
          officeNameVi: 'Cơ quan',
          officeNameEn: 'Office',
          listedAs: 'LATE',
          legalBasis: 'Art 38',
          workers: 12,
          monthsLate: 3,
          amount: 1n,
        },
        expect.objectContaining({ unitCode: 'U2', listedAs: 'LATE', amount: 7n }),
      ],
    });
  });

  test.each([
    ['the same', {}, 0],
    ['another amount', { amount: 2n }, 1],
    ['other months', { monthsLate: 4 }, 1],
    ['other workers', { workers: 13 }, 1],
    ['another kind of listing', { listedAs: 'EVADING' }, 1],
    ['one that is gone', { unitCode: 'U9' }, 1],
    ['another address alone', { address: 'Ở kia' }, 0],
  ])('is outdated by %s', (_name, more, count) => {
    expect(outdatedEntries([{ ...drawn.entries[0]!, ...more }], drawn)).toHaveLength(count);
  });
});

describe('the calendar', () => {
  test.each([
    ['2025-Q3', '2025-10-15'],
    ['2025-Q4', '2026-01-15'],
    ['2026-Q1', '2026-04-15'],
    ['2026-Q2', '2026-07-15'],
  ])('%s is transmitted by %s', (quarter, day) => {
    expect(transmitBy(quarter)).toEqual(new Date(day));
  });
  test.each(['2026', '2026-05', '2026-Q5', ''])('%s is no quarter', (text) => {
    expect(transmitBy(text)).toBeNull();
  });

  test.each([
    ['2026-01-15', '2025-Q3'],
    ['2026-01-16', '2025-Q4'],
    ['2026-04-15', '2025-Q4'],
    ['2026-04-16', '2026-Q1'],
    ['2026-12-31', '2026-Q3'],
  ])('on %s the newest list that is due is that of %s', (day, quarter) => {
    expect(newestDueQuarter(new Date(day))).toBe(quarter);
  });

  test('a day begins at midnight in Viet Nam', () => {
    expect(dayOf(new Date('2026-04-15T16:59:59.999Z'))).toEqual(new Date('2026-04-15'));
    expect(dayOf(new Date('2026-04-15T17:00:00Z'))).toEqual(new Date('2026-04-16'));
  });
});

describe('the state follows from the instants', () => {
  const [past, now, coming] = ['2026-01-01', '2026-02-01', '2026-03-01'].map(
    (day) => new Date(day),
  );
  const none = { transmittedAt: null, publishedAt: null, supersededAt: null, withdrawnAt: null };
  test.each([
    ['DRAFT', {}],
    ['TRANSMITTED', { transmittedAt: past }],
    ['APPROVED', { publishedAt: coming }],
    ['APPROVED', { publishedAt: coming, transmittedAt: past }],
    ['PUBLISHED', { publishedAt: now }],
    ['PUBLISHED', { publishedAt: past, withdrawnAt: coming }],
    ['CORRECTED', { publishedAt: past, supersededAt: now }],
    ['WITHDRAWN', { publishedAt: past, supersededAt: past, withdrawnAt: now }],
    ['WITHDRAWN', { transmittedAt: past, withdrawnAt: now }],
  ] as const)('%s: %j', (state, instants) => {
    expect(listStateAt({ ...none, ...instants } as never, now!)).toBe(state);
  });
});
