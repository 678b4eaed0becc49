/** Agreements live by the rules of their states; a refusal says code and field, and changes nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nobody, withScope, type Scope } from '../src/platform/scope.ts';
import { agree, agreementFields, assertDone, draft, draftAs, step } from './agreement-support.ts';
import {
  openGateway,
  storeKindsAtLength,
  type Reply,
  type TestGateway,
} from './support/gateway.ts';

const registerTables = [
  'agency',
  'application',
  'issuer',
  'issuer_agency',
  'grant',
  'grant_topic',
  'grant_area',
  'grant_purpose',
  'change_record',
];

/** Reads all of the register and the change log, as the gateway's role. */
const registrar: Scope = {
  ...nobody,
  instant: '2026-06-01T00:00:00Z',
  agency: 'steward-vn',
  subject: 'post-9',
  topics: ['REGISTER', 'CHANGE_LOG'],
};

const sql = async (gateway: TestGateway, scope: Scope, text: string): Promise<any[]> =>
  (await withScope(scope, () => gateway.store.gateway.query(text))).rows;

async function dump(gateway: TestGateway): Promise<unknown[]> {
  const tables = [];
  for (const table of registerTables) {
    const text = `select to_jsonb(t)::text as row from "${table}" t order by 1`;
    tables.push([table, await sql(gateway, registrar, text)]);
  }
  return tables;
}

const refusalOf = ({ data, errors }: Reply) => ({
  nothing: Object.values(data ?? {}).every((value) => value === null),
  said: errors.map(({ extensions }) => extensions),
});
const refused = (code: string, parameters: object = {}) => ({
  nothing: true,
  said: [expect.objectContaining({ code, ...parameters })],
});

const topic = (name: string, reach: string) => ({ topics: [{ topic: name, reach }] });
const area = (code: string, vintage = '2025-07') => ({ areas: [{ code, vintage }] });
const union = { consumer: 'union-lao-cai', purposes: ['WORKER_PROTECTION'] };
const press = {
  kind: 'ACCREDITATION',
  consumer: 'press-nghe-an',
  purposes: ['PUBLIC_INFORMATION'],
};
const steward = { kind: 'STATUTORY', provider: 'steward-vn', consumer: 'steward-vn' };

/** What is refused when it is drafted: what, the change to a good draft, the code, its parameters, who. */
type Bad = readonly [what: string, more: object, code: string, parameters: object, agency?: string];
const badDrafts: readonly Bad[] = [
  [
    'an unknown purpose',
    { purposes: ['CURIOSITY'] },
    'PURPOSE_UNKNOWN',
    { field: 'purposes', purpose: 'CURIOSITY' },
  ],
  [
    'a purpose of another role',
    { purposes: ['WORKER_PROTECTION'] },
    'PURPOSE_NOT_FOR_ROLE',
    { field: 'purposes', purpose: 'WORKER_PROTECTION', role: 'LABOUR' },
  ],
  [
    'the register to a labour authority',
    topic('REGISTER', 'INTERNAL'),
    'TOPIC_NOT_FOR_ROLE',
    { field: 'topics', topic: 'REGISTER' },
  ],
  [
    'debts to auditors',
    { ...topic('DEBT', 'PUBLISHED'), consumer: 'audit-vn', purposes: ['AUDIT'] },
    'TOPIC_NOT_FOR_ROLE',
    { topic: 'DEBT', role: 'AUDITOR' },
  ],
  [
    'internal campaigns to a labour authority',
    topic('CAMPAIGN', 'INTERNAL'),
    'REACH_NOT_FOR_ROLE',
    { field: 'topics', topic: 'CAMPAIGN', reach: 'INTERNAL', deepest: 'PARTY' },
  ],
  [
    'internal debts to a union',
    { ...union, ...topic('DEBT', 'INTERNAL') },
    'REACH_NOT_FOR_ROLE',
    { topic: 'DEBT', role: 'UNION' },
  ],
  [
    'the press as a party',
    { ...press, ...topic('DEBT', 'PARTY') },
    'REACH_NOT_FOR_ROLE',
    { role: 'PRESS', deepest: 'PUBLISHED' },
  ],
  ['no area', { areas: [] }, 'FIELD_EMPTY', { field: 'areas' }],
  ['no topic', { topics: [] }, 'FIELD_EMPTY', { field: 'topics' }],
  ['no purpose', { purposes: [] }, 'FIELD_EMPTY', { field: 'purposes' }],
  ['a blank contact', { contact: '  ' }, 'FIELD_EMPTY', { field: 'contact' }],
  ['a blank point', { terms: { method: ' ' } }, 'FIELD_EMPTY', { field: 'terms.method' }],
  [
    'a long point',
    { terms: { method: 'x'.repeat(2001) } },
    'TEXT_TOO_LONG',
    { field: 'terms.method' },
  ],
  [
    'a topic twice',
    {
      topics: [
        { topic: 'DEBT', reach: 'PARTY' },
        { topic: 'DEBT', reach: 'INTERNAL' },
      ],
    },
    'VALUE_TWICE',
    { field: 'topics', value: 'DEBT' },
  ],
  [
    'an area twice',
    {
      areas: [
        { code: '11', vintage: '2025-07' },
        { code: '11', vintage: '2025-07' },
      ],
    },
    'VALUE_TWICE',
    { field: 'areas' },
  ],
  ['an unknown area', area('99999'), 'AREA_UNKNOWN', { field: 'areas', area: '99999@2025-07' }],
  ['a code of two areas', { areas: [{ code: '15' }] }, 'AREA_AMBIGUOUS', { field: 'areas' }],
  [
    'an end before the beginning',
    { validTo: '2025-12-31' },
    'DATES_REVERSED',
    { field: 'validTo' },
  ],
  [
    'days that are over',
    { validFrom: '2025-01-01', validTo: '2025-12-31' },
    'DATES_PAST',
    { field: 'validTo', day: '2025-12-31' },
  ],
  [
    'a negative retention',
    { retentionMonths: -1 },
    'NUMBER_OUT_OF_BOUNDS',
    { field: 'retentionMonths', value: -1 },
  ],
  [
    'a code in use',
    { code: 'grant-labour-vn' },
    'CODE_TAKEN',
    { field: 'code', value: 'grant-labour-vn' },
  ],
  ['a code with a space', { code: 'my agreement' }, 'CODE_MALFORMED', { field: 'code' }],
  [
    'an unknown consumer',
    { consumer: 'labour-nowhere' },
    'AGENCY_NOT_REGISTERED',
    { field: 'consumer', agency: 'labour-nowhere' },
  ],
  [
    'itself as consumer',
    { consumer: 'si-dien-bien', purposes: ['STATISTICS'] },
    'KIND_NOT_FOR_PARTIES',
    { field: 'kind' },
  ],
  [
    'another agency’s data',
    { provider: 'si-nghe-an' },
    'PROVIDER_NEEDED',
    { field: 'provider', provider: 'si-nghe-an' },
  ],
  ['a statutory grant of its own', { kind: 'STATUTORY' }, 'STEWARD_NEEDED', { field: 'kind' }],
];

/** What may be drafted and not proposed. */
const badProposals: readonly Bad[] = [
  ['no contact', { contact: undefined }, 'AGREEMENT_INCOMPLETE', { field: 'contact' }],
  [
    'no retention',
    { retentionMonths: undefined },
    'AGREEMENT_INCOMPLETE',
    { field: 'retentionMonths' },
  ],
  [
    'a point left out',
    { terms: { method: 'x' } },
    'AGREEMENT_INCOMPLETE',
    { field: 'terms.processing' },
  ],
  [
    'another province',
    area('40'),
    'TERRITORY_OUTSIDE',
    { field: 'areas', area: '40@2025-07', topic: 'ENROLLMENT' },
  ],
  ['the whole country', area('VN', '2025-06'), 'TERRITORY_OUTSIDE', { area: 'VN@2025-06' }],
  ['a commune of another province', area('16681'), 'TERRITORY_OUTSIDE', { area: '16681@2025-07' }],
  [
    'one area inside and one outside',
    {
      areas: [
        { code: '11', vintage: '2025-07' },
        { code: '15', vintage: '2025-07' },
      ],
    },
    'TERRITORY_OUTSIDE',
    { area: '15@2025-07' },
  ],
  [
    'internal debts for statistics',
    { ...topic('DEBT', 'INTERNAL'), purposes: ['STATISTICS'] },
    'REACH_NOT_FOR_PURPOSE',
    { field: 'topics', topic: 'DEBT', deepest: 'PUBLISHED' },
  ],
  [
    'the same again',
    { consumer: 'labour-dien-bien' },
    'AGREEMENT_OVERLAPS',
    { field: 'topics', agreement: 'grant-labour-dien-bien', topic: 'ENROLLMENT' },
  ],
  [
    'a commune of the same',
    { consumer: 'labour-dien-bien', ...area('03217') },
    'AGREEMENT_OVERLAPS',
    { agreement: 'grant-labour-dien-bien' },
  ],
  [
    'the past of the same',
    {
      consumer: 'labour-dien-bien',
      areas: [
        { code: '11', vintage: '2025-06' },
        { code: '03217', vintage: '2025-07' },
      ],
    },
    'AGREEMENT_OVERLAPS',
    { agreement: 'grant-labour-dien-bien' },
  ],
  [
    'areas that have all ended',
    area('11', '2025-06'),
    'AGREEMENT_NEEDS_RENEWAL',
    { field: 'areas', areas: '11@2025-06', successors: '11@2025-07' },
  ],
  [
    'an accreditation of a labour authority',
    { kind: 'ACCREDITATION' },
    'KIND_NOT_FOR_PARTIES',
    { field: 'kind' },
  ],
  [
    'a log for stewardship',
    {
      ...steward,
      ...topic('CHANGE_LOG', 'INTERNAL'),
      ...area('VN', '2025-06'),
      purposes: ['STEWARDSHIP'],
    },
    'PURPOSE_NOT_FOR_TOPIC',
    { topic: 'CHANGE_LOG', purpose: 'STEWARDSHIP' },
    'steward-vn',
  ],
  [
    'a statutory grant of business data elsewhere',
    { ...draft('x'), kind: 'STATUTORY', ...area('40') },
    'TERRITORY_OUTSIDE',
    { area: '40@2025-07' },
    'steward-vn',
  ],
];

describe.each(storeKindsAtLength)('agreements on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind });
  });
  afterAll(() => gateway.close());

  /** Refused with this, and the register and its change log are what they were. */
  async function expectRefusal(act: () => Promise<Reply>, code: string, parameters: object = {}) {
    const before = await dump(gateway);
    expect(refusalOf(await act())).toEqual(refused(code, parameters));
    expect(await dump(gateway)).toEqual(before);
  }
  const take = (agency: string, name: string, code: string, more = {}) =>
    step(gateway, agency, name, code, more);
  const stateOf = async (code: string) =>
    (await sql(gateway, registrar, `select state from "grant" where id = '${code}'`))[0]?.state;
  const narrow = (code: string, input: object, agency = 'si-dien-bien') =>
    gateway.ask(
      agency,
      `mutation ($input: NarrowAgreementInput!) { narrowAgreement(code: "${code}", input: $input) { ${agreementFields} } }`,
      { variables: { input } },
    );

  describe('what cannot be drafted', () => {
    test.each(badDrafts.map((bad) => ({ what: bad[0], bad })))('$what', async ({ bad }) => {
      const [, more, code, parameters, agency = 'si-dien-bien'] = bad;
      const input = draft('bad-draft', more);
      await expectRefusal(() => draftAs(gateway, agency, input), code, parameters);
    });

    test('by a role that opens nothing, there is no such mutation', async () => {
      for (const agency of ['press-vn', 'audit-vn']) {
        const { errors } = await draftAs(gateway, agency, draft('bad-draft'));
        expect(errors[0]?.extensions.code).toBe('DOCUMENT_INVALID');
      }
    });
  });

  describe('what cannot be proposed', () => {
    test.each(badProposals.map((bad) => ({ what: bad[0], bad })))('$what', async ({ bad }) => {
      const [what, more, code, parameters, agency = 'si-dien-bien'] = bad;
      const id = `bad-${what.replaceAll(/[^a-z]+/g, '-').slice(0, 60)}`;
      assertDone(await draftAs(gateway, agency, draft(id, { ...more, code: id })));
      await expectRefusal(() => take(agency, 'proposeAgreement', id), code, parameters);
      expect(await stateOf(id)).toBe('DRAFT');
    });

    test('two proposals that overlap: the second', async () => {
      const both = { consumer: 'labour-nghe-an' };
      for (const code of ['twice-a', 'twice-b']) {
        assertDone(await draftAs(gateway, 'si-dien-bien', draft(code, both)));
      }
      assertDone(await take('si-dien-bien', 'proposeAgreement', 'twice-a'));
      await expectRefusal(
        () => take('si-dien-bien', 'proposeAgreement', 'twice-b'),
        'AGREEMENT_OVERLAPS',
        {
          agreement: 'twice-a',
        },
      );
      assertDone(await take('si-dien-bien', 'rejectAgreement', 'twice-a', { reason: 'Again.' }));
      assertDone(await take('si-dien-bien', 'proposeAgreement', 'twice-b'));
    });

    test('but another time, another topic or another place does not overlap', async () => {
      const over = { consumer: 'labour-vn', validTo: '2030-12-31' };
      await agree(gateway, draft('side-a', over));
      await agree(
        gateway,
        draft('side-later', { ...over, validFrom: '2031-01-01', validTo: undefined }),
      );
      await agree(gateway, draft('side-topic', { ...over, ...topic('DEBT', 'INTERNAL') }));
    });
  });

  describe('the steps', () => {
    const id = 'life';
    const wrong = (agency: string, name: string, state: string, more = {}) =>
      expectRefusal(() => take(agency, name, id, more), 'AGREEMENT_WRONG_STATE', {
        agreement: id,
        state,
      });
    const reason = 'Because.';

    test('lead from a draft to its end, by those who may take them', async () => {
      const si = 'si-dien-bien';
      const consumer = 'labour-lao-cai';
      assertDone(await draftAs(gateway, 'steward-vn', draft(id)));
      await wrong(si, 'approveAgreement', 'DRAFT');
      await wrong(si, 'resumeAgreement', 'DRAFT');
      await expectRefusal(() => take(consumer, 'proposeAgreement', id), 'PROVIDER_NEEDED', {
        agreement: id,
      });
      await expectRefusal(() => take(consumer, 'endAgreement', id, { reason }), 'PROVIDER_NEEDED');
      await expectRefusal(() => take('si-nghe-an', 'proposeAgreement', id), 'AGREEMENT_UNKNOWN', {
        agreement: id,
      });
      await expectRefusal(
        () => take('si-nghe-an', 'proposeAgreement', 'nothing'),
        'AGREEMENT_UNKNOWN',
        { agreement: 'nothing' },
      );

      assertDone(await take('steward-vn', 'proposeAgreement', id));
      await wrong('steward-vn', 'proposeAgreement', 'PROPOSED');
      for (const agency of ['steward-vn', consumer]) {
        await expectRefusal(() => take(agency, 'approveAgreement', id), 'PROVIDER_NEEDED');
        await expectRefusal(
          () => take(agency, 'rejectAgreement', id, { reason }),
          'PROVIDER_NEEDED',
        );
      }
      await expectRefusal(() => take(si, 'rejectAgreement', id, { reason: ' ' }), 'FIELD_EMPTY', {
        field: 'reason',
      });
      assertDone(await take(si, 'rejectAgreement', id, { reason: 'Name fewer months.' }));
      expect(await stateOf(id)).toBe('DRAFT');

      const amended = await gateway.ask(
        si,
        `mutation { amendAgreement(code: "${id}", input: { retentionMonths: 6, areas: [{ code: "11", vintage: "2025-07" }] }) { retentionMonths areaIds contact } }`,
      );
      expect(assertDone(amended).amendAgreement).toEqual({
        retentionMonths: 6,
        areaIds: ['11@2025-07'],
        contact: 'Post for sharing',
      });
      const amend = `mutation { amendAgreement(code: "${id}", input: { purposes: ["STATISTICS"] }) { code } }`;
      await expectRefusal(() => gateway.ask(consumer, amend), 'PROVIDER_NEEDED');

      assertDone(await take(si, 'proposeAgreement', id));
      await expectRefusal(() => gateway.ask(si, amend), 'AGREEMENT_WRONG_STATE', {
        state: 'PROPOSED',
      });
      await expectRefusal(() => take(si, 'approveAgreement', id), 'SECOND_PERSON_NEEDED');
      expect(
        assertDone(await take(si, 'approveAgreement', id, { subject: 'post-2' })).done,
      ).toMatchObject({
        state: 'ACTIVE',
        proposedBy: 'si-dien-bien-demo',
        proposedByAgency: si,
        approvedBy: 'post-2',
        stateChangedBy: 'si-dien-bien/post-2',
      });
      for (const name of ['approveAgreement', 'resumeAgreement', 'proposeAgreement']) {
        await wrong(si, name, 'ACTIVE', { subject: 'post-3' });
      }

      await expectRefusal(
        () => take(consumer, 'suspendAgreement', id, { reason }),
        'PROVIDER_NEEDED',
      );
      assertDone(await take('steward-vn', 'suspendAgreement', id, { reason }));
      await wrong(si, 'approveAgreement', 'SUSPENDED', { subject: 'post-3' });
      await expectRefusal(() => take('steward-vn', 'resumeAgreement', id), 'PROVIDER_NEEDED');
      await expectRefusal(() => take(consumer, 'resumeAgreement', id), 'PROVIDER_NEEDED');
      assertDone(await take(si, 'resumeAgreement', id));

      expect(assertDone(await take(consumer, 'endAgreement', id, { reason })).done).toMatchObject({
        state: 'ENDED',
        stateReason: reason,
      });
      for (const name of ['proposeAgreement', 'approveAgreement', 'resumeAgreement']) {
        await wrong(si, name, 'ENDED');
      }
      await wrong(si, 'endAgreement', 'ENDED', { reason });
      await wrong('steward-vn', 'suspendAgreement', 'ENDED', { reason });
    });

    test('stand in the change log, each with who took it', async () => {
      const rows = await sql(
        gateway,
        registrar,
        `select actor, detail -> 'after' ->> 'state' as state from change_record
          where entity = 'grant' and entity_id = '${id}' and detail -> 'after' ? 'state' order by changed_at`,
      );
      expect(rows.map(({ actor, state }) => [actor.split('/')[0], state])).toEqual([
        ['steward-vn', 'DRAFT'],
        ['steward-vn', 'PROPOSED'],
        ['si-dien-bien', 'DRAFT'],
        ['si-dien-bien', 'PROPOSED'],
        ['si-dien-bien', 'ACTIVE'],
        ['steward-vn', 'SUSPENDED'],
        ['si-dien-bien', 'ACTIVE'],
        ['labour-lao-cai', 'ENDED'],
      ]);
    });

    test('of the steward’s own grant need two of its people', async () => {
      const own = {
        ...steward,
        ...topic('REGISTER', 'PUBLISHED'),
        ...area('11'),
        purposes: ['STEWARDSHIP'],
      };
      // Its grant in force covers the country; another beside it would overlap.
      assertDone(await draftAs(gateway, 'steward-vn', draft('own', own)));
      await expectRefusal(
        () => take('steward-vn', 'proposeAgreement', 'own'),
        'AGREEMENT_OVERLAPS',
        {
          agreement: 'grant-steward-vn',
        },
      );
      const logs = {
        ...own,
        ...topic('ACCESS_LOG', 'INTERNAL'),
        kind: 'STATUTORY',
        consumer: 'audit-vn',
        purposes: ['AUDIT'],
      };
      assertDone(await take('steward-vn', 'endAgreement', 'grant-audit-vn', { reason: 'Anew.' }));
      assertDone(await draftAs(gateway, 'steward-vn', draft('logs', logs)));
      assertDone(await take('steward-vn', 'proposeAgreement', 'logs'));
      await expectRefusal(
        () => take('steward-vn', 'approveAgreement', 'logs'),
        'SECOND_PERSON_NEEDED',
      );
      assertDone(await take('steward-vn', 'approveAgreement', 'logs', { subject: 'post-2' }));
    });
  });

  describe('in force an agreement is only ever narrowed', () => {
    const id = 'narrow';
    const both = {
      topics: [
        { topic: 'POPULATION', reach: 'INTERNAL' },
        { topic: 'FINANCE', reach: 'PUBLISHED' },
      ],
    };
    beforeAll(() =>
      agree(
        gateway,
        draft(id, {
          ...both,
          purposes: ['LABOUR_SUPERVISION', 'STATISTICS'],
          validTo: '2040-12-31',
        }),
      ),
    );
    test.each([
      [
        'a deeper reach',
        {
          topics: [
            { topic: 'POPULATION', reach: 'INTERNAL' },
            { topic: 'FINANCE', reach: 'INTERNAL' },
          ],
        },
        'topics',
      ],
      [
        'another topic',
        { topics: [...both.topics, { topic: 'DEBT', reach: 'PUBLISHED' }] },
        'topics',
      ],
      ['another area', area('15'), 'areas'],
      ['a larger area', area('VN', '2025-06'), 'areas'],
      ['a later end', { validTo: '2041-01-01' }, 'validTo'],
      [
        'another purpose',
        { purposes: ['LABOUR_SUPERVISION', 'SOCIAL_INSURANCE_ADMINISTRATION'] },
        'purposes',
      ],
    ])('not by %s', async (_what, input, field) => {
      const code = field === 'purposes' ? 'PURPOSE_NOT_FOR_ROLE' : 'AGREEMENT_NOT_NARROWER';
      await expectRefusal(() => narrow(id, input), code, { field });
    });

    test('not to nothing, and not by others', async () => {
      for (const field of ['topics', 'areas', 'purposes']) {
        await expectRefusal(() => narrow(id, { [field]: [] }), 'FIELD_EMPTY', { field });
      }
      await expectRefusal(() => narrow(id, { validTo: '2026-01-02' }), 'DATES_PAST', {
        field: 'validTo',
      });
      for (const agency of ['labour-lao-cai', 'steward-vn']) {
        await expectRefusal(() => narrow(id, area('03217'), agency), 'PROVIDER_NEEDED');
      }
      await expectRefusal(() => narrow(id, area('03217'), 'si-nghe-an'), 'AGREEMENT_UNKNOWN');
    });

    test('by its provider: topics, reach, areas, purposes and time', async () => {
      const input = {
        topics: [{ topic: 'POPULATION', reach: 'PUBLISHED' }],
        areas: [
          { code: '03217', vintage: '2025-07' },
          { code: '03220', vintage: '2025-07' },
        ],
        purposes: ['STATISTICS'],
        validTo: '2035-12-31',
      };
      expect(assertDone(await narrow(id, input)).narrowAgreement).toMatchObject({
        topics: input.topics,
        areaIds: ['03217@2025-07', '03220@2025-07'],
        purposes: ['STATISTICS'],
        validTo: '2035-12-31',
      });
      await expectRefusal(() => narrow(id, area('11')), 'AGREEMENT_NOT_NARROWER', {
        field: 'areas',
        value: '11@2025-07',
      });
    });
  });

  describe('the database holds the same rules', () => {
    const scopeOf = (agency: string, subject = 'post-7'): Scope => ({
      ...nobody,
      instant: '2026-11-20T00:00:00Z',
      agency,
      subject,
      topics: agency === 'steward-vn' ? ['REGISTER'] : ['ENROLLMENT'],
    });
    const id = 'held';
    beforeAll(async () => {
      await agree(
        gateway,
        draft(id, { ...topic('POPULATION', 'PARTY'), consumer: 'labour-nghe-an' }),
      );
      assertDone(
        await draftAs(gateway, 'si-dien-bien', draft('held-draft', { consumer: 'labour-nghe-an' })),
      );
    });
    const set = (what: string, code = id) => `update "grant" set ${what} where id = '${code}'`;
    const add = (topicName: string, reach: string, code: string) =>
      `insert into grant_topic (grant_id, topic, reach) values ('${code}', '${topicName}', '${reach}')`;
    test.each([
      ['si-dien-bien', set(`state = 'ACTIVE'`, 'held-draft'), 'AGREEMENT_WRONG_STATE'],
      ['si-dien-bien', set(`state = 'DRAFT'`), 'AGREEMENT_WRONG_STATE'],
      ['si-dien-bien', set(`state = 'PROPOSED'`), 'AGREEMENT_WRONG_STATE'],
      ['si-dien-bien', set(`state = 'SUSPENDED'`), 'FIELD_EMPTY'],
      [
        'si-dien-bien',
        set(`state = 'SUSPENDED', state_reason = 'x', valid_to = '2030-01-01'`),
        'AGREEMENT_WRONG_STATE',
      ],
      ['si-dien-bien', set(`legal_basis = 'Another'`), 'AGREEMENT_NOT_NARROWER'],
      ['labour-nghe-an', set(`valid_to = '2030-01-01'`), 'PROVIDER_NEEDED'],
      ['labour-nghe-an', set(`state = 'SUSPENDED', state_reason = 'x'`), 'PROVIDER_NEEDED'],
      ['si-dien-bien', set(`provider_id = 'si-vn'`), '42501'],
      ['si-dien-bien', set(`approved_by = 'me'`), '42501'],
      ['steward-vn', set(`proposed_by = 'me'`), '42501'],
      ['steward-vn', `delete from "grant" where id = '${id}'`, '42501'],
      ['si-dien-bien', add('DEBT', 'PUBLISHED', id), 'AGREEMENT_NOT_NARROWER'],
      ['si-dien-bien', add('REGISTER', 'PUBLISHED', 'held-draft'), 'TOPIC_NOT_FOR_ROLE'],
      ['si-dien-bien', add('PARTNER', 'INTERNAL', 'held-draft'), 'REACH_NOT_FOR_ROLE'],
      ['labour-nghe-an', add('DEBT', 'PUBLISHED', 'held-draft'), '42501'],
      ['si-nghe-an', add('DEBT', 'PUBLISHED', 'held-draft'), '42501'],
      ['si-dien-bien', `delete from grant_topic where grant_id = '${id}'`, 'AGREEMENT_INCOMPLETE'],
      ['si-dien-bien', `delete from grant_area where grant_id = '${id}'`, 'AGREEMENT_INCOMPLETE'],
      [
        'si-dien-bien',
        `update grant_topic set reach = 'INTERNAL' where grant_id = '${id}'`,
        'AGREEMENT_NOT_NARROWER',
      ],
      ['si-dien-bien', `update grant_topic set topic = 'DEBT' where grant_id = '${id}'`, '42501'],
      [
        'si-dien-bien',
        `insert into agency (id, name_vi, name_en, role, state, registered_at, registered_by) values ('x', 'x', 'x', 'SI', 'ACTIVE', now(), 'x')`,
        '42501',
      ],
      ['steward-vn', `update agency set role = 'SI' where id = 'press-vn'`, '42501'],
      [
        'steward-vn',
        `update agency set state = 'SUSPENDED', state_reason = 'x' where id = 'steward-vn'`,
        'REGISTRATION_OWN',
      ],
      ['steward-vn', `update agency set state = 'SUSPENDED' where id = 'press-vn'`, 'FIELD_EMPTY'],
      ['steward-vn', `update issuer set jwks_uri = 'x'`, '42501'],
      [
        'steward-vn',
        `insert into issuer_agency (issuer_id, agency_id) values ('urn:lienthong:development', 'press-vn')`,
        'REGISTRATION_WRONG_STATE',
      ],
      ['steward-vn', `insert into purpose (code) values ('X')`, '42501'],
      ['steward-vn', `update purpose_topic set reach = 'INTERNAL'`, '42501'],
    ])('as %s: %s', async (agency, text, code) => {
      const before = await dump(gateway);
      const outcome = await sql(gateway, scopeOf(agency), text).then(
        () => 'done',
        (error: { code: string; message: string }) =>
          error.code === 'LT100' ? error.message : error.code,
      );
      expect(outcome).toBe(code);
      expect(await dump(gateway)).toEqual(before);
    });

    test.each([
      ['si-nghe-an', set(`state = 'ENDED', state_reason = 'x'`)],
      ['press-vn', set(`valid_to = '2030-01-01'`)],
      ['si-dien-bien', `update agency set state = 'ENDED', state_reason = 'x'`],
      ['labour-nghe-an', `delete from grant_topic where grant_id = '${id}'`],
      ['steward-vn', `update "grant" set state = 'ENDED', state_reason = 'x' where false`],
    ])('as %s no row is found: %s', async (agency, text) => {
      const before = await dump(gateway);
      await sql(gateway, scopeOf(agency), text);
      expect(await dump(gateway)).toEqual(before);
    });

    test('even the owner grants no role more than it may have', async () => {
      const opened = openGateway({
        kind,
        prepare: async (owner) => {
          const one = owner.query(
            `insert into grant_topic values ('grant-audit-vn', 'DEBT', 'INTERNAL')`,
          );
          await expect(one).rejects.toMatchObject({ code: 'LT100', message: 'TOPIC_NOT_FOR_ROLE' });
          const two = owner.query(
            `update grant_topic set reach = 'INTERNAL' where grant_id = 'grant-press-vn'`,
          );
          await expect(two).rejects.toMatchObject({ message: 'REACH_NOT_FOR_ROLE' });
        },
      });
      await (await opened).close();
    });
  });

  describe('who sees what', () => {
    const mine = async (agency: string, options = {}) => {
      const question = `{ agreements(first: 200) { totalCount nodes { code providerCode consumerCode areas { id } } } }`;
      return assertDone(await gateway.ask(agency, question, options)).agreements;
    };
    test.each(['si-dien-bien', 'labour-lao-cai', 'union-expired', 'press-vn'])(
      '%s sees those to which it is a party, and no other',
      async (agency) => {
        for (const options of [{}, { purpose: null }]) {
          const { totalCount, nodes } = await mine(agency, options);
          expect(totalCount).toBe(nodes.length);
          expect(nodes.length).toBeGreaterThan(0);
          for (const { providerCode, consumerCode } of nodes) {
            expect([providerCode, consumerCode]).toContain(agency);
          }
          const [{ count }] = await sql(
            gateway,
            registrar,
            `select count(*)::int from "grant" where '${agency}' in (provider_id, consumer_id)`,
          );
          expect(totalCount).toBe(count);
        }
      },
    );

    test('stewards see all', async () => {
      const [{ count }] = await sql(gateway, registrar, `select count(*)::int from "grant"`);
      expect((await mine('steward-vn')).totalCount).toBe(count);
    });

    test('a consumer without any grant in force ends its own', async () => {
      const reply = await take('union-expired', 'endAgreement', 'grant-union-expired', {
        reason: 'Over.',
      });
      expect(assertDone(reply).done.state).toBe('ENDED');
    });
  });
});
