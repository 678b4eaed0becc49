/** The other party’s word that an event took place as it was recorded. */
import { builder } from '../../platform/builder.ts';
import { confirmEvent, eventById } from '../event-step-data.ts';
import { DebtEventRef } from '../position.ts';
import { eventArgument } from './event-argument.ts';

builder.mutationField('confirmDebtEvent', (t) =>
  t.field({
    type: DebtEventRef,
    nullable: true,
    description:
      'Confirms what another agency recorded and the caller took part in. Unions that took part, and have confirmed members at the employer, read it from then on. Errors: EVENT_UNKNOWN, CONFIRMATION_NOT_YOURS, EVENT_WRONG_STAGE, EVENT_CONFIRMED.',
    args: { event: t.arg(eventArgument) },
    resolve: async (_root, { event }, context) => {
      await confirmEvent(context, event);
      return eventById(context, event);
    },
  }),
);
