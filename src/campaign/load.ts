/** Loads what the sources report of communication: counts, audiences, channels, and how to add counts. */
import type { Marked } from '../observation/load-conflicts.ts';
import { checkPeriod, decimalsOf, type FigureContext } from '../observation/load-figures.ts';
import type { SeedWriter, VersionRow } from '../platform/seed.ts';
import { audienceShape, channelShape, outputShape, ruleShape, type Output } from './load-shapes.ts';

const outputFile = 'campaign_outputs.csv';
const audienceFile = 'audiences.csv';
const channelFile = 'channel_uses.csv';
const ruleFile = 'series_rules.csv';
export const campaignFiles = [outputFile, audienceFile, channelFile, ruleFile];

/** Read rows: what to write, and what conflicts must know of them. */
export interface Campaigns {
  readonly outputs: readonly VersionRow[];
  readonly audiences: readonly object[];
  readonly channelUses: readonly object[];
  readonly rules: readonly object[];
  readonly topics: ReadonlyMap<string, string>;
  readonly marked: readonly Marked[];
}

const topic = 'CAMPAIGN';
type Common = Pick<Output, 'id' | 'area' | 'comment' | 'source' | 'locator'>;

/** The columns that every reported row of this domain has, beside its key. */
function commonColumns({ contributorOf }: FigureContext, row: Common) {
  return {
    topic,
    area_id: row.area.id,
    province_id: row.area.province_id,
    comment: row.comment,
    source_id: row.source,
    locator: row.locator,
    contributor_id: contributorOf(row.area.id),
  };
}

function outputVersion(ctx: FigureContext, row: Output): VersionRow {
  const { time_period: time, value } = row;
  const version = {
    ...commonColumns(ctx, row),
    figure_id: row.id,
    audience: 'PUBLISHED' as const,
    has_internal: false,
    series: row.series,
    activity_name: row.activity,
    channel: row.channel,
    form: row.form,
    form_basis: row.form_basis,
    audience_codes: row.audience_codes,
    topic_codes: row.topic_codes,
    partner_id: row.partner_id,
    measure: row.measure,
    is_total: row.is_total,
    time_period: time?.text ?? null,
    period_start: time?.start ?? null,
    period_end: time?.end ?? null,
    period_basis: row.period_basis,
    value,
    decimals: decimalsOf(value),
    qualifier: row.qualifier,
    obs_status: row.obs_status,
    conf_status: 'F',
    outcome_ids: row.outcome_ids,
  };
  return version;
}

/** Whether the counts of a series may be added over periods; a series without a rule never may. */
function readRules(ctx: FigureContext) {
  ctx.files.checkUnique([ruleFile], ['series', 'measure']);
  return ctx.files.rows(ruleFile, ruleShape(ctx));
}

function readOutputs(ctx: FigureContext, rules: ReturnType<typeof readRules>) {
  const ruled = new Set(rules.map(({ series, measure }) => `${series} ${measure}`));
  const rows = ctx.files.rows(outputFile, outputShape(ctx));
  for (const row of rows) {
    checkPeriod(ctx.files, outputFile, row);
    if ((row.value === null) !== (row.obs_status === 'O')) {
      const message = 'Give status O to a row without a value, and to no other.';
      ctx.files.report(outputFile, row.line, 'obs_status', 'VALUE_MALFORMED', message);
    }
    if (row.series !== null && !ruled.has(`${row.series} ${row.measure}`)) {
      const message = `Add ${row.series} with ${row.measure} to ${ruleFile}, and say whether it may be added.`;
      ctx.files.report(outputFile, row.line, 'series', 'REFERENCE_UNKNOWN', message);
    }
  }
  return rows;
}

export function readCampaigns(ctx: FigureContext): Campaigns {
  const rules = readRules(ctx);
  const outputs = readOutputs(ctx, rules);
  const audiences = ctx.files.rows(audienceFile, audienceShape(ctx));
  const channels = ctx.files.rows(channelFile, channelShape(ctx));
  return {
    outputs: outputs.map((row) => outputVersion(ctx, row)),
    audiences: audiences.map((row) => {
      const { line: _, area: __, source: ___, ...columns } = row;
      return { ...columns, ...commonColumns(ctx, row) };
    }),
    channelUses: channels.map((row) => {
      const { line: _, area: __, source: ___, conflict_ids: ____, ...columns } = row;
      return { ...columns, ...commonColumns(ctx, row) };
    }),
    rules: rules.map(({ line: _, ...rule }) => rule),
    topics: new Map([...outputs, ...audiences, ...channels].map(({ id }) => [id, topic])),
    marked: [
      ...outputs.map((row) => ({ ...row, file: outputFile })),
      ...channels.map((row) => ({ ...row, file: channelFile })),
    ],
  };
}

/** Partners stand before: outputs refer to them. */
export async function loadCampaigns(writer: SeedWriter, read: Campaigns): Promise<void> {
  // What was published once stays so until somebody withdraws it.
  const published = (rows: readonly object[]) =>
    rows.map((row) => ({ ...row, published_at: writer.instant }));
  const keep = ['published_at'];
  await writer.upsert('series_rule', read.rules, { key: ['series', 'measure'], from: [ruleFile] });
  await writer.versions('campaign_output', read.outputs, outputFile);
  const audiences = { key: ['id'], from: [audienceFile], keep };
  await writer.upsert('audience', published(read.audiences), audiences);
  const channels = { key: ['id'], from: [channelFile], keep };
  await writer.upsert('channel_use', published(read.channelUses), channels);
}
