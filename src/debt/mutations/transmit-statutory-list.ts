/** Sending a statutory list to the state bodies and the inspectorate. */
import { builder } from '../../platform/builder.ts';
import { listById } from '../list-data.ts';
import { transmitList } from '../list-step-data.ts';
import { StatutoryListRef } from '../statutory-list.ts';
import { listArgument } from './list-argument.ts';

builder.mutationField('transmitStatutoryList', (t) =>
  t.field({
    type: StatutoryListRef,
    nullable: true,
    description:
      'Sends a list to the labour authority of its territory, which reads it from then on (Decree 274/2025). Errors: LIST_UNKNOWN, LIST_WRONG_STATE.',
    args: { list: t.arg(listArgument) },
    resolve: async (_root, { list }, context) => {
      await transmitList(context, list);
      return listById(context, list);
    },
  }),
);
