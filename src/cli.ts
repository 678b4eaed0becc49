#!/usr/bin/env node
/** The `lienthong` command. */
import { Command } from 'commander';
import { auditCommand } from './commands/audit.ts';
import { demoDataCommand, importCommand, migrateCommand } from './commands/database.ts';
import { debtCommand } from './commands/debt.ts';
import { exportCommand } from './commands/export.ts';
import { queryCommand, tokenCommand } from './commands/ask.ts';
import { policyCommand } from './commands/policy.ts';
import { releaseCommand } from './commands/release.ts';
import { schemaCommand } from './commands/print-schema.ts';
import { tourCommand } from './commands/tour.ts';
import { explain, UsageError } from './commands/usage.ts';

const program = new Command('lienthong')
  .description('Shares data between the agencies around Vietnamese social insurance.')
  .showHelpAfterError();

program
  .command('serve')
  .description('Start the gateway; settings come from the environment.')
  .action(async () => (await import('./serve.ts')).serve());
program
  .addCommand(tokenCommand())
  .addCommand(queryCommand())
  .addCommand(exportCommand())
  .addCommand(tourCommand());
program
  .addCommand(releaseCommand())
  .addCommand(auditCommand())
  .addCommand(debtCommand())
  .addCommand(migrateCommand())
  .addCommand(importCommand());
program.addCommand(demoDataCommand()).addCommand(schemaCommand()).addCommand(policyCommand());

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof UsageError ? error.exitCode : 1;
}
