/** Names, widths and contents of tiles and entry bundles (C2SP tlog-tiles). */
import { hashSize } from '../tree.ts';

/** Hashes in a full tile, entries in a full bundle. */
export const tileWidth = 256;
/** An entry's length is a uint16. */
const entryBytesMax = 65_535;

export interface Tile {
  readonly level: number | 'entries';
  /** Its place among the tiles of the level, from 0. */
  readonly number: bigint;
  /** 256, or less in a partial tile. */
  readonly width: number;
}

/** A tile of hashes. */
export type HashTile = Tile & { readonly level: number };

/** The tile's path below the log's folder: `tile/<L>/<N>[.p/<W>]`. */
export function tilePath({ level, number, width }: Tile): string {
  const digits = number.toString();
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.../g) ?? [];
  const name = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${name}${width === tileWidth ? '' : `.p/${width}`}`;
}

const tilePattern =
  /^tile\/(?<level>entries|[0-9]|[1-5][0-9]|6[0-3])\/(?<name>(?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/(?<width>[0-9]{1,3}))?$/;

/** The tile of a path as `tilePath` writes it, otherwise null. */
export function parseTilePath(path: string): Tile | null {
  const { level = '', name = '', width } = tilePattern.exec(path)?.groups ?? {};
  if (name === '') return null;
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    number: BigInt(name.replaceAll(/[x/]/g, '')),
    width: width === undefined ? tileWidth : Number(width),
  };
  const isPossible = tile.width > 0 && (width === undefined || tile.width < tileWidth);
  return isPossible && tilePath(tile) === path ? tile : null;
}

/** How many hashes or entries a tree of that size has in this tile: 0 when it has no such tile. */
export function widthIn(size: bigint, { level, number }: Omit<Tile, 'width'>): number {
  const nodes = size >> (8n * BigInt(level === 'entries' ? 0 : level));
  const beyond = nodes - number * 256n;
  if (beyond >= 256n) return tileWidth;
  return beyond > 0n ? Number(beyond) : 0;
}

/** The partial tiles of a tree, the highest first: they hold its peaks, from left to right. */
export function edgeTiles(size: bigint): HashTile[] {
  const tiles: HashTile[] = [];
  for (let [level, nodes] = [0, size]; nodes > 0n; [level, nodes] = [level + 1, nodes >> 8n]) {
    const width = Number(nodes & 255n);
    if (width > 0) tiles.unshift({ level, number: nodes >> 8n, width });
  }
  return tiles;
}

/** The first and the last entry below a tile. */
export function entriesBelow({ level, number, width }: Tile): { first: bigint; last: bigint } {
  const shift = 8n * BigInt(level === 'entries' ? 0 : level);
  const first = number << 8n;
  return { first: first << shift, last: ((first + BigInt(width)) << shift) - 1n };
}

/** No tile or bundle of that width is longer. */
export const tileBytesMax = ({ level, width }: Tile): number =>
  width * (level === 'entries' ? 2 + entryBytesMax : hashSize);

/** The hashes of a tile whose length is right. */
export const splitHashes = (bytes: Buffer, width: number): Buffer[] =>
  Array.from({ length: width }, (_, i) => bytes.subarray(i * hashSize, (i + 1) * hashSize));

/** Up to `width` entries of a bundle, and how many bytes are left after them. */
export function splitEntries(bytes: Buffer, width: number): { entries: Buffer[]; left: number } {
  const entries: Buffer[] = [];
  let offset = 0;
  while (entries.length < width && offset + 2 <= bytes.length) {
    const end = offset + 2 + bytes.readUInt16BE(offset);
    if (end > bytes.length) break;
    entries.push(bytes.subarray(offset + 2, end));
    offset = end;
  }
  return { entries, left: bytes.length - offset };
}
