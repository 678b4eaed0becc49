/** Taking back what was recorded, planned, drafted or proposed. */
import { builder } from '../../platform/builder.ts';
import { checkedText } from '../../platform/checked.ts';
import { eventById, revokeEvent } from '../event-step-data.ts';
import { DebtEventRef } from '../position.ts';
import { eventArgument, reasonArgument } from './event-argument.ts';

builder.mutationField('revokeDebtEvent', (t) =>
  t.field({
    type: DebtEventRef,
    nullable: true,
    description:
      'Takes back what the caller’s agency recorded, planned, drafted or proposed: it counts for nothing from then on. What it said before stays known (`Employer.assessment(knownAt:)`), and a proposal that an inspection had taken up is open again. Errors: EVENT_UNKNOWN, EVENT_NOT_OWN, EVENT_WRONG_STAGE.',
    args: {
      event: t.arg(eventArgument),
      reason: t.arg(reasonArgument('the agencies of the territory')),
    },
    resolve: async (_root, { event, reason }, context) => {
      await revokeEvent(context, event, checkedText('reason', reason));
      return eventById(context, event);
    },
  }),
);
