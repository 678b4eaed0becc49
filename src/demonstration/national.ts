/**
 * The national demonstration: every commune of both structures by month, provinces and the country as
 * their sums. A figure depends on its area, series and period alone, so that more years only add. Pure.
 */
import {
  addMonths,
  firstNewMonth,
  lastDayOf,
  lastMonth,
  lastOldMonth,
  monthsBetween,
} from './calendar.ts';
import { blocksOf, monthPeriod, runsOf, yearPeriod, type Block } from './national-blocks.ts';
import {
  communeParts,
  communePersons,
  newPanel,
  oldPanel,
  ProvinceShares,
  type Panel,
} from './national-panels.ts';
import {
  existsIn,
  monthlySeries,
  partNames,
  yearlySeries,
  type NationalSeries,
  type PartName,
} from './national-series.ts';
import {
  NationalTerritory,
  type NewProvince,
  type OldProvince,
  type UnitOnDay,
} from './national-territory.ts';
import { countryId, type NationalTotals } from './national-totals.ts';
import { allocate, between } from './seeded.ts';
import type { Commune } from './territory.ts';

const monthsOfYear = 12;
/** The last year whose population is known, by the structure of today. */
const lastYear = 2025;

/** What is loaded as one: a structure's province with its communes, or the country. */
export interface Batch {
  readonly name: string;
  readonly figures: number;
  blocks(): Generator<Block>;
}

const absent = -1;

const valueOf = (series: NationalSeries, month: string, part: (name: PartName) => number) =>
  series.parts.some((name) => existsIn(name, month))
    ? series.parts.reduce((sum, name) => sum + part(name), 0)
    : absent;

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** A province of one structure: how its units are called on a day, and what they add up to. */
interface Structure {
  readonly name: string;
  readonly members: readonly OldProvince[];
  readonly months: readonly string[];
  readonly years: readonly string[];
  readonly panel: () => Panel;
  /** The units of the panel in its order, the province after them. */
  readonly unitsOn: (day: string) => readonly UnitOnDay[];
}

export class National {
  readonly #shares: ProvinceShares;
  readonly #territory: NationalTerritory;
  readonly #months: readonly string[];
  readonly #years: readonly string[];

  constructor(territory: NationalTerritory, totals: NationalTotals, years: number) {
    this.#territory = territory;
    this.#shares = new ProvinceShares(territory, totals);
    this.#months = monthsBetween(addMonths(lastMonth, 1 - monthsOfYear * years), lastMonth);
    this.#years = Array.from({ length: years }, (_, i) => String(lastYear - years + 1 + i));
  }

  /** All of it, or all but the communes of provinces other than these (ids of July 2025). */
  batches(communesOf?: readonly string[]): Batch[] {
    const structures = this.#territory.provinces.flatMap((province): Structure[] => {
      const hasCommunes = communesOf?.includes(province.id) ?? true;
      const bare = { ...province, predecessors: [], communes: [] };
      const counted: NewProvince = hasCommunes ? province : bare;
      return [
        ...province.predecessors.map((old) =>
          this.#oldStructure(old, hasCommunes ? old.communes : []),
        ),
        {
          name: province.id,
          members: province.predecessors,
          months: this.#months.filter((month) => month >= firstNewMonth),
          years: this.#years.filter((year) => Number(year) === lastYear),
          panel: () => newPanel(counted, this.#shares),
          unitsOn: (day) =>
            [...counted.communes, province].map((unit) => this.#territory.onDay(unit, day)),
        },
      ];
    });
    return [
      ...structures.map((structure) => this.#batchOf(structure)),
      {
        name: countryId,
        figures: this.#months.length * monthlySeries.length + this.#years.length * 2,
        blocks: () => this.#country(),
      },
    ];
  }

  #oldStructure(province: OldProvince, communes: readonly Commune[]): Structure {
    const units = [...communes, province].map(({ id }) => ({ id, provinceId: province.id }));
    return {
      name: province.id,
      members: [province],
      months: this.#months.filter((month) => month <= lastOldMonth),
      years: this.#years.filter((year) => Number(year) < lastYear),
      panel: () => oldPanel(communes),
      unitsOn: () => units,
    };
  }

  #batchOf(structure: Structure): Batch {
    const { name, months, years, unitsOn } = structure;
    const units = unitsOn(lastDayOf(months[0] ?? lastMonth)).length;
    const figures = units * (months.length * monthlySeries.length + years.length * 2);
    return { name, figures, blocks: () => this.#province(structure) };
  }

  /** Of a province's units month by month: all series of each, one after the other. */
  *#province({ members, months, years, panel: open, unitsOn }: Structure): Generator<Block> {
    const panel = open();
    for (const run of runsOf(months, (month) => unitsOn(lastDayOf(month)))) {
      const made = run.months.map((month) => {
        const parts = communeParts(panel, members, this.#shares, month);
        const whole = this.#shares.wholeOf(members, month);
        return Object.fromEntries(
          partNames.map((name) => [name, [...parts[name], whole[name]]]),
        ) as Record<PartName, number[]>;
      });
      const valuesAt = (place: number) =>
        monthlySeries.flatMap((series) =>
          run.months.map((month, n) => valueOf(series, month, (name) => made[n]![name][place]!)),
        );
      yield* blocksOf(run.units, valuesAt, monthlySeries, run.months.map(monthPeriod));
    }
    for (const year of years) {
      const { persons, workers } = this.#yearOf(members, year);
      const of = communePersons(panel, persons, workers);
      const values = [...of.POPULATION_COUNT.keys()].map((i) => [
        of.LABOUR_FORCE[i]!,
        of.POPULATION_COUNT[i]!,
      ]);
      const all = [...values, [workers, persons]];
      yield* blocksOf(unitsOn(`${year}-12-31`), (i) => all[i]!, yearlySeries, [yearPeriod(year)]);
    }
  }

  #yearOf(members: readonly OldProvince[], year: string) {
    const { provinces } = this.#shares;
    const people = this.#shares.peopleOf(year);
    const persons = allocate(this.#shares.persons(year), people);
    const workers = allocate(
      this.#shares.persons(year, 'LABOUR_FORCE'),
      provinces.map(({ id }, i) => persons[i]! * between(`labour force ${id}`, 0.97, 1.03)),
    );
    const places = members.map((member) => provinces.indexOf(member));
    return {
      persons: sum(places.map((place) => persons[place]!)),
      workers: sum(places.map((place) => workers[place]!)),
    };
  }

  *#country(): Generator<Block> {
    const areas = [{ id: countryId, provinceId: null }];
    const made = this.#months.map((month) => this.#shares.partsAt(month));
    const months = monthlySeries.flatMap((series) =>
      this.#months.map((month, n) => valueOf(series, month, (name) => sum(made[n]![name]))),
    );
    const periods = this.#months.map(monthPeriod);
    yield { areas, series: monthlySeries, periods, isPublic: true, values: months };
    const years = yearlySeries.flatMap(({ indicator }) =>
      this.#years.map((year) => this.#shares.persons(year, indicator)),
    );
    const yearPeriods = this.#years.map(yearPeriod);
    yield { areas, series: yearlySeries, periods: yearPeriods, isPublic: true, values: years };
  }
}
