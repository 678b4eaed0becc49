/** Enters an agency in the register. */
import { builder } from '../../platform/builder.ts';
import { lookAhead } from '../../platform/look-ahead.ts';
import { checkedCode, checkedText } from '../../platform/checked.ts';
import { insertAgency, readAgency } from '../register-data.ts';
import { AgencyRef } from '../types.ts';
import { RoleEnum } from '../vocabulary.ts';

const nameMax = 200;

builder.mutationField('registerAgency', (t) =>
  t.field({
    type: AgencyRef as never,
    description:
      'Enters an agency as PROPOSED; it counts once a second person has approved it. Errors: CODE_TAKEN, CODE_MALFORMED, FIELD_EMPTY, TEXT_TOO_LONG.',
    args: {
      code: t.arg.string({
        required: true,
        description:
          'Its code, as its tokens will name it: 3 to 80 small letters, digits, hyphens.',
      }),
      nameVi: t.arg.string({ required: true, description: 'The Vietnamese name.' }),
      nameEn: t.arg.string({ required: true, description: 'The English name.' }),
      role: t.arg({ type: RoleEnum, required: true, description: 'Its one role, for good.' }),
    },
    resolve: async (_root, { code, nameVi, nameEn, role }, context, info) => {
      const id = checkedCode('code', code);
      const names = {
        nameVi: checkedText('nameVi', nameVi, nameMax),
        nameEn: checkedText('nameEn', nameEn, nameMax),
      };
      await insertAgency(context, { id, ...names, role });
      return readAgency(context, id, lookAhead(context, info, 'Agency')) as never;
    },
  }),
);
