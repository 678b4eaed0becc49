/** Publishing a statutory list: the second person's step. */
import { builder } from '../../platform/builder.ts';
import { actorOf, type Context } from '../../platform/context.ts';
import { PublicError } from '../../platform/errors.ts';
import type { StatutoryList } from '../../platform/prisma/client.ts';
import { assertStillHolds } from '../draw-up.ts';
import { listById } from '../list-data.ts';
import { approveList, ownListOrThrow } from '../list-step-data.ts';
import { StatutoryListRef } from '../statutory-list.ts';
import { listArgument } from './list-argument.ts';

/** What refuses at once, before the law is asked again; the database holds it too. */
function assertMayApprove(
  context: Context,
  { id, preparedBy, supersedesId, publishedAt: approved, withdrawnAt }: StatutoryList,
  publishedAt: Date | null,
): void {
  if (approved !== null || withdrawnAt !== null) {
    throw new PublicError('LIST_WRONG_STATE', { list: id, field: 'list' });
  }
  if (preparedBy === actorOf(context)) {
    throw new PublicError('SECOND_PERSON_NEEDED', { value: id, field: 'list' });
  }
  if (publishedAt === null) return;
  if (supersedesId !== null) {
    throw new PublicError('LIST_CORRECTION_AT_ONCE', { list: id, field: 'publishedAt' });
  }
  if (publishedAt <= new Date(context.principal.scope.instant)) {
    throw new PublicError('EMBARGO_IN_PAST', { field: 'publishedAt' });
  }
}

builder.mutationField('approveStatutoryList', (t) =>
  t.field({
    type: StatutoryListRef,
    nullable: true,
    description:
      'Approves a list that another person drew up, and makes it public. What a correction no longer names is named by no version from then on. Errors: LIST_UNKNOWN, LIST_WRONG_STATE, SECOND_PERSON_NEEDED, EMBARGO_IN_PAST, LIST_CORRECTION_AT_ONCE, LIST_OUTDATED, LIST_PARAMETER_MISSING.',
    args: {
      list: t.arg(listArgument),
      publishedAt: t.arg({
        type: 'DateTime',
        description:
          'From when on it is public; it lies ahead. When left out: at once, as corrections always are.',
      }),
    },
    resolve: async (_root, { list, publishedAt }, context) => {
      const row = await ownListOrThrow(context, list);
      assertMayApprove(context, row, publishedAt ?? null);
      await assertStillHolds(context, row);
      await approveList(context, list, publishedAt ?? null);
      return listById(context, list);
    },
  }),
);
