/**
 * Every row-level security policy is needed as it is: each is taken away and loosened, one condition after
 * the other, and so are the functions that they call; marked rows must show it to somebody. Who must meet
 * which of them stands in rows/expectations.ts, by hand.
 */
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { gatewayRole } from '../../src/platform/database.ts';
import { runSql } from '../support/postgres.ts';
import { isMistake, undone } from './rows/attempts.ts';
import { equivalent } from './rows/equivalent.ts';
import { expectations } from './rows/expectations.ts';
import {
  functionStatementsOf,
  readFunctions,
  readUnasked,
  type ScopeFunction,
} from './rows/functions.ts';
import { insertIdentities } from './rows/identities.ts';
import { askAll } from './rows/questions.ts';
import {
  differences,
  insertMarked,
  isNoticed,
  refusesWithoutScope,
} from './rows/marked-database.ts';
import { mutantsOf, policyMutantsOf } from './rows/mutants.ts';
import { readPolicies, readTables, statementsOf, type Statement } from './rows/policies.ts';
import { insertReads } from './rows/usage.ts';

const whatToAdd = `Add marked rows that show it, and who must meet them, to test/mutation/rows/expectations.ts;
  if no row can show it, say why in test/mutation/rows/equivalent.ts.`;

test('a mutant lacks one condition or branch, or has one boundary moved', () => {
  const changes = mutantsOf('((a AND (b <= 1)) OR (NOT (c AND d)))').map(({ sql }) => sql);
  expect(changes.sort()).toEqual([
    '((a AND (b < 1)) OR (NOT (c AND d)))',
    '((a AND (b <= 1)) OR (NOT (c AND true)))',
    '((a AND (b <= 1)) OR (NOT (true AND d)))',
    '((a AND (b <= 1)) OR false)',
    '((a AND true) OR (NOT (c AND d)))',
    '((true AND (b <= 1)) OR (NOT (c AND d)))',
    '(false OR (NOT (c AND d)))',
  ]);
});

test('a mutant of a policy looks at another list, at any topic, or at fewer states', () => {
  const list = "SELECT scope_list('areas'::text) AS scope_list";
  const place = `(((topic || '|'::text) || area_id) = ANY (( ${list})::text[]))`;
  const states = "(state = ANY (ARRAY['A'::text, 'B'::text]))";
  const changes = policyMutantsOf(`(${place} OR ${states})`).map(({ change }) => change);
  expect(changes).toEqual([
    "scope_list('areas'::text) -> scope_list('parties'::text)",
    expect.stringMatching(/ -> \(select coalesce\(bool_or.* = area_id\), false\) from/),
    "ARRAY['A'::text, 'B'::text] -> ARRAY['B'::text]",
    "ARRAY['A'::text, 'B'::text] -> ARRAY['A'::text]",
    `${place} -> false`,
    `${states} -> false`,
  ]);
});

/** They take one to two minutes, and so run with ALL_STORES=1, as .ci/run sets it. */
const mutating = test.runIf(process.env['ALL_STORES']);

describe('no loosening of row scope goes unnoticed', () => {
  const admin = inject('postgresUrl');
  const database = `lt_${randomBytes(6).toString('hex')}`;
  const open: pg.Client[] = [];
  /** Mutants that went unnoticed, those that may included. */
  const met = new Set<string>();
  let client: pg.Client;
  let tables: Awaited<ReturnType<typeof readTables>>;

  async function connect(): Promise<pg.Client> {
    const url = new URL(admin);
    url.pathname = `/${database}`;
    const connection = new pg.Client({ connectionString: url.href });
    await connection.connect();
    open.push(connection);
    return connection;
  }

  beforeAll(async () => {
    await runSql(admin, `create database ${database} template lienthong_template`);
    client = await connect();
    await insertMarked(client);
    await insertIdentities(client);
    await insertReads(client);
    await client.query('begin');
    tables = await readTables(client, gatewayRole);
  });
  afterAll(async () => {
    for (const connection of open) await connection.end();
    await runSql(admin, `drop database ${database} with (force)`);
  });

  const marked = () => tables.filter(({ isGranted }) => isGranted).map(({ table }) => table);

  /** Names of the mutants that nobody noticed, but for those that mean the same. */
  async function unnoticedOf(
    statements: readonly Statement[],
    notices: (statement: Statement) => Promise<boolean>,
  ): Promise<string[]> {
    const unnoticed: string[] = [];
    for (const statement of statements) {
      const isNoticedByAny = await undone(client, async () => {
        await client.query(statement.sql);
        return notices(statement);
      }).catch((error: Error) => {
        throw new Error(`${statement.name}: ${error.message}`, { cause: error });
      });
      if (!isNoticedByAny) unnoticed.push(statement.name);
    }
    for (const name of unnoticed) met.add(name);
    return unnoticed.filter((name) => !(name in equivalent));
  }

  test('every table that the gateway may use has marked rows, and no other is expected', () => {
    const expected = Object.keys(expectations).sort();
    const withoutMarks = tables.map(({ table }) => table).filter((t) => !expected.includes(t));
    expect(withoutMarks, `These tables have no entry. ${whatToAdd}`).toEqual([]);
    expect(expected).toEqual(tables.map(({ table }) => table));
    expect(
      tables.filter(({ isGranted }) => !isGranted).map(({ table }) => table),
      'These tables and no other are of no use to the gateway.',
    ).toEqual(expected.filter((table) => expectations[table] === 'NOBODY'));
  });

  test('every function past row-level security that the gateway may call is asked', async () => {
    const unasked = await readUnasked(client, gatewayRole);
    expect(unasked, 'Ask them in rows/questions.ts, or name them in rows/functions.ts.').toEqual(
      [],
    );
  });

  test('unmutated, everyone meets and changes what is expected', async () => {
    expect(await differences(client, marked())).toEqual([]);
    for await (const { asked, told, expected } of askAll(client)) {
      expect(told, asked).toEqual(expected);
    }
    expect(await refusesWithoutScope(await connect())).toBe(true);
  });

  mutating(
    'a policy, removed or loosened',
    async () => {
      const policies = await readPolicies(client);
      expect(policies.length).toBeGreaterThan(60);
      const unnoticed: string[] = [];
      for (const policy of policies) {
        const notices = () => isNoticed(client, [policy.table]);
        unnoticed.push(...(await unnoticedOf(statementsOf(policy), notices)));
      }
      expect(unnoticed, whatToAdd).toEqual([]);
    },
    300_000,
  );

  mutating('row-level security, switched off', async () => {
    const statements = marked().map((table) => ({
      name: table,
      sql: `alter table "${table}" disable row level security`,
    }));
    const unnoticed = await unnoticedOf(statements, ({ name }) => isNoticed(client, [name]));
    expect(unnoticed, whatToAdd).toEqual([]);
  });

  mutating(
    'a function that policies or the identity call, loosened',
    async () => {
      const functions = await readFunctions(client);
      expect(functions.length).toBeGreaterThan(10);
      const unnoticed: string[] = [];
      for (const one of functions) {
        const statements = functionStatementsOf(one);
        const inAnswers = await unnoticedOf(statements, () => changesAnswers(one).catch(isRefusal));
        // The mutants are taken back by now: a function that changes locks out other connections.
        for (const { name, sql } of statements.filter((each) => inAnswers.includes(each.name))) {
          if (await refusesWithoutScope(await connect(), sql)) unnoticed.push(name);
        }
      }
      expect(unnoticed, whatToAdd).toEqual([]);
    },
    300_000,
  );

  async function changesAnswers({ tables: called, isAsked }: ScopeFunction): Promise<boolean> {
    if (isAsked) {
      for await (const { told, expected } of askAll(client)) {
        if (!isDeepStrictEqual(told, expected)) return true;
      }
    }
    return isNoticed(client, called);
  }

  mutating('and what is said to mean the same goes unnoticed indeed', () => {
    expect(Object.keys(equivalent).filter((name) => !met.has(name))).toEqual([]);
  });
});

/** A function that fails is noticed by everyone; one that is no SQL is a mistake of this test. */
function isRefusal(error: pg.DatabaseError): true {
  if (isMistake(error)) throw error;
  return true;
}
