/** Puts a suspended agreement in force again. */
import { builder } from '../../platform/builder.ts';
import { GrantRef } from '../grant.ts';
import { codeArgs, takeStep } from './agreement.ts';

builder.mutationField('resumeAgreement', (t) =>
  t.field({
    type: GrantRef as never,
    description:
      'Puts a suspended agreement in force again; by its provider, whoever suspended it. Errors: PROVIDER_NEEDED, and those of `proposeAgreement`.',
    args: codeArgs(),
    resolve: (_root, args, context, info) =>
      takeStep(context, args, { from: ['SUSPENDED'], to: 'ACTIVE' }, info),
  }),
);
