/** Reads what rows of employers refer to, and writes them; whose they may be is the database's to decide. */
import { findArea, type AreaKey } from '../area/data.ts';
import { assertCodes } from '../observation/data.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { Area } from '../platform/prisma/client.ts';
import { dayOf } from './fact-rows.ts';
import type { Columns } from './recording/fact-kind.ts';

type Wrong = PublicError;

/** What it gives, or why it is refused, so that one row's mistake is told beside those of others. */
async function attempt<T>(work: () => Promise<T>): Promise<T | Wrong> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PublicError) return error;
    throw error;
  }
}

/** The area of each key, by code and vintage; or why there is none. */
export async function areasOfKeys(
  context: Context,
  keys: readonly AreaKey[],
): Promise<(key: AreaKey) => Area | Wrong> {
  const nameOf = ({ code, vintage }: AreaKey) => `${code}@${vintage ?? ''}`;
  const found = new Map<string, Area | Wrong>();
  for (const key of keys) {
    if (found.has(nameOf(key))) continue;
    found.set(nameOf(key), await attempt(() => findArea(context, key)));
  }
  return (key) => found.get(nameOf(key))!;
}

/** Why each code is refused, by list and code; nothing of those that their list knows. */
export async function wrongCodes(
  context: Context,
  codes: readonly (readonly [list: string, code: string])[],
): Promise<(list: string, code: string) => Wrong | null> {
  const found = new Map<string, Wrong | null>();
  for (const [list, code] of codes) {
    if (found.has(`${list} ${code}`)) continue;
    const said = await attempt(() => assertCodes(context, { [list]: code }));
    found.set(`${list} ${code}`, said ?? null);
  }
  return (list, code) => found.get(`${list} ${code}`) ?? null;
}

export async function officesKnown(
  { db }: Context,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.office.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

/** What the database alone sees of a row: an office that does not serve the place, an agency that keeps the number there. */
export interface WrongEmployer {
  readonly unit_code: string;
  readonly office: string | null;
  readonly keeper: string | null;
}

/** Of rows with their place; nothing of those that are right. Nobody else records employers there meanwhile. */
export async function wrongEmployers(
  { db }: Context,
  rows: readonly Columns[],
): Promise<readonly WrongEmployer[]> {
  const placed = rows.filter((row) => row['area_id'] !== null);
  return db.$queryRaw<WrongEmployer[]>`
    select unit_code, office, keeper from wrong_employer_rows(${JSON.stringify(placed)}::jsonb)`;
}

/** Employers that the caller's own agency keeps, by unit code. */
export async function ownEmployerColumns(
  { db, principal }: Context,
  unitCodes: readonly string[],
): Promise<ReadonlyMap<string, Columns & { readonly id: string }>> {
  const where = { contributorId: principal.agency.id, unitCode: { in: [...unitCodes] } };
  const rows = await db.employer.findMany({ where });
  return new Map(
    rows.map((row) => [
      row.unitCode,
      {
        id: row.id,
        unit_code: row.unitCode,
        area_id: row.areaId,
        name_vi: row.nameVi,
        name_en: row.nameEn,
        address: row.address,
        sector: row.sector,
        ownership: row.ownership,
        size_band: row.sizeBand,
        is_natural_person: row.isNaturalPerson,
        office_id: row.officeId,
        payment_cycle: row.paymentCycle,
        liable_from: dayOf(row.liableFrom),
        registered_on: dayOf(row.registeredOn),
        closed_on: dayOf(row.closedOn),
      },
    ]),
  );
}

/** The first month that each employer owes, by employer; nothing of those that owe none. */
export async function firstMonthsOwed(
  { db }: Context,
  employerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.obligation.groupBy({
    by: ['employerId'],
    where: { employerId: { in: [...employerIds] } },
    _min: { timePeriod: true },
  });
  return new Map(rows.map(({ employerId, _min }) => [employerId, _min.timePeriod!]));
}

export async function writeEmployers(
  { db }: Context,
  rows: readonly Columns[],
  source: string,
): Promise<void> {
  await db.$queryRaw`select record_employers(${JSON.stringify(rows)}::jsonb, ${source})::text`;
}
