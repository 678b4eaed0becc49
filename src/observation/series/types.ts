/** Series in the schema. */
import { restatements } from '../../area/lineage.ts';
import { areasById } from '../../area/data.ts';
import { AreaRef } from '../../area/types.ts';
import { builder } from '../../platform/builder.ts';
import { fewRows } from '../../platform/limits.ts';
import { ObservationRef } from '../types.ts';
import type { Series, SeriesBreak, SeriesPoint } from './assemble.ts';

export const SeriesBoundaries = builder.enumType('SeriesBoundaries', {
  description: 'In which boundaries figures from before and after a reform are told.',
  values: {
    AS_REPORTED: {
      description: 'Each in the boundaries of its time: a series for each unit of the line.',
    },
    CURRENT: {
      description:
        'In those of today: figures of parts are added up, exactly between provinces, by estimate (status E) or not at all between communes.',
    },
    ORIGINAL: {
      description:
        'In those of the first units of the line: after the reform only what went on alone has figures.',
    },
  } as const,
});

const Restatement = builder.enumType('Restatement', {
  description: 'How surely figures of one extent are told in another.',
  values: {
    SAME: { description: 'It is the same extent.' },
    EXACT: { description: 'The parts are proven to make up the whole.' },
    ESTIMATED: { description: 'The parts are listed, without proof: sums have status E.' },
    REFUSED: { description: 'A part was split, so that there is no sum.' },
    NOT_SEPARABLE: { description: 'The figures of the larger unit do not tell the area apart.' },
  } satisfies Record<(typeof restatements)[number], { description: string }>,
});

const PreferenceRule = builder.enumType('PreferenceRule', {
  description:
    'Why a figure is preferred to the others of its period. The rules are tried in this order.',
  values: {
    ONLY_FIGURE: { description: 'There is no other.' },
    HAS_VALUE: { description: 'The others have no value, or one of low reliability (U).' },
    REPORTED: { description: 'The others are generated for demonstration.' },
    RELIABILITY: {
      description: 'Its status is the surest: normal, break, experimental, provisional, estimate.',
    },
    AS_REPORTED: { description: 'The others are computed.' },
    SAME_VALUE: { description: 'The others say the same.' },
    NEWEST_SOURCE: { description: 'Its source was published last.' },
    CONTRADICTED: {
      description: 'None is: sources contradict each other and nothing decides between them.',
    },
  } as const,
});

const SeriesPointRef = builder.objectRef<SeriesPoint>('SeriesPoint').implement({
  description: 'What is said of one period.',
  fields: (t) => ({
    timePeriod: t.exposeString('timePeriod', {
      description: 'The period (SDMX TIME_PERIOD), such as 2022, 2022-05 or 2022-12-31.',
    }),
    observations: t.field({
      type: [ObservationRef],
      description:
        'All figures of the period, by source: recorded ones, and derived ones where they were told in other boundaries or open a new extent (status B).',
      extensions: fewRows(3),
      resolve: (point) => [...point.observations],
    }),
    preferred: t.field({
      type: ObservationRef,
      nullable: true,
      description: 'The one to use, by the rule that `preferredBy` names; null where none is.',
      resolve: (point) => point.preferred,
    }),
    preferredBy: t.field({
      type: PreferenceRule,
      description: 'The rule that decided.',
      resolve: (point) => point.preferredBy,
    }),
    isBreak: t.exposeBoolean('isBreak', {
      description:
        'Whether the figures before it were reported for other units (SDMX OBS_STATUS B); true as well where the value itself is absent.',
    }),
  }),
});

const SeriesBreakRef = builder.objectRef<SeriesBreak>('SeriesBreak').implement({
  description: 'A reform that changed which units are reported.',
  fields: (t) => ({
    effectiveOn: t.expose('effectiveOn', {
      type: 'Date',
      description: 'First day of the successors.',
    }),
    restatement: t.field({
      type: Restatement,
      nullable: true,
      description:
        'How figures from the other side are told in these boundaries; null where they are not, because they are series of their own.',
      resolve: (row) => row.restatement,
    }),
    predecessors: t.field({
      type: [AreaRef],
      description: 'The units before it.',
      resolve: (row, _args, context) =>
        areasById(
          context,
          row.steps.map(({ predecessorId }) => predecessorId),
        ) as never,
    }),
    successors: t.field({
      type: [AreaRef],
      description: 'The units after it.',
      resolve: (row, _args, context) =>
        areasById(
          context,
          row.steps.map(({ successorId }) => successorId),
        ) as never,
    }),
    bases: t.stringList({
      description: 'The legal acts, or the listing between communes.',
      resolve: (row) => [...new Set(row.steps.map(({ basis }) => basis))],
    }),
  }),
});

export const SeriesRef = builder.objectRef<Series>('Series').implement({
  description:
    'The figures of one indicator in the boundaries of one area, in time: one series for each scheme, group, frequency and unit that there are figures of.',
  fields: (t) => ({
    refArea: t.field({
      type: AreaRef,
      description: 'The area in whose boundaries all points are told (SDMX REF_AREA).',
      resolve: (series) => series.refArea as never,
    }),
    indicator: t.string({
      description: 'What is measured; list INDICATOR.',
      resolve: ({ sample }) => sample.indicator,
    }),
    baseIndicator: t.string({
      nullable: true,
      description: 'What a change, share or ratio refers to; list INDICATOR.',
      resolve: ({ sample }) => sample.baseIndicator,
    }),
    scheme: t.string({
      nullable: true,
      description: 'Insurance scheme; list SCHEME.',
      resolve: ({ sample }) => sample.scheme,
    }),
    schemeComponents: t.stringList({
      description: 'For a total or a pair: the schemes in it.',
      resolve: ({ sample }) => sample.schemeComponents,
    }),
    participantGroup: t.string({
      nullable: true,
      description: 'Whom it counts; list PARTICIPANT_GROUP.',
      resolve: ({ sample }) => sample.participantGroup,
    }),
    sex: t.string({
      description: 'List CL_SEX; _T is both.',
      resolve: ({ sample }) => sample.sex,
    }),
    residence: t.string({
      description: 'URBAN, RURAL, or _T for both.',
      resolve: ({ sample }) => sample.residence,
    }),
    frequency: t.exposeString('frequency', {
      description: 'List CL_FREQ; D for figures as of a day, _O for other ranges.',
    }),
    unit: t.string({
      description: 'The unit of the values; list UNIT.',
      resolve: ({ sample }) => sample.unit,
    }),
    denominator: t.string({
      nullable: true,
      description: 'What a rate is a share of; list DENOMINATOR.',
      resolve: ({ sample }) => sample.denominator,
    }),
    points: t.field({
      type: [SeriesPointRef],
      description: 'The periods that there are figures of, oldest first.',
      resolve: (series) => [...series.points],
    }),
    breaks: t.field({
      type: [SeriesBreakRef],
      description: 'The reforms of these boundaries, newest first.',
      extensions: fewRows(2),
      resolve: (series) => [...series.breaks],
    }),
  }),
});
