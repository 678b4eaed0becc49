/** The log itself: numbers without gaps, canonical leaves, and no answer without a record. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { AccessDraft } from '../../src/audit/draft.ts';
import { AccessLog } from '../../src/audit/access-log.ts';
import { makeEntry, type AccessRecordFields } from '../../src/audit/record.ts';
import { RefusalCounter } from '../../src/audit/refusals.ts';
import { nobody, withScope } from '../../src/platform/scope.ts';
import { openServerStore } from '../../src/platform/store.ts';
import { createLogger } from '../../src/platform/telemetry.ts';
import { startGateway } from '../../src/server.ts';
import {
  mainPurpose,
  openGateway,
  roleOf,
  storeKinds,
  type TestGateway,
} from '../support/gateway.ts';

const agencies = ['press-vn', 'si-vn', 'labour-nghe-an', 'union-lao-cai', 'steward-vn', 'audit-vn'];

async function serverUrl({ store }: TestGateway, login?: string): Promise<string> {
  const name = await withScope(nobody, () =>
    store.gateway.query('select current_database() as name'),
  );
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${(name.rows as { name: string }[])[0]?.name}`;
  if (login) url.username = login;
  return url.href;
}

/** Runs a statement as the database's administrator, past every policy. */
async function asOwner<Row>(gateway: TestGateway, sql: string): Promise<Row[]> {
  if (gateway.store.kind === 'EMBEDDED') {
    const client = await gateway.store.gateway.connectAs('postgres');
    const { rows } = await client.query(sql);
    client.release();
    return rows as Row[];
  }
  const client = new pg.Client({ connectionString: await serverUrl(gateway) });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows as Row[];
}

interface Leaf {
  readonly number: string;
  readonly leaf: Uint8Array;
}
const readLeaves = (gateway: TestGateway) =>
  asOwner<Leaf>(
    gateway,
    'select number::text, leaf from access_record order by access_record.number',
  );
const parse = ({ leaf }: Leaf) =>
  JSON.parse(Buffer.from(leaf).toString('utf8')) as AccessRecordFields;

/** RFC 8785 by hand: sorted members, and for strings and whole numbers what JSON.stringify writes. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}

async function askAt(address: string, agency: string, token: string) {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'purpose-of-use': mainPurpose[roleOf(agency)],
    },
    body: '{"query": "{ viewer { role } }"}',
  });
  const { data } = (await response.json()) as { data?: object };
  const header = (name: string) => response.headers.get(name) ?? '';
  return {
    status: response.status,
    data,
    number: header('access-record'),
    requestId: header('request-id'),
  };
}

describe.each(storeKinds)('the access log on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind });
  });
  afterAll(() => gateway.close());

  test('numbers start at 0 and have no gap, each answer’s own, under 48 requests at a time', async () => {
    const tokens = await Promise.all(agencies.map((agency) => gateway.token(agency)));
    const answers: Awaited<ReturnType<typeof askAt>>[] = [];
    await Promise.all(
      Array.from({ length: 48 }, async (_, i) => {
        const at = i % agencies.length;
        for (let round = 0; round < 4; round += 1) {
          answers.push(await askAt(gateway.gateway.address, agencies[at] ?? '', tokens[at] ?? ''));
        }
      }),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const leaves = await readLeaves(gateway);
    expect(leaves.map(({ number }) => Number(number))).toEqual(answers.map((_, i) => i));
    const byNumber = new Map(leaves.map((leaf) => [leaf.number, parse(leaf).requestId]));
    for (const { number, requestId } of answers) expect(byNumber.get(number)).toBe(requestId);
    expect(new Set(answers.map(({ number }) => number)).size).toBe(answers.length);
  });

  test('leaves are canonical, each with its own nonce and salt; columns repeat them', async () => {
    await gateway.ask('press-vn', '{ observations { nodes { value } } }');
    const leaves = await readLeaves(gateway);
    for (const leaf of leaves) {
      expect(Buffer.from(leaf.leaf).toString('utf8')).toBe(canonical(parse(leaf)));
    }
    const nonces = leaves.map((leaf) => parse(leaf).nonce);
    expect(nonces.every((nonce) => Buffer.from(nonce, 'base64').length === 16)).toBe(true);
    expect(new Set(nonces).size).toBe(leaves.length);
    const [salts] = await asOwner<{ all: string; different: string }>(
      gateway,
      'select count(*) as all, count(distinct salt) as different from access_salt',
    );
    expect([Number(salts?.all), Number(salts?.different)]).toEqual([leaves.length, leaves.length]);
  });

  test('a record that cannot be written fails alone in its group', async () => {
    const log = new AccessLog(gateway.store.callLog);
    const entry = () =>
      makeEntry(new AccessDraft(), {
        outcome: 'ANSWERED',
        body: null,
        policyVersion: 'x',
        now: new Date(),
      });
    const bad = { ...entry(), leaf: Buffer.from('no JSON').toString('base64') };
    const before = (await readLeaves(gateway)).length;
    // The first is written at once; the others wait for it and form one group.
    const entries = [entry(), entry(), bad, entry(), bad, entry()];
    const ends = await Promise.allSettled(entries.map((each) => log.append(each)));
    expect(ends.map(({ status }) => status === 'fulfilled')).toEqual(
      entries.map((each) => each !== bad),
    );
    const numbers = ends.flatMap((end) => (end.status === 'fulfilled' ? [Number(end.value)] : []));
    expect(numbers).toEqual([before, before + 1, before + 2, before + 3]);
    const leaves = await readLeaves(gateway);
    const asWritten = entries.filter((each) => each !== bad).map(({ leaf }) => leaf);
    expect(leaves.slice(before).map(({ leaf }) => Buffer.from(leaf).toString('base64'))).toEqual(
      asWritten,
    );
  });

  test('neither the gateway nor an auditor’s schema reaches the salts', async () => {
    const schema = await fetch(`${gateway.gateway.address}/schema`, {
      headers: { authorization: `Bearer ${await gateway.token('audit-vn')}` },
    });
    const names = (await schema.text()).replace(/"""[^]*?"""/g, '');
    expect(names).toContain('accessRecords');
    expect(names).not.toMatch(/salt|hmac/i);
    const scope = { ...nobody, topics: ['ACCESS_LOG'] };
    await expect(
      withScope(scope, () => gateway.store.gateway.query('select salt from access_salt')),
    ).rejects.toThrow('permission denied');
  });

  test('without a record there is no answer, and when it can be written again there is', async () => {
    const call = 'append_access_records(jsonb)';
    const question = '{ areas(first: 1) { nodes { nameVi } } }';
    await asOwner(gateway, `revoke execute on function ${call} from lienthong_log_writer`);
    const before = (await readLeaves(gateway)).length;
    for (const token of [undefined, 'x.y.z']) {
      const reply = await gateway.ask('press-vn', question, token ? { token } : {});
      expect(reply.status).toBe(503);
      expect(JSON.parse(reply.text)).toEqual({
        errors: [{ message: expect.any(String), extensions: { code: 'AUDIT_UNAVAILABLE' } }],
      });
      expect(reply.headers).toMatchObject({ 'retry-after': '5', 'request-id': expect.any(String) });
      expect(reply.headers).not.toHaveProperty('access-record');
    }
    await asOwner(gateway, `grant execute on function ${call} to lienthong_log_writer`);
    const reply = await gateway.ask('press-vn', question);
    expect([reply.status, reply.headers['access-record']]).toEqual([200, String(before)]);
  });

  test('callers who are nobody we know: the first of a kind at once, the rest counted', async () => {
    const before = (await readLeaves(gateway)).length;
    const numbers: (string | undefined)[] = [];
    for (let i = 0; i < 20; i += 1) {
      const { status, headers } = await gateway.ask('press-vn', '{ viewer { role } }', {
        token: 'x',
      });
      expect(status).toBe(401);
      numbers.push(headers['access-record']);
    }
    expect(numbers.filter((number) => number !== undefined)).toEqual([String(before)]);
    expect(numbers[0]).toBe(String(before));
    expect(await readLeaves(gateway)).toHaveLength(before + 1);
  });
});

describe('a flood of unknown callers cannot turn the log off', () => {
  test('10,000 networks take at most 61 records a minute, and none is lost from the count', async () => {
    const gateway = await openGateway();
    const log = new AccessLog(gateway.store.callLog);
    const refusals = new RefusalCounter(log, 'test', (error) => expect.fail(error.message));
    const flood = Array.from({ length: 10_000 }, (_, i) =>
      refusals.count('TOKEN_MISSING', `10.${i >> 8}.${i & 255}.7`, `request-${i}`),
    );
    const asked = await gateway.ask('press-vn', '{ viewer { role } }');
    expect(asked.status).toBe(200);
    const numbers = (await Promise.all(flood)).filter((number) => number !== null);
    expect(numbers).toHaveLength(61);
    await refusals.stop();
    const leaves = (await readLeaves(gateway)).map(parse).filter(({ agency }) => agency === null);
    expect(leaves.reduce((sum, { requestCount }) => sum + requestCount, 0)).toBe(10_000);
    expect(
      leaves.every(({ outcome, subjectHmac }) => outcome === 'REFUSED' && subjectHmac === null),
    ).toBe(true);
    const shared = leaves.filter(({ errorCode }) => errorCode === 'MANY');
    expect(shared.map(({ sourcePrefix, requestCount }) => [sourcePrefix, requestCount])).toEqual([
      ['*', 1],
      ['*', 10_000 - 61],
    ]);
    await gateway.close();
  });

  test('what could only be counted is recorded when the gateway stops, with its networks', async () => {
    const gateway = await openGateway({ kind: 'SERVER' });
    const url = await serverUrl(gateway);
    for (let i = 0; i < 5; i += 1) await gateway.ask('press-vn', '{ __typename }', { token: 'x' });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const read = async () =>
      (
        await client.query<Leaf>(
          'select number::text, leaf from access_record order by access_record.number',
        )
      ).rows.map(parse);
    const said = { errorCode: 'TOKEN_MALFORMED', agency: null, documentHash: null };
    expect(await read()).toMatchObject([{ ...said, requestCount: 1 }]);
    await gateway.gateway.stop();
    expect(await read()).toMatchObject([
      { ...said, requestCount: 1 },
      { ...said, requestCount: 4 },
    ]);
    const prefixes = (await read()).map(({ sourcePrefix }) => sourcePrefix);
    expect(prefixes).toEqual(['127.0.0.0/24', '127.0.0.0/24']);
    await client.end();
  });
});

describe('two gateways on one database', () => {
  test('share one log without gap or repetition', async () => {
    const first = await openGateway({ kind: 'SERVER' });
    const urls = [await serverUrl(first, 'lt_gateway'), await serverUrl(first, 'lt_log')] as const;
    const second = await startGateway(
      first.config,
      await openServerStore(...urls),
      createLogger('silent'),
    );
    const token = await first.token('press-vn');
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        askAt(i % 2 ? first.gateway.address : second.address, 'press-vn', token),
      ),
    );
    const numbers = answers.map(({ number }) => Number(number)).sort((a, b) => a - b);
    expect(numbers).toEqual(answers.map((_, i) => i));
    const byNumber = new Map((await readLeaves(first)).map((leaf) => [leaf.number, parse(leaf)]));
    for (const { number, requestId } of answers)
      expect(byNumber.get(number)?.requestId).toBe(requestId);
    const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(byNumber.get('0')?.documentHash).toBe(digest('{viewer{role}}'));
    await second.stop();
    await first.close();
  });
});
