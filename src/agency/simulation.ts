/** Another role's schema and the scope that a grant would give it, for auditors; never data. */
import { findAreas, type AreaKey } from '../area/data.ts';
import { openToAll, scopeOf, type Reach } from '../identity/principal.ts';
import { builder } from '../platform/builder.ts';
import type { Context } from '../platform/context.ts';
import type { Contract } from '../policy/contract.ts';
import { topics as allTopics, type Role, type Topic } from '../policy/types.ts';
import { readTerritory } from './data.ts';
import { territoryByTopic, TopicTerritoryRef, type TopicTerritory } from './viewer.ts';
import { ReachEnum, RoleEnum, TopicEnum } from './vocabulary.ts';

interface Simulation {
  readonly role: Role;
  readonly sdl: string;
  readonly schemaVersion: string;
  readonly policyVersion: string;
  readonly territory: readonly string[];
  readonly scope: readonly TopicTerritory[];
}

interface SimulatedGrant {
  readonly role: Role;
  readonly territory?: readonly AreaKey[] | null | undefined;
  readonly topics?: readonly { topic: Topic; reach: Reach }[] | null | undefined;
}

/** The topics that the role's own root fields ask for. */
export function topicsOfRole({ policy, byRole }: Contract, role: Role): Topic[] {
  const asked = new Set(
    [...byRole[role].names].flatMap((name) => {
      const { needs = [] } = policy[name] ?? {};
      return typeof needs === 'string' ? [] : needs;
    }),
  );
  return allTopics.filter((topic) => asked.has(topic));
}

/** What the grant would reach, by the code that decides it for real ones. */
export async function simulate(context: Context, asked: SimulatedGrant): Promise<Simulation> {
  const { contract, principal, draft } = context;
  const { role } = asked;
  const named = asked.territory ?? [];
  const areas = named.length > 0 ? await findAreas(context, named) : [];
  for (const { id } of areas) draft.areas.add(id);
  const ids = areas.map(({ id }) => id);
  const territory = ids.length > 0 ? await readTerritory(context, ids) : [];
  const most = () =>
    topicsOfRole(contract, role).map((topic) => ({ topic, reach: 'INTERNAL' as const }));
  const grant = { territory, topics: asked.topics ?? most() };
  const { sdl, version } = contract.byRole[role];
  return {
    role,
    sdl,
    schemaVersion: version,
    policyVersion: contract.policyVersion,
    territory: territory.map(({ id }) => id),
    scope: territoryByTopic({ scope: scopeOf('', principal.scope.instant, [grant], openToAll) }),
  };
}

export const GrantTopicInput = builder.inputType('GrantTopicInput', {
  description: 'A topic of a grant that does not exist, to see what it would reach.',
  fields: (t) => ({
    topic: t.field({ type: TopicEnum, required: true, description: 'Which topic.' }),
    reach: t.field({
      type: ReachEnum,
      required: true,
      description: 'How deep; of a topic named twice the deepest counts.',
    }),
  }),
});

export const SimulationRef = builder.objectRef<Simulation>('Simulation').implement({
  description: 'What a role would meet: its schema, and how far a grant would reach. No data.',
  fields: (t) => ({
    role: t.field({ type: RoleEnum, description: 'Whose.', resolve: ({ role }) => role }),
    sdl: t.exposeString('sdl', {
      description: 'The role’s own schema as SDL, as GET /schema answers it.',
    }),
    schemaVersion: t.exposeString('schemaVersion', {
      description: 'Version of that schema, as access records name it.',
    }),
    policyVersion: t.exposeString('policyVersion', {
      description: 'Version of the policy, as access records name it.',
    }),
    territory: t.stringList({
      description:
        'The named areas with all that lies in them and the predecessors that lie wholly in them, as code@vintage.',
      resolve: ({ territory }) => [...territory],
    }),
    scope: t.field({
      type: [TopicTerritoryRef],
      description: 'What a grant of the topics over the territory would reach; empty without one.',
      resolve: ({ scope }) => [...scope],
    }),
  }),
});
