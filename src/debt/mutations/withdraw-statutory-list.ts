/** Taking a statutory list back. */
import { builder } from '../../platform/builder.ts';
import { checkedText } from '../../platform/checked.ts';
import { listById } from '../list-data.ts';
import { withdrawList } from '../list-step-data.ts';
import { StatutoryListRef } from '../statutory-list.ts';
import { listArgument } from './list-argument.ts';

builder.mutationField('withdrawStatutoryList', (t) =>
  t.field({
    type: StatutoryListRef,
    nullable: true,
    description:
      'Takes a list that was transmitted or approved back at once, and the versions that it corrected with it; a notice says so where it was public. What it has shown still counts as known. Errors: LIST_UNKNOWN, LIST_WRONG_STATE, FIELD_EMPTY, TEXT_TOO_LONG.',
    args: {
      list: t.arg(listArgument),
      reason: t.arg.string({
        required: true,
        description: 'Why, for the insurance agency alone. Else FIELD_EMPTY.',
      }),
    },
    resolve: async (_root, { list, reason }, context) => {
      await withdrawList(context, list, checkedText('reason', reason));
      return listById(context, list);
    },
  }),
);
