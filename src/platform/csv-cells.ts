/** The kinds of cells that loadable files have: each checks a cell and says what to write there. */
import { z } from 'zod';

export type Cell<T> = z.ZodType<T, string>;

export const text = z
  .string()
  .min(1, { error: 'Fill this cell; it may not be blank.', abort: true });

/** A plain number, kept as text: its digits tell its precision. */
export const number = text.regex(
  /^-?(0|[1-9]\d*)(\.\d+)?$/,
  'Write a plain number with a decimal point, such as 97.0.',
);

export const day = text.refine(
  (value) => /^\d{4}-\d\d-\d\d$/.test(value) && periodOf(value) !== undefined,
  'Write a day of the calendar as YYYY-MM-DD.',
);

/** Blank is null: not printed, never zero. */
export function optional<T>(cell: Cell<T>): Cell<T | null> {
  return z
    .string()
    .transform((value) => (value === '' ? null : value))
    .pipe(cell.nullable());
}

/** Values joined by semicolons, each once. */
export function listOf<T>(cell: Cell<T>): Cell<T[]> {
  return z
    .string()
    .transform((value) => (value === '' ? [] : value.split(';')))
    .refine((values) => new Set(values).size === values.length, 'Name each value once.')
    .pipe(z.array(cell));
}

function known(code: string, where: string, isKnown: (value: string) => boolean) {
  return text.refine(isKnown, {
    params: { code },
    abort: true,
    error: ({ input }) => `Use a value of ${where}, or add "${String(input)}" there first.`,
  });
}

/** A code of a closed list. */
export function codeOf(where: string, isKnown: (value: string) => boolean) {
  return known('CODE_UNKNOWN', where, isKnown);
}

/** The id of a row that must exist. */
export function idOf(where: string, isKnown: (value: string) => boolean) {
  return known('REFERENCE_UNKNOWN', where, isKnown);
}

/** A code of a list that stands in the program or in a check of the database. */
export function oneOf<const T extends string>(...codes: T[]): Cell<T> {
  const isCode = (value: string): value is T => (codes as string[]).includes(value);
  return codeOf(codes.join(', '), isCode).transform((value) => value as T);
}

export interface Period {
  readonly text: string;
  /** First and last day, both inside. */
  readonly start: string;
  readonly end: string;
}

const calendarForm = /^([12]\d{3})(?:-Q([1-4])|-(\d\d)(?:-(\d\d))?)?$/;
const durationForm = /^([^/]+)\/P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,3})M)?(?:(\d{1,3})D)?$/;

function dayText(year: number, month: number, date: number): string {
  return new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
}

/** The days that a time period of SDMX 3.0 covers; undefined where it is none. */
export function periodOf(value: string): Period | undefined {
  const [, from, years, months, days] = durationForm.exec(value) ?? [];
  if (from !== undefined) {
    const begin = /-\d\d-\d\d$/.test(from) ? periodOf(from)?.start : undefined;
    if (begin === undefined) return undefined;
    const [year = 0, month = 0, date = 0] = begin.split('-').map(Number);
    const last = [year + Number(years ?? 0), month + Number(months ?? 0)] as const;
    const end = dayText(...last, date + Number(days ?? 0) - 1);
    return end < begin ? undefined : { text: value, start: begin, end };
  }
  const [, yearText, quarter, monthText, dateText] = calendarForm.exec(value) ?? [];
  if (yearText === undefined) return undefined;
  const year = Number(yearText);
  const first = quarter ? Number(quarter) * 3 - 2 : Number(monthText ?? 1);
  const last = quarter ? first + 2 : Number(monthText ?? 12);
  const start = dayText(year, first, Number(dateText ?? 1));
  const end = dateText ? start : dayText(year, last + 1, 0);
  const isInCalendar = last <= 12 && first > 0 && (!dateText || start === value);
  return isInCalendar ? { text: value, start, end } : undefined;
}

export const period = text.transform((value, ctx): Period => {
  const found = periodOf(value);
  if (found) return found;
  const message = 'Write 2022, 2022-05, 2022-Q1, 2022-12-31 or 2016-01-01/P5Y.';
  ctx.issues.push({ code: 'custom', input: value, message });
  return z.NEVER;
});
