/** Reads who might stand on a statutory list: positions of the day, less what was paid until the cut-off. */
import type { Context } from '../platform/context.ts';
import type { Candidate } from './eligibility.ts';

export interface CandidateQuestion {
  readonly provinceId: string;
  /** The day on which debt is counted; there must be positions of it. */
  readonly debtOn: Date;
  /** Payments received until this day count. */
  readonly paidUntil: Date;
}

interface CandidateRow extends Omit<Candidate, 'amount' | 'monthsLate' | 'workers'> {
  readonly amount: string;
  readonly monthsLate: string;
  readonly workers: string;
}

/**
 * Employers with a debt on the day, under the caller's scope. What was received until the cut-off is
 * allocated to the oldest month first; what is left is never more than the position of the day says.
 */
export async function listCandidates(
  { db }: Context,
  { provinceId, debtOn, paidUntil }: CandidateQuestion,
): Promise<Candidate[]> {
  const rows = await db.$queryRaw<CandidateRow[]>`
    with held as (
      select p.employer_id, p.state, p.legal_basis, p.amount, p.months_late, p.workers_affected
        from debt_position p
       where p.province_id = ${provinceId} and p.as_of = ${debtOn}::date and p.audience = 'INTERNAL'
         and (p.amount > 0 or p.state <> 'ON_TIME')),
    paid as (
      select y.employer_id, sum(y.amount) as amount from payment y
       where y.province_id = ${provinceId} and y.received_on <= ${paidUntil}::date
         and (y.reversed_on is null or y.reversed_on > ${paidUntil}::date) group by 1),
    due as (
      select o.employer_id, o.due_on, month.amount,
             sum(month.amount) over (partition by o.employer_id order by o.period_start) as until
        from obligation o, lateral (select o.due_retirement + o.due_sickness + o.due_accident
          + o.due_unemployment + o.due_health as amount) month
       where o.province_id = ${provinceId}),
    open as (
      select d.employer_id, sum(left_over.amount) as amount,
             count(*) filter (where left_over.amount > 0) as months
        from due d left join paid using (employer_id),
             lateral (select least(d.amount, greatest(d.until - coalesce(paid.amount, 0), 0)) as amount) left_over
       where d.due_on < ${debtOn}::date group by 1)
    select e.id as "employerId", e.unit_code as "unitCode", e.name_vi as "nameVi", e.address,
           f.name_vi as "officeNameVi", f.name_en as "officeNameEn", e.is_natural_person as "isNaturalPerson",
           h.state, h.legal_basis as "legalBasis", coalesce(h.workers_affected, 0)::text as workers,
           least(h.months_late, coalesce(open.months, 0))::text as "monthsLate",
           least(h.amount, coalesce(open.amount, 0))::text as amount
      from held h join employer e on e.id = h.employer_id join office f on f.id = e.office_id
           left join open on open.employer_id = h.employer_id
     order by e.unit_code, e.id`;
  return rows.map(({ amount, monthsLate, workers, ...row }) => ({
    ...row,
    amount: BigInt(amount),
    monthsLate: Number(monthsLate),
    workers: Number(workers),
  }));
}

/** Whether there are positions of the day, by which a list can be drawn up or compared. */
export async function hasPositions(
  { db }: Context,
  { provinceId, debtOn }: Pick<CandidateQuestion, 'provinceId' | 'debtOn'>,
): Promise<boolean> {
  const where = { provinceId, asOf: debtOn, audience: 'INTERNAL' };
  return (await db.debtPosition.findFirst({ where, select: { id: true } })) !== null;
}
