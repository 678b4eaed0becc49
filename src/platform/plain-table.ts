/** A table that leaves as plain CSV for a spreadsheet, or as a page to print: its columns, as far as the role may see them. Pure. */
import type { Context } from './context.ts';
import type { Labels } from './plain-words.ts';

/** WHOLE: a whole number, which no spreadsheet may take for a text; TEXT: all else, days and codes too. */
export type PlainKind = 'WHOLE' | 'TEXT';

export interface PlainColumn<Row> {
  /** The first line of the file names it so. */
  readonly name: string;
  readonly kind: PlainKind;
  readonly nameEn: string;
  readonly nameVi: string;
  /** What a page says for its codes, by the id of their list or as they are; null where it holds none. */
  readonly labels: string | Labels | null;
  /** In the schema; whoever may not see it there has no such column. */
  readonly coordinate: string;
  /** What the caller reads in the field of the schema. */
  read(row: Row, context: Context): string | null;
}

/** One column of a page: what belongs together stands in it, one below the other. */
export interface PageColumn {
  readonly nameEn: string;
  readonly nameVi: string;
  /** The column of the file that comes first, without its name; null where all are named. */
  readonly lead: string | null;
  readonly others: readonly string[];
}

export interface PlainTable<Row> {
  readonly nameEn: string;
  readonly nameVi: string;
  /** Of the file, in its order. */
  readonly columns: readonly PlainColumn<Row>[];
  /** A sheet of paper has room for few: codes that only programs need are in none. */
  readonly page: readonly PageColumn[];
}

/** What a table says of itself. */
export interface About {
  readonly name: string;
  readonly arguments: unknown;
  readonly rows: number;
}

export interface PlainWriter<Row> {
  readonly headers: Readonly<Record<string, string>>;
  readonly head: string;
  readonly tail: string;
  line(row: Row): string;
}

/** The table with the columns that the role may see. */
export function visibleTable<Row>(
  table: PlainTable<Row>,
  { contract, principal }: Context,
): PlainTable<Row> {
  const { names } = contract.byRole[principal.role];
  return { ...table, columns: table.columns.filter(({ coordinate }) => names.has(coordinate)) };
}
