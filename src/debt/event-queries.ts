/** Asking what was done about debts, what was promised, and whether it was kept. */
import { placeWhere } from '../area/data.ts';
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import type { DebtEvent, Prisma } from '../platform/prisma/client.ts';
import { dayIn, parseDay } from '../platform/scalars.ts';
import { between, equal, ofEmployer, readEvents } from './data.ts';
import { dayColumn, textColumn } from './orders.ts';
import { DebtEventConnection } from './position.ts';
import { employerDescription, withinDescription } from './sentences.ts';
import { DebtEventKind, DebtEventStage } from './vocabulary.ts';

export const eventOrders: Readonly<Record<'OCCURRED_DESC' | 'AGREED_BY_ASC', Order<DebtEvent>>> = {
  OCCURRED_DESC: {
    name: 'OCCURRED_DESC',
    columns: [dayColumn('occurredOn', 'desc'), textColumn('id')],
  },
  AGREED_BY_ASC: {
    name: 'AGREED_BY_ASC',
    columns: [dayColumn('agreedBy', 'asc', true), textColumn('id')],
  },
};

export const DebtEventOrder = builder.enumType('DebtEventOrder', {
  description: 'The order of a list of events.',
  values: {
    OCCURRED_DESC: { description: 'By day, the newest first.' },
    AGREED_BY_ASC: {
      description:
        'By the day by which the debtor promised to pay, the earliest first; others last.',
    },
  } as const,
});

export const DebtEventFilter = builder.inputType('DebtEventFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Employers of exactly this area.' }),
    within: t.field({ type: AreaKeyInput, description: withinDescription }),
    employer: t.string({ description: employerDescription }),
    kind: t.field({ type: DebtEventKind, description: 'Of this kind.' }),
    stage: t.field({
      type: DebtEventStage,
      description: 'At this stage; left out: at any, what was revoked too.',
    }),
    from: t.field({ type: 'Date', description: 'Done on this day or later.' }),
    to: t.field({ type: 'Date', description: 'Done on this day or earlier.' }),
    agreedByFrom: t.field({ type: 'Date', description: 'Promised for this day or later.' }),
    agreedByTo: t.field({ type: 'Date', description: 'Promised for this day or earlier.' }),
    kept: t.boolean({ description: 'True: the promise was kept; false: it was broken.' }),
    open: t.boolean({
      description:
        'True: there is a promise of which it is not yet known whether it was kept; false: there is none such.',
    }),
    promiseBroken: t.boolean({
      description:
        'True: there is a promise that was not kept, or whose day has passed without anybody saying that it was; false: all others.',
    }),
  }),
});

const openPromise = { agreedBy: { not: null }, kept: null };

/** The promised day itself is still in time. */
function brokenPromise(context: Context, isBroken: boolean): Prisma.DebtEventWhereInput {
  const today = parseDay(dayIn(new Date(context.principal.scope.instant)))!;
  const broken = [{ kept: false }, { kept: null, agreedBy: { lt: today } }];
  // Said in full: of a null, the database does not know what is not so.
  const others = [{ agreedBy: null }, { kept: true }, { kept: null, agreedBy: { gte: today } }];
  return isBroken ? { agreedBy: { not: null }, OR: broken } : { OR: others };
}

export async function eventWhere(context: Context, filter: typeof DebtEventFilter.$inferInput) {
  const { employer, kind, stage, from, to, agreedByFrom, agreedByTo, kept } = filter;
  const { open, promiseBroken } = filter;
  return {
    ...(await placeWhere(context, filter)),
    ...ofEmployer(context, employer),
    ...equal('kind', kind),
    ...equal('stage', stage),
    ...between('occurredOn', from, to),
    ...between('agreedBy', agreedByFrom, agreedByTo),
    ...equal('kept', kept),
    AND: [
      ...(open == null ? [] : [open ? openPromise : { NOT: openPromise }]),
      ...(promiseBroken == null ? [] : [brokenPromise(context, promiseBroken)]),
    ],
  };
}

builder.queryField('debtEvents', (t) =>
  t.field({
    type: DebtEventConnection,
    description:
      'What was done about debts: reminders, sessions, inspections and the rest, with what was promised. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, AREA_NOT_PROVINCE.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: DebtEventFilter, description: 'Which events.' }),
      orderBy: t.arg({
        type: DebtEventOrder,
        defaultValue: 'OCCURRED_DESC',
        description: 'In which order.',
      }),
    },
    resolve: async (_root, args, context, info) =>
      readEvents(context, {
        list: 'debtEvents',
        order: eventOrders[args.orderBy ?? 'OCCURRED_DESC'],
        args,
        where: await eventWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'DebtEvent', nodePaths()),
      }),
  }),
);
