/** Announcing a release in the calendar. */
import { actorOf } from '../../platform/context.ts';
import { builder } from '../../platform/builder.ts';
import { releaseOrThrow } from '../data.ts';
import { changeRelease } from '../step-data.ts';
import { ReleaseRef } from '../types.ts';

builder.mutationField('scheduleRelease', (t) =>
  t.field({
    type: ReleaseRef,
    description:
      'Announces the instant of a release in the calendar. Before it is approved, the instant may still be moved. Errors: RELEASE_UNKNOWN, RELEASE_WRONG_STATE, EMBARGO_IN_PAST.',
    args: {
      code: t.arg.string({ required: true, description: 'Its code.' }),
      scheduledAt: t.arg({
        type: 'DateTime',
        required: true,
        description: 'The instant; it lies ahead.',
      }),
    },
    resolve: async (_root, { code, scheduledAt }, context) => {
      await changeRelease(context, code, { scheduledAt, scheduledBy: actorOf(context) });
      return releaseOrThrow(context, code);
    },
  }),
);
