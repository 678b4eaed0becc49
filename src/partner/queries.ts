/** Asking for partners, coordinations, their instruments, and facts of organisation. */
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { byCode, nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import type { Partner } from '../platform/prisma/client.ts';
import './agent-queries.ts';
import {
  coordinationWhere,
  factWhere,
  instrumentWhere,
  partnerWhere,
  readCoordinations,
  readFacts,
  readInstruments,
  readPartners,
} from './data.ts';
import { CoordinationInstrumentConnection } from './instruments.ts';
import { CoordinationConnection, OrganisationFactConnection, PartnerConnection } from './types.ts';

const byName: Order<Partner> = {
  name: 'NAME',
  columns: [
    { column: 'nameSearch', direction: 'asc', read: (partner) => partner.nameSearch },
    { column: 'id', direction: 'asc', read: (partner) => partner.id },
  ],
};

const refusesCodes =
  'All conditions must hold. Codes that their list does not know are refused: CODE_UNKNOWN.';

const PartnerFilter = builder.inputType('PartnerFilter', {
  description: refusesCodes,
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Partners of exactly this area.' }),
    kind: t.string({ description: 'List PARTNER_KIND.' }),
    level: t.string({ description: 'List LEVEL.' }),
    search: t.string({
      description:
        'Names, Vietnamese or English, that begin so or hold a word that does; tone marks and case do not matter.',
    }),
    code: t.string({ description: 'The partner of this code.' }),
    agencyCode: t.string({ description: 'The partner that is the agency of this code.' }),
  }),
});

const PartnerOrder = builder.enumType('PartnerOrder', {
  description: 'The order of a list of partners.',
  values: {
    CODE: { description: 'By code.' },
    NAME: { description: 'By Vietnamese name, else by the English one, without tone marks.' },
  } as const,
});

const CoordinationFilter = builder.inputType('CoordinationFilter', {
  description: refusesCodes,
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'In exactly this area.' }),
    agency: t.string({ description: 'Of the insurance agency of this partner code.' }),
    partner: t.string({ description: 'With the partner of this code.' }),
    relation: t.string({ description: 'List RELATION.' }),
    instrumentKind: t.string({ description: 'List COORDINATION_INSTRUMENT.' }),
    instrumentId: t.string({ description: 'That rest on the instrument of this code.' }),
    topicCode: t.string({ description: 'That name this topic; list TOPIC.' }),
    status: t.string({ description: 'List STATUS.' }),
    frequency: t.string({ description: 'List FREQUENCY.' }),
  }),
});

const InstrumentFilter = builder.inputType('CoordinationInstrumentFilter', {
  description: refusesCodes,
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'That hold for exactly this area.' }),
    kind: t.string({ description: 'List COORDINATION_INSTRUMENT.' }),
    partner: t.string({ description: 'That bind the partner of this code.' }),
    validOn: t.field({ type: 'Date', description: 'That are valid on this day.' }),
  }),
});

const FactFilter = builder.inputType('OrganisationFactFilter', {
  description: refusesCodes,
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Facts of exactly this area.' }),
    partner: t.string({ description: 'Of the partner of this code.' }),
    item: t.string({ description: 'List ORGANISATION_ITEM.' }),
  }),
});

builder.queryFields((t) => ({
  partners: t.field({
    type: PartnerConnection,
    description: 'Organisations that work with the insurance agencies, and these themselves.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: PartnerFilter, description: 'Which partners.' }),
      orderBy: t.arg({ type: PartnerOrder, defaultValue: 'CODE', description: 'In which order.' }),
    },
    resolve: async (_root, args, context, info) =>
      readPartners(context, {
        list: 'partners',
        order: args.orderBy === 'NAME' ? byName : byCode(),
        args,
        where: await partnerWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'Partner', nodePaths()),
      }),
  }),
  coordinations: t.field({
    type: CoordinationConnection,
    description: 'Who works with which insurance agency, on what and on which basis, by code.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: CoordinationFilter, description: 'Which coordinations.' }),
    },
    resolve: async (_root, args, context, info) =>
      readCoordinations(context, {
        list: 'coordinations',
        order: byCode(),
        args,
        where: await coordinationWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'Coordination', nodePaths()),
      }),
  }),
  coordinationInstruments: t.field({
    type: CoordinationInstrumentConnection,
    description: 'Regulations, contracts and plans of coordination, by code.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: InstrumentFilter, description: 'Which instruments.' }),
    },
    resolve: async (_root, args, context, info) =>
      readInstruments(context, {
        list: 'coordinationInstruments',
        order: byCode(),
        args,
        where: await instrumentWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'CoordinationInstrument', nodePaths()),
      }),
  }),
  organisationFacts: t.field({
    type: OrganisationFactConnection,
    description: 'Facts of the apparatus for communication, by code.',
    args: { ...pageArgs(), where: t.arg({ type: FactFilter, description: 'Which facts.' }) },
    resolve: async (_root, args, context, info) =>
      readFacts(context, {
        list: 'organisationFacts',
        order: byCode(),
        args,
        where: await factWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'OrganisationFact', nodePaths()),
      }),
  }),
}));
