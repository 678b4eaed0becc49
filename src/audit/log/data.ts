/** Reads the logs' trees as far as the caller's scope reaches: checkpoints, tiles, entries and proofs. */
import type { Database } from '../../platform/prisma-client.ts';
import type { LogTree } from '../../platform/prisma/client.ts';
import { readCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { LogKind } from './origins.ts';
import { nodesFrom, tileWidth, type TileKey } from './tiles.ts';
import { consistencyProof, inclusionProof, type ReadNode } from '../tree.ts';

export type { LogTree };

/** The tree in force of a log, or that of an epoch; null where there is none in the caller's scope. */
export const findTree = (db: Database, kind: LogKind, epoch?: number): Promise<LogTree | null> =>
  db.logTree.findFirst({
    where: { kind, ...(epoch === undefined ? {} : { epoch }) },
    orderBy: { epoch: 'desc' },
  });

export interface SignedCheckpoint extends Checkpoint {
  /** The note with all its signatures. */
  readonly note: string;
  readonly signedAt: Date;
}

/** The checkpoint of a size; the newest when left out. Null where none was kept. */
export async function findCheckpoint(
  db: Database,
  { origin, size: newest }: LogTree,
  size: bigint = newest,
): Promise<SignedCheckpoint | null> {
  const row = await db.logCheckpoint.findFirst({ where: { origin, size } });
  const checkpoint = row && readCheckpoint(row.note);
  if (!checkpoint) return null;
  const lines = await db.logCosignature.findMany({
    where: { origin, size },
    orderBy: [{ addedAt: 'asc' }, { vkey: 'asc' }],
    take: cosignaturesMax,
  });
  const note = row.note + lines.map(({ line }) => `${line}\n`).join('');
  return { ...checkpoint, note, signedAt: row.signedAt };
}

/** A reader accepts at least 16 signatures (signed-note); the log's own keys take some. */
export const cosignaturesMax = 12;

export async function readVkeys(db: Database, { origin }: LogTree): Promise<string[]> {
  const rows = await db.logKey.findMany({
    where: { origin },
    orderBy: [{ addedAt: 'asc' }, { vkey: 'asc' }],
  });
  return rows.map(({ vkey }) => vkey);
}

/** The joined hashes of a tile; null where there is none. */
export async function readTile(
  db: Database,
  { origin }: Pick<LogTree, 'origin'>,
  { level, position }: TileKey,
): Promise<Uint8Array | null> {
  const row = await db.logTile.findFirst({ where: { origin, level, position } });
  return row?.hashes ?? null;
}

/** Nodes of a tree; a tile is read once. */
export function nodesOf(db: Database, tree: LogTree): ReadNode {
  const read = new Map<string, Promise<Uint8Array | null>>();
  return nodesFrom((key) => {
    const name = `${key.level}/${key.position}`;
    const tile = read.get(name) ?? readTile(db, tree, key);
    read.set(name, tile);
    return tile;
  });
}

export interface Entry {
  /** The record's number, or the change's. */
  readonly number: bigint;
  readonly leaf: Uint8Array;
}

/** The entries of a bundle of this width; fewer where some are not kept or not in scope. */
export function readEntries(
  db: Database,
  { kind, firstNumber, firstEntry }: LogTree,
  position: bigint,
  width: number,
): Promise<Entry[]> {
  const first = position * BigInt(tileWidth);
  if (first < firstEntry) return Promise.resolve([]);
  const query = {
    where: { number: { gte: firstNumber + first, lt: firstNumber + first + BigInt(width) } },
    orderBy: { number: 'asc' },
    select: { number: true, leaf: true },
  } as const;
  return kind === 'ACCESS' ? db.accessRecord.findMany(query) : db.changeLeaf.findMany(query);
}

export interface RecordProof {
  readonly checkpoint: SignedCheckpoint;
  readonly index: bigint;
  /** From the leaf's sibling up to the root's child. */
  readonly hashes: readonly Buffer[];
  readonly leaf: Uint8Array;
}

/** A tree with its newest checkpoint and its nodes: proofs of one answer lead to one checkpoint. */
export interface ProvingTree {
  readonly tree: LogTree;
  readonly checkpoint: SignedCheckpoint;
  readonly readNode: ReadNode;
}

/** For the records from this number on; null where there is no checkpoint in the caller's scope. */
export async function findProvingTree(
  db: Database,
  kind: LogKind,
  number: bigint,
): Promise<ProvingTree | null> {
  const tree = await db.logTree.findFirst({
    where: { kind, firstNumber: { lte: number } },
    orderBy: { epoch: 'desc' },
  });
  const checkpoint = tree && (await findCheckpoint(db, tree));
  return checkpoint && { tree, checkpoint, readNode: nodesOf(db, tree) };
}

/** That a record is under the checkpoint; null while it is not. */
export async function proveEntry(
  { tree, checkpoint, readNode }: ProvingTree,
  { number, leaf }: Entry,
): Promise<RecordProof | null> {
  const index = number - tree.firstNumber;
  if (index < 0n || index >= checkpoint.size) return null;
  const hashes = await inclusionProof(index, checkpoint.size, readNode);
  return { checkpoint, index, hashes, leaf };
}

/** The same by the record's number; null also where there is no such record. */
export async function proveNumber(
  db: Database,
  kind: LogKind,
  number: bigint,
): Promise<RecordProof | null> {
  const query = { where: { number }, select: { number: true, leaf: true } } as const;
  const entry: Entry | null =
    kind === 'ACCESS'
      ? await db.accessRecord.findFirst(query)
      : await db.changeLeaf.findFirst(query);
  const tree = entry && (await findProvingTree(db, kind, number));
  return entry && tree && proveEntry(tree, entry);
}

/** That the tree of `to` records begins with that of `from`. RangeError unless 0 < from <= to <= its size. */
export async function proveConsistency(
  db: Database,
  tree: LogTree,
  from: bigint,
  to: bigint,
): Promise<readonly Buffer[]> {
  if (to > tree.size) throw new RangeError('Beyond the newest checkpoint.');
  return consistencyProof(from, to, nodesOf(db, tree));
}
