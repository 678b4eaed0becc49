/** The calendar of quarterly enrolment: what was published at which hour, and what is announced. Pure. */
import {
  addMonths,
  dayIn,
  firstDayOf,
  instantOn,
  lastDayOf,
  monthsOfQuarter,
  quartersBetween,
} from './calendar.ts';
import { provinceOf, provinces } from './sources.ts';

const newestQuarter = '2026-Q2';

/** On the 15th of the third month after the quarter, at eight in the morning. */
const announcedFor = (quarter: string): string =>
  instantOn(dayIn(addMonths(monthsOfQuarter(quarter).at(-1)!, 3), 15), 8);

/** Of what became part of another province since, the own name. */
function nameOf(provinceId: string): readonly [string, string] {
  if (provinceId === '15@2025-06') return ['Yên Bái', 'Yen Bai'];
  const { nameVi, nameEn } = provinceOf(provinceId);
  return [nameVi, nameEn];
}

/** A row of the table `release`. */
export function releaseOf(provinceId: string, quarter: string) {
  const { insurer } = provinceOf(provinceId);
  const [nameVi, nameEn] = nameOf(provinceId);
  const months = monthsOfQuarter(quarter);
  const isPublished = quarter <= newestQuarter;
  const isProvisional = quarter === newestQuarter;
  const id = `demo-enrolment-${provinceId}-${quarter}`;
  return {
    id,
    series_id: id,
    supersedes_id: null,
    provider_id: insurer,
    topic: 'ENROLLMENT',
    area_id: provinceId,
    province_id: provinceId,
    dataflow: 'ENROLMENT_QUARTERLY',
    title_vi: `Số người tham gia tại ${nameVi}, ${quarter} (dữ liệu minh họa)`,
    title_en: `Participants in ${nameEn}, ${quarter} (synthetic)`,
    time_period: quarter,
    period_start: firstDayOf(months[0]!),
    period_end: lastDayOf(months.at(-1)!),
    version: 1,
    provisional: isProvisional || !isPublished,
    exceptional: false,
    scheduled_at: announcedFor(quarter),
    protected_at: null,
    scheduled_by: 'steward-vn/calendar',
    approved_at: isPublished ? announcedFor(quarter) : null,
    approved_by: isPublished ? 'steward-vn/second-person' : null,
    published_at: isPublished ? announcedFor(quarter) : null,
    superseded_at: null,
    withdrawn_at: null,
    prepared_by: `${insurer}/statistics-desk`,
    note: isProvisional
      ? 'Provisional: late declarations of the quarter are still coming in.'
      : null,
    source_id: 'demo-enrolment',
  };
}

/** Published for every quarter of the data, by the provinces of its time; announced for the six after it. */
export function generateReleases() {
  const of = (ids: readonly string[], first: string, last: string) =>
    ids.flatMap((id) => quartersBetween(first, last).map((quarter) => releaseOf(id, quarter)));
  return [
    ...of(
      provinces.flatMap(({ predecessors }) => predecessors),
      '2024-Q1',
      '2025-Q2',
    ),
    ...of(
      provinces.map(({ id }) => id),
      '2025-Q3',
      '2027-Q4',
    ),
  ];
}
