/** Throwing a draft of a statutory list away. */
import { builder } from '../../platform/builder.ts';
import { discardList } from '../list-step-data.ts';
import { listArgument } from './list-argument.ts';

builder.mutationField('discardStatutoryList', (t) =>
  t.string({
    description:
      'Throws away a draft that was neither transmitted nor approved; returns its code. Errors: LIST_UNKNOWN, LIST_WRONG_STATE.',
    args: { list: t.arg(listArgument) },
    resolve: async (_root, { list }, context) => {
      await discardList(context, list);
      return list;
    },
  }),
);
