/** `migrate`, `import` and `demo-data`: the jobs of a server database's owner. */
import { Command, Option } from 'commander';
import type { LoadReport, SeedClient } from '../load.ts';
import { readConfig, type Config } from '../config.ts';
import { yearsMax } from '../demonstration/calendar.ts';
import { startProgress } from './progress.ts';
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
    .option('--restored', 'the database is an older copy of itself: replicas must begin again')
    .action(async ({ restored = false }: { restored?: boolean }) => {
      const { applyMigrations, restartChanges } = await import('../platform/migrate.ts');
      const { withOwner } = await import('../platform/store.ts');
      const [applied, isRestarted] = await withOwner(ownerUrl(readConfig()), async (pool) => [
        await applyMigrations(pool),
        await restartChanges(pool, restored),
      ]);
      process.stdout.write(
        applied.length > 0 ? `Applied: ${applied.join(', ')}\n` : 'Nothing to apply.\n',
      );
      if (isRestarted) process.stdout.write('Replicas of partners begin again.\n');
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

const yearsDefault = 10;

interface DemoDataOptions {
  readonly scale: 'demonstration' | 'national';
  readonly years?: number;
}

/** Whole years, up to the demonstration's last month. */
function parseYears(text: string): number {
  const years = Number(text);
  if (!/^\d{1,2}$/.test(text) || years < 1 || years > yearsMax) {
    throw new UsageError(
      `"${text}" is no number of years; write a whole one from 1 to ${yearsMax}.`,
    );
  }
  return years;
}

async function loadNationalAsOwner(url: string, years: number): Promise<void> {
  const { loadNational } = await import('../demonstration/national-load.ts');
  const progress = startProgress('Loading');
  try {
    await loadAsOwner(url, (client) =>
      loadNational(client, { years, onProgress: (done, total) => progress.show(done, total) }),
    );
  } finally {
    progress.end();
  }
}

export function demoDataCommand(): Command {
  return new Command('demo-data')
    .description(
      'Load the synthetic demonstration data into a server that holds the import, as the owner. Idempotent.',
    )
    .addOption(
      new Option(
        '--scale <scale>',
        'three provinces with all topics, or the enrolment of all communes',
      )
        .choices(['demonstration', 'national'])
        .default('demonstration'),
    )
    .option(
      '--years <number>',
      `with --scale national: so many years, 1 to ${yearsMax}; ${yearsDefault} when left out`,
      parseYears,
    )
    .addHelpText(
      'after',
      `
The national scale loads about a million figures a year beside what is there, one province after the other. A run
that is interrupted keeps the provinces that it has finished; run it again to load the others. A second run, or one
with more years, adds what is missing and changes nothing.`,
    )
    .action(async ({ scale, years }: DemoDataOptions) => {
      if (scale === 'demonstration' && years !== undefined) {
        throw new UsageError(
          '--years goes with --scale national; the demonstration has its own months.',
        );
      }
      const config = readConfig();
      if (config.production) {
        throw new UsageError(
          'Nothing was loaded: demonstration data is invented and has no place in production (NODE_ENV=production).',
        );
      }
      const url = ownerUrl(config);
      if (scale === 'national') return loadNationalAsOwner(url, years ?? yearsDefault);
      const { loadDemonstration } = await import('../demonstration/load.ts');
      await loadAsOwner(url, loadDemonstration);
    });
}
