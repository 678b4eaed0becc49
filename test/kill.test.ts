/** The real process under load: killed at any moment it loses no record, and asked to stop it ends well. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import * as jose from 'jose';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { signDevelopmentToken } from '../src/identity/development.ts';
import { openEmbeddedStore } from '../src/platform/store.ts';
import { runSql } from './support/postgres.ts';
import {
  ensureBuilt,
  killStarted,
  spawnGateway,
  startProcess,
  type Running,
} from './support/process.ts';

const folders: string[] = [];
const makeFolder = () => {
  folders.push(mkdtempSync(path.join(tmpdir(), 'lienthong-kill-')));
  return folders.at(-1) ?? '';
};

beforeAll(ensureBuilt);
afterAll(() => {
  killStarted();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const viewer = '{ viewer { role } }';

/** A request on a connection of its own: `sent()` resolves when all of it is on its way. */
function send(address: string, token: string, query = viewer) {
  const { port } = new URL(address);
  const req = request({
    host: '127.0.0.1',
    port,
    path: '/graphql',
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'purpose-of-use': 'PUBLIC_INFORMATION',
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

interface Place {
  readonly environment: Record<string, string>;
  token(): Promise<string>;
  /** Reads the database while no process of ours serves it. */
  read<Row>(sql: string): Promise<Row[]>;
}

function embeddedPlace(): Place {
  const folder = makeFolder();
  cpSync(inject('embeddedTemplate'), folder, { recursive: true });
  return {
    environment: { DATA_DIR: folder },
    token: () =>
      signDevelopmentToken(folder, {
        agencyId: 'press-vn',
        role: 'PRESS',
        lifetime: '1h',
        audience: 'lienthong',
      }),
    async read<Row>(sql: string) {
      const store = await openEmbeddedStore(folder, async () => undefined);
      const client = await store.gateway.connectAs('postgres');
      const { rows } = await client.query(sql);
      client.release();
      await store.close();
      return rows as Row[];
    },
  };
}

/** The development issuer is refused beside a server, so one of its own is registered. */
async function serverPlace(): Promise<Place> {
  const admin = new URL(inject('postgresUrl'));
  const name = `lt_kill_${randomBytes(6).toString('hex')}`;
  await runSql(admin.href, `create database ${name} template lienthong_template owner lt_owner`);
  const urlOf = (login: string) =>
    Object.assign(new URL(admin), { username: login, pathname: `/${name}` }).href;
  const issuer = 'urn:test:kill';
  const { privateKey, publicKey } = await jose.generateKeyPair('EdDSA');
  const keys = path.join(makeFolder(), 'jwks.json');
  const jwk = { ...(await jose.exportJWK(publicKey)), kid: 'kill', alg: 'EdDSA', use: 'sig' };
  writeFileSync(keys, JSON.stringify({ keys: [jwk] }));
  await runSql(
    urlOf(admin.username),
    `insert into issuer (id, name, kind, jwks_uri, state)
       values ('${issuer}', 'Test', 'FILE', '${pathToFileURL(keys).href}', 'ACTIVE')`,
    `insert into issuer_agency (issuer_id, agency_id) values ('${issuer}', 'press-vn')`,
  );
  return {
    environment: { DATABASE_URL: urlOf('lt_gateway'), LOG_DATABASE_URL: urlOf('lt_log') },
    token: () =>
      new jose.SignJWT({ client_id: 'press-vn-app', agency: 'press-vn', role: 'PRESS' })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'kill' })
        .setIssuer(issuer)
        .setAudience('lienthong')
        .setSubject('kill')
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    async read<Row>(sql: string) {
      const client = new pg.Client({ connectionString: urlOf(admin.username) });
      await client.connect();
      const { rows } = await client.query(sql);
      await client.end();
      return rows as Row[];
    },
  };
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
