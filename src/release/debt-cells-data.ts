/** Reads who owes on a day, who could, and of whom the audience knows; `debt-table.ts` makes cells of it. */
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import { Prisma, type Release } from '../platform/prisma/client.ts';
import { dataflowOrThrow, monthEndsOrThrow } from './dataflows.ts';
import {
  besideDimensionOf,
  debtTable,
  type BesideDimension,
  type Debtor,
  type Registered,
} from './debt-table.ts';
import type { SourceTable } from './prepared.ts';
import type { Territory } from './territory-data.ts';

interface DebtorRow {
  readonly enterprise: string;
  readonly area_id: string;
  readonly sector: string;
  readonly beside: string;
  readonly state: string | null;
  readonly amount: bigint;
  readonly is_certain: boolean | null;
  readonly listed_as: readonly string[] | null;
}

/**
 * In debt is who owes by law: neither those on time nor those whose duty is suspended. What is overdue without a
 * state is owed all the same: that no verified rule names it does not make it less.
 */
const owes = Prisma.sql`coalesce((p.state is null or p.state not in ('ON_TIME', 'SUSPENDED')) and p.amount > 0, false)`;

/** What is asked of single employers: their places, the day, and by what they are told apart. */
interface Asked {
  readonly communes: readonly string[];
  readonly day: string;
  readonly dimension: BesideDimension | null;
}

/** Where nothing is stated beside the sector, all employers are alike. */
const besideColumns = {
  ownership: Prisma.sql`e.ownership`,
  size: Prisma.sql`e.size_band`,
} as const satisfies Record<BesideDimension, Prisma.Sql>;
const beside = (dimension: BesideDimension | null) =>
  dimension === null ? Prisma.sql`''` : besideColumns[dimension];

function readDebtors({ db }: Context, { communes, day, dimension }: Asked) {
  return db.$queryRaw<DebtorRow[]>`
    select coalesce(e.group_id, e.id) as enterprise, p.area_id, e.sector, ${beside(dimension)} as beside, p.state, p.amount,
      k.is_certain, k.listed_as
    from debt_position p join employer e on e.id = p.employer_id
      left join audience_employers(${day}::date) k on k.employer_id = e.id
    where p.audience = 'INTERNAL' and p.as_of = ${day}::date and p.area_id = any(${communes}::text[])
      and ${owes}
    order by e.id`;
}

interface RegisteredRow {
  readonly area_id: string;
  readonly sector: string;
  readonly beside: string;
  readonly all: bigint;
  readonly uncertain: bigint;
}

/**
 * Employers that there are on the day, and debtors that are closed by then. Of some a union reads that they owe
 * nothing: for who may know that, they are not among those who could.
 */
function readRegistered({ db }: Context, { communes, day, dimension }: Asked) {
  return db.$queryRaw<RegisteredRow[]>`
    select area_id, sector, beside, count(*) as all, count(*) filter (where owes or not is_read) as uncertain
    from (
      select coalesce(p.area_id, e.area_id) as area_id, e.sector, ${beside(dimension)} as beside, k.employer_id is not null as is_read,
        ${owes} as owes,
        e.liable_from <= ${day}::date and coalesce(e.closed_on > ${day}::date, true) as is_open
      from employer e
        left join debt_position p
          on p.employer_id = e.id and p.audience = 'INTERNAL' and p.as_of = ${day}::date
        left join audience_employers(${day}::date) k on k.employer_id = e.id) of_day
    where area_id = any(${communes}::text[]) and (owes or is_open)
    group by area_id, sector, beside
    order by area_id, sector, beside`;
}

async function assertCounted(context: Context, release: Release, day: string): Promise<void> {
  const counted = await context.db.debtPosition.findFirst({
    where: { asOf: new Date(day), audience: 'INTERNAL' },
    select: { id: true },
  });
  if (counted) return;
  throw new PublicError('RELEASE_CELLS_MISSING', { count: 1, cells: `${release.areaId} ${day}` });
}

/** What the audience is taken to know of the debtors, as a digest. Null: the release is not made of debts. */
export async function readDebtKnowledge(
  { db }: Context,
  { dataflow, timePeriod, provinceId }: Release,
): Promise<string | null> {
  const flow = dataflowOrThrow(dataflow);
  if (flow.from !== 'DEBT') return null;
  const [day = ''] = monthEndsOrThrow(flow, timePeriod);
  const rows = await db.$queryRaw<{ knowledge: string }[]>`
    select debt_knowledge(${day}::date, ${provinceId}) as knowledge`;
  return rows[0]!.knowledge;
}

const debtorOf = (row: DebtorRow): Debtor => ({
  enterprise: row.enterprise,
  area: row.area_id,
  sector: row.sector,
  beside: row.beside,
  state: row.state,
  amount: row.amount,
  known: row.is_certain === null ? null : row.is_certain ? 'CERTAIN' : 'DOUBTFUL',
  listedAs: row.listed_as ?? [],
});

const registeredOf = (row: RegisteredRow): Registered => ({
  area: row.area_id,
  sector: row.sector,
  beside: row.beside,
  all: row.all,
  uncertain: row.uncertain,
});

export async function readDebtCells(
  context: Context,
  release: Release,
  territory: Territory,
): Promise<SourceTable> {
  const [day = ''] = monthEndsOrThrow(dataflowOrThrow(release.dataflow), release.timePeriod);
  const communes = territory.communesOf(release.areaId, day);
  await assertCounted(context, release, day);
  const dimension = besideDimensionOf(release.breakdown);
  const asked = { communes, day, dimension };
  const debtors = await readDebtors(context, asked);
  const registered = await readRegistered(context, asked);
  const areasAbove = (commune: string) => {
    const province = release.provinceId === null ? territory.provinceOf(commune) : null;
    return [...new Set([commune, ...(province ? [province] : []), release.areaId])];
  };
  return debtTable({
    day,
    areasOf: new Map(communes.map((commune) => [commune, areasAbove(commune)])),
    debtors: debtors.map(debtorOf),
    registered: registered.map(registeredOf),
    dimension,
  });
}
