/** Reading the rest of the register: agreements by their parties, purposes, applications and issuers. */
import { builder } from '../platform/builder.ts';
import { accepts, byCode, nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import type { Grant } from '../platform/prisma/client.ts';
import { inForceOn } from '../platform/validity.ts';
import { readAgreements } from './agreement-data.ts';
import { GrantConnection } from './grant.ts';
import { PurposeRef } from './purpose.ts';
import { readApplications, readIssuers, readPurposes } from './register-data.ts';
import { ApplicationConnection, IssuerConnection } from './types.ts';
import { GrantKindEnum, GrantStateEnum, RegisterStateEnum, TopicEnum } from './vocabulary.ts';

const AgreementFilter = builder.inputType('AgreementFilter', {
  description: 'Which agreements; conditions add up.',
  fields: (t) => ({
    code: t.string({ description: 'The one of this code.' }),
    kind: t.field({ type: GrantKindEnum, description: 'Of this basis.' }),
    state: t.field({ type: GrantStateEnum, description: 'In this state.' }),
    provider: t.string({ description: 'That open the data of the agency of this code.' }),
    consumer: t.string({ description: 'That the agency of this code holds.' }),
    topic: t.field({ type: TopicEnum, description: 'About this topic, among others.' }),
    validOn: t.field({ type: 'Date', description: 'Between whose days this one lies.' }),
  }),
});

interface AgreementFilterShape {
  readonly code?: string | null | undefined;
  readonly kind?: string | null | undefined;
  readonly state?: string | null | undefined;
  readonly provider?: string | null | undefined;
  readonly consumer?: string | null | undefined;
  readonly topic?: string | null | undefined;
  readonly validOn?: Date | null | undefined;
}

function agreementWhere(filter: AgreementFilterShape): Record<string, unknown> {
  const { code, kind, state, provider, consumer, topic, validOn } = filter;
  return {
    ...(code ? { id: code } : {}),
    ...(kind ? { kind } : {}),
    ...(state ? { state } : {}),
    ...(provider ? { providerId: provider } : {}),
    ...(consumer ? { consumerId: consumer } : {}),
    ...(topic ? { topics: { some: { topic } } } : {}),
    ...inForceOn(validOn),
  };
}

const byFirstDay: Order<Grant> = {
  name: 'VALID_FROM_DESC',
  columns: [
    {
      column: 'validFrom',
      direction: 'desc',
      accepts: accepts.day,
      read: (row) => row.validFrom.toISOString(),
    },
    ...byCode<Grant>().columns,
  ],
};
const orders: Readonly<Record<string, Order<Grant>>> = {
  CODE: byCode(),
  VALID_FROM_DESC: byFirstDay,
};

const AgreementOrder = builder.enumType('AgreementOrder', {
  description: 'The order of a list of agreements.',
  values: {
    CODE: { description: 'By code.' },
    VALID_FROM_DESC: { description: 'By first day, the latest first; then by code.' },
  } as const,
});

builder.queryFields((t) => ({
  agreements: t.field({
    type: GrantConnection,
    description:
      'Agreements, statutory grants and accreditations to which the caller’s agency is a party, in every state; stewards and auditors see all. Needs no purpose.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: AgreementFilter, description: 'Which ones.' }),
      orderBy: t.arg({ type: AgreementOrder, description: 'By CODE when left out.' }),
    },
    resolve: (_root, args, context, info) => {
      const order = orders[args.orderBy ?? 'CODE'] ?? byCode();
      const look = lookAhead(context, info, 'Grant', nodePaths());
      const where = agreementWhere(args.where ?? {});
      return readAgreements(context, { list: 'agreements', order, args, where, look });
    },
  }),
  purposes: t.field({
    type: [PurposeRef],
    description: 'What data may be asked for: the closed list, with what each purpose opens.',
    resolve: (_root, _args, context) => readPurposes(context),
  }),
  applications: t.field({
    type: ApplicationConnection,
    description: 'The programs of all agencies, in every state.',
    args: {
      ...pageArgs(),
      state: t.arg({ type: RegisterStateEnum, description: 'In this state.' }),
      agency: t.arg.string({ description: 'Of the agency of this code.' }),
    },
    resolve: (_root, args, context, info) =>
      readApplications(context, {
        list: 'applications',
        order: byCode(),
        args,
        where: {
          ...(args.state ? { state: args.state } : {}),
          ...(args.agency ? { agencyId: args.agency } : {}),
        },
        look: lookAhead(context, info, 'Application', nodePaths()),
      }),
  }),
  issuers: t.field({
    type: IssuerConnection,
    description: 'The registered token issuers, in every state.',
    args: {
      ...pageArgs(),
      state: t.arg({ type: RegisterStateEnum, description: 'In this state.' }),
    },
    resolve: (_root, args, context, info) =>
      readIssuers(context, {
        list: 'issuers',
        order: byCode(),
        args,
        where: args.state ? { state: args.state } : {},
        look: lookAhead(context, info, 'Issuer', nodePaths()),
      }),
  }),
}));
