/** The caller in the schema: who it is taken to be and what its request may reach. */
import type { HeldGrant, Principal } from '../identity/principal.ts';
import { builder } from '../platform/builder.ts';
import { firstDefault, firstMax } from '../platform/connection.ts';
import { limits } from '../platform/limits.ts';
import { parseDay } from '../platform/scalars.ts';
import { RenewalRef } from './renewal.ts';
import {
  GrantKindEnum,
  GrantStateEnum,
  GrantTopicRef,
  ReachEnum,
  RoleEnum,
  TopicEnum,
} from './vocabulary.ts';

const HeldGrantRef = builder.objectRef<HeldGrant>('HeldGrant').implement({
  description: 'A grant that the caller’s agency holds, in force or not.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code, as errors and access records name it.' }),
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
    effective: t.exposeBoolean('effective', {
      description: 'Whether it counts today: active, between its dates, its provider active.',
    }),
    legalBasis: t.exposeString('legalBasis', { description: 'The act or agreement.' }),
    provider: t.exposeString('providerId', {
      description: 'Code of the agency whose data it opens.',
    }),
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
    topics: t.field({
      type: [GrantTopicRef],
      description: 'What it is about.',
      resolve: (g) => [...g.topics],
    }),
    areaIds: t.stringList({
      description: 'The areas that it names, as code@vintage.',
      resolve: (g) => [...g.areas],
    }),
    renewal: t.field({
      type: RenewalRef,
      nullable: true,
      description: 'What it no longer reaches of its areas; null while it reaches all.',
      resolve: (g) => g.renewal,
    }),
  }),
});

export interface TopicTerritory {
  readonly topic: string;
  readonly reach: string;
  readonly areaIds: readonly string[];
}

const country = 'VN@2025-06';

/** What a scope reaches, topic by topic. */
export function territoryByTopic({ scope }: Pick<Principal, 'scope'>): TopicTerritory[] {
  return scope.topics.map((topic) => {
    const own = (list: readonly string[]) =>
      list
        .filter((entry) => entry.startsWith(`${topic}|`))
        .map((entry) => entry.slice(topic.length + 1));
    const national = scope.national.includes(topic) ? [country] : [];
    const areaIds = [...national, ...own(scope.provinces), ...own(scope.areas)];
    if (areaIds.length > 0) return { topic, reach: 'INTERNAL', areaIds };
    const asParty = own(scope.parties).map((id) => (id === '*' ? country : id));
    return { topic, reach: asParty.length > 0 ? 'PARTY' : 'PUBLISHED', areaIds: asParty };
  });
}

export const TopicTerritoryRef = builder.objectRef<TopicTerritory>('TopicTerritory').implement({
  description: 'How far the request reaches in one topic.',
  fields: (t) => ({
    topic: t.field({
      type: TopicEnum,
      description: 'Which topic.',
      resolve: (s) => s.topic as never,
    }),
    reach: t.field({
      type: ReachEnum,
      description:
        'INTERNAL where internal rows are in reach, PARTY where those are to which the agency is a party; published rows are in reach everywhere.',
      resolve: (s) => s.reach as never,
    }),
    areaIds: t.stringList({
      description:
        'Areas in which the reach holds, as code@vintage, with all that lies in them and the predecessors that lie wholly in them; empty for PUBLISHED.',
      resolve: (s) => [...s.areaIds],
    }),
  }),
});

const LimitRef = builder
  .objectRef<{ name: string; value: number; unit: string }>('Limit')
  .implement({
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
    agencyNameVi: t.string({
      description: 'Its Vietnamese name.',
      resolve: (p) => p.agency.nameVi,
    }),
    agencyNameEn: t.string({ description: 'Its English name.', resolve: (p) => p.agency.nameEn }),
    application: t.exposeString('applicationId', {
      description: 'The program that asks (client_id).',
    }),
    role: t.field({
      type: RoleEnum,
      description: 'The role, from the register.',
      resolve: (p) => p.role,
    }),
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
