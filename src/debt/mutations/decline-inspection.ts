/** Declining a proposed inspection. */
import { builder } from '../../platform/builder.ts';
import { checkedText } from '../../platform/checked.ts';
import { declineInspection, eventById } from '../event-step-data.ts';
import { DebtEventRef } from '../position.ts';
import { eventArgument, reasonArgument } from './event-argument.ts';

builder.mutationField('declineInspection', (t) =>
  t.field({
    type: DebtEventRef,
    nullable: true,
    description:
      'Declines a proposal that was not taken up. Errors: EVENT_UNKNOWN, EVENT_WRONG_STAGE.',
    args: { event: t.arg(eventArgument), reason: t.arg(reasonArgument('who proposed it')) },
    resolve: async (_root, { event, reason }, context) => {
      await declineInspection(context, event, checkedText('reason', reason));
      return eventById(context, event);
    },
  }),
);
