/** Gaps to the target line, and what contributed to a change, in the schema. */
import { findArea, type AreaKey } from '../area/data.ts';
import { AreaKeyInput } from '../area/types.ts';
import { assertCodes } from '../observation/data.ts';
import { areComparable } from '../observation/derive-more.ts';
import { InstrumentRef } from '../observation/provenance.ts';
import { DerivedObservationRef, ObservationRef } from '../observation/types.ts';
import { builder } from '../platform/builder.ts';
import type { Context } from '../platform/context.ts';
import { parsePeriodOrThrow } from '../platform/period.ts';
import type { Coverage } from './coverage.ts';
import { readCoverage } from './coverage-material.ts';
import { instrumentLoader, readRateTargets } from './data.ts';
import { TargetLineRuleRef } from './rules.ts';
import { targetGaps, type GapSubject, type TargetGap } from './target-gap.ts';
import { TargetRef } from './types.ts';

const PersonsBasis = builder.enumType('PersonsBasis', {
  description: 'By what points are told as persons.',
  values: {
    DENOMINATOR_FIGURE: { description: 'By the figure of the denominator.' },
    IMPLIED_BY_RATE: {
      description:
        'By the count that the source prints beside the rate, as the two imply the denominator: as exact as the rate is printed.',
    },
  } as const,
});

const TargetGapRef = builder.objectRef<TargetGap>('TargetGap').implement({
  description: 'How far a rate lies from the targets of one instrument.',
  fields: (t) => ({
    instrument: t.field({
      type: InstrumentRef,
      nullable: true,
      description: 'The act that sets the targets; null where it is not named.',
      resolve: (row, _args, context) =>
        row.instrumentId === null
          ? null
          : (instrumentLoader(context).load(row.instrumentId) as never),
    }),
    lineRule: t.field({
      type: TargetLineRuleRef,
      description: 'How the targets are read between the years that they name.',
      resolve: (row) => row.lineRule,
    }),
    rate: t.field({
      type: ObservationRef,
      description: 'The rate, printed or computed.',
      resolve: (row) => row.rate,
    }),
    line: t.field({
      type: ObservationRef,
      description:
        'The target of the date of the rate, or the line there, in percent; without a value where there is none. A rate of a year stands at its end.',
      resolve: (row) => row.line,
    }),
    gap: t.field({
      type: DerivedObservationRef,
      description:
        'rate less line, in percentage points: negative when it is below. Without a value where the denominators differ.',
      resolve: (row) => row.gap,
    }),
    gapPersons: t.field({
      type: DerivedObservationRef,
      description: 'The same in persons, see `personsBasis`.',
      resolve: (row) => row.gapPersons,
    }),
    personsBasis: t.field({
      type: PersonsBasis,
      nullable: true,
      description: 'By what it is told as persons; null where it cannot be.',
      resolve: (row) => row.personsBasis,
    }),
    nextTarget: t.field({
      type: TargetRef,
      nullable: true,
      description: 'The next target after the date of the rate.',
      resolve: (row) => row.nextTarget as never,
    }),
    pace: t.field({
      type: DerivedObservationRef,
      description:
        'What would reach the next target, in percentage points a year from the date of the rate to the end of the target’s year.',
      resolve: (row) => row.pace,
    }),
    pacePersons: t.field({
      type: DerivedObservationRef,
      description: 'The same in persons a year, as if the denominator stayed as it is.',
      resolve: (row) => row.pacePersons,
    }),
  }),
});

/** The rates of a row: printed with the count beside it, computed with its denominator. */
function subjectsOf(row: Coverage): GapSubject[] {
  const { ratePrinted, rateComputed, denominatorFigure, participants } = row;
  const isSame =
    ratePrinted !== null && rateComputed !== null && areComparable(ratePrinted, rateComputed);
  const printed = ratePrinted && {
    rate: ratePrinted,
    denominatorFigure: isSame ? denominatorFigure : null,
    participants,
  };
  const computed = rateComputed?.value
    ? { rate: rateComputed, denominatorFigure, participants }
    : null;
  return [printed, computed].filter((subject) => subject !== null);
}

export async function areaOf(
  context: Context,
  {
    area,
    timePeriod,
    ...codes
  }: { area: AreaKey; timePeriod: string } & Readonly<
    Record<'scheme' | 'participantGroup', string | null | undefined>
  >,
): Promise<string> {
  parsePeriodOrThrow(timePeriod);
  await assertCodes(context, { SCHEME: codes.scheme, PARTICIPANT_GROUP: codes.participantGroup });
  const { id } = await findArea(context, area);
  context.draft.areas.add(id);
  return id;
}

builder.queryField('targetGaps', (t) =>
  t.field({
    type: [TargetGapRef],
    description:
      'How far the rates of an area lie from the targets that were assigned to it (Resolution 28-NQ/TW; health insurance targets), and the pace that the next one needs: one row for each rate and instrument. Targets of another area are never applied. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, PERIOD_MALFORMED, CODE_UNKNOWN.',
    args: {
      area: t.arg({ type: AreaKeyInput, required: true, description: 'Where.' }),
      timePeriod: t.arg.string({
        required: true,
        description: 'When, such as 2022; figures as of its last day are included.',
      }),
      scheme: t.arg.string({ description: 'List SCHEME; all when left out.' }),
      participantGroup: t.arg.string({ description: 'List PARTICIPANT_GROUP; all when left out.' }),
    },
    resolve: async (_root, args, context): Promise<TargetGap[]> => {
      const { timePeriod } = args;
      const scheme = args.scheme ?? null;
      const participantGroup = args.participantGroup ?? null;
      const areaId = await areaOf(context, { ...args, scheme, participantGroup });
      const question = { areaId, scheme, participantGroup, asOf: null };
      const [rows, targets] = await Promise.all([
        readCoverage(context, { ...question, timePeriod }),
        readRateTargets(context, question),
      ]);
      return targetGaps(rows.flatMap(subjectsOf), targets);
    },
  }),
);
