/**
 * Once for all tests: a loaded embedded data folder to copy, and a loaded server template. What holds the
 * demonstration data as well is made by the first test that asks for it; see demonstration.ts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureDevelopmentKey } from '../../src/identity/development.ts';
import { openEmbeddedStore } from '../../src/platform/store.ts';
import { startPostgres } from './postgres.ts';
import { loadTables, prepareServer } from './template.ts';

const templateDatabase = 'lienthong_template';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const embedded = mkdtempSync(path.join(tmpdir(), 'lienthong-embedded-'));
  const demonstration = mkdtempSync(path.join(tmpdir(), 'lienthong-demonstration-'));
  const store = await openEmbeddedStore(embedded, loadTables);
  await ensureDevelopmentKey(embedded);
  await store.close();

  const postgres = await startPostgres();
  await prepareServer(postgres, templateDatabase);

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
