/** What reported observations and targets have in common: their cells, checks and columns. */
import { z } from 'zod';
import type { AreaRow, Areas } from '../area/load.ts';
import {
  idOf,
  listOf,
  number,
  optional,
  period,
  text,
  type Period,
} from '../platform/csv-cells.ts';
import type { CsvFiles, Row } from '../platform/csv.ts';
import { listed, type Codes } from './load-codes.ts';

/** What the checks of a figure look things up in. */
export interface FigureContext {
  readonly files: CsvFiles;
  readonly areas: Areas;
  readonly codes: Codes;
  /** The agency whose office serves an area. */
  readonly contributorOf: (areaId: string) => string;
}

interface Figure {
  readonly area: AreaRow;
  readonly time_period: Period | null;
  readonly period_basis: string;
  readonly value: string | null;
  readonly scheme: string | null;
  readonly scheme_components: string[];
  readonly participant_group: string | null;
  readonly denominator: string | null;
  readonly source: string;
  readonly locator: string;
}

/** The id of an area, such as 31@2025-07. */
export function areaOfId({ areas }: FigureContext) {
  return idOf('the areas of the register', (id) => areas.byId.has(id)).transform((id) =>
    areas.byId.get(id)!,
  );
}

/** A project code of list AREA, read as the area that it stands for. */
export function aliasedArea({ areas, codes }: FigureContext) {
  return listed(codes, 'AREA')
    .refine((alias) => areas.byAlias.has(alias), {
      params: { code: 'REFERENCE_UNKNOWN' },
      error: 'Add the code to area_aliases.csv, with the area that it stands for.',
    })
    .transform((alias) => areas.byAlias.get(alias)!);
}

/** Either of the two: an area that no reported figure names has no project code. */
export function anyArea(ctx: FigureContext) {
  const [byAlias, byId] = [aliasedArea(ctx), areaOfId(ctx)];
  return text.transform((value, issues): AreaRow => {
    const read = (value.includes('@') ? byId : byAlias).safeParse(value);
    if (read.success) return read.data;
    issues.issues.push(...read.error.issues.map((issue) => ({ ...issue, input: value }) as never));
    return z.NEVER;
  });
}

/** The id of a row in a file of the same load. */
export function idIn({ files }: FigureContext, file: string) {
  return idOf(`the ids of ${file}`, (id) => files.has(file, 'id', id));
}

/** The reported files. Their ids are one name space: conflicts refer to rows by id alone. */
export const reportedFiles = [
  'sources.csv',
  'instruments.csv',
  'observations.csv',
  'published_observations.csv',
  'targets.csv',
  'published_targets.csv',
  'partners.csv',
  'coordinations.csv',
  'agent_systems.csv',
  'organisation_units.csv',
  'campaign_outputs.csv',
  'audiences.csv',
  'channel_uses.csv',
  'conflicts.csv',
];

/** The id of any reported row. */
export function rowId({ files }: FigureContext) {
  return idOf('the ids of the reported files', (id) =>
    reportedFiles.some((file) => files.has(file, 'id', id)),
  );
}

/** The id of an organisation. */
export const organisationId = (ctx: FigureContext) => idIn(ctx, 'partners.csv');

export function figureCells(ctx: FigureContext) {
  const code = (list: string) => listed(ctx.codes, list);
  return {
    id: text,
    area: anyArea(ctx),
    scheme: optional(code('SCHEME')),
    scheme_components: listOf(code('SCHEME')),
    participant_group: optional(code('PARTICIPANT_GROUP')),
    time_period: optional(period),
    period_basis: code('PERIOD_BASIS'),
    value: optional(number),
    denominator: optional(code('DENOMINATOR')),
    qualifier: optional(code('QUALIFIER')),
    conflict_ids: listOf(idIn(ctx, 'conflicts.csv')),
    comment: optional(text),
    source: idIn(ctx, 'sources.csv'),
    locator: text,
  };
}

/** Whether a day of the period is a day of the area; a year in which an area began counts. */
function isInArea({ start, end }: Period, area: AreaRow): boolean {
  return (
    (area.valid_from === null || end >= area.valid_from) &&
    (area.valid_to === null || start <= area.valid_to)
  );
}

/** Reports what single cells cannot show about the period. */
export function checkPeriod(
  files: CsvFiles,
  file: string,
  row: Row<Pick<Figure, 'area' | 'time_period' | 'period_basis'>>,
): void {
  const { line, area, time_period: time, period_basis: basis } = row;
  if ((time === null) !== (basis === 'NOT_STATED')) {
    const message = 'Give NOT_STATED to a row without a period, and to no other.';
    files.report(file, line, 'period_basis', 'VALUE_MALFORMED', message);
  }
  if (time && !isInArea(time, area)) {
    const since = area.valid_from ?? 'the beginning';
    const message = `Use the area of that time; ${area.id} is valid from ${since} to ${area.valid_to ?? 'now'}.`;
    files.report(file, line, 'time_period', 'PERIOD_OUTSIDE_AREA', message);
  }
}

/** The columns that observations and targets share. */
export function figureColumns({ contributorOf }: FigureContext, row: Figure) {
  return {
    area_id: row.area.id,
    province_id: row.area.province_id,
    scheme: row.scheme,
    scheme_components: row.scheme_components,
    participant_group: row.participant_group,
    time_period: row.time_period?.text ?? null,
    period_start: row.time_period?.start ?? null,
    period_end: row.time_period?.end ?? null,
    period_basis: row.period_basis,
    denominator: row.denominator,
    source_id: row.source,
    locator: row.locator,
    contributor_id: contributorOf(row.area.id),
  };
}

/** Digits after the point, as printed. */
export function decimalsOf(value: string | null): number | null {
  return value === null ? null : (value.split('.')[1]?.length ?? 0);
}
