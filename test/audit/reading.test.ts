/** Auditors read records from their leaves: filters find them, and a falsified column deceives nobody. */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGateway, storeKinds, type TestGateway } from '../support/gateway.ts';
import { insertRecords, type Said } from './records-support.ts';

const base = { role: 'PRESS', purpose: 'PUBLIC_INFORMATION' } as const;
const records: readonly Said[] = [
  {
    ...base,
    time: '2026-09-10T03:00:00.000Z',
    agency: 'press-vn',
    topics: ['DEBT'],
    areas: ['11@2025-07'],
    grants: ['grant-press-vn'],
    given: [{ type: 'StatutoryListEntry', provider: 'si-vn', rows: 2 }],
    employers: ['e1', 'e2'],
    withheld: [{ reason: 'SUPPRESSED', cells: 3 }],
    operationName: 'List',
    documentHash: 'aa',
  },
  {
    ...base,
    time: '2026-10-10T03:00:00.000Z',
    agency: 'press-nghe-an',
    topics: ['DEBT', 'ENROLLMENT'],
    given: [{ type: 'Target', provider: 'si-nghe-an', rows: 5 }],
    employers: ['e2'],
    withheld: [
      { reason: 'BANDED', cells: 1 },
      { reason: 'SUPPRESSED', cells: 1 },
    ],
    operationType: 'mutation',
    documentHash: 'bb',
  },
  {
    time: '2026-10-11T03:00:00.000Z',
    agency: 'si-vn',
    role: 'SI',
    purpose: 'STATISTICS',
    employerCount: 101,
    errorCode: 'AREA_UNKNOWN',
    outcome: 'PARTIAL',
  },
  // Its columns will say another thing, and of the last one the leaf.
  { ...base, time: '2026-10-12T03:00:00.000Z', agency: 'press-vn', operationName: 'True' },
  { ...base, time: '2026-10-13T03:00:00.000Z', agency: 'press-vn', operationName: 'Broken' },
];

async function prepare(owner: pg.Pool): Promise<void> {
  const client = await owner.connect();
  await insertRecords(client, records);
  await client.query(`alter table access_record disable trigger user`);
  await client.query(
    `update access_record set agency_id = 'labour-vn', operation_name = 'False', role = 'LABOUR' where number = 3`,
  );
  await client.query(`update access_record set leaf = 'no record' where number = 4`);
  await client.query(`alter table access_record enable trigger user`);
  client.release();
}

describe.each(storeKinds)('the access log, read on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind, prepare });
  });
  afterAll(() => gateway.close());

  const until = 'to: "2026-10-11T12:00:00+07:00"';
  async function numbers(where: string): Promise<string[]> {
    const { data, errors } = await gateway.ask(
      'audit-vn',
      `{ accessRecords(where: { ${until} ${where} }, orderBy: NUMBER_ASC) { totalCount nodes { number } } }`,
    );
    expect(errors).toEqual([]);
    const { totalCount, nodes } = data.accessRecords;
    expect(totalCount).toBe(nodes.length);
    return nodes.map((node: { number: string }) => node.number);
  }

  test.each([
    ['', ['0', '1', '2']],
    ['employer: "e1"', ['0']],
    ['employer: "e2"', ['0', '1']],
    // Of more than 100 a record keeps a hash only.
    ['employer: "employer-7"', []],
    ['withheld: "SUPPRESSED"', ['0', '1']],
    ['withheld: "BANDED"', ['1']],
    ['withheld: "suppressed"', []],
    ['documentHash: "bb"', ['1']],
    ['provider: "si-vn"', ['0']],
    ['provider: "press-vn"', []],
    ['operationType: "mutation"', ['1']],
    ['operationType: "query" employer: "e2"', ['0']],
    ['agency: "press-vn"', ['0']],
    ['application: "si-vn-app"', ['2']],
    ['role: "PRESS" topic: "ENROLLMENT"', ['1']],
    ['grant: "grant-press-vn"', ['0']],
    ['areaId: "11@2025-07"', ['0']],
    ['purpose: "STATISTICS"', ['2']],
    ['outcome: PARTIAL', ['2']],
    ['errorCode: "AREA_UNKNOWN"', ['2']],
    ['operationName: "List"', ['0']],
    ['from: "2026-10-10T10:00:00+07:00"', ['1', '2']],
    ['from: "2026-10-10T10:00:00.001+07:00"', ['2']],
    ['employer: ""', []],
    [`employer: "' or true --"`, []],
  ])('filter %s', async (where, expected) => {
    expect(await numbers(where)).toEqual(expected);
  });

  test('pages go on with a filter, and a cursor of another list is refused', async () => {
    const page = (more: string) =>
      gateway.ask(
        'audit-vn',
        `{ accessRecords(first: 1, where: { ${until} role: "PRESS" } ${more}) {
           nodes { number } pageInfo { hasNextPage endCursor } } }`,
      );
    const first = (await page('')).data.accessRecords;
    expect(first).toMatchObject({ nodes: [{ number: '1' }], pageInfo: { hasNextPage: true } });
    const after = `after: "${first.pageInfo.endCursor}"`;
    expect((await page(after)).data.accessRecords.nodes).toEqual([{ number: '0' }]);
    const { errors } = await page(`orderBy: NUMBER_ASC ${after}`);
    expect(errors[0]?.extensions.code).toBe('CURSOR_INVALID');
  });

  const fields = 'number agency operationName role outcome';
  const truth = { agency: 'press-vn', operationName: 'True', role: 'PRESS', outcome: 'ANSWERED' };

  test('what a falsified column says is nowhere in the answer', async () => {
    const { data } = await gateway.ask(
      'audit-vn',
      `{ one: accessRecord(number: "3") { id ${fields} }
         found: accessRecords(where: { operationName: "False" }) { nodes { ${fields} } } }`,
    );
    expect(data.one).toMatchObject(truth);
    expect(data.found.nodes).toEqual([{ number: '3', ...truth }]);
    const node = await gateway.ask(
      'audit-vn',
      `{ node(id: "${data.one.id}") { ... on AccessRecord { ${fields} } } }`,
    );
    expect(node.data.node).toEqual({ number: '3', ...truth });
  });

  test('bytes that are no record are shown as they are, and named', async () => {
    const ask = (selection: string) =>
      gateway.ask('audit-vn', `{ accessRecord(number: "4") { ${selection} } }`);
    expect((await ask('number leaf')).data.accessRecord).toEqual({
      number: '4',
      leaf: Buffer.from('no record').toString('base64'),
    });
    const { data, errors } = await ask('agency');
    expect(data.accessRecord?.agency ?? null).toBeNull();
    expect(errors[0]).toMatchObject({
      extensions: { code: 'RECORD_UNREADABLE', record: '4' },
      message: expect.stringContaining('the access record 4'),
    });
  });

  test('a number that is none, is no record', async () => {
    const { data, errors } = await gateway.ask(
      'audit-vn',
      '{ accessRecord(number: "99999") { number } }',
    );
    expect({ data, errors }).toEqual({ data: { accessRecord: null }, errors: [] });
  });
});
