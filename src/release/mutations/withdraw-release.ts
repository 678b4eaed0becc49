/** Taking a release back. */
import { builder } from '../../platform/builder.ts';
import { releaseOrThrow } from '../data.ts';
import { withdrawRelease } from '../step-data.ts';
import { ReleaseRef } from '../types.ts';
import { checkedText } from '../../platform/checked.ts';

builder.mutationField('withdrawRelease', (t) =>
  t.field({
    type: ReleaseRef,
    description:
      'Takes an approved release back at once, by its provider or a steward. What it has shown still counts as known. Errors: RELEASE_UNKNOWN, RELEASE_WRONG_STATE, FIELD_EMPTY.',
    args: {
      code: t.arg.string({ required: true, description: 'Its code.' }),
      reason: t.arg.string({ required: true, description: 'Why, for its readers.' }),
    },
    resolve: async (_root, { code, reason }, context) => {
      await withdrawRelease(context, code, checkedText('reason', reason));
      return releaseOrThrow(context, code);
    },
  }),
);
