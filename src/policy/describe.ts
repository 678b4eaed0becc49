/** The full schema with each field's roles in its description, for readers of the printed contract. */
import { MapperKind, mapSchema } from '@graphql-tools/utils';
import type { GraphQLSchema } from 'graphql';
import { roles, type PolicyTable } from './types.ts';

export function describeRoles(schema: GraphQLSchema, table: PolicyTable): GraphQLSchema {
  const withRoles = (description: string | null | undefined, coordinate: string) => {
    const entry = table[coordinate];
    const who = entry?.roles.length === roles.length ? 'every role' : entry?.roles.join(', ');
    return `${description ?? ''}\n\nRoles: ${who ?? 'none'}.`.trim();
  };
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (config, field, type) => ({
      ...config,
      description: withRoles(config.description, `${type}.${field}`),
    }),
  });
}
