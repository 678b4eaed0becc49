/** Stops an agreement for the time being. */
import { builder } from '../../platform/builder.ts';
import { GrantRef } from '../grant.ts';
import { codeArgs, reasonArgs, takeStep } from './agreement.ts';

builder.mutationField('suspendAgreement', (t) =>
  t.field({
    type: GrantRef as never,
    description:
      'Stops an agreement for the time being, at once and on every gateway; by its provider or a steward. Errors: PROVIDER_NEEDED.',
    args: { ...codeArgs(), ...reasonArgs() },
    resolve: (_root, args, context, info) =>
      takeStep(context, args, { from: ['ACTIVE'], to: 'SUSPENDED' }, info),
  }),
);
