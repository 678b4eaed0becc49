/**
 * Once for all tests: a loaded embedded data folder to copy, and a loaded server template. What holds the
 * demonstration data as well is made by the first test that asks for it; see demonstration.ts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureDevelopmentKey } from '../../src/identity/development.ts';
import { loadSeed } from '../../src/load.ts';
import { applyMigrations } from '../../src/platform/migrate.ts';
import { openEmbeddedStore, withOwner } from '../../src/platform/store.ts';
import { runSql, startPostgres } from './postgres.ts';

const templateDatabase = 'lienthong_template';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const embedded = mkdtempSync(path.join(tmpdir(), 'lienthong-embedded-'));
  const demonstration = mkdtempSync(path.join(tmpdir(), 'lienthong-demonstration-'));
  const load = async (pool: Parameters<Parameters<typeof withOwner>[1]>[0]) => {
    const client = await pool.connect();
    await loadSeed(client);
    client.release();
  };
  const store = await openEmbeddedStore(embedded, load);
  await ensureDevelopmentKey(embedded);
  await store.close();

  const postgres = await startPostgres();
  await runSql(
    postgres.adminUrl(),
    'create role lt_owner login createrole',
    `create database ${templateDatabase} owner lt_owner`,
  );
  await runSql(postgres.adminUrl(templateDatabase), 'alter schema public owner to lt_owner');
  await withOwner(postgres.urlOf('lt_owner', templateDatabase), async (pool) => {
    await applyMigrations(pool);
    await load(pool);
  });
  await runSql(
    postgres.adminUrl(),
    'create role lt_gateway login in role lienthong_gateway',
    'create role lt_log login in role lienthong_log_writer',
  );

  project.provide('embeddedTemplate', embedded);
  project.provide('demonstrationDirectory', demonstration);
  project.provide('postgresUrl', postgres.adminUrl());
  return async () => {
    await postgres.stop();
    for (const directory of [embedded, demonstration]) {
      rmSync(directory, { recursive: true, force: true });
    }
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    embeddedTemplate: string;
    /** Where the templates with demonstration data are made, once. */
    demonstrationDirectory: string;
    postgresUrl: string;
  }
}
