/** Loads what the law says in numbers and rules, and the fines. */
import { z } from 'zod';
import { listed, type Codes } from '../observation/load-codes.ts';
import { day, number, oneOf, optional, text, type Cell } from '../platform/csv-cells.ts';
import type { CsvFiles } from '../platform/csv.ts';
import type { SeedWriter } from '../platform/seed.ts';

const parameterFile = 'legal_parameters.csv';
const fineFile = 'fines.csv';
export const lawFiles = [parameterFile, fineFile];

const whole: Cell<string> = text.regex(/^\d{1,15}$/, 'Write a whole number of at most 15 digits.');

function readParameters(files: CsvFiles, codes: Codes) {
  files.checkUnique([parameterFile], ['code', 'valid_from']);
  const shape = z.object({
    code: listed(codes, 'LEGAL_PARAMETER'),
    value: optional(text),
    unit: text,
    valid_from: optional(day),
    valid_to: optional(day),
    instrument: text,
    article: optional(text),
    reliability: oneOf('TEXT', 'OCR', 'SECONDARY', 'OPEN'),
    note: optional(text),
  });
  const rows = files.rows(parameterFile, shape);
  for (const { line, value, reliability, valid_from: from, valid_to: to } of rows) {
    if (value === null && reliability !== 'OPEN') {
      const message = 'Fill the value, or mark the row as OPEN: only an open question has none.';
      files.report(parameterFile, line, 'value', 'VALUE_MALFORMED', message);
    }
    if (to !== null && (from === null || to < from)) {
      const message = 'Let the last day in force not be before the first.';
      files.report(parameterFile, line, 'valid_to', 'VALUE_MALFORMED', message);
    }
  }
  return rows.map(({ line: _, ...row }) => ({
    id: `${row.code}/${row.valid_from ?? ''}`,
    ...row,
  }));
}

function readFines(files: CsvFiles, codes: Codes) {
  files.checkUnique([fineFile], ['instrument', 'article', 'violation', 'headcount_min']);
  const shape = z.object({
    instrument: text,
    article: text,
    violation: listed(codes, 'LEGAL_VIOLATION'),
    basis: oneOf('HEADCOUNT', 'PERCENT_OF_AMOUNT', 'AMOUNT'),
    headcount_min: optional(whole),
    headcount_max: optional(whole),
    fine_min_vnd: optional(whole),
    fine_max_vnd: optional(whole),
    percent_min: optional(number),
    percent_max: optional(number),
    valid_from: optional(day),
    reliability: oneOf('TEXT', 'OCR', 'SECONDARY'),
  });
  const rows = files.rows(fineFile, shape);
  for (const { line, basis, headcount_min: heads, percent_min: percent } of rows) {
    if ((basis === 'HEADCOUNT') !== (heads !== null)) {
      const message = 'Give the heads of a fine by headcount, and of no other.';
      files.report(fineFile, line, 'headcount_min', 'VALUE_MALFORMED', message);
    }
    if ((basis === 'PERCENT_OF_AMOUNT') !== (percent !== null)) {
      const message = 'Give the percentage of a fine by amount owed, and of no other.';
      files.report(fineFile, line, 'percent_min', 'VALUE_MALFORMED', message);
    }
  }
  return rows.map(({ line: _, fine_min_vnd, fine_max_vnd, ...row }) => ({
    id: [row.instrument, row.article, row.violation, row.headcount_min ?? ''].join('/'),
    ...row,
    fine_min: fine_min_vnd,
    fine_max: fine_max_vnd,
  }));
}

export interface LawTables {
  readonly parameters: readonly object[];
  readonly fines: readonly object[];
}

export const readLaw = (files: CsvFiles, codes: Codes): LawTables => ({
  parameters: readParameters(files, codes),
  fines: readFines(files, codes),
});

export async function loadLaw(writer: SeedWriter, law: LawTables): Promise<void> {
  await writer.upsert('legal_parameter', law.parameters, { key: ['id'], from: [parameterFile] });
  await writer.upsert('legal_fine', law.fines, { key: ['id'], from: [fineFile] });
}
