/** An agency learns who read what it contributed: at once, but for what would give research or inspections away. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGateway, storeKinds, type TestGateway } from '../support/gateway.ts';
import { insertRecords, type Said } from './records-support.ts';

const dayMillis = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMillis);
/** Noon of the day in Viet Nam. */
const noon = (day: Date) => `${day.toISOString().slice(0, 10)}T05:00:00.000Z`;
const monthOf = (day: Date) => day.toISOString().slice(0, 7);
const firstOf = (day: Date) => `${monthOf(day)}-01`;
const lastOf = (day: Date) =>
  new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);

/** In a month that ended more than thirty days ago, and in one that did not. */
const longAgo = daysAgo(75);
const lately = daysAgo(5);

const rows = (provider: string, count: number, type = 'DebtPosition') => ({
  type,
  provider,
  rows: count,
});
const read = (
  day: Date,
  agency: string,
  role: string,
  purpose: string,
  given: Said['given'] = [],
): Said => ({
  time: noon(day),
  agency,
  role,
  purpose,
  given,
  caseReference: 'HS-1',
});
const own = rows('si-dien-bien', 10);
const records: readonly Said[] = [
  read(lately, 'union-dien-bien', 'UNION', 'WORKER_PROTECTION', [own, rows('si-lao-cai', 700)]),
  read(lately, 'union-dien-bien', 'UNION', 'WORKER_PROTECTION', [own]),
  read(lately, 'si-dien-bien', 'SI', 'SOCIAL_INSURANCE_ADMINISTRATION', [own]),
  read(lately, 'labour-dien-bien', 'LABOUR', 'STATISTICS', [own]),
  read(lately, 'labour-dien-bien', 'LABOUR', 'LABOUR_SUPERVISION', [rows('si-dien-bien', 1)]),
  read(lately, 'press-vn', 'PRESS', 'PUBLIC_INFORMATION', [rows('si-dien-bien', 2)]),
  read(longAgo, 'labour-dien-bien', 'LABOUR', 'LABOUR_SUPERVISION', [rows('si-dien-bien', 3)]),
  read(longAgo, 'labour-vn', 'LABOUR', 'LABOUR_SUPERVISION', [rows('si-dien-bien', 4)]),
  read(longAgo, 'press-vn', 'PRESS', 'PUBLIC_INFORMATION', [rows('si-dien-bien', 5, 'Target')]),
  read(lately, 'audit-vn', 'AUDITOR', 'AUDIT', [{ type: 'AccessRecord', provider: '', rows: 9 }]),
];

describe.each(storeKinds)('data usage on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind, prepare: (owner) => insertRecords(owner, records) });
  });
  afterAll(() => gateway.close());

  const ask = (agency: string, args: string, purpose?: string | null) =>
    gateway.ask(
      agency,
      `{ dataUsage(${args}) { period consumer role purpose type requests rows } }`,
      purpose === undefined ? {} : { purpose },
    );
  const days = (from: string, to: string, more = '') => `from: "${from}", to: "${to}" ${more}`;
  const whole = (more = '') => days(firstOf(longAgo), lastOf(lately), more);
  async function lines(agency: string, args: string): Promise<string[]> {
    const { data, errors } = await ask(agency, args);
    expect(errors).toEqual([]);
    return (data.dataUsage as Record<string, string | null>[]).map((usage) =>
      ['period', 'consumer', 'role', 'purpose', 'type', 'requests', 'rows']
        .map((name) => usage[name] ?? '?')
        .join(' '),
    );
  }

  const late = [
    `${monthOf(longAgo)} ? LABOUR ? DebtPosition 2 7`,
    `${monthOf(longAgo)} ? PRESS ? Target 1 5`,
  ];
  const atOnce = (period: string) => [
    `${period} labour-dien-bien LABOUR STATISTICS DebtPosition 1 10`,
    `${period} si-dien-bien SI SOCIAL_INSURANCE_ADMINISTRATION DebtPosition 1 10`,
    `${period} union-dien-bien UNION WORKER_PROTECTION DebtPosition 2 20`,
  ];

  test('by month and by day: others and itself at once, the press and inspections late', async () => {
    expect(await lines('si-dien-bien', whole())).toEqual([...late, ...atOnce(monthOf(lately))]);
    const day = lately.toISOString().slice(0, 10);
    expect(await lines('si-dien-bien', whole('interval: DAY'))).toEqual([...late, ...atOnce(day)]);
  });

  test('a period that holds the late month in part tells nothing of it', async () => {
    const second = `${monthOf(longAgo)}-02`;
    const day = longAgo.toISOString().slice(0, 10);
    for (const period of [days(second, lastOf(longAgo)), days(day, day, 'interval: DAY')]) {
      expect(await lines('si-dien-bien', period)).toEqual([]);
    }
    expect(await lines('si-dien-bien', days(firstOf(longAgo), lastOf(longAgo)))).toEqual(late);
  });

  test.each([
    [
      'si-lao-cai',
      [`${monthOf(lately)} union-dien-bien UNION WORKER_PROTECTION DebtPosition 1 700`],
    ],
    ['si-nghe-an', []],
    ['union-dien-bien', []],
    ['labour-dien-bien', []],
    ['press-vn', []],
    ['audit-vn', []],
    ['steward-vn', []],
  ])('%s learns of its own rows and of no others', async (agency, expected) => {
    expect(await lines(agency, whole())).toEqual(expected);
  });

  test('what is read now is told now, for any purpose and none', async () => {
    const question = `{ targets(first: 3) { nodes { contributor } } }`;
    const reply = await gateway.ask('union-nghe-an', question);
    expect(reply.errors).toEqual([]);
    const provider = reply.data.targets.nodes[0].contributor as string;
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    const { data, errors } = await ask(provider, days(today, today, 'interval: DAY'), null);
    expect(errors).toEqual([]);
    expect(data.dataUsage).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ period: today, consumer: 'union-nghe-an', type: 'Target' }),
      ]),
    );
  });

  test.each([
    [days('2025-01-01', '2026-01-01'), null],
    [days('2025-01-01', '2026-01-02'), 'SPAN_TOO_LONG'],
    [days('2026-01-02', '2026-01-01'), 'DATES_REVERSED'],
    [days('2026-01-02', '2026-02-30'), 'DATE_MALFORMED'],
    [days('9999-12-31', '9999-12-31'), null],
    ['from: "2026-01-01"', 'DOCUMENT_INVALID'],
    [days('2026-01-01', '2026-01-01', 'interval: HOUR'), 'DOCUMENT_INVALID'],
    [days('2026-01-01', '2026-01-01', 'agency: "si-vn"'), 'DOCUMENT_INVALID'],
  ])('%s: %s', async (args, code) => {
    const { status, errors } = await ask('si-vn', args);
    expect(status).not.toBe(500);
    expect(errors[0]?.extensions.code ?? null).toBe(code);
  });

  test('too long a period says how long it may be', async () => {
    const { errors } = await ask('si-vn', days('2025-01-01', '2026-12-31'));
    expect(errors[0]).toMatchObject({
      message: 'The period has 730 days; ask for at most 366 at once.',
      extensions: { days: 730, max: 366, field: 'to' },
    });
  });

  test('asking is on the log, as rows of nobody', async () => {
    const { headers, data: told } = await ask('si-dien-bien', whole());
    const { data } = await gateway.ask(
      'audit-vn',
      `{ accessRecord(number: "${headers['access-record']}") { agency topics given { type provider rows } } }`,
    );
    expect(data.accessRecord).toEqual({
      agency: 'si-dien-bien',
      topics: [],
      given: [{ type: 'DataUsage', provider: null, rows: told.dataUsage.length }],
    });
  });
});
