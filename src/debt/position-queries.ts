/** Asking who owes how much, since when, for how many workers, in which legal state. */
import { placeWhere } from '../area/data.ts';
import { AreaKeyInput } from '../area/types.ts';
import { assertCodes } from '../observation/data.ts';
import { builder } from '../platform/builder.ts';
import { nodePaths, pageArgs } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import type { Prisma } from '../platform/prisma/client.ts';
import { formatDay, parseDay } from '../platform/scalars.ts';
import { between, equal, ofEmployer, readPositions } from './data.ts';
import { firstDayOf, monthOf } from './law/days.ts';
import { DebtPositionOrder, positionOrders } from './position-orders.ts';
import { DebtPositionConnection } from './position.ts';
import './position-funds.ts';
import './position-outlook.ts';
import { employerDescription, withinDescription } from './sentences.ts';
import { listDay } from './summary-days-data.ts';
import { DebtState } from './vocabulary.ts';

export const DebtPositionFilter = builder.inputType('DebtPositionFilter', {
  description:
    'All conditions must hold. Codes that their list does not know are refused: CODE_UNKNOWN.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Employers of exactly this area.' }),
    within: t.field({ type: AreaKeyInput, description: withinDescription }),
    asOf: t.field({
      type: 'Date',
      description:
        'Debts of exactly this day. When left out, of the newest day of which all provinces in reach were identified that ever were (without such a day, of the newest that one of them was); of one employer, and for unions, of the newest that the caller sees. Give it to read pages that belong together. Else DAY_OUT_OF_RANGE, DAY_NOT_IDENTIFIED.',
    }),
    state: t.field({ type: [DebtState], description: 'In one of these states.' }),
    monthsLateMin: t.int({ description: 'At least so many months late.' }),
    monthsLateMax: t.int({ description: 'At most so many months late.' }),
    amountMin: t.field({ type: 'Int64', description: 'At least so much, in dong.' }),
    amountMax: t.field({ type: 'Int64', description: 'At most so much, in dong.' }),
    workersMin: t.int({
      description:
        'At least so many workers affected; positions whose number is withheld are left out.',
    }),
    sector: t.string({ description: 'List EMPLOYER_SECTOR.' }),
    becameLateThisMonth: t.boolean({
      description:
        'True: something became late in the month of the day of the positions; false: nothing did.',
    }),
    nextBy: t.field({
      type: 'Date',
      description: 'What changes next does so on this day or earlier if nothing more happens.',
    }),
    turnsEvasionBy: t.field({
      type: 'Date',
      description:
        'Something becomes evasion by itself on this day or earlier unless it is paid or put right: for the next 30 days give the day 30 days from now.',
    }),
    turnsEvasionIfRemindedBy: t.field({
      type: 'Date',
      description:
        'Something of which nobody was reminded becomes evasion on this day or earlier if a written reminder is sent; whatever else turns into evasion by itself.',
    }),
    employer: t.string({ description: employerDescription }),
  }),
});

/** What became late in the month of a day, or did not. */
function becameLate(asOf: Date, isWanted: boolean): Prisma.DebtPositionWhereInput {
  const inMonth = { becameLateOn: { gte: parseDay(firstDayOf(monthOf(formatDay(asOf))))! } };
  return isWanted ? inMonth : { OR: [{ becameLateOn: null }, { NOT: inMonth }] };
}

export async function positionWhere(
  context: Context,
  filter: typeof DebtPositionFilter.$inferInput,
): Promise<Prisma.DebtPositionWhereInput> {
  const { employer, sector, state, becameLateThisMonth: became } = filter;
  await assertCodes(context, { EMPLOYER_SECTOR: sector });
  const whose = {
    ...(await placeWhere(context, filter)),
    ...ofEmployer(context, employer),
  };
  const asOf = await listDay(context, whose, filter.asOf ?? null);
  return {
    ...whose,
    // Without a newest day there is no row to leave out.
    ...equal('asOf', asOf),
    ...(state ? { state: { in: [...state] } } : {}),
    ...between('monthsLate', filter.monthsLateMin, filter.monthsLateMax),
    ...between('amount', filter.amountMin, filter.amountMax),
    ...between('workersAffected', filter.workersMin),
    ...between('nextOn', null, filter.nextBy),
    ...between('evasionOn', null, filter.turnsEvasionBy),
    ...between('remindedEvasionOn', null, filter.turnsEvasionIfRemindedBy),
    ...(asOf && became != null ? becameLate(asOf, became) : {}),
    ...(sector == null ? {} : { employer: { sector } }),
  };
}

builder.queryField('debtPositions', (t) =>
  t.field({
    type: DebtPositionConnection,
    description:
      'What employers owed on a day: by amount, age, workers, state and what comes next. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, AREA_NOT_PROVINCE, CODE_UNKNOWN, DAY_OUT_OF_RANGE, DAY_NOT_IDENTIFIED.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: DebtPositionFilter, description: 'Which debts.' }),
      orderBy: t.arg({
        type: DebtPositionOrder,
        defaultValue: 'AMOUNT_DESC',
        description: 'In which order.',
      }),
    },
    resolve: async (_root, args, context, info) =>
      readPositions(context, {
        list: 'debtPositions',
        order: positionOrders[args.orderBy ?? 'AMOUNT_DESC'],
        args,
        where: await positionWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'DebtPosition', nodePaths()),
      }),
  }),
);
