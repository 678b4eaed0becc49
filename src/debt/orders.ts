/** Columns by which lists of this domain are sorted, in the form that cursors keep. */
import { accepts, type OrderColumn } from '../platform/connection.ts';

type Direction = 'asc' | 'desc';
/** Names of a row's columns that hold a T. */
type Columns<Row, T> = { [K in keyof Row & string]: Row[K] extends T ? K : never }[keyof Row &
  string];

export const textColumn = <Row>(
  column: Columns<Row, string>,
  direction: Direction = 'asc',
): OrderColumn<Row> => ({ column, direction, read: (row) => String(row[column]) });

export const dongColumn = <Row>(
  column: Columns<Row, bigint>,
  direction: Direction,
): OrderColumn<Row> => ({
  column,
  direction,
  accepts: accepts.wholeNumber,
  read: (row) => String(row[column]),
});

export const countColumn = <Row>(
  column: Columns<Row, number | null>,
  direction: Direction,
  nullable = false,
): OrderColumn<Row> => ({
  column,
  direction,
  nullable,
  accepts: accepts.count,
  read: (row) => (row[column] === null ? null : String(row[column])),
  parse: Number,
});

export const dayColumn = <Row>(
  column: Columns<Row, Date | null>,
  direction: Direction,
  nullable = false,
): OrderColumn<Row> => ({
  column,
  direction,
  nullable,
  accepts: accepts.day,
  read: (row) => (row[column] as Date | null)?.toISOString() ?? null,
});
