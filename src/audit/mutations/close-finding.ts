/** Concludes a finding, by the auditor that opened it. */
import { builder } from '../../platform/builder.ts';
import { checkedText } from '../../platform/checked.ts';
import { stepFinding } from '../finding-data.ts';
import { FindingRef } from '../finding.ts';
import { changed, findingArgs, textMax } from './finding.ts';

builder.mutationField('closeFinding', (t) =>
  t.field({
    type: FindingRef as never,
    description:
      'Concludes a finding for good, by the auditor that opened it: after the agency has answered or, without an answer, from the 30th day after it was opened. Errors: FINDING_UNANSWERED, FINDING_UNKNOWN, FINDING_WRONG_STATE, FINDING_STEP_OF_OTHERS, FIELD_EMPTY, TEXT_TOO_LONG.',
    args: {
      ...findingArgs(),
      conclusion: t.arg.string({
        required: true,
        description: `What the auditor concludes, in at most ${textMax} characters.`,
      }),
    },
    resolve: async (_root, { finding, conclusion }, context, info) => {
      const data = {
        state: 'CLOSED',
        conclusion: checkedText('conclusion', conclusion, textMax),
      };
      await stepFinding(context, finding, { from: ['OPEN', 'ANSWERED'], data, by: 'auditorId' });
      return changed(context, finding, info);
    },
  }),
);
