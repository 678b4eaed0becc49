/** A large table as a stream: pages as the reader takes them, both records whatever happens, no clean end without all. */
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { pageRows } from '../../src/observation/export-data.ts';
import { limits } from '../../src/platform/limits.ts';
import { insertRows, markedRow } from '../marks.ts';
import { mainPurpose, openGateway, roleOf, type TestGateway } from '../support/gateway.ts';
import { codeOf, download, exportRecords, makeLink } from './export-support.ts';

const rowsMax = 100_000;
const where = { area: { code: '11', vintage: '2025-07' }, sourceId: 'lao-cai-2024' };

async function insertMany(owner: pg.Pool): Promise<void> {
  const { id: _, ...row } = markedRow(['many', '11@2025-07', 'FINANCE'], 'INTERNAL', {
    source_id: 'lao-cai-2024',
    contributor_id: 'si-dien-bien',
  });
  await insertRows(owner, 'observation', [{ ...row, id: 'many' }]);
  await owner.query(
    `insert into observation select (jsonb_populate_record(o, jsonb_build_object('id', 'many-' || i, 'figure_id', 'many-' || i))).*
       from observation o, generate_series(2, ${rowsMax}) i where o.id = 'many'`,
  );
  await owner.query('analyze observation');
}

let gateway: TestGateway;
let owner: pg.Pool;
beforeAll(async () => {
  let address = '';
  gateway = await openGateway({
    kind: 'SERVER',
    prepare: async (pool) => {
      const { rows } = await pool.query(
        `select current_user as user, inet_server_port() as port, current_database() as name`,
      );
      const [{ user, port, name }] = rows as [{ user: string; port: number; name: string }];
      address = `postgresql://${user}@127.0.0.1:${port}/${name}`;
      await insertMany(pool);
    },
  });
  owner = new pg.Pool({ connectionString: address, max: 1 });
  owner.on('error', () => undefined);
});
afterAll(async () => {
  await owner.end();
  await gateway.close();
});

const agency = 'si-dien-bien';

/** A reader that takes as much as it likes. */
async function slowReader(url: string): Promise<Socket> {
  const { port, hostname } = new URL(gateway.gateway.address);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    [
      `GET ${url} HTTP/1.1`,
      'Host: localhost',
      `Authorization: Bearer ${await gateway.token(agency)}`,
      `Purpose-Of-Use: ${mainPurpose[roleOf(agency)]}`,
      '\r\n',
    ].join('\r\n'),
  );
  await once(socket, 'readable');
  return socket;
}

const completion = async (intent?: string) =>
  vi.waitFor(
    async () => {
      const [, last] = await exportRecords(gateway);
      expect(last.outcome).not.toBe('INTENDED');
      if (intent) expect(last.intent).toBe(intent);
      return last;
    },
    { timeout: 20_000, interval: 100 },
  );

describe('a table of 100,000 rows', () => {
  test('is read page by page as its reader takes it, and holds no connection while that one waits', async () => {
    const { gateway: pool } = gateway.store;
    const checkouts = vi.spyOn(pool, 'connect');
    const socket = await slowReader(await makeLink(gateway, agency, where));
    let seen = -1;
    await vi.waitFor(
      () => {
        const now = checkouts.mock.calls.length;
        const isSettled = now === seen;
        seen = now;
        expect(isSettled).toBe(true);
      },
      { timeout: 20_000, interval: 1_000 },
    );
    expect(seen).toBeLessThan(rowsMax / pageRows / 2);
    expect(pool.idleCount).toBe(pool.totalCount);
    checkouts.mockRestore();

    let lines = 0;
    let tail = '';
    socket.on('data', (chunk: Buffer) => {
      for (const byte of chunk) if (byte === 10) lines += 1;
      tail = chunk.subarray(-5).toString('latin1');
      if (tail.endsWith('0\r\n\r\n')) socket.end();
    });
    await once(socket, 'close');
    // Each row ends a line, and so do the chunks around the pages.
    expect(lines).toBeGreaterThan(rowsMax);
    expect(await completion()).toMatchObject({
      outcome: 'ANSWERED',
      given: [{ type: 'RecordedObservation', provider: 'si-dien-bien', rows: rowsMax }],
    });
  });

  test('every row once and in order', async () => {
    const response = await download(gateway, agency, await makeLink(gateway, agency, where));
    expect(response.headers.get('export-rows')).toBe(String(rowsMax));
    const figures = [...(await response.text()).matchAll(/,(many[0-9-]*),/g)].map(([, id]) => id!);
    expect(new Set(figures).size).toBe(rowsMax);
    expect(figures).toHaveLength(rowsMax);
  });

  test('a reader that goes away: the record says what may have reached it', async () => {
    const socket = await slowReader(await makeLink(gateway, agency, where));
    let arrived = 0;
    while (arrived < 1_000_000) arrived += ((await once(socket, 'data')) as [Buffer])[0].length;
    socket.destroy();
    const last = await completion();
    expect(last).toMatchObject({ outcome: 'BROKEN_OFF', errorCode: null });
    // A row takes less than 500 bytes.
    const rows = last.given[0]?.rows ?? 0;
    expect(rows).toBeGreaterThan(arrived / 500);
    expect(rows).toBeLessThan(rowsMax);
  });

  test('a grant that is suspended on the way ends it within seconds, and its reader can tell', async () => {
    const { socket, last } = await brokenBy(async () => {
      await owner.query(`update "grant" set state = 'SUSPENDED' where id = 'grant-si-dien-bien'`);
      await new Promise((resolve) => setTimeout(resolve, 1_100));
    });
    await owner.query(`update "grant" set state = 'ACTIVE' where id = 'grant-si-dien-bien'`);
    expect(last).toMatchObject({ outcome: 'BROKEN_OFF', errorCode: 'GRANT_NOT_ACTIVE' });
    expect(socket.tail).not.toContain('\r\n0\r\n\r\n');
  });

  test('a row that appears on the way, as of an earlier instant, ends it without a clean end', async () => {
    const { socket, last } = await brokenBy(() =>
      insertRows(owner, 'observation', [
        markedRow(['many-zzz', '11@2025-07', 'FINANCE'], 'INTERNAL', {
          source_id: 'lao-cai-2024',
        }),
      ]),
    );
    expect(last).toMatchObject({ outcome: 'FAILED', errorCode: 'EXPORT_CHANGED' });
    expect(socket.tail).not.toContain('\r\n0\r\n\r\n');
    await owner.query(
      `update observation set withdrawn_at = '2026-02-01' where figure_id = 'many-zzz'`,
    );
  });

  test('no more than two at once for an agency, and another agency is not kept waiting', async () => {
    const urls = await Promise.all([1, 2, 3].map(() => makeLink(gateway, agency, where)));
    const sockets = await Promise.all(urls.slice(0, 2).map(slowReader));
    const third = await download(gateway, agency, urls[2]!);
    expect([third.status, await codeOf(third)]).toEqual([429, 'TOO_MANY_EXPORTS']);
    const other = await download(gateway, 'press-vn', await makeLink(gateway, 'press-vn'));
    expect(other.status).toBe(200);
    await other.text();
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(
      async () => {
        const again = await download(gateway, agency, urls[2]!);
        await again.body?.cancel();
        expect(again.status).toBe(200);
      },
      { timeout: 20_000, interval: 200 },
    );
    await completion();
  });

  test('beyond the bound there is no file, and the bound is told', async () => {
    const { exportRows } = limits as { exportRows: { value: number } };
    const bound = exportRows.value;
    exportRows.value = rowsMax - 1;
    try {
      const response = await download(gateway, agency, await makeLink(gateway, agency, where));
      expect(response.status).toBe(413);
      const { errors } = (await response.json()) as { errors: { extensions: object }[] };
      expect(errors[0]?.extensions).toEqual({ code: 'EXPORT_TOO_LARGE', max: rowsMax - 1 });
    } finally {
      exportRows.value = bound;
    }
  });

  test('a reader that takes nothing for too long is let go', async () => {
    const { exportWaitSeconds } = limits as { exportWaitSeconds: { value: number } };
    const patience = exportWaitSeconds.value;
    exportWaitSeconds.value = 2;
    try {
      await slowReader(await makeLink(gateway, agency, where));
      const last = await completion();
      expect(last).toMatchObject({ outcome: 'BROKEN_OFF', errorCode: 'EXPORT_SLOW' });
    } finally {
      exportWaitSeconds.value = patience;
    }
  });

  test('without its record no byte leaves, and without the record of its end no end', async () => {
    const call = 'append_access_records(jsonb)';
    const url = await makeLink(gateway, agency, where);
    const reader = await slowReader(url);
    await owner.query(`revoke execute on function ${call} from lienthong_log_writer`);
    try {
      const response = await download(gateway, agency, url);
      expect([response.status, await codeOf(response)]).toEqual([503, 'AUDIT_UNAVAILABLE']);
      const tail = await readToEnd(reader);
      expect(tail).not.toContain('\r\n0\r\n\r\n');
    } finally {
      await owner.query(`grant execute on function ${call} to lienthong_log_writer`);
    }
  });

  test('a gateway that stops says so in the record', async () => {
    const another = await gateway.openAnother();
    const url = await makeLink(another, agency, where);
    const response = await download(another, agency, url);
    const failed = response.text().then(
      () => false,
      () => true,
    );
    await another.close();
    expect(await failed).toBe(true);
    expect(await completion()).toMatchObject({ outcome: 'BROKEN_OFF', errorCode: 'STOPPING' });
  });
});

async function readToEnd(socket: Socket): Promise<string> {
  let tail = '';
  socket.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.subarray(-64).toString('latin1')).slice(-64);
  });
  socket.on('error', () => undefined);
  if (!socket.destroyed) await once(socket, 'close');
  return tail;
}

/** Does something while a reader waits, and then lets it read on. */
async function brokenBy(work: () => Promise<void>) {
  const socket = await slowReader(await makeLink(gateway, agency, where));
  const [intent] = await exportRecords(gateway, 1);
  await work();
  const tail = await readToEnd(socket);
  const last = await vi.waitFor(
    async () => {
      const [record] = await exportRecords(gateway, 1);
      expect(record.intent).toBe(intent.number);
      return record;
    },
    { timeout: 20_000, interval: 100 },
  );
  return { socket: { tail }, last };
}
