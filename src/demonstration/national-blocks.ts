/** Figures of several areas at once, and the periods that they are of. Pure. */
import {
  addDays,
  addMonths,
  dayIn,
  firstDayOf,
  instantOn,
  lastDayOf,
  monthNumber,
} from './calendar.ts';
import type { NationalSeries } from './national-series.ts';
import type { UnitOnDay } from './national-territory.ts';

export interface Period {
  readonly text: string;
  readonly start: string;
  readonly end: string;
  readonly knownFrom: string;
  /** When the figures of provinces and of the country become public; null for those that never do. */
  readonly publishedAt: string | null;
}

/** Figures of several areas in the same series and periods. */
export interface Block {
  readonly areas: readonly UnitOnDay[];
  readonly series: readonly NationalSeries[];
  readonly periods: readonly Period[];
  readonly isPublic: boolean;
  /** By area, then series, then period; -1 where there is no such scheme yet. */
  readonly values: readonly number[];
}

export function monthPeriod(month: string): Period {
  const end = lastDayOf(month);
  return {
    text: month,
    start: firstDayOf(month),
    end,
    knownFrom: instantOn(addDays(end, 10)),
    // On the day of the quarterly releases.
    publishedAt: monthNumber(month) % 3 === 0 ? instantOn(dayIn(addMonths(month, 3), 15), 8) : null,
  };
}

export const yearPeriod = (year: string): Period => ({
  text: year,
  start: `${year}-01-01`,
  end: `${year}-12-31`,
  knownFrom: instantOn(`${Number(year) + 1}-03-31`),
  publishedAt: instantOn(`${Number(year) + 1}-06-30`, 8),
});

/** How many rows a block makes: a published figure has two, the internal one and the public one. */
export function rowsOf({ values, periods, isPublic }: Block): number {
  const present = values.map((value) => value >= 0);
  const published = present.filter((_, i) => periods[i % periods.length]!.publishedAt !== null);
  return count(present) + (isPublic ? count(published) : 0);
}

const count = (flags: readonly boolean[]) => flags.filter(Boolean).length;

/** How many areas go into one block: some tens of thousands of figures. */
const areasInBlock = 40;

/** Months in which the units are the same ones: an edition may begin within a structure. */
export function runsOf(
  months: readonly string[],
  unitsAt: (month: string) => readonly UnitOnDay[],
) {
  const runs: { key: string; units: readonly UnitOnDay[]; months: string[] }[] = [];
  for (const month of months) {
    const units = unitsAt(month);
    const key = units.map(({ id }) => id).join();
    const last = runs.at(-1);
    if (last?.key === key) last.months.push(month);
    else runs.push({ key, units, months: [month] });
  }
  return runs;
}

/** Communes some at a time, then the province, whose figures are published. */
export function* blocksOf(
  units: readonly UnitOnDay[],
  valuesAt: (place: number) => readonly number[],
  series: readonly NationalSeries[],
  periods: readonly Period[],
): Generator<Block> {
  const communes = units.length - 1;
  for (let from = 0; from < communes; from += areasInBlock) {
    const areas = units.slice(from, Math.min(from + areasInBlock, communes));
    const values = areas.flatMap((_, i) => valuesAt(from + i));
    yield { areas, series, periods, isPublic: false, values };
  }
  yield {
    areas: units.slice(communes),
    series,
    periods,
    isPublic: true,
    values: [...valuesAt(communes)],
  };
}
