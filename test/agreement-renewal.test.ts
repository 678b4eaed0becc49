/** After a reform an agreement keeps the history of its areas, and passes on only to what it covers wholly. */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assertDone } from './agreement-support.ts';
import { openGateway, storeKindsAtLength, type TestGateway } from './support/gateway.ts';

/** What each grant names, and what a reader of today is told. Old Lào Cai and Yên Bái became one. */
const cases = [
  {
    agency: 'labour-lao-cai',
    named: ['10@2025-06'],
    renewal: { areaIds: ['10@2025-06'], successorIds: ['15@2025-07'] },
    reaches: ['10@2025-06'],
    not: '15@2025-07',
  },
  {
    agency: 'labour-vn',
    named: ['10@2025-06', '15@2025-06'],
    renewal: null,
    reaches: ['10@2025-06', '15@2025-06', '15@2025-07'],
    not: '11@2025-07',
  },
  {
    agency: 'labour-nghe-an',
    named: ['40@2025-06'],
    renewal: null,
    reaches: ['40@2025-06', '40@2025-07'],
    not: '15@2025-07',
  },
  {
    agency: 'labour-dien-bien',
    named: ['11@2025-07', '10@2025-06'],
    renewal: { areaIds: ['10@2025-06'], successorIds: ['15@2025-07'] },
    reaches: ['11@2025-07', '11@2025-06', '10@2025-06'],
    not: '15@2025-07',
  },
] as const;

async function prepare(owner: pg.Pool): Promise<void> {
  for (const { agency, named } of cases) {
    await owner.query('delete from grant_area where grant_id = $1', [`grant-${agency}`]);
    await owner.query('insert into grant_area select $1, unnest($2::text[])', [
      `grant-${agency}`,
      named,
    ]);
  }
}

describe.each(storeKindsAtLength)('territory reform and agreements on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind, prepare });
  });
  afterAll(() => gateway.close());

  const question = `{
    viewer { territory { topic areaIds } grants { code renewal { code areaIds successorIds } } }
    agreements(where: { state: ACTIVE }) { nodes { code renewal { code areaIds successorIds sentence } } } }`;

  test.each(cases)(
    '$agency, whose grant names $named',
    async ({ agency, renewal, reaches, not }) => {
      const { viewer, agreements } = assertDone(await gateway.ask(agency, question));
      const told = renewal && { code: 'AGREEMENT_NEEDS_RENEWAL', ...renewal };
      const code = `grant-${agency}`;
      expect(viewer.grants).toEqual([{ code, renewal: told }]);
      expect(agreements.nodes).toMatchObject([{ code, renewal: told }]);
      const { areaIds } = viewer.territory.find((each: { topic: string }) => each.topic === 'DEBT');
      expect(areaIds).toEqual(expect.arrayContaining([...reaches]));
      expect(areaIds).not.toContain(not);
    },
  );

  test('the sentence says what ended and what it became, in both languages', async () => {
    for (const [language, words] of [
      ['en', 'areas that have ended (10@2025-06)'],
      ['vi', 'địa bàn đã kết thúc (10@2025-06)'],
    ] as const) {
      const headers = { 'accept-language': language };
      const { agreements } = assertDone(await gateway.ask('labour-lao-cai', question, { headers }));
      expect(agreements.nodes[0].renewal.sentence).toContain(words);
      expect(agreements.nodes[0].renewal.sentence).toContain('15@2025-07');
    }
  });

  test('a grant of today’s areas needs none', async () => {
    const { viewer } = assertDone(await gateway.ask('si-lao-cai', question));
    expect(viewer.grants).toEqual([{ code: 'grant-si-lao-cai', renewal: null }]);
  });
});
