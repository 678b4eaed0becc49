/** What an identification keeps of an assessment for unions, and which months it takes as late when it passes employers by. */
import { expect, test } from 'vitest';
import { internalPosition, partyPosition } from '../../src/debt/law/position.ts';
import type { Cycle } from '../../src/debt/law/facts.ts';
import { lateMonths } from '../../src/debt/law/settled.ts';
import { assess } from '../../src/debt/law.ts';
import { facts, law, lawAnd, owed, parameterRows } from './law-table.ts';

const monthsOn = (day: string, cycle: Cycle, parameters = law) =>
  lateMonths(parameters, day, { cycle, fund: 'RETIREMENT' });

test.each([
  ['2025-09-30', 'MONTHLY', '2025-07', '2025-08'],
  ['2025-10-01', 'MONTHLY', '2025-08', '2025-09'],
  ['2025-10-31', 'QUARTERLY', '2025-06', '2025-07'],
  ['2025-11-01', 'QUARTERLY', '2025-09', '2025-10'],
  ['2026-01-31', 'SEMIANNUAL', '2025-06', '2025-07'],
  ['2026-02-01', 'SEMIANNUAL', '2025-12', '2026-01'],
  // Under the law before, whose due dates are not verified, each month that has ended.
  ['2025-06-15', 'MONTHLY', '2025-05', '2025-06'],
] as const)('on %s, %s: late to %s, and none from %s', (day, cycle, lateTo, restFrom) => {
  expect(monthsOn(day, cycle)).toEqual({ lateTo, restFrom });
});

const shut = [{ code: 'PUBLIC_HOLIDAY', validFrom: '2025-09-30', validTo: '2025-11-05' }] as const;
const moving = [
  ...shut.map((row) => ({ ...row, value: 'x', reliability: 'OPEN' as const })),
  {
    code: 'DUE_DAY_NOT_WORKING',
    value: 'NEXT_WORKING_DAY',
    validFrom: '2025-09-01',
    reliability: 'OPEN' as const,
  },
];

test('a due date that moves is late later', () => {
  expect(monthsOn('2025-11-06', 'MONTHLY', lawAnd(moving))).toEqual({
    lateTo: '2025-07',
    restFrom: '2025-08',
  });
});

test('where a month is late and one before it is not, both are for the engine, as is what no rule makes due', () => {
  const endsThen = parameterRows.map((row) =>
    row.code === 'LATEST_PAYMENT_DAY' ? { ...row, validTo: '2025-10-01' } : row,
  );
  const parameters = lawAnd(moving, endsThen);
  expect(monthsOn('2025-11-03', 'MONTHLY', parameters)).toEqual({
    lateTo: '2025-07',
    restFrom: '2025-11',
  });
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
