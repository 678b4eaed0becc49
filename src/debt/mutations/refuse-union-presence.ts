/** The insurance agency refuses a union’s claim. */
import { builder } from '../../platform/builder.ts';
import { checkedText } from '../../platform/checked.ts';
import { answerPresence, presenceByCode } from '../presence-step-data.ts';
import { UnionPresenceRef } from '../types.ts';
import { presenceArgument, reasonArgument } from './event-argument.ts';

builder.mutationField('refuseUnionPresence', (t) =>
  t.field({
    type: UnionPresenceRef,
    nullable: true,
    description:
      'Refuses a claim that is open; the union may claim anew. Errors: PRESENCE_UNKNOWN, PRESENCE_WRONG_STATE.',
    args: { presence: t.arg(presenceArgument), reason: t.arg(reasonArgument('the union')) },
    resolve: async (_root, { presence, reason }, context) => {
      await answerPresence(context, presence, checkedText('reason', reason));
      return presenceByCode(context, presence);
    },
  }),
);
