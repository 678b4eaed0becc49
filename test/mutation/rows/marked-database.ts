/** A database of marked rows, and what the gateway's role sees and changes in it under each scope. */
import pg from 'pg';
import { gatewayRole } from '../../../src/platform/database.ts';
import { as, attempts, undone } from './attempts.ts';
import { expectations } from './expectations.ts';
import type { MarkedTable } from './patterns.ts';
import { readerNames, readersOf } from './readers.ts';

const identifier = (name: string) => pg.escapeIdentifier(name);

/** Without triggers and foreign keys, so that a mark is one row; checks hold all the same. */
export async function insertMarked(client: pg.Client): Promise<void> {
  await client.query('set session_replication_role = replica');
  // The log lies in monthly partitions.
  await client.query('select ensure_log_partition($1)', [fillers['timestamp with time zone']]);
  for (const [table, entry] of Object.entries(expectations)) {
    if (entry !== 'NOBODY') await insertInto(client, table, entry);
  }
  await client.query('set session_replication_role = origin');
}

const fillers: Readonly<Record<string, unknown>> = {
  boolean: false,
  integer: 0,
  bigint: 0,
  numeric: 0,
  date: '2026-01-01',
  'timestamp with time zone': '2026-01-01T00:00:00Z',
  jsonb: {},
  bytea: '',
  ARRAY: [],
};

async function insertInto(client: pg.Client, table: string, entry: MarkedTable): Promise<void> {
  const { rows: columns } = await client.query<{ name: string; type: string; filled: boolean }>(
    `select column_name as name, data_type as type, is_nullable = 'NO' and column_default is null as filled
       from information_schema.columns where table_schema = 'public' and table_name = $1`,
    [table],
  );
  const known = new Set(columns.map(({ name }) => name));
  const rows = Object.entries(entry.rows).map(([mark, [own]]) => {
    const filled = columns
      .filter((column) => column.filled)
      .map(({ name, type }) => [name, fillers[type] ?? mark] as const);
    const row = {
      ...Object.fromEntries(filled),
      ...entry.columns,
      ...own,
      [entry.key ?? 'id']: mark,
    };
    return Object.fromEntries(Object.entries(row).filter(([name]) => known.has(name)));
  });
  for (const row of rows) {
    const names = Object.keys(row).map(identifier).join(', ');
    await client
      .query(
        `insert into ${identifier(table)} (${names})
         select ${names} from jsonb_populate_record(null::${identifier(table)}, $1)`,
        [JSON.stringify(row)],
      )
      .catch((error: Error) => {
        throw new Error(`The marked row ${JSON.stringify(row)} of ${table}: ${error.message}`, {
          cause: error,
        });
      });
  }
}

type Entries = readonly (readonly [table: string, entry: MarkedTable])[];
export const entriesOf = (tables: readonly string[]): Entries =>
  tables.flatMap((table) => {
    const entry = expectations[table];
    return entry && entry !== 'NOBODY' ? [[table, entry] as const] : [];
  });

/** What one reader meets of the tables' marks, one line a row. */
async function seenBy(client: pg.Client, reader: string, entries: Entries): Promise<string[]> {
  const selects = entries.map(([table, { key = 'id' }]) => {
    const column = identifier(key);
    return `select '${table} ' || ${column} as mark from ${identifier(table)} where ${column} like 'mark-%'`;
  });
  const results = (await client.query(
    `${as(reader)} ${selects.join(' union all ')}`,
  )) as unknown as pg.QueryResult<{ mark: string }>[];
  return results
    .at(-1)!
    .rows.map(({ mark }) => mark)
    .sort();
}

function mustSee(reader: string, entries: Entries): string[] {
  return entries
    .flatMap(([table, { rows, topic }]) =>
      Object.entries(rows)
        .filter(([, [, met]]) => readersOf(met, topic).has(reader))
        .map(([mark]) => `${table} ${mark}`),
    )
    .sort();
}

type Difference = string | null;

/** The first row that a reader meets and must not, or must and does not. */
async function readsOtherwise(
  client: pg.Client,
  reader: string,
  entries: Entries,
): Promise<Difference> {
  if (entries.length === 0) return null;
  const seen = await undone(client, () => seenBy(client, reader, entries));
  const expected = mustSee(reader, entries);
  const foreign = seen.find((mark) => !expected.includes(mark));
  if (foreign) return `${reader} must never meet ${foreign}`;
  const missing = expected.find((mark) => !seen.includes(mark));
  return missing ? `${reader} must meet ${missing}` : null;
}

/** The first change that a reader makes and must not, or may and does not. */
async function writesOtherwise(
  client: pg.Client,
  reader: string,
  entries: Entries,
): Promise<Difference> {
  for (const kind of ['writes', 'alone'] as const) {
    const all = entries.flatMap(([table, { [kind]: statements = {}, topic }]) =>
      Object.entries(statements).map(([name, [sql, by]]) => ({ table, topic, name, sql, by })),
    );
    const done = await attempts(
      client,
      reader,
      all.map(({ sql }) => sql),
      kind === 'alone',
    );
    for (const [i, { table, topic, name, by }] of all.entries()) {
      const may = readersOf(by, topic).has(reader);
      if (done[i] !== may) return `${reader} ${may ? 'may' : 'must never'} ${name} in ${table}`;
    }
  }
  return null;
}

/** All readers' reads come before any change: most mutants are met there, and at less cost. */
async function* differencesIn(client: pg.Client, tables: readonly string[]) {
  const entries = entriesOf(tables);
  for (const differs of [readsOtherwise, writesOtherwise]) {
    for (const reader of readerNames) {
      const difference = await differs(client, reader, entries);
      if (difference) yield difference;
    }
  }
}

/** Between what the readers must meet and may change and what they do: a reader's first ones. */
export async function differences(client: pg.Client, tables: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const difference of differencesIn(client, tables)) found.push(difference);
  return found;
}

/** Whether anything differs; stops at the first that does. */
export async function isNoticed(client: pg.Client, tables: readonly string[]): Promise<boolean> {
  const first = await differencesIn(client, tables).next();
  return !first.done;
}

/**
 * Whether a query without a scope is refused, which an empty answer would not be: on a connection that
 * never had one, and on one that had. The mutant is made and taken back on the fresh connection.
 */
export async function refusesWithoutScope(fresh: pg.Client, mutant = ''): Promise<boolean> {
  const isRefused = () =>
    undone(fresh, () => fresh.query(`set local role ${gatewayRole}; select from area`)).then(
      () => false,
      (error: { code?: string }) => error.code === 'LT001',
    );
  await fresh.query(`begin; ${mutant}`);
  const never = await isRefused();
  await fresh.query(`set local lienthong.scope = ''`);
  const noLonger = await isRefused();
  await fresh.end();
  return never && noLonger;
}
