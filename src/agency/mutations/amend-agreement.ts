/** Changes a draft. */
import { builder } from '../../platform/builder.ts';
import { contentColumns, readParts } from '../agreement-content.ts';
import { amendDraft } from '../agreement-data.ts';
import { AmendAgreementInput } from '../agreement-input.ts';
import { GrantRef } from '../grant.ts';
import { changed, codeArgs } from './agreement.ts';

builder.mutationField('amendAgreement', (t) =>
  t.field({
    type: GrantRef as never,
    description:
      'Changes a draft; by its provider or a steward. Errors: PROVIDER_NEEDED, and those of `draftAgreement`.',
    args: {
      ...codeArgs(),
      input: t.arg({ type: AmendAgreementInput, required: true, description: 'What changes.' }),
    },
    resolve: async (_root, { code, input }, context, info) => {
      const columns = contentColumns(input);
      await amendDraft(context, code, columns, await readParts(context, input));
      return changed(context, code, info);
    },
  }),
);
