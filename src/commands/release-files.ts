/** `release files`: published releases as static files, read from the database of the settings through the gateway's own role. */
import path from 'node:path';
import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { openStoreAsItIs } from './log-source.ts';

export const filesCommand = () =>
  new Command('files')
    .description(
      'Write what everybody may see of published releases now into a folder, and take away what was withdrawn: CSV, SDMX-CSV and metadata. Public, and outside the access log. Idempotent; run it after each instant of the calendar. Reads the database of the settings (the embedded one while its gateway is stopped).',
    )
    .argument('<directory>', 'the folder, such as one that a web server shows')
    .action(async (directory: string) => {
      const { withPublicReader } = await import('../release/files-data.ts');
      const { writeReleaseFiles } = await import('../release/files.ts');
      const store = await openStoreAsItIs(readConfig());
      try {
        const report = await withPublicReader(store.gateway, (db, instant) =>
          writeReleaseFiles(db, path.resolve(directory), instant),
        );
        process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      } finally {
        await store.close();
      }
    });
