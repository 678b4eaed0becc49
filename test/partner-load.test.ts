/** The load of partners: it brings every row, repeats without a trace, and names what is wrong where. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { searchForm } from '../src/area/search.ts';
import { ImportRefused, loadSeed } from '../src/load.ts';
import { embeddedPoolConfig } from '../src/platform/embedded.ts';
import { applyMigrations } from '../src/platform/migrate.ts';
import { seedDirectory } from '../src/platform/paths.ts';

let database: PGlite;
let pool: pg.Pool;
let client: pg.PoolClient;
/** A copy of the seed that a test may change. */
let directory: string;

beforeAll(async () => {
  database = await PGlite.create('memory://');
  pool = new pg.Pool(embeddedPoolConfig(database));
  await applyMigrations(pool);
  client = await pool.connect();
  await loadSeed(client);
});

afterAll(async () => {
  client.release();
  await pool.end();
  await database.close();
});

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'lienthong-seed-'));
  await cp(seedDirectory, directory, { recursive: true });
});

afterEach(() => rm(directory, { recursive: true, force: true }));

const tables = ['partner', 'coordination', 'agent_system', 'organisation_fact'];

async function rows(text: string): Promise<Record<string, unknown>[]> {
  return (await client.query<Record<string, unknown>>(text)).rows;
}

async function fingerprint(): Promise<unknown[]> {
  const digests: unknown[] = [];
  for (const table of [...tables, 'observation', 'conflict', 'change_record']) {
    digests.push(
      await rows(`select md5(string_agg(x::text, '|' order by x::text)) from ${table} x`),
    );
  }
  return digests;
}

/** Replaces text of a file once, and tells on which line; fails where the text is not there. */
async function edit(file: string, from: string, to: string): Promise<number> {
  const name = path.join(directory, file);
  const before = await readFile(name, 'utf8');
  expect(before).toContain(from);
  await writeFile(
    name,
    before.replace(from, () => to),
  );
  return before.slice(0, before.indexOf(from)).split('\n').length;
}

async function refusal(): Promise<ImportRefused> {
  const error: unknown = await loadSeed(client, { directory }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ImportRefused);
  return error as ImportRefused;
}

describe('the first load', () => {
  test('publishes every row at once, with the contributor of its area', async () => {
    for (const [table, count] of [
      ['partner', 107],
      ['coordination', 123],
      ['agent_system', 8],
      ['organisation_fact', 19],
    ] as const) {
      const [found] = await rows(
        `select count(*)::int as n, count(published_at)::int as published, count(withdrawn_at)::int as withdrawn,
           count(distinct published_at)::int as instants from ${table}`,
      );
      expect(found, table).toEqual({ n: count, published: count, withdrawn: 0, instants: 1 });
    }
    expect(
      await rows(
        `select area_id, province_id, contributor_id, count(*)::int as n from agent_system group by 1, 2, 3`,
      ),
    ).toEqual([
      { area_id: '10@2025-06', province_id: '10@2025-06', contributor_id: 'si-lao-cai', n: 8 },
    ]);
  });

  test('keeps a blank as null and a zero as zero', async () => {
    const facts = `select value::text, decimals, unit from organisation_fact where id =`;
    expect(await rows(`${facts} 'org-lcd-own-staff'`)).toEqual([
      { value: '0', decimals: 0, unit: 'PERSONS' },
    ]);
    expect(await rows(`${facts} 'org-lc-founded'`)).toEqual([
      { value: null, decimals: null, unit: null },
    ]);
  });

  test('writes the names to search as the program asks for them', async () => {
    for (const { name_vi, name_en, name_search } of await rows('select * from partner')) {
      const names = [name_vi, name_en].filter((name) => name !== null) as string[];
      expect(name_search).toBe(names.map(searchForm).join('\n'));
    }
  });
});

describe('loading again', () => {
  test('changes nothing', async () => {
    const before = await fingerprint();
    const report = await loadSeed(client, { directory });
    for (const table of tables) {
      expect(report[table]).toMatchObject({ inserted: 0, updated: 0, closed: 0 });
    }
    expect(await fingerprint()).toEqual(before);
  });

  test('updates what the files correct, and never when it was published or withdrawn', async () => {
    await client.query(
      `update partner set published_at = '2020-01-01', withdrawn_at = '2021-01-01' where id = 'lc-post'`,
    );
    await edit('partners.csv', 'Lao Cai Post Office', 'Post Office of Lao Cai');
    await edit('agent_systems.csv', ',124,61,', ',124,,');
    const report = await loadSeed(client, { directory });
    expect(report['partner']).toMatchObject({ inserted: 0, updated: 1, unchanged: 106 });
    expect(report['agent_system']).toMatchObject({ inserted: 0, updated: 1 });
    expect(
      await rows(`select name_en, published_at::date::text as published, withdrawn_at::date::text as withdrawn
                  from partner where id = 'lc-post'`),
    ).toEqual([
      { name_en: 'Post Office of Lao Cai', published: '2020-01-01', withdrawn: '2021-01-01' },
    ]);
    expect(
      await rows(
        `select agent_staff, collection_points, obs_status from agent_system where id = 'agt-lc-post-network'`,
      ),
    ).toEqual([{ agent_staff: 124, collection_points: null, obs_status: 'A' }]);
  });
});

describe('a refused import', () => {
  const bad = [
    [
      'partners.csv',
      'vss,Viet Nam Social Security,Bảo hiểm xã hội Việt Nam,STATE_BODY',
      'vss,Viet Nam Social Security,Bảo hiểm xã hội Việt Nam,BANK',
      'kind',
      'CODE_UNKNOWN',
    ],
    ['partners.csv', 'STATE_BODY,INTER_COMMUNE', 'STATE_BODY,HAMLET', 'level', 'CODE_UNKNOWN'],
    [
      'partners.csv',
      'COLLECTION_AGENT,NOT_STATED,VN-DB-TC',
      'COLLECTION_AGENT,NOT_STATED,VN-XX',
      'area',
      'CODE_UNKNOWN',
    ],
    [
      'partners.csv',
      'lao-cai-2024;vss-2023',
      'lao-cai-2024;vss-2024',
      'source',
      'REFERENCE_UNKNOWN',
    ],
    [
      'partners.csv',
      'na-portal,Nghe An electronic information portal',
      'na-portal,',
      'name_en',
      'VALUE_MALFORMED',
    ],
    ['partner_agencies.csv', 'vss,si-vn', 'vss-2,si-vn', 'partner_id', 'REFERENCE_UNKNOWN'],
    ['partner_agencies.csv', 'vss,si-vn', 'vss,si-xx', 'agency_id', 'REFERENCE_UNKNOWN'],
    [
      'partner_agencies.csv',
      'lc-labour-department,labour-lao-cai',
      'lc-labour-department,si-nghe-an',
      'agency_id',
      'ID_DUPLICATE',
    ],
    ['partner_agencies.csv', 'lc-labour-department,', 'vss,', 'partner_id', 'ID_DUPLICATE'],
    [
      'coordinations.csv',
      'crd-lc-newspaper-seat,lc-social-security,lc-newspaper',
      'crd-lc-newspaper-seat,lc-social-security,lc-gazette',
      'partner_id',
      'REFERENCE_UNKNOWN',
    ],
    [
      'coordinations.csv',
      'crd-lc-newspaper-seat,lc-social-security,',
      'crd-lc-newspaper-seat,lc-office,',
      'agency_id',
      'REFERENCE_UNKNOWN',
    ],
    [
      'coordinations.csv',
      'crd-lc-newspaper-seat,lc-social-security,lc-newspaper',
      'crd-lc-newspaper-seat,lc-newspaper,lc-newspaper',
      'partner_id',
      'VALUE_MALFORMED',
    ],
    [
      'coordinations.csv',
      'lc-newspaper,VN-LC,COLLABORATOR_SEAT',
      'lc-newspaper,VN-LC,CHAIR',
      'relation',
      'CODE_UNKNOWN',
    ],
    [
      'coordinations.csv',
      'CARD_USE;CARE_PROCEDURE',
      'CARD_USE;CARE',
      'topic_codes',
      'CODE_UNKNOWN',
    ],
    [
      'coordinations.csv',
      'CARD_USE;CARE_PROCEDURE',
      'CARD_USE;CARD_USE',
      'topic_codes',
      'VALUE_MALFORMED',
    ],
    [
      'coordinations.csv',
      'DECISION,ins-dec-37,NOT_STATED,CURRENT',
      'VERDICT,ins-dec-37,NOT_STATED,CURRENT',
      'instrument_kind',
      'CODE_UNKNOWN',
    ],
    [
      'coordinations.csv',
      'DECISION,ins-dec-37,NOT_STATED,CURRENT',
      'DECISION,ins-dec-38,NOT_STATED,CURRENT',
      'instrument_id',
      'REFERENCE_UNKNOWN',
    ],
    [
      'coordinations.csv',
      'DECISION,ins-dec-37,NOT_STATED,CURRENT',
      'DECISION,ins-dec-37,OFTEN,CURRENT',
      'frequency',
      'CODE_UNKNOWN',
    ],
    [
      'coordinations.csv',
      'DECISION,ins-dec-37,NOT_STATED,CURRENT',
      'DECISION,ins-dec-37,NOT_STATED,OVER',
      'status',
      'CODE_UNKNOWN',
    ],
    [
      'coordinations.csv',
      'ONE_OFF,CURRENT,2019',
      'ONE_OFF,CURRENT,2019-13',
      'time_period',
      'VALUE_MALFORMED',
    ],
    [
      'coordinations.csv',
      'ONE_OFF,CURRENT,2019',
      'ONE_OFF,CURRENT,2026',
      'time_period',
      'PERIOD_OUTSIDE_AREA',
    ],
    [
      'agent_systems.csv',
      'VN-LC,lc-post-network,124',
      'VN-LC,lc-post-office,124',
      'partner_id',
      'REFERENCE_UNKNOWN',
    ],
    [
      'agent_systems.csv',
      'VN-LC,lc-post-network,124',
      'VN-LC,lc-post-network,124.5',
      'agent_staff',
      'VALUE_MALFORMED',
    ],
    ['agent_systems.csv', '124,61,', '124,-61,', 'collection_points', 'VALUE_MALFORMED'],
    [
      'agent_systems.csv',
      '124,61,,NOT_STATED,FALSE',
      '124,61,,NOT_STATED,TRUE',
      'partner_id',
      'VALUE_MALFORMED',
    ],
    [
      'agent_systems.csv',
      '124,61,,NOT_STATED',
      '124,61,,PRINTED',
      'period_basis',
      'VALUE_MALFORMED',
    ],
    [
      'agent_systems.csv',
      '124,61,,NOT_STATED',
      '124,61,2026,PRINTED',
      'time_period',
      'PERIOD_OUTSIDE_AREA',
    ],
    [
      'agent_systems.csv',
      '124,61,,NOT_STATED,FALSE,',
      '124,61,,NOT_STATED,FALSE,cf-none',
      'conflict_ids',
      'REFERENCE_UNKNOWN',
    ],
    [
      'agent_systems.csv',
      '124,61,,NOT_STATED,FALSE,',
      '124,61,,NOT_STATED,FALSE,cf-lc-signs-points',
      'conflict_ids',
      'REFERENCE_UNKNOWN',
    ],
    [
      'organisation_units.csv',
      'COLLABORATORS_TOTAL,20,PERSONS',
      'COLLABORATORS,20,PERSONS',
      'item',
      'CODE_UNKNOWN',
    ],
    [
      'organisation_units.csv',
      'COLLABORATORS_TOTAL,20,PERSONS',
      'COLLABORATORS_TOTAL,20,HEADS',
      'unit',
      'CODE_UNKNOWN',
    ],
    [
      'organisation_units.csv',
      'COLLABORATORS_TOTAL,20,PERSONS',
      'COLLABORATORS_TOTAL,20,',
      'unit',
      'VALUE_MALFORMED',
    ],
    [
      'organisation_units.csv',
      'COLLABORATORS_TOTAL,20,PERSONS',
      'COLLABORATORS_TOTAL,,',
      'obs_status',
      'VALUE_MALFORMED',
    ],
    [
      'organisation_units.csv',
      'ESTABLISHED,,,',
      'ESTABLISHED,1995,PERSONS,',
      'value',
      'VALUE_MALFORMED',
    ],
    [
      'organisation_units.csv',
      '20,PERSONS,EXACT,',
      '20,PERSONS,ROUGHLY,',
      'qualifier',
      'CODE_UNKNOWN',
    ],
    [
      'organisation_units.csv',
      'EXACT,2016-01-26,INFERRED,A',
      'EXACT,2016-01-26,INFERRED,X',
      'obs_status',
      'CODE_UNKNOWN',
    ],
  ] as const;

  test.each(bad)(
    '%s: "%s" as "%s" is refused in column %s',
    async (file, from, to, column, code) => {
      const line = await edit(file, from, to);
      const before = await fingerprint();
      const { problems } = await refusal();
      const message: unknown = expect.stringMatching(/^[A-Z].*\.$/);
      expect(problems).toContainEqual({ file, row: line, column, code, message });
      expect(await fingerprint()).toEqual(before);
    },
  );

  test.each([
    ['coordinations.csv', 'crd-lc-newspaper-seat,', 'lc-newspaper,', 'partners.csv'],
    ['agent_systems.csv', 'agt-lc-schools,', 'crd-lc-schools-agent,', 'coordinations.csv'],
    ['organisation_units.csv', 'org-lc-levels,', 'agt-lc-total,', 'agent_systems.csv'],
    ['agent_systems.csv', 'agt-lc-schools,', 'obs-db-debt-2022,', 'observations.csv'],
  ])('%s: the id of %s as %s stands in %s already', async (file, from, to) => {
    const line = await edit(file, from, to);
    const { problems } = await refusal();
    expect(problems).toContainEqual(
      expect.objectContaining({ file, row: line, column: 'id', code: 'ID_DUPLICATE' }),
    );
  });
});
