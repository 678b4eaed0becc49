/** Mutations meet the same gate as queries: each says what it needs, and is refused before it acts. */
import { buildSchema, graphql, type GraphQLSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { guard } from '../../src/policy/guard.ts';
import { printPermissions } from '../../src/policy/permissions.ts';
import { assertComplete, mutation, root, type } from '../../src/policy/table.ts';
import { roles, type PolicyTable } from '../../src/policy/types.ts';

const sdl = `
  type Query { health: String }
  type Mutation { endGrant(code: String): String  registerAgency: String  viewer: String }
`;
const schema = buildSchema(sdl);
const table: PolicyTable = {
  ...type('Query', roles),
  ...root('health', roles, 'NOTHING'),
  ...type('Mutation', ['SI', 'STEWARD']),
  ...mutation('endGrant', ['SI'], ['ENROLLMENT'], 'code'),
  ...mutation('registerAgency', ['STEWARD'], ['REGISTER']),
  ...mutation('viewer', ['STEWARD'], 'NOTHING'),
};

describe('the table of mutations is whole or the build stops', () => {
  test('a whole one passes', () => {
    expect(() => assertComplete(schema, table)).not.toThrow();
  });

  test.each(Object.keys(table))('%s may not be missing', (name) => {
    const rest = Object.fromEntries(Object.entries(table).filter(([key]) => key !== name));
    expect(() => assertComplete(schema, rest)).toThrow(`${name} has no policy entry`);
  });

  test.each(['endGrant', 'registerAgency', 'viewer'])('%s must say what it needs', (name) => {
    const entry = { [`Mutation.${name}`]: { roles } };
    expect(() => assertComplete(schema, { ...table, ...entry })).toThrow(
      `the root field Mutation.${name} does not say what it needs`,
    );
  });

  test.each(['Mutation', 'Mutation.endGrant(code:)'])('%s is nothing that is asked', (name) => {
    const entry = { [name]: { roles, needs: 'NOTHING' } } as const;
    expect(() => assertComplete(schema, { ...table, ...entry })).toThrow(
      `${name} is no root field, so nothing asks for what it needs`,
    );
  });

  test('auditors read what a mutation needs', () => {
    expect(printPermissions(schema, table)).toContain(
      '| `Mutation.endGrant` | yes | · | · | · | · | · | a purpose and a grant for it of ENROLLMENT |',
    );
  });
});

describe('the guard of mutations', () => {
  const guarded = (entries: PolicyTable, refused: string[] = []) =>
    guard(
      buildSchema(sdl),
      entries,
      (_context, needs) => (refused.includes(String(needs)) ? new Error('not granted') : null),
      () => new Error('forbidden'),
    );
  async function act(on: GraphQLSchema, source: string) {
    const acted: string[] = [];
    const does = (name: string) => () => {
      acted.push(name);
      return name;
    };
    const rootValue = {
      health: 'well',
      endGrant: does('endGrant'),
      registerAgency: does('registerAgency'),
      viewer: does('viewer'),
    };
    const { data, errors = [] } = await graphql({
      schema: on,
      source,
      rootValue,
      contextValue: {},
    });
    return { data, errors: errors.map(({ message }) => message), acted };
  }

  test('one whose need is met acts', async () => {
    expect(await act(guarded(table), 'mutation { endGrant(code: "a") registerAgency }')).toEqual({
      data: { endGrant: 'endGrant', registerAgency: 'registerAgency' },
      errors: [],
      acted: ['endGrant', 'registerAgency'],
    });
  });

  test('a refusal comes before the act, and stops that one only', async () => {
    const on = guarded(table, ['ENROLLMENT']);
    expect(await act(on, 'mutation { endGrant registerAgency again: endGrant }')).toEqual({
      data: { endGrant: null, registerAgency: 'registerAgency', again: null },
      errors: ['not granted', 'not granted'],
      acted: ['registerAgency'],
    });
  });

  test.each([
    ['an empty table', {}],
    ['an entry without a need', { 'Mutation.endGrant': { roles } }],
    ['the need of a query of that name', root('endGrant', roles, 'NOTHING')],
  ] satisfies [string, PolicyTable][])('%s denies', async (_name, entries) => {
    expect(await act(guarded(entries), 'mutation { endGrant }')).toEqual({
      data: { endGrant: null },
      errors: ['forbidden'],
      acted: [],
    });
  });

  test('queries beside mutations keep their own rules', async () => {
    expect(await act(guarded(table, ['NOTHING']), '{ health }')).toEqual({
      data: { health: null },
      errors: ['not granted'],
      acted: [],
    });
  });

  test('a schema with subscriptions has no guard and is not opened', () => {
    const streaming = buildSchema('type Query { a: Int } type Subscription { a: Int }');
    const build = () =>
      guard(
        streaming,
        {},
        () => null,
        () => new Error(''),
      );
    expect(build).toThrow('Subscriptions are not guarded');
  });
});
