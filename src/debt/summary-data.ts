/** Adds up debts by group in the database, under the caller's scope; sums are exact. */
import type { Context } from '../platform/context.ts';
import { Prisma } from '../platform/prisma/client.ts';

export interface DebtGroup {
  /** A code of the list by which is grouped. */
  readonly code: string;
  readonly employers: bigint;
  readonly amount: bigint;
  readonly workersAffected: bigint;
  /** Ids of the sources of the positions in it. */
  readonly sourceIds: readonly string[];
}

/** Three months late is what statutory lists hold in practice; six and twelve are round. */
const monthsBand = Prisma.sql`case when p.months_late = 0 then 'M0' when p.months_late < 3 then 'M1_2'
  when p.months_late < 6 then 'M3_5' when p.months_late < 12 then 'M6_11' else 'M12_PLUS' end`;

/** By what debts are grouped, in SQL; the keys are those of the schema's enum. */
export const groupings = {
  // Overdue money is owed whether or not a verified rule gives it a state.
  STATE: Prisma.sql`coalesce(p.state, 'NOT_VERIFIED')`,
  MONTHS_BAND: monthsBand,
  SIZE_BAND: Prisma.sql`e.size_band`,
  SECTOR: Prisma.sql`e.sector`,
  OWNERSHIP: Prisma.sql`e.ownership`,
  OFFICE: Prisma.sql`e.office_id`,
  // As it was on the day: an area's id is its code with its vintage.
  AREA: Prisma.sql`p.area_id`,
} as const;

export interface SummaryQuestion {
  readonly asOf: Date;
  readonly areaId?: string;
  readonly provinceId?: string;
  readonly states: readonly string[] | null;
  readonly by: keyof typeof groupings;
}

interface SummaryRow {
  readonly code: string;
  readonly employers: string;
  readonly amount: string;
  readonly workers: string;
  readonly sources: readonly string[];
}

/**
 * Every position and its employer pass the row policies, as in any other query. A sum may be larger
 * than any one amount can be, so it leaves the database as text.
 */
export async function summarise(context: Context, question: SummaryQuestion): Promise<DebtGroup[]> {
  const { asOf, areaId, provinceId, states, by } = question;
  const conditions = [
    Prisma.sql`p.as_of = ${asOf}::date`,
    // Whoever owes nothing and has all workers registered is no debtor, whatever its state.
    Prisma.sql`(p.amount > 0 or p.workers_affected > 0)`,
    ...(areaId ? [Prisma.sql`p.area_id = ${areaId}`] : []),
    ...(provinceId ? [Prisma.sql`p.province_id = ${provinceId}`] : []),
    ...(states ? [Prisma.sql`p.state = any(${[...states]}::text[])`] : []),
  ];
  const rows = await context.db.$queryRaw<SummaryRow[]>`
    select ${groupings[by]} as code, count(*)::text as employers, sum(p.amount)::text as amount,
           coalesce(sum(p.workers_affected), 0)::text as workers,
           array_agg(distinct p.source_id) as sources
      from debt_position p join employer e on e.id = p.employer_id
     where ${Prisma.join(conditions, ' and ')}
     group by 1`;
  return rows
    .map(({ code, employers, amount, workers, sources }) => ({
      code,
      employers: BigInt(employers),
      amount: BigInt(amount),
      workersAffected: BigInt(workers),
      sourceIds: sources,
    }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}
