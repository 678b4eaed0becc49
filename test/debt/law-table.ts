/** The seeded tables of law as the engine takes them, and facts written short. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { DebtFacts, ObligationFact, PaymentFact } from '../../src/debt/law/facts.ts';
import type { FineBasis, FineRow } from '../../src/debt/law/fines.ts';
import {
  LegalParameters,
  type ParameterRow,
  type Reliability,
} from '../../src/debt/law/parameters.ts';

type Cells = Readonly<Record<string, string>>;

const seed = (file: string): Cells[] =>
  parse<Cells>(readFileSync(new URL(`../../prisma/seed/${file}`, import.meta.url), 'utf8'), {
    columns: true,
  });

const orNull = (cell: string | undefined): string | null => (cell ? cell : null);
const numberOrNull = (cell: string | undefined): number | null => (cell ? Number(cell) : null);
const dongOrNull = (cell: string | undefined): bigint | null => (cell ? BigInt(cell) : null);

export const parameterRows: ParameterRow[] = seed('legal_parameters.csv').map((row) => ({
  code: row['code']!,
  value: row['value']!,
  unit: row['unit']!,
  validFrom: orNull(row['valid_from']),
  validTo: orNull(row['valid_to']),
  instrument: row['instrument']!,
  article: row['article']!,
  reliability: row['reliability'] as Reliability,
  note: row['note']!,
}));

export const fineRows: FineRow[] = seed('fines.csv').map((row) => ({
  instrument: row['instrument']!,
  article: row['article']!,
  violation: row['violation']!,
  basis: row['basis'] as FineBasis,
  headcountMin: numberOrNull(row['headcount_min']),
  headcountMax: numberOrNull(row['headcount_max']),
  fineMin: dongOrNull(row['fine_min_vnd']),
  fineMax: dongOrNull(row['fine_max_vnd']),
  percentMin: orNull(row['percent_min']),
  percentMax: orNull(row['percent_max']),
  validFrom: orNull(row['valid_from']),
  reliability: row['reliability'] as Reliability,
}));

export const law = new LegalParameters(parameterRows);

/** The table with some open questions answered otherwise. */
export const lawWith = (settings: Readonly<Record<string, string>>): LegalParameters =>
  new LegalParameters(
    parameterRows.map((row) => ({ ...row, value: settings[row.code] ?? row.value })),
  );

/** The table with more rows, such as holidays or a later rate. */
export const lawAnd = (
  rows: readonly Partial<ParameterRow>[],
  table: readonly ParameterRow[] = parameterRows,
): LegalParameters =>
  new LegalParameters([
    ...table,
    ...rows.map((row) => ({
      code: '',
      value: '',
      unit: '',
      validFrom: null,
      validTo: null,
      instrument: 'test',
      article: '',
      reliability: 'TEXT' as const,
      note: '',
      ...row,
    })),
  ]);

export const owed = (
  month: string,
  amount: bigint,
  more: Partial<ObligationFact> = {},
): ObligationFact => ({
  id: `${month} ${more.fund ?? 'SICKNESS'}`,
  month,
  amount,
  fund: 'SICKNESS',
  cycle: 'MONTHLY',
  ...more,
});

export const paid = (
  receivedOn: string,
  amount: bigint,
  more: Partial<PaymentFact> = {},
): PaymentFact => ({ id: `paid ${receivedOn}`, receivedOn, amount, ...more });

export const facts = (given: Partial<DebtFacts>): DebtFacts => ({
  obligations: [],
  payments: [],
  ...given,
});
