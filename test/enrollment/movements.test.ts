/** Monthly enrolment over HTTP: its shape, its filters, and that each agency reads its own territory. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGateway, storeKindsAtLength, type TestGateway } from '../support/gateway.ts';

// A node has the shape of its question.
type Node = any;

const commune = '{code: "03217", vintage: "2025-07"}';
const figure = '{ value unit indicator timePeriod scheme participantGroup obsStatus confStatus }';

describe.each(storeKindsAtLength)('monthly enrolment on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind, demonstration: true });
  });
  afterAll(() => gateway.close());

  async function list(agency: string, args: string, fields = 'id'): Promise<Node> {
    const { data, errors } = await gateway.ask(
      agency,
      `{ enrolmentMovements(${args}) { totalCount nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`,
    );
    expect(errors).toEqual([]);
    return data.enrolmentMovements;
  }

  test('a row holds stocks and flows as figures of its own, which add up', async () => {
    const { nodes } = await list(
      'si-tua-chua',
      `first: 50, orderBy: PERIOD_ASC, where: {area: ${commune}, scheme: "VOLUNTARY_SI"}`,
      `refArea { code vintage nameVi province { code } } timePeriod scheme participantGroup contributor
       source { code nature } opening ${figure} joined ${figure} returned ${figure} left ${figure}
       leftByReason { reason figure ${figure} } closing ${figure}`,
    );
    expect(nodes.map((row: Node) => row.timePeriod)).toEqual([
      ...['07', '08', '09', '10', '11', '12'].map((month) => `2025-${month}`),
      ...['01', '02', '03', '04', '05', '06'].map((month) => `2026-${month}`),
    ]);
    let previous: string | null = null;
    for (const row of nodes as Node[]) {
      expect(row).toMatchObject({
        refArea: {
          code: '03217',
          vintage: '2025-07',
          nameVi: 'Tủa Chùa',
          province: { code: '11' },
        },
        scheme: 'VOLUNTARY_SI',
        participantGroup: 'ALL',
        contributor: 'si-tua-chua',
        source: { code: 'demo-enrolment', nature: 'SYNTHETIC' },
      });
      const all = ['opening', 'joined', 'returned', 'left', 'closing'].map((name) => row[name]);
      for (const one of [...all, ...row.leftByReason.map((part: Node) => part.figure)]) {
        expect(one).toMatchObject({
          unit: 'PERSONS',
          scheme: 'VOLUNTARY_SI',
          participantGroup: 'ALL',
          obsStatus: 'A',
          confStatus: 'N',
        });
      }
      expect(all.map((one) => one.indicator)).toEqual([
        'ENROLMENT_OPENING',
        'ENROLMENT_JOINED',
        'ENROLMENT_RETURNED',
        'ENROLMENT_LEFT',
        'ENROLMENT_CLOSING',
      ]);
      // A stock is as of a day, a flow in the month.
      expect(row.opening.timePeriod).toBe(`${row.timePeriod}-01`);
      expect(row.closing.timePeriod).toMatch(new RegExp(`^${row.timePeriod}-(28|29|30|31)$`));
      expect(row.joined.timePeriod).toBe(row.timePeriod);
      const [opening, joined, returned, left, closing] = all.map((one) => Number(one.value));
      expect(opening! + joined! + returned! - left!).toBe(closing);
      expect(row.leftByReason.map((part: Node) => part.reason)).toEqual([
        'ONE_TIME_WITHDRAWAL',
        'PENSION',
        'OTHER_SCHEME',
        'MOVED_AWAY',
        'STOPPED_PAYING',
      ]);
      const parts = row.leftByReason.map((part: Node) => Number(part.figure.value));
      expect(parts.reduce((sum: number, part: number) => sum + part, 0)).toBe(left);
      expect(row.opening.value).toBe(previous ?? row.opening.value);
      previous = row.closing.value;
    }
  });

  test.each([
    ['si-vn', '', 18_768 * 3],
    ['si-vn', 'within: {code: "10", vintage: "2025-06"}', 151 * 18 * 3],
    ['si-vn', 'within: {code: "15", vintage: "2025-06"}', 168 * 18 * 3],
    ['si-vn', 'within: {code: "15", vintage: "2025-07"}', 99 * 12 * 3],
    ['si-vn', 'within: {code: "11", vintage: "2025-07"}, timePeriod: "2026-02"', 45 * 3],
    ['si-vn', 'area: {code: "11", vintage: "2025-07"}', 0],
    ['si-vn', `area: ${commune}`, 36],
    ['si-vn', 'scheme: "HEALTH_INSURANCE", timePeriod: "2024-01"', 860],
    ['si-vn', 'participantGroup: "EMPLOYEES", from: "2025-06", to: "2025-07"', 860 + 274],
    ['si-vn', `area: ${commune}, from: "2026-Q1", to: "2026-Q1"`, 9],
    ['si-vn', 'participantGroup: "STUDENTS"', 0],
  ])('%s counts the rows of {%s}', async (agency, where, count) => {
    expect((await list(agency, `first: 1, where: {${where}}`)).totalCount).toBe(count);
  });

  test.each([
    ['PERIOD_ASC', ['2025-07', '2025-07', '2025-07', '2025-08']],
    ['PERIOD_DESC', ['2026-06', '2026-06', '2026-06', '2026-05']],
    ['AREA', ['2025-07', '2025-08', '2025-09', '2025-10']],
  ])('in order %s, pages follow each other without gap or overlap', async (order, first) => {
    const where = `where: {area: ${commune}}, orderBy: ${order}`;
    const whole = (await list('si-vn', `first: 50, ${where}`, 'id timePeriod')).nodes as Node[];
    expect(whole.slice(0, 4).map((row) => row.timePeriod)).toEqual(first);
    const paged: Node[] = [];
    for (let after: string | null = null; ;) {
      const args: string = `first: 7, ${where}${after ? `, after: "${after}"` : ''}`;
      const { nodes, pageInfo } = await list('si-vn', args, 'id timePeriod');
      paged.push(...nodes);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(paged).toEqual(whole);
    expect(new Set(whole.map(({ id }) => id)).size).toBe(36);
  });

  test.each([
    ['si-dien-bien', ['11@2025-06', '11@2025-07'], (129 * 18 + 45 * 12) * 3],
    ['labour-dien-bien', ['11@2025-06', '11@2025-07'], (129 * 18 + 45 * 12) * 3],
    ['si-lao-cai', ['10@2025-06', '15@2025-06', '15@2025-07'], ((151 + 168) * 18 + 99 * 12) * 3],
    ['labour-nghe-an', ['40@2025-06', '40@2025-07'], (412 * 18 + 130 * 12) * 3],
    ['si-tua-chua', ['11@2025-07'], 5 * 12 * 3],
  ])('%s reads the communes of %j and no other', async (agency, provinces, count) => {
    expect((await list(agency, 'first: 1')).totalCount).toBe(count);
    const rows: Node[] = [];
    for (const month of ['2025-06', '2025-07']) {
      for (let after: string | null = null; ;) {
        const args: string = `first: 200, where: {timePeriod: "${month}", scheme: "VOLUNTARY_SI"}${after ? `, after: "${after}"` : ''}`;
        const page = await list(agency, args, 'refArea { province { code vintage } }');
        rows.push(...page.nodes);
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
    }
    const found = rows.map(({ refArea: { province } }) => `${province.code}@${province.vintage}`);
    expect([...new Set(found)].sort()).toEqual(provinces);
  });

  test('a row of another’s territory is not there, by filter, by id and by count', async () => {
    const [row] = (
      await list('si-vn', 'first: 1, where: {area: {code: "16681", vintage: "2025-07"}}')
    ).nodes as Node[];
    const { data, errors } = await gateway.ask(
      'si-dien-bien',
      `{ node(id: "${row.id}") { id }
         enrolmentMovements(where: {area: {code: "16681", vintage: "2025-07"}}) { totalCount nodes { id } } }`,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ node: null, enrolmentMovements: { totalCount: 0, nodes: [] } });
    const own = await gateway.ask('si-nghe-an', `{ node(id: "${row.id}") { id } }`);
    expect(own.data).toEqual({ node: { id: row.id } });
  });

  test.each(['union-dien-bien', 'press-vn', 'audit-vn', 'steward-vn'])(
    '%s does not know that there is such a thing',
    async (agency) => {
      const { status, errors } = await gateway.ask(agency, '{ enrolmentMovements { totalCount } }');
      expect(status).toBe(400);
      expect(errors[0]?.message).toContain('enrolmentMovements');
    },
  );

  test.each([
    ['scheme: "VOLUNTARY"', 'CODE_UNKNOWN'],
    ['participantGroup: "ANYBODY"', 'CODE_UNKNOWN'],
    ['timePeriod: "2025-13"', 'PERIOD_MALFORMED'],
    ['from: "lately"', 'PERIOD_MALFORMED'],
    ['area: {code: "99999"}', 'AREA_UNKNOWN'],
    ['within: {code: "15"}', 'AREA_AMBIGUOUS'],
    ['within: {code: "VN-DB-TC"}', 'AREA_NOT_PROVINCE'],
    ['area: {code: "03217"}', 'AREA_AMBIGUOUS'],
  ])('{%s} is refused: %s', async (where, code) => {
    const { errors } = await gateway.ask(
      'si-vn',
      `{ enrolmentMovements(where: {${where}}) { totalCount } }`,
    );
    expect(errors[0]?.extensions.code).toBe(code);
  });

  const dienBien = '{code: "11", vintage: "2025-07"}';
  const flowsIn = (area: string, span: string, parts: string) =>
    `{ enrolmentFlows(area: ${area}, scheme: "VOLUNTARY_SI", ${span}) { ${parts} } }`;
  const number = '{ value obsStatus confStatus refArea { code } timePeriod }';
  const flowParts = `sourceCode opening ${number} joined ${number} returned ${number} left ${number}
    leftByReason { reason figure ${number} } closing ${number} netChange { value } residual { value }`;

  test.each(['si-vn', 'si-dien-bien', 'labour-dien-bien'])(
    'flows of a province are those of its communes added up, for %s',
    async (agency) => {
      const span = 'from: "2026-Q1", to: "2026-Q1"';
      const { data, errors } = await gateway.ask(agency, flowsIn(dienBien, span, flowParts));
      expect(errors).toEqual([]);
      const [told] = data.enrolmentFlows as Node[];
      const rows: Node[] = [];
      for (const month of ['2026-01', '2026-02', '2026-03']) {
        const { nodes } = await list(
          agency,
          `first: 100, where: {within: ${dienBien}, timePeriod: "${month}", scheme: "VOLUNTARY_SI"}`,
          `timePeriod opening { value } joined { value } returned { value } left { value } closing { value }
           leftByReason { reason figure { value } }`,
        );
        expect(nodes).toHaveLength(45);
        rows.push(...nodes);
      }
      const total = (name: string, month?: string) =>
        String(
          rows
            .filter(({ timePeriod }) => !month || timePeriod === month)
            .reduce((sum: number, row) => sum + Number(row[name].value), 0),
        );
      const flow = { obsStatus: 'A', confStatus: 'N', refArea: { code: '11' } };
      const inSpan = { ...flow, timePeriod: '2026-Q1' };
      expect(told).toMatchObject({
        sourceCode: 'demo-enrolment',
        opening: { ...flow, value: total('opening', '2026-01'), timePeriod: '2026-01-01' },
        joined: { ...inSpan, value: total('joined') },
        returned: { ...inSpan, value: total('returned') },
        left: { ...inSpan, value: total('left') },
        closing: { ...flow, value: total('closing', '2026-03'), timePeriod: '2026-03-31' },
        residual: { value: '0' },
      });
      expect(Number(told.joined.value)).toBeGreaterThan(0);
      const byReason = told.leftByReason.map(({ figure }: Node) => Number(figure.value));
      expect(byReason.reduce((sum: number, part: number) => sum + part, 0)).toBe(
        Number(told.left.value),
      );
    },
  );

  test.each([
    ['si-tua-chua', dienBien, 'from: "2026-Q1", to: "2026-Q1"', 'a part of the communes'],
    ['si-dien-bien', dienBien, 'from: "2025-06", to: "2025-07"', 'a month before the province'],
    [
      'si-dien-bien',
      '{code: "15", vintage: "2025-07"}',
      'from: "2026-01", to: "2026-01"',
      'others',
    ],
    [
      'si-vn',
      '{code: "VN"}',
      'from: "2026-01", to: "2026-01"',
      'a country whose provinces tell none',
    ],
  ])('%s is told no sum over %s', async (agency, area, span) => {
    const { data, errors } = await gateway.ask(
      agency,
      flowsIn(area, span, 'sourceCode joined { value }'),
    );
    expect(errors).toEqual([]);
    const told = (data.enrolmentFlows as Node[]).filter((one) => one.joined.value !== null);
    expect(told).toEqual([]);
  });

  test('a sum over more rows than anybody should wait for is refused', async () => {
    const question = flowsIn(
      '{code: "40", vintage: "2025-06"}',
      'from: "2024-01", to: "2025-06"',
      'joined { value }',
    );
    const { errors } = await gateway.ask('si-nghe-an', question);
    expect(errors[0]?.extensions.code).toBe('SERIES_TOO_LONG');
  });
});
