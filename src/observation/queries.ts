/** Asking for figures and their provenance. */
import { AreaKeyInput, AreaKind } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { accepts, nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import { joined, lookAhead } from '../platform/look-ahead.ts';
import { observationWhere, readObservations, type ObservationRow } from './data.ts';
import { ObsStatus } from './enums.ts';
import { versionArgs } from './version-args.ts';
import { RecordedObservationConnection } from './types.ts';

const day = (date: Date | null) => date?.toISOString() ?? null;
const idColumn = { column: 'id', direction: 'asc', read: (row: { id: string }) => row.id } as const;

const period = (direction: 'asc' | 'desc') =>
  ({
    column: 'periodStart',
    direction,
    nullable: true,
    accepts: accepts.day,
    read: (row: ObservationRow) => day(row.periodStart),
  }) as const;
const figureColumn = {
  column: 'figureId',
  direction: 'asc',
  read: (row: ObservationRow) => row.figureId,
} as const;

const observationOrders: Readonly<Record<string, Order<ObservationRow>>> = {
  FIGURE: { name: 'FIGURE', columns: [figureColumn, idColumn] },
  PERIOD_ASC: { name: 'PERIOD_ASC', columns: [period('asc'), figureColumn, idColumn] },
  PERIOD_DESC: { name: 'PERIOD_DESC', columns: [period('desc'), figureColumn, idColumn] },
  VALUE_DESC: {
    name: 'VALUE_DESC',
    columns: [
      {
        column: 'value',
        direction: 'desc',
        nullable: true,
        accepts: accepts.decimal,
        read: (row) => row.value?.toFixed() ?? null,
      },
      figureColumn,
      idColumn,
    ],
  },
};

const ObservationOrder = builder.enumType('ObservationOrder', {
  description: 'The order of a list of observations. Figures without the sorted column come last.',
  values: {
    FIGURE: { description: 'By figure id.' },
    PERIOD_ASC: { description: 'By first day of the period, oldest first.' },
    PERIOD_DESC: { description: 'By first day of the period, newest first.' },
    VALUE_DESC: { description: 'By value, largest first; sensible within one indicator and unit.' },
  } as const,
});

export const ObservationFilter = builder.inputType('ObservationFilter', {
  description:
    'All conditions must hold. Codes that their list does not know are refused: CODE_UNKNOWN.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Figures of exactly this area.' }),
    within: t.field({
      type: AreaKeyInput,
      description:
        'Figures of the province and of everything in it. Needs a province, else AREA_NOT_PROVINCE.',
    }),
    areaKinds: t.field({
      type: [AreaKind],
      description:
        'Figures of areas of these kinds: with PROVINCE and CITY of all provinces, with COMMUNE, WARD, TOWNSHIP and SPECIAL_ZONE beside `within` of all communes of the province.',
    }),
    domain: t.string({ description: 'List DOMAIN.' }),
    indicator: t.string({ description: 'List INDICATOR.' }),
    scheme: t.string({ description: 'List SCHEME.' }),
    participantGroup: t.string({ description: 'List PARTICIPANT_GROUP.' }),
    sex: t.string({ description: 'F, M or _T for both.' }),
    residence: t.string({ description: 'URBAN, RURAL or _T for both.' }),
    timePeriod: t.string({
      description: 'Exactly this period, as printed. Else PERIOD_MALFORMED.',
    }),
    from: t.string({ description: 'Periods that end on or after the start of this one.' }),
    to: t.string({ description: 'Periods that begin on or before the end of this one.' }),
    obsStatus: t.field({ type: ObsStatus, description: 'Figures of this status.' }),
    sourceId: t.string({ description: 'Figures from the source of this code.' }),
    figureId: t.string({ description: 'The figure of this id.' }),
    release: t.string({ description: 'Figures that the release of this code publishes.' }),
  }),
});

builder.queryFields((t) => ({
  observations: t.field({
    type: RecordedObservationConnection,
    description:
      'Reported and contributed figures that the caller may see, in their current version, in those known at an earlier instant, or in all. Errors: AS_OF_IN_FUTURE, AS_OF_WITH_HISTORY.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: ObservationFilter, description: 'Which figures.' }),
      orderBy: t.arg({
        type: ObservationOrder,
        defaultValue: 'FIGURE',
        description: 'In which order.',
      }),
      ...versionArgs(),
    },
    resolve: async (_root, args, context, info) => {
      const area = lookAhead(context, info, 'Area', nodePaths('refArea'));
      const source = lookAhead(context, info, 'Source', nodePaths('source'));
      return readObservations(context, {
        list: 'observations',
        order: observationOrders[args.orderBy ?? 'FIGURE'] ?? observationOrders['FIGURE']!,
        args,
        where: await observationWhere(context, args.where ?? {}, args),
        look: { ...joined('area', area), ...joined('source', source) },
      });
    },
  }),
}));
