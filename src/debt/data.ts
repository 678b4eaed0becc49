/** Reads employers and what they owe; the rows are the database's to limit. */
import { literalPattern, placeWhere, type AreaKey } from '../area/data.ts';
import { searchForm } from '../area/search.ts';
import { assertCodes } from '../observation/data.ts';
import { pagesOf } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type {
  DebtEvent,
  DebtPosition,
  Employer,
  Obligation,
  Prisma,
  UnionPresence,
} from '../platform/prisma/client.ts';

export interface PlaceFilter {
  readonly area?: AreaKey | null | undefined;
  readonly within?: AreaKey | null | undefined;
}

/** The condition, where there is one; an empty text is one, and no row fits it. */
export const equal = <Key extends string, T>(key: Key, value: T | null | undefined) =>
  (value == null ? {} : { [key]: value }) as { [K in Key]?: T };

const employerCode = /^[\w.:-]{1,80}$/;

/** The condition on one employer. The record names it, because a count alone tells of it too. */
export function ofEmployer(context: Context, employer: string | null | undefined) {
  if (employer && employerCode.test(employer)) context.draft.employers.add(employer);
  return equal('employerId', employer);
}

/** The part of a condition that is there; empty when neither bound is. */
export function between<Key extends string, T>(
  key: Key,
  min: T | null | undefined,
  max?: T | null,
) {
  if (min == null && max == null) return {};
  const range = { ...(min == null ? {} : { gte: min }), ...(max == null ? {} : { lte: max }) };
  return { [key]: range } as { [K in Key]: { gte?: T; lte?: T } };
}

/** Names that hold the text, whatever its case and tone marks. */
export const nameContains = (text: string | null | undefined) =>
  text ? { nameSearch: { contains: literalPattern(searchForm(text)) } } : {};

export interface EmployerFilter extends PlaceFilter {
  readonly sector?: string | null | undefined;
  readonly ownership?: string | null | undefined;
  readonly sizeBand?: string | null | undefined;
  readonly office?: string | null | undefined;
  readonly unitCode?: string | null | undefined;
  readonly search?: string | null | undefined;
}

/** Offices are public, so that a misspelt one may be told from one without employers. */
export async function assertOffice(
  context: Context,
  office: string | null | undefined,
): Promise<void> {
  if (office == null) return;
  const row = await context.db.office.findFirst({ where: { id: office }, select: { id: true } });
  if (!row) throw new PublicError('OFFICE_UNKNOWN', { office: office.slice(0, 40) });
}

export async function employerWhere(
  context: Context,
  filter: EmployerFilter,
): Promise<Prisma.EmployerWhereInput> {
  const { sector, ownership, sizeBand, office, unitCode, search } = filter;
  await assertCodes(context, {
    EMPLOYER_SECTOR: sector,
    OWNERSHIP: ownership,
    SIZE_BAND: sizeBand,
  });
  await assertOffice(context, office);
  return {
    ...(await placeWhere(context, filter)),
    ...equal('sector', sector),
    ...equal('ownership', ownership),
    ...equal('sizeBand', sizeBand),
    ...equal('officeId', office),
    ...equal('unitCode', unitCode),
    ...nameContains(search),
  };
}

export const readEmployers = pagesOf<Employer>((db) => db.employer);

export const readPositions = pagesOf<DebtPosition>((db) => db.debtPosition);

/** The newest day of the positions that the caller may see; null where there is none. */
export async function newestDay(
  context: Context,
  where: Prisma.DebtPositionWhereInput,
): Promise<Date | null> {
  const { _max } = await context.db.debtPosition.aggregate({ where, _max: { asOf: true } });
  return _max.asOf;
}

export const readObligations = pagesOf<Obligation>((db) => db.obligation);

/** Months of which some fund is not paid in full, or those of which every fund is. */
export function unpaidWhere(context: Context, unpaid: boolean): Prisma.ObligationWhereInput {
  const { fields } = context.db.obligation;
  const someFund: Prisma.ObligationWhereInput = {
    OR: [
      { dueRetirement: { gt: fields.paidRetirement } },
      { dueSickness: { gt: fields.paidSickness } },
      { dueAccident: { gt: fields.paidAccident } },
      { dueUnemployment: { gt: fields.paidUnemployment } },
      { dueHealth: { gt: fields.paidHealth } },
    ],
  };
  return unpaid ? someFund : { NOT: someFund };
}

export const readEvents = pagesOf<DebtEvent>((db) => db.debtEvent);

export const readPresences = pagesOf<UnionPresence>((db) => db.unionPresence);
