/** The logs over HTTP: for auditors only, in the layout that other programs know, and on the log themselves. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkExport } from '../../src/audit/check/export.ts';
import { checkProof } from '../../src/audit/check/proof.ts';
import { exportLogs } from '../../src/commands/audit-export.ts';
import { openLogSource } from '../../src/commands/log-source.ts';
import { silentProgress } from '../../src/commands/progress.ts';
import {
  mainPurpose,
  openGateway,
  roleOf,
  storeKinds,
  type TestGateway,
} from '../support/gateway.ts';
import { checkpointOf, fetchLog } from './log-support.ts';

const others = [
  'si-vn',
  'labour-nghe-an',
  'union-lao-cai',
  'press-vn',
  'steward-vn',
  'union-expired',
];
const paths = [
  'checkpoint',
  'keys',
  'tile/0/000.p/1',
  'tile/entries/000.p/1',
  'proof/0',
  'changes/checkpoint',
  'nothing',
];

describe.each(storeKinds)('the logs on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind });
    for (let i = 0; i < 300; i += 1) await gateway.ask('press-vn', '{ viewer { role } }');
  });
  afterAll(() => gateway.close());

  test('a checkpoint is a signed note, made with standard tools only', async () => {
    const note = await checkpointOf(gateway, 300n);
    const [text = '', lines = ''] = note.split(/\n\n(?=\u2014)/);
    const [origin, size, root, ...rest] = text.split('\n');
    expect([rest, Number(size) >= 300, Buffer.from(root!, 'base64').length]).toEqual([
      [],
      true,
      32,
    ]);
    const [, name, signature = ''] = /^\u2014 (\S+) (\S+)\n$/.exec(lines) ?? [];
    expect(name).toBe(origin);
    const vkey = (await (await fetchLog(gateway, 'keys')).text()).trim();
    const [keyName, id, ...encoded] = vkey.split('+');
    const key = Buffer.from(encoded.join('+'), 'base64');
    expect([keyName, key[0], key.length]).toEqual([origin, 1, 33]);
    const digest = createHash('sha256').update(`${origin}\n`).update(key).digest('hex');
    expect(id).toBe(digest.slice(0, 8));
    const bytes = Buffer.from(signature, 'base64');
    expect(bytes.toString('hex', 0, 4)).toBe(id);
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.subarray(1).toString('base64url') };
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
    expect(verify(null, Buffer.from(`${text}\n`), publicKey, bytes.subarray(4))).toBe(true);
  });

  test.each(others)('%s is told of no file whether it is there', async (agency) => {
    const answers = await Promise.all(
      paths.map(async (file) => {
        const response = await fetchLog(gateway, file, {
          agency,
          purpose: mainPurpose[roleOf(agency)],
        });
        const { errors } = (await response.json()) as { errors: object[] };
        return [response.status, errors, response.headers.get('access-record') !== null];
      }),
    );
    expect(answers[0]?.[0]).toBe(403);
    for (const answer of answers.filter((_, i) => !paths[i]!.startsWith('changes/')))
      expect(answer).toEqual(answers[0]);
    for (const [status] of answers) expect(status).toBe(403);
  });

  test('without a token, with another purpose or by another method there is nothing', async () => {
    const address = `${gateway.gateway.address}/log/checkpoint`;
    expect((await fetch(address)).status).toBe(401);
    expect((await fetchLog(gateway, 'checkpoint', { purpose: '' })).status).toBe(403);
    expect((await fetchLog(gateway, 'checkpoint', { purpose: 'STATISTICS' })).status).toBe(403);
    const headers = {
      authorization: `Bearer ${await gateway.token('audit-vn')}`,
      'purpose-of-use': 'AUDIT',
    };
    expect((await fetch(address, { method: 'POST', headers })).status).toBe(404);
  });

  test.each([
    'tile/0/001',
    'tile/0/001.p/255',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/0',
    'tile/0/000/',
    'tile/64/000',
    'tile/-1/000',
    'tile/00/000',
    'tile/8/000.p/1',
    'tile/0/999',
    'tile/0/x999/x999/x999/x999/x999/999',
    'tile/entries/001.p/255',
    'tile/entries/x001/000',
    'tile/1/000',
    'checkpoint/',
    'proof/x',
    'proof/-1',
    'proof/01',
    'proof/999999',
    'checkpoint?epoch=2',
    'checkpoint?epoch=x',
    'keys/1',
    '',
    '%00',
    'tile/0/000.p/1%00',
    '..%2fschema',
  ])('there is no /log/%s', async (file) => {
    const response = await fetchLog(gateway, file);
    expect(response.status).toBe(404);
    expect((await response.json()) as object).toMatchObject({
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
  });

  test('a tile of any width is the beginning of the full one; entries hash to the lowest level', async () => {
    const bytes = async (file: string) =>
      Buffer.from(await (await fetchLog(gateway, file)).arrayBuffer());
    await checkpointOf(gateway, 300n);
    const full = await bytes('tile/0/000');
    expect(full.length).toBe(8_192);
    expect((await bytes('tile/0/000.p/7')).equals(full.subarray(0, 7 * 32))).toBe(true);
    expect((await bytes('tile/1/000.p/1')).length).toBe(32);
    const bundle = await bytes('tile/entries/000');
    const hashes: Buffer[] = [];
    for (let at = 0; at < bundle.length;) {
      const length = bundle.readUInt16BE(at);
      const entry = bundle.subarray(at + 2, at + 2 + length);
      hashes.push(createHash('sha256').update(Buffer.of(0)).update(entry).digest());
      at += 2 + length;
    }
    expect(hashes.length).toBe(256);
    expect(Buffer.concat(hashes).equals(full)).toBe(true);
  });

  test('reading the log is on the log: who, which file, how many records', async () => {
    const response = await fetchLog(gateway, 'tile/entries/000');
    const number = response.headers.get('access-record');
    const { data } = await gateway.ask(
      'audit-vn',
      `{ accessRecord(number: "${number}") { agency purpose operationType operationName topics grants given { type rows } outcome } }`,
    );
    expect(data.accessRecord).toMatchObject({
      agency: 'audit-vn',
      purpose: 'AUDIT',
      operationType: 'log',
      operationName: 'log/tile/entries/000',
      topics: ['ACCESS_LOG'],
      given: [{ type: 'AccessRecord', rows: 256 }],
      outcome: 'ANSWERED',
    });
    expect(data.accessRecord.grants).toHaveLength(1);
  });

  test('an export from the running gateway is sound, and a receipt proves one record', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'lienthong-export-'));
    const kept = await checkpointOf(gateway, 1n);
    const source = await openLogSource({
      url: gateway.gateway.address,
      token: await gateway.token('audit-vn'),
      purpose: 'AUDIT',
    });
    const { access, changes } = await exportLogs(source, path.join(folder, 'all'), {
      progress: silentProgress,
    });
    expect([access.absent, changes?.absent]).toEqual([[], []]);
    const report = await checkExport(path.join(folder, 'all'), { oldCheckpoints: [kept] });
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({ sound: true, keysFromExport: false, changes: { sound: true } });
    expect(report.entriesChecked).toBe(access.size);

    await exportLogs(source, path.join(folder, 'part'), {
      range: { from: 260n, to: null },
      progress: silentProgress,
    });
    const part = await checkExport(path.join(folder, 'part'), { firstEntry: 260n });
    expect(part).toMatchObject({ sound: true });
    expect((await checkExport(path.join(folder, 'part'))).problems).toMatchObject([
      { code: 'ENTRIES_MISSING' },
    ]);

    const vkey = await (await fetchLog(gateway, 'keys')).text();
    const asked = await gateway.ask('press-vn', 'query Mine { viewer { role } }');
    const number = asked.headers['access-record']!;
    await checkpointOf(gateway, BigInt(number) + 1n);
    const { data } = await gateway.ask(
      'audit-vn',
      `{ accessRecord(number: "${number}") { leaf proof { index hashes receipt checkpoint { size note origin rootHash } } } }`,
    );
    const { leaf, proof } = data.accessRecord;
    const judged = checkProof(Buffer.from(proof.receipt), { trustedKeys: [vkey] });
    expect(judged).toMatchObject({
      sound: true,
      index: BigInt(number),
      origin: proof.checkpoint.origin,
    });
    expect(judged.entry?.toString('base64')).toBe(leaf);
    expect(JSON.parse(judged.entry!.toString()).operationName).toBe('Mine');
    expect(proof.receipt.endsWith(proof.checkpoint.note)).toBe(true);
    rmSync(folder, { recursive: true, force: true });
  });

  test('a consistency proof leads from an earlier checkpoint to a later one, and from nothing else', async () => {
    const ask = (from: string, to: string) =>
      gateway.ask(
        'audit-vn',
        `{ consistencyProof(from: "${from}", to: "${to}") { from to hashes } }`,
      );
    const { data } = await ask('7', '300');
    expect(data.consistencyProof).toMatchObject({ from: '7', to: '300' });
    expect(data.consistencyProof.hashes.length).toBeGreaterThan(3);
    expect((await ask('300', '300')).data.consistencyProof.hashes).toEqual([]);
    for (const [from, to] of [
      ['0', '5'],
      ['9', '8'],
      ['1', '99999999'],
    ] as const) {
      expect((await ask(from, to)).errors[0]?.extensions.code).toBe('TREE_SIZE_INVALID');
    }
    const change = await gateway.ask(
      'audit-vn',
      '{ checkpoint(log: CHANGE) { origin size } gone: checkpoint(size: "99999") { size } }',
    );
    expect(change.data.checkpoint.origin).toMatch(/\/change$/);
    expect(change.data.gone).toBeNull();
  });
});
