/** Series over a reform, over HTTP: whole provinces add up, communes only where it is known, codes never. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGateway, storeKindsAtLength, type TestGateway } from '../support/gateway.ts';
import {
  insertObservations,
  insertSource,
  observationRow,
  type RowOptions,
} from './observation-rows.ts';

type Cells = Readonly<Record<string, string>>;
// An answer has the shape of its question.
type Node = any;

const provinces = parse<Cells>(
  readFileSync(new URL('../../prisma/seed/provinces.csv', import.meta.url), 'utf8'),
  { columns: true },
);
/** Persons of both sexes, in towns and villages together. */
const publishedPopulation = parse<Cells>(
  readFileSync(new URL('../../prisma/seed/population.csv', import.meta.url), 'utf8'),
  { columns: true },
).filter((row) => row['sex'] === '_T' && row['residence'] === '_T');
const old = provinces.filter((row) => row['vintage'] === '2025-06');
const current = provinces.filter((row) => row['vintage'] === '2025-07');
/** Each province's figure is another one, and so is each sum. */
const valueOf = new Map(old.map((row, i) => [row['code']!, 1_000_000 + 2 ** (i % 20) + i * 37]));
const partsOf = (code: string) => old.filter((row) => row['successor_code'] === code);
const sumOf = (codes: readonly string[]) =>
  codes.reduce((total, code) => total + valueOf.get(code)!, 0);

/** Of a group that no reported population is told of. */
const population = (areaId: string, more: Partial<RowOptions> = {}) =>
  observationRow(areaId, { value: 1, timePeriod: '2030', participantGroup: 'EMPLOYEES', ...more });
const participants = (areaId: string, more: Partial<RowOptions> = {}) =>
  observationRow(areaId, {
    value: 1,
    timePeriod: '2030',
    indicator: 'PARTICIPANTS',
    scheme: 'VOLUNTARY_SI',
    ...more,
  });
const rate = (areaId: string, value: number) =>
  observationRow(areaId, {
    value,
    timePeriod: '2023',
    indicator: 'COVERAGE_RATE',
    unit: 'PERCENT',
    scheme: 'VOLUNTARY_SI',
  });
const before = '2024-11-30';

const rows = [
  ...old.map((row) =>
    population(`${row['code']}@2025-06`, { timePeriod: '2014', value: valueOf.get(row['code']!)! }),
  ),
  ...current.map((row) =>
    population(`${row['code']}@2025-07`, {
      timePeriod: '2026',
      value: sumOf(partsOf(row['code']!).map((part) => part['code']!)),
    }),
  ),
  rate('10@2025-06', 40),
  rate('15@2025-06', 60),
  // A part that the source lacks, one that is hidden, one that is misprinted, one that is there twice.
  participants('10@2025-06', { timePeriod: '2010', value: 7 }),
  participants('10@2025-06', { timePeriod: '2011', value: 7 }),
  participants('15@2025-06', {
    timePeriod: '2011',
    value: null,
    obsStatus: 'Q',
    confStatus: 'C',
    hasInternal: true,
    figure: 'hidden',
  }),
  participants('15@2025-06', {
    timePeriod: '2011',
    value: 5,
    audience: 'INTERNAL',
    confStatus: 'A',
    figure: 'hidden',
  }),
  participants('10@2025-06', { timePeriod: '2012', value: 7 }),
  participants('15@2025-06', { timePeriod: '2012', value: 5, obsStatus: 'U' }),
  participants('10@2025-06', { timePeriod: '2013', value: 7 }),
  participants('15@2025-06', { timePeriod: '2013', value: 5 }),
  participants('15@2025-06', { timePeriod: '2013', value: 6 }),
  participants('10@2025-06', { timePeriod: '2014', value: 7, obsStatus: 'P' }),
  participants('15@2025-06', { timePeriod: '2014', value: 5 }),
  // Communes: one that went on, three that are listed as parts of one, two of which one was split.
  participants('16816@2025-06', { timePeriod: before, value: 11 }),
  participants('16816@2025-07', { timePeriod: '2026-06-30', value: 12 }),
  ...['03217', '03250', '03263'].map((code, i) =>
    participants(`${code}@2025-06`, { timePeriod: before, value: 20 + i }),
  ),
  participants('03217@2025-07', { timePeriod: '2026-06-30', value: 65 }),
  participants('20200@2025-06', { timePeriod: before, value: 31 }),
  participants('20209@2025-07', { timePeriod: '2026-06-30', value: 32 }),
];

const series = (area: string, vintage: string, more: string, ask = '') => `{ series(
  area: { code: "${area}", vintage: "${vintage}" }, ${more}) {
    refArea { code vintage } indicator scheme frequency unit ${ask}
    breaks { effectiveOn restatement predecessors { code vintage } successors { code vintage } }
    points { timePeriod isBreak preferredBy
      preferred { value obsStatus confStatus reason refArea { code vintage } }
      observations { __typename value obsStatus
        ... on DerivedObservation { formula derivedFrom { value refArea { code vintage } } } } } } }`;

describe.each(storeKindsAtLength)('series on %s', (kind) => {
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

  async function ask(query: string, agency = 'press-vn'): Promise<Node[]> {
    const { data, errors } = await gateway.ask(agency, query);
    expect(errors).toEqual([]);
    return data.series;
  }
  const populationOf = (code: string, vintage: string, boundaries: string) =>
    ask(
      series(
        code,
        vintage,
        `indicator: "POPULATION_COUNT", participantGroup: "EMPLOYEES", boundaries: ${boundaries}, from: "2014", to: "2030"`,
      ),
    );
  const pointAt = (found: Node[], timePeriod: string) =>
    found.flatMap((one) => one.points).filter((point: Node) => point.timePeriod === timePeriod);
  const valueAt = (found: Node[], timePeriod: string) =>
    pointAt(found, timePeriod).map(({ preferred }: Node) => preferred?.value);

  test('all 63 provinces roll up to the 34, each by its successor and never by its code', async () => {
    let total = 0;
    for (const row of current) {
      const code = row['code']!;
      const found = await populationOf(code, '2025-07', 'CURRENT');
      const parts = partsOf(code).map((part) => part['code']!);
      const expected = String(sumOf(parts));
      expect(valueAt(found, '2014'), code).toEqual([expected]);
      // Where the reform moved whole units, before and after are equal.
      expect(valueAt(found, '2026'), code).toEqual([expected]);
      const [point] = pointAt(found, '2026');
      expect(point.isBreak, code).toBe(parts.length > 1);
      expect(point.preferred.obsStatus, code).toBe(parts.length > 1 ? 'B' : 'A');
      expect(pointAt(found, '2014')[0].preferred.obsStatus, code).toBe('A');
      total += Number(valueAt(found, '2014')[0]);
    }
    expect(total).toBe(sumOf([...valueOf.keys()]));
  });

  test('the published population of the 34 is that of the 63, year by year', async () => {
    const years = ['2015', '2019', '2024'];
    const inYear = (code: string, year: string) =>
      Number(
        publishedPopulation.find(
          (row) => row['area_code'] === code && row['time_period'] === year,
        )!['persons'],
      );
    for (const row of current) {
      const code = row['code']!;
      const [found] = await ask(
        series(
          code,
          '2025-07',
          'indicator: "POPULATION_COUNT", participantGroup: "ALL", boundaries: CURRENT, from: "2015", to: "2024"',
        ),
      );
      expect(found.refArea.code).toBe(code);
      expect(found.points, code).toHaveLength(10);
      for (const year of years) {
        const parts = partsOf(code).map((part) => inYear(part['code']!, year));
        const total = parts.reduce((sum, part) => sum + part, 0);
        expect(valueAt([found], year), `${code} ${year}`).toEqual([String(total)]);
      }
      // The last year is preliminary in every part.
      expect(pointAt([found], '2024')[0].preferred.obsStatus, code).toBe('P');
    }
  });

  test.each(['15', '24', '44', '52', '80', '82', '91'])(
    'the reused code %s never leads from the one to the other province',
    async (code) => {
      const namesake = old.find((row) => row['code'] === code)!;
      const bearer = current.find((row) => row['code'] === code)!;
      expect(namesake['name_vi']).not.toBe(bearer['name_vi']);
      const asReported = await populationOf(code, '2025-07', 'AS_REPORTED');
      const own = asReported.filter(
        (one) => one.refArea.code === code && one.refArea.vintage === '2025-07',
      );
      expect(own).toHaveLength(1);
      expect(own[0].points.map(({ timePeriod }: Node) => timePeriod)).toEqual(['2026']);
      const reported = asReported.map((one) => `${one.refArea.code}@${one.refArea.vintage}`).sort();
      const parts = partsOf(code).map((part) => `${part['code']}@2025-06`);
      expect(reported).toEqual([...parts, `${code}@2025-07`].sort());
      expect(parts.length).toBeGreaterThan(1);
      // By its code alone the namesake's figure would be the history of all.
      const [restated] = await populationOf(code, '2025-07', 'CURRENT');
      expect(valueAt([restated!], '2014')).not.toEqual([String(valueOf.get(code))]);
      const [today] = await populationOf(code, '2025-06', 'CURRENT');
      expect(today.refArea).toEqual({ code: namesake['successor_code'], vintage: '2025-07' });
    },
  );

  test('a province that kept code and name but grew is told apart from what it was', async () => {
    const grown = current.filter((row) => {
      const namesake = old.find((one) => one['code'] === row['code']);
      return namesake?.['name_vi'] === row['name_vi'] && partsOf(row['code']!).length > 1;
    });
    expect(grown).toHaveLength(16);
    for (const row of grown) {
      const code = row['code']!;
      const asReported = await populationOf(code, '2025-06', 'AS_REPORTED');
      const [then] = asReported.filter((one) => one.refArea.vintage === '2025-06');
      expect(then.points, code).toMatchObject([
        { timePeriod: '2014', isBreak: false, preferred: { value: String(valueOf.get(code)) } },
      ]);
      const [since] = asReported.filter((one) => one.refArea.vintage !== '2025-06');
      expect(since.points, code).toMatchObject([
        { timePeriod: '2026', isBreak: true, preferred: { obsStatus: 'B' } },
      ]);
      const [original] = await populationOf(code, '2025-06', 'ORIGINAL');
      expect(original.points, code).toMatchObject([
        { timePeriod: '2014', preferred: { value: String(valueOf.get(code)), obsStatus: 'A' } },
        {
          timePeriod: '2026',
          isBreak: true,
          preferred: {
            value: null,
            obsStatus: 'O',
            reason: expect.stringContaining('larger unit'),
          },
        },
      ]);
    }
  });

  test('a province that went on alone has one series, in whatever boundaries', async () => {
    for (const [vintage, boundaries] of [
      ['2025-06', 'AS_REPORTED'],
      ['2025-07', 'CURRENT'],
      ['2025-07', 'ORIGINAL'],
    ] as const) {
      const all = await populationOf('11', vintage, boundaries);
      const found = all.filter((one) => pointAt([one], '2014').length > 0);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ breaks: [], frequency: 'A', unit: 'PERSONS' });
      expect(valueAt(found, '2014')).toEqual(valueAt(found, '2026'));
      expect(found[0].points.every(({ isBreak }: Node) => !isBreak)).toBe(true);
    }
  });

  test('Đồng Nai counts its whole line, over two reforms', async () => {
    const [found] = await populationOf('75', '2026-04', 'CURRENT');
    expect(found.refArea).toEqual({ code: '75', vintage: '2026-04' });
    const parts = partsOf('75').map((part) => part['code']!);
    expect(parts.length).toBeGreaterThan(1);
    expect(valueAt([found], '2014')).toEqual([String(sumOf(parts))]);
    expect(found.breaks).toMatchObject([{ effectiveOn: '2025-07-01', restatement: 'EXACT' }]);
  });

  const participantsOf = (code: string, vintage: string, boundaries: string, agency?: string) =>
    ask(
      series(
        code,
        vintage,
        `indicator: "PARTICIPANTS", scheme: "VOLUNTARY_SI", boundaries: ${boundaries}, to: "2014"`,
      ),
      agency,
    );

  test('a sum needs every part once, with a number that may be used', async () => {
    const found = await participantsOf('15', '2025-07', 'CURRENT');
    const told = Object.fromEntries(
      ['2010', '2011', '2012', '2013', '2014'].map((year) => [
        year,
        pointAt(found, year)[0].preferred,
      ]),
    );
    expect(told['2010']).toMatchObject({
      value: null,
      obsStatus: 'O',
      reason: expect.stringContaining('part of the area'),
    });
    expect(told['2011']).toMatchObject({ value: null, obsStatus: 'Q', confStatus: 'C' });
    expect(told['2012']).toMatchObject({
      value: null,
      reason: expect.stringContaining('low reliability'),
    });
    expect(told['2013']).toMatchObject({
      value: null,
      reason: expect.stringContaining('several figures'),
    });
    expect(told['2014']).toMatchObject({
      value: '12',
      obsStatus: 'P',
      confStatus: 'F',
      refArea: { code: '15', vintage: '2025-07' },
    });
    expect(pointAt(found, '2014')[0].observations).toEqual([
      {
        __typename: 'DerivedObservation',
        value: '12',
        obsStatus: 'P',
        formula: '7 + 5 = 12',
        derivedFrom: [
          { value: '7', refArea: { code: '10', vintage: '2025-06' } },
          { value: '5', refArea: { code: '15', vintage: '2025-06' } },
        ],
      },
    ]);
  });

  test('whose territory a hidden part is, has the sum; nobody else', async () => {
    const at = async (agency: string) => {
      const found = await participantsOf('15', '2025-07', 'CURRENT', agency);
      return pointAt(found, '2011')[0].preferred;
    };
    for (const agency of ['si-lao-cai', 'si-vn', 'labour-lao-cai']) {
      expect(await at(agency), agency).toMatchObject({ value: '12', obsStatus: 'A' });
      expect((await at(agency)).confStatus, agency).not.toBe('F');
    }
    for (const agency of ['si-dien-bien', 'union-lao-cai', 'press-vn', 'labour-nghe-an']) {
      expect(await at(agency), agency).toMatchObject({
        value: null,
        obsStatus: 'Q',
        confStatus: 'C',
      });
    }
  });

  test('rates are not added', async () => {
    const found = await ask(
      series('15', '2025-07', 'indicator: "COVERAGE_RATE", boundaries: CURRENT'),
    );
    expect(pointAt(found, '2023')[0].preferred).toMatchObject({
      value: null,
      reason: expect.stringContaining('must not be added'),
    });
  });

  test('between communes what is proven is told, what is listed is estimated, what was split is refused', async () => {
    const of = (code: string, vintage: string, boundaries: string) =>
      ask(
        series(
          code,
          vintage,
          `indicator: "PARTICIPANTS", scheme: "VOLUNTARY_SI", boundaries: ${boundaries}, from: "2024-11"`,
        ),
      );
    const continued = await of('16816', '2025-07', 'CURRENT');
    expect(continued).toHaveLength(1);
    expect(continued[0].points).toMatchObject([
      { timePeriod: before, isBreak: false, preferred: { value: '11', obsStatus: 'A' } },
      { timePeriod: '2026-06-30', isBreak: false, preferred: { value: '12', obsStatus: 'A' } },
    ]);
    const [listed] = await of('03250', '2025-06', 'CURRENT');
    expect(listed.refArea).toEqual({ code: '03217', vintage: '2025-07' });
    expect(listed.breaks).toMatchObject([{ restatement: 'ESTIMATED' }]);
    expect(listed.points).toMatchObject([
      { timePeriod: before, preferred: { value: '63', obsStatus: 'E', reason: 'Estimated.' } },
      { timePeriod: '2026-06-30', isBreak: true, preferred: { value: '65', obsStatus: 'B' } },
    ]);
    const split = await of('20209', '2025-07', 'CURRENT');
    expect(split[0].breaks).toMatchObject([{ restatement: 'REFUSED' }]);
    expect(split[0].points).toMatchObject([
      {
        timePeriod: before,
        preferred: { value: null, obsStatus: 'O', reason: expect.stringContaining('split') },
      },
      { timePeriod: '2026-06-30', preferred: { value: '32' } },
    ]);
  });

  test('the record tells of the parts that a sum was made of', async () => {
    const { headers } = await gateway.ask(
      'press-vn',
      '{ series(area: { code: "15", vintage: "2025-07" }, indicator: "PARTICIPANTS", boundaries: CURRENT, from: "2014", to: "2014") { points { preferred { value } } } }',
    );
    const { data } = await gateway.ask(
      'audit-vn',
      `{ accessRecord(number: "${headers['access-record']}") { given { type provider rows } topics areaIds } }`,
    );
    expect(data.accessRecord.given).toContainEqual({
      type: 'RecordedObservation',
      provider: 'si-vn',
      rows: 2,
    });
  });

  test.each([
    ['indicator: "NONSENSE"', 'CODE_UNKNOWN'],
    ['indicator: "PARTICIPANTS", scheme: "X"', 'CODE_UNKNOWN'],
    ['indicator: "PARTICIPANTS", sex: "Z"', 'CODE_UNKNOWN'],
    ['indicator: "PARTICIPANTS", from: "then"', 'PERIOD_MALFORMED'],
    ['indicator: "PARTICIPANTS", to: "2022-13"', 'PERIOD_MALFORMED'],
    ['indicator: "PARTICIPANTS", asOf: "2999-01-01T00:00:00Z"', 'AS_OF_IN_FUTURE'],
    ['indicator: "PARTICIPANTS", first: 0', 'FIRST_OUT_OF_BOUNDS'],
    ['indicator: "PARTICIPANTS", first: 201', 'FIRST_OUT_OF_BOUNDS'],
    ['indicator: "PARTICIPANTS", first: 1, boundaries: ORIGINAL', 'SERIES_TOO_MANY'],
  ])('%s is refused: %s', async (more, code) => {
    const { errors } = await gateway.ask(
      'press-vn',
      `{ series(area: { code: "15", vintage: "2025-07" }, ${more}) { unit } }`,
    );
    expect(errors[0]?.extensions.code).toBe(code);
  });
});
