/** What the change log tells of contribution debt: each step to auditors, and of business data that it changed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accepted, type ReleaseBench } from '../release/support.ts';
import { approve, desk, dienBien, draft, openListBench } from './list-bench.ts';

/** Sums, wages, heads and words that stand nowhere else. */
const marks = {
  contributionBase: '50170170',
  otherBase: '50180180',
  sickness: '1234567',
  otherSickness: '1234569',
  amount: '987654321',
  otherAmount: '987654329',
  legalBase: '64640640',
  registeredBase: '61610610',
  workers: '4711',
  reason: 'SECRET OF A LIST',
  person: 'NGUYEN VAN MAT',
  street: 'NGO BI MAT',
};
const row = (more: object) => ({ unitCode: 'logged', ...more });
const firm = {
  unitCode: 'logged',
  area: { code: '03127', vintage: '2025-07' },
  nameVi: 'Công ty Nhật Ký',
  address: 'Phố Công Khai',
  sector: 'TRADE',
  ownership: 'PRIVATE',
  sizeBand: 'W10_49',
  isNaturalPerson: false,
  office: 'office-dien-bien',
  paymentCycle: 'MONTHLY',
  liableFrom: '2020-01-15',
};
const household = {
  ...firm,
  unitCode: 'household',
  nameVi: marks.person,
  address: marks.street,
  ownership: 'HOUSEHOLD_BUSINESS',
  isNaturalPerson: true,
};
const month = {
  timePeriod: '2026-01',
  workers: Number(marks.workers),
  contributionBase: marks.contributionBase,
  retirement: 0,
  sickness: marks.sickness,
  accident: 0,
  unemployment: 0,
  health: 0,
};
const duty = {
  reference: 'D1',
  dutyFrom: '2026-01-10',
  workers: Number(marks.workers),
  amount: marks.amount,
};
const low = {
  reference: 'L1',
  timePeriod: '2026-01',
  workers: Number(marks.workers),
  registeredBase: marks.registeredBase,
  legalBase: marks.legalBase,
  amount: marks.amount,
};
const paid = { reference: 'P1', receivedOn: '2026-03-02', amount: marks.amount };

/** What is recorded, and recorded again otherwise. */
const steps: readonly (readonly [string, string, readonly object[]])[] = [
  ['recordEmployers', 'EmployerRow', [firm, household]],
  [
    'recordEmployers',
    'EmployerRow',
    [
      { ...firm, nameVi: 'Công ty Tên Mới', sizeBand: 'W50_199' },
      { ...household, address: `${marks.street} 2` },
    ],
  ],
  ['recordObligations', 'ObligationRow', [row(month)]],
  [
    'recordObligations',
    'ObligationRow',
    [row({ ...month, sickness: marks.otherSickness, contributionBase: marks.otherBase })],
  ],
  ['recordPayments', 'PaymentRow', [row(paid)]],
  ['recordPayments', 'PaymentRow', [row({ ...paid, amount: marks.otherAmount })]],
  ['recordRegistrationDuties', 'RegistrationDutyRow', [row(duty)]],
  [
    'recordRegistrationDuties',
    'RegistrationDutyRow',
    [row({ ...duty, amount: marks.otherAmount })],
  ],
  ['recordUnderdeclarations', 'UnderdeclarationRow', [row(low)]],
  [
    'recordUnderdeclarations',
    'UnderdeclarationRow',
    [row({ ...low, registeredBase: marks.contributionBase })],
  ],
];

interface Change {
  readonly entity: string;
  readonly entityId: string;
  readonly action: string;
  readonly actor: string;
  readonly before: string;
  readonly after: string;
}

describe('the change log of debts', () => {
  let bench: ReleaseBench;
  let changes: Change[];
  const did = async (text: string, options = {}) =>
    accepted(await bench.gateway.ask(desk, text, options)).data;

  beforeAll(async () => {
    bench = await openListBench();
    for (const [name, type, rows] of steps) {
      const more = name === 'recordEmployers' ? ', source: "dien-bien-2024"' : '';
      await did(
        `mutation($rows: [${type}!]!) { ${name}(rows: $rows${more}) { inserted corrected } }`,
        {
          variables: { rows },
        },
      );
    }
    const { assignCollectionEstimate } = await did(
      `mutation { assignCollectionEstimate(input: { office: "office-tua-chua", timePeriod: "2026-Q1",
        measure: REVENUE, amount: "${marks.amount}", assignedOn: "2026-01-05", instrument: "QĐ ${marks.reason}" }) { code } }`,
    );
    await did(
      `mutation { correctCollectionEstimate(estimate: "${assignCollectionEstimate.code}",
        reason: "${marks.reason}", amount: "${marks.otherAmount}") { code } }`,
    );
    await did(`mutation { identifyDebt(area: ${dienBien}, asOf: "2026-03-31") { state } }`);
    const list = await draft(bench);
    accepted(await approve(bench, list));
    await did(
      `mutation { correctStatutoryList(list: "${list}", reason: "${marks.reason}", remove: ["unit-late"]) { code } }`,
    );
    changes = await allChanges('audit-vn');
  }, 240_000);
  afterAll(() => bench.close());

  async function allChanges(agency: string): Promise<Change[]> {
    const found: Change[] = [];
    for (let after = ''; ;) {
      const { data } = accepted(
        await bench.gateway.ask(
          agency,
          `{ changes(first: 200, orderBy: TIME_ASC ${after}) { pageInfo { hasNextPage endCursor }
            nodes { entity entityId action actor before after } } }`,
        ),
      );
      found.push(...data.changes.nodes);
      if (!data.changes.pageInfo.hasNextPage) return found;
      after = `, after: "${data.changes.pageInfo.endCursor}"`;
    }
  }
  const of = (entity: string) => changes.filter((change) => change.entity === entity);

  test.each([
    ['employer', ['INSERT', 'INSERT', 'UPDATE', 'UPDATE']],
    ['obligation', ['INSERT', 'UPDATE']],
    ['payment', ['INSERT', 'UPDATE']],
    ['registration_duty', ['INSERT', 'UPDATE']],
    ['underdeclaration', ['INSERT', 'UPDATE']],
    ['collection_estimate', ['INSERT', 'INSERT', 'UPDATE']],
    ['debt_identification', ['INSERT', 'INSERT', 'UPDATE', 'UPDATE']],
  ])('tells auditors each step on %s, and who took it', (entity, actions) => {
    expect(
      of(entity)
        .map(({ action }) => action)
        .sort(),
    ).toEqual(actions);
    expect(new Set(of(entity).map(({ actor }) => actor.split('/')[0]))).toEqual(new Set([desk]));
  });

  test('tells them when a list was approved, and which was removed from it', () => {
    const approvals = of('statutory_list').filter(({ after }) => after.includes('published_at'));
    expect(approvals.length).toBeGreaterThan(0);
    expect(
      of('statutory_list')
        .map(({ after }) => after)
        .join(),
    ).toContain('WITHHELD');
  });

  test('holds no sum, no wage, no head-count, no free word and no natural person', () => {
    const all = JSON.stringify(changes);
    const leaked = Object.entries(marks).filter(([, mark]) => all.includes(mark));
    expect(leaked).toEqual([]);
    for (const { before, after } of of('debt_identification')) {
      expect(`${before}${after}`).not.toMatch(/LATE_UNPAID|EVASION|:\d+[,}]/);
    }
    expect(all).not.toContain('paid_sickness');
    expect(all).not.toContain('known_from');
  });

  test('holds what the business register tells of a legal person, as it was and became', () => {
    const [renamed] = of('employer').filter(
      ({ action, entityId }) => action === 'UPDATE' && entityId.endsWith(':logged'),
    );
    expect(JSON.parse(renamed!.before)).toEqual({
      name_vi: 'Công ty Nhật Ký',
      size_band: 'W10_49',
    });
    expect(JSON.parse(renamed!.after)).toEqual({
      name_vi: 'Công ty Tên Mới',
      size_band: 'W50_199',
    });
    const moved = of('employer').filter(({ entityId }) => entityId.endsWith(':household'));
    expect(moved.map(({ after }) => JSON.parse(after).address)).toEqual(['WITHHELD', 'WITHHELD']);
  });

  test('the insurer reads the same of what it did itself', async () => {
    const own = (await allChanges(desk)).filter(({ entity }) => entity === 'payment');
    expect(own).toEqual(of('payment'));
  });

  test('whatever table of debts is written, its change goes through the function that withholds', async () => {
    const { rows } = await bench.owner.query(
      `select distinct t.tgrelid::regclass::text as table, p.proname as by
         from pg_trigger t join pg_proc p on p.oid = t.tgfoid
        where p.proname in ('log_change', 'log_debt_change')
          and exists (select from pg_attribute a where a.attrelid = t.tgrelid and a.attname in ('topic'))
        order by 1`,
    );
    expect(rows.filter(({ by }) => by === 'log_change').map(({ table }) => table)).toEqual([
      'grant_topic',
      'release',
      'statutory_list_notice',
    ]);
  });
});
