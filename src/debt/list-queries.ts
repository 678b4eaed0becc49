/** Asking for statutory lists and who stands on them. */
import { findArea, placeWhere } from '../area/data.ts';
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import { parsePeriodOrThrow } from '../platform/period.ts';
import type { Prisma, StatutoryList, StatutoryListEntry } from '../platform/prisma/client.ts';
import { between, equal, nameContains } from './data.ts';
import { dayOf, newestDueQuarter } from './list-calendar.ts';
import { listsInForce, readStatutoryListEntries, readStatutoryLists } from './list-data.ts';
import { countColumn, dongColumn, textColumn } from './orders.ts';
import { withinDescription } from './sentences.ts';
import { StatutoryListConnection, StatutoryListEntryConnection } from './statutory-list.ts';
import { ListedAs } from './vocabulary.ts';

/** Quarters sort as text. */
const byPeriod: Order<StatutoryList> = {
  name: 'PERIOD_DESC',
  columns: [
    textColumn('timePeriod', 'desc'),
    textColumn('areaId'),
    countColumn('version', 'desc'),
    textColumn('id'),
  ],
};

const StatutoryListFilter = builder.inputType('StatutoryListFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Lists of exactly this area.' }),
    timePeriod: t.string({ description: 'Of this quarter, as 2026-Q1. Else PERIOD_MALFORMED.' }),
    latest: t.boolean({
      description:
        'True: of each area only the list in force, which is the newest version of its newest quarter (or of the quarter asked) that is public now. When left out or false: every list that the caller may see.',
    }),
    overdue: t.boolean({
      description:
        'True: only those that should have been transmitted by now and were not; false: only the others, among them corrections and lists of other territories.',
    }),
  }),
});

/** As `StatutoryList.transmissionOverdue` says it: of a list elsewhere it tells nothing. */
function overdueWhere(context: Context, overdue: boolean): Prisma.StatutoryListWhereInput {
  const { instant, national, provinces, areas } = context.principal.scope;
  const newest = newestDueQuarter(dayOf(new Date(instant)));
  const held = (keys: readonly string[]) =>
    keys.flatMap((key) => (key.startsWith('DEBT|') ? [key.slice('DEBT|'.length)] : []));
  const isOverdue = {
    ...(national.includes('DEBT')
      ? {}
      : { OR: [{ provinceId: { in: held(provinces) } }, { areaId: { in: held(areas) } }] }),
    timePeriod: { lte: newest },
    transmittedAt: null,
    withdrawnAt: null,
    supersedesId: null,
  };
  return { AND: [overdue ? isOverdue : { NOT: isOverdue }] };
}

async function listWhere(context: Context, filter: typeof StatutoryListFilter.$inferInput) {
  const { timePeriod, latest, overdue } = filter;
  if (timePeriod != null) parsePeriodOrThrow(timePeriod, ['QUARTER']);
  const area = filter.area ? await findArea(context, filter.area) : null;
  if (area) context.draft.areas.add(area.id);
  const where = {
    ...(area ? { areaId: area.id } : {}),
    ...equal('timePeriod', timePeriod),
    ...(overdue == null ? {} : overdueWhere(context, overdue)),
  };
  return latest ? { id: { in: await listsInForce(context, where) } } : where;
}

type OrderName = 'AMOUNT_DESC' | 'MONTHS_DESC' | 'NAME';
const byId = textColumn<StatutoryListEntry>('id');
export const entryOrders: Readonly<Record<OrderName, Order<StatutoryListEntry>>> = {
  AMOUNT_DESC: { name: 'AMOUNT_DESC', columns: [dongColumn('amount', 'desc'), byId] },
  MONTHS_DESC: { name: 'MONTHS_DESC', columns: [countColumn('monthsLate', 'desc'), byId] },
  NAME: { name: 'NAME', columns: [textColumn('nameSearch'), byId] },
};

export const StatutoryListEntryOrder = builder.enumType('StatutoryListEntryOrder', {
  description: 'The order of a list of employers on statutory lists.',
  values: {
    AMOUNT_DESC: { description: 'By amount, the largest first.' },
    MONTHS_DESC: { description: 'By months late, the oldest debt first.' },
    NAME: { description: 'By name without tone marks.' },
  } as const,
});

export const StatutoryListEntryFilter = builder.inputType('StatutoryListEntryFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Employers of exactly this area.' }),
    within: t.field({ type: AreaKeyInput, description: withinDescription }),
    timePeriod: t.string({
      description: 'On a list of this quarter, as 2026-Q1. Else PERIOD_MALFORMED.',
    }),
    latest: t.boolean({
      description:
        'When left out or true: only on the list in force of each area, which is the newest version of its newest quarter (or of the quarter asked) that is public now. False: on every list that the caller may see; one employer may stand on several.',
    }),
    listedAs: t.field({ type: ListedAs, description: 'Listed as this.' }),
    monthsLateMin: t.int({ description: 'At least so many months late.' }),
    amountMin: t.field({ type: 'Int64', description: 'At least so much, in dong.' }),
    search: t.string({
      description: 'Names that hold this text; tone marks and case do not matter.',
    }),
    unitCode: t.string({ description: 'Kept under exactly this number.' }),
  }),
});

export async function entryWhere(
  context: Context,
  filter: typeof StatutoryListEntryFilter.$inferInput,
) {
  const { timePeriod, latest, listedAs, monthsLateMin, amountMin, search, unitCode } = filter;
  if (timePeriod != null) parsePeriodOrThrow(timePeriod, ['QUARTER']);
  const ofPeriod = equal('timePeriod', timePeriod);
  return {
    ...(await placeWhere(context, filter)),
    ...(latest === false
      ? { list: ofPeriod }
      : { listId: { in: await listsInForce(context, ofPeriod) } }),
    ...equal('listedAs', listedAs),
    ...between('monthsLate', monthsLateMin),
    ...between('amount', amountMin),
    ...nameContains(search),
    ...equal('unitCode', unitCode),
  };
}

builder.queryFields((t) => ({
  statutoryLists: t.field({
    type: StatutoryListConnection,
    description:
      'Statutory lists of late-paying and evading employers, the newest quarter first. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, PERIOD_MALFORMED.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: StatutoryListFilter, description: 'Which lists.' }),
    },
    resolve: async (_root, args, context, info) =>
      readStatutoryLists(context, {
        list: 'statutoryLists',
        order: byPeriod,
        args,
        where: await listWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'StatutoryList', nodePaths()),
      }),
  }),
  statutoryListEntries: t.field({
    type: StatutoryListEntryConnection,
    description:
      'Employers on statutory lists, of the lists in force unless `latest` is false. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, AREA_NOT_PROVINCE, PERIOD_MALFORMED.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: StatutoryListEntryFilter, description: 'Which entries.' }),
      orderBy: t.arg({
        type: StatutoryListEntryOrder,
        defaultValue: 'AMOUNT_DESC',
        description: 'In which order.',
      }),
    },
    resolve: async (_root, args, context, info) =>
      readStatutoryListEntries(context, {
        list: 'statutoryListEntries',
        order: entryOrders[args.orderBy ?? 'AMOUNT_DESC'],
        args,
        where: await entryWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'StatutoryListEntry', nodePaths()),
      }),
  }),
}));
