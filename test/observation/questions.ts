/** The usual questions about figures, as agencies ask them; their plans are read by a test and a bench. */

/** What the plan of a question must show. */
export interface UsualQuestion {
  readonly name: string;
  readonly agency: string;
  readonly question: string;
  /** Columns that an index is entered by. */
  readonly enteredBy: readonly string[];
  /** Whether indexes of published rows alone answer it. */
  readonly publishedOnly: boolean;
}

const nodes = 'totalCount nodes { refArea { code } timePeriod value obsStatus confStatus }';
const list = (where: string, order = 'FIGURE', fields = nodes) =>
  `{ observations(first: 200, orderBy: ${order}, where: { ${where} }) { ${fields} } }`;

const communes = 'areaKinds: [COMMUNE, WARD, TOWNSHIP, SPECIAL_ZONE]';
const ngheAn = 'within: { code: "40", vintage: "2025-07" }';
const voluntary = 'indicator: "PARTICIPANTS", scheme: "VOLUNTARY_SI"';

const questions = {
  'a province’s communes for a year': list(
    `${ngheAn}, ${communes}, ${voluntary}, from: "2026", to: "2026"`,
  ),
  'a province for a year': list(`${ngheAn}, ${voluntary}, from: "2026", to: "2026"`),
  'another province for a year': list(
    `within: { code: "11", vintage: "2025-07" }, ${voluntary}, from: "2026", to: "2026"`,
  ),
  // Last in the order of ids.
  'all of the last province': list('within: { code: "96", vintage: "2025-06" }'),
  anything: list('', 'FIGURE', nodes.replace('totalCount', '')),
  'anything, newest first': list('', 'PERIOD_DESC', nodes.replace('totalCount', '')),
  'a province in a month, newest first': list(
    `${ngheAn}, indicator: "PARTICIPANTS", timePeriod: "2026-03"`,
    'PERIOD_DESC',
  ),
  'the country’s provinces over ten years': list(
    `areaKinds: [PROVINCE, CITY], ${voluntary}, from: "2016", to: "2026"`,
    'PERIOD_ASC',
  ),
  'one commune’s full history': list('area: { code: "16681", vintage: "2025-07" }'),
  'a series of the country': list(
    'area: { code: "VN" }, indicator: "PARTICIPANTS", scheme: "SOCIAL_INSURANCE"',
    'PERIOD_DESC',
  ),
  'one month of everywhere': list(`${voluntary}, timePeriod: "2026-03"`),
  'a series over a reform': `{ series(area: { code: "15", vintage: "2025-07" }, indicator: "PARTICIPANTS",
    scheme: "VOLUNTARY_SI", boundaries: CURRENT) { points { timePeriod preferred { value } } } }`,
  'what there is of a province': `{ availability(dataflow: "ENROLLMENT", area: { code: "40", vintage: "2025-07" }) {
    observations indicators { code observations } timePeriods children { code } } }`,
  'a source': list('sourceId: "nghe-an-2017"'),
  'a figure': list('figureId: "demo-n/40@2025-07/VSI/2026-03"'),
};
type Name = keyof typeof questions;

const ask = (
  agency: string,
  name: Name,
  enteredBy: readonly string[],
  publishedOnly = false,
): UsualQuestion => ({ name, agency, question: questions[name], enteredBy, publishedOnly });

const province = ['province_id', 'indicator', 'period_start'];

export const usualQuestions: readonly UsualQuestion[] = [
  ...['si-vn', 'si-nghe-an'].flatMap((agency) => [
    ask(agency, 'a province’s communes for a year', []),
    ask(agency, 'a province for a year', province),
    ask(agency, 'a province in a month, newest first', province),
    ask(agency, 'the country’s provinces over ten years', []),
    ask(agency, 'one commune’s full history', ['area_id']),
    ask(agency, 'a series of the country', ['area_id', 'indicator', 'scheme']),
    ask(agency, 'one month of everywhere', ['indicator', 'period_start']),
    ask(agency, 'a series over a reform', ['area_id', 'indicator']),
    ask(agency, 'what there is of a province', ['area_id']),
    ask(agency, 'a source', ['source_id']),
    ask(agency, 'a figure', ['figure_id']),
  ]),
  ask('si-nghe-an', 'another province for a year', ['province_id']),
  ask('si-nghe-an', 'anything', []),
  ask('si-vn', 'anything', []),
  ask('si-vn', 'anything, newest first', []),
  ask('press-vn', 'anything', [], true),
  ask('si-vn', 'all of the last province', ['province_id']),
  ask('press-vn', 'a province’s communes for a year', [], true),
  ask('press-vn', 'a province for a year', [], true),
  ask('press-vn', 'the country’s provinces over ten years', [], true),
  ask('press-vn', 'one commune’s full history', [], true),
  ask('press-vn', 'a series of the country', [], true),
  ask('press-vn', 'one month of everywhere', [], true),
  ask('press-vn', 'a series over a reform', [], true),
  ask('press-vn', 'what there is of a province', [], true),
  ask('press-vn', 'a source', [], true),
];
