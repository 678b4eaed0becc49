/** `audit`: the logs as files, their proofs, and what their operators do. */
import { Command } from 'commander';
import { anomaliesCommand } from './audit-anomalies.ts';
import { cosignCommand } from './audit-cosign.ts';
import { exportCommand } from './audit-export.ts';
import { eraseCommand, keyCommand, successorCommand } from './audit-keeping.ts';
import { checkpointCommand, proveCommand } from './audit-prove.ts';
import { verifyCommand } from './audit-verify.ts';

export function auditCommand(): Command {
  return new Command('audit')
    .description('Export, verify and keep the access log and the change log.')
    .addCommand(exportCommand())
    .addCommand(verifyCommand())
    .addCommand(proveCommand())
    .addCommand(checkpointCommand())
    .addCommand(cosignCommand())
    .addCommand(anomaliesCommand())
    .addCommand(keyCommand())
    .addCommand(successorCommand())
    .addCommand(eraseCommand());
}
