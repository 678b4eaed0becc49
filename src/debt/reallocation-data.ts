/** Keeps how payments are allocated to obligations, as the law engine says it, after any change that moves an employer's money. */
import type { Context } from '../platform/context.ts';
import type { Obligation } from '../platform/prisma/client.ts';
import { dayIn } from '../platform/scalars.ts';
import { inTransaction, withoutMemory } from '../platform/transaction.ts';
import { currentFacts } from './facts-data.ts';
import { pairId } from './fields.ts';
import { fundsOf, type Fund } from './funds.ts';
import { legalParametersOf } from './law-data.ts';
import { paidOf } from './law.ts';

const columns = {
  RETIREMENT: 'paid_retirement',
  SICKNESS: 'paid_sickness',
  ACCIDENT: 'paid_accident',
  UNEMPLOYMENT: 'paid_unemployment',
  HEALTH: 'paid_health',
} as const satisfies Record<Fund, string>;

type Paid = ReadonlyMap<string, bigint>;

/** Of events only suspensions decide what payments pass by (Art 37): the allocation asks for no other. */
export const movesMoney = (kind: string): boolean => kind === 'SUSPENSION';

/** The row as it is to be; null where it is so already. */
function changeOf(row: Obligation, paid: Paid): object | null {
  const key = pairId(row.employerId, row.timePeriod);
  const funds = fundsOf(row).map((now) => ({ ...now, is: paid.get(`${key}|${now.fund}`) ?? 0n }));
  if (funds.every((one) => one.is === one.paid)) return null;
  return {
    employer_id: row.employerId,
    time_period: row.timePeriod,
    ...Object.fromEntries(funds.map(({ fund, is }) => [columns[fund as Fund], String(is)])),
  };
}

/**
 * Allocates all payments of the employers anew, as of today and as their facts stand now. Call it after the change, in
 * the change's own transaction (`inTransaction`), with the employers locked before anything was read. It gives how many
 * obligations are paid otherwise than before. Social insurance of the territory may ask for it, and whoever has changed a
 * suspension of the employers in this transaction; of others the database answers EMPLOYER_UNKNOWN.
 */
export async function reallocate(
  context: Context,
  employerIds: readonly string[],
): Promise<number> {
  const ids = [...new Set(employerIds)].sort();
  if (ids.length === 0) return 0;
  return inTransaction(context, async (inner) => {
    await inner.db.$queryRaw`select lock_debt_allocation(${ids}::text[])::text`;
    const fresh = withoutMemory(inner);
    const facts = await Promise.all(ids.map((id) => currentFacts(fresh).load(id)));
    const parameters = await legalParametersOf(fresh);
    const day = dayIn(new Date(fresh.principal.scope.instant));
    const paid: Paid = new Map(facts.flatMap((one) => [...paidOf(parameters, one, { day })]));
    const rows = await fresh.db.obligation.findMany({ where: { employerId: { in: ids } } });
    const changes = rows.flatMap((row) => changeOf(row, paid) ?? []);
    await fresh.db
      .$queryRaw`select allocate_debt_payments(${ids}::text[], ${JSON.stringify(changes)}::jsonb)::text`;
    return changes.length;
  });
}
