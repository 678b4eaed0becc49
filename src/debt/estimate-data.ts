/** Reads and writes what offices are to collect; who may, is the database's to decide. */
import { pagesOf } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import type { CollectionEstimate } from '../platform/prisma/client.ts';
import { formatDay } from '../platform/scalars.ts';

export const readEstimates = pagesOf<CollectionEstimate>((db) => db.collectionEstimate);

/** What holds now for these offices and periods. */
export const estimatesInForce = (
  { db }: Context,
  officeIds: readonly string[],
  timePeriods: readonly string[],
): Promise<CollectionEstimate[]> =>
  db.collectionEstimate.findMany({
    where: {
      officeId: { in: [...officeIds] },
      timePeriod: { in: [...timePeriods] },
      knownTo: null,
    },
  });

export const estimateById = ({ db }: Context, id: string): Promise<CollectionEstimate | null> =>
  db.collectionEstimate.findFirst({ where: { id } });

export interface NewEstimate {
  readonly office: string;
  readonly timePeriod: string;
  readonly measure: string;
  readonly fund: string | null;
  readonly amount: bigint;
  readonly instrument: string;
  readonly assignedOn: Date;
}

/** The id of the new estimate. */
export async function insertEstimate({ db }: Context, estimate: NewEstimate): Promise<string> {
  const { timePeriod, amount, assignedOn, ...rest } = estimate;
  const row = JSON.stringify({
    ...rest,
    time_period: timePeriod,
    amount: String(amount),
    assigned_on: formatDay(assignedOn),
  });
  const [written] = await db.$queryRaw<{ id: string }[]>`
    select assign_collection_estimate(${row}::jsonb) as id`;
  return written!.id;
}

export interface EstimateChanges {
  /** Null takes it back. */
  readonly amount: bigint | null;
  readonly instrument: string | null;
  readonly assignedOn: Date | null;
  readonly reason: string;
}

/** The id of the version that says it now, or of the one that was taken back. */
export async function changeEstimate(
  { db }: Context,
  estimate: string,
  { amount, instrument, assignedOn, reason }: EstimateChanges,
): Promise<string> {
  const changes = JSON.stringify({
    amount: amount === null ? null : String(amount),
    instrument,
    assigned_on: assignedOn && formatDay(assignedOn),
    reason,
  });
  const [written] = await db.$queryRaw<{ id: string }[]>`
    select correct_collection_estimate(${estimate}, ${changes}::jsonb) as id`;
  return written!.id;
}
