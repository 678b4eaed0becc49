/** Nothing that was hidden can be guessed from what an auditor or a tile shows: the whole plausible range is tried. */
import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccessRecordFields } from '../../src/audit/record.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { asSuperuser, checkpointOf, fetchLog } from './log-support.ts';

const confidential = 'obs-tc-hi-households-new-2025-11';
const question = `query Cell($id: String!) { observations(where: { figureId: $id }) { nodes { value } } }`;
const valuesMax = 20_000;

/** Everything of a record that an auditor holds and that could serve as a key. */
function keysOf(leaf: AccessRecordFields, bytes: string): Buffer[] {
  const texts = [
    '',
    bytes,
    leaf.nonce,
    leaf.requestId,
    leaf.time,
    leaf.documentHash ?? '',
    leaf.policyVersion,
    leaf.schemaVersion,
    leaf.agency ?? '',
  ];
  const tile = createHash('sha256').update(Buffer.of(0)).update(bytes).digest();
  return [...texts.map((text) => Buffer.from(text)), Buffer.from(leaf.nonce, 'base64'), tile];
}

/** The answers, variables and subjects that a guesser would try. */
function* guesses(): Generator<string> {
  for (let value = 0; value < valuesMax; value += 1) {
    yield `{"data":{"observations":{"nodes":[{"value":"${value}"}]}}}`;
  }
  yield '{"data":{"observations":{"nodes":[{"value":null}]}}}';
  yield `{"id":"${confidential}"}`;
  for (let post = 0; post < 1_000; post += 1) yield `si-tua-chua-${post}`;
  yield 'si-tua-chua-demo';
}

describe('a record of an answer that holds a confidential count', () => {
  let gateway: TestGateway;
  let bytes = '';
  let shown = '';
  let number = '';
  beforeAll(async () => {
    gateway = await openGateway();
    const reply = await gateway.ask('si-tua-chua', question, { variables: { id: confidential } });
    expect(reply.data.observations.nodes).toEqual([{ value: '4' }]);
    shown = reply.text;
    number = reply.headers['access-record']!;
    await checkpointOf(gateway, BigInt(number) + 1n);
    const { data } = await gateway.ask(
      'audit-vn',
      `{ accessRecord(number: "${number}") { leaf proof { receipt } } }`,
    );
    bytes = Buffer.from(data.accessRecord.leaf, 'base64').toString('utf8');
    expect(data.accessRecord.proof.receipt).toContain(Buffer.from(bytes).toString('base64'));
  });
  afterAll(() => gateway.close());

  const digests = (leaf: AccessRecordFields) =>
    new Set([leaf.responseHmac, leaf.variablesHmac, leaf.subjectHmac]);

  test('has digests that no guess meets under any key that an auditor holds', () => {
    const leaf = JSON.parse(bytes) as AccessRecordFields;
    const wanted = digests(leaf);
    expect(wanted.size).toBe(3);
    const keys = keysOf(leaf, bytes);
    const met: string[] = [];
    for (const guess of guesses()) {
      for (const key of keys) {
        if (wanted.has(createHmac('sha256', key).update(guess).digest('hex'))) met.push(guess);
      }
      if (wanted.has(createHash('sha256').update(guess).digest('hex'))) met.push(guess);
    }
    expect(met).toEqual([]);
  });

  test('and the guesser is good enough: with the salt it finds all three', async () => {
    const [row] = await asSuperuser<{ salt: Uint8Array }>(
      gateway,
      `select salt from access_salt where number = ${number}`,
    );
    const wanted = digests(JSON.parse(bytes) as AccessRecordFields);
    const met = [...guesses()].filter((guess) =>
      wanted.has(createHmac('sha256', row!.salt).update(guess).digest('hex')),
    );
    expect(met).toEqual([shown, `{"id":"${confidential}"}`, 'si-tua-chua-demo']);
  });

  test('the leaf cannot be made anew from what is known of the request: its nonce is 128 random bits', async () => {
    const again = await gateway.ask('si-tua-chua', question, { variables: { id: confidential } });
    await checkpointOf(gateway, BigInt(again.headers['access-record']!) + 1n);
    const hashes = Buffer.from(await (await fetchLog(gateway, 'tile/0/000.p/2')).arrayBuffer());
    const fields = JSON.parse(bytes) as AccessRecordFields;
    expect(Buffer.from(fields.nonce, 'base64')).toHaveLength(16);
    const without = (nonce: string) => bytes.replace(fields.nonce, nonce);
    for (const nonce of ['', Buffer.alloc(16).toString('base64')]) {
      const guess = createHash('sha256').update(Buffer.of(0)).update(without(nonce)).digest();
      expect(hashes.indexOf(guess)).toBe(-1);
    }
    const real = createHash('sha256').update(Buffer.of(0)).update(bytes).digest();
    expect(hashes.indexOf(real)).toBeGreaterThanOrEqual(0);
  });

  test('no salt leaves with any file of the log', async () => {
    const rows = await asSuperuser<{ salt: Uint8Array }>(gateway, 'select salt from access_salt');
    for (const file of [
      'tile/entries/000.p/1',
      'tile/0/000.p/1',
      'checkpoint',
      'keys',
      `proof/${number}`,
    ]) {
      const body = Buffer.from(await (await fetchLog(gateway, file)).arrayBuffer());
      for (const { salt } of rows) {
        const text = Buffer.from(salt);
        for (const form of [
          text,
          Buffer.from(text.toString('hex')),
          Buffer.from(text.toString('base64')),
        ]) {
          expect(body.indexOf(form)).toBe(-1);
        }
      }
    }
  });
});
