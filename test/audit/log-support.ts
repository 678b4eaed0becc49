/** What tests of the logs share: files over HTTP, waiting for a checkpoint, and statements past every policy. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import { readCheckpoint } from '../../src/audit/log/checkpoint.ts';
import { nobody, withScope } from '../../src/platform/scope.ts';
import type { TestGateway } from '../support/gateway.ts';

/** The address of the gateway's database for a login; the administrator's when none is named. */
export async function serverUrl({ store }: TestGateway, login?: string): Promise<string> {
  const { rows } = await withScope(nobody, () =>
    store.gateway.query<{ name: string }>('select current_database() as name'),
  );
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${rows[0]?.name}`;
  if (login) url.username = login;
  return url.href;
}

/** Runs statements as the database's superuser, past every policy and trigger. */
export async function asSuperuser<Row>(gateway: TestGateway, ...sql: string[]): Promise<Row[]> {
  const run = async (client: pg.ClientBase) => {
    await client.query(`set session_replication_role = replica`);
    let rows: Row[] = [];
    for (const statement of sql) {
      ({ rows } = (await client.query(statement)) as unknown as { rows: Row[] });
    }
    await client.query(`set session_replication_role = origin`);
    return rows;
  };
  if (gateway.store.kind === 'EMBEDDED') {
    const client = await gateway.store.gateway.connectBare();
    try {
      await client.query('reset role');
      return await run(client);
    } finally {
      await client.query('set role lienthong_gateway');
      client.release();
    }
  }
  const client = new pg.Client({ connectionString: await serverUrl(gateway) });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

export async function fetchLog(
  gateway: TestGateway,
  path: string,
  { agency = 'audit-vn', purpose = 'AUDIT' } = {},
): Promise<Response> {
  return fetch(`${gateway.gateway.address}/log/${path}`, {
    headers: {
      authorization: `Bearer ${await gateway.token(agency)}`,
      ...(purpose ? { 'purpose-of-use': purpose } : {}),
    },
  });
}

const pollMillis = 100;
/** Generous: the machines are small and shared, and what is awaited comes within two seconds on a free one. */
const pollsMax = 450;

/** Until what is asked holds; the last answer when it never does. */
export async function until<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  let answer = await ask();
  for (let i = 0; i < pollsMax && !holds(answer); i += 1) {
    await sleep(pollMillis);
    answer = await ask();
  }
  return answer;
}

/** The newest checkpoint, once it covers so many records. */
export async function checkpointOf(gateway: TestGateway, size: bigint, log = ''): Promise<string> {
  const ask = async () => {
    const response = await fetchLog(gateway, `${log}checkpoint`);
    return response.ok ? response.text() : '';
  };
  return until(ask, (note) => (readCheckpoint(note)?.size ?? -1n) >= size);
}
