/** What must hold of the law engine for any facts: random ones from a fixed seed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess } from '../../src/debt/law.ts';
import { gravest } from '../../src/debt/law/articles.ts';
import type { EmployerAssessment } from '../../src/debt/law/assessment.ts';
import { chargeOf } from '../../src/debt/law/charge.ts';
import { addDays, addMonths, daysBetween } from '../../src/debt/law/days.ts';
import type { DebtFacts, Fund, Known } from '../../src/debt/law/facts.ts';
import { add, bill, compare, sum } from '../../src/debt/law/fraction.ts';
import { internalPosition } from '../../src/debt/law/position.ts';
import { facts, law, lawAnd } from './law-table.ts';

const settings = { seed: 20_250_701, numRuns: 150 };
const span = 1_100;

const anyDay = fc.integer({ min: 0, max: span }).map((count) => addDays('2025-01-15', count));
const anyMonth = fc.integer({ min: 0, max: 30 }).map((count) => addMonths('2025-01', count));
const amount = fc.bigInt({ min: 0n, max: 200_000_000n });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const funds: readonly Fund[] = ['RETIREMENT', 'SICKNESS', 'ACCIDENT', 'UNEMPLOYMENT', 'HEALTH'];

/** Ids come from the place in the generated list, so that a shuffle keeps them. */
const listOf = <T extends object>(name: string, one: fc.Arbitrary<T>, maxLength: number) =>
  fc
    .array(one, { maxLength })
    .map((rows) => rows.map((row, i) => ({ ...row, id: `${name} ${String(i)}` })));

const obligation = fc.record({
  month: anyMonth,
  fund: fc.constantFrom(...funds),
  amount,
  cycle: fc.constantFrom('MONTHLY' as const, 'QUARTERLY' as const, 'SEMIANNUAL' as const),
  registeredOn: orNull(anyDay),
  workers: fc.integer({ min: 1, max: 500 }),
});

const payment = fc.record({
  receivedOn: anyDay,
  amount,
  reversedOn: fc.option(anyDay, { nil: null, freq: 6 }),
});

const anyFacts: fc.Arbitrary<DebtFacts> = fc.record({
  obligations: listOf('obligation', obligation, 12),
  payments: listOf('payment', payment, 8),
  reminders: listOf(
    'reminder',
    fc.record({ sentOn: anyDay, months: orNull(fc.array(anyMonth, { maxLength: 3 })) }),
    4,
  ),
  suspensions: listOf(
    'suspension',
    fc.record({
      fromMonth: anyMonth,
      toMonth: orNull(anyMonth),
      decidedOn: anyDay,
      endedOn: orNull(anyDay),
    }),
    2,
  ),
  forceMajeure: listOf(
    'reason',
    fc.record({ from: anyDay, to: orNull(anyDay), recognisedOn: anyDay }),
    2,
  ),
  registrations: listOf(
    'duty',
    fc.record({
      dutyFrom: anyDay,
      registeredOn: orNull(anyDay),
      workers: fc.integer({ min: 1, max: 9 }),
    }),
    2,
  ),
  underdeclarations: listOf(
    'low',
    fc.record({
      month: anyMonth,
      registeredBase: amount,
      legalBase: amount,
      workers: fc.integer({ min: 1, max: 9 }),
      correctedOn: orNull(anyDay),
      amount: orNull(amount),
    }),
    2,
  ),
  hardToCollect: listOf(
    'gone',
    fc
      .record({
        kind: fc.constantFrom('BANKRUPT' as const, 'DISSOLVED' as const, 'ABSCONDED' as const),
        from: anyDay,
        to: orNull(anyDay),
      })
      .map((row) => ({ ...row, foundOn: addDays(row.from, row.kind === 'BANKRUPT' ? 0 : 40) })),
    1,
  ),
});

const holds = <Values extends [unknown, ...unknown[]]>(
  arbitraries: { [Key in keyof Values]: fc.Arbitrary<Values[Key]> },
  predicate: (...values: Values) => void,
) => fc.assert(fc.property(...arbitraries, predicate), settings);

const add2 = (a: bigint, b: bigint) => a + b;

/** Its own fixed permutation of each list. */
const shuffled = (given: DebtFacts, seed: number): DebtFacts =>
  Object.fromEntries(
    Object.entries(given).map(([name, list]: [string, readonly Known[]]) => [
      name,
      [...list].sort((a, b) => orderOf(a.id, seed) - orderOf(b.id, seed)),
    ]),
  ) as unknown as DebtFacts;
const orderOf = (id: string, seed: number) =>
  Array.from(`${id}${String(seed)}`).reduce(
    (hash, one) => (hash * 31 + one.charCodeAt(0)) % 9973,
    seed,
  );

/** The date that makes a fact known to the world; without it the fact is as old as its month. */
const dateFields = [
  'registeredOn',
  'receivedOn',
  'sentOn',
  'decidedOn',
  'recognisedOn',
  'dutyFrom',
  'from',
];

/** Only what is dated until the day: the rest of each fact is cut off, as if it had not happened. */
const until = (given: DebtFacts, day: string): DebtFacts =>
  Object.fromEntries(
    Object.entries(given).map(([name, list]: [string, readonly Known[]]) => [
      name,
      list
        .filter((fact) => {
          const row = fact as unknown as Record<string, string | null>;
          const isRegistration = name === 'registrations';
          return dateFields.every(
            (field) => (isRegistration && field === 'registeredOn') || (row[field] ?? day) <= day,
          );
        })
        .map((fact) => {
          const row = { ...fact } as unknown as Record<string, string | null>;
          const ends = ['reversedOn', 'endedOn', 'correctedOn', 'to', 'registeredOn'];
          for (const field of ends) if ((row[field] ?? '') > day) row[field] = null;
          return row;
        }),
    ]),
  ) as unknown as DebtFacts;

describe('money is conserved', () => {
  test('what came in is what was allocated and what is left; no debt is paid twice', () => {
    holds([anyFacts, anyDay], (given, day) => {
      const found = assess(law, given, { day });
      const counted = given.payments.filter(
        ({ receivedOn, reversedOn }) =>
          receivedOn <= day && (reversedOn == null || reversedOn > day),
      );
      const came = counted.map((one) => one.amount).reduce(add2, 0n);
      const allocated = found.allocations.map((one) => one.amount).reduce(add2, 0n);
      expect(allocated + found.credit).toBe(came);
      for (const item of found.items.filter(({ kind }) => kind === 'PAYMENT')) {
        const parts = found.allocations.filter(({ obligation: id }) => id === item.id);
        expect(parts.map((part) => part.amount).reduce(add2, 0n)).toBe(item.paid);
        expect(item.paid + item.balance).toBe(item.amount);
        expect(item.balance >= 0n && item.overdue + item.suspended <= item.balance).toBe(true);
      }
      for (const part of found.allocations) {
        expect(part.amount > 0n && part.allocatedOn >= part.receivedOn).toBe(true);
      }
      const sumOf = (key: 'overdue' | 'suspended' | 'balance') =>
        found.items.map((item) => item[key]).reduce(add2, 0n);
      expect([found.overdue, found.suspended, found.balance]).toEqual([
        sumOf('overdue'),
        sumOf('suspended'),
        sumOf('balance'),
      ]);
    });
  });

  test('what is owed to the funds is all that is overdue, to each what its months say', () => {
    let owing = 0;
    holds([anyFacts, anyDay], (given, day) => {
      const found = assess(law, given, { day });
      const { amount: whole, funds: amounts } = internalPosition(found);
      expect(Object.keys(amounts)).toEqual(funds);
      expect(Object.values(amounts).reduce(add2, 0n)).toBe(whole);
      for (const fund of funds) {
        const items = found.items.filter((item) => item.fund === fund);
        expect(amounts[fund]).toBe(items.map(({ overdue }) => overdue).reduce(add2, 0n));
        if (amounts[fund] > 0n) owing += 1;
      }
    });
    expect(owing).toBeGreaterThan(100);
  });

  test('there is no credit while anything that may be paid is open', () => {
    holds([anyFacts, anyDay], (given, day) => {
      const found = assess(law, given, { day });
      const open = found.items.filter(({ balance, suspended }) => balance > suspended);
      expect(found.credit === 0n || open.length === 0).toBe(true);
    });
  });
});

describe('the charge', () => {
  test('is additive over amounts and over days, whatever the rates', () => {
    const table = lawAnd(
      ['0.05', '0.0125'].map((value, i) => ({
        code: 'LATE_EVASION_DAILY_RATE',
        value,
        unit: 'percent_per_day',
        validFrom: ['2025-12-24', '2026-03-01'][i]!,
      })),
    );
    const length = fc.integer({ min: 1, max: 500 });
    holds([amount, amount, length, length], (a, b, first, second) => {
      const from = '2025-10-01';
      const middle = addDays(from, first);
      const to = addDays(middle, second);
      const charge = (money: bigint, start: string, end: string) =>
        chargeOf(table, [{ amount: money, from: start, to: end }]).exact!;
      const whole = charge(a + b, from, to);
      const parts = [
        charge(a, from, middle),
        charge(a, addDays(middle, 1), to),
        charge(b, from, to),
      ];
      expect(compare(whole, sum(parts))).toBe(0);
      expect(compare(whole, add(parts[2]!, add(parts[1]!, parts[0]!)))).toBe(0);
    });
  });

  test('is the sum, day by day, of what was late at the start of the day', () => {
    const only = fc.record({
      obligations: listOf('obligation', obligation, 6).map((rows) =>
        rows.filter(({ fund, month }) => fund !== 'HEALTH' && month >= '2025-07'),
      ),
      payments: listOf('payment', payment, 5),
    });
    holds([only, anyDay], (given, day) => {
      const found = assess(law, facts(given), { day });
      const expected = found.items
        .map((item) => {
          const parts = found.allocations.filter(({ obligation: id }) => id === item.id);
          const late = Math.max(0, daysBetween(item.dates.dueOn!, day));
          const days = Array.from({ length: late }, (_, i) => addDays(item.dates.dueOn!, i + 1));
          const openOn = (one: string) =>
            parts
              .filter(({ receivedOn }) => receivedOn < one)
              .reduce((left, part) => left - part.amount, item.amount!);
          return days.map(openOn).reduce(add2, 0n);
        })
        .reduce(add2, 0n);
      const exact = { numerator: expected * 3n, denominator: 10_000n };
      expect(compare(found.charge.exact!, exact)).toBe(0);
      expect(bill(exact) * 10_000n - expected * 3n).toBeLessThanOrEqual(5_000n);
    });
  });
});

describe('a state depends on dates only', () => {
  test('never on the order in which the facts arrived', () => {
    holds([anyFacts, anyDay, fc.integer({ min: 1, max: 999 })], (given, day, seed) => {
      expect(assess(law, shuffled(given, seed), { day })).toEqual(assess(law, given, { day }));
    });
  });

  test('never on what came after the day', () => {
    holds([anyFacts, anyDay], (given, day) => {
      expect(assess(law, until(given, day), { day })).toEqual(assess(law, given, { day }));
    });
  });

  test('never on what became known after the instant', () => {
    const instant = '2026-02-01T00:00:00.000Z';
    const before = (given: DebtFacts): DebtFacts => ({
      ...given,
      payments: given.payments.map((fact) => ({ ...fact, knownTo: instant })),
    });
    holds([anyFacts, listOf('payment', payment, 8), anyDay], (given, corrected, day) => {
      const payments = corrected.map((fact) => ({ ...fact, knownFrom: instant }));
      const both = { ...given, payments: [...payments, ...before(given).payments] };
      const ask = (facts2: DebtFacts, knownAt: string | null) =>
        assess(law, facts2, { day, knownAt });
      expect(ask(both, '2026-01-31T23:59:59.999Z')).toEqual(ask(given, null));
      expect(ask(both, instant)).toEqual(ask({ ...given, payments }, null));
    });
  });

  test('the next deadline comes true when nothing more happens', () => {
    holds([anyFacts, anyDay], (given, day) => {
      const past = until(given, day);
      const before = assess(law, past, { day });
      for (const item of before.items) {
        if (item.next === null) continue;
        const stateOn = (one: string) =>
          assess(law, { ...past, payments: [], hardToCollect: [] }, { day: one }).items.find(
            ({ id }) => id === item.id,
          )?.state;
        expect(item.next.on > day).toBe(true);
        expect(stateOn(item.next.on), item.id).toBe(item.next.state);
      }
    });
  });
});

describe('more money never makes it worse', () => {
  /** 0 is the gravest. */
  const lightness = ({ state }: EmployerAssessment) => gravest.indexOf(state!);
  test('no item, no amount, no charge, no employer', () => {
    holds([anyFacts, anyDay, anyDay, amount], (given, day, receivedOn, more) => {
      const extra = { id: 'more', receivedOn, amount: more };
      const poor = assess(law, given, { day });
      const rich = assess(law, { ...given, payments: [...given.payments, extra] }, { day });
      expect(rich.overdue <= poor.overdue && rich.monthsLate <= poor.monthsLate).toBe(true);
      const byId = new Map(poor.items.map((item) => [item.id, item]));
      for (const item of rich.items) {
        const was = byId.get(item.id)!;
        expect(item.balance <= was.balance && item.overdue <= was.overdue, item.id).toBe(true);
        if (was.state === 'ON_TIME') expect(item.state).toBe('ON_TIME');
        if (item.charge.exact && was.charge.exact) {
          expect(compare(item.charge.exact, was.charge.exact)).toBeLessThanOrEqual(0);
        }
      }
      if (poor.state !== null && rich.state !== null) {
        expect(lightness(rich)).toBeGreaterThanOrEqual(lightness(poor));
      }
    });
  });
});

test('the random facts reach every state', () => {
  const seen = new Set<string | null>();
  holds([anyFacts, anyDay], (given, day) => {
    for (const { state } of assess(law, given, { day }).items) seen.add(state);
  });
  expect([...seen].sort()).toEqual([...gravest, null].sort());
});
