/** Must and must-never facts of debt, campaigns, partners, monthly enrolment and releases, by hand. */
import { expect } from 'vitest';
import { answer, never, type Fact } from './fact.ts';

const si = ['si-vn', 'si-dien-bien', 'si-lao-cai', 'si-nghe-an'];
const labour = ['labour-vn', 'labour-dien-bien', 'labour-nghe-an'];
const union = ['union-dien-bien', 'union-lao-cai', 'union-nghe-an'];
const press = ['press-vn', 'press-nghe-an'];
const readers = ['si-dien-bien', 'labour-lao-cai', 'union-nghe-an', 'press-vn'];
const keepers = ['audit-vn', 'steward-vn'];

const count = (field: string) => `{ ${field} { totalCount } }`;
const type = (name: string) => `{ __type(name: "${name}") { name } }`;
const dienBien = '{ code: "11", vintage: "2025-07" }';
const ngheAn = '{ code: "40", vintage: "2025-07" }';
const laoCai = '{ code: "15", vintage: "2025-07" }';
const within = (field: string, province: string) =>
  `{ ${field}(where: { within: ${province} }) { totalCount } }`;

const debtOfEmployers = ['employers', 'debtPositions', 'debtEvents', 'unionPresences'];
const debtInternal = ['obligations'];

const listSteps = [
  `draftStatutoryList(area: ${dienBien}, timePeriod: "2026-Q3", debtOn: "2026-09-30", paidUntil: "2026-10-14") { code }`,
  'transmitStatutoryList(list: "x") { code }',
  'approveStatutoryList(list: "x") { code }',
  'correctStatutoryList(list: "x", reason: "x", anew: true) { code }',
  'withdrawStatutoryList(list: "x", reason: "x") { code }',
  'discardStatutoryList(list: "x")',
];

const eventOf = (kind: string, more: string) =>
  `recordDebtEvent(event: { ${kind}: { employer: "x", on: "2026-01-05", ${more} } }) { code }`;
const planOf = (kind: string, more = '') =>
  `planDebtEvent(event: { ${kind}: { employer: "x", on: "2026-01-05" ${more} } }) { code }`;
const months = 'fromMonth: "2026-01", toMonth: "2026-02"';
const session = 'participants: ["x"]';
/** Steps of events and presences by who alone may take them, by hand from the law’s words. */
const eventSteps = {
  SI: [
    eventOf('reminder', 'document: "x"'),
    eventOf('settlement', 'amount: "1"'),
    eventOf('hardToCollect', 'cause: "ABSCONDED", from: "2026-01-01"'),
    'confirmUnionPresence(presence: "x") { code }',
    'refuseUnionPresence(presence: "x", reason: "x") { code }',
  ],
  LABOUR: [
    eventOf('inspection', 'note: "x"'),
    eventOf('sanction', 'document: "x", amount: "1"'),
    eventOf('suspension', `document: "x", ${months}`),
    planOf('inspection'),
    planOf('sanction'),
    'declineInspection(event: "x", reason: "x") { code }',
  ],
  SI_LABOUR: [
    eventOf('jointSession', session),
    eventOf('referral', 'note: "x"'),
    eventOf('forceMajeure', 'document: "x", cause: "FLOOD", from: "2026-01-01"'),
    planOf('jointSession', session),
    `correctDebtEvent(event: "x", reason: "x", as: { referral: { employer: "x", on: "2026-01-05", note: "x" } }) { code }`,
    'confirmDebtEvent(event: "x") { code }',
    'recordPromise(event: "x", kept: true) { code }',
  ],
  SI_UNION: [
    'proposeInspection(employer: "x", note: "x") { code }',
    'endUnionPresence(presence: "x", lastDay: "2026-01-05", reason: "x") { code }',
  ],
  SI_LABOUR_UNION: ['revokeDebtEvent(event: "x", reason: "x") { code }'],
  UNION: ['claimUnionPresence(unitCode: "x", nameVi: "x", since: "2026-01-05") { code }'],
} as const;
const stepsNotFor = {
  SI: ['LABOUR', 'UNION'],
  LABOUR: ['SI', 'SI_UNION', 'UNION'],
  UNION: ['SI', 'LABOUR', 'SI_LABOUR'],
} as const satisfies Record<string, readonly (keyof typeof eventSteps)[]>;
const noStep = (agencies: string[], groups: readonly (keyof typeof eventSteps)[]) =>
  groups
    .flatMap((group): readonly string[] => eventSteps[group])
    .flatMap((step) => never(agencies, `mutation { ${step} }`, 'no step of its own'));
const identification = `mutation { identifyDebt(area: ${dienBien}, asOf: "2026-09-30") { code } }`;
/** Without a row, so that nothing is recorded whoever may ask. */
const factSteps = [
  'recordEmployers(rows: [], source: "x") { inserted }',
  ...[
    'recordObligations',
    'recordPayments',
    'recordRegistrationDuties',
    'recordUnderdeclarations',
  ].map((name) => `${name}(rows: []) { inserted }`),
];
const collection = 'collection(where: { from: "2025" }) { timePeriod fellDue revenue }';
const collectionSteps = [
  'assignCollectionEstimate(input: { office: "office-tua-chua", timePeriod: "2026", measure: REVENUE, amount: "1", instrument: "x", assignedOn: "2026-01-01" }) { code }',
  'correctCollectionEstimate(estimate: "x", reason: "x") { code }',
];

const debt: readonly Fact[] = [
  // Each agency records its own acts; nobody says what another has done.
  ...noStep(['si-dien-bien'], stepsNotFor.SI),
  ...noStep(['labour-dien-bien'], stepsNotFor.LABOUR),
  ...noStep(['union-nghe-an'], stepsNotFor.UNION),
  ...noStep(['press-vn', ...keepers], Object.keys(eventSteps) as (keyof typeof eventSteps)[]),
  ...never(
    [...union, ...press],
    '{ debtEvents { nodes { takenUpAs { code } } } }',
    'no plan behind a proposal',
  ),
  // How much an office has to bring in, and does, is the insurer's own.
  ...answer(si, `{ ${collection} }`, 'what offices of its territory collect'),
  ...answer(si, count('collectionEstimates'), 'and are to collect'),
  ...[
    `{ ${collection} }`,
    count('collectionEstimates'),
    ...collectionSteps.map((step) => `mutation { ${step} }`),
  ].flatMap((text) =>
    never([...labour, ...union, ...press, ...keepers], text, 'nothing of what offices collect'),
  ),
  // SI and LABOUR their own territory; unions where they have members; the press the list alone.
  ...[...debtOfEmployers, ...debtInternal].flatMap((field) =>
    answer([...si, ...labour], count(field), `${field} of its territory`),
  ),
  ...debtOfEmployers.flatMap((field) =>
    answer(union, count(field), `${field} where it has members`),
  ),
  ...[...debtInternal].flatMap((field) =>
    never([...union, ...press], count(field), `no ${field}: not theirs to read`),
  ),
  ...debtOfEmployers.flatMap((field) =>
    never(press, count(field), `no ${field} but those on the statutory list`),
  ),
  ...['Employer', 'DebtPosition', 'Obligation', 'Payment', 'DebtEvent', 'UnionPresence'].flatMap(
    (name) => never([...press, ...keepers], type(name), `no type ${name}`, { by: 'NOTHING' }),
  ),
  ...never([...union, ...press], '{ debtSummary(by: STATE) { groups { amount } } }', 'no sums'),
  ...answer(
    [...si, ...labour],
    '{ debtPositions(first: 1) { nodes { funds { fund amount } } } }',
    'what is owed to each fund in its territory',
  ),
  ...[
    '{ debtPositions(first: 1) { nodes { funds { amount } } } }',
    '{ debtSummary(by: FUND) { groups { amount } } }',
  ].flatMap((question) =>
    never(
      [...union, ...press, ...keepers],
      question,
      'no fund: its share tells who pays in part and who is suspended',
    ),
  ),
  ...never([...union, ...press, ...keepers], type('FundDebt'), 'no type FundDebt', {
    by: 'NOTHING',
  }),
  ...answer(readers, count('statutoryListEntries'), 'the statutory list is public'),
  ...answer(
    ['press-vn', 'union-lao-cai'],
    within('statutoryListEntries', ngheAn),
    'and everywhere',
  ),
  ...never(keepers, count('statutoryListEntries'), 'no business data'),
  ...['legalParameters', 'legalFines'].flatMap((field) => [
    ...answer(readers, count(field), 'the law is public'),
    ...never(keepers, count(field), 'no business data'),
  ]),
  ...answer(readers, count('statutoryListNotices'), 'what was corrected is public', {
    holds: { statutoryListNotices: { totalCount: expect.any(Number) } },
  }),
  ...never(keepers, count('statutoryListNotices'), 'no business data'),
  ...answer(si, count('debtIdentifications'), 'runs of its territory', {
    holds: { debtIdentifications: { totalCount: expect.any(Number) } },
  }),
  ...[identification, count('debtIdentifications')].flatMap((step) =>
    never(
      [...labour, ...union, ...press, ...keepers],
      step,
      'no identification: the insurer’s work',
    ),
  ),
  ...answer(
    [...si, ...labour],
    '{ debtChanges(first: 1) { more } }',
    'what changed in its territory',
    {
      holds: { debtChanges: { more: expect.any(Boolean) } },
    },
  ),
  ...never(
    [...union, ...press, ...keepers],
    '{ debtChanges(first: 1) { cursor } }',
    'no work of inspectors, and no plan of theirs',
  ),
  ...never(
    ['si-nghe-an', 'labour-nghe-an', 'si-lao-cai'],
    `{ debtChanges(where: { within: ${dienBien} }) { changes { code } } }`,
    'no change in Điện Biên',
    { by: 'NOTHING' },
  ),
  ...['exportDebtPositions', 'exportDebtEvents', 'exportDebtChanges'].flatMap((field) =>
    never(
      [...union, ...press, ...keepers],
      `mutation { ${field} { url } }`,
      'no file of what inspectors work with',
    ),
  ),
  ...never(
    keepers,
    'mutation { exportStatutoryListEntries { url } }',
    'no file of business data for keepers',
  ),
  // Who makes the list alone draws it up, sees drafts, reasons, and whom it has removed.
  ...listSteps.flatMap((step) =>
    never([...labour, ...union, ...press, ...keepers], `mutation { ${step} }`, 'no step of a list'),
  ),
  ...factSteps.flatMap((step) =>
    never([...labour, ...union, ...press, ...keepers], `mutation { ${step} }`, 'no facts of debt'),
  ),
  ...['removedAt', 'unitCode legalBasis'].flatMap((fields) =>
    never(
      [...union, ...press],
      `{ statutoryListEntries { nodes { ${fields} } } }`,
      'no more than the law publishes',
    ),
  ),
  ...never(
    [...labour, ...union, ...press],
    '{ statutoryLists { nodes { naturalPersonsLeftOut correctionReason withdrawalReason } } }',
    'what its makers note is theirs',
  ),
  ...never(
    [...labour, ...union, ...press],
    '{ statutoryLists(where: { overdue: true }) { totalCount } }',
    'what is overdue is its makers’ affair',
  ),
  ...never(
    ['labour-dien-bien', ...union, ...press],
    '{ statutoryLists(where: { timePeriod: "2026-Q2" }) { nodes { code } } }',
    'no draft that was not transmitted',
    { by: 'NOTHING' },
  ),
  // Nobody’s territory is another’s.
  ...['employers', 'debtPositions', 'debtEvents'].flatMap((field) => [
    ...never(
      ['si-nghe-an', 'labour-nghe-an', 'union-nghe-an', 'si-lao-cai'],
      within(field, dienBien),
      `no ${field} of Điện Biên`,
      { by: 'NOTHING' },
    ),
    ...never(
      ['si-tua-chua', 'labour-dien-bien', 'union-dien-bien'],
      within(field, laoCai),
      `no ${field} of Lào Cai`,
      { by: 'NOTHING' },
    ),
  ]),
  // A union that claims members without the other side’s word sees no debt by it.
  ...never(
    union,
    '{ unionPresences(where: { confirmed: false }) { nodes { employer { nameVi } } } }',
    'no employer behind a mere claim',
    {
      by: 'NOTHING',
    },
  ),
  ...never(
    ['union-nghe-an'],
    '{ employers { nodes { obligations(first: 1) { balance } } } }',
    'no obligations by way of an employer',
  ),
];

const campaigns: readonly Fact[] = [
  ...['campaigns', 'activities', 'campaignOutputs', 'audiences', 'channelUses'].flatMap((field) => [
    ...answer(readers, count(field), `${field}: public facts`),
    ...never(keepers, count(field), `no ${field}`),
  ]),
  ...answer(
    si,
    '{ campaigns { nodes { costs { budget spent } } } }',
    'the budget of its own campaigns',
  ),
  ...[...labour, ...union, ...press].flatMap((agency) =>
    never([agency], '{ campaigns { nodes { costs { budget } } } }', 'nobody’s budget'),
  ),
  ...never([...labour, ...union, ...press], type('CampaignCost'), 'not even its type', {
    by: 'NOTHING',
  }),
];

const partners: readonly Fact[] = [
  ...['partners', 'coordinations', 'agentSystems', 'agentPoints', 'organisationFacts'].flatMap(
    (field) => [
      ...answer(readers, count(field), `${field}: public facts`),
      ...never(keepers, count(field), `no ${field}`),
    ],
  ),
  ...answer(si, count('agentTasks'), 'what it asked its agents to do'),
  ...never([...labour, ...union, ...press], count('agentTasks'), 'tasks are the insurer’s'),
];

const enrolment: readonly Fact[] = [
  ...answer([...si, ...labour], count('enrolmentMovements'), 'monthly enrolment of communes'),
  ...never([...union, ...press], count('enrolmentMovements'), 'communes’ counts are internal'),
  ...never(
    [...union, ...press, 'si-nghe-an'],
    '{ coverage(area: { code: "03217", vintage: "2025-07" }, timePeriod: "2026-06") { participants { value } } }',
    'nor by way of coverage',
    { by: 'NOTHING' },
  ),
  ...answer(
    ['si-tua-chua', 'labour-dien-bien'],
    '{ coverage(area: { code: "03217", vintage: "2025-07" }, timePeriod: "2026-06") { participants { value } } }',
    'a commune of its territory',
  ),
  ...answer(
    [...union, ...press],
    `{ coverage(area: ${dienBien}, timePeriod: "2026-06", scheme: "VOLUNTARY_SI") { participants { value source { nature } } } }`,
    'what a release has published of a province',
    { holds: { coverage: [{ participants: { source: { nature: 'SYNTHETIC' } } }] } },
  ),
];

const figures: readonly Fact[] = [
  ...answer(
    readers,
    `{ restatedTargets(area: { code: "11", vintage: "2025-06" }) { rule } }`,
    'what was asked of the parts of a province',
  ),
  ...never(keepers, `{ restatedTargets(area: ${dienBien}) { rule } }`, 'nor what was asked'),
  ...answer(
    [...readers, ...si],
    `{ series(area: ${laoCai}, indicator: "PARTICIPANTS", boundaries: CURRENT) { points { timePeriod } } }`,
    'series of what is published',
  ),
  ...never(
    keepers,
    `{ series(area: ${laoCai}, indicator: "PARTICIPANTS") { unit } }`,
    'no figures as series either',
  ),
  ...answer(
    readers,
    `{ availability(dataflow: "ENROLLMENT", area: ${dienBien}) { indicators { code } } }`,
    'for what there are figures',
  ),
  ...answer(
    readers,
    '{ observationChanges(first: 1) { changes { action id observation { value } } } }',
    'what a replica is kept by',
    { holds: { observationChanges: { changes: [{ action: 'REPLACE' }] } } },
  ),
  ...never(keepers, '{ observationChanges { cursor } }', 'no replica of figures'),
  ...never(
    [...union, ...press, 'si-nghe-an'],
    '{ observationChanges(where: { area: { code: "03217", vintage: "2025-07" } }) { changes { id } } }',
    'nor a commune by way of a replica',
    { by: 'NOTHING' },
  ),
  ...never(
    keepers,
    `{ availability(dataflow: "ENROLLMENT", area: ${dienBien}) { observations } }`,
    'nor how many there are',
  ),
  ...never(
    [...union, ...press, 'si-nghe-an'],
    '{ series(area: { code: "03217", vintage: "2025-07" }, indicator: "PARTICIPANTS") { points { preferred { value } } } }',
    'nor a commune by way of a series',
    { by: 'NOTHING' },
  ),
];

const communeOf = '{ code: "03217", vintage: "2025-07" }';
const flowsOf = (area: string, span: string) =>
  `{ enrolmentFlows(area: ${area}, scheme: "VOLUNTARY_SI", ${span}) { closing { value } residual { value } } }`;
const statistics: readonly string[] = [
  '{ targetGaps(area: { code: "VN" }, timePeriod: "2025") { line { value } } }',
  `{ changeContributions(area: { code: "11", vintage: "2025-06" }, timePeriod: "2025-03-31", scheme: "SOCIAL_INSURANCE") { residual { value } } }`,
  `{ coverageRanks(area: ${dienBien}, timePeriod: "2026-03-31", scheme: "VOLUNTARY_SI") { rank { rank } } }`,
  flowsOf('{ code: "VN-DB-TC" }', 'from: "2025", to: "2025"'),
];
const rules = '{ denominatorRules { code } targetLineRules { rule } }';

const coverageStatistics: readonly Fact[] = [
  ...[...statistics, rules].flatMap((question) => [
    ...answer(readers, question, 'what is computed from published figures'),
    ...never(keepers, question, 'no business data'),
  ]),
  ...answer(
    [...readers, ...keepers],
    '{ codeMappings(where: { relation: SAME }) { nodes { fromCode toCode basis } } }',
    'what a code means is everyone’s',
  ),
  ...answer(
    ['si-tua-chua', 'labour-dien-bien'],
    flowsOf(communeOf, 'from: "2025-07", to: "2026-06"'),
    'flows of a commune of its territory close',
    { holds: { enrolmentFlows: [{ residual: { value: '0' } }] } },
  ),
  ...never(
    [...union, ...press, 'si-nghe-an'],
    flowsOf(communeOf, 'from: "2025-07", to: "2026-06"'),
    'communes’ flows are internal',
    { by: 'NOTHING' },
  ),
];

const releases: readonly Fact[] = [
  ...answer([...readers, ...keepers], count('releases'), 'the calendar is everyone’s'),
  ...answer(
    ['press-vn', 'union-lao-cai', 'steward-vn'],
    '{ releases(where: { state: SCHEDULED }) { nodes { publishedAt } } }',
    'what is to come is announced',
    { holds: { releases: { nodes: expect.arrayContaining([{ publishedAt: null }]) } } },
  ),
  ...never(
    ['press-vn', 'union-lao-cai'],
    '{ releases { nodes { preparedBy } } }',
    'who made a release',
  ),
  ...never(
    ['press-vn', 'union-lao-cai'],
    '{ releases(where: { state: DRAFT }) { totalCount } }',
    'no drafts',
  ),
];

const simulated = `{ simulate(role: PRESS, territory: [${dienBien}]) {
  sdl scope { topic reach areaIds } } }`;
const explained = (name: string) =>
  `{ explainAccess(coordinate: "${name}") { exists needs sentence } }`;
const noSuchName = {
  explainAccess: { exists: false, needs: null, sentence: 'Your role has no such name.' },
};
const everyoneElse = [...readers, 'si-vn', 'labour-vn', 'steward-vn'];

const access: readonly Fact[] = [
  // Nobody but auditors simulates, and simulating shows a contract and no data.
  ...answer(['audit-vn'], simulated, 'what the press would meet', {
    holds: { simulate: { sdl: expect.stringContaining('type Query') } },
  }),
  ...never(everyoneElse, simulated, 'nobody else simulates'),
  ...['Simulation', 'GrantTopicInput'].flatMap((name) =>
    never(everyoneElse, type(name), `not even the type ${name}`, { by: 'NOTHING' }),
  ),
  ...never(['audit-vn'], '{ simulate(role: SI) { observations { value } } }', 'never data'),
  // Whoever asks is told of its own role; other roles’ names are no names.
  ...answer([...readers, ...keepers], explained('Query.viewer'), 'its own names', {
    holds: { explainAccess: { exists: true, needs: 'NOTHING' } },
    purpose: null,
  }),
  ...answer(
    everyoneElse,
    explained('Query.accessRecords'),
    'that there is a log is not theirs to know',
    { holds: noSuchName },
  ),
  ...answer(keepers, explained('Query.observations'), 'business data has no name for keepers', {
    holds: noSuchName,
  }),
  ...answer([...union, ...press], explained('ConfStatus.S'), 'why a cell is confidential', {
    holds: noSuchName,
  }),
  ...answer(press, explained('DebtPosition'), 'debt of employers', { holds: noSuchName }),
];

export const domainFacts: readonly Fact[] = [
  ...debt,
  ...campaigns,
  ...partners,
  ...enrolment,
  ...figures,
  ...coverageStatistics,
  ...releases,
  ...access,
];
