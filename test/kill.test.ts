/** The real process under load: killed at any moment it loses no record, and asked to stop it ends well. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { employer, insertDebt, obligation, position } from './debt-marks.ts';
import { embeddedPlace, removeFolders, serverPlace, type Place } from './support/place.ts';
import {
  ensureBuilt,
  killStarted,
  spawnGateway,
  startProcess,
  type Running,
} from './support/process.ts';

beforeAll(ensureBuilt);
afterAll(() => {
  killStarted();
  removeFolders();
});

const viewer = '{ viewer { role } }';

/** A request on a connection of its own: `sent()` resolves when all of it is on its way. */
function send(address: string, token: string, query = viewer, purpose = 'PUBLIC_INFORMATION') {
  const { port } = new URL(address);
  const req = request({
    host: '127.0.0.1',
    port,
    path: '/graphql',
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'purpose-of-use': purpose,
    },
    agent: false,
  });
  req.end(JSON.stringify({ query }));
  const answer = async () => {
    const [res] = (await once(req, 'response')) as [IncomingMessage];
    const body = await text(res);
    const header = (name: string) => String(res.headers[name] ?? '');
    const [number, requestId] = [header('access-record'), header('request-id')];
    return { status: res.statusCode, body, number, requestId };
  };
  const sent = async () => {
    if (!req.writableFinished) await once(req, 'finish');
  };
  return { sent, answered: answer() };
}
const ask = (address: string, token: string) => send(address, token).answered;
type Answer = Awaited<ReturnType<typeof ask>>;

/** Sixteen connections that ask until the process is gone; kills it after so many answers. */
async function askUntilKilled({ child, address }: Running, token: string, killAfter: number) {
  const answers: Answer[] = [];
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      try {
        for (;;) {
          answers.push(await ask(address, token));
          if (answers.length === killAfter) child.kill('SIGKILL');
        }
      } catch {
        // The process is gone, and with it the answer under way.
      }
    }),
  );
  return answers;
}

const places = [
  ['EMBEDDED', embeddedPlace],
  ['SERVER', serverPlace],
] as const;

interface Recorded {
  readonly number: string;
  readonly request_id: string;
  readonly request_count: number;
  readonly error_code: string | null;
}
const readRecords = (place: Place) =>
  place.read<Recorded>(
    'select number::text, request_id, request_count, error_code from access_record order by access_record.number',
  );

function expectRecorded(answers: readonly Answer[], records: readonly Recorded[]): void {
  expect(records.map(({ number }) => Number(number))).toEqual(records.map((_, i) => i));
  const byNumber = new Map(records.map((record) => [record.number, record.request_id]));
  const lost = answers.filter(({ number, requestId }) => byNumber.get(number) !== requestId);
  expect(lost).toEqual([]);
}

describe.each(places)('a process on %s', (_kind, makePlace) => {
  test('killed at any moment under load, it has recorded every answer that left', async () => {
    const place = await makePlace();
    const answers: Answer[] = [];
    for (let round = 0; round < 3; round += 1) {
      const running = await startProcess(place.environment);
      const killAfter = randomInt(20, 200);
      const received = await askUntilKilled(running, await place.token(), killAfter);
      expect(await running.exited).toEqual([null, 'SIGKILL']);
      expect(received.length).toBeGreaterThanOrEqual(killAfter);
      expect(received.every(({ status, number }) => status === 200 && number !== '')).toBe(true);
      answers.push(...received);
      expectRecorded(answers, await readRecords(place));
    }
  }, 180_000);

  test('asked to stop, it finishes what is under way and records what it had counted', async () => {
    const place = await makePlace();
    const running = await startProcess(place.environment);
    const token = await place.token();
    for (let i = 0; i < 5; i += 1) expect((await ask(running.address, 'x')).status).toBe(401);
    const slow = '{ areas(first: 20) { nodes { children(first: 100) { nameVi } } } }';
    const underWay = Array.from({ length: 6 }, () => send(running.address, token, slow));
    await Promise.all(underWay.map(({ sent }) => sent()));
    // Connections are taken in their order: when this one is answered, those before it are inside.
    expect((await fetch(`${running.address}/healthz`)).status).toBe(200);
    running.child.kill('SIGTERM');
    const answers = await Promise.all(underWay.map(({ answered }) => answered));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    for (const { body } of answers) expect(JSON.parse(body)).not.toHaveProperty('errors');
    expect(await running.exited).toEqual([0, null]);
    await expect(fetch(`${running.address}/healthz`)).rejects.toThrow();
    const folder = place.environment['DATA_DIR'];
    expect(folder ? existsSync(path.join(folder, 'lock')) : false).toBe(false);
    const records = await readRecords(place);
    expectRecorded(answers, records);
    const refused = records.filter(({ error_code }) => error_code === 'TOKEN_MALFORMED');
    expect(refused.map(({ request_count }) => request_count)).toEqual([1, 4]);

    // With nothing else to record, the last answer is all that the end has to wait for.
    const again = await startProcess(place.environment);
    const last = send(again.address, token, slow);
    await last.sent();
    expect((await fetch(`${again.address}/healthz`)).status).toBe(200);
    again.child.kill('SIGTERM');
    const answer = await last.answered;
    expect([answer.status, answer.number]).toEqual([200, String(records.length)]);
    expect(await again.exited).toEqual([0, null]);
  });
});

describe('one data folder', () => {
  test('serves one process; a second one ends and leaves the first well', async () => {
    const place = embeddedPlace();
    const running = await startProcess(place.environment);
    const second = spawnGateway(place.environment);
    expect(await second.exited).toEqual([1, null]);
    expect(second.complaints()).toContain('STORE_LOCKED');
    expect(second.complaints()).toContain(`Process ${running.child.pid}`);
    expect((await ask(running.address, await place.token())).status).toBe(200);
    running.child.kill('SIGTERM');
    expect(await running.exited).toEqual([0, null]);
  });
});

describe('a gateway that dies while it writes the positions of a day', () => {
  const day = '2026-03-31';
  const positions = `select employer_id, state, amount::text from debt_position
    where as_of = '${day}' and audience = 'INTERNAL' order by 1`;
  const runs = 'select state, step, error_code from debt_identification order by started_at';
  const identify = `mutation { identifyDebt(area: { code: "11", vintage: "2025-07" }, asOf: "${day}")
    { state employers positions errorCode } }`;

  test('leaves it as it was, and after its silence it is identified wholly', async () => {
    const place = await serverPlace({ agency: 'si-dien-bien', role: 'SI' });
    const admin = new pg.Pool({ connectionString: place.adminUrl });
    const rowsOf = async (sql: string) => (await admin.query<Record<string, unknown>>(sql)).rows;
    const commune = '03127@2025-07';
    await insertDebt(admin, {
      employers: [employer('owing', commune), employer('paid', commune)],
      positions: [position('paid', 999, { as_of: day })],
      obligations: [
        obligation('owing', '2026-01', [100, 0]),
        obligation('owing', '2025-12', [100, 0]),
      ],
    });
    const before = await rowsOf(positions);
    expect(before).toEqual([{ employer_id: 'paid', state: 'LATE_UNPAID', amount: '999' }]);
    const ask = async ({ address }: Running) =>
      send(address, await place.token(), identify, 'SOCIAL_INSURANCE_ADMINISTRATION');

    const running = await startProcess(place.environment);
    const holder = await admin.connect();
    await holder.query('begin');
    await holder.query(`select from debt_position where as_of = '${day}' for update`);
    const lost = (await ask(running)).answered.catch((error: Error) => error);
    const sessions = `select wait_event_type = 'Lock' as waits from pg_stat_activity
      where datname = current_database() and usename = 'lt_gateway' and query like '%write_debt_positions%'`;
    await expect.poll(() => rowsOf(sessions), { timeout: 8_000 }).toEqual([{ waits: true }]);
    expect(await rowsOf(runs)).toMatchObject([{ state: 'RUNNING', error_code: null }]);
    running.child.kill('SIGKILL');
    expect(await running.exited).toEqual([null, 'SIGKILL']);
    expect(await lost).toBeInstanceOf(Error);
    await holder.query('rollback');
    holder.release();
    // What it had asked for last, the database still tries.
    await expect.poll(() => rowsOf(sessions), { timeout: 8_000 }).toEqual([]);
    expect(await rowsOf(positions)).toEqual(before);

    const again = await startProcess(place.environment);
    const refused = JSON.parse((await (await ask(again)).answered).body);
    expect(refused.errors[0].extensions.code).toBe('IDENTIFICATION_BUSY');
    await admin.query(
      `update debt_identification set heartbeat_at = clock_timestamp() - interval '31 seconds'`,
    );
    const { body } = await (await ask(again)).answered;
    expect(JSON.parse(body).data.identifyDebt).toEqual({
      state: 'DONE',
      employers: 2,
      positions: 1,
      errorCode: null,
    });
    expect(await rowsOf(positions)).toEqual([
      { employer_id: 'owing', state: 'LATE_UNPAID', amount: '1000' },
    ]);
    expect(await rowsOf(runs)).toMatchObject([
      { state: 'FAILED', error_code: 'JOB_LOST' },
      { state: 'DONE', error_code: null },
    ]);
    again.child.kill('SIGTERM');
    expect(await again.exited).toEqual([0, null]);
    await admin.end();
  }, 60_000);
});
