/** Figures beside the movements: population and labour force by commune, participants by province. Pure. */
import type { VersionRow } from '../platform/seed.ts';
import { instantOn, addDays, lastDayOf, monthsOfQuarter } from './calendar.ts';
import type { Enrolment } from './enrolment.ts';
import { releaseOf } from './releases.ts';
import { allocate, between } from './seeded.ts';
import { contributorOf, provinceOf, provinces } from './sources.ts';
import type { Targets } from './targets.ts';
import {
  carriedOver,
  inProvince,
  populationWeight,
  type Commune,
  type Territory,
} from './territory.ts';

interface Figure {
  readonly figure_id: string;
  readonly area_id: string;
  readonly province_id: string;
  readonly time_period: string;
  readonly period_start: string;
  readonly period_end: string;
  readonly value: number;
  readonly known_from: string;
}

/** What a figure is of, and who may read it. */
interface Meaning {
  readonly audience: VersionRow['audience'];
  readonly has_internal: boolean;
  readonly topic: string;
  readonly domain: string;
  readonly indicator: string;
  readonly scheme: string | null;
  readonly participant_group: string;
  readonly conf_status: string;
  readonly published_at: string | null;
  readonly release_id: string | null;
  readonly breakdown?: string;
  readonly obs_status?: string;
  readonly source_id?: string;
  readonly contributor_id?: string;
}

/** A row of the table `observation`, with the columns that all generated figures share. */
export const figureRow = (figure: Figure, own: Meaning) => ({
  base_indicator: null,
  scheme_components: [],
  sex: '_T',
  residence: '_T',
  breakdown: '',
  period_basis: 'PRINTED',
  decimals: 0,
  unit: 'PERSONS',
  denominator: null,
  qualifier: null,
  obs_status: 'A',
  comment: null,
  source_id: 'demo-enrolment',
  locator: 'generated',
  contributor_id: contributorOf(figure.area_id, figure.province_id),
  ...figure,
  ...own,
});

export type FigureRow = ReturnType<typeof figureRow>;

const internal = {
  audience: 'INTERNAL' as const,
  has_internal: false,
  conf_status: 'N',
  published_at: null,
  release_id: null,
};

function byCommune(
  communes: readonly Commune[],
  [indicator, year]: readonly [string, string],
  values: readonly number[],
): FigureRow[] {
  return communes.map((commune, i) =>
    figureRow(
      {
        figure_id: `demo-${indicator.toLowerCase().replace('_', '-')}-${commune.id}-${year}`,
        area_id: commune.id,
        province_id: commune.provinceId,
        time_period: year,
        period_start: `${year}-01-01`,
        period_end: `${year}-12-31`,
        value: values[i]!,
        known_from: instantOn(`${Number(year) + 1}-03-31`),
      },
      {
        ...internal,
        topic: 'POPULATION',
        domain: 'POPULATION',
        indicator,
        scheme: null,
        participant_group: 'ALL',
      },
    ),
  );
}

function populationOf(
  communes: readonly Commune[],
  targets: Targets,
  year: string,
  weights: readonly number[],
) {
  const provinceId = communes[0]!.provinceId;
  const persons = allocate(targets.value(provinceId, 'POPULATION_COUNT', year), weights);
  const workers = allocate(
    targets.value(provinceId, 'LABOUR_FORCE', year),
    communes.map(({ id }, i) => persons[i]! * between(`labour force ${id}`, 0.94, 1.06)),
  );
  const rows = [
    ...byCommune(communes, ['POPULATION_COUNT', year], persons),
    ...byCommune(communes, ['LABOUR_FORCE', year], workers),
  ];
  return { persons, rows };
}

/** 2024 by old commune, 2025 by commune of today; both add up to their province's stated totals. */
export function generatePopulation(territory: Territory, targets: Targets): FigureRow[] {
  return provinces.flatMap((province) => {
    const held = new Map<string, number>();
    const old = province.predecessors.flatMap((provinceId) => {
      const communes = inProvince(territory.old, provinceId);
      const weights = communes.map(populationWeight);
      const { persons, rows } = populationOf(communes, targets, '2024', weights);
      communes.forEach(({ id }, i) => held.set(id, persons[i]!));
      return rows;
    });
    const communes = inProvince(territory.current, province.id);
    const weights = carriedOver(territory, communes, held);
    return [...old, ...populationOf(communes, targets, '2025', weights).rows];
  });
}

/** Participants of a province at the end of each quarter, as its release publishes them. */
export function generateParticipants(enrolment: Enrolment): FigureRow[] {
  return enrolment.totals.flatMap(({ provinceId, series, month, value }) => {
    const number = Number(month.slice(5));
    if (number % 3 !== 0) return [];
    const quarter = `${month.slice(0, 4)}-Q${number / 3}`;
    const day = lastDayOf(monthsOfQuarter(quarter).at(-1)!);
    const release = releaseOf(provinceId, quarter);
    const figure = {
      figure_id: `demo-participants-${provinceId}-${series.scheme}-${day}`,
      area_id: provinceId,
      province_id: provinceId,
      time_period: day,
      period_start: day,
      period_end: day,
      value,
      known_from: instantOn(addDays(day, 20)),
    };
    return figureRow(figure, {
      audience: 'PUBLISHED' as const,
      has_internal: false,
      topic: 'ENROLLMENT',
      domain: 'ENROLLMENT',
      indicator: 'PARTICIPANTS',
      scheme: series.scheme,
      participant_group: series.group,
      conf_status: 'F',
      ...(release.provisional && { obs_status: 'P' }),
      contributor_id: provinceOf(provinceId).insurer,
      published_at: release.published_at,
      release_id: release.id,
    });
  });
}
