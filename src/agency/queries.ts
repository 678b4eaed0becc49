/** Asking who one is, and reading the register. */
import { builder } from '../platform/builder.ts';
import { byCode, nodePaths, pageArgs } from '../platform/connection.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import { readAgreements } from './agreement-data.ts';
import { readAgencies } from './data.ts';
import { GrantConnection } from './grant.ts';
import { AgencyConnection } from './types.ts';
import { ViewerRef } from './viewer.ts';
import { GrantStateEnum, RoleEnum } from './vocabulary.ts';

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
      return readAgencies(context, {
        list: 'agencies',
        order: byCode(),
        args,
        where: args.role ? { role: args.role } : {},
        look,
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
      return readAgreements(context, {
        list: 'grants',
        order: byCode(),
        args,
        where: {
          ...(args.state ? { state: args.state } : {}),
          ...(args.consumer ? { consumerId: args.consumer } : {}),
          ...(args.provider ? { providerId: args.provider } : {}),
        },
        look,
      });
    },
  }),
}));
