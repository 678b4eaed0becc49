/**
 * Loads the national demonstration: a province at a time, each in a transaction of its own, so that a run that
 * was interrupted goes on where it ended when it is run again.
 */
import { createHash, randomUUID } from 'node:crypto';
import { listedSuccessors } from '../area/load-communes.ts';
import { CsvFiles } from '../platform/csv.ts';
import { seedDirectory } from '../platform/paths.ts';
import { SeedWriter, type LoadReport, type SeedClient } from '../platform/seed.ts';
import { StoreError } from '../platform/store.ts';
import { loadLock } from './load.ts';
import { rowsOf, type Block } from './national-blocks.ts';
import { NationalTerritory, type RegisteredUnit, type Succession } from './national-territory.ts';
import { nationalFile, NationalTotals } from './national-totals.ts';
import { National, type Batch } from './national.ts';
import { nationalSource, provinces } from './sources.ts';

/** Goes up when the generator makes other figures; a database keeps to the version that it began with. */
const nationalVersion = 1;

export interface NationalOptions {
  readonly years: number;
  /** Communes of these provinces only, by their ids of July 2025; of all when left out. */
  readonly communesOf?: readonly string[];
  /** Told after each statement how many figures there are already, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Of which rows the figures are made: other rows make other figures. */
async function readRegister(client: SeedClient) {
  const { rows: units } = await client.query(
    `select id, code, vintage, kind, name_vi, province_id, valid_from::text, valid_to::text from area
      where kind in ('PROVINCE', 'CITY', 'COMMUNE', 'WARD', 'TOWNSHIP', 'SPECIAL_ZONE') order by id`,
  );
  const { rows: successions } = await client.query(
    `select predecessor_id, successor_id from area_succession order by id`,
  );
  if (units.length === 0) {
    throw new StoreError('NOT_IMPORTED', 'Run "lienthong import" first: there are no areas yet.');
  }
  return {
    units: units as unknown as RegisteredUnit[],
    successions: successions as unknown as Succession[],
  };
}

/** A database holds the figures of one origin: what two of them made would not add up. */
async function assertSameOrigin(client: SeedClient, sha256: string): Promise<void> {
  const { rows } = await client.query(
    `select detail ->> 'sha256' as sha256 from change_record
      where entity = 'observation' and entity_id like 'national/%' and actor = 'loader'
      order by changed_at desc limit 1`,
  );
  if (rows[0] && rows[0]['sha256'] !== sha256) {
    throw new StoreError(
      'DEMONSTRATION_CHANGED',
      'This database holds national data that was made from other areas or by another version; load into a new database.',
    );
  }
}

const array = (values: readonly (string | number | null)[]) => values.slice();

/** Row, figure and area in the order of the keys, so that each index grows at one place. */
const insertBlock = `
  insert into observation (id, figure_id, audience, has_internal, topic, area_id, province_id, domain, indicator,
    scheme, scheme_components, participant_group, sex, residence, breakdown, time_period, period_start, period_end,
    period_basis, value, decimals, unit, obs_status, conf_status, source_id, locator, contributor_id, known_from,
    published_at)
  select f.figure_id || v.suffix, f.figure_id, v.audience, v.has_internal, s.topic, a.id, a.province_id, s.topic,
    s.indicator, s.scheme, string_to_array(s.components, ';'), s.participant_group, '_T', '_T', '', p.text,
    p.period_start, p.period_end, 'PRINTED', n.value, 0, 'PERSONS', 'A', v.conf_status, $1, 'generated',
    a.contributor, v.known_from, v.published_at
  from unnest($2::int[]) with ordinality as n(value, i)
  join unnest($3::text[], $4::text[], $5::text[]) with ordinality as a(id, province_id, contributor, i)
    on a.i = (n.i - 1) / ($6::int * $7::int) + 1
  join unnest($8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[]) with ordinality
      as s(code, topic, indicator, scheme, components, participant_group, i)
    on s.i = (n.i - 1) / $7::int % $6::int + 1
  join unnest($14::text[], $15::date[], $16::date[], $17::timestamptz[], $18::timestamptz[]) with ordinality
      as p(text, period_start, period_end, known_from, published_at, i)
    on p.i = (n.i - 1) % $7::int + 1
  cross join lateral (select 'demo-n/' || a.id || '/' || s.code || '/' || p.text) as f(figure_id)
  cross join lateral (
    select 'INTERNAL', '/I', false, 'N', p.known_from, null::timestamptz
    union all
    select 'PUBLISHED', '/P', true, 'F', p.known_from, p.published_at
    where $19::boolean and p.published_at is not null
  ) as v(audience, suffix, has_internal, conf_status, known_from, published_at)
  where n.value >= 0
  on conflict (id) do nothing`;

/** The agencies that serve a province answer for it, the national one for the others. */
function contributorOf(provinceId: string | null): string {
  const own = provinces.find(
    ({ id, predecessors }) => id === provinceId || predecessors.includes(provinceId ?? ''),
  );
  return own?.insurer ?? 'si-vn';
}

async function insert(client: SeedClient, block: Block): Promise<number> {
  const { areas, series, periods, isPublic, values } = block;
  const { rowCount } = await client.query(insertBlock, [
    nationalSource.id,
    `{${values.join(',')}}`,
    array(areas.map(({ id }) => id)),
    array(areas.map(({ provinceId }) => provinceId)),
    array(areas.map(({ provinceId }) => contributorOf(provinceId))),
    series.length,
    periods.length,
    ...(['code', 'topic', 'indicator', 'scheme'] as const).map((key) =>
      array(series.map((one) => one[key])),
    ),
    array(series.map(({ components }) => components.join(';'))),
    array(series.map(({ group }) => group)),
    ...(['text', 'start', 'end', 'knownFrom', 'publishedAt'] as const).map((key) =>
      array(periods.map((one) => one[key])),
    ),
    isPublic,
  ]);
  return rowCount ?? 0;
}

async function loadBatch(
  client: SeedClient,
  batch: Batch,
  sha256: string,
  onBlock: (block: Block) => void,
): Promise<number> {
  await client.query('begin');
  try {
    let inserted = 0;
    let under: Promise<void> | null = null;
    for (const block of batch.blocks()) {
      // The next block is made while the server writes this one.
      await under;
      under = insert(client, block).then((rows) => {
        inserted += rows;
        onBlock(block);
      });
    }
    await under;
    if (inserted > 0) {
      await client.query(
        `insert into change_record (id, changed_at, actor, action, entity, entity_id, detail)
         values ($1, date_trunc('milliseconds', clock_timestamp()), 'loader', 'IMPORT', 'observation', $2, $3::jsonb)`,
        [randomUUID(), `national/${batch.name}`, JSON.stringify({ inserted, sha256 })],
      );
    }
    await client.query('commit');
    return inserted;
  } catch (error) {
    // The first error is the one to tell; a lost connection rolls back by itself.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** The source alone, with the record of its change. */
async function loadSource(client: SeedClient, sha256: string): Promise<void> {
  const writer = new SeedWriter(client, { sha256: () => sha256 }, new Date().toISOString());
  await client.query('begin');
  await writer.upsert('source', [nationalSource], { key: ['id'], from: [nationalFile] });
  await client.query('commit');
}

async function prepare(client: SeedClient, years: number) {
  const files = await CsvFiles.read(seedDirectory, [nationalFile]);
  const totals = new NationalTotals(files);
  files.refuseProblems();
  const { units, successions } = await readRegister(client);
  const listed = await listedSuccessors();
  const territory = new NationalTerritory(units, successions, listed);
  const sha256 = createHash('sha256')
    .update(`national ${nationalVersion}\0${totals.sha256}\0`)
    .update(JSON.stringify([units, successions, [...listed]]))
    .digest('hex');
  return { national: new National(territory, totals, years), sha256 };
}

/**
 * Loads whole years up to the demonstration's last month into a database that holds the seed, while no other load
 * runs. Loading again adds what is missing and nothing else.
 */
export async function loadNational(
  client: SeedClient,
  { years, communesOf, onProgress = () => undefined }: NationalOptions,
): Promise<LoadReport> {
  const { rows } = await client.query('select pg_try_advisory_lock($1) as free', [loadLock]);
  if (rows[0]?.['free'] !== true) {
    throw new StoreError('LOAD_RUNNING', 'Another load is running; wait until it has ended.');
  }
  try {
    const { national, sha256 } = await prepare(client, years);
    await assertSameOrigin(client, sha256);
    await loadSource(client, sha256);
    const batches = national.batches(communesOf);
    const total = batches.reduce((sum, { figures }) => sum + figures, 0);
    let [done, made, inserted] = [0, 0, 0];
    for (const batch of batches) {
      inserted += await loadBatch(client, batch, sha256, (block) => {
        done += block.values.length;
        made += rowsOf(block);
        onProgress(done, total);
      });
    }
    // Plans are made from statistics; those of an empty table would read all of it.
    await client.query('analyze observation');
    return { observation: { inserted, updated: 0, closed: 0, unchanged: made - inserted } };
  } finally {
    await client.query('select pg_advisory_unlock($1)', [loadLock]).catch(() => undefined);
  }
}
