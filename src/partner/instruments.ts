/** Coordination instruments in the schema: who is bound by them, and to what. */
import { SourceRef } from '../observation/provenance.ts';
import { sourceLoader } from '../observation/provenance-data.ts';
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';

const CoordinationPartyRef = builder.prismaObject('CoordinationParty', {
  description: 'Who is bound by a coordination instrument.',
  fields: (t) => ({
    partner: t.relation('partner', {
      nullable: true,
      description: 'The organisation; null where the caller may not see it.',
    }),
    agencyCode: t.exposeString('agencyId', {
      nullable: true,
      description: 'Code of the registered agency that it is; null for the others.',
    }),
    role: t.exposeString('role', { description: 'Its part; list COORDINATION_ROLE.' }),
    confirmedAt: t.expose('confirmedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it confirmed that it is bound; null until then.',
    }),
  }),
});

const CoordinationTermRef = builder.prismaObject('CoordinationTerm', {
  description: 'One thing that the parties of a coordination instrument owe each other.',
  fields: (t) => ({
    position: t.exposeInt('position', { description: 'Its place in the instrument, from 1.' }),
    textVi: t.exposeString('textVi', { description: 'What is owed, in Vietnamese.' }),
    textEn: t.exposeString('textEn', { description: 'What is owed, in English.' }),
    frequency: t.exposeString('frequency', { description: 'How often; list FREQUENCY.' }),
    dueOn: t.expose('dueOn', {
      type: 'Date',
      nullable: true,
      description: 'The last day for it; null where there is none.',
    }),
  }),
});

export const CoordinationInstrumentRef = builder.prismaNode('CoordinationInstrument', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'A regulation, contract or plan by which agencies and partners coordinate, with its parties and terms. Unpublished ones are seen by the insurance agency of the territory, and there by parties that have confirmed.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    kind: t.exposeString('kind', { description: 'What it is; list COORDINATION_INSTRUMENT.' }),
    number: t.exposeString('number', { nullable: true, description: 'Its number, if it has one.' }),
    titleVi: t.exposeString('titleVi', { description: 'The Vietnamese title.' }),
    titleEn: t.exposeString('titleEn', { description: 'The English title.' }),
    area: t.relation('area', { nullable: true, description: 'Where it holds.' }),
    signedOn: t.expose('signedOn', { type: 'Date', description: 'The day of its signature.' }),
    validFrom: t.expose('validFrom', { type: 'Date', description: 'First day.' }),
    validTo: t.expose('validTo', {
      type: 'Date',
      nullable: true,
      description: 'Last day; null while no end is set.',
    }),
    parties: t.relation('parties', {
      type: CoordinationPartyRef,
      query: { orderBy: { partnerId: 'asc' } },
      description: 'Who is bound by it, as far as the caller may see them.',
    }),
    terms: t.relation('terms', {
      type: CoordinationTermRef,
      query: { orderBy: { position: 'asc' } },
      description: 'What they owe each other.',
    }),
    source: t.field({
      type: SourceRef,
      nullable: true,
      description: 'Where it comes from, and whether that is demonstration data.',
      resolve: (row, _args, context) => sourceLoader(context).load(row.sourceId) as never,
    }),
  }),
});

export const CoordinationInstrumentConnection = defineConnection(
  'CoordinationInstrument',
  CoordinationInstrumentRef as never,
);
