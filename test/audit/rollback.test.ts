/** Data stops while the log is not what was kept of it, or is not signed in time; and goes on by itself. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readCheckpoint } from '../../src/audit/log/checkpoint.ts';
import { checkExport } from '../../src/audit/check/export.ts';
import { signingKeys } from '../../src/audit/log/keys.ts';
import { openSuccessor } from '../../src/audit/log/successor.ts';
import { exportLogs } from '../../src/commands/audit-export.ts';
import { databaseSource } from '../../src/commands/log-source.ts';
import { silentProgress } from '../../src/commands/progress.ts';
import { openEmbeddedStore, openServerStore } from '../../src/platform/store.ts';
import { createLogger } from '../../src/platform/telemetry.ts';
import { startGateway } from '../../src/server.ts';
import { openGateway, storeKinds, type TestGateway } from '../support/gateway.ts';
import { runSql } from '../support/postgres.ts';
import { asSuperuser, checkpointOf, serverUrl, until } from './log-support.ts';

const question = '{ viewer { role } }';
const publish = 'publish_checkpoint(text, text, bigint, bigint, text, jsonb, jsonb)';
const readyz = async ({ gateway }: TestGateway) => {
  const response = await fetch(`${gateway.address}/readyz`);
  return { status: response.status, text: (await response.text()).trim() };
};

describe.each(storeKinds)('a log that is not signed in time on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind });
  });
  afterAll(() => gateway.close());

  test('stops data when its oldest unsigned record is older than a minute, and goes on by itself', async () => {
    await gateway.ask('press-vn', question);
    await checkpointOf(gateway, 1n);
    await asSuperuser(gateway, `revoke execute on function ${publish} from lienthong_log_writer`);
    // Taken back while it stands: a record made now is not signed.
    expect((await gateway.ask('press-vn', question)).status).toBe(200);
    // Two months may meet within the minute.
    await asSuperuser(gateway, `select ensure_log_partition(now() - interval '1 hour')`);
    const age = (seconds: number) =>
      asSuperuser(
        gateway,
        `update access_record set recorded_at = now() - interval '${seconds} seconds'
          where number >= (select size from log_tree where kind = 'ACCESS')`,
      );
    await age(61);
    const closed = await until(
      () => readyz(gateway),
      ({ status }) => status === 503,
    );
    expect(closed).toEqual({ status: 503, text: 'AUDIT_UNAVAILABLE' });
    for (const agency of ['press-vn', 'si-vn', 'audit-vn', 'steward-vn']) {
      const reply = await gateway.ask(agency, question);
      expect([reply.status, reply.errors[0]?.extensions.code]).toEqual([503, 'AUDIT_UNAVAILABLE']);
      expect(reply.headers).not.toHaveProperty('access-record');
    }
    await asSuperuser(gateway, `grant execute on function ${publish} to lienthong_log_writer`);
    expect(
      await until(
        () => readyz(gateway),
        ({ status }) => status === 200,
      ),
    ).toMatchObject({ text: 'ready' });
    expect((await gateway.ask('press-vn', question)).status).toBe(200);
  });

  test('an idle night stops nothing: what is signed may be as old as it likes', async () => {
    const { headers } = await gateway.ask('press-vn', question);
    await checkpointOf(gateway, BigInt(headers['access-record']!) + 1n);
    await until(
      async () =>
        (
          await asSuperuser<{ unsigned: string }>(
            gateway,
            `select (h.next - t.size)::text as unsigned from log_tree t, access_head h where t.kind = 'ACCESS' and h.id = 1`,
          )
        )[0]?.unsigned,
      (unsigned) => unsigned === '0',
    );
    await asSuperuser(
      gateway,
      `select ensure_log_partition(now() - interval '9 hours')`,
      `update access_record set recorded_at = recorded_at - interval '9 hours'`,
    );
    // The gateway has looked at the log since then: this answer's record is signed after it.
    const next = await gateway.ask('press-vn', question);
    await checkpointOf(gateway, BigInt(next.headers['access-record']!) + 1n);
    expect((await readyz(gateway)).text).toBe('ready');
    expect((await gateway.ask('press-vn', question)).status).toBe(200);
  });
});

describe('an older database', () => {
  const admin = inject('postgresUrl');
  let gateway: TestGateway;
  let name = '';
  const folder = mkdtempSync(path.join(tmpdir(), 'lienthong-rollback-'));
  beforeAll(async () => {
    gateway = await openGateway({ kind: 'SERVER' });
    name = new URL(await serverUrl(gateway)).pathname.slice(1);
  });
  afterAll(async () => {
    await gateway.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const urlOf = (login: string) =>
    Object.assign(new URL(admin), { username: login, pathname: `/${name}` }).href;
  /** Puts the copy in the place of the database, under the feet of whoever is connected. */
  async function replaceBy(copy: string): Promise<void> {
    await runSql(
      admin,
      `drop database ${name} with (force)`,
      `alter database ${copy} rename to ${name}`,
    );
  }
  async function copyNow(): Promise<string> {
    const copy = `lt_${randomBytes(6).toString('hex')}`;
    await runSql(
      admin,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      `alter database ${name} with allow_connections false`,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
    );
    await runSql(
      admin,
      `create database ${copy} template ${name} owner lt_owner`,
      `alter database ${name} with allow_connections true`,
      `alter database ${copy} with allow_connections true`,
    );
    return copy;
  }
  const asked = () =>
    until(
      () => gateway.ask('press-vn', question),
      ({ status }) => status === 200,
    );

  test('is noticed by the gateway that runs, and by one that starts; a successor begins with the old checkpoint', async () => {
    for (let i = 0; i < 20; i += 1) await gateway.ask('press-vn', question);
    const before = await checkpointOf(gateway, 20n);
    const copy = await copyNow();
    const numbers: bigint[] = [];
    for (let i = 0; i < 30; i += 1) numbers.push(BigInt((await asked()).headers['access-record']!));
    const kept = await checkpointOf(gateway, numbers.at(-1)! + 1n);
    const keptSize = readCheckpoint(kept)!.size;

    await replaceBy(copy);
    expect(
      await until(
        () => readyz(gateway),
        ({ text }) => text === 'LOG_ROLLBACK',
      ),
    ).toEqual({ status: 503, text: 'LOG_ROLLBACK' });
    const refused = await gateway.ask('press-vn', question);
    expect([refused.status, refused.errors[0]?.extensions.code]).toEqual([503, 'LOG_ROLLBACK']);
    expect(refused.headers).not.toHaveProperty('access-record');
    const store = await openServerStore(urlOf('lt_gateway'), urlOf('lt_log'));
    const second = await startGateway(gateway.config, store, createLogger('silent'));
    expect(await (await fetch(`${second.address}/readyz`)).text()).toBe('LOG_ROLLBACK\n');

    const owner = new pg.Client({ connectionString: urlOf('lt_owner') });
    await owner.connect();
    const keys = signingKeys([], gateway.dataDirectory);
    const wishes = { kind: 'ACCESS', reason: 'Restored from an older copy.', keys } as const;
    const old = { ...readCheckpoint(kept)!, note: kept };
    const forged = { ...old, note: kept.replace(`\n${keptSize}\n`, '\n999999\n'), size: 999_999n };
    await expect(openSuccessor(owner, { ...wishes, kept: forged })).rejects.toMatchObject({
      code: 'LOG_SUCCESSOR_REFUSED',
    });
    // One that is older than what the gateways have kept is no beginning for them.
    await owner.query('begin');
    expect(
      await openSuccessor(owner, { ...wishes, kept: { ...readCheckpoint(before)!, note: before } }),
    ).toBeNull();
    await owner.query('rollback');
    await owner.query('begin');
    const origin = await openSuccessor(owner, { ...wishes, kept: old });
    await owner.query('commit');
    await owner.end();
    expect(origin).toBe(`${old.origin}/2`);

    // Both go on by themselves, with numbers that were never given before.
    const answer = await asked();
    expect(BigInt(answer.headers['access-record']!)).toBeGreaterThan(10n ** 15n);
    expect(
      await until(
        async () => (await fetch(`${second.address}/readyz`)).status,
        (status) => status === 200,
      ),
    ).toBe(200);
    await second.stop();
    const note = await checkpointOf(gateway, 3n);
    expect(readCheckpoint(note)?.origin).toBe(origin);

    const { data } = await gateway.ask(
      'audit-vn',
      '{ accessRecords(first: 2, orderBy: NUMBER_ASC, where: { outcome: OPENED }) { nodes { number outcome leaf proof { index } } } lost: accessRecords(where: { outcome: LOST }) { nodes { leaf } } }',
    );
    const [opened] = data.accessRecords.nodes;
    expect(opened).toMatchObject({ number: String(10n ** 15n), proof: { index: '0' } });
    expect(JSON.parse(Buffer.from(opened.leaf, 'base64').toString()).predecessor).toContain(
      old.root.toString('base64'),
    );
    const { lost } = JSON.parse(Buffer.from(data.lost.nodes[0].leaf, 'base64').toString());
    expect(lost).toMatchObject({
      to: String(keptSize),
      reason: 'Restored from an older copy.',
      tree: old.origin,
    });
    expect(BigInt(lost.from)).toBeLessThan(keptSize);

    // The successor is sound; of the old tree the export shows what was lost.
    const reading = async (epoch?: number) =>
      databaseSource(await openServerStore(urlOf('lt_gateway'), urlOf('lt_log')), epoch);
    for (const [label, epoch] of [
      ['new', undefined],
      ['old', 1],
    ] as const) {
      const source = await reading(epoch);
      await exportLogs(source, path.join(folder, label), { progress: silentProgress });
      await source.close();
    }
    expect(await checkExport(path.join(folder, 'new'), { oldCheckpoints: [note] })).toMatchObject({
      sound: true,
    });
    expect((await checkExport(path.join(folder, 'old'), { oldCheckpoints: [before] })).sound).toBe(
      true,
    );
    expect(
      (await checkExport(path.join(folder, 'old'), { oldCheckpoints: [kept] })).problems,
    ).toMatchObject([{ code: 'OLD_LARGER' }]);
  });
});

describe('records that were lost before they were signed', () => {
  test('are missed by the gateway that was given their numbers, until a successor says so', async () => {
    const gateway = await openGateway({ kind: 'SERVER' });
    await gateway.ask('press-vn', question);
    await checkpointOf(gateway, 1n);
    await asSuperuser(gateway, `revoke execute on function ${publish} from lienthong_log_writer`);
    const { headers } = await gateway.ask('press-vn', question);
    for (let i = 0; i < 3; i += 1) await gateway.ask('press-vn', question);
    const first = headers['access-record']!;
    await asSuperuser(
      gateway,
      `delete from access_record where number >= ${first}`,
      `delete from access_salt where number >= ${first}`,
      `update access_head set next = ${first} where id = 1`,
      `grant execute on function ${publish} to lienthong_log_writer`,
    );
    expect((await gateway.ask('press-vn', question)).errors[0]?.extensions.code).toBe(
      'AUDIT_UNAVAILABLE',
    );
    for (let i = 0; i < 6; i += 1) {
      const { status, errors } = await gateway.ask('press-vn', question);
      expect([status, errors[0]?.extensions.code]).toEqual([503, 'LOG_ROLLBACK']);
    }
    expect((await readyz(gateway)).text).toBe('LOG_ROLLBACK');
    const owner = new pg.Client({ connectionString: await serverUrl(gateway, 'lt_owner') });
    await owner.connect();
    const [shown] = await asSuperuser<{ note: string }>(
      gateway,
      `select note from log_checkpoint where kind = 'ACCESS' order by size desc limit 1`,
    );
    const wishes = {
      kind: 'ACCESS',
      reason: 'The standby lacked them.',
      keys: signingKeys([], gateway.dataDirectory),
      kept: { ...readCheckpoint(shown!.note)!, note: shown!.note },
    } as const;
    await owner.query('begin');
    expect(await openSuccessor(owner, wishes)).toBeNull();
    expect(await openSuccessor(owner, { ...wishes, evenIfItGoesOn: true })).toMatch(/\/access\/2$/);
    await owner.query('commit');
    await owner.end();
    expect(
      await until(
        () => readyz(gateway),
        ({ status }) => status === 200,
      ),
    ).toMatchObject({ text: 'ready' });
    const next = await gateway.ask('press-vn', question);
    expect(BigInt(next.headers['access-record']!)).toBeGreaterThan(10n ** 15n);
    await gateway.close();
  });
});

describe('an embedded database that was taken away', () => {
  test('is missed by the folder that kept its checkpoint', async () => {
    const gateway = await openGateway();
    await gateway.ask('press-vn', question);
    await checkpointOf(gateway, 1n);
    await gateway.gateway.stop();
    const home = path.join(gateway.dataDirectory, 'database');
    rmSync(home, { recursive: true });
    const store = await openEmbeddedStore(gateway.dataDirectory, async () => undefined);
    const next = await startGateway(gateway.config, store, createLogger('silent'));
    expect(await (await fetch(`${next.address}/readyz`)).text()).toBe('LOG_ROLLBACK\n');
    await next.stop();
    rmSync(gateway.dataDirectory, { recursive: true });
  });
});

describe('keys and names of a log', () => {
  let gateway: TestGateway;
  let urls: [gateway: string, log: string];
  const folder = mkdtempSync(path.join(tmpdir(), 'lienthong-keys-'));
  beforeAll(async () => {
    gateway = await openGateway({ kind: 'SERVER' });
    urls = [await serverUrl(gateway, 'lt_gateway'), await serverUrl(gateway, 'lt_log')];
  });
  // The gateway itself is stopped on the way.
  afterAll(async () => {
    await runSql(
      inject('postgresUrl'),
      `drop database ${new URL(urls[0]).pathname.slice(1)} with (force)`,
    );
    for (const directory of [folder, gateway.dataDirectory]) {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  async function startOther(config: object) {
    const store = await openServerStore(...urls);
    try {
      return await startGateway({ ...gateway.config, ...config }, store, createLogger('silent'));
    } catch (error) {
      await store.close();
      throw error;
    }
  }
  async function vkeys(): Promise<string[]> {
    const admin = new URL(urls[0]);
    admin.username = new URL(inject('postgresUrl')).username;
    const client = new pg.Client({ connectionString: admin.href });
    await client.connect();
    const { rows } = await client.query<{ vkey: string }>(
      `select vkey from log_key where kind = 'ACCESS' order by added_at`,
    );
    await client.end();
    return rows.map(({ vkey }) => vkey);
  }
  function makeKey(name: string): string {
    const file = path.join(folder, name);
    writeFileSync(
      file,
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
    );
    return file;
  }

  test('another name than the database’s is refused at the start', async () => {
    await expect(startOther({ logOrigin: 'log.example/other' })).rejects.toMatchObject({
      code: 'LOG_ORIGIN_DIFFERS',
    });
  });

  test('in production a key that the log does not know is not added by its gateway', async () => {
    const [known] = await vkeys();
    const other = await startOther({ production: true, logSigningKeys: [makeKey('unknown.pem')] });
    expect(await vkeys()).toEqual([known]);
    await other.stop();
  });

  test('a rotation signs with both keys, and the old one stays published', async () => {
    const before = await vkeys();
    const old = before[0];
    const own = path.join(gateway.dataDirectory, 'log-signing-key.pem');
    await gateway.gateway.stop();
    const both = await startOther({ logSigningKeys: [makeKey('new.pem'), own] });
    const headers = {
      authorization: `Bearer ${await gateway.token('audit-vn')}`,
      'purpose-of-use': 'AUDIT',
    };
    const read = async (file: string) =>
      (await fetch(`${both.address}/log/${file}`, { headers })).text();
    await until(
      () => read('checkpoint'),
      (note) => note.split('\u2014').length === 3,
    );
    const note = await read('checkpoint');
    expect(note.split('\u2014')).toHaveLength(3);
    const keys = (await read('keys')).trim().split('\n');
    expect(keys).toHaveLength(2);
    expect(keys).toContain(old);
    await both.stop();
    const rotated = await startOther({ logSigningKeys: [path.join(folder, 'new.pem')] });
    expect(await (await fetch(`${rotated.address}/readyz`)).text()).toBe('ready\n');
    await rotated.stop();
    expect(await vkeys()).toHaveLength(2);
  });
});
