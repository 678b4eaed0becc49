/** Sends a proposed agreement back to be a draft. */
import { builder } from '../../platform/builder.ts';
import { GrantRef } from '../grant.ts';
import { codeArgs, reasonArgs, takeStep } from './agreement.ts';

builder.mutationField('rejectAgreement', (t) =>
  t.field({
    type: GrantRef as never,
    description:
      'Sends a proposed agreement back to be a draft, with a reason; by its provider. Errors: PROVIDER_NEEDED.',
    args: { ...codeArgs(), ...reasonArgs() },
    resolve: (_root, args, context, info) =>
      takeStep(context, args, { from: ['PROPOSED'], to: 'DRAFT' }, info),
  }),
);
