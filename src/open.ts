/** Opens the store that the settings name, ready to serve. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import type { Config } from './config.ts';
import { demonstrationVersion, loadDemonstration } from './demonstration/load.ts';
import { ensureDevelopmentKey } from './identity/development.ts';
import { loadSeed } from './load.ts';
import { packageFile, seedDirectory } from './platform/paths.ts';
import { openEmbeddedStore, openServerStore, StoreError, type Store } from './platform/store.ts';

export async function openStore(config: Config): Promise<Store> {
  if (config.databaseUrl && config.logDatabaseUrl) {
    return openServerStore(config.databaseUrl, config.logDatabaseUrl);
  }
  if (config.production && !config.allowEmbeddedDatabase) {
    throw new StoreError(
      'EMBEDDED_IN_PRODUCTION',
      'Set DATABASE_URL: the embedded database does not survive a power cut. To use it all the same, set ALLOW_EMBEDDED_DATABASE=true.',
    );
  }
  const mark = path.join(config.dataDirectory, 'database', 'seed.sha256');
  // Invented rows have no place in production.
  const isDemonstration = !config.production;
  const store = await openEmbeddedStore(config.dataDirectory, (pool) =>
    loadIfChanged(pool, mark, isDemonstration),
  );
  await ensureDevelopmentKey(config.dataDirectory);
  return store;
}

/** Loading again would change nothing, but takes time that a second start need not spend. */
async function loadIfChanged(pool: pg.Pool, mark: string, isDemonstration: boolean): Promise<void> {
  const digest = seedDigest(isDemonstration);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === digest) return;
  const client = await pool.connect();
  try {
    await loadSeed(client);
    if (isDemonstration) await loadDemonstration(client);
  } finally {
    client.release();
  }
  writeFileSync(mark, digest);
}

/**
 * Of all that is loaded: the seed files, the packages by the versions that the project pins, and what
 * the demonstration's generators make, by their version.
 */
function seedDigest(isDemonstration: boolean): string {
  const hash = createHash('sha256').update(readFileSync(packageFile));
  if (isDemonstration) hash.update(`\0demonstration ${demonstrationVersion}`);
  for (const name of readdirSync(seedDirectory).sort()) {
    hash.update(`\0${name}\0`).update(readFileSync(path.join(seedDirectory, name)));
  }
  return hash.digest('hex');
}
