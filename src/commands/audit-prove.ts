/** `audit prove` and `audit checkpoint`: the receipt of one access, and the newest checkpoint to keep. */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { parseIndex } from './audit-export.ts';
import { openLogSource, withSourceOptions, type SourceOptions } from './log-source.ts';
import { UsageError } from './usage.ts';

async function readOne(options: SourceOptions, path: string, otherwise: string): Promise<Buffer> {
  const source = await openLogSource(options);
  try {
    const file = await source.read(path);
    if (!file) throw new UsageError(otherwise, 2);
    return file;
  } finally {
    await source.close();
  }
}

interface ProveOptions extends SourceOptions {
  readonly output?: string;
  readonly change?: boolean;
}

export function proveCommand(): Command {
  const command = new Command('prove')
    .description(
      'Write the receipt of one record (c2sp.org/tlog-proof), which "audit verify" and other programs check offline.',
    )
    .argument('<record>', 'its number, as the header Access-Record says it')
    .option('-o, --output <file>', 'where to; record-<number>.tlog-proof when left out')
    .option('--change', 'a change of the change log, by its number there')
    .action(async (record: string, options: ProveOptions) => {
      const number = parseIndex(record, 'RECORD');
      const path = `${options.change ? 'changes/' : ''}proof/${number}`;
      const otherwise = `There is no record ${number} under a checkpoint yet; try again in two seconds.`;
      const receipt = await readOne(options, path, otherwise);
      const file = options.output ?? `record-${number}.tlog-proof`;
      writeFileSync(file, receipt);
      process.stdout.write(`${file}\n`);
    });
  return withSourceOptions(command);
}

export function checkpointCommand(): Command {
  const command = new Command('checkpoint')
    .description(
      'Print the newest checkpoint. Keep it elsewhere: "audit verify --old" proves that nothing up to it was changed.',
    )
    .option('--change', 'of the change log')
    .action(async (options: ProveOptions) => {
      const path = `${options.change ? 'changes/' : ''}checkpoint`;
      const otherwise = 'The log has no checkpoint yet: nothing was recorded.';
      process.stdout.write(await readOne(options, path, otherwise));
    });
  return withSourceOptions(command);
}
