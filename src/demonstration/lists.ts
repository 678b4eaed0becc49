/** The statutory lists of late-paying and evading employers (Law 41/2024/QH15 Art 35). Pure. */
import { internalPosition } from '../debt/law/position.ts';
import { listingOf } from '../debt/law/watch.ts';
import { assess } from '../debt/law.ts';
import { addDays, addMonths, dayIn, instantOn, lastDayOf, monthsOfQuarter } from './calendar.ts';
import { factsOf } from './facts.ts';
import { standing, type Case } from './positions.ts';
import { officeOf, provinces, type DemonstrationProvince } from './sources.ts';

/** The quarters that have a list; the newest is a draft. */
const listQuarters = ['2025-Q4', '2026-Q1', '2026-Q2'] as const;
const draftQuarter = '2026-Q2';
/** The practice of the agencies' published lists. */
const listedMonthsMin = 3;

/** Sent to the state bodies on the last day to do so (Decree 274/2025). */
const transmissionDay = 15;

function listRow(province: DemonstrationProvince, quarter: string) {
  const lastMonth = monthsOfQuarter(quarter).at(-1)!;
  const debtOn = lastDayOf(lastMonth);
  const isPublished = quarter !== draftQuarter;
  return {
    id: `demo-list-${province.code}-${quarter}`,
    topic: 'DEBT',
    area_id: province.id,
    province_id: province.id,
    time_period: quarter,
    version: 1,
    debt_on: debtOn,
    paid_until: addDays(debtOn, 14),
    months_late_min: listedMonthsMin,
    natural_persons_left_out: 0,
    prepared_by: `${province.insurer}/collection-desk`,
    approved_by: isPublished ? `${province.insurer}/director` : null,
    // The draft is overdue.
    transmitted_at: isPublished ? instantOn(dayIn(addMonths(lastMonth, 1), transmissionDay)) : null,
    transmitted_by: isPublished ? `${province.insurer}/collection-desk` : null,
    source_id: 'demo-debt',
    contributor_id: province.insurer,
    published_at: isPublished ? instantOn(addDays(debtOn, 25)) : null,
    withdrawn_at: null,
  };
}

type List = ReturnType<typeof listRow>;

/** On time or suspended on the day of the debt: not even a candidate. */
const neverListed = ['ON_TIME', 'SUSPENDED'];

/** How the law takes it, with what was paid until the cut-off; no employer of the demonstration is a natural person. */
function listingIn(list: List, one: Case) {
  if (one.account.employer.province.id !== list.province_id) return null;
  if (neverListed.includes(standing(one, list.debt_on).state)) return null;
  const { account, circumstances, parameters } = one;
  const question = { day: list.debt_on, paidUntil: list.paid_until };
  const assessment = assess(parameters, factsOf(account, circumstances), question);
  return { ...listingOf(parameters, assessment), held: internalPosition(assessment) };
}

/** The entry of an employer that is three months late on the day and still when payments were last counted. */
function entryOf(list: List, one: Case) {
  const listing = listingIn(list, one);
  if (!listing?.listedAs) return [];
  const { row } = one.account.employer;
  const office = officeOf(row.area_id, row.province_id);
  return [
    {
      id: `${list.id}-${row.unit_code}`,
      topic: 'DEBT',
      area_id: list.area_id,
      province_id: list.province_id,
      list_id: list.id,
      unit_code: row.unit_code,
      name_vi: row.name_vi,
      address: row.address,
      office_name_vi: office.nameVi,
      office_name_en: office.nameEn,
      listed_as: listing.listedAs,
      legal_basis: listing.held.legalBasis,
      workers: listing.held.workersAffected,
      months_late: listing.monthsLate,
      amount: Number(listing.amount),
      source_id: 'demo-debt',
      contributor_id: list.contributor_id,
      transmitted_at: list.transmitted_at,
      published_at: list.published_at,
      withdrawn_at: null,
    },
  ];
}

/** Rows of the tables `statutory_list` and `statutory_list_entry`. */
export function generateLists(cases: readonly Case[]) {
  const lists = provinces.flatMap((province) =>
    listQuarters.map((quarter) => listRow(province, quarter)),
  );
  const entries = lists.flatMap((list) =>
    cases
      .filter(({ account }) => account.employer.province.id === list.province_id)
      .flatMap((one) => entryOf(list, one)),
  );
  const counted = lists.map((list) => ({
    ...list,
    hard_to_collect_left_out: cases.filter(
      (one) => listingIn(list, one)?.reason === 'HARD_TO_COLLECT_APART',
    ).length,
  }));
  return { lists: counted, entries };
}
