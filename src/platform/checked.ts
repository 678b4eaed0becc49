/** Checks of what is said in a mutation's input; the database holds the rest. */
import { PublicError } from './errors.ts';

const textMax = 2_000;
const codeForm = /^[a-z][a-z0-9-]{2,79}$/;

/** A code of the register's own making: it goes into addresses, headers and logs. */
export function checkedCode(field: string, code: string): string {
  if (!codeForm.test(code)) throw new PublicError('CODE_MALFORMED', { field, value: code });
  return code;
}

/** A text without blank ends; one that is only blank is missing. */
export function checkedText(field: string, given: string, max = textMax): string {
  const text = given.trim();
  if (text === '') throw new PublicError('FIELD_EMPTY', { field });
  if (text.length > max) throw new PublicError('TEXT_TOO_LONG', { field, max });
  return text;
}

export function checkedNumber(field: string, value: number, [min, max]: [number, number]): number {
  if (value >= min && value <= max) return value;
  throw new PublicError('NUMBER_OUT_OF_BOUNDS', { field, value, min, max });
}

/** A list that names something, and nothing twice. */
export function checkedList<T>(
  field: string,
  given: readonly T[],
  keyOf: (item: T) => string,
): readonly T[] {
  if (given.length === 0) throw new PublicError('FIELD_EMPTY', { field });
  const seen = new Set<string>();
  for (const value of given.map(keyOf)) {
    if (seen.has(value)) throw new PublicError('VALUE_TWICE', { field, value });
    seen.add(value);
  }
  return given;
}
