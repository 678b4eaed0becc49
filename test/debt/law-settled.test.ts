/** What an identification keeps of an assessment for unions, and which months it takes as late when it passes employers by. */
import { expect, test } from 'vitest';
import { internalPosition, partyPosition } from '../../src/debt/law/position.ts';
import { dueMonths } from '../../src/debt/law/settled.ts';
import { assess } from '../../src/debt/law.ts';
import { facts, law, lawWith, owed } from './law-table.ts';

const lateOn = (day: string, month: string, parameters = law) =>
  dueMonths(parameters, day)
    .filter((one) => one.month === month)
    .map(({ isLate, isHealthLate }) => [isLate, isHealthLate]);

/** Of a month by itself, a quarter and half a year. */
test.each([
  ['2025-10-31', '2025-08', [true, false, false]],
  ['2025-09-30', '2025-08', [false, false, false]],
  ['2025-11-01', '2025-08', [true, true, false]],
  ['2026-01-31', '2025-08', [true, true, false]],
  ['2026-02-01', '2025-08', [true, true, true]],
  ['2026-02-01', '2026-02', [false, false, false]],
])('on %s of %s are late: %j', (day, month, expected) => {
  expect(lateOn(day, month)).toEqual(expected.map((is) => [is, is]));
});

test('a due date that moves from a Sunday is late a day later', () => {
  const moving = lawWith({ DUE_DAY_NOT_WORKING: 'NEXT_WORKING_DAY' });
  expect(lateOn('2025-12-01', '2025-10', moving)[0]).toEqual([false, false]);
  expect(lateOn('2025-12-02', '2025-10', moving)[0]).toEqual([true, true]);
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
