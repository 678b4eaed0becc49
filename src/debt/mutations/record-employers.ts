/** Recording and correcting employers. */
import { AreaKeyInput } from '../../area/types.ts';
import { builder } from '../../platform/builder.ts';
import { RecordedRowsRef, rowsDescription } from '../recorded.ts';
import { recordEmployerRows } from '../recording/employers.ts';

export const EmployerRow = builder.inputType('EmployerRow', {
  description:
    'An employer that your agency keeps. Its unit code makes it the same: sent again with other values, it is a correction.',
  fields: (t) => ({
    unitCode: t.string({
      required: true,
      description:
        'The number under which your agency keeps it: up to 40 letters without marks, digits or - . _, and of no other employer of the province. Errors: NUMBER_MALFORMED, UNIT_CODE_TAKEN.',
    }),
    area: t.field({
      type: AreaKeyInput,
      required: true,
      description:
        'Where it is registered, in your territory; it stays there. Else AREA_UNKNOWN, AREA_AMBIGUOUS, TERRITORY_NOT_OWN, EMPLOYER_PLACE_FIXED.',
    }),
    nameVi: t.string({ required: true, description: 'The Vietnamese name.' }),
    nameEn: t.string({
      description: 'The English name; null for none. When left out: as recorded before.',
    }),
    address: t.string({ required: true, description: 'Its address.' }),
    sector: t.string({ required: true, description: 'List EMPLOYER_SECTOR.' }),
    ownership: t.string({ required: true, description: 'List OWNERSHIP.' }),
    sizeBand: t.string({ required: true, description: 'List SIZE_BAND.' }),
    isNaturalPerson: t.boolean({
      required: true,
      description: 'Whether it is a person, such as a household business: stricter rules hold.',
    }),
    office: t.string({
      required: true,
      description:
        'The code of the insurance office that collects from it: one that serves its area or its province, or the national one. Errors: OFFICE_UNKNOWN, OFFICE_NOT_SERVING.',
    }),
    paymentCycle: t.string({
      required: true,
      description: 'How often it pays; list PAYMENT_CYCLE.',
    }),
    liableFrom: t.field({
      type: 'Date',
      required: true,
      description:
        'The day since which it must register its workers, to today; no later than the first month that it owes. Else DAY_OUT_OF_RANGE, EMPLOYER_HAS_MONTH_BEFORE.',
    }),
    registeredOn: t.field({
      type: 'Date',
      description:
        'The day on which it registered; null while it has not. When left out: as recorded before.',
    }),
    closedOn: t.field({
      type: 'Date',
      description:
        'The day on which it ceased; null while it works. When left out: as recorded before.',
    }),
  }),
});

builder.mutationField('recordEmployers', (t) =>
  t.field({
    type: RecordedRowsRef,
    description:
      'Records or corrects employers of the caller’s territory under its own unit codes; a new one’s code is made of the agency’s code and the unit code. Errors of rows: NUMBER_MALFORMED, VALUE_TWICE, FIELD_EMPTY, TEXT_TOO_LONG, CODE_UNKNOWN, OFFICE_UNKNOWN, OFFICE_NOT_SERVING, UNIT_CODE_TAKEN, DAY_OUT_OF_RANGE, AREA_UNKNOWN, AREA_AMBIGUOUS, TERRITORY_NOT_OWN, EMPLOYER_PLACE_FIXED, EMPLOYER_HAS_MONTH_BEFORE. Of the call: ROWS_TOO_MANY, ROWS_REFUSED, SOURCE_UNKNOWN.',
    args: {
      rows: t.arg({ type: [EmployerRow], required: true, description: rowsDescription }),
      source: t.arg.string({
        required: true,
        description:
          'The code of the source that new employers, and facts recorded about them, are from: `Source.code`. Else SOURCE_UNKNOWN.',
      }),
    },
    resolve: (_root, { rows, source }, context) => recordEmployerRows(context, rows, source),
  }),
);
