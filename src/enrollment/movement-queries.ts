/** Asking for monthly enrolment. */
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { accepts, nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import { joined, lookAhead } from '../platform/look-ahead.ts';
import { movementWhere, readMovements, type MovementRow } from './movement-data.ts';
import { MovementConnection } from './movement.ts';

const byId = { column: 'id', direction: 'asc', read: (row: MovementRow) => row.id } as const;
const byPeriod = (direction: 'asc' | 'desc') =>
  ({
    column: 'periodStart',
    direction,
    accepts: accepts.day,
    read: (row: MovementRow) => row.periodStart.toISOString(),
  }) as const;

const orders: Readonly<Record<string, Order<MovementRow>>> = {
  PERIOD_ASC: { name: 'PERIOD_ASC', columns: [byPeriod('asc'), byId] },
  PERIOD_DESC: { name: 'PERIOD_DESC', columns: [byPeriod('desc'), byId] },
  // The id begins with the area's, and goes on with scheme, group and month.
  AREA: { name: 'AREA', columns: [byId] },
};

const EnrolmentMovementOrder = builder.enumType('EnrolmentMovementOrder', {
  description: 'The order of a list of monthly enrolment.',
  values: {
    PERIOD_ASC: { description: 'By month, oldest first, then by area.' },
    PERIOD_DESC: { description: 'By month, newest first, then by area.' },
    AREA: { description: 'By area, then scheme, group and month.' },
  } as const,
});

const EnrolmentMovementFilter = builder.inputType('EnrolmentMovementFilter', {
  description:
    'All conditions must hold. Codes that their list does not know are refused: CODE_UNKNOWN.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Of exactly this area.' }),
    within: t.field({
      type: AreaKeyInput,
      description:
        'Everything in this province, old or new: they are different areas. Else AREA_NOT_PROVINCE.',
    }),
    scheme: t.string({ description: 'List SCHEME.' }),
    participantGroup: t.string({ description: 'List PARTICIPANT_GROUP.' }),
    timePeriod: t.string({ description: 'Exactly this month, as 2025-07. Else PERIOD_MALFORMED.' }),
    from: t.string({ description: 'Months that end on or after the start of this period.' }),
    to: t.string({ description: 'Months that begin on or before the end of this period.' }),
  }),
});

builder.queryField('enrolmentMovements', (t) =>
  t.field({
    type: MovementConnection,
    description:
      'Enrolment month by month, as far as the caller’s territory reaches. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, AREA_NOT_PROVINCE, PERIOD_MALFORMED, CODE_UNKNOWN.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: EnrolmentMovementFilter, description: 'Which rows.' }),
      orderBy: t.arg({
        type: EnrolmentMovementOrder,
        defaultValue: 'PERIOD_DESC',
        description: 'In which order.',
      }),
    },
    resolve: async (_root, args, context, info) => {
      const area = lookAhead(context, info, 'Area', nodePaths('refArea'));
      const source = lookAhead(context, info, 'Source', nodePaths('source'));
      return readMovements(context, {
        list: 'enrolmentMovements',
        order: orders[args.orderBy ?? 'PERIOD_DESC'] ?? orders['PERIOD_DESC']!,
        args,
        where: await movementWhere(context, args.where ?? {}),
        look: { ...joined('area', area), ...joined('source', source) },
      });
    },
  }),
);
