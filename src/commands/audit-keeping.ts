/** `audit successor`, `audit erase` and `audit key`: what the log's operator does, as the tables' owner. */
import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { readCheckpoint } from '../audit/log/checkpoint.ts';
import { readKept, type KeptCheckpoint } from '../audit/log/kept.ts';
import { ensureSigningKey, readSigningKey, signingKeys } from '../audit/log/keys.ts';
import { isKeyName, publicKeyOf, vkeyOf, witnessType } from '../audit/log/note.ts';
import { baseOf, logKinds, originOf } from '../audit/log/origins.ts';
import { openSuccessor } from '../audit/log/successor.ts';
import { readConfig } from '../config.ts';
import { asOwner } from './owner-client.ts';
import { UsageError } from './usage.ts';

function keptIn(file: string): KeptCheckpoint {
  const note = readFileSync(file, 'utf8');
  const checkpoint = readCheckpoint(note);
  if (!checkpoint) throw new UsageError(`${file} holds no checkpoint.`, 2);
  return { ...checkpoint, note };
}

interface SuccessorOptions {
  readonly reason: string;
  readonly checkpoint?: readonly string[];
  readonly recordsLost?: boolean;
}

export function successorCommand(): Command {
  return new Command('successor')
    .description(
      'After LOG_ROLLBACK, when what was lost can’t be brought back: open a successor log, which begins with the newest checkpoint that was kept and a record of the gap. Gateways go on by themselves.',
    )
    .requiredOption('--reason <text>', 'what happened, for the auditors')
    .option(
      '--checkpoint <file...>',
      'the newest kept checkpoints; those of DATA_DIR when left out. Take the largest of all gateways and witnesses.',
    )
    .option(
      '--records-lost',
      'records after the checkpoint were lost: a successor of the access log although it goes on from it',
    )
    .action(async ({ reason, checkpoint: files = [], recordsLost = false }: SuccessorOptions) => {
      const { dataDirectory, logSigningKeys } = readConfig();
      const keys = signingKeys(logSigningKeys, dataDirectory);
      const given = files.map(keptIn);
      await asOwner(async (owner) => {
        const { rows } = await owner.query<{ origin: string }>(
          'select origin from log_tree limit 1',
        );
        const base = baseOf(rows[0]?.origin ?? '');
        for (const kind of logKinds) {
          const first = originOf(base, kind);
          const kept =
            given.find(({ origin }) => origin === first || origin.startsWith(`${first}/`)) ??
            readKept(dataDirectory, first);
          const opened =
            kept &&
            (await openSuccessor(owner, {
              kind,
              kept,
              reason,
              keys,
              evenIfItGoesOn: recordsLost && kind === 'ACCESS',
            }));
          process.stdout.write(
            opened
              ? `${opened} follows ${kept.origin}, of which ${kept.size} records were signed.\n`
              : `${first}: goes on from what was kept; nothing to do.\n`,
          );
        }
      });
    });
}

const monthsDefault = '60';

export function eraseCommand(): Command {
  return new Command('erase')
    .description(
      'Erase what is past its retention: salts first, then whole bundles of the oldest records. Hashes stay, so the tree can still be verified. Without --really it only counts.',
    )
    .option('--months <n>', 'no record is erased earlier, whatever its grants say', monthsDefault)
    .option('--really', 'erase')
    .action(async ({ months, really = false }: { months: string; really?: boolean }) => {
      if (!/^[1-9]\d{0,3}$/.test(months)) throw new UsageError('--months takes a number.', 2);
      const { salts, records, documents } = await asOwner(async (owner) => {
        const { rows } = await owner.query<{ erased: Record<string, number> }>(
          'select erase_access_records($1, $2) as erased',
          [months, really],
        );
        return rows[0]?.erased ?? {};
      });
      const what = `${salts} salts, ${records} records, ${documents} documents`;
      process.stdout.write(really ? `Erased: ${what}.\n` : `Would erase: ${what}. Add --really.\n`);
    });
}

const keyMake = () =>
  new Command('make')
    .description('Make an Ed25519 key in a PEM file that only its owner may read.')
    .argument('<file>', 'a new file')
    .action((file: string) => {
      if (existsSync(file)) throw new UsageError(`${file} is there already.`, 2);
      ensureSigningKey(file);
    });

const keyShow = () =>
  new Command('show')
    .description('Print a key’s verifier key (c2sp.org/signed-note), for those who verify.')
    .argument('<file>', 'the PEM file')
    .requiredOption('--name <name>', 'the log’s origin, or the witness’s own name')
    .option('--witness', 'of a witness that cosigns')
    .action((file: string, { name, witness }: { name: string; witness?: boolean }) => {
      if (!isKeyName(name)) throw new UsageError('A name holds no space and no plus sign.', 2);
      const key = publicKeyOf(readSigningKey(file));
      process.stdout.write(`${vkeyOf(name, key, witness ? witnessType : undefined)}\n`);
    });

const keyAdd = () =>
  new Command('add')
    .description(
      'Let another key sign the logs, for a rotation or a second gateway, as the tables’ owner. Old keys stay published.',
    )
    .argument('<file>', 'the PEM file')
    .action(async (file: string) => {
      const publicKey = publicKeyOf(readSigningKey(file));
      await asOwner(async (owner) => {
        const { rows } = await owner.query<{ origin: string; kind: string }>(
          'select distinct on (kind) origin, kind from log_tree order by kind, epoch desc',
        );
        for (const { origin, kind } of rows) {
          const vkey = vkeyOf(origin, publicKey);
          await owner.query(
            'insert into log_key (origin, vkey, kind, added_at) values ($1, $2, $3, clock_timestamp()) on conflict do nothing',
            [origin, vkey, kind],
          );
          process.stdout.write(`${vkey}\n`);
        }
      });
    });

export function keyCommand(): Command {
  return new Command('key')
    .description('Make, show and add keys that sign checkpoints.')
    .addCommand(keyMake())
    .addCommand(keyShow())
    .addCommand(keyAdd());
}
