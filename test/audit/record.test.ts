/** What the record says of an answer: who, for what, on which grants, what was given and withheld. */
import { createHash, createHmac } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { AccessRecordFields } from '../../src/audit/record.ts';
import { nobody, withScope } from '../../src/platform/scope.ts';
import {
  mainPurpose,
  openGateway,
  storeKinds,
  type AskOptions,
  type TestGateway,
} from '../support/gateway.ts';

const confidential = 'obs-tc-hi-households-new-2025-11';

/** Reads what no request can: as the database's administrator. */
async function readAsOwner<Row>({ store }: TestGateway, sql: string): Promise<Row[]> {
  if (store.kind === 'EMBEDDED') {
    const client = await store.gateway.connectAs('postgres');
    const { rows } = await client.query(sql);
    client.release();
    return rows as Row[];
  }
  const {
    rows: [row],
  } = await withScope(nobody, () =>
    store.gateway.query<{ name: string }>('select current_database() as name'),
  );
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${row?.name}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows as Row[];
}

describe.each(storeKinds)('the record of an answer on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind });
  });
  afterAll(() => gateway.close());

  async function readRecord(
    headers: { get(name: string): string | null } | Record<string, string>,
  ) {
    const header = (name: string) =>
      typeof headers.get === 'function'
        ? headers.get(name)
        : (headers as Record<string, string>)[name];
    const number = header('access-record');
    const { data, errors } = await gateway.ask(
      'audit-vn',
      `query($n: Int64!) { accessRecord(number: $n) {
         number time agency application role purpose caseReference grants requestId operationName
         operationType documentHash topics areaIds areaCount given { type provider rows }
         withheld { reason cells } policyVersion schemaVersion outcome errorCode requestCount leaf } }`,
      { variables: { n: number } },
    );
    expect(errors).toEqual([]);
    const { leaf, ...fields } = (data as { accessRecord: Record<string, unknown> }).accessRecord;
    expect(fields).toMatchObject({ number, requestId: header('request-id') });
    const bytes = Buffer.from(leaf as string, 'base64').toString('utf8');
    return { fields, bytes, leaf: JSON.parse(bytes) as AccessRecordFields };
  }
  async function askAndRead(agency: string, query: string, options: AskOptions = {}) {
    const reply = await gateway.ask(agency, query, options);
    return { reply, ...(await readRecord(reply.headers)) };
  }

  const question = `query NewHouseholds($code: String!, $period: String = "2025-11") {
    first: observations(where: {area: {code: $code}, timePeriod: $period}) {
      totalCount nodes { so: value } edges { node { figureId contributor } } }
    second: observations(where: {figureId: "${confidential}"}) { nodes { value confStatus } } }`;
  const options = {
    variables: { code: 'VN-DB-TC' },
    headers: { 'case-reference': 'HS-12/2026' },
  };

  test.each([
    ['edges { cursor }', 3],
    ['pageInfo { endCursor }', 1],
    ['pageInfo { startCursor endCursor }', 2],
    ['edges { cursor } nodes { figureId } pageInfo { endCursor }', 3],
    ['totalCount pageInfo { hasNextPage }', 0],
  ])('a cursor holds values of its row, so { %s } gives %i rows', async (selection, rows) => {
    const { leaf } = await askAndRead(
      'press-vn',
      `{ observations(first: 3, orderBy: VALUE_DESC) { ${selection} } }`,
    );
    const counted = leaf.given.map(({ type, rows: count }) => [type, count]);
    const sum = counted.reduce((total, [, count]) => total + Number(count), 0);
    expect(sum).toBe(rows);
    expect(new Set(counted.map(([type]) => type))).toEqual(
      new Set(rows > 0 ? ['RecordedObservation'] : []),
    );
  });

  test('it says who asked what, on which grants, and what left, each row once', async () => {
    const { reply, fields, leaf } = await askAndRead('press-vn', question, options);
    expect(reply.errors).toEqual([]);
    const { totalCount, edges } = reply.data.first;
    const provider = edges[0].node.contributor as string;
    expect(totalCount).toBeGreaterThan(1);
    const schema = await fetch(`${gateway.gateway.address}/schema`, {
      headers: { authorization: `Bearer ${await gateway.token('press-vn')}` },
    });
    const sdl = await schema.text();
    const said = {
      agency: 'press-vn',
      application: 'press-vn-app',
      role: 'PRESS',
      purpose: 'PUBLIC_INFORMATION',
      caseReference: 'HS-12/2026',
      grants: ['grant-press-vn'],
      operationName: 'NewHouseholds',
      operationType: 'query',
      topics: ['ENROLLMENT', 'FINANCE', 'POPULATION'],
      given: [{ type: 'RecordedObservation', provider, rows: totalCount as number }],
      withheld: [{ reason: 'SUPPRESSED', cells: 1 }],
      schemaVersion: createHash('sha256').update(sdl).digest('hex').slice(0, 12),
      outcome: 'ANSWERED',
      errorCode: null,
      requestCount: 1,
    };
    expect(fields).toMatchObject({ ...said, areaIds: ['VN-DB-TC@2025-07'], areaCount: 1 });
    expect(leaf).toMatchObject({
      ...said,
      areas: { count: 1, ids: ['VN-DB-TC@2025-07'], hash: null },
    });
    expect(leaf.policyVersion).toMatch(/^[0-9a-f]{12,}$/);
    expect(leaf.requestId).toBe(reply.headers['request-id']);
    const own = await readRecord(schema.headers);
    expect(own.leaf).toMatchObject({ operationType: 'schema', schemaVersion: said.schemaVersion });
  });

  test('whoever may read the cell is not recorded as having missed it', async () => {
    const { reply, leaf } = await askAndRead('si-tua-chua', question, options);
    expect(reply.data.second.nodes).toEqual([{ value: '4', confStatus: expect.any(String) }]);
    expect(leaf).toMatchObject({ withheld: [], grants: ['grant-si-tua-chua'] });
  });

  test('the document is kept without literals and aliases, once', async () => {
    const { leaf } = await askAndRead('press-vn', question, options);
    const document = async () =>
      (await gateway.ask('audit-vn', `{ accessDocument(hash: "${leaf.documentHash}") }`)).data
        .accessDocument as string;
    const text = await document();
    expect(createHash('sha256').update(text).digest('hex')).toBe(leaf.documentHash);
    expect(text).toContain('query NewHouseholds($code:String!$period:String="")');
    for (const literal of ['2025-11', confidential, 'first:', 'second:', 'so:']) {
      expect(text).not.toContain(literal);
    }
    const other = question.replaceAll('first:', 'a0123456789:').replace(confidential, 'other');
    expect((await askAndRead('press-vn', other, options)).leaf.documentHash).toBe(
      leaf.documentHash,
    );
    expect(await document()).toBe(text);
  });

  test('it holds no value, token, subject or variable, and its digests verify under its own salt', async () => {
    const bearer = await gateway.token('press-vn');
    const variables = { code: 'VN-DB', period: '2022' };
    const ask = () => askAndRead('press-vn', question, { variables, token: bearer });
    const [one, two] = [await ask(), await ask()];
    const values = (one.reply.data.first.nodes as { so: string | null }[]).flatMap(({ so }) =>
      so && so.length > 4 ? [so] : [],
    );
    expect(values.length).toBeGreaterThan(0);
    for (const text of [...values, bearer, 'press-vn-demo', '"2022"', 'VN-DB"']) {
      expect(one.bytes).not.toContain(text);
    }
    for (const { leaf, reply, fields } of [one, two]) {
      const [row] = await readAsOwner<{ salt: Uint8Array }>(
        gateway,
        `select salt from access_salt where number = ${String(fields.number)}`,
      );
      expect(row?.salt).toHaveLength(32);
      const hmac = (text: string) =>
        createHmac('sha256', row?.salt ?? '')
          .update(text, 'utf8')
          .digest('hex');
      expect(leaf.subjectHmac).toBe(hmac('press-vn-demo'));
      expect(leaf.variablesHmac).toBe(hmac('{"code":"VN-DB","period":"2022"}'));
      expect(leaf.responseHmac).toBe(hmac(reply.text));
    }
    for (const name of ['nonce', 'subjectHmac', 'variablesHmac'] as const) {
      expect(one.leaf[name]).not.toBe(two.leaf[name]);
    }
  });

  test.each<[string, string, AskOptions, object]>([
    [
      'no purpose',
      '{ areas { totalCount } }',
      { purpose: null },
      { outcome: 'REFUSED', errorCode: 'PURPOSE_REQUIRED', purpose: null, grants: [], topics: [] },
    ],
    [
      'an unknown purpose',
      '{ areas { totalCount } }',
      { purpose: 'NONE' },
      { outcome: 'REFUSED', errorCode: 'PURPOSE_UNKNOWN', purpose: null },
    ],
    [
      'another’s purpose',
      '{ areas { totalCount } }',
      { purpose: 'AUDIT' },
      { outcome: 'REFUSED', errorCode: 'PURPOSE_NOT_GRANTED', grants: [] },
    ],
    [
      'no GraphQL',
      'select 1',
      {},
      {
        outcome: 'REFUSED',
        errorCode: 'DOCUMENT_MALFORMED',
        documentHash: null,
        operationName: null,
      },
    ],
    [
      'a field of auditors',
      'query Log { accessRecords { totalCount } }',
      {},
      { outcome: 'REFUSED', errorCode: 'DOCUMENT_INVALID', documentHash: expect.any(String) },
    ],
    [
      'too deep',
      `{ area(key: {code: "VN"}) { ${'parent { '.repeat(12)} code ${'} '.repeat(12)} } }`,
      {},
      { outcome: 'REFUSED', errorCode: 'DOCUMENT_TOO_DEEP' },
    ],
    [
      'too many rows',
      '{ areas(first: 200) { nodes { children { code } } } }',
      {},
      { outcome: 'REFUSED', errorCode: 'TOO_MANY_ROWS', given: [] },
    ],
    [
      'wrong variables',
      'query A($n: Int!) { areas(first: $n) { totalCount } }',
      {},
      { outcome: 'REFUSED', errorCode: 'VARIABLES_INVALID', operationName: 'A' },
    ],
    [
      'an unknown area',
      '{ area(key: {code: "99"}) { code } }',
      {},
      { outcome: 'REFUSED', errorCode: 'AREA_UNKNOWN', given: [] },
    ],
    [
      'half an answer',
      '{ node(id: "x") { id } viewer { role } }',
      {},
      { outcome: 'PARTIAL', errorCode: 'ID_MALFORMED' },
    ],
    [
      'a question without data',
      '{ viewer { role } }',
      { purpose: null },
      { outcome: 'ANSWERED', errorCode: null, grants: [], topics: [], given: [] },
    ],
  ])(
    'a known caller’s request is recorded however it ends: %s',
    async (_case, query, asked, said) => {
      const { leaf, fields } = await askAndRead('press-vn', query, asked);
      expect(leaf).toMatchObject({ agency: 'press-vn', role: 'PRESS', requestCount: 1, ...said });
      expect(fields.errorCode).toBe(leaf.errorCode);
    },
  );

  test.each<[string, string, RequestInit]>([
    ['no JSON', '/graphql', { method: 'POST', body: '{' }],
    ['a list', '/graphql', { method: 'POST', body: '[{}]' }],
    ['too large', '/graphql', { method: 'POST', body: 'x'.repeat(70_000) }],
    ['a method', '/graphql', { method: 'PUT', body: '{}' }],
    ['GET', `/graphql?query=${encodeURIComponent('{ viewer { role } }')}`, { method: 'GET' }],
    ['the schema', '/schema', { method: 'GET' }],
  ])('outside GraphQL too: %s', async (_case, path, init) => {
    const response = await fetch(gateway.gateway.address + path, {
      ...init,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await gateway.token('press-vn')}`,
        'purpose-of-use': mainPurpose.PRESS,
      },
    });
    const text = await response.text();
    const { leaf } = await readRecord(response.headers);
    const { errors } = (response.ok ? {} : JSON.parse(text)) as {
      errors?: { extensions: { code: string } }[];
    };
    expect(leaf).toMatchObject({
      agency: 'press-vn',
      errorCode: errors?.[0]?.extensions.code ?? null,
      outcome: response.ok ? 'ANSWERED' : 'REFUSED',
    });
  });
});
