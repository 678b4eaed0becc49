/** Asking which targets a unit of today has from before a reform. */
import { AreaKeyInput, AreaRef } from '../area/types.ts';
import { ObservationRef } from '../observation/types.ts';
import { asOfArgs } from '../observation/version-args.ts';
import { builder } from '../platform/builder.ts';
import { readRestatedTargets } from './restated-data.ts';
import type { RestatedTarget, targetRules } from './restated.ts';
import { TargetRef } from './types.ts';

const TargetRule = builder.enumType('TargetRule', {
  description: 'How a target of former units is told for the unit of today.',
  values: {
    AS_ASSIGNED: { description: 'It was assigned to this extent itself.' },
    SUM_OF_PARTS: {
      description: 'Counts and amounts that all parts were asked for, each once, added up.',
    },
    SAME_IN_ALL_PARTS: { description: 'The rate that all parts were asked for alike.' },
    NONE: {
      description:
        'No rule tells it: a part has none or several, rates differ, or a step is not proven. The figure has no value and says why.',
    },
  } satisfies Record<(typeof targetRules)[number], { description: string }>,
});

const RestatedTargetRef = builder.objectRef<RestatedTarget>('RestatedTarget').implement({
  description:
    'What a unit of today was asked, where its parts were asked before the reform. Nobody assigned it in this form.',
  fields: (t) => ({
    refArea: t.field({
      type: AreaRef,
      description: 'The unit of today (SDMX REF_AREA).',
      resolve: (row) => row.refArea as never,
    }),
    rule: t.field({
      type: TargetRule,
      description: 'By which rule.',
      resolve: (row) => row.rule,
    }),
    figure: t.field({
      type: ObservationRef,
      description: 'The target itself, or what the rule makes of those of the parts.',
      resolve: (row) => row.figure,
    }),
    targets: t.field({
      type: [TargetRef],
      description: 'The targets as they were assigned.',
      resolve: (row) => [...row.targets],
    }),
  }),
});

builder.queryField('restatedTargets', (t) =>
  t.field({
    type: [RestatedTargetRef],
    description:
      'Targets with a number, in the boundaries of today: those of the area, else those of the units that it was made of, by a stated rule. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, CODE_UNKNOWN, PERIOD_MALFORMED, AS_OF_IN_FUTURE, SERIES_TOO_LONG.',
    args: {
      area: t.arg({
        type: AreaKeyInput,
        required: true,
        description: 'Any unit of the line; the answer is for the unit of today.',
      }),
      indicator: t.arg.string({ description: 'List INDICATOR.' }),
      scheme: t.arg.string({ description: 'List SCHEME.' }),
      participantGroup: t.arg.string({ description: 'List PARTICIPANT_GROUP.' }),
      from: t.arg.string({ description: 'Periods that end on or after the start of this one.' }),
      to: t.arg.string({ description: 'Periods that begin on or before the end of this one.' }),
      ...asOfArgs(),
    },
    resolve: (_root, args, context) => readRestatedTargets(context, args),
  }),
);
