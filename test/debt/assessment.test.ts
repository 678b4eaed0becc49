/** What the law makes of an employer, from outside: worked cases, corrected facts, and whose it is to read. */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  employer,
  event,
  insertDebt,
  obligation,
  payment,
  presence,
  registrationDuty,
  underdeclaration,
  type DebtRows,
} from '../debt-marks.ts';
import { openGateway, storeKindsAtLength, type TestGateway } from '../support/gateway.ts';

// An answer has the shape of its question.
type Node = any;

const dienBien = '03127@2025-07';
const sent = (id: string, of: string, on: string) => event(id, of, 'REMINDER', { occurred_on: on });
/** One hundred million dong to the sickness fund alone, for August 2025. */
const hundredMillion = (of: string, month = '2025-08', more = {}) =>
  obligation(of, month, [0, 0], { due_sickness: '100000000', ...more });

const rows: DebtRows = {
  employers: [
    ...[
      'plain',
      'reminded',
      'paid',
      'part',
      'gone',
      'excused',
      'suspended',
      'hired',
      'low',
      'health',
    ],
    ...['corrected', 'planned', 'person'],
  ].map((id) => employer(`law-${id}`, dienBien, { is_natural_person: id === 'person' })),
  obligations: [
    ...['plain', 'reminded', 'paid', 'part', 'gone', 'excused', 'corrected', 'planned'].map((id) =>
      hundredMillion(`law-${id}`),
    ),
    hundredMillion('law-person'),
    obligation('law-suspended', '2025-08', [0, 0], { due_retirement: '100000000' }),
    obligation('law-health', '2025-08', [0, 0], { due_health: '100000000' }),
  ],
  payments: [
    payment('law-paid', '2025-10-30', '100000000'),
    payment('law-part', '2025-10-10', '40000000'),
    payment('law-corrected', '2025-09-20', '100000000'),
  ],
  events: [
    sent('law-reminder', 'law-reminded', '2025-10-08'),
    sent('law-reminder-excused', 'law-excused', '2025-10-08'),
    event('law-flood', 'law-excused', 'FORCE_MAJEURE', {
      occurred_on: '2025-10-20',
      cause: 'FLOOD',
      from_on: '2025-10-01',
      until_on: '2025-10-15',
    }),
    event('law-gone', 'law-gone', 'HARD_TO_COLLECT', {
      occurred_on: '2025-11-01',
      cause: 'ABSCONDED',
      from_on: '2025-11-01',
    }),
    event('law-suspension', 'law-suspended', 'SUSPENSION', {
      occurred_on: '2025-08-01',
      from_on: '2025-08-01',
      until_on: '2026-07-31',
    }),
    event('law-plan', 'law-planned', 'INSPECTION', {
      stage: 'PLANNED',
      agency_id: 'labour-dien-bien',
      participant_ids: ['union-dien-bien'],
      confirmed_at: '2025-11-01T00:00:00Z',
    }),
    event('law-held', 'law-planned', 'INSPECTION', {
      agency_id: 'labour-dien-bien',
      participant_ids: ['union-dien-bien'],
      confirmed_at: '2025-11-01T00:00:00Z',
    }),
    event('law-proposed', 'law-planned', 'INSPECTION', {
      stage: 'PROPOSED',
      agency_id: 'union-dien-bien',
    }),
    event('law-draft', 'law-planned', 'SANCTION', {
      stage: 'DRAFT',
      agency_id: 'labour-dien-bien',
      participant_ids: ['union-dien-bien'],
      confirmed_at: '2025-11-01T00:00:00Z',
    }),
  ],
  registrationDuties: [registrationDuty('law-duty', 'law-hired')],
  underdeclarations: [underdeclaration('law-low', 'law-low')],
  presences: [presence('law-planned', 'union-dien-bien')],
};

/** Corrects a payment, takes it back, and tries what must leave no trace. */
async function changeFacts(owner: pg.Pool) {
  await owner.query(`update payment set amount = 90000000 where employer_id = 'law-corrected'`);
  // Known for a while, so that there is an instant between the two.
  await owner.query('select pg_sleep(0.05)');
  await owner.query(`delete from payment where employer_id = 'law-corrected'`);
  await owner.query(
    `update obligation set paid_sickness = 7, known_from = now() where employer_id = 'law-plain'`,
  );
  await owner.query(`update payment set amount = amount where employer_id = 'law-paid'`);
  const refusals: string[] = [];
  for (const change of [
    'delete from debt_fact_version',
    'update debt_fact_version set fact = fact',
  ]) {
    await owner.query(change).catch((error: Error) => refusals.push(error.message));
  }
  const { rows: versions } = await owner.query(
    `select known_from, known_to, content ->> 'amount' as amount from debt_fact_version
      where employer_id = 'law-corrected' order by known_from`,
  );
  const { rows: all } = await owner.query(
    `select 1 from debt_fact_version where fact_id like '%law-%'`,
  );
  const { rows: kept } = await owner.query(
    `select known_from from obligation where employer_id = 'law-plain'`,
  );
  return {
    refusals,
    versions: versions,
    unchanged: all.length,
    knownFrom: (kept[0].known_from as Date).toISOString(),
  };
}

describe.each(storeKindsAtLength)('an assessment on %s', (kind) => {
  let gateway: TestGateway;
  let stored: Awaited<ReturnType<typeof changeFacts>>;
  beforeAll(async () => {
    gateway = await openGateway({
      kind,
      demonstration: true,
      prepare: async (owner) => {
        await insertDebt(owner, rows);
        stored = await changeFacts(owner);
      },
    });
  });
  afterAll(() => gateway.close());

  const ask = (agency: string, id: string, args: string, fields: string) =>
    gateway.ask(
      agency,
      `{ employers(first: 1, where: {unitCode: "unit-law-${id}"}) { nodes { assessment${args} { ${fields} } } } }`,
    );
  async function assess(id: string, on: string, fields: string, agency = 'si-dien-bien') {
    const { data, errors } = await ask(agency, id, `(on: "${on}")`, fields);
    expect(errors).toEqual([]);
    return data.employers.nodes[0].assessment;
  }

  test.each([
    ['plain', '2025-09-30', 'ON_TIME', '0', '0'],
    ['plain', '2025-10-01', 'LATE_UNPAID', '100000000', '30000'],
    ['plain', '2025-11-29', 'LATE_UNPAID', '100000000', '1800000'],
    ['plain', '2025-12-15', 'LATE_UNPAID', '100000000', '2280000'],
    ['reminded', '2025-11-29', 'LATE_UNPAID', '100000000', '1800000'],
    ['reminded', '2025-11-30', 'EVASION_UNPAID_AFTER_REMINDER', '100000000', '1830000'],
    ['reminded', '2025-12-15', 'EVASION_UNPAID_AFTER_REMINDER', '100000000', '2280000'],
    ['paid', '2025-10-29', 'LATE_UNPAID', '100000000', '870000'],
    ['paid', '2025-12-15', 'ON_TIME', '0', '900000'],
    ['part', '2025-12-15', 'LATE_UNPAID', '60000000', '1488000'],
    ['gone', '2025-12-15', 'HARD_TO_COLLECT', '100000000', '2280000'],
    ['excused', '2025-12-15', 'EXCUSED', '100000000', '2280000'],
    ['suspended', '2025-12-15', 'SUSPENDED', '0', '0'],
    ['hired', '2025-08-31', 'ON_TIME', '0', '0'],
    ['hired', '2025-10-30', 'LATE_UNREGISTERED', '0', null],
    ['hired', '2025-10-31', 'EVASION_UNREGISTERED', '0', null],
    ['low', '2025-09-30', 'ON_TIME', '0', '0'],
    ['low', '2025-10-01', 'EVASION_UNDERDECLARED', '0', null],
    ['health', '2025-12-15', null, '100000000', null],
  ])('%s on %s is %s with %s overdue and %s charged', async (id, on, state, overdue, billed) => {
    const found = await assess(id, on, 'state overdue charge { billed reasons { code sentence } }');
    expect([found.state, found.overdue, found.charge.billed]).toEqual([state, overdue, billed]);
    expect(found.charge.reasons.length > 0).toBe(billed === null);
  });

  test('says what a state rests on, and when it changes', async () => {
    const { items, basis, next } = await assess(
      'reminded',
      '2025-11-01',
      `basis { instrument article reliability } next { on state } ifReminded { on }
       items { kind timePeriod fund amount paid overdue daysLate dueOn firstLateDay lastGraceDay remindedOn evasionFrom
         charge { numerator denominator } }`,
    );
    expect(basis[0]).toEqual({
      instrument: '41/2024/QH15',
      article: 'Art 38',
      reliability: 'TEXT',
    });
    expect(next).toEqual({
      on: '2025-11-30',
      state: 'EVASION_UNPAID_AFTER_REMINDER',
    });
    expect(items).toEqual([
      {
        kind: 'PAYMENT',
        timePeriod: '2025-08',
        fund: 'SICKNESS',
        amount: '100000000',
        paid: '0',
        overdue: '100000000',
        daysLate: 32,
        dueOn: '2025-09-30',
        firstLateDay: '2025-10-01',
        lastGraceDay: '2025-11-29',
        remindedOn: '2025-10-08',
        evasionFrom: '2025-11-30',
        charge: { numerator: String(100_000_000n * 32n * 3n), denominator: '10000' },
      },
    ]);
  });

  test('says which fine it faces, as whom, and on what that rests', async () => {
    const fields = `fines { violation states isOrganisation since judgedOn decreeDay amount min max cap isCapped reliability
      basis { parameter reliability } reasons { code sentence } }`;
    const { fines } = await assess('plain', '2026-11-20', fields, 'labour-dien-bien');
    expect(fines).toEqual([
      {
        violation: 'LATE_PAYMENT',
        states: ['LATE_UNPAID'],
        isOrganisation: true,
        since: '2025-10-01',
        judgedOn: '2026-11-20',
        decreeDay: 'LAST_DAY',
        amount: '100000000',
        min: '24000000',
        max: '30000000',
        cap: '150000000',
        isCapped: false,
        reliability: 'OCR',
        basis: expect.arrayContaining([
          { parameter: 'FINE_DECREE_OF_ONGOING', reliability: 'OPEN' },
        ]) as unknown,
        reasons: [],
      },
    ]);
    const before = await assess('person', '2026-09-09', fields);
    expect(before.fines).toMatchObject([
      { isOrganisation: false, min: null, reasons: [{ code: 'FINE_DECREE_NOT_VERIFIED' }] },
    ]);
    expect((await assess('suspended', '2026-06-01', fields)).fines).toEqual([]);
  });

  test('items are chosen by state', async () => {
    const states = async (argument: string) => {
      const { items } = await assess(
        'part',
        '2025-12-15',
        `items(first: 5, state: [${argument}]) { state }`,
      );
      return items.map(({ state }: Node) => state) as string[];
    };
    expect(await states('LATE_UNPAID')).toEqual(['LATE_UNPAID']);
    expect(await states('ON_TIME, LATE_UNPAID')).toEqual(['LATE_UNPAID']);
    expect(await states('EXCUSED')).toEqual([]);
    expect(await states('')).toEqual([]);
  });

  test('a corrected payment is forgotten, and what was known before is not', async () => {
    const [first, second] = stored.versions as [Node, Node];
    expect([first.amount, second.amount]).toEqual(['100000000', '90000000']);
    expect(second.known_from).toEqual(first.known_to);
    const at = async (knownAt: string | null) => {
      const args = `(on: "2025-12-15"${knownAt ? `, knownAt: "${knownAt}"` : ''})`;
      const { data, errors } = await ask('si-dien-bien', 'corrected', args, 'state overdue');
      expect(errors).toEqual([]);
      return data.employers.nodes[0].assessment;
    };
    expect(await at(null)).toEqual({ state: 'LATE_UNPAID', overdue: '100000000' });
    expect(await at('2025-06-01T00:00:00Z')).toEqual({ state: 'ON_TIME', overdue: '0' });
    expect(await at((second.known_from as Date).toISOString())).toEqual({
      state: 'LATE_UNPAID',
      overdue: '10000000',
    });
    expect(await at('2024-01-01T00:00:00Z')).toEqual({ state: 'ON_TIME', overdue: '0' });
  });

  test('versions are written by the database and changed by nobody', () => {
    expect(stored.refusals).toEqual([
      'debt_fact_version is append-only',
      'debt_fact_version is append-only',
    ]);
    // What follows from the facts is no fact, and the same again is none that is new.
    expect(stored.unchanged).toBe(stored.versions.length);
    expect(stored.knownFrom).toBe('2025-01-01T00:00:00.000Z');
  });

  test('the positions of the demonstration are what the law makes of its facts', async () => {
    let after: string | null = null;
    let compared = 0;
    do {
      const { data, errors }: Node = await gateway.ask(
        'si-dien-bien',
        `{ debtPositions(first: 40, orderBy: EMPLOYER${after ? `, after: "${after}"` : ''}, where: {asOf: "2026-05-31"}) {
             nodes { state stateSince amount monthsLate oldestDueOn workersAffected funds { fund amount }
               employer { code assessment(on: "2026-05-31") { state stateSince overdue monthsLate oldestDueOn workersAffected
                 items(first: 200) { fund overdue } } } }
             pageInfo { endCursor hasNextPage } } }`,
      );
      expect(errors).toEqual([]);
      for (const { employer: of, amount, funds, ...position } of data.debtPositions.nodes) {
        const { overdue, stateSince, items, ...assessed } = of.assessment;
        const owed = new Map<string, bigint>(funds.map(({ fund }: Node) => [fund, 0n]));
        for (const item of items.filter(({ fund }: Node) => fund)) {
          owed.set(item.fund, owed.get(item.fund)! + BigInt(item.overdue));
        }
        const told = funds.map((one: Node) => [one.fund, BigInt(one.amount)]);
        expect(told, of.code).toEqual([...owed]);
        const since = assessed.state === 'ON_TIME' ? null : stateSince;
        expect({ ...assessed, stateSince: since, amount: overdue }, of.code).toEqual({
          ...position,
          amount,
        });
        compared += 1;
      }
      after = data.debtPositions.pageInfo.hasNextPage
        ? data.debtPositions.pageInfo.endCursor
        : null;
    } while (after);
    expect(compared).toBeGreaterThan(80);
  });

  test('is for the insurance agency and the labour authority of the territory', async () => {
    for (const agency of ['si-vn', 'si-dien-bien', 'labour-dien-bien', 'labour-vn']) {
      expect((await assess('plain', '2025-12-15', 'state', agency)).state).toBe('LATE_UNPAID');
    }
    for (const agency of ['si-lao-cai', 'labour-nghe-an', 'si-tua-chua']) {
      const { data, errors } = await ask(agency, 'plain', '', 'state');
      expect(errors).toEqual([]);
      expect(data.employers.nodes).toEqual([]);
    }
    for (const agency of ['union-dien-bien', 'press-vn', 'audit-vn', 'steward-vn']) {
      const { errors } = await ask(agency, 'planned', '', 'state');
      expect(errors[0]?.extensions.code).toBe('DOCUMENT_INVALID');
    }
  });

  test('a union learns of what was done and of what it proposed, not of plans and drafts', async () => {
    const codes = async (agency: string) => {
      const { data, errors } = await gateway.ask(
        agency,
        '{ debtEvents(first: 50, where: {employer: "law-planned"}) { totalCount nodes { code stage } } }',
      );
      expect(errors).toEqual([]);
      const { nodes, totalCount } = data.debtEvents;
      expect(totalCount).toBe(nodes.length);
      return nodes.map(({ code }: Node) => code).sort() as string[];
    };
    expect(await codes('union-dien-bien')).toEqual(['law-held', 'law-proposed']);
    expect(await codes('labour-dien-bien')).toEqual([
      'law-draft',
      'law-held',
      'law-plan',
      'law-proposed',
    ]);
  });

  test('stands on the access log as a row of its own', async () => {
    const { headers } = await ask('si-dien-bien', 'plain', '(on: "2025-12-15")', 'state');
    const { data } = await gateway.ask(
      'audit-vn',
      'query($n: Int64!) { accessRecord(number: $n) { given { type provider rows } } }',
      { variables: { n: headers['access-record'] } },
    );
    expect(data.accessRecord.given).toContainEqual({
      type: 'DebtAssessment',
      provider: 'si-vn',
      rows: 1,
    });
  });

  test.each([
    ['(on: "1994-12-31")', 'DAY_OUT_OF_RANGE'],
    ['(on: "2999-01-01")', 'DAY_OUT_OF_RANGE'],
    ['(on: "2025-12-15", paidUntil: "2025-12-14")', 'DAY_OUT_OF_RANGE'],
    ['(knownAt: "2999-01-01T00:00:00Z")', 'AS_OF_IN_FUTURE'],
  ])('%s is refused with %s', async (args, code) => {
    const { errors } = await ask('si-dien-bien', 'plain', args, 'state');
    expect(errors.map(({ extensions }) => extensions.code)).toEqual([code]);
    if (code === 'AS_OF_IN_FUTURE') expect(errors[0]!.message).toContain('leave knownAt out');
  });
});
