/** Gate 2: graphql-shield on every root field, in the one form that is neither slow nor leaky. */
import { applyMiddleware } from 'graphql-middleware';
import { deny, rule, shield } from 'graphql-shield';
import type { GraphQLSchema } from 'graphql';
import type { Need, PolicyTable } from './types.ts';

/** Says why a request may not have what a root field needs: an error to throw, or null. */
export type Refusal<Context> = (context: Context, needs: Need) => Error | null;

/**
 * Wraps the root fields only: shield would wrap every field of every type, at many times the cost.
 * A root field without an entry meets the fallback, which denies. No cache: shield's ignores arguments.
 */
export function guard<Context>(
  schema: GraphQLSchema,
  table: PolicyTable,
  refusal: Refusal<Context>,
  forbidden: () => Error,
): GraphQLSchema {
  const queryType = schema.getQueryType();
  if (!queryType) throw new Error('The schema has no queries.');
  if (schema.getMutationType() || schema.getSubscriptionType()) {
    throw new Error('Only queries are guarded: give the other root types their rules first.');
  }
  const rules = Object.fromEntries(
    Object.keys(queryType.getFields()).flatMap((name) => {
      const needs = table[`${queryType.name}.${name}`]?.needs;
      if (!needs) return [];
      const check = rule({ cache: 'no_cache' })(
        (_parent, _args, context: Context) => refusal(context, needs) ?? true,
      );
      return [[name, check]];
    }),
  );
  const generated = shield(
    { [queryType.name]: { '*': deny, ...rules } },
    { fallbackRule: deny, fallbackError: forbidden, allowExternalErrors: true },
  ).generate(schema) as unknown as { middleware?: Record<string, unknown> } & Record<
    string,
    unknown
  >;
  const middleware = generated['middleware'] ?? generated;
  return applyMiddleware(schema, { [queryType.name]: middleware[queryType.name] } as never);
}
