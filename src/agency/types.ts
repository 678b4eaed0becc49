/** The register in the schema, for those who keep it: agencies, their programs and issuers, grants. */
import { AreaRef } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import {
  GrantKindEnum,
  GrantStateEnum,
  GrantTopicRef,
  RegisterStateEnum,
  RoleEnum,
} from './vocabulary.ts';

const ApplicationRef = builder.prismaObject('Application', {
  description: 'A program of an agency.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its client_id.' }),
    name: t.exposeString('name', { description: 'What it is.' }),
    state: t.field({
      type: RegisterStateEnum,
      description: 'Its state.',
      resolve: (a) => a.state as never,
    }),
  }),
});

const IssuerRef = builder.prismaObject('Issuer', {
  description: 'A token issuer.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its iss.' }),
    name: t.exposeString('name', { description: 'Who runs it.' }),
    kind: t.exposeString('kind', {
      description: 'DEVELOPMENT, FILE or REMOTE: where its keys are.',
    }),
    jwksUri: t.exposeString('jwksUri', { description: 'The address of its keys.' }),
    state: t.field({
      type: RegisterStateEnum,
      description: 'Its state.',
      resolve: (i) => i.state as never,
    }),
  }),
});

export const AgencyRef = builder.prismaNode('Agency', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'An agency that may ask.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    nameVi: t.exposeString('nameVi', { description: 'The Vietnamese name.' }),
    nameEn: t.exposeString('nameEn', { description: 'The English name.' }),
    role: t.field({
      type: RoleEnum,
      description: 'Its one role.',
      resolve: (a) => a.role as never,
    }),
    state: t.field({
      type: RegisterStateEnum,
      description: 'Its state.',
      resolve: (a) => a.state as never,
    }),
    registeredAt: t.expose('registeredAt', {
      type: 'DateTime',
      description: 'When it was registered.',
    }),
    registeredBy: t.exposeString('registeredBy', { description: 'Who registered it.' }),
    approvedBy: t.exposeString('approvedBy', { description: 'The second person.' }),
    applications: t.relation('applications', {
      type: ApplicationRef,
      query: { orderBy: { id: 'asc' } },
      description: 'Its programs.',
    }),
    issuers: t.field({
      type: [IssuerRef],
      description: 'The issuers that may speak for it.',
      select: (_args, _context, nested) => ({
        issuers: { orderBy: { issuerId: 'asc' }, select: { issuer: nested() } },
      }),
      resolve: (agency) => agency.issuers.map(({ issuer }) => issuer) as never,
    }),
    receives: t.relation('receives', {
      query: { orderBy: { id: 'asc' } },
      description: 'Grants that it holds.',
    }),
    provides: t.relation('provides', {
      query: { orderBy: { id: 'asc' } },
      description: 'Grants that open its data to others.',
    }),
  }),
});

export const GrantRef = builder.prismaNode('Grant', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'What an agency may read, from whom, on what basis, for what and until when.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    kind: t.field({
      type: GrantKindEnum,
      description: 'Its basis.',
      resolve: (g) => g.kind as never,
    }),
    state: t.field({
      type: GrantStateEnum,
      description: 'Its state.',
      resolve: (g) => g.state as never,
    }),
    legalBasis: t.exposeString('legalBasis', { description: 'The act or agreement.' }),
    validFrom: t.expose('validFrom', { type: 'Date', description: 'First day.' }),
    validTo: t.expose('validTo', {
      type: 'Date',
      nullable: true,
      description: 'Last day, if any.',
    }),
    provider: t.relation('provider', { nullable: true, description: 'Whose data it opens.' }),
    consumer: t.relation('consumer', { nullable: true, description: 'Who may read.' }),
    topics: t.field({
      type: [GrantTopicRef],
      description: 'What it is about.',
      select: { topics: { orderBy: { topic: 'asc' } } },
      resolve: (grant) => grant.topics,
    }),
    purposes: t.stringList({
      description: 'Purposes it serves, the main one first; list PURPOSE.',
      select: { purposes: { orderBy: { position: 'asc' } } },
      resolve: (grant) => grant.purposes.map(({ purpose }) => purpose),
    }),
    areas: t.field({
      type: [AreaRef],
      description: 'Its territory.',
      select: (_args, _context, nested) => ({
        areas: { orderBy: { areaId: 'asc' }, select: { area: nested() } },
      }),
      resolve: (grant) => grant.areas.map(({ area }) => area) as never,
    }),
  }),
});

export const AgencyConnection = defineConnection('Agency', AgencyRef as never);
export const GrantConnection = defineConnection('Grant', GrantRef as never);
