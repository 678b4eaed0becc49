/** Deny by default: what no table lists does not exist, and a table that is not whole stops the build. */
import { buildSchema, graphql, type GraphQLSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { guard } from '../../src/policy/guard.ts';
import { roleSchema } from '../../src/policy/role-schema.ts';
import { assertComplete, coordinates, joinTables, root, type } from '../../src/policy/table.ts';
import { roles, type PolicyTable, type Role } from '../../src/policy/types.ts';
import { buildSchemas, policyTable } from '../../src/schema.ts';

const sdl = `
  type Query { figures(first: Int, where: Filter): [Figure!]  notes: [Note!]  health: String }
  interface Named { name: String }
  type Figure implements Named { name: String  value(unit: Unit): String  secret: String }
  type Note { text: String }
  enum Unit { PERSONS  HOUSEHOLDS }
  input Filter { area: String  hidden: Boolean }
`;

const table: PolicyTable = {
  ...type('Query', ['SI', 'PRESS']),
  ...root('figures', ['SI', 'PRESS'], ['ENROLLMENT'], 'first where'),
  ...root('notes', ['SI'], 'ANY_GRANT'),
  ...root('health', ['SI', 'PRESS'], 'NOTHING'),
  ...type('Named', ['SI', 'PRESS'], 'name'),
  ...type('Figure', ['SI', 'PRESS'], 'name value'),
  'Figure.secret': { roles: ['SI'] },
  'Figure.value(unit:)': { roles: ['SI'] },
  ...type('Note', ['SI'], 'text'),
  ...type('Unit', ['SI', 'PRESS'], 'PERSONS'),
  'Unit.HOUSEHOLDS': { roles: ['SI'] },
  ...type('Filter', ['SI', 'PRESS'], 'area'),
  'Filter.hidden': { roles: ['SI'] },
};

const gateway = buildSchemas();

const without = (from: PolicyTable, name: string): PolicyTable =>
  Object.fromEntries(Object.entries(from).filter(([key]) => key !== name));

describe('a policy that is not whole stops the build', () => {
  const schema = buildSchema(sdl);
  test('a whole one does not', () => {
    expect(() => assertComplete(schema, table)).not.toThrow();
  });

  test.each(coordinates(schema))('%s may not be missing', (name) => {
    expect(() => assertComplete(schema, without(table, name))).toThrow(
      `${name} has no policy entry`,
    );
  });

  test.each([
    'Ghost',
    'Figure.ghost',
    'Figure.value(ghost:)',
    'Unit.GHOST',
    'Filter.ghost',
    'Query.ghost',
  ])('%s may not be listed, since it names nothing', (name) => {
    expect(() =>
      assertComplete(schema, { ...table, [name]: { roles: ['SI'], needs: 'NOTHING' } }),
    ).toThrow(`the policy entry ${name} names nothing`);
  });

  test.each(['figures', 'notes', 'health'])('the root field %s must say what it needs', (name) => {
    const entry = { [`Query.${name}`]: { roles } };
    expect(() => assertComplete(schema, { ...table, ...entry })).toThrow(
      `the root field Query.${name} does not say what it needs`,
    );
  });

  test('every complaint is told at once', () => {
    const broken = { ...without(without(table, 'Unit'), 'Note.text'), Ghost: { roles } };
    expect(() => assertComplete(schema, broken)).toThrow(
      /Note\.text has no policy entry\nUnit has no policy entry\nthe policy entry Ghost names nothing/,
    );
  });

  test('two domains may not claim one name', () => {
    expect(() => joinTables([table, type('Unit', ['SI'])])).toThrow(
      'Two policy tables claim Unit.',
    );
  });

  test('the gateway’s own schema has no name that an empty table would not be blamed for', () => {
    const names = Object.keys(policyTable).sort();
    const complaints = names.map((name) => `${name} has no policy entry`);
    expect(() => assertComplete(gateway.full, {})).toThrow(
      new Error(`The policy is not whole:\n${complaints.join('\n')}`),
    );
  });
});

describe('a role’s schema is exactly what the table gives it', () => {
  test('of every kind of name', () => {
    const press = coordinates(roleSchema(buildSchema(sdl), table, 'PRESS'));
    expect(press).toEqual(
      [
        'Query',
        'Query.figures',
        'Query.figures(first:)',
        'Query.figures(where:)',
        'Query.health',
        'Named',
        'Named.name',
        'Figure',
        'Figure.name',
        'Figure.value',
        'Filter',
        'Filter.area',
      ].sort(),
    );
    expect(coordinates(roleSchema(buildSchema(sdl), table, 'SI'))).toEqual(
      coordinates(buildSchema(sdl)),
    );
  });

  test('a name without an entry is nobody’s', () => {
    const schema = roleSchema(buildSchema(sdl), without(table, 'Figure.secret'), 'SI');
    expect(coordinates(schema)).not.toContain('Figure.secret');
    expect(coordinates(schema)).toContain('Figure.value');
  });

  test.each(roles)(
    '%s has no name that the gateway’s table denies, and lacks none it gives',
    (role) => {
      const found = new Set(coordinates(gateway.byRole[role].schema));
      const given = (name: string) => policyTable[name]?.roles.includes(role) ?? false;
      for (const name of found) expect(given(name), `${role} has ${name}`).toBe(true);
      for (const name of Object.keys(policyTable)) {
        // Types that no root field of the role leads to are pruned with all their members.
        const owner = name.split(/[.(]/)[0] ?? '';
        if (given(name) && found.has(owner))
          expect(found.has(name), `${role} lacks ${name}`).toBe(true);
      }
    },
  );

  test.each([
    ['PRESS', 'ConfStatus.A'],
    ['PRESS', 'Query.accessRecords'],
    ['UNION', 'ConfStatus.S'],
    ['AUDITOR', 'Query.observations'],
    ['AUDITOR', 'Observation.value'],
    ['STEWARD', 'Query.coverage'],
    ['STEWARD', 'Query.accessRecords'],
    ['SI', 'Query.grants'],
  ] satisfies [Role, string][])('%s does not know %s', (role, name) => {
    expect(coordinates(gateway.full)).toContain(name);
    expect(coordinates(gateway.byRole[role].schema)).not.toContain(name);
  });
});

describe('a root field that no table lists is denied by the guard', () => {
  const ask = (schema: GraphQLSchema, source: string) =>
    graphql({
      schema,
      source,
      rootValue: {
        figures: () => [{ name: 'a', value: '1', secret: 's' }],
        notes: [],
        health: 'well',
      },
      contextValue: {},
    });
  const guarded = (entries: PolicyTable, refuse: string[] = []) =>
    guard(
      buildSchema(sdl),
      entries,
      (_context, needs) => (refuse.includes(String(needs)) ? new Error('not granted') : null),
      () => new Error('forbidden'),
    );

  test.each([
    '{ figures { name } }',
    '{ a: health }',
    'query Q { ...f } fragment f on Query { notes { text } }',
  ])('with an empty table: %s', async (source) => {
    const { data, errors } = await ask(guarded({}), source);
    expect(Object.values(data ?? {})).toEqual([null]);
    expect(errors?.map((error) => error.message)).toEqual(['forbidden']);
  });

  test('beside listed ones, and an entry that does not say what it needs counts for nothing', async () => {
    const entries = { ...root('health', roles, 'NOTHING'), 'Query.figures': { roles } };
    const { data, errors } = await ask(
      guarded(entries),
      '{ health figures { name } notes { text } }',
    );
    expect(data).toEqual({ health: 'well', figures: null, notes: null });
    expect(errors?.map(({ path, message }) => [path, message])).toEqual([
      [['figures'], 'forbidden'],
      [['notes'], 'forbidden'],
    ]);
  });

  test('a refusal stops the resolver and is told as it is', async () => {
    const { data, errors } = await ask(
      guarded(table, ['ENROLLMENT']),
      '{ figures { name } health }',
    );
    expect(data).toEqual({ figures: null, health: 'well' });
    expect(errors?.map((error) => error.message)).toEqual(['not granted']);
  });

  test('the check is made for each alias anew', async () => {
    let asked = 0;
    const schema = guard(
      buildSchema(sdl),
      table,
      () => ((asked += 1) > 1 ? new Error('not granted') : null),
      () => new Error('forbidden'),
    );
    const { data, errors } = await ask(
      schema,
      '{ a: figures(first: 1) { name } b: figures { name } }',
    );
    expect(asked).toBe(2);
    expect(Object.values(data ?? {}).filter((value) => value !== null)).toHaveLength(1);
    expect(errors).toHaveLength(1);
  });
});
