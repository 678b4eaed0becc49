/** How facts come in, from outside: recorded, corrected, taken back, refused; what is paid follows from them. */
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nobody, withScope } from '../../src/platform/scope.ts';
import { employer, event, insertDebt } from '../debt-marks.ts';
import { openBench, type ReleaseBench } from '../release/support.ts';
import type { Reply } from '../support/gateway.ts';
import { did, inDays, refusal } from './event-bench.ts';

type Row = Readonly<Record<string, unknown>>;

const desk = 'si-dien-bien';
const labour = 'labour-dien-bien';
const dienBien = '03127@2025-07';

const firm = (unitCode: string, more: Row = {}): Row => ({
  unitCode,
  area: { code: '03127', vintage: '2025-07' },
  nameVi: `Công ty ${unitCode}`,
  address: 'Mường Thanh',
  sector: 'TRADE',
  ownership: 'PRIVATE',
  sizeBand: 'W10_49',
  isNaturalPerson: false,
  office: 'office-vn',
  paymentCycle: 'MONTHLY',
  liableFrom: '2020-01-15',
  ...more,
});
/** More than may be told of any amount. */
const above = '1000000000000001';
const nothing = { retirement: 0, accident: 0, unemployment: 0, health: 0 };
const owed = (unitCode: string, timePeriod: string, sickness: unknown, more: Row = {}): Row => ({
  unitCode,
  timePeriod,
  workers: 20,
  contributionBase: '500000000',
  ...nothing,
  sickness,
  ...more,
});
const paid = (unitCode: string, reference: string, receivedOn: string, amount: unknown): Row => ({
  unitCode,
  reference,
  receivedOn,
  amount,
});

const documents = {
  employers: `mutation($rows: [EmployerRow!]!) { recordEmployers(rows: $rows, source: "dien-bien-2024") {
    inserted corrected unchanged } }`,
  obligations: `mutation($rows: [ObligationRow!]!) { recordObligations(rows: $rows) { inserted corrected unchanged } }`,
  payments: `mutation($rows: [PaymentRow!]!) { recordPayments(rows: $rows) { inserted corrected unchanged } }`,
  duties: `mutation($rows: [RegistrationDutyRow!]!) { recordRegistrationDuties(rows: $rows) {
    inserted corrected unchanged } }`,
  low: `mutation($rows: [UnderdeclarationRow!]!) { recordUnderdeclarations(rows: $rows) {
    inserted corrected unchanged } }`,
} as const;
type Kind = keyof typeof documents;

const problemsOf = ({ errors }: Reply) =>
  ((errors[0]?.extensions['problems'] ?? []) as Row[]).map(({ row, field, code }) => [
    row,
    field,
    code,
  ]);
const codeOf = ({ errors }: Reply) => errors[0]?.extensions.code;

const rows = {
  employers: [
    ...['given', 'wait'].map((id) => employer(`fact-${id}`, dienBien)),
    employer('fact-closed', dienBien, { closed_on: '2025-10-10' }),
    employer('fact-own', dienBien, { contributor_id: 'si-dien-bien' }),
    employer('fact-away', '02869@2025-07'),
  ],
  events: [
    event('fact-suspension', 'fact-wait', 'SUSPENSION', {
      occurred_on: '2025-08-01',
      from_on: '2025-08-01',
      until_on: '2026-07-31',
    }),
  ],
};

/** All that is kept of facts, but for the instants. */
async function stateOf(owner: pg.Pool): Promise<unknown> {
  const texts = ['obligation', 'payment', 'registration_duty', 'underdeclaration', 'employer'].map(
    (table) =>
      `select count(*)::int, md5(coalesce(string_agg(t::text, '' order by t::text), '')) from ${table} t`,
  );
  texts.push(
    'select * from collection_sum order by id',
    'select * from collection_account order by employer_id',
    'select * from collection_exception order by employer_id',
    'select count(*)::int from debt_fact_version',
    'select count(*)::int from change_record',
  );
  return Promise.all(texts.map(async (text) => (await owner.query(text)).rows));
}

describe('facts', () => {
  let bench: ReleaseBench;
  let gateway: ReleaseBench['gateway'];
  let owner: pg.Pool;
  beforeAll(async () => {
    bench = await openBench((pool) => insertDebt(pool, rows));
    ({ gateway, owner } = bench);
    await recorded(
      'employers',
      ['one', 'two', 'three', 'many', 'both', 'pauses', 'rests', 'races'].map((unit) => firm(unit)),
    );
  });
  afterAll(() => bench.close());

  const send = (what: Kind, given: readonly Row[], agency = desk, more = {}) =>
    gateway.ask(agency, documents[what], { variables: { rows: given }, ...more });
  async function recorded(what: Kind, given: readonly Row[], agency = desk) {
    const { data, errors } = await send(what, given, agency);
    expect(errors).toEqual([]);
    const { inserted, corrected, unchanged } = Object.values(data)[0] as Record<string, number>;
    return [inserted, corrected, unchanged];
  }
  async function assess(unit: string, args: string, fields: string) {
    const text = `{ employers(first: 1, where: {unitCode: "${unit}"}) { nodes { assessment${args && `(${args})`} { ${fields} } } } }`;
    const { data, errors } = await gateway.ask(desk, text);
    expect(errors).toEqual([]);
    return data.employers.nodes[0].assessment;
  }
  async function paidOf(unit: string) {
    const text = `{ employers(first: 1, where: {unitCode: "${unit}"}) { nodes { obligations(first: 50) {
      timePeriod dueOn due paid funds { fund due paid } } payments(first: 200) { code amount reversedOn } } } }`;
    return (await gateway.ask(desk, text)).data.employers.nodes[0] as {
      obligations: {
        timePeriod: string;
        dueOn: string;
        due: string;
        paid: string;
        funds: Record<string, string>[];
      }[];
      payments: { code: string; amount: string; reversedOn: string | null }[];
    };
  }
  const now = async () => {
    const { rows: found } = await owner.query('select clock_timestamp() as at');
    await owner.query('select pg_sleep(0.02)');
    return (found[0].at as Date).toISOString();
  };

  test('the worked case: recorded, paid after 30 late days, corrected, taken back', async () => {
    const month = owed('one', '2025-08', '100000000');
    expect(await recorded('obligations', [month])).toEqual([1, 0, 0]);
    const payment = paid('one', 'PT/1', '2025-10-30', '100000000');
    expect(await recorded('payments', [payment])).toEqual([1, 0, 0]);
    const late = (args = '') =>
      assess('one', `on: "2025-12-15"${args}`, 'state overdue credit charge { billed }');
    const settled = { state: 'ON_TIME', overdue: '0', credit: '0', charge: { billed: '900000' } };
    expect(await late()).toEqual(settled);
    expect((await paidOf('one')).obligations).toMatchObject([
      { timePeriod: '2025-08', dueOn: '2025-09-30', due: '100000000', paid: '100000000' },
    ]);
    // The same again, by number and by code, says nothing new.
    const code = (await paidOf('one')).payments[0]?.code;
    expect(code).toBe('si-dien-bien:PT/1');
    expect(await recorded('obligations', [month])).toEqual([0, 0, 1]);
    expect(await recorded('payments', [payment])).toEqual([0, 0, 1]);
    expect(await recorded('payments', [{ ...payment, reference: null, code }])).toEqual([0, 0, 1]);

    const first = await now();
    expect(await recorded('payments', [{ ...payment, amount: '40000000' }])).toEqual([0, 1, 0]);
    // 60,000,000 for 76 days, and 40,000,000 for 30.
    const partly = { overdue: '60000000', charge: { billed: '1728000' } };
    expect(await late()).toMatchObject({ ...partly, state: 'LATE_UNPAID' });
    expect((await paidOf('one')).obligations[0]!.paid).toBe('40000000');

    const second = await now();
    const reversed = { ...payment, amount: '40000000', reversedOn: '2025-11-03' };
    expect(await recorded('payments', [reversed])).toEqual([0, 1, 0]);
    expect(await late()).toMatchObject({ overdue: '100000000', charge: { billed: '2280000' } });
    expect((await paidOf('one')).obligations[0]!.paid).toBe('0');
    // What is left out stays as it was: a payment is not counted again by a file that is sent twice.
    expect(await recorded('payments', [{ ...payment, amount: '40000000' }])).toEqual([0, 0, 1]);

    expect(await late(`, knownAt: "${first}"`)).toEqual(settled);
    expect(await late(`, knownAt: "${second}"`)).toMatchObject(partly);
    expect(await recorded('payments', [{ ...reversed, reversedOn: null }])).toEqual([0, 1, 0]);
    expect((await paidOf('one')).obligations[0]!.paid).toBe('40000000');
  });

  test('a smaller obligation gives the rest of its money on', async () => {
    await recorded('obligations', [owed('two', '2025-08', 500), owed('two', '2025-09', 500)]);
    await recorded('payments', [paid('two', 'P1', '2025-10-20', 600)]);
    const parts = async () =>
      (await paidOf('two')).obligations.map(({ timePeriod, due, paid: is }) => [
        timePeriod,
        due,
        is,
      ]);
    expect(await parts()).toEqual([
      ['2025-09', '500', '100'],
      ['2025-08', '500', '500'],
    ]);
    expect(await recorded('obligations', [owed('two', '2025-08', 50)])).toEqual([0, 1, 0]);
    expect(await parts()).toEqual([
      ['2025-09', '500', '500'],
      ['2025-08', '50', '50'],
    ]);
    expect(await assess('two', '', 'credit balance')).toEqual({ credit: '50', balance: '0' });
    // To the last dong of the most that may be told.
    const most = 10n ** 15n;
    const half = String(most / 2n);
    const base = { health: half, contributionBase: String(most) };
    await recorded('obligations', [owed('two', '2025-10', half, base)]);
    await recorded('payments', [paid('two', 'P2', '2025-11-20', String(most - 1n))]);
    const sum = { due: String(most), paid: String(most) };
    expect((await paidOf('two')).obligations[0]).toMatchObject(sum);
  });

  test('the due date follows from month and cycle', async () => {
    const months = ['2025-07', '2025-08', '2025-09'];
    const cycles = months.map((month) =>
      owed('three', month, 10, { paymentCycle: 'QUARTERLY', registeredOn: '2025-10-05' }),
    );
    await recorded('obligations', [...cycles, owed('three', '2024-12', 10)]);
    const { obligations } = await paidOf('three');
    expect(obligations.map(({ dueOn }) => dueOn)).toEqual([
      ...months.map(() => '2025-10-31'),
      // Not verified for months before this law; it orders and filters only.
      '2025-01-31',
    ]);
    // Left out: as it was said before.
    expect(await recorded('obligations', [owed('three', '2025-07', 10)])).toEqual([0, 0, 1]);
  });

  test('what a suspension defers waits for later money', async () => {
    const more = { unitCode: undefined, employer: 'fact-wait' };
    await recorded('obligations', [
      owed('', '2025-08', 100, { ...more, retirement: 300 }),
      owed('', '2025-09', 100, { ...more, retirement: 300 }),
    ]);
    await recorded('payments', [{ ...paid('', 'W1', '2025-10-02', 250), ...more }]);
    const { obligations } = await paidOf('unit-fact-wait');
    const funds = obligations.map((row) => row.funds.map(({ paid: is }) => is));
    // Suspended until 2026-07-31: the day after, what was left went to the oldest month.
    expect(funds).toEqual([
      ['0', '100', '0', '0', '0'],
      ['50', '100', '0', '0', '0'],
    ]);
  });

  test('duties are met and low declarations corrected', async () => {
    const duty = { unitCode: 'three', reference: 'D1', dutyFrom: '2025-08-01', workers: 3 };
    expect(await recorded('duties', [duty])).toEqual([1, 0, 0]);
    const low = {
      unitCode: 'three',
      reference: 'D1',
      timePeriod: '2025-08',
      registeredBase: 70,
      legalBase: 100,
      workers: 3,
      amount: 6,
    };
    expect(await recorded('low', [low])).toEqual([1, 0, 0]);
    const states = async () => {
      const { items } = await assess(
        'three',
        'on: "2025-11-15"',
        'items(first: 50) { kind state amount }',
      );
      return items
        .filter(({ kind: of }: { kind: string }) => of !== 'PAYMENT')
        .map((one: Record<string, string>) => [one['kind'], one['state'], one['amount']])
        .sort();
    };
    expect(await states()).toEqual([
      ['DECLARATION', 'EVASION_UNDERDECLARED', '6'],
      ['REGISTRATION', 'EVASION_UNREGISTERED', null],
    ]);
    const met = { ...duty, registeredOn: '2025-11-10' };
    expect(await recorded('duties', [met])).toEqual([0, 1, 0]);
    expect(await recorded('duties', [met])).toEqual([0, 0, 1]);
    const mended = { ...low, amount: undefined, correctedOn: '2025-11-12' };
    expect(await recorded('low', [mended])).toEqual([0, 1, 0]);
    expect(await recorded('low', [mended])).toEqual([0, 0, 1]);
    expect((await states()).map(([, state]: string[]) => state)).toEqual(['ON_TIME', 'ON_TIME']);
  });

  test('money is conserved, whatever the order of rows', async () => {
    const months = ['2025-08', '2025-09', '2025-10', '2025-11'];
    const amount = fc.integer({ min: 0, max: 1000 });
    const step = fc.oneof(
      fc.record({ month: fc.constantFrom(...months), sickness: amount, retirement: amount }),
      fc.record({
        number: fc.integer({ min: 1, max: 3 }),
        amount: fc.integer({ min: 1, max: 2000 }),
        day: fc.integer({ min: 10, max: 28 }),
        reversed: fc.boolean(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        for (const one of steps) {
          if ('month' in one) {
            const { month, sickness, retirement } = one;
            await recorded('obligations', [owed('many', month, sickness, { retirement })]);
          } else {
            const receivedOn = `2025-10-${one.day}`;
            const reversedOn = one.reversed ? '2025-10-30' : null;
            const row = paid('many', `N${one.number}`, receivedOn, one.amount);
            await recorded('payments', [{ ...row, reversedOn }]);
          }
        }
        const { obligations, payments } = await paidOf('many');
        const { credit, balance, items } = await assess(
          'many',
          '',
          'credit balance items(first: 200) { timePeriod fund paid }',
        );
        const sum = (texts: readonly string[]) =>
          texts.reduce((all, text) => all + BigInt(text), 0n);
        const money = sum(
          payments.filter((one) => one.reversedOn === null).map((one) => one.amount),
        );
        expect(sum(obligations.map((one) => one.paid)) + BigInt(credit)).toBe(money);
        expect(sum(obligations.map((one) => one.due))).toBe(
          money - BigInt(credit) + BigInt(balance),
        );
        const kept = obligations.flatMap(({ timePeriod, funds }) =>
          funds
            .filter(({ due }) => due !== '0')
            .map(({ fund, paid: is }) => `${timePeriod} ${fund} ${is}`),
        );
        const computed = items.map(
          (one: Record<string, string>) => `${one['timePeriod']} ${one['fund']} ${one['paid']}`,
        );
        expect(kept.sort()).toEqual(computed.sort());
      }),
      { numRuns: 12, seed: 7 },
    );
  });

  test('the demonstration is allocated as the engine says', async () => {
    const { rows: found } = await owner.query(
      `select distinct id from (select distinct on (d.state) d.employer_id as id from debt_position d join employer e on e.id = d.employer_id
        where e.unit_code like 'MAU-11-%' order by d.state, d.employer_id) one order by 1`,
    );
    const before = await stateOf(owner);
    const now = owed('', '2025-08', 1);
    const again = await Promise.all(
      found.map(async ({ id }) => {
        const { rows: kept } = await owner.query(
          `select time_period, payment_cycle, workers, contribution_base::text, due_retirement::text, due_sickness::text,
             due_accident::text, due_unemployment::text, due_health::text from obligation
            where employer_id = $1 order by time_period limit 1`,
          [id],
        );
        return kept.map((row: Row) => ({
          ...now,
          unitCode: undefined,
          employer: id,
          timePeriod: row['time_period'],
          workers: row['workers'],
          contributionBase: row['contribution_base'],
          retirement: row['due_retirement'],
          sickness: row['due_sickness'],
          accident: row['due_accident'],
          unemployment: row['due_unemployment'],
          health: row['due_health'],
        }));
      }),
    );
    const given = again.flat();
    expect(given.length).toBeGreaterThan(5);
    expect(await recorded('obligations', given)).toEqual([0, 0, given.length]);
    expect(await stateOf(owner)).toEqual(before);
    // Other workers move no money.
    const { rows: paidBefore } = await owner.query(paidText);
    const counted = given.map((row) => ({ ...row, workers: Number(row.workers) + 1 }));
    expect(await recorded('obligations', counted)).toEqual([0, given.length, 0]);
    expect((await owner.query(paidText)).rows).toEqual(paidBefore);
  });
  const paidText = `select employer_id, time_period, paid_retirement, paid_sickness, paid_accident, paid_unemployment,
    paid_health from obligation where employer_id like 'demo-employer-11-%' order by 1, 2`;

  test.each<[Kind, Row, string, string]>([
    ['obligations', owed('nobody', '2025-08', 1), 'unitCode', 'EMPLOYER_UNKNOWN'],
    ['obligations', owed('fact-own', '2025-08', 1), 'unitCode', 'EMPLOYER_UNKNOWN'],
    [
      'obligations',
      { ...owed('one', '2025-08', 1), employer: 'fact-given' },
      'employer',
      'KEY_NOT_ONE',
    ],
    ['obligations', owed('one', '2025-13', 1), 'timePeriod', 'MONTH_OUT_OF_RANGE'],
    ['obligations', owed('one', '2019-12', 1), 'timePeriod', 'MONTH_OUT_OF_RANGE'],
    ['obligations', owed('one', '2999-01', 1), 'timePeriod', 'MONTH_OUT_OF_RANGE'],
    [
      'obligations',
      { ...owed('', '2025-11', 1), unitCode: null, employer: 'fact-closed' },
      'timePeriod',
      'MONTH_OUT_OF_RANGE',
    ],
    ['obligations', owed('one', '2025-08', 1, { workers: -1 }), 'workers', 'NUMBER_OUT_OF_BOUNDS'],
    [
      'obligations',
      owed('one', '2025-08', 1, { paymentCycle: 'YEARLY' }),
      'paymentCycle',
      'CODE_UNKNOWN',
    ],
    [
      'obligations',
      owed('one', '2025-08', 1, { contributionBase: above }),
      'contributionBase',
      'NUMBER_OUT_OF_BOUNDS',
    ],
    [
      'obligations',
      owed('one', '2025-08', 300, { health: 201, contributionBase: 500 }),
      'contributionBase',
      'DUE_ABOVE_BASE',
    ],
    [
      'obligations',
      owed('one', '2025-08', 1, { contributionBase: 0 }),
      'contributionBase',
      'DUE_ABOVE_BASE',
    ],
    ['payments', paid('one', 'x', '2025-08-01', above), 'amount', 'NUMBER_OUT_OF_BOUNDS'],
    [
      'duties',
      { unitCode: 'one', reference: 'd', dutyFrom: '2025-01-14', workers: 1, amount: above },
      'amount',
      'NUMBER_OUT_OF_BOUNDS',
    ],
    [
      'obligations',
      owed('one', '2025-08', 1, { registeredOn: '2025-07-31' }),
      'registeredOn',
      'DAY_OUT_OF_RANGE',
    ],
    ['payments', paid('one', 'a b', '2025-08-01', 1), 'reference', 'NUMBER_MALFORMED'],
    ['payments', paid('one', 'x', '2999-08-01', 1), 'receivedOn', 'DAY_OUT_OF_RANGE'],
    ['payments', paid('one', 'x', '1994-12-31', 1), 'receivedOn', 'DAY_OUT_OF_RANGE'],
    ['payments', paid('one', 'x', '2025-08-01', 0), 'amount', 'NUMBER_OUT_OF_BOUNDS'],
    [
      'payments',
      { ...paid('one', 'x', '2025-08-02', 1), reversedOn: '2025-08-01' },
      'reversedOn',
      'DAY_OUT_OF_RANGE',
    ],
    ['payments', { ...paid('one', 'x', '2025-08-02', 1), code: 'y' }, 'reference', 'KEY_NOT_ONE'],
    [
      'payments',
      { unitCode: 'one', code: 'nothing', receivedOn: '2025-08-02', amount: 1 },
      'code',
      'FACT_UNKNOWN',
    ],
    ['payments', paid('three', 'PT/1', '2025-08-02', 1), 'reference', 'FACT_UNKNOWN'],
    [
      'duties',
      { unitCode: 'one', reference: 'd', dutyFrom: '2020-01-14', workers: 1 },
      'dutyFrom',
      'DAY_OUT_OF_RANGE',
    ],
    [
      'duties',
      { unitCode: 'one', reference: 'd', dutyFrom: '2025-01-14', workers: 0 },
      'workers',
      'NUMBER_OUT_OF_BOUNDS',
    ],
    [
      'low',
      {
        unitCode: 'one',
        reference: 'l',
        timePeriod: '2025-08',
        registeredBase: 5,
        legalBase: 5,
        workers: 1,
      },
      'registeredBase',
      'BASE_NOT_BELOW',
    ],
    ['employers', firm('new', { sector: 'MAGIC' }), 'sector', 'CODE_UNKNOWN'],
    ['employers', firm('new', { office: 'nowhere' }), 'office', 'OFFICE_UNKNOWN'],
    ['employers', firm('new', { office: 'office-lao-cai' }), 'office', 'OFFICE_NOT_SERVING'],
    ['employers', firm('new', { office: 'office-tua-chua' }), 'office', 'OFFICE_NOT_SERVING'],
    // Of an employer that the country's agency keeps in the province.
    ['employers', firm('unit-fact-given'), 'unitCode', 'UNIT_CODE_TAKEN'],
    ['employers', firm('new', { nameVi: ' ' }), 'nameVi', 'FIELD_EMPTY'],
    ['employers', firm('né'), 'unitCode', 'NUMBER_MALFORMED'],
    ['employers', firm('new', { closedOn: '2019-01-01' }), 'closedOn', 'DAY_OUT_OF_RANGE'],
    [
      'employers',
      firm('one', { liableFrom: '2025-09-01' }),
      'liableFrom',
      'EMPLOYER_HAS_MONTH_BEFORE',
    ],
    ['employers', firm('new', { area: { code: '99999' } }), 'area', 'AREA_UNKNOWN'],
    [
      'employers',
      firm('new', { area: { code: '40', vintage: '2025-07' } }),
      'area',
      'TERRITORY_NOT_OWN',
    ],
    [
      'employers',
      firm('one', { area: { code: '11', vintage: '2025-07' } }),
      'area',
      'EMPLOYER_PLACE_FIXED',
    ],
  ])('refuses %s %j at %s: %s', async (what, row, field, code) => {
    const reply = await send(what, [row]);
    expect([codeOf(reply), problemsOf(reply)]).toEqual(['ROWS_REFUSED', [[0, field, code]]]);
  });

  test('an office collects from what it serves: its communes, its province, the country', async () => {
    const tuaChua = { area: { code: '03217', vintage: '2025-07' } };
    const offices = ['office-tua-chua', 'office-dien-bien', 'office-vn'];
    const served = offices.map((office) => firm(`of-${office}`, { ...tuaChua, office }));
    expect(await recorded('employers', served)).toEqual([3, 0, 0]);
    const moved = firm('of-office-vn', { ...tuaChua, office: 'office-lao-cai' });
    expect(problemsOf(await send('employers', [firm('fine'), moved]))).toEqual([
      [1, 'office', 'OFFICE_NOT_SERVING'],
    ]);
  });

  test('a number is of one employer in a province, whoever comes first', async () => {
    const area = { code: '03217', vintage: '2025-07' };
    const grassroots = 'si-tua-chua';
    expect(await recorded('employers', [firm('twin', { area })])).toEqual([1, 0, 0]);
    const reply = await send(
      'employers',
      [firm('alone', { area }), firm('twin', { area })],
      grassroots,
    );
    expect(problemsOf(reply)).toEqual([[1, 'unitCode', 'UNIT_CODE_TAKEN']]);
    expect(reply.text).toContain(desk);
    // Elsewhere the same number is another's.
    const lao = { area: { code: '02869', vintage: '2025-07' }, office: 'office-lao-cai' };
    expect(await recorded('employers', [firm('twin', lao)], 'si-lao-cai')).toEqual([1, 0, 0]);
    for (let i = 0; i < 3; i++) {
      const both = await Promise.all(
        [desk, grassroots].map((agency) =>
          send('employers', [firm(`at-once-${i}`, { area })], agency),
        ),
      );
      expect(both.flatMap(problemsOf)).toEqual([[0, 'unitCode', 'UNIT_CODE_TAKEN']]);
    }
  });

  test('one bad row among many leaves everything as it was, and each is told', async () => {
    const before = await stateOf(owner);
    const given = Array.from({ length: 250 }, (_, i) =>
      paid('three', `bulk-${i}`, '2025-10-01', i + 1),
    );
    given[7] = paid('three', 'bulk-6', '2025-10-01', 9);
    given[249] = { ...paid('nobody', 'bulk-249', '2999-10-01', 1) };
    const reply = await send('payments', given, desk, { headers: { 'accept-language': 'vi' } });
    expect(codeOf(reply)).toBe('ROWS_REFUSED');
    expect(reply.errors[0]!.extensions).toMatchObject({ count: 2, listed: 2 });
    expect(reply.errors[0]!.extensions['problems']).toEqual([
      {
        row: 7,
        field: 'reference',
        code: 'VALUE_TWICE',
        message: expect.stringContaining('hai lần'),
      },
      {
        row: 249,
        field: 'unitCode',
        code: 'EMPLOYER_UNKNOWN',
        message: expect.stringContaining('"nobody"'),
      },
    ]);
    expect(await stateOf(owner)).toEqual(before);
    const many = Array.from({ length: 60 }, () => paid('nobody', 'x', '2025-10-01', 1));
    expect(problemsOf(await send('payments', many))).toHaveLength(50);
  });

  test('as many rows as one call takes, and one more is none', async () => {
    const given = Array.from({ length: 251 }, (_, i) =>
      paid('three', `thousand-${i}`, '2025-10-01', 1),
    );
    expect(codeOf(await send('payments', given))).toBe('ROWS_TOO_MANY');
    expect(codeOf(await send('payments', []))).toBe('ROWS_TOO_MANY');
    expect(await recorded('payments', given.slice(1))).toEqual([250, 0, 0]);
    // Each change is on the change log once, with who made it; how money is allocated is no change.
    const { rows: logged } = await owner.query(
      `select entity, action, count(*)::int as count, min(agency_id) as agency from change_record
        where entity_id like 'si-dien-bien:thousand-%' or entity = 'obligation' and entity_id like 'si-dien-bien:three/%'
        group by 1, 2 order by 1`,
    );
    expect(logged).toEqual([
      { entity: 'obligation', action: 'INSERT', count: 4, agency: desk },
      { entity: 'payment', action: 'INSERT', count: 250, agency: desk },
    ]);
  });

  test.each(['labour-dien-bien', 'union-dien-bien', 'press-vn', 'audit-vn', 'steward-vn'])(
    '%s has nothing to record',
    async (agency) => {
      for (const what of Object.keys(documents) as Kind[]) {
        expect(codeOf(await send(what, [], agency)), what).toBe('DOCUMENT_INVALID');
      }
    },
  );

  test('another territory’s employer is one that is not there, for the database too', async () => {
    const before = await stateOf(owner);
    const given = { ...paid('', 'x', '2025-10-01', 1), unitCode: null };
    for (const [agency, code] of [
      ['si-lao-cai', 'fact-given'],
      [desk, 'fact-away'],
      [desk, 'nobody'],
    ] as const) {
      const reply = await send('payments', [{ ...given, employer: code }], agency);
      expect(problemsOf(reply)).toEqual([[0, 'employer', 'EMPLOYER_UNKNOWN']]);
    }
    expect(await stateOf(owner)).toEqual(before);
    // The country's office records everywhere, under its own numbers.
    expect(await recorded('payments', [{ ...given, employer: 'fact-away' }], 'si-vn')).toEqual([
      1, 0, 0,
    ]);
    const moved = { ...given, employer: 'fact-given', reference: null, code: 'si-vn:x' };
    expect(problemsOf(await send('payments', [moved]))).toEqual([[0, 'code', 'FACT_UNKNOWN']]);
  });

  describe('the database itself holds', () => {
    const write = (agency: string, text: string, values: unknown[] = []) => {
      const instant = new Date().toISOString();
      const scope = { ...nobody, agency, subject: 'somebody', instant, topics: ['DEBT'] };
      const reach =
        agency === 'si-lao-cai' ? { provinces: ['DEBT|15@2025-07'] } : { national: ['DEBT'] };
      return withScope({ ...scope, ...reach }, () => gateway.store.gateway.query(text, values));
    };
    const payment = {
      id: 'si-vn:y',
      employer_id: 'fact-given',
      received_on: '2025-10-01',
      amount: '1',
      reversed_on: null,
    };
    const record = (agency: string, row: object, text = 'select record_payments($1)') =>
      write(agency, text, [JSON.stringify([row])]);

    test.each(['labour-vn', 'press-vn', 'union-dien-bien', 'steward-vn', 'si-lao-cai'])(
      'nothing by %s, whatever its scope',
      async (agency) => {
        for (const name of [
          'record_obligations',
          'record_payments',
          'record_registration_duties',
          'record_underdeclarations',
        ]) {
          await expect(record(agency, payment, `select ${name}($1)`)).rejects.toMatchObject({
            message: 'EMPLOYER_UNKNOWN',
          });
        }
        const locked = write(agency, `select allocate_debt_payments(array['fact-given'], '[]')`);
        await expect(locked).rejects.toMatchObject({ message: 'EMPLOYER_UNKNOWN' });
        const firm = { unit_code: 'x', area_id: dienBien, liable_from: '2020-01-01' };
        const opened = record(agency, firm, `select record_employers($1, 'dien-bien-2024')`);
        await expect(opened).rejects.toMatchObject({ message: 'TERRITORY_NOT_OWN' });
      },
    );

    test.each([
      ['another agency’s number', { id: 'si-dien-bien:y' }, 'FACT_UNKNOWN'],
      ['a payment of another employer', { id: 'si-dien-bien:PT/1' }, 'FACT_UNKNOWN'],
      ['a day to come', { received_on: '2999-01-01' }, 'DAY_OUT_OF_RANGE'],
      ['a reversal before the receipt', { reversed_on: '2025-09-30' }, 'DAY_OUT_OF_RANGE'],
    ])('never %s', async (_name, more, message) => {
      await expect(record('si-vn', { ...payment, ...more })).rejects.toMatchObject({ message });
    });

    test.each([
      ['an office that serves another place', 'x', 'office-lao-cai', 'OFFICE_NOT_SERVING'],
      ['an office that is none', 'x', 'nowhere', 'OFFICE_NOT_SERVING'],
      ['the number of another in the province', 'one', 'office-vn', 'UNIT_CODE_TAKEN'],
    ])('never %s', async (_name, unit, office, message) => {
      const firm = {
        unit_code: unit,
        area_id: dienBien,
        office_id: office,
        liable_from: '2020-01-01',
      };
      const wrong = record('si-vn', firm, `select record_employers($1, 'dien-bien-2024')`);
      await expect(wrong).rejects.toMatchObject({ message });
    });

    test.each([
      [
        'more than may be told',
        { contribution_base: above, due_health: '0' },
        'NUMBER_OUT_OF_BOUNDS',
      ],
      ['more than the salaries', { contribution_base: '5', due_health: '6' }, 'DUE_ABOVE_BASE'],
    ])('nor due %s', async (_name, more, message) => {
      const month = {
        employer_id: 'si-dien-bien:one',
        time_period: '2025-08',
        due_on: '2025-09-30',
        workers: 1,
      };
      const others = {
        due_retirement: '0',
        due_sickness: '0',
        due_accident: '0',
        due_unemployment: '0',
      };
      const row = { ...month, ...others, ...more };
      const wrong = record('si-vn', row, 'select record_obligations($1)');
      await expect(wrong).rejects.toMatchObject({ message });
    });

    test('never more paid than there is money', async () => {
      const month = {
        employer_id: 'si-dien-bien:one',
        time_period: '2025-08',
        paid_retirement: '0',
        paid_sickness: '40000001',
        paid_accident: '0',
        paid_unemployment: '0',
        paid_health: '0',
      };
      const text = `select allocate_debt_payments(array['si-dien-bien:one'], $1)`;
      await expect(record('si-vn', month, text)).rejects.toMatchObject({ code: 'LT003' });
    });

    test.each([
      'insert into payment (id) values (1)',
      'update obligation set paid_health = 0',
      'delete from employer',
      'update registration_duty set workers = 1',
    ])('nor by %s', async (text) => {
      await expect(write('si-vn', text)).rejects.toMatchObject({ code: '42501' });
    });
  });

  test('two who record at the same time lose none of each other', async () => {
    await recorded('obligations', [owed('both', '2025-08', 1000)]);
    const calls = Array.from({ length: 4 }, (_, i) =>
      recorded('payments', [paid('both', `B${i}`, '2025-10-01', 100 + i)]),
    );
    await Promise.all([...calls, recorded('obligations', [owed('both', '2025-09', 1000)])]);
    const { obligations } = await paidOf('both');
    expect(obligations.map((one) => one.paid)).toEqual(['0', '406']);
  });

  describe('a suspension moves money in its own transaction', () => {
    const code = (unit: string) => `${desk}:${unit}`;
    const pause = (unit: string, fromMonth: string, toMonth: string) => ({
      suspension: { employer: code(unit), on: '2025-08-15', document: '9/QD', fromMonth, toMonth },
    });
    const months = ['2025-08', '2025-09', '2025-10'];
    const suspend = (unit: string, from = months[0]!, to = months[2]!) =>
      did(bench, labour, 'recordDebtEvent', { event: pause(unit, from, to) });
    const correct = (event: string, as: object, agency = labour) =>
      refusal(bench, agency, 'correctDebtEvent', {
        event,
        as,
        reason: 'It was decided otherwise.',
      });
    const revoke = (event: string) =>
      did(bench, labour, 'revokeDebtEvent', { event, reason: 'It was never decided.' });

    /** Three months of 300 for the retirement fund, which comes last, and 100 for another, and 550 paid in the third. */
    async function owing(unit: string) {
      await recorded(
        'obligations',
        months.map((month) => owed(unit, month, 100, { retirement: 300 })),
      );
      await recorded('payments', [paid(unit, `${unit}-1`, '2025-10-15', 550)]);
    }

    /** What is paid to the two funds of each month, oldest first: as it is kept, which must be what the engine says. */
    async function allocated(unit: string, agency = desk): Promise<string[]> {
      const text = `{ employers(first: 1, where: { unitCode: "${unit}" }) { nodes {
        obligations(first: 50) { timePeriod due paid balance funds { fund due paid balance } }
        assessment { items(first: 200) { timePeriod fund paid } } } } }`;
      const { data, errors } = await gateway.ask(agency, text);
      expect(errors).toEqual([]);
      const { obligations, assessment } = data.employers.nodes[0];
      const said = new Map<string, string>(
        assessment.items.map((one: Record<string, string>) => [
          `${one['timePeriod']} ${one['fund']}`,
          one['paid']!,
        ]),
      );
      return obligations
        .map((row: { timePeriod: string; paid: string; funds: Record<string, string>[] }) => {
          const open = row.funds.filter(({ due }) => due !== '0');
          for (const { fund, paid: is, due, balance } of open) {
            expect(is, `${row.timePeriod} ${fund}`).toBe(said.get(`${row.timePeriod} ${fund}`));
            expect(Number(balance)).toBe(Number(due) - Number(is));
          }
          expect(open.reduce((sum, { paid: is }) => sum + Number(is), 0)).toBe(Number(row.paid));
          return open.map(({ paid: is }) => is).join('+');
        })
        .reverse();
    }
    const unmoved = ['300+100', '50+100', '0+0'];
    /** 550 met the three other funds; what was left met the first month when the suspension was over. */
    const suspended = ['250+100', '0+100', '0+100'];
    /** Of the last two months alone: the first one takes its part, and the third gets the rest. */
    const shorter = ['300+100', '0+100', '0+50'];

    test('recorded, corrected and revoked, as both agencies read it; it is no change of a fact', async () => {
      await owing('pauses');
      const told = async () => {
        const { rows: all } = await owner.query(
          `select kind, action from debt_change where employer_id = $1 order by recorded_at, action`,
          [code('pauses')],
        );
        const { rows: kept } = await owner.query(
          `select (select count(*)::int from change_record where entity = 'obligation') as obligations,
             (select count(*)::int from debt_fact_version where fact = 'obligation') as versions`,
        );
        return [all, kept];
      };
      const [changes, kept] = await told();
      expect(await allocated('pauses')).toEqual(unmoved);
      const { code: event } = await suspend('pauses');
      for (const agency of [desk, labour]) {
        expect(await allocated('pauses', agency), agency).toEqual(suspended);
      }
      const as = (from: number, to: number) => pause('pauses', months[from]!, months[to]!);
      await did(bench, labour, 'correctDebtEvent', { event, as: as(1, 2), reason: 'x' });
      for (const agency of [desk, labour]) {
        expect(await allocated('pauses', agency), agency).toEqual(shorter);
      }
      await did(bench, labour, 'correctDebtEvent', { event, as: as(0, 2), reason: 'x' });
      expect(await allocated('pauses')).toEqual(suspended);
      // It ended before the money came.
      await did(bench, labour, 'correctDebtEvent', { event, as: as(0, 1), reason: 'x' });
      expect(await allocated('pauses')).toEqual(unmoved);
      await did(bench, labour, 'correctDebtEvent', { event, as: as(0, 2), reason: 'x' });
      await revoke(event);
      for (const agency of [desk, labour]) {
        expect(await allocated('pauses', agency), agency).toEqual(unmoved);
      }
      const steps = ['RECORDED', ...Array<string>(4).fill('CORRECTED'), 'REVOKED'];
      const events = steps.map((action) => ({ kind: 'EVENT', action }));
      expect(await told()).toEqual([[...(changes as Row[]), ...events], kept]);
    });

    test('refused, by whomever and for whatever reason, it moves nothing', async () => {
      await owing('rests');
      const { code: event } = await suspend('rests');
      const before = await stateOf(owner);
      const refused = (more: object, agency = labour) => {
        const { suspension } = pause('rests', months[0]!, months[1]!);
        const said = { event: { suspension: { ...suspension, ...more } } };
        return refusal(bench, agency, 'recordDebtEvent', said);
      };
      expect(await refused({})).toEqual(['EVENT_EXISTS', 'on']);
      expect(await refused({ on: inDays(1) })).toEqual(['EVENT_DAY_INVALID', 'on']);
      expect(await refused({ toMonth: '2026-08' })).toEqual(['SUSPENSION_TOO_LONG', 'toMonth']);
      expect(await refused({ on: '2025-08-16' }, 'labour-lao-cai')).toEqual([
        'EMPLOYER_UNKNOWN',
        'employer',
      ]);
      const [from, to] = [months[1]!, months[2]!];
      expect(await correct(event, pause('rests', from, to), 'labour-lao-cai')).toEqual([
        'EVENT_UNKNOWN',
        'event',
      ]);
      expect(await correct(event, pause('pauses', from, to))).toEqual(['EVENT_NOT_SAME', 'as']);
      const late = { suspension: { ...pause('rests', from, to).suspension, on: inDays(1) } };
      expect(await correct(event, late)).toEqual(['EVENT_DAY_INVALID', 'on']);
      for (const agency of ['labour-lao-cai', 'si-lao-cai']) {
        const step = { event, reason: 'x' };
        expect(await refusal(bench, agency, 'revokeDebtEvent', step)).toEqual([
          'EVENT_UNKNOWN',
          'event',
        ]);
      }
      expect(await refusal(bench, desk, 'revokeDebtEvent', { event, reason: 'x' })).toEqual([
        'EVENT_NOT_OWN',
        'event',
      ]);
      expect(await stateOf(owner)).toEqual(before);
      expect(await allocated('rests')).toEqual(suspended);
    });

    test('with payments at the same time, the last of them knows of all', async () => {
      await owing('races');
      let event = '';
      const bookings = [
        () => suspend('races').then((said) => void (event = said.code)),
        () => revoke(event),
        () => suspend('races', months[1]).then((said) => void (event = said.code)),
      ];
      for (const [i, booking] of bookings.entries()) {
        // Both wait for the employer, so that neither has read what the other writes.
        const holder = await owner.connect();
        const waiting = `select count(distinct pid)::int as count from pg_locks join pg_stat_activity using (pid)
          where not granted and datname = current_database()`;
        let steps: Promise<unknown>;
        try {
          await holder.query('begin');
          await holder.query('select from employer where id = $1 for update', [code('races')]);
          const payment = paid('races', `races-${i + 2}`, `2025-10-${20 + i}`, 60 + i);
          steps = Promise.all([recorded('payments', [payment]), booking()]);
          const waits = async () => (await owner.query(waiting)).rows[0].count as number;
          await expect.poll(waits, { timeout: 9000 }).toBe(2);
        } finally {
          await holder.query('commit');
          holder.release();
        }
        await steps;
        await allocated('races');
      }
      // 733: the first month and the other funds of the rest; what was left waited for the suspension's end.
      expect(await allocated('races')).toEqual(['300+100', '133+100', '0+100']);
    });

    test('the database lets the labour authority move no other money', async () => {
      const scope = {
        ...nobody,
        subject: 'somebody',
        instant: new Date().toISOString(),
        topics: ['DEBT'],
        national: ['DEBT'],
      };
      /** Statements of one transaction by an agency, which is rolled back; what the last one answers. */
      async function inOne(agency: string, ...texts: string[]): Promise<string> {
        const client = await withScope({ ...scope, agency }, () => gateway.store.gateway.connect());
        try {
          await client.query('begin');
          for (const text of texts) await client.query(text);
          return 'done';
        } catch (error) {
          const { code: state, message } = error as Error & { code: string };
          return state === 'LT100' ? message : state;
        } finally {
          await client.query('rollback');
          client.release();
        }
      }
      const said = JSON.stringify({
        kind: 'SUSPENSION',
        stage: 'DONE',
        employer_id: code('races'),
        occurred_on: '2025-09-01',
        document: '1/QD',
        from_on: '2025-11-01',
        until_on: '2025-11-30',
      });
      const record = `select record_debt_event('${said}')`;
      const referral = record.replace('SUSPENSION', 'REFERRAL').replace(/,"from_on.*}/, '}');
      const month = (sickness: string, unit = 'races') =>
        JSON.stringify([
          {
            employer_id: code(unit),
            time_period: '2025-08',
            paid_retirement: '0',
            paid_sickness: sickness,
            paid_accident: '0',
            paid_unemployment: '0',
            paid_health: '0',
          },
        ]);
      const allocate = (unit = 'races', more = month('1')) =>
        `select allocate_debt_payments(array['${code(unit)}'], '${more}')`;
      const lock = (unit = 'races') => `select lock_debt_allocation(array['${code(unit)}'])`;
      const unknown = 'EMPLOYER_UNKNOWN';
      expect(await inOne(labour, record, lock(), allocate())).toBe('done');
      for (const step of [lock(), allocate(), allocate('races', '[]')]) {
        // Of a suspension that was recorded before, and of none.
        expect(await inOne(labour, step), step).toBe(unknown);
        expect(await inOne(labour, referral, step), step).toBe(unknown);
      }
      for (const step of [lock('pauses'), allocate('pauses'), allocate('pauses', '[]')]) {
        expect(await inOne(labour, record, step), step).toBe(unknown);
      }
      expect(
        await inOne(
          labour,
          record,
          `select allocate_debt_payments(array['${code('races')}',
          '${code('pauses')}'], '[]')`,
        ),
      ).toBe(unknown);
      // A row of another employer is passed over, and the checks stay.
      expect(await inOne(labour, record, allocate('races', month('1', 'pauses')))).toBe('done');
      expect(await inOne(labour, record, allocate('races', month('101')))).toBe('23514');
      const { rows: taken } = await owner.query(
        `update payment set reversed_on = received_on where employer_id = $1 returning id`,
        [code('races')],
      );
      expect(taken.length).toBe(4);
      expect(await inOne(labour, record, allocate())).toBe('LT003');
      // Nothing else opens with it: not to record facts, nor to another agency.
      for (const name of ['lock_debt_employers', 'record_payments', 'record_obligations']) {
        const given = name.startsWith('lock') ? `array['${code('races')}']` : `'${month('0')}'`;
        expect(await inOne(labour, record, `select ${name}(${given})`), name).toBe(unknown);
      }
      const other = JSON.stringify({ ...scope, agency: 'labour-lao-cai' });
      expect(await inOne(labour, record, `set local lienthong.scope = '${other}'`, lock())).toBe(
        unknown,
      );
      for (const agency of ['press-vn', 'union-dien-bien', 'steward-vn', 'audit-vn']) {
        expect(await inOne(agency, allocate()), agency).toBe(unknown);
      }
    });
  });

  test('the sums of collection are those of the facts, demonstrated and recorded', async () => {
    const { rows } = await owner.query<{ sums: number; differences: number }>(
      `select (select count(*)::int from collection_sum where province_id = p) as sums,
          (select count(*)::int from collection_differences(p)) as differences
         from unnest($1::text[]) p`,
      [['11@2025-07', '40@2025-07']],
    );
    for (const { sums, differences } of rows) {
      expect(sums).toBeGreaterThan(0);
      expect(differences).toBe(0);
    }
    expect(rows).toHaveLength(2);
  });
});
