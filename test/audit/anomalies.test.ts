/** What an auditor looks for is found from its threshold on and not below, with the records that it rests on. */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { anomalyRules, ruleIds } from '../../src/audit/anomaly-rules.ts';
import { anomaliesCommand } from '../../src/commands/audit-anomalies.ts';
import { openGateway, storeKinds, type TestGateway } from '../support/gateway.ts';
import { insertRecords, type Said } from './records-support.ts';

const si = { role: 'SI', purpose: 'SOCIAL_INSURANCE_ADMINISTRATION', topics: ['DEBT'] } as const;
const press = { agency: 'press-vn', role: 'PRESS', purpose: 'PUBLIC_INFORMATION' } as const;
const gave = (rows: number, type = 'DebtPosition') => [{ type, provider: 'si-vn', rows }];
/** An instant of Viet Nam. */
const at = (day: string, time = '10:00:00') => new Date(`2026-${day}T${time}+07:00`).toISOString();
const repeat = (count: number, record: (i: number) => Said) =>
  Array.from({ length: count }, (_, i) => record(i));
const second = (i: number) =>
  `:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`;

/** Fifteen days of 500 rows out of twenty-eight: the median is 500. */
const steady = repeat(15, (i) => ({
  ...si,
  agency: 'si-lao-cai',
  time: at(`08-${String(10 + i)}`),
  given: gave(500),
}));
const volume: readonly Said[] = [
  ...steady,
  { ...si, agency: 'si-lao-cai', time: at('09-01'), given: gave(2_499) },
  { ...si, agency: 'si-lao-cai', time: at('09-02'), given: gave(2_500) },
  { ...si, agency: 'si-vn', time: at('09-02'), given: gave(1_999) },
  { ...si, agency: 'si-vn', time: at('09-03'), given: gave(1_000) },
  { ...si, agency: 'si-vn', time: at('09-03', '11:00:00'), given: gave(1_000) },
];
const night = (count: number, agency: string, day: string, hour: string) =>
  repeat(count, (i) => ({ ...si, agency, time: at(day, `${hour}${second(i)}`) }));
const hours: readonly Said[] = [
  // One night over midnight; 20:00 is late and 06:00 is not; 49 on a Sunday are not enough.
  ...night(25, 'si-nghe-an', '09-08', '20'),
  ...night(25, 'si-nghe-an', '09-09', '05'),
  ...night(60, 'si-nghe-an', '09-09', '06'),
  ...night(60, 'si-nghe-an', '09-10', '19'),
  ...night(49, 'si-nghe-an', '09-13', '12'),
  ...night(50, 'si-dien-bien', '09-13', '12'),
];
const sweep = (time: string, employerCount: number): Said => ({
  ...si,
  agency: 'si-tua-chua',
  time: at('09-15', time),
  employerCount,
});
const sweeps: readonly Said[] = [
  sweep('09:30:00', 600),
  sweep('10:30:00', 400),
  sweep('13:30:00', 600),
  sweep('14:30:01', 400),
];
const refused = (day: string, i: number, errorCode: string): Said => ({
  ...press,
  time: at(day, `10${second(i)}`),
  outcome: 'REFUSED',
  errorCode,
});
const refusals: readonly Said[] = [
  ...repeat(9, (i) => refused('09-16', i, 'DOCUMENT_INVALID')),
  { ...press, time: at('09-16', '10:00:30') },
  ...repeat(9, (i) => refused('09-16', 31 + i, 'DOCUMENT_INVALID')),
  // What another application does is nothing to it, and an announced change is no answer.
  { ...si, agency: 'si-vn', time: at('09-16', '10:00:50') },
  { ...press, time: at('09-16', '10:00:51'), outcome: 'INTENDED' },
  refused('09-16', 52, 'DOCUMENT_INVALID'),
  { ...press, time: at('09-16', '10:00:55') },
];
const embargo: readonly Said[] = [
  { ...press, time: at('09-17'), grants: ['prerelease:early-one', 'grant-press-vn'] },
  { ...si, agency: 'si-vn', time: at('09-18', '09:59:59'), given: gave(3, 'ReleaseCell') },
  { ...si, agency: 'si-vn', time: at('09-18', '10:00:00'), given: gave(3, 'ReleaseCell') },
  { ...si, agency: 'si-vn', time: at('09-19', '10:00:00'), given: gave(3, 'ReleaseCell') },
];
const misfits: readonly Said[] = [
  { ...press, time: at('09-21'), topics: ['DEBT', 'REGISTER'], given: gave(1) },
  // The calendar is open to whoever may ask.
  {
    agency: 'audit-vn',
    role: 'AUDITOR',
    purpose: 'AUDIT',
    time: at('09-21'),
    topics: ['ENROLLMENT'],
    given: [{ type: 'Release', provider: '', rows: 1 }],
  },
  ...repeat(4, (i) => refused('09-22', i * 3, 'PURPOSE_NOT_GRANTED')),
  { ...press, time: at('09-22', '10:30:00') },
  ...repeat(5, (i) => refused('09-23', i * 3, 'GRANT_EXPIRED')),
  { ...press, time: at('09-23', '10:30:00') },
];

async function prepare(owner: pg.Pool): Promise<void> {
  await owner.query(
    `insert into release (id, series_id, version, topic, area_id, province_id, dataflow, title_vi, title_en, time_period,
       period_start, period_end, provisional, exceptional, provider_id, prepared_by, scheduled_at, source_id)
     select 'soon-out', 'soon-out', 1, 'DEBT', '11@2025-07', '11@2025-07', 'x', 'x', 'x', '2026-Q2', '2026-04-01',
       '2026-06-30', false, false, 'si-vn', 'x', $1, (select min(id) from source)`,
    [at('09-19', '10:00:00')],
  );
  const groups = [volume, hours, sweeps, refusals, embargo, misfits];
  await insertRecords(owner, groups.flat());
}

describe.each(storeKinds)('anomalies on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind, prepare });
  });
  afterAll(() => gateway.close());

  const ask = (where: string, fields = 'rule') =>
    gateway.ask('audit-vn', `{ anomalies(where: { ${where} }) { ${fields} } }`);
  const all = 'rule agency application release detail value threshold records';
  async function found(rule: string, more = ''): Promise<object[]> {
    const { data, errors } = await ask(
      `rule: ${rule}, from: "2026-09-01", to: "2026-09-30" ${more}`,
      all,
    );
    expect(errors).toEqual([]);
    return data.anomalies as object[];
  }
  const anomaly = (
    agency: string,
    value: number,
    threshold: number,
    records: number,
    more: object = {},
  ) =>
    expect.objectContaining({
      agency,
      value: String(value),
      threshold: String(threshold),
      records: String(records),
      ...more,
    });

  test.each([
    ['UNUSUAL_VOLUME', [anomaly('si-lao-cai', 2_500, 2_500, 1), anomaly('si-vn', 2_000, 2_000, 2)]],
    ['UNUSUAL_HOURS', [anomaly('si-nghe-an', 50, 50, 50), anomaly('si-dien-bien', 50, 50, 50)]],
    ['EMPLOYER_SWEEP', [anomaly('si-tua-chua', 1_000, 1_000, 2)]],
    ['REFUSAL_RUN', [anomaly('press-vn', 10, 10, 10, { application: 'press-vn-app' })]],
    [
      'BEFORE_EMBARGO',
      [
        anomaly('press-vn', 1, 1, 1, { release: 'early-one' }),
        anomaly('si-vn', 1, 1, 1, { release: 'soon-out' }),
      ],
    ],
    [
      'PURPOSE_MISFIT',
      [
        anomaly('press-vn', 1, 1, 1, { detail: 'REGISTER' }),
        anomaly('press-vn', 5, 5, 5, { detail: 'GRANT_EXPIRED' }),
      ],
    ],
  ])('%s is found from its threshold on', async (rule, expected) => {
    expect(await found(rule)).toEqual(expected);
  });

  test('each names its first and last record, its period, and says it in a sentence', async () => {
    const { data } = await ask(
      'rule: EMPLOYER_SWEEP, from: "2026-09-15", to: "2026-09-15"',
      'from to firstRecord lastRecord sentence',
    );
    const [{ firstRecord, lastRecord, ...said }] = data.anomalies;
    expect(said).toEqual({
      from: '2026-09-15T09:30:00.000+07:00',
      to: '2026-09-15T10:30:00.000+07:00',
      sentence:
        'si-tua-chua-app of si-tua-chua read 1000 employers in the hour up to 2026-09-15 10:30; 1000 make a sweep.',
    });
    const records = await gateway.ask(
      'audit-vn',
      `{ a: accessRecord(number: "${firstRecord}") { agency employers { count } }
         b: accessRecord(number: "${lastRecord}") { agency employers { count } } }`,
    );
    const agency = 'si-tua-chua';
    expect(records.data).toEqual({
      a: { agency, employers: { count: 600 } },
      b: { agency, employers: { count: 400 } },
    });
  });

  test('an agency and a period narrow it; all rules together tell the same', async () => {
    expect(await found('PURPOSE_MISFIT', ', agency: "si-vn"')).toEqual([]);
    const { data } = await ask('from: "2026-09-01", to: "2026-09-30", agency: "press-vn"');
    const rules = data.anomalies.map(({ rule }: { rule: string }) => rule);
    expect(rules).toEqual(['REFUSAL_RUN', 'BEFORE_EMBARGO', 'PURPOSE_MISFIT', 'PURPOSE_MISFIT']);
    const june = await ask('from: "2026-06-01", to: "2026-06-30"');
    expect(june.data.anomalies).toEqual([]);
    expect((await gateway.ask('audit-vn', '{ anomalies { rule } }')).errors).toEqual([]);
  });

  test.each([
    ['from: "2026-07-01", to: "2026-09-30"', null],
    ['from: "2026-06-30", to: "2026-09-30"', 'SPAN_TOO_LONG'],
    ['from: "2026-09-30", to: "2026-09-29"', 'DATES_REVERSED'],
    ['from: "2026-09-31"', 'DATE_MALFORMED'],
    ['rule: ANYTHING', 'DOCUMENT_INVALID'],
    ['from: "9999-12-31", to: "9999-12-31"', null],
    [`agency: "' or true --"`, null],
  ])('%s: %s', async (where, code) => {
    const { status, errors } = await ask(where);
    expect(status).not.toBe(500);
    expect(errors[0]?.extensions.code ?? null).toBe(code);
  });

  test('the rules are told with their thresholds, in the caller’s language', async () => {
    const { data } = await gateway.ask(
      'audit-vn',
      '{ anomalyRules { id title explanation thresholds { name value unit } } }',
      { headers: { 'accept-language': 'vi' } },
    );
    expect(data.anomalyRules.map(({ id }: { id: string }) => id)).toEqual(ruleIds);
    const { title, thresholds } = anomalyRules.UNUSUAL_VOLUME;
    expect(data.anomalyRules[0]).toMatchObject({
      title: title.vi,
      thresholds: expect.arrayContaining([{ name: 'factor', ...thresholds.factor }]),
    });
  });

  test.each(['en', 'vi'] as const)('the command prints a report in %s', async (language) => {
    const before = process.env['DATA_DIR'];
    process.env['DATA_DIR'] = gateway.dataDirectory;
    const written: string[] = [];
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    const args = ['--from', '2026-09-01', '--to', '2026-09-30', '--lang', language];
    await anomaliesCommand()
      .parseAsync([...args, '--url', gateway.gateway.address], { from: 'user' })
      .finally(() => {
        write.mockRestore();
        if (before === undefined) delete process.env['DATA_DIR'];
        else process.env['DATA_DIR'] = before;
      });
    const report = written.join('');
    for (const id of ruleIds)
      expect(report).toContain(`${anomalyRules[id].title[language]} (${id})`);
    expect(report).toContain('2500');
    expect(report).toMatch(language === 'vi' ? /\(bản ghi \d+\)/ : /\(record \d+\)/);
    expect(report).toMatch(language === 'vi' ? /10 bản ghi từ/ : /10 records from/);
  });
});
