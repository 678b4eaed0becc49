/** Loads the tables of the statistics office: population by province and year, labour force by quarter. */
import { z } from 'zod';
import { number, oneOf, optional, period, text } from '../platform/csv-cells.ts';
import type { Row } from '../platform/csv.ts';
import type { SeedWriter, VersionRow } from '../platform/seed.ts';
import { decimalsOf, figureColumns, type FigureContext } from './load-figures.ts';
import type { Figures } from './load.ts';

const populationFile = 'population.csv';
const labourFile = 'labour_force.csv';
export const statisticsFiles = [populationFile, labourFile];

const sexes = oneOf('_T', 'M', 'F');

interface Statistic {
  readonly id: string;
  readonly indicator: string;
  readonly area: Parameters<typeof figureColumns>[1]['area'];
  readonly time_period: NonNullable<Parameters<typeof figureColumns>[1]['time_period']>;
  readonly sex: 'F' | 'M' | '_T';
  readonly residence: string;
  readonly value: string;
  readonly unit: string;
  readonly denominator: string | null;
  readonly obs_status: string;
  readonly source: string;
  readonly locator: string;
}

/** A published figure of everyone, or of one sex or residence. */
function version(ctx: FigureContext, figure: Statistic): VersionRow {
  const { id, indicator, sex, residence, value, unit, obs_status } = figure;
  const shared = figureColumns(ctx, {
    ...figure,
    period_basis: 'PRINTED',
    scheme: null,
    scheme_components: [],
    participant_group: 'ALL',
  });
  const row = {
    ...shared,
    figure_id: id,
    audience: 'PUBLISHED' as const,
    has_internal: false,
    topic: 'POPULATION',
    domain: 'POPULATION',
    indicator,
    base_indicator: null,
    sex,
    residence,
    breakdown: [
      sex === '_T' ? '' : `sex=${sex}`,
      residence === '_T' ? '' : `residence=${residence}`,
    ]
      .filter(Boolean)
      .join(';'),
    value,
    decimals: decimalsOf(value),
    unit,
    qualifier: 'EXACT',
    obs_status,
    conf_status: 'F',
    comment: null,
  };
  return row;
}

const suffix = (...parts: string[]) =>
  parts
    .filter((part) => part !== '_T')
    .map((part) => `-${part.toLowerCase()}`)
    .join('');

function readPopulation(ctx: FigureContext): VersionRow[] {
  const { files, areas } = ctx;
  const key = ['area_code', 'area_vintage', 'time_period', 'sex', 'residence'];
  files.checkUnique([populationFile], key);
  const shape = z.object({
    area_code: text,
    area_vintage: optional(text),
    time_period: period,
    sex: sexes,
    residence: oneOf('_T', 'URBAN', 'RURAL'),
    persons: number,
    obs_status: oneOf('A', 'P', 'E'),
  });
  return files.rows(populationFile, shape).flatMap((row) => {
    const { area_code, area_vintage, time_period, sex, residence } = row;
    // The country has one edition only.
    const area = area_vintage
      ? areas.byId.get(`${area_code}@${area_vintage}`)
      : areas.byAlias.get(area_code);
    if (!area) return unknownArea(ctx, row);
    return version(ctx, {
      id: `stat-population-${area.id}-${time_period.text}${suffix(sex, residence)}`,
      indicator: 'POPULATION_COUNT',
      area,
      time_period,
      sex,
      residence,
      value: row.persons,
      unit: 'PERSONS',
      denominator: null,
      obs_status: row.obs_status,
      source: 'gso-population',
      locator: `area ${area_code}, year ${time_period.text}`,
    });
  });
}

function unknownArea({ files }: FigureContext, { line }: Row<object>): never[] {
  const message = 'Use the code and vintage of an area of the register, such as 11 and 2025-06.';
  files.report(populationFile, line, 'area_code', 'REFERENCE_UNKNOWN', message);
  return [];
}

/** As the series is defined: no age limit is stated, so it is not the labour force of working age. */
const labourIndicators = {
  LABOUR_FORCE: 'LABOUR_FORCE_TOTAL',
  EMPLOYED: 'EMPLOYED',
  UNEMPLOYED: 'UNEMPLOYED',
  UNEMPLOYMENT_RATE: 'UNEMPLOYMENT_RATE',
} as const;

function readLabourForce(ctx: FigureContext): VersionRow[] {
  const { files, areas } = ctx;
  files.checkUnique([labourFile], ['area_code', 'indicator', 'sex', 'time_period']);
  const shape = z.object({
    area_code: oneOf('VN'),
    indicator: oneOf('LABOUR_FORCE', 'EMPLOYED', 'UNEMPLOYED', 'UNEMPLOYMENT_RATE'),
    sex: sexes,
    freq: oneOf('Q'),
    time_period: period,
    value: number,
    unit: oneOf('PERSONS', 'PERCENT'),
  });
  const area = areas.byAlias.get('VN');
  return files.rows(labourFile, shape).flatMap((row) => {
    if (!area) return unknownArea(ctx, row);
    const { indicator, sex, time_period, unit } = row;
    const name = indicator.toLowerCase().replaceAll('_', '-');
    return version(ctx, {
      id: `stat-${name}-${time_period.text}${suffix(sex)}`,
      indicator: labourIndicators[indicator],
      area,
      time_period,
      sex,
      residence: '_T',
      value: row.value,
      unit,
      denominator: unit === 'PERCENT' ? 'LABOUR_FORCE_TOTAL' : null,
      obs_status: 'A',
      source: 'gso-labour-force',
      locator: `${indicator}, ${time_period.text}`,
    });
  });
}

export interface Statistics extends Figures {
  readonly population: readonly VersionRow[];
  readonly labourForce: readonly VersionRow[];
}

export function readStatistics(ctx: FigureContext): Statistics {
  const population = readPopulation(ctx);
  const labourForce = readLabourForce(ctx);
  const versions = [...population, ...labourForce];
  const topics = new Map(versions.map((row) => [row.figure_id, 'POPULATION']));
  return { population, labourForce, versions, topics, marked: [] };
}

export async function loadStatistics(writer: SeedWriter, read: Statistics): Promise<void> {
  await writer.versions('observation', read.population, populationFile);
  await writer.versions('observation', read.labourForce, labourFile);
}
