/** Opens the successor of a log that was lost: it begins with the old checkpoint and a record of the gap. */
import { randomUUID, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import type pg from 'pg';
import { readCheckpoint } from './checkpoint.ts';
import { judge, type ShownLog } from './judge.ts';
import type { KeptCheckpoint } from './kept.ts';
import { isSignedBy, publicKeyOf, vkeyOf } from './note.ts';
import { baseOf, epochOf, originOf, type LogKind } from './origins.ts';
import { emptyRecord, type AccessRecordFields } from '../record.ts';
import { nodesFrom } from './tiles.ts';
import type { ReadNode } from '../tree.ts';

/** Numbers of each tree begin here, so that no number that was lost is ever given again. */
const numbersOfTree = 10n ** 15n;

export class SuccessorRefused extends Error {
  readonly code = 'LOG_SUCCESSOR_REFUSED';
}

interface TreeRow {
  readonly origin: string;
  readonly size: string;
  readonly note: string | null;
  readonly vkeys: readonly string[];
}

/** The log's tree in force, as its owner reads it. */
async function readTree(owner: pg.ClientBase, kind: LogKind): Promise<ShownLog> {
  const { rows } = await owner.query<TreeRow>(
    `select t.origin, t.size::text, c.note,
       array(select vkey from log_key k where k.origin = t.origin) as vkeys
     from log_tree t left join log_checkpoint c on c.origin = t.origin and c.size = t.size
     where t.kind = $1 order by t.epoch desc limit 1 for update of t`,
    [kind],
  );
  const [row] = rows;
  if (!row) throw new SuccessorRefused('The database holds no log yet: start the gateway once.');
  return { ...row, size: BigInt(row.size), opening: null };
}

/** One query after the other: a connection takes one at a time. */
function nodesOf(owner: pg.ClientBase, origin: string): ReadNode {
  let before: Promise<unknown> = Promise.resolve();
  return nodesFrom(({ level, position }) => {
    const read = before.then(async () => {
      const { rows } = await owner.query<{ hashes: Buffer }>(
        'select hashes from log_tile where origin = $1 and level = $2 and position = $3',
        [origin, level, String(position)],
      );
      return rows[0]?.hashes ?? null;
    });
    before = read.catch(() => null);
    return read;
  });
}

/** A record of our own, with what the log's first two records say beyond all others. */
function leafOf(outcome: 'OPENED' | 'LOST', said: object): Buffer {
  const fields: AccessRecordFields = { ...emptyRecord(new Date(), randomUUID()), outcome };
  return Buffer.from(canonicalize({ ...fields, ...said }) ?? '');
}

async function insertLeaves(
  owner: pg.ClientBase,
  kind: LogKind,
  first: bigint,
  leaves: readonly Buffer[],
): Promise<void> {
  await owner.query('select ensure_log_partition(clock_timestamp())');
  for (const [i, leaf] of leaves.entries()) {
    const number = String(first + BigInt(i));
    await owner.query(
      kind === 'ACCESS'
        ? 'insert into access_record select c.* from access_columns($1, clock_timestamp(), $2) c'
        : 'insert into change_leaf (number, recorded_at, leaf) values ($1, clock_timestamp(), $2)',
      [number, leaf],
    );
  }
  await owner.query('update access_head set next = $2 where id = $1', [
    kind === 'ACCESS' ? 1 : 2,
    String(first + BigInt(leaves.length)),
  ]);
}

export interface SuccessorWishes {
  readonly kind: LogKind;
  /** The newest checkpoint of the lost tree that anybody has kept. */
  readonly kept: KeptCheckpoint;
  readonly reason: string;
  /** Records beyond the checkpoint were lost, although the log goes on from it. */
  readonly evenIfItGoesOn?: boolean;
  readonly keys: readonly KeyObject[];
}

/** The successor's origin; null where the log goes on from the checkpoint and needs none. One transaction. */
export async function openSuccessor(
  owner: pg.ClientBase,
  { kind, kept, reason, evenIfItGoesOn = false, keys }: SuccessorWishes,
): Promise<string | null> {
  const shown = await readTree(owner, kind);
  const known = [...shown.vkeys, ...keys.map((key) => vkeyOf(kept.origin, publicKeyOf(key)))];
  if (!isSignedBy(kept.note, kept.origin, known)) {
    throw new SuccessorRefused('The old checkpoint is signed by none of the log’s keys.');
  }
  if (baseOf(kept.origin) !== baseOf(shown.origin)) {
    throw new SuccessorRefused(`The old checkpoint is of ${kept.origin}, not of ${shown.origin}.`);
  }
  const why = await judge(shown, kept, nodesOf(owner, shown.origin));
  if (why === null && !evenIfItGoesOn) return null;
  const epoch = Math.max(epochOf(kept.origin), epochOf(shown.origin)) + 1;
  const origin = originOf(baseOf(kept.origin), kind, epoch);
  const first = BigInt(epoch - 1) * numbersOfTree;
  const survived =
    kept.origin === shown.origin ? (readCheckpoint(shown.note ?? '')?.size ?? 0n) : 0n;
  const lost = { from: String(survived), to: String(kept.size), tree: kept.origin, reason };
  await owner.query(
    `insert into log_tree (origin, kind, epoch, first_number, opened_at, predecessor)
     values ($1, $2, $3, $4, clock_timestamp(), $5)`,
    [origin, kind, epoch, String(first), kept.origin],
  );
  for (const key of keys) {
    await owner.query(
      'insert into log_key (origin, vkey, kind, added_at) values ($1, $2, $3, clock_timestamp())',
      [origin, vkeyOf(origin, publicKeyOf(key)), kind],
    );
  }
  await insertLeaves(owner, kind, first, [
    leafOf('OPENED', { predecessor: kept.note }),
    leafOf('LOST', { lost }),
  ]);
  return origin;
}
