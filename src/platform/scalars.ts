/** Scalars in the form in which a value leaves the gateway. */
import { GraphQLError, Kind, print, type ValueNode } from 'graphql';
import { PublicError } from './errors.ts';

const isoDay = /^\d{4}-\d{2}-\d{2}$/;
/** Viet Nam has one zone and no daylight saving. */
const vietnamOffsetMillis = 7 * 3_600_000;

/** A day that exists, as a Date at midnight UTC; null when the text is none. */
export function parseDay(text: string): Date | null {
  // The database's calendar has no year 0.
  if (!isoDay.test(text) || text.startsWith('0000')) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && formatDay(day) === text ? day : null;
}

export function formatDay(day: Date): string {
  return day.toISOString().slice(0, 10);
}

/** RFC 3339 with the offset of Viet Nam, to the millisecond. */
export function formatInstant(instant: Date): string {
  return new Date(instant.getTime() + vietnamOffsetMillis).toISOString().replace('Z', '+07:00');
}

/** The day of an instant in Viet Nam, as 2026-03-31. */
export const dayIn = (instant: Date): string => formatInstant(instant).slice(0, 10);

/** A day, a time until the end of it, and an offset: an instant that no calendar has would be moved to another. */
const instantForm =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

export function parseInstant(value: unknown): Date {
  const text = String(value);
  const instant = new Date(text);
  const day = instantForm.exec(text)?.[1];
  const isWritten = day !== undefined && parseDay(day) !== null;
  // NaN is in no range; the database's calendar has no year 0.
  const isKept = instant.getUTCFullYear() >= 1 && instant.getUTCFullYear() <= 9999;
  if (!isWritten || !isKept) {
    throw new GraphQLError('Write an instant as 2025-07-01T00:00:00+07:00.');
  }
  return instant;
}

export function parseDayOrThrow(value: unknown): Date {
  const day = typeof value === 'string' ? parseDay(value) : null;
  if (!day) throw new PublicError('DATE_MALFORMED', { date: String(value).slice(0, 40) });
  return day;
}

export function parseCount(value: unknown): bigint {
  if (typeof value === 'string' && /^\d{1,18}$/.test(value)) return BigInt(value);
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  throw new GraphQLError('Write a whole number, not negative, of at most 18 digits.');
}

/** Of strings and whole numbers their value; of any other literal what is written, for the refusal to name. */
const literalText = (ast: ValueNode): string =>
  ast.kind === Kind.STRING || ast.kind === Kind.INT ? ast.value : print(ast);

/** Reads a literal as a variable of the same text, and says of one that is refused where it stands. */
export const ofLiteral =
  <Value>(parse: (value: unknown) => Value) =>
  (ast: ValueNode): Value => {
    try {
      return parse(literalText(ast));
    } catch (error) {
      if (error instanceof PublicError) {
        throw new PublicError(error.code, error.parameters, { nodes: ast });
      }
      throw error instanceof GraphQLError ? new GraphQLError(error.message, { nodes: ast }) : error;
    }
  };
