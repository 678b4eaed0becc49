/** Enters a program of an agency in the register. */
import { builder } from '../../platform/builder.ts';
import { lookAhead } from '../../platform/look-ahead.ts';
import { checkedCode, checkedText } from '../../platform/checked.ts';
import { insertApplication, readApplication } from '../register-data.ts';
import { ApplicationRef } from '../types.ts';

const nameMax = 200;

builder.mutationField('registerApplication', (t) =>
  t.field({
    type: ApplicationRef as never,
    description:
      'Enters a program of an agency as PROPOSED; it counts once a second person has approved it. Errors: CODE_TAKEN, CODE_MALFORMED, AGENCY_NOT_REGISTERED, FIELD_EMPTY.',
    args: {
      code: t.arg.string({
        required: true,
        description: 'Its client_id: 3 to 80 small letters, digits and hyphens.',
      }),
      agency: t.arg.string({ required: true, description: 'Code of its agency.' }),
      name: t.arg.string({ required: true, description: 'What it is.' }),
    },
    resolve: async (_root, { code, agency, name }, context, info) => {
      const id = checkedCode('code', code);
      const said = { agencyId: agency, name: checkedText('name', name, nameMax) };
      await insertApplication(context, { id, ...said });
      return readApplication(context, id, lookAhead(context, info, 'Application')) as never;
    },
  }),
);
