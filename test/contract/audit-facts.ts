/** Must and must-never facts of the logs, findings and data usage, by hand. */
import { expect } from 'vitest';
import { answer, never, type Fact } from './fact.ts';

const readers = ['si-dien-bien', 'labour-lao-cai', 'union-nghe-an', 'press-vn'];
const others = [...readers, 'steward-vn'];
const everyone = [...others, 'audit-vn'];

const type = (name: string) => `{ __type(name: "${name}") { name } }`;
const fieldsOf = (name: string) => `{ __type(name: "${name}") { fields { name } } }`;
const count = (field: string) => `{ ${field} { totalCount } }`;
const usage = '{ dataUsage(from: "2026-01-01", to: "2026-12-31") { period consumer rows } }';
const open =
  'mutation { openFinding(input: { agency: "si-vn", title: "t", text: "t", records: ["0"] }) { code } }';
const noFinding = 'f0000000-0000-4000-8000-000000000000';

const reckoning: readonly Fact[] = [
  ...answer(
    ['audit-vn'],
    '{ accessCounts(by: [ROLE]) { records requests } }',
    'the log in numbers',
  ),
  ...answer(
    ['audit-vn'],
    '{ anomalyRules { title explanation thresholds { value unit } } }',
    'rules',
  ),
  ...answer(['audit-vn'], '{ anomalies { rule agency sentence } }', 'what they find', {
    holds: { anomalies: expect.any(Array) },
  }),
  ...never(others, '{ accessCounts(by: [AGENCY]) { records } }', 'how much others ask'),
  ...never(others, '{ anomalies { agency } }', 'who is looked at'),
  ...never(others, '{ anomalyRules { thresholds { value } } }', 'how to stay below'),
  ...never(['audit-vn'], '{ accessCounts(by: [ROLE]) { records } }', 'no numbers without purpose', {
    purpose: null,
    by: 'PURPOSE_REQUIRED',
  }),
  ...[
    'AccessCount',
    'AccessCountKey',
    'AccessDimension',
    'AccessInterval',
    'AccessRecord',
    'Anomaly',
    'AnomalyRule',
    'AnomalyRuleId',
    'AnomalyFilter',
    'OpenFindingInput',
  ].flatMap((name) => never(others, type(name), `not even the type ${name}`, { by: 'NOTHING' })),
  // What a count is of is who, for what and how much; whose case or which question it was is in the record.
  ...never(['audit-vn'], '{ accessCounts(by: [CASE_REFERENCE]) { records } }', 'no counts by case'),
  ...never(['audit-vn'], '{ accessCounts(by: [EMPLOYER]) { records } }', 'no counts by employer'),
];

const changes: readonly Fact[] = [
  ...answer(everyone, '{ changes(first: 1) { totalCount } }', 'changes in one’s own name', {
    holds: { changes: { totalCount: expect.any(Number) } },
  }),
  ...answer(['audit-vn'], '{ changes(first: 1) { nodes { number actor after } } }', 'all changes'),
  ...answer(readers, count('changes'), 'without a purpose too', {
    purpose: null,
    holds: { changes: { totalCount: 0 } },
  }),
  ...never(others, '{ changes(where: { agency: "audit-vn" }) { totalCount } }', 'nobody else’s', {
    by: 'NOTHING',
  }),
  ...never(readers, '{ changes(where: { entity: "agency" }) { totalCount } }', 'nor the loads', {
    by: 'NOTHING',
  }),
  ...never(others, '{ changes { nodes { number } } }', 'places in the tree are the auditors’'),
  ...answer(['audit-vn'], count('changes'), 'its own alone without a grant', {
    purpose: null,
    holds: { changes: { totalCount: 0 } },
  }),
];

const findings: readonly Fact[] = [
  ...answer(everyone, count('findings'), 'findings on oneself', {
    holds: { findings: { totalCount: expect.any(Number) } },
  }),
  ...answer(
    ['audit-vn'],
    '{ __schema { mutationType { fields { name } } } }',
    'findings are what auditors change',
    {
      holds: {
        __schema: {
          mutationType: {
            fields: expect.arrayContaining(
              ['openFinding', 'replyToFinding', 'closeFinding'].map((name) => ({ name })),
            ),
          },
        },
      },
    },
  ),
  ...never(others, open, 'no findings by others than auditors'),
  ...never(
    others,
    `mutation { closeFinding(finding: "${noFinding}", conclusion: "x") { code } }`,
    'nor do they conclude',
  ),
  ...never(['audit-vn'], open, 'no finding without a purpose', {
    purpose: null,
    by: 'PURPOSE_REQUIRED',
  }),
  ...['openedBy', 'repliedBy', 'closedBy', 'subject'].flatMap((name) =>
    never(everyone, `{ findings { nodes { ${name} } } }`, `a finding names no person: no ${name}`),
  ),
];

const dataUsage: readonly Fact[] = [
  ...answer(everyone, usage, 'who read what it contributed', {
    holds: { dataUsage: expect.any(Array) },
  }),
  ...answer(['union-expired'], usage, 'after its agreement has ended too', {
    holds: { dataUsage: expect.any(Array) },
  }),
  ...answer(everyone, fieldsOf('DataUsage'), 'in numbers, and no more', {
    holds: {
      __type: {
        fields: ['consumer', 'period', 'purpose', 'requests', 'role', 'rows', 'type'].map(
          (name) => ({ name }),
        ),
      },
    },
  }),
  ...['record', 'caseReference', 'application', 'employers', 'areas', 'time'].flatMap((name) =>
    never(
      everyone,
      `{ dataUsage(from: "2026-01-01", to: "2026-12-31") { ${name} } }`,
      `no ${name} of those who read`,
    ),
  ),
  ...never(
    others,
    '{ dataUsage(from: "2026-01-01", to: "2026-12-31", agency: "si-vn") { rows } }',
    'nobody names another provider',
  ),
];

export const auditFacts: readonly Fact[] = [...reckoning, ...changes, ...findings, ...dataUsage];
