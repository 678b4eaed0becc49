/** Loads plans, targets and aims. */
import { z } from 'zod';
import {
  checkPeriod,
  decimalsOf,
  figureCells,
  figureColumns,
  idIn,
  organisationId,
  rowId,
  type FigureContext,
} from '../observation/load-figures.ts';
import { listed } from '../observation/load-codes.ts';
import type { Figures } from '../observation/load.ts';
import { listOf, optional, text } from '../platform/csv-cells.ts';
import type { Row } from '../platform/csv.ts';
import type { SeedWriter, VersionRow } from '../platform/seed.ts';

const printedFile = 'targets.csv';
const publishedFile = 'published_targets.csv';
export const enrollmentFiles = [printedFile, publishedFile];

function targetShape(ctx: FigureContext) {
  const code = (list: string) => listed(ctx.codes, list);
  return z.object({
    ...figureCells(ctx),
    kind: code('TARGET_KIND'),
    assigned_by: optional(organisationId(ctx)),
    instrument_id: optional(idIn(ctx, 'instruments.csv')),
    indicator: optional(code('INDICATOR')),
    unit: optional(code('UNIT')),
    statement: text,
    result_ids: listOf(rowId(ctx)),
    derivable_from: listOf(rowId(ctx)),
  });
}

/** Targets that no document of the project prints tell how far they are verified. */
const publishedShape = (ctx: FigureContext) =>
  targetShape(ctx).extend({ reliability: listed(ctx.codes, 'RELIABILITY') });

type Target = z.output<ReturnType<typeof targetShape>> & { readonly reliability: string | null };

function topicOf({ indicator, scheme }: Target): string {
  if (['REVENUE', 'RECEIVABLE', 'BUDGET'].includes(indicator ?? '')) return 'FINANCE';
  if (indicator === 'WORKING_SESSIONS_PER_MONTH') return 'CAMPAIGN';
  return indicator === null && scheme === null ? 'CAMPAIGN' : 'ENROLLMENT';
}

/** SDMX CL_OBS_STATUS: a value, one that exists but is not at hand, one that cannot exist. */
const obsStatusByKind: Record<string, string> = {
  QUANTIFIED: 'A',
  VALUE_NOT_PRINTED: 'L',
  QUALITATIVE: 'M',
};

function targetVersion(ctx: FigureContext, row: Target): VersionRow {
  const version = {
    ...figureColumns(ctx, row),
    figure_id: row.id,
    audience: 'PUBLISHED' as const,
    has_internal: false,
    topic: topicOf(row),
    kind: row.kind,
    assigned_by: row.assigned_by,
    instrument_id: row.instrument_id,
    indicator: row.indicator,
    value: row.value,
    decimals: decimalsOf(row.value),
    unit: row.unit,
    qualifier: row.qualifier,
    // What nobody has verified is shown, and never computed with.
    obs_status: row.reliability === 'UNVERIFIED' ? 'U' : obsStatusByKind[row.kind],
    conf_status: 'F',
    statement: row.statement,
    result_ids: row.result_ids,
    derivable_from: row.derivable_from,
    reliability: row.reliability,
    comment: row.comment,
  };
  return version;
}

function checked(ctx: FigureContext, file: string, rows: readonly Row<Target>[]): Figures {
  for (const row of rows) {
    checkPeriod(ctx.files, file, row);
    if ((row.value !== null) === (row.kind === 'QUANTIFIED')) continue;
    const message = 'Give a value to a target of kind QUANTIFIED, and to no other.';
    ctx.files.report(file, row.line, 'value', 'VALUE_MALFORMED', message);
  }
  return {
    versions: rows.map((row) => targetVersion(ctx, row)),
    topics: new Map(rows.map((row) => [row.id, topicOf(row)])),
    marked: rows.map((row) => ({ ...row, file })),
  };
}

export interface Targets extends Figures {
  readonly byFile: readonly (readonly [string, Figures])[];
}

export function readTargets(ctx: FigureContext): Targets {
  const printed = ctx.files
    .rows(printedFile, targetShape(ctx))
    .map((row) => ({ ...row, reliability: null }));
  const published = ctx.files.rows(publishedFile, publishedShape(ctx));
  const byFile = [
    [printedFile, checked(ctx, printedFile, printed)],
    [publishedFile, checked(ctx, publishedFile, published)],
  ] as const;
  const all = byFile.map(([, figures]) => figures);
  return {
    byFile,
    versions: all.flatMap(({ versions }) => versions),
    topics: new Map(all.flatMap(({ topics }) => [...topics])),
    marked: all.flatMap(({ marked }) => marked),
  };
}

export async function loadTargets(writer: SeedWriter, { byFile }: Targets): Promise<void> {
  for (const [file, { versions }] of byFile) await writer.versions('target', versions, file);
}
