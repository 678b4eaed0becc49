/** Loads what the documents report of partners, coordinations, agent systems and organisation. */
import { z } from 'zod';
import type { Marked } from '../observation/load-conflicts.ts';
import { checkPeriod, decimalsOf, type FigureContext } from '../observation/load-figures.ts';
import { idOf, type Period } from '../platform/csv-cells.ts';
import type { SeedWriter } from '../platform/seed.ts';
import {
  agentSystemShape,
  coordinationShape,
  factShape,
  partnerShape,
  type RowOf,
} from './load-shapes.ts';

export const partnerFiles = [
  'partners.csv',
  'partner_agencies.csv',
  'coordinations.csv',
  'agent_systems.csv',
  'organisation_units.csv',
];

/** The registered agencies that some organisations are. */
function readAgencies({ files }: FigureContext): ReadonlyMap<string, string> {
  const file = 'partner_agencies.csv';
  files.checkUnique([file], ['partner_id']);
  files.checkUnique([file], ['agency_id']);
  const id = (of: string) => idOf(`the ids of ${of}`, (value) => files.has(of, 'id', value));
  const shape = z.object({ partner_id: id('partners.csv'), agency_id: id('agencies.csv') });
  return new Map(files.rows(file, shape).map((row) => [row.partner_id, row.agency_id]));
}

/** The columns that every row has: where it lies, and who contributed it. */
function place(ctx: FigureContext, { area }: Pick<RowOf<typeof partnerShape>, 'area'>) {
  const { id: area_id, province_id } = area;
  return { topic: 'PARTNER', area_id, province_id, contributor_id: ctx.contributorOf(area_id) };
}

function periodColumns(time: Period | null) {
  return {
    time_period: time?.text ?? null,
    period_start: time?.start ?? null,
    period_end: time?.end ?? null,
  };
}

function partnerRow(
  ctx: FigureContext,
  agencies: ReadonlyMap<string, string>,
  row: RowOf<typeof partnerShape>,
) {
  const { line: _, area: __, source: source_ids, ...columns } = row;
  const agency_id = agencies.get(row.id) ?? null;
  return { ...columns, ...place(ctx, row), source_ids, agency_id };
}

function coordinationRow(ctx: FigureContext, row: RowOf<typeof coordinationShape>) {
  const { line: _, area: __, agency_id, source, time_period: time, ...columns } = row;
  const references = { insurer_id: agency_id, source_ids: source };
  return { ...columns, ...place(ctx, row), ...references, ...periodColumns(time) };
}

function agentSystemRow(ctx: FigureContext, row: RowOf<typeof agentSystemShape>) {
  const { line: _, area: __, conflict_ids: ___, source, time_period: time, ...columns } = row;
  const isMissing = row.agent_staff === null && row.collection_points === null;
  const statuses = { obs_status: isMissing ? 'O' : 'A', conf_status: 'F' };
  const is_total = row.is_total === 'TRUE';
  const found = { ...columns, ...place(ctx, row), ...periodColumns(time) };
  return { ...found, ...statuses, is_total, source_id: source };
}

function factRow(ctx: FigureContext, row: RowOf<typeof factShape>) {
  const { line: _, area: __, conflict_ids: ___, source, time_period: time, ...columns } = row;
  const figure = { decimals: decimalsOf(row.value), conf_status: 'F', source_id: source };
  return { ...columns, ...place(ctx, row), ...periodColumns(time), ...figure };
}

/** Without a period nothing is told of how it is known. */
function basisOf({ time_period }: RowOf<typeof coordinationShape>): string {
  return time_period ? 'PRINTED' : 'NOT_STATED';
}

export type Partners = ReturnType<typeof readPartners>;

export function readPartners(ctx: FigureContext) {
  const { files } = ctx;
  const agencies = readAgencies(ctx);
  const partners = files.rows('partners.csv', partnerShape(ctx));
  const coordinations = files.rows('coordinations.csv', coordinationShape(ctx));
  const systems = files.rows('agent_systems.csv', agentSystemShape(ctx));
  const facts = files.rows('organisation_units.csv', factShape(ctx));
  for (const row of coordinations) {
    checkPeriod(files, 'coordinations.csv', { ...row, period_basis: basisOf(row) });
  }
  for (const row of systems) checkPeriod(files, 'agent_systems.csv', row);
  for (const row of facts) checkPeriod(files, 'organisation_units.csv', row);
  const marked: Marked[] = [
    ...systems.map((row) => ({ ...row, file: 'agent_systems.csv' })),
    ...facts.map((row) => ({ ...row, file: 'organisation_units.csv' })),
  ];
  return {
    partners: partners.map((row) => partnerRow(ctx, agencies, row)),
    coordinations: coordinations.map((row) => coordinationRow(ctx, row)),
    systems: systems.map((row) => agentSystemRow(ctx, row)),
    facts: facts.map((row) => factRow(ctx, row)),
    marked,
    topics: new Map(
      [...partners, ...coordinations, ...systems, ...facts].map(({ id }) => [id, 'PARTNER']),
    ),
  };
}

export async function loadPartners(writer: SeedWriter, read: Partners): Promise<void> {
  const tables = [
    ['partner', read.partners, ['partners.csv', 'partner_agencies.csv']],
    ['coordination', read.coordinations, ['coordinations.csv']],
    ['agent_system', read.systems, ['agent_systems.csv']],
    ['organisation_fact', read.facts, ['organisation_units.csv']],
  ] as const;
  for (const [table, rows, from] of tables) {
    // What the documents print is public from its first load on; people may withdraw it since.
    const published = rows.map((row) => ({ ...row, published_at: writer.instant }));
    await writer.upsert(table, published, { key: ['id'], from, keep: ['published_at'] });
  }
}
