/** `series` as a file. */
import { builder } from '../../platform/builder.ts';
import { linkMinutes, pageRows } from '../export-data.ts';
import { ExportLinkRef, makeLink, type ExportPage, type ExportSource } from '../export.ts';
import { questionOf, seriesArgs, type SeriesArguments } from './arguments.ts';
import { seriesStructure } from './columns.ts';
import { readSeries } from './data.ts';
import { givenOf, seriesRows, type SeriesRow } from './rows.ts';

function* pagesOf(rows: readonly SeriesRow[]): Generator<ExportPage<SeriesRow>> {
  const met = new Set<string>();
  for (let at = 0; at < rows.length; at += pageRows) {
    const page = rows.slice(at, at + pageRows);
    yield { rows: page, given: page.flatMap(({ figure }) => givenOf(figure, met)) };
  }
}

/** Few enough figures to hold, and none is restated before all of its period are there: they are read at once. */
export const seriesExport: ExportSource<SeriesArguments, SeriesRow> = {
  rootField: 'series',
  dataflow: { id: 'SERIES', nameEn: 'Series', nameVi: 'Chuỗi số liệu' },
  structure: seriesStructure,
  async open(context, args) {
    const question = questionOf(args);
    const rows = seriesRows(await readSeries(context, question), question.boundaries);
    return { count: () => Promise.resolve(rows.length), pages: () => pagesOf(rows) };
  },
};

builder.mutationField('exportSeries', (t) =>
  t.field({
    type: ExportLinkRef,
    description: `A link to all the series that \`series\` would give for the same question, one observation a line, oldest first. What it gives is decided when it is downloaded, by the token, purpose, grants and instant of then. What can't be told in the boundaries asked for is an observation without a value that says why. It holds for ${linkMinutes} minutes. Errors: as \`series\`, but for its bounds of \`first\`.`,
    args: seriesArgs(),
    resolve: (_root, args, context, info) => makeLink(context, seriesExport, args, info),
  }),
);
