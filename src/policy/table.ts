/** Short ways to write policy entries, and the check that none is missing and none is idle. */
import type { GraphQLSchema } from 'graphql';
import { namesOf, rootTypes } from './names.ts';
import type { Need, PolicyEntry, PolicyTable, Role } from './types.ts';

type Roles = readonly Role[];

function entries(names: readonly string[], entry: PolicyEntry): PolicyTable {
  return Object.fromEntries(names.map((name) => [name, entry]));
}

const words = (list: string) => list.split(/\s+/).filter(Boolean);

/** A type and its fields, input fields or enum values, all for the same roles. */
export function type(name: string, roles: Roles, members = ''): PolicyTable {
  return entries([name, ...words(members).map((member) => `${name}.${member}`)], { roles });
}

/** Members of a type for other roles than the type's. */
export function members(name: string, roles: Roles, list: string): PolicyTable {
  return entries(
    words(list).map((member) => `${name}.${member}`),
    { roles },
  );
}

/** The arguments of a field that is already listed. */
export function args(coordinate: string, roles: Roles, list: string): PolicyTable {
  return entries(
    words(list).map((name) => `${coordinate}(${name}:)`),
    { roles },
  );
}

function rootField(coordinate: string, roles: Roles, needs: Need, list: string): PolicyTable {
  return { [coordinate]: { roles, needs }, ...args(coordinate, roles, list) };
}

/** A query with what it needs of the request, and its arguments. */
export function root(name: string, roles: Roles, needs: Need, list = ''): PolicyTable {
  return rootField(`Query.${name}`, roles, needs, list);
}

/** A mutation with what it needs of the request, and its arguments. */
export function mutation(name: string, roles: Roles, needs: Need, list = ''): PolicyTable {
  return rootField(`Mutation.${name}`, roles, needs, list);
}

/** The connection and edge types of a node type. */
export function connection(node: string, roles: Roles): PolicyTable {
  return {
    ...type(`${node}Connection`, roles, 'edges nodes pageInfo totalCount'),
    ...type(`${node}Edge`, roles, 'node cursor'),
  };
}

/** Joins the domains' tables; an entry that two of them claim is a mistake. */
export function joinTables(tables: readonly PolicyTable[]): PolicyTable {
  const joined: Record<string, PolicyEntry> = {};
  for (const table of tables) {
    for (const [coordinate, entry] of Object.entries(table)) {
      if (joined[coordinate]) throw new Error(`Two policy tables claim ${coordinate}.`);
      joined[coordinate] = entry;
    }
  }
  return joined;
}

/** Every coordinate that needs an entry: types, fields, arguments, input fields and enum values. */
export function coordinates(schema: GraphQLSchema): string[] {
  return [...namesOf(schema).keys()];
}

/** Throws unless names and entries are the same set, and every root field says what it needs. */
export function assertComplete(schema: GraphQLSchema, table: PolicyTable): void {
  const names = namesOf(schema);
  const roots = new Set(rootTypes(schema));
  const isRootField = (name: string) =>
    names.get(name)?.kind === 'FIELD' && roots.has(name.split('.')[0] ?? '');
  const missing = [...names.keys()].filter((name) => !table[name]);
  const listed = Object.keys(table);
  const idle = listed.filter((name) => !names.has(name));
  const known = listed.filter((name) => names.has(name));
  const unconditional = known.filter((name) => isRootField(name) && !table[name]?.needs);
  const unheard = known.filter((name) => !isRootField(name) && table[name]?.needs);
  const complaints = [
    ...missing.map((name) => `${name} has no policy entry`),
    ...idle.map((name) => `the policy entry ${name} names nothing`),
    ...unconditional.map((name) => `the root field ${name} does not say what it needs`),
    ...unheard.map((name) => `${name} is no root field, so nothing asks for what it needs`),
  ];
  if (complaints.length > 0) throw new Error(`The policy is not whole:\n${complaints.join('\n')}`);
}
