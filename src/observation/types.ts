/** The figure in the schema: an interface for what is reported, planned and derived alike. */
import { AreaRef } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import {
  conflictLoader,
  figureLoader,
  knownUntil,
  observationsById,
  type ObservationRow,
} from './data.ts';
import type { DerivedFigure } from './derive.ts';
import { formatValue, knownSince, reasonOf, type Figure, type MeasuredFigure } from './figure.ts';
import { ConfStatus, ObsStatus, PeriodBasis } from './enums.ts';
import { ConflictRef, SourceRef } from './provenance.ts';

async function conflictsOf(context: Context, figure: Figure) {
  const inputs = 'derived' in figure ? (figure as DerivedFigure).derivedFrom : [figure];
  const ids = inputs.flatMap((input) => (input.figureId === null ? [] : [input.figureId]));
  const lists = await conflictLoader(context).loadMany(ids);
  const failed = lists.find((list) => list instanceof Error);
  if (failed) throw failed;
  const all = (lists as Exclude<(typeof lists)[number], Error>[]).flat();
  return [...new Map(all.map((conflict) => [conflict.id, conflict])).values()];
}

export const ObservationRef = builder.interfaceRef<Figure>('Observation').implement({
  description:
    'A figure with all that it takes to read it: what, where, when, of which kind, from which source. A null value always has a status and a reason.',
  resolveType: (figure) => figureTypeName(figure),
  fields: (t) => ({
    refArea: t.field({
      type: AreaRef,
      description: 'The area that the figure describes (SDMX REF_AREA).',
      resolve: (figure) => figure.area as never,
    }),
    indicator: t.exposeString('indicator', {
      nullable: true,
      description:
        'What is measured; list INDICATOR, of a fact about an organisation list ORGANISATION_ITEM. Null for an aim in words, and for an output of a campaign, whose `unit` says what it counts.',
    }),
    baseIndicator: t.string({
      nullable: true,
      description: 'What a change, share or ratio refers to; list INDICATOR.',
      resolve: (figure) => figure.baseIndicator ?? null,
    }),
    scheme: t.exposeString('scheme', {
      nullable: true,
      description: 'Insurance scheme; list SCHEME.',
    }),
    schemeComponents: t.stringList({
      description: 'For a total or a pair: the schemes in it.',
      resolve: (figure) => [...figure.schemeComponents],
    }),
    participantGroup: t.exposeString('participantGroup', {
      nullable: true,
      description: 'Whom it counts; list PARTICIPANT_GROUP.',
    }),
    timePeriod: t.exposeString('timePeriod', {
      nullable: true,
      description:
        'The period or day described (SDMX TIME_PERIOD): 2022, 2022-05, 2022-12-31. Null when the source states none.',
    }),
    periodBasis: t.field({
      type: PeriodBasis,
      description: 'Whether the period is printed or inferred.',
      resolve: (figure) => figure.periodBasis as never,
    }),
    value: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'The number, in `unit`, with the digits of its source. Null is never zero: `obsStatus`, `confStatus` and `reason` say why.',
      resolve: formatValue,
    }),
    decimals: t.exposeInt('decimals', {
      nullable: true,
      description: 'Digits after the point (SDMX DECIMALS); null when there is no value.',
    }),
    unit: t.exposeString('unit', {
      nullable: true,
      description:
        'The unit of the value; list UNIT, for an output of a campaign list MEASURE. Percent and percentage points are different units.',
    }),
    denominator: t.exposeString('denominator', {
      nullable: true,
      description:
        'What a rate is a share of; list DENOMINATOR. Do not compare rates of different ones.',
    }),
    qualifier: t.exposeString('qualifier', {
      nullable: true,
      description: 'How exact the source puts it, or the direction in words; list QUALIFIER.',
    }),
    obsStatus: t.field({
      type: ObsStatus,
      description: 'The status of the observation (SDMX CL_OBS_STATUS). Never use U in sums.',
      resolve: (figure) => figure.obsStatus as never,
    }),
    confStatus: t.field({
      type: ConfStatus,
      description: 'The status of confidentiality (SDMX CL_CONF_STATUS).',
      resolve: (figure) => figure.confStatus as never,
    }),
    reason: t.string({
      nullable: true,
      description:
        'Why the value is null or must be read with care, in the language of Accept-Language; null for a normal value.',
      resolve: (figure, _args, context) => reasonOf(figure, context.language),
    }),
    source: t.field({
      type: SourceRef,
      nullable: true,
      description: 'The document; null for a derived figure whose inputs come from several.',
      resolve: (figure) => figure.source as never,
    }),
    locator: t.exposeString('locator', {
      nullable: true,
      description: 'Where in the source the figure stands.',
    }),
    conflicts: t.field({
      type: [ConflictRef],
      description: 'Contradictions and unclear points that mark the figure.',
      resolve: (figure, _args, context) => conflictsOf(context, figure) as never,
    }),
  }),
});

const BreakdownRef = builder.objectRef<{ dimension: string; code: string }>('Breakdown').implement({
  description: 'One dimension by which a figure is broken down.',
  fields: (t) => ({
    dimension: t.exposeString('dimension', {
      description: 'List BREAKDOWN_DIMENSION.',
    }),
    code: t.exposeString('code', {
      description: 'A code of the list of that dimension.',
    }),
  }),
});

export function parseBreakdown(text: string): { dimension: string; code: string }[] {
  return text
    .split(';')
    .filter(Boolean)
    .map((pair) => {
      const [dimension = '', ...code] = pair.split('=');
      return { dimension, code: code.join('=') };
    });
}

export const RecordedObservationRef = builder.objectRef<ObservationRow>('RecordedObservation');
builder.node(RecordedObservationRef, {
  description: 'A figure as a source reports it or an agency contributes it.',
  interfaces: [ObservationRef],
  id: { resolve: (row) => row.id },
  loadMany: (ids, context) => observationsById(context, ids),
  fields: (t) => ({
    figureId: t.exposeID('figureId', {
      description: 'What stays the same over corrections; conflicts and targets refer to it.',
    }),
    domain: t.exposeString('domain', { description: 'List DOMAIN.' }),
    sex: t.exposeString('sex', { description: 'List CL_SEX; _T is both.' }),
    residence: t.exposeString('residence', {
      description: 'URBAN, RURAL, or _T for both.',
    }),
    breakdown: t.field({
      type: [BreakdownRef],
      description: 'All dimensions by which the source breaks the figure down.',
      resolve: (row) => parseBreakdown(row.breakdown),
    }),
    comment: t.exposeString('comment', {
      nullable: true,
      description: 'A remark on the reading.',
    }),
    contributor: t.exposeString('contributorId', {
      description: 'The agency that contributed the figure.',
    }),
    knownFrom: t.field({
      type: 'DateTime',
      description:
        'Since when this version is known: held by the gateway, and published where it is published.',
      resolve: knownSince,
    }),
    knownTo: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When another version took its place; null while none has.',
      resolve: (row, _args, context) => knownUntil(row, context),
    }),
  }),
});

export const DerivedObservationRef = builder
  .objectRef<DerivedFigure>('DerivedObservation')
  .implement({
    description:
      'A figure that the gateway computed. Its statuses are the most restrictive of its inputs’; over an absent or unreliable input there is no value.',
    interfaces: [ObservationRef],
    fields: (t) => ({
      formula: t.exposeString('formula', {
        description: 'The arithmetic in numbers; empty when there is no value.',
      }),
      derivedFrom: t.field({
        type: [ObservationRef],
        description: 'The figures it was computed from.',
        resolve: (figure) => [...figure.derivedFrom],
      }),
    }),
  });

export const MeasuredObservationRef = builder
  .objectRef<MeasuredFigure>('MeasuredObservation')
  .implement({
    description:
      'One measure of a row that has several, such as the staff and the points of a network; the row has the id.',
    interfaces: [ObservationRef],
  });

const figureTypes = new Map<string, string>([
  ['derived', 'DerivedObservation'],
  ['measured', 'MeasuredObservation'],
]);

/** Tells the implementations of Observation apart: rows with this property are of this type. */
export function registerFigureType(property: string, typeName: string): void {
  figureTypes.set(property, typeName);
}

function figureTypeName(figure: object): string {
  for (const [property, typeName] of figureTypes) if (property in figure) return typeName;
  return 'RecordedObservation';
}

builder.prismaObjectField(ConflictRef, 'figures', (t) =>
  t.field({
    type: [RecordedObservationRef],
    description: 'The observations that it marks, as far as the caller may see them.',
    select: { rows: { where: { part: 'MARK' }, orderBy: { position: 'asc' } } },
    resolve: async (conflict, _args, context) => {
      const lists = await Promise.all(
        conflict.rows.map((row) => figureLoader(context).load(row.rowId)),
      );
      return lists.flat();
    },
  }),
);

export const RecordedObservationConnection = defineConnection(
  'RecordedObservation',
  RecordedObservationRef as never,
);
