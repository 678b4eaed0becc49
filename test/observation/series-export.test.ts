/** The file of a series says what `series` says to the same reader, field by field, and no two lines have one key. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { derivedReasons } from '../../src/observation/figure.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { codeOf, download, exportRecords } from './export-support.ts';
import { insertObservations, insertSource } from './observation-rows.ts';
import { readSdmxCsv, readStructures, type SdmxComponent, type SdmxRecord } from './sdmx-reader.ts';
import { seriesRowsOfTest } from './series-rows.ts';

const parameters = `$area: AreaKey!, $indicator: String!, $scheme: String, $participantGroup: String, $sex: String,
  $residence: String, $from: String, $to: String, $boundaries: SeriesBoundaries, $asOf: DateTime`;
const given = `area: $area, indicator: $indicator, scheme: $scheme, participantGroup: $participantGroup, sex: $sex,
  residence: $residence, from: $from, to: $to, boundaries: $boundaries, asOf: $asOf`;
const linkText = `mutation Link(${parameters}) { exportSeries(${given}) { url expiresAt } }`;

const figure = `__typename refArea { code vintage } value decimals obsStatus confStatus reason qualifier periodBasis locator
  source { code }
  ... on RecordedObservation { figureId domain comment contributor knownFrom release { code } }`;
// The limits count what such a list may hold: preferred ones and inputs of inputs are told by what names them.
const seriesText = `query Series(${parameters}) { series(${given}, first: 25) {
  refArea { code vintage } indicator baseIndicator scheme schemeComponents participantGroup sex residence frequency unit
  denominator breaks { effectiveOn restatement }
  points { timePeriod isBreak preferredBy
    preferred { source { code } ... on RecordedObservation { figureId } ... on DerivedObservation { formula } }
    observations { ${figure} ... on DerivedObservation { formula derivedFrom { ${figure} } } } } } }`;

const idOf = ({ code, vintage }: { code: string; vintage: string }) => `${code}@${vintage}`;
const inputsOf = (one: any): any[] =>
  one.__typename === 'DerivedObservation' ? one.derivedFrom.flatMap(inputsOf) : [one];

/** The recorded figure whose value it is: the break marks it, and adds nothing up. */
function recordedOf(one: any): any {
  if (one.__typename === 'RecordedObservation') return one;
  const [input, ...others] = one.derivedFrom;
  const isMarked = others.length === 0 && idOf(input.refArea) === idOf(one.refArea);
  return isMarked ? recordedOf(input) : null;
}

const reasonCode = (one: any) =>
  Object.entries(derivedReasons).find(([, { en }]) => en === one.reason)?.[0] ?? null;

/** What GraphQL says of an observation, in the file's terms. */
function inFile(series: any, point: any, one: any, boundaries: string): object {
  const recorded = recordedOf(one);
  const isDerived = one.__typename === 'DerivedObservation';
  const inputs = inputsOf(one);
  const { preferred } = point;
  const isPreferred =
    preferred?.source.code === one.source.code &&
    preferred.figureId === one.figureId &&
    preferred.formula === one.formula;
  const some = (values: string[]) => (values.length > 0 ? [...new Set(values)] : null);
  const cells = {
    REF_AREA: idOf(series.refArea),
    INDICATOR: series.indicator,
    BASE_INDICATOR: series.baseIndicator ?? '_Z',
    SCHEME: series.scheme ?? '_Z',
    SCHEME_COMPONENTS: series.schemeComponents.join(';') || '_Z',
    PARTICIPANT_GROUP: series.participantGroup ?? '_Z',
    SEX: series.sex,
    RESIDENCE: series.residence,
    // There is no other in these questions.
    BREAKDOWN: series.residence === '_T' ? '_Z' : `residence=${series.residence}`,
    FREQ: series.frequency,
    UNIT_MEASURE: series.unit,
    DENOMINATOR: series.denominator ?? '_Z',
    BOUNDARIES: boundaries,
    SOURCE: one.source.code,
    FIGURE: recorded?.figureId ?? '_Z',
    TIME_PERIOD: point.timePeriod,
    OBS_VALUE: one.value,
    OBS_STATUS: one.obsStatus,
    CONF_STATUS: one.confStatus,
    DECIMALS: one.decimals === null ? null : String(one.decimals),
    QUALIFIER: one.qualifier,
    PERIOD_BASIS: one.periodBasis,
    IS_PREFERRED: String(isPreferred),
    PREFERRED_BY: point.preferredBy,
    IS_BREAK: String(point.isBreak),
    REASON: isDerived ? reasonCode(one) : null,
    FORMULA: one.formula || null,
    DERIVED_FROM: isDerived ? some(inputs.map(({ figureId }) => figureId)) : null,
    REPORTED_AREA: some(inputs.map(({ refArea }) => idOf(refArea))),
    REFORM: some(
      series.breaks.map(({ effectiveOn, restatement }: any) =>
        restatement === null ? effectiveOn : `${effectiveOn}=${restatement}`,
      ),
    ),
    DOMAIN: recorded?.domain ?? null,
    CONTRIBUTOR: recorded?.contributor ?? null,
    RELEASE: recorded?.release?.code ?? null,
    KNOWN_FROM: recorded?.knownFrom ?? null,
    // A text that a spreadsheet would compute.
    LOCATOR: one.locator.replace(/^=/, "'="),
    COMMENT: recorded?.comment ?? null,
  };
  return Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== null));
}

const area = (code: string, vintage: string) => ({ area: { code, vintage } });
const questions = {
  'a province of two': { ...area('15', '2025-07'), indicator: 'PARTICIPANTS' },
  'one of its parts': { ...area('10', '2025-06'), indicator: 'PARTICIPANTS' },
  'what was known earlier': {
    ...area('15', '2025-07'),
    indicator: 'PARTICIPANTS',
    asOf: '2026-02-01T00:00:00+07:00',
  },
  'published population': {
    ...area('15', '2025-07'),
    indicator: 'POPULATION_COUNT',
    from: '2020',
    to: '2024',
  },
  'population in towns': {
    ...area('15', '2025-07'),
    indicator: 'POPULATION_COUNT',
    residence: 'URBAN',
  },
  'a commune of three': { ...area('03250', '2025-06'), indicator: 'PARTICIPANTS' },
  'a commune of a split one': { ...area('20209', '2025-07'), indicator: 'PARTICIPANTS' },
  'nothing at all': { ...area('15', '2025-07'), indicator: 'PARTICIPANTS', to: '1950' },
};
const allBoundaries = ['AS_REPORTED', 'CURRENT', 'ORIGINAL'];

describe('a file of series', () => {
  let gateway: TestGateway;
  let owner: pg.Pool;
  let structures: Map<string, SdmxComponent[]>;

  beforeAll(async () => {
    let address = '';
    gateway = await openGateway({
      kind: 'SERVER',
      prepare: async (pool) => {
        await insertSource(pool, 'test-source');
        await insertSource(pool, 'test-source-newer', { published_on: '2026-01-01' });
        await insertObservations(pool, seriesRowsOfTest);
        const { rows } = await pool.query(
          `select current_user as user, inet_server_port() as port, current_database() as name`,
        );
        const [{ user, port, name }] = rows as [{ user: string; port: number; name: string }];
        address = `postgresql://${user}@127.0.0.1:${port}/${name}`;
      },
    });
    owner = new pg.Pool({ connectionString: address, max: 1 });
    owner.on('error', () => undefined);
    const response = await download(gateway, 'press-vn', '/export/structure');
    structures = readStructures(await response.json());
  });
  afterAll(async () => {
    await owner.end();
    await gateway.close();
  });

  const askLink = (agency: string, variables: Record<string, unknown>) =>
    gateway.ask(agency, linkText, { variables });

  async function linkTo(agency: string, variables: Record<string, unknown>): Promise<string> {
    const { data, text } = await askLink(agency, variables);
    if (!data) throw new Error(text);
    return data.exportSeries.url as string;
  }

  async function fileOf(agency: string, variables: Record<string, unknown>): Promise<string> {
    const response = await download(gateway, agency, await linkTo(agency, variables));
    const text = await response.text();
    if (response.status !== 200) throw new Error(text);
    expect(response.headers.get('content-disposition')).toContain('series.csv');
    return text;
  }

  async function answerOf(agency: string, variables: Record<string, unknown>): Promise<any[]> {
    const { data, text } = await gateway.ask(agency, seriesText, { variables });
    if (!data) throw new Error(text);
    return data.series;
  }

  const read = (text: string): SdmxRecord[] => readSdmxCsv(text, structures);

  for (const agency of ['press-vn', 'union-lao-cai', 'si-lao-cai', 'labour-vn']) {
    test.each(allBoundaries)(`%s, read back by ${agency}, is the answer`, async (boundaries) => {
      let rows = 0;
      for (const [name, question] of Object.entries(questions)) {
        const variables = { ...question, boundaries };
        const found = read(await fileOf(agency, variables));
        const answer = await answerOf(agency, variables);
        const expected = answer.flatMap((series) =>
          series.points.flatMap((point: any) =>
            point.observations.map((one: any) => inFile(series, point, one, boundaries)),
          ),
        );
        const told = found.map(({ PUBLISHED_AT: _, RESTATEMENT: how, ...cells }) => {
          // GraphQL tells it of the reforms, not of each figure: none of another unit is told as the same.
          expect(how === 'SAME', name).toBe(cells['FIGURE'] !== '_Z');
          return cells;
        });
        expect(told, name).toEqual(expected);
        rows += found.length;
      }
      expect(rows).toBeGreaterThan(25);
    });
  }

  const ofYear = (rows: readonly SdmxRecord[], year: string) =>
    rows.filter((row) => row['TIME_PERIOD'] === year && row['UNIT_MEASURE'] === 'PERSONS');
  const voluntary = { ...questions['a province of two'], scheme: 'VOLUNTARY_SI' };

  test('sums, breaks and estimates say what they are and what they come from', async () => {
    const current = read(await fileOf('press-vn', { ...voluntary, boundaries: 'CURRENT' }));
    const sums = ofYear(current, '2014');
    expect(sums.map(({ SOURCE }) => SOURCE)).toEqual(['test-source', 'test-source-newer']);
    expect(sums[0]).toMatchObject({
      REF_AREA: '15@2025-07',
      FIGURE: '_Z',
      OBS_VALUE: '12',
      RESTATEMENT: 'EXACT',
      FORMULA: '7 + 5 = 12',
      REPORTED_AREA: ['10@2025-06', '15@2025-06'],
      IS_PREFERRED: 'true',
      PREFERRED_BY: 'SAME_VALUE',
      REFORM: ['2025-07-01=EXACT'],
    });
    const broken = ofYear(current, '2026');
    expect(broken).toHaveLength(2);
    for (const row of broken) {
      expect(row).toMatchObject({
        OBS_STATUS: 'B',
        IS_BREAK: 'true',
        RESTATEMENT: 'SAME',
        IS_PREFERRED: 'false',
        PREFERRED_BY: 'CONTRADICTED',
        DERIVED_FROM: [row['FIGURE']],
        CONTRIBUTOR: 'si-vn',
      });
    }
    const [estimate] = read(
      await fileOf('press-vn', { ...questions['a commune of three'], boundaries: 'CURRENT' }),
    ).filter((row) => row['TIME_PERIOD'] === '2024-11-30');
    expect(estimate).toMatchObject({ OBS_STATUS: 'E', RESTATEMENT: 'ESTIMATED', OBS_VALUE: '63' });
  });

  test('what is not told is an observation without a value that says why', async () => {
    const rows = read(await fileOf('press-vn', { ...voluntary, boundaries: 'CURRENT' }));
    const reasons = ['2010', '2011', '2012', '2013'].map((year) => {
      const [row] = ofYear(rows, year);
      expect(row).not.toHaveProperty('OBS_VALUE');
      return row?.['REASON'];
    });
    expect(reasons).toEqual(['PART_MISSING', 'INPUT_ABSENT', 'INPUT_UNRELIABLE', 'PART_AMBIGUOUS']);
    const [split] = read(
      await fileOf('press-vn', { ...questions['a commune of a split one'], boundaries: 'CURRENT' }),
    );
    expect(split).toMatchObject({ OBS_STATUS: 'O', REASON: 'PART_SPLIT', RESTATEMENT: 'REFUSED' });
    const original = read(await fileOf('press-vn', { ...voluntary, boundaries: 'ORIGINAL' }));
    expect(ofYear(original, '2026').map(({ REASON }) => REASON)).toContain('NOT_SEPARABLE');
  });

  test('a suppressed part hides its sum from all but its territory', async () => {
    const at = async (agency: string, boundaries: string) =>
      ofYear(read(await fileOf(agency, { ...voluntary, boundaries })), '2011').map(
        ({ OBS_VALUE = null, OBS_STATUS, CONF_STATUS }) => [OBS_VALUE, OBS_STATUS, CONF_STATUS],
      );
    for (const agency of ['press-vn', 'union-lao-cai', 'si-dien-bien']) {
      expect(await at(agency, 'CURRENT'), agency).toEqual([[null, 'Q', 'C']]);
      expect(await at(agency, 'AS_REPORTED'), agency).toContainEqual([null, 'Q', 'C']);
    }
    expect(await at('si-lao-cai', 'CURRENT')).toEqual([['12', 'A', 'A']]);
  });

  test('both records: the second tells of the same rows as that of the answer', async () => {
    for (const boundaries of allBoundaries) {
      const variables = { ...questions['a province of two'], boundaries };
      const { headers } = await gateway.ask('press-vn', seriesText, { variables });
      const text = `{ accessRecord(number: "${headers['access-record']}") { given { type provider rows } withheld { reason cells } } }`;
      const { data } = await gateway.ask('audit-vn', text);
      const rows = read(await fileOf('press-vn', variables));
      const [intent, completion] = await exportRecords(gateway);
      expect(intent).toMatchObject({ outcome: 'INTENDED', rowsMax: rows.length, given: [] });
      expect(completion).toMatchObject({
        outcome: 'ANSWERED',
        operationName: 'series',
        intent: intent.number,
        withheld: data.accessRecord.withheld,
      });
      const ofFigures = (given: any[]) =>
        given
          .filter(({ type }) => type.endsWith('Observation'))
          .map((one) => JSON.stringify(one))
          .sort();
      expect(ofFigures(completion.given)).toEqual(ofFigures(data.accessRecord.given));
      expect(completion.withheld).toEqual([{ reason: 'SUPPRESSED', cells: expect.any(Number) }]);
    }
  });

  test.each([
    [{ indicator: 'NONSENSE' }, 'CODE_UNKNOWN'],
    [{ sex: 'Z' }, 'CODE_UNKNOWN'],
    [{ from: 'then' }, 'PERIOD_MALFORMED'],
    [{ asOf: '2999-01-01T00:00:00Z' }, 'AS_OF_IN_FUTURE'],
    [{ area: { code: '99999', vintage: '2025-07' } }, 'AREA_UNKNOWN'],
    [{ area: { code: '15' } }, 'AREA_AMBIGUOUS'],
  ])('%j gives no link: %s', async (more, code) => {
    const variables = { ...questions['a province of two'], ...more };
    const { data, errors } = await askLink('press-vn', variables);
    expect([data, errors[0]?.extensions.code]).toEqual([null, code]);
    const asked = await gateway.ask('press-vn', seriesText, { variables });
    expect(asked.errors[0]?.extensions.code).toBe(code);
  });

  test('the link needs the token, is of its agency, and closes with the grant', async () => {
    const variables = questions['a province of two'];
    const url = await linkTo('union-lao-cai', variables);
    const without = await download(gateway, 'union-lao-cai', url, { token: null });
    expect([without.status, await codeOf(without)]).toEqual([401, 'TOKEN_MISSING']);
    for (const agency of ['press-vn', 'audit-vn']) {
      const response = await download(gateway, agency, url);
      expect([response.status, await codeOf(response)]).toEqual([404, 'EXPORT_UNKNOWN']);
    }
    await owner.query(`update "grant" set state = 'SUSPENDED' where id = 'grant-union-lao-cai'`);
    try {
      const response = await download(gateway, 'union-lao-cai', url);
      expect([response.status, await codeOf(response)]).toEqual([403, 'GRANT_NOT_ACTIVE']);
      const { errors } = await askLink('union-lao-cai', variables);
      expect(errors[0]?.extensions.code).toBe('GRANT_NOT_ACTIVE');
    } finally {
      await owner.query(`update "grant" set state = 'ACTIVE' where id = 'grant-union-lao-cai'`);
    }
    const response = await download(gateway, 'union-lao-cai', url);
    expect(read(await response.text()).length).toBeGreaterThan(10);
  });

  test('a link whose arguments the schema no longer takes is unknown, and an expired one says so', async () => {
    await owner.query(
      `insert into export_link (id, agency_id, application_id, source, filter, expires_at)
       select v.id, 'press-vn', 'press-vn-app', 'series', v.filter::jsonb, now() + v.left
         from (values ('link-of-other-argument', '{"where": {}}', interval '5 minutes'),
           ('link-of-no-such-codes0', '{"area": {"code": 7}, "indicator": "PARTICIPANTS"}', interval '5 minutes'),
           ('link-of-minutes-before', '{}', interval '-1 minute')) v (id, filter, "left")`,
    );
    const answers = await Promise.all(
      ['link-of-other-argument', 'link-of-no-such-codes0', 'link-of-minutes-before'].map(
        async (id) => {
          const response = await download(gateway, 'press-vn', `/export/${id}`);
          return [response.status, await codeOf(response)];
        },
      ),
    );
    expect(answers).toEqual([
      [404, 'EXPORT_UNKNOWN'],
      [404, 'EXPORT_UNKNOWN'],
      [410, 'EXPORT_EXPIRED'],
    ]);
  });

  test.each(['none', 'obs', 'series', 'both'])('the keys are whole: %s', async (keys) => {
    const variables = { ...questions['a province of two'], boundaries: 'CURRENT' };
    const response = await download(gateway, 'si-lao-cai', await linkTo('si-lao-cai', variables), {
      headers: { accept: `application/vnd.sdmx.data+csv; version=2.0.0; keys=${keys}` },
    });
    expect(read(await response.text()).length).toBeGreaterThan(10);
  });
});
