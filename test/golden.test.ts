/** The published figures come back to every reader alike, with source, locator and status. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGateway, storeKinds, type TestGateway } from './support/gateway.ts';

const readers = ['si-vn', 'labour-nghe-an', 'union-lao-cai', 'press-vn'];

/** What each reported figure must say beside its number. */
const figure = `fragment figure on RecordedObservation {
  value unit denominator obsStatus confStatus reason locator source { code } conflicts { code } }`;

interface Expected {
  readonly area: string;
  readonly period: string;
  readonly indicator: string;
  readonly scheme: string;
  readonly source: string;
  readonly locator: string;
  readonly value: string;
  readonly unit: string;
  readonly denominator?: string;
  readonly obsStatus?: string;
  readonly conflicts?: readonly string[];
}

const ngheAn = { area: 'VN-NA', source: 'nghe-an-2017', locator: 'answer 1, paragraph 2' };
const ngheAnMoney = { ...ngheAn, scheme: 'ALL_SCHEMES' };
const tuaChua = {
  area: 'VN-DB-TC',
  period: '2025',
  source: 'tua-chua-2025',
  locator: 'paragraph 11',
  conflicts: ['cf-tc-undated'],
};
const country = { area: 'VN', period: '2022', source: 'vss-2023' };
const wholePersons = { indicator: 'PARTICIPANTS', unit: 'PERSONS' };
const ofPlan = { indicator: 'PLAN_ACHIEVEMENT', unit: 'PERCENT', denominator: 'PLAN' };

const goldenFigures: readonly Expected[] = [
  {
    ...ngheAnMoney,
    period: '2016-12-31',
    indicator: 'CONTRIBUTION_DEBT',
    value: '70671',
    unit: 'MILLION_VND',
  },
  {
    ...ngheAnMoney,
    period: '2016-12-31',
    indicator: 'DEBT_TO_RECEIVABLE',
    value: '1.56',
    unit: 'PERCENT',
    denominator: 'RECEIVABLE',
  },
  { ...ngheAnMoney, period: '2016', indicator: 'REVENUE', value: '4706950', unit: 'MILLION_VND' },
  { ...ngheAnMoney, ...ofPlan, period: '2016', value: '103.77' },
  { ...tuaChua, ...wholePersons, scheme: 'COMPULSORY_SI', value: '3022' },
  { ...tuaChua, ...ofPlan, scheme: 'COMPULSORY_SI', value: '103.3' },
  { ...tuaChua, ...wholePersons, scheme: 'HEALTH_INSURANCE', value: '73700' },
  { ...tuaChua, ...wholePersons, scheme: 'VOLUNTARY_SI', value: '1255' },
  {
    ...tuaChua,
    indicator: 'CHANGE_ABS',
    scheme: 'VOLUNTARY_SI',
    value: '87',
    unit: 'PERSONS',
    denominator: 'PREVIOUS_PERIOD',
    conflicts: ['cf-tc-net-vs-gross', 'cf-tc-undated'],
  },
  {
    ...country,
    ...wholePersons,
    scheme: 'SOCIAL_INSURANCE',
    value: '17500000',
    locator: 'section 1, paragraph 5',
    conflicts: ['cf-vn-si-rate-base'],
  },
  {
    ...country,
    indicator: 'COVERAGE_RATE',
    scheme: 'SOCIAL_INSURANCE',
    value: '38.08',
    unit: 'PERCENT',
    denominator: 'LABOUR_FORCE',
    locator: 'section 1, paragraph 5',
    conflicts: ['cf-vn-si-rate-base'],
  },
  {
    ...country,
    ...wholePersons,
    scheme: 'HEALTH_INSURANCE',
    value: '91074000',
    locator: 'section 1, paragraph 6',
    conflicts: ['cf-vn-hi-rate-2022'],
  },
  {
    ...country,
    indicator: 'COVERAGE_RATE',
    scheme: 'HEALTH_INSURANCE',
    value: '94.04',
    unit: 'PERCENT',
    denominator: 'POPULATION',
    obsStatus: 'U',
    locator: 'section 1, paragraph 6',
    conflicts: ['cf-vn-hi-rate-2022'],
  },
];

const lowReliability =
  'Low reliability: proven or probably misprinted; do not add, plot or derive from it.';

function answerOf({ area, period, indicator, scheme, ...expected }: Expected) {
  const { source, denominator = null, obsStatus = 'A', conflicts = [], ...rest } = expected;
  return {
    ...rest,
    denominator,
    obsStatus,
    confStatus: 'F',
    reason: obsStatus === 'U' ? lowReliability : null,
    source: { code: source },
    conflicts: conflicts.map((code) => ({ code })),
  };
}

const question = ({ area, period, indicator, scheme }: Expected, i: number) =>
  `f${i}: observations(first: 5, where: {area: {code: "${area}"}, timePeriod: "${period}",
    indicator: "${indicator}", scheme: "${scheme}", participantGroup: "ALL"}) { nodes { ...figure } }`;

describe.each(storeKinds)('published figures on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind });
  });
  afterAll(() => gateway.close());

  /** The row of a scheme in the coverage of an area and period. */
  async function coverage(
    agency: string,
    area: string,
    period: string,
    scheme: string,
    fields: string,
    source = area === 'VN' ? 'vss-2023' : area === 'VN-DB' ? 'dien-bien-2024' : 'tua-chua-2025',
  ) {
    const { data, errors } = await gateway.ask(
      agency,
      `{ coverage(area: {code: "${area}"}, timePeriod: "${period}", scheme: "${scheme}") { sourceCode ${fields} } }
       ${fields.includes('...figure') ? figure : ''}`,
    );
    expect(errors).toEqual([]);
    // Other sources have rows of their own.
    const rows = data.coverage.filter((row: { sourceCode: string }) => row.sourceCode === source);
    expect(rows).toHaveLength(1);
    const { sourceCode: _, ...row } = rows[0] as Record<string, unknown>;
    return row;
  }

  test.each(readers)('every golden figure as %s', async (agency) => {
    const { data, errors } = await gateway.ask(
      agency,
      `{ ${goldenFigures.map(question).join('\n')} } ${figure}`,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual(
      Object.fromEntries(goldenFigures.map((one, i) => [`f${i}`, { nodes: [answerOf(one)] }])),
    );
  });

  test.each(readers)('coverage of Điện Biên 2022 as %s', async (agency) => {
    const fields = `scheme participants { value obsStatus locator source { code } }
      plan { value obsStatus locator source { code } }
      achievementComputed { value unit obsStatus formula } achievementPrinted { value qualifier }
      achievementDiffers achievementDifference { value unit formula }`;
    const printed = {
      obsStatus: 'A',
      locator: 'section 4, paragraph 3',
      source: { code: 'dien-bien-2024' },
    };
    expect(await coverage(agency, 'VN-DB', '2022', 'COMPULSORY_SI', fields)).toEqual({
      scheme: 'COMPULSORY_SI',
      participants: { ...printed, value: '32656' },
      plan: { ...printed, value: '39223' },
      achievementComputed: {
        value: '83.26',
        unit: 'PERCENT',
        obsStatus: 'A',
        formula: '32656 / 39223 * 100 = 83.26',
      },
      achievementPrinted: { value: '80', qualifier: 'JUST_OVER' },
      achievementDiffers: true,
      achievementDifference: {
        value: '-3.26',
        unit: 'PERCENTAGE_POINTS',
        formula: '80 - 83.26 = -3.26',
      },
    });
    expect(await coverage(agency, 'VN-DB', '2022', 'VOLUNTARY_SI', fields)).toEqual({
      scheme: 'VOLUNTARY_SI',
      participants: { ...printed, value: '14390' },
      plan: { ...printed, value: '21971' },
      achievementComputed: {
        value: '65.50',
        unit: 'PERCENT',
        obsStatus: 'A',
        formula: '14390 / 21971 * 100 = 65.50',
      },
      achievementPrinted: { value: '70', qualifier: 'NEARLY' },
      achievementDiffers: true,
      achievementDifference: {
        value: '4.50',
        unit: 'PERCENTAGE_POINTS',
        formula: '70 - 65.5 = 4.50',
      },
    });
  });

  test.each(readers)('a contradiction stands side by side, marked, as %s', async (agency) => {
    const row = await coverage(
      agency,
      'VN-DB',
      '2023',
      'COMPULSORY_SI',
      `changePrinted { value unit conflicts { code } }
       changeComputed { value unit formula derivedFrom { value timePeriod } conflicts { code } }
       relativeChangeComputed { value unit obsStatus formula conflicts { code } }`,
    );
    const growth = expect.arrayContaining([{ code: 'cf-db-csi-growth' }]) as unknown;
    expect(row).toEqual({
      changePrinted: [{ value: '12', unit: 'PERCENT', conflicts: growth }],
      changeComputed: {
        value: '9528',
        unit: 'PERSONS',
        formula: '42184 - 32656 = 9528',
        derivedFrom: [
          { value: '42184', timePeriod: '2023' },
          { value: '32656', timePeriod: '2022' },
        ],
        conflicts: growth,
      },
      relativeChangeComputed: {
        value: '29.18',
        unit: 'PERCENT',
        obsStatus: 'A',
        formula: '(42184 / 32656 - 1) * 100 = 29.18',
        conflicts: growth,
      },
    });
  });

  test.each(readers)(
    'an unreliable figure is shown and never computed with, as %s',
    async (agency) => {
      const row = await coverage(
        agency,
        'VN-DB',
        '2023',
        'VOLUNTARY_SI',
        `participants { ...figure } changePrinted { value obsStatus reason }
       changeComputed { value decimals obsStatus reason formula }
       relativeChangeComputed { value decimals obsStatus reason formula }
       achievementComputed { value obsStatus reason } plan { value obsStatus reason }`,
      );
      const notComputed = {
        value: null,
        decimals: null,
        obsStatus: 'O',
        reason: 'Not computed: an input has low reliability.',
        formula: '',
      };
      expect(row).toMatchObject({
        participants: { value: '324469', obsStatus: 'U', reason: lowReliability },
        changePrinted: [{ value: '16229', obsStatus: 'U', reason: lowReliability }],
        changeComputed: notComputed,
        relativeChangeComputed: notComputed,
        achievementComputed: {
          value: null,
          obsStatus: 'O',
          reason: 'Not computed: an input has no value.',
        },
        plan: { value: null, obsStatus: 'L' },
      });
    },
  );

  test.each(readers)('what is not printed is never filled in, as %s', async (agency) => {
    const fields = `participants { value } plan { value obsStatus } achievementPrinted { value }
      achievementComputed { value obsStatus reason } changeComputed { value } changePrinted { value }
      ratePrinted { value obsStatus } rateComputed { value reason } denominatorFigure { value }`;
    const nothing = {
      changeComputed: null,
      ratePrinted: null,
      rateComputed: {
        value: null,
        reason:
          'Not computed: the figure that the rate is a share of is not known for this area and period.',
      },
      denominatorFigure: null,
    };
    expect(await coverage(agency, 'VN-DB-TC', '2025', 'COMPULSORY_SI', fields)).toEqual({
      ...nothing,
      participants: { value: '3022' },
      plan: { value: null, obsStatus: 'L' },
      achievementPrinted: { value: '103.3' },
      achievementComputed: {
        value: null,
        obsStatus: 'L',
        reason: 'Not computed: an input has no value.',
      },
      changePrinted: [],
    });
    expect(await coverage(agency, 'VN-DB-TC', '2025', 'VOLUNTARY_SI', fields)).toEqual({
      ...nothing,
      participants: { value: '1255' },
      plan: null,
      achievementPrinted: null,
      achievementComputed: null,
      changePrinted: [{ value: '87' }],
    });
    expect(await coverage(agency, 'VN', '2022', 'HEALTH_INSURANCE', fields)).toEqual({
      ...nothing,
      // A statistics office knows the population of that year: the printed rate is a misprint indeed.
      rateComputed: { value: '91.56', reason: null },
      denominatorFigure: { value: '99467926' },
      participants: { value: '91074000' },
      plan: null,
      achievementPrinted: null,
      achievementComputed: null,
      changePrinted: [],
      ratePrinted: { value: '94.04', obsStatus: 'U' },
    });
  });

  test.each(readers)('unprinted plans, as their conflicts compute them, as %s', async (agency) => {
    const plans = [
      ['VN-DB', '2023-05', 'SOCIAL_INSURANCE', '56640', '50749 / (89.6 / 100) = 56640'],
      ['VN-DB', '2023-05', 'HEALTH_INSURANCE', '614649', '596210 / (97 / 100) = 614649'],
      ['VN-DB', '2023', 'COMPULSORY_SI', '50556', '42184 / (83.44 / 100) = 50556'],
      ['VN-DB-TC', '2025', 'COMPULSORY_SI', '2925', '3022 / (103.3 / 100) = 2925'],
      ['VN-DB-TC', '2025', 'HEALTH_INSURANCE', '73553', '73700 / (100.2 / 100) = 73553'],
    ] as const;
    for (const [area, period, scheme, value, formula] of plans) {
      const fields = 'plan { value } planComputed { value unit formula derivedFrom { value } }';
      const row = await coverage(agency, area, period, scheme, fields);
      expect(row).toMatchObject({
        plan: { value: null },
        planComputed: { value, unit: 'PERSONS', formula },
      });
    }
    // The count behind the ratio is a misprint, so nothing leads back to the plan.
    const fields = 'planComputed { value }';
    expect(await coverage(agency, 'VN-DB', '2023', 'VOLUNTARY_SI', fields)).toEqual({
      planComputed: null,
    });
  });

  test.each(readers)('738 joined, but only 87 more: as %s', async (agency) => {
    const { data, errors } = await gateway.ask(
      agency,
      `{ enrolmentFlows(area: {code: "VN-DB-TC"}, scheme: "VOLUNTARY_SI", from: "2025", to: "2025") {
           sourceCode opening { ...F } joined { ...F } returned { ...F } left { ...F } closing { ...F }
           netChange { ...F } residual { ...F } leftOrUnexplained { ...F conflicts { code } }
           leftByReason { reason figure { ...F } } } }
       fragment F on Observation { value unit reason ... on DerivedObservation { formula } }`,
    );
    expect(errors).toEqual([]);
    const told = (value: string) => ({ value, unit: 'PERSONS', reason: null });
    const silent = {
      value: null,
      unit: 'PERSONS',
      reason: 'Missing: no figure of it is there for the caller.',
      formula: '',
    };
    const reasons = [
      'ONE_TIME_WITHDRAWAL',
      'PENSION',
      'OTHER_SCHEME',
      'MOVED_AWAY',
      'STOPPED_PAYING',
    ];
    expect(data.enrolmentFlows).toEqual([
      {
        sourceCode: 'tua-chua-2025',
        opening: { ...told('1168'), formula: '1255 - 87 = 1168' },
        joined: told('738'),
        returned: silent,
        left: silent,
        leftByReason: reasons.map((reason) => ({ reason, figure: silent })),
        closing: told('1255'),
        netChange: told('87'),
        residual: { ...silent, reason: 'Not computed: an input has no value.' },
        leftOrUnexplained: {
          ...told('651'),
          formula: '738 - 87 = 651',
          conflicts: ['cf-tc-net-vs-gross', 'cf-tc-november', 'cf-tc-undated'].map((code) => ({
            code,
          })),
        },
      },
    ]);
  });

  test('reasons are told in Vietnamese to whoever prefers it', async () => {
    const { data } = await gateway.ask(
      'press-vn',
      `{ observations(where: {figureId: "obs-vn-hi-coverage-2022"}) { nodes { reason } } }`,
      { headers: { 'accept-language': 'vi' } },
    );
    expect(data.observations.nodes[0].reason).toMatch(/^Độ tin cậy thấp/);
  });
});
