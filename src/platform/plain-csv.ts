/** A plain table as CSV for a spreadsheet. Pure. */
import type { Context } from './context.ts';
import { csvLine, guardText } from './csv-text.ts';
import type { About, PlainColumn, PlainTable, PlainWriter } from './plain-table.ts';
import type { AcceptedFile } from './table-export.ts';

/** Without it, spreadsheets read Vietnamese as Latin-1. */
const byteOrderMark = '\uFEFF';

export function csvWriter<Row>(
  { columns }: PlainTable<Row>,
  { contentType }: AcceptedFile,
  context: Context,
  { name }: About,
): PlainWriter<Row> {
  const cell = (column: PlainColumn<Row>, row: Row) => {
    const value = column.read(row, context) ?? '';
    return column.kind === 'WHOLE' ? value : guardText(value);
  };
  return {
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${name}.csv"`,
      'x-content-type-options': 'nosniff',
    },
    head: byteOrderMark + csvLine(columns.map((column) => column.name)),
    tail: '',
    line: (row) => csvLine(columns.map((column) => cell(column, row))),
  };
}
