/** The national demonstration: sums that close at every level, a reform without a jump, the same every time, loaded once. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { listedSuccessors } from '../src/area/load-communes.ts';
import { areaFiles, readAreas } from '../src/area/load.ts';
import { demoDataCommand } from '../src/commands/database.ts';
import { lastOldMonth, monthsBetween } from '../src/demonstration/calendar.ts';
import { loadLock } from '../src/demonstration/load.ts';
import { loadNational } from '../src/demonstration/national-load.ts';
import { monthlySeries, yearlySeries } from '../src/demonstration/national-series.ts';
import { NationalTerritory } from '../src/demonstration/national-territory.ts';
import { nationalFile, NationalTotals } from '../src/demonstration/national-totals.ts';
import { National } from '../src/demonstration/national.ts';
import { CsvFiles } from '../src/platform/csv.ts';
import { seedDirectory } from '../src/platform/paths.ts';
import type { LoadReport } from '../src/platform/seed.ts';
import { openGateway, type TestGateway } from './support/gateway.ts';

const files = await CsvFiles.read(seedDirectory, [...areaFiles, nationalFile]);
const { areas, successions } = await readAreas(files);
const totals = new NationalTotals(files);
files.refuseProblems();
const territory = new NationalTerritory(areas, successions, await listedSuccessors());
const kindOf = new Map(areas.map(({ id, kind }) => [id, kind]));
const make = (years: number) => new National(territory, totals, years);

interface Figure {
  readonly area: string;
  readonly province: string | null;
  readonly series: string;
  readonly period: string;
  readonly value: number;
}

function* figuresOf(national: National, communesOf?: readonly string[]): Generator<Figure> {
  for (const batch of national.batches(communesOf)) {
    for (const { areas: units, series, periods, values } of batch.blocks()) {
      let at = 0;
      for (const { id: area, provinceId: province } of units) {
        for (const { code } of series) {
          for (const { text: period } of periods) {
            const value = values[at]!;
            at += 1;
            if (value >= 0) yield { area, province, series: code, period, value };
          }
        }
      }
      expect(at).toBe(values.length);
    }
  }
}

const isCommune = (id: string) => !['PROVINCE', 'CITY', 'COUNTRY'].includes(kindOf.get(id)!);
const isUnit = (id: string) =>
  ['COMMUNE', 'WARD', 'TOWNSHIP', 'SPECIAL_ZONE'].includes(kindOf.get(id)!);
const isProvince = (id: string) => ['PROVINCE', 'CITY'].includes(kindOf.get(id)!);
const country = 'VN@2025-06';
/** One place over a change of its edition only. */
const placeOf = (id: string) => id.replace('@2026-04', '@2025-07');

function digestOf(figures: Iterable<Figure>): string {
  const hash = createHash('sha256');
  for (const figure of figures) hash.update(Object.values(figure).join(' '));
  return hash.digest('hex');
}

describe('two years of the whole country', () => {
  const values = new Map<string, number>();
  const communeSums = new Map<string, number>();
  const provinceSums = new Map<string, number>();
  const communes = new Map<string, Set<string>>();
  const add = (sums: Map<string, number>, key: string, value: number) =>
    sums.set(key, (sums.get(key) ?? 0) + value);
  const at = (area: string, series: string, period: string) =>
    values.get(`${area} ${series} ${period}`)!;

  beforeAll(() => {
    for (const { area, province, series, period, value } of figuresOf(make(2))) {
      values.set(`${area} ${series} ${period}`, value);
      if (isProvince(area)) add(provinceSums, `${series} ${period}`, value);
      if (!isCommune(area)) continue;
      add(communeSums, `${placeOf(province!)} ${series} ${period}`, value);
      communes.set(period, (communes.get(period) ?? new Set()).add(area));
    }
  });

  test('is counted in the units of its time, each by the edition in force', () => {
    const old = areas.filter(({ id, vintage }) => vintage === '2025-06' && isUnit(id)).length;
    expect(old).toBeGreaterThan(10_000);
    expect(communes.get(lastOldMonth)!.size).toBe(old);
    expect(communes.get('2024')!.size).toBe(old);
    for (const period of ['2025-07', '2026-06', '2025']) {
      expect(communes.get(period)!.size).toBe(3_321);
    }
    for (const [period, vintage] of [
      [lastOldMonth, /@2025-06$/],
      ['2026-03', /@2025-07$/],
    ] as const) {
      expect([...communes.get(period)!].filter((id) => !vintage.test(id))).toEqual([]);
    }
    const changed = [...communes.get('2026-04')!].filter((id) => id.endsWith('@2026-04'));
    expect(changed).toHaveLength(10);
    expect(at('75@2026-04', 'CSI', '2026-04')).toBeGreaterThan(0);
    expect(at('75@2025-07', 'CSI', '2026-04')).toBeUndefined();
  });

  test('communes add up to their province, and provinces to the country', () => {
    expect(communeSums.size).toBeGreaterThan(9_000);
    for (const [key, sum] of communeSums) {
      const [province, series, period] = key.split(' ') as [string, string, string];
      const own = at(province, series, period) ?? at('75@2026-04', series, period);
      expect(sum, key).toBe(own);
    }
    expect(provinceSums.size).toBe(24 * monthlySeries.length + 2 * yearlySeries.length);
    for (const [key, sum] of provinceSums) {
      expect(sum, key).toBe(values.get(`${country} ${key}`));
    }
  });

  test('a province goes on after the reform where its predecessors ended', () => {
    for (const { id, predecessors } of territory.provinces) {
      for (const { code } of monthlySeries) {
        const before = predecessors.reduce((sum, old) => sum + at(old.id, code, '2025-06'), 0);
        const growth = at(id, code, '2025-07') / before;
        const usual = at(country, code, '2025-07') / at(country, code, '2025-06');
        expect(Math.abs(growth - usual), `${id} ${code}`).toBeLessThan(0.004);
      }
    }
  });

  test('nobody is insured twice in one scheme, and no place insures more people than it has', () => {
    const odd: string[] = [];
    for (const [month, year] of [
      ['2025-06', '2024'],
      ['2025-12', '2025'],
    ] as const) {
      for (const area of communes.get(month)!) {
        const of = (code: string) => at(area, code, month);
        const [people, workers] = [at(area, 'POP', year), at(area, 'LF', year)];
        const isSound =
          of('SI') === of('CSI') + of('VSI') &&
          Math.max(of('UI'), of('OA'), of('HIE')) <= of('CSI') &&
          of('HIE') + of('HIH') + of('HIS') <= of('HI') &&
          of('HI') <= people &&
          of('CSI') <= workers &&
          workers < people;
        if (!isSound) odd.push(`${area} ${month}`);
      }
    }
    expect(odd).toEqual([]);
  });

  test('the country is where published figures put it', () => {
    expect(at(country, 'POP', '2024')).toBe(101_343_754);
    for (const [series, month, published] of [
      ['CSI', '2025-11', 18_032_000],
      ['VSI', '2025-11', 2_016_000],
      ['HI', '2025-11', 92_600_000],
      ['SI', '2024-12', 18_978_000],
    ] as const) {
      expect(Math.abs(at(country, series, month) / published - 1), series).toBeLessThan(0.02);
    }
  });

  test('some communes have small cells', () => {
    const few = [...communes.get('2026-03')!].filter((id) => at(id, 'VSI', '2026-03') < 10);
    expect(few.length).toBeGreaterThan(5);
  });
});

describe('made again', () => {
  const communesOf = ['11@2025-07', '15@2025-07'];

  test('it is equal, and of this version these figures', () => {
    const first = digestOf(figuresOf(make(3), communesOf));
    expect(digestOf(figuresOf(make(3), communesOf))).toBe(first);
    // Whoever changes what is made raises nationalVersion, so that no database mixes the two.
    expect(first).toBe('350056577d1db3a222a245f54a6823bf89526f63d44829e04f544c5caaff36dd');
  });

  test('of more years it holds the same figures and earlier ones', () => {
    const keyed = (years: number) =>
      new Map(
        [...figuresOf(make(years), ['11@2025-07'])].map(({ value, ...key }) => [
          Object.values(key).join(' '),
          value,
        ]),
      );
    const [some, more] = [keyed(1), keyed(3)];
    for (const [key, value] of some) expect(more.get(key), key).toBe(value);
    expect(more.size).toBeGreaterThan(some.size * 3);
  });

  test('it begins so many years before its last month, and a scheme when it did', () => {
    const figures = [...figuresOf(make(20), [])];
    const months = new Set(figures.map(({ period }) => period).filter((text) => text.length === 7));
    expect([...months].sort()).toEqual(monthsBetween('2006-07', '2026-06'));
    const first = (code: string) =>
      figures
        .filter(({ series }) => series === code)
        .map(({ period }) => period)
        .sort()[0];
    expect(
      Object.fromEntries(['CSI', 'SI', 'VSI', 'UI', 'OA'].map((code) => [code, first(code)])),
    ).toEqual({
      CSI: '2006-07',
      SI: '2006-07',
      VSI: '2008-01',
      UI: '2009-01',
      OA: '2016-07',
    });
    expect(figures.every(({ value }) => Number.isSafeInteger(value))).toBe(true);
    const years = figures.filter(({ area, series }) => area === country && series === 'POP');
    expect(years.map(({ period }) => period)).toEqual(
      Array.from({ length: 20 }, (_, i) => String(2006 + i)),
    );
  });

  test('ten years of everything are about ten million figures', () => {
    const figures = make(10)
      .batches()
      .reduce((sum, batch) => sum + batch.figures, 0);
    expect(figures).toBeGreaterThan(10_000_000);
    expect(figures).toBeLessThan(11_000_000);
  });
});

describe('the command refuses', () => {
  const run = (...args: string[]) =>
    demoDataCommand().exitOverride().parseAsync(args, { from: 'user' });

  test.each(['0', '21', '-1', '1.5', '1e1', '0x5', 'ten', '', ' '])('%j years', async (years) => {
    await expect(run('--scale', 'national', '--years', years)).rejects.toThrow(/from 1 to 20/);
  });

  test('years without the scale that has them', async () => {
    await expect(run('--years', '5')).rejects.toThrow(/goes with --scale national/);
  });

  test('another scale', async () => {
    const silent = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await expect(run('--scale', 'global')).rejects.toThrow(
      /Allowed choices are demonstration, national/,
    );
    silent.mockRestore();
  });

  test('production, and a database that nobody named', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    await expect(run('--scale', 'national')).rejects.toThrow(/no place in production/);
    vi.unstubAllEnvs();
    vi.stubEnv('MIGRATION_DATABASE_URL', '');
    await expect(run('--scale', 'national')).rejects.toThrow(/Set MIGRATION_DATABASE_URL/);
    vi.unstubAllEnvs();
  });
});

describe('loaded', () => {
  let gateway: TestGateway;
  const reports: LoadReport[] = [];
  const digests: string[] = [];
  const unknownCodes: object[] = [];
  let [natures, before] = [[] as object[], -1];
  const communesOf = ['11@2025-07'];

  async function rowsDigest(owner: pg.ClientBase): Promise<string> {
    const { rows } = await owner.query<{ digest: string }>(
      `select md5(string_agg(o::text, chr(10) order by id)) as digest from observation o where source_id = 'demo-national'`,
    );
    return rows[0]!.digest;
  }

  beforeAll(async () => {
    gateway = await openGateway({
      kind: 'SERVER',
      prepare: async (pool) => {
        const owner = await pool.connect();
        const count = async () =>
          (await owner.query<{ n: number }>('select count(*)::int as n from observation')).rows[0]!
            .n;
        before = await count();
        // As when it is interrupted: what was told of is there, and the rest comes with the next run.
        let told = 0;
        await expect(
          loadNational(owner, {
            years: 2,
            communesOf,
            onProgress: (done, total) => {
              told = done / total;
              if (told > 0.6) throw new Error('interrupted');
            },
          }),
        ).rejects.toThrow('interrupted');
        const kept = (await count()) - before;
        expect(kept).toBeGreaterThan(0);
        reports.push(await loadNational(owner, { years: 2, communesOf }));
        expect(reports[0]!['observation']!.unchanged).toBe(kept);
        digests.push(await rowsDigest(owner));
        reports.push(await loadNational(owner, { years: 2, communesOf }));
        reports.push(await loadNational(owner, { years: 1, communesOf }));
        digests.push(await rowsDigest(owner));
        reports.push(await loadNational(owner, { years: 3, communesOf }));
        natures = (
          await owner.query<object>(
            `select distinct s.nature, o.locator, left(o.figure_id, 7) as prefix from observation o join source s on s.id = o.source_id
              where o.source_id like 'demo-%'`,
          )
        ).rows;
        unknownCodes.push(
          ...(
            await owner.query<object>(
              `select distinct list, code from observation o, lateral (values ('INDICATOR', indicator), ('SCHEME', scheme),
                 ('PARTICIPANT_GROUP', participant_group), ('DOMAIN', domain), ('UNIT', unit), ('CL_SEX', sex),
                 ('SCHEME', scheme_components[1]), ('SCHEME', scheme_components[2])) as used(list, code)
                where o.source_id = 'demo-national' and code is not null
                  and not exists (select from code c where c.list_id = list and c.code = used.code)`,
            )
          ).rows,
        );
        await owner.query(
          `insert into change_record (id, changed_at, actor, action, entity, entity_id, detail)
           values ('other', now() + interval '1 second', 'loader', 'IMPORT', 'observation', 'national/x', '{"sha256": "other"}')`,
        );
        await expect(loadNational(owner, { years: 1, communesOf })).rejects.toMatchObject({
          code: 'DEMONSTRATION_CHANGED',
        });
        owner.release();
      },
    });
  });
  afterAll(() => gateway.close());

  test('again, it changes nothing, with fewer years neither', () => {
    const added = (report: LoadReport) => report['observation']!.inserted;
    expect(added(reports[1]!)).toBe(0);
    expect(added(reports[2]!)).toBe(0);
    expect(digests[1]).toBe(digests[0]);
    expect(added(reports[3]!)).toBeGreaterThan(10_000);
  });

  test('everything says SYNTHETIC, and every code is a listed one', () => {
    expect(natures).toEqual([{ nature: 'SYNTHETIC', locator: 'generated', prefix: 'demo-n/' }]);
    expect(unknownCodes).toEqual([]);
  });

  const ask = async (agency: string, query: string) => {
    const { data, errors } = await gateway.ask(agency, query);
    expect(errors).toEqual([]);
    return data.observations;
  };

  test.each([
    ['si-vn', 'N', '2026-03'],
    ['si-dien-bien', 'N', '2026-03'],
    ['si-nghe-an', 'F', '2026-03'],
    ['press-vn', 'F', '2026-03'],
  ])('%s meets a province’s figure once, as its own form (%s)', async (agency, status, month) => {
    const { nodes, totalCount } = await ask(
      agency,
      `{ observations(where: { area: { code: "11", vintage: "2025-07" }, sourceId: "demo-national",
           timePeriod: "${month}", scheme: "VOLUNTARY_SI" }) { totalCount nodes { value confStatus } } }`,
    );
    expect(totalCount).toBe(1);
    expect(nodes[0].confStatus).toBe(status);
    expect(Number(nodes[0].value)).toBeGreaterThan(0);
  });

  test('what is not published stays with those who may read it', async () => {
    const of = (place: string) =>
      `{ observations(where: { ${place}, sourceId: "demo-national" }) { totalCount } }`;
    const commune = 'area: { code: "03127", vintage: "2025-07" }';
    const month = 'area: { code: "11", vintage: "2025-07" }, timePeriod: "2026-02"';
    for (const place of [commune, month]) {
      expect((await ask('si-dien-bien', of(place))).totalCount).toBeGreaterThan(0);
      for (const agency of ['press-vn', 'si-nghe-an', 'union-dien-bien']) {
        expect((await ask(agency, of(place))).totalCount, agency).toBe(0);
      }
    }
  });
});

test('while another load runs, it does not begin', async () => {
  const gateway = await openGateway({
    kind: 'SERVER',
    prepare: async (pool) => {
      const owner = await pool.connect();
      const { rows } = await owner.query<{ name: string }>('select current_database() as name');
      const url = new URL(inject('postgresUrl'));
      url.username = 'lt_owner';
      url.pathname = `/${rows[0]!.name}`;
      const other = new pg.Client({ connectionString: url.href });
      await other.connect();
      await other.query('select pg_advisory_lock($1)', [loadLock]);
      await expect(loadNational(owner, { years: 1 })).rejects.toMatchObject({
        code: 'LOAD_RUNNING',
      });
      await other.end();
      const { rows: left } = await owner.query(
        `select 1 from observation where source_id = 'demo-national'`,
      );
      expect(left).toEqual([]);
      owner.release();
    },
  });
  await gateway.close();
});
