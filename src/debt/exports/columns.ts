/** Columns of this domain's tables as files: named as the fields are, for a spreadsheet or a printed page. Pure. */
import type { Context } from '../../platform/context.ts';
import { formatDay, formatInstant } from '../../platform/scalars.ts';
import type { PageColumn, PlainColumn, PlainKind } from '../../platform/plain-table.ts';
import type { Labels } from '../../platform/plain-words.ts';

type Value = string | number | bigint | boolean | Date | readonly string[] | null | undefined;
export type Names = readonly [name: string, nameEn: string, nameVi: string];

const textOf = (value: Value): string | null => {
  if (value == null) return null;
  if (value instanceof Date) return formatDay(value);
  return typeof value === 'object' ? value.join(';') : String(value);
};

/** Columns of a type of the schema; a column may be of another field than it is named after. */
export function columnsOf<Row>(type: string) {
  const column =
    (kind: PlainKind, labels: string | Labels | null = null) =>
    (
      [name, nameEn, nameVi]: Names,
      read: (row: Row, context: Context) => Value,
      coordinate = `${type}.${name}`,
    ): PlainColumn<Row> => ({
      name,
      kind,
      nameEn,
      nameVi,
      labels,
      coordinate,
      read: (row, context) => textOf(read(row, context)),
    });
  return {
    text: column('TEXT'),
    whole: column('WHOLE'),
    /** Codes of the list of this id, or of no list with what a page says for them. */
    coded: (labels: string | Labels) => column('TEXT', labels),
  };
}

/** A column of the page: what comes first in it, and what follows with its name. */
export const pageColumn = (
  [nameEn, nameVi]: readonly [nameEn: string, nameVi: string],
  lead: string | null,
  others: readonly string[] = [],
): PageColumn => ({ nameEn, nameVi, lead, others });

export const instantOf = (instant: Date | null): string | null => instant && formatInstant(instant);

/** What a row says of its employer; null where the caller may not see it. */
interface OfEmployer {
  readonly employerId: string;
  readonly employer: { readonly unitCode: string; readonly nameVi: string } | null;
}

export function employerColumns<Row extends OfEmployer>(type: string): PlainColumn<Row>[] {
  const { text } = columnsOf<Row>(type);
  const of = `${type}.employer`;
  return [
    text(
      ['employer', 'Code of the employer', 'Mã đơn vị'],
      (row) => row.employer && row.employerId,
      of,
    ),
    text(
      ['unitCode', 'Unit number', 'Mã số đơn vị BHXH'],
      ({ employer }) => employer?.unitCode,
      of,
    ),
    text(['nameVi', 'Name of the employer', 'Tên đơn vị'], ({ employer }) => employer?.nameVi, of),
  ];
}
