/** Letting a named agency read a named release before its instant: asked, approved by a second person, revoked. */
import { actorOf } from '../../platform/context.ts';
import { builder } from '../../platform/builder.ts';
import type { Context } from '../../platform/context.ts';
import { PublicError } from '../../platform/errors.ts';
import { releaseOrThrow } from '../data.ts';
import { PreReleaseAccessRef } from '../pre-release.ts';
import { changePreRelease, nowOf, insertPreRelease, isActiveAgency } from '../step-data.ts';
import { checkedText } from '../../platform/checked.ts';

const PreReleaseAccessInput = builder.inputType('PreReleaseAccessInput', {
  description: 'Who may read what early, from when until when.',
  fields: (t) => ({
    release: t.string({
      required: true,
      description: 'The code of the release. Else RELEASE_UNKNOWN.',
    }),
    agency: t.string({
      required: true,
      description: 'The code of an active agency. Else AGENCY_UNKNOWN.',
    }),
    from: t.field({
      type: 'DateTime',
      required: true,
      description: 'The first instant. Else WINDOW_INVALID.',
    }),
    until: t.field({
      type: 'DateTime',
      required: true,
      description: 'The first instant after it; not after the release’s own.',
    }),
    reason: t.string({
      required: true,
      description: 'Why; it is published afterwards. Else FIELD_EMPTY.',
    }),
  }),
});

async function accessRow(context: Context, input: typeof PreReleaseAccessInput.$inferInput) {
  const release = await releaseOrThrow(context, input.release);
  if (!(await isActiveAgency(context, input.agency))) {
    throw new PublicError('AGENCY_UNKNOWN', { field: 'agency' });
  }
  const end = release.publishedAt ?? release.scheduledAt;
  if (input.from >= input.until || (end && input.until > end)) {
    throw new PublicError('WINDOW_INVALID', { field: 'until' });
  }
  return {
    releaseId: release.id,
    agencyId: input.agency,
    validFrom: input.from,
    validTo: input.until,
    reason: checkedText('reason', input.reason),
  };
}

const accessId = {
  type: 'String',
  required: true,
  description: 'Its code, `PreReleaseAccess.code`.',
} as const;

builder.mutationFields((t) => ({
  requestPreReleaseAccess: t.field({
    type: PreReleaseAccessRef,
    description:
      'Asks that an agency may read a release before its instant; it counts once a second person has approved it. Errors: RELEASE_UNKNOWN, AGENCY_UNKNOWN, WINDOW_INVALID.',
    args: {
      input: t.arg({
        type: PreReleaseAccessInput,
        required: true,
        description: 'Who, what and when.',
      }),
    },
    resolve: async (_root, { input }, context) =>
      insertPreRelease(context, await accessRow(context, input)) as never,
  }),
  approvePreReleaseAccess: t.field({
    type: PreReleaseAccessRef,
    description:
      'Approves it, as the second person. Errors: PRE_RELEASE_UNKNOWN, SECOND_PERSON_NEEDED, PRE_RELEASE_WRONG_STATE.',
    args: { access: t.arg(accessId) },
    resolve: (_root, { access }, context) =>
      changePreRelease(context, access, {
        approvedBy: actorOf(context),
        approvedAt: nowOf(context),
      }) as never,
  }),
  revokePreReleaseAccess: t.field({
    type: PreReleaseAccessRef,
    description: 'Ends it at once. Errors: PRE_RELEASE_UNKNOWN, PRE_RELEASE_WRONG_STATE.',
    args: { access: t.arg(accessId) },
    resolve: (_root, { access }, context) =>
      changePreRelease(context, access, { revokedAt: nowOf(context) }) as never,
  }),
}));
