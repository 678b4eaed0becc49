/** A made-up national store of contribution debt on a real PostgreSQL: employers of 34 provinces, a year of obligations, payments and events. */
import pg from 'pg';
import { runSql, startPostgres } from '../support/postgres.ts';
import { prepareServer } from '../support/template.ts';

export const database = 'debt';
/** The province that is asked about, of 30,000 employers where the country has a million. */
export const province = '11@2025-07';
export const provinceText = '{ code: "11", vintage: "2025-07" }';
export const days = ['2026-09-30', '2026-10-31'] as const;
const months = 12;
/** What is booked by then. */
const today = '2026-11-25';

/** A number below `range` that is the same for an employer in every statement. */
const drawn = (salt: number, range: number) =>
  `(abs(hashint8extended(e.n, ${salt})::numeric) % ${range})::int`;

/**
 * Of 1,000 employers 880 pay in time, 65 are 5 to 49 days late each month, 35 stopped paying some months ago, and 20 pay
 * every second month. `n` numbers them within the whole country; codes are spread over the provinces as they register.
 */
const employers = (count: number) => `
  create unlogged table bench_employer as
  with places as (
    select p.id as province_id, row_number() over (order by p.id) - 1 as at,
           (select array_agg(c.id order by c.id) from area c where c.province_id = p.id and c.kind in ('COMMUNE', 'WARD')) as communes
      from area p where p.kind in ('PROVINCE', 'CITY') and p.id like '%@2025-07' and p.id <> '${province}'),
  numbered as (select n, ${drawn(7, 1000)} as draw from generate_series(1, ${count}) e(n)),
  placed as (
    select n, case when draw < 30 then '${province}' when draw < 310 then '79@2025-07' when draw < 490 then '01@2025-07'
      else (select province_id from places where at = e.n % (select count(*) from places)) end as province_id
      from numbered e)
  select e.n, 'e' || lpad(e.n::text, 8, '0') as id, e.province_id,
    (select a.communes[1 + e.n % cardinality(a.communes)] from (select province_id, communes from places union all
      select '${province}', (select array_agg(c.id order by c.id) from area c where c.province_id = '${province}'
        and c.kind in ('COMMUNE', 'WARD'))) a where a.province_id = e.province_id) as area_id,
    ${drawn(1, 1000)} as kind, 1 + ${drawn(2, 10)} as gone, 5 + ${drawn(3, 45)} as late,
    -- Many small ones, few large ones.
    (1 + power(${drawn(4, 10000)} / 10000.0, 8) * 2000)::int + ${drawn(5, 12)} as workers,
    case when ${drawn(6, 100)} < 3 then 'QUARTERLY' else 'MONTHLY' end as cycle
    from placed e order by e.n`;

const register = `
  insert into employer (id, topic, area_id, province_id, unit_code, name_vi, name_search, address, sector, ownership,
    size_band, is_natural_person, office_id, payment_cycle, liable_from, registered_on, source_id, contributor_id)
  select id, 'DEBT', area_id, province_id, 'U' || id, 'Công ty ' || id, 'cong ty ' || id, 'Số ' || n || ' đường Chính',
    (array['MANUFACTURING', 'TRADE', 'CONSTRUCTION', 'SERVICES', 'TRANSPORT'])[1 + n % 5],
    case when n % 20 = 0 then 'HOUSEHOLD_BUSINESS' else 'PRIVATE' end,
    case when workers < 10 then 'W1_9' when workers < 50 then 'W10_49' when workers < 200 then 'W50_199' else 'W200_PLUS' end,
    n % 20 = 0, case when province_id = '${province}' then 'office-dien-bien' else 'office-vn' end, cycle,
    '2020-01-01', '2020-01-01', 'dien-bien-2024', 'si-vn' from bench_employer order by n`;

/** When the month falls due, and when its money came: null if it has not. The money of who skips pays the oldest month. */
const monthly = (at: number) => `
  select e.*, m.month, m.due_on, ${at} as at,
    case when kind < 880 then m.due_on - (n % 12)::int
      when kind < 945 then m.due_on + late
      when kind < 980 then case when ${at} < ${months} - gone then m.due_on - 1 end
      when ${at} % 2 = 1 then m.due_on + late % 9 end as came,
    -- Of who pays every second month the first half of the months is paid.
    case when kind >= 980 then ${at} < ${months / 2} else true end as is_covered
    from bench_employer e, lateral (
      select date '2025-10-01' + interval '${at} months' as month,
        ((date_trunc(case e.cycle when 'MONTHLY' then 'month' else 'quarter' end, date '2025-10-01' + interval '${at} months')
          + case e.cycle when 'MONTHLY' then interval '2 months' else interval '4 months' end)::date - 1) as due_on) m`;

/** Fund shares of a base: 22, 3, 0.5, 2 and 4.5 %. */
const shares = [220, 30, 5, 20, 45];
const base = 'workers * 8000000::bigint';
const dues = shares.map((share) => `${base} * ${share} / 1000`).join(', ');
const paid = shares
  .map(
    (share) =>
      `case when is_covered and (came <= '${today}' or kind >= 980) then ${base} * ${share} / 1000 else 0 end`,
  )
  .join(', ');

/** Rows come month by month, as they are registered, so that an employer's year lies in twelve places. */
const month = (at: number) => [
  `insert into obligation (employer_id, topic, area_id, province_id, time_period, period_start, due_on, workers,
     contribution_base, due_retirement, due_sickness, due_accident, due_unemployment, due_health, paid_retirement,
     paid_sickness, paid_accident, paid_unemployment, paid_health, payment_cycle, known_from, source_id, contributor_id)
   select id, 'DEBT', area_id, province_id, to_char(month, 'YYYY-MM'), month, due_on, workers, ${base}, ${dues}, ${paid},
     cycle, month, 'dien-bien-2024', 'si-vn' from (${monthly(at)}) o order by n`,
  `insert into payment (id, topic, area_id, province_id, employer_id, received_on, amount, known_from, source_id, contributor_id)
   select 'p-' || id || '-${at}', 'DEBT', area_id, province_id, id, came, ${base} * 320 / 1000, came, 'dien-bien-2024', 'si-vn'
     from (${monthly(at)}) o where came <= '${today}' order by n`,
];

const event = (
  name: string,
  kind: string,
  where: string,
  more: readonly [string, string] = ['', ''],
) => `
  insert into debt_event (id, topic, area_id, province_id, employer_id, kind, occurred_on, agency_id, participant_ids,
    time_periods, known_from, source_id, contributor_id${more[0]})
  select '${name}-' || id, 'DEBT', area_id, province_id, id, '${kind}', '2026-08-15', 'si-vn', '{}', '{}', '2026-08-15',
    'dien-bien-2024', 'si-vn'${more[1]} from bench_employer where ${where}`;

const facts = [
  event('r', 'REMINDER', 'kind between 945 and 960'),
  event('j', 'JOINT_SESSION', 'kind between 961 and 966', [
    ', agreed_by, amount, kept',
    `, '2026-10-15', 1000000, case when n % 3 = 0 then true when n % 3 = 1 then false end`,
  ]),
  event('s', 'SUSPENSION', 'kind = 967', [', from_on, until_on', `, '2026-07-01', '2026-09-30'`]),
  `insert into registration_duty (id, topic, area_id, province_id, employer_id, duty_from, workers, known_from, source_id, contributor_id)
   select 'd-' || id, 'DEBT', area_id, province_id, id, '2026-07-01', 3, '2026-08-01', 'dien-bien-2024', 'si-vn'
     from bench_employer where kind between 100 and 101`,
];

/** Positions of the other provinces, of whoever stopped paying; those of the province asked are computed. */
const position = (day: string, audience: string) => `
  insert into debt_position (id, audience, topic, area_id, province_id, employer_id, as_of, state, state_since, legal_basis,
    amount, months_late, oldest_due_on, workers_affected, workers_band, became_late_on, became_late_amount, next_on,
    next_state, source_id, contributor_id)
  select id || '|${day}|${audience}', '${audience}', 'DEBT', area_id, province_id, id, '${day}',
    case when kind < 960 then 'EVASION_UNPAID_AFTER_REMINDER' else 'LATE_UNPAID' end, '2026-09-01', 'Art 38',
    ${base} * 320 / 1000 * gone, gone, date '2026-09-30' - gone * 30,
    ${audience === 'INTERNAL' ? 'workers' : 'case when workers >= 10 then workers end'},
    case when workers < 10 then 'W1_9' when workers < 50 then 'W10_49' when workers < 200 then 'W50_199' else 'W200_PLUS' end,
    ${audience === 'INTERNAL' ? `'2026-09-01', 0, date '${day}' + 1 + gone, 'EVASION_UNPAID_AFTER_REMINDER'` : 'null, null, null, null'},
    'dien-bien-2024', 'si-vn'
    from bench_employer where kind between 890 and 979 and province_id <> '${province}'
    ${audience === 'PARTY' ? 'and n % 20 > 0' : ''} order by province_id, n`;

const tables = [
  'employer',
  'obligation',
  'payment',
  'debt_event',
  'debt_position',
  'collection_sum',
  'collection_account',
  'collection_exception',
];

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Triggers that log, place and sum up rows are off while it loads, and so are foreign keys; checks are on. */
async function load(adminUrl: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const began = performance.now();
  try {
    await client.query(
      `set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'`,
    );
    await client.query(employers(count));
    await client.query(register);
    for (let at = 0; at < months; at += 1) {
      for (const statement of month(at)) await client.query(statement);
      say(`  month ${at + 1} of ${months}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
    }
    for (const statement of facts) await client.query(statement);
    for (const day of days) {
      for (const audience of ['INTERNAL', 'PARTY']) await client.query(position(day, audience));
    }
    await client.query('drop table bench_employer');
    const loaded = performance.now();
    await client.query('vacuum analyze');
    await client.query('select recompute_collection()');
    say(`  sums of collection: ${((performance.now() - loaded) / 1000).toFixed(0)} s`);
    for (const table of tables) {
      await client.query(`vacuum (analyze) ${table}`);
      const { rows } = await client.query<{ n: string; size: string; indexes: string }>(
        `select count(*)::text as n, pg_size_pretty(pg_table_size('${table}')) as size,
           pg_size_pretty(pg_indexes_size('${table}')) as indexes from ${table}`,
      );
      say(`  ${table}: ${rows[0]!.n} rows, ${rows[0]!.size}, indexes ${rows[0]!.indexes}`);
    }
  } finally {
    await client.end();
  }
  say(`  loaded in ${((performance.now() - began) / 60_000).toFixed(1)} minutes`);
}

const settings = [
  'max_wal_size=4GB',
  'shared_buffers=1GB',
  'wal_level=minimal',
  'max_wal_senders=0',
  'maintenance_work_mem=256MB',
];

/** The store of so many employers, gone afterwards. `work` is given the superuser's address of the server. */
export async function withDebtTable(
  count: number,
  work: (adminUrl: string) => Promise<void>,
): Promise<void> {
  const postgres = await startPostgres({ settings });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void postgres.stop().finally(() => process.exit(1)));
  }
  try {
    await prepareServer(postgres, database);
    await load(postgres.adminUrl(database), count);
    await runSql(postgres.adminUrl(database), 'checkpoint');
    await work(postgres.adminUrl());
  } finally {
    await postgres.stop();
  }
}
