/** `audit cosign`: an agency's own witness signs what it has verified, and hands it in where it likes. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { readCheckpoint } from '../audit/log/checkpoint.ts';
import { checkExport } from '../audit/check/export.ts';
import { readSigningKey } from '../audit/log/keys.ts';
import {
  cosignatureLine,
  isKeyName,
  publicKeyOf,
  textOf,
  vkeyOf,
  witnessType,
} from '../audit/log/note.ts';
import type { LogKind } from '../audit/log/origins.ts';
import { reportLines } from './audit-verify.ts';
import { askAs, askWith, gatewayAddress, type Answer } from './running-gateway.ts';
import { UsageError } from './usage.ts';

interface CosignOptions {
  readonly key: string;
  readonly name: string;
  readonly as?: string;
  readonly token?: string;
  readonly url?: string;
}

/** Where a witness keeps the last checkpoint of a log that it has signed: beside its key. */
const lastFile = (key: string, origin: string): string =>
  `${key}.${encodeURIComponent(origin)}.checkpoint`;

interface Cosigned {
  readonly kind: LogKind;
  readonly note: string;
}

const handIn = `mutation HandIn($log: LogKind!, $checkpoint: String!, $vkey: String!) {
  cosignCheckpoint(log: $log, checkpoint: $checkpoint, vkey: $vkey) { size } }`;

async function handOver(options: CosignOptions, { kind, note }: Cosigned, vkey: string) {
  const { as, token, url = gatewayAddress() } = options;
  const question = {
    query: handIn,
    variables: { log: kind, checkpoint: note, vkey },
    purpose: 'AUDIT',
    language: 'en',
  };
  const answer: Answer = token
    ? await askWith(token, url, question)
    : await askAs(as ?? '', url, question);
  const [error] = answer.errors ?? [];
  if (error) throw new UsageError(error.message);
}

/** Signs the checkpoint of a log below the folder, and puts its line under it. */
function cosignOne(file: string, kind: LogKind, { key, name }: CosignOptions): Cosigned {
  const note = readFileSync(file, 'utf8');
  const origin = readCheckpoint(note)?.origin ?? '';
  const line = cosignatureLine(textOf(note) ?? '', name, readSigningKey(key), new Date());
  const cosigned = note + line;
  // What was signed is kept before anybody else has it: the next one must begin with it.
  writeFileSync(lastFile(key, origin), note);
  writeFileSync(file, cosigned);
  return { kind, note: cosigned };
}

export function cosignCommand(): Command {
  return new Command('cosign')
    .description(
      'Verify an export, also against the last checkpoint that this witness signed, and add its cosignature (c2sp.org/tlog-cosignature). With --as or --token it is handed in to the running gateway too.',
    )
    .argument('<directory>', 'a folder made by "audit export"')
    .requiredOption('--key <file>', 'the witness’s Ed25519 key in PEM; see "audit key make"')
    .requiredOption('--name <name>', 'the witness’s name, such as audit.example.vn/witness')
    .option('--as <agency>', 'hand it in as this demonstration agency')
    .option('--token <token>', 'hand it in with an auditor’s token')
    .option('--url <address>', 'where the gateway is; HOST and PORT when left out')
    .action(async (directory: string, options: CosignOptions) => {
      const { key, name } = options;
      if (!isKeyName(name)) throw new UsageError('A name holds no space and no plus sign.', 2);
      const vkey = vkeyOf(name, publicKeyOf(readSigningKey(key)), witnessType);
      const logs = [
        { kind: 'ACCESS', file: path.join(directory, 'checkpoint') },
        { kind: 'CHANGE', file: path.join(directory, 'changes', 'checkpoint') },
      ] as const;
      const present = logs.filter(({ file }) => existsSync(file));
      const last = present
        .map(({ file }) => readCheckpoint(readFileSync(file, 'utf8'))?.origin ?? '')
        .map((origin) => lastFile(key, origin))
        .filter((file) => existsSync(file));
      const report = await checkExport(directory, {
        oldCheckpoints: last.map((file) => readFileSync(file, 'utf8')),
      });
      if (!report.sound) {
        process.stdout.write(`${reportLines(report, 'en').join('\n')}\n`);
        throw new UsageError('Nothing was signed: the export is not sound.', 1);
      }
      for (const { kind, file } of present) {
        const cosigned = cosignOne(file, kind, options);
        if (options.as ?? options.token) await handOver(options, cosigned, vkey);
      }
      process.stdout.write(`${vkey}\n`);
    });
}
