/** The cells of a release of contribution debt: amounts and debtors by commune, sector and above, with who owes. */
import type { Contribution } from '../disclosure/primary-money.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { Release } from '../platform/prisma/client.ts';
import { cellKey, type SourceCell } from './cell.ts';
import { dataflowOrThrow, monthEndsOrThrow } from './dataflows.ts';
import type { SourceTable } from './decisions.ts';
import type { Territory } from './territory-data.ts';

interface DebtorRow {
  readonly employer_id: string;
  readonly enterprise: string;
  readonly area_id: string;
  readonly sector: string;
  readonly amount: bigint;
}

/**
 * In debt is who owes by law: neither those on time nor those whose duty is suspended. What is overdue without a
 * state is owed all the same: that no verified rule names it does not make it less.
 */
function readDebtors(context: Context, communes: readonly string[], day: string) {
  return context.db.$queryRaw<DebtorRow[]>`
    select e.id as employer_id, coalesce(e.group_id, e.id) as enterprise, e.area_id, e.sector, p.amount
    from debt_position p join employer e on e.id = p.employer_id
    where p.audience = 'INTERNAL' and p.as_of = ${day}::date and e.area_id = any(${communes}::text[])
      and (p.state is null or p.state not in ('ON_TIME', 'SUSPENDED')) and p.amount > 0
    order by e.id`;
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

/** Employers whose debt the audience knows, or may know. */
async function knownEmployers({ db }: Context, day: string): Promise<ReadonlyMap<string, boolean>> {
  const rows = await db.$queryRaw<{ employer_id: string; is_certain: boolean }[]>`
    select employer_id, is_certain from audience_employers(${day}::date)`;
  return new Map(rows.map((row) => [row.employer_id, row.is_certain]));
}

const sectorOf = (sector: string) => `sector=${sector}`;

/** The amount and the number of debtors of one area and sector. */
function cellsOf(areaId: string, breakdown: string, day: string): readonly SourceCell[] {
  const base = {
    areaId,
    scheme: null,
    participantGroup: 'EMPLOYERS',
    breakdown,
    timePeriod: day,
    periodStart: day,
    periodEnd: day,
    value: 0n,
  };
  return [
    { ...base, indicator: 'CONTRIBUTION_DEBT', unit: 'VND', kind: 'MONEY' },
    { ...base, indicator: 'EMPLOYERS_IN_DEBT', unit: 'EMPLOYERS', kind: 'EMPLOYERS' },
  ];
}

export async function readDebtCells(
  context: Context,
  release: Release,
  territory: Territory,
): Promise<SourceTable> {
  const [day = ''] = monthEndsOrThrow(dataflowOrThrow(release.dataflow), release.timePeriod);
  const communes = territory.communesOf(release.areaId, day);
  await assertCounted(context, release, day);
  const debtors = await readDebtors(context, communes, day);
  const known = await knownEmployers(context, day);
  const breakdowns = ['', ...new Set(debtors.map(({ sector }) => sectorOf(sector)))];
  const above = (commune: string) => {
    const province = release.provinceId === null ? territory.provinceOf(commune) : null;
    return [...new Set([commune, ...(province ? [province] : []), release.areaId])];
  };
  const areas = [...new Set(communes.flatMap(above))];
  const cells = new Map(
    areas.flatMap((area) =>
      breakdowns.flatMap((breakdown) =>
        cellsOf(area, breakdown, day).map((cell) => [cellKey(cell), cell] as const),
      ),
    ),
  );
  const contributions = new Map<string, Contribution[]>();
  for (const debtor of debtors) {
    for (const areaId of above(debtor.area_id)) {
      for (const breakdown of ['', sectorOf(debtor.sector)]) {
        for (const place of cellsOf(areaId, breakdown, day)) {
          const key = cellKey(place);
          const cell = cells.get(key)!;
          const amount = cell.kind === 'MONEY' ? debtor.amount : 1n;
          cells.set(key, { ...cell, value: cell.value + amount });
          const given = contributions.get(key) ?? [];
          const isCertain = known.get(debtor.employer_id);
          given.push({
            group: debtor.enterprise,
            amount,
            isKnown: isCertain === true,
            isDoubtful: isCertain === false,
          });
          contributions.set(key, given);
        }
      }
    }
  }
  return { cells: [...cells.values()], contributions };
}
