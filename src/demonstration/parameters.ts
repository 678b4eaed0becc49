/** Reads the legal parameters of the seed, by which the demonstration's debts are judged. */
import { z } from 'zod';
import { LegalParameters } from '../debt/law/parameters.ts';
import { day, oneOf, optional, text } from '../platform/csv-cells.ts';
import type { CsvFiles } from '../platform/csv.ts';

export const parameterFile = 'legal_parameters.csv';

export function readParameters(files: CsvFiles): LegalParameters {
  const shape = z.object({
    code: text,
    value: z.string(),
    unit: text,
    valid_from: optional(day),
    valid_to: optional(day),
    instrument: text,
    article: z.string(),
    reliability: oneOf('TEXT', 'OCR', 'SECONDARY', 'OPEN'),
    note: z.string(),
  });
  const rows = files.rows(parameterFile, shape);
  return new LegalParameters(
    rows.map(({ valid_from: validFrom, valid_to: validTo, ...row }) => ({
      ...row,
      validFrom,
      validTo,
    })),
  );
}
