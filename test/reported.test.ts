/** Each of the five documents is rebuilt from the API: its tables and statements, value by value. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportedRows, type ReportedRow } from './reported-rows.ts';
import { openGateway, type TestGateway } from './support/gateway.ts';

// A node has the shape of its question.
type Node = any;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.close());

async function ask(agency: string, query: string): Promise<Node> {
  const { data, errors } = await gateway.ask(agency, query);
  expect(errors).toEqual([]);
  return data;
}

/** The public, and the two whose scope is widest. */
const readers = ['press-vn', 'si-vn', 'union-lao-cai', 'labour-nghe-an'];
const smallCount = 'obs-tc-hi-households-new-2025-11';

const notAdded = 'Not computed: these values must not be added.';
const lowReliability =
  'Low reliability: proven or probably misprinted; do not add, plot or derive from it.';

/** Every figure of a document, as a list of the API gives it. */
async function figures(agency: string, field: string, source: string): Promise<ReportedRow[]> {
  const data = await ask(
    agency,
    `{ ${field}(first: 200, where: {sourceId: "${source}"}) { totalCount nodes { figureId ...F } } }
     fragment F on Observation { timePeriod value unit denominator qualifier obsStatus
       conflicts { code } }`,
  );
  const { nodes, totalCount } = data[field];
  expect(nodes).toHaveLength(totalCount);
  return nodes.map(({ conflicts, ...row }: Node) => {
    return { ...row, conflicts: conflicts.map(({ code }: Node) => code) };
  });
}

const byFigure = (rows: readonly ReportedRow[]) =>
  [...rows].sort((a, b) => (a.figureId < b.figureId ? -1 : 1));

/** A small count is published without its value. */
const published = (row: ReportedRow): ReportedRow =>
  row.figureId === smallCount ? { ...row, value: null, qualifier: null, obsStatus: 'Q' } : row;

/** Figures, plans and outputs of a document, for whoever asks. */
function itComesBack(source: string, fields: readonly string[]) {
  const lists = { observations: 'observations', targets: 'targets', outputs: 'campaignOutputs' };
  const wanted = fields as readonly (keyof typeof lists)[];
  test.each(readers)('every figure, plan and count of it comes back to %s', async (agency) => {
    for (const list of wanted) {
      const rows = reportedRows[source]![list];
      expect(rows.length).toBeGreaterThan(0);
      const expected = agency === 'si-vn' ? rows : rows.map(published);
      const found = await figures(agency, lists[list], source);
      expect(byFigure(found)).toEqual(byFigure(expected));
    }
  });
}

interface Series {
  readonly code: string;
  readonly labelEn: string;
  readonly channel: string;
  readonly measure: string;
  readonly additiveOverTime: boolean;
  readonly notAdditiveReason: string | null;
  readonly outputs: readonly Node[];
  readonly printedTotal: Node;
  readonly computedTotal: Node;
  readonly conflicts: readonly { code: string }[];
}

/** A printed table, in one query. */
async function series(agency: string, args: string): Promise<Series[]> {
  const data = await ask(
    agency,
    `{ outputSeries(${args}) { code labelEn channel measure additiveOverTime notAdditiveReason
         outputs { ...O } printedTotal { ...O } computedTotal { ...D formula derivedFrom { value } }
         conflicts { code } } }
     fragment O on CampaignOutput { ...D locator source { code } }
     fragment D on Observation { timePeriod value unit qualifier obsStatus confStatus reason
       conflicts { code } }`,
  );
  return data.outputSeries;
}

const byPeriod = ({ outputs }: Series) =>
  Object.fromEntries(outputs.map(({ timePeriod, value }) => [timePeriod, value]));
const years = ['2016', '2017', '2018', '2019', '2020'];
const inYears = (...values: number[]) =>
  Object.fromEntries(values.map((value, i) => [years[i], String(value)]));
const codes = (rows: readonly { code: string }[]) => rows.map(({ code }) => code);

describe('Lào Cai, 2016 to 2020 (lao-cai-2024)', () => {
  itComesBack('lao-cai-2024', ['observations', 'targets']);

  const laoCai = (...list: string[]) => `area: {code: "VN-LC"}, series: ${JSON.stringify(list)}`;

  test.each(readers)('table 1, the agent systems, as %s', async (agency) => {
    const data = await ask(
      agency,
      `{ agentSystemTables(area: {code: "VN-LC"}) {
           source { code } rows { partner { code } agentStaff { value } collectionPoints { value } }
           printedTotal { agentStaff { value } collectionPoints { value } }
           computedStaff { value } computedPoints { value } } }`,
    );
    expect(data.agentSystemTables).toHaveLength(1);
    const [table] = data.agentSystemTables;
    expect(
      table.rows.map(({ partner, agentStaff, collectionPoints }: Node) => [
        partner.code,
        agentStaff.value,
        collectionPoints.value,
      ]),
    ).toEqual([
      ['lc-commune-committees', '171', '171'],
      ['lc-post-network', '124', '61'],
      ['lc-farmers-network', '103', '103'],
      ['lc-womens-network', '12', '12'],
      ['lc-medical-centres', '13', '13'],
      ['lc-employment-centre', '5', '1'],
      ['lc-schools', '6', '6'],
    ]);
    expect(table.source).toEqual({ code: 'lao-cai-2024' });
    const { agentStaff, collectionPoints } = table.printedTotal;
    expect([agentStaff.value, collectionPoints.value]).toEqual(['434', '367']);
    expect([table.computedStaff.value, table.computedPoints.value]).toEqual(['434', '367']);
  });

  test.each(readers)('table 2, the conferences, as %s', async (agency) => {
    const table = await series(
      agency,
      laoCai(
        'lc-conference-units',
        'lc-conference-events',
        'lc-conference-attendees',
        'lc-post-conference-events',
        'lc-post-conference-attendees',
        'lc-hi-conference-events',
        'lc-hi-conference-attendees',
      ),
    );
    expect(table.map((one) => [one.code, byPeriod(one), one.computedTotal.value])).toEqual([
      ['lc-conference-units', inYears(15, 15, 16, 18, 20), null],
      ['lc-conference-events', inYears(38, 46, 68, 96, 107), '355'],
      ['lc-conference-attendees', inYears(2157, 2536, 3209, 4586, 6298), '18786'],
      ['lc-post-conference-events', inYears(84, 96, 137, 163, 72), '552'],
      ['lc-post-conference-attendees', inYears(1250, 1573, 2065, 3268, 2735), '10891'],
      ['lc-hi-conference-events', inYears(1, 1, 1, 1, 1), '5'],
      ['lc-hi-conference-attendees', inYears(112, 163, 118, 150, 120), '663'],
    ]);
    for (const one of table) {
      expect(one.printedTotal).toBeNull();
      expect(one.computedTotal.timePeriod).toBe('2016-01-01/P5Y');
      const isMarked = /^lc-(post-)?conference-(events|attendees)$/.test(one.code);
      expect(codes(one.conflicts)).toEqual(isMarked ? ['cf-lc-conference-total'] : []);
      for (const { obsStatus, qualifier, confStatus, source, reason } of one.outputs) {
        expect([obsStatus, qualifier, confStatus, reason]).toEqual(['A', 'EXACT', 'F', null]);
        expect(source).toEqual({ code: 'lao-cai-2024' });
      }
    }
    expect(table.flatMap(({ outputs }) => outputs.map(({ locator }) => locator))).toContain(
      'table 2, row 2.1, column 2016',
    );
  });

  test.each(readers)('units that join again are not added, as %s', async (agency) => {
    const [units] = await series(agency, laoCai('lc-conference-units'));
    expect(units).toMatchObject({
      additiveOverTime: false,
      notAdditiveReason: 'The same units may take part in several years.',
      computedTotal: { value: null, obsStatus: 'O', reason: notAdded, formula: '' },
    });
  });

  test.each(readers)('table 3, print and display, as %s', async (agency) => {
    const table = await series(
      agency,
      laoCai('lc-display-pieces', 'lc-leaflet-sheets', 'lc-agent-signs'),
    );
    expect(
      table.map((one) => [one.code, byPeriod(one), one.computedTotal.value, codes(one.conflicts)]),
    ).toEqual([
      ['lc-display-pieces', inYears(680, 705, 950, 1263, 1513), null, ['cf-lc-visual-form']],
      [
        'lc-leaflet-sheets',
        inYears(70312, 232906, 140354, 146230, 172547),
        '762349',
        ['cf-lc-leaflets-2017'],
      ],
      ['lc-agent-signs', inYears(123, 102, 88, 45, 21), '379', ['cf-lc-signs-points']],
    ]);
    expect(table[0]).toMatchObject({
      additiveOverTime: false,
      notAdditiveReason:
        'The source does not say whether a count is of new pieces or of all that stand.',
      computedTotal: { value: null, obsStatus: 'O', reason: notAdded, formula: '' },
    });
  });

  test.each(readers)('table 4, the website, as %s', async (agency) => {
    const [articles, visits] = await series(agency, laoCai('lc-web-articles', 'lc-web-visits'));
    expect(byPeriod(articles!)).toEqual(inYears(182, 206, 218, 266, 264));
    expect(articles).toMatchObject({
      measure: 'ARTICLES',
      printedTotal: {
        value: '1116',
        timePeriod: '2016-01-01/P5Y',
        obsStatus: 'U',
        reason: lowReliability,
        locator: 'table 4, total row',
        conflicts: [{ code: 'cf-lc-web-articles-total' }],
      },
      computedTotal: {
        value: '1136',
        timePeriod: '2016-01-01/P5Y',
        unit: 'ARTICLES',
        qualifier: 'EXACT',
        obsStatus: 'A',
        confStatus: 'F',
        formula: '182 + 206 + 218 + 266 + 264 = 1136',
        derivedFrom: ['182', '206', '218', '266', '264'].map((value) => ({ value })),
      },
    });
    expect(codes(articles!.conflicts)).toEqual(['cf-lc-web-articles-total', 'cf-lc-web-visits']);
    expect(byPeriod(visits!)).toEqual(inYears(42650, 47465, 48317, 168175, 364191));
    expect(visits).toMatchObject({
      measure: 'VISITS',
      printedTotal: { value: '670798', obsStatus: 'A', conflicts: [] },
      computedTotal: { value: '670798', timePeriod: '2016-01-01/P5Y' },
      conflicts: [{ code: 'cf-lc-web-visits' }],
    });
  });

  test.each(readers)('table 5, press and loudspeakers, as %s', async (agency) => {
    const [press, loudspeakers] = await series(
      agency,
      laoCai('lc-press-items', 'lc-loudspeaker-broadcasts'),
    );
    expect(byPeriod(press!)).toEqual(inYears(163, 198, 232, 265, 279));
    expect(press).toMatchObject({
      printedTotal: { value: '1137', obsStatus: 'A' },
      computedTotal: { value: '1137', formula: '163 + 198 + 232 + 265 + 279 = 1137' },
      conflicts: [],
    });
    expect(byPeriod(loudspeakers!)).toEqual(inYears(327, 386, 408, 432, 464));
    expect(loudspeakers).toMatchObject({
      printedTotal: { value: '2017', obsStatus: 'A' },
      computedTotal: { value: '2017', formula: '327 + 386 + 408 + 432 + 464 = 2017' },
      conflicts: [],
    });
  });

  test('contests and the tour, which stand in the text', async () => {
    const found = await series('press-vn', laoCai('lc-contests', 'lc-mobile-outreach'));
    expect(found.map(({ outputs }) => outputs.map((one) => [one.timePeriod, one.value]))).toEqual([
      [
        ['2017', '1'],
        ['2019', '1'],
        ['2019', '1'],
      ],
      [[null, '9']],
    ]);
    // Over the gap of 2018 the sum names no period of its own.
    expect(found[0]!.computedTotal).toMatchObject({ value: '3', timePeriod: null });
    expect(found[1]).toMatchObject({
      computedTotal: null,
      conflicts: [{ code: 'cf-lc-district-naming' }, { code: 'cf-lc-visual-form' }],
    });
  });

  test('the whole document is sixteen series, and none of them is a sum over others', async () => {
    const all = await series('press-vn', 'area: {code: "VN-LC"}');
    expect(all).toHaveLength(16);
    for (const one of all) {
      const ownUnit = new Set(one.outputs.map(({ unit }) => unit));
      expect([...ownUnit]).toEqual([one.measure]);
    }
    const events = await series('press-vn', 'area: {code: "VN-LC"}, measure: "EVENTS"');
    expect(codes(events)).toEqual([
      'lc-conference-events',
      'lc-post-conference-events',
      'lc-hi-conference-events',
      'lc-contests',
    ]);
    const spoken = await series('press-vn', 'area: {code: "VN-LC"}, channel: "LOUDSPEAKER"');
    expect(codes(spoken)).toEqual(['lc-loudspeaker-broadcasts']);
  });
});

/** The conflicts of a document with their arithmetic. */
async function conflict(code: string): Promise<Node> {
  const id = Buffer.from(`Conflict:${code}`).toString('base64');
  const { node } = await ask(
    'press-vn',
    `{ node(id: "${id}") { ... on Conflict { kind certainty computedEvidence rowIds handling } } }`,
  );
  return node;
}

describe('Tủa Chùa, 2025 (tua-chua-2025)', () => {
  itComesBack('tua-chua-2025', ['observations', 'targets', 'outputs']);

  const november = `{ observations(where: {area: {code: "VN-DB-TC"}, timePeriod: "2025-11"}) {
    nodes { scheme participantGroup value obsStatus confStatus reason } } }`;
  const voluntary = {
    scheme: 'VOLUNTARY_SI',
    participantGroup: 'ALL',
    value: '53',
    obsStatus: 'A',
    confStatus: 'F',
    reason: null,
  };
  const households = { scheme: 'HEALTH_INSURANCE', participantGroup: 'HOUSEHOLDS' };

  test.each(['si-vn', 'si-dien-bien', 'si-tua-chua'])('November is 53 and 4 to %s', async (as) => {
    const { nodes } = (await ask(as, november)).observations;
    expect(nodes).toEqual([
      { ...households, value: '4', obsStatus: 'A', confStatus: 'A', reason: null },
      voluntary,
    ]);
  });

  test.each(['press-vn', 'press-nghe-an', 'union-dien-bien', 'si-lao-cai', 'labour-nghe-an'])(
    'November is 53 and a suppressed count to %s',
    async (as) => {
      const { nodes } = (await ask(as, november)).observations;
      const reason = 'Suppressed: the figure is confidential.';
      expect(nodes).toEqual([
        { ...households, value: null, obsStatus: 'Q', confStatus: 'C', reason },
        voluntary,
      ]);
    },
  );

  test.each(readers)('738 joined against a net gain of 87, as %s', async (agency) => {
    const data = await ask(
      agency,
      `{ observations(where: {area: {code: "VN-DB-TC"}, timePeriod: "2025", scheme: "VOLUNTARY_SI"}) {
           nodes { indicator value unit conflicts { code } } } }`,
    );
    expect(data.observations.nodes).toEqual([
      {
        indicator: 'CHANGE_ABS',
        value: '87',
        unit: 'PERSONS',
        conflicts: [{ code: 'cf-tc-net-vs-gross' }, { code: 'cf-tc-undated' }],
      },
      {
        indicator: 'NEW_PARTICIPANTS',
        value: '738',
        unit: 'PERSONS',
        conflicts: [{ code: 'cf-tc-net-vs-gross' }, { code: 'cf-tc-november' }],
      },
      {
        indicator: 'PARTICIPANTS',
        value: '1255',
        unit: 'PERSONS',
        conflicts: [{ code: 'cf-tc-undated' }],
      },
    ]);
    expect(await conflict('cf-tc-net-vs-gross')).toMatchObject({
      kind: 'UNEXPLAINED',
      certainty: 'OPEN',
      computedEvidence: '738 - 87 = 651',
      rowIds: ['obs-tc-vsi-new-2025', 'obs-tc-vsi-change-2025'],
    });
  });

  test.each(readers)('conferences, small groups and attendees in one query, as %s', async (as) => {
    const table = await series(as, 'area: {code: "VN-DB-TC"}');
    expect(table.map((one) => [one.code, byPeriod(one), codes(one.conflicts)])).toEqual([
      ['tc-conference-events', { 2025: '81' }, ['cf-tc-attendees-scope']],
      ['tc-small-group-sessions', { 2025: '139' }, ['cf-tc-attendees-scope']],
      ['tc-attendees', { 2025: '4785' }, ['cf-tc-attendees-scope']],
      ['tc-festival-sessions', { '2025-11': null }, ['cf-tc-undated']],
    ]);
    for (const { printedTotal, computedTotal } of table) {
      expect([printedTotal, computedTotal]).toEqual([null, null]);
    }
    expect(table[3]!.outputs[0]).toMatchObject({
      qualifier: 'MANY',
      obsStatus: 'O',
      reason: 'Missing: the source speaks of it without a number.',
    });
  });

  test('the outcomes are the enrolments that the article credits', async () => {
    const data = await ask(
      'press-vn',
      `{ campaignOutputs(where: {area: {code: "VN-DB-TC"}}) {
           nodes { figureId outcomes { figureId value obsStatus } } } }`,
    );
    const joined = { figureId: 'obs-tc-vsi-new-2025', value: '738', obsStatus: 'A' };
    expect(data.campaignOutputs.nodes).toEqual([
      { figureId: 'out-tc-attendees-2025', outcomes: [joined] },
      { figureId: 'out-tc-conference-events-2025', outcomes: [joined] },
      {
        figureId: 'out-tc-festival-sessions-2025-11',
        outcomes: [
          { figureId: 'obs-tc-vsi-new-2025-11', value: '53', obsStatus: 'A' },
          { figureId: smallCount, value: null, obsStatus: 'Q' },
        ],
      },
      { figureId: 'out-tc-small-group-sessions-2025', outcomes: [joined] },
    ]);
  });
});

describe('the country, 2022 to mid-2023 (vss-2023)', () => {
  itComesBack('vss-2023', ['observations', 'targets', 'outputs']);

  test.each(readers)('the national counts in one query, as %s', async (agency) => {
    const table = await series(agency, 'area: {code: "VN"}');
    const cells = table.map(({ code, channel, outputs, printedTotal, computedTotal }) => {
      expect(outputs).toHaveLength(1);
      expect([printedTotal, computedTotal]).toEqual([null, null]);
      const { timePeriod, value, unit, qualifier, obsStatus } = outputs[0];
      return [code, channel, timePeriod, value, unit, qualifier, obsStatus];
    });
    const months = '2022-01-01/P18M';
    expect(cells).toEqual([
      ['vn-media-items', 'MASS_MEDIA', months, '47200', 'ARTICLES', 'ABOUT', 'A'],
      ['vn-conference-events', 'CONFERENCE', months, '57000', 'EVENTS', 'MORE_THAN', 'A'],
      ['vn-conference-attendees', 'CONFERENCE', months, '2220000', 'ATTENDEES', 'ROUNDED', 'A'],
      ['vn-small-group-sessions', 'SMALL_GROUP', months, '197400', 'SESSIONS', 'ABOUT', 'A'],
      ['vn-small-group-attendees', 'SMALL_GROUP', months, '1400000', 'ATTENDEES', 'ABOUT', 'A'],
      [
        'vn-loudspeaker-broadcasts',
        'LOUDSPEAKER',
        months,
        '1600000',
        'BROADCASTS',
        'MORE_THAN',
        'A',
      ],
    ]);
  });

  test('the misprinted rate is marked, and its count is not', async () => {
    const data = await ask(
      'press-vn',
      `{ observations(where: {area: {code: "VN"}, timePeriod: "2022", scheme: "HEALTH_INSURANCE"}) {
           nodes { indicator value denominator obsStatus reason conflicts { code } } } }`,
    );
    const conflicts = [{ code: 'cf-vn-hi-rate-2022' }];
    expect(data.observations.nodes).toEqual([
      {
        indicator: 'COVERAGE_RATE',
        value: '94.04',
        denominator: 'POPULATION',
        obsStatus: 'U',
        reason: lowReliability,
        conflicts,
      },
      {
        indicator: 'PARTICIPANTS',
        value: '91074000',
        denominator: null,
        obsStatus: 'A',
        reason: null,
        conflicts,
      },
    ]);
    expect(await conflict('cf-vn-hi-rate-2022')).toMatchObject({
      kind: 'IMPOSSIBLE_VALUE',
      computedEvidence: '91074000 / (94.04 / 100) = 96846023',
    });
  });
});

describe('Nghệ An, 2016 (nghe-an-2017)', () => {
  itComesBack('nghe-an-2017', ['observations', 'targets', 'outputs']);

  test.each(readers)('revenue, debt and what exceeds the plan, as %s', async (agency) => {
    const data = await ask(
      agency,
      `{ observations(first: 50, where: {area: {code: "VN-NA"}, sourceId: "nghe-an-2017"}) { nodes {
           indicator baseIndicator scheme participantGroup timePeriod value unit denominator } } }`,
    );
    const all = { scheme: 'ALL_SCHEMES', participantGroup: 'ALL' };
    const year = { ...all, baseIndicator: null, timePeriod: '2016', denominator: null };
    const debt = { ...year, timePeriod: '2016-12-31' };
    const points = { value: '2.89', unit: 'PERCENTAGE_POINTS' };
    const overPlan = { baseIndicator: 'COVERAGE_RATE', unit: 'PERCENTAGE_POINTS' };
    expect(data.observations.nodes).toEqual(
      expect.arrayContaining(
        [
          { ...year, indicator: 'REVENUE', value: '4706950', unit: 'MILLION_VND' },
          {
            ...year,
            indicator: 'PLAN_ACHIEVEMENT',
            baseIndicator: 'REVENUE',
            value: '103.77',
            unit: 'PERCENT',
            denominator: 'PLAN',
          },
          {
            ...year,
            indicator: 'CHANGE_PP',
            baseIndicator: 'PLAN_ACHIEVEMENT',
            ...points,
            denominator: 'PREVIOUS_PERIOD',
          },
          { ...debt, indicator: 'CONTRIBUTION_DEBT', value: '70671', unit: 'MILLION_VND' },
          {
            ...debt,
            indicator: 'DEBT_TO_RECEIVABLE',
            value: '1.56',
            unit: 'PERCENT',
            denominator: 'RECEIVABLE',
          },
          {
            ...year,
            ...overPlan,
            indicator: 'PLAN_EXCEEDANCE',
            scheme: 'COMBINED',
            participantGroup: 'EMPLOYEES',
            value: '0.2',
            denominator: 'PLAN',
          },
          {
            ...year,
            ...overPlan,
            indicator: 'PLAN_EXCEEDANCE',
            scheme: 'HEALTH_INSURANCE',
            participantGroup: 'HOUSEHOLDS',
            value: '4.8',
            denominator: 'PLAN',
          },
        ].map((row) => expect.objectContaining(row) as unknown),
      ),
    );
  });

  test.each(readers)('sessions in words, contests and the monthly rhythm, as %s', async (as) => {
    const table = await series(as, 'area: {code: "VN-NA"}');
    const cells = table.map(({ code, measure, outputs, computedTotal, additiveOverTime }) => {
      expect(computedTotal).toBeNull();
      expect(outputs).toHaveLength(1);
      const { value, qualifier, obsStatus, reason } = outputs[0];
      return [code, measure, value, qualifier, obsStatus, reason, additiveOverTime];
    });
    const inWords = 'Missing: the source speaks of it without a number.';
    expect(cells).toEqual([
      ['na-sessions', 'SESSIONS', null, 'HUNDREDS', 'O', inWords, true],
      ['na-contests', 'EVENTS', '2', 'EXACT', 'A', null, true],
      ['na-contests', 'AREAS_COVERED', '4', 'EXACT', 'A', null, false],
      ['na-debtor-sessions', 'SESSIONS_PER_MONTH', '1', 'AT_LEAST', 'A', null, false],
    ]);
    expect(codes(table[1]!.conflicts)).toEqual(['cf-lc-form-classification']);
  });
});

describe('Điện Biên, 2019 to 2023 (dien-bien-2024)', () => {
  itComesBack('dien-bien-2024', ['observations', 'targets']);

  const coverage = (agency: string, timePeriod: string) =>
    ask(
      agency,
      `{ coverage(area: {code: "VN-DB"}, timePeriod: "${timePeriod}") { scheme participantGroup
           participants { value obsStatus } plan { value obsStatus }
           achievementPrinted { value qualifier } achievementComputed { value reason }
           changePrinted { value unit obsStatus } changeComputed { value reason } } }`,
    );
  const rowOf = (data: Node, scheme: string) =>
    data.coverage.find((row: Node) => row.scheme === scheme && row.participantGroup === 'ALL');

  test.each(readers)('counts and plans of 2022, as %s', async (agency) => {
    const data = await coverage(agency, '2022');
    expect(rowOf(data, 'COMPULSORY_SI')).toMatchObject({
      participants: { value: '32656', obsStatus: 'A' },
      plan: { value: '39223', obsStatus: 'A' },
      achievementPrinted: { value: '80', qualifier: 'JUST_OVER' },
      achievementComputed: { value: '83.26' },
    });
    expect(rowOf(data, 'VOLUNTARY_SI')).toMatchObject({
      participants: { value: '14390', obsStatus: 'A' },
      plan: { value: '21971', obsStatus: 'A' },
      achievementPrinted: { value: '70', qualifier: 'NEARLY' },
      achievementComputed: { value: '65.50' },
    });
    expect(rowOf(data, 'ALL_SCHEMES')).toMatchObject({
      participants: { value: '618406', obsStatus: 'A' },
      changePrinted: [{ value: '5644', unit: 'PERSONS' }],
    });
  });

  test.each(readers)('the impossible count of 2023 and what it spoils, as %s', async (agency) => {
    const data = await coverage(agency, '2023');
    expect(rowOf(data, 'VOLUNTARY_SI')).toMatchObject({
      participants: { value: '324469', obsStatus: 'U' },
      changePrinted: [{ value: '16229', unit: 'PERSONS', obsStatus: 'U' }],
      changeComputed: { value: null, reason: 'Not computed: an input has low reliability.' },
    });
    expect(rowOf(data, 'COMPULSORY_SI')).toMatchObject({
      participants: { value: '42184', obsStatus: 'A' },
      changePrinted: [{ value: '12', unit: 'PERCENT' }],
      changeComputed: { value: '9528' },
    });
    expect((await conflict('cf-db-vsi-2023')).rowIds).toContain('obs-db-vsi-participants-2023');
  });

  test.each(readers)('coverage rates stand with their different bases, as %s', async (agency) => {
    const data = await ask(
      agency,
      `{ observations(orderBy: FIGURE, where: {area: {code: "VN-DB"}, indicator: "COVERAGE_RATE"}) {
           nodes { scheme timePeriod value denominator conflicts { code } } } }`,
    );
    const cells = data.observations.nodes.map((node: Node) => [
      ...[node.scheme, node.timePeriod, node.value, node.denominator],
      ...codes(node.conflicts),
    ]);
    expect(cells).toEqual([
      ['HEALTH_INSURANCE', '2022-04-30', '95', 'NOT_STATED', 'cf-db-hi-rate-base'],
      ['HEALTH_INSURANCE', '2023-05', '92.5', 'POPULATION', 'cf-db-hi-rate-base'],
      ['SOCIAL_INSURANCE', '2022-04-30', '14', 'NOT_STATED', 'cf-db-si-rate-period'],
      ['SOCIAL_INSURANCE', null, '14', 'LABOUR_FORCE', 'cf-db-si-rate-period'],
    ]);
  });

  test('channels are named for it, and none is counted', async () => {
    const data = await ask(
      'press-vn',
      `{ outputSeries(area: {code: "VN-DB"}) { code }
         channelUses(first: 50, where: {area: {code: "VN-DB"}, status: "PROPOSED"}) {
           nodes { channel } } }`,
    );
    expect(data.outputSeries).toEqual([]);
    expect(data.channelUses.nodes.map((node: Node) => node.channel).sort()).toEqual([
      'OFFICIALS_NETWORK',
      'TRAINING',
      'VILLAGE_LEADER',
      'VILLAGE_MEETING',
    ]);
  });
});
