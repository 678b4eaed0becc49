/** Asking for outputs, as a list and as series. */
import type { GraphQLResolveInfo } from 'graphql';
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { accepts, nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import { outputWhere, readOutputs, readSeries } from './output-data.ts';
import type { OutputFigure } from './output.ts';
import { CampaignOutputConnection, OutputSeriesRef } from './outputs.ts';

const byFigure: Order<OutputFigure> = {
  name: 'FIGURE',
  columns: [
    { column: 'figureId', direction: 'asc', read: (row) => row.figureId },
    { column: 'id', direction: 'asc', read: (row) => row.id },
  ],
};

const byPeriod = (name: string, direction: 'asc' | 'desc'): Order<OutputFigure> => ({
  name,
  columns: [
    {
      column: 'periodStart',
      direction,
      nullable: true,
      accepts: accepts.day,
      read: (row) => row.periodStart?.toISOString() ?? null,
    },
    ...byFigure.columns,
  ],
});

const orders: Readonly<Record<string, Order<OutputFigure>>> = {
  PERIOD_ASC: byPeriod('PERIOD_ASC', 'asc'),
  PERIOD_DESC: byPeriod('PERIOD_DESC', 'desc'),
};

const CampaignOutputOrder = builder.enumType('CampaignOutputOrder', {
  description: 'The order of a list of outputs. Those without a period come last.',
  values: {
    FIGURE: { description: 'By figure id.' },
    PERIOD_ASC: { description: 'By first day of the period, oldest first.' },
    PERIOD_DESC: { description: 'By first day of the period, newest first.' },
  } as const,
});

const CampaignOutputFilter = builder.inputType('CampaignOutputFilter', {
  description:
    'All conditions must hold. Codes that their list does not know are refused: CODE_UNKNOWN.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Outputs of exactly this area.' }),
    series: t.string({ description: 'List SERIES.' }),
    channel: t.string({ description: 'List CHANNEL.' }),
    form: t.string({ description: 'List FORM.' }),
    measure: t.string({ description: 'List MEASURE.' }),
    partner: t.string({ description: 'With the partner of this code.' }),
    audienceCode: t.string({ description: 'That addressed this audience; list AUDIENCE.' }),
    topicCode: t.string({ description: 'About this topic; list TOPIC.' }),
    timePeriod: t.string({
      description: 'Exactly this period, as printed. Else PERIOD_MALFORMED.',
    }),
    from: t.string({ description: 'Periods that end on or after the start of this one.' }),
    to: t.string({ description: 'Periods that begin on or before the end of this one.' }),
    isTotal: t.boolean({ description: 'Printed totals, or all but those.' }),
    figureId: t.string({ description: 'The output of this figure id.' }),
    campaign: t.string({ description: 'Of the campaign of this code.' }),
    sourceId: t.string({ description: 'From the source of this code.' }),
  }),
});

const relations = {
  area: ['Area', 'refArea'],
  source: ['Source', 'source'],
  partner: ['Partner', 'partner'],
  campaign: ['Campaign', 'campaign'],
  activity: ['Activity', 'activity'],
} as const;

/** The relations whose own relations are asked below these paths, to be joined. */
function joined(
  context: Context,
  info: GraphQLResolveInfo,
  pathsTo: (field: string) => string[][],
): object {
  const looks = Object.entries(relations).map(([relation, [typeName, field]]) => {
    return [relation, lookAhead(context, info, typeName, pathsTo(field))] as const;
  });
  return Object.fromEntries(looks.filter(([, look]) => Object.keys(look).length > 0));
}

const seriesPaths = (field: string) => [
  ['outputs', field],
  ['printedTotal', field],
];

builder.queryFields((t) => ({
  campaignOutputs: t.field({
    type: CampaignOutputConnection,
    description:
      'Counts of what was done, printed totals among them, that the caller may see, in their current version.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: CampaignOutputFilter, description: 'Which outputs.' }),
      orderBy: t.arg({
        type: CampaignOutputOrder,
        defaultValue: 'FIGURE',
        description: 'In which order.',
      }),
    },
    resolve: async (_root, args, context, info) =>
      readOutputs(context, {
        list: 'campaignOutputs',
        order: orders[args.orderBy ?? 'FIGURE'] ?? byFigure,
        args,
        where: await outputWhere(context, args.where ?? {}),
        look: joined(context, info, nodePaths),
      }),
  }),
  outputSeries: t.field({
    type: [OutputSeriesRef],
    description:
      'Outputs of an area as series, in the order of list SERIES: a printed table in one answer, with computed totals beside printed ones. There is no sum over series. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, CODE_UNKNOWN, TOO_MANY_ROWS.',
    args: {
      area: t.arg({ type: AreaKeyInput, required: true, description: 'Of exactly this area.' }),
      channel: t.arg.string({ description: 'List CHANNEL; all when left out.' }),
      measure: t.arg.string({ description: 'List MEASURE; all when left out.' }),
      series: t.arg.stringList({ description: 'List SERIES; all when left out.' }),
    },
    resolve: (_root, question, context, info) =>
      readSeries(context, question, joined(context, info, seriesPaths)),
  }),
}));
