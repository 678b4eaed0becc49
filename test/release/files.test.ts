/** A published release as static files: what everybody may see at the instant, whole, and gone once it is withdrawn. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPrisma, type Database } from '../../src/platform/prisma-client.ts';
import { databaseInstant } from '../../src/release/files-data.ts';
import { writeReleaseFiles } from '../../src/release/files.ts';
import { readRecords, readSdmxCsv, readStructures } from '../observation/sdmx-reader.ts';
import {
  accepted,
  approve,
  makeProtected,
  openBench,
  protectAgain,
  schedule,
  type ReleaseBench,
} from './support.ts';

let bench: ReleaseBench;
let db: Database;
let directory: string;
const embargo = new Date(Date.now() + 2 * 3_600_000);

beforeAll(async () => {
  bench = await openBench();
  db = createPrisma(bench.gateway.store.gateway);
  directory = mkdtempSync(path.join(tmpdir(), 'lienthong-files-'));
  await makeProtected(bench, { code: 'open-table', timePeriod: '2026-Q1' });
  accepted(await approve(bench, 'open-table'));
  await makeProtected(bench, { code: 'awaited' });
  accepted(await schedule(bench, 'awaited', embargo));
  accepted(await approve(bench, 'awaited'));
  accepted(
    await bench.gateway.ask(
      'si-dien-bien',
      'mutation { draftRelease(input: { code: "only-a-draft", dataflow: "ENROLMENT_MONTHLY", area: { code: "11", vintage: "2025-07" }, timePeriod: "2026-04", titleVi: "a", titleEn: "a" }) { code } }',
    ),
  );
}, 240_000);
afterAll(async () => {
  await db.$disconnect();
  await bench.close();
  rmSync(directory, { recursive: true, force: true });
});

const now = () => databaseInstant(bench.gateway.store.gateway);
const fileOf = (...parts: string[]) => path.join(directory, ...parts);
const textOf = (...parts: string[]) => readFileSync(fileOf(...parts), 'utf8');
const jsonOf = (...parts: string[]) => JSON.parse(textOf(...parts));
const everything = () => readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
const codesInIndex = (): string[] =>
  jsonOf('index.json').releases.map(({ code }: { code: string }) => code);

describe('the files of releases', () => {
  test('hold the published cells as the press meets them, a suppressed one empty with its statuses', async () => {
    await writeReleaseFiles(db, directory, await now());
    const structures = readStructures(jsonOf('structure.json'));
    const rows = readSdmxCsv(textOf('open-table', '1', 'data.sdmx.csv'), structures);
    const { data } = await bench.gateway.ask(
      'press-vn',
      `{ observations(where: { release: "open-table" }, first: 200) { totalCount nodes { figureId value obsStatus confStatus } } }`,
    );
    expect(rows).toHaveLength(data.observations.totalCount);
    const found = rows.slice(0, 200).map((row) => ({
      figureId: row['FIGURE'],
      value: row['OBS_VALUE'] ?? null,
      obsStatus: row['OBS_STATUS'],
      confStatus: row['CONF_STATUS'],
    }));
    expect(found).toEqual(data.observations.nodes);
    const hidden = rows.filter(({ CONF_STATUS }) => CONF_STATUS === 'C');
    expect(hidden.length).toBeGreaterThan(0);
    for (const row of hidden) {
      expect([row['OBS_STATUS'], row['OBS_VALUE']]).toEqual(['Q', undefined]);
    }

    const [head = [], ...plain] = readRecords(textOf('open-table', '1', 'data.csv'));
    const cell = (row: string[], name: string) => row[head.indexOf(name)];
    expect(plain).toHaveLength(rows.length);
    expect(plain.map((row) => cell(row, 'value'))).toEqual(
      rows.map((row) => row['OBS_VALUE'] ?? ''),
    );
    expect(
      new Set(plain.map((row) => `${cell(row, 'area_code')}@${cell(row, 'area_vintage')}`)),
    ).toEqual(new Set(rows.map((row) => row['REF_AREA'])));
    expect(jsonOf('open-table', '1', 'metadata.json')).toMatchObject({
      code: 'open-table',
      version: 1,
      state: 'PUBLISHED',
      title: { vi: 'Thử', en: 'Trial' },
      supersedes: null,
      rows: rows.length,
      suppressed: hidden.length,
      source: { nature: 'SYNTHETIC' },
      access: { en: expect.stringContaining('not on the access log') },
    });
    for (const { name, sha256, bytes } of jsonOf('open-table', '1', 'metadata.json').files) {
      const content = readFileSync(fileOf('open-table', '1', name));
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
      expect(content.length).toBe(bytes);
    }
  });

  test('before its instant a release is in no file, at it all of it is; a draft never', async () => {
    await writeReleaseFiles(db, directory, new Date(embargo.getTime() - 1));
    expect(codesInIndex()).not.toContain('awaited');
    const texts = everything()
      .filter((file) => statSync(fileOf(file)).isFile())
      .map((file) => textOf(file));
    expect(texts.join('\n')).not.toMatch(/awaited|only-a-draft/);
    await writeReleaseFiles(db, directory, embargo);
    expect(codesInIndex()).toContain('awaited');
    expect(codesInIndex()).not.toContain('only-a-draft');
    expect(jsonOf('awaited', '1', 'metadata.json').rows).toBeGreaterThan(50);
    // Back to the present: what is not public yet goes.
    const report = await writeReleaseFiles(db, directory, await now());
    expect(report.removed).toBe(1);
    expect(existsSync(fileOf('awaited'))).toBe(false);
  });

  test('writing again changes nothing and leaves nothing half done', async () => {
    const instant = await now();
    await writeReleaseFiles(db, directory, instant);
    const changed = () =>
      everything()
        .map((file) => [file, statSync(fileOf(file))] as const)
        .filter(([, status]) => status.isFile())
        .map(([file, { mtimeMs }]) => [file, mtimeMs]);
    const before = changed();
    expect(await writeReleaseFiles(db, directory, instant)).toMatchObject({
      written: 0,
      removed: 0,
    });
    expect(changed()).toEqual(before);
    expect(everything().filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });

  test('a correction stands beside what it corrects; withdrawn, its files go and the index says so', async () => {
    accepted(
      await bench.gateway.ask(
        'si-dien-bien',
        'mutation { correctRelease(code: "open-table", newCode: "open-table-2", note: "n") { code } }',
      ),
    );
    await protectAgain(bench, 'open-table-2');
    accepted(await approve(bench, 'open-table-2'));
    await writeReleaseFiles(db, directory, await now());
    expect(jsonOf('open-table', '1', 'metadata.json')).toMatchObject({
      state: 'CORRECTED',
      supersededBy: 'open-table-2',
    });
    expect(jsonOf('open-table', '2', 'metadata.json')).toMatchObject({
      state: 'PUBLISHED',
      supersedes: 'open-table',
      supersededBy: null,
    });

    accepted(
      await bench.gateway.ask(
        'si-dien-bien',
        'mutation { withdrawRelease(code: "open-table-2", reason: "wrong") { code } }',
      ),
    );
    const report = await writeReleaseFiles(db, directory, await now());
    expect(report.removed).toBe(1);
    expect(existsSync(fileOf('open-table', '2'))).toBe(false);
    expect(existsSync(fileOf('open-table', '1', 'data.csv'))).toBe(true);
    const entry = jsonOf('index.json').releases.find(({ code }: any) => code === 'open-table-2');
    expect(entry).toMatchObject({ state: 'WITHDRAWN', path: null });
    expect(entry.withdrawnAt).not.toBeNull();
  });
});
