/** Reads the tables of law: page by page for callers, and whole for the engine. */
import { pagesOf } from '../platform/connection.ts';
import { perRequest, type Context, type Reader } from '../platform/context.ts';
import type { LegalFine, LegalParameter, Prisma } from '../platform/prisma/client.ts';
import { dayOf } from './fact-rows.ts';
import type { FineBasis, FineRow } from './law/fines.ts';
import { LegalParameters, type ParameterRow, type Reliability } from './law/parameters.ts';

export const readLegalParameters = pagesOf<LegalParameter>((db) => db.legalParameter);
export const readLegalFines = pagesOf<LegalFine>((db) => db.legalFine);

const parameterRow = (row: LegalParameter): ParameterRow => ({
  code: row.code,
  value: row.value ?? '',
  unit: row.unit,
  validFrom: dayOf(row.validFrom),
  validTo: dayOf(row.validTo),
  instrument: row.instrument,
  article: row.article ?? '',
  reliability: row.reliability as Reliability,
  note: row.note ?? '',
});

export const allLegalParameters = async ({ db }: Reader): Promise<ParameterRow[]> =>
  (await db.legalParameter.findMany()).map(parameterRow);

/** The whole table, once a request. */
export const legalParameterRows = perRequest('rows of legal parameters', (context: Context) =>
  allLegalParameters(context),
);

export const legalParametersOf = perRequest(
  'legal parameters',
  async (context: Context): Promise<LegalParameters> =>
    new LegalParameters(await legalParameterRows(context)),
);

const fineRow = (row: LegalFine): FineRow => ({
  instrument: row.instrument,
  article: row.article,
  violation: row.violation,
  basis: row.basis as FineBasis,
  headcountMin: row.headcountMin,
  headcountMax: row.headcountMax,
  fineMin: row.fineMin,
  fineMax: row.fineMax,
  percentMin: row.percentMin,
  percentMax: row.percentMax,
  validFrom: dayOf(row.validFrom),
  reliability: row.reliability as Reliability,
});

/** The whole table, once a request. */
export const legalFineRows = perRequest(
  'rows of legal fines',
  async (context: Context): Promise<FineRow[]> =>
    (await context.db.legalFine.findMany()).map(fineRow),
);

/** Of the newest decree that had begun by the day; of none where none had. */
export async function decreeOn(
  context: Context,
  on: Date | null | undefined,
): Promise<Prisma.LegalFineWhereInput> {
  if (on == null) return {};
  const { _max } = await context.db.legalFine.aggregate({
    where: { validFrom: { lte: on } },
    _max: { validFrom: true },
  });
  return _max.validFrom === null ? { id: { in: [] } } : { validFrom: _max.validFrom };
}
