/** Whether what was agreed in a joint session was done. */
import { builder } from '../../platform/builder.ts';
import { eventById, recordPromise } from '../event-step-data.ts';
import { DebtEventRef } from '../position.ts';
import { eventArgument } from './event-argument.ts';

builder.mutationField('recordPromise', (t) =>
  t.field({
    type: DebtEventRef,
    nullable: true,
    description:
      'Records whether the promise of a session that the caller’s agency recorded was kept: broken only after its day, and both only as payments from the session to that day say. Errors: EVENT_UNKNOWN, EVENT_NOT_OWN, PROMISE_MISSING, PROMISE_OPEN, PROMISE_NOT_PAID, PROMISE_PAID, EVENT_UNCHANGED.',
    args: {
      event: t.arg(eventArgument),
      kept: t.arg.boolean({ required: true, description: 'True: kept; false: broken.' }),
    },
    resolve: async (_root, { event, kept }, context) => {
      await recordPromise(context, event, kept);
      return eventById(context, event);
    },
  }),
);
