/** Purposes in the schema: what each rests on, who may name it and what it opens. */
import { builder } from '../platform/builder.ts';
import type { PurposeEntry } from './register-data.ts';
import { GrantTopicRef, RoleEnum } from './vocabulary.ts';

export const PurposeRef = builder.objectRef<PurposeEntry>('Purpose').implement({
  description: 'What data may be asked for; a request names one in the header Purpose-Of-Use.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Its code; list PURPOSE.' }),
    nameVi: t.exposeString('nameVi', { description: 'The Vietnamese name.' }),
    nameEn: t.exposeString('nameEn', { description: 'The English name.' }),
    description: t.exposeString('description', { nullable: true, description: 'A remark.' }),
    legalBasisVi: t.exposeString('legalBasisVi', {
      description: 'The acts that it rests on, in Vietnamese.',
    }),
    legalBasisEn: t.exposeString('legalBasisEn', {
      description: 'The acts that it rests on, in English.',
    }),
    roles: t.field({
      type: [RoleEnum],
      description: 'Roles whose agreements may name it.',
      resolve: ({ roles }) => [...roles] as never,
    }),
    topics: t.field({
      type: [GrantTopicRef],
      description:
        'The topics that it opens, each as deep as here at most, however much a grant gives.',
      resolve: ({ topics }) => [...topics],
    }),
  }),
});
