/** Writes a new agreement, statutory grant or accreditation as a draft. */
import { builder } from '../../platform/builder.ts';
import type { Context } from '../../platform/context.ts';
import { contentColumns, readParts, type AgreementContent } from '../agreement-content.ts';
import { insertAgreement } from '../agreement-data.ts';
import { DraftAgreementInput } from '../agreement-input.ts';
import { checkedCode } from '../../platform/checked.ts';
import { GrantRef } from '../grant.ts';
import { changed } from './agreement.ts';

interface Draft extends AgreementContent {
  readonly code: string;
  readonly kind?: string | null | undefined;
  readonly provider?: string | null | undefined;
  readonly consumer: string;
  readonly legalBasis: string;
  readonly validFrom: Date;
}

async function draft(context: Context, input: Draft): Promise<void> {
  const { legalBasis, validFrom } = input;
  const id = checkedCode('code', input.code);
  const columns = contentColumns(input);
  const parts = await readParts(context, input);
  const providerId = input.provider ?? context.principal.agency.id;
  const parties = { kind: input.kind ?? 'AGREEMENT', providerId, consumerId: input.consumer };
  await insertAgreement(context, { id, ...parties, legalBasis, validFrom, ...columns }, parts);
}

builder.mutationField('draftAgreement', (t) =>
  t.field({
    type: GrantRef as never,
    description:
      'Writes a new draft; by the provider, or by a steward for it. It opens nothing. Errors: CODE_TAKEN, CODE_MALFORMED, AGENCY_NOT_REGISTERED, KIND_NOT_FOR_PARTIES, STEWARD_NEEDED, FIELD_EMPTY, PROVIDER_NEEDED.',
    args: {
      input: t.arg({ type: DraftAgreementInput, required: true, description: 'What it says.' }),
    },
    resolve: async (_root, { input }, context, info) => {
      await draft(context, input);
      return changed(context, input.code, info);
    },
  }),
);
