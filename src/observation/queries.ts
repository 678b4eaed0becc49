/** Asking for figures and their provenance. */
import { AreaKeyInput } from '../area/types.ts';
import { findArea } from '../area/data.ts';
import { builder } from '../platform/builder.ts';
import { nodePaths, pageArgs, readPage, type Order } from '../platform/connection.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import type { CodeList, Conflict, Instrument, Source } from '../platform/prisma/client.ts';
import { assertCodes, observationWhere, withReferences, type ObservationRow } from './data.ts';
import { ObsStatus } from './enums.ts';
import {
  CodeListConnection,
  CodeListRef,
  ConflictConnection,
  InstrumentConnection,
  SourceConnection,
} from './provenance.ts';
import { RecordedObservationConnection } from './types.ts';

const day = (date: Date | null) => date?.toISOString() ?? null;
const idColumn = { column: 'id', direction: 'asc', read: (row: { id: string }) => row.id } as const;
const byId = <Row extends { id: string }>(): Order<Row> => ({ name: 'CODE', columns: [idColumn] });

const period = (direction: 'asc' | 'desc') =>
  ({
    column: 'periodStart',
    direction,
    nullable: true,
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

const ObservationFilter = builder.inputType('ObservationFilter', {
  description:
    'All conditions must hold. Codes that their list does not know are refused: CODE_UNKNOWN.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Figures of exactly this area.' }),
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
  }),
});

const ConflictFilter = builder.inputType('ConflictFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'About exactly this area.' }),
    kind: t.string({ description: 'List CONFLICT_KIND.' }),
    certainty: t.string({ description: 'List CERTAINTY.' }),
    rowId: t.string({ description: 'That mark the row of this id.' }),
    sourceId: t.string({ description: 'In the source of this code.' }),
  }),
});

builder.queryFields((t) => ({
  observations: t.field({
    type: RecordedObservationConnection,
    description:
      'Reported and contributed figures that the caller may see, in their current version.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: ObservationFilter, description: 'Which figures.' }),
      orderBy: t.arg({
        type: ObservationOrder,
        defaultValue: 'FIGURE',
        description: 'In which order.',
      }),
    },
    resolve: async (_root, args, context, info) => {
      const area = lookAhead(context, info, 'Area', nodePaths('refArea'));
      const source = lookAhead(context, info, 'Source', nodePaths('source'));
      return readPage<ObservationRow>({
        list: 'observations',
        order: observationOrders[args.orderBy ?? 'FIGURE'] ?? observationOrders['FIGURE']!,
        args,
        where: await observationWhere(context, args.where ?? {}),
        find: (query) =>
          context.db.observation.findMany({
            ...query,
            include: { ...withReferences, ...joined('area', area), ...joined('source', source) },
          }),
        count: (query) => context.db.observation.count(query),
      });
    },
  }),
  conflicts: t.field({
    type: ConflictConnection,
    description: 'Contradictions and unclear points of figures whose topics the caller may read.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: ConflictFilter, description: 'Which conflicts.' }),
    },
    resolve: async (_root, args, context, info) => {
      const { area: key, kind, certainty, rowId, sourceId } = args.where ?? {};
      await assertCodes(context, { CONFLICT_KIND: kind, CERTAINTY: certainty });
      const area = key ? await findArea(context, key) : null;
      const look = lookAhead(context, info, 'Conflict', nodePaths());
      return readPage<Conflict>({
        list: 'conflicts',
        order: byId(),
        args,
        where: {
          ...(area ? { areaId: area.id } : {}),
          ...(kind ? { kind } : {}),
          ...(certainty ? { certainty } : {}),
          ...(rowId ? { rows: { some: { rowId } } } : {}),
          ...(sourceId ? { sourceIds: { has: sourceId } } : {}),
        },
        find: (query) => context.db.conflict.findMany({ ...look, ...query }),
        count: (query) => context.db.conflict.count(query),
      });
    },
  }),
  sources: t.field({
    type: SourceConnection,
    description: 'The documents that figures were taken from.',
    args: pageArgs(),
    resolve: (_root, args, context, info) => {
      const look = lookAhead(context, info, 'Source', nodePaths());
      return readPage<Source>({
        list: 'sources',
        order: byId(),
        args,
        where: {},
        find: (query) => context.db.source.findMany({ ...look, ...query }),
        count: (query) => context.db.source.count(query),
      });
    },
  }),
  instruments: t.field({
    type: InstrumentConnection,
    description: 'Laws, resolutions, decisions and contracts that the sources name.',
    args: {
      ...pageArgs(),
      kind: t.arg.string({ description: 'List LEGAL_INSTRUMENT_KIND. Else CODE_UNKNOWN.' }),
    },
    resolve: async (_root, args, context, info) => {
      await assertCodes(context, { LEGAL_INSTRUMENT_KIND: args.kind });
      const look = lookAhead(context, info, 'Instrument', nodePaths());
      return readPage<Instrument>({
        list: 'instruments',
        order: byId(),
        args,
        where: args.kind ? { kind: args.kind } : {},
        find: (query) => context.db.instrument.findMany({ ...look, ...query }),
        count: (query) => context.db.instrument.count(query),
      });
    },
  }),
  codeLists: t.field({
    type: CodeListConnection,
    description: 'All code lists.',
    args: pageArgs(),
    resolve: (_root, args, context, info) => {
      const look = lookAhead(context, info, 'CodeList', nodePaths());
      return readPage<CodeList>({
        list: 'codeLists',
        order: byId(),
        args,
        where: {},
        find: (query) => context.db.codeList.findMany({ ...look, ...query }),
        count: (query) => context.db.codeList.count(query),
      });
    },
  }),
  codeList: t.prismaField({
    type: CodeListRef,
    nullable: true,
    description: 'One code list; null when there is none of that name.',
    args: { id: t.arg.string({ required: true, description: 'Its name, such as INDICATOR.' }) },
    resolve: (query, _root, { id }, context) =>
      context.db.codeList.findFirst({ ...query, where: { id } }),
  }),
}));

/** A relation of an include, with the look-ahead below it where there is any. */
function joined(relation: string, look: object): object {
  return Object.keys(look).length > 0 ? { [relation]: look } : {};
}
