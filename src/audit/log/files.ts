/** The files that a log consists of, by their paths in the layout of c2sp.org/tlog-tiles. */
import type { ScopedPool } from '../../platform/database.ts';
import { createPrisma, type Database } from '../../platform/prisma-client.ts';
import { nobody, withScope, type Scope } from '../../platform/scope.ts';
import {
  findCheckpoint,
  findTree,
  proveNumber,
  readEntries,
  readTile,
  readVkeys,
  type LogTree,
} from './data.ts';
import type { LogKind } from './origins.ts';
import { formatReceipt } from './receipt.ts';
import { bundleOf, parsePosition, tileHeight, tileWidth, type TileSpan } from './tiles.ts';
import { hashSize } from '../tree.ts';

/** Null for a path that no tile has. */
function parseTile(path: string): TileSpan | null {
  const match = /^tile\/(entries|\d|[1-5]\d|6[0-3])\/([x\d/]+?)(?:\.p\/([1-9]\d{0,2}))?$/.exec(
    path,
  );
  const position = parsePosition(match?.[2] ?? '');
  const width = match?.[3] === undefined ? tileWidth : Number(match[3]);
  if (!match || position === null || (match[3] !== undefined && width >= tileWidth)) return null;
  return { level: match[1] === 'entries' ? 'entries' : Number(match[1]), position, width };
}

/** Whether a tree of the tree's size has all hashes of the tile. */
function isWithin(tree: LogTree, { level, position, width }: TileSpan): boolean {
  const hashes = level === 'entries' ? tree.size : tree.size >> BigInt(tileHeight * level);
  return position * BigInt(tileWidth) + BigInt(width) <= hashes;
}

export interface LogFile {
  readonly body: string | Uint8Array;
  /** Numbers of the records whose bytes it holds. */
  readonly numbers: readonly bigint[];
}

const textFile = (body: string): LogFile => ({ body, numbers: [] });

async function readTileFile(
  db: Database,
  tree: LogTree,
  { level, position, width }: TileSpan,
): Promise<LogFile | null> {
  if (level !== 'entries') {
    const hashes = await readTile(db, tree, { level, position });
    const bytes = hashes?.subarray(0, width * hashSize);
    return bytes?.length === width * hashSize ? { body: bytes, numbers: [] } : null;
  }
  const entries = await readEntries(db, tree, position, width);
  // Erased ones are gone for good, and their hashes are still in the tiles. A bundle that lacks one of its
  // entries is shown as it is: that tells which.
  if (entries.length === 0) return null;
  return {
    body: bundleOf(entries.map(({ leaf }) => leaf)),
    numbers: entries.map(({ number }) => number),
  };
}

/**
 * `checkpoint`, `keys` (verifier keys, one a line), `tile/...`, or `proof/<record number>`. Null where there
 * is no such file. `epoch` names an earlier tree than the one in force.
 */
export async function readLogFile(
  db: Database,
  kind: LogKind,
  path: string,
  epoch?: number,
): Promise<LogFile | null> {
  const tree = await findTree(db, kind, epoch);
  if (!tree) return null;
  if (path === 'checkpoint') {
    const checkpoint = await findCheckpoint(db, tree);
    return checkpoint && textFile(checkpoint.note);
  }
  if (path === 'keys')
    return textFile((await readVkeys(db, tree)).map((key) => `${key}\n`).join(''));
  const number = /^proof\/(0|[1-9]\d{0,17})$/.exec(path)?.[1];
  if (number !== undefined) {
    const proof = await proveNumber(db, kind, BigInt(number));
    return proof && { body: formatReceipt(proof), numbers: [BigInt(number)] };
  }
  const span = parseTile(path);
  return span && isWithin(tree, span) ? readTileFile(db, tree, span) : null;
}

export interface LogReader {
  read(kind: LogKind, path: string, epoch?: number): Promise<LogFile | null>;
  close(): Promise<void>;
}

const evidence: Scope = { ...nobody, topics: ['ACCESS_LOG', 'CHANGE_LOG'] };

/** For the operator of a database, who has its login: what is read so is on no log. */
export function openLogReader(pool: ScopedPool): LogReader {
  const db = createPrisma(pool);
  return {
    read: (kind, path, epoch) => withScope(evidence, () => readLogFile(db, kind, path, epoch)),
    close: () => db.$disconnect(),
  };
}
