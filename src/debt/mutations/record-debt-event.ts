/** Recording what was done about a debt. */
import { builder } from '../../platform/builder.ts';
import { DebtEventInput } from '../event-input.ts';
import { saidOf } from '../event-said.ts';
import { eventById, recordEvent } from '../event-step-data.ts';
import { DebtEventRef } from '../position.ts';

builder.mutationField('recordDebtEvent', (t) =>
  t.field({
    type: DebtEventRef,
    nullable: true,
    description:
      'Records what the caller’s agency has done about an employer of its territory; it counts in law at once. One event of a kind, employer and day. Errors: EMPLOYER_UNKNOWN, EVENT_EXISTS, EVENT_DAY_INVALID and those of the input.',
    args: {
      event: t.arg({ type: DebtEventInput, required: true, description: 'What was done.' }),
    },
    resolve: async (_root, { event }, context) =>
      eventById(context, await recordEvent(context, await saidOf(context, event))),
  }),
);
