/** policy.json: the whole policy as one file that a program can read, compare and keep. */
import { createHash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { z } from 'zod';
import { kinds, namesOf } from './names.ts';
import { roles, topics, type PolicyTable } from './types.ts';

const needShape = z.union([z.literal(['NOTHING', 'ANY_GRANT']), z.array(z.enum(topics))]);

export const stateEntryShape = z.strictObject({
  kind: z.enum(kinds),
  /** Not of enum values. */
  type: z.string().optional(),
  roles: z.array(z.enum(roles)),
  /** Root fields only. */
  needs: needShape.optional(),
});
export type StateEntry = z.output<typeof stateEntryShape>;

/** Every name with what it is, who has it and, for a root field, what it needs. */
export type PolicyState = Readonly<Record<string, StateEntry>>;

export const namesShape = z.record(z.string(), stateEntryShape);
const fileShape = z.strictObject({ names: namesShape });

/** In one order, so that the same policy is the same text however its table is written. */
export function stateOf(schema: GraphQLSchema, table: PolicyTable): PolicyState {
  return Object.fromEntries(
    [...namesOf(schema)].map(([coordinate, name]) => {
      const { roles: allowed = [], needs } = table[coordinate] ?? {};
      const inOrder = roles.filter((role) => allowed.includes(role));
      const entry: StateEntry = { ...name, roles: inOrder };
      if (needs === undefined) return [coordinate, entry];
      const sorted =
        typeof needs === 'string' ? needs : topics.filter((topic) => needs.includes(topic));
      return [coordinate, { ...entry, needs: sorted }];
    }),
  );
}

/** An object with one line for each of its names, so that a change is a line in a diff. */
export function printLines(names: Readonly<Record<string, unknown>>, indent: string): string {
  const sorted = Object.keys(names).sort();
  if (sorted.length === 0) return '{}';
  const lines = sorted.map(
    (name) => `${indent}  ${JSON.stringify(name)}: ${JSON.stringify(names[name])}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

export function printState(state: PolicyState): string {
  return `{\n  "names": ${printLines(state, '  ')}\n}\n`;
}

/** Of the printed text: `sha256sum schema/policy.json` says the same. */
export function digestOf(state: PolicyState): string {
  return createHash('sha256').update(printState(state)).digest('hex');
}

/** Reads what a file holds; throws a sentence that says where it is not of its shape. */
export function parseWith<T>(shape: z.ZodType<T>, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('It is no JSON.');
  }
  const { success, data, error } = shape.safeParse(value);
  if (success) return data;
  throw new Error(z.prettifyError(error));
}

export function parseState(text: string): PolicyState {
  return parseWith(fileShape, text).names;
}
