/** What the country adds up to in the national demonstration: prisma/seed/national_totals.csv. */
import { z } from 'zod';
import { number, oneOf, optional, period, text } from '../platform/csv-cells.ts';
import type { CsvFiles } from '../platform/csv.ts';

export const nationalFile = 'national_totals.csv';
/** The one edition of the country; it has no first and no last day. */
export const countryId = 'VN@2025-06';

const shape = z.object({
  area_id: text,
  indicator: oneOf('POPULATION_COUNT', 'LABOUR_FORCE', 'PARTICIPANTS'),
  scheme: optional(text),
  participant_group: text,
  time_period: period,
  value: number.transform(Number),
  basis: text,
});

/** A stated total and the month at whose end, or the year in whose middle, it holds. */
export interface Anchor {
  /** Months since January of the year 0. */
  readonly at: number;
  readonly value: number;
}

const monthsOfYear = 12;
const middleOfYear = 6;

/** A month such as 2026-06, or a year, whose middle it then is, counted in months. */
export function monthCount(periodText: string): number {
  const [year, month] = periodText.split('-').map(Number);
  return year! * monthsOfYear + (month ?? middleOfYear);
}

/** On the line between stated totals; before the first and after the last it stays. */
export function onLine(anchors: readonly Anchor[], at: number): number {
  const next = anchors.findIndex((anchor) => anchor.at >= at);
  const after = anchors[next] ?? anchors.at(-1)!;
  const before = anchors[next - 1];
  if (next === -1 || !before || after.at === at) return after.value;
  return before.value + ((after.value - before.value) * (at - before.at)) / (after.at - before.at);
}

export class NationalTotals {
  readonly sha256: string;
  readonly #rows: readonly z.output<typeof shape>[];

  constructor(files: CsvFiles) {
    this.#rows = files.rows(nationalFile, shape);
    this.sha256 = files.sha256(nationalFile);
  }

  /** The totals stated of an area, oldest first; a generator may ask for nothing that is not stated. */
  anchors(areaId: string, indicator: string, scheme: string | null, group: string): Anchor[] {
    const found = this.#rows
      .filter((row) => row.area_id === areaId && row.indicator === indicator)
      .filter((row) => row.scheme === scheme && row.participant_group === group)
      .map((row) => ({ at: monthCount(row.time_period.text), value: row.value }))
      .sort((a, b) => a.at - b.at);
    if (found.length === 0) {
      throw new Error(`${nationalFile} states no ${indicator} ${scheme} ${group} of ${areaId}.`);
    }
    return found;
  }
}
