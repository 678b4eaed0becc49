/** What contributed to a change on the year, in the schema. */
import { AreaKeyInput } from '../area/types.ts';
import { DerivedObservationRef, ObservationRef } from '../observation/types.ts';
import { builder } from '../platform/builder.ts';
import { yearBefore } from '../platform/period.ts';
import {
  changeContributions,
  type ChangeContributions,
  type Contribution,
} from './contributions.ts';
import { readFigures, withLastDay } from './coverage-material.ts';
import { areaOf } from './gaps.ts';

const ContributionDivision = builder.enumType('ContributionDivision', {
  description: 'By what a total is divided.',
  values: {
    SCHEME: { description: 'By the schemes that it consists of.' },
    GROUP: { description: 'By the participant groups that the source tells of.' },
  } as const,
});

const TotalBasis = builder.enumType('TotalBasis', {
  description: 'Where a total comes from.',
  values: {
    REPORTED: { description: 'The source tells it.' },
    SUM_OF_PARTS: { description: 'The sum of all schemes that it consists of by definition.' },
  } as const,
});

const ContributionRef = builder.objectRef<Contribution>('ChangeContribution').implement({
  description: 'What one scheme or group added to a change, or took from it.',
  fields: (t) => ({
    scheme: t.exposeString('scheme', { nullable: true, description: 'List SCHEME.' }),
    participantGroup: t.exposeString('participantGroup', {
      nullable: true,
      description: 'List PARTICIPANT_GROUP.',
    }),
    now: t.field({
      type: ObservationRef,
      description: 'Its participants in the period.',
      resolve: (row) => row.now,
    }),
    before: t.field({
      type: ObservationRef,
      description: 'Its participants a year before.',
      resolve: (row) => row.before,
    }),
    change: t.field({
      type: DerivedObservationRef,
      description: 'now less before, in persons.',
      resolve: (row) => row.change,
    }),
    points: t.field({
      type: DerivedObservationRef,
      description: 'The same in percentage points of the total before, with two decimals.',
      resolve: (row) => row.points,
    }),
  }),
});

const ChangeContributionsRef = builder
  .objectRef<ChangeContributions>('ChangeContributions')
  .implement({
    description:
      'The change of a total on the year, and what each part contributed to it, from one source: parts and residual add up to the change exactly, as they are shown.',
    fields: (t) => ({
      division: t.field({
        type: ContributionDivision,
        description: 'By what it is divided.',
        resolve: (row) => row.division,
      }),
      totalBasis: t.field({
        type: TotalBasis,
        description: 'Whether the total is told or added up.',
        resolve: (row) => row.totalBasis,
      }),
      sourceCode: t.exposeString('sourceId', {
        description: 'The source’s code; empty for a sum over several.',
      }),
      now: t.field({
        type: ObservationRef,
        description: 'The total in the period.',
        resolve: (row) => row.now,
      }),
      before: t.field({
        type: ObservationRef,
        description: 'The total a year before.',
        resolve: (row) => row.before,
      }),
      change: t.field({
        type: DerivedObservationRef,
        description: 'now less before, in persons.',
        resolve: (row) => row.change,
      }),
      points: t.field({
        type: DerivedObservationRef,
        description: 'The same in percent of the total before, written as points.',
        resolve: (row) => row.points,
      }),
      parts: t.field({
        type: [ContributionRef],
        description: 'The parts.',
        resolve: (row) => [...row.parts],
      }),
      residual: t.field({
        type: DerivedObservationRef,
        description:
          'The change less that of all parts, in persons: what the parts do not explain. Without a value where a part is missing, confidential or of low reliability.',
        resolve: (row) => row.residual,
      }),
      residualPoints: t.field({
        type: DerivedObservationRef,
        description: 'The same in points; it holds what rounding leaves, too.',
        resolve: (row) => row.residualPoints,
      }),
    }),
  });

builder.queryField('changeContributions', (t) =>
  t.field({
    type: [ChangeContributionsRef],
    description:
      'What each scheme or participant group contributed to the change of a total on the same period a year before: one row for each source and division that tells of both years; an empty list where none does. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, PERIOD_MALFORMED, CODE_UNKNOWN.',
    args: {
      area: t.arg({ type: AreaKeyInput, required: true, description: 'Where.' }),
      timePeriod: t.arg.string({
        required: true,
        description: 'When, such as 2022; figures as of its last day are included.',
      }),
      scheme: t.arg.string({
        required: true,
        description: 'The total, such as SOCIAL_INSURANCE; list SCHEME.',
      }),
    },
    resolve: async (_root, { area, timePeriod, scheme }, context) => {
      const areaId = await areaOf(context, { area, timePeriod, scheme, participantGroup: null });
      const before = yearBefore(timePeriod);
      if (!before) return [];
      const at = (period: string) => {
        const timePeriods = withLastDay(period);
        const question = { areaId, timePeriods, scheme: null, participantGroup: null, asOf: null };
        return readFigures(context, question, period);
      };
      const [now, then] = await Promise.all([at(timePeriod), at(before)]);
      return changeContributions(now, then, scheme);
    },
  }),
);
