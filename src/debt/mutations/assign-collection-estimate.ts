/** Assigning to an insurance office what it is to collect. */
import { assertCodes } from '../../observation/data.ts';
import { builder } from '../../platform/builder.ts';
import { checkedText } from '../../platform/checked.ts';
import { calendarKinds, parsePeriodOrThrow } from '../../platform/period.ts';
import { estimateById, insertEstimate } from '../estimate-data.ts';
import { CollectionEstimateRef, CollectionMeasure } from '../estimate.ts';

const CollectionEstimateInput = builder.inputType('CollectionEstimateInput', {
  description: 'What an office is to collect from employers.',
  fields: (t) => ({
    office: t.string({ required: true, description: 'The code of the office.' }),
    timePeriod: t.string({
      required: true,
      description: 'A year, quarter or month, as 2026, 2026-Q1 or 2026-01. Else PERIOD_MALFORMED.',
    }),
    measure: t.field({ type: CollectionMeasure, required: true, description: 'What it is of.' }),
    fund: t.string({ description: 'List FUND; all funds together when left out.' }),
    amount: t.field({
      type: 'Int64',
      required: true,
      description: 'In dong, from 0 to 10^15. Else NUMBER_OUT_OF_BOUNDS.',
    }),
    instrument: t.string({
      required: true,
      description: 'The decision that assigns it, by number and date. Else FIELD_EMPTY.',
    }),
    assignedOn: t.field({ type: 'Date', required: true, description: 'The day of the decision.' }),
  }),
});

builder.mutationField('assignCollectionEstimate', (t) =>
  t.field({
    type: CollectionEstimateRef,
    nullable: true,
    description:
      'Says what an office below the caller’s own level is to collect: a provincial agency assigns to grassroots offices of its province, the national one to all. Errors: OFFICE_UNKNOWN, OFFICE_NOT_BELOW, ESTIMATE_EXISTS, NUMBER_OUT_OF_BOUNDS, PERIOD_MALFORMED, CODE_UNKNOWN, FIELD_EMPTY, TEXT_TOO_LONG.',
    args: {
      input: t.arg({ type: CollectionEstimateInput, required: true, description: 'What it says.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { timePeriod, fund } = input;
      parsePeriodOrThrow(timePeriod, calendarKinds, 'input.timePeriod');
      await assertCodes(context, { FUND: fund });
      const instrument = checkedText('input.instrument', input.instrument);
      const id = await insertEstimate(context, { ...input, fund: fund ?? null, instrument });
      return estimateById(context, id);
    },
  }),
);
