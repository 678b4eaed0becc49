/** Whom an identification must judge: all employers of a province but those of whom the database itself sees that there is nothing to tell. */
import type { Reader } from '../platform/context.ts';
import type { DebtIdentification } from '../platform/prisma/client.ts';
import { formatDay } from '../platform/scalars.ts';
import type { JudgedEmployer } from './judge.ts';
import { LegalParameters, type ParameterRow } from './law/parameters.ts';
import { dueMonths } from './law/settled.ts';

export interface ProvinceEmployers {
  /** How many there are. */
  readonly count: number;
  readonly toJudge: readonly JudgedEmployer[];
}

/**
 * Nothing is to be told of who had no position of an earlier day, and has paid all that was due, in whatever order;
 * so it need not be read. Who is suspended, must still register or declare, or whose facts were corrected since `knownAt`
 * is judged.
 *
 * Without suspensions money goes to the open obligation with the oldest due date among those that exist, so nothing
 * reaches what is not late yet while something late is open, unless the late one came to be known afterwards. Where
 * none did, late obligations are all paid once as much money has come as they are together. Where one did, once as
 * much has come as everything together.
 */
export async function employersToJudge(
  { db }: Reader,
  { provinceId, asOf, knownAt }: Pick<DebtIdentification, 'provinceId' | 'asOf' | 'knownAt'>,
  parameters: readonly ParameterRow[],
): Promise<ProvinceEmployers> {
  const day = formatDay(asOf);
  const months = JSON.stringify(dueMonths(new LegalParameters(parameters), day));
  const [row] = await db.$queryRaw<{ count: bigint; text: string }[]>`
    with due_month as materialized (
      select * from jsonb_to_recordset(${months}::jsonb)
        as m(month text, cycle text, "firstDay" date, "isLate" boolean, "isHealthLate" boolean)),
    told as materialized (
      select distinct employer_id from debt_position
       where province_id = ${provinceId} and as_of < ${day}::date and audience = 'INTERNAL'),
    judged as (
      select e.id, t.employer_id is not null as is_told,
             t.employer_id is null and not owed.is_strange
               and (paid.amount >= owed.late + owed.rest or paid.amount >= owed.late and owed.late_until <= owed.rest_from)
               and not exists (select from debt_event d where d.employer_id = e.id and d.kind = 'SUSPENSION')
               and not exists (select from registration_duty d where d.employer_id = e.id)
               and not exists (select from underdeclaration d where d.employer_id = e.id)
               and not exists (select from debt_fact_version v where v.employer_id = e.id and v.known_to > ${knownAt}::timestamptz)
               as is_settled
        from employer e left join told t on t.employer_id = e.id,
        lateral (
          select coalesce(bool_or(month is null), false) as is_strange,
                 coalesce(sum(social) filter (where "isLate"), 0) + coalesce(sum(health) filter (where "isHealthLate"), 0) as late,
                 coalesce(sum(social) filter (where not "isLate"), 0) + coalesce(sum(health) filter (where not "isHealthLate"), 0) as rest,
                 coalesce(max(arises) filter (where "isLate" or "isHealthLate"), '-infinity') as late_until,
                 coalesce(min(arises) filter (where not "isLate" or not "isHealthLate"), 'infinity') as rest_from
            from (
              select m.month, m."isLate", m."isHealthLate", coalesce(o.registered_on, m."firstDay") as arises,
                     o.due_retirement + o.due_sickness + o.due_accident + o.due_unemployment as social, o.due_health as health
                from obligation o left join due_month m on m.month = o.time_period and m.cycle = o.payment_cycle
               where o.employer_id = e.id and o.known_from <= ${knownAt}::timestamptz) facts
           where month is null or arises <= ${day}::date) owed,
        lateral (
          select coalesce(sum(p.amount), 0) as amount from payment p
           where p.employer_id = e.id and p.known_from <= ${knownAt}::timestamptz and p.received_on <= ${day}::date
             and (p.reversed_on is null or p.reversed_on > ${day}::date)) paid
       where e.province_id = ${provinceId})
    select count(*), coalesce(json_agg(json_build_array(id, is_told) order by id) filter (where not is_settled), '[]')::text as text
      from judged`;
  const pairs = JSON.parse(row!.text) as [id: string, isTold: boolean][];
  return {
    count: Number(row!.count),
    toJudge: pairs.map(([id, isTold]) => ({ id, isTold })),
  };
}
