/** What the mutations of facts have in common in the schema: whose a row is, and what became of the rows. */
import { builder } from '../platform/builder.ts';
import { rowsMax, type Recorded } from './recording/record.ts';

export const RecordedRowsRef = builder.objectRef<Recorded>('RecordedRows').implement({
  description:
    'What became of the rows of one call. The same rows sent again are all `unchanged`: nothing is recorded twice.',
  fields: (t) => ({
    inserted: t.exposeInt('inserted', { description: 'Rows that told something new.' }),
    corrected: t.exposeInt('corrected', {
      description:
        'Rows that told something otherwise than before; what facts said stays in their history.',
    }),
    unchanged: t.exposeInt('unchanged', { description: 'Rows that told what was known already.' }),
  }),
});

export const rowsDescription = `Between 1 and ${rowsMax}, else ROWS_TOO_MANY. All are recorded or none: ROWS_REFUSED lists what is wrong in \`extensions.problems\`, by row, field and code.`;

/** For the fields `employer` and `unitCode` of a row. */
export const ofEmployer = {
  employer: 'The code of the employer, `Employer.code`; this or `unitCode`. Else EMPLOYER_UNKNOWN.',
  unitCode:
    'The number under which your own agency keeps the employer; this or `employer`. Else EMPLOYER_UNKNOWN.',
} as const;

/** For the fields `code` and `reference` of a row. */
export const numbered = {
  code: 'The code of one that is recorded, to correct it; this or `reference`. Else FACT_UNKNOWN.',
  reference:
    'Your own number of it, up to 60 letters without marks, digits or - . _ /; this or `code`. The same number again is a correction; its code is made of your agency’s code and the number. Else NUMBER_MALFORMED.',
} as const;

export const rowErrors =
  'Errors of rows: KEY_NOT_ONE, EMPLOYER_UNKNOWN, VALUE_TWICE, NUMBER_OUT_OF_BOUNDS, DAY_OUT_OF_RANGE';
