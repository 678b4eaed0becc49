/** Reads facts as they stand and writes rows of them; who may write what, and what holds, is the database's to decide. */
import type { Context } from '../platform/context.ts';
import type { Employer } from '../platform/prisma/client.ts';
import { formatDay } from '../platform/scalars.ts';
import { reachesInside } from '../platform/scope.ts';
import { dayOf } from './fact-rows.ts';
import { pairId, pairOf } from './fields.ts';
import type { Columns } from './recording/fact-kind.ts';

type Found = Promise<ReadonlyMap<string, Columns>>;

/** Employers of the caller's own territory by code, and those that its own agency keeps by unit code. */
export async function employersNamed(
  { db, principal }: Context,
  codes: readonly string[],
  unitCodes: readonly string[],
): Promise<{ byCode: Map<string, Employer>; byUnit: Map<string, Employer> }> {
  const own = { contributorId: principal.agency.id, unitCode: { in: [...unitCodes] } };
  const rows = await db.employer.findMany({ where: { OR: [{ id: { in: [...codes] } }, own] } });
  const inside = rows.filter(({ areaId: id, provinceId }) =>
    reachesInside(principal.scope, 'DEBT', { id, provinceId }),
  );
  const units = inside.filter(({ contributorId }) => contributorId === principal.agency.id);
  return {
    byCode: new Map(inside.map((row) => [row.id, row])),
    byUnit: new Map(units.map((row) => [row.unitCode, row])),
  };
}

/** Until the transaction ends, nobody else changes facts of these employers by the gateway. */
export async function lockEmployers({ db }: Context, ids: readonly string[]): Promise<void> {
  await db.$queryRaw`select lock_debt_employers(${[...ids]}::text[])::text`;
}

export async function readObligationColumns({ db }: Context, keys: readonly string[]): Found {
  const pairs = keys.map(pairOf);
  const rows = await db.obligation.findMany({
    where: {
      employerId: { in: [...new Set(pairs.map(([employer]) => employer))] },
      timePeriod: { in: [...new Set(pairs.map(([, month]) => month))] },
    },
  });
  return new Map(
    rows.map((row) => [
      pairId(row.employerId, row.timePeriod),
      {
        employer_id: row.employerId,
        time_period: row.timePeriod,
        due_on: formatDay(row.dueOn),
        payment_cycle: row.paymentCycle,
        registered_on: dayOf(row.registeredOn),
        workers: row.workers,
        contribution_base: String(row.contributionBase),
        due_retirement: String(row.dueRetirement),
        due_sickness: String(row.dueSickness),
        due_accident: String(row.dueAccident),
        due_unemployment: String(row.dueUnemployment),
        due_health: String(row.dueHealth),
      },
    ]),
  );
}

const amountText = (amount: bigint | null) => amount?.toString() ?? null;

export async function readPaymentColumns({ db }: Context, keys: readonly string[]): Found {
  const rows = await db.payment.findMany({ where: { id: { in: [...keys] } } });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        employer_id: row.employerId,
        received_on: formatDay(row.receivedOn),
        amount: amountText(row.amount),
        reversed_on: dayOf(row.reversedOn),
      },
    ]),
  );
}

export async function readDutyColumns({ db }: Context, keys: readonly string[]): Found {
  const rows = await db.registrationDuty.findMany({ where: { id: { in: [...keys] } } });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        employer_id: row.employerId,
        duty_from: formatDay(row.dutyFrom),
        registered_on: dayOf(row.registeredOn),
        workers: row.workers,
        amount: amountText(row.amount),
      },
    ]),
  );
}

export async function readUnderdeclarationColumns({ db }: Context, keys: readonly string[]): Found {
  const rows = await db.underdeclaration.findMany({ where: { id: { in: [...keys] } } });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        employer_id: row.employerId,
        time_period: row.timePeriod,
        registered_base: String(row.registeredBase),
        legal_base: String(row.legalBase),
        workers: row.workers,
        corrected_on: dayOf(row.correctedOn),
        amount: amountText(row.amount),
      },
    ]),
  );
}

type Rows = readonly Columns[];

export async function writeObligations({ db }: Context, rows: Rows): Promise<void> {
  await db.$queryRaw`select record_obligations(${JSON.stringify(rows)}::jsonb)::text`;
}

export async function writePayments({ db }: Context, rows: Rows): Promise<void> {
  await db.$queryRaw`select record_payments(${JSON.stringify(rows)}::jsonb)::text`;
}

export async function writeDuties({ db }: Context, rows: Rows): Promise<void> {
  await db.$queryRaw`select record_registration_duties(${JSON.stringify(rows)}::jsonb)::text`;
}

export async function writeUnderdeclarations({ db }: Context, rows: Rows): Promise<void> {
  await db.$queryRaw`select record_underdeclarations(${JSON.stringify(rows)}::jsonb)::text`;
}
