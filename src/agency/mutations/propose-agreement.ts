/** Offers a draft to its provider for approval. */
import { builder } from '../../platform/builder.ts';
import { GrantRef } from '../grant.ts';
import { codeArgs, takeStep } from './agreement.ts';

builder.mutationField('proposeAgreement', (t) =>
  t.field({
    type: GrantRef as never,
    description:
      'Offers a draft for the provider’s approval; by the provider or a steward. Errors: AGREEMENT_INCOMPLETE, AGREEMENT_OVERLAPS, TERRITORY_OUTSIDE, PURPOSE_NOT_FOR_TOPIC, REACH_NOT_FOR_PURPOSE, DATES_PAST, AGREEMENT_NEEDS_RENEWAL, PROVIDER_NEEDED, STEWARD_NEEDED.',
    args: codeArgs(),
    resolve: (_root, args, context, info) =>
      takeStep(context, args, { from: ['DRAFT'], to: 'PROPOSED' }, info),
  }),
);
