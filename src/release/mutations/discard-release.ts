/** Throwing a draft away. */
import { builder } from '../../platform/builder.ts';
import { releaseOrThrow } from '../data.ts';
import { deleteRelease } from '../step-data.ts';

builder.mutationField('discardRelease', (t) =>
  t.string({
    description:
      'Throws away a draft of the caller’s own that was never announced; returns its code. Errors: RELEASE_UNKNOWN, RELEASE_WRONG_STATE.',
    args: { code: t.arg.string({ required: true, description: 'Its code.' }) },
    resolve: async (_root, { code }, context) => {
      await releaseOrThrow(context, code);
      await deleteRelease(context, code);
      return code;
    },
  }),
);
