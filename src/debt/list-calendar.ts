/** By when a statutory list is transmitted: the 15th of the first month of the next quarter (Decree 274/2025). Pure. */

import { dayIn, parseDay } from '../platform/scalars.ts';

const transmissionDay = 15;
const quarterForm = /^(\d{4})-Q([1-4])$/;

/** The last day to transmit the list of a quarter; null for what is no quarter. */
export function transmitBy(quarter: string): Date | null {
  const found = quarterForm.exec(quarter);
  if (!found) return null;
  // Months count from 0, so that the quarter's number times three is the month after it.
  return new Date(Date.UTC(Number(found[1]), Number(found[2]) * 3, transmissionDay));
}

/** The day in Viet Nam, as dates are kept: midnight in UTC. */
export const dayOf = (instant: Date): Date => parseDay(dayIn(instant))!;

/** The newest quarter whose list had to be transmitted before a day; quarters sort as text. */
export function newestDueQuarter(day: Date): string {
  const year = day.getUTCFullYear();
  const quarters = [year - 1, year].flatMap((of) => [1, 2, 3, 4].map((n) => `${of}-Q${n}`));
  return quarters.filter((quarter) => transmitBy(quarter)! < day).at(-1)!;
}
