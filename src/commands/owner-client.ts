/** The database as the tables' owner: of the server, or the embedded one while no gateway serves it. */
import type pg from 'pg';
import { readConfig } from '../config.ts';
import { assertDatabase, openEmbeddedStore, withOwner } from '../platform/store.ts';
import { UsageError } from './usage.ts';

/** A pool of one connection, gone afterwards. */
export async function withOwnerPool<T>(run: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const { databaseUrl, migrationDatabaseUrl, dataDirectory } = readConfig();
  if (migrationDatabaseUrl) return withOwner(migrationDatabaseUrl, run);
  if (databaseUrl) {
    throw new UsageError('Set MIGRATION_DATABASE_URL to the owner’s address.', 2);
  }
  assertDatabase(dataDirectory);
  let result: { value: T } | null = null;
  const store = await openEmbeddedStore(dataDirectory, async (pool) => {
    result = { value: await run(pool) };
  });
  await store.close();
  return (result as unknown as { value: T }).value;
}

/** A connection; runs the work in one transaction: all of it, or nothing. */
export const asOwner = <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  withOwnerPool(async (pool) => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => null);
      throw error;
    } finally {
      client.release();
    }
  });
