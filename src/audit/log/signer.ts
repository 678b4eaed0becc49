/** One look at both logs: what the database shows, and signing what has no checkpoint yet. */
import { randomBytes, type KeyObject } from 'node:crypto';
import type { CallLog } from '../../platform/store.ts';
import { changeLeaf, type ChangeRow } from './change-leaf.ts';
import { formatCheckpoint } from './checkpoint.ts';
import type { ShownLog } from './judge.ts';
import { publicKeyOf, signNote, vkeyOf } from './note.ts';
import type { LogKind } from './origins.ts';
import { GrowingTree, hashesOf, nodesFrom, type Tile, type TileKey } from './tiles.ts';
import { leafHash, type ReadNode } from '../tree.ts';

/** Records signed in one step. */
export const recordsPerStep = 16_384;

interface TileRow {
  readonly level: number;
  readonly position: string;
  readonly hashes: string;
}

/** As look_at_logs() shows a log; see the migration. */
interface LookRow {
  readonly kind: LogKind;
  readonly origin: string;
  readonly epoch: number;
  readonly firstNumber: string;
  readonly size: string;
  readonly next: string;
  readonly note: string | null;
  readonly unsignedMillis: number | null;
  readonly opening: string | null;
  readonly vkeys: readonly string[];
  readonly work: {
    readonly edge: readonly TileRow[];
    readonly leafHashes: string;
    /** The first number without a record, where one is missing among those to sign. */
    readonly missing: string | null;
    readonly changes: readonly ChangeRow[] | null;
  } | null;
}

export interface Look extends ShownLog {
  readonly kind: LogKind;
  readonly epoch: number;
  readonly firstNumber: bigint;
  readonly next: bigint;
  /** How long the oldest record without a checkpoint has waited; null when there is none. */
  readonly unsignedMillis: number | null;
  readonly work: LookRow['work'];
}

const tileOf = ({ level, position, hashes }: TileRow): Tile => ({
  level,
  position: BigInt(position),
  hashes: Buffer.from(hashes, 'base64'),
});

/** The signer's lease goes by this name, which no other gateway has. */
const signerName = (): string => randomBytes(8).toString('hex');

export class Signer {
  readonly #call: CallLog;
  readonly #keys: readonly KeyObject[];
  readonly #name = signerName();

  constructor(call: CallLog, keys: readonly KeyObject[]) {
    this.#call = call;
    this.#keys = keys;
  }

  vkeysFor(origin: string): string[] {
    return this.#keys.map((key) => vkeyOf(origin, publicKeyOf(key)));
  }

  /** Both logs as they stand, with work for the one gateway whose turn it is to sign. */
  async look(signs: boolean): Promise<Look[]> {
    const rows = (await this.#call('look_at_logs', this.#name, signs, recordsPerStep)) as LookRow[];
    return rows.map(({ firstNumber, size, next, opening, ...row }) => ({
      ...row,
      firstNumber: BigInt(firstNumber),
      size: BigInt(size),
      next: BigInt(next),
      opening: opening === null ? null : Buffer.from(opening, 'base64'),
    }));
  }

  /** Reads nodes of a tree from the database's tiles. */
  nodesOf(origin: string): ReadNode {
    const read = new Map<string, Promise<Uint8Array | null>>();
    return nodesFrom((key) => {
      const name = `${key.level}/${key.position}`;
      const tile = read.get(name) ?? this.#readTile(origin, key);
      read.set(name, tile);
      return tile;
    });
  }

  async #readTile(origin: string, { level, position }: TileKey): Promise<Uint8Array | null> {
    const asked = JSON.stringify([{ level, position: String(position) }]);
    const [row] = (await this.#call('read_log_tiles', origin, asked)) as TileRow[];
    return row ? tileOf(row).hashes : null;
  }

  /**
   * Signs what the look gave as work. The new note, or null when another gateway was first.
   * RangeError where the tiles are not those of the last checkpoint, or a record is missing.
   */
  async sign(look: Look, root: Buffer | null): Promise<string | null> {
    const { work, origin, size } = look;
    if (!work) return null;
    if (work.missing !== null) throw new RangeError(`Record ${work.missing} is missing.`);
    const tree = new GrowingTree(size, work.edge.map(tileOf));
    if (root && !(await tree.root()).equals(root)) {
      throw new RangeError('The tiles lead to another root than that of the last checkpoint.');
    }
    const recorded = hashesOf(Buffer.from(work.leafHashes, 'base64'));
    const leaves = recorded.length < recordsPerStep ? (work.changes ?? []).map(changeLeaf) : [];
    for (const hash of recorded) tree.append(hash);
    for (const { leaf } of leaves) tree.append(leafHash(leaf));
    if (tree.size === size) return null;
    const text = formatCheckpoint({ origin, size: tree.size, root: await tree.root() });
    const note = signNote(text, origin, this.#signersOf(look));
    const published = await this.#call(
      'publish_checkpoint',
      origin,
      this.#name,
      size,
      tree.size,
      note,
      JSON.stringify(tree.changed.map(tileRowOf)),
      work.changes === null ? null : JSON.stringify(leaves.map(leafRowOf)),
    );
    return published === true ? note : null;
  }

  /** Our keys that the log knows. */
  #signersOf({ origin, vkeys }: Look): KeyObject[] {
    return this.#keys.filter((key) => vkeys.includes(vkeyOf(origin, publicKeyOf(key))));
  }
}

const tileRowOf = ({ level, position, hashes }: Tile) => ({
  level,
  position: String(position),
  hashes: hashes.toString('base64'),
});

const leafRowOf = ({ changeId, leaf }: { changeId: string; leaf: Buffer }) => ({
  changeId,
  leaf: leaf.toString('base64'),
});
