/** `migrate`, `import` and `demo-data`: the jobs of a server database's owner. */
import { Command } from 'commander';
import type { LoadReport, SeedClient } from '../load.ts';
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

/** Loads into the server as its owner, and tells what changed. */
async function loadAsOwner(
  url: string,
  load: (client: SeedClient) => Promise<LoadReport>,
): Promise<void> {
  const { withOwner } = await import('../platform/store.ts');
  const report = await withOwner(url, async (pool) => {
    const client = await pool.connect();
    try {
      return await load(client);
    } finally {
      client.release();
    }
  });
  for (const [table, { inserted, updated, closed, unchanged }] of Object.entries(report)) {
    process.stdout.write(
      `${table}: ${inserted} new, ${updated} updated, ${closed} closed, ${unchanged} unchanged\n`,
    );
  }
}

export function importCommand(): Command {
  return new Command('import')
    .description(
      'Load the reported figures and the register into a server, as the owner. Idempotent.',
    )
    .option('--directory <path>', 'load these files instead of the project’s own')
    .action(async ({ directory }: { directory?: string }) => {
      const { ImportRefused, loadSeed } = await import('../load.ts');
      const url = ownerUrl(readConfig());
      try {
        await loadAsOwner(url, (client) => loadSeed(client, directory ? { directory } : {}));
      } catch (error) {
        if (!(error instanceof ImportRefused)) throw error;
        const lines = error.problems.map(
          ({ file, row, column, code, message }) => `${file}:${row} ${column}: ${code}: ${message}`,
        );
        throw new UsageError(`Nothing was loaded.\n${lines.join('\n')}`);
      }
    });
}

export function demoDataCommand(): Command {
  return new Command('demo-data')
    .description(
      'Load the synthetic demonstration data into a server that holds the import, as the owner. Idempotent.',
    )
    .action(async () => {
      const config = readConfig();
      if (config.production) {
        throw new UsageError(
          'Nothing was loaded: demonstration data is invented and has no place in production (NODE_ENV=production).',
        );
      }
      const { loadDemonstration } = await import('../demonstration/load.ts');
      await loadAsOwner(ownerUrl(config), loadDemonstration);
    });
}
