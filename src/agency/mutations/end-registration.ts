/** Ends an entry of the register for good. */
import { builder } from '../../platform/builder.ts';
import { checkedText } from '../../platform/checked.ts';
import { stepRegistration } from '../register-data.ts';
import { reasonArgs } from './agreement.ts';
import { entryArgs, RegistrationRef } from './registration.ts';

builder.mutationField('endRegistration', (t) =>
  t.field({
    type: RegistrationRef,
    description: 'Ends an entry for good, at once and on every gateway. Errors: REGISTRATION_OWN.',
    args: { ...entryArgs(), ...reasonArgs() },
    resolve: (_root, { reason, ...entry }, context) =>
      stepRegistration(context, entry, {
        from: ['PROPOSED', 'ACTIVE', 'SUSPENDED'],
        to: 'ENDED',
        reason: checkedText('reason', reason),
      }),
  }),
);
