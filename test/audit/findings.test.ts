/** A finding's life: opened by an auditor, answered once by the agency concerned, closed by its auditor. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  openGateway,
  storeKinds,
  type AskOptions,
  type Reply,
  type TestGateway,
} from '../support/gateway.ts';

const fields =
  'code auditor agency title text records state openedAt reply repliedAt conclusion closedAt';
const codeOf = ({ errors }: Reply) => errors[0]?.extensions.code ?? null;

describe.each(storeKinds)('a finding on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({
      kind,
      prepare: async (owner) => {
        for (const [id, days] of [
          ['old', 30],
          ['young', 29],
        ] as const) {
          await owner.query(
            `insert into audit_finding (id, auditor_id, agency_id, title, text, records, state, opened_at)
             values ($1, 'audit-vn', 'union-lao-cai', 'T', 'T', '{0}', 'OPEN', now() - make_interval(days => $2))`,
            [id, days],
          );
        }
      },
    });
    await gateway.ask('press-vn', '{ areas(first: 1) { totalCount } }');
    await gateway.ask('press-vn', '{ areas(first: 1) { totalCount } }');
  });
  afterAll(() => gateway.close());

  const open = (input: object = {}, agency = 'audit-vn', options: AskOptions = {}) =>
    gateway.ask(
      agency,
      `mutation ($input: OpenFindingInput!) { openFinding(input: $input) { id ${fields} } }`,
      {
        ...options,
        variables: {
          input: {
            agency: 'press-vn',
            title: ' Night reads ',
            text: 'See.',
            records: ['1', '0'],
            ...input,
          },
        },
      },
    );
  const reply = (agency: string, finding: string, text = 'We know.') =>
    gateway.ask(
      agency,
      `mutation ($finding: String!, $text: String!) {
         replyToFinding(finding: $finding, reply: $text) { ${fields} } }`,
      { variables: { finding, text } },
    );
  const close = (finding: string, text = 'Settled.', agency = 'audit-vn') =>
    gateway.ask(
      agency,
      `mutation ($finding: String!, $text: String!) {
         closeFinding(finding: $finding, conclusion: $text) { ${fields} } }`,
      { variables: { finding, text } },
    );
  const listed = async (agency: string, where = '') => {
    const { data, errors } = await gateway.ask(
      agency,
      `{ findings(where: { ${where} }) { totalCount nodes { code } } }`,
    );
    expect(errors).toEqual([]);
    const { totalCount, nodes } = data.findings;
    expect(totalCount).toBe(nodes.length);
    return nodes.map(({ code }: { code: string }) => code) as string[];
  };
  const opened = async (input: object = {}) => {
    const { data, errors } = await open(input);
    expect(errors).toEqual([]);
    return data.openFinding.code as string;
  };

  test('goes from open to answered to closed, each step once and by its own hand', async () => {
    const { data } = await open();
    const { id, code } = data.openFinding;
    expect(data.openFinding).toMatchObject({
      auditor: 'audit-vn',
      agency: 'press-vn',
      title: 'Night reads',
      records: ['1', '0'],
      state: 'OPEN',
      reply: null,
      conclusion: null,
    });
    // Auditors see all, the agency concerned its own, nobody else any.
    for (const agency of ['audit-vn', 'press-vn']) expect(await listed(agency)).toContain(code);
    const unread = await gateway.ask('audit-vn', '{ findings { totalCount } }', { purpose: null });
    expect(unread.data.findings.totalCount).toBe(0);
    for (const agency of ['press-nghe-an', 'si-vn', 'labour-vn', 'union-lao-cai', 'steward-vn']) {
      expect(await listed(agency)).not.toContain(code);
      const node = await gateway.ask(agency, `{ node(id: "${id}") { id } }`);
      expect(node.data.node).toBeNull();
      expect(codeOf(await reply(agency, code))).toBe('FINDING_UNKNOWN');
    }
    expect((await gateway.ask('press-vn', `{ node(id: "${id}") { id } }`)).data.node).toEqual({
      id,
    });
    expect(codeOf(await reply('audit-vn', code))).toBe('FINDING_STEP_OF_OTHERS');
    expect(codeOf(await close(code))).toBe('FINDING_UNANSWERED');

    expect((await reply('press-vn', code)).data.replyToFinding).toMatchObject({
      state: 'ANSWERED',
      reply: 'We know.',
      repliedAt: expect.any(String),
    });
    const again = await reply('press-vn', code, 'Another word.');
    expect(again.errors[0]?.extensions).toMatchObject({
      code: 'FINDING_WRONG_STATE',
      finding: code,
      state: 'ANSWERED',
    });
    expect((await close(code)).data.closeFinding).toMatchObject({
      state: 'CLOSED',
      reply: 'We know.',
      conclusion: 'Settled.',
      closedAt: expect.any(String),
    });
    expect(codeOf(await close(code, 'Otherwise.'))).toBe('FINDING_WRONG_STATE');
    expect(codeOf(await reply('press-vn', code))).toBe('FINDING_WRONG_STATE');
  });

  test('without an answer it may be closed from the 30th day on', async () => {
    const refused = await close('young');
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'FINDING_UNANSWERED', days: 30 });
    expect(refused.errors[0]?.message).toMatch(/from \d{4}-\d{2}-\d{2} on, 30 days after/);
    expect((await close('old')).data.closeFinding).toMatchObject({ state: 'CLOSED', reply: null });
    expect(codeOf(await reply('union-lao-cai', 'old'))).toBe('FINDING_WRONG_STATE');
    expect((await reply('union-lao-cai', 'young')).data.replyToFinding.state).toBe('ANSWERED');
  });

  test.each([
    ['an agency that is none', { agency: 'nobody-vn' }, 'AGENCY_NOT_REGISTERED'],
    ['a record that is none', { records: ['0', '999999'] }, 'RECORD_UNKNOWN'],
    ['no record', { records: [] }, 'NUMBER_OUT_OF_BOUNDS'],
    [
      'too many records',
      { records: Array.from({ length: 101 }, (_, i) => String(i)) },
      'NUMBER_OUT_OF_BOUNDS',
    ],
    ['a record twice', { records: ['0', '0'] }, 'VALUE_TWICE'],
    ['no number', { records: ['x'] }, 'VARIABLES_INVALID'],
    ['no title', { title: '  ' }, 'FIELD_EMPTY'],
    ['a long title', { title: 'x'.repeat(201) }, 'TEXT_TOO_LONG'],
    ['no text', { text: '' }, 'FIELD_EMPTY'],
    ['a NUL', { text: 'a\0b' }, 'VARIABLES_INVALID'],
  ])('%s is refused, and nothing is written', async (_name, input, code) => {
    const before = await listed('audit-vn');
    const refused = await open(input);
    expect(codeOf(refused)).toBe(code);
    expect(refused.status).not.toBe(500);
    expect(await listed('audit-vn')).toEqual(before);
  });

  test.each([
    ['an empty reply', () => reply('press-vn', 'young', ' '), 'FIELD_EMPTY'],
    ['a finding that is none', () => close('none'), 'FINDING_UNKNOWN'],
    ['no purpose', () => open({}, 'audit-vn', { purpose: null }), 'PURPOSE_REQUIRED'],
    [
      'a purpose of others',
      () => open({}, 'audit-vn', { purpose: 'STATISTICS' }),
      'PURPOSE_NOT_GRANTED',
    ],
    ['the press', () => open({}, 'press-vn'), 'DOCUMENT_INVALID'],
    ['the steward', () => close('young', 'x', 'steward-vn'), 'DOCUMENT_INVALID'],
  ])('%s is refused', async (_name, act, code) => {
    expect(codeOf(await act())).toBe(code);
  });

  test('filters and pages hold together, newest first', async () => {
    const codes = [
      await opened({ agency: 'si-vn' }),
      await opened({ agency: 'si-vn', records: ['1'] }),
    ];
    expect(await listed('si-vn')).toEqual([...codes].reverse());
    expect(await listed('audit-vn', 'agency: "si-vn", record: "0"')).toEqual([codes[0]]);
    expect(await listed('audit-vn', 'agency: "si-vn", state: ANSWERED')).toEqual([]);
    expect(await listed('audit-vn', 'auditor: "si-vn"')).toEqual([]);
    expect(await listed('si-vn', 'agency: "press-vn"')).toEqual([]);
    expect(await listed('audit-vn', 'agency: "si-vn", from: "2099-01-01T00:00:00+07:00"')).toEqual(
      [],
    );
    const page = await gateway.ask(
      'si-vn',
      '{ findings(first: 1) { nodes { code } pageInfo { endCursor } } }',
    );
    const { endCursor } = page.data.findings.pageInfo;
    const next = await gateway.ask(
      'si-vn',
      `{ findings(first: 1, after: "${endCursor}") { nodes { code } } }`,
    );
    expect(next.data.findings.nodes).toEqual([{ code: codes[0] }]);
  });

  test('each step is in the change log, and intended on the access log before it is taken', async () => {
    const code = await opened({ agency: 'labour-vn' });
    const { headers } = await reply('labour-vn', code);
    const { data } = await gateway.ask(
      'audit-vn',
      `{ changes(where: { entityId: "${code}" }, orderBy: TIME_ASC) { nodes { action agency } }
         accessRecords(where: { requestId: "${headers['request-id']}" }, orderBy: NUMBER_ASC) { nodes { outcome } } }`,
    );
    expect(data.changes.nodes).toEqual([
      { action: 'INSERT', agency: 'audit-vn' },
      { action: 'UPDATE', agency: 'labour-vn' },
    ]);
    expect(data.accessRecords.nodes).toEqual([{ outcome: 'INTENDED' }, { outcome: 'ANSWERED' }]);
  });

  test('in Vietnamese the refusal is Vietnamese', async () => {
    const said = await gateway.ask(
      'audit-vn',
      'mutation { closeFinding(finding: "none", conclusion: "x") { code } }',
      { headers: { 'accept-language': 'vi' } },
    );
    expect(said.errors[0]?.message).toMatch(/^Không có phát hiện none/);
  });
});
