/** Saying anew what was recorded wrongly. */
import { builder } from '../../platform/builder.ts';
import { checkedText } from '../../platform/checked.ts';
import { DebtEventInput } from '../event-input.ts';
import { saidOf } from '../event-said.ts';
import { correctEvent, eventById } from '../event-step-data.ts';
import { DebtEventRef } from '../position.ts';
import { eventArgument, reasonArgument } from './event-argument.ts';

builder.mutationField('correctDebtEvent', (t) =>
  t.field({
    type: DebtEventRef,
    nullable: true,
    description:
      'Says anew, and wholly, what the caller’s agency recorded as done; kind and employer stay. What it said before stays known (`Employer.assessment(knownAt:)`), and a confirmation by another party has to be given again. Errors: EVENT_UNKNOWN, EVENT_NOT_OWN, EVENT_WRONG_STAGE, EVENT_NOT_SAME, EVENT_UNCHANGED and those of the input.',
    args: {
      event: t.arg(eventArgument),
      as: t.arg({ type: DebtEventInput, required: true, description: 'What was done in truth.' }),
      reason: t.arg(reasonArgument('the agencies of the territory')),
    },
    resolve: async (_root, { event, as, reason }, context) => {
      const said = await saidOf(context, as);
      await correctEvent(context, event, said, checkedText('reason', reason));
      return eventById(context, event);
    },
  }),
);
