/** Asking what was corrected on statutory lists. */
import { findArea } from '../area/data.ts';
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { accepts, nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import { parsePeriodOrThrow } from '../platform/period.ts';
import type { StatutoryListNotice } from '../platform/prisma/client.ts';
import { equal } from './data.ts';
import { readStatutoryListNotices } from './list-data.ts';
import { StatutoryListNoticeConnection } from './notice.ts';
import { textColumn } from './orders.ts';

const newestFirst: Order<StatutoryListNotice> = {
  name: 'PUBLISHED_DESC',
  columns: [
    {
      column: 'publishedAt',
      direction: 'desc',
      accepts: accepts.instant,
      read: (row) => row.publishedAt.toISOString(),
    },
    textColumn('id'),
  ],
};

const StatutoryListNoticeFilter = builder.inputType('StatutoryListNoticeFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'About lists of exactly this area.' }),
    timePeriod: t.string({ description: 'Of this quarter, as 2026-Q1. Else PERIOD_MALFORMED.' }),
  }),
});

async function noticeWhere(
  context: Context,
  { area: key, timePeriod }: typeof StatutoryListNoticeFilter.$inferInput,
) {
  if (timePeriod != null) parsePeriodOrThrow(timePeriod, ['QUARTER']);
  const area = key ? await findArea(context, key) : null;
  if (area) context.draft.areas.add(area.id);
  return { ...equal('areaId', area?.id), ...equal('timePeriod', timePeriod) };
}

builder.queryField('statutoryListNotices', (t) =>
  t.field({
    type: StatutoryListNoticeConnection,
    description:
      'What was corrected on public statutory lists, the newest first. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, PERIOD_MALFORMED.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: StatutoryListNoticeFilter, description: 'Which notices.' }),
    },
    resolve: async (_root, args, context, info) =>
      readStatutoryListNotices(context, {
        list: 'statutoryListNotices',
        order: newestFirst,
        args,
        where: await noticeWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'StatutoryListNotice', nodePaths()),
      }),
  }),
);
