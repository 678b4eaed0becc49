/** The access log in numbers: each group holds what its records hold, and nothing is counted twice unsaid. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGateway, storeKinds, type TestGateway } from '../support/gateway.ts';
import { insertRecords, type Said } from './records-support.ts';

const press = { agency: 'press-vn', role: 'PRESS', purpose: 'PUBLIC_INFORMATION' } as const;
const records: readonly Said[] = [
  {
    ...press,
    // One hour before midnight in Viet Nam, at the end of a month.
    time: '2026-08-31T16:00:00.000Z',
    topics: ['DEBT', 'ENROLLMENT'],
    given: [
      { type: 'Source', provider: '', rows: 1 },
      { type: 'Target', provider: 'si-dien-bien', rows: 3 },
      { type: 'Target', provider: 'si-vn', rows: 4 },
    ],
    employers: ['e1', 'e2'],
    withheld: [
      { reason: 'BANDED', cells: 1 },
      { reason: 'SUPPRESSED', cells: 5 },
    ],
  },
  { ...press, time: '2026-08-31T17:00:00.000Z', topics: ['DEBT'], employers: ['e1'] },
  {
    agency: 'si-vn',
    role: 'SI',
    purpose: 'STATISTICS',
    time: '2026-09-01T02:00:00.000Z',
    outcome: 'INTENDED',
    operationType: 'mutation',
  },
  {
    agency: 'si-vn',
    role: 'SI',
    purpose: 'STATISTICS',
    time: '2026-09-01T02:00:00.000Z',
    operationType: 'mutation',
  },
  {
    time: '2026-09-01T03:00:00.000Z',
    outcome: 'REFUSED',
    errorCode: 'TOKEN_INVALID',
    requestCount: 70,
  },
];

describe.each(storeKinds)('counts of the access log on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind, prepare: (owner) => insertRecords(owner, records) });
  });
  afterAll(() => gateway.close());

  const where = 'where: { to: "2026-09-02T00:00:00+07:00" }';
  const ask = (
    args: string,
    fields = 'keys { value } start records requests rows employers withheldCells',
  ) => gateway.ask('audit-vn', `{ accessCounts(${args}) { ${fields} } }`);
  /** One line a group. */
  async function lines(args: string): Promise<string[]> {
    const { data, errors } = await ask(args);
    expect(errors).toEqual([]);
    return data.accessCounts.map(
      (
        group: { keys: { value: string | null }[]; start: string | null } & Record<string, string>,
      ) =>
        [
          group.start?.slice(0, 16) ?? '-',
          ...group.keys.map(({ value }) => value ?? 'null'),
          ...['records', 'requests', 'rows', 'employers', 'withheldCells'].map(
            (name) => group[name],
          ),
        ].join(' '),
    );
  }

  test.each([
    ['by: []', ['- 5 73 8 3 6']],
    ['by: [AGENCY]', ['- press-vn 2 2 8 3 6', '- si-vn 2 1 0 0 0', '- null 1 70 0 0 0']],
    ['by: [OUTCOME]', ['- ANSWERED 3 3 8 3 6', '- INTENDED 1 0 0 0 0', '- REFUSED 1 70 0 0 0']],
    // A record once for each topic, and those without any.
    ['by: [TOPIC]', ['- DEBT 2 2 8 3 6', '- ENROLLMENT 1 1 8 2 6', '- null 3 71 0 0 0']],
    // Rows of the provider, cells of the reason.
    ['by: [PROVIDER]', ['- si-dien-bien 1 1 3 2 6', '- si-vn 1 1 4 2 6', '- null 4 72 0 1 0']],
    [
      'by: [WITHHELD_REASON]',
      ['- BANDED 1 1 8 2 1', '- SUPPRESSED 1 1 8 2 5', '- null 4 72 0 1 0'],
    ],
    [
      'by: [ROLE, TOPIC, PROVIDER]',
      [
        '- PRESS DEBT si-dien-bien 1 1 3 2 6',
        '- PRESS DEBT si-vn 1 1 4 2 6',
        '- PRESS DEBT null 1 1 0 1 0',
        '- PRESS ENROLLMENT si-dien-bien 1 1 3 2 6',
        '- PRESS ENROLLMENT si-vn 1 1 4 2 6',
        '- SI null null 2 1 0 0 0',
        '- null null null 1 70 0 0 0',
      ],
    ],
    // Days and months of Viet Nam.
    [
      'by: [ROLE], interval: MONTH',
      [
        '2026-08-01T00:00 PRESS 1 1 8 2 6',
        '2026-09-01T00:00 PRESS 1 1 0 1 0',
        '2026-09-01T00:00 SI 2 1 0 0 0',
        '2026-09-01T00:00 null 1 70 0 0 0',
      ],
    ],
    [
      'by: [], interval: HOUR',
      [
        '2026-08-31T23:00 1 1 8 2 6',
        '2026-09-01T00:00 1 1 0 1 0',
        '2026-09-01T09:00 2 1 0 0 0',
        '2026-09-01T10:00 1 70 0 0 0',
      ],
    ],
    ['by: [], interval: YEAR', ['2026-01-01T00:00 5 73 8 3 6']],
  ])('%s', async (args, expected) => {
    expect(await lines(`${args}, ${where}`)).toEqual(expected);
  });

  test('a filter narrows what is counted, under an alias as well', async () => {
    const { data } = await gateway.ask(
      'audit-vn',
      `{ one: accessCounts(by: [PURPOSE], where: { employer: "e1", provider: "si-vn" }) { records keys { dimension value } }
         two: accessCounts(by: [ERROR_CODE], where: { errorCode: "TOKEN_INVALID" }) { requests } }`,
    );
    expect(data).toEqual({
      one: [{ records: '1', keys: [{ dimension: 'PURPOSE', value: 'PUBLIC_INFORMATION' }] }],
      two: [{ requests: '70' }],
    });
  });

  test.each([
    ['by: [ROLE, AGENCY, TOPIC, AREA]', 'NUMBER_OUT_OF_BOUNDS'],
    ['by: [ROLE, ROLE]', 'VALUE_TWICE'],
    ['by: [NUMBER]', 'DOCUMENT_INVALID'],
    ['by: [ROLE], interval: WEEK', 'DOCUMENT_INVALID'],
  ])('%s is refused: %s', async (args, code) => {
    const { data, errors } = await ask(args);
    expect(data).toBeNull();
    expect(errors[0]?.extensions.code).toBe(code);
  });

  test('counting is on the log: the topic, and each group that left', async () => {
    const { headers, data } = await ask(`by: [AGENCY], ${where}`);
    const number = headers['access-record'];
    const record = await gateway.ask(
      'audit-vn',
      `{ accessRecord(number: "${number}") { topics grants given { type rows } } }`,
    );
    expect(record.data.accessRecord).toEqual({
      topics: ['ACCESS_LOG'],
      grants: ['grant-audit-vn'],
      given: [{ type: 'AccessCount', rows: data.accessCounts.length }],
    });
  });
});

describe('too many groups', () => {
  test('are refused, and the sentence says how many may be', async () => {
    const many = await openGateway({
      kind: 'SERVER',
      prepare: async (owner) => {
        await insertRecords(owner, [{ ...press, time: '2026-09-01T00:00:00.000Z' }]);
        await owner.query(
          `insert into access_record select (r).* from (
             select jsonb_populate_record(r, jsonb_build_object('number', n, 'operation_name', 'o' || n)) as r
               from access_record r, generate_series(1, 1000) n) x`,
        );
        await owner.query('update access_head set next = 1001 where id = 1');
      },
    });
    const ask = (where: string) =>
      many.ask('audit-vn', `{ accessCounts(by: [OPERATION], where: { ${where} }) { records } }`);
    const { data, errors } = await ask('to: "2026-09-02T00:00:00+07:00"');
    expect(data).toBeNull();
    expect(errors[0]).toMatchObject({ extensions: { code: 'TOO_MANY_GROUPS', max: 1000 } });
    expect((await ask('operationName: "o7"')).data.accessCounts).toEqual([{ records: '1' }]);
    await many.close();
  });
});
