/** `migrate` and `import`: the jobs of a server database's owner. */
import { Command } from 'commander';
import { readConfig, type Config } from '../config.ts';
import { UsageError } from './usage.ts';

function ownerUrl({ migrationDatabaseUrl }: Config): string {
  if (!migrationDatabaseUrl) {
    throw new UsageError(
      'Set MIGRATION_DATABASE_URL to the owner’s address. (The embedded database migrates and loads itself at each start.)',
    );
  }
  return migrationDatabaseUrl;
}

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('Apply the missing migrations to a server, as the owner (MIGRATION_DATABASE_URL).')
    .action(async () => {
      const { applyMigrations } = await import('../platform/migrate.ts');
      const { withOwner } = await import('../platform/store.ts');
      const applied = await withOwner(ownerUrl(readConfig()), applyMigrations);
      process.stdout.write(
        applied.length > 0 ? `Applied: ${applied.join(', ')}\n` : 'Nothing to apply.\n',
      );
    });
}

export function importCommand(): Command {
  return new Command('import')
    .description(
      'Load the reported figures and the register into a server, as the owner. Idempotent.',
    )
    .option('--directory <path>', 'load these files instead of the project’s own')
    .action(async ({ directory }: { directory?: string }) => {
      const { ImportRefused, loadSeed } = await import('../load.ts');
      const { withOwner } = await import('../platform/store.ts');
      const url = ownerUrl(readConfig());
      try {
        const report = await withOwner(url, async (pool) => {
          const client = await pool.connect();
          try {
            return await loadSeed(client, directory ? { directory } : {});
          } finally {
            client.release();
          }
        });
        for (const [table, counts] of Object.entries(report)) {
          const { inserted, updated, closed, unchanged } = counts;
          process.stdout.write(
            `${table}: ${inserted} new, ${updated} updated, ${closed} closed, ${unchanged} unchanged\n`,
          );
        }
      } catch (error) {
        if (!(error instanceof ImportRefused)) throw error;
        const lines = error.problems.map(
          ({ file, row, column, code, message }) => `${file}:${row} ${column}: ${code}: ${message}`,
        );
        throw new UsageError(`Nothing was loaded.\n${lines.join('\n')}`);
      }
    });
}
