/** The load: what it brings, that repeating it changes nothing, that bad files do nothing. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ImportRefused, loadSeed, type LoadReport, type SeedClient } from '../src/load.ts';
import { embeddedPoolConfig } from '../src/platform/embedded.ts';
import { applyMigrations } from '../src/platform/migrate.ts';
import { seedDirectory } from '../src/platform/paths.ts';

const withheldFigure = 'obs-tc-hi-households-new-2025-11';
let database: PGlite;
let pool: pg.Pool;
let client: pg.PoolClient;
let firstReport: LoadReport;
/** A copy of the seed that a test may change. */
let directory: string;

beforeAll(async () => {
  database = await PGlite.create('memory://');
  pool = new pg.Pool(embeddedPoolConfig(database));
  await applyMigrations(pool);
  client = await pool.connect();
  firstReport = await loadSeed(client);
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

async function rows(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return (await client.query<Record<string, unknown>>(text, values)).rows;
}

async function count(from: string): Promise<number> {
  const [row] = await rows(`select count(*)::int as n from ${from}`);
  return Number(row?.['n']);
}

/** A digest of every table, so that any change shows. */
async function fingerprint(): Promise<Record<string, unknown>> {
  const tables = await rows(`select tablename as t from pg_tables where schemaname = 'public'`);
  const digests: Record<string, unknown> = {};
  for (const { t } of tables) {
    const [row] = await rows(
      `select md5(string_agg(x::text, '|' order by x::text)) as digest from "${String(t)}" x`,
    );
    digests[String(t)] = row?.['digest'];
  }
  return digests;
}

/** Replaces text of a file once, and fails where the text is not there. */
async function edit(file: string, from: string, to: string): Promise<void> {
  const name = path.join(directory, file);
  const before = await readFile(name, 'utf8');
  expect(before).toContain(from);
  await writeFile(
    name,
    before.replace(from, () => to),
  );
}

async function lineOf(file: string, start: string): Promise<number> {
  const lines = (await readFile(path.join(directory, file), 'utf8')).split('\n');
  return lines.findIndex((line) => line.startsWith(start)) + 1;
}

async function refusal(): Promise<ImportRefused> {
  const error: unknown = await loadSeed(client, { directory }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ImportRefused);
  return error as ImportRefused;
}

function openVersions(figure: string) {
  return rows(
    `select audience, value::text, decimals, qualifier, comment, obs_status, conf_status,
       has_internal, contributor_id from observation where figure_id = $1 and known_to is null order by audience`,
    [figure],
  );
}

describe('the first load', () => {
  it('brings every reported figure, and the withheld one twice', async () => {
    const figures = await readFile(path.join(directory, 'observations.csv'), 'utf8');
    const targets = await readFile(path.join(directory, 'targets.csv'), 'utf8');
    const reported = figures.match(/^obs-/gm)!.length + 1;
    expect(await count(`observation where figure_id like 'obs-%'`)).toBe(reported);
    expect(await count(`target where figure_id like 'tgt-%'`)).toBe(
      targets.match(/^tgt-/gm)!.length,
    );
    expect(firstReport['observation']).toMatchObject({ inserted: await count('observation') });
    expect(await count('agency')).toBe(17);
    expect(await count(`code where list_id = 'PURPOSE'`)).toBe(7);
  });

  it('brings every row of the statistics, and what is published of the country', async () => {
    const lines = async (file: string) =>
      (await readFile(path.join(directory, file), 'utf8')).trimEnd().split('\n').length - 1;
    const rowsOf = (source: string) => count(`observation where source_id = '${source}'`);
    expect(await rowsOf('gso-population')).toBe(await lines('population.csv'));
    expect(await rowsOf('gso-labour-force')).toBe(await lines('labour_force.csv'));
    expect(await count(`observation where figure_id like 'pub-%'`)).toBe(
      await lines('published_observations.csv'),
    );
    expect(await count(`target where reliability is not null`)).toBe(
      await lines('published_targets.csv'),
    );
    const natures = await rows(
      `select distinct s.nature, o.audience from observation o join source s on s.id = o.source_id
       where o.figure_id like 'stat-%' or o.figure_id like 'pub-%'`,
    );
    expect(natures).toEqual([{ nature: 'REPORTED', audience: 'PUBLISHED' }]);
  });

  it('shows an unverified target, and marks it so that nothing is computed with it', async () => {
    const unverified = await rows(
      `select distinct reliability, obs_status from target where reliability is not null order by 1`,
    );
    expect(unverified).toEqual([
      { reliability: 'SECONDARY', obs_status: 'A' },
      { reliability: 'UNVERIFIED', obs_status: 'U' },
    ]);
  });

  it('keeps 2022 of Điện Biên by the statistics office equal to what the document prints', async () => {
    const both = await rows(
      `select value::text, obs_status, source_id from observation
       where area_id = '11@2025-06' and indicator = 'POPULATION_COUNT' and time_period = '2022'
         and breakdown = '' order by source_id`,
    );
    expect(both).toEqual([
      { value: '635921', obs_status: 'P', source_id: 'dien-bien-2024' },
      { value: '635921', obs_status: 'A', source_id: 'gso-population' },
    ]);
  });

  it('keeps printed digits, and blanks as null', async () => {
    const printed = (figure: string) =>
      rows('select value::text, decimals, obs_status from observation where figure_id = $1', [
        figure,
      ]);
    expect(await printed('obs-db-hi-plan-achievement-2023-05')).toEqual([
      { value: '97.0', decimals: 1, obs_status: 'A' },
    ]);
    expect(await printed('obs-db-share-urban-2022')).toMatchObject([
      { value: '15.20', decimals: 2 },
    ]);
    expect(await printed('obs-db-debt-2022')).toEqual([
      { value: null, decimals: null, obs_status: 'O' },
    ]);
  });

  it('publishes nothing of the small count but that it is confidential', async () => {
    expect(await openVersions(withheldFigure)).toMatchObject([
      { audience: 'INTERNAL', value: '4', obs_status: 'A', conf_status: 'A', has_internal: false },
      {
        audience: 'PUBLISHED',
        value: null,
        decimals: null,
        qualifier: null,
        comment: null,
        obs_status: 'Q',
        conf_status: 'C',
        has_internal: true,
        contributor_id: 'si-tua-chua',
      },
    ]);
  });

  it('gives periods their days, both inside', async () => {
    const periods = await rows(
      `select distinct time_period, period_start::text, period_end::text from observation
       where time_period in ('2022', '2023-05', '2022-04-30') order by 1`,
    );
    expect(periods).toEqual([
      { time_period: '2022', period_start: '2022-01-01', period_end: '2022-12-31' },
      { time_period: '2022-04-30', period_start: '2022-04-30', period_end: '2022-04-30' },
      { time_period: '2023-05', period_start: '2023-05-01', period_end: '2023-05-31' },
    ]);
  });

  it.each([
    ['cf-lc-signs-points', ['CAMPAIGN', 'PARTNER']],
    ['cf-db-revenue-vs-participants', ['ENROLLMENT', 'FINANCE']],
    ['cf-name-vss', ['PARTNER']],
    ['cf-issuer-resolution-21', ['ENROLLMENT']],
  ])('gives conflict %s the topics of its rows', async (id, topics) => {
    const found = await rows('select topics from conflict where id = $1', [id]);
    expect(found).toEqual([{ topics }]);
  });

  it('says in the change log which file each table came from', async () => {
    const [record] = await rows(
      `select actor, action, entity_id, detail from change_record where entity = 'target' order by entity_id desc`,
    );
    expect(record).toMatchObject({
      actor: 'loader',
      action: 'IMPORT',
      entity_id: 'targets.csv',
      detail: { updated: 0, closed: 0, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
  });
});

describe('territory', () => {
  it('has 63, 34 and 1 provinces, and 3,321 communes today', async () => {
    const provinces = await rows(
      `select vintage, count(*)::int as n from area where kind in ('PROVINCE', 'CITY')
       group by vintage order by vintage`,
    );
    expect(provinces).toEqual([
      { vintage: '2025-06', n: 63 },
      { vintage: '2025-07', n: 34 },
      { vintage: '2026-04', n: 1 },
    ]);
    const current = `area where valid_to is null and kind in ('COMMUNE', 'WARD', 'SPECIAL_ZONE')`;
    expect(await count(current)).toBe(3321);
    expect(await count(`${current} and vintage = '2026-04'`)).toBe(10);
    expect(await count(`area where kind = 'SPECIAL_ZONE'`)).toBe(13);
  });

  it('corrects two codes of the package and says so', async () => {
    const corrected = await rows(
      `select id, kind, name_vi, correction is not null as noted from area
       where code in ('06970', '06978', '23737', '23938') order by code`,
    );
    // The wrong codes are those of old units.
    expect(corrected).toEqual([
      { id: '06970@2025-06', kind: 'TOWNSHIP', name_vi: 'Ba Chẽ', noted: false },
      { id: '06978@2025-07', kind: 'COMMUNE', name_vi: 'Ba Chẽ', noted: true },
      { id: '23737@2025-06', kind: 'COMMUNE', name_vi: 'Ia Mơ Nông', noted: false },
      { id: '23938@2025-07', kind: 'COMMUNE', name_vi: 'Ia Mơ', noted: true },
    ]);
  });

  it('holds the old communes that have a code, each below its old province', async () => {
    const old = `area where vintage = '2025-06' and kind in ('COMMUNE', 'WARD', 'TOWNSHIP')`;
    expect(await count(old)).toBe(10_034);
    expect(await count(`${old} and valid_to = '2025-06-30' and valid_from is null`)).toBe(10_034);
    expect(await count(`${old} and province_id = parent_code || '@2025-06'`)).toBe(10_034);
    expect(await count(`area where kind = 'TOWNSHIP' and vintage <> '2025-06'`)).toBe(0);
    const perProvince = await rows(
      `select province_id as id, count(*)::int as n from ${old}
       and province_id in ('10@2025-06', '11@2025-06', '15@2025-06', '40@2025-06') group by 1 order by 1`,
    );
    expect(perProvince).toEqual([
      { id: '10@2025-06', n: 151 },
      { id: '11@2025-06', n: 129 },
      { id: '15@2025-06', n: 168 },
      { id: '40@2025-06', n: 412 },
    ]);
  });

  it('writes every name in composed form', async () => {
    expect(await count('area where name_vi is not nfc normalized')).toBe(0);
  });

  it('keeps the two meanings of a reused code apart', async () => {
    expect(await rows(`select id, name_vi from area where code = '15' order by id`)).toEqual([
      { id: '15@2025-06', name_vi: 'Yên Bái' },
      { id: '15@2025-07', name_vi: 'Lào Cai' },
    ]);
  });

  it('tells kept provinces from merged ones and from a change of kind', async () => {
    const kinds = await rows(
      `select s.kind, s.exact, count(*)::int as n from area_succession s join area p on p.id = s.predecessor_id
        where p.kind in ('PROVINCE', 'CITY') group by 1, 2 order by 1`,
    );
    expect(kinds).toEqual([
      { kind: 'CONTINUED', exact: true, n: 11 },
      { kind: 'KIND_CHANGED', exact: true, n: 1 },
      { kind: 'MERGED', exact: true, n: 52 },
    ]);
  });

  it('says of each old commune what became of it, and how sure that is', async () => {
    const kinds = await rows(
      `select s.kind, s.exact, count(*)::int as n from area_succession s join area p on p.id = s.predecessor_id
        where p.vintage = '2025-06' and p.kind in ('COMMUNE', 'WARD', 'TOWNSHIP') group by 1, 2 order by 1`,
    );
    expect(kinds).toEqual([
      { kind: 'CONTINUED', exact: true, n: 119 },
      { kind: 'KIND_CHANGED', exact: false, n: 4 },
      { kind: 'MERGED', exact: false, n: 9886 },
      { kind: 'RENAMED', exact: false, n: 20 },
      { kind: 'SPLIT', exact: false, n: 10 },
    ]);
    // A split commune has a step to each part, every other one a single step.
    const split = await rows(
      `select predecessor_id as id, count(*)::int as n from area_succession where kind = 'SPLIT' group by 1 order by 1`,
    );
    expect(split.map(({ n }) => n)).toEqual([2, 2, 2, 2, 2]);
    const steps = `area_succession s where s.effective_on = '2025-07-01'`;
    expect(await count(`${steps} and kind <> 'SPLIT'`)).toBe(63 + 10_034 - 5);
    // Every step between communes stays inside the province that its province went to.
    const strays = `area_succession s join area p on p.id = s.predecessor_id join area n on n.id = s.successor_id
      left join area_succession up on up.predecessor_id = p.province_id and up.successor_id = n.province_id
      where s.effective_on = '2025-07-01' and p.kind not in ('PROVINCE', 'CITY') and up.id is null`;
    expect(await count(strays)).toBe(0);
    // A proven step has no other on either side.
    const proven = `area_succession s join area p on p.id = s.predecessor_id where s.exact and p.kind = 'COMMUNE'
      and exists (select from area_succession o where o.id <> s.id
        and (o.predecessor_id = s.predecessor_id or o.successor_id = s.successor_id))`;
    expect(await count(proven)).toBe(0);
  });

  it('keeps the districts as groups of their communes', async () => {
    const kinds = await rows(
      `select kind, count(*)::int as n from area
        where kind in ('DISTRICT', 'URBAN_DISTRICT', 'TOWN', 'PROVINCIAL_CITY') group by 1 order by 1`,
    );
    // 696 districts less five of islands, which had no communes.
    expect(kinds).toEqual([
      { kind: 'DISTRICT', n: 503 },
      { kind: 'PROVINCIAL_CITY', n: 87 },
      { kind: 'TOWN', n: 52 },
      { kind: 'URBAN_DISTRICT', n: 49 },
    ]);
    const members = `area_member m join area g on g.id = m.group_id join area c on c.id = m.member_id
      where g.vintage = '2025-06'`;
    expect(await count(members)).toBe(10_034);
    expect(await count(`${members} and g.province_id <> c.province_id`)).toBe(0);
    expect(await count(`(select distinct member_id from area_member) as each_once`)).toBe(10_039);
  });

  it('records where the listing was mended, each with its reason', async () => {
    const kinds = await rows(
      `select kind, count(*)::int as n from area_correction group by kind order by kind`,
    );
    expect(kinds).toEqual([
      { kind: 'CODE_WRONG', n: 2 },
      { kind: 'PREDECESSOR_CODE_MISSING', n: 943 },
      { kind: 'PREDECESSOR_MISSING', n: 1 },
      { kind: 'SUCCESSOR_CODE_CONTRADICTED', n: 22 },
      { kind: 'SUCCESSOR_CODE_UNKNOWN', n: 431 },
    ]);
    // A repaired successor bears the name that the listing gives, in the province that it names.
    const repaired = `area_correction c join area a on a.id = c.area_id and a.code = c.used
      where c.kind like 'SUCCESSOR%' and c.listed <> c.used`;
    expect(await count(repaired)).toBe(431 + 22);
    expect(await count(`area_correction where reason_vi = '' or reason_en = ''`)).toBe(0);
  });

  it.each([
    ['15@2025-07', ['10@2025-06', '15@2025-06'], []],
    ['10@2025-06', [], ['15@2025-07']],
    ['11@2025-06', ['11@2025-07'], []],
    ['VN-DB-TC@2025-07', ['03217@2025-07', '03244@2025-07'], ['11@2025-07', '03217@2025-06']],
    // A step between communes passes nothing on, in either direction, but where it is proven.
    ['16816@2025-07', ['16816@2025-06'], ['40@2025-07']],
    ['16816@2025-06', ['16816@2025-07'], []],
    ['03217@2025-07', ['03217@2025-07'], ['03217@2025-06', '03250@2025-06']],
    ['03217@2025-06', ['03217@2025-06'], ['03217@2025-07']],
    ['20209@2025-07', ['20209@2025-07'], ['20200@2025-06']],
    ['11.huyen-tua-chua@2025-06', ['03217@2025-06'], ['11@2025-06', '03217@2025-07']],
  ])('closes a territory of %s over the reform', async (start, inside, outside) => {
    const [row] = await rows('select territory_closure(array[$1]) as ids', [start]);
    expect(row?.['ids']).toEqual(expect.arrayContaining(inside));
    for (const id of outside) expect(row?.['ids']).not.toContain(id);
  });
});

describe('loading again', () => {
  it('changes nothing', async () => {
    const before = await fingerprint();
    const report = await loadSeed(client, { directory });
    for (const counts of Object.values(report)) {
      expect(counts).toMatchObject({ inserted: 0, updated: 0, closed: 0 });
    }
    expect(await fingerprint()).toEqual(before);
  });

  it('leaves rows that the files no longer hold', async () => {
    await edit('grants.csv', 'grant-press-vn,', 'grant-press-vn-2,');
    await loadSeed(client, { directory });
    expect(await count(`"grant" where consumer_id = 'press-vn'`)).toBe(2);
  });

  it('updates the register, but never activates what was suspended', async () => {
    await client.query(`update "grant" set state = 'SUSPENDED' where id = 'grant-union-nghe-an'`);
    await edit('grants.csv', 'union-nghe-an,ACTIVE,Demonstration', 'union-nghe-an,ACTIVE,Renewed');
    const report = await loadSeed(client, { directory });
    expect(report['grant']).toMatchObject({ inserted: 0, updated: 1 });
    const [grant] = await rows(`select * from "grant" where id = 'grant-union-nghe-an'`);
    expect(grant).toMatchObject({ state: 'SUSPENDED' });
    expect(grant?.['legal_basis']).toMatch(/^Renewed/);
  });
});

describe('a correction', () => {
  const figure = 'obs-db-csi-participants-2022';
  const history = () =>
    rows(
      `select value::text, known_from, known_to from observation where figure_id = $1
       order by known_from`,
      [figure],
    );

  it('closes the version and adds another at the same instant', async () => {
    await edit('observations.csv', '32656,PERSONS', '32657,PERSONS');
    const report = await loadSeed(client, { directory });
    expect(report['observation']).toMatchObject({ inserted: 1, updated: 0, closed: 1 });
    expect(report['target']).toMatchObject({ inserted: 0, closed: 0 });
    const [old, now] = await history();
    expect(old?.['value']).toBe('32656');
    expect(now).toMatchObject({ value: '32657', known_from: old?.['known_to'], known_to: null });
    expect(await count(`change_record where action = 'CORRECT' and entity_id = '${figure}'`)).toBe(
      1,
    );
  });

  it('may be taken back, with all of its history kept', async () => {
    await loadSeed(client, { directory });
    expect((await history()).map((row) => row['value'])).toEqual(['32656', '32657', '32656']);
  });

  it('of a target works alike', async () => {
    await edit('targets.csv', '39223,PERSONS', '39224,PERSONS');
    expect((await loadSeed(client, { directory }))['target']).toMatchObject({
      inserted: 1,
      closed: 1,
      unchanged: 57,
    });
  });

  it('that moves a figure to another area leaves no version with its old contributor', async () => {
    await edit('observations.csv', 'obs-db-debt-2023,VN-DB,', 'obs-db-debt-2023,VN-NA,');
    await loadSeed(client, { directory });
    expect(await openVersions('obs-db-debt-2023')).toMatchObject([
      { contributor_id: 'si-nghe-an' },
    ]);
  });

  it('of a withheld value leaves its published version as it is', async () => {
    const published = `observation where figure_id = '${withheldFigure}' and audience = 'PUBLISHED'`;
    await edit('observations.csv', 'INFERRED,4,PERSONS', 'INFERRED,3,PERSONS');
    expect((await loadSeed(client, { directory }))['observation']).toMatchObject({ closed: 2 });
    expect(await count(published)).toBe(1);
  });
});

describe('withholding', () => {
  const figure = 'obs-tc-vsi-change-2025';

  it('takes back what was published of a figure', async () => {
    const withheld = `${withheldFigure},SMALL_COUNT\r\n`;
    await edit('withheld.csv', withheld, `${withheld}${figure},SMALL_COUNT\r\n`);
    await loadSeed(client, { directory });
    expect(await openVersions(figure)).toMatchObject([
      { audience: 'INTERNAL', value: '87', conf_status: 'A' },
      { audience: 'PUBLISHED', value: null, conf_status: 'C', has_internal: true },
    ]);
    const readable = `observation where figure_id = '${figure}' and audience = 'PUBLISHED'
      and value is not null and withdrawn_at is null`;
    expect(await count(readable)).toBe(0);
  });

  it('may end, and then one row is left to meet', async () => {
    await loadSeed(client, { directory });
    expect(await openVersions(figure)).toMatchObject([
      { audience: 'PUBLISHED', value: '87', has_internal: false },
    ]);
  });
});

describe('a refused import', () => {
  const observation = 'obs-db-si-coverage-2022-04,';
  const badRows = [
    ['VALUE_MALFORMED', 'value', '2022-04-30,PRINTED,14,', '2022-04-30,PRINTED,14%,'],
    ['VALUE_MALFORMED', 'time_period', '2022-04-30,PRINTED,14,', '2022-04-31,PRINTED,14,'],
    ['VALUE_MALFORMED', 'period_basis', '2022-04-30,PRINTED,14,', '2022-04-30,NOT_STATED,14,'],
    ['VALUE_MALFORMED', 'obs_status', '2022-04-30,PRINTED,14,', '2022-04-30,PRINTED,,'],
    ['CODE_UNKNOWN', 'area', `${observation}VN-DB,`, `${observation}VN-XX,`],
    [
      'CODE_UNKNOWN',
      'scheme',
      ',COVERAGE_RATE,,SOCIAL_INSURANCE,,ALL,,2022-04-30',
      ',COVERAGE_RATE,,SOCIAL,,ALL,,2022-04-30',
    ],
    [
      'CODE_UNKNOWN',
      'breakdown',
      'ALL,,2022-04-30,PRINTED,14,',
      'ALL,sex=X,2022-04-30,PRINTED,14,',
    ],
    [
      'REFERENCE_UNKNOWN',
      'source',
      'Conflict: cf-db-si-rate-period.,dien-bien-2024,"section',
      'Conflict: cf-db-si-rate-period.,dien-bien-2025,"section',
    ],
    [
      'REFERENCE_UNKNOWN',
      'conflict_ids',
      '14,PERCENT,NOT_STATED,EXACT,A,cf-db-si-rate-period',
      '14,PERCENT,NOT_STATED,EXACT,A,cf-none',
    ],
    [
      'REFERENCE_UNKNOWN',
      'conflict_ids',
      '14,PERCENT,NOT_STATED,EXACT,A,cf-db-si-rate-period',
      '14,PERCENT,NOT_STATED,EXACT,A,cf-tc-undated',
    ],
    ['ID_DUPLICATE', 'id', observation, 'tua-chua-2025,'],
    ['PERIOD_OUTSIDE_AREA', 'time_period', '2022-04-30,PRINTED,14,', '2025-07,PRINTED,14,'],
    ['CSV_MALFORMED', '', '2022-04-30,PRINTED,14,', '2022-04-30,PRINTED,14,,'],
    ['CSV_MALFORMED', '', '"section 1, paragraph 1"', '"section" 1, paragraph 1"'],
  ] as const;

  it.each(badRows)('names the row of %s in column "%s"', async (code, column, from, to) => {
    const line = await lineOf('observations.csv', observation);
    await edit('observations.csv', from, to);
    const before = await fingerprint();
    const { problems } = await refusal();
    expect(problems).toContainEqual({
      file: 'observations.csv',
      row: line,
      column,
      code,
      message: expect.stringMatching(/^[A-Z].*\.$/) as string,
    });
    expect(await fingerprint()).toEqual(before);
  });

  it.each([
    [
      'targets.csv',
      'QUANTIFIED,central-committee,ins-res-28-nq-tw',
      'QUANTIFIED,central-committee,ins-none',
      'REFERENCE_UNKNOWN',
      'instrument_id',
    ],
    ['conflicts.csv', 'obs-db-debt-2022', 'obs-db-debt-2020', 'REFERENCE_UNKNOWN', 'row_ids'],
    ['codelists.csv', 'SEX,M,', 'SEX,F,', 'ID_DUPLICATE', 'code'],
    [
      'provinces.csv',
      '2025-06,11,Điện Biên,Dien Bien,PROVINCE,,2025-06-30,11',
      '2025-06,11,Điện Biên,Dien Bien,PROVINCE,,2025-06-30,10',
      'REFERENCE_UNKNOWN',
      'successor_code',
    ],
    ['area_corrections.csv', '06970,22', '06971,22', 'REFERENCE_UNKNOWN', 'package_code'],
    ['communes_2026_04.csv', '25270', '25271', 'REFERENCE_UNKNOWN', 'code'],
    ['grants.csv', 'VN@2025-06,AUDIT', 'VN@2025-07,AUDIT', 'REFERENCE_UNKNOWN', 'areas'],
    ['grants.csv', 'WORKER_PROTECTION', 'CURIOSITY', 'CODE_UNKNOWN', 'purposes'],
    ['grants.csv', 'REGISTER=INTERNAL', 'REGISTER=ALL', 'CODE_UNKNOWN', 'topics'],
    ['agencies.csv', 'press-vn,PRESS', 'press-vn,BLOG', 'CODE_UNKNOWN', 'role'],
    ['withheld.csv', withheldFigure, 'obs-none', 'REFERENCE_UNKNOWN', 'figure_id'],
    ['sources.csv', 'reliability_note', 'note', 'COLUMN_UNKNOWN', 'note'],
    ['sources.csv', 'reliability_note', 'note', 'COLUMN_MISSING', 'reliability_note'],
  ])('holds for %s: %s', async (file, from, to, code, column) => {
    await edit(file, from, to);
    const before = await fingerprint();
    const { problems } = await refusal();
    expect(problems).toContainEqual(expect.objectContaining({ file, code, column }));
    expect(await fingerprint()).toEqual(before);
  });

  it('counts lines over quoted line ends', async () => {
    const from = 'Plan value not printed; the ratio may concern';
    await edit('observations.csv', from, `\r\n\r\n${from}`);
    const start = 'obs-db-csi-participants-2022,';
    await edit('observations.csv', `${start}VN-DB`, `${start}VN-XX`);
    const line = await lineOf('observations.csv', start);
    expect((await refusal()).problems).toMatchObject([{ row: line, column: 'area' }]);
  });

  it('tells the problems of all files at once, the first 50 of them', async () => {
    await edit('sources.csv', 'NEWS_ARTICLE', 'BLOG');
    await edit('offices.csv', 'NATIONAL', 'WORLDWIDE');
    const files = new Set((await refusal()).problems.map((problem) => problem.file));
    expect([...files].sort()).toEqual(['offices.csv', 'sources.csv']);
    const observations = path.join(directory, 'observations.csv');
    const text = await readFile(observations, 'utf8');
    await writeFile(observations, text.replaceAll('PRINTED', 'WRITTEN'));
    expect((await refusal()).problems).toHaveLength(50);
  });

  it('names a file that is missing or not UTF-8', async () => {
    await rm(path.join(directory, 'purposes.csv'));
    await writeFile(path.join(directory, 'sources.csv'), Buffer.from([0xff, 0xfe, 0x41]));
    expect((await refusal()).problems).toMatchObject([
      { file: 'purposes.csv', row: 1, column: '', code: 'CSV_MALFORMED' },
      { file: 'sources.csv', row: 1, column: '', code: 'CSV_MALFORMED' },
    ]);
  });
});

describe('a load that the database stops', () => {
  it('leaves everything as it was', async () => {
    await edit('observations.csv', '618406,PERSONS', '618407,PERSONS');
    const before = await fingerprint();
    const failing: SeedClient = {
      query: (text, values) =>
        text.includes('"conflict_row"')
          ? Promise.reject(new Error('The connection was lost.'))
          : client.query<Record<string, unknown>>(text, values),
    };
    await expect(loadSeed(failing, { directory })).rejects.toThrow('connection was lost');
    expect(await fingerprint()).toEqual(before);
  });
});
