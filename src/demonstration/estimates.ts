/** What insurance offices are to collect in 2026, as the agency above each has assigned. Pure. */
import { instantOn, lastDayOf, monthsOfQuarter } from './calendar.ts';
import type { Account } from './contributions.ts';
import { between } from './seeded.ts';
import { grassroots, provinces } from './sources.ts';

const year = '2026';
const quarters = ['2026-Q1', '2026-Q2'] as const;
const assignedOn = '2025-12-24';
const quartersOfYear = 4;
const million = 1_000_000;

interface Assigned {
  readonly office: string;
  readonly area: string;
  readonly province: string;
  readonly by: string;
}

const dienBien = provinces[0]!;
const offices: readonly Assigned[] = [
  ...provinces.map(({ id, office }) => ({
    office: office.id,
    area: id,
    province: id,
    by: 'si-vn',
  })),
  {
    office: grassroots.office.id,
    area: grassroots.cluster,
    province: dienBien.id,
    by: dienBien.insurer,
  },
];

/** An office collects from its own employers, a provincial one from all of its province. */
const collectsFrom = ({ office, area, province }: Assigned, { employer: { row } }: Account) =>
  area === province ? row.province_id === province : row.office_id === office;

/** What falls due in a quarter, in dong. */
function dueIn(accounts: readonly Account[], quarter: string): number {
  const months = monthsOfQuarter(quarter);
  const [from, to] = [`${months[0]!}-01`, lastDayOf(months.at(-1)!)];
  return accounts
    .flatMap(({ dues }) => dues)
    .filter(({ dueOn }) => dueOn >= from && dueOn <= to)
    .flatMap(({ amounts }) => Object.values(amounts))
    .reduce((sum, amount) => sum + amount, 0);
}

/** Rows of the table `collection_estimate`; assigned before the year, so near to what came and not the same. */
export function estimateRows(accounts: readonly Account[]) {
  return offices.flatMap((assigned) => {
    const { office, area, province, by } = assigned;
    const own = accounts.filter((account) => collectsFrom(assigned, account));
    const due = quarters.map((quarter) => [quarter, dueIn(own, quarter)] as const);
    const ofYear = (due.reduce((sum, [, amount]) => sum + amount, 0) / due.length) * quartersOfYear;
    return [...due, [year, ofYear] as const].flatMap(([period, amount]) =>
      (['REVENUE', 'RECEIVABLE'] as const).map((measure) => ({
        id: `demo-estimate-${office}-${period}-${measure}`,
        topic: 'DEBT',
        area_id: area,
        province_id: province,
        office_id: office,
        time_period: period,
        measure,
        fund: null,
        amount:
          Math.round((amount * between(`estimate ${office} ${measure}`, 0.94, 1.04)) / million) *
          million,
        instrument: `Demonstration decision of ${by}, ${assignedOn}`,
        assigned_on: assignedOn,
        known_from: instantOn(assignedOn),
        known_to: null,
        supersedes_id: null,
        correction_reason: null,
        withdrawal_reason: null,
        source_id: 'demo-debt',
        contributor_id: by,
      })),
    );
  });
}
