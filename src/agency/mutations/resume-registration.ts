/** Asks that a suspended entry of the register count again. */
import { builder } from '../../platform/builder.ts';
import { stepRegistration } from '../register-data.ts';
import { entryArgs, RegistrationRef } from './registration.ts';

builder.mutationField('resumeRegistration', (t) =>
  t.field({
    type: RegistrationRef,
    description:
      'Asks that a suspended entry count again: it is PROPOSED, and needs a second person as at first.',
    args: entryArgs(),
    resolve: (_root, args, context) =>
      stepRegistration(context, args, { from: ['SUSPENDED'], to: 'PROPOSED' }),
  }),
);
