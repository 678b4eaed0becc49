/** Puts a proposed agreement in force, by its provider. */
import { builder } from '../../platform/builder.ts';
import { GrantRef } from '../grant.ts';
import { codeArgs, takeStep } from './agreement.ts';

builder.mutationField('approveAgreement', (t) =>
  t.field({
    type: GrantRef as never,
    description:
      'Puts a proposed agreement in force; by another person of the provider than the one who proposed it. Errors: PROVIDER_NEEDED, SECOND_PERSON_NEEDED, and those of `proposeAgreement`.',
    args: codeArgs(),
    resolve: (_root, args, context, info) =>
      takeStep(context, args, { from: ['PROPOSED'], to: 'ACTIVE' }, info),
  }),
);
