/** The monthly identification: what it writes is what the law says, all of a day or nothing, by who may, once at a time; the operator too. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { internalPosition, isWorthTelling } from '../../src/debt/law/position.ts';
import { assess } from '../../src/debt/law.ts';
import { withOwnerDatabase } from '../../src/debt/operator-data.ts';
import { settledAmong } from '../../src/debt/settled-data.ts';
import { nobody, withScope, type Scope } from '../../src/platform/scope.ts';
import {
  employer,
  event,
  insertDebt,
  obligation,
  payment,
  position,
  registrationDuty,
  split,
  type Row,
} from '../debt-marks.ts';
import { accepted, openBench, type ReleaseBench } from '../release/support.ts';
import { explain, statementsOn } from '../support/plans.ts';
import { ensureBuilt, startCommand } from '../support/process.ts';
import { law } from './law-table.ts';
import { desk, dienBien, said } from './list-bench.ts';
import { randomEmployers } from './random-facts.ts';

const day = '2026-03-31';
const commune = '03127@2025-07';
const elsewhere = '02647@2025-07';
const months = ['2025-11', '2025-12', '2026-01', '2026-02'];
const owing = (id: string, more: Row = {}) =>
  months.map((month) => obligation(id, month, [100, 0], more));
const healthAlone = { due_retirement: 0, due_sickness: 0, due_accident: 0, due_unemployment: 0 };
const retirementAlone = { due_sickness: 0, due_accident: 0, due_unemployment: 0, due_health: 0 };
const cases = [
  'late evading unjudged suspended partly unregistered person recent settled told ahead small',
].flatMap((list) => list.split(' '));

let bench: ReleaseBench;
beforeAll(async () => {
  bench = await openBench(async (owner) => {
    const { rows } = await owner.query<{ id: string }>(
      `select a.id from area a where a.province_id = '15@2025-07' and a.kind = 'COMMUNE' limit 1`,
    );
    await insertDebt(owner, {
      employers: [
        ...cases.map((id) => employer(id, commune, { is_natural_person: id === 'person' })),
        employer('other', rows[0]?.id ?? elsewhere),
      ],
      positions: [
        position('told', 500, { as_of: '2026-02-28', id: 'told-before' }),
        position('settled', 999, { as_of: day, id: 'wrong-before' }),
        position('other', 777, { as_of: day, id: 'other-before' }),
      ],
      obligations: [
        ...['late', 'evading', 'person', 'recent', 'settled', 'told', 'ahead'].flatMap((id) =>
          owing(id),
        ),
        ...owing('unjudged', healthAlone),
        ...owing('suspended', retirementAlone),
        ...owing('partly'),
        ...owing('small', { workers: 3 }),
        ...owing('other'),
      ],
      payments: [
        payment('settled', '2026-03-30', '2000'),
        payment('told', '2026-03-01', '2000'),
        payment('ahead', '2025-11-02', '9000'),
        payment('recent', '2026-03-31', '1000'),
        payment('late', '2026-04-01', '2000'),
        // To the oldest month, and within it to retirement last: two dong of that are left.
        payment('small', '2026-01-05', '498'),
      ],
      events: [
        event('r', 'evading', 'REMINDER', { occurred_on: '2026-02-05' }),
        event('s', 'suspended', 'SUSPENSION', { occurred_on: '2025-10-15', from_on: '2025-11-01' }),
        event('t', 'partly', 'SUSPENSION', { occurred_on: '2025-10-15', from_on: '2025-11-01' }),
      ],
      registrationDuties: [registrationDuty('w', 'unregistered', { duty_from: '2025-10-01' })],
    });
  }, false);
});
afterAll(() => bench.close());

const ask = (agency: string, text: string) => bench.gateway.ask(agency, text);
const text = (asOf = day, area = dienBien) =>
  `mutation { identifyDebt(area: ${area}, asOf: "${asOf}") { code asOf knownAt state step done total employers
    positions states { state employers } withoutState { code sentence employers } startedBy errorCode } }`;
const rowsOf = async (where: string) =>
  (await bench.owner.query<Row>(`select * from debt_position where ${where} order by id`)).rows;
const ofDay = `province_id = '11@2025-07' and as_of = '${day}'`;
const isInternal = (row: Row) => row['audience'] === 'INTERNAL';
let run: Row = {};

describe('who may identify', () => {
  test.each(['labour-dien-bien', 'union-dien-bien', 'press-vn', 'audit-vn', 'steward-vn'])(
    '%s has no such step and sees no run',
    async (agency) => {
      expect(said(await ask(agency, text()))[0]).toBe('DOCUMENT_INVALID');
      expect(said(await ask(agency, '{ debtIdentifications { totalCount } }'))[0]).toBe(
        'DOCUMENT_INVALID',
      );
    },
  );

  test.each([
    ['si-lao-cai', text(), 'TERRITORY_NOT_OWN'],
    ['si-tua-chua', text(), 'TERRITORY_NOT_OWN'],
    [desk, text(day, '{ code: "03127", vintage: "2025-07" }'), 'AREA_NOT_PROVINCE'],
    [desk, text('2025-06-30'), 'DAY_OUT_OF_RANGE'],
    [desk, text('2999-01-01'), 'DAY_OUT_OF_RANGE'],
  ])('%s, %s: %s', async (agency, question, code) => {
    expect(said(await ask(agency, question))[0]).toBe(code);
  });
});

describe('a run', () => {
  test('writes what the law makes of each employer, and of nobody of whom there is nothing to tell', async () => {
    run = accepted(await ask(desk, text())).data.identifyDebt;
    expect(run).toMatchObject({ state: 'DONE', employers: 12, positions: 10 });
    expect(run['startedBy']).toMatch(/^si-dien-bien\//);
    const told = await rowsOf(`${ofDay} and audience = 'INTERNAL'`);
    const without = ['settled', 'ahead'];
    expect(told.map((row) => row['employer_id']).sort()).toEqual(
      cases.filter((id) => !without.includes(id)).sort(),
    );
    const question = `{ debtPositions(first: 50, where: { asOf: "${day}" }) { nodes { state stateReason stateSince amount
      monthsLate oldestDueOn workersAffected employer { code assessment(on: "${day}", knownAt: "${String(run['knownAt'])}") {
        state stateSince overdue monthsLate oldestDueOn workersAffected reasons { sentence } } } } } }`;
    const { nodes } = accepted(await ask(desk, question)).data.debtPositions;
    expect(nodes).toHaveLength(10);
    for (const { employer: of, stateReason, amount, ...held } of nodes) {
      const { overdue, reasons, ...law } = of.assessment;
      const since = law.state === 'ON_TIME' ? null : law.stateSince;
      expect(held, of.code).toEqual({ ...law, stateSince: since });
      expect(amount).toBe(overdue);
      expect(stateReason).toBe(law.state === null ? reasons[0].sentence : null);
    }
  });

  test('tells states, and why there is none', async () => {
    expect(run['withoutState']).toEqual([
      { code: 'HEALTH_LAW_NOT_VERIFIED', sentence: expect.stringMatching(/Health/i), employers: 1 },
    ]);
    expect(run['states']).toEqual([
      { state: 'EVASION_UNPAID_AFTER_REMINDER', employers: 1 },
      { state: 'EVASION_UNREGISTERED', employers: 1 },
      { state: 'LATE_UNPAID', employers: 5 },
      { state: 'ON_TIME', employers: 1 },
      { state: 'SUSPENDED', employers: 1 },
    ]);
    const sums = `{ debtSummary(asOf: "${day}", within: ${dienBien}, by: STATE) { groups { code amount } } }`;
    expect(accepted(await ask(desk, sums)).data.debtSummary.groups).toContainEqual({
      code: 'NOT_VERIFIED',
      amount: '300',
    });
  });

  test('says what of it is owed to each fund, as the assessments of the same instant do', async () => {
    const told = await rowsOf(`${ofDay} and audience = 'INTERNAL'`);
    const of = new Map(told.map((row) => [row['employer_id'], row]));
    // What a suspension defers is no debt, and only retirement is.
    expect(of.get('partly')).toMatchObject({ amount: '1200', ...split(0, 300, 300, 300, 300) });
    expect(of.get('suspended')).toMatchObject({ amount: '0', ...split(0, 0, 0, 0, 0) });
    expect(of.get('small')).toMatchObject({ amount: '1002', ...split(202, 200, 200, 200, 200) });
    expect(of.get('unjudged')).toMatchObject({ amount: '300', ...split(0, 0, 0, 0, 300) });

    const question = `{ debtPositions(first: 50, where: { asOf: "${day}" }) { nodes { amount workersAffected funds { fund amount }
      employer { code assessment(on: "${day}", knownAt: "${String(run['knownAt'])}") { items(first: 50) { fund overdue } } } } }
      debtSummary(asOf: "${day}", within: ${dienBien}, by: FUND) { employers amount workersAffected
        groups { code employers amount workersAffected } } }`;
    for (const agency of [desk, 'labour-dien-bien']) {
      const { debtPositions, debtSummary } = accepted(await ask(agency, question)).data;
      type Sums = Record<'employers' | 'amount' | 'workersAffected', bigint>;
      const empty: Sums = { employers: 0n, amount: 0n, workersAffected: 0n };
      const groups = new Map<string, Sums>();
      const whole = { ...empty };
      for (const { amount, workersAffected, funds, employer: who } of debtPositions.nodes) {
        const owed = new Map<string, bigint>();
        for (const { fund, overdue } of who.assessment.items) {
          if (fund) owed.set(fund, (owed.get(fund) ?? 0n) + BigInt(overdue));
        }
        for (const one of funds) {
          expect(BigInt(one.amount), `${who.code} ${one.fund}`).toBe(owed.get(one.fund) ?? 0n);
        }
        const parts = [...owed].filter(([, part]) => part > 0n);
        if (parts.length === 0 && workersAffected === 0) continue;
        const counted = (sums: Sums, part: bigint): Sums => ({
          employers: sums.employers + 1n,
          amount: sums.amount + part,
          workersAffected: sums.workersAffected + BigInt(workersAffected),
        });
        Object.assign(whole, counted(whole, BigInt(amount)));
        for (const [code, part] of parts.length > 0 ? parts : [['NONE', 0n] as const]) {
          groups.set(code, counted(groups.get(code) ?? empty, part));
        }
      }
      const text = (sums: Sums) => ({
        employers: String(sums.employers),
        amount: String(sums.amount),
        workersAffected: String(sums.workersAffected),
      });
      const expected = [...groups].map(([code, sums]) => ({ code, ...text(sums) }));
      expect([...groups.keys()].sort()).toEqual([
        'ACCIDENT',
        'HEALTH',
        'NONE',
        'RETIREMENT',
        'SICKNESS',
        'UNEMPLOYMENT',
      ]);
      expect(debtSummary).toEqual({
        ...text(whole),
        groups: expected.sort((a, b) => (a.code < b.code ? -1 : 1)),
      });
    }
  });

  test.each([
    ['a fund is missing', split(500, 0, 0, 0, null)],
    ['a dong is missing', split(499, 0, 0, 0, 0)],
    ['there is a dong too much', split(500, 0, 0, 0, 1)],
    ['one is less than nothing', split(501, -1, 0, 0, 0)],
    ['unions are told it', { audience: 'PARTY', ...split(500, 0, 0, 0, 0) }],
  ])('no position is kept of whose funds %s', async (_what, columns) => {
    const wrong = position('late', 500, { id: 'wrong', as_of: '2029-01-01', ...columns });
    await expect(insertDebt(bench.owner, { positions: [wrong] })).rejects.toMatchObject({
      constraint: expect.stringMatching(/^debt_position_funds/),
    });
  });

  test('tells unions in rows of their own: no small number, no natural person, nothing of what is next', async () => {
    const rows = await rowsOf(`${ofDay} and audience = 'PARTY'`);
    const byEmployer = new Map(rows.map((row) => [row['employer_id'], row]));
    expect(byEmployer.has('person')).toBe(false);
    expect(rows).toHaveLength(9);
    expect(byEmployer.get('small')).toMatchObject({ workers_affected: null, workers_band: 'W1_9' });
    expect(byEmployer.get('late')).toMatchObject({
      ...{ workers_affected: 20, next_on: null },
      ...split(),
    });
  });

  test('leaves other provinces and days alone', async () => {
    const [other, before] = [
      await rowsOf(`employer_id = 'other'`),
      await rowsOf(`as_of = '2026-02-28'`),
    ];
    expect(other.map((row) => row['id'])).toEqual(['other-before']);
    expect(before.map((row) => row['id'])).toEqual(['told-before']);
  });

  test('again it gives the same, and another answer where facts have changed', async () => {
    const before = await rowsOf(ofDay);
    accepted(await ask(desk, text()));
    expect(await rowsOf(ofDay)).toEqual(before);
    await insertDebt(bench.owner, { payments: [payment('small', '2026-03-02', '1502')] });
    accepted(await ask('si-vn', text()));
    const after = await rowsOf(ofDay);
    expect(after.map((row) => row['employer_id'])).not.toContain('small');
    const rest = before.filter((row) => row['employer_id'] !== 'small');
    const said = (rows: Row[]) => rows.map(({ contributor_id: _, ...row }) => row);
    expect(said(after)).toEqual(said(rest));
  });

  test('is seen by the insurance agencies of its territory, and in the change log', async () => {
    const count = async (agency: string) =>
      accepted(await ask(agency, '{ debtIdentifications { totalCount } }')).data.debtIdentifications
        .totalCount as number;
    expect([await count(desk), await count('si-vn')]).toEqual([3, 3]);
    expect([await count('si-lao-cai'), await count('si-tua-chua')]).toEqual([0, 0]);
    const { rows } = await bench.owner.query(
      `select action, count(*)::int from change_record where entity = 'debt_identification' group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { action: 'INSERT', count: 3 },
      { action: 'UPDATE', count: 3 },
    ]);
  });
});

/** Reads the facts of each employer that is judged. */
const ofEach = (table: string) =>
  new RegExp(`json_build_array\\(employer_id.* from ${table}\\s`, 's');

describe('its reading', () => {
  const ofAll = /as is_health_late/;

  test.each([
    ['obligation', ofEach('obligation'), 'Index Only Scan', 'obligation_judged_idx'],
    ['payment', ofEach('payment'), 'Index Only Scan', 'payment_judged_idx'],
    ['obligation', ofAll, 'Index Only Scan', 'obligation_judged_idx'],
    ['payment', ofAll, 'Index Only Scan', 'payment_judged_idx'],
    ['employer', /as is_told/, 'Index Scan', 'employer_province_id_id_idx'],
  ])(
    'finds all that it asks of %s in one index, the row policies’ part too (%s)',
    async (table, isRead, node, index) => {
      const [statement] = await statementsOn(isRead, () => ask(desk, text()));
      await bench.owner.query(`vacuum (analyze) ${table}`);
      const { rows } = await bench.owner.query<{ name: string }>(
        'select current_database() as name',
      );
      const address = new URL(inject('postgresUrl'));
      Object.assign(address, { username: 'lt_gateway', pathname: `/${rows[0]!.name}` });
      const client = new pg.Client({ connectionString: address.href });
      await client.connect();
      try {
        const settings = ['set local enable_seqscan = off'];
        const { nodes } = await explain(client, statement!, { settings });
        const reading = nodes.filter((node) => node['Relation Name'] === table);
        expect(reading).toMatchObject([{ 'Node Type': node, 'Index Name': index }]);
      } finally {
        await client.end();
      }
    },
  );
});

/** Ids of the employers whose facts a run has read. */
const judgedDuring = async (work: () => Promise<unknown>): Promise<Set<string>> => {
  const statements = await statementsOn(ofEach('obligation'), work);
  return new Set(
    statements.flatMap(({ values }) => values.filter(Array.isArray).flat() as string[]),
  );
};

describe('whom it passes by', () => {
  const laoCai = '{ code: "15", vintage: "2025-07" }';
  const random = randomEmployers(1_500, '02647@2025-07');
  const laterDay = '2025-12-31';
  const worth = (asOf: string) =>
    [...random.factsById].flatMap(([id, facts]) =>
      isWorthTelling(internalPosition(assess(law, facts, { day: asOf }))) ? [id] : [],
    );
  const told = async (asOf: string) =>
    (
      await rowsOf(`employer_id like 'random-%' and as_of = '${asOf}' and audience = 'INTERNAL'`)
    ).map((row) => String(row['employer_id']));
  beforeAll(() => insertDebt(bench.owner, random.rows));

  test.each(['2025-09-30', '2025-10-01', '2025-11-01', '2025-11-15'])(
    'on %s are only employers of whom the law has nothing to tell, and most of those',
    async (asOf) => {
      await bench.owner.query(`delete from debt_position where employer_id like 'random-%'`);
      const judged = await judgedDuring(async () =>
        accepted(await ask('si-lao-cai', text(asOf, laoCai))),
      );
      const expected = worth(asOf);
      expect(expected.length).toBeGreaterThan(200);
      expect((await told(asOf)).sort()).toEqual(expected);
      const passed = [...random.factsById.keys()].filter((id) => !judged.has(id));
      expect(passed.length).toBeGreaterThan((1_500 - expected.length) / 2);
    },
  );

  test('are none who had a position of an earlier day', async () => {
    const before = await told('2025-11-15');
    accepted(await ask('si-lao-cai', text(laterDay, laoCai)));
    const expected = new Set([...before, ...worth(laterDay)]);
    expect((await told(laterDay)).sort()).toEqual([...expected].sort());
  });

  test('depends on what was known when the run began: whose facts are corrected meanwhile is read', async () => {
    const ids = [...random.factsById.keys()];
    const judgedAt = (knownAt: Date) =>
      withOwnerDatabase(bench.owner, (db) =>
        withScope(own('si-vn'), async () => {
          const settled = await settledAmong({ db }, ids, { day: laterDay, knownAt }, law);
          return ids.filter((id) => !settled.has(id));
        }),
      );
    const now = async () =>
      (await bench.owner.query('select clock_timestamp() as now')).rows[0].now as Date;
    const began = await now();
    const isJudged = new Set(await judgedAt(began));
    const { rows } = await bench.owner.query(
      `select id, employer_id as "of" from payment where employer_id like 'random-%' and amount > 5 order by id`,
    );
    const settled = rows.filter((row) => !isJudged.has(row.of));
    const [corrected, added] = [settled[0], rows.find((row) => isJudged.has(row.of))];
    await bench.owner.query(`update payment set amount = amount + 1 where id = $1`, [corrected.id]);
    await insertDebt(bench.owner, {
      payments: [
        { ...payment(added.of, '2025-10-02', '999'), known_from: (await now()).toISOString() },
      ],
    });
    expect(new Set(await judgedAt(began))).toEqual(new Set([...isJudged, corrected.of]));
    expect(await judgedAt(await now())).not.toContain(corrected.of);
  });
});

const own = (agency: string): Scope => ({
  ...nobody,
  agency,
  subject: 'somebody',
  instant: new Date().toISOString(),
  topics: ['DEBT'],
  national: ['DEBT'],
});
const write = (agency: string, statement: string, values: unknown[] = []) =>
  withScope(own(agency), () => bench.gateway.store.gateway.query(statement, values));
const begin = (agency: string, id: string) =>
  write(agency, 'select begin_debt_identification($1, $2, $3)', [id, '11@2025-07', day]);
const part = (agency: string, id: string, i: number, rows = '[]') =>
  write(agency, 'select write_debt_positions($1, $2, 2, 0, $3)', [id, i, rows]);

describe('one at a time, and whole', () => {
  test('a second run is refused while one is at work, and sees nothing of it', async () => {
    const before = await rowsOf(ofDay);
    await begin('si-vn', 'by hand');
    expect(said(await ask(desk, text()))).toEqual(['IDENTIFICATION_BUSY', 'area']);
    expect(await rowsOf(ofDay)).toEqual(before);
  });

  test('a day is never written in part, nor by another', async () => {
    const before = await rowsOf(ofDay);
    await expect(part('si-vn', 'by hand', 1)).rejects.toMatchObject({ code: 'LT003' });
    await expect(part('si-vn', 'by hand', 2)).rejects.toMatchObject({ code: 'LT003' });
    const unsplit = JSON.stringify([
      { ...position('late', 5), workers_band: 'W10_49', party_workers_affected: 20 },
    ]);
    await expect(
      write('si-vn', 'select write_debt_positions($1, 1, 1, 1, $2)', ['by hand', unsplit]),
    ).rejects.toMatchObject({ message: 'what is owed is written fund by fund' });
    for (const agency of ['si-dien-bien', 'labour-vn', 'press-vn', 'steward-vn']) {
      await expect(part(agency, 'by hand', 1)).rejects.toMatchObject({ message: 'FORBIDDEN' });
    }
    await expect(begin('labour-vn', 'x')).rejects.toMatchObject({ message: 'TERRITORY_NOT_OWN' });
    const done = `update debt_identification set state = 'DONE', ended_at = now() where id = 'by hand'`;
    await expect(write('si-vn', done)).rejects.toThrow();
    await expect(write('si-vn', 'delete from debt_position')).rejects.toMatchObject({
      code: '42501',
    });
    expect(await rowsOf(ofDay)).toEqual(before);
  });

  test('one whose gateway has died makes room, and what it would still write is refused', async () => {
    await bench.owner.query(
      `update debt_identification set heartbeat_at = now() - interval '1 minute' where id = 'by hand'`,
    );
    expect(accepted(await ask(desk, text())).data.identifyDebt.state).toBe('DONE');
    const lost = `{ debtIdentifications(where: { state: FAILED }) { nodes { errorCode message } } }`;
    const { nodes } = accepted(await ask(desk, lost)).data.debtIdentifications;
    expect(nodes).toEqual([{ errorCode: 'JOB_LOST', message: expect.stringMatching(/again/) }]);
    await expect(part('si-vn', 'by hand', 1)).rejects.toMatchObject({ message: 'JOB_LOST' });
  });
});

describe('the operator', () => {
  const start = (...options: string[]) =>
    startCommand(String(bench.owner.options.connectionString), ['debt', 'identify', ...options]);
  const command = (...options: string[]) => start(...options).ended;
  beforeAll(ensureBuilt);

  test('identifies a province for no agency and no person, as a caller would', async () => {
    accepted(await ask(desk, text()));
    const before = await rowsOf(ofDay);
    const { code, out, err } = await command('--area', '11@2025-07', '--as-of', day);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('100 %') });
    expect(JSON.parse(out)).toMatchObject([
      {
        area: '11@2025-07',
        asOf: day,
        state: 'DONE',
        employers: 12,
        positions: before.filter(isInternal).length,
      },
    ]);
    // The employers' own contributor, since no agency began it.
    expect(await rowsOf(ofDay)).toEqual(before.map((row) => ({ ...row, contributor_id: 'si-vn' })));
    const seen = '{ debtIdentifications(first: 1) { nodes { startedBy state } } }';
    expect(accepted(await ask(desk, seen)).data.debtIdentifications.nodes).toEqual([
      { startedBy: 'operator', state: 'DONE' },
    ]);
    const { rows } = await bench.owner.query(
      `select action, agency_id, application_id from change_record where actor = 'operator' order by action`,
    );
    const told = { agency_id: null, application_id: 'lienthong debt identify' };
    expect(rows).toEqual([
      { action: 'INSERT', ...told },
      { action: 'UPDATE', ...told },
    ]);
  });

  test('broken off it says so, and leaves the day as it was', async () => {
    const before = await rowsOf(ofDay);
    const holder = await bench.owner.connect();
    let running: ReturnType<typeof start>;
    try {
      await holder.query('begin');
      await holder.query('lock table payment in access exclusive mode');
      running = start('--area', '11@2025-07', '--as-of', day);
      const waiting = async () =>
        (
          await holder.query(
            `select count(*)::int as n from pg_locks where not granted and relation = 'payment'::regclass`,
          )
        ).rows[0].n as number;
      await expect.poll(waiting, { timeout: 60_000 }).toBe(1);
      running.child.kill('SIGINT');
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    const { code, out } = await running.ended;
    expect([code, JSON.parse(out)]).toEqual([
      1,
      [expect.objectContaining({ area: '11@2025-07', state: 'FAILED', errorCode: 'JOB_LOST' })],
    ]);
    expect(await rowsOf(ofDay)).toEqual(before);
    const seen = '{ debtIdentifications(first: 1) { nodes { startedBy state errorCode } } }';
    expect(accepted(await ask(desk, seen)).data.debtIdentifications.nodes).toEqual([
      { startedBy: 'operator', state: 'FAILED', errorCode: 'JOB_LOST' },
    ]);
  });

  test('of all provinces one that is at work stops no other, nor does one that fails', async () => {
    await begin('si-vn', 'at work');
    const before = await rowsOf(ofDay);
    await bench.owner.query(
      `create function fail() returns trigger language plpgsql as $$ begin raise 'the disk is full'; end $$;
       create trigger fail before insert on debt_position for each row when (new.province_id = '15@2025-07') execute function fail()`,
    );
    const { code, out, err } = await command('--all', '--as-of', day, '--lang', 'vi');
    await bench.owner.query('drop function fail() cascade');
    expect(code).toBe(1);
    expect(JSON.parse(out).map((of: Row) => [of['area'], of['state'], of['errorCode']])).toEqual([
      ['11@2025-07', 'FAILED', 'IDENTIFICATION_BUSY'],
      ['15@2025-07', 'FAILED', 'INTERNAL'],
      ['40@2025-07', 'DONE', undefined],
    ]);
    expect(err).toMatch(/11@2025-07: IDENTIFICATION_BUSY: Việc xác định nợ/);
    expect(err).toMatch(/15@2025-07: INTERNAL: .*the disk is full/s);
    expect(await rowsOf(ofDay)).toEqual(before);
    const retried = await command('--area', '15@2025-07', '--as-of', day);
    expect(JSON.parse(retried.out)).toMatchObject([{ state: 'DONE' }]);
  });

  test.each([
    [['--area', '99@2025-07', '--as-of', day], 1, 'AREA_UNKNOWN'],
    [['--area', '03127@2025-07', '--as-of', day], 1, 'AREA_NOT_PROVINCE'],
    [['--area', '40@2025-07', '--as-of', '2999-01-01'], 1, 'DAY_OUT_OF_RANGE'],
    [['--area', '40@2025-07', '--as-of', '2026-02-30'], 2, '2026-02-30'],
    [['--as-of', day], 2, '--area'],
  ])('%j ends with %i and says %s', async (options, code, said) => {
    const answer = await command(...options);
    expect(answer).toMatchObject({ code, err: expect.stringContaining(said) });
  });

  test('is nobody who comes through the gateway', async () => {
    for (const call of [
      `begin_debt_identification_as_operator('x', '40@2025-07', '${day}')`,
      `write_debt_positions_as_operator('at work', 1, 1, 0, '[]')`,
    ]) {
      await expect(write('si-vn', `select ${call}`)).rejects.toMatchObject({ code: '42501' });
    }
  });
});
