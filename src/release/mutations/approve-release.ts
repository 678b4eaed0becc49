/** Publishing a release: the second person's step. */
import { builder } from '../../platform/builder.ts';
import type { Context } from '../../platform/context.ts';
import { PublicError } from '../../platform/errors.ts';
import type { Release } from '../../platform/prisma/client.ts';
import { releaseOrThrow } from '../data.ts';
import { runJob } from '../job.ts';
import { ReleaseJobRef } from '../job-types.ts';
import { publishWork } from '../protect-job.ts';
import { actorOf } from '../../platform/context.ts';

/** What the database would refuse after the attack, said before it. */
function assertReady(context: Context, release: Release): void {
  const place = { release: release.id, field: 'code' };
  if (release.approvedAt) throw new PublicError('RELEASE_WRONG_STATE', place);
  if (!release.protectedAt) throw new PublicError('RELEASE_NOT_PROTECTED', place);
  if (!release.scheduledAt && !release.exceptional) {
    throw new PublicError('RELEASE_NOT_SCHEDULED', place);
  }
  if (release.scheduledAt && release.scheduledAt <= new Date(context.principal.scope.instant)) {
    throw new PublicError('EMBARGO_IN_PAST', { field: 'scheduledAt' });
  }
  const before = [release.preparedBy, release.protectedBy, release.scheduledBy];
  if (before.includes(actorOf(context))) {
    throw new PublicError('SECOND_PERSON_NEEDED', { ...place, value: release.id });
  }
}

builder.mutationField('approveRelease', (t) =>
  t.field({
    type: ReleaseJobRef,
    description:
      'Attacks a protected release once more, with everything that is published or approved beside it, and lets its figures appear at the announced instant; at once for an exceptional one without. Errors: RELEASE_UNKNOWN, RELEASE_WRONG_STATE, RELEASE_NOT_PROTECTED, RELEASE_NOT_SCHEDULED, EMBARGO_IN_PAST, SECOND_PERSON_NEEDED, FAMILY_BUSY, RELEASE_LISTS_MISSING, RELEASE_KNOWLEDGE_CHANGED (debts: a list or a presence came in between), RELEASE_UNSAFE, BREAKDOWN_TAKEN.',
    args: { code: t.arg.string({ required: true, description: 'Its code.' }) },
    resolve: async (_root, { code }, context) => {
      const release = await releaseOrThrow(context, code);
      assertReady(context, release);
      return runJob(context, release, 'PUBLISH', (work) => publishWork(context, release, work));
    },
  }),
);
