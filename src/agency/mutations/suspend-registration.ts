/** Stops an entry of the register for the time being. */
import { builder } from '../../platform/builder.ts';
import { checkedText } from '../../platform/checked.ts';
import { stepRegistration } from '../register-data.ts';
import { reasonArgs } from './agreement.ts';
import { entryArgs, RegistrationRef } from './registration.ts';

builder.mutationField('suspendRegistration', (t) =>
  t.field({
    type: RegistrationRef,
    description:
      'Stops an entry for the time being, at once and on every gateway. Errors: REGISTRATION_OWN.',
    args: { ...entryArgs(), ...reasonArgs() },
    resolve: (_root, { reason, ...entry }, context) =>
      stepRegistration(context, entry, {
        from: ['ACTIVE'],
        to: 'SUSPENDED',
        reason: checkedText('reason', reason),
      }),
  }),
);
