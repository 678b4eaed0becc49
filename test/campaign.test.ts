/** What the sources report of communication comes back value by value, and bad rows are refused. */
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assembleSeries } from '../src/campaign/series.ts';
import { asFigure, type OutputFigure, type OutputRow } from '../src/campaign/output.ts';
import { loadSeed, type ImportRefused, type SeedClient } from '../src/load.ts';
import { formatValue } from '../src/observation/figure.ts';
import { parsePeriodOrThrow } from '../src/platform/period.ts';
import { seedDirectory } from '../src/platform/paths.ts';
import { Prisma } from '../src/platform/prisma/client.ts';
import { openGateway, storeKindsAtLength, type TestGateway } from './support/gateway.ts';

type Cells = Readonly<Record<string, string>>;
// A node has the shape of its question.
type Node = any;

function seed(file: string): Cells[] {
  const text = readFileSync(path.join(seedDirectory, file), 'utf8');
  return parse<Cells>(text, { columns: true, skip_empty_lines: true });
}

const cell = (value: string | null) => value ?? '';
const list = (values: readonly string[]) => values.join(';');
const sorted = (values: readonly string[]) => list([...values].sort());
const codes = (nodes: readonly { code: string }[]) => nodes.map(({ code }) => code);

interface Table {
  readonly field: string;
  readonly file: string;
  readonly selection: string;
  readonly toCells: (node: Node) => Cells;
}

const tables: readonly Table[] = [
  {
    field: 'campaignOutputs',
    file: 'campaign_outputs.csv',
    selection: `figureId refArea { alias } series activityName channel form formBasis audienceCodes topicCodes
      partner { code } measure value timePeriod periodBasis qualifier obsStatus isTotal outcomeIds
      conflicts { code } comment source { code } locator indicator unit decimals confStatus reason
      scheme schemeComponents participantGroup denominator baseIndicator contributor campaign { code }
      activity { code }`,
    toCells: (node) => ({
      id: node.figureId,
      area: node.refArea.alias,
      series: cell(node.series),
      activity: node.activityName,
      channel: node.channel,
      form: node.form,
      form_basis: node.formBasis,
      audience_codes: list(node.audienceCodes),
      topic_codes: list(node.topicCodes),
      partner_id: cell(node.partner?.code),
      measure: node.measure,
      value: cell(node.value),
      time_period: cell(node.timePeriod),
      period_basis: node.periodBasis,
      qualifier: cell(node.qualifier),
      obs_status: node.obsStatus,
      is_total: node.isTotal ? 'TRUE' : 'FALSE',
      outcome_ids: list(node.outcomeIds),
      conflict_ids: sorted(codes(node.conflicts)),
      comment: cell(node.comment),
      source: node.source.code,
      locator: node.locator,
    }),
  },
  {
    field: 'audiences',
    file: 'audiences.csv',
    selection: `code area { alias } audienceCodes name topicCodes channelCodes messageGist frequency status
      comment sourceCode locator contributor`,
    toCells: (node) => ({
      id: node.code,
      area: node.area.alias,
      audience_codes: list(node.audienceCodes),
      name: node.name,
      topic_codes: list(node.topicCodes),
      channel_codes: list(node.channelCodes),
      message_gist: cell(node.messageGist),
      frequency: node.frequency,
      status: node.status,
      comment: cell(node.comment),
      source: node.sourceCode,
      locator: node.locator,
    }),
  },
  {
    field: 'channelUses',
    file: 'channel_uses.csv',
    selection: `code area { alias } channel form formBasis status conflicts { code } comment sourceCode locator
      contributor`,
    toCells: (node) => ({
      id: node.code,
      area: node.area.alias,
      channel: node.channel,
      form: node.form,
      form_basis: node.formBasis,
      status: node.status,
      conflict_ids: sorted(codes(node.conflicts)),
      comment: cell(node.comment),
      source: node.sourceCode,
      locator: node.locator,
    }),
  },
];

/** The rows of a file, with the conflicts of a row in an order that both sides can have. */
const expectedRows = (file: string) =>
  seed(file).map((row): Cells => {
    const { conflict_ids } = row;
    return conflict_ids === undefined
      ? row
      : { ...row, conflict_ids: sorted(conflict_ids.split(';').filter(Boolean)) };
  });

const byId = (rows: readonly Cells[]) =>
  [...rows].sort((a, b) => ((a['id'] ?? '') < (b['id'] ?? '') ? -1 : 1));

describe.each(storeKindsAtLength)('reported communication on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind });
  });
  afterAll(() => gateway.close());

  /** All pages of a list. */
  async function walk(
    agency: string,
    { field, selection }: Pick<Table, 'field' | 'selection'>,
    first: number,
    more = '',
  ): Promise<Node[]> {
    const query = `query Page($first: Int, $after: String) {
      ${field}(first: $first, after: $after ${more}) { totalCount nodes { ${selection} }
        pageInfo { hasNextPage endCursor } } }`;
    const nodes: Node[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await gateway.ask(agency, query, { variables: { first, after } });
      expect(errors).toEqual([]);
      const page: Node = data[field];
      nodes.push(...page.nodes);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      if (after === null) expect(nodes).toHaveLength(page.totalCount);
    } while (after !== null);
    return nodes;
  }

  describe.each(['si-vn', 'press-vn'])('as %s', (agency) => {
    const cases = tables.flatMap((table) => [9, 200].map((first) => ({ ...table, first })));
    test.each(cases)('$field is $file, $first a page', async ({ first, ...table }) => {
      const nodes = await walk(agency, table, first);
      expect(byId(nodes.map(table.toCells))).toEqual(byId(expectedRows(table.file)));
    });

    test('an output says what its interface asks of a figure, and no more', async () => {
      for (const node of await walk(agency, tables[0]!, 200)) {
        expect(node.unit).toBe(node.measure);
        expect([node.indicator, node.baseIndicator, node.scheme]).toEqual([null, null, null]);
        expect([node.participantGroup, node.denominator]).toEqual([null, null]);
        expect(node.schemeComponents).toEqual([]);
        expect(node.confStatus).toBe('F');
        expect([node.campaign, node.activity]).toEqual([null, null]);
        const isAbsent = node.obsStatus === 'O';
        expect(node.value === null).toBe(isAbsent);
        expect(node.decimals === null).toBe(isAbsent);
        if (isAbsent) expect(node.reason).toMatch(/^Missing: /);
      }
    });

    test('outcomes are the observations behind their ids', async () => {
      const selection = 'figureId outcomeIds outcomes { figureId }';
      const nodes = await walk(agency, { field: 'campaignOutputs', selection }, 200);
      expect(nodes.filter(({ outcomeIds }) => outcomeIds.length > 0)).toHaveLength(4);
      for (const { outcomeIds, outcomes } of nodes) {
        expect(outcomes.map((outcome: Node) => outcome.figureId)).toEqual(outcomeIds);
      }
    });

    test('every series has its rule, and says why where it may not be added', async () => {
      const areas = [...new Set(seed('campaign_outputs.csv').map((row) => row['area']))];
      const fields = areas.map(
        (area, i) => `a${i}: outputSeries(area: {code: "${area}"}) {
          code measure additiveOverTime notAdditiveReason }`,
      );
      const ask = async (language: string) => {
        const headers = { 'accept-language': language };
        const { data, errors } = await gateway.ask(agency, `{ ${fields.join('\n')} }`, { headers });
        expect(errors).toEqual([]);
        return Object.values<Node[]>(data).flat();
      };
      const [english, vietnamese] = [await ask('en'), await ask('vi')];
      const found = english.map((series, i) => ({
        series: series.code,
        measure: series.measure,
        additive_over_time: series.additiveOverTime ? 'TRUE' : 'FALSE',
        reason_en: cell(series.notAdditiveReason),
        reason_vi: cell(vietnamese[i].notAdditiveReason),
      }));
      const key = (row: Cells) => `${row['series']} ${row['measure']}`;
      const byKey = (a: Cells, b: Cells) => (key(a) < key(b) ? -1 : 1);
      expect(found.sort(byKey)).toEqual(seed('series_rules.csv').sort(byKey));
    });
  });

  const filters: readonly [where: string, keeps: (row: Cells) => boolean][] = [
    ['area: {code: "VN-NA"}', (row) => row['area'] === 'VN-NA'],
    ['series: "lc-contests"', (row) => row['series'] === 'lc-contests'],
    ['channel: "LOUDSPEAKER"', (row) => row['channel'] === 'LOUDSPEAKER'],
    ['form: "DIRECT"', (row) => row['form'] === 'DIRECT'],
    ['measure: "ATTENDEES"', (row) => row['measure'] === 'ATTENDEES'],
    ['partner: "lc-post-network"', (row) => row['partner_id'] === 'lc-post-network'],
    ['partner: "no-such-partner"', () => false],
    ['partner: ""', () => false],
    ['campaign: "no-such-campaign"', () => false],
    ['audienceCode: "FARMERS"', (row) => row['audience_codes']!.split(';').includes('FARMERS')],
    ['topicCode: "VOLUNTARY_SI"', (row) => row['topic_codes']!.split(';').includes('VOLUNTARY_SI')],
    ['timePeriod: "2016-01-01/P5Y"', (row) => row['time_period'] === '2016-01-01/P5Y'],
    ['from: "2025"', (row) => row['time_period']!.startsWith('2025')],
    ['to: "2016"', (row) => row['time_period']!.startsWith('2016')],
    ['isTotal: true', (row) => row['is_total'] === 'TRUE'],
    ['isTotal: false', (row) => row['is_total'] === 'FALSE'],
    ['figureId: "out-na-sessions-2016"', (row) => row['id'] === 'out-na-sessions-2016'],
    ['sourceId: "vss-2023"', (row) => row['source'] === 'vss-2023'],
  ];
  test('each filter of outputs keeps what it says', async () => {
    const fields = filters.map(
      ([where], i) =>
        `f${i}: campaignOutputs(first: 200, where: {${where}}) { totalCount nodes { figureId } }`,
    );
    const { data, errors } = await gateway.ask('press-vn', `{ ${fields.join('\n')} }`);
    expect(errors).toEqual([]);
    filters.forEach(([where, keeps], i) => {
      const ids = seed('campaign_outputs.csv')
        .filter(keeps)
        .map((row) => row['id']!)
        .sort();
      const { nodes, totalCount } = data[`f${i}`];
      expect(nodes.map((node: Node) => node.figureId).sort(), where).toEqual(ids);
      expect(totalCount, where).toBe(ids.length);
    });
  });

  const reachFilters: readonly [
    field: 'audiences' | 'channelUses',
    where: string,
    keeps: (row: Cells) => boolean,
  ][] = [
    ['audiences', 'area: {code: "VN-DB-TC"}', (row) => row['area'] === 'VN-DB-TC'],
    ['audiences', 'audienceCode: "EMPLOYERS"', has('audience_codes', 'EMPLOYERS')],
    ['audiences', 'topicCode: "VOLUNTARY_SI"', has('topic_codes', 'VOLUNTARY_SI')],
    ['audiences', 'channel: "LEAFLET"', has('channel_codes', 'LEAFLET')],
    ['audiences', 'frequency: "PERIODIC"', (row) => row['frequency'] === 'PERIODIC'],
    ['audiences', 'status: "PLANNED"', (row) => row['status'] === 'PLANNED'],
    ['audiences', 'sourceId: "vss-2023"', (row) => row['source'] === 'vss-2023'],
    ['channelUses', 'area: {code: "VN-LC-D"}', (row) => row['area'] === 'VN-LC-D'],
    ['channelUses', 'channel: "THEATRE"', (row) => row['channel'] === 'THEATRE'],
    ['channelUses', 'form: "BOTH"', (row) => row['form'] === 'BOTH'],
    ['channelUses', 'status: "PROPOSED"', (row) => row['status'] === 'PROPOSED'],
    ['channelUses', 'sourceId: "nghe-an-2017"', (row) => row['source'] === 'nghe-an-2017'],
  ];
  test('each filter of audiences and channels keeps what it says', async () => {
    const fields = reachFilters.map(
      ([field, where], i) => `f${i}: ${field}(first: 200, where: {${where}}) { nodes { code } }`,
    );
    const { data, errors } = await gateway.ask('press-vn', `{ ${fields.join('\n')} }`);
    expect(errors).toEqual([]);
    reachFilters.forEach(([field, where, keeps], i) => {
      const { file } = tables.find((table) => table.field === field)!;
      const ids = seed(file)
        .filter(keeps)
        .map((row) => row['id']!)
        .sort();
      expect(ids.length, where).toBeGreaterThan(0);
      expect(codes(data[`f${i}`].nodes), where).toEqual(ids);
    });
  });

  test.each([
    ...['series', 'channel', 'form', 'measure', 'audienceCode', 'topicCode'].map(
      (name) => `campaignOutputs(where: {${name}: "nope"}) { totalCount }`,
    ),
    ...['channel', 'measure'].map(
      (name) => `outputSeries(area: {code: "VN"}, ${name}: "nope") { code }`,
    ),
    'outputSeries(area: {code: "VN"}, series: ["lc-contests", "nope"]) { code }',
    'campaigns(where: {topicCode: "nope"}) { totalCount }',
    ...['channel', 'form', 'audienceCode'].map(
      (name) => `activities(where: {${name}: "nope"}) { totalCount }`,
    ),
    ...['audienceCode', 'topicCode', 'channel', 'frequency', 'status'].map(
      (name) => `audiences(where: {${name}: "nope"}) { totalCount }`,
    ),
    ...['channel', 'form', 'status'].map(
      (name) => `channelUses(where: {${name}: "nope"}) { totalCount }`,
    ),
  ])('an unknown code is refused: %s', async (field) => {
    const { errors } = await gateway.ask('press-vn', `{ ${field} }`);
    expect(errors.map((error) => error.extensions.code)).toEqual(['CODE_UNKNOWN']);
  });

  test.each([
    'outputSeries(area: {code: "x"}) { code }',
    ...['campaignOutputs', 'campaigns', 'activities', 'audiences', 'channelUses'].map(
      (name) => `${name}(where: {area: {code: "x"}}) { totalCount }`,
    ),
  ])('an unknown area is refused: %s', async (field) => {
    const { errors } = await gateway.ask('press-vn', `{ ${field} }`);
    expect(errors.map((error) => error.extensions.code)).toEqual(['AREA_UNKNOWN']);
  });
});

function has(column: string, code: string) {
  return (row: Cells) => row[column]!.split(';').includes(code);
}

describe('a corrected file', () => {
  let directory: string;
  let gateway: TestGateway;
  const figure = 'out-lc-conference-events-2016';

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'lienthong-seed-'));
    await cp(seedDirectory, directory, { recursive: true });
    await edit(
      directory,
      'campaign_outputs.csv',
      'COORDINATING_UNITS,15,2016',
      'COORDINATING_UNITS,14,2016',
    );
    await edit(directory, 'audiences.csv', 'Penalties for arrears', 'Fines for arrears');
    gateway = await openGateway({
      prepare: async (owner) => {
        await owner.query(`update channel_use set withdrawn_at = now()
          where id = 'chu-na-theatre'`);
        await owner.query(
          `update audience set published_at = '2999-01-01' where id = 'aud-na-debtors'`,
        );
        const client = await owner.connect();
        await loadSeed(client, { directory });
        client.release();
      },
    });
  });
  afterAll(async () => {
    await gateway.close();
    await rm(directory, { recursive: true, force: true });
  });

  test('adds a version and closes the one before', async () => {
    const { data, errors } = await gateway.ask(
      'press-vn',
      `{ units: campaignOutputs(where: {figureId: "out-lc-conference-units-2016"}) {
           totalCount nodes { value knownFrom } }
         other: campaignOutputs(where: {figureId: "${figure}"}) { nodes { value knownFrom } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.units).toMatchObject({ totalCount: 1, nodes: [{ value: '14' }] });
    const [unit, other] = [data.units.nodes[0], data.other.nodes[0]];
    expect(Date.parse(unit.knownFrom)).toBeGreaterThan(Date.parse(other.knownFrom));
  });

  test('never brings back what somebody has withdrawn', async () => {
    const question =
      '{ channelUses(where: {area: {code: "VN-NA"}, channel: "THEATRE"}) { nodes { code } } }';
    expect((await gateway.ask('press-vn', question)).data.channelUses.nodes).toEqual([]);
    expect((await gateway.ask('si-nghe-an', question)).data.channelUses.nodes).toEqual([
      { code: 'chu-na-theatre' },
    ]);
  });

  test('never publishes what somebody has embargoed', async () => {
    const question =
      '{ audiences(where: {audienceCode: "CONTRIBUTION_DEBTORS"}) { nodes { messageGist } } }';
    expect((await gateway.ask('press-vn', question)).data.audiences.nodes).toEqual([]);
    expect((await gateway.ask('si-nghe-an', question)).data.audiences.nodes).toEqual([
      { messageGist: 'Fines for arrears and ways out of them.' },
    ]);
  });
});

async function edit(directory: string, file: string, from: string, to: string): Promise<void> {
  const name = path.join(directory, file);
  const before = await readFile(name, 'utf8');
  expect(before).toContain(from);
  await writeFile(
    name,
    before.replace(from, () => to),
  );
}

describe('a bad row is refused with its place, before anything is written', () => {
  const untouched: SeedClient = {
    query: () => Promise.reject(new Error('A refused load must not reach the database.')),
  };
  const unit = 'COORDINATING_UNITS,15,2016';
  test.each<[file: string, from: string, to: string, column: string, code: string]>([
    ['campaign_outputs.csv', unit, 'NO_SUCH,15,2016', 'measure', 'CODE_UNKNOWN'],
    ['campaign_outputs.csv', unit, 'COORDINATING_UNITS,fifteen,2016', 'value', 'VALUE_MALFORMED'],
    ['campaign_outputs.csv', unit, 'COORDINATING_UNITS,,2016', 'obs_status', 'VALUE_MALFORMED'],
    [
      'campaign_outputs.csv',
      unit,
      'COORDINATING_UNITS,15,2031',
      'time_period',
      'PERIOD_OUTSIDE_AREA',
    ],
    ['campaign_outputs.csv', unit, 'COORDINATING_UNITS,15,', 'period_basis', 'VALUE_MALFORMED'],
    ['campaign_outputs.csv', unit, 'EVENTS,15,2016', 'series', 'REFERENCE_UNKNOWN'],
    ['campaign_outputs.csv', 'CONFERENCE,DIRECT', 'CONFERENCE,ODD', 'form', 'CODE_UNKNOWN'],
    [
      'campaign_outputs.csv',
      'VOLUNTARY_SI,lc-post-network',
      'VOLUNTARY_SI,nobody',
      'partner_id',
      'REFERENCE_UNKNOWN',
    ],
    ['campaign_outputs.csv', 'EXACT,A,FALSE', 'EXACT,A,NO', 'is_total', 'CODE_UNKNOWN'],
    [
      'campaign_outputs.csv',
      'FALSE,obs-tc-vsi-new-2025,',
      'FALSE,obs-nothing,',
      'outcome_ids',
      'REFERENCE_UNKNOWN',
    ],
    [
      'campaign_outputs.csv',
      ',cf-lc-conference-total,Headed',
      ',cf-lc-web-visits,Headed',
      'conflict_ids',
      'REFERENCE_UNKNOWN',
    ],
    [
      'audiences.csv',
      'CONTRIBUTION_DEBTORS,Employers',
      'DEBTORS,Employers',
      'audience_codes',
      'CODE_UNKNOWN',
    ],
    ['audiences.csv', 'AT_LEAST_MONTHLY', 'SOMETIMES', 'frequency', 'CODE_UNKNOWN'],
    [
      'channel_uses.csv',
      ',CONSULTING,DIRECT,PRINTED,DESCRIBED',
      ',CONSULTING,DIRECT,PRINTED,OLD',
      'status',
      'CODE_UNKNOWN',
    ],
    [
      'series_rules.csv',
      'lc-contests,EVENTS,TRUE,,',
      'lc-contests,EVENTS,FALSE,,',
      'reason_en',
      'VALUE_MALFORMED',
    ],
    [
      'series_rules.csv',
      'lc-contests,EVENTS,TRUE',
      'lc-contests,EVENTS,MAYBE',
      'additive_over_time',
      'CODE_UNKNOWN',
    ],
    [
      'series_rules.csv',
      'na-contests,EVENTS',
      'na-contests,AREAS_COVERED',
      'measure',
      'ID_DUPLICATE',
    ],
  ])('%s: %s as %s', async (file, from, to, column, code) => {
    const directory = await mkdtemp(path.join(tmpdir(), 'lienthong-seed-'));
    await cp(seedDirectory, directory, { recursive: true });
    await edit(directory, file, from, to);
    const refusal = await loadSeed(untouched, { directory }).catch((error: unknown) => error);
    await rm(directory, { recursive: true, force: true });
    const { problems } = refusal as ImportRefused;
    expect(problems).toContainEqual(expect.objectContaining({ file, column, code }));
    expect(problems.find((problem) => problem.column === column)?.row).toBeGreaterThan(1);
  });
});

describe('sums of one series', () => {
  const rule = (additiveOverTime: boolean, measure = 'EVENTS') => ({
    series: 's',
    measure,
    additiveOverTime,
    reasonEn: additiveOverTime ? null : 'No.',
    reasonVi: additiveOverTime ? null : 'Không.',
  });
  const output = (timePeriod: string | null, value: string | null, more: object = {}) => {
    const period = timePeriod === null ? null : parsePeriodOrThrow(timePeriod);
    const source = { id: 'source-a' };
    const text = `${timePeriod} ${value} ${JSON.stringify(more)}`;
    return asFigure({
      id: text,
      figureId: text,
      series: 's',
      measure: 'EVENTS',
      channel: 'CONFERENCE',
      sourceId: 'source-a',
      source,
      activityName: 'Conferences',
      partnerId: null,
      isTotal: false,
      timePeriod,
      periodStart: period?.start ?? null,
      periodEnd: period?.end ?? null,
      periodBasis: 'PRINTED',
      value: value === null ? null : new Prisma.Decimal(value),
      decimals: value === null ? null : (value.split('.')[1]?.length ?? 0),
      qualifier: 'EXACT',
      obsStatus: value === null ? 'O' : 'A',
      confStatus: 'F',
      locator: 'table 1',
      ...more,
    } as unknown as OutputRow);
  };
  const totalOf = (outputs: readonly OutputFigure[], rules = [rule(true)]) => {
    const [series, ...others] = assembleSeries(outputs, rules);
    expect(others).toEqual([]);
    const total = series!.computedTotal;
    return total && [formatValue(total), total.timePeriod, total.derivedReason, total.qualifier];
  };

  test.each<[string, OutputFigure[], unknown]>([
    ['years', [output('2016', '1'), output('2017', '2')], ['3', '2016-01-01/P2Y', null, 'EXACT']],
    [
      'months',
      [output('2022-12', '1'), output('2023-01', '2')],
      ['3', '2022-12-01/P2M', null, 'EXACT'],
    ],
    [
      'days',
      [output('2022-12-31', '1'), output('2023-01-01', '2')],
      ['3', '2022-12-31/P2D', null, 'EXACT'],
    ],
    [
      'quarters',
      [output('2022-Q2', '1'), output('2022-Q1', '2')],
      ['3', '2022-01-01/P6M', null, 'EXACT'],
    ],
    [
      'exact decimals',
      [output('2016', '0.1'), output('2017', '0.20')],
      ['0.30', '2016-01-01/P2Y', null, 'EXACT'],
    ],
    [
      'a gap names no period',
      [output('2016', '1'), output('2018', '2')],
      ['3', null, null, 'EXACT'],
    ],
    [
      'one period is no sum',
      [output('2016', '1'), output('2016', '2', { activityName: 'B' })],
      null,
    ],
    [
      'two activities of one period count both',
      [output('2016', '1'), output('2016', '2', { activityName: 'B' }), output('2017', '4')],
      ['7', '2016-01-01/P2Y', null, 'EXACT'],
    ],
    [
      'the same activity twice in a period is not added',
      [output('2016', '1'), output('2016', '2'), output('2017', '4')],
      [null, '2016-01-01/P2Y', 'NOT_ADDITIVE', null],
    ],
    [
      'a month within a year is not added to it',
      [output('2016', '12'), output('2016-11', '2')],
      [null, '2016-01-01/P1Y', 'NOT_ADDITIVE', null],
    ],
    [
      'an unstated period is not added',
      [output('2016', '12'), output(null, '2')],
      [null, null, 'NOT_ADDITIVE', null],
    ],
    [
      'over an absent value there is no sum',
      [output('2016', '12'), output('2017', null)],
      [null, '2016-01-01/P2Y', 'INPUT_ABSENT', null],
    ],
    [
      'over an unreliable value there is no sum',
      [output('2016', '12'), output('2017', '3', { obsStatus: 'U' })],
      [null, '2016-01-01/P2Y', 'INPUT_UNRELIABLE', null],
    ],
    [
      'more than stays more than',
      [output('2016', '12'), output('2017', '3', { qualifier: 'MORE_THAN' })],
      ['15', '2016-01-01/P2Y', null, 'MORE_THAN'],
    ],
    [
      'more than and nearly are about',
      [
        output('2016', '12', { qualifier: 'NEARLY' }),
        output('2017', '3', { qualifier: 'MORE_THAN' }),
      ],
      ['15', '2016-01-01/P2Y', null, 'ABOUT'],
    ],
    [
      'a printed total is no part of the sum',
      [output('2016', '1'), output('2017', '2'), output('2016-01-01/P2Y', '3', { isTotal: true })],
      ['3', '2016-01-01/P2Y', null, 'EXACT'],
    ],
  ])('%s', (_name, outputs, expected) => {
    expect(totalOf(outputs)).toEqual(expected);
    expect(totalOf([...outputs].reverse())).toEqual(expected);
  });

  test('a series without a rule, or with one against it, is not added', () => {
    const years = [output('2016', '1'), output('2017', '2')];
    const refused = [null, '2016-01-01/P2Y', 'NOT_ADDITIVE', null];
    for (const rules of [[], [rule(false)], [rule(true, 'SESSIONS')]]) {
      expect(totalOf(years, rules)).toEqual(refused);
    }
  });

  test('measures, channels and sources are series of their own: nothing is added over them', () => {
    const rows = [
      output('2016', '1'),
      output('2017', '2', { measure: 'ATTENDEES' }),
      output('2017', '4', { channel: 'WEBSITE' }),
      output('2017', '8', { sourceId: 'synthetic', source: { id: 'synthetic' } }),
    ];
    const series = assembleSeries(rows, [rule(true), rule(true, 'ATTENDEES')]);
    expect(series.map(({ outputs }) => outputs.length)).toEqual([1, 1, 1, 1]);
    expect(series.map(({ computedTotal }) => computedTotal)).toEqual([null, null, null, null]);
  });

  test('the printed total beside a computed one is that of the same period', () => {
    const totals = [
      output('2016-01-01/P2Y', '3', { isTotal: true }),
      output('2015-01-01/P3Y', '9', { isTotal: true }),
      output('2017-01-01/P2Y', '5', { isTotal: true }),
    ];
    const [series] = assembleSeries(
      [...totals, output('2016', '1'), output('2017', '2')],
      [rule(true)],
    );
    expect(series?.printedTotal).toBe(totals[0]);
  });
});
