/** Every name of the schema is there for exactly the roles that the policy names, asked over HTTP. */
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printPermissions } from '../../src/policy/permissions.ts';
import { coordinates } from '../../src/policy/table.ts';
import { roles, type Role } from '../../src/policy/types.ts';
import { buildSchemas, policyTable, printSorted } from '../../src/schema.ts';
import { mainPurpose, openGateway, type TestGateway } from '../support/gateway.ts';
import { questionsOf, type Question } from './questions.ts';

const agencyOf: Readonly<Record<Role, string>> = {
  SI: 'si-vn',
  LABOUR: 'labour-vn',
  UNION: 'union-nghe-an',
  PRESS: 'press-vn',
  AUDITOR: 'audit-vn',
  STEWARD: 'steward-vn',
};
const everyRole = roles.map((role) => [role] as const);

const { full } = buildSchemas();
const isAllowed = (role: Role, coordinate: string) =>
  policyTable[coordinate]?.roles.includes(role) ?? false;
const hiddenTypes = (role: Role) =>
  coordinates(full).filter((name) => /^\w+$/.test(name) && !isAllowed(role, name));

/** Coordinates with their types: what a caller's tools read of a schema. */
function signatures(schema: GraphQLSchema): Map<string, string> {
  const types = new Map(coordinates(schema).map((coordinate) => [coordinate, '']));
  for (const type of Object.values(schema.getTypeMap())) {
    const isOutput = isObjectType(type) || isInterfaceType(type);
    if (!isOutput && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      if (types.has(coordinate)) types.set(coordinate, String(field.type));
      for (const arg of 'args' in field ? field.args : []) {
        const name = `${coordinate}(${arg.name}:)`;
        if (types.has(name)) types.set(name, String(arg.type));
      }
    }
  }
  return types;
}

/** The rows of permissions.md: for each coordinate the roles that it says yes to, and the need. */
function parsePermissions(text: string): Map<string, { roles: string[]; needs: string }> {
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return new Map(
    rows.map((line) => {
      const [, name = '', ...cells] = line.split('|').map((cell) => cell.trim());
      const allowed = roles.filter((_role, i) => cells[i] === 'yes');
      return [name.slice(1, -1), { roles: allowed, needs: cells[roles.length] ?? '' }];
    }),
  );
}

/** As many as one request may hold aliases and root fields for. */
const atOnce = 15;
function inGroups<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / atOnce);
  return Array.from({ length: count }, (_, i) => all.slice(i * atOnce, (i + 1) * atOnce));
}

/** One question a line, so that the place of an error tells whose it is. The first line is a brace. */
const documentOf = (questions: readonly Question[]) =>
  [
    `${questions[0]?.operation ?? 'query'} {`,
    ...questions.map(({ text }, i) => `q${i}: ${text}`),
    '}',
  ].join('\n');

const names = (text: string) => text.match(/[A-Za-z_]\w*/g) ?? [];
/** What graphql-js quotes are names; the rest of its sentences are words of English. */
const quotedNames = (message: string) =>
  [...message.matchAll(/"([^"]*)"/g)].flatMap(([, quoted = '']) => names(quoted));

describe('each role meets exactly the names that the policy gives it', () => {
  let gateway: TestGateway;
  const schemaOf = new Map<Role, GraphQLSchema>();
  beforeAll(async () => {
    gateway = await openGateway({ kind: 'SERVER' });
    for (const role of roles) {
      const query = getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true });
      const { data, errors } = await gateway.ask(agencyOf[role], query);
      expect(errors).toEqual([]);
      schemaOf.set(role, buildClientSchema(data));
    }
  });
  afterAll(() => gateway.close());
  const shownTo = (role: Role) => schemaOf.get(role) as GraphQLSchema;

  /** Every line between the first and the last is refused, and no hidden name is told. */
  async function expectUnknown(role: Role, document: string, hidden: ReadonlySet<string>) {
    const { status, data, errors } = await gateway.ask(agencyOf[role], document);
    expect({ document, status, data }).toEqual({ document, status: 400, data: null });
    const typed = new Set(names(document));
    const refusedLines = new Set<number>();
    for (const { message, extensions, locations = [] } of errors as LocatedError[]) {
      const told = [message, String(extensions['detail'])].flatMap(quotedNames);
      const leaked = told.filter((name) => hidden.has(name) && !typed.has(name));
      expect({ message, leaked }).toEqual({ message, leaked: [] });
      if (message.includes('is never used')) continue;
      const { field, ...said } = extensions;
      expect(said).toEqual({ code: 'DOCUMENT_INVALID', detail: expect.any(String) });
      // The place of a value is the caller's own word.
      if (field !== undefined) expect([...typed]).toContain(field);
      // A role without mutations is refused the operation as a whole.
      if (message.includes('Your role has no mutation.')) refusedLines.add(2);
      for (const { line } of locations) refusedLines.add(line);
    }
    const lines = document.split('\n');
    const answered = lines.slice(1, -1).filter((_line, i) => !refusedLines.has(i + 2));
    expect(answered).toEqual([]);
  }

  test.each(everyRole)('introspection as %s', (role) => {
    const expected = [...signatures(full)].filter(([coordinate]) => isAllowed(role, coordinate));
    expect(Object.fromEntries(signatures(shownTo(role)))).toEqual(Object.fromEntries(expected));
  });

  test.each(everyRole)('GET /schema as %s says the same as introspection', async (role) => {
    const response = await request(gateway.gateway.server)
      .get('/schema')
      .set('authorization', `Bearer ${await gateway.token(agencyOf[role])}`)
      .set('purpose-of-use', mainPurpose[role]);
    expect(response.status).toBe(200);
    expect(printSorted(buildSchema(response.text))).toBe(response.text);
    expect(printSorted(shownTo(role))).toBe(response.text);
  });

  test.each(everyRole)('__type as %s is null for a type of others', async (role) => {
    const hidden = hiddenTypes(role);
    expect(hidden).not.toEqual([]);
    for (const group of inGroups(hidden)) {
      const lines = group.map((name, k) => `t${k}: __type(name: "${name}") { name }`);
      const { status, data, errors } = await gateway.ask(agencyOf[role], `{ ${lines.join(' ')} }`);
      expect({ errors, status }).toEqual({ errors: [], status: 200 });
      expect(Object.values(data as object)).toEqual(group.map(() => null));
    }
  });

  test('permissions.md says what the roles meet', () => {
    const table = parsePermissions(printPermissions(full, policyTable));
    expect([...table.keys()].sort()).toEqual(coordinates(full));
    const met = roles.map((role) => [role, new Set(coordinates(shownTo(role)))] as const);
    for (const [coordinate, row] of table) {
      const meeting = met.filter(([, seen]) => seen.has(coordinate)).map(([role]) => role);
      expect({ coordinate, roles: row.roles }).toEqual({ coordinate, roles: meeting });
      const isRootField = /^(Query|Mutation)\.\w+$/.test(coordinate);
      expect({ coordinate, saysItsNeeds: row.needs !== '' }).toEqual({
        coordinate,
        saysItsNeeds: isRootField,
      });
    }
  });

  test('the questions reach every field, argument, input field and enum value of an input', () => {
    const asked = new Set(questionsOf(full, () => true).map(({ coordinate }) => coordinate));
    const outputEnums = new Set(
      Object.values(full.getTypeMap())
        .filter(isEnumType)
        .map((type) => type.name)
        .filter((name) => !isInputEnum(full, name)),
    );
    const unasked = coordinates(full).filter((coordinate) => {
      const [typeName = '', member] = coordinate.split('.');
      return member && !outputEnums.has(typeName) && !asked.has(coordinate);
    });
    expect(unasked).toEqual([]);
  });

  test.each(everyRole)('what %s may ask is answered', async (role) => {
    const questions = questionsOf(full, (coordinate) => isAllowed(role, coordinate));
    const allowed = questions
      .filter(({ operation }) => operation === 'query')
      .filter(({ needed }) => needed.every((name) => isAllowed(role, name)));
    expect(allowed.length).toBeGreaterThan(50);
    for (const group of inGroups(allowed)) {
      const document = documentOf(group);
      const { status, errors } = await gateway.ask(agencyOf[role], document);
      expect({ document, errors, status }).toEqual({ document, errors: [], status: 200 });
    }
  });

  test.each(everyRole)('what %s may not ask does not exist, and no hint names it', async (role) => {
    const questions = questionsOf(full, (coordinate) => isAllowed(role, coordinate));
    const forbidden = questions.filter(
      ({ needed }) => !needed.every((name) => isAllowed(role, name)),
    );
    expect(forbidden.length).toBeGreaterThan(50);
    const known = new Set(coordinates(shownTo(role)).flatMap(names));
    const hidden = new Set(
      coordinates(full)
        .flatMap(names)
        .filter((name) => !known.has(name)),
    );
    // A near miss is what suggestions are made for.
    const missed = forbidden.map((question) => ({ ...question, text: nearMiss(question, hidden) }));
    const all = [...forbidden, ...missed];
    for (const group of inGroups(all.filter(({ operation }) => operation === 'query'))) {
      await expectUnknown(role, documentOf(group), hidden);
    }
    // One change a request.
    for (const question of all.filter(({ operation }) => operation === 'mutation')) {
      await expectUnknown(role, documentOf([question]), hidden);
    }
  });

  test.each(everyRole)(
    'a type of others is no type in %s’s fragments and variables',
    async (role) => {
      const hidden = hiddenTypes(role);
      const isInput = (name: string) => isInputType(full.getType(name));
      const typed = (names: string[]) => inGroups(names.flatMap((name) => [name, `${name}x`]));
      for (const group of typed(hidden.filter((name) => !isInput(name)))) {
        const lines = group.map((name) => `... on ${name} { __typename }`);
        const document = ['{ node(id: "QTpi") {', ...lines, '} }'].join('\n');
        await expectUnknown(role, document, new Set(hidden));
      }
      for (const group of typed(hidden.filter(isInput))) {
        const lines = group.map((name, i) => `$v${i}: ${name}`);
        const document = ['query (', ...lines, ') { viewer { agency } }'].join('\n');
        await expectUnknown(role, document, new Set(hidden));
      }
    },
  );
});

interface LocatedError {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly locations?: readonly { readonly line: number }[];
}

/** The question with its first hidden name misspelt. */
function nearMiss({ text }: Question, hidden: ReadonlySet<string>): string {
  const first = names(text).find((name) => hidden.has(name));
  return first ? text.replace(new RegExp(`\\b${first}\\b`), `${first}x`) : text;
}

function isInputEnum(schema: GraphQLSchema, name: string): boolean {
  return Object.values(schema.getTypeMap()).some((type) => {
    if (isInputObjectType(type)) {
      return Object.values(type.getFields()).some(
        (field) => getNamedType(field.type).name === name,
      );
    }
    if (!isObjectType(type)) return false;
    return Object.values(type.getFields()).some((field) =>
      field.args.some((arg) => getNamedType(arg.type).name === name),
    );
  });
}
