/** Asking the labour authority for an inspection. */
import { builder } from '../../platform/builder.ts';
import { checkedText } from '../../platform/checked.ts';
import { dayIn } from '../../platform/scalars.ts';
import { eventById, recordEvent } from '../event-step-data.ts';
import { DebtEventRef } from '../position.ts';

builder.mutationField('proposeInspection', (t) =>
  t.field({
    type: DebtEventRef,
    nullable: true,
    description:
      'Proposes an inspection to the labour authority of the territory (Art 14): the insurance agency, or a union whose members there are confirmed. One open proposal of an agency and employer. Errors: EMPLOYER_UNKNOWN, EVENT_EXISTS.',
    args: {
      employer: t.arg.string({
        required: true,
        description: 'The code of the employer. Else EMPLOYER_UNKNOWN.',
      }),
      note: t.arg.string({
        required: true,
        description: 'Why an inspection is needed. Errors: FIELD_EMPTY, TEXT_TOO_LONG.',
      }),
    },
    resolve: async (_root, { employer, note }, context) => {
      const code = await recordEvent(context, {
        kind: 'INSPECTION',
        stage: 'PROPOSED',
        employer_id: employer,
        occurred_on: dayIn(new Date(context.principal.scope.instant)),
        note: checkedText('note', note),
      });
      return eventById(context, code);
    },
  }),
);
