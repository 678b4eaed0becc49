/** Adds up debts by group in the database, under the caller's scope; sums are exact. */
import type { Context } from '../platform/context.ts';
import { Prisma } from '../platform/prisma/client.ts';

export interface Sums {
  readonly employers: bigint;
  readonly amount: bigint;
  readonly workersAffected: bigint;
}

export interface DebtGroup extends Sums {
  /** A code of the list by which is grouped. */
  readonly code: string;
  /** Ids of the sources of the positions in it. */
  readonly sourceIds: readonly string[];
}

/** Three months late is what statutory lists hold in practice; six and twelve are round. */
const monthsBand = Prisma.sql`case when p.months_late = 0 then 'M0' when p.months_late < 3 then 'M1_2'
  when p.months_late < 6 then 'M3_5' when p.months_late < 12 then 'M6_11' else 'M12_PLUS' end`;

const byFund = Prisma.sql`(null, p.amount),
  ('RETIREMENT', nullif(p.amount_retirement, 0)), ('SICKNESS', nullif(p.amount_sickness, 0)),
  ('ACCIDENT', nullif(p.amount_accident, 0)), ('UNEMPLOYMENT', nullif(p.amount_unemployment, 0)),
  ('HEALTH', nullif(p.amount_health, 0)), ('NONE', case when p.amount = 0 then 0 end),
  ('NOT_SPLIT', case when p.amount > 0 and p.amount_health is null then p.amount end)`;

const oneGroup = (code: Prisma.Sql) => Prisma.sql`(${code}, p.amount)`;

/**
 * Into which groups a position falls, and with which amount, in SQL; the keys are those of the schema's enum. Where it
 * may fall into several, the group without a code is all of them: it counts each position once.
 */
export const groupings = {
  // Overdue money is owed whether or not a verified rule gives it a state.
  STATE: oneGroup(Prisma.sql`coalesce(p.state, 'NOT_VERIFIED')`),
  MONTHS_BAND: oneGroup(monthsBand),
  SIZE_BAND: oneGroup(Prisma.sql`e.size_band`),
  SECTOR: oneGroup(Prisma.sql`e.sector`),
  OWNERSHIP: oneGroup(Prisma.sql`e.ownership`),
  OFFICE: oneGroup(Prisma.sql`e.office_id`),
  // As it was on the day: an area's id is its code with its vintage.
  AREA: oneGroup(Prisma.sql`p.area_id`),
  FUND: byFund,
} as const;

export interface SummaryQuestion {
  readonly asOf: Date;
  readonly areaId?: string;
  readonly provinceId?: string;
  readonly states: readonly string[] | null;
  readonly by: keyof typeof groupings;
}

export interface Summary {
  readonly groups: readonly DebtGroup[];
  /** Each employer once, also where it is in several groups. */
  readonly total: Sums;
}

export const emptySummary: Summary = {
  groups: [],
  total: { employers: 0n, amount: 0n, workersAffected: 0n },
};

interface SummaryRow {
  readonly code: string | null;
  readonly employers: string;
  readonly amount: string;
  readonly workers: string;
  readonly sources: readonly string[];
}

const readRow = ({ code, employers, amount, workers, sources }: SummaryRow) => ({
  code,
  employers: BigInt(employers),
  amount: BigInt(amount),
  workersAffected: BigInt(workers),
  sourceIds: sources,
});

const total = (groups: readonly Sums[]): Sums =>
  groups.reduce<Sums>(
    (sum, group) => ({
      employers: sum.employers + group.employers,
      amount: sum.amount + group.amount,
      workersAffected: sum.workersAffected + group.workersAffected,
    }),
    emptySummary.total,
  );

/**
 * Every position and its employer pass the row policies, as in any other query. A sum may be larger
 * than any one amount can be, so it leaves the database as text.
 */
export async function summarise(context: Context, question: SummaryQuestion): Promise<Summary> {
  const { asOf, areaId, provinceId, states, by } = question;
  const conditions = [
    Prisma.sql`p.as_of = ${asOf}::date`,
    // Whoever owes nothing and has all workers registered is no debtor, whatever its state.
    Prisma.sql`(p.amount > 0 or p.workers_affected > 0)`,
    Prisma.sql`g.amount is not null`,
    ...(areaId ? [Prisma.sql`p.area_id = ${areaId}`] : []),
    ...(provinceId ? [Prisma.sql`p.province_id = ${provinceId}`] : []),
    ...(states ? [Prisma.sql`p.state = any(${[...states]}::text[])`] : []),
  ];
  const rows = await context.db.$queryRaw<SummaryRow[]>`
    select g.code, count(*)::text as employers, sum(g.amount)::text as amount,
           coalesce(sum(p.workers_affected), 0)::text as workers,
           array_agg(distinct p.source_id) as sources
      from debt_position p join employer e on e.id = p.employer_id
           cross join lateral (values ${groupings[by]}) g(code, amount)
     where ${Prisma.join(conditions, ' and ')}
     group by 1`;
  const found = rows.map(readRow);
  const groups = found
    .filter((group): group is DebtGroup => group.code !== null)
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  return { groups, total: found.find(({ code }) => code === null) ?? total(groups) };
}
