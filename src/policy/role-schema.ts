/** Gate 1: from the full schema to one role's own, in which the rest does not exist. */
import { MapperKind, mapSchema, pruneSchema } from '@graphql-tools/utils';
import type { GraphQLFieldConfig, GraphQLSchema } from 'graphql';
import type { PolicyTable, Role } from './types.ts';

/** Deny by default: a coordinate without an entry is nobody's. */
export function mayUse(table: PolicyTable, role: Role, coordinate: string): boolean {
  return table[coordinate]?.roles.includes(role) ?? false;
}

export function roleSchema(full: GraphQLSchema, table: PolicyTable, role: Role): GraphQLSchema {
  const may = (coordinate: string) => mayUse(table, role, coordinate);
  const field = <T extends GraphQLFieldConfig<unknown, unknown>>(
    config: T,
    fieldName: string,
    typeName: string,
  ) => {
    if (!may(`${typeName}.${fieldName}`)) return null;
    const args = Object.entries(config.args ?? {}).filter(([name]) =>
      may(`${typeName}.${fieldName}(${name}:)`),
    );
    return { ...config, args: Object.fromEntries(args) };
  };
  const mapped = mapSchema(full, {
    [MapperKind.TYPE]: (named) =>
      named.name.startsWith('__') || specified.has(named.name) || may(named.name)
        ? undefined
        : null,
    [MapperKind.OBJECT_FIELD]: field,
    [MapperKind.INTERFACE_FIELD]: field,
    [MapperKind.INPUT_OBJECT_FIELD]: (config, fieldName, typeName) =>
      may(`${typeName}.${fieldName}`) ? config : null,
    [MapperKind.ENUM_VALUE]: (config, typeName, _schema, value) =>
      may(`${typeName}.${value}`) ? config : null,
  });
  return pruneSchema(mapped);
}

const specified = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);
