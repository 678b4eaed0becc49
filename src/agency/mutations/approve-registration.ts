/** Makes an entry of the register count, as its second person. */
import { builder } from '../../platform/builder.ts';
import { stepRegistration } from '../register-data.ts';
import { entryArgs, RegistrationRef } from './registration.ts';

builder.mutationField('approveRegistration', (t) =>
  t.field({
    type: RegistrationRef,
    description:
      'Makes a proposed entry count; by another person than the one who registered it or asked to resume it. Errors: SECOND_PERSON_NEEDED.',
    args: entryArgs(),
    resolve: (_root, args, context) =>
      stepRegistration(context, args, { from: ['PROPOSED'], to: 'ACTIVE' }),
  }),
);
