/** Opens the store that the settings name, ready to serve. */
import type { Config } from './config.ts';
import { ensureDevelopmentKey } from './identity/development.ts';
import { loadSeed } from './load.ts';
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
  const store = await openEmbeddedStore(config.dataDirectory, async (pool) => {
    const client = await pool.connect();
    try {
      await loadSeed(client);
    } finally {
      client.release();
    }
  });
  await ensureDevelopmentKey(config.dataDirectory);
  return store;
}
