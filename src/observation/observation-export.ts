/** The table `observations` as a file. */
import { builder } from '../platform/builder.ts';
import { observationWhere, type ObservationFilter as Filter } from './data.ts';
import { countObservations, linkMinutes, observationPages } from './export-data.ts';
import { ExportLinkRef, makeLink, pagesOfType, type ExportSource } from './export.ts';
import { ObservationFilter } from './queries.ts';
import { figureStructure } from './sdmx-structure.ts';
import { asOfArgs } from './version-args.ts';

interface Arguments {
  readonly where?: Filter | null | undefined;
  readonly asOf?: Date | null | undefined;
}

export const observationExport: ExportSource<Arguments> = {
  rootField: 'observations',
  dataflow: { id: 'OBSERVATIONS', nameEn: 'Observations', nameVi: 'Số liệu' },
  structure: figureStructure,
  async open(context, { where: filter, asOf }) {
    const where = await observationWhere(context, filter ?? {}, { asOf });
    return {
      count: (max) => countObservations(context, where, max),
      pages: () => pagesOfType('RecordedObservation', observationPages(context, where)),
    };
  },
};

builder.mutationField('exportObservations', (t) =>
  t.field({
    type: ExportLinkRef,
    description: `A link to the figures that \`observations\` would list with the same filter, all of them, in the order FIGURE. What it gives is decided when it is downloaded, by the token, purpose, grants and instant of then. It holds for ${linkMinutes} minutes. Errors: as \`observations\`.`,
    args: {
      where: t.arg({ type: ObservationFilter, description: 'Which figures.' }),
      ...asOfArgs(),
    },
    resolve: (_root, args, context, info) => makeLink(context, observationExport, args, info),
  }),
);
