/** Asking for runs of the monthly identification. */
import { findArea } from '../area/data.ts';
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { accepts, nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import type { DebtIdentification } from '../platform/prisma/client.ts';
import { equal } from './data.ts';
import { readIdentifications } from './identification-data.ts';
import { DebtIdentificationConnection, DebtIdentificationState } from './identification.ts';
import { textColumn } from './orders.ts';

const newestFirst: Order<DebtIdentification> = {
  name: 'STARTED_DESC',
  columns: [
    {
      column: 'startedAt',
      direction: 'desc',
      accepts: accepts.instant,
      read: (row) => row.startedAt.toISOString(),
    },
    textColumn('id'),
  ],
};

const DebtIdentificationFilter = builder.inputType('DebtIdentificationFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Of exactly this province or city.' }),
    asOf: t.field({ type: 'Date', description: 'Of this day.' }),
    state: t.field({ type: DebtIdentificationState, description: 'Which are there now.' }),
  }),
});

async function runWhere(
  context: Context,
  { area: key, asOf, state }: typeof DebtIdentificationFilter.$inferInput,
) {
  const area = key ? await findArea(context, key) : null;
  if (area) context.draft.areas.add(area.id);
  return { ...equal('areaId', area?.id), ...equal('asOf', asOf), ...equal('state', state) };
}

builder.queryField('debtIdentifications', (t) =>
  t.field({
    type: DebtIdentificationConnection,
    description:
      'Runs of the monthly identification in the caller’s territory, the newest first. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: DebtIdentificationFilter, description: 'Which runs.' }),
    },
    resolve: async (_root, args, context, info) =>
      readIdentifications(context, {
        list: 'debtIdentifications',
        order: newestFirst,
        args,
        where: await runWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'DebtIdentification', nodePaths()),
      }),
  }),
);
