/** The insurance agency’s word that a union has members at an employer. */
import { builder } from '../../platform/builder.ts';
import { answerPresence, presenceByCode } from '../presence-step-data.ts';
import { UnionPresenceRef } from '../types.ts';
import { presenceArgument } from './event-argument.ts';

builder.mutationField('confirmUnionPresence', (t) =>
  t.field({
    type: UnionPresenceRef,
    nullable: true,
    description:
      'Confirms a claim: the union reads the employer’s debt from then on. Never of an employer that is a natural person. Errors: PRESENCE_UNKNOWN, PRESENCE_WRONG_STATE, PRESENCE_OF_PERSON.',
    args: { presence: t.arg(presenceArgument) },
    resolve: async (_root, { presence }, context) => {
      await answerPresence(context, presence, null);
      return presenceByCode(context, presence);
    },
  }),
);
