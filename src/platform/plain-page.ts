/** A plain table as a page to print: few columns, and words for codes. Pure. */
import { createHash } from 'node:crypto';
import type { Context } from './context.ts';
import type { About, PlainColumn, PlainTable, PlainWriter } from './plain-table.ts';
import { conditionLines, type Label, type Labels } from './plain-words.ts';
import { formatInstant } from './scalars.ts';
import type { AcceptedFile } from './table-export.ts';

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

/** The code lists that the columns need. */
export const pageLists = <Row>({ columns }: PlainTable<Row>): string[] =>
  columns.flatMap(({ labels }) => (typeof labels === 'string' ? [labels] : []));

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character]!);

const style = `@page{size:A4 landscape;margin:12mm}body{font:8.5pt/1.25 sans-serif;margin:0}h1{font-size:13pt;margin:0}
h1 small,th small{font-weight:normal}small{font-size:7pt}td small{color:#444}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1em;margin:.5em 0}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}thead{display:table-header-group}tr{break-inside:avoid}
th,td{border:.5pt solid #888;padding:1mm;text-align:left;vertical-align:top;overflow-wrap:break-word}
td div+div{margin-top:.4mm}.figure{white-space:nowrap}`;
const styleHash = createHash('sha256').update(style).digest('base64');
/** Nothing runs, nothing is fetched, nobody frames it. */
const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox`;

const grouped = new Intl.NumberFormat('vi-VN');
/** Numbers, days and instants, which stay in one line. */
const figureForm = /^[\d.:T+-]{1,30}$/;

const bilingual = ({ nameVi, nameEn }: Label): string =>
  `${escapeHtml(nameVi)}<br><small>${escapeHtml(nameEn)}</small>`;

const bothOf = ({ nameVi, nameEn }: Label): string => `${nameVi} / ${nameEn}`;

/** What the file has under each column of the page that the role may see and the head does not say. */
function pageColumns<Row>({ columns, page }: PlainTable<Row>, said: ReadonlySet<string | null>) {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return page
    .map((column) => ({
      ...column,
      holds: [...(column.lead === null ? [] : [column.lead]), ...column.others]
        .filter((name) => !said.has(name))
        .flatMap((name) => byName.get(name) ?? []),
    }))
    .filter(({ holds }) => holds.length > 0);
}

/** Its name, and those of what follows in it: in both languages here, and in the cells in one. */
function headOfColumn({ lead, holds, ...column }: ReturnType<typeof pageColumns>[number]): string {
  const terms = holds.filter(({ name }) => name !== lead);
  const lines = terms.map((term) => `<br><small>${escapeHtml(bothOf(term))}</small>`);
  return `<th scope="col">${bilingual(column)}${lines.join('')}</th>`;
}

/** The value of a column in a row, as a page says it; null where there is none. */
function valueOf<Row>(
  column: PlainColumn<Row>,
  row: Row,
  context: Context,
  { lists }: PageWords,
): string | Label | null {
  const { kind, labels } = column;
  const value = column.read(row, context);
  if (value === null || value === '') return null;
  const label = (typeof labels === 'string' ? lists.get(labels) : labels)?.get(value);
  return label ?? (kind === 'WHOLE' ? grouped.format(BigInt(value)) : value);
}

const shown = (text: string): string =>
  figureForm.test(text) ? `<span class="figure">${text}</span>` : escapeHtml(text);

/** What comes first in a cell stands alone; what follows has its name before it. */
function lineOf({ nameVi }: Label, value: string | Label, isLead: boolean): string {
  if (isLead) return typeof value === 'string' ? shown(value) : bilingual(value);
  const text = typeof value === 'string' ? shown(value) : escapeHtml(bothOf(value));
  return `<small>${escapeHtml(nameVi)}:</small> ${text}`;
}

function headOf(context: Context, about: About, page: PageWords): string {
  const { agency, subject, purpose, scope } = context.principal;
  const conditions = conditionLines(about.arguments);
  const facts: [string, ...string[]][] = [
    ...(page.heading?.terms ?? []).map(({ term, text }): [string, string] => [term, text]),
    ['Cơ quan / Agency', `${bothOf(agency)} (${agency.id})`],
    ['Người yêu cầu / Asked by', subject],
    ['Mục đích / Purpose', page.purpose ? `${bothOf(page.purpose)} (${purpose})` : (purpose ?? '')],
    ['Thời điểm / At', formatInstant(new Date(scope.instant))],
    ['Điều kiện / Conditions', ...(conditions.length === 0 ? ['Tất cả / All'] : conditions)],
    ['Số dòng / Rows', String(about.rows)],
  ];
  return facts
    .map(
      ([term, ...lines]) =>
        `<dt>${escapeHtml(term)}</dt><dd>${lines.map(escapeHtml).join('<br>')}</dd>`,
    )
    .join('');
}

export function pageWriter<Row>(
  table: PlainTable<Row>,
  { contentType }: AcceptedFile,
  context: Context,
  { page, ...about }: About & { readonly page: PageWords },
): PlainWriter<Row> {
  const said = new Set(page.heading?.terms.map(({ column }) => column));
  const columns = pageColumns(table, said);
  const heads = columns.map(headOfColumn);
  const cell = ({ lead, holds }: (typeof columns)[number], row: Row) => {
    const lines = holds.flatMap((column) => {
      const value = valueOf(column, row, context, page);
      return value === null ? [] : [`<div>${lineOf(column, value, column.name === lead)}</div>`];
    });
    return `<td>${lines.join('')}</td>`;
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
<html lang="vi"><head><meta charset="utf-8"><title>${escapeHtml(bothOf(table))}</title><style>${style}</style></head>
<body><h1>${bilingual(table)}</h1><dl>${headOf(context, about, page)}</dl>
<table><thead><tr>${heads.join('')}</tr></thead><tbody>
`,
    tail: '</tbody></table></body></html>\n',
    line: (row) => `<tr>${columns.map((column) => cell(column, row)).join('')}</tr>\n`,
  };
}
