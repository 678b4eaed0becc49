/** The table `targets` as a file. */
import { linkMinutes } from '../observation/export-data.ts';
import { ExportLinkRef, makeLink, pagesOfType, type ExportSource } from '../observation/export.ts';
import { coded, plain, type Column, type FileFigure } from '../observation/sdmx-column.ts';
import { columnsOfFigures } from '../observation/sdmx-columns.ts';
import type { Structure } from '../observation/sdmx-structure.ts';
import { asOfArgs } from '../observation/version-args.ts';
import { builder } from '../platform/builder.ts';
import type { Target } from '../platform/prisma/client.ts';
import { targetWhere, type TargetFilter as Filter } from './data.ts';
import { TargetFilter } from './queries.ts';
import { countTargets, targetPages } from './target-export-data.ts';

type TargetFigure = FileFigure & Target;

const ofTargets: readonly Column<TargetFigure>[] = [
  coded<TargetFigure>(
    'TARGET_KIND',
    'TARGET_KIND',
    'How far it is a number',
    'Mức định lượng của chỉ tiêu',
    (row) => row.kind,
  ),
  plain<TargetFigure>(
    'STATEMENT',
    'String',
    'What is aimed at',
    'Nội dung chỉ tiêu',
    (row) => row.statement,
  ),
  plain<TargetFigure>(
    'INSTRUMENT',
    'String',
    'Code of the act that sets it',
    'Mã văn bản giao chỉ tiêu',
    (row) => row.instrumentId,
  ),
  plain<TargetFigure>(
    'ASSIGNED_BY',
    'String',
    'Code of the organisation that assigned it',
    'Mã cơ quan giao chỉ tiêu',
    (row) => row.assignedBy,
  ),
  coded<TargetFigure>(
    'RELIABILITY',
    'RELIABILITY',
    'How far it is verified; empty for what a document prints itself',
    'Mức xác minh; trống nếu tài liệu tự in ra',
    (row) => row.reliability,
  ),
  {
    ...plain<TargetFigure>(
      'RESULT',
      'String',
      'Codes of the figures that report the result',
      'Mã các số liệu kết quả',
      (row) => row.resultIds.join(';') || null,
    ),
    isList: true,
  },
];

const targetStructure: Structure<TargetFigure> = {
  id: 'TARGET',
  nameEn: 'Plan, target or aim',
  nameVi: 'Kế hoạch, chỉ tiêu hoặc mục tiêu',
  columns: [
    ...columnsOfFigures('REF_AREA', 'INDICATOR', 'SCHEME', 'PARTICIPANT_GROUP', 'SOURCE'),
    ...columnsOfFigures('FIGURE', 'TIME_PERIOD', 'OBS_VALUE', 'OBS_STATUS', 'CONF_STATUS'),
    ...columnsOfFigures('UNIT_MEASURE', 'DECIMALS', 'DENOMINATOR', 'QUALIFIER', 'PERIOD_BASIS'),
    ...columnsOfFigures('SCHEME_COMPONENTS'),
    ...ofTargets,
    ...columnsOfFigures('CONTRIBUTOR', 'KNOWN_FROM', 'PUBLISHED_AT', 'LOCATOR', 'COMMENT'),
  ],
  undated: {
    nameEn: 'Target whose source states no period',
    nameVi: 'Chỉ tiêu mà nguồn không nêu kỳ',
  },
};

interface Arguments {
  readonly where?: Filter | null | undefined;
  readonly asOf?: Date | null | undefined;
}

export const targetExport: ExportSource<Arguments, TargetFigure> = {
  rootField: 'targets',
  dataflow: { id: 'TARGETS', nameEn: 'Plans and targets', nameVi: 'Kế hoạch và chỉ tiêu' },
  structure: targetStructure,
  async open(context, { where: filter, asOf }) {
    const where = await targetWhere(context, filter ?? {}, { asOf });
    return {
      count: (max) => countTargets(context, where, max),
      pages: () => pagesOfType('Target', targetPages(context, where)),
    };
  },
};

builder.mutationField('exportTargets', (t) =>
  t.field({
    type: ExportLinkRef,
    description: `A link to the plans, targets and aims that \`targets\` would list with the same filter, all of them, in the order FIGURE. What it gives is decided when it is downloaded, by the token, purpose, grants and instant of then. It holds for ${linkMinutes} minutes. Errors: as \`targets\`.`,
    args: {
      where: t.arg({ type: TargetFilter, description: 'Which targets.' }),
      ...asOfArgs(),
    },
    resolve: (_root, args, context, info) => makeLink(context, targetExport, args, info),
  }),
);
