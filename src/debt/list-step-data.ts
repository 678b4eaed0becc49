/** Writes the steps of a statutory list; who may take which, and what may stand, is the database's to decide. */
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import { formatDay } from '../platform/scalars.ts';
import { reachesInside } from '../platform/scope.ts';
import type { StatutoryList } from '../platform/prisma/client.ts';
import type { DrawnList, ListEntry } from './eligibility.ts';

/** A list in the caller's own territory, anew. Another is answered as one that is not there. */
export async function ownListOrThrow(
  { db, principal }: Context,
  id: string,
): Promise<StatutoryList> {
  const list = await db.statutoryList.findFirst({ where: { id } });
  const area = list && { id: list.areaId, provinceId: list.provinceId };
  if (!list || !area || !reachesInside(principal.scope, 'DEBT', area)) {
    throw new PublicError('LIST_UNKNOWN', { list: id.slice(0, 80), field: 'list' });
  }
  return list;
}

/** What a version says of whom, but for those that were removed since. */
export async function entriesOfList({ db }: Context, listId: string): Promise<ListEntry[]> {
  return db.statutoryListEntry.findMany({
    where: { listId, removedAt: null },
    orderBy: { unitCode: 'asc' },
    select: {
      unitCode: true,
      nameVi: true,
      address: true,
      officeNameVi: true,
      officeNameEn: true,
      listedAs: true,
      legalBasis: true,
      workers: true,
      monthsLate: true,
      amount: true,
    },
  });
}

/** Units that a correction has taken off some version of the same list. */
export async function removedUnits(
  { db }: Context,
  { areaId, timePeriod }: StatutoryList,
): Promise<string[]> {
  const rows = await db.statutoryListEntry.findMany({
    where: { list: { areaId, timePeriod }, removedAt: { not: null } },
    distinct: ['unitCode'],
    select: { unitCode: true },
  });
  return rows.map(({ unitCode }) => unitCode);
}

export interface NewList {
  readonly areaId: string;
  readonly timePeriod: string;
  readonly debtOn: Date;
  readonly paidUntil: Date;
}
export interface NewCorrection {
  readonly supersedesId: string;
  readonly reason: string;
}

const listColumns = (list: NewList | NewCorrection) =>
  'supersedesId' in list
    ? { supersedes_id: list.supersedesId, correction_reason: list.reason }
    : {
        area_id: list.areaId,
        time_period: list.timePeriod,
        debt_on: formatDay(list.debtOn),
        paid_until: formatDay(list.paidUntil),
      };

const entryColumns = (entry: ListEntry) => ({
  unit_code: entry.unitCode,
  name_vi: entry.nameVi,
  address: entry.address,
  office_name_vi: entry.officeNameVi,
  office_name_en: entry.officeNameEn,
  listed_as: entry.listedAs,
  legal_basis: entry.legalBasis,
  workers: entry.workers,
  months_late: entry.monthsLate,
  amount: String(entry.amount),
});

/** Writes a list as it was drawn up; the id of the new version. */
export async function insertList(
  { db }: Context,
  list: NewList | NewCorrection,
  drawn: DrawnList,
): Promise<string> {
  const row = JSON.stringify({
    ...listColumns(list),
    months_late_min: drawn.monthsLateMin,
    natural_persons_left_out: drawn.naturalPersonsLeftOut,
    hard_to_collect_left_out: drawn.hardToCollectLeftOut,
  });
  const entries = JSON.stringify(drawn.entries.map(entryColumns));
  const [written] = await db.$queryRaw<{ id: string }[]>`
    select draft_statutory_list(${row}::jsonb, ${entries}::jsonb) as id`;
  return written!.id;
}

export async function transmitList({ db }: Context, list: string): Promise<void> {
  await db.$queryRaw`select transmit_statutory_list(${list})::text`;
}

/** Public from the instant on; at once without one. */
export async function approveList(
  { db }: Context,
  list: string,
  publishedAt: Date | null,
): Promise<void> {
  await db.$queryRaw`select approve_statutory_list(${list}, ${publishedAt}::timestamptz)::text`;
}

export async function withdrawList({ db }: Context, list: string, reason: string): Promise<void> {
  await db.$queryRaw`select withdraw_statutory_list(${list}, ${reason})::text`;
}

export async function discardList({ db }: Context, list: string): Promise<void> {
  await db.$queryRaw`select discard_statutory_list(${list})::text`;
}
