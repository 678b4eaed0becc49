/** Asking for the calendar of releases. */
import { findArea } from '../area/data.ts';
import { AreaKeyInput } from '../area/types.ts';
import { assertCodes } from '../observation/data.ts';
import { builder } from '../platform/builder.ts';
import { accepts, nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import { parsePeriodOrThrow } from '../platform/period.ts';
import type { Release, ReleaseCell } from '../platform/prisma/client.ts';
import './mutations/approve-release.ts';
import './mutations/correct-release.ts';
import './mutations/discard-release.ts';
import './mutations/draft-release.ts';
import './mutations/pre-release-access.ts';
import './mutations/protect-release.ts';
import './mutations/schedule-release.ts';
import './mutations/withdraw-release.ts';
import { ReleaseCellConnection } from './cell-types.ts';
import { readCells, readReleases } from './data.ts';
import { whereState } from './state.ts';
import { ReleaseConnection, ReleaseState } from './types.ts';

const byScheduled = (name: string, direction: 'asc' | 'desc'): Order<Release> => ({
  name,
  columns: [
    {
      column: 'scheduledAt',
      direction,
      nullable: true,
      accepts: accepts.instant,
      read: (row) => row.scheduledAt?.toISOString() ?? null,
    },
    { column: 'id', direction: 'asc', read: (row) => row.id },
  ],
});

const orders = {
  SCHEDULED_ASC: byScheduled('SCHEDULED_ASC', 'asc'),
  SCHEDULED_DESC: byScheduled('SCHEDULED_DESC', 'desc'),
} as const;

const ReleaseOrder = builder.enumType('ReleaseOrder', {
  description: 'The order of a list of releases; those without an announced instant come last.',
  values: {
    SCHEDULED_ASC: { description: 'By the announced instant, the earliest first.' },
    SCHEDULED_DESC: { description: 'By the announced instant, the latest first.' },
  } as const,
});

const ReleaseFilter = builder.inputType('ReleaseFilter', {
  description:
    'All conditions must hold. Codes that their list does not know are refused: CODE_UNKNOWN.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Releases about exactly this area.' }),
    dataflow: t.string({ description: 'List DATAFLOW.' }),
    state: t.field({ type: ReleaseState, description: 'Releases in this state.' }),
    timePeriod: t.string({ description: 'Exactly this period. Else PERIOD_MALFORMED.' }),
    scheduledFrom: t.field({ type: 'DateTime', description: 'Announced for then or later.' }),
    scheduledBefore: t.field({ type: 'DateTime', description: 'Announced for before then.' }),
  }),
});

async function releaseWhere(context: Context, filter: typeof ReleaseFilter.$inferInput) {
  const { dataflow, state, timePeriod, scheduledFrom, scheduledBefore } = filter;
  await assertCodes(context, { DATAFLOW: dataflow });
  if (timePeriod) parsePeriodOrThrow(timePeriod);
  const area = filter.area ? await findArea(context, filter.area) : null;
  if (area) context.draft.areas.add(area.id);
  const between = {
    ...(scheduledFrom ? { gte: scheduledFrom } : {}),
    ...(scheduledBefore ? { lt: scheduledBefore } : {}),
  };
  return {
    ...(area ? { areaId: area.id } : {}),
    ...(dataflow ? { dataflow } : {}),
    ...(state ? whereState(state, new Date(context.principal.scope.instant)) : {}),
    ...(timePeriod ? { timePeriod } : {}),
    ...(Object.keys(between).length > 0 ? { scheduledAt: between } : {}),
  };
}

builder.queryField('releases', (t) =>
  t.field({
    type: ReleaseConnection,
    description:
      'The calendar of releases: what was published, and what is announced. Drafts are seen by their provider and the stewards only.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: ReleaseFilter, description: 'Which releases.' }),
      orderBy: t.arg({
        type: ReleaseOrder,
        defaultValue: 'SCHEDULED_DESC',
        description: 'In which order.',
      }),
    },
    resolve: async (_root, args, context, info) =>
      readReleases(context, {
        list: 'releases',
        order: orders[args.orderBy ?? 'SCHEDULED_DESC'],
        args,
        where: await releaseWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'Release', nodePaths()),
      }),
  }),
);

const byKey: Order<ReleaseCell> = {
  name: 'KEY',
  columns: [{ column: 'key', direction: 'asc', read: (row) => row.key }],
};

builder.queryField('releaseCells', (t) =>
  t.field({
    type: ReleaseCellConnection,
    description:
      'The cells of a protected release of the caller’s own, with true values and the reasons of what is suppressed.',
    args: {
      ...pageArgs(),
      release: t.arg.string({ required: true, description: 'The code of the release.' }),
      shown: t.arg.boolean({
        description: 'Only those that are shown, or only those that are not.',
      }),
    },
    resolve: (_root, { release, shown, ...args }, context) =>
      readCells(context, {
        list: 'releaseCells',
        order: byKey,
        args,
        where: { releaseId: release, isInner: false, ...(shown == null ? {} : { shown }) },
      }),
  }),
);
