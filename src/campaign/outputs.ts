/** Outputs and their series in the schema. */
import { getRefFromModel } from '@pothos/plugin-prisma';
import { conflictLoader, figureLoader } from '../observation/data.ts';
import { ConflictRef, SourceRef } from '../observation/provenance.ts';
import {
  DerivedObservationRef,
  ObservationRef,
  RecordedObservationRef,
  registerFigureType,
} from '../observation/types.ts';
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import {
  activityLoader,
  campaignLoader,
  outputsById,
  partnerLoader,
  seriesCodes,
} from './output-data.ts';
import type { OutputFigure } from './output.ts';
import type { OutputSeries } from './series.ts';

/** The type of another model, by name: it may be another domain's. */
const typeOf = (model: string) => getRefFromModel(model, builder) as never;

registerFigureType('measure', 'CampaignOutput');

export const CampaignOutputRef = builder.objectRef<OutputFigure>('CampaignOutput');
builder.node(CampaignOutputRef, {
  description:
    'A count of what was done, such as events, attendees, sheets or broadcasts. Its `unit` is its measure.',
  interfaces: [ObservationRef],
  id: { resolve: (row) => row.id },
  loadMany: (ids, context) => outputsById(context, ids),
  fields: (t) => ({
    figureId: t.exposeID('figureId', {
      description: 'What stays the same over corrections; conflicts and targets refer to it.',
    }),
    series: t.exposeString('series', {
      nullable: true,
      description: 'The time series that it belongs to; list SERIES. Null where none is kept.',
    }),
    activityName: t.exposeString('activityName', { description: 'What was done.' }),
    channel: t.exposeString('channel', { description: 'Through what; list CHANNEL.' }),
    form: t.exposeString('form', {
      description: 'Between people or through media; list FORM.',
    }),
    formBasis: t.exposeString('formBasis', {
      description: 'Whether the source says the form or it was derived; list FORM_BASIS.',
    }),
    audienceCodes: t.exposeStringList('audienceCodes', {
      description: 'Whom it addressed; list AUDIENCE. Empty when not printed.',
    }),
    topicCodes: t.exposeStringList('topicCodes', {
      description: 'What it was about; list TOPIC. Empty when not printed.',
    }),
    measure: t.exposeString('measure', { description: 'What is counted; list MEASURE.' }),
    isTotal: t.exposeBoolean('isTotal', {
      description: 'Whether it is a total that its source prints over other counts.',
    }),
    partner: t.field({
      type: typeOf('Partner'),
      nullable: true,
      description: 'With whom; null when nobody is named, or not to the caller.',
      resolve: (row, _args, context) => joinedOr(row, 'partner', partnerLoader, context) as never,
    }),
    campaign: t.field({
      type: typeOf('Campaign'),
      nullable: true,
      description:
        'The campaign that it belongs to; null where there is none, or not for the caller.',
      resolve: (row, _args, context) => joinedOr(row, 'campaign', campaignLoader, context) as never,
    }),
    activity: t.field({
      type: typeOf('Activity'),
      nullable: true,
      description: 'The activity that it counts; null where there is none, or not for the caller.',
      resolve: (row, _args, context) => joinedOr(row, 'activity', activityLoader, context) as never,
    }),
    outcomes: t.field({
      type: [RecordedObservationRef],
      description:
        'Enrolments that the source credits to it, as far as the caller may see them. A credit is no proof of a cause.',
      resolve: (row, _args, context) => outcomesOf(context, row.outcomeIds),
    }),
    outcomeIds: t.stringList({
      description: 'Their figure ids, each once.',
      // Those of figures that the caller may not see would tell that they exist.
      resolve: async (row, _args, context) => {
        const outcomes = await outcomesOf(context, row.outcomeIds);
        return [...new Set(outcomes.map(({ figureId }) => figureId))];
      },
    }),
    comment: t.exposeString('comment', {
      nullable: true,
      description: 'A remark on the reading.',
    }),
    contributor: t.exposeString('contributorId', {
      description: 'The agency that contributed the row.',
    }),
    knownFrom: t.expose('knownFrom', {
      type: 'DateTime',
      description: 'Since when the gateway holds this version.',
    }),
  }),
});

type Related = 'partner' | 'campaign' | 'activity';
type Loader = (context: Context) => { load(id: string): Promise<unknown> };

/** A row that the look-ahead joined, else one that is loaded with those of its neighbours. */
function joinedOr(row: OutputFigure, name: Related, loader: Loader, context: Context): unknown {
  const id = row[`${name}Id`];
  if (id === null) return null;
  return row[name] === undefined ? loader(context).load(id) : row[name];
}

/** The observations behind figure ids, as far as the caller may see them. */
export async function outcomesOf(context: Context, figureIds: readonly string[]) {
  const lists = await Promise.all(figureIds.map((id) => figureLoader(context).load(id)));
  return lists.flat();
}

async function labelOf({ code }: OutputSeries, context: Context) {
  const codes = await seriesCodes(context);
  return codes.find((one) => one.code === code);
}

async function conflictsOf({ outputs, printedTotal }: OutputSeries, context: Context) {
  const figures = printedTotal ? [...outputs, printedTotal] : outputs;
  const lists = await Promise.all(
    figures.map(({ figureId }) => conflictLoader(context).load(figureId)),
  );
  const byId = new Map(lists.flat().map((conflict) => [conflict.id, conflict]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

export const OutputSeriesRef = builder.objectRef<OutputSeries>('OutputSeries').implement({
  description:
    'What one source counts by one measure over time, with its totals. Counts of different series are never added.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'List SERIES.' }),
    labelEn: t.string({
      description: 'Its English label.',
      resolve: async (series, _args, context) =>
        (await labelOf(series, context))?.nameEn ?? series.code,
    }),
    labelVi: t.string({
      nullable: true,
      description: 'Its Vietnamese label; null where none is certain.',
      resolve: async (series, _args, context) => (await labelOf(series, context))?.nameVi ?? null,
    }),
    measure: t.exposeString('measure', { description: 'What is counted; list MEASURE.' }),
    channel: t.exposeString('channel', { description: 'Through what; list CHANNEL.' }),
    source: t.field({
      type: SourceRef,
      description: 'The source of all its counts.',
      resolve: (series) => series.source as never,
    }),
    additiveOverTime: t.boolean({
      description: 'Whether its counts may be added over periods at all.',
      resolve: ({ rule }) => rule?.additiveOverTime ?? false,
    }),
    notAdditiveReason: t.string({
      nullable: true,
      description:
        'Why they may not, in the language of Accept-Language; null where they may, or where no rule is recorded.',
      resolve: ({ rule }, _args, context) =>
        (context.language === 'vi' ? rule?.reasonVi : rule?.reasonEn) ?? null,
    }),
    outputs: t.field({
      type: [CampaignOutputRef],
      description: 'The counts in order of period, oldest first, without totals.',
      resolve: (series) => [...series.outputs],
    }),
    printedTotal: t.field({
      type: CampaignOutputRef,
      nullable: true,
      description:
        'The total as printed: that of the same period, else the newest; null where none is printed.',
      resolve: (series) => series.printedTotal,
    }),
    computedTotal: t.field({
      type: DerivedObservationRef,
      nullable: true,
      description:
        'The exact sum of `outputs`. Without value, with the reason, where they must not be added or one is absent or unreliable; null where all are of one period.',
      resolve: (series) => series.computedTotal,
    }),
    conflicts: t.field({
      type: [ConflictRef],
      description: 'Contradictions and unclear points of its counts and its printed total.',
      resolve: (series, _args, context) => conflictsOf(series, context) as never,
    }),
  }),
});

export const CampaignOutputConnection = defineConnection(
  'CampaignOutput',
  CampaignOutputRef as never,
);
