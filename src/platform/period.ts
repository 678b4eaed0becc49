/** SDMX time periods: 2022, 2022-05, 2022-Q1, 2022-12-31 and ranges such as 2016-01-01/P5Y. Pure. */
import { PublicError } from './errors.ts';
import { parseDay } from './scalars.ts';

export interface Period {
  readonly start: Date;
  /** Inclusive. */
  readonly end: Date;
}

const dayMillis = 86_400_000;
const monthStart = (year: number, month: number) => new Date(Date.UTC(year, month - 1, 1));
/** The day before the first day of the month that follows. */
const monthsFrom = (year: number, month: number, count: number): Period => ({
  start: monthStart(year, month),
  end: new Date(monthStart(year, month + count).getTime() - dayMillis),
});

/** Null when the text is no period. */
export function parsePeriod(text: string): Period | null {
  const year = /^([12]\d{3})$/.exec(text);
  if (year) return monthsFrom(Number(year[1]), 1, 12);
  const month = /^([12]\d{3})-(0[1-9]|1[0-2])$/.exec(text);
  if (month) return monthsFrom(Number(month[1]), Number(month[2]), 1);
  const quarter = /^([12]\d{3})-Q([1-4])$/.exec(text);
  if (quarter) return monthsFrom(Number(quarter[1]), Number(quarter[2]) * 3 - 2, 3);
  const day = parseDay(text);
  if (day) return { start: day, end: day };
  return parseRange(text);
}

/** A first day and a length in years, months and days (ISO 8601). */
function parseRange(text: string): Period | null {
  const range =
    /^([12]\d{3}-\d{2}-\d{2})\/P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,3})M)?(?:(\d{1,3})D)?$/.exec(text);
  const start = range?.[1] ? parseDay(range[1]) : null;
  if (!range || !start) return null;
  const [years, months, days] = range.slice(2).map((count) => Number(count ?? 0));
  const next = Date.UTC(
    start.getUTCFullYear() + (years ?? 0),
    start.getUTCMonth() + (months ?? 0),
    start.getUTCDate() + (days ?? 0),
  );
  return next > start.getTime() ? { start, end: new Date(next - dayMillis) } : null;
}

/** How a period of each kind is written, with an example. */
const forms = {
  YEAR: [/^\d{4}$/, '2022'],
  MONTH: [/^\d{4}-\d{2}$/, '2022-05'],
  QUARTER: [/^\d{4}-Q\d$/, '2022-Q1'],
  DAY: [/^\d{4}-\d{2}-\d{2}$/, '2022-12-31'],
  RANGE: [/\/P/, '2016-01-01/P5Y'],
} as const;
export type PeriodKind = keyof typeof forms;
const allKinds = Object.keys(forms) as PeriodKind[];
export const calendarKinds: readonly PeriodKind[] = ['YEAR', 'QUARTER', 'MONTH'];

/** The period, of one of the kinds that are taken at the place. */
export function parsePeriodOrThrow(
  text: string,
  kinds: readonly PeriodKind[] = allKinds,
  field?: string,
): Period {
  const period = parsePeriod(text);
  if (period && kinds.some((kind) => forms[kind][0].test(text))) return period;
  throw new PublicError('PERIOD_MALFORMED', {
    period: text.slice(0, 40),
    kinds: kinds.join(', '),
    example: kinds.map((kind) => forms[kind][1]).join(', '),
    ...(field === undefined ? {} : { field }),
  });
}

/** The same kind of period one year earlier, as text; null where that is not defined. */
export function yearBefore(text: string): string | null {
  const match = /^(\d{4})((?:-(?:0[1-9]|1[0-2]|Q[1-4]))?(?:-\d{2})?)$/.exec(text);
  if (!match?.[1]) return null;
  const earlier = `${String(Number(match[1]) - 1).padStart(4, '0')}${match[2] ?? ''}`;
  return parsePeriod(earlier) ? earlier : null;
}

/** SDMX CL_FREQ of a period: a day is D, a range of whole years A2, A3 and so on, any other range _O. */
export function frequencyOf(text: string): string {
  if (/^\d{4}$/.test(text)) return 'A';
  if (/^\d{4}-Q/.test(text)) return 'Q';
  if (/^\d{4}-\d{2}$/.test(text)) return 'M';
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return 'D';
  const years = /\/P(\d+)Y$/.exec(text)?.[1];
  if (years === '1') return 'A';
  return years && ['2', '3', '4', '5', '10', '20', '30'].includes(years) ? `A${years}` : '_O';
}
