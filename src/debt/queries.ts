/** Asking for employers, unions at them, and what they owe month by month. */
import { placeWhere } from '../area/data.ts';
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import { parsePeriodOrThrow } from '../platform/period.ts';
import type { Employer, Obligation, UnionPresence } from '../platform/prisma/client.ts';
import {
  between,
  employerWhere,
  equal,
  ofEmployer,
  readEmployers,
  readObligations,
  readPresences,
  unpaidWhere,
} from './data.ts';
import './event-mutations.ts';
import './changes-queries.ts';
import './collection-queries.ts';
import './estimate-queries.ts';
import './event-queries.ts';
import './law-queries.ts';
import './list-queries.ts';
import './mutations/approve-statutory-list.ts';
import './mutations/assign-collection-estimate.ts';
import './mutations/correct-collection-estimate.ts';
import './mutations/correct-statutory-list.ts';
import './mutations/discard-statutory-list.ts';
import './mutations/draft-statutory-list.ts';
import './mutations/identify-debt.ts';
import './mutations/record-employers.ts';
import './mutations/record-obligations.ts';
import './mutations/record-payments.ts';
import './mutations/record-registration-duties.ts';
import './mutations/record-underdeclarations.ts';
import './mutations/transmit-statutory-list.ts';
import './mutations/withdraw-statutory-list.ts';
import './identification-queries.ts';
import './notice-queries.ts';
import { ObligationConnection } from './obligation.ts';
import { dayColumn, textColumn } from './orders.ts';
import './position-queries.ts';
import { employerDescription, withinDescription } from './sentences.ts';
import './summary-queries.ts';
import './assessment.ts';
import './duty.ts';
import { EmployerConnection, UnionPresenceConnection } from './types.ts';

const employerOrders: Readonly<Record<'CODE' | 'NAME', Order<Employer>>> = {
  CODE: { name: 'CODE', columns: [textColumn('id')] },
  NAME: { name: 'NAME', columns: [textColumn('nameSearch'), textColumn('id')] },
};

const EmployerOrder = builder.enumType('EmployerOrder', {
  description: 'The order of a list of employers.',
  values: {
    CODE: { description: 'By code.' },
    NAME: { description: 'By name without tone marks.' },
  } as const,
});

const EmployerFilter = builder.inputType('EmployerFilter', {
  description:
    'All conditions must hold. Codes that their list does not know are refused: CODE_UNKNOWN, OFFICE_UNKNOWN.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Employers of exactly this area.' }),
    within: t.field({ type: AreaKeyInput, description: withinDescription }),
    sector: t.string({ description: 'List EMPLOYER_SECTOR.' }),
    ownership: t.string({ description: 'List OWNERSHIP.' }),
    sizeBand: t.string({ description: 'List SIZE_BAND.' }),
    office: t.string({ description: 'Collected by the insurance office of this code.' }),
    unitCode: t.string({ description: 'Kept under exactly this number.' }),
    search: t.string({
      description: 'Names that hold this text; tone marks and case do not matter.',
    }),
  }),
});

const byDueDay: Order<Obligation> = {
  name: 'DUE_ASC',
  columns: [dayColumn('dueOn', 'asc'), textColumn('employerId'), textColumn('timePeriod')],
};

const ObligationFilter = builder.inputType('ObligationFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Employers of exactly this area.' }),
    within: t.field({ type: AreaKeyInput, description: withinDescription }),
    employer: t.string({ description: employerDescription }),
    timePeriod: t.string({ description: 'Exactly this month, as 2025-08. Else PERIOD_MALFORMED.' }),
    dueFrom: t.field({ type: 'Date', description: 'Due on this day or later.' }),
    dueTo: t.field({ type: 'Date', description: 'Due on this day or earlier.' }),
    unpaid: t.boolean({
      description: 'True: some fund is not paid in full; false: every fund is.',
    }),
  }),
});

async function obligationWhere(context: Context, filter: typeof ObligationFilter.$inferInput) {
  const { employer, timePeriod, dueFrom, dueTo, unpaid } = filter;
  if (timePeriod != null) parsePeriodOrThrow(timePeriod, ['MONTH']);
  return {
    ...(await placeWhere(context, filter)),
    ...ofEmployer(context, employer),
    ...equal('timePeriod', timePeriod),
    ...between('dueOn', dueFrom, dueTo),
    ...(unpaid == null ? {} : unpaidWhere(context, unpaid)),
  };
}

const byEmployer: Order<UnionPresence> = {
  name: 'EMPLOYER',
  columns: [textColumn('employerId'), textColumn('agencyId')],
};

const UnionPresenceFilter = builder.inputType('UnionPresenceFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    confirmed: t.boolean({
      description: 'True: the other side has confirmed it by now; false: it has not yet.',
    }),
    agency: t.string({ description: 'Claims of the union of this code.' }),
  }),
});

function presenceWhere(context: Context, filter: typeof UnionPresenceFilter.$inferInput) {
  const { instant } = context.principal.scope;
  const confirmed = { confirmedAt: { lte: instant } };
  const open = { OR: [{ confirmedAt: null }, { confirmedAt: { gt: instant } }] };
  return {
    ...(filter.confirmed == null ? {} : filter.confirmed ? confirmed : open),
    ...equal('agencyId', filter.agency),
  };
}

builder.queryFields((t) => ({
  employers: t.field({
    type: EmployerConnection,
    description:
      'Employers that the caller may see. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, AREA_NOT_PROVINCE, CODE_UNKNOWN, OFFICE_UNKNOWN.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: EmployerFilter, description: 'Which employers.' }),
      orderBy: t.arg({ type: EmployerOrder, defaultValue: 'CODE', description: 'In which order.' }),
    },
    resolve: async (_root, args, context, info) =>
      readEmployers(context, {
        list: 'employers',
        order: employerOrders[args.orderBy ?? 'CODE'],
        args,
        where: await employerWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'Employer', nodePaths()),
      }),
  }),
  obligations: t.field({
    type: ObligationConnection,
    description:
      'What employers owe month by month, the earliest due date first. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, AREA_NOT_PROVINCE, PERIOD_MALFORMED.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: ObligationFilter, description: 'Which months of which employers.' }),
    },
    resolve: async (_root, args, context, info) =>
      readObligations(context, {
        list: 'obligations',
        order: byDueDay,
        args,
        where: await obligationWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'Obligation', nodePaths()),
      }),
  }),
  unionPresences: t.field({
    type: UnionPresenceConnection,
    description: 'Claims of unions to have members at employers; a union sees its own only.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: UnionPresenceFilter, description: 'Which claims.' }),
    },
    resolve: (_root, args, context, info) =>
      readPresences(context, {
        list: 'unionPresences',
        order: byEmployer,
        args,
        where: presenceWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'UnionPresence', nodePaths()),
      }),
  }),
}));
