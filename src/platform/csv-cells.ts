/** The kinds of cells that loadable files have: each checks a cell and says what to write there. */
import { z } from 'zod';
import { parsePeriod } from './period.ts';
import { formatDay, parseDay } from './scalars.ts';

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
  (value) => parseDay(value) !== null,
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

function periodOf(value: string): Period | undefined {
  const found = parsePeriod(value);
  return found
    ? { text: value, start: formatDay(found.start), end: formatDay(found.end) }
    : undefined;
}

export const period = text.transform((value, ctx): Period => {
  const found = periodOf(value);
  if (found) return found;
  const message = 'Write 2022, 2022-05, 2022-Q1, 2022-12-31 or 2016-01-01/P5Y.';
  ctx.issues.push({ code: 'custom', input: value, message });
  return z.NEVER;
});
