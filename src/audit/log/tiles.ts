/** The tree as tiles (c2sp.org/tlog-tiles): how they grow, and a node of the tree read from them. */
import { hashSize, rootAt, rootOf, type ReadNode } from '../tree.ts';

/** Hashes of a full tile; it stands for a subtree of this height. */
export const tileWidth = 256;
export const tileHeight = 8;

export interface TileKey {
  readonly level: number;
  readonly position: bigint;
}

/** Up to `tileWidth` hashes, joined. */
export interface Tile extends TileKey {
  readonly hashes: Buffer;
}

const keyOf = ({ level, position }: TileKey): string => `${level}/${position}`;

/** The hashes of a tile one by one. */
export const hashesOf = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: bytes.length / hashSize }, (_, i) =>
    bytes.subarray(i * hashSize, (i + 1) * hashSize),
  );

/** The tile that holds what a node of the tree is made of. */
export const tileOfNode = (level: number, position: bigint): TileKey => ({
  level: Math.floor(level / tileHeight),
  position: position >> BigInt(tileHeight - (level % tileHeight)),
});

/** Reads nodes from tiles; RangeError where a tile is missing or too short. */
export function nodesFrom(
  readTile: (key: TileKey) => Promise<Uint8Array | null> | Uint8Array | null,
): ReadNode {
  return async (level, position) => {
    const key = tileOfNode(level, position);
    const hashes = await readTile(key);
    const count = 1 << (level % tileHeight);
    const first = Number((position * BigInt(count)) % BigInt(tileWidth));
    const bytes = hashes?.subarray(first * hashSize, (first + count) * hashSize);
    if (bytes?.length !== count * hashSize) {
      throw new RangeError(`The tile ${keyOf(key)} lacks hashes of node ${level}/${position}.`);
    }
    return rootOf(hashesOf(bytes));
  };
}

/** A tree that grows at its right edge. It holds only the tiles that are not full, and those it has filled. */
export class GrowingTree {
  #size: bigint;
  /** By level: the hashes of the tile that is being filled. */
  readonly #filling: Uint8Array[][] = [];
  readonly #full: Tile[] = [];
  readonly #touched = new Set<number>();

  /** `edge`: the tiles of this size that are not full. RangeError where they are not of this size. */
  constructor(size: bigint, edge: readonly Tile[]) {
    this.#size = size;
    for (const { level, hashes } of edge) this.#filling[level] = hashesOf(hashes);
    for (
      let level = 0;
      size >> BigInt(tileHeight * level) > 0n || level < this.#filling.length;
      level += 1
    ) {
      const width = Number((size >> BigInt(tileHeight * level)) % BigInt(tileWidth));
      if ((this.#filling[level] ??= []).length !== width) {
        throw new RangeError(`The tile at level ${level} does not fit a tree of ${size} records.`);
      }
    }
  }

  get size(): bigint {
    return this.#size;
  }

  append(leafHash: Uint8Array): void {
    this.#size += 1n;
    let hash = leafHash;
    for (let level = 0; ; level += 1) {
      const filling = (this.#filling[level] ??= []);
      filling.push(hash);
      this.#touched.add(level);
      if (filling.length < tileWidth) return;
      this.#full.push(this.#tileOf(level, this.#size - 1n));
      this.#filling[level] = [];
      hash = rootOf(filling);
    }
  }

  /** The tiles that appending has made or changed. */
  get changed(): readonly Tile[] {
    const partial = [...this.#touched].filter((level) => this.#filling[level]?.length);
    return [...this.#full, ...partial.map((level) => this.#tileOf(level, this.#size))];
  }

  root(): Promise<Buffer> {
    return rootAt(
      this.#size,
      nodesFrom(({ level }) => Buffer.concat(this.#filling[level] ?? [])),
    );
  }

  /** The tile that is being filled at a level, which holds the leaf or comes after all before it. */
  #tileOf(level: number, leaf: bigint): Tile {
    const position = leaf >> BigInt(tileHeight * (level + 1));
    return { level, position, hashes: Buffer.concat(this.#filling[level] ?? []) };
  }
}

/** `x001/x234/067` for 1234067, as a tile's path says its position. */
export function formatPosition(position: bigint): string {
  const digits = position.toString();
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
}

/** Null for what is no position, or not spelt as one. */
export function parsePosition(text: string): bigint | null {
  const digits = text.replaceAll(/[x/]/g, '');
  if (!/^\d{3,18}$/.test(digits)) return null;
  const position = BigInt(digits);
  return formatPosition(position) === text ? position : null;
}

/** The path of a tile below the log's prefix; `width` of one that is not full. */
export function tilePath(level: number | 'entries', position: bigint, width = tileWidth): string {
  const partial = width < tileWidth ? `.p/${width}` : '';
  return `tile/${level}/${formatPosition(position)}${partial}`;
}

export interface TileSpan {
  readonly level: number | 'entries';
  readonly position: bigint;
  readonly width: number;
}

/** All tiles of a tree of this size, entry bundles included, from the leaves to the root. */
export function* tilesOf(size: bigint): Generator<TileSpan> {
  for (const level of ['entries', 0, 1, 2, 3, 4, 5, 6, 7] as const) {
    const hashes = level === 'entries' ? size : size >> BigInt(tileHeight * level);
    for (let position = 0n; position * BigInt(tileWidth) < hashes; position += 1n) {
      const rest = hashes - position * BigInt(tileWidth);
      yield { level, position, width: rest < tileWidth ? Number(rest) : tileWidth };
    }
  }
}

/** Entries with their length in two bytes before each. */
export function bundleOf(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}
