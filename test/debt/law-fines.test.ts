/** Fines as ranges of the decree in force, and what an inspector and the statutory list take from an assessment. */
import { describe, expect, test } from 'vitest';
import { assess } from '../../src/debt/law.ts';
import type { DebtFacts } from '../../src/debt/law/facts.ts';
import { fineFor, violationOf, type FineQuestion } from '../../src/debt/law/fines.ts';
import { internalPosition } from '../../src/debt/law/position.ts';
import { becameLateThisMonth, listingOf, turningEvasion } from '../../src/debt/law/watch.ts';
import { facts, fineRows, law, lawWith, owed, paid } from './law-table.ts';

const million = 1_000_000n;

describe('fines are ranges of the decree in force', () => {
  const asked: FineQuestion = {
    violation: 'LATE_REGISTRATION',
    on: '2026-10-01',
    isOrganisation: false,
    workers: 10,
  };
  test.each([
    ['LATE_REGISTRATION', 1, false, 5n, 10n],
    ['LATE_REGISTRATION', 9, true, 10n, 20n],
    ['LATE_REGISTRATION', 10, false, 10n, 15n],
    ['LATE_REGISTRATION', 999, true, 100n, 120n],
    ['LATE_REGISTRATION', 1000, true, 120n, 150n],
    ['EVASION_UNREGISTERED', 49, false, 12n, 20n],
    ['EVASION_UNREGISTERED', 5000, false, 70n, 75n],
  ])('%s of %i workers, organisation %s: %s to %s million', (violation, workers, org, min, max) => {
    const { range } = fineFor(law, fineRows, { ...asked, violation, workers, isOrganisation: org });
    expect(range).toMatchObject({ min: min * million, max: max * million, cappedAt: null });
    expect(range).toMatchObject({ instrument: '283/2026/ND-CP', reliability: 'OCR' });
    expect(range!.warningThreshold).toBe(400_000n);
  });

  test.each([
    ['LATE_PAYMENT', 100n * million, false, 12n * million, 15n * million, null],
    ['LATE_PAYMENT', 100n * million, true, 24n * million, 30n * million, null],
    ['LATE_PAYMENT', 600n * million, false, 72n * million, 75n * million, 75n * million],
    ['LATE_PAYMENT', 10_000n * million, true, 150n * million, 150n * million, 150n * million],
    ['EVASION_UNDERDECLARED_OR_UNPAID', 3n, false, 1n, 1n, null],
    // 1.08 and 1.2 dong: rounded once, and not twice 0.54 and 0.6 rounded.
    ['EVASION_UNDERDECLARED_OR_UNPAID', 3n, true, 1n, 1n, null],
    ['EVASION_UNDERDECLARED_OR_UNPAID', 50n * million, false, 9n * million, 10n * million, null],
  ])('%s of %s dong, organisation %s: %s to %s', (violation, amount, org, min, max, cappedAt) => {
    const question = { ...asked, violation, amount, isOrganisation: org };
    expect(fineFor(law, fineRows, question).range).toMatchObject({ min, max, cappedAt });
  });

  test.each([
    // Decree 12/2022 has no verified first day, so before the new one there is no answer.
    [{ on: '2026-09-09' }, 'FINE_DECREE_NOT_VERIFIED'],
    [{ on: '2025-12-01', violation: 'EVASION' }, 'FINE_DECREE_NOT_VERIFIED'],
    [{ violation: 'EVASION' }, 'FINE_NOT_STATED'],
    [{ workers: 0 }, 'FINE_NOT_STATED'],
    [{ workers: null }, 'FINE_NEEDS_HEADCOUNT'],
    [{ violation: 'LATE_PAYMENT' }, 'FINE_NEEDS_AMOUNT'],
  ])('%o: null, because %s', (more, reason) => {
    expect(fineFor(law, fineRows, { ...asked, ...more })).toEqual({ range: null, reason });
  });

  test('an excused evasion is fined as late payment, if at all', () => {
    expect(violationOf.EXCUSED).toBe('LATE_PAYMENT');
    expect(violationOf.SUSPENDED).toBeNull();
  });
});

const months = ['2025-07', '2025-08', '2025-09', '2025-10'];
const given: Partial<DebtFacts> = { obligations: months.map((month) => owed(month, 10n)) };
const reminders = [{ id: 'r', sentOn: '2025-10-08' }];
const on = (day: string, more: Partial<DebtFacts> = {}, paidUntil: string | null = null) =>
  assess(law, facts({ ...given, ...more }), { day, paidUntil });
const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);

describe('what an inspector looks for', () => {
  test('what became late this month', () => {
    expect(ids(becameLateThisMonth(on('2025-10-20')))).toEqual(['2025-08 SICKNESS']);
    const payments = [paid('2025-10-10', 20n)];
    expect(ids(becameLateThisMonth(on('2025-10-20', { payments })))).toEqual([]);
    expect(ids(becameLateThisMonth(on('2025-11-01')))).toEqual(['2025-09 SICKNESS']);
  });

  test('what turns into evasion within days unless it is paid', () => {
    // 2025-07 turned on 2025-10-31; 2025-08 turns on 2025-11-30.
    const at = (day: string, days: number) =>
      turningEvasion(on(day, { reminders }), 'BY_ITSELF', days).map(({ item }) => item.id);
    expect(at('2025-10-31', 29)).toEqual([]);
    expect(at('2025-10-31', 30)).toEqual(['2025-08 SICKNESS']);
    expect(turningEvasion(on('2025-10-31', { reminders }), 'IF_REMINDED')).toEqual([]);
    expect(turningEvasion(on('2025-10-31'), 'BY_ITSELF')).toEqual([]);
    const unreminded = turningEvasion(on('2025-10-31'), 'IF_REMINDED', 30);
    expect(unreminded.map((turning) => turning.on)).toEqual(['2025-11-01', '2025-11-30']);
  });

  test('what turns by itself is not hidden by what a reminder would bring sooner', () => {
    const registrations = [{ id: 'r', dutyFrom: '2025-09-01', workers: 7 }];
    const found = on('2025-11-28', { registrations });
    const turning = { on: '2025-12-01', state: 'EVASION_UNREGISTERED' };
    expect(found).toMatchObject({
      next: turning,
      ifReminded: { on: '2025-11-29', state: 'EVASION_UNPAID_AFTER_REMINDER' },
    });
    expect(internalPosition(found)).toMatchObject({
      ...{ nextOn: '2025-12-01', nextState: 'EVASION_UNREGISTERED' },
      evasion: { on: '2025-12-01', amount: 0n },
      remindedEvasion: { on: '2025-11-29' },
    });
    expect(internalPosition(on('2025-11-28'))).toMatchObject({
      nextOn: '2025-12-01',
      evasion: null,
    });
  });
});

describe('the statutory list', () => {
  const listed = (assessment: ReturnType<typeof on>, table = law) => listingOf(table, assessment);

  test('takes three months late or more, as late or as evading', () => {
    expect(listed(on('2025-10-31'))).toMatchObject({ listedAs: null, reason: 'TOO_FEW_MONTHS' });
    const late = listed(on('2025-11-01'));
    expect(late).toEqual({ listedAs: 'LATE', reason: null, amount: 30n, monthsLate: 3 });
    expect(listed(on('2025-11-01', { reminders })).listedAs).toBe('EVADING');
    const two = lawWith({ LIST_MONTHS_LATE_MIN: '2' });
    expect(listed(on('2025-10-31'), two).listedAs).toBe('LATE');
  });

  test('never who paid before the cut-off', () => {
    const payments = [paid('2025-11-10', 30n)];
    const until = (paidUntil: string) => listed(on('2025-11-01', { payments }, paidUntil));
    expect(until('2025-11-09').listedAs).toBe('LATE');
    expect(until('2025-11-10')).toMatchObject({ listedAs: null, reason: 'NOTHING_LATE' });
  });

  test.each([
    [
      'excused',
      { forceMajeure: [{ id: 'f', from: '2025-09-10', to: null, recognisedOn: '2025-11-10' }] },
      'EXCUSED_NOT_LISTED',
    ],
    [
      'suspended',
      {
        suspensions: [
          { id: 's', fromMonth: '2025-07', toMonth: '2025-12', decidedOn: '2025-11-10' },
        ],
      },
      'SUSPENDED',
    ],
  ])('never who was %s before the cut-off', (_name, more, reason) => {
    const obligations = months.slice(0, 1).map((month) => owed(month, 10n, { fund: 'RETIREMENT' }));
    const few = lawWith({ LIST_MONTHS_LATE_MIN: '1' });
    const until = (paidUntil: string) =>
      listed(on('2025-11-01', { obligations, reminders, ...more }, paidUntil), few);
    expect(until('2025-11-09')).toMatchObject({ listedAs: 'EVADING', monthsLate: 1 });
    expect(until('2025-11-10')).toMatchObject({ listedAs: null, reason });
  });

  test('an excused one never as evading, and as late only if the operator says so', () => {
    const forceMajeure = [{ id: 'f', from: '2025-09-10', to: null, recognisedOn: '2025-09-20' }];
    const obligations = [owed('2025-07', 10n)];
    const found = on('2026-03-01', { obligations, reminders, forceMajeure });
    const few = { LIST_MONTHS_LATE_MIN: '1' };
    expect(found.state).toBe('EXCUSED');
    expect(listed(found, lawWith(few)).reason).toBe('EXCUSED_NOT_LISTED');
    const yes = lawWith({ ...few, EXCUSED_LISTED_AS_LATE: 'YES' });
    expect(listed(found, yes).listedAs).toBe('LATE');
  });

  test('the whole amount is printed, with what no rule judges; months are those that one does', () => {
    const health = months.map((month) => owed(month, 1n, { fund: 'HEALTH' }));
    const obligations = [...months.slice(0, 3).map((month) => owed(month, 10n)), ...health];
    const found = on('2026-01-15', { obligations });
    expect(listed(found)).toMatchObject({ listedAs: 'LATE', amount: 34n, monthsLate: 3 });
    expect(found.overdue).toBe(34n);
  });

  test('what is excused is no part of what is listed as evading', () => {
    const forceMajeure = [
      { id: 'f', from: '2025-09-10', to: null, recognisedOn: '2025-09-20', months: ['2025-07'] },
    ];
    const health = [owed('2025-07', 1n, { fund: 'HEALTH' })];
    const obligations = [...months.map((month) => owed(month, 10n)), ...health];
    const found = on('2026-03-01', { obligations, reminders, forceMajeure });
    expect(listed(found)).toMatchObject({ listedAs: 'EVADING', amount: 30n, monthsLate: 3 });
  });

  test.each([
    [
      'a suspended one',
      {
        obligations: [owed('2025-09', 10n, { fund: 'RETIREMENT' as const })],
        suspensions: [
          { id: 's', fromMonth: '2025-09', toMonth: '2026-08', decidedOn: '2025-09-01' },
        ],
      },
      'SUSPENDED',
    ],
    [
      'hard-to-collect debt',
      {
        hardToCollect: [
          { id: 'h', kind: 'BANKRUPT' as const, foundOn: '2025-12-01', from: '2025-12-01' },
        ],
      },
      'HARD_TO_COLLECT_APART',
    ],
    [
      'health contributions alone',
      { obligations: months.map((month) => owed(month, 1n, { fund: 'HEALTH' })) },
      'STATE_NOT_VERIFIED',
    ],
  ] as const)('never %s', (_name, more, reason) => {
    expect(listed(on('2026-03-01', more))).toMatchObject({ listedAs: null, reason });
  });

  test('workers who were never registered make no entry by themselves', () => {
    const registrations = [{ id: 'w', dutyFrom: '2025-08-01', workers: 3 }];
    const at = (day: string) => listed(on(day, { obligations: [], registrations }));
    for (const day of ['2025-11-29', '2025-11-30']) {
      expect(at(day)).toMatchObject({ listedAs: null, reason: 'AMOUNT_NOT_KNOWN', amount: 0n });
    }
    // Beside three months that are late they decide as what it is listed.
    expect(listed(on('2025-11-01'))).toMatchObject({ listedAs: 'LATE', monthsLate: 3 });
    expect(listed(on('2025-11-01', { registrations }))).toMatchObject({
      listedAs: 'EVADING',
      monthsLate: 3,
      amount: 30n,
    });
  });
});
