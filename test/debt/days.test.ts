/** Of which day debts are told: the one that all provinces share, and which of them lack it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  employer,
  forParties,
  insertDebt,
  position,
  presence,
  type DebtRows,
} from '../debt-marks.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';

const [dienBien, laoCai, tuaChua] = ['03127@2025-07', '02647@2025-07', '03217@2025-07'];
const within = (code: string) => `within: {code: "${code}", vintage: "2025-07"}`;
/** Điện Biên was identified once more than Lào Cai, which was so once more than Điện Biên before. */
const days = {
  near: ['2025-10-31', '2025-11-30', '2026-01-31'],
  far: ['2025-09-30', '2025-10-31', '2025-11-30'],
} as const;
const keys = ['near', 'far'] as const;
const owed = keys.flatMap((key, n) =>
  days[key].map((as_of) =>
    position(key, 100 + n, { id: `position-${key}-${as_of}`, as_of, state_since: null }),
  ),
);
const rows: DebtRows = {
  employers: [
    employer('near', dienBien),
    employer('far', laoCai),
    // In a commune where nobody owes anything on any day but the oldest.
    employer('settled', tuaChua),
  ],
  positions: [
    ...owed,
    ...owed.map(forParties),
    position('settled', 7, { as_of: '2025-10-31', state_since: null }),
  ],
  presences: [presence('near', 'union-dien-bien')],
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway({ kind: 'SERVER', prepare: (owner) => insertDebt(owner, rows) });
});
afterAll(() => gateway.close());

async function summary(agency: string, args = '') {
  const question = `{ debtSummary(by: STATE${args && `, ${args}`}) { asOf employers amount missingProvinces { code } } }`;
  const { data, errors } = await gateway.ask(agency, question);
  if (errors.length > 0) return errors.map(({ extensions }) => extensions.code);
  const { asOf, employers, amount, missingProvinces } = data.debtSummary;
  return [asOf, employers, amount, missingProvinces.map(({ code }: any) => code)];
}
async function listed(agency: string, where = '', headers: Record<string, string> = {}) {
  const question = `{ debtPositions(first: 50, orderBy: EMPLOYER, where: {${where}}) { nodes { asOf employer { code } } } }`;
  const { data, errors } = await gateway.ask(agency, question, { headers });
  if (errors.length > 0) return errors.map(({ extensions, message }) => [extensions.code, message]);
  return data.debtPositions.nodes.map((node: any) => `${node.employer.code} ${node.asOf}`);
}

test('without a day, the newest that all provinces in reach share', async () => {
  expect(await summary('si-vn')).toEqual(['2025-11-30', '2', '201', []]);
  expect(await listed('si-vn')).toEqual(['far 2025-11-30', 'near 2025-11-30']);
  for (const agency of ['si-vn', 'si-dien-bien', 'labour-dien-bien']) {
    expect(await summary(agency, within('11'))).toEqual(['2026-01-31', '1', '100', []]);
    expect(await listed(agency, within('11'))).toEqual(['near 2026-01-31']);
  }
  expect(await summary('si-dien-bien')).toEqual(['2026-01-31', '1', '100', []]);
  // A place in which nobody owes on the newest day has that day, too.
  const area = 'area: {code: "03217", vintage: "2025-07"}';
  expect(await summary('si-vn', area)).toEqual(['2026-01-31', '0', '0', []]);
  expect(await listed('si-vn', area)).toEqual([]);
  expect(await listed('si-vn', 'employer: "settled"')).toEqual(['settled 2025-10-31']);
});

test('the provinces that lack the day are named, those in reach', async () => {
  const asked = (agency: string, day: string, more = '') =>
    summary(agency, `asOf: "${day}"${more && `, ${more}`}`);
  expect(await asked('si-vn', '2026-01-31')).toEqual(['2026-01-31', '1', '100', ['15']]);
  expect(await asked('si-vn', '2025-09-30')).toEqual(['2025-09-30', '1', '101', ['11']]);
  expect(await asked('si-vn', '2026-01-31', within('11'))).toEqual(['2026-01-31', '1', '100', []]);
  expect(await asked('si-dien-bien', '2026-01-31')).toEqual(['2026-01-31', '1', '100', []]);
  expect(await asked('labour-lao-cai', '2026-01-31')).toEqual([null, '0', '0', ['15']]);
});

test('a day of which nothing was identified is no day on which nobody owes', async () => {
  expect(await summary('si-vn', 'asOf: "2025-12-31"')).toEqual([null, '0', '0', ['11', '15']]);
  expect(await listed('labour-dien-bien', 'asOf: "2025-12-31"')).toEqual([
    [
      'DAY_NOT_IDENTIFIED',
      'Debt was not identified there on 2025-12-31; leave asOf out, or give a day that has been, the newest being 2026-01-31, 2025-11-30, 2025-10-31.',
    ],
  ]);
  const [[, message]] = await listed('labour-lao-cai', 'asOf: "2026-01-31"', {
    'accept-language': 'vi',
  });
  expect(message).toBe(
    'Nơi đó chưa xác định nợ vào ngày 2026-01-31; hãy bỏ asOf hoặc chọn ngày đã xác định, gần nhất là 2025-11-30, 2025-10-31, 2025-09-30.',
  );
  const made = await gateway.ask(
    'si-vn',
    'mutation { exportDebtPositions(where: {asOf: "2025-12-31"}) { url } }',
  );
  expect(made.errors[0]?.extensions.code).toBe('DAY_NOT_IDENTIFIED');
});

test.each(['2025-06-30', '1990-01-01', '2999-01-01'])('%s is no day to ask for', async (day) => {
  for (const agency of ['si-vn', 'labour-dien-bien', 'labour-lao-cai']) {
    expect(await summary(agency, `asOf: "${day}"`)).toEqual(['DAY_OUT_OF_RANGE']);
  }
  for (const agency of ['si-vn', 'labour-dien-bien', 'union-dien-bien']) {
    expect((await listed(agency, `asOf: "${day}"`))[0][0]).toBe('DAY_OUT_OF_RANGE');
  }
});

test('a union is told nothing of days on which it sees nobody', async () => {
  expect(await listed('union-dien-bien')).toEqual(['near 2026-01-31']);
  for (const day of ['2025-09-30', '2025-12-31']) {
    expect(await listed('union-dien-bien', `asOf: "${day}"`)).toEqual([]);
  }
  expect(await listed('union-lao-cai')).toEqual([]);
});
