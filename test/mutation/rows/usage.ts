/** Records of who read whose rows and when, and what data_usage() must tell a provider of them, by hand. */
import pg from 'pg';
import { gatewayRole } from '../../../src/platform/database.ts';
import { nobody } from '../../../src/platform/scope.ts';
import { undone } from './attempts.ts';
import type { Answer } from './questions.ts';

const provider = 'who-provider';
const rows = (type: string, of: string, count: number) => ({ type, provider: of, rows: count });

/** Who reads for what, when (Viet Nam), and what left. */
const reads = [
  ['who-union', 'UNION', 'WORKER_PROTECTION', '2026-06-01 00:00', [rows('Debt', provider, 1)]],
  ['who-union', 'UNION', 'WORKER_PROTECTION', '2026-06-30 23:59', [rows('Debt', provider, 2)]],
  ['who-union', 'UNION', 'WORKER_PROTECTION', '2026-07-01 00:00', [rows('Debt', provider, 4)]],
  // Beside rows of another provider, and of none.
  [
    'who-labour',
    'LABOUR',
    'STATISTICS',
    '2026-06-15 12:00',
    [rows('Debt', provider, 8), rows('Debt', 'who-else', 500), rows('Source', '', 700)],
  ],
  ['who-labour', 'LABOUR', 'STATISTICS', '2026-06-16 12:00', [rows('Debt', 'who-else', 900)]],
  // Late: the press, and inspections; but not one's own.
  ['who-press', 'PRESS', 'PUBLIC_INFORMATION', '2026-06-02 12:00', [rows('List', provider, 16)]],
  [
    'who-other-press',
    'PRESS',
    'PUBLIC_INFORMATION',
    '2026-06-09 12:00',
    [rows('List', provider, 32)],
  ],
  ['who-labour', 'LABOUR', 'LABOUR_SUPERVISION', '2026-06-03 12:00', [rows('Debt', provider, 64)]],
  [provider, 'PRESS', 'LABOUR_SUPERVISION', '2026-06-04 12:00', [rows('Debt', provider, 128)]],
  // Without a purpose nothing is late.
  ['who-si', 'SI', null, '2026-06-05 12:00', [rows('Debt', provider, 256)]],
] as const;

export async function insertReads(client: pg.Client): Promise<void> {
  await client.query('set session_replication_role = replica');
  for (const [i, [agency, role, purpose, at, given]] of reads.entries()) {
    const time = `${at.replace(' ', 'T')}:00+07:00`;
    await client.query('select ensure_log_partition($1)', [time]);
    await client.query(
      `insert into access_record (number, recorded_at, leaf, occurred_at, agency_id, role, purpose, request_id,
         area_count, providers, given, employer_count, withheld, policy_version, schema_version, outcome, request_count,
         duration_micros)
       values ($1, $2, '', $2, $3, $4, $5, 'who', 0, $6, $7, 0, '[]', 'x', 'x', 'ANSWERED', 1, 1)`,
      [
        1000 + i,
        time,
        agency,
        role,
        purpose,
        given.map(({ provider: of }) => of),
        JSON.stringify(given),
      ],
    );
  }
  await client.query('set session_replication_role = origin');
}

const statistics = (period: string) => `${period} who-labour LABOUR STATISTICS Debt 1 8`;
const press = '2026-06 ? PRESS ? List 2 48';
const inspections = '2026-06 ? LABOUR ? Debt 1 64';
const june = [
  '2026-06 who-labour LABOUR STATISTICS Debt 1 8',
  '2026-06 who-provider PRESS LABOUR_SUPERVISION Debt 1 128',
  '2026-06 who-si SI ? Debt 1 256',
  '2026-06 who-union UNION WORKER_PROTECTION Debt 2 3',
];
const juneByDay = [
  '2026-06-01 who-union UNION WORKER_PROTECTION Debt 1 1',
  '2026-06-04 who-provider PRESS LABOUR_SUPERVISION Debt 1 128',
  '2026-06-05 who-si SI ? Debt 1 256',
  statistics('2026-06-15'),
  '2026-06-30 who-union UNION WORKER_PROTECTION Debt 1 2',
];
/** A month ended thirty days ago at midnight of the day; one millisecond before, it has not. */
const thirtyDays = '2026-07-30T17:00:00.000Z';
const notYet = '2026-07-30T16:59:59.999Z';
const longAfter = '2027-07-01T00:00:00.000Z';

interface Question {
  readonly agency?: string;
  readonly instant?: string;
  readonly days: readonly [from: string, to: string];
  readonly byMonth: boolean;
  readonly said: readonly string[];
}

const juneDays = ['2026-06-01', '2026-06-30'] as const;
const questions: readonly Question[] = [
  { days: juneDays, byMonth: true, said: [...june, inspections, press] },
  { days: juneDays, byMonth: false, said: [...juneByDay, inspections, press] },
  { days: juneDays, byMonth: true, instant: thirtyDays, said: [...june, inspections, press] },
  { days: juneDays, byMonth: true, instant: notYet, said: june },
  // Not the whole month: nothing of what is late.
  { days: ['2026-06-02', '2026-06-30'], byMonth: false, said: juneByDay.slice(1) },
  { days: ['2026-06-01', '2026-06-29'], byMonth: false, said: juneByDay.slice(0, 4) },
  { days: ['2026-06-15', '2026-06-15'], byMonth: false, said: [statistics('2026-06-15')] },
  // Whose rows count is who asks.
  {
    agency: 'who-else',
    days: juneDays,
    byMonth: true,
    said: ['2026-06 who-labour LABOUR STATISTICS Debt 2 1400'],
  },
  { agency: 'who-union', days: juneDays, byMonth: true, said: [] },
  { agency: '', days: juneDays, byMonth: true, said: [] },
  { days: ['2026-06-30', '2026-06-29'], byMonth: true, said: ['DATES_REVERSED'] },
  {
    days: ['2026-06-30', '2027-06-30'],
    byMonth: false,
    said: [
      '2026-06-30 who-union UNION WORKER_PROTECTION Debt 1 2',
      '2026-07-01 who-union UNION WORKER_PROTECTION Debt 1 4',
    ],
  },
  { days: ['2026-06-29', '2027-06-30'], byMonth: true, said: ['SPAN_TOO_LONG'] },
];

/** One line a row; a question mark for what is not told. */
const told = `select concat_ws(' ', period, coalesce(consumer, '?'), role, coalesce(purpose, '?'), type, requests, rows) as said
  from data_usage($1, $2, $3, 1000)`;

export async function askUsage(client: pg.Client): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const { agency = provider, instant = longAfter, days, byMonth, said } of questions) {
    const scope = { ...nobody, instant, agency: agency || null };
    const found = await undone(client, async () => {
      await client.query(
        `set local role ${gatewayRole}; set local lienthong.scope = ${pg.escapeLiteral(JSON.stringify(scope))}`,
      );
      const result = await client.query<{ said: string }>(told, [...days, byMonth]);
      return result.rows.map((row) => row.said);
    }).catch((error: pg.DatabaseError) => {
      if (error.code !== 'LT100') throw error;
      return [error.message];
    });
    answers.push({
      asked: `data_usage() of ${agency || 'nobody'} at ${instant}, ${days.join(' to ')}`,
      told: found.sort(),
      expected: [...said].sort(),
    });
  }
  return answers;
}
