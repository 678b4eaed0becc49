/** Every name of a schema as a coordinate, with what kind of name it is and what it holds. */
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

export const kinds = ['TYPE', 'FIELD', 'ARGUMENT', 'INPUT_FIELD', 'ENUM_VALUE'] as const;
export type Kind = (typeof kinds)[number];

export interface Name {
  readonly kind: Kind;
  /** Of a type what it is, such as "object Node"; of its members their type; a value has none. */
  readonly type?: string;
}

const sortedNames = (types: readonly GraphQLNamedType[]) => types.map(({ name }) => name).sort();

function natureOf(type: GraphQLNamedType): string {
  if (isObjectType(type)) return ['object', ...sortedNames(type.getInterfaces())].join(' ');
  if (isInterfaceType(type)) return ['interface', ...sortedNames(type.getInterfaces())].join(' ');
  if (isUnionType(type)) return ['union', ...sortedNames(type.getTypes())].join(' ');
  if (isInputObjectType(type)) return type.isOneOf ? 'input oneOf' : 'input';
  return isEnumType(type) ? 'enum' : 'scalar';
}

function membersOf(type: GraphQLNamedType): [string, Name][] {
  if (isEnumType(type)) {
    const name: Name = { kind: 'ENUM_VALUE' };
    return type.getValues().map((value) => [`${type.name}.${value.name}`, name]);
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => {
      return [`${type.name}.${field.name}`, { kind: 'INPUT_FIELD', type: String(field.type) }];
    });
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field): [string, Name][] => {
    const coordinate = `${type.name}.${field.name}`;
    const args = field.args.map((arg): [string, Name] => {
      return [`${coordinate}(${arg.name}:)`, { kind: 'ARGUMENT', type: String(arg.type) }];
    });
    return [[coordinate, { kind: 'FIELD', type: String(field.type) }], ...args];
  });
}

/** A schema does not change once it is built, and thousands of comparisons ask for its names. */
const known = new WeakMap<GraphQLSchema, ReadonlyMap<string, Name>>();

/** By coordinate (GraphQL specification, "Schema Coordinates"); GraphQL's own names are left out. */
export function namesOf(schema: GraphQLSchema): ReadonlyMap<string, Name> {
  const names = known.get(schema) ?? collectNames(schema);
  known.set(schema, names);
  return names;
}

function collectNames(schema: GraphQLSchema): ReadonlyMap<string, Name> {
  const own = Object.values(schema.getTypeMap()).filter(
    (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
  );
  const found = own.flatMap((type): [string, Name][] => [
    [type.name, { kind: 'TYPE', type: natureOf(type) }],
    ...membersOf(type),
  ]);
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The root types that a schema has: what is asked of them says what it needs of the request. */
export function rootTypes(schema: GraphQLSchema): string[] {
  const found = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return found.flatMap((type) => (type ? [type.name] : []));
}
