/** Recording, correcting and reversing what employers have paid. */
import { builder } from '../../platform/builder.ts';
import { numbered, ofEmployer, RecordedRowsRef, rowErrors, rowsDescription } from '../recorded.ts';
import { paymentKind } from '../recording/payment-rows.ts';
import { recordFacts } from '../recording/record.ts';

export const PaymentRow = builder.inputType('PaymentRow', {
  description:
    'Money that an employer has paid. It belongs to its employer for good: money of another is reversed and recorded anew.',
  fields: (t) => ({
    employer: t.string({ description: ofEmployer.employer }),
    unitCode: t.string({ description: ofEmployer.unitCode }),
    code: t.string({ description: numbered.code }),
    reference: t.string({ description: numbered.reference }),
    receivedOn: t.field({
      type: 'Date',
      required: true,
      description: 'The day of receipt: from 1995 to today. Else DAY_OUT_OF_RANGE.',
    }),
    amount: t.field({
      type: 'Int64',
      required: true,
      description: 'In whole dong, more than 0. Else NUMBER_OUT_OF_BOUNDS.',
    }),
    reversedOn: t.field({
      type: 'Date',
      description:
        'Since when it counts as never received: from the day of receipt to today. Null: it counts. When left out: as recorded before.',
    }),
  }),
});

builder.mutationField('recordPayments', (t) =>
  t.field({
    type: RecordedRowsRef,
    description: `Records, corrects or reverses payments of employers of the caller’s territory, and allocates them anew: the oldest due date first. ${rowErrors}, FACT_UNKNOWN, NUMBER_MALFORMED. Of the call: ROWS_TOO_MANY, ROWS_REFUSED.`,
    args: {
      rows: t.arg({ type: [PaymentRow], required: true, description: rowsDescription }),
    },
    resolve: (_root, { rows }, context) => recordFacts(context, rows, paymentKind),
  }),
);
