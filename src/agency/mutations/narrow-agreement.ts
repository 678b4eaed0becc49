/** Takes away from an agreement in force. */
import { builder } from '../../platform/builder.ts';
import { contentColumns, readParts } from '../agreement-content.ts';
import { narrowActive } from '../agreement-data.ts';
import { NarrowAgreementInput } from '../agreement-input.ts';
import { GrantRef } from '../grant.ts';
import { changed, codeArgs } from './agreement.ts';

builder.mutationField('narrowAgreement', (t) =>
  t.field({
    type: GrantRef as never,
    description:
      'Takes topics, depth, areas, purposes or time away from an agreement in force, at once; by its provider. Errors: AGREEMENT_NOT_NARROWER, PROVIDER_NEEDED, DATES_PAST, FIELD_EMPTY.',
    args: {
      ...codeArgs(),
      input: t.arg({ type: NarrowAgreementInput, required: true, description: 'What is left.' }),
    },
    resolve: async (_root, { code, input }, context, info) => {
      const columns = contentColumns(input);
      await narrowActive(context, code, columns, await readParts(context, input));
      return changed(context, code, info);
    },
  }),
);
