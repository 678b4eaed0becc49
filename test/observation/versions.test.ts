/** What was known when, over HTTP: among published versions for the public, and nothing that was withdrawn or is to come. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGateway, storeKindsAtLength, type TestGateway } from '../support/gateway.ts';
import {
  insertObservations,
  insertSource,
  observationRow,
  type RowOptions,
} from './observation-rows.ts';

const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}T00:00:00Z`;
const future = '2999-01-01T00:00:00Z';

const row = (figure: string, more: Partial<RowOptions>) =>
  observationRow('11@2025-07', {
    figure,
    timePeriod: '2026',
    indicator: 'PARTICIPANTS',
    scheme: 'VOLUNTARY_SI',
    value: 0,
    ...more,
  });
const published = (figure: string, from: number, value: number, more: Partial<RowOptions> = {}) =>
  row(figure, { value, knownFrom: day(from), publishedAt: day(from), ...more });
const internal = (figure: string, from: number, value: number, more: Partial<RowOptions> = {}) =>
  row(figure, { value, knownFrom: day(from), audience: 'INTERNAL', confStatus: 'N', ...more });

const rows = [
  published('corrected', 2, 1, { knownTo: day(5) }),
  published('corrected', 5, 2, { knownTo: day(9) }),
  published('corrected', 9, 3),
  // Held since the third, and everybody's since the sixth.
  row('embargoed-then', { value: 10, knownFrom: day(3), publishedAt: day(6) }),
  published('withdrawn', 2, 20, { withdrawnAt: day(7), knownTo: day(7) }),
  // A correction that is to come has closed it already, and nobody may know.
  published('closing', 2, 30, { knownTo: future }),
  row('closing', { value: 31, knownFrom: day(4), publishedAt: future }),
  internal('inside', 2, 40, { knownTo: day(5) }),
  internal('inside', 5, 41),
  // Published without its value, and corrected inside since.
  internal('both', 2, 50, { knownTo: day(8) }),
  internal('both', 8, 51),
  row('both', {
    value: null,
    obsStatus: 'Q',
    confStatus: 'C',
    hasInternal: true,
    knownFrom: day(4),
    publishedAt: day(4),
  }),
];

describe.each(storeKindsAtLength)('versions on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({
      kind,
      prepare: async (owner) => {
        await insertSource(owner, 'test-source');
        await insertObservations(owner, rows);
      },
    });
  });
  afterAll(() => gateway.close());

  /** figure=value, with from-to where it is asked. */
  async function known(agency: string, args: string): Promise<string[]> {
    const { data, errors } = await gateway.ask(
      agency,
      `{ observations(first: 100, where: { sourceId: "test-source" }${args}) {
           totalCount nodes { figureId value knownFrom knownTo } } }`,
    );
    expect(errors).toEqual([]);
    const { nodes, totalCount } = data.observations;
    expect(totalCount).toBe(nodes.length);
    const dayOf = (instant: string | null) =>
      instant === null ? '' : String(new Date(instant).getUTCDate());
    return nodes
      .map(
        (one: Record<string, string | null>) =>
          `${one['figureId']}=${one['value']} ${dayOf(one['knownFrom'] ?? null)}-${dayOf(one['knownTo'] ?? null)}`,
      )
      .sort();
  }
  const asOf = (agency: string, number: number) => known(agency, `, asOf: "${day(number)}"`);
  const now = {
    public: ['both=null 4-', 'closing=30 2-', 'corrected=3 9-', 'embargoed-then=10 6-'],
    inside: [
      'both=51 8-',
      'closing=30 2-',
      'corrected=3 9-',
      'embargoed-then=10 6-',
      'inside=41 5-',
    ],
  };

  test.each([
    [1, []],
    [2, ['closing=30 2-', 'corrected=1 2-5']],
    [4, ['both=null 4-', 'closing=30 2-', 'corrected=1 2-5']],
    [5, ['both=null 4-', 'closing=30 2-', 'corrected=2 5-9']],
    [6, ['both=null 4-', 'closing=30 2-', 'corrected=2 5-9', 'embargoed-then=10 6-']],
    [20, now.public],
  ] as const)(
    'as of the %i., the public knows what was published by then',
    async (number, expected) => {
      for (const agency of ['press-vn', 'union-dien-bien', 'si-nghe-an']) {
        expect(await asOf(agency, number), agency).toEqual(expected);
      }
    },
  );

  test.each([
    [2, ['both=50 2-8', 'closing=30 2-', 'corrected=1 2-5', 'inside=40 2-5']],
    [
      6,
      ['both=50 2-8', 'closing=30 2-', 'corrected=2 5-9', 'embargoed-then=10 6-', 'inside=41 5-'],
    ],
    [20, now.inside],
  ] as const)(
    'as of the %i., whose territory it is knows what was held by then',
    async (number, expected) => {
      for (const agency of ['si-dien-bien', 'labour-dien-bien', 'si-vn']) {
        expect(await asOf(agency, number), agency).toEqual(expected);
      }
    },
  );

  test('without a word it is today, in either way of asking', async () => {
    expect(await known('press-vn', '')).toEqual(now.public);
    expect(await known('press-vn', `, asOf: "${new Date().toISOString()}"`)).toEqual(now.public);
    expect(await known('si-dien-bien', ', includeHistory: false')).toEqual(now.inside);
  });

  test('the history has every version that may be read, and neither the withdrawn nor the coming one', async () => {
    const public_ = [...now.public, 'corrected=1 2-5', 'corrected=2 5-9'].sort();
    expect(await known('press-vn', ', includeHistory: true')).toEqual(public_);
    const inside = [
      ...now.inside,
      'both=50 2-8',
      'corrected=1 2-5',
      'corrected=2 5-9',
      'inside=40 2-5',
    ];
    expect(await known('si-dien-bien', ', includeHistory: true')).toEqual(inside.sort());
  });

  test('series and coverage tell what was known then', async () => {
    const { data, errors } = await gateway.ask(
      'press-vn',
      `{ series(area: { code: "11", vintage: "2025-07" }, indicator: "PARTICIPANTS", scheme: "VOLUNTARY_SI", from: "2026", to: "2026", asOf: "${day(3)}") {
           points { observations { value } } }
         coverage(area: { code: "11", vintage: "2025-07" }, timePeriod: "2026", asOf: "${day(3)}") { participants { value } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.series).toEqual([
      { points: [{ observations: [{ value: '30' }, { value: '1' }] }] },
    ]);
    const values = data.coverage.map(
      (one: { participants: { value: string } }) => one.participants.value,
    );
    expect(values.sort()).toEqual(['1', '30']);
  });

  test.each([
    ['observations', 'asOf: "2999-01-01T00:00:00Z"', 'AS_OF_IN_FUTURE'],
    ['targets', 'asOf: "2999-01-01T00:00:00Z"', 'AS_OF_IN_FUTURE'],
    ['observations', 'asOf: "2026-01-05T00:00:00Z", includeHistory: true', 'AS_OF_WITH_HISTORY'],
    ['targets', 'asOf: "2026-01-05T00:00:00Z", includeHistory: true', 'AS_OF_WITH_HISTORY'],
    ['observations', 'asOf: "yesterday"', 'DOCUMENT_INVALID'],
  ])('%s(%s) is refused: %s', async (field, args, code) => {
    const { errors } = await gateway.ask('press-vn', `{ ${field}(${args}) { totalCount } }`);
    expect(errors[0]?.extensions.code).toBe(code);
  });

  test('a page of an earlier time goes on in that time', async () => {
    const page = async (after: string) => {
      const { data } = await gateway.ask(
        'press-vn',
        `{ observations(first: 1, where: { sourceId: "test-source" }, asOf: "${day(5)}"${after}) {
             nodes { value } pageInfo { endCursor hasNextPage } } }`,
      );
      return data.observations;
    };
    const values: string[] = [];
    let after = '';
    for (;;) {
      const { nodes, pageInfo } = await page(after);
      values.push(...nodes.map(({ value }: { value: string }) => value));
      if (!pageInfo.hasNextPage) break;
      after = `, after: "${pageInfo.endCursor}"`;
    }
    expect(values).toEqual([null, '30', '2']);
  });
});
