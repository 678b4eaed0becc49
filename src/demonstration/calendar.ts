/** Months, quarters and days of the demonstration; no clock. Pure. */

const dayMillis = 86_400_000;

export const firstMonth = '2024-01';
/** The last month of the structure of provinces, districts and communes. */
export const lastOldMonth = '2025-06';
export const firstNewMonth = '2025-07';
export const lastMonth = '2026-06';
/** How far back the national demonstration goes. */
export const yearsMax = 20;
/** The day on which the demonstration stands still. */
export const lastDay = '2026-06-30';

const isoDay = (millis: number) => new Date(millis).toISOString().slice(0, 10);

/** The month so many months later. */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return isoDay(Date.UTC(year, number - 1 + count, 1)).slice(0, 7);
}

export const addDays = (day: string, count: number): string =>
  isoDay(Date.parse(day) + count * dayMillis);

/** From the first to the last month, both included. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = first; month <= last; month = addMonths(month, 1)) months.push(month);
  return months;
}

export const firstDayOf = (month: string): string => `${month}-01`;
export const lastDayOf = (month: string): string => addDays(`${addMonths(month, 1)}-01`, -1);
export const monthOf = (day: string): string => day.slice(0, 7);
export const monthNumber = (month: string): number => Number(month.slice(5));

/** The day of a month, or its last day where it is shorter. */
export function dayIn(month: string, number: number): string {
  const day = `${month}-${String(number).padStart(2, '0')}`;
  return day > lastDayOf(month) ? lastDayOf(month) : day;
}

/** Days from one day to another; negative when it lies before. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMillis);

/** An hour of a day in Viet Nam, as an instant. */
export const instantOn = (day: string, hour = 9): string =>
  new Date(Date.parse(`${day}T00:00:00+07:00`) + hour * 3_600_000).toISOString();

/** The months of a quarter, such as 2026-Q1. */
export function monthsOfQuarter(quarter: string): string[] {
  const [year, number] = quarter.split('-Q');
  const first = `${year}-${String(Number(number) * 3 - 2).padStart(2, '0')}`;
  return monthsBetween(first, addMonths(first, 2));
}

/** From the first to the last quarter, both included. */
export function quartersBetween(first: string, last: string): string[] {
  const quarters: string[] = [];
  for (let quarter = first; quarter <= last;) {
    quarters.push(quarter);
    const [year = 0, number = 0] = quarter.split('-Q').map(Number);
    quarter = number === 4 ? `${year + 1}-Q1` : `${year}-Q${number + 1}`;
  }
  return quarters;
}
