/** A union’s presence at an employer comes to its end. */
import { builder } from '../../platform/builder.ts';
import { checkedText } from '../../platform/checked.ts';
import { formatDay } from '../../platform/scalars.ts';
import { endPresence, presenceByCode } from '../presence-step-data.ts';
import { UnionPresenceRef } from '../types.ts';
import { presenceArgument, reasonArgument } from './event-argument.ts';

builder.mutationField('endUnionPresence', (t) =>
  t.field({
    type: UnionPresenceRef,
    nullable: true,
    description:
      'Ends a presence, or takes a claim back: by the insurance agency or by the union itself. After the last day the union reads nothing of the employer. Errors: PRESENCE_UNKNOWN, PRESENCE_WRONG_STATE, EVENT_DAY_INVALID.',
    args: {
      presence: t.arg(presenceArgument),
      lastDay: t.arg({
        type: 'Date',
        required: true,
        description: 'The last day on which it has members there, not later than today.',
      }),
      reason: t.arg(reasonArgument('both sides')),
    },
    resolve: async (_root, { presence, lastDay, reason }, context) => {
      const why = checkedText('reason', reason);
      await endPresence(context, presence, formatDay(lastDay), why);
      return presenceByCode(context, presence);
    },
  }),
);
