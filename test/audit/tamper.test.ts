/** Whatever a superuser does to the recorded, an export and one kept checkpoint show it; and so the gateway stops. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { formatCheckpoint, readCheckpoint } from '../../src/audit/log/checkpoint.ts';
import { checkExport } from '../../src/audit/check/export.ts';
import { publicKeyOf, signNote, vkeyOf } from '../../src/audit/log/note.ts';
import { GrowingTree } from '../../src/audit/log/tiles.ts';
import { leafHash } from '../../src/audit/tree.ts';
import { exportLogs } from '../../src/commands/audit-export.ts';
import { databaseSource } from '../../src/commands/log-source.ts';
import { silentProgress } from '../../src/commands/progress.ts';
import { openServerStore } from '../../src/platform/store.ts';
import { createLogger } from '../../src/platform/telemetry.ts';
import { startGateway } from '../../src/server.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { runSql } from '../support/postgres.ts';
import { checkpointOf, serverUrl } from './log-support.ts';

const records = 600;

interface Tampering {
  readonly name: string;
  readonly sql?: readonly string[];
  readonly work?: (superuser: pg.Client) => Promise<void>;
  /** What the check names, with the record where one can be named. */
  readonly found: readonly object[];
  /** Whether a gateway that kept the checkpoint stops at once. */
  readonly stops?: true;
}

const forge = `convert_to(replace(convert_from(leaf, 'UTF8'), '"press-vn"', '"union-vn"'), 'UTF8')`;

/** The tree made anew of what the table now says, signed by nobody or by this key. */
async function rebuild(superuser: pg.Client, sign: boolean): Promise<void> {
  const { rows } = await superuser.query<{ leaf: Buffer }>(
    'select leaf from access_record order by access_record.number',
  );
  const { rows: trees } = await superuser.query<{ origin: string; size: string }>(
    `select origin, size::text from log_tree where kind = 'ACCESS'`,
  );
  const { origin, size } = trees[0]!;
  const tree = new GrowingTree(0n, []);
  for (const { leaf } of rows.slice(0, Number(size))) tree.append(leafHash(leaf));
  for (const { level, position, hashes } of tree.changed) {
    await superuser.query(
      'update log_tile set hashes = $4 where origin = $1 and level = $2 and position = $3',
      [origin, level, String(position), hashes],
    );
  }
  if (!sign) return;
  const { privateKey } = generateKeyPairSync('ed25519');
  const text = formatCheckpoint({ origin, size: tree.size, root: await tree.root() });
  await superuser.query('update log_checkpoint set note = $1 where origin = $2 and size = $3', [
    signNote(text, origin, [privateKey]),
    origin,
    size,
  ]);
  await superuser.query(`insert into log_key values ($1, $2, 'ACCESS', now())`, [
    origin,
    vkeyOf(origin, publicKeyOf(privateKey)),
  ]);
}

const changeFive = `update access_record set leaf = ${forge} where number = 5`;

const tamperings: readonly Tampering[] = [
  { name: 'a record changed', sql: [changeFive], found: [{ code: 'ENTRY_CHANGED', index: 5n }] },
  {
    name: 'a record of the last, unfilled bundle changed',
    sql: [`update access_record set leaf = ${forge} where number = 590`],
    found: [{ code: 'ENTRY_CHANGED', index: 590n }],
  },
  {
    name: 'a record deleted',
    sql: ['delete from access_record where number = 300'],
    found: [{ code: 'ENTRY_CHANGED', index: 300n }],
  },
  {
    name: 'a record inserted between others',
    sql: [
      'update access_record set number = -number where number >= 300',
      'update access_record set number = 1 - number where number < 0',
      `insert into access_record select (access_columns(300, recorded_at, ${forge})).* from access_record where number = 7`,
    ],
    found: [{ code: 'ENTRY_CHANGED', index: 300n }],
  },
  {
    name: 'two records swapped',
    sql: [
      'update access_record set number = -40 where number = 40',
      'update access_record set number = 40 where number = 41',
      'update access_record set number = 41 where number = -40',
    ],
    found: [
      { code: 'ENTRY_CHANGED', index: 40n },
      { code: 'ENTRY_CHANGED', index: 41n },
    ],
  },
  {
    name: 'the end cut off, with the checkpoints that speak of it',
    sql: [
      `delete from log_checkpoint where kind = 'ACCESS'
        and size > (select min(size) from log_checkpoint where kind = 'ACCESS')`,
      `update log_tree set size = (select max(size) from log_checkpoint where kind = 'ACCESS') where kind = 'ACCESS'`,
      `delete from access_record where number >= (select size from log_tree where kind = 'ACCESS')`,
      `update access_head set next = (select size from log_tree where kind = 'ACCESS') where id = 1`,
    ],
    found: [{ code: 'OLD_LARGER' }],
    stops: true,
  },
  {
    name: 'a record changed and all hashes made anew',
    sql: [changeFive],
    work: (superuser) => rebuild(superuser, false),
    found: [{ code: 'ROOT_DIFFERS' }],
    stops: true,
  },
  {
    name: 'a record changed, all hashes made anew, and signed with another key',
    sql: [changeFive],
    work: (superuser) => rebuild(superuser, true),
    found: [{ code: 'KEY_CHANGED' }, { code: 'OLD_ROOT_DIFFERS' }],
    stops: true,
  },
  {
    name: 'nothing but the signature changed',
    work: (superuser) => rebuild(superuser, true),
    found: [{ code: 'KEY_CHANGED' }],
  },
  {
    name: 'a hash changed',
    sql: [
      `update log_tile set hashes = set_byte(hashes, 40, 255 - get_byte(hashes, 40)) where kind = 'ACCESS' and level = 0 and position = 1`,
    ],
    found: [{ code: 'TILE_CHANGED' }],
  },
  {
    name: 'the newest checkpoint removed',
    sql: [
      `delete from log_checkpoint where kind = 'ACCESS' and size = (select size from log_tree where kind = 'ACCESS')`,
    ],
    found: [],
    stops: true,
  },
];

describe('tampering by a superuser', () => {
  let gateway: TestGateway;
  let kept = '';
  let folder = '';
  const admin = inject('postgresUrl');
  let template = '';
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'lienthong-tamper-'));
    gateway = await openGateway({ kind: 'SERVER' });
    for (let i = 0; i < records; i += 1) await gateway.ask('press-vn', '{ viewer { role } }');
    // An earlier checkpoint, and later ones: what was cut off is missed.
    kept = await checkpointOf(gateway, BigInt(records));
    kept = await checkpointOf(gateway, (readCheckpoint(kept)?.size ?? 0n) + 1n);
    template = new URL(await serverUrl(gateway)).pathname.slice(1);
    await gateway.gateway.stop();
  });
  afterAll(async () => {
    await runSql(admin, `drop database ${template} with (force)`);
    rmSync(folder, { recursive: true, force: true });
  });

  async function onCopy<T>(work: (urlOf: (login: string) => string) => Promise<T>): Promise<T> {
    const copy = `lt_${randomBytes(6).toString('hex')}`;
    await runSql(admin, `create database ${copy} template ${template} owner lt_owner`);
    const urlOf = (login: string) =>
      Object.assign(new URL(admin), { username: login, pathname: `/${copy}` }).href;
    try {
      return await work(urlOf);
    } finally {
      await runSql(admin, `drop database ${copy} with (force)`);
    }
  }

  async function tamper(url: string, { sql = [], work }: Partial<Tampering>): Promise<void> {
    const superuser = new pg.Client({ connectionString: url });
    await superuser.connect();
    await superuser.query('set session_replication_role = replica');
    for (const statement of sql) await superuser.query(statement);
    await work?.(superuser);
    await superuser.end();
  }

  async function check(urlOf: (login: string) => string, name: string) {
    const directory = path.join(folder, name.replaceAll(/\W/g, '-'));
    const source = databaseSource(await openServerStore(urlOf('lt_gateway'), urlOf('lt_log')));
    try {
      await exportLogs(source, directory, { progress: silentProgress });
    } finally {
      await source.close();
    }
    return checkExport(directory, { oldCheckpoints: [kept] });
  }

  /** A gateway with the same data folder, in which the last checkpoint is kept. */
  async function closureOn(urlOf: (login: string) => string): Promise<string> {
    const store = await openServerStore(urlOf('lt_gateway'), urlOf('lt_log'));
    const other = await startGateway(gateway.config, store, createLogger('silent'));
    const response = await fetch(`${other.address}/readyz`);
    const text = (await response.text()).trim();
    await other.stop();
    return text;
  }

  test('without any, the export is sound and a gateway goes on', async () => {
    await onCopy(async (urlOf) => {
      const report = await check(urlOf, 'none');
      expect(report.problems).toEqual([]);
      expect(report).toMatchObject({ sound: true, keysFromExport: false });
      expect(report.entriesChecked).toBeGreaterThanOrEqual(BigInt(records));
      expect(await closureOn(urlOf)).toBe('ready');
    });
  });

  test.each(tamperings)('$name', async ({ found, stops, ...tampering }) => {
    await onCopy(async (urlOf) => {
      await tamper(urlOf(new URL(admin).username), tampering);
      if (found.length > 0) {
        const report = await check(urlOf, tampering.name);
        expect(report.sound).toBe(false);
        const problems = report.problems.map(({ code, index }) => ({ code, index }));
        const wanted = found.map((problem) => expect.objectContaining(problem) as object);
        expect(problems).toEqual(expect.arrayContaining(wanted));
      }
      expect(await closureOn(urlOf)).toBe(stops ? 'LOG_ROLLBACK' : 'ready');
    });
  });

  test('columns that say another thing than the record mislead nobody who reads it', async () => {
    await onCopy(async (urlOf) => {
      await tamper(urlOf(new URL(admin).username), {
        sql: [`update access_record set agency_id = 'si-vn', outcome = 'REFUSED' where number = 5`],
      });
      const store = await openServerStore(urlOf('lt_gateway'), urlOf('lt_log'));
      const other = await startGateway(gateway.config, store, createLogger('silent'));
      const response = await fetch(`${other.address}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await gateway.token('audit-vn')}`,
          'purpose-of-use': 'AUDIT',
        },
        body: JSON.stringify({ query: '{ accessRecord(number: "5") { agency outcome } }' }),
      });
      const { data } = (await response.json()) as { data: object };
      await other.stop();
      expect(data).toEqual({ accessRecord: { agency: 'press-vn', outcome: 'ANSWERED' } });
    });
  });
});
