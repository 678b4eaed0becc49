/** Recording and correcting what employers owe month by month. */
import { builder } from '../../platform/builder.ts';
import { ofEmployer, RecordedRowsRef, rowErrors, rowsDescription } from '../recorded.ts';
import { recordFacts } from '../recording/record.ts';
import { obligationKind } from '../recording/obligation-rows.ts';

const fund = (name: string) =>
  ({
    type: 'Int64',
    required: true,
    description: `What must be paid to the fund ${name}, in whole dong, to 10^15; "0" for nothing.`,
  }) as const;

export const ObligationRow = builder.inputType('ObligationRow', {
  description:
    'What one employer owes for one month. Employer and month make it the same: sent again with other values, it is a correction. When it is due follows from the law and is not told.',
  fields: (t) => ({
    employer: t.string({ description: ofEmployer.employer }),
    unitCode: t.string({ description: ofEmployer.unitCode }),
    timePeriod: t.string({
      required: true,
      description:
        'The month, as 2025-08: while the employer is liable, not before 1995, not in the future. Else MONTH_OUT_OF_RANGE.',
    }),
    paymentCycle: t.string({
      description:
        'How often the employer paid then; list PAYMENT_CYCLE. When left out: as recorded before, or as the employer pays now. Else CODE_UNKNOWN.',
    }),
    registeredOn: t.field({
      type: 'Date',
      description:
        'Since when it is registered, where that was after its month; null otherwise. When left out: as recorded before.',
    }),
    workers: t.int({ required: true, description: 'Workers for whom it is owed, from 0.' }),
    contributionBase: t.field({
      type: 'Int64',
      required: true,
      description:
        'The salaries on which contributions are reckoned, in whole dong; no less than the five funds together, else DUE_ABOVE_BASE.',
    }),
    retirement: t.field(fund('RETIREMENT')),
    sickness: t.field(fund('SICKNESS')),
    accident: t.field(fund('ACCIDENT')),
    unemployment: t.field(fund('UNEMPLOYMENT')),
    health: t.field(fund('HEALTH')),
  }),
});

builder.mutationField('recordObligations', (t) =>
  t.field({
    type: RecordedRowsRef,
    description: `Records or corrects what employers of the caller’s territory owe, and allocates their payments anew. ${rowErrors}, MONTH_OUT_OF_RANGE, CODE_UNKNOWN, DUE_ABOVE_BASE. Of the call: ROWS_TOO_MANY, ROWS_REFUSED.`,
    args: {
      rows: t.arg({ type: [ObligationRow], required: true, description: rowsDescription }),
    },
    resolve: (_root, { rows }, context) => recordFacts(context, rows, obligationKind),
  }),
);
