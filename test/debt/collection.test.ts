/** What offices had to collect and collected: worked figures, estimates and their history, and whose it is to read. */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withScope, nobody } from '../../src/platform/scope.ts';
import { employer, event, insertDebt, obligation, payment, type Row } from '../debt-marks.ts';
import { accepted, errorCode, openBench, type ReleaseBench } from '../release/support.ts';

let bench: ReleaseBench;
const ask = (agency: string, text: string) => bench.gateway.ask(agency, text);

/** Of five funds, a hundred dong each unless told otherwise. */
const due = (of: string, month: string, dueOn: string, more: Row = {}) =>
  obligation(of, month, [100, 0], { due_on: dueOn, ...more });
const tuaChua = { office_id: 'office-tua-chua' };
const dienBien = { office_id: 'office-dien-bien' };

beforeAll(async () => {
  bench = await openBench(async (owner) => {
    await insertDebt(owner, {
      employers: [
        ...['late', 'advance', 'reversed'].map((id) => employer(id, '03217@2025-07', tuaChua)),
        ...['suspended', 'registered'].map((id) => employer(id, '03127@2025-07', dienBien)),
        employer('elsewhere', '16681@2025-07', { office_id: 'office-nghe-an' }),
      ],
      obligations: [
        // Due on the last day before the quarter, and in it.
        due('late', '2025-11', '2025-12-31'),
        due('late', '2025-12', '2026-01-31'),
        due('advance', '2026-03', '2026-04-30'),
        due('reversed', '2025-12', '2026-01-31'),
        due('suspended', '2026-01', '2026-02-28', { due_retirement: '400', due_health: '0' }),
        // Registered after money had gone to a month that is due later.
        due('registered', '2025-10', '2025-11-30', { registered_on: '2026-03-20' }),
        due('registered', '2026-03', '2026-04-30'),
        due('elsewhere', '2025-12', '2026-01-31'),
      ],
      payments: [
        payment('late', '2026-02-10', '700'),
        payment('late', '2026-04-20', '300'),
        payment('advance', '2026-03-20', '800'),
        { ...payment('reversed', '2026-01-15', '500'), reversed_on: '2026-05-05' },
        payment('registered', '2026-03-05', '500'),
      ],
      events: [
        event('suspension', 'suspended', 'SUSPENSION', {
          occurred_on: '2026-04-10',
          from_on: '2026-01-01',
          until_on: '2026-12-31',
        }),
      ],
    });
  }, false);
});
afterAll(() => bench.close());

const amounts = `openingOverdue openingCredit fellDue receivable received reversed revenue closingOverdue closingCredit`;
const collection = (where: string, fields = amounts) =>
  `{ collection(where: {${where}}) { office { code } timePeriod ${fields} } }`;
async function rowsOf(agency: string, where: string, fields = amounts) {
  const { data } = accepted(await ask(agency, collection(where, fields)));
  return data.collection.map(({ office, timePeriod, ...rest }: any) => [
    office.code,
    timePeriod,
    ...Object.values(rest),
  ]) as unknown[][];
}

describe('worked figures', () => {
  // opening overdue and credit, fell due, receivable, received, reversed, revenue, closing overdue and credit
  const tuaChuaRows = [
    ['office-tua-chua', '2026-Q1', 500, 0, 1000, 1500, 2000, 0, 2000, 300, 800],
    ['office-tua-chua', '2026-Q2', 300, 800, 500, 800, 300, 500, -200, 500, 300],
  ];
  const provinceRows = [
    ['office-dien-bien', '2026-Q1', 500, 0, 2200, 2700, 2500, 0, 2500, 1500, 1300],
    ['office-dien-bien', '2026-Q2', 1500, 1300, 600, 2100, 300, 500, -200, 1300, 300],
  ];
  const elsewhereRows = [
    ['office-nghe-an', '2026-Q1', 0, 0, 500, 500, 0, 0, 0, 500, 0],
    ['office-nghe-an', '2026-Q2', 500, 0, 0, 500, 0, 0, 0, 500, 0],
  ];
  const told = (rows: readonly (readonly unknown[])[]) =>
    rows.map((row) => row.map((one) => String(one)));
  const quarters = 'from: "2026-Q1", to: "2026-Q2"';

  test.each([
    ['si-tua-chua', tuaChuaRows],
    ['si-dien-bien', [...provinceRows, ...tuaChuaRows]],
    ['si-nghe-an', elsewhereRows],
  ])('%s reads every office whose whole territory it reads', async (agency, rows) => {
    expect(await rowsOf(agency, quarters)).toEqual(told(rows));
  });

  test('the national agency reads all, and its own office holds the country', async () => {
    const rows = await rowsOf('si-vn', 'from: "2026-Q1"', 'fellDue closingOverdue');
    expect(rows).toContainEqual(['office-vn', '2026-Q1', '2700', '2000']);
    expect(rows.map(([office]) => office)).toEqual([
      'office-dien-bien',
      'office-lao-cai',
      'office-nghe-an',
      'office-tua-chua',
      'office-vn',
    ]);
    expect(rows[1]).toEqual(['office-lao-cai', '2026-Q1', '0', '0']);
  });

  test.each([
    ['from: "2025-12", to: "2026-07"', 8],
    ['from: "2025-Q4", to: "2026-Q3"', 4],
    ['from: "2025", to: "2026"', 2],
  ])('money is conserved, from each period to the next: %s', async (where, periods) => {
    const { data } = accepted(await ask('si-dien-bien', collection(where)));
    for (const code of ['office-dien-bien', 'office-tua-chua']) {
      const own = data.collection.filter(({ office }: any) => office.code === code);
      expect(own).toHaveLength(periods);
      for (const [i, row] of own.entries()) {
        const n = (name: string) => BigInt(row[name]);
        expect(n('openingOverdue') - n('openingCredit') + n('fellDue') - n('revenue')).toBe(
          n('closingOverdue') - n('closingCredit'),
        );
        if (i === 0) continue;
        expect([row.openingOverdue, row.openingCredit]).toEqual([
          own[i - 1].closingOverdue,
          own[i - 1].closingCredit,
        ]);
      }
    }
  });

  test.each([
    ['2026-01-01', '2025-12'],
    ['2026-04-01', '2026-03'],
    ['2026-05-01', '2026-04'],
    ['2026-07-01', '2026-06'],
  ])('what is overdue is what the law engine says of the employers on %s', async (on, month) => {
    const { data } = accepted(
      await ask('si-dien-bien', `{ employers { nodes { assessment(on: "${on}") { overdue } } } }`),
    );
    const overdue = data.employers.nodes.reduce(
      (sum: bigint, { assessment }: any) => sum + BigInt(assessment.overdue),
      0n,
    );
    const where = `office: "office-dien-bien", from: "${month}"`;
    expect(await rowsOf('si-dien-bien', where, 'closingOverdue')).toEqual([
      ['office-dien-bien', month, String(overdue)],
    ]);
  });

  test('an office out of reach is one without rows', async () => {
    for (const [agency, office] of [
      ['si-nghe-an', 'office-tua-chua'],
      ['si-tua-chua', 'office-dien-bien'],
      ['si-dien-bien', 'office-vn'],
    ] as const) {
      expect(await rowsOf(agency, `office: "${office}", from: "2026-Q1"`)).toEqual([]);
    }
    const within = 'within: {code: "40", vintage: "2025-07"}, from: "2026-Q1"';
    expect(await rowsOf('si-dien-bien', within)).toEqual([]);
  });

  test.each([
    ['from: "2026-01-15"', 'PERIOD_MALFORMED'],
    ['from: "2026-13"', 'PERIOD_MALFORMED'],
    ['from: "2026-Q1", to: "2026-03"', 'COLLECTION_PERIODS_INVALID'],
    ['from: "2026-03", to: "2026-02"', 'COLLECTION_PERIODS_INVALID'],
    ['from: "2023-12", to: "2025-12"', 'COLLECTION_PERIODS_INVALID'],
    ['from: "2999"', 'COLLECTION_PERIODS_INVALID'],
    ['from: "2026", office: "office-none"', 'OFFICE_UNKNOWN'],
  ])('%s is refused: %s', async (where, code) => {
    expect(errorCode(await ask('si-dien-bien', collection(where)))).toBe(code);
  });

  test('of the year that goes on, no day is counted that has not come', async () => {
    const year = new Date().toISOString().slice(0, 4);
    const [row] = await rowsOf('si-tua-chua', `from: "${year}"`, 'countedTo');
    expect(Date.parse(String(row![2])) - Date.now()).toBeLessThan(86_400_000);
  });
});

describe('estimates', () => {
  const assign = (more: Readonly<Record<string, string>> = {}) => {
    const input = {
      office: '"office-tua-chua"',
      timePeriod: '"2026-Q1"',
      measure: 'REVENUE',
      amount: '"4000"',
      instrument: '"Quyết định 12/QĐ-BHXH"',
      assignedOn: '"2025-12-20"',
      ...more,
    };
    const list = Object.entries(input).map(([name, value]) => `${name}: ${value}`);
    return `mutation { assignCollectionEstimate(input: {${list.join(', ')}}) { code amount knownTo contributor } }`;
  };
  const correct = (estimate: string, more: string) =>
    `mutation { correctCollectionEstimate(estimate: "${estimate}", reason: "Sai số", ${more}) { code amount supersedes knownTo } }`;
  const rates = `estimatedRevenue estimatedReceivable revenueOfEstimate { numerator denominator percent missing }
    overdueOfEstimatedReceivable { percent missing } revenueOfReceivable { percent } revenueOfFellDue { percent missing }`;
  const ratesOf = async (agency: string, office: string, period: string) =>
    accepted(await ask(agency, collection(`office: "${office}", from: "${period}"`, rates))).data
      .collection[0];
  let first = '';

  test.each([
    ['si-tua-chua', '"office-tua-chua"', 'OFFICE_NOT_BELOW'],
    ['si-dien-bien', '"office-dien-bien"', 'OFFICE_NOT_BELOW'],
    ['si-nghe-an', '"office-tua-chua"', 'OFFICE_NOT_BELOW'],
    ['si-dien-bien', '"office-vn"', 'OFFICE_NOT_BELOW'],
    ['si-dien-bien', '"office-none"', 'OFFICE_UNKNOWN'],
  ])('%s cannot assign to %s', async (agency, office, code) => {
    expect(errorCode(await ask(agency, assign({ office })))).toBe(code);
  });

  test('an office without one has no rate, and says why', async () => {
    expect(await ratesOf('si-tua-chua', 'office-tua-chua', '2026-Q1')).toMatchObject({
      estimatedRevenue: null,
      revenueOfEstimate: { numerator: '2000', denominator: null, percent: null },
      overdueOfEstimatedReceivable: { percent: null, missing: 'ESTIMATE_MISSING' },
      revenueOfReceivable: { percent: '133.33' },
      revenueOfFellDue: { percent: '200.00', missing: null },
    });
  });

  test('the agency above assigns; the office reads it, and no other one', async () => {
    const { data } = accepted(await ask('si-dien-bien', assign()));
    first = data.assignCollectionEstimate.code;
    expect(data.assignCollectionEstimate).toMatchObject({
      amount: '4000',
      contributor: 'si-dien-bien',
    });
    expect(errorCode(await ask('si-vn', assign()))).toBe('ESTIMATE_EXISTS');
    const receivable = { measure: 'RECEIVABLE', office: '"office-dien-bien"', amount: '"3000"' };
    accepted(await ask('si-vn', assign(receivable)));
    expect(await ratesOf('si-tua-chua', 'office-tua-chua', '2026-Q1')).toMatchObject({
      estimatedRevenue: '4000',
      revenueOfEstimate: { numerator: '2000', denominator: '4000', percent: '50.00' },
    });
    expect(await ratesOf('si-dien-bien', 'office-dien-bien', '2026-Q1')).toMatchObject({
      estimatedReceivable: '3000',
      overdueOfEstimatedReceivable: { percent: '50.00', missing: null },
    });
    const seen = await Promise.all(
      ['si-vn', 'si-dien-bien', 'si-tua-chua', 'si-nghe-an'].map(async (agency) =>
        accepted(await ask(agency, '{ collectionEstimates { totalCount } }')),
      ),
    );
    expect(seen.map(({ data: of }) => of.collectionEstimates.totalCount)).toEqual([2, 2, 1, 0]);
  });

  test('funds add up where each has its own, and not before', async () => {
    const funds = ['RETIREMENT', 'SICKNESS', 'ACCIDENT', 'UNEMPLOYMENT', 'HEALTH'];
    for (const [i, fund] of funds.entries()) {
      expect(await ratesOf('si-dien-bien', 'office-tua-chua', '2026-Q2')).toMatchObject({
        estimatedRevenue: null,
      });
      const more = { timePeriod: '"2026-Q2"', fund: `"${fund}"`, amount: `"${i * 100}"` };
      accepted(await ask('si-dien-bien', assign(more)));
    }
    // More was taken back than came.
    expect(await ratesOf('si-dien-bien', 'office-tua-chua', '2026-Q2')).toMatchObject({
      estimatedRevenue: '1000',
      revenueOfEstimate: { numerator: '-200', percent: '-20.00' },
    });
    expect(errorCode(await ask('si-dien-bien', assign({ fund: '"NONE"' })))).toBe('CODE_UNKNOWN');
  });

  test('a correction keeps what was said, and stands in the change log', async () => {
    expect(errorCode(await ask('si-nghe-an', correct(first, 'amount: "1"')))).toBe(
      'ESTIMATE_UNKNOWN',
    );
    expect(errorCode(await ask('si-tua-chua', correct(first, 'amount: "1"')))).toBe(
      'OFFICE_NOT_BELOW',
    );
    const { data } = accepted(await ask('si-dien-bien', correct(first, 'amount: "8000"')));
    const second = data.correctCollectionEstimate;
    expect(second).toMatchObject({ amount: '8000', supersedes: first, knownTo: null });
    expect(errorCode(await ask('si-dien-bien', correct(first, 'amount: "1"')))).toBe(
      'ESTIMATE_OUTDATED',
    );
    expect(await ratesOf('si-tua-chua', 'office-tua-chua', '2026-Q1')).toMatchObject({
      revenueOfEstimate: { percent: '25.00' },
    });
    const all = `{ collectionEstimates(where: {office: "office-tua-chua", timePeriod: "2026-Q1"}) { nodes { code amount knownTo } } }`;
    const { nodes } = accepted(await ask('si-tua-chua', all)).data.collectionEstimates;
    expect(nodes).toMatchObject([
      { code: second.code, amount: '8000', knownTo: null },
      { code: first, amount: '4000', knownTo: expect.any(String) },
    ]);
    // What the country's agency assigned is not its province's to change; the other way round it is.
    const national = { timePeriod: '"2026-Q4"', amount: '"500"' };
    const above = accepted(await ask('si-vn', assign(national))).data.assignCollectionEstimate.code;
    expect(errorCode(await ask('si-dien-bien', correct(above, 'amount: "1"')))).toBe(
      'ESTIMATE_NOT_OWN',
    );
    expect(errorCode(await ask('si-dien-bien', correct(above, 'instrument: "Không"')))).toBe(
      'ESTIMATE_NOT_OWN',
    );
    accepted(await ask('si-vn', correct(above, 'amount: "600"')));
    const most = 'amount: "1000000000000001"';
    expect(errorCode(await ask('si-dien-bien', correct(second.code, most)))).toBe(
      'NUMBER_OUT_OF_BOUNDS',
    );
    const tooMuch = assign({ timePeriod: '"2026-Q3"', amount: '"1000000000000001"' });
    expect(errorCode(await ask('si-dien-bien', tooMuch))).toBe('NUMBER_OUT_OF_BOUNDS');
    // Without an amount it is taken back.
    accepted(await ask('si-dien-bien', correct(second.code, 'instrument: "Thu hồi"')));
    expect(await ratesOf('si-tua-chua', 'office-tua-chua', '2026-Q1')).toMatchObject({
      estimatedRevenue: null,
      revenueOfEstimate: { missing: 'ESTIMATE_MISSING' },
    });
    const { rows } = await bench.owner.query<{ action: string }>(
      `select action from change_record where entity = 'collection_estimate' and entity_id = any($1) order by changed_at`,
      [[first, second.code]],
    );
    expect(rows.map(({ action }) => action).sort()).toEqual([
      'INSERT',
      'INSERT',
      'UPDATE',
      'UPDATE',
    ]);
  });

  test.each([
    'labour-vn',
    'labour-dien-bien',
    'union-dien-bien',
    'press-vn',
    'audit-vn',
    'steward-vn',
  ])('%s is told of nothing of it', async (agency) => {
    for (const text of [
      collection('from: "2026"'),
      '{ collectionEstimates { totalCount } }',
      assign(),
      correct('x', 'amount: "1"'),
    ]) {
      expect(errorCode(await ask(agency, text))).toBe('DOCUMENT_INVALID');
    }
  });

  test('whatever a resolver forgot, the database refuses', async () => {
    const scope = {
      ...nobody,
      instant: new Date().toISOString(),
      agency: 'labour-vn',
      topics: ['DEBT'],
      national: ['DEBT'],
    };
    const { gateway: pool } = bench.gateway.store;
    await withScope(scope, async () => {
      expect((await pool.query('select id from collection_estimate')).rows).toEqual([]);
      const row = `{"office":"office-tua-chua","time_period":"2026","measure":"REVENUE","amount":1,"instrument":"x","assigned_on":"2026-01-01"}`;
      await expect(
        pool.query(`select assign_collection_estimate('${row}'::jsonb)`),
      ).rejects.toThrow('OFFICE_NOT_BELOW');
      await expect(pool.query('delete from collection_estimate')).rejects.toThrow(/denied/);
    });
  });
});

describe('sums are those of the facts, whatever becomes of these', () => {
  /** The same numbers at every run. */
  let state = 20_250_701;
  const drawn = (range: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * range);
  };
  const anyDay = () => `date '2025-10-05' + ${drawn(240)}`;
  const ids = Array.from({ length: 6 }, (_, i) => `random${i}`);
  let payments = 0;

  /** Several months at once, new ones and known ones; of every third employer some are registered late. */
  const record = (id: string) => {
    const isLate = ids.indexOf(id) % 3 === 0 && drawn(3) === 0;
    const due = 100 + drawn(900);
    return `insert into obligation (employer_id, topic, area_id, province_id, time_period, period_start, due_on, workers,
        contribution_base, due_retirement, due_sickness, due_accident, due_unemployment, due_health, paid_retirement,
        paid_sickness, paid_accident, paid_unemployment, paid_health, payment_cycle, registered_on, source_id, contributor_id)
      select '${id}', 'DEBT', '03217@2025-07', '11@2025-07', to_char(m, 'YYYY-MM'), m, (m + interval '2 months')::date - 1,
        5, 1000, ${due}, 10, 0, 0, 0, 0, 0, 0, 0, 0, 'MONTHLY', ${isLate ? `m::date + ${drawn(120)}` : 'null'},
        'dien-bien-2024', 'si-vn'
        from generate_series(date '2025-09-01' + interval '1 month' * ${drawn(6)}, date '2026-03-01', interval '1 month') m
      on conflict (employer_id, time_period) do update
        set due_retirement = excluded.due_retirement, registered_on = excluded.registered_on`;
  };
  const pay = (id: string) =>
    `insert into payment (id, topic, area_id, province_id, employer_id, received_on, amount, source_id, contributor_id)
     values ('random-${(payments += 1)}', 'DEBT', '03217@2025-07', '11@2025-07', '${id}', ${anyDay()}, ${100 + drawn(2_500)},
       'dien-bien-2024', 'si-vn')`;
  const ofSome = (id: string) =>
    `employer_id = '${id}' and id like 'random-%' and length(id) % 2 = ${drawn(2)}`;
  const changes: readonly ((id: string) => string)[] = [
    record,
    record,
    pay,
    pay,
    pay,
    (id) =>
      `update payment set amount = amount + ${drawn(50)}, received_on = ${anyDay()}, reversed_on = null where ${ofSome(id)}`,
    (id) => `update payment set reversed_on = received_on + ${drawn(60)} where ${ofSome(id)}`,
    (id) =>
      `delete from payment where id = (select max(id) from payment where employer_id = '${id}')`,
    (id) =>
      `delete from obligation where employer_id = '${id}' and time_period = '2025-1${drawn(3)}'`,
    (id) =>
      `update employer set office_id = 'office-${drawn(2) === 0 ? 'tua-chua' : 'dien-bien'}' where id = '${id}'`,
  ];
  const suspend = (id: string) =>
    `insert into debt_event (id, topic, area_id, province_id, employer_id, kind, occurred_on, agency_id, participant_ids,
       from_on, until_on, time_periods, source_id, contributor_id)
     values ('pause-${id}', 'DEBT', '03217@2025-07', '11@2025-07', '${id}', 'SUSPENSION', '2026-02-10', 'labour-dien-bien',
       '{}', '2026-01-01', '2026-06-30', '{}', 'dien-bien-2024', 'si-vn')`;

  async function expectEqual() {
    const { rows } = await bench.owner.query(`select * from collection_differences('11@2025-07')`);
    expect(rows).toEqual([]);
    const { data } = accepted(
      await ask(
        'si-dien-bien',
        collection('office: "office-dien-bien", from: "2025-12", to: "2026-06"'),
      ),
    );
    for (const row of data.collection) {
      const n = (name: string) => BigInt(row[name]);
      expect(n('openingOverdue') - n('openingCredit') + n('fellDue') - n('revenue')).toBe(
        n('closingOverdue') - n('closingCredit'),
      );
    }
    const on = { '2025-12': '2026-01-01', '2026-02': '2026-03-01', '2026-05': '2026-06-01' };
    const fields = Object.values(on).map((day, i) => `d${i}: assessment(on: "${day}") { overdue }`);
    const { data: own } = accepted(
      await ask('si-dien-bien', `{ employers(first: 50) { nodes { ${fields.join(' ')} } } }`),
    );
    for (const [i, month] of Object.keys(on).entries()) {
      const overdue = own.employers.nodes.reduce(
        (sum: bigint, node: any) => sum + BigInt(node[`d${i}`].overdue),
        0n,
      );
      const row = data.collection.find(({ timePeriod }: any) => timePeriod === month);
      expect([month, row.closingOverdue]).toEqual([month, String(overdue)]);
    }
  }

  test('new months beside known ones, corrections, reversed and removed payments, another office, suspensions', async () => {
    await insertDebt(bench.owner, {
      employers: ids.map((id) => employer(id, '03217@2025-07', tuaChua)),
    });
    let excepted = 0;
    for (let round = 0; round < 6; round += 1) {
      for (let step = 0; step < 25; step += 1) {
        await bench.owner.query(changes[drawn(changes.length)]!(ids[drawn(ids.length)]!));
      }
      if (round === 2) await bench.owner.query(suspend('random1'));
      if (round === 4) await bench.owner.query(`delete from debt_event where id = 'pause-random1'`);
      const { rows } = await bench.owner.query(
        `select from collection_exception where employer_id like 'random%'`,
      );
      excepted += rows.length;
      await expectEqual();
    }
    expect(excepted).toBeGreaterThan(0);
    await bench.owner.query(`select fold_collection_sums('11@2025-07')`);
    await expectEqual();
    await bench.owner.query('select recompute_collection()');
    await expectEqual();
  });
});

describe('sums are those of the facts, whoever else writes', () => {
  const clients: pg.PoolClient[] = [];
  let payments = 0;
  const pays = (id: string) =>
    `insert into payment (id, topic, area_id, province_id, employer_id, received_on, amount, source_id, contributor_id)
     values ('beside-${(payments += 1)}', 'DEBT', '03217@2025-07', '11@2025-07', '${id}', '2026-02-11', 70,
       'dien-bien-2024', 'si-vn')`;
  const owes = (id: string) =>
    `update obligation set due_health = due_health + 30 where employer_id = '${id}'`;
  const all = `select (select jsonb_agg(s order by id) from collection_sum s) as sums,
    (select jsonb_agg(a order by employer_id) from collection_account a) as accounts`;
  const received = async () => {
    const [[, , sum]] = (await rowsOf(
      'si-tua-chua',
      'office: "office-tua-chua", from: "2026-02"',
      'received',
    )) as [[string, string, string]];
    return Number(sum);
  };
  const differences = async () =>
    (await clients[0]!.query(`select * from collection_differences('11@2025-07')`)).rows;

  beforeAll(async () => {
    await insertDebt(bench.owner, {
      employers: ['beside1', 'beside2'].map((id) => employer(id, '03217@2025-07', tuaChua)),
      obligations: ['beside1', 'beside2'].map((id) => due(id, '2025-12', '2026-01-31')),
    });
    clients.push(await bench.owner.connect(), await bench.owner.connect());
  });
  afterAll(() => {
    for (const client of clients) client.release();
  });

  const orders = [
    [0, 1],
    [1, 0],
  ] as const;

  test.each(orders)('two of one place and period do not wait: %i ends first', async (...order) => {
    const before = await received();
    for (const client of clients) await client.query('begin');
    for (const [i, client] of clients.entries()) {
      await client.query(pays(`beside${i + 1}`));
      await client.query(owes(`beside${i + 1}`));
      await client.query(`select fold_collection_sums('11@2025-07')`);
    }
    for (const one of order) await clients[one]!.query('commit');
    expect(await received()).toBe(before + 140);
    expect(await differences()).toEqual([]);
  });

  test.each(orders)('of one employer the other one waits: %i begins', async (first, second) => {
    const before = await received();
    await clients[first]!.query('begin');
    await clients[first]!.query(pays('beside1'));
    let ended = false;
    const waiting = clients[second]!.query(pays('beside1')).then(() => (ended = true));
    await clients[first]!.query(owes('beside1'));
    expect(ended).toBe(false);
    await clients[first]!.query('commit');
    await waiting;
    expect(await received()).toBe(before + 140);
    expect(await differences()).toEqual([]);
  });

  test('calls that name employers in either order all come in', async () => {
    const before = await received();
    const call = (n: number, ids: readonly string[]) =>
      ask(
        'si-dien-bien',
        `mutation { recordPayments(rows: [${ids
          .map(
            (id) =>
              `{employer: "${id}", reference: "${n}-${id}", receivedOn: "2026-02-12", amount: "10"}`,
          )
          .join(' ')}]) { inserted } }`,
      );
    const replies = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        call(n, n % 2 === 0 ? ['beside1', 'beside2'] : ['beside2', 'beside1']),
      ),
    );
    for (const reply of replies) {
      expect(accepted(reply).data.recordPayments.inserted).toBe(2);
    }
    expect(await received()).toBe(before + 120);
    expect(await differences()).toEqual([]);
  });

  test('what is rolled back leaves sums and accounts as they were', async () => {
    const [client] = clients as [pg.PoolClient];
    const { rows } = await client.query(all);
    await client.query('begin');
    await client.query(pays('beside1'));
    await client.query('savepoint half');
    await client.query(owes('beside2'));
    await client.query('rollback to savepoint half');
    expect((await client.query(all)).rows).not.toEqual(rows);
    await client.query('rollback');
    expect((await client.query(all)).rows).toEqual(rows);
  });

  test('who does not see what another has recorded cannot record', async () => {
    const [blind, other] = clients as [pg.PoolClient, pg.PoolClient];
    await blind.query('begin isolation level repeatable read');
    await blind.query('select from payment');
    await other.query(pays('beside1'));
    await expect(blind.query(pays('beside1'))).rejects.toMatchObject({ code: '40001' });
    await blind.query('rollback');
    expect(await differences()).toEqual([]);
  });

  test('what was loaded with triggers off is told, and is right once made anew', async () => {
    const [client] = clients as [pg.PoolClient];
    await client.query('begin');
    await client.query('alter table payment disable trigger payment_settle_insert');
    await client.query(pays('beside1'));
    const { rows } = await client.query(
      `select employer_id, received from collection_differences('11@2025-07')
        where source_id is not null order by employer_id`,
    );
    // By the account, and by the sums.
    expect(rows).toEqual([
      { employer_id: 'beside1', received: '-70' },
      { employer_id: null, received: '-70' },
    ]);
    await client.query('alter table payment enable trigger payment_settle_insert');
    // The employer's next change brings it in.
    await client.query(pays('beside1'));
    expect((await client.query(`select * from collection_differences('11@2025-07')`)).rows).toEqual(
      [],
    );
    await client.query('rollback');
  });
});
