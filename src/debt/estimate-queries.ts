/** Asking what offices are to collect, and what was said of it before. */
import { placeWhere } from '../area/data.ts';
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { accepts, nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import { calendarKinds, parsePeriodOrThrow } from '../platform/period.ts';
import type { CollectionEstimate } from '../platform/prisma/client.ts';
import { assertOffice, equal } from './data.ts';
import { readEstimates } from './estimate-data.ts';
import { CollectionEstimateConnection } from './estimate.ts';
import { textColumn } from './orders.ts';
import { withinDescription } from './sentences.ts';

const newestFirst: Order<CollectionEstimate> = {
  name: 'KNOWN_DESC',
  columns: [
    {
      column: 'knownFrom',
      direction: 'desc',
      accepts: accepts.instant,
      read: (row) => row.knownFrom.toISOString(),
    },
    textColumn('id'),
  ],
};

const CollectionEstimateFilter = builder.inputType('CollectionEstimateFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    office: t.string({ description: 'Of the office of this code. Else OFFICE_UNKNOWN.' }),
    within: t.field({ type: AreaKeyInput, description: withinDescription }),
    timePeriod: t.string({
      description: 'Of exactly this year, quarter or month. Else PERIOD_MALFORMED.',
    }),
    current: t.boolean({
      description:
        'True: only what holds now; false: only what was corrected or taken back. When left out: both.',
    }),
  }),
});

async function estimateWhere(
  context: Context,
  { office, within, timePeriod, current }: typeof CollectionEstimateFilter.$inferInput,
) {
  if (timePeriod != null) parsePeriodOrThrow(timePeriod, calendarKinds);
  await assertOffice(context, office);
  return {
    ...(await placeWhere(context, { within })),
    ...equal('officeId', office),
    ...equal('timePeriod', timePeriod),
    ...(current == null ? {} : { knownTo: current ? null : { not: null } }),
  };
}

builder.queryField('collectionEstimates', (t) =>
  t.field({
    type: CollectionEstimateConnection,
    description:
      'What offices of the caller’s territory are to collect, each version, the newest first. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, AREA_NOT_PROVINCE, OFFICE_UNKNOWN, PERIOD_MALFORMED.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: CollectionEstimateFilter, description: 'Which estimates.' }),
    },
    resolve: async (_root, args, context, info) =>
      readEstimates(context, {
        list: 'collectionEstimates',
        order: newestFirst,
        args,
        where: await estimateWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'CollectionEstimate', nodePaths()),
      }),
  }),
);
