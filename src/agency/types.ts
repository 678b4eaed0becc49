/** The register in the schema, for those who keep it: agencies, their programs and issuers. */
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import './grant.ts';
import { RegisterStateEnum, RoleEnum } from './vocabulary.ts';

export const ApplicationRef = builder.prismaObject('Application', {
  description: 'A program of an agency.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its client_id.' }),
    name: t.exposeString('name', { description: 'What it is.' }),
    state: t.field({
      type: RegisterStateEnum,
      description: 'Its state.',
      resolve: (a) => a.state as never,
    }),
    agencyCode: t.exposeString('agencyId', { description: 'Code of its agency.' }),
    registeredAt: t.expose('registeredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was registered; null for what was loaded.',
    }),
    registeredBy: t.exposeString('registeredBy', {
      nullable: true,
      description: 'Who registered it, or asked to resume it last, as agency/subject.',
    }),
    approvedBy: t.exposeString('approvedBy', {
      nullable: true,
      description: 'The second person; null until there is one.',
    }),
    stateReason: t.exposeString('stateReason', {
      nullable: true,
      description: 'Why it was suspended or ended.',
    }),
  }),
});

export const IssuerRef = builder.prismaObject('Issuer', {
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
    agencyCodes: t.stringList({
      description: 'Codes of the agencies that it may speak for.',
      select: { agencies: { orderBy: { agencyId: 'asc' } } },
      resolve: (issuer) => issuer.agencies.map(({ agencyId }) => agencyId),
    }),
    registeredAt: t.expose('registeredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was registered; null for what was loaded.',
    }),
    registeredBy: t.exposeString('registeredBy', {
      nullable: true,
      description: 'Who registered it, or asked to resume it last, as agency/subject.',
    }),
    approvedBy: t.exposeString('approvedBy', {
      nullable: true,
      description: 'The second person; null until there is one.',
    }),
    stateReason: t.exposeString('stateReason', {
      nullable: true,
      description: 'Why it was suspended or ended.',
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
    registeredBy: t.exposeString('registeredBy', {
      description: 'Who registered it, or asked to resume it last, as agency/subject.',
    }),
    approvedBy: t.exposeString('approvedBy', {
      nullable: true,
      description: 'The second person; null until there is one.',
    }),
    stateReason: t.exposeString('stateReason', {
      nullable: true,
      description: 'Why it was suspended or ended.',
    }),
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

export const AgencyConnection = defineConnection('Agency', AgencyRef as never);
export const ApplicationConnection = defineConnection('Application', ApplicationRef as never);
export const IssuerConnection = defineConnection('Issuer', IssuerRef as never);
