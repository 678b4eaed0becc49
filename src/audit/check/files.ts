/** Reads the files of an export: what cannot be read becomes a problem, never an exception. */
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { noteBytesMax } from './note.ts';
import { problemOf, type Problem } from './problem.ts';
import type { Reason } from './reasons.ts';
import {
  entriesBelow,
  splitEntries,
  splitHashes,
  tileBytesMax,
  tilePath,
  tileWidth,
  type Tile,
} from './tiles.ts';

export type FileRead =
  | { readonly bytes: Buffer }
  | { readonly failure: 'MISSING' | 'LONG' | 'UNREADABLE'; readonly detail: string };

export interface TileRead {
  /** Where it was found; where it was expected when it is missing. */
  readonly file: string;
  readonly bytes: Buffer | null;
  readonly problem: Problem | null;
}

export interface HashesRead extends TileRead {
  readonly hashes: readonly Buffer[] | null;
}

export interface EntriesRead extends TileRead {
  /** As many as there are, up to the bundle's width. */
  readonly entries: readonly Buffer[] | null;
}

export class ExportFiles {
  readonly #directory: string;
  /** What the paths in problems begin with: an export can lie inside of another. */
  readonly prefix: string;

  constructor(directory: string, prefix: string) {
    this.#directory = directory;
    this.prefix = prefix;
  }

  /** A plain file of up to `bytesMax`. */
  async read(file: string, bytesMax: number = noteBytesMax): Promise<FileRead> {
    const location = path.join(this.#directory, file);
    try {
      // Asked first, because opening something that is no file can wait for ever.
      const { size } = await stat(location).then((found) =>
        found.isFile() ? found : Promise.reject(Object.assign(new Error(), { code: 'NOT_A_FILE' })),
      );
      if (size > bytesMax) return { failure: 'LONG', detail: size.toString() };
      const handle = await open(location);
      try {
        const bytes = Buffer.alloc(size);
        const { bytesRead } = await handle.read(bytes, 0, size, 0);
        return { bytes: bytes.subarray(0, bytesRead) };
      } finally {
        await handle.close();
      }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'UNKNOWN';
      const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
      return { failure: isMissing ? 'MISSING' : 'UNREADABLE', detail: code };
    }
  }

  /** The names in a folder, sorted; none when there is no such folder. */
  async list(folder: string): Promise<{ name: string; isFolder: boolean }[]> {
    try {
      const found = await readdir(path.join(this.#directory, folder), { withFileTypes: true });
      return found
        .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch {
      return [];
    }
  }

  /** A partial tile that is missing is looked for in the full one, which begins with it. */
  async #readTile(tile: Tile): Promise<{ found: Tile; read: FileRead }> {
    const read = await this.read(tilePath(tile), tileBytesMax(tile));
    if (!('failure' in read) || read.failure !== 'MISSING' || tile.width === tileWidth) {
      return { found: tile, read };
    }
    const full = { ...tile, width: tileWidth };
    const readFull = await this.read(tilePath(full), tileBytesMax(full));
    const isMissing = 'failure' in readFull && readFull.failure === 'MISSING';
    return isMissing ? { found: tile, read } : { found: full, read: readFull };
  }

  /** The tile's hashes; null with the problem that keeps them from being known. */
  async hashes(tile: Tile): Promise<HashesRead> {
    const { found, read } = await this.#readTile(tile);
    const file = this.prefix + tilePath(found);
    const { first, last } = entriesBelow(tile);
    if ('failure' in read) {
      const { failure, detail } = read;
      const problem = {
        MISSING: problemOf('TILE_MISSING', { file }, { first: `${first}`, last: `${last}` }),
        LONG: sizeProblem(file, found, detail),
        UNREADABLE: problemOf('FILE_UNREADABLE', { file }, { error: detail }),
      }[failure];
      return { file, bytes: null, hashes: null, problem };
    }
    const { bytes } = read;
    if (bytes.length !== tileBytesMax(found)) {
      const problem = sizeProblem(file, found, `${bytes.length}`);
      return { file, bytes, hashes: null, problem };
    }
    return { file, bytes, hashes: splitHashes(bytes, tile.width), problem: null };
  }

  /** The entries of a bundle; a wrong number of them is a problem, but does not hide them. */
  async entries(bundle: Tile): Promise<EntriesRead> {
    const { found, read } = await this.#readTile(bundle);
    const file = this.prefix + tilePath(found);
    const { first, last } = entriesBelow(bundle);
    const malformed = (reason: Reason) =>
      problemOf('ENTRIES_MALFORMED', { file }, { expected: `${found.width}`, reason });
    if ('failure' in read) {
      const { failure, detail } = read;
      const problem = {
        MISSING: problemOf('ENTRIES_MISSING', { file }, { first: `${first}`, last: `${last}` }),
        LONG: malformed('TOO_LARGE'),
        UNREADABLE: problemOf('FILE_UNREADABLE', { file }, { error: detail }),
      }[failure];
      return { file, bytes: null, entries: null, problem };
    }
    const { bytes } = read;
    const { entries, left } = splitEntries(bytes, found.width);
    const isShort = entries.length < found.width;
    const problem = isShort
      ? malformed('TOO_FEW_ENTRIES')
      : left > 0
        ? malformed('TOO_MANY_ENTRIES')
        : null;
    return { file, bytes, entries: entries.slice(0, bundle.width), problem };
  }
}

const sizeProblem = (file: string, tile: Tile, found: string): Problem =>
  problemOf('TILE_SIZE', { file }, { expected: `${tileBytesMax(tile)}`, found });
