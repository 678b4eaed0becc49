/** What every database of a test begins with: roles, migrations and the seed. */
import { loadSeed } from '../../src/load.ts';
import { applyMigrations } from '../../src/platform/migrate.ts';
import { withOwner, type OwnerWork } from '../../src/platform/store.ts';
import { runSql, type PostgresServer } from './postgres.ts';

export const loadTables: OwnerWork = async (pool) => {
  const client = await pool.connect();
  try {
    await loadSeed(client);
  } finally {
    client.release();
  }
};

/** Makes a loaded database and the logins of owner, gateway and log on a new server. */
export async function prepareServer(postgres: PostgresServer, database: string): Promise<void> {
  await runSql(
    postgres.adminUrl(),
    'create role lt_owner login createrole',
    `create database ${database} owner lt_owner`,
  );
  await runSql(postgres.adminUrl(database), 'alter schema public owner to lt_owner');
  await withOwner(postgres.urlOf('lt_owner', database), async (pool) => {
    await applyMigrations(pool);
    await loadTables(pool);
  });
  await runSql(
    postgres.adminUrl(),
    'create role lt_gateway login in role lienthong_gateway',
    'create role lt_log login in role lienthong_log_writer',
  );
}
