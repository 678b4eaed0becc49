/** PGlite behind node-postgres, so that one pool and one Prisma adapter serve both stores. */
import type { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import type pg from 'pg';

/**
 * One connection for everything: an embedded database is one session, and a checkout of the only
 * client is the mutex. Nothing may touch the PGlite object beside the pool.
 */
export function embeddedPoolConfig(database: PGlite): pg.PoolConfig {
  const config = createPgConfig(database);
  const { connection } = config;
  const parse = connection.parse.bind(connection);
  // node-postgres hands over its result parsers where PGlite expects parameter types.
  connection.parse = (query: object) => parse({ ...query, types: undefined });
  return Object.assign(config as object, { max: 1, idleTimeoutMillis: 0 });
}
