/** Fines on assessments: by violation and decree, and never a guess where no source says which decree it is. */
import { describe, expect, test } from 'vitest';
import { assess } from '../../src/debt/law.ts';
import { assessFines } from '../../src/debt/law/assessed-fines.ts';
import type { DebtFacts } from '../../src/debt/law/facts.ts';
import type { FineRow } from '../../src/debt/law/fines.ts';
import type { LegalParameters } from '../../src/debt/law/parameters.ts';
import { facts, fineRows, law, lawWith, owed, paid } from './law-table.ts';

const million = 1_000_000n;
const day = '2027-01-15';
const firstDay = lawWith({ FINE_DECREE_OF_ONGOING: 'FIRST_DAY' });
const notSet = lawWith({ FINE_DECREE_OF_ONGOING: '' });
/** As if the first day of the decree before were verified. */
const bothDecrees: FineRow[] = fineRows.map((row) =>
  row.instrument === '12/2022/ND-CP'
    ? { ...row, validFrom: '2022-01-17', reliability: 'TEXT' as const, fineMax: 70n * million }
    : row,
);

interface Asked {
  readonly on?: string;
  readonly table?: LegalParameters;
  readonly rows?: readonly FineRow[];
  readonly isOrganisation?: boolean;
}

function fines(given: Partial<DebtFacts>, asked: Asked = {}) {
  const { on = day, table = law, rows = fineRows, isOrganisation = false } = asked;
  const found = assess(table, facts(given), { day: on });
  return assessFines({ parameters: table, rows, isOrganisation }, found);
}
/** Violation, range in millions or the reason, and what it was judged by. */
const told = (...args: Parameters<typeof fines>) =>
  fines(...args).map(({ violation, range, reason, decreeDay }) => [
    violation,
    range ? `${range.min / million}-${range.max / million}` : reason,
    decreeDay,
  ]);

// Late since 2026-10-01, after Decree 283/2026 began, and since 2025-10-01.
const recent = owed('2026-08', 100n * million);
const old = owed('2025-08', 100n * million);
const hired = (workers: number, more = {}) => ({
  registrations: [{ id: 'w', dutyFrom: '2026-11-01', workers, ...more }],
});

describe('by violation', () => {
  test.each([
    [0, false, []],
    [100, false, [['LATE_PAYMENT', '12-15', null]]],
    [100, true, [['LATE_PAYMENT', '24-30', null]]],
    [600, false, [['LATE_PAYMENT', '72-75', null]]],
    [600, true, [['LATE_PAYMENT', '144-150', null]]],
    [900, true, [['LATE_PAYMENT', '150-150', null]]],
  ])('%i million late, organisation %s: %j', (amount, isOrganisation, expected) => {
    const obligations = [owed('2026-08', BigInt(amount) * million)];
    expect(told({ obligations }, { isOrganisation })).toEqual(expected);
  });

  test.each([
    [1, '5-10'],
    [9, '5-10'],
    [10, '10-15'],
    [999, '50-60'],
    [1000, '60-75'],
  ])('%i workers registered late: %s', (workers, range) => {
    expect(told(hired(workers))).toEqual([['LATE_REGISTRATION', range, null]]);
  });

  test('duties are added up, months are, and what is paid is not counted', () => {
    const obligations = [recent, owed('2026-09', 100n * million)];
    const payments = [paid('2026-12-01', 150n * million)];
    const registrations = [5, 5].map((workers, i) => ({
      id: `w${i}`,
      dutyFrom: '2026-11-01',
      workers,
    }));
    const given = { obligations, payments, registrations };
    expect(told(given)).toEqual([
      ['LATE_REGISTRATION', '10-15', null],
      ['LATE_PAYMENT', '6-7', null],
    ]);
    const [late] = fines(given).slice(1);
    expect(late).toMatchObject({ amount: 50n * million, workers: null, since: '2026-11-01' });
    const turned = {
      obligations: obligations.toReversed(),
      payments,
      registrations: registrations.toReversed(),
    };
    expect(fines(turned)).toEqual(fines(given));
  });

  test('evasion by a low salary and by not paying is one violation; an unknown amount is no zero', () => {
    const reminders = [{ id: 'r', sentOn: '2026-10-08' }];
    const low = { id: 'l', month: '2026-09', registeredBase: 1n, legalBase: 2n, workers: 3 };
    const evaded = { obligations: [recent], reminders };
    const known = { ...evaded, underdeclarations: [{ ...low, amount: 100n * million }] };
    const violation = 'EVASION_UNDERDECLARED_OR_UNPAID';
    expect(told(known)).toEqual([[violation, '36-40', null]]);
    expect(fines(known)[0]).toMatchObject({
      states: ['EVASION_UNDERDECLARED', 'EVASION_UNPAID_AFTER_REMINDER'],
      since: '2026-11-01',
    });
    expect(told({ ...evaded, underdeclarations: [low] })).toEqual([
      [violation, 'FINE_NEEDS_AMOUNT', null],
    ]);
  });

  test('an excused evasion is fined as late payment, since it was late', () => {
    const reminders = [{ id: 'r', sentOn: '2026-10-08' }];
    const forceMajeure = [{ id: 'f', from: '2026-10-01', to: null, recognisedOn: '2026-10-20' }];
    const given = { obligations: [recent], reminders, forceMajeure };
    expect(fines(given)).toMatchObject([
      { violation: 'LATE_PAYMENT', states: ['EXCUSED'], since: '2026-10-01' },
    ]);
  });

  test('what is suspended has none; what is hard to collect has that of its violation', () => {
    const suspensions = [{ id: 's', fromMonth: '2026-08', decidedOn: '2026-08-01' }];
    const obligations = [owed('2026-08', 10n, { fund: 'RETIREMENT' })];
    expect(told({ obligations, suspensions })).toEqual([]);
    const hardToCollect = [
      { id: 'h', kind: 'ABSCONDED' as const, foundOn: '2026-12-01', from: '2026-12-01' },
    ];
    expect(told({ obligations: [recent], hardToCollect })).toEqual([
      ['LATE_PAYMENT', '12-15', null],
    ]);
  });

  test('health contributions: none while they have no state, and no range when they have one', () => {
    const obligations = [recent, owed('2026-08', 9n, { fund: 'HEALTH' })];
    expect(told({ obligations })).toEqual([['LATE_PAYMENT', '12-15', null]]);
    const table = lawWith({ HEALTH_LATE_RULE: 'AS_SOCIAL_INSURANCE' });
    expect(told({ obligations }, { table })).toEqual([
      ['LATE_PAYMENT', 'FINE_OF_HEALTH_NOT_VERIFIED', null],
      ['LATE_PAYMENT', '12-15', null],
    ]);
  });
});

describe('by the decree that judges it', () => {
  const asked = { obligations: [old, recent] };
  const late = 'LATE_PAYMENT';
  test.each([
    // What began under this decree does not rest on the open question; what began before does.
    [
      'as it is set',
      law,
      fineRows,
      [
        [late, '12-15', 'LAST_DAY'],
        [late, '12-15', null],
      ],
    ],
    [
      'by the first day',
      firstDay,
      fineRows,
      [
        [late, 'FINE_DECREE_NOT_VERIFIED', 'FIRST_DAY'],
        [late, '12-15', null],
      ],
    ],
    [
      'by nothing',
      notSet,
      fineRows,
      [
        [late, 'FINE_DECREE_NOT_SET', null],
        [late, '12-15', null],
      ],
    ],
  ] as const)('%s', (_name, table, rows, expected) => {
    const found = told(asked, { table, rows });
    expect(found).toHaveLength(expected.length);
    expect(found).toEqual(expect.arrayContaining([...expected]));
  });

  test('it says on what it rests', () => {
    const [last] = fines({ obligations: [old] }, { isOrganisation: true });
    expect(last).toMatchObject({ judgedOn: day, since: '2025-10-01' });
    expect(last!.basis.map(({ parameter, reliability }) => [parameter, reliability])).toEqual([
      [null, 'OCR'],
      ['FINE_ORGANISATION_MULTIPLIER', 'OCR'],
      ['FINE_WARNING_THRESHOLD', 'OCR'],
      ['FINE_DECREE_OF_ONGOING', 'OPEN'],
    ]);
    expect(fines({ obligations: [recent] })[0]!.basis).toHaveLength(2);
    expect(fines({ obligations: [old] }, { table: notSet })[0]).toMatchObject({
      parameter: 'FINE_DECREE_OF_ONGOING',
      judgedOn: null,
    });
  });

  test('with both decrees verified, each judges what it is to judge', () => {
    const by = (table: LegalParameters, on: string, amount = 1000n) =>
      fines(
        { obligations: [owed('2025-08', amount * million)] },
        { table, on, rows: bothDecrees },
      ).map(({ range, decreeDay }) => [range?.instrument, range && range.max / million, decreeDay]);
    expect(by(firstDay, day)).toEqual([['12/2022/ND-CP', 70n, 'FIRST_DAY']]);
    expect(by(law, day)).toEqual([['283/2026/ND-CP', 75n, 'LAST_DAY']]);
    for (const table of [law, firstDay, notSet]) {
      expect(by(table, '2026-09-09')).toEqual([['12/2022/ND-CP', 70n, null]]);
    }
  });

  test('before the new decree none is verified, whichever day is taken', () => {
    for (const table of [law, firstDay, notSet]) {
      expect(told({ obligations: [old] }, { table, on: '2026-09-09' })).toEqual([
        [late, 'FINE_DECREE_NOT_VERIFIED', null],
      ]);
    }
  });

  test('debt of the law before was late since a day that nobody knows', () => {
    const obligations = [owed('2024-12', 100n * million)];
    expect(told({ obligations })).toEqual([[late, '12-15', 'LAST_DAY']]);
    const [found] = fines({ obligations }, { table: firstDay, rows: bothDecrees });
    expect(found).toMatchObject({
      since: null,
      judgedOn: null,
      range: null,
      reason: 'FINE_FIRST_DAY_NOT_VERIFIED',
    });
  });
});
