/** Recording salaries that employers registered too low, and that this was corrected. */
import { builder } from '../../platform/builder.ts';
import { numbered, ofEmployer, RecordedRowsRef, rowErrors, rowsDescription } from '../recorded.ts';
import { recordFacts } from '../recording/record.ts';
import { underdeclarationKind } from '../recording/underdeclaration-rows.ts';

export const UnderdeclarationRow = builder.inputType('UnderdeclarationRow', {
  description:
    'Salaries that an employer registered below the legal base for one month (Law 41/2024/QH15 Art 39). The rest is an obligation once it is registered.',
  fields: (t) => ({
    employer: t.string({ description: ofEmployer.employer }),
    unitCode: t.string({ description: ofEmployer.unitCode }),
    code: t.string({ description: numbered.code }),
    reference: t.string({ description: numbered.reference }),
    timePeriod: t.string({
      required: true,
      description:
        'The month, as 2025-08: while the employer is liable, not before 1995, not in the future. Else MONTH_OUT_OF_RANGE.',
    }),
    registeredBase: t.field({
      type: 'Int64',
      required: true,
      description:
        'The salaries that it registered, in whole dong: less than `legalBase`. Else BASE_NOT_BELOW.',
    }),
    legalBase: t.field({
      type: 'Int64',
      required: true,
      description: 'The salaries that it should have registered, in whole dong.',
    }),
    workers: t.int({ required: true, description: 'Whose salaries they are: how many, from 1.' }),
    correctedOn: t.field({
      type: 'Date',
      description:
        'The day on which the legal base was registered, to today; null while it is not. When left out: as recorded before.',
    }),
    amount: t.field({
      type: 'Int64',
      description:
        'What should have been paid beside, in whole dong; null where nobody has established it. When left out: as recorded before.',
    }),
  }),
});

builder.mutationField('recordUnderdeclarations', (t) =>
  t.field({
    type: RecordedRowsRef,
    description: `Records or corrects salaries declared too low, of employers of the caller’s territory. ${rowErrors}, FACT_UNKNOWN, NUMBER_MALFORMED, MONTH_OUT_OF_RANGE, BASE_NOT_BELOW. Of the call: ROWS_TOO_MANY, ROWS_REFUSED.`,
    args: {
      rows: t.arg({ type: [UnderdeclarationRow], required: true, description: rowsDescription }),
    },
    resolve: (_root, { rows }, context) => recordFacts(context, rows, underdeclarationKind),
  }),
);
