/** What each role must and must never get: written by hand from the design, not from the policy. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditFacts } from './audit-facts.ts';
import { domainFacts } from './domain-facts.ts';
import { answer, never, type Fact } from './fact.ts';
import { openGateway, storeKindsAtLength, type TestGateway } from '../support/gateway.ts';

const si = ['si-vn', 'si-dien-bien', 'si-tua-chua'];
const union = ['union-dien-bien', 'union-lao-cai'];
const press = ['press-vn', 'press-nghe-an'];
const readers = ['si-lao-cai', 'labour-vn', 'union-nghe-an', 'press-vn'];
const everyone = [...readers, 'audit-vn', 'steward-vn'];

const figure = (id: string) =>
  `{ observations(where: { figureId: "${id}" }) { totalCount nodes { value } } }`;
const one = (value: string | null) => ({ observations: { totalCount: 1, nodes: [{ value }] } });

const linkTo = 'mutation { exportObservations(where: { scheme: "HEALTH_INSURANCE" }) { url } }';
const linkToSeries = `mutation { exportSeries(area: { code: "11", vintage: "2025-07" }, indicator: "PARTICIPANTS") { url } }`;
const linkToTargets = 'mutation { exportTargets(where: { kind: QUANTIFIED }) { url } }';
const withheld = `{ observations(where: { figureId: "obs-tc-hi-households-new-2025-11" }) {
  totalCount nodes { value obsStatus confStatus reason } } }`;
const oneWithheld = (node: object) => ({ observations: { totalCount: 1, nodes: [node] } });
const suppressed = oneWithheld({
  value: null,
  obsStatus: 'Q',
  confStatus: 'C',
  reason: 'Suppressed: the figure is confidential.',
});
const known = oneWithheld({
  value: '4',
  obsStatus: 'A',
  confStatus: expect.stringMatching(/^[A-Z]$/),
});

const values = (type: string) => `{ __type(name: "${type}") { enumValues { name } } }`;
const operations = '{ __schema { mutationType { name } subscriptionType { name } } }';
const mutationsOf = '{ __schema { mutationType { fields { name } } } }';
const offering = (...names: string[]) => ({
  __schema: {
    mutationType: { fields: expect.arrayContaining(names.map((name) => ({ name }))) },
  },
});
const directives = '{ __schema { directives { name } } }';
const internal = (areaIds: unknown) => ({
  viewer: {
    territory: expect.arrayContaining([{ topic: 'ENROLLMENT', reach: 'INTERNAL', areaIds }]),
  },
});
const publishedOnly = {
  viewer: {
    territory: expect.arrayContaining([{ topic: 'ENROLLMENT', reach: 'PUBLISHED', areaIds: [] }]),
  },
};
const territory = '{ viewer { territory { topic reach areaIds } } }';
const globalId = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64');
const nodeOf = (type: string, id: string) => `{ node(id: "${globalId(type, id)}") { id } }`;

const list: readonly Fact[] = [
  ...domainFacts,
  ...auditFacts,

  // Whoever asks, learns who it is; there are no streams yet.
  ...answer(everyone, '{ viewer { agency role grants { code } } }', 'who am I, on which grants'),
  ...answer(everyone, operations, 'no subscription for anyone', {
    holds: { __schema: { mutationType: { name: 'Mutation' }, subscriptionType: null } },
  }),
  ...answer(['si-vn', 'audit-vn'], directives, 'no @defer and no @stream', {
    holds: {
      __schema: {
        directives: ['deprecated', 'include', 'oneOf', 'skip', 'specifiedBy'].map((name) => ({
          name,
        })),
      },
    },
  }),
  ...answer(
    ['audit-vn', 'steward-vn'],
    '{ areas(first: 1) { nodes { nameVi } } offices(first: 1) { nodes { nameVi } } areaCorrections(first: 1) { nodes { reason } } }',
    'reference data',
  ),

  // What is published is published for all readers, everywhere.
  ...answer(
    [...readers, ...press],
    figure('obs-db-csi-participants-2022'),
    'Điện Biên, enrolment',
    {
      holds: one('32656'),
    },
  ),
  ...answer(['si-lao-cai', ...union, ...press], figure('obs-na-debt-2016'), 'Nghệ An, debt total', {
    holds: one('70671'),
  }),
  ...answer(['press-nghe-an', 'si-nghe-an'], figure('obs-tc-csi-participants-2025'), 'Tủa Chùa', {
    holds: one('3022'),
  }),
  ...answer(readers, '{ targets(first: 1) { nodes { value } } }', 'published plans'),
  ...answer(
    readers,
    '{ conflicts(first: 1) { nodes { statement } } }',
    'where figures are in doubt',
  ),
  ...answer(['press-vn'], '{ sources { nodes { title nature } } }', 'where figures come from'),
  ...answer(
    ['union-dien-bien'],
    '{ instruments(first: 1) { nodes { code } } }',
    'the acts behind plans',
  ),

  // The small count is for those whose territory it is, and nobody meets it twice.
  ...answer([...si, 'labour-dien-bien', 'labour-vn'], withheld, 'internal, own territory', {
    holds: known,
  }),
  ...answer(
    ['si-lao-cai', 'si-nghe-an', 'labour-nghe-an', 'labour-lao-cai'],
    withheld,
    'elsewhere',
    {
      holds: suppressed,
    },
  ),
  ...answer(
    [...union, 'union-nghe-an', ...press],
    withheld,
    'published rows only, in one’s own province too',
    {
      holds: suppressed,
    },
  ),

  // Why a cell is confidential stays with those who hold it.
  ...answer([...union, ...press], values('ConfStatus'), 'free or confidential, and no reason', {
    holds: { __type: { enumValues: [{ name: 'C' }, { name: 'F' }] } },
  }),
  ...answer(['si-vn', 'labour-vn'], values('ConfStatus'), 'small count, dominance, secondary', {
    holds: {
      __type: {
        enumValues: expect.arrayContaining(['A', 'O', 'D', 'S'].map((name) => ({ name }))),
      },
    },
  }),

  // Territory: SI and LABOUR their own, unions and the press none.
  ...answer(['si-vn', 'labour-vn'], territory, 'the whole country', {
    holds: internal(expect.arrayContaining(['VN@2025-06'])),
  }),
  ...answer(['si-dien-bien', 'labour-dien-bien'], territory, 'its province, today and before', {
    holds: internal(expect.arrayContaining(['11@2025-07', '11@2025-06'])),
  }),
  ...answer(['si-dien-bien', 'labour-dien-bien'], territory, 'and no other province', {
    holds: internal(expect.not.arrayContaining(['15@2025-07'])),
  }),
  ...answer(['si-lao-cai'], territory, 'both provinces that Lào Cai was made of', {
    holds: internal(expect.arrayContaining(['15@2025-07', '10@2025-06', '15@2025-06'])),
  }),
  ...answer(['union-dien-bien', ...press], territory, 'published rows only', {
    holds: publishedOnly,
  }),

  // The register is the stewards’ to change, agreements their parties’; auditors and the press open nothing.
  ...answer(['si-vn', 'labour-vn', 'union-nghe-an', 'steward-vn'], mutationsOf, 'drafting', {
    holds: offering('draftAgreement', 'approveAgreement', 'narrowAgreement', 'endAgreement'),
  }),
  ...answer(['press-vn'], mutationsOf, 'the press may end its accreditation', {
    holds: offering('endAgreement'),
  }),
  ...answer(['steward-vn'], mutationsOf, 'registering', {
    holds: offering(
      'registerAgency',
      'registerApplication',
      'registerIssuer',
      'approveRegistration',
    ),
  }),
  ...never(
    [...readers, 'audit-vn'],
    'mutation { registerAgency(code: "new-one", nameVi: "x", nameEn: "x", role: SI) { code } }',
    'registering an agency',
    { by: 'NO_SUCH_NAME' },
  ),
  ...never(
    [...readers, 'audit-vn'],
    'mutation { approveRegistration(kind: AGENCY, code: "press-vn") { code } }',
    'approving a registration',
    { by: 'NO_SUCH_NAME' },
  ),
  ...never(
    ['press-vn', 'audit-vn'],
    'mutation { approveAgreement(code: "grant-press-vn") { code } }',
    'approving an agreement',
    { by: 'NO_SUCH_NAME' },
  ),
  ...never(
    ['audit-vn'],
    'mutation { endAgreement(code: "grant-audit-vn", reason: "x") { code } }',
    'ending an agreement as an auditor',
    { by: 'NO_SUCH_NAME' },
  ),
  ...answer(everyone, '{ agreements(first: 1) { nodes { code state } } }', 'its own agreements'),
  ...answer(
    ['press-vn'],
    '{ agreements(where: { provider: "si-nghe-an", consumer: "labour-nghe-an" }) { totalCount } }',
    'no agreement of others',
    { holds: { agreements: { totalCount: 0 } } },
  ),
  ...answer(everyone, '{ purposes { code legalBasisVi topics { topic reach } } }', 'purposes'),
  ...never([...readers], '{ applications(first: 1) { totalCount } }', 'programs of others', {
    by: 'NO_SUCH_NAME',
  }),
  ...never([...readers], '{ issuers(first: 1) { totalCount } }', 'issuers', { by: 'NO_SUCH_NAME' }),
  // Statistics are figures on areas and groups, never on one unit.
  ...answer(['labour-dien-bien', 'si-vn'], territory, 'debts as published for statistics', {
    purpose: 'STATISTICS',
    holds: {
      viewer: {
        territory: expect.arrayContaining([{ topic: 'DEBT', reach: 'PUBLISHED', areaIds: [] }]),
      },
    },
  }),

  // Who read what is the auditors’; the register is the auditors’ and the stewards’.
  ...answer(
    ['audit-vn'],
    '{ accessRecords(first: 1) { nodes { agency grants outcome } } }',
    'the log',
  ),
  ...answer(
    ['audit-vn'],
    '{ accessRecords(first: 1) { nodes { policyVersion leaf } } }',
    'its evidence',
  ),
  ...answer(
    ['audit-vn', 'steward-vn'],
    '{ grants(first: 1) { nodes { legalBasis } } }',
    'agreements',
  ),
  ...answer(
    ['audit-vn', 'steward-vn'],
    '{ agencies(first: 1) { nodes { role issuers { name } } } }',
    'the register',
  ),
  ...never([...readers, 'steward-vn'], '{ accessRecords { totalCount } }', 'the log is not theirs'),
  ...never(['si-vn', 'steward-vn'], '{ accessRecord(number: "0") { agency } }', 'nor one record'),
  ...never(['press-vn', 'steward-vn'], '{ accessDocument(hash: "00") }', 'nor what others asked'),
  ...never(readers, '{ agencies { totalCount } }', 'the register is not theirs'),
  ...never(readers, '{ grants { totalCount } }', 'others’ agreements are not theirs'),
  ...never(['si-vn', 'press-vn'], nodeOf('AccessRecord', '0'), 'not by id either', {
    by: 'NOTHING',
  }),
  ...never(['union-dien-bien', 'press-vn'], nodeOf('Grant', 'grant-si-vn'), 'not by id', {
    by: 'NOTHING',
  }),

  // Auditors and stewards have no business data.
  ...['observations', 'targets', 'conflicts', 'sources', 'instruments'].flatMap((name) =>
    never(['audit-vn', 'steward-vn'], `{ ${name}(first: 1) { totalCount } }`, `no ${name}`),
  ),
  ...never(
    ['audit-vn', 'steward-vn'],
    '{ coverage(area: { code: "VN-DB" }, timePeriod: "2022") { scheme } }',
    'no coverage',
  ),
  ...['Observation', 'RecordedObservation', 'Target', 'Coverage', 'Conflict', 'Source'].flatMap(
    (name) =>
      never(['audit-vn', 'steward-vn'], `{ __type(name: "${name}") { name } }`, `no type ${name}`, {
        by: 'NOTHING',
      }),
  ),
  ...never(['audit-vn', 'steward-vn'], nodeOf('Source', 'vss-2023'), 'not by id', {
    by: 'NOTHING',
  }),
  ...['salt', 'variables', 'response', 'subject', 'body'].flatMap((name) =>
    never(['audit-vn'], `{ accessRecords { nodes { ${name} } } }`, `no ${name} in a record`),
  ),

  // What leaves as a file is asked for like what leaves as an answer.
  ...answer(['si-vn', 'labour-nghe-an', 'union-lao-cai', 'press-vn'], linkTo, 'a link to a file', {
    holds: { exportObservations: { url: expect.stringMatching(/^\/export\/[\w-]{22}$/) } },
  }),
  ...answer(
    ['si-vn', 'labour-nghe-an', 'union-lao-cai', 'press-vn'],
    linkToSeries,
    'a link to series',
    {
      holds: { exportSeries: { url: expect.stringMatching(/^\/export\/[\w-]{22}$/) } },
    },
  ),
  ...never(['audit-vn', 'steward-vn'], linkTo, 'no figures, no file of them'),
  ...answer(
    ['si-vn', 'labour-nghe-an', 'union-lao-cai', 'press-vn'],
    linkToTargets,
    'a link to targets',
    {
      holds: { exportTargets: { url: expect.stringMatching(/^\/export\/[\w-]{22}$/) } },
    },
  ),
  ...never(['audit-vn', 'steward-vn'], linkToTargets, 'no figures, no file of them'),
  ...never(['audit-vn', 'steward-vn'], linkToSeries, 'no figures, no file of them'),
  ...never(['union-expired'], linkToSeries, 'the grant has ended', { by: 'GRANT_EXPIRED' }),
  ...never(['union-expired'], linkTo, 'the grant has ended', { by: 'GRANT_EXPIRED' }),

  // No natural person passes through.
  ...['persons', 'participants', 'insuredPersons'].flatMap((name) =>
    never(['si-vn', 'labour-vn'], `{ ${name} { totalCount } }`, 'the unit is never a person'),
  ),

  // A purpose selects the grants; none, another’s or a lapsed one gives nothing.
  ...answer(['si-vn', 'labour-vn'], figure('obs-na-debt-2016'), 'statistics', {
    purpose: 'STATISTICS',
    holds: one('70671'),
  }),
  ...never(['press-vn', 'union-nghe-an'], figure('obs-na-debt-2016'), 'statistics', {
    purpose: 'STATISTICS',
    by: 'PURPOSE_NOT_GRANTED',
  }),
  ...never(['press-vn'], figure('obs-na-debt-2016'), 'SI’s purpose', {
    purpose: 'SOCIAL_INSURANCE_ADMINISTRATION',
    by: 'PURPOSE_NOT_GRANTED',
  }),
  ...never(['steward-vn'], '{ grants { totalCount } }', 'an auditor’s purpose', {
    purpose: 'AUDIT',
    by: 'PURPOSE_NOT_GRANTED',
  }),
  ...never([...readers], figure('obs-na-debt-2016'), 'no purpose', {
    purpose: null,
    by: 'PURPOSE_REQUIRED',
  }),
  ...never(['audit-vn'], '{ accessRecords { totalCount } }', 'no purpose', {
    purpose: null,
    by: 'PURPOSE_REQUIRED',
  }),
  ...[
    '{ areas { totalCount } }',
    '{ codeLists { totalCount } }',
    figure('obs-na-debt-2016'),
  ].flatMap((question) =>
    never(['union-expired'], question, 'a lapsed agreement gives not even what is published', {
      by: 'GRANT_EXPIRED',
    }),
  ),
];

/** Whether nothing is in an answer: nulls, empty lists and zeros only. */
function isEmpty(data: unknown): boolean {
  if (data === null || data === 0) return true;
  if (typeof data !== 'object') return false;
  return Object.values(data).every(isEmpty);
}

describe.each(storeKindsAtLength)('the design says who must and who must never, on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind, demonstration: true });
    // So that there is something on the log.
    await gateway.ask('press-vn', '{ areas(first: 1) { totalCount } }');
  });
  afterAll(() => gateway.close());

  const ask = ({ as, question, purpose }: Fact) =>
    gateway.ask(as, question, purpose === undefined ? {} : { purpose });

  test.each(list.filter((fact) => fact.must === 'answer'))('$as must: $note', async (fact) => {
    const { status, data, errors } = await ask(fact);
    expect({ errors, status }).toEqual({ errors: [], status: 200 });
    if (fact.holds === undefined) expect(isEmpty(data)).toBe(false);
    else expect(data).toMatchObject(fact.holds);
  });

  test.each(list.filter((fact) => fact.must === 'never'))('$as never: $note', async (fact) => {
    const { by = 'NO_SUCH_NAME' } = fact;
    const { status, data, errors } = await ask(fact);
    expect(isEmpty(data)).toBe(true);
    const codes = [...new Set(errors.map(({ extensions }) => extensions.code))];
    const expected = {
      NO_SUCH_NAME: { status: 400, codes: ['DOCUMENT_INVALID'] },
      NOTHING: { status: 200, codes: [] },
    } as const;
    expect({ status, codes }).toEqual(
      by === 'NO_SUCH_NAME' || by === 'NOTHING' ? expected[by] : { status: 403, codes: [by] },
    );
  });
});
