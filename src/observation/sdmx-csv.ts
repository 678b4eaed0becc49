/**
 * Figures as SDMX-CSV 2.0 (sdmx-twg/sdmx-csv, "Data Message Field Guide", labels=id) over RFC 4180, and back. Pure.
 */
import { parse } from 'csv-parse/sync';
import { csvLine, guardText, lineEnd, unguardText } from '../platform/csv-text.ts';
import type { KeyChoice } from '../platform/table-export.ts';
import type { Column, FileFigure } from './sdmx-column.ts';
import { figureColumns } from './sdmx-columns.ts';

export const maintenanceAgency = 'LIENTHONG';
export const structureVersion = '1.0.0';
export const sdmxCsvType = 'application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8';

/** In SDMX code lists: not applicable. A dimension is never empty, because an empty one is none at all. */
export const notApplicable = '_Z';
const subFieldSeparator = ';';

/** I: for information. The others for a table of changes: append, replace, delete. */
export type Action = 'I' | 'A' | 'R' | 'D';

export interface FileOptions<Row extends FileFigure = FileFigure> {
  /** The table: the dataflow's id. */
  readonly dataflow: string;
  readonly keys?: KeyChoice;
  readonly columns?: readonly Column<Row>[];
}

/** A figure whose source states no period is of a structure without a time dimension. */
export const structureId = (dataflow: string, hasPeriod: boolean): string =>
  `${maintenanceAgency}:${dataflow}${hasPeriod ? '' : '_UNDATED'}(${structureVersion})`;

const isDimension = ({ kind }: Pick<Column, 'kind'>) => kind === 'DIMENSION' || kind === 'TIME';

function cellOf<Row extends FileFigure>(column: Column<Row>, row: Row): string {
  const value = column.read(row);
  if (value === null) return column.kind === 'DIMENSION' ? notApplicable : '';
  return column.textType === 'String' ? guardText(value) : value;
}

/** The values of the dimensions, joined by dots; without the time for a series. */
function keysOf<Row extends FileFigure>(
  row: Row,
  columns: readonly Column<Row>[],
  keys: KeyChoice,
): string[] {
  const join = (kept: readonly Column<Row>[]) =>
    kept
      .map((column) => cellOf(column, row))
      .filter((cell) => cell !== '')
      .join('.');
  const series = keys === 'series' || keys === 'both';
  const obs = keys === 'obs' || keys === 'both';
  return [
    ...(series ? [join(columns.filter(({ kind }) => kind === 'DIMENSION'))] : []),
    ...(obs ? [join(columns.filter(isDimension))] : []),
  ];
}

export function sdmxCsvHead<Row extends FileFigure>({
  keys = 'none',
  columns = figureColumns,
}: FileOptions<Row>): string {
  const hasLists = columns.some(({ isList }) => isList);
  return csvLine([
    hasLists ? `STRUCTURE[${subFieldSeparator}]` : 'STRUCTURE',
    'STRUCTURE_ID',
    'ACTION',
    ...(keys === 'series' || keys === 'both' ? ['SERIES_KEY'] : []),
    ...(keys === 'obs' || keys === 'both' ? ['OBS_KEY'] : []),
    ...columns.map(({ id, isList }) => (isList ? `${id}[]` : id)),
  ]);
}

export function sdmxCsvLine<Row extends FileFigure>(
  row: Row,
  { dataflow, keys = 'none', columns = figureColumns }: FileOptions<Row>,
  action: Action = 'I',
): string {
  return csvLine([
    'dataflow',
    structureId(dataflow, row.timePeriod !== null),
    action,
    ...keysOf(row, columns, keys),
    ...columns.map((column) => cellOf(column, row)),
  ]);
}

/** A whole file, line by line as the rows come. */
export async function* writeSdmxCsv(
  rows: AsyncIterable<FileFigure> | Iterable<FileFigure>,
  options: FileOptions,
): AsyncGenerator<string> {
  yield sdmxCsvHead(options);
  for await (const row of rows) yield sdmxCsvLine(row, options);
}

export interface ReadRow {
  readonly structure: string;
  readonly structureId: string;
  readonly action: string;
  /** By component id; null where there is no value, lists split. */
  readonly cells: Readonly<Record<string, string | readonly string[] | null>>;
}

/** Reads a file that `writeSdmxCsv` wrote, or another with the same columns in any order. */
export function parseSdmxCsv(
  text: string,
  columns: readonly Pick<Column, 'id' | 'kind' | 'textType'>[] = figureColumns,
): readonly ReadRow[] {
  const [head = [], ...lines] = parse(text, { record_delimiter: lineEnd });
  const separator = /^STRUCTURE\[(.)\]$/.exec(head[0] ?? '')?.[1] ?? '';
  const known = new Map(columns.map((column) => [column.id, column]));
  return lines.map((line) => {
    const cells: Record<string, string | readonly string[] | null> = {};
    for (const [i, name] of head.entries()) {
      if (i === 0) continue;
      const value = line[i] ?? '';
      const column = known.get(name.replace(/\[\]$/, ''));
      if (!column) continue;
      if (value === '' || (column.kind === 'DIMENSION' && value === notApplicable)) {
        cells[column.id] = null;
      } else if (name.endsWith('[]')) {
        cells[column.id] = value.split(separator);
      } else {
        cells[column.id] = column.textType === 'String' ? unguardText(value) : value;
      }
    }
    const at = (name: string) => line[head.indexOf(name)] ?? '';
    return {
      structure: line[0] ?? '',
      structureId: at('STRUCTURE_ID'),
      action: at('ACTION'),
      cells,
    };
  });
}
