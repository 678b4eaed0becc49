/** A table as plain CSV for a spreadsheet, or as a page to print: the same columns, those that the role may see. Pure. */
import { createHash } from 'node:crypto';
import type { Context } from './context.ts';
import { csvLine, guardText } from './csv-text.ts';
import { conditionLines, type Label, type Labels } from './plain-words.ts';
import { formatInstant } from './scalars.ts';
import type { AcceptedFile } from './table-export.ts';

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

export interface PlainTable<Row> {
  readonly nameEn: string;
  readonly nameVi: string;
  readonly columns: readonly PlainColumn<Row>[];
}

/** What holds of all rows of a page; the columns that would say it on each are left out. */
export interface PageHeading {
  readonly terms: readonly {
    readonly column: string | null;
    readonly term: string;
    readonly text: string;
  }[];
}

/** What a page says that a file does not. */
export interface PageWords {
  readonly heading: PageHeading | null;
  readonly purpose: Label | null;
  /** Of the code lists that `pageLists` names, by their ids. */
  readonly lists: ReadonlyMap<string, Labels>;
}

interface About {
  readonly name: string;
  readonly arguments: unknown;
  readonly rows: number;
  /** Null for a file. */
  readonly page: PageWords | null;
}

interface PlainWriter<Row> {
  readonly headers: Readonly<Record<string, string>>;
  readonly head: string;
  readonly tail: string;
  line(row: Row): string;
}

/** Without it, spreadsheets read Vietnamese as Latin-1. */
const byteOrderMark = '\uFEFF';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character]!);

const style = `@page{size:A4 landscape;margin:12mm}body{font:10pt/1.3 sans-serif;margin:0}h1{font-size:14pt;margin:0}
h1 small{font-weight:normal}dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1em;margin:.5em 0}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}thead{display:table-header-group}tr{break-inside:avoid}
th,td{border:.5pt solid #888;padding:1mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}th small{font-weight:normal}
.whole{text-align:right;overflow-wrap:normal;white-space:nowrap}`;
const styleHash = createHash('sha256').update(style).digest('base64');
/** Nothing runs, nothing is fetched, nobody frames it. */
const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox`;

const grouped = new Intl.NumberFormat('vi-VN');

function csvWriter<Row>(
  columns: readonly PlainColumn<Row>[],
  { contentType }: AcceptedFile,
  context: Context,
  { name }: Omit<About, 'page'>,
): PlainWriter<Row> {
  const cell = (column: PlainColumn<Row>, row: Row) => {
    const { kind } = column;
    const value = column.read(row, context) ?? '';
    return kind === 'WHOLE' ? value : guardText(value);
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

const bilingual = ({ nameVi, nameEn }: Label): string =>
  `${escapeHtml(nameVi)}<br><small>${escapeHtml(nameEn)}</small>`;

/** In one line, with the code. */
const inBoth = ({ nameVi, nameEn }: Label, code: string): string =>
  `${nameVi} / ${nameEn} (${code})`;

function pageWriter<Row>(
  { nameEn, nameVi, columns: all }: PlainTable<Row>,
  { contentType }: AcceptedFile,
  context: Context,
  about: Omit<About, 'page'>,
  page: PageWords,
): PlainWriter<Row> {
  const { agency, subject, purpose, scope } = context.principal;
  const heading = page.heading?.terms ?? [];
  const columns = all.filter(({ name }) => heading.every(({ column }) => column !== name));
  const conditions = conditionLines(about.arguments);
  const facts: [string, ...string[]][] = [
    ...heading.map(({ term, text }): [string, string] => [term, text]),
    ['Cơ quan / Agency', inBoth(agency, agency.id)],
    ['Người yêu cầu / Asked by', subject],
    ['Mục đích / Purpose', page.purpose ? inBoth(page.purpose, purpose ?? '') : (purpose ?? '')],
    ['Thời điểm / At', formatInstant(new Date(scope.instant))],
    ['Điều kiện / Conditions', ...(conditions.length === 0 ? ['Tất cả / All'] : conditions)],
    ['Số dòng / Rows', String(about.rows)],
  ];
  const terms = facts.map(
    ([term, ...lines]) =>
      `<dt>${escapeHtml(term)}</dt><dd>${lines.map(escapeHtml).join('<br>')}</dd>`,
  );
  const mark = (kind: PlainKind) => (kind === 'WHOLE' ? ' class="whole"' : '');
  const heads = columns.map(
    (column) => `<th scope="col"${mark(column.kind)}>${bilingual(column)}</th>`,
  );
  const cell = (column: PlainColumn<Row>, row: Row) => {
    const { kind, labels } = column;
    const value = column.read(row, context) ?? '';
    const label = (typeof labels === 'string' ? page.lists.get(labels) : labels)?.get(value);
    const text = kind === 'WHOLE' && value !== '' ? grouped.format(BigInt(value)) : value;
    return `<td${mark(kind)}>${label ? bilingual(label) : escapeHtml(text)}</td>`;
  };
  return {
    headers: {
      'content-type': contentType,
      'content-disposition': `inline; filename="${about.name}.html"`,
      'content-security-policy': pagePolicy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    head: `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>${escapeHtml(`${nameVi} / ${nameEn}`)}</title><style>${style}</style></head>
<body><h1>${bilingual({ nameVi, nameEn })}</h1><dl>${terms.join('')}</dl>
<table><thead><tr>${heads.join('')}</tr></thead><tbody>
`,
    tail: '</tbody></table></body></html>\n',
    line: (row) => `<tr>${columns.map((column) => cell(column, row)).join('')}</tr>\n`,
  };
}

const visibleColumns = <Row>({ columns }: PlainTable<Row>, { contract, principal }: Context) =>
  columns.filter(({ coordinate }) => contract.byRole[principal.role].names.has(coordinate));

/** The code lists that a page needs for the columns that the role may see. */
export const pageLists = <Row>(table: PlainTable<Row>, context: Context): string[] =>
  visibleColumns(table, context).flatMap(({ labels }) =>
    typeof labels === 'string' ? [labels] : [],
  );

export function plainWriter<Row>(
  table: PlainTable<Row>,
  file: AcceptedFile,
  context: Context,
  { page, ...about }: About,
): PlainWriter<Row> {
  const columns = visibleColumns(table, context);
  return page
    ? pageWriter({ ...table, columns }, file, context, about, page)
    : csvWriter(columns, file, context, about);
}
