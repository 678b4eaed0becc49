/** Opens the store that the settings name, ready to serve. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import type { Config } from './config.ts';
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
  const store = await openEmbeddedStore(config.dataDirectory, (pool) =>
    loadIfChanged(pool, path.join(config.dataDirectory, 'database', 'seed.sha256')),
  );
  await ensureDevelopmentKey(config.dataDirectory);
  return store;
}

/** Loading again would change nothing, but takes time that a second start need not spend. */
async function loadIfChanged(pool: pg.Pool, mark: string): Promise<void> {
  const digest = seedDigest();
  if (existsSync(mark) && readFileSync(mark, 'utf8') === digest) return;
  const client = await pool.connect();
  try {
    await loadSeed(client);
  } finally {
    client.release();
  }
  writeFileSync(mark, digest);
}

/** Of all that is loaded: the seed files, and the packages by the versions that the project pins. */
function seedDigest(): string {
  const hash = createHash('sha256').update(readFileSync(packageFile));
  for (const name of readdirSync(seedDirectory).sort()) {
    hash.update(`\0${name}\0`).update(readFileSync(path.join(seedDirectory, name)));
  }
  return hash.digest('hex');
}
