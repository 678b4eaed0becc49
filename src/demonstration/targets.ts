/** The stated totals that generated rows add up to: prisma/seed/demonstration_targets.csv. */
import { z } from 'zod';
import { number, oneOf, optional, period, text } from '../platform/csv-cells.ts';
import type { CsvFiles } from '../platform/csv.ts';

export const targetFile = 'demonstration_targets.csv';

const shape = z.object({
  area_id: text,
  indicator: oneOf('POPULATION_COUNT', 'LABOUR_FORCE', 'PARTICIPANTS'),
  scheme: optional(text),
  participant_group: text,
  time_period: period,
  value: number.transform(Number),
  base: optional(number),
  rate_percent: optional(number),
  basis: text,
});

export type Target = z.output<typeof shape>;

export class Targets {
  readonly rows: readonly Target[];

  constructor(files: CsvFiles) {
    this.rows = files.rows(targetFile, shape);
  }

  /** The stated total; a generator may ask for nothing that is not stated. */
  value(areaId: string, indicator: string, timePeriod: string, scheme: string | null = null) {
    const found = this.rows.find(
      (row) =>
        row.area_id === areaId &&
        row.indicator === indicator &&
        row.time_period.text === timePeriod &&
        row.scheme === scheme,
    );
    if (!found) throw new Error(`${targetFile} states no ${indicator} of ${areaId} ${timePeriod}.`);
    return found.value;
  }
}
