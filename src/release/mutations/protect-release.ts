/** Protecting a release: which cells are shown, so that no other can be worked out. */
import { builder } from '../../platform/builder.ts';
import { PublicError } from '../../platform/errors.ts';
import { dataflowOrThrow } from '../dataflows.ts';
import { releaseOrThrow } from '../data.ts';
import { runJob } from '../job.ts';
import { protectWork } from '../protect-job.ts';
import { rulesOf } from '../rules.ts';
import { ReleaseJobRef } from '../job-types.ts';

const DominanceInput = builder.inputType('DominanceInput', {
  description: 'An amount is unsafe when its n largest groups hold more than k per cent of it.',
  fields: (t) => ({
    n: t.int({ required: true, description: 'How many: 1 to 10.' }),
    k: t.float({
      required: true,
      description: 'Per cent, above 0 and below 100, at most four decimals.',
    }),
  }),
});

const ReleaseRulesInput = builder.inputType('ReleaseRulesInput', {
  description:
    'By which rules cells are unsafe. The parameters stay with the provider. Else RULE_OUT_OF_BOUNDS.',
  fields: (t) => ({
    threshold: t.int({
      description:
        'The least count of persons or employers that may be shown: 3 to 1000; 5 when left out.',
    }),
    pPercent: t.float({
      description:
        'An amount is unsafe when its second largest group could estimate the largest within so many per cent: above 0, to 1000; 10 when left out.',
    }),
    dominance: t.field({
      type: DominanceInput,
      description: 'A rule of dominance beside it; none when left out.',
    }),
  }),
});

builder.mutationField('protectRelease', (t) =>
  t.field({
    type: ReleaseJobRef,
    description:
      'Protects a release against everything that its audience can know, and attacks the result. Small tables are done when this answers; for others, ask for `Release.job`. Errors: RELEASE_UNKNOWN, RELEASE_WRONG_STATE, FAMILY_BUSY, RULE_OUT_OF_BOUNDS, RELEASE_LISTS_MISSING (debts: no approved statutory list of the quarter), RELEASE_CELLS_MISSING, RELEASE_CELLS_PUBLIC, RELEASE_NOT_PROTECTABLE, RELEASE_SUMS_DIFFER.',
    args: {
      code: t.arg.string({ required: true, description: 'Its code.' }),
      rules: t.arg({
        type: ReleaseRulesInput,
        description: 'By which rules; the usual ones when left out.',
      }),
    },
    resolve: async (_root, { code, rules }, context) => {
      const chosen = rulesOf(rules ?? {});
      const release = await releaseOrThrow(context, code);
      dataflowOrThrow(release.dataflow);
      if (release.approvedAt) throw new PublicError('RELEASE_WRONG_STATE', { release: code });
      return runJob(context, release, 'PROTECT', (work) =>
        protectWork(context, release, chosen, work),
      );
    },
  }),
);
