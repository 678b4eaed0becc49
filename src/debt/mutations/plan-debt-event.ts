/** Planning a session or an inspection, and drafting a sanction. */
import { builder } from '../../platform/builder.ts';
import { DebtEventPlanInput } from '../event-input.ts';
import { plannedOf } from '../event-said.ts';
import { eventById, recordEvent } from '../event-step-data.ts';
import { DebtEventRef } from '../position.ts';

builder.mutationField('planDebtEvent', (t) =>
  t.field({
    type: DebtEventRef,
    nullable: true,
    description:
      'Plans or drafts what is not done yet; unions are not shown it. Carry it out with `recordDebtEvent`, cancel it with `revokeDebtEvent`. Errors: EMPLOYER_UNKNOWN, EVENT_EXISTS, EVENT_DAY_INVALID and those of the input.',
    args: {
      event: t.arg({ type: DebtEventPlanInput, required: true, description: 'What is planned.' }),
    },
    resolve: async (_root, { event }, context) =>
      eventById(context, await recordEvent(context, plannedOf(event))),
  }),
);
