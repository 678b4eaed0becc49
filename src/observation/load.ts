/** Loads sources, instruments and observations. */
import { z } from 'zod';
import { listOf, oneOf, optional, period, text } from '../platform/csv-cells.ts';
import type { SeedWriter, VersionRow } from '../platform/seed.ts';
import { codeFiles, listed, type Codes } from './load-codes.ts';
import type { Marked } from './load-conflicts.ts';
import {
  aliasedArea,
  anyArea,
  checkPeriod,
  decimalsOf,
  figureCells,
  figureColumns,
  idIn,
  organisationId,
  type FigureContext,
} from './load-figures.ts';

export const observationFiles = [
  ...codeFiles,
  'sources.csv',
  'instruments.csv',
  'observations.csv',
  'published_observations.csv',
  'withheld.csv',
  'conflicts.csv',
];

/** Read figures: the versions to write, and what conflicts must know of them. */
export interface Figures {
  readonly versions: readonly VersionRow[];
  readonly topics: ReadonlyMap<string, string>;
  readonly marked: readonly Marked[];
}

export type Provenance = ReturnType<typeof readProvenance>;

/** As printed: a year, a month or a day. */
const printedDate = optional(period.transform((date) => date.text));

export function readProvenance(ctx: FigureContext) {
  const sourceShape = z.object({
    id: text,
    title: text,
    bibliographic_title: text,
    author_or_publisher: text,
    published_on: printedDate,
    kind: listed(ctx.codes, 'SOURCE_KIND'),
    area: anyArea(ctx),
    reliability_note: optional(text),
  });
  const instrumentShape = z.object({
    id: text,
    kind: listed(ctx.codes, 'LEGAL_INSTRUMENT_KIND'),
    number: optional(text),
    date: printedDate,
    issuer: optional(organisationId(ctx)),
    area: aliasedArea(ctx),
    subject: optional(text),
    conflict_ids: listOf(idIn(ctx, 'conflicts.csv')),
    comment: optional(text),
    source: listOf(idIn(ctx, 'sources.csv')),
    locator: text,
  });
  const sources = ctx.files.rows('sources.csv', sourceShape);
  const instruments = ctx.files.rows('instruments.csv', instrumentShape);
  return {
    sources: sources.map(({ line: _, area, ...row }) => {
      return { ...row, nature: 'REPORTED', area_id: area.id };
    }),
    instruments: instruments.map(({ line: _, conflict_ids: __, area, source, ...row }) => {
      return { ...row, area_id: area.id, source_ids: source };
    }),
    marked: instruments.map((row) => ({ ...row, file: 'instruments.csv' })),
  };
}

/** The code list of each dimension that a figure may be broken down by. */
const dimensionLists: Record<string, string> = {
  sex: 'SEX',
  residence: 'RESIDENCE',
  ethnicity: 'ETHNICITY',
  unit_type: 'UNIT_TYPE',
  border_with: 'COUNTRY',
  to: 'PLACE',
  mode: 'TRANSPORT_MODE',
  ownership: 'OWNERSHIP',
  contributor: 'CONTRIBUTOR',
};

function isBreakdown(codes: Codes, pair: string): boolean {
  const [dimension = '', value = '', ...more] = pair.split('=');
  if (more.length > 0 || !codes.has('BREAKDOWN_DIMENSION', dimension)) return false;
  if (dimension === 'rank') return /^[1-9]\d*$/.test(value);
  const list = dimensionLists[dimension];
  return list !== undefined && value.split('+').every((code) => codes.has(list, code));
}

function observationShape(ctx: FigureContext) {
  const code = (list: string) => listed(ctx.codes, list);
  const pair = text.refine((value) => isBreakdown(ctx.codes, value), {
    params: { code: 'CODE_UNKNOWN' },
    error: 'Write dimension=code, both as codelists.csv lists them.',
  });
  return z.object({
    ...figureCells(ctx),
    domain: code('DOMAIN'),
    indicator: code('INDICATOR'),
    base_indicator: optional(code('INDICATOR')),
    breakdown: listOf(pair),
    unit: code('UNIT'),
    obs_status: code('OBS_STATUS'),
  });
}

/** SDMX CL_CONF_STATUS of the row that holds the value, by the reason for withholding it. */
const confStatusByReason = { SMALL_COUNT: 'A' } as const;

function readWithheld(ctx: FigureContext): ReadonlyMap<string, keyof typeof confStatusByReason> {
  ctx.files.checkUnique(['withheld.csv'], ['figure_id']);
  const figure = idIn(ctx, 'observations.csv');
  const shape = z.object({ figure_id: figure, reason: oneOf('SMALL_COUNT') });
  const rows = ctx.files.rows('withheld.csv', shape);
  return new Map(rows.map((row) => [row.figure_id, row.reason]));
}

type Observation = z.output<ReturnType<typeof observationShape>>;

function observationColumns(ctx: FigureContext, row: Observation) {
  const partOf = (dimension: string) =>
    row.breakdown.find((pair) => pair.startsWith(`${dimension}=`))?.slice(dimension.length + 1);
  return {
    ...figureColumns(ctx, row),
    figure_id: row.id,
    topic: row.domain,
    domain: row.domain,
    indicator: row.indicator,
    base_indicator: row.base_indicator,
    sex: partOf('sex') ?? '_T',
    residence: partOf('residence') ?? '_T',
    breakdown: row.breakdown.join(';'),
    unit: row.unit,
  };
}

/** A published version; of a withheld figure an internal one, and a published one without value. */
function observationVersions(
  ctx: FigureContext,
  row: Observation,
  reason: keyof typeof confStatusByReason | undefined,
): VersionRow[] {
  const columns = observationColumns(ctx, row);
  const { value, qualifier, obs_status, comment } = row;
  const full = { ...columns, value, decimals: decimalsOf(value), qualifier, obs_status, comment };
  if (!reason) return [version('PUBLISHED', { ...full, has_internal: false, conf_status: 'F' })];
  const conf_status = confStatusByReason[reason];
  // A comment or a qualifier would tell about the value, so neither is published.
  const blank = { value: null, decimals: null, qualifier: null, comment: null };
  const hidden = { ...columns, ...blank, obs_status: 'Q', conf_status: 'C', has_internal: true };
  return [
    version('INTERNAL', { ...full, has_internal: false, conf_status }),
    version('PUBLISHED', hidden),
  ];
}

function version<T extends Omit<VersionRow, 'audience'>>(
  audience: VersionRow['audience'],
  columns: T,
): VersionRow {
  return { ...columns, audience };
}

export function readObservations(ctx: FigureContext, file = 'observations.csv'): Figures {
  const isPrinted = file === 'observations.csv';
  const withheld: ReturnType<typeof readWithheld> = isPrinted ? readWithheld(ctx) : new Map();
  const rows = ctx.files.rows(file, observationShape(ctx));
  for (const row of rows) {
    checkPeriod(ctx.files, file, row);
    if ((row.value === null) === (row.obs_status === 'O')) continue;
    const message = 'Give status O to a row without a value, and to no other.';
    ctx.files.report(file, row.line, 'obs_status', 'VALUE_MALFORMED', message);
  }
  return {
    versions: rows.flatMap((row) => observationVersions(ctx, row, withheld.get(row.id))),
    topics: new Map(rows.map((row) => [row.id, row.domain])),
    marked: rows.map((row) => ({ ...row, file })),
  };
}

export async function loadProvenance(writer: SeedWriter, read: Provenance): Promise<void> {
  await writer.upsert('source', read.sources, { key: ['id'], from: ['sources.csv'] });
  await writer.upsert('instrument', read.instruments, { key: ['id'], from: ['instruments.csv'] });
}

export async function loadObservations(
  writer: SeedWriter,
  figures: Figures,
  file = 'observations.csv',
): Promise<void> {
  await writer.versions('observation', figures.versions, file);
  const hidden = figures.versions.filter((row) => row.conf_status === 'C');
  const ids = hidden.map((row) => row.figure_id);
  await writer.withdraw('observation', ids);
}
