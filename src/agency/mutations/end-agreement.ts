/** Ends an agreement for good. */
import { builder } from '../../platform/builder.ts';
import { GrantRef } from '../grant.ts';
import { codeArgs, reasonArgs, takeStep } from './agreement.ts';

builder.mutationField('endAgreement', (t) =>
  t.field({
    type: GrantRef as never,
    description:
      'Ends an agreement for good, at once and on every gateway; by its provider, its consumer or a steward. Errors: PROVIDER_NEEDED of another’s draft.',
    args: { ...codeArgs(), ...reasonArgs() },
    resolve: (_root, args, context, info) =>
      takeStep(
        context,
        args,
        { from: ['DRAFT', 'PROPOSED', 'ACTIVE', 'SUSPENDED'], to: 'ENDED' },
        info,
      ),
  }),
);
