/** Whom the identification passes by without the engine: only those of whom the engine says that there is nothing to tell. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { internalPosition, isWorthTelling, partyPosition } from '../../src/debt/law/position.ts';
import { isPlainlyOnTime } from '../../src/debt/law/settled.ts';
import { assess } from '../../src/debt/law.ts';
import { facts, law, owed, paid } from './law-table.ts';

const month = fc.constantFrom('2025-06', '2025-08', '2025-09', '2025-10', '2025-11', '2025-12');
const anyDay = fc.constantFrom(
  '2025-09-30',
  '2025-10-01',
  '2025-10-31',
  '2025-11-15',
  '2025-12-31',
);
const obligation = fc.record({
  month,
  amount: fc.bigInt(1n, 5n),
  fund: fc.constantFrom('RETIREMENT' as const, 'SICKNESS' as const, 'HEALTH' as const),
  cycle: fc.constantFrom('MONTHLY' as const, 'QUARTERLY' as const),
  registeredOn: fc.option(anyDay),
});
const payment = fc.record({
  day: anyDay,
  amount: fc.bigInt(1n, 20n),
  reversedOn: fc.option(fc.constant('2025-12-31')),
});

test('is never said of anyone who owes', () => {
  let said = 0;
  const property = fc.property(
    fc.array(obligation, { maxLength: 6 }),
    fc.array(payment, { maxLength: 4 }),
    anyDay,
    (obligations, payments, day) => {
      const given = facts({
        obligations: obligations.map(({ month: of, amount, ...more }, i) => ({
          ...owed(of, amount, more),
          id: `o${i}`,
        })),
        payments: payments.map(({ day: on, amount, reversedOn }, i) => ({
          ...paid(on, amount),
          id: `p${i}`,
          reversedOn,
        })),
      });
      if (!isPlainlyOnTime(law, given, day)) return;
      said += 1;
      const position = internalPosition(assess(law, given, { day }));
      expect(isWorthTelling(position)).toBe(false);
    },
  );
  fc.assert(property, { numRuns: 3_000, seed: 7 });
  expect(said).toBeGreaterThan(300);
});

test.each([
  ['nothing is owed', facts({}), true],
  [
    'all late ones are paid',
    facts({
      obligations: [owed('2025-08', 5n), owed('2025-10', 5n)],
      payments: [paid('2025-09-01', 5n)],
    }),
    true,
  ],
  [
    'a dong is missing',
    facts({ obligations: [owed('2025-08', 5n)], payments: [paid('2025-09-01', 4n)] }),
    false,
  ],
  [
    'paid after the day',
    facts({ obligations: [owed('2025-08', 5n)], payments: [paid('2025-11-16', 5n)] }),
    false,
  ],
  [
    'workers are not registered',
    facts({ registrations: [{ id: 'w', dutyFrom: '2025-08-01', workers: 1 }] }),
    false,
  ],
  [
    'a late one came to be known after the money went to a later one',
    facts({
      obligations: [owed('2025-10', 5n), owed('2025-08', 5n, { registeredOn: '2025-11-10' })],
      payments: [paid('2025-10-02', 5n)],
    }),
    false,
  ],
])('%s: %#', (_name, given, expected) => {
  expect(isPlainlyOnTime(law, given, '2025-11-15')).toBe(expected);
});

test.each([
  [0, 0, 'W0'],
  [1, null, 'W1_9'],
  [9, null, 'W1_9'],
  [10, 10, 'W10_49'],
  [200, 200, 'W200_PLUS'],
])('of %i workers a union is told %s and %s', (workers, told, band) => {
  const given = facts({ obligations: [owed('2025-08', 5n, { workers })] });
  const position = internalPosition(assess(law, given, { day: '2025-10-01' }));
  expect(position).toMatchObject({ amount: 5n, becameLateAmount: 5n, state: 'LATE_UNPAID' });
  expect(partyPosition(position)).toMatchObject({ workersAffected: told, workersBand: band });
  expect(Object.keys(partyPosition(position))).not.toContain('nextOn');
});
