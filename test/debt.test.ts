/** Debt answers what it was asked: fields, filters, orders, pages and sums, exact to the dong. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../src/platform/errors.ts';
import {
  day,
  employer,
  entry,
  event,
  forParties,
  list,
  obligation,
  payment,
  position,
  presence,
  split,
  insertDebt,
  unconfirmed,
  type DebtRows,
} from './debt-marks.ts';
import { openGateway, type TestGateway } from './support/gateway.ts';

/** Neighbours of 2^53, where a floating number would lose the last dong. */
const huge = 9_007_199_254_740_993n;
/** Ten of them are more than a 64-bit number holds. */
const giant = 999_999_999_999_999_999n;
const giants = Array.from({ length: 10 }, (_, i) => `giant-${i}`);

const dienBien = '03127@2025-07';
const tuaChua = '03217@2025-07';
const laoCai = '02647@2025-07';
const ngheAn = '16681@2025-07';

const positions = [
  position('alpha', huge, {
    ...{ months_late: 7, workers_affected: 40 },
    ...split(huge - 30n, 10, 0, 20, 0),
  }),
  position('beta', 500, {
    state: 'EVASION_UNPAID_AFTER_REMINDER',
    months_late: 12,
    workers_affected: 4,
    workers_band: 'W1_9',
  }),
  position('gamma', 500, {
    ...{ state: 'HARD_TO_COLLECT', months_late: 7, workers_affected: 60 },
    ...split(0, 0, 0, 0, 500),
  }),
  position('delta', 0, {
    state: 'ON_TIME',
    state_since: null,
    legal_basis: null,
    months_late: 0,
    oldest_due_on: null,
    workers_affected: 0,
    workers_band: 'W1_9',
  }),
  position('epsilon', huge + 1n, { months_late: 3, workers_affected: 20 }),
  // The day before, and an older day that is the newest of its employer.
  position('alpha', 77, { id: 'position-alpha-before', as_of: '2031-03-30' }),
  position('zeta', 88, { as_of: '2030-12-31' }),
  // Owes nothing, and has not registered workers.
  position('gamma', 0, {
    ...{ id: 'position-gamma-hiring', as_of: '2031-03-30', state: 'LATE_UNREGISTERED' },
    ...{ workers_affected: 60, ...split(0, 0, 0, 0, 0) },
  }),
  ...giants.map((id) =>
    position(id, giant, { workers_affected: 11, ...split(giant - 1n, 0, 0, 0, 1) }),
  ),
];

const firstList = list('list-1', '11@2025-07');
const secondList = list('list-2', '11@2025-07', { version: 2 });
const earlierList = list('list-0', '11@2025-07', { time_period: '2030-Q4' });
const elsewhere = list('list-lc', '15@2025-07');

const rows: DebtRows = {
  employers: [
    employer('alpha', dienBien, {
      name_vi: 'Công ty Đường Sắt 100%',
      name_en: 'Railway',
      office_id: 'office-dien-bien',
      unit_code: 'HA0001A',
    }),
    employer('beta', tuaChua, {
      name_vi: 'Hợp tác xã Bình Minh',
      ownership: 'COOPERATIVE',
      sector: 'TRADE',
      size_band: 'W1_9',
      office_id: 'office-tua-chua',
      registered_on: null,
    }),
    employer('gamma', dienBien, { name_vi: 'Ánh Dương', closed_on: '2031-01-31' }),
    employer('delta', dienBien, { ownership: 'HOUSEHOLD_BUSINESS', is_natural_person: true }),
    employer('epsilon', laoCai, { sector: 'MINING' }),
    employer('zeta', laoCai),
    ...giants.map((id) => employer(id, ngheAn)),
  ],
  positions: [
    ...positions,
    ...positions.filter((row) => row['employer_id'] !== 'delta').map(forParties),
  ],
  obligations: [
    obligation('alpha', '2031-01', [huge, 1n]),
    obligation('alpha', '2031-02', [10, 10]),
    obligation('alpha', '2031-03', [10, 10], { due_accident: '11' }),
    obligation('gamma', '2031-02', [10, 0]),
    obligation('epsilon', '2031-02', [10, 0]),
  ],
  payments: [payment('alpha', '2031-02-03', String(huge)), payment('alpha', '2031-03-03', '2')],
  events: [
    event('event-reminder', 'alpha', 'REMINDER', { amount: String(huge), note: 'By letter.' }),
    event('event-session', 'alpha', 'JOINT_SESSION', {
      occurred_on: '2031-02-10',
      participant_ids: ['labour-dien-bien', 'union-dien-bien'],
      confirmed_at: '2025-06-01T00:00:00Z',
      amount: '300',
      agreed_by: '2031-04-30',
    }),
    event('event-broken', 'beta', 'JOINT_SESSION', { agreed_by: '2031-02-28', kept: false }),
    event('event-kept', 'gamma', 'JOINT_SESSION', { agreed_by: '2031-03-15', kept: true }),
    event('event-lc', 'epsilon', 'INSPECTION', { agency_id: 'labour-lao-cai' }),
  ],
  presences: [
    presence('alpha', 'union-dien-bien'),
    presence('beta', 'union-dien-bien'),
    presence('gamma', 'union-dien-bien', unconfirmed),
    presence('gamma', 'union-nghe-an', { confirmed_at: '2999-01-01T00:00:00Z' }),
  ],
  lists: [firstList, secondList, earlierList, elsewhere],
  entries: [
    entry('old-a', firstList, 5, { unit_code: 'U-A' }),
    entry('old-b', firstList, 6, { unit_code: 'U-B' }),
    entry('new-a', secondList, huge, { unit_code: 'U-A', name_vi: 'Đá Đen', months_late: 9 }),
    entry('new-c', secondList, huge + 1n, { unit_code: 'U-C', listed_as: 'EVADING' }),
    entry('earlier', earlierList, 8, { unit_code: 'U-A' }),
    entry('lc', elsewhere, 7, { area_id: laoCai, name_vi: 'An Phú' }),
  ],
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway({ prepare: (owner) => insertDebt(owner, rows) });
});
afterAll(() => gateway.close());

async function answer(query: string, agency = 'si-vn', headers: Record<string, string> = {}) {
  const { data, errors } = await gateway.ask(agency, query, { headers });
  expect(errors).toEqual([]);
  return data;
}

/** The codes of a root list, and that its count agrees. */
async function codes(field: string, args: string, code: string, agency = 'si-vn') {
  const given = ['first: 200', args].filter(Boolean).join(', ');
  const data = await answer(`{ ${field}(${given}) { totalCount nodes { ${code} } } }`, agency);
  const { nodes, totalCount } = data[field] as { nodes: any[]; totalCount: number };
  expect(totalCount).toBe(nodes.length);
  return nodes.map((node) => node.code ?? node.employer?.code) as string[];
}
const employers = (where: string, agency?: string) =>
  codes('employers', `where: {${where}}`, 'code', agency);

/** All pages of two rows. */
async function pages(field: string, args: string, code: string, agency: string) {
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const query = `query ($after: String) { ${field}(first: 2, after: $after, ${args}) {
      pageInfo { hasNextPage endCursor } nodes { ${code} } } }`;
    const { data, errors } = await gateway.ask(agency, query, { variables: { after } });
    expect(errors).toEqual([]);
    const { nodes, pageInfo } = data[field];
    seen.push(...nodes.map((node: any) => node.code ?? node.employer?.code));
    after = pageInfo.hasNextPage ? (pageInfo.endCursor as string) : null;
  } while (after !== null);
  return seen;
}

describe('an employer shows what it owes, pays and promises', () => {
  test('in one question, as the agency of its territory', async () => {
    const data = await answer(
      `{ employers(where: {unitCode: "HA0001A"}) { nodes {
           code unitCode nameVi nameEn address sector ownership sizeBand isNaturalPerson
           office { code level } area { code } paymentCycle liableFrom registeredOn closedOn contributor
           source { code nature }
           positions { asOf state stateSince legalBasis amount monthsLate oldestDueOn workersAffected
             workersBand reason employer { code } source { code } }
           events { code kind occurredOn agency participants confirmedAt amount agreedBy kept note }
           presences { agency since endedOn claimedAt confirmedAt confirmedBy }
           obligations(first: 1) { timePeriod dueOn workers contributionBase due paid balance
             funds { fund due paid balance } }
           payments { code receivedOn amount employer { code } } } } }`,
      'si-dien-bien',
    );
    const [row] = data.employers.nodes;
    expect(row).toMatchObject({
      code: 'alpha',
      nameVi: 'Công ty Đường Sắt 100%',
      nameEn: 'Railway',
      sector: 'MANUFACTURING',
      ownership: 'PRIVATE',
      sizeBand: 'W10_49',
      isNaturalPerson: false,
      office: { code: 'office-dien-bien', level: 'PROVINCIAL' },
      area: { code: '03127' },
      paymentCycle: 'MONTHLY',
      liableFrom: '2020-01-01',
      registeredOn: '2020-01-01',
      closedOn: null,
      contributor: 'si-vn',
      source: { code: 'dien-bien-2024', nature: 'REPORTED' },
    });
    expect(row.positions.map((p: any) => [p.asOf, p.amount])).toEqual([
      [day, String(huge)],
      ['2031-03-30', '77'],
    ]);
    expect(row.positions[0]).toEqual({
      asOf: day,
      state: 'LATE_UNPAID',
      stateSince: '2031-01-01',
      legalBasis: 'Art 38',
      amount: String(huge),
      monthsLate: 7,
      oldestDueOn: '2030-12-31',
      workersAffected: 40,
      workersBand: 'W10_49',
      reason: null,
      employer: { code: 'alpha' },
      source: { code: 'dien-bien-2024' },
    });
    expect(row.events).toEqual([
      {
        code: 'event-session',
        kind: 'JOINT_SESSION',
        occurredOn: '2031-02-10',
        agency: 'si-dien-bien',
        participants: ['labour-dien-bien', 'union-dien-bien'],
        confirmedAt: '2025-06-01T07:00:00.000+07:00',
        amount: '300',
        agreedBy: '2031-04-30',
        kept: null,
        note: null,
      },
      expect.objectContaining({ code: 'event-reminder', amount: String(huge), note: 'By letter.' }),
    ]);
    expect(row.presences).toEqual([
      {
        agency: 'union-dien-bien',
        since: '2020-01-01',
        endedOn: null,
        claimedAt: '2025-01-01T07:00:00.000+07:00',
        confirmedAt: '2025-02-01T07:00:00.000+07:00',
        confirmedBy: 'si-vn',
      },
    ]);
    expect(row.payments.map((p: any) => [p.receivedOn, p.amount, p.employer.code])).toEqual([
      ['2031-03-03', '2', 'alpha'],
      ['2031-02-03', String(huge), 'alpha'],
    ]);
  });

  test('the five funds of a month add up to the dong', async () => {
    const data = await answer(
      `{ obligations(where: {employer: "alpha"}) { nodes { timePeriod dueOn due paid balance
           funds { fund due paid balance } employer { code } } } }`,
    );
    const [january, february, march] = data.obligations.nodes;
    const fund = (name: string, due: bigint, paid: bigint) => ({
      fund: name,
      due: String(due),
      paid: String(paid),
      balance: String(due - paid),
    });
    const names = ['RETIREMENT', 'SICKNESS', 'ACCIDENT', 'UNEMPLOYMENT', 'HEALTH'];
    expect(january.funds).toEqual(names.map((name) => fund(name, huge, 1n)));
    expect(january).toMatchObject({
      timePeriod: '2031-01',
      dueOn: '2031-01-28',
      due: String(huge * 5n),
      paid: '5',
      balance: String(huge * 5n - 5n),
      employer: { code: 'alpha' },
    });
    expect(february).toMatchObject({ due: '50', paid: '50', balance: '0' });
    expect(march).toMatchObject({ due: '51', paid: '50', balance: '1' });
  });

  test('what it owes to each fund, in the order of the list, or null where that is not kept', async () => {
    const data = await answer(
      `{ employers(where: {${inDienBien}}) { nodes { code positions(first: 2) { asOf funds { fund amount } } } } }`,
      'labour-dien-bien',
    );
    const of = new Map(
      data.employers.nodes.map(({ code, positions: [first] }: any) => [code, first.funds]),
    );
    expect(of.get('alpha')).toEqual([
      { fund: 'RETIREMENT', amount: String(huge - 30n) },
      { fund: 'SICKNESS', amount: '10' },
      { fund: 'ACCIDENT', amount: '0' },
      { fund: 'UNEMPLOYMENT', amount: '20' },
      { fund: 'HEALTH', amount: '0' },
    ]);
    expect(of.get('beta')).toBeNull();
  });

  test('every type leads back to itself by node(), keys of two columns too', async () => {
    const data = await answer(
      `{ employers(where: {unitCode: "HA0001A"}) { nodes { id
           positions(first: 1) { id } events(first: 1) { id } presences { id }
           obligations(first: 1) { id } payments(first: 1) { id } } }
         statutoryLists(first: 1) { nodes { id entries(first: 1) { id } } } }`,
    );
    const [row] = data.employers.nodes;
    const [published] = data.statutoryLists.nodes;
    const nested = Object.values(row).flatMap((value) => (Array.isArray(value) ? value : []));
    const ids = [row, ...nested, published, ...published.entries].map(
      ({ id }: any) => id as string,
    );
    expect(ids).toHaveLength(8);
    const again = await answer(
      `{ ${ids.map((id, i) => `n${i}: node(id: "${id}") { id }`).join(' ')} }`,
    );
    expect(Object.values(again)).toEqual(ids.map((id) => ({ id })));
    expect(ids.map((id) => Buffer.from(id, 'base64').toString())).toContain(
      'Obligation:alpha|2031-03',
    );
  });

  test.each(['Obligation:alpha', 'Obligation:|', 'UnionPresence:alpha|', 'Payment:x'])(
    'an id that no row has, %s, is null',
    async (text) => {
      const id = Buffer.from(text).toString('base64');
      expect(await answer(`{ node(id: "${id}") { id } }`)).toEqual({ node: null });
    },
  );
});

describe('employers are found', () => {
  const all = ['alpha', 'beta', 'delta', 'epsilon', 'gamma', ...giants, 'zeta'];
  test.each<[string, readonly string[]]>([
    ['', all],
    ['area: {code: "03127", vintage: "2025-07"}', ['alpha', 'delta', 'gamma']],
    ['within: {code: "11", vintage: "2025-07"}', ['alpha', 'beta', 'delta', 'gamma']],
    ['within: {code: "15", vintage: "2025-07"}', ['epsilon', 'zeta']],
    ['area: {code: "03127", vintage: "2025-07"}, within: {code: "15", vintage: "2025-07"}', []],
    ['sector: "TRADE"', ['beta']],
    ['ownership: "HOUSEHOLD_BUSINESS"', ['delta']],
    ['sizeBand: "W1_9"', ['beta']],
    ['office: "office-tua-chua"', ['beta']],
    ['unitCode: "HA0001A"', ['alpha']],
    ['unitCode: "HA0001"', []],
    ['search: "duong"', ['alpha', 'gamma']],
    ['search: "ĐƯỜNG"', ['alpha', 'gamma']],
    ['search: "hop tac"', ['beta']],
    ['search: "railway"', ['alpha']],
    ['search: "100%"', ['alpha']],
    ['search: "%"', ['alpha']],
    ['search: "_"', []],
    ['unitCode: ""', []],
  ])('by {%s}', async (where, expected) => {
    expect(await employers(where)).toEqual(expected);
  });

  test('in the order of their names without tone marks', async () => {
    const found = await codes(
      'employers',
      'where: {area: {code: "03127", vintage: "2025-07"}}, orderBy: NAME',
      'code',
    );
    expect(found).toEqual(['gamma', 'delta', 'alpha']);
    const paged = await pages('employers', 'orderBy: NAME', 'code', 'si-dien-bien');
    expect(paged).toEqual(['gamma', 'delta', 'alpha', 'beta']);
  });
});

const owes = (args: string, agency?: string) =>
  codes('debtPositions', args, 'employer { code }', agency);
const inDienBien = 'within: {code: "11", vintage: "2025-07"}';

describe('debts are found by amount, age, workers and state', () => {
  test.each<[string, readonly string[]]>([
    ['', ['alpha', 'beta', 'gamma', 'delta']],
    ['area: {code: "03217", vintage: "2025-07"}', ['beta']],
    ['employer: "gamma"', ['gamma']],
    ['employer: ""', []],
    ['sector: "TRADE"', ['beta']],
    ['state: [LATE_UNPAID, HARD_TO_COLLECT]', ['alpha', 'gamma']],
    ['state: [SUSPENDED]', []],
    ['state: []', []],
    ['monthsLateMin: 7', ['alpha', 'beta', 'gamma']],
    ['monthsLateMax: 7', ['alpha', 'gamma', 'delta']],
    ['monthsLateMin: 8, monthsLateMax: 12', ['beta']],
    [`amountMin: "${huge}"`, ['alpha']],
    [`amountMin: "${huge + 1n}"`, []],
    [`amountMax: "${huge - 1n}"`, ['beta', 'gamma', 'delta']],
    ['amountMin: 500, amountMax: 500', ['beta', 'gamma']],
    ['workersMin: 0', ['alpha', 'beta', 'gamma', 'delta']],
    ['workersMin: 5', ['alpha', 'gamma']],
    ['asOf: "2031-03-30"', ['alpha', 'gamma']],
  ])('by {%s}', async (where, expected) => {
    expect(await owes(`where: {${inDienBien} ${where}}`)).toEqual(expected);
  });

  const inOrder: readonly [order: string, si: readonly string[], union: readonly string[]][] = [
    ['AMOUNT_DESC', ['alpha', 'beta', 'gamma', 'delta'], ['alpha', 'beta']],
    ['MONTHS_DESC', ['beta', 'alpha', 'gamma', 'delta'], ['beta', 'alpha']],
    ['WORKERS_DESC', ['gamma', 'alpha', 'beta', 'delta'], ['alpha', 'beta']],
    ['EMPLOYER', ['alpha', 'beta', 'delta', 'gamma'], ['alpha', 'beta']],
  ];
  test.each(inOrder)('in the order %s, page by page', async (order, si, union) => {
    const args = `where: {${inDienBien}}, orderBy: ${order}`;
    expect(await owes(args)).toEqual(si);
    expect(await pages('debtPositions', args, 'employer { code }', 'si-dien-bien')).toEqual(si);
    expect(await pages('debtPositions', args, 'employer { code }', 'union-dien-bien')).toEqual(
      union,
    );
  });

  test('neighbours beyond 2^53 keep their order and their pages', async () => {
    const where = `orderBy: AMOUNT_DESC, where: {amountMin: 501, amountMax: "${giant - 1n}"}`;
    expect(await owes(where)).toEqual(['epsilon', 'alpha']);
    const all = await pages('debtPositions', 'orderBy: AMOUNT_DESC', 'employer { code }', 'si-vn');
    expect(all).toEqual([...giants, 'epsilon', 'alpha', 'beta', 'gamma', 'delta']);
  });

  test('without a day, the newest that the caller sees for the area and employer asked', async () => {
    expect(await owes('where: {employer: "zeta"}')).toEqual(['zeta']);
    expect(await owes('where: {within: {code: "15", vintage: "2025-07"}}')).toEqual(['epsilon']);
    expect(await owes('where: {employer: "nobody"}')).toEqual([]);
    // Other conditions do not move the day.
    expect(await owes('where: {amountMax: 88, amountMin: 88}')).toEqual([]);
  });

  test('a band says in both languages why there is no number', async () => {
    const query = `{ debtPositions(where: {employer: "beta"}) { nodes {
      workersAffected workersBand reason } } }`;
    const told = { workersAffected: null, workersBand: 'W1_9' };
    const [en] = (await answer(query, 'union-dien-bien')).debtPositions.nodes;
    expect(en).toEqual({ ...told, reason: expect.stringMatching(/^Withheld: fewer than 10/) });
    const [vi] = (await answer(query, 'union-dien-bien', { 'accept-language': 'vi' })).debtPositions
      .nodes;
    expect(vi).toEqual({ ...told, reason: expect.stringMatching(/^Không cung cấp: dưới 10/) });
    const [si] = (await answer(query)).debtPositions.nodes;
    expect(si).toEqual({ workersAffected: 4, workersBand: 'W1_9', reason: null });
  });
});

describe('debts add up by group', () => {
  const summary = async (args: string, agency = 'si-vn') =>
    (
      await answer(
        `{ debtSummary(${args}) { asOf by employers amount workersAffected
           groups { code employers amount workersAffected } } }`,
        agency,
      )
    ).debtSummary;
  const group = (code: string, employers: number, amount: bigint | number, workers: number) => ({
    code,
    employers: String(employers),
    amount: String(amount),
    workersAffected: String(workers),
  });

  test.each([
    [
      'STATE',
      [
        group('EVASION_UNPAID_AFTER_REMINDER', 1, 500, 4),
        group('HARD_TO_COLLECT', 1, 500, 60),
        group('LATE_UNPAID', 1, huge, 40),
      ],
    ],
    ['MONTHS_BAND', [group('M12_PLUS', 1, 500, 4), group('M6_11', 2, huge + 500n, 100)]],
    ['SIZE_BAND', [group('W10_49', 2, huge + 500n, 100), group('W1_9', 1, 500, 4)]],
    ['SECTOR', [group('MANUFACTURING', 2, huge + 500n, 100), group('TRADE', 1, 500, 4)]],
    ['OWNERSHIP', [group('COOPERATIVE', 1, 500, 4), group('PRIVATE', 2, huge + 500n, 100)]],
    [
      'OFFICE',
      [
        group('office-dien-bien', 1, huge, 40),
        group('office-tua-chua', 1, 500, 4),
        group('office-vn', 1, 500, 60),
      ],
    ],
    ['AREA', [group('03127@2025-07', 2, huge + 500n, 100), group('03217@2025-07', 1, 500, 4)]],
    // Alpha is in three groups, and once in the whole; beta's position is from before there were any.
    [
      'FUND',
      [
        group('HEALTH', 1, 500, 60),
        group('NOT_SPLIT', 1, 500, 4),
        group('RETIREMENT', 1, huge - 30n, 40),
        group('SICKNESS', 1, 10, 40),
        group('UNEMPLOYMENT', 1, 20, 40),
      ],
    ],
  ])('by %s', async (by, groups) => {
    expect(await summary(`within: {code: "11", vintage: "2025-07"}, by: ${by}`)).toEqual({
      asOf: day,
      by,
      employers: '3',
      amount: String(huge + 1000n),
      workersAffected: '104',
      groups,
    });
  });

  test('a sum may be larger than any 64-bit number', async () => {
    const found = await summary(
      'by: STATE, area: {code: "16681", vintage: "2025-07"}',
      'si-nghe-an',
    );
    expect(found.groups).toEqual([group('LATE_UNPAID', 10, giant * 10n, 110)]);
    expect(giant * 10n > 2n ** 63n).toBe(true);
    const byFund = await summary('by: FUND, area: {code: "16681", vintage: "2025-07"}');
    expect(byFund).toMatchObject({
      ...{ employers: '10', amount: String(giant * 10n), workersAffected: '110' },
      groups: [group('HEALTH', 10, 10, 110), group('RETIREMENT', 10, giant * 10n - 10n, 110)],
    });
  });

  test('of a state, of a day, and of nothing', async () => {
    const late = await summary('by: SECTOR, state: [HARD_TO_COLLECT, SUSPENDED]');
    expect(late.groups).toEqual([group('MANUFACTURING', 1, 500, 60)]);
    const before = await summary('by: STATE, asOf: "2031-03-30"');
    expect(before).toMatchObject({ asOf: '2031-03-30', employers: '2', amount: '77' });
    const funds = await summary('by: FUND, asOf: "2031-03-30"');
    expect(funds).toMatchObject({ employers: '2', amount: '77', workersAffected: '80' });
    expect(funds.groups).toEqual([group('NONE', 1, 0, 60), group('NOT_SPLIT', 1, 77, 20)]);
    const health = await summary('by: FUND, state: [HARD_TO_COLLECT]');
    expect(health).toMatchObject({ employers: '1', groups: [group('HEALTH', 1, 500, 60)] });
    const none = { by: 'STATE', employers: '0', amount: '0', workersAffected: '0', groups: [] };
    expect(await summary('by: STATE, area: {code: "01", vintage: "2025-07"}')).toEqual({
      ...none,
      asOf: null,
    });
    expect(await summary('by: STATE, state: []')).toEqual({ ...none, asOf: day });
    expect(await summary('by: FUND, state: []')).toEqual({ ...none, by: 'FUND', asOf: day });
  });
});

describe('what is due and what was promised', () => {
  const due = async (where: string) => {
    const data = await answer(
      `{ obligations(first: 200, where: {${where}}) { totalCount nodes { timePeriod employer { code } } } }`,
    );
    const { nodes, totalCount } = data.obligations;
    expect(totalCount).toBe(nodes.length);
    return nodes.map((node: any) => `${node.employer.code} ${node.timePeriod}`);
  };
  test.each([
    ['', ['alpha 2031-01', 'alpha 2031-02', 'epsilon 2031-02', 'gamma 2031-02', 'alpha 2031-03']],
    ['unpaid: true', ['alpha 2031-01', 'epsilon 2031-02', 'gamma 2031-02', 'alpha 2031-03']],
    ['unpaid: false', ['alpha 2031-02']],
    [
      'area: {code: "03127", vintage: "2025-07"}, timePeriod: "2031-02"',
      ['alpha 2031-02', 'gamma 2031-02'],
    ],
    ['within: {code: "15", vintage: "2025-07"}', ['epsilon 2031-02']],
    ['employer: "gamma"', ['gamma 2031-02']],
    ['dueFrom: "2031-02-01", dueTo: "2031-02-27"', []],
    ['dueFrom: "2031-03-28"', ['alpha 2031-03']],
    ['dueTo: "2031-01-28"', ['alpha 2031-01']],
  ])('obligations by {%s}', async (where, expected) => {
    expect(await due(where)).toEqual(expected);
  });

  test('pages of obligations hold every month once', async () => {
    const found = await pages('obligations', '', 'code: timePeriod', 'si-dien-bien');
    expect(found).toEqual(['2031-01', '2031-02', '2031-02', '2031-03']);
  });

  test.each([
    ['', ['event-session', 'event-broken', 'event-kept', 'event-lc', 'event-reminder']],
    ['kind: JOINT_SESSION', ['event-session', 'event-broken', 'event-kept']],
    ['employer: "alpha"', ['event-session', 'event-reminder']],
    ['area: {code: "03217", vintage: "2025-07"}', ['event-broken']],
    ['within: {code: "15", vintage: "2025-07"}', ['event-lc']],
    ['from: "2031-02-02"', ['event-session']],
    ['to: "2031-02-01", kind: JOINT_SESSION', ['event-broken', 'event-kept']],
    ['agreedByFrom: "2031-03-01", agreedByTo: "2031-03-31"', ['event-kept']],
    ['kept: true', ['event-kept']],
    ['kept: false', ['event-broken']],
    ['open: true', ['event-session']],
    ['open: false', ['event-broken', 'event-kept', 'event-lc', 'event-reminder']],
  ])('events by {%s}', async (where, expected) => {
    expect(await codes('debtEvents', `where: {${where}}`, 'code')).toEqual(expected);
  });

  test('promises by their day, the rest after them, page by page', async () => {
    const expected = ['event-broken', 'event-kept', 'event-session', 'event-lc', 'event-reminder'];
    const found = await pages('debtEvents', 'orderBy: AGREED_BY_ASC', 'code', 'si-vn');
    expect(found).toEqual(expected);
  });

  test.each([
    ['', ['alpha', 'beta', 'gamma', 'gamma']],
    ['confirmed: true', ['alpha', 'beta']],
    ['confirmed: false', ['gamma', 'gamma']],
    ['agency: "union-nghe-an"', ['gamma']],
  ])('presences by {%s}', async (where, expected) => {
    expect(await codes('unionPresences', `where: {${where}}`, 'employer { code }')).toEqual(
      expected,
    );
  });
});

describe('statutory lists', () => {
  test.each([
    ['', ['list-2', 'list-1', 'list-lc', 'list-0']],
    ['latest: true', ['list-2', 'list-lc']],
    ['latest: true, timePeriod: "2030-Q4"', ['list-0']],
    ['latest: false, area: {code: "11", vintage: "2025-07"}', ['list-2', 'list-1', 'list-0']],
    ['timePeriod: "2030-Q4"', ['list-0']],
  ])('by {%s}', async (where, expected) => {
    expect(await codes('statutoryLists', `where: {${where}}`, 'code', 'press-vn')).toEqual(
      expected,
    );
    const args = `where: {${where}}`;
    expect(await pages('statutoryLists', args, 'code', 'press-vn')).toEqual(expected);
  });

  test.each([
    ['', ['new-c', 'new-a', 'lc']],
    ['timePeriod: "2030-Q4"', ['earlier']],
    ['latest: false', ['new-c', 'new-a', 'earlier', 'lc', 'old-b', 'old-a']],
    ['timePeriod: "2031-Q1"', ['new-c', 'new-a', 'lc']],
    [
      'timePeriod: "2031-Q1", latest: false, area: {code: "11", vintage: "2025-07"}',
      ['new-c', 'new-a', 'old-b', 'old-a'],
    ],
    ['within: {code: "15", vintage: "2025-07"}', ['lc']],
    ['listedAs: EVADING', ['new-c']],
    ['monthsLateMin: 5', ['new-a']],
    [`amountMin: "${huge + 1n}"`, ['new-c']],
    ['search: "da den"', ['new-a']],
    ['unitCode: "U-A"', ['new-a']],
  ])('entries by {%s}', async (where, expected) => {
    const args = `where: {${where}}`;
    expect(await codes('statutoryListEntries', args, 'code', 'press-vn')).toEqual(expected);
    expect(await pages('statutoryListEntries', args, 'code', 'press-vn')).toEqual(expected);
  });

  test.each([
    ['MONTHS_DESC', ['new-a', 'lc', 'new-c']],
    ['NAME', ['lc', 'new-c', 'new-a']],
  ])('entries in the order %s', async (order, expected) => {
    const found = await pages('statutoryListEntries', `orderBy: ${order}`, 'code', 'press-vn');
    expect(found).toEqual(expected);
  });

  test('an entry shows what the law makes public', async () => {
    const data = await answer(
      `{ statutoryListEntries(where: {unitCode: "U-C"}) { nodes { code unitCode nameVi address
           officeNameVi officeNameEn listedAs workers monthsLate amount source { code }
           list { code area { code } timePeriod version debtOn paidUntil publishedAt contributor
             entries(first: 1) { code } } } } }`,
      'press-vn',
    );
    expect(data.statutoryListEntries.nodes).toEqual([
      {
        code: 'new-c',
        unitCode: 'U-C',
        nameVi: 'Công ty new-c',
        address: 'Address of new-c',
        officeNameVi: 'Cơ quan',
        officeNameEn: 'Office',
        listedAs: 'EVADING',
        workers: 30,
        monthsLate: 4,
        amount: String(huge + 1n),
        source: { code: 'dien-bien-2024' },
        list: {
          code: 'list-2',
          area: { code: '11' },
          timePeriod: '2031-Q1',
          version: 2,
          debtOn: '2031-03-31',
          paidUntil: '2031-04-10',
          publishedAt: '2026-01-01T07:00:00.000+07:00',
          contributor: 'si-vn',
          entries: [{ code: 'new-c' }],
        },
      },
    ]);
  });
});

const cursor = (...value: unknown[]) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a value that means nothing is refused by name', () => {
  test.each<[string, ErrorCode]>([
    ['employers(where: {area: {code: "x"}}) { totalCount }', 'AREA_UNKNOWN'],
    ['employers(where: {within: {code: "15"}}) { totalCount }', 'AREA_AMBIGUOUS'],
    [
      'employers(where: {within: {code: "03127", vintage: "2025-07"}}) { totalCount }',
      'AREA_NOT_PROVINCE',
    ],
    ['debtPositions(where: {within: {code: "VN-DB-TC"}}) { totalCount }', 'AREA_NOT_PROVINCE'],
    ['debtSummary(by: STATE, within: {code: "VN"}) { employers }', 'AREA_NOT_PROVINCE'],
    ['obligations(where: {within: {code: "VN"}}) { totalCount }', 'AREA_NOT_PROVINCE'],
    ['debtEvents(where: {within: {code: "VN"}}) { totalCount }', 'AREA_NOT_PROVINCE'],
    ['statutoryListEntries(where: {within: {code: "VN"}}) { totalCount }', 'AREA_NOT_PROVINCE'],
    ['statutoryLists(where: {area: {code: "x"}}) { totalCount }', 'AREA_UNKNOWN'],
    ['employers(where: {sector: "nope"}) { totalCount }', 'CODE_UNKNOWN'],
    ['employers(where: {ownership: "nope"}) { totalCount }', 'CODE_UNKNOWN'],
    ['employers(where: {sizeBand: "nope"}) { totalCount }', 'CODE_UNKNOWN'],
    ['employers(where: {office: "nope"}) { totalCount }', 'OFFICE_UNKNOWN'],
    ['employers(where: {office: ""}) { totalCount }', 'OFFICE_UNKNOWN'],
    ['employers(where: {sector: ""}) { totalCount }', 'CODE_UNKNOWN'],
    ['debtPositions(where: {sector: "nope"}) { totalCount }', 'CODE_UNKNOWN'],
    ['obligations(where: {timePeriod: "soon"}) { totalCount }', 'PERIOD_MALFORMED'],
    ['statutoryLists(where: {timePeriod: "2031-Q5"}) { totalCount }', 'PERIOD_MALFORMED'],
    ['statutoryListEntries(where: {timePeriod: "x"}) { totalCount }', 'PERIOD_MALFORMED'],
    // A period, but of a kind that would match nothing.
    ['obligations(where: {timePeriod: "2031-Q1"}) { totalCount }', 'PERIOD_MALFORMED'],
    ['statutoryLists(where: {timePeriod: "2031"}) { totalCount }', 'PERIOD_MALFORMED'],
    ['statutoryListEntries(where: {timePeriod: "2031-05"}) { totalCount }', 'PERIOD_MALFORMED'],
    ['statutoryListNotices(where: {timePeriod: "2031-05"}) { totalCount }', 'PERIOD_MALFORMED'],
    ['collectionEstimates(where: {timePeriod: "2031-05-01"}) { totalCount }', 'PERIOD_MALFORMED'],
    ['debtPositions(first: 201) { totalCount }', 'FIRST_OUT_OF_BOUNDS'],
    ['employers { nodes { positions(first: 0) { id } } }', 'FIRST_OUT_OF_BOUNDS'],
    ['employers { nodes { obligations(first: 201) { id } } }', 'FIRST_OUT_OF_BOUNDS'],
    ['statutoryLists { nodes { entries(first: -1) { id } } }', 'FIRST_OUT_OF_BOUNDS'],
    ['employers(after: "x") { totalCount }', 'CURSOR_INVALID'],
    ...[
      ['AMOUNT_DESC', '-1'],
      ['AMOUNT_DESC', '1.5'],
      ['AMOUNT_DESC', null],
      ['MONTHS_DESC', '12345678901'],
      ['MONTHS_DESC', 'x'],
      ['WORKERS_DESC', ' 1'],
    ].map(([order, value]): [string, ErrorCode] => [
      `debtPositions(orderBy: ${String(order)}, after: "${cursor(`debtPositions ${String(order)}`, [value, 'a', 'b'])}") { nodes { id } }`,
      'CURSOR_INVALID',
    ]),
  ])('%s: %s', async (field, code) => {
    const { status, errors, text } = await gateway.ask('si-vn', `{ ${field} }`);
    expect(errors.map((error) => error.extensions.code)).toEqual([code]);
    expect(status).toBe(200);
    expect(text).not.toMatch(/prisma|invocation|node_modules/);
  });

  test.each([
    'debtPositions(where: {asOf: "2031-02-30"}) { totalCount }',
    'debtChanges(since: "2026-02-30T00:00:00Z") { cursor }',
    'debtChanges(since: "2026-01-01T24:00:00Z") { cursor }',
    'debtChanges(since: "2026-01-01T23:60:00+07:00") { cursor }',
    'debtPositions(where: {amountMin: "-1"}) { totalCount }',
    'debtPositions(where: {amountMin: "1234567890123456789"}) { totalCount }',
    'debtPositions(where: {amountMin: 1.5}) { totalCount }',
    'debtPositions(where: {state: [BROKE]}) { totalCount }',
    'debtSummary { employers }',
    'employers(where: {search: "\\u0000"}) { totalCount }',
  ])('%s does not fit the schema', async (field) => {
    const { status, errors } = await gateway.ask('si-vn', `{ ${field} }`);
    expect(errors[0]!.extensions.code).toMatch(/^(DOCUMENT_INVALID|DATE_MALFORMED)$/);
    expect(status).toBeLessThan(500);
  });

  test('in both languages', async () => {
    const query =
      '{ employers(where: {within: {code: "03127", vintage: "2025-07"}}) { totalCount } }';
    const en = await gateway.ask('si-vn', query);
    expect(en.errors[0]!.message).toBe(
      'Name a province or a city in `within`: 03127 (Điện Biên Phủ) is neither. Where there is an `area` beside `within`, ask for it with that.',
    );
    const vi = await gateway.ask('si-vn', query, { headers: { 'accept-language': 'vi' } });
    const month = await gateway.ask(
      'si-vn',
      '{ obligations(where: {timePeriod: "2031-Q1"}) { totalCount } }',
    );
    expect(month.errors[0]!.message).toBe(
      'The period 2031-Q1 is not one that is taken here (MONTH); write it as 2022-05.',
    );
    expect(vi.errors[0]!.message).toMatch(/^Hãy nêu tỉnh hoặc thành phố trong `within`: 03127/);
  });
});

test('the record of an answer names the employers that it is about', async () => {
  const { headers } = await gateway.ask(
    'si-vn',
    `{ debtPositions(where: {${inDienBien}}) { nodes { amount } }
       obligations(where: {employer: "epsilon"}) { nodes { due } } }`,
  );
  const { data } = await gateway.ask(
    'audit-vn',
    'query ($n: Int64!) { accessRecord(number: $n) { topics areaIds leaf employers { count codes hash } } }',
    { variables: { n: headers['access-record'] } },
  );
  const { topics, areaIds, leaf, employers } = data.accessRecord;
  expect(topics).toEqual(['DEBT']);
  expect(areaIds).toEqual(expect.arrayContaining(['11@2025-07', dienBien, tuaChua, laoCai]));
  const recorded = JSON.parse(Buffer.from(leaf, 'base64').toString('utf8'));
  const read = ['alpha', 'beta', 'delta', 'epsilon', 'gamma'];
  expect(recorded.employers.ids).toEqual(read);
  expect(employers).toEqual({ count: read.length, codes: read, hash: null });
});

test('the record of an answer counts the numbers that a band stands for', async () => {
  const { headers } = await gateway.ask(
    'union-dien-bien',
    '{ debtPositions(where: {employer: "beta"}) { nodes { workersBand } } }',
  );
  const { data } = await gateway.ask(
    'audit-vn',
    'query ($n: Int64!) { accessRecord(number: $n) { withheld { reason cells } } }',
    { variables: { n: headers['access-record'] } },
  );
  expect(data.accessRecord.withheld).toEqual([{ reason: 'BANDED', cells: 1 }]);
});
