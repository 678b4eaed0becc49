/** The worked cases of Social Insurance Law 41/2024/QH15, as tables: due dates, states, charges. */
import { describe, expect, test } from 'vitest';
import { assess } from '../../src/debt/law.ts';
import type { ItemAssessment } from '../../src/debt/law/assessment.ts';
import { addDays } from '../../src/debt/law/days.ts';
import type { DebtFacts } from '../../src/debt/law/facts.ts';
import { bill } from '../../src/debt/law/fraction.ts';
import type { LegalParameters } from '../../src/debt/law/parameters.ts';
import { facts, law, lawAnd, lawWith, owed, paid } from './law-table.ts';

const hundred = 100_000_000n;
const august = owed('2025-08', hundred);
const reminder = (sentOn: string, months?: string[]) => ({
  id: `reminder ${sentOn}`,
  sentOn,
  months: months ?? null,
});

const on = (day: string, given: Partial<DebtFacts>, table: LegalParameters = law) =>
  assess(table, facts(given), { day });
const itemOn = (day: string, given: Partial<DebtFacts>, table = law): ItemAssessment =>
  on(day, given, table).items[0]!;
const articlesOf = ({ basis }: Pick<ItemAssessment, 'basis'>) =>
  basis.map(({ article }) => article);
const codesOf = ({ reasons }: Pick<ItemAssessment, 'reasons'>) => reasons.map(({ code }) => code);

describe('the due date is the last day of the month after the month or the cycle', () => {
  test.each([
    ['2025-08', 'MONTHLY', null, '2025-09-30'],
    ['2025-12', 'MONTHLY', null, '2026-01-31'],
    ['2026-01', 'MONTHLY', null, '2026-02-28'],
    ['2028-01', 'MONTHLY', null, '2028-02-29'],
    ['2100-01', 'MONTHLY', null, '2100-02-28'],
    ['2025-07', 'QUARTERLY', null, '2025-10-31'],
    ['2025-09', 'QUARTERLY', null, '2025-10-31'],
    ['2025-11', 'QUARTERLY', null, '2026-01-31'],
    ['2025-09', 'QUARTERLY', '2025-09', '2025-12-31'],
    ['2027-11', 'QUARTERLY', '2027-11', '2028-02-29'],
    ['2025-07', 'SEMIANNUAL', null, '2026-01-31'],
    ['2026-06', 'SEMIANNUAL', null, '2026-07-31'],
    // Cycles across the law's start: the last day to pay lies in it.
    ['2025-06', 'MONTHLY', null, '2025-07-31'],
    ['2025-04', 'QUARTERLY', null, '2025-07-31'],
    ['2025-05', 'QUARTERLY', '2025-05', '2025-08-31'],
    ['2025-04', 'SEMIANNUAL', '2025-04', '2025-10-31'],
    ['2025-01', 'SEMIANNUAL', null, '2025-07-31'],
    // Due under the law before, whose rule is not verified.
    ['2025-05', 'MONTHLY', null, null],
    ['2025-03', 'QUARTERLY', null, null],
    ['2024-12', 'SEMIANNUAL', null, null],
  ] as const)('%s, %s from %s: %s', (month, cycle, cycleStart, dueOn) => {
    const item = itemOn('2101-01-01', { obligations: [owed(month, 1n, { cycle, cycleStart })] });
    expect(item.dates.dueOn).toBe(dueOn);
  });

  test.each([
    ['DUE_DAY', '2025-10-31'],
    ['CYCLE_LAST_DAY', '2025-10-31'],
    ['CYCLE_FIRST_DAY', null],
  ])('by which day a crossing cycle is judged is a parameter: %s', (setting, dueOn) => {
    const cycle = { cycle: 'SEMIANNUAL', cycleStart: '2025-04' } as const;
    const table = lawWith({ DUE_RULE_JUDGED_ON: setting });
    const item = itemOn('2025-12-01', { obligations: [owed('2025-08', 1n, cycle)] }, table);
    expect(item.dates.dueOn).toBe(dueOn);
  });

  test('whether a day that is not worked moves is a parameter', () => {
    const obligations = [owed('2025-07', 1n)];
    const table = lawWith({ DUE_DAY_NOT_WORKING: 'NEXT_WORKING_DAY' });
    // 2025-08-31 is a Sunday, 2025-09-01 and -02 are days off.
    expect(itemOn('2025-10-01', { obligations }).dates.dueOn).toBe('2025-08-31');
    expect(itemOn('2025-10-01', { obligations }, table).dates.dueOn).toBe('2025-09-01');
    const off = (day: string) => ({
      code: 'PUBLIC_HOLIDAY',
      value: 'YES',
      validFrom: day,
      validTo: day,
    });
    const withHolidays = lawAnd([
      off('2025-09-01'),
      off('2025-09-02'),
      {
        code: 'DUE_DAY_NOT_WORKING',
        value: 'NEXT_WORKING_DAY',
        validFrom: '2025-07-02',
        reliability: 'OPEN',
      },
    ]);
    expect(itemOn('2025-10-01', { obligations }, withHolidays).dates.dueOn).toBe('2025-09-03');
  });

  test.each([
    ['2026-12', 'NO_SHIFT', '2027-01-31', '2027-04-01'],
    ['2027-12', 'NO_SHIFT', '2028-01-31', '2028-03-31'],
    ['2028-01', 'NO_SHIFT', '2028-02-29', '2028-04-29'],
    // 2026-01-31 is a Saturday: the days count from the day to which it moves.
    ['2025-12', 'NO_SHIFT', '2026-01-31', '2026-04-01'],
    ['2025-12', 'NEXT_WORKING_DAY', '2026-02-02', '2026-04-03'],
  ])('day 60 of %s, %s, due %s: %s', (month, setting, dueOn, lastGraceDay) => {
    const table = lawWith({ DUE_DAY_NOT_WORKING: setting });
    const at = (sentOn: string, days: number) =>
      itemOn(
        addDays(lastGraceDay, days),
        { obligations: [owed(month, 1n)], reminders: [reminder(sentOn)] },
        table,
      );
    const first = addDays(dueOn, 1);
    expect(at(first, 0)).toMatchObject({ state: 'LATE_UNPAID', daysLate: 60 });
    expect(at(first, 0).dates).toMatchObject({ dueOn, lastGraceDay });
    expect(at(first, 1).state).toBe('EVASION_UNPAID_AFTER_REMINDER');
    expect(at(dueOn, 1).state).toBe('LATE_UNPAID');
  });

  test('a cycle start that does not hold the month is refused', () => {
    const obligations = [owed('2025-12', 1n, { cycle: 'QUARTERLY', cycleStart: '2025-09' })];
    expect(() => on('2026-01-01', { obligations })).toThrow(/no QUARTERLY cycle/);
  });
});

describe('period 2025-08 of 100,000,000 dong, nothing paid', () => {
  const given = { obligations: [august] };
  const reminded = { ...given, reminders: [reminder('2025-10-08')] };

  test.each([
    ['2025-08-01', {}, 'ON_TIME', '2025-08-01', 0n],
    ['2025-09-30', {}, 'ON_TIME', '2025-08-01', 0n],
    ['2025-10-01', {}, 'LATE_UNPAID', '2025-10-01', 30_000n],
    ['2025-10-30', {}, 'LATE_UNPAID', '2025-10-01', 900_000n],
    ['2025-12-15', {}, 'LATE_UNPAID', '2025-10-01', 2_280_000n],
    [
      '2025-11-29',
      { reminders: [reminder('2025-10-08')] },
      'LATE_UNPAID',
      '2025-10-01',
      1_800_000n,
    ],
    [
      '2025-11-30',
      { reminders: [reminder('2025-10-08')] },
      'EVASION_UNPAID_AFTER_REMINDER',
      '2025-11-30',
      1_830_000n,
    ],
    [
      '2025-12-15',
      { reminders: [reminder('2025-10-08')] },
      'EVASION_UNPAID_AFTER_REMINDER',
      '2025-11-30',
      2_280_000n,
    ],
    // Reminded after the 60 days: evasion from the day of the reminder.
    [
      '2025-12-09',
      { reminders: [reminder('2025-12-10')] },
      'LATE_UNPAID',
      '2025-10-01',
      2_100_000n,
    ],
    [
      '2025-12-10',
      { reminders: [reminder('2025-12-10')] },
      'EVASION_UNPAID_AFTER_REMINDER',
      '2025-12-10',
      2_130_000n,
    ],
    // Reminders that concern nothing late, or another month.
    [
      '2025-12-15',
      { reminders: [reminder('2025-09-30')] },
      'LATE_UNPAID',
      '2025-10-01',
      2_280_000n,
    ],
    [
      '2025-12-15',
      { reminders: [reminder('2025-10-08', ['2025-07'])] },
      'LATE_UNPAID',
      '2025-10-01',
      2_280_000n,
    ],
    [
      '2025-12-15',
      { reminders: [reminder('2025-12-02'), reminder('2025-10-01', ['2025-08'])] },
      'EVASION_UNPAID_AFTER_REMINDER',
      '2025-11-30',
      2_280_000n,
    ],
  ] as const)('on %s with %o: %s since %s, charge %s', (day, more, state, since, charge) => {
    const found = on(day, { ...given, ...(more as Partial<DebtFacts>) });
    expect(found).toMatchObject({ state, since });
    expect(bill(found.charge.exact!)).toBe(charge);
    expect(found.overdue).toBe(state === 'ON_TIME' ? 0n : hundred);
  });

  test('a reminder does not concern what was registered after it', () => {
    const found = on('2026-01-15', {
      obligations: [{ ...august, registeredOn: '2026-01-05' }],
      reminders: [reminder('2025-10-08')],
    });
    expect(found).toMatchObject({ state: 'LATE_UNPAID', since: '2025-10-01' });
    expect(
      on('2026-01-04', { obligations: [{ ...august, registeredOn: '2026-01-05' }] }),
    ).toMatchObject({ state: 'ON_TIME', balance: 0n, items: [] });
  });

  test('each date that made it so is told, with articles', () => {
    const [item] = on('2025-12-15', reminded).items;
    expect(item).toMatchObject({
      dates: {
        dueOn: '2025-09-30',
        firstLateDay: '2025-10-01',
        lastGraceDay: '2025-11-29',
        remindedOn: '2025-10-08',
        evasionFrom: '2025-11-30',
        excusedOn: null,
        settledOn: null,
      },
      daysLate: 76,
      charge: { exact: { numerator: hundred * 76n * 3n, denominator: 10_000n } },
    });
    expect(articlesOf(item!)).toEqual(['Art 39', 'Art 35', 'Art 39(1)(d)(e)', 'Art 34(4)(a)']);
    expect(articlesOf(itemOn('2025-10-05', given))).toEqual(['Art 38', 'Art 34(4)(a)']);
    expect(articlesOf(itemOn('2025-09-05', given))).toEqual(['Art 34(4)(a)']);
  });

  test.each([
    ['2025-09-15', given, { on: '2025-10-01', state: 'LATE_UNPAID' }, null],
    ['2025-10-05', given, null, { on: '2025-11-30', state: 'EVASION_UNPAID_AFTER_REMINDER' }],
    ['2025-10-10', reminded, { on: '2025-11-30', state: 'EVASION_UNPAID_AFTER_REMINDER' }, null],
    ['2025-12-15', given, null, { on: '2025-12-16', state: 'EVASION_UNPAID_AFTER_REMINDER' }],
    ['2025-12-15', reminded, null, null],
  ] as const)('on %s it is told what comes next, and what a reminder would bring', (...row) => {
    const [day, known, next, ifReminded] = row;
    expect(on(day, known)).toMatchObject({ next, ifReminded });
  });
});

describe('payments', () => {
  test.each([
    ['30 late days', '2025-10-30', 900_000n],
    ['the due date', '2025-09-30', 0n],
    ['one late day', '2025-10-01', 30_000n],
    ['an advance', '2025-07-03', 0n],
  ])('paid in full after %s (%s): charge %s', (_name, receivedOn, charge) => {
    const found = on('2026-06-30', {
      obligations: [august],
      payments: [paid(receivedOn, hundred)],
      reminders: [reminder('2025-10-01')],
    });
    expect(found).toMatchObject({ state: 'ON_TIME', overdue: 0n, credit: 0n, monthsLate: 0 });
    expect(bill(found.charge.exact!)).toBe(charge);
  });

  test('whether the day of receipt counts is a parameter', () => {
    const given = { obligations: [august], payments: [paid('2025-10-31', hundred)] };
    const charge = (table: LegalParameters) => bill(on('2026-01-01', given, table).charge.exact!);
    expect([charge(law), charge(lawWith({ PAYMENT_DAY_COUNTS: 'NO' }))]).toEqual([
      930_000n,
      900_000n,
    ]);
  });

  test('the rest of a part payment stays late from its own due date, each part charged for its days', () => {
    const found = on('2025-12-15', {
      obligations: [august],
      payments: [paid('2025-10-10', 33_333_333n), paid('2025-11-09', 1n)],
      reminders: [reminder('2025-10-08')],
    });
    expect(found).toMatchObject({ state: 'EVASION_UNPAID_AFTER_REMINDER', since: '2025-11-30' });
    expect(found.overdue).toBe(66_666_666n);
    expect(found.charge.exact).toEqual({
      numerator: (33_333_333n * 10n + 1n * 40n + 66_666_666n * 76n) * 3n,
      denominator: 10_000n,
    });
  });

  test('the oldest debt is paid first, across months and funds, and the rest is an advance', () => {
    const obligations = ['2025-09', '2025-07', '2025-08'].flatMap((month) => [
      owed(month, 10n, { fund: 'RETIREMENT' }),
      owed(month, 3n, { fund: 'UNEMPLOYMENT' }),
    ]);
    const at = (day: string) =>
      on(day, { obligations, payments: [paid('2025-09-02', 15n), paid('2025-10-20', 29n)] });
    const state = ({ items }: ReturnType<typeof at>) =>
      items.map(({ id, paid: amount }) => [id, amount]);
    expect(state(at('2025-09-02'))).toEqual([
      ['2025-07 RETIREMENT', 10n],
      ['2025-07 UNEMPLOYMENT', 3n],
      ['2025-08 RETIREMENT', 0n],
      ['2025-08 UNEMPLOYMENT', 2n],
      ['2025-09 RETIREMENT', 0n],
      ['2025-09 UNEMPLOYMENT', 0n],
    ]);
    expect(at('2025-10-20')).toMatchObject({ overdue: 0n, balance: 0n, credit: 5n });
  });

  test('an advance meets later months when they begin', () => {
    const given = {
      obligations: [owed('2025-08', 100n), owed('2025-09', 100n), owed('2025-10', 100n)],
      payments: [paid('2025-08-15', 250n)],
    };
    expect(on('2025-08-20', given)).toMatchObject({ credit: 150n, balance: 0n });
    expect(on('2025-09-20', given)).toMatchObject({ credit: 50n, balance: 0n });
    const later = on('2025-12-01', given);
    expect(later).toMatchObject({ credit: 0n, overdue: 50n, monthsLate: 1 });
    expect(later.allocations.at(-1)).toMatchObject({
      receivedOn: '2025-08-15',
      allocatedOn: '2025-10-01',
      amount: 50n,
    });
  });

  test('a corrected payment counts as it was known', () => {
    const wrong = paid('2025-09-20', hundred, {
      id: 'p1',
      knownFrom: '2025-09-21T02:00:00.000Z',
      knownTo: '2025-11-03T02:00:00.000Z',
    });
    const right = paid('2025-09-20', 10_000_000n, {
      id: 'p1',
      knownFrom: '2025-11-03T02:00:00.000Z',
    });
    const given = facts({ obligations: [august], payments: [right, wrong] });
    const known = (knownAt: string | null) =>
      assess(law, given, { day: '2025-10-31', knownAt }).overdue;
    expect(known('2025-09-20T00:00:00.000Z')).toBe(hundred);
    expect(known('2025-11-03T01:59:59.999Z')).toBe(0n);
    expect(known('2025-11-03T02:00:00.000Z')).toBe(90_000_000n);
    expect(known(null)).toBe(90_000_000n);
  });

  test('a reversed payment counts as never received, from the day of the reversal', () => {
    const payments = [paid('2025-09-20', hundred, { reversedOn: '2025-10-15' })];
    const given = { obligations: [august], payments };
    expect(on('2025-10-14', given).state).toBe('ON_TIME');
    const after = on('2025-10-15', given);
    expect(after).toMatchObject({ state: 'LATE_UNPAID', since: '2025-10-01', overdue: hundred });
    expect(bill(after.charge.exact!)).toBe(450_000n);
  });

  test.each([
    // Paid anew after the reversal, and paid twice before it.
    ['2025-10-17', '2025-10-20', 'LATE_UNPAID', 510_000n, 0n],
    ['2025-10-20', '2025-10-20', 'ON_TIME', 600_000n, 0n],
    ['2025-10-14', '2025-10-05', 'ON_TIME', 0n, hundred],
    ['2025-10-15', '2025-10-05', 'ON_TIME', 150_000n, 0n],
  ])(
    'of a reversed payment and one more, on %s, of %s: %s, charge %s',
    (day, again, state, charge, credit) => {
      const payments = [
        paid('2025-09-20', hundred, { reversedOn: '2025-10-15' }),
        paid(again, hundred),
      ];
      const found = on(day, { obligations: [august], payments });
      expect(found).toMatchObject({ state, credit });
      expect(bill(found.charge.exact!)).toBe(charge);
    },
  );

  test('payments until a later cut-off reduce what was late on the debt date', () => {
    const given = facts({
      obligations: [august, owed('2025-09', hundred)],
      payments: [paid('2026-01-10', hundred), paid('2026-01-20', hundred)],
    });
    const until = (paidUntil: string | null) =>
      assess(law, given, { day: '2025-12-31', paidUntil });
    expect(until(null)).toMatchObject({ overdue: 2n * hundred, monthsLate: 2 });
    expect(until('2026-01-10')).toMatchObject({ overdue: hundred, monthsLate: 1 });
    expect(until('2026-01-20')).toMatchObject({ overdue: 0n, state: 'ON_TIME' });
    expect(until('2026-01-20').charge).toEqual(until(null).charge);
  });
});

describe('suspension of the retirement fund', () => {
  const months = ['2025-08', '2025-09', '2025-10', '2025-11'];
  const obligations = months.flatMap((month) => [
    owed(month, 22n, { fund: 'RETIREMENT' }),
    owed(month, 3n),
  ]);
  const suspension = {
    id: 's1',
    fromMonth: '2025-09',
    toMonth: '2025-10',
    decidedOn: '2025-10-20',
  };
  const given = { obligations, suspensions: [suspension] };

  test.each([
    // Decided on 2025-10-20: before that everything is owed as ever.
    ['2025-10-19', { overdue: 25n, suspended: 0n, monthsLate: 1 }],
    ['2025-10-20', { overdue: 25n, suspended: 44n, monthsLate: 1 }],
    ['2025-10-31', { overdue: 25n, suspended: 44n, monthsLate: 1 }],
    // Over since 2025-11-01: due again, by the last day of the month after it.
    ['2025-11-01', { overdue: 28n, suspended: 0n, monthsLate: 2 }],
    ['2025-11-30', { overdue: 28n, suspended: 0n, monthsLate: 2 }],
    ['2025-12-01', { overdue: 75n, suspended: 0n, monthsLate: 3 }],
  ])('in the middle of months and of late days, on %s', (day, expected) => {
    expect(on(day, given)).toMatchObject(expected);
  });

  test('nothing is charged for what was suspended until its own due date', () => {
    const only = { ...given, obligations: [owed('2025-09', hundred, { fund: 'RETIREMENT' })] };
    expect(itemOn('2025-10-25', only)).toMatchObject({
      state: 'SUSPENDED',
      since: '2025-10-20',
      overdue: 0n,
      next: { on: '2025-12-01', state: 'LATE_UNPAID' },
    });
    expect(on('2025-10-25', only)).toMatchObject({ state: 'SUSPENDED', monthsLate: 0 });
    expect(articlesOf(itemOn('2025-10-25', only))[0]).toBe('Art 37');
    const after = itemOn('2025-12-03', only);
    expect(after).toMatchObject({ state: 'LATE_UNPAID', dates: { dueOn: '2025-11-30' } });
    expect(bill(after.charge.exact!)).toBe(90_000n);
  });

  test('a suspension that is over before the cycle makes nothing due earlier', () => {
    const cycle = { cycle: 'SEMIANNUAL', fund: 'RETIREMENT' } as const;
    const item = itemOn('2025-12-01', {
      obligations: [owed('2025-09', 5n, cycle)],
      suspensions: [suspension],
    });
    expect(item).toMatchObject({ state: 'ON_TIME', dates: { dueOn: '2026-01-31' } });
  });

  test('since the first of the decisions that reach the month', () => {
    const more = { id: 's2', fromMonth: '2025-08', toMonth: '2025-12', decidedOn: '2025-10-25' };
    const only = [owed('2025-09', 1n, { fund: 'RETIREMENT' })];
    const item = itemOn('2025-10-30', { obligations: only, suspensions: [more, suspension] });
    expect(item.since).toBe('2025-10-20');
  });

  test('only the suspended months of a cycle wait', () => {
    const cycle = { cycle: 'QUARTERLY', fund: 'RETIREMENT' } as const;
    const quarter = ['2025-07', '2025-08', '2025-09'].map((month) => owed(month, 5n, cycle));
    const found = on('2025-11-15', {
      obligations: quarter,
      suspensions: [{ ...suspension, toMonth: '2025-12', decidedOn: '2025-09-01' }],
    });
    expect(found).toMatchObject({ overdue: 10n, suspended: 5n, oldestDueOn: '2025-10-31' });
  });

  test('no more than twelve months, in one decision or in several', () => {
    const year = Array.from({ length: 14 }, (_, i) =>
      owed(
        `${2025 + Math.floor((i + 8) / 12)}-${String(((i + 8) % 12) + 1).padStart(2, '0')}`,
        1n,
        {
          fund: 'RETIREMENT',
        },
      ),
    );
    const one = [{ ...suspension, toMonth: null, decidedOn: '2025-09-01' }];
    const two = [
      { ...suspension, toMonth: '2026-02', decidedOn: '2025-09-01' },
      { id: 's2', fromMonth: '2026-03', toMonth: '2026-12', decidedOn: '2026-02-20' },
    ];
    for (const suspensions of [one, two]) {
      const during = on('2026-08-31', { obligations: year, suspensions });
      expect(during).toMatchObject({ suspended: 12n, overdue: 0n });
      const after = on('2026-10-31', { obligations: year, suspensions });
      expect(after).toMatchObject({ suspended: 0n, overdue: 12n });
    }
  });

  test.each([
    // Decided while what came before could be paid in time: all of it waits.
    ['2025-11-30', '2025-11', '2025-12-01', 'SUSPENDED', '2025-09-01', 0n, 66n],
    // Decided a day later: what is late by then stays so, with its charge.
    ['2025-12-01', '2025-11', '2025-12-01', 'LATE_UNPAID', '2025-12-01', 44n, 22n],
    [
      '2025-12-10',
      '2025-11',
      '2026-01-31',
      'EVASION_UNPAID_AFTER_REMINDER',
      '2026-01-30',
      44n,
      22n,
    ],
    // A month that it names itself is suspended again.
    ['2025-12-10', '2025-10', '2025-12-10', 'LATE_UNPAID', '2025-12-01', 22n, 44n],
  ] as const)(
    'a second decision of %s for months from %s, on %s: %s since %s, overdue %s',
    (decidedOn, fromMonth, day, state, since, overdue, suspended) => {
      const given2 = {
        obligations: ['2025-09', '2025-10', '2025-11'].map((month) =>
          owed(month, 22n, { fund: 'RETIREMENT' }),
        ),
        suspensions: [
          { ...suspension, decidedOn: '2025-09-01' },
          { id: 's2', fromMonth, toMonth: '2026-01', decidedOn },
        ],
        reminders: [reminder('2025-12-05')],
      };
      expect(on(day, given2)).toMatchObject({ state, since, overdue, suspended });
    },
  );

  test('an early end frees the later months', () => {
    const suspensions = [
      { ...suspension, toMonth: '2026-06', decidedOn: '2025-09-01', endedOn: '2025-10-10' },
    ];
    const at = (day: string) => on(day, { obligations, suspensions });
    expect(at('2025-10-09').suspended).toBe(44n);
    expect(at('2025-11-01')).toMatchObject({ suspended: 0n, overdue: 28n });
    expect(at('2025-12-01')).toMatchObject({ overdue: 75n });
  });

  test('money passes by what is suspended and meets it when the suspension is over', () => {
    const only = [owed('2025-09', 10n, { fund: 'RETIREMENT' }), owed('2025-09', 2n)];
    const suspensions = [{ ...suspension, decidedOn: '2025-09-01' }];
    const given2 = { obligations: only, suspensions, payments: [paid('2025-10-15', 12n)] };
    expect(on('2025-10-15', given2)).toMatchObject({ credit: 10n, suspended: 10n, overdue: 0n });
    expect(on('2025-11-01', given2)).toMatchObject({ credit: 0n, suspended: 0n, balance: 0n });
    const payments = [paid('2025-10-15', 2n), paid('2025-12-10', 10n)];
    const later = on('2025-12-10', { ...given2, payments });
    expect(later).toMatchObject({ credit: 0n, balance: 0n, state: 'ON_TIME' });
    expect(bill(later.charge.exact!)).toBe(0n);
  });

  test('without a rule for the time after it the state is null with the reason', () => {
    const only = { ...given, obligations: [owed('2025-09', 1n, { fund: 'RETIREMENT' })] };
    const item = itemOn('2026-01-15', only, lawWith({ SUSPENSION_CATCH_UP_DUE: '' }));
    expect(item.state).toBeNull();
    expect(codesOf(item)).toEqual(['PARAMETER_NOT_VERIFIED']);
  });
});

describe('reasons that excuse', () => {
  const reminded = { obligations: [august], reminders: [reminder('2025-10-08')] };
  const storm = (from: string, to: string | null, recognisedOn: string, months?: string[]) => ({
    forceMajeure: [{ id: 'storm', from, to, recognisedOn, months: months ?? null }],
  });

  test.each([
    ['2025-11-29', storm('2025-10-20', '2025-10-25', '2025-11-20'), 'LATE_UNPAID'],
    ['2025-12-15', storm('2025-10-20', '2025-10-25', '2025-11-20'), 'EXCUSED'],
    ['2025-12-15', storm('2025-09-01', null, '2025-11-20'), 'EXCUSED'],
    ['2025-12-09', storm('2025-10-20', null, '2025-12-10'), 'EVASION_UNPAID_AFTER_REMINDER'],
    ['2025-12-10', storm('2025-10-20', null, '2025-12-10'), 'EXCUSED'],
    [
      '2025-12-15',
      storm('2025-09-01', '2025-09-30', '2025-10-02'),
      'EVASION_UNPAID_AFTER_REMINDER',
    ],
    ['2025-12-15', storm('2025-12-01', null, '2025-12-05'), 'EVASION_UNPAID_AFTER_REMINDER'],
    [
      '2025-12-15',
      storm('2025-10-20', null, '2025-11-20', ['2025-09']),
      'EVASION_UNPAID_AFTER_REMINDER',
    ],
  ] as const)('on %s with %o: %s', (day, more, state) => {
    expect(on(day, { ...reminded, ...(more as Partial<DebtFacts>) }).state).toBe(state);
  });

  test('it works from the day on which it is recognised', () => {
    const late = storm('2025-10-20', null, '2025-12-10');
    expect(on('2025-12-20', { ...reminded, ...late }).since).toBe('2025-12-10');
  });

  test('an excused evasion is charged as late payment', () => {
    const more = storm('2025-10-20', '2025-10-25', '2025-11-20');
    const found = on('2025-12-15', { ...reminded, ...more });
    expect(bill(found.charge.exact!)).toBe(2_280_000n);
    expect(found).toMatchObject({ since: '2025-11-30', overdue: hundred });
    expect(articlesOf(found)[0]).toBe('Art 38(4)');
    expect(itemOn('2025-11-25', { ...reminded, ...more }).next).toMatchObject({
      on: '2025-11-30',
      state: 'EXCUSED',
    });
  });
});

describe('workers not registered', () => {
  const hired = { id: 'r1', dutyFrom: '2025-08-01', workers: 3 };
  test.each([
    ['2025-08-31', null, 'ON_TIME', '2025-08-01'],
    ['2025-09-01', null, 'LATE_UNREGISTERED', '2025-09-01'],
    ['2025-10-30', null, 'LATE_UNREGISTERED', '2025-09-01'],
    ['2025-10-31', null, 'EVASION_UNREGISTERED', '2025-10-31'],
    ['2025-10-31', '2025-11-05', 'EVASION_UNREGISTERED', '2025-10-31'],
    ['2025-11-05', '2025-11-05', 'ON_TIME', '2025-11-05'],
    ['2025-11-05', '2025-08-31', 'ON_TIME', '2025-08-01'],
  ])('hired 2025-08-01, on %s, registered %s: %s', (day, registeredOn, state, since) => {
    const found = on(day, { registrations: [{ ...hired, registeredOn }] });
    expect(found).toMatchObject({ state, since });
    expect(found.workersAffected).toBe(state === 'ON_TIME' ? 0 : 3);
    expect(found.items[0]!.dates.dueOn).toBe('2025-08-31');
  });

  test('the articles, and the next deadline', () => {
    const found = itemOn('2025-09-10', { registrations: [hired] });
    expect(articlesOf(found)).toEqual(['Art 38', 'Art 28(1)', 'Art 38(2)(3)']);
    expect(found.next).toEqual({ on: '2025-10-31', state: 'EVASION_UNREGISTERED' });
  });

  test('a reason excuses it too', () => {
    const forceMajeure = [{ id: 'f', from: '2025-09-15', to: null, recognisedOn: '2025-10-01' }];
    const given = { registrations: [hired], forceMajeure };
    expect(on('2025-10-30', given).state).toBe('LATE_UNREGISTERED');
    expect(on('2025-11-30', given).state).toBe('EXCUSED');
  });

  test.each([
    ['2028-01-30', '2028-02-29'],
    ['2025-06-01', '2025-07-01'],
  ])('a duty of %s must be met until %s', (dutyFrom, dueOn) => {
    const item = itemOn('2028-12-01', { registrations: [{ ...hired, dutyFrom }] });
    expect(item.dates.dueOn).toBe(dueOn);
  });

  test('a deadline of the law before is null with the reason, unless the operator sets it', () => {
    const given = { registrations: [{ ...hired, dutyFrom: '2025-05-31' }] };
    const item = itemOn('2026-01-01', given);
    expect(item.state).toBeNull();
    expect(codesOf(item)).toEqual(['OLD_LAW_NOT_VERIFIED']);
    const table = lawWith({ OLD_DUTY_DEADLINE: '2025-07-31' });
    expect(itemOn('2025-10-01', given, table).state).toBe('EVASION_UNREGISTERED');
    expect(itemOn('2025-09-29', given, table).state).toBe('LATE_UNREGISTERED');
  });

  test('the charge needs the amount and the day from which it runs', () => {
    const charge = (amount: bigint | null, table = law) =>
      itemOn('2025-11-01', { registrations: [{ ...hired, amount }] }, table).charge;
    expect(codesOf(charge(null))).toEqual(['AMOUNT_NOT_KNOWN']);
    expect(codesOf(charge(hundred))).toEqual(['UNREGISTERED_CHARGE_START_NOT_STATED']);
    const from = (value: string) => lawWith({ UNREGISTERED_CHARGE_FROM: value });
    expect(bill(charge(hundred, from('DAY_EVASION_BEGINS')).exact!)).toBe(60_000n);
    expect(bill(charge(hundred, from('DAY_AFTER_DEADLINE')).exact!)).toBe(1_860_000n);
  });
});

describe('salaries registered below the legal base', () => {
  const low = {
    id: 'u1',
    month: '2025-08',
    registeredBase: 5_000_000n,
    legalBase: 9_000_000n,
    workers: 2,
    amount: hundred,
  };
  test.each([
    ['2025-09-30', {}, 'ON_TIME', 0n],
    ['2025-10-01', {}, 'EVASION_UNDERDECLARED', 30_000n],
    ['2025-10-10', {}, 'EVASION_UNDERDECLARED', 300_000n],
    ['2025-10-10', { correctedOn: '2025-10-10' }, 'ON_TIME', 0n],
    ['2025-10-10', { registeredBase: 9_000_000n }, 'ON_TIME', 0n],
    ['2028-02-29', { month: '2028-01' }, 'ON_TIME', 0n],
    ['2028-03-01', { month: '2028-01' }, 'EVASION_UNDERDECLARED', 30_000n],
  ])('on %s with %o: %s, charge %s', (day, more, state, charge) => {
    const found = on(day, { underdeclarations: [{ ...low, ...more }] });
    expect(found.state).toBe(state);
    expect(bill(found.charge.exact!)).toBe(charge);
  });

  test.each([
    ['2025-04', null],
    // To be declared until 2025-06-30, a day of the law before.
    ['2025-05', null],
    ['2025-06', 'EVASION_UNDERDECLARED'],
  ])('of the law before null with the reason: %s is %s', (month, state) => {
    const found = on('2026-01-01', { underdeclarations: [{ ...low, month }] });
    expect(found.state).toBe(state);
    expect(codesOf(found)).toEqual(state === null ? ['OLD_LAW_NOT_VERIFIED'] : []);
  });
});

describe('debt of the law before', () => {
  const old = { obligations: [owed('2025-03', hundred)] };

  test.each([
    [['2024-01', '2025-03'], '2024-02-29'],
    [['2025-06', '2024-01', '2025-05'], '2024-02-29'],
    [['2025-06'], '2025-07-31'],
  ])('%j is oldest by its calendar, though no due date of it is verified', (months, oldest) => {
    const obligations = months.map((month) => owed(month, hundred));
    expect(on('2026-11-28', { obligations }).oldestDueOn).toBe(oldest);
    const payments = [paid('2024-01-15', hundred * BigInt(months.length))];
    expect(on('2026-11-28', { obligations, payments }).oldestDueOn).toBeNull();
  });

  test('before 2025-07-01 there is no state, but a reason', () => {
    const found = on('2025-06-30', old);
    expect(found).toMatchObject({ state: null, overdue: hundred, unjudged: hundred });
    expect(codesOf(found)).toEqual(['OLD_LAW_NOT_VERIFIED']);
  });

  test.each([
    ['2025-05-31', 'ON_TIME'],
    // The month has ended, and no verified rule says until when it may be paid.
    ['2025-06-01', null],
    ['2025-06-30', null],
    ['2025-07-01', 'LATE_UNPAID'],
  ])('May 2025 on %s: %s', (day, state) => {
    const found = on(day, { obligations: [owed('2025-05', hundred)] });
    expect(found.state).toBe(state);
    expect(codesOf(found)).toEqual(day < '2025-07-01' ? ['OLD_LAW_NOT_VERIFIED'] : []);
  });

  test.each([
    ['CYCLE_LAST_DAY', { month: '2025-06', cycle: 'MONTHLY' }, '2025-09-15'],
    [
      'CYCLE_FIRST_DAY',
      { month: '2025-08', cycle: 'SEMIANNUAL', cycleStart: '2025-04' },
      '2025-09-15',
    ],
    [
      'CYCLE_FIRST_DAY',
      { month: '2025-08', cycle: 'SEMIANNUAL', cycleStart: '2025-04' },
      '2026-01-15',
    ],
  ] as const)(
    'by %s, what may have fallen due later is none that passed: %o on %s',
    (setting, { month, ...more }, day) => {
      const table = lawWith({ DUE_RULE_JUDGED_ON: setting, OLD_DEBT_CHARGE_FROM: '2025-07-01' });
      const given = { obligations: [owed(month, 1n, more)], reminders: [reminder('2025-07-08')] };
      const item = itemOn(day, given, table);
      expect(item).toMatchObject({ state: null, charge: { exact: null } });
      expect([codesOf(item), codesOf(item.charge)]).toEqual([
        ['OLD_LAW_NOT_VERIFIED'],
        ['OLD_LAW_NOT_VERIFIED'],
      ]);
    },
  );

  test.each([
    // Counted from a later day: late since the law began all the same.
    ['2025-09-01', '2025-10-30', 'LATE_UNPAID', '2025-07-01'],
    ['2025-09-01', '2025-10-31', 'EVASION_UNPAID_AFTER_REMINDER', '2025-10-31'],
    // From a day before the law: over when it began, so that the reminder decides.
    ['2025-05-01', '2025-07-07', 'LATE_UNPAID', '2025-07-01'],
    ['2025-05-01', '2025-07-08', 'EVASION_UNPAID_AFTER_REMINDER', '2025-07-08'],
  ])('its days counted from %s, on %s: %s since %s', (from, day, state, since) => {
    const table = lawWith({ OLD_DEBT_DAYS_FROM: from });
    const reminders = [reminder('2025-05-08'), reminder('2025-07-08')];
    expect(on(day, { ...old, reminders }, table)).toMatchObject({ state, since });
  });

  test.each([
    ['2025-02-28', 'SUSPENDED'],
    ['2025-03-01', null],
    ['2025-06-30', null],
    ['2025-07-01', 'LATE_UNPAID'],
  ])('what a suspension deferred that was over before passes too: on %s %s', (day, state) => {
    const found = on(day, {
      obligations: [owed('2024-12', hundred, { fund: 'RETIREMENT' })],
      suspensions: [{ id: 's', fromMonth: '2024-09', toMonth: '2025-02', decidedOn: '2024-09-01' }],
    });
    expect(found.state).toBe(state);
    expect(codesOf(found)).toEqual(day < '2025-07-01' ? ['OLD_LAW_NOT_VERIFIED'] : []);
  });

  test('what is still open passes to the new rules', () => {
    const item = itemOn('2025-07-01', old);
    expect(item).toMatchObject({ state: 'LATE_UNPAID', since: '2025-07-01', daysLate: null });
    expect(articlesOf(item)).toEqual(['Art 38', 'Art 141(12)']);
    expect(codesOf(item.charge)).toEqual(['OLD_DEBT_CHARGE_START_NOT_STATED']);
    expect(codesOf(item.oldInterest)).toEqual(['OLD_LAW_INTEREST_NOT_VERIFIED']);
    const reminded = { ...old, reminders: [reminder('2025-05-08'), reminder('2025-07-08')] };
    expect(on('2025-08-29', reminded).state).toBe('LATE_UNPAID');
    expect(on('2025-08-30', reminded).state).toBe('EVASION_UNPAID_AFTER_REMINDER');
    expect(on('2025-08-30', { ...old, reminders: [reminder('2025-05-08')] }).state).toBe(
      'LATE_UNPAID',
    );
  });

  test('the start of its charge is a parameter', () => {
    const table = lawWith({ OLD_DEBT_CHARGE_FROM: '2025-07-01' });
    const payments = [paid('2025-06-20', 40_000_000n), paid('2025-07-10', 10_000_000n)];
    const found = on('2025-07-20', { ...old, payments }, table);
    expect(found.charge.exact).toEqual({
      numerator: (10_000_000n * 10n + 50_000_000n * 20n) * 3n,
      denominator: 10_000n,
    });
    expect(found.oldInterest.exact).toBeNull();
  });

  test('what was paid before the law owes no charge of it', () => {
    const payments = [paid('2025-06-20', hundred)];
    const found = on('2026-01-01', { ...old, payments });
    expect(found).toMatchObject({ state: 'ON_TIME', charge: { exact: { numerator: 0n } } });
    expect(found.oldInterest.exact).toBeNull();
    const inTime = on('2026-01-01', { ...old, payments: [paid('2025-03-20', hundred)] });
    expect(inTime.oldInterest.exact).toMatchObject({ numerator: 0n });
  });
});

describe('health insurance has a law of its own', () => {
  const health = { obligations: [owed('2025-08', hundred, { fund: 'HEALTH' })] };

  test('overdue, but its state and charge are null with the reason', () => {
    const found = on('2025-10-05', health);
    expect(found).toMatchObject({ state: null, overdue: hundred, unjudged: hundred });
    expect(found.charge.exact).toBeNull();
    expect(codesOf(found)).toEqual(['HEALTH_LAW_NOT_VERIFIED']);
    expect(on('2025-09-30', health)).toMatchObject({ state: 'ON_TIME', overdue: 0n });
  });

  test('beside other debt the state is that of the other debt, and what is known of the charge is told', () => {
    const both = { obligations: [...health.obligations, owed('2025-08', hundred)] };
    const found = on('2025-10-05', both);
    expect(found).toMatchObject({ state: 'LATE_UNPAID', overdue: 2n * hundred });
    expect([found.unjudged, bill(found.knownCharge)]).toEqual([hundred, 150_000n]);
    expect(found.charge.exact).toBeNull();
  });

  test('the operator may set its rules', () => {
    const table = lawWith({ HEALTH_LATE_RULE: 'AS_SOCIAL_INSURANCE', HEALTH_DAILY_RATE: '0.03' });
    const found = on('2025-10-05', health, table);
    expect(found).toMatchObject({ state: 'LATE_UNPAID', unjudged: 0n });
    expect(bill(found.charge.exact!)).toBe(150_000n);
    expect(itemOn('2025-10-05', health, lawWith({ HEALTH_DUE_RULE: '' })).dates.dueOn).toBeNull();
  });
});

describe('hard to collect', () => {
  const given = { obligations: [august], reminders: [reminder('2025-10-08')] };
  const gone = { id: 'h', kind: 'ABSCONDED', from: '2025-11-10' } as const;
  const found = { ...gone, foundOn: '2025-12-01', to: '2026-01-31' };
  test.each([
    ['2025-11-30', 'EVASION_UNPAID_AFTER_REMINDER', '2025-11-30'],
    ['2025-12-01', 'HARD_TO_COLLECT', '2025-12-01'],
    ['2026-01-31', 'HARD_TO_COLLECT', '2025-12-01'],
    ['2026-02-01', 'EVASION_UNPAID_AFTER_REMINDER', '2025-11-30'],
  ])('on %s: %s since %s', (day, state, since) => {
    const judged = on(day, { ...given, hardToCollect: [found] });
    expect(judged).toMatchObject({ state, since });
    expect(judged.items[0]!.lawState).toBe('EVASION_UNPAID_AFTER_REMINDER');
  });

  test('found by the cut-off of a list, it counts for the list', () => {
    const ask = (paidUntil: string) =>
      assess(
        law,
        { payments: [], ...given, hardToCollect: [found] },
        { day: '2025-11-30', paidUntil },
      );
    expect(ask('2025-11-30').state).toBe('EVASION_UNPAID_AFTER_REMINDER');
    expect(ask('2025-12-01')).toMatchObject({ state: 'HARD_TO_COLLECT', since: '2025-11-30' });
  });

  test('who owes nothing is on time, gone or not', () => {
    const payments = [paid('2025-09-01', hundred)];
    expect(on('2025-12-05', { ...given, payments, hardToCollect: [found] }).state).toBe('ON_TIME');
  });
});

describe('after a suspension', () => {
  const span = { fromMonth: '2025-09', toMonth: '2025-11', decidedOn: '2025-10-20' };
  const given = {
    obligations: ['2025-09', '2025-10'].map((month) => owed(month, 10n, { fund: 'RETIREMENT' })),
    suspensions: [{ id: 's', ...span }],
  };
  test.each([
    ['2025-11-30', null, 'SUSPENDED', '2025-10-20'],
    ['2025-12-15', null, 'ON_TIME', '2025-12-01'],
    ['2025-12-15', '2025-12-10', 'ON_TIME', '2025-12-01'],
    ['2025-12-15', '2025-11-10', 'ON_TIME', '2025-12-01'],
    // Paid before it was decided, and so never suspended.
    ['2025-12-15', '2025-10-10', 'ON_TIME', '2025-09-01'],
  ])('on %s paid on %s: %s since %s', (day, paidOn, state, since) => {
    const payments = paidOn === null ? [] : [paid(paidOn, 20n)];
    expect(on(day, { ...given, payments }).items[0]).toMatchObject({ state, since });
  });
});

describe('the rate is the one in force on each day', () => {
  test('a rate that changes in the middle', () => {
    const table = lawAnd([
      {
        code: 'LATE_EVASION_DAILY_RATE',
        value: '0.05',
        unit: 'percent_per_day',
        validFrom: '2025-10-11',
      },
    ]);
    const found = on('2025-10-15', { obligations: [august] }, table);
    expect(bill(found.charge.exact!)).toBe(10n * 30_000n + 5n * 50_000n);
  });

  test('a rate that is second-hand is none', () => {
    const table = lawAnd([
      {
        code: 'LATE_EVASION_DAILY_RATE',
        value: '0.05',
        unit: 'percent_per_day',
        validFrom: '2025-10-11',
        reliability: 'SECONDARY',
      },
    ]);
    const found = on('2025-10-15', { obligations: [august] }, table);
    expect(codesOf(found.charge)).toEqual(['PARAMETER_NOT_VERIFIED']);
  });

  test.each([
    [{ numerator: 1n, denominator: 2n }, 1n],
    [{ numerator: 4999n, denominator: 10_000n }, 0n],
    [{ numerator: 15_000n, denominator: 10_000n }, 2n],
    [{ numerator: 0n, denominator: 1n }, 0n],
  ])('billed once, half a dong upwards: %o is %s', (exact, billed) => {
    expect(bill(exact)).toBe(billed);
  });
});

describe('facts that are none are refused', () => {
  test.each([
    [{ payments: [paid('2025-02-29', 1n)] }, /receivedOn of paid 2025-02-29 is no day/],
    [{ payments: [paid('2025-02-28', -1n)] }, /is no amount/],
    [{ payments: [paid('2025-02-28', 1n), paid('2025-02-28', 2n)] }, /twice/],
    [{ obligations: [owed('2025-13', 1n)] }, /is no month/],
    [{ payments: [paid('2025-02-28', 1n, { knownFrom: '2025-02-28' })] }, /is no instant/],
  ])('%o', (given, message) => {
    expect(() => on('2025-12-01', given)).toThrow(message);
  });
  test('a day asked that is no day', () => {
    expect(() => on('2025-11-31', {})).toThrow(/no day/);
  });
});
