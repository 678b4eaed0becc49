/** Asking who one is, and reading the register. */
import { builder } from '../platform/builder.ts';
import { nodePaths, pageArgs, readPage, type Order } from '../platform/connection.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import type { Agency, Grant } from '../platform/prisma/client.ts';
import { AgencyConnection, GrantConnection } from './types.ts';
import { ViewerRef } from './viewer.ts';
import { GrantStateEnum, RoleEnum } from './vocabulary.ts';

const byId = <Row extends { id: string }>(): Order<Row> => ({
  name: 'CODE',
  columns: [{ column: 'id', direction: 'asc', read: (row) => row.id }],
});

builder.queryFields((t) => ({
  viewer: t.field({
    type: ViewerRef,
    description:
      'The caller: agency, role, purposes, grants, territory by topic, limits. Needs no purpose.',
    resolve: (_root, _args, context) => context.principal,
  }),
  agencies: t.field({
    type: AgencyConnection,
    description: 'The registered agencies.',
    args: { ...pageArgs(), role: t.arg({ type: RoleEnum, description: 'Agencies of this role.' }) },
    resolve: (_root, args, context, info) => {
      const look = lookAhead(context, info, 'Agency', nodePaths());
      return readPage<Agency>({
        list: 'agencies',
        order: byId(),
        args,
        where: args.role ? { role: args.role } : {},
        find: (query) => context.db.agency.findMany({ ...look, ...query }),
        count: (query) => context.db.agency.count(query),
      });
    },
  }),
  grants: t.field({
    type: GrantConnection,
    description: 'The grants on which all reading rests.',
    args: {
      ...pageArgs(),
      state: t.arg({ type: GrantStateEnum, description: 'Grants in this state.' }),
      consumer: t.arg.string({ description: 'Grants that the agency of this code holds.' }),
      provider: t.arg.string({
        description: 'Grants that open the data of the agency of this code.',
      }),
    },
    resolve: (_root, args, context, info) => {
      const look = lookAhead(context, info, 'Grant', nodePaths());
      return readPage<Grant>({
        list: 'grants',
        order: byId(),
        args,
        where: {
          ...(args.state ? { state: args.state } : {}),
          ...(args.consumer ? { consumerId: args.consumer } : {}),
          ...(args.provider ? { providerId: args.provider } : {}),
        },
        find: (query) => context.db.grant.findMany({ ...look, ...query }),
        count: (query) => context.db.grant.count(query),
      });
    },
  }),
}));
