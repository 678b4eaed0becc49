/** Asking for plans and coverage. */
import { findArea } from '../area/data.ts';
import { AreaKeyInput } from '../area/types.ts';
import { assertCodes } from '../observation/data.ts';
import { asOfArgs, versionArgs } from '../observation/version-args.ts';
import { parsePeriodOrThrow } from '../platform/period.ts';
import { builder } from '../platform/builder.ts';
import { accepts, pageArgs, type Order } from '../platform/connection.ts';
import { readCoverage } from './coverage-material.ts';
import { readTargets, targetWhere, type TargetRow } from './data.ts';
import './movement-queries.ts';
import './restated-queries.ts';
import './statistics-queries.ts';
import { CoverageRef, TargetConnection, TargetKind } from './types.ts';

const byFigure: Order<TargetRow> = {
  name: 'FIGURE',
  columns: [
    { column: 'figureId', direction: 'asc', read: (row) => row.figureId },
    { column: 'id', direction: 'asc', read: (row) => row.id },
  ],
};
const byPeriod: Order<TargetRow> = {
  name: 'PERIOD_ASC',
  columns: [
    {
      column: 'periodStart',
      direction: 'asc',
      nullable: true,
      accepts: accepts.day,
      read: (row) => row.periodStart?.toISOString() ?? null,
    },
    ...byFigure.columns,
  ],
};

export const TargetFilter = builder.inputType('TargetFilter', {
  description:
    'All conditions must hold. Codes that their list does not know are refused: CODE_UNKNOWN.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Targets of exactly this area.' }),
    kind: t.field({ type: TargetKind, description: 'Numbers, unprinted numbers or aims.' }),
    indicator: t.string({ description: 'List INDICATOR.' }),
    scheme: t.string({ description: 'List SCHEME.' }),
    participantGroup: t.string({ description: 'List PARTICIPANT_GROUP.' }),
    timePeriod: t.string({ description: 'Exactly this period. Else PERIOD_MALFORMED.' }),
    from: t.string({ description: 'Periods that end on or after the start of this one.' }),
    to: t.string({ description: 'Periods that begin on or before the end of this one.' }),
    instrumentId: t.string({ description: 'Set by the instrument of this code.' }),
    sourceId: t.string({ description: 'From the source of this code.' }),
    figureId: t.string({ description: 'The target of this figure id.' }),
  }),
});

const TargetOrder = builder.enumType('TargetOrder', {
  description: 'The order of a list of targets.',
  values: {
    FIGURE: { description: 'By figure id.' },
    PERIOD_ASC: { description: 'By first day of the period, oldest first; without a period last.' },
  } as const,
});

builder.queryFields((t) => ({
  targets: t.field({
    type: TargetConnection,
    description:
      'Plans, targets and aims that the caller may see, in their current version, in those known at an earlier instant, or in all. Errors: AS_OF_IN_FUTURE, AS_OF_WITH_HISTORY.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: TargetFilter, description: 'Which targets.' }),
      orderBy: t.arg({ type: TargetOrder, defaultValue: 'FIGURE', description: 'In which order.' }),
      ...versionArgs(),
    },
    resolve: async (_root, args, context) =>
      readTargets(context, {
        list: 'targets',
        order: args.orderBy === 'PERIOD_ASC' ? byPeriod : byFigure,
        args,
        where: await targetWhere(context, args.where ?? {}, args),
      }),
  }),
  coverage: t.field({
    type: [CoverageRef],
    description:
      'Enrolment of an area in a period: participants, plan, achievement, rate and change on the year, printed and computed side by side. Monthly closings have no versions and are told as of now only. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, PERIOD_MALFORMED, CODE_UNKNOWN, AS_OF_IN_FUTURE.',
    args: {
      area: t.arg({ type: AreaKeyInput, required: true, description: 'Where.' }),
      timePeriod: t.arg.string({
        required: true,
        description:
          'When, such as 2022 or 2023-05; figures as of its last day are included, and say so in their own `timePeriod`.',
      }),
      scheme: t.arg.string({ description: 'List SCHEME; all when left out.' }),
      participantGroup: t.arg.string({ description: 'List PARTICIPANT_GROUP; all when left out.' }),
      ...asOfArgs(),
    },
    resolve: async (_root, { area: key, timePeriod, scheme, participantGroup, asOf }, context) => {
      parsePeriodOrThrow(timePeriod);
      await assertCodes(context, { SCHEME: scheme, PARTICIPANT_GROUP: participantGroup });
      const area = await findArea(context, key);
      context.draft.areas.add(area.id);
      const question = { areaId: area.id, timePeriod, scheme, participantGroup };
      return readCoverage(context, { ...question, asOf: asOf ?? null });
    },
  }),
}));
