/** Correcting what an insurance office is to collect, or taking it back; what was said before is kept. */
import { builder } from '../../platform/builder.ts';
import { checkedText } from '../../platform/checked.ts';
import { changeEstimate, estimateById } from '../estimate-data.ts';
import { CollectionEstimateRef } from '../estimate.ts';

builder.mutationField('correctCollectionEstimate', (t) =>
  t.field({
    type: CollectionEstimateRef,
    nullable: true,
    description:
      'Says an estimate anew and keeps what it said before; without an amount, takes it back; for the agency that assigned it and the national one. Errors: ESTIMATE_UNKNOWN, ESTIMATE_NOT_OWN, ESTIMATE_OUTDATED, NUMBER_OUT_OF_BOUNDS, OFFICE_NOT_BELOW, FIELD_EMPTY, TEXT_TOO_LONG.',
    args: {
      estimate: t.arg.string({ required: true, description: 'The code of the version in force.' }),
      amount: t.arg({
        type: 'Int64',
        description:
          'In dong, from 0 to 10^15, else NUMBER_OUT_OF_BOUNDS. When left out, the estimate is taken back.',
      }),
      instrument: t.arg.string({
        description: 'The decision that changes it; the same as before when left out.',
      }),
      assignedOn: t.arg({
        type: 'Date',
        description: 'The day of that decision; the same as before when left out.',
      }),
      reason: t.arg.string({ required: true, description: 'Why. Else FIELD_EMPTY.' }),
    },
    resolve: async (_root, { estimate, amount, instrument, assignedOn, reason }, context) => {
      const id = await changeEstimate(context, estimate, {
        amount: amount ?? null,
        instrument: instrument == null ? null : checkedText('instrument', instrument),
        assignedOn: assignedOn ?? null,
        reason: checkedText('reason', reason),
      });
      return estimateById(context, id);
    },
  }),
);
