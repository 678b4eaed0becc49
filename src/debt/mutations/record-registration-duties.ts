/** Recording workers whom employers must register, and that they were registered. */
import { builder } from '../../platform/builder.ts';
import { numbered, ofEmployer, RecordedRowsRef, rowErrors, rowsDescription } from '../recorded.ts';
import { dutyKind } from '../recording/duty-rows.ts';
import { recordFacts } from '../recording/record.ts';

export const RegistrationDutyRow = builder.inputType('RegistrationDutyRow', {
  description:
    'Workers whom an employer must register (Law 41/2024/QH15 Art 28). What was missed is an obligation once they are registered.',
  fields: (t) => ({
    employer: t.string({ description: ofEmployer.employer }),
    unitCode: t.string({ description: ofEmployer.unitCode }),
    code: t.string({ description: numbered.code }),
    reference: t.string({ description: numbered.reference }),
    dutyFrom: t.field({
      type: 'Date',
      required: true,
      description:
        'The day on which the duty arose, such as that of hiring: since the employer is liable, to today. Else DAY_OUT_OF_RANGE.',
    }),
    registeredOn: t.field({
      type: 'Date',
      description:
        'The day on which they were registered, to today; null while they are not. When left out: as recorded before.',
    }),
    workers: t.int({ required: true, description: 'How many workers, from 1.' }),
    amount: t.field({
      type: 'Int64',
      description:
        'What should have been paid for them, in whole dong; null where nobody has established it. When left out: as recorded before.',
    }),
  }),
});

builder.mutationField('recordRegistrationDuties', (t) =>
  t.field({
    type: RecordedRowsRef,
    description: `Records or corrects duties to register workers, of employers of the caller’s territory. ${rowErrors}, FACT_UNKNOWN, NUMBER_MALFORMED. Of the call: ROWS_TOO_MANY, ROWS_REFUSED.`,
    args: {
      rows: t.arg({ type: [RegistrationDutyRow], required: true, description: rowsDescription }),
    },
    resolve: (_root, { rows }, context) => recordFacts(context, rows, dutyKind),
  }),
);
