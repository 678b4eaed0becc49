/** How a connection acts as a reader, and what a reader's statements would change: all are taken back. */
import pg from 'pg';
import { gatewayRole } from '../../../src/platform/database.ts';
import { readers } from './readers.ts';

/** Statements that make a reader of the connection, until the transaction ends. */
export const as = (reader: string) => `set local role ${gatewayRole};
  set local lienthong.scope = ${pg.escapeLiteral(JSON.stringify(readers[reader]))};`;

/** Runs the work and takes back what it did, whether it failed or not. */
export async function undone<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  const name = `s${(savepoints += 1)}`;
  await client.query(`savepoint ${name}`);
  try {
    return await work();
  } finally {
    await client.query(`rollback to ${name}; release ${name}`);
  }
}
let savepoints = 0;

/** No SQL, or of names that are not there; permission denied is an answer. */
export const isMistake = ({ code = '' }: { code?: string | undefined }): boolean =>
  code.startsWith('42') && code !== '42501';

/** Triggers refuse much of what policies and rights to columns refuse as well. */
const withoutTriggers = 'set local session_replication_role = replica;';

/** All in one round trip. Each ends in an error, its own or this one with the number of its rows, and so leaves nothing behind. */
const tryingAll = (statements: readonly string[]) => `do $try$
  declare
    statement text;
    changed bigint;
    told text[] := '{}';
  begin
    foreach statement in array array[${statements.map((sql) => pg.escapeLiteral(sql)).join(', ')}] loop
      begin
        execute statement;
        get diagnostics changed = row_count;
        raise exception using errcode = 'LT999', message = changed::text;
      exception when others then
        told := told || case when sqlstate = 'LT999' then 'rows ' || sqlerrm else sqlstate end;
      end;
    end loop;
    perform set_config('marks.told', to_json(told)::text, true);
  end $try$;
  select current_setting('marks.told') as told`;

/** Of each statement, whether it changes or locks a row. */
export async function attempts(
  client: pg.Client,
  reader: string,
  statements: readonly string[],
  isAlone: boolean,
): Promise<boolean[]> {
  if (statements.length === 0) return [];
  const results = await undone(client, () =>
    client.query(`${isAlone ? withoutTriggers : ''} ${as(reader)} ${tryingAll(statements)}`),
  );
  const [{ told }] = (results as unknown as pg.QueryResult<{ told: string }>[]).at(-1)!.rows as [
    { told: string },
  ];
  return (JSON.parse(told) as string[]).map((said, i) => {
    if (isMistake({ code: said })) throw new Error(`${said} by ${reader}: ${statements[i]}`);
    return /^rows [1-9]/.test(said);
  });
}
