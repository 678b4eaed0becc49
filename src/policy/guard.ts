/** Gate 2: graphql-shield on every root field, in the one form that is neither slow nor leaky. */
import { applyMiddleware } from 'graphql-middleware';
import { deny, rule, shield } from 'graphql-shield';
import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { Need, PolicyTable } from './types.ts';

/** Says why a request may not have what a root field needs: an error to throw, or null. */
export type Refusal<Context> = (context: Context, needs: Need) => Error | null;

/** The rule of each field of a root type; one without an entry, or without a need, has none. */
function rulesOf<Context>(
  rootType: GraphQLObjectType,
  table: PolicyTable,
  refusal: Refusal<Context>,
) {
  return Object.fromEntries(
    Object.keys(rootType.getFields()).flatMap((name) => {
      const needs = table[`${rootType.name}.${name}`]?.needs;
      if (!needs) return [];
      const check = rule({ cache: 'no_cache' })(
        (_parent, _args, context: Context) => refusal(context, needs) ?? true,
      );
      return [[name, check]];
    }),
  );
}

/**
 * Wraps the fields of queries and mutations only: shield would wrap every field of every type, at many
 * times the cost. A root field without an entry meets the fallback, which denies; a mutation's check
 * runs before its resolver. No cache: shield's ignores arguments.
 */
export function guard<Context>(
  schema: GraphQLSchema,
  table: PolicyTable,
  refusal: Refusal<Context>,
  forbidden: () => Error,
): GraphQLSchema {
  const queryType = schema.getQueryType();
  if (!queryType) throw new Error('The schema has no queries.');
  if (schema.getSubscriptionType()) {
    throw new Error('Subscriptions are not guarded: give them their rules first.');
  }
  const mutationType = schema.getMutationType();
  const guardedTypes = mutationType ? [queryType, mutationType] : [queryType];
  const rules = Object.fromEntries(
    guardedTypes.map((type) => [type.name, { '*': deny, ...rulesOf(type, table, refusal) }]),
  );
  const generated = shield(rules, {
    fallbackRule: deny,
    fallbackError: forbidden,
    allowExternalErrors: true,
  }).generate(schema) as unknown as { middleware?: Record<string, unknown> } & Record<
    string,
    unknown
  >;
  const middleware = generated['middleware'] ?? generated;
  const own = guardedTypes.map(({ name }) => [name, middleware[name]]);
  return applyMiddleware(schema, Object.fromEntries(own) as never);
}
