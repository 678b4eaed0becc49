/** How the country's participants are shared out: over the 63 provinces, then over their communes. Pure. */
import { lastOldMonth } from './calendar.ts';
import { countryParts, partNames, type PartName } from './national-series.ts';
import { countryId, monthCount, onLine, type NationalTotals } from './national-totals.ts';
import type { NationalTerritory, NewProvince, OldProvince } from './national-territory.ts';
import { allocate, between, chance } from './seeded.ts';
import { populationWeight, type Commune } from './territory.ts';

/** A value of each place, for each part. */
export type Parts = Readonly<Record<PartName, readonly number[]>>;

/** Places that share a whole, and what is particular to each. */
export interface Panel {
  readonly ids: readonly string[];
  /** Persons, as a proportion. */
  readonly people: readonly number[];
  readonly compulsory: readonly number[];
  readonly voluntary: readonly number[];
}

/** Of the people of a place, those who are insured with an employer are not insured otherwise. */
function shareOut(
  whole: Readonly<Record<PartName, number>>,
  panel: Panel,
  persons: number,
  tremble: (name: string, id: string) => number,
): Parts {
  const vary = (name: string, low: number, high: number) =>
    panel.ids.map((id) => between(`${name} ${id}`, low, high));
  const times = (weights: readonly number[], factors: readonly number[]) =>
    weights.map((weight, i) => weight * factors[i]!);
  const share = (name: PartName, weights: readonly number[]) =>
    whole[name] === 0 || weights.length === 0
      ? weights.map(() => 0)
      : allocate(whole[name], weights);
  const trembling = (name: string, weights: readonly number[]) =>
    times(
      weights,
      panel.ids.map((id) => tremble(name, id)),
    );
  const CSI = share('CSI', trembling('CSI', panel.compulsory));
  const VSI = share('VSI', trembling('VSI', panel.voluntary));
  // Each is insured in the compulsory scheme too, so that no place has more of them.
  const UI = share('UI', times(CSI, vary('UI', 0.985, 1.015)));
  const OA = share('OA', times(CSI, vary('OA', 0.993, 1.007)));
  const HIE = share('HIE', times(CSI, vary('HIE', 0.99, 1.01)));
  const all = panel.people.reduce((sum, weight) => sum + weight, 0);
  const others = panel.people.map((weight, i) =>
    Math.max((persons * weight) / all - HIE[i]!, ((persons * weight) / all) * 0.1),
  );
  const HIH = share('HIH', times(others, vary('HIH', 0.97, 1.03)));
  const HIS = share('HIS', times(others, vary('HIS', 0.97, 1.03)));
  const HIO = share('HIO', times(others, vary('HIO', 0.97, 1.03)));
  return { CSI, VSI, UI, OA, HIE, HIH, HIS, HIO };
}

const noTremble = () => 1;

/** Parts and persons of each of the 63 provinces; those of a province of today are their sums. */
export class ProvinceShares {
  readonly provinces: readonly OldProvince[];
  readonly #totals: NationalTotals;
  readonly #months = new Map<string, Parts>();
  readonly #people = new Map<string, number[]>();

  constructor(territory: NationalTerritory, totals: NationalTotals) {
    this.provinces = territory.provinces.flatMap(({ predecessors }) => predecessors);
    this.#totals = totals;
  }

  /** Of the country: the stated ones. */
  persons(period: string, indicator = 'POPULATION_COUNT'): number {
    const anchors = this.#totals.anchors(countryId, indicator, null, 'ALL');
    return Math.round(onLine(anchors, monthCount(period)));
  }

  /** Of each province, on the line between two counts: a proportion. */
  peopleOf(period: string): number[] {
    const known = this.#people.get(period);
    if (known) return known;
    const made = this.provinces.map(({ id }) =>
      onLine(this.#totals.anchors(id, 'POPULATION_COUNT', null, 'ALL'), monthCount(period)),
    );
    this.#people.set(period, made);
    return made;
  }

  /** A month's parts, by part and place of the province. */
  partsAt(month: string): Parts {
    const known = this.#months.get(month);
    if (known) return known;
    const people = this.peopleOf(month);
    const weigh = (name: string, low: number, high: number) =>
      this.provinces.map(({ id }, i) => people[i]! * between(`${name} ${id}`, low, high));
    const compulsory = weigh('compulsory', 0.7, 1.2).map(
      (weight, i) => weight * (this.provinces[i]!.isCity ? 1.25 : 1),
    );
    const ids = this.provinces.map(({ id }) => id);
    const panel = { ids, people, compulsory, voluntary: weigh('voluntary', 0.7, 1.4) };
    const whole = countryParts(this.#totals, month);
    const made = shareOut(whole, panel, this.persons(month), noTremble);
    this.#months.set(month, made);
    return made;
  }

  /** What one or several provinces have of each part together. */
  wholeOf(provinces: readonly OldProvince[], month: string): Record<PartName, number> {
    const made = this.partsAt(month);
    const places = provinces.map((province) => this.provinces.indexOf(province));
    const entries = partNames.map((name) => [
      name,
      places.reduce((sum, place) => sum + made[name][place]!, 0),
    ]);
    return Object.fromEntries(entries) as Record<PartName, number>;
  }

  /** Persons of one or several provinces, not rounded. */
  personsOf(provinces: readonly OldProvince[], month: string): number {
    const people = this.peopleOf(month);
    const all = people.reduce((sum, weight) => sum + weight, 0);
    const here = provinces.reduce((sum, one) => sum + people[this.provinces.indexOf(one)]!, 0);
    return (this.persons(month) * here) / all;
  }
}

const towns: Readonly<Record<string, number>> = { WARD: 1.5, TOWNSHIP: 1.3 };

/** The communes of a province until June 2025. */
export function oldPanel(communes: readonly Commune[]): Panel {
  const people = communes.map(populationWeight);
  const weigh = (name: string, low: number, high: number) =>
    communes.map(({ id }, i) => people[i]! * between(`${name} ${id}`, low, high));
  return {
    ids: communes.map(({ id }) => id),
    people,
    compulsory: weigh('compulsory', 0.8, 1.25).map(
      (weight, i) => weight * (towns[communes[i]!.kind] ?? 1),
    ),
    // In some communes next to nobody pays into the voluntary scheme: small cells.
    voluntary: weigh('voluntary', 0.6, 1.5).map((weight, i) =>
      chance(`few ${communes[i]!.id}`) < 0.1 ? weight * 0.01 : weight,
    ),
  };
}

/** Of a commune of today that no old one is listed for, beside the mean of its province. */
const unlistedShare = 0.5;

/** The communes of a province since July 2025: each begins with what its listed predecessors had at the end. */
export function newPanel(province: NewProvince, shares: ProvinceShares): Panel {
  const { communes, predecessors, placeOf } = province;
  const sums = { people: zeros(communes), compulsory: zeros(communes), voluntary: zeros(communes) };
  for (const old of predecessors) {
    const panel = oldPanel(old.communes);
    const persons = shares.personsOf([old], lastOldMonth);
    const all = panel.people.reduce((sum, weight) => sum + weight, 0);
    const { CSI, VSI } = communeParts(panel, [old], shares, lastOldMonth);
    panel.ids.forEach((id, i) => {
      const place = placeOf.get(id) ?? -1;
      if (place === -1) return;
      sums.people[place]! += (persons * panel.people[i]!) / all;
      sums.compulsory[place]! += CSI[i]!;
      sums.voluntary[place]! += VSI[i]!;
    });
  }
  const filled = (weights: readonly number[]) => {
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
    return weights.map((weight, i) => (sums.people[i] === 0 ? mean * unlistedShare : weight));
  };
  return {
    ids: communes.map(({ id }) => id),
    people: filled(sums.people),
    compulsory: filled(sums.compulsory),
    voluntary: filled(sums.voluntary),
  };
}

const zeros = (communes: readonly Commune[]): number[] => communes.map(() => 0);

/** The parts of each commune at the end of a month; they add up to those of its province. */
export const communeParts = (
  panel: Panel,
  provinces: readonly OldProvince[],
  shares: ProvinceShares,
  month: string,
): Parts =>
  shareOut(
    shares.wholeOf(provinces, month),
    panel,
    shares.personsOf(provinces, month),
    // The first month of a structure goes on from the last one of the other.
    (name, id) => between(`${month} ${name} ${id}`, 0.997, 1.003),
  );

/** Persons of a year by commune, and those of them who work or look for work. */
export function communePersons(
  panel: Panel,
  persons: number,
  workers: number,
): { readonly POPULATION_COUNT: number[]; readonly LABOUR_FORCE: number[] } {
  if (panel.ids.length === 0) return { POPULATION_COUNT: [], LABOUR_FORCE: [] };
  const POPULATION_COUNT = allocate(persons, panel.people);
  const weights = panel.ids.map(
    (id, i) => POPULATION_COUNT[i]! * between(`labour force ${id}`, 0.94, 1.06),
  );
  return { POPULATION_COUNT, LABOUR_FORCE: allocate(workers, weights) };
}
