/** The change log: auditors meet all of it, every agency what was done in its own name, and nobody more. */
import { setTimeout as wait } from 'node:timers/promises';
import canonicalize from 'canonicalize';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGateway, storeKinds, type TestGateway } from '../support/gateway.ts';

const demoAgreement = 'grant-labour-dien-bien';
const suspend = `mutation { suspendAgreement(code: "${demoAgreement}", reason: "Under review.") { state } }`;
const resume = `mutation { resumeAgreement(code: "${demoAgreement}") { state } }`;

describe.each(storeKinds)('the change log on %s', (kind) => {
  let gateway: TestGateway;
  const requestIds: string[] = [];
  beforeAll(async () => {
    gateway = await openGateway({ kind });
    for (const [agency, text] of [
      ['si-dien-bien', suspend],
      ['si-dien-bien', resume],
      ['steward-vn', suspend],
    ] as const) {
      const reply = await gateway.ask(agency, text);
      expect(reply.errors).toEqual([]);
      requestIds.push(reply.headers['request-id'] ?? '');
    }
  });
  afterAll(() => gateway.close());

  const fields = 'changedAt actor agency application requestId action entity entityId before after';
  async function changes(agency: string, args = '', selection = fields) {
    const { data, errors } = await gateway.ask(
      agency,
      `{ changes${args ? `(${args})` : ''} { totalCount nodes { ${selection} } } }`,
    );
    expect(errors).toEqual([]);
    return data.changes as { totalCount: number; nodes: Record<string, string | null>[] };
  }

  test('an agency meets what was done in its own name, and no more', async () => {
    const { totalCount, nodes } = await changes('si-dien-bien', 'orderBy: TIME_ASC');
    expect(totalCount).toBe(2);
    const [first, second] = nodes;
    expect(first).toMatchObject({
      actor: 'si-dien-bien/si-dien-bien-demo',
      agency: 'si-dien-bien',
      application: 'si-dien-bien-app',
      requestId: requestIds[0],
      action: 'UPDATE',
      entity: 'grant',
      entityId: demoAgreement,
    });
    expect(JSON.parse(first?.['before'] ?? '')).toMatchObject({ state: 'ACTIVE' });
    expect(JSON.parse(first?.['after'] ?? '')).toMatchObject({
      state: 'SUSPENDED',
      state_reason: 'Under review.',
    });
    expect(canonicalize(JSON.parse(first?.['after'] ?? ''))).toBe(first?.['after']);
    expect(JSON.parse(second?.['after'] ?? '')).toMatchObject({ state: 'ACTIVE' });
  });

  test.each([
    ['si-dien-bien', 'agency: "steward-vn"', 0],
    ['si-dien-bien', 'entity: "grant"', 2],
    ['labour-dien-bien', '', 0],
    ['press-vn', 'entityId: "grant-labour-dien-bien"', 0],
    ['steward-vn', '', 1],
    ['audit-vn', 'entity: "grant", entityId: "grant-labour-dien-bien"', 3],
    ['audit-vn', 'agency: "si-dien-bien"', 2],
    ['audit-vn', 'application: "steward-vn-app"', 1],
    ['audit-vn', 'action: UPDATE', 3],
    ['audit-vn', 'action: DELETE', 0],
    ['audit-vn', 'action: UPDATE, to: "2020-01-01T00:00:00+07:00"', 0],
    ['audit-vn', 'action: UPDATE, from: "2020-01-01T00:00:00+07:00"', 3],
    ['audit-vn', `entity: "' or true --"`, 0],
  ])('%s, where %s: %i', async (agency, where, expected) => {
    const { totalCount } = await changes(agency, `where: { ${where} }`);
    expect(totalCount).toBe(expected);
  });

  test('the change of a request is found by it, and loads tell how many rows of which file', async () => {
    const { nodes } = await changes('audit-vn', `where: { requestId: "${requestIds[2]}" }`);
    expect(nodes).toMatchObject([{ agency: 'steward-vn', action: 'UPDATE' }]);
    const loads = await changes('audit-vn', 'where: { action: IMPORT, entity: "area" }');
    expect(loads.nodes[0]).toMatchObject({ actor: 'loader', agency: null, before: '{}' });
    expect(JSON.parse(loads.nodes[0]?.['after'] ?? '')).toMatchObject({
      inserted: expect.any(Number),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('pages follow each other without a gap, and each change has its place in the tree soon', async () => {
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page < 100; page += 1) {
      const { data, errors } = await gateway.ask(
        'audit-vn',
        `{ changes(first: 7 ${after}, orderBy: TIME_ASC) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`,
      );
      expect(errors).toEqual([]);
      seen.push(...data.changes.nodes.map(({ id }: { id: string }) => id));
      if (!data.changes.pageInfo.hasNextPage) {
        expect(new Set(seen).size).toBe(data.changes.totalCount);
        break;
      }
      after = `after: "${data.changes.pageInfo.endCursor}"`;
    }
    let numbers: (string | null)[] = [null];
    for (let tries = 0; tries < 50 && numbers.includes(null); tries += 1) {
      await wait(100);
      numbers = (await changes('audit-vn', 'first: 200', 'number')).nodes.map(
        ({ number }) => number ?? null,
      );
    }
    expect(numbers.map(Number).sort((a, b) => a - b)).toEqual(numbers.map((_number, i) => i));
  });

  test('by id an agency meets its own change, and another’s is not there', async () => {
    const { nodes } = await changes('si-dien-bien', 'first: 1', 'id');
    const ask = (agency: string) =>
      gateway.ask(
        agency,
        `{ node(id: "${nodes[0]?.['id']}") { ... on ChangeRecord { entityId } } }`,
      );
    expect((await ask('si-dien-bien')).data.node).toEqual({ entityId: demoAgreement });
    expect((await ask('audit-vn')).data.node).toEqual({ entityId: demoAgreement });
    expect((await ask('labour-dien-bien')).data.node).toBeNull();
  });

  test.each([
    ['audit-vn', 'changes(after: "x") { totalCount }', 'CURSOR_INVALID'],
    ['audit-vn', 'changes(first: 201) { totalCount }', 'FIRST_OUT_OF_BOUNDS'],
    ['si-vn', 'changes(where: { action: REPLACE }) { totalCount }', 'DOCUMENT_INVALID'],
    ['si-vn', 'changes { nodes { number } }', 'DOCUMENT_INVALID'],
  ])('%s: %s is refused', async (agency, field, code) => {
    const { errors } = await gateway.ask(agency, `{ ${field} }`);
    expect(errors[0]?.extensions.code).toBe(code);
  });

  test('the record of an auditor’s reading names the topic and the grant', async () => {
    const { headers } = await gateway.ask('audit-vn', '{ changes(first: 2) { nodes { actor } } }');
    const { data } = await gateway.ask(
      'audit-vn',
      `{ accessRecord(number: "${headers['access-record']}") { topics grants given { type rows } } }`,
    );
    expect(data.accessRecord).toEqual({
      topics: ['CHANGE_LOG'],
      grants: ['grant-audit-vn'],
      given: [{ type: 'ChangeRecord', rows: 2 }],
    });
  });
});
