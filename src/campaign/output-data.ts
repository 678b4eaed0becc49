/** Reads outputs and their series; which rows there are is the database's to decide. */
import DataLoader from 'dataloader';
import { findArea, type AreaKey } from '../area/data.ts';
import { assertCodes, currentAt, figureWhere, withReferences } from '../observation/data.ts';
import { readPage, type Page, type PageRequest } from '../platform/connection.ts';
import { perRequest, type Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { Activity, Campaign, Code, Partner, Prisma } from '../platform/prisma/client.ts';
import { asFigure, type OutputFigure } from './output.ts';
import { assembleSeries, type OutputSeries } from './series.ts';

export interface OutputFilter {
  readonly area?: AreaKey | null | undefined;
  readonly series?: string | null | undefined;
  readonly channel?: string | null | undefined;
  readonly form?: string | null | undefined;
  readonly measure?: string | null | undefined;
  readonly partner?: string | null | undefined;
  readonly audienceCode?: string | null | undefined;
  readonly topicCode?: string | null | undefined;
  readonly timePeriod?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly isTotal?: boolean | null | undefined;
  readonly figureId?: string | null | undefined;
  readonly campaign?: string | null | undefined;
  readonly sourceId?: string | null | undefined;
}

export async function outputWhere(
  context: Context,
  filter: OutputFilter,
): Promise<Prisma.CampaignOutputWhereInput> {
  const { area, timePeriod, from, to, sourceId, figureId } = filter;
  const { series, channel, form, measure, partner, audienceCode, topicCode, isTotal, campaign } =
    filter;
  await assertCodes(context, {
    SERIES: series,
    CHANNEL: channel,
    FORM: form,
    MEASURE: measure,
    AUDIENCE: audienceCode,
    TOPIC: topicCode,
  });
  return {
    ...(await figureWhere(context, { area, timePeriod, from, to, sourceId, figureId })),
    ...(series ? { series } : {}),
    ...(channel ? { channel } : {}),
    ...(form ? { form } : {}),
    ...(measure ? { measure } : {}),
    // Through the relation, so that a partner or campaign out of scope finds nothing.
    ...(partner == null ? {} : { partner: { is: { id: partner } } }),
    ...(campaign == null ? {} : { campaign: { is: { id: campaign } } }),
    ...(audienceCode ? { audienceCodes: { has: audienceCode } } : {}),
    ...(topicCode ? { topicCodes: { has: topicCode } } : {}),
    ...(isTotal == null ? {} : { isTotal }),
  };
}

export const readOutputs = (
  context: Context,
  request: PageRequest<OutputFigure>,
): Promise<Page<OutputFigure>> =>
  readPage({
    ...request,
    find: async (query) => {
      const rows = await context.db.campaignOutput.findMany({
        ...query,
        include: { ...withReferences, ...request.look },
      });
      return rows.map(asFigure);
    },
    count: (query) => context.db.campaignOutput.count(query),
  });

/** For `node`: the rows of these ids, in their order; null for what the caller may not see. */
export async function outputsById(
  context: Context,
  ids: readonly string[],
): Promise<(OutputFigure | null)[]> {
  const rows = await context.db.campaignOutput.findMany({
    where: { id: { in: [...ids] } },
    include: withReferences,
  });
  const byId = new Map(rows.map((row) => [row.id, asFigure(row)]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** What an output refers to, where it was not joined; null for what the caller may not see. */
function rowLoader<Row extends { readonly id: string }>(
  name: string,
  find: (context: Context, query: { where: { id: { in: string[] } } }) => Promise<Row[]>,
) {
  return perRequest(
    name,
    (context) =>
      new DataLoader<string, Row | null>(async (ids) => {
        const rows = await find(context, { where: { id: { in: [...ids] } } });
        const byId = new Map(rows.map((row) => [row.id, row]));
        return ids.map((id) => byId.get(id) ?? null);
      }),
  );
}

export const partnerLoader = rowLoader<Partner>('partners of outputs', (context, query) =>
  context.db.partner.findMany(query),
);
export const campaignLoader = rowLoader<Campaign>('campaigns of outputs', (context, query) =>
  context.db.campaign.findMany(query),
);
export const activityLoader = rowLoader<Activity>('activities of outputs', (context, query) =>
  context.db.activity.findMany(query),
);

/** Labels of the series, and their place in the list. */
export const seriesCodes = perRequest('codes of list SERIES', async (context): Promise<Code[]> =>
  context.db.code.findMany({ where: { listId: 'SERIES' }, orderBy: { position: 'asc' } }),
);

export interface SeriesQuestion {
  readonly area: AreaKey;
  readonly channel?: string | null | undefined;
  readonly measure?: string | null | undefined;
  readonly series?: readonly string[] | null | undefined;
}

/** A sum over rows that were cut off would be wrong, so more of them are refused. */
const seriesRowsMax = 2_000;

/** In the order of list SERIES, which is that of the printed tables. */
export async function readSeries(
  context: Context,
  { area: key, channel, measure, series }: SeriesQuestion,
  look: object,
): Promise<OutputSeries[]> {
  await assertCodes(context, { CHANNEL: channel, MEASURE: measure });
  await Promise.all((series ?? []).map((code) => assertCodes(context, { SERIES: code })));
  const area = await findArea(context, key);
  context.draft.areas.add(area.id);
  const rows = await context.db.campaignOutput.findMany({
    where: {
      ...currentAt(context),
      areaId: area.id,
      series: series ? { in: [...series] } : { not: null },
      ...(channel ? { channel } : {}),
      ...(measure ? { measure } : {}),
    },
    include: { ...withReferences, ...look },
    take: seriesRowsMax + 1,
  });
  if (rows.length > seriesRowsMax) {
    throw new PublicError('TOO_MANY_ROWS', { rows: rows.length, max: seriesRowsMax });
  }
  const [rules, codes] = await Promise.all([
    context.db.seriesRule.findMany(),
    seriesCodes(context),
  ]);
  const places = new Map(codes.map(({ code }, place) => [code, place]));
  const place = ({ code }: OutputSeries) => places.get(code) ?? codes.length;
  return assembleSeries(rows.map(asFigure), rules).sort((a, b) => place(a) - place(b));
}
