/** Asking who owes how much, since when, for how many workers, in which legal state. */
import { placeWhere } from '../area/data.ts';
import { AreaKeyInput } from '../area/types.ts';
import { assertCodes } from '../observation/data.ts';
import { builder } from '../platform/builder.ts';
import { nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import type { DebtPosition } from '../platform/prisma/client.ts';
import { between, equal, newestDay, ofEmployer, readPositions } from './data.ts';
import { countColumn, dongColumn, textColumn } from './orders.ts';
import { DebtPositionConnection } from './position.ts';
import { employerDescription, withinDescription } from './sentences.ts';
import { DebtState } from './vocabulary.ts';

type OrderName = 'AMOUNT_DESC' | 'MONTHS_DESC' | 'WORKERS_DESC' | 'EMPLOYER';
const byEmployer = [textColumn<DebtPosition>('employerId'), textColumn<DebtPosition>('id')];
const positionOrders: Readonly<Record<OrderName, Order<DebtPosition>>> = {
  AMOUNT_DESC: { name: 'AMOUNT_DESC', columns: [dongColumn('amount', 'desc'), ...byEmployer] },
  MONTHS_DESC: { name: 'MONTHS_DESC', columns: [countColumn('monthsLate', 'desc'), ...byEmployer] },
  WORKERS_DESC: {
    name: 'WORKERS_DESC',
    columns: [countColumn('workersAffected', 'desc', true), ...byEmployer],
  },
  EMPLOYER: { name: 'EMPLOYER', columns: byEmployer },
};

const DebtPositionOrder = builder.enumType('DebtPositionOrder', {
  description: 'The order of a list of debts.',
  values: {
    AMOUNT_DESC: { description: 'By amount, the largest first.' },
    MONTHS_DESC: { description: 'By months late, the oldest debt first.' },
    WORKERS_DESC: {
      description: 'By workers affected, most first; where the number is withheld, last.',
    },
    EMPLOYER: { description: 'By code of the employer.' },
  } as const,
});

const DebtPositionFilter = builder.inputType('DebtPositionFilter', {
  description:
    'All conditions must hold. Codes that their list does not know are refused: CODE_UNKNOWN.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Employers of exactly this area.' }),
    within: t.field({ type: AreaKeyInput, description: withinDescription }),
    asOf: t.field({
      type: 'Date',
      description:
        'Debts of exactly this day; when left out, of the newest day that the caller sees for the area and employer asked. Give it to read pages that belong together.',
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
    employer: t.string({ description: employerDescription }),
  }),
});

async function positionWhere(context: Context, filter: typeof DebtPositionFilter.$inferInput) {
  const { employer, sector, state } = filter;
  await assertCodes(context, { EMPLOYER_SECTOR: sector });
  const whose = {
    ...(await placeWhere(context, filter)),
    ...ofEmployer(context, employer),
  };
  const asOf = filter.asOf ?? (await newestDay(context, whose));
  return {
    ...whose,
    // Without a newest day there is no row to leave out.
    ...equal('asOf', asOf),
    ...(state ? { state: { in: [...state] } } : {}),
    ...between('monthsLate', filter.monthsLateMin, filter.monthsLateMax),
    ...between('amount', filter.amountMin, filter.amountMax),
    ...between('workersAffected', filter.workersMin),
    ...(sector == null ? {} : { employer: { sector } }),
  };
}

builder.queryField('debtPositions', (t) =>
  t.field({
    type: DebtPositionConnection,
    description:
      'What employers owed on a day: by amount, age, workers and state. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, AREA_NOT_PROVINCE, CODE_UNKNOWN.',
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
