/** The orders in which debt positions are listed. */
import { builder } from '../platform/builder.ts';
import type { Order } from '../platform/connection.ts';
import type { DebtPosition } from '../platform/prisma/client.ts';
import { countColumn, dayColumn, dongColumn, textColumn } from './orders.ts';

export const DebtPositionOrder = builder.enumType('DebtPositionOrder', {
  description: 'The order of a list of debts.',
  values: {
    AMOUNT_DESC: { description: 'By amount, the largest first.' },
    MONTHS_DESC: { description: 'By months late, most first.' },
    WORKERS_DESC: {
      description: 'By workers affected, most first; where the number is withheld, last.',
    },
    EMPLOYER: { description: 'By code of the employer.' },
    AGE_DESC: {
      description: 'By due date of what is unpaid longest, the oldest first; without one, last.',
    },
    NEXT_DEADLINE_ASC: {
      description: 'By the day of the next change, the earliest first; without one, last.',
    },
    EVASION_ASC: {
      description:
        'By the day on which something turns into evasion by itself, the earliest first; without one, last.',
    },
    EVASION_IF_REMINDED_ASC: {
      description:
        'By the day on which something turns into evasion if a reminder is sent, the earliest first; without one, last.',
    },
  } as const,
});

type OrderName = (typeof DebtPositionOrder)['$inferType'];
const byEmployer = [textColumn<DebtPosition>('employerId'), textColumn<DebtPosition>('id')];
const ordered = (name: OrderName, ...columns: Order<DebtPosition>['columns']) => ({
  name,
  columns: [...columns, ...byEmployer],
});

export const positionOrders: Readonly<Record<OrderName, Order<DebtPosition>>> = {
  AMOUNT_DESC: ordered('AMOUNT_DESC', dongColumn('amount', 'desc')),
  MONTHS_DESC: ordered('MONTHS_DESC', countColumn('monthsLate', 'desc')),
  WORKERS_DESC: ordered('WORKERS_DESC', countColumn('workersAffected', 'desc', true)),
  EMPLOYER: ordered('EMPLOYER'),
  AGE_DESC: ordered('AGE_DESC', dayColumn('oldestDueOn', 'asc', true)),
  NEXT_DEADLINE_ASC: ordered('NEXT_DEADLINE_ASC', dayColumn('nextOn', 'asc', true)),
  EVASION_ASC: ordered('EVASION_ASC', dayColumn('evasionOn', 'asc', true)),
  EVASION_IF_REMINDED_ASC: ordered(
    'EVASION_IF_REMINDED_ASC',
    dayColumn('remindedEvasionOn', 'asc', true),
  ),
};
