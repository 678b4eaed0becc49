/** Reads who might stand on a statutory list: the employers whose position of the day says that they pay late or evade. */
import type { Context } from '../platform/context.ts';
import type { Candidate } from './eligibility.ts';

export interface CandidateQuestion {
  readonly provinceId: string;
  /** The day on which debt is counted; there must be positions of it. */
  readonly debtOn: Date;
  /** Payments received until this day count. */
  readonly paidUntil: Date;
}

export interface ListedEmployer extends Omit<Candidate, 'listing'> {
  readonly id: string;
}

/** Under the caller's scope. Those who are on time, suspended or without a state are no candidates. */
export const listCandidates = (
  { db }: Context,
  { provinceId, debtOn }: CandidateQuestion,
): Promise<ListedEmployer[]> => db.$queryRaw<ListedEmployer[]>`
    select e.id, e.unit_code as "unitCode", e.name_vi as "nameVi", e.address,
           f.name_vi as "officeNameVi", f.name_en as "officeNameEn", e.is_natural_person as "isNaturalPerson"
      from debt_position p join employer e on e.id = p.employer_id join office f on f.id = e.office_id
     where p.province_id = ${provinceId} and p.as_of = ${debtOn}::date and p.audience = 'INTERNAL'
       and p.state not in ('ON_TIME', 'SUSPENDED')
     order by e.unit_code, e.id`;

/** Whether there are positions of the day, by which a list can be drawn up or compared. */
export async function hasPositions(
  { db }: Context,
  { provinceId, debtOn }: Pick<CandidateQuestion, 'provinceId' | 'debtOn'>,
): Promise<boolean> {
  const where = { provinceId, asOf: debtOn, audience: 'INTERNAL' };
  return (await db.debtPosition.findFirst({ where, select: { id: true } })) !== null;
}
