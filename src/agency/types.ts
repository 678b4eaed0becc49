/** Who may ask in the schema: the caller itself, and the register for those who keep it. */
import { builder } from '../platform/builder.ts';
import { defineConnection, firstDefault, firstMax } from '../platform/connection.ts';
import { limits } from '../platform/limits.ts';
import { parseDay } from '../platform/scalars.ts';
import type { HeldGrant, Principal } from '../identity/principal.ts';
import { roles, topics } from '../policy/types.ts';

export const RoleEnum = builder.enumType('Role', {
  description: 'What an agency is to the sharing; it decides what exists for it.',
  values: {
    SI: { description: 'Social insurance agency.' },
    LABOUR: { description: 'Labour authority and competent inspectorate.' },
    UNION: { description: 'Federation of labour.' },
    PRESS: { description: 'Accredited press agency.' },
    AUDITOR: { description: 'State or internal audit.' },
    STEWARD: { description: 'Who runs the sharing.' },
  } satisfies Record<(typeof roles)[number], object>,
});

export const TopicEnum = builder.enumType('Topic', {
  description: 'What a grant is about; scope is decided topic by topic.',
  values: {
    ENROLLMENT: { description: 'Participants, coverage, plans.' },
    FINANCE: { description: 'Revenue, receivables, debt totals.' },
    POPULATION: { description: 'Population and territory figures.' },
    DEBT: { description: 'Contribution debt of employers.' },
    CAMPAIGN: { description: 'Communication campaigns.' },
    PARTNER: { description: 'Coordination partners.' },
    REGISTER: { description: 'Agencies, applications, issuers and grants.' },
    ACCESS_LOG: { description: 'Who read what.' },
    CHANGE_LOG: { description: 'Who changed what.' },
  } satisfies Record<(typeof topics)[number], object>,
});

const ReachEnum = builder.enumType('Reach', {
  description: 'How deep a grant reaches.',
  values: {
    PUBLISHED: { description: 'What is published, everywhere.' },
    INTERNAL: { description: 'Internal rows of the territory too, and what is published elsewhere.' },
  } as const,
});

const GrantKindEnum = builder.enumType('GrantKind', {
  description: 'What a grant rests on.',
  values: {
    AGREEMENT: { description: 'An agreement of provider and consumer.' },
    STATUTORY: { description: 'A law.' },
    ACCREDITATION: { description: 'The accreditation of a press agency.' },
  } as const,
});

export const GrantStateEnum = builder.enumType('GrantState', {
  description: 'Where a grant is in its life; only ACTIVE ones count, between their dates.',
  values: {
    DRAFT: { description: 'Being written.' },
    PROPOSED: { description: 'Awaiting the provider’s approval.' },
    ACTIVE: { description: 'Approved by the provider.' },
    SUSPENDED: { description: 'Not to be used for now.' },
    ENDED: { description: 'Over.' },
  } as const,
});

const RegisterStateEnum = builder.enumType('RegisterState', {
  description: 'Where an entry of the register is in its life; only ACTIVE ones count.',
  values: {
    PROPOSED: { description: 'Awaiting the second person.' },
    ACTIVE: { description: 'In force.' },
    SUSPENDED: { description: 'Not to be used for now.' },
    ENDED: { description: 'Over.' },
  } as const,
});

const GrantTopicRef = builder
  .objectRef<{ topic: string; reach: string }>('GrantTopic')
  .implement({
    description: 'A topic of a grant.',
    fields: (t) => ({
      topic: t.field({ type: TopicEnum, description: 'Which.', resolve: (g) => g.topic as never }),
      reach: t.field({ type: ReachEnum, description: 'How deep.', resolve: (g) => g.reach as never }),
    }),
  });

// ------------------------------------------------------------------ the caller

const HeldGrantRef = builder.objectRef<HeldGrant>('HeldGrant').implement({
  description: 'A grant that the caller’s agency holds, in force or not.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code, as errors and access records name it.' }),
    kind: t.field({ type: GrantKindEnum, description: 'Its basis.', resolve: (g) => g.kind as never }),
    state: t.field({ type: GrantStateEnum, description: 'Its state.', resolve: (g) => g.state as never }),
    effective: t.exposeBoolean('effective', {
      description: 'Whether it counts today: active, between its dates, its provider active.',
    }),
    legalBasis: t.exposeString('legalBasis', { description: 'The act or agreement.' }),
    provider: t.exposeString('providerId', { description: 'Code of the agency whose data it opens.' }),
    validFrom: t.field({
      type: 'Date',
      description: 'First day.',
      resolve: (g) => parseDay(g.validFrom) as Date,
    }),
    validTo: t.field({
      type: 'Date',
      nullable: true,
      description: 'Last day; null when open.',
      resolve: (g) => (g.validTo === null ? null : parseDay(g.validTo)),
    }),
    purposes: t.stringList({
      description: 'Purposes it serves, the main one first; list PURPOSE.',
      resolve: (g) => [...g.purposes],
    }),
    topics: t.field({ type: [GrantTopicRef], description: 'What it is about.', resolve: (g) => [...g.topics] }),
    areaIds: t.stringList({
      description: 'The areas that it names, as code@vintage.',
      resolve: (g) => [...g.areas],
    }),
  }),
});

export interface TopicTerritory {
  readonly topic: string;
  readonly reach: string;
  readonly areaIds: readonly string[];
}

/** What the request reaches, topic by topic. */
export function territoryByTopic({ scope }: Principal): TopicTerritory[] {
  return scope.topics.map((topic) => {
    const own = (list: readonly string[]) =>
      list
        .filter((entry) => entry.startsWith(`${topic}|`))
        .map((entry) => entry.slice(topic.length + 1));
    const national = scope.national.includes(topic) ? ['VN@2025-06'] : [];
    const areaIds = [...national, ...own(scope.provinces), ...own(scope.areas)];
    return { topic, reach: areaIds.length > 0 ? 'INTERNAL' : 'PUBLISHED', areaIds };
  });
}

const TopicTerritoryRef = builder.objectRef<TopicTerritory>('TopicTerritory').implement({
  description: 'How far the request reaches in one topic.',
  fields: (t) => ({
    topic: t.field({ type: TopicEnum, description: 'Which topic.', resolve: (s) => s.topic as never }),
    reach: t.field({
      type: ReachEnum,
      description: 'INTERNAL where internal rows are in reach; published rows are in reach everywhere.',
      resolve: (s) => s.reach as never,
    }),
    areaIds: t.stringList({
      description:
        'Areas whose internal rows are in reach, as code@vintage, with all that lies in them and the predecessors that lie wholly in them.',
      resolve: (s) => [...s.areaIds],
    }),
  }),
});

const LimitRef = builder.objectRef<{ name: string; value: number; unit: string }>('Limit').implement({
  description: 'One limit on a request.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What is limited.' }),
    value: t.exposeInt('value', { description: 'The most that is taken.' }),
    unit: t.exposeString('unit', { description: 'Of what.' }),
  }),
});

export const ViewerRef = builder.objectRef<Principal>('Viewer').implement({
  description: 'Who the gateway takes the caller to be, and what this request may reach.',
  fields: (t) => ({
    agency: t.string({ description: 'Code of the agency.', resolve: (p) => p.agency.id }),
    agencyNameVi: t.string({ description: 'Its Vietnamese name.', resolve: (p) => p.agency.nameVi }),
    agencyNameEn: t.string({ description: 'Its English name.', resolve: (p) => p.agency.nameEn }),
    application: t.exposeString('applicationId', { description: 'The program that asks (client_id).' }),
    role: t.field({ type: RoleEnum, description: 'The role, from the register.', resolve: (p) => p.role }),
    purpose: t.exposeString('purpose', {
      nullable: true,
      description: 'The purpose of this request; null when none or an unusable one was named.',
    }),
    purposes: t.stringList({
      description: 'Purposes that the agency’s effective grants serve, main ones first.',
      resolve: (p) => [
        ...new Set(p.grants.filter((grant) => grant.effective).flatMap((grant) => grant.purposes)),
      ],
    }),
    territory: t.field({
      type: [TopicTerritoryRef],
      description: 'What this request reaches, topic by topic; empty without a usable purpose.',
      resolve: territoryByTopic,
    }),
    grants: t.field({
      type: [HeldGrantRef],
      description: 'All grants of the agency.',
      resolve: (p) => [...p.grants],
    }),
    limits: t.field({
      type: [LimitRef],
      description: 'The limits on every request.',
      resolve: () => [
        ...Object.entries(limits).map(([name, { value, unit }]) => ({ name, value, unit })),
        { name: 'firstDefault', value: firstDefault, unit: 'rows' },
        { name: 'firstMax', value: firstMax, unit: 'rows' },
      ],
    }),
  }),
});

// ------------------------------------------------------------------ the register

const ApplicationRef = builder.prismaObject('Application', {
  description: 'A program of an agency.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its client_id.' }),
    name: t.exposeString('name', { description: 'What it is.' }),
    state: t.field({ type: RegisterStateEnum, description: 'Its state.', resolve: (a) => a.state as never }),
  }),
});

const IssuerRef = builder.prismaObject('Issuer', {
  description: 'A token issuer.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its iss.' }),
    name: t.exposeString('name', { description: 'Who runs it.' }),
    kind: t.exposeString('kind', { description: 'DEVELOPMENT, FILE or REMOTE: where its keys are.' }),
    jwksUri: t.exposeString('jwksUri', { description: 'The address of its keys.' }),
    state: t.field({ type: RegisterStateEnum, description: 'Its state.', resolve: (i) => i.state as never }),
  }),
});

export const AgencyRef = builder.prismaNode('Agency', {
  id: { field: 'id' },
  description: 'An agency that may ask.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    nameVi: t.exposeString('nameVi', { description: 'The Vietnamese name.' }),
    nameEn: t.exposeString('nameEn', { description: 'The English name.' }),
    role: t.field({ type: RoleEnum, description: 'Its one role.', resolve: (a) => a.role as never }),
    state: t.field({ type: RegisterStateEnum, description: 'Its state.', resolve: (a) => a.state as never }),
    registeredAt: t.expose('registeredAt', { type: 'DateTime', description: 'When it was registered.' }),
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
  id: { field: 'id' },
  description: 'What an agency may read, from whom, on what basis, for what and until when.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    kind: t.field({ type: GrantKindEnum, description: 'Its basis.', resolve: (g) => g.kind as never }),
    state: t.field({ type: GrantStateEnum, description: 'Its state.', resolve: (g) => g.state as never }),
    legalBasis: t.exposeString('legalBasis', { description: 'The act or agreement.' }),
    validFrom: t.expose('validFrom', { type: 'Date', description: 'First day.' }),
    validTo: t.expose('validTo', { type: 'Date', nullable: true, description: 'Last day, if any.' }),
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
      type: ['Area' as never],
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
