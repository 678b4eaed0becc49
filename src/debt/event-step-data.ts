/** Writes what agencies do about debts; who may do what, and what may stand, is the database's to decide. */
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { DebtEvent } from '../platform/prisma/client.ts';
import { parseDay } from '../platform/scalars.ts';
import { inTransaction } from '../platform/transaction.ts';
import { assessEmployer } from './assessment-data.ts';
import { ofEmployer } from './data.ts';
import type { SaidEvent } from './event-said.ts';
import { movesMoney, reallocate } from './reallocation-data.ts';

/** An event that the caller may see, anew. */
export const eventById = ({ db }: Context, id: string): Promise<DebtEvent | null> =>
  db.debtEvent.findFirst({ where: { id } });

/** The record names the employer of an event that the caller sees, whether or not the step is taken. */
async function noteEmployerOf(context: Context, event: string): Promise<DebtEvent | null> {
  const row = await eventById(context, event);
  ofEmployer(context, row?.employerId);
  return row;
}

/** The assessment of the day must say that nothing is left. */
async function assertNothingLeft(context: Context, { employer_id, occurred_on }: SaidEvent) {
  const employer = await context.db.employer.findFirst({ where: { id: employer_id } });
  // The database refuses it.
  if (!employer) return;
  const { overdue, items } = await assessEmployer(context, employer, {
    on: parseDay(occurred_on),
  });
  const isWell = items.every(({ state }) => state === 'ON_TIME' || state === 'SUSPENDED');
  if (overdue === 0n && isWell) return;
  throw new PublicError('EVENT_DEBT_REMAINS', {
    field: 'on',
    day: occurred_on,
    overdue: String(overdue),
  });
}

/** Half a surrogate pair is in no text of the database, and JSON would carry it there. */
const jsonOf = (said: SaidEvent): string =>
  JSON.stringify(said, (_key, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  );

/** What must hold and what follows, after the database has taken the event and locked its employer; or nothing happens. */
async function settleEvent(inner: Context, said: SaidEvent): Promise<void> {
  if (said.kind === 'SETTLEMENT') await assertNothingLeft(inner, said);
  if (movesMoney(said.kind)) await reallocate(inner, [said.employer_id]);
}

export async function recordEvent(context: Context, said: SaidEvent): Promise<string> {
  ofEmployer(context, said.employer_id);
  return inTransaction(context, async (inner) => {
    const [row] = await inner.db.$queryRaw<{ id: string }[]>`
      select record_debt_event(${jsonOf(said)}::jsonb) as id`;
    await settleEvent(inner, said);
    return row!.id;
  });
}

export async function correctEvent(
  context: Context,
  event: string,
  said: SaidEvent,
  reason: string,
): Promise<void> {
  await noteEmployerOf(context, event);
  await inTransaction(context, async (inner) => {
    await inner.db.$queryRaw`
      select correct_debt_event(${event}, ${jsonOf(said)}::jsonb, ${reason})::text`;
    await settleEvent(inner, said);
  });
}

export async function revokeEvent(context: Context, event: string, reason: string): Promise<void> {
  const row = await noteEmployerOf(context, event);
  await inTransaction(context, async (inner) => {
    await inner.db.$queryRaw`select revoke_debt_event(${event}, ${reason})::text`;
    // Kind and employer of an event never change.
    if (row && movesMoney(row.kind)) await reallocate(inner, [row.employerId]);
  });
}

export async function declineInspection(context: Context, event: string, reason: string) {
  await noteEmployerOf(context, event);
  await context.db.$queryRaw`select decline_inspection(${event}, ${reason})::text`;
}

export async function confirmEvent(context: Context, event: string): Promise<void> {
  await noteEmployerOf(context, event);
  await context.db.$queryRaw`select confirm_debt_event(${event})::text`;
}

export async function recordPromise(context: Context, event: string, kept: boolean) {
  await noteEmployerOf(context, event);
  await context.db.$queryRaw`select record_promise(${event}, ${kept})::text`;
}
