/** Whom an identification need not judge: the database itself sees who has paid all that was due, in whatever order. */
import type { Reader } from '../platform/context.ts';
import { Prisma, type DebtIdentification } from '../platform/prisma/client.ts';
import type { Fund } from './law/facts.ts';
import type { LegalParameters } from './law/parameters.ts';
import { allCycles, lateMonths } from './law/settled.ts';

/** Late is true, not yet late false, and null what the engine is to judge, such as a cycle that the law does not know. */
function isLate(fund: Fund, parameters: LegalParameters, day: string): Prisma.Sql {
  const cases = allCycles.map((cycle) => {
    const { lateTo, restFrom } = lateMonths(parameters, day, { cycle, fund });
    return Prisma.sql`when ${cycle} then case when time_period <= ${lateTo} then true when time_period >= ${restFrom} then false end`;
  });
  return Prisma.sql`case payment_cycle ${Prisma.join(cases, ' ')} end`;
}

/**
 * Those of the employers of whom the law has nothing to tell: the state ON_TIME, no amount and no workers. Of the others
 * nothing is said. Who was ever suspended, must register workers or declared too little, or whose facts were corrected
 * since `knownAt` is none of them.
 *
 * Without suspensions money goes to the open obligation with the oldest due date among those that exist, so nothing
 * reaches what is not late yet while something late is open, unless the late one came to be known afterwards. Where
 * none did, late obligations are all paid once as much money has come as they are together. Where one did, once as
 * much has come as everything together.
 */
export async function settledAmong(
  { db }: Reader,
  employers: readonly string[],
  { day, knownAt }: { readonly day: string; readonly knownAt: DebtIdentification['knownAt'] },
  parameters: LegalParameters,
): Promise<Set<string>> {
  const social = isLate('RETIREMENT', parameters, day);
  const health = isLate('HEALTH', parameters, day);
  const known = Prisma.sql`known_from <= ${knownAt}::timestamptz`;
  const rows = await db.$queryRaw<{ id: string }[]>`
    select e.id
      from unnest(${[...employers]}::text[]) e(id),
      lateral (
        select coalesce(bool_or(is_late is null or is_health_late is null), false) as is_strange,
               coalesce(sum(case when is_late then social else 0 end + case when is_health_late then health else 0 end), 0) as late,
               coalesce(sum(social + health), 0) as whole,
               max(arises) filter (where is_late or is_health_late) as late_until,
               min(arises) filter (where not is_late or not is_health_late) as rest_from
          from (
            select ${social} as is_late, ${health} as is_health_late, due_health as health,
                   due_retirement + due_sickness + due_accident + due_unemployment as social,
                   coalesce(registered_on, (time_period || '-01')::date) as arises
              from obligation where employer_id = e.id and ${known}) due
         where arises <= ${day}::date) owed,
      lateral (
        select coalesce(sum(amount), 0) as amount from payment
         where employer_id = e.id and ${known} and received_on <= ${day}::date
           and (reversed_on is null or reversed_on > ${day}::date)) paid
     where not is_strange
       and (amount >= whole or amount >= late and coalesce(late_until <= rest_from, true))
       and not exists (select from debt_event where employer_id = e.id and kind = 'SUSPENSION')
       and not exists (select from registration_duty where employer_id = e.id)
       and not exists (select from underdeclaration where employer_id = e.id)
       and not exists (
         select from debt_fact_version where employer_id = e.id and known_to > ${knownAt}::timestamptz)`;
  return new Set(rows.map(({ id }) => id));
}
