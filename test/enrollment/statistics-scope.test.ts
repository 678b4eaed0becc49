/** What coverage computes tells nobody of internal, confidential, withdrawn or embargoed figures. */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertRows, markedRow } from '../marks.ts';
import { openGateway, storeKindsAtLength, type TestGateway } from '../support/gateway.ts';

type More = Readonly<Record<string, unknown>>;
const year = (time_period: string, more: More = {}) => ({
  time_period,
  sex: '_T',
  residence: '_T',
  ...more,
});
const count = (figure: string, area: string, value: string, more: More = {}) =>
  markedRow([figure, area, 'ENROLLMENT'], 'PUBLISHED', { ...year('2031', more), value });
const population = (figure: string, area: string, value: string, more: More = {}) =>
  markedRow([figure, area, 'POPULATION'], 'PUBLISHED', {
    ...year('2031', more),
    scheme: null,
    value,
  });
const internal = { audience: 'INTERNAL', conf_status: 'N', published_at: null };
const embargoed = { published_at: '2999-01-01' };
const withdrawn = { withdrawn_at: '2026-02-01' };
const suppressed = {
  has_internal: true,
  value: null,
  decimals: null,
  obs_status: 'Q',
  conf_status: 'C',
};
/** A suppressed cell: nothing for everyone, the value for insiders. */
const twin = (figure: string, area: string, value: string, more: More = {}) => [
  { ...count(figure, area, value, more), ...suppressed },
  { ...count(figure, area, value, more), ...internal, id: `row-internal-${figure}` },
];

const [dienBien, ngheAn, laoCai] = ['11@2025-07', '40@2025-07', '15@2025-07'];
const schemes = (values: Readonly<Record<string, string>>, time: string) =>
  Object.entries(values).map(([scheme, value]) =>
    count(`open-${scheme}-${time}`, dienBien, value, { ...year(time), scheme }),
  );

const open = [
  count('open-db', dienBien, '300'),
  count('open-db-before', dienBien, '200', year('2030')),
  count('open-na', ngheAn, '500'),
  population('open-pop-db', dienBien, '1000'),
  population('open-pop-na', ngheAn, '2000'),
  ...schemes({ SOCIAL_INSURANCE: '150', COMPULSORY_SI: '100', VOLUNTARY_SI: '47' }, '2030'),
  ...schemes({ SOCIAL_INSURANCE: '165', COMPULSORY_SI: '120', VOLUNTARY_SI: '40' }, '2031'),
];

const values = ['90771', '90772', '90773', '90774', '90775', '90776', '90777', '90778', '90779'];
const [a, b, c, d, e, f, g, h, i] = values as [
  string,
  ...[string, string, string, string, string, string, string, string],
];
const hidden = [
  { ...count('hidden-lc', laoCai, a), ...internal },
  { ...population('hidden-pop-lc', laoCai, b), ...internal },
  { ...count('hidden-embargo', '01@2025-07', c), ...embargoed },
  { ...count('hidden-embargo-pop', '79@2025-07', d), ...embargoed },
  { ...count('hidden-withdrawn', '48@2025-07', e), ...withdrawn },
  { ...population('hidden-pop-embargo', dienBien, f, year('2030')), ...embargoed },
  { ...count('hidden-joined', dienBien, g, { indicator: 'NEW_PARTICIPANTS' }), ...internal },
  {
    ...count('hidden-group', dienBien, h, { scheme: 'VOLUNTARY_SI', participant_group: 'WORKERS' }),
    ...internal,
  },
  ...twin('hidden-twin', '04@2025-07', i),
];

const area = '{ code: "11", vintage: "2025-07" }';
const fragment = `fragment F on Observation { value obsStatus confStatus reason unit denominator timePeriod
  ... on DerivedObservation { formula derivedFrom { value obsStatus } } }`;
const rank = (measure: string, of = area) =>
  `{ coverageRanks(area: ${of}, timePeriod: "2031", scheme: "HEALTH_INSURANCE", measure: ${measure}) {
      denominator siblings ranked withoutValue rank { rank } ranks { rank refArea { code } figure { ...F } } } } ${fragment}`;
const measures = ['PARTICIPANTS', 'RATE_PRINTED', 'RATE_COMPUTED', 'PLAN_ACHIEVEMENT'];
const ranks = measures.map((measure) => rank(measure));
const others = [
  `{ coverage(area: ${area}, timePeriod: "2031") { scheme participants { ...F } rateComputed { ...F }
      rateChangeComputed { ...F } changeComputed { ...F } others { value } } } ${fragment}`,
  `{ targetGaps(area: ${area}, timePeriod: "2031") { rate { ...F } line { ...F } gap { ...F } gapPersons { ...F }
      pace { ...F } pacePersons { ...F } } } ${fragment}`,
  `{ changeContributions(area: ${area}, timePeriod: "2031", scheme: "SOCIAL_INSURANCE") { change { ...F }
      parts { scheme participantGroup change { ...F } points { ...F } } residual { ...F } residualPoints { ...F } } } ${fragment}`,
  `{ changeContributions(area: ${area}, timePeriod: "2031", scheme: "VOLUNTARY_SI") { residual { ...F } } } ${fragment}`,
  `{ enrolmentFlows(area: ${area}, scheme: "HEALTH_INSURANCE", from: "2031", to: "2031") { opening { ...F }
      joined { ...F } left { ...F } closing { ...F } netChange { ...F } residual { ...F } leftOrUnexplained { ...F } } } ${fragment}`,
];

describe.each(storeKindsAtLength)('computed coverage on %s', (kind) => {
  let plain: TestGateway;
  let marked: TestGateway;
  beforeAll(async () => {
    const prepare = (rows: readonly object[]) => (owner: pg.Pool) =>
      insertRows(owner, 'observation', rows);
    plain = await openGateway({ kind, prepare: prepare(open) });
    marked = await openGateway({ kind, prepare: prepare([...open, ...hidden]) });
  });
  afterAll(async () => {
    await plain.close();
    await marked.close();
  });

  test.each(['press-vn', 'union-dien-bien', 'union-lao-cai', 'labour-nghe-an', 'si-nghe-an'])(
    'is the same for %s, byte by byte, with and without what it may not read',
    async (agency) => {
      for (const question of [...ranks, ...others]) {
        const [one, other] = [
          await plain.ask(agency, question),
          await marked.ask(agency, question),
        ];
        expect(one.errors).toEqual([]);
        expect(other.text).toBe(one.text);
        for (const value of values) expect(other.text).not.toContain(value);
      }
    },
  );

  test.each(['si-vn', 'si-lao-cai', 'labour-vn', 'labour-lao-cai'])(
    'ranks are over published values for %s too, who may read the internal ones',
    async (agency) => {
      for (const question of [
        ...ranks,
        rank('PARTICIPANTS', '{ code: "15", vintage: "2025-07" }'),
      ]) {
        const [one, other] = [
          await plain.ask(agency, question),
          await marked.ask(agency, question),
        ];
        expect(one.errors).toEqual([]);
        expect(other.text).toBe(one.text);
      }
    },
  );

  test('and they rank: two of thirty-four, in the order of counts and of rates', async () => {
    const { data } = await marked.ask('press-vn', rank('PARTICIPANTS'));
    expect(data.coverageRanks).toMatchObject([
      {
        siblings: 34,
        ranked: 2,
        withoutValue: 32,
        rank: { rank: 2 },
        ranks: [{ refArea: { code: '40' } }, { refArea: { code: '11' } }],
      },
    ]);
    const rates = await marked.ask('press-vn', rank('RATE_COMPUTED'));
    expect(rates.data.coverageRanks).toMatchObject([
      {
        denominator: 'POPULATION',
        rank: { rank: 1 },
        ranks: [{ figure: { value: '30.00' } }, { figure: { value: '25.00' } }],
      },
    ]);
  });

  test('an insider’s own labour force and population count for its own rates', async () => {
    const question = `{ coverage(area: { code: "15", vintage: "2025-07" }, timePeriod: "2031") {
      participants { value } rateComputed { value confStatus derivedFrom { value } } } }`;
    const { data } = await marked.ask('si-lao-cai', question);
    expect(data.coverage).toEqual([
      {
        participants: { value: a },
        rateComputed: {
          value: '100.00',
          confStatus: 'N',
          derivedFrom: [{ value: a }, { value: b }],
        },
      },
    ]);
    expect((await marked.ask('press-vn', question)).data.coverage).toEqual([]);
  });

  test.each(['audit-vn', 'steward-vn'])('%s knows none of it', async (agency) => {
    for (const question of [...ranks, ...others, '{ denominatorRules { code } }']) {
      const { errors } = await marked.ask(agency, question);
      expect(errors[0]?.extensions.code).toBe('DOCUMENT_INVALID');
    }
  });

  test.each([
    ['from: "2025-02", to: "2025-01"', 'SPAN_NOT_MONTHS'],
    ['from: "2025-01-15", to: "2025-02"', 'SPAN_NOT_MONTHS'],
    ['from: "1900", to: "2025"', 'SPAN_NOT_MONTHS'],
    ['from: "x", to: "2025"', 'PERIOD_MALFORMED'],
  ])('a span {%s} is refused with %s', async (span, code) => {
    const question = `{ enrolmentFlows(area: ${area}, scheme: "HEALTH_INSURANCE", ${span}) { sourceCode } }`;
    const { errors } = await marked.ask('press-vn', question);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual([code]);
  });
});
