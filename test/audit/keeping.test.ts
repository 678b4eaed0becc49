/** What operators and witnesses do: erase what is past its time, cosign, and use the commands. */
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCheckpoint } from '../../src/audit/log/checkpoint.ts';
import { checkExport } from '../../src/audit/check/export.ts';
import {
  cosignatureLine,
  publicKeyOf,
  textOf,
  vkeyOf,
  witnessType,
} from '../../src/audit/log/note.ts';
import { exportLogs } from '../../src/commands/audit-export.ts';
import { gatewaySource } from '../../src/commands/log-source.ts';
import { silentProgress } from '../../src/commands/progress.ts';
import { openGateway, storeKinds, type TestGateway } from '../support/gateway.ts';
import { asSuperuser, checkpointOf, fetchLog } from './log-support.ts';

describe.each(storeKinds)('records past their time on %s', (kind) => {
  let gateway: TestGateway;
  const folder = mkdtempSync(path.join(tmpdir(), 'lienthong-erase-'));
  beforeAll(async () => {
    gateway = await openGateway({ kind });
    for (let i = 0; i < 530; i += 1) {
      await gateway.ask(
        'press-vn',
        i % 2 ? '{ observations(first: 1) { totalCount } }' : '{ viewer { role } }',
      );
    }
    await checkpointOf(gateway, 530n);
  });
  afterAll(async () => {
    await gateway.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const erase = async (months: number, really: boolean) =>
    (
      await asSuperuser<{ erased: object }>(
        gateway,
        `select erase_access_records(${months}, ${really}) as erased`,
      )
    )[0]?.erased;
  const count = async (table: string) =>
    Number(
      (await asSuperuser<{ n: string }>(gateway, `select count(*)::text as n from ${table}`))[0]?.n,
    );

  test('nothing is, while it is young', async () => {
    expect(await erase(60, true)).toEqual({ salts: 0, records: 0, documents: 0 });
  });

  test('salts go by the time of their own grants, records in whole bundles, and the tree stays whole', async () => {
    const kept = await checkpointOf(gateway, 530n);
    // The first 520 are six years old; grants of the press keep their records for ten.
    const old = `now() - interval '6 years'`;
    await asSuperuser(
      gateway,
      `select ensure_log_partition(${old})`,
      `update access_record set recorded_at = ${old} where number < 520`,
      `update "grant" set retention_months = 120 where consumer_id = 'press-vn'`,
    );
    const before = await count('access_record');
    const whole = await erase(60, false);
    // Every other question used a grant: its record stays, and so do the bundles that hold it.
    expect(whole).toEqual({ salts: 260, records: 0, documents: 0 });
    expect([await count('access_record'), await count('access_salt')]).toEqual([before, before]);

    await asSuperuser(
      gateway,
      `update "grant" set retention_months = 12 where consumer_id = 'press-vn'`,
    );
    expect(await erase(60, true)).toMatchObject({ salts: 520, records: 512 });
    expect(await count('access_record')).toBe(before - 512);
    const [change] = await asSuperuser<{ detail: object }>(
      gateway,
      `select detail from change_record where action = 'ERASE'`,
    );
    expect(change?.detail).toMatchObject({ records: 512, salts: 520, floorMonths: 60 });
    expect(await erase(60, true)).toEqual({ salts: 0, records: 0, documents: 0 });

    for (const file of ['tile/entries/000', 'tile/entries/001', 'proof/5']) {
      expect((await fetchLog(gateway, file)).status, file).toBe(404);
    }
    expect((await fetchLog(gateway, 'tile/0/000')).status).toBe(200);
    const source = gatewaySource(gateway.gateway.address, await gateway.token('audit-vn'));
    const directory = path.join(folder, 'after');
    const { access } = await exportLogs(source, directory, { progress: silentProgress });
    expect(access.absent).toEqual(['tile/entries/000', 'tile/entries/001']);
    const report = await checkExport(directory, { oldCheckpoints: [kept], firstEntry: 512n });
    expect(report.problems).toEqual([]);
    expect(report.sound).toBe(true);
    // New ones go on as before.
    const { headers, status } = await gateway.ask('press-vn', '{ viewer { role } }');
    expect(status).toBe(200);
    await checkpointOf(gateway, BigInt(headers['access-record']!) + 1n);
  });

  test('without that command no row leaves, not even for the owner', async () => {
    await expect(
      asSuperuser(
        gateway,
        `set session_replication_role = origin`,
        `delete from access_record where number = 529`,
      ),
    ).rejects.toThrow('append-only');
  });
});

describe('a witness', () => {
  let gateway: TestGateway;
  const { privateKey } = generateKeyPairSync('ed25519');
  const name = 'audit.example.vn/witness';
  const vkey = vkeyOf(name, publicKeyOf(privateKey), witnessType);
  beforeAll(async () => {
    gateway = await openGateway({ kind: 'SERVER' });
    await gateway.ask('press-vn', '{ viewer { role } }');
  });
  afterAll(() => gateway.close());

  const handIn = (checkpoint: string, key = vkey, agency = 'audit-vn') =>
    gateway.ask(
      agency,
      `mutation($c: String!, $k: String!) { cosignCheckpoint(checkpoint: $c, vkey: $k) { size note } }`,
      {
        variables: { c: checkpoint, k: key },
      },
    );
  const cosigned = (note: string, as = name, key = privateKey) =>
    note + cosignatureLine(textOf(note)!, as, key, new Date());

  test('signs what it saw, and everybody who asks for that checkpoint gets its line', async () => {
    const note = await checkpointOf(gateway, 1n);
    const { data, errors } = await handIn(cosigned(note));
    expect(errors).toEqual([]);
    expect(data.cosignCheckpoint.note.startsWith(note)).toBe(true);
    expect(data.cosignCheckpoint.note.split('\u2014')).toHaveLength(3);
    const again = await handIn(cosigned(note));
    expect(again.data.cosignCheckpoint.note).toBe(data.cosignCheckpoint.note);
    const { data: read } = await gateway.ask(
      'audit-vn',
      `{ checkpoint(size: "${readCheckpoint(note)!.size}") { note } changes(where: { entity: "log_cosignature" }) { nodes { action agency } } }`,
    );
    expect(read.checkpoint.note).toBe(data.cosignCheckpoint.note);
    expect(read.changes.nodes).toEqual([{ action: 'INSERT', agency: 'audit-vn' }]);
  });

  test('is refused for what it has not signed, for another checkpoint, and in the log’s own name', async () => {
    // A later checkpoint than the one above, which bears the witness's line by now.
    const { headers } = await gateway.ask('press-vn', '{ viewer { role } }');
    const note = await checkpointOf(gateway, BigInt(headers['access-record']!) + 1n);
    const { origin, size } = readCheckpoint(note)!;
    const other = note.replace(`\n${size}\n`, `\n${size + 1_000n}\n`);
    const { privateKey: stranger } = generateKeyPairSync('ed25519');
    for (const [checkpoint, key, code] of [
      [note, vkey, 'COSIGNATURE_INVALID'],
      [cosigned(note, name, stranger), vkey, 'COSIGNATURE_INVALID'],
      [cosigned(note), 'nonsense', 'COSIGNATURE_INVALID'],
      [cosigned(note), `${vkey}x`, 'COSIGNATURE_INVALID'],
      [cosigned(other), vkey, 'CHECKPOINT_UNKNOWN'],
      ['', vkey, 'CHECKPOINT_UNKNOWN'],
      [
        cosigned(note, origin),
        vkeyOf(origin, publicKeyOf(privateKey), witnessType),
        'COSIGNATURE_INVALID',
      ],
    ] as const) {
      const reply = await handIn(checkpoint, key);
      expect([reply.errors[0]?.extensions.code, reply.data?.cosignCheckpoint ?? null]).toEqual([
        code,
        null,
      ]);
    }
    expect((await handIn(cosigned(note), vkey, 'si-vn')).errors[0]?.extensions.code).toBe(
      'DOCUMENT_INVALID',
    );
  });
});

describe('the commands', () => {
  let gateway: TestGateway;
  const folder = mkdtempSync(path.join(tmpdir(), 'lienthong-commands-'));
  beforeAll(async () => {
    gateway = await openGateway();
    const built = spawnSync('npm', ['run', '--silent', 'build'], { encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stderr);
    for (let i = 0; i < 3; i += 1) await gateway.ask('press-vn', '{ viewer { role } }');
    await checkpointOf(gateway, 3n);
  });
  afterAll(async () => {
    await gateway.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function lienthong(...args: string[]) {
    const { spawn } = await import('node:child_process');
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, ['dist/cli.js', 'audit', ...args], {
      env: {
        PATH,
        HOME,
        DATA_DIR: gateway.dataDirectory,
        PORT: new URL(gateway.gateway.address).port,
      },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { status, stdout, stderr };
  }
  const at = (...names: string[]) => path.join(folder, ...names);

  test('an export from the gateway that holds the database, verified, cosigned, and its receipts', async () => {
    const kept = await lienthong('checkpoint');
    expect(kept).toMatchObject({ status: 0 });
    writeFileSync(at('kept'), kept.stdout);
    expect(await lienthong('export', at('export'))).toMatchObject({ status: 0 });
    expect(await lienthong('verify', at('export'), '--old', at('kept'))).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Sound: /),
    });
    expect(await lienthong('verify', at('export'), '--lang', 'vi')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Toàn vẹn: /),
    });
    expect((await lienthong('export', at('export'))).status).toBe(2);

    const [vkey] = (await (await fetchLog(gateway, 'keys')).text()).split('\n');
    expect(await lienthong('prove', '1', '-o', at('one.tlog-proof'))).toMatchObject({ status: 0 });
    expect(await lienthong('verify', at('one.tlog-proof'), '--key', vkey!)).toMatchObject({
      status: 0,
    });
    expect((await lienthong('verify', at('one.tlog-proof'))).status).toBe(2);
    expect((await lienthong('prove', '999')).status).toBe(2);
    const receipt = readFileSync(at('one.tlog-proof'), 'utf8');
    writeFileSync(at('other.tlog-proof'), receipt.replace('index 1\n', 'index 0\n'));
    expect((await lienthong('verify', at('other.tlog-proof'), '--key', vkey!)).status).toBe(1);

    expect(await lienthong('key', 'make', at('witness.pem'))).toMatchObject({ status: 0 });
    const shown = await lienthong(
      'key',
      'show',
      at('witness.pem'),
      '--name',
      'w.example',
      '--witness',
    );
    const cosign = [
      'cosign',
      at('export'),
      '--key',
      at('witness.pem'),
      '--name',
      'w.example',
      '--as',
      'audit-vn',
    ];
    const signed = await lienthong(...cosign);
    expect([signed.status, signed.stdout]).toEqual([0, shown.stdout]);
    const logKeys = ['access', 'change'].map((log) => vkey!.replace('/access', `/${log}`));
    const changeKey = (await (await fetchLog(gateway, 'changes/keys')).text()).trim();
    const verified = await lienthong(
      'verify',
      at('export'),
      '--key',
      logKeys[0]!,
      changeKey,
      shown.stdout.trim(),
    );
    expect(verified).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('cosigned by w.example'),
    });
    expect((await lienthong(...cosign)).status).toBe(0);
  });

  test('what was tampered with is named, and the exit code says so', async () => {
    await lienthong('export', at('tampered'), '--as', 'audit-vn');
    const [bundle] = ['tile', 'entries'].reduce(
      (found, part) => [path.join(found[0], part)],
      [at('tampered')],
    );
    const width = readCheckpoint(readFileSync(at('tampered', 'checkpoint'), 'utf8'))!.size;
    const file = path.join(bundle, `000.p/${width}`);
    expect(existsSync(file)).toBe(true);
    writeFileSync(
      file,
      Buffer.from(readFileSync(file, 'latin1').replace('"press-vn"', '"union-vn"'), 'latin1'),
    );
    const result = await lienthong('verify', at('tampered'));
    expect([result.status, result.stdout]).toEqual([
      1,
      expect.stringContaining('record 0: ENTRY_CHANGED'),
    ]);
    expect(
      (await lienthong('cosign', at('tampered'), '--key', at('witness.pem'), '--name', 'w.example'))
        .status,
    ).toBe(1);
  });

  test('what can’t be read ends with 2, and a sentence', async () => {
    for (const args of [
      ['verify', at('nowhere')],
      ['verify', at('export'), '--old', at('nowhere')],
      ['verify', at('export'), '--from', 'x'],
      ['export', at('x'), '--as', 'nobody'],
      ['export', at('x'), '--epoch', '0'],
      ['checkpoint', '--as', 'press-vn'],
      ['key', 'show', at('kept'), '--name', 'x'],
    ]) {
      const { status, stderr } = await lienthong(...args);
      expect([args[0], status === 0, stderr.includes('    at ')]).toEqual([args[0], false, false]);
      expect(stderr.trim().split('\n').at(-1)!.length).toBeGreaterThan(10);
    }
  });
});
