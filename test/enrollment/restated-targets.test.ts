/** Targets of the former provinces in those of today, over HTTP: by a stated rule, or not at all. */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertSource } from '../observation/observation-rows.ts';
import { openGateway, storeKindsAtLength, type TestGateway } from '../support/gateway.ts';

// An answer has the shape of its question.
type Node = any;

interface Assigned {
  readonly value: number | null;
  readonly scheme: string;
  readonly audience?: string;
  readonly obsStatus?: string;
  readonly isRate?: boolean;
}

let serial = 0;
function targetRow(areaId: string, { value, scheme, isRate = false, ...more }: Assigned): object {
  serial += 1;
  const audience = more.audience ?? 'PUBLISHED';
  return {
    id: `test-target-${serial}`,
    figure_id: `test-target-${serial}`,
    audience,
    has_internal: false,
    topic: 'ENROLLMENT',
    area_id: areaId,
    kind: 'QUANTIFIED',
    scheme,
    scheme_components: [],
    participant_group: 'ALL',
    indicator: isRate ? 'COVERAGE_RATE' : 'PARTICIPANTS',
    time_period: '2031',
    period_start: '2031-01-01',
    period_end: '2031-12-31',
    period_basis: 'PRINTED',
    value,
    decimals: 0,
    unit: isRate ? 'PERCENT' : 'PERSONS',
    denominator: isRate ? 'POPULATION' : null,
    obs_status: more.obsStatus ?? 'A',
    conf_status: 'F',
    statement: 'As assigned.',
    result_ids: [],
    derivable_from: [],
    source_id: 'test-source',
    locator: 'table 1',
    contributor_id: 'si-vn',
    known_from: '2026-01-01T00:00:00Z',
    published_at: audience === 'PUBLISHED' ? '2026-01-01T00:00:00Z' : null,
  };
}

const [laoCai, yenBai] = ['10@2025-06', '15@2025-06'];
const rows = [
  targetRow(laoCai, { scheme: 'VOLUNTARY_SI', value: 100 }),
  targetRow(yenBai, { scheme: 'VOLUNTARY_SI', value: 50 }),
  targetRow(laoCai, { scheme: 'HEALTH_INSURANCE', value: 95, isRate: true }),
  targetRow(yenBai, { scheme: 'HEALTH_INSURANCE', value: 95, isRate: true }),
  targetRow(laoCai, { scheme: 'COMPULSORY_SI', value: 40, isRate: true }),
  targetRow(yenBai, { scheme: 'COMPULSORY_SI', value: 41, isRate: true }),
  targetRow(laoCai, { scheme: 'COMPULSORY_SI', value: 7 }),
  targetRow(laoCai, { scheme: 'UNEMPLOYMENT', value: 7 }),
  targetRow(yenBai, { scheme: 'UNEMPLOYMENT', value: 8 }),
  targetRow(yenBai, { scheme: 'UNEMPLOYMENT', value: 9 }),
  // Of one part only its insiders know.
  targetRow(laoCai, { scheme: 'SOCIAL_INSURANCE', value: 3 }),
  targetRow(yenBai, { scheme: 'SOCIAL_INSURANCE', value: 4, audience: 'INTERNAL' }),
  targetRow('11@2025-06', { scheme: 'VOLUNTARY_SI', value: 60 }),
  // Listed as a part of today's commune, and not proven.
  targetRow('03217@2025-06', { scheme: 'VOLUNTARY_SI', value: 5 }),
];

async function insertTargets(owner: pg.Pool): Promise<void> {
  await insertSource(owner, 'test-source');
  await owner.query(
    `insert into target
     select (jsonb_populate_record(null::target, r || jsonb_build_object('province_id', a.province_id))).*
       from jsonb_array_elements($1::jsonb) r join area a on a.id = r ->> 'area_id'`,
    [JSON.stringify(rows)],
  );
}

describe.each(storeKindsAtLength)('restated targets on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind, prepare: insertTargets });
  });
  afterAll(() => gateway.close());

  async function ask(area: string, more = '', agency = 'press-vn'): Promise<Node[]> {
    const { data, errors } = await gateway.ask(
      agency,
      `{ restatedTargets(area: { ${area} }, from: "2031", to: "2031"${more}) {
           rule refArea { code vintage } targets { value refArea { code vintage } }
           figure { scheme unit value obsStatus confStatus reason refArea { code vintage } } } }`,
    );
    expect(errors).toEqual([]);
    return data.restatedTargets;
  }
  const ruleOf = (found: Node[], scheme: string, unit = 'PERSONS') =>
    found
      .filter(({ figure }: Node) => figure.scheme === scheme && figure.unit === unit)
      .map(({ rule, figure }: Node) => [rule, figure.value, figure.reason]);
  const today = 'code: "15", vintage: "2025-07"';

  test('counts add up where each part has one, and a rate counts where all have the same', async () => {
    const found = await ask(today);
    expect(ruleOf(found, 'VOLUNTARY_SI')).toEqual([['SUM_OF_PARTS', '150', null]]);
    expect(ruleOf(found, 'HEALTH_INSURANCE', 'PERCENT')).toEqual([
      ['SAME_IN_ALL_PARTS', '95', null],
    ]);
    for (const one of found) expect(one.refArea).toEqual({ code: '15', vintage: '2025-07' });
    const [sum] = found.filter(({ figure }: Node) => figure.scheme === 'VOLUNTARY_SI');
    expect(sum.targets).toEqual([
      { value: '100', refArea: { code: '10', vintage: '2025-06' } },
      { value: '50', refArea: { code: '15', vintage: '2025-06' } },
    ]);
    expect(sum.figure.refArea).toEqual({ code: '15', vintage: '2025-07' });
  });

  test('rates that differ, a part without a target and one with two are told by no rule', async () => {
    const found = await ask(today);
    const none = (reason: string) => [['NONE', null, expect.stringContaining(reason)]];
    expect(ruleOf(found, 'COMPULSORY_SI', 'PERCENT')).toEqual(none('must not be added'));
    expect(ruleOf(found, 'COMPULSORY_SI')).toEqual(none('part of the area'));
    expect(ruleOf(found, 'UNEMPLOYMENT')).toEqual(none('several figures'));
  });

  test('what only insiders know of a part adds up for them alone', async () => {
    for (const agency of ['press-vn', 'union-lao-cai', 'si-nghe-an']) {
      const found = await ask(today, ', scheme: "SOCIAL_INSURANCE"', agency);
      expect(
        found.map(({ rule, figure }: Node) => [rule, figure.value]),
        agency,
      ).toEqual([['NONE', null]]);
    }
    for (const agency of ['si-lao-cai', 'si-vn', 'labour-lao-cai']) {
      const found = await ask(today, ', scheme: "SOCIAL_INSURANCE"', agency);
      expect(
        found.map(({ rule, figure }: Node) => [rule, figure.value]),
        agency,
      ).toEqual([['SUM_OF_PARTS', '7']]);
    }
  });

  test('a province that went on alone keeps its own, and a former one leads to its successor', async () => {
    expect(ruleOf(await ask('code: "11", vintage: "2025-07"'), 'VOLUNTARY_SI')).toEqual([
      ['AS_ASSIGNED', '60', null],
    ]);
    const former = await ask('code: "10", vintage: "2025-06"', ', scheme: "VOLUNTARY_SI"');
    expect(former).toMatchObject([{ rule: 'SUM_OF_PARTS', refArea: { code: '15' } }]);
  });

  test('between communes no step is proven enough for a plan', async () => {
    const found = await ask('code: "03217", vintage: "2025-07"');
    expect(found.map(({ rule, figure }: Node) => [rule, figure.value])).toEqual([['NONE', null]]);
  });

  test.each([
    ['area: { code: "15" }', 'AREA_AMBIGUOUS'],
    ['area: { code: "99999" }', 'AREA_UNKNOWN'],
    ['area: { code: "VN" }, scheme: "X"', 'CODE_UNKNOWN'],
    ['area: { code: "VN" }, from: "X"', 'PERIOD_MALFORMED'],
    ['area: { code: "VN" }, asOf: "2999-01-01T00:00:00Z"', 'AS_OF_IN_FUTURE'],
  ])('%s is refused: %s', async (args, code) => {
    const { errors } = await gateway.ask('press-vn', `{ restatedTargets(${args}) { rule } }`);
    expect(errors[0]?.extensions.code).toBe(code);
  });
});
