/** Answers a finding, by the agency concerned. */
import { builder } from '../../platform/builder.ts';
import { checkedText } from '../../platform/checked.ts';
import { stepFinding } from '../finding-data.ts';
import { FindingRef } from '../finding.ts';
import { changed, findingArgs, textMax } from './finding.ts';

builder.mutationField('replyToFinding', (t) =>
  t.field({
    type: FindingRef as never,
    description:
      'Answers an open finding, once, by the agency that it concerns. Errors: FINDING_UNKNOWN, FINDING_WRONG_STATE, FINDING_STEP_OF_OTHERS, FIELD_EMPTY, TEXT_TOO_LONG.',
    args: {
      ...findingArgs(),
      reply: t.arg.string({
        required: true,
        description: `What the agency says, in at most ${textMax} characters.`,
      }),
    },
    resolve: async (_root, { finding, reply }, context, info) => {
      const data = { state: 'ANSWERED', reply: checkedText('reply', reply, textMax) };
      await stepFinding(context, finding, { from: ['OPEN'], data, by: 'agencyId' });
      return changed(context, finding, info);
    },
  }),
);
