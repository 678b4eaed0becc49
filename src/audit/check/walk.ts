/** Goes from a log's root through its tiles to its records, each compared with what is above. */
import { leafHash, perfectNodes, rootOf, rootOfEdge } from '../tree.ts';
import type { EntriesRead, ExportFiles, HashesRead } from './files.ts';
import { problemOf, type Problems } from './problem.ts';
import { edgeTiles, entriesBelow, tileWidth, type HashTile } from './tiles.ts';

/** Files that are read before their turn. */
const filesAhead = 8;

type Hashes = readonly Buffer[] | null;

export interface WalkOptions {
  readonly size: bigint;
  readonly root: Buffer;
  /** The records whose bundles must be there, the last one included. */
  readonly first: bigint;
  readonly last: bigint;
  /** Hears of each tile of leaf hashes, in order, with its hashes and its root, if known. */
  readonly onLeaves: (tile: HashTile, hashes: Hashes, root: Buffer | null) => void;
}

interface Loaded {
  readonly tile: HashTile;
  readonly read: HashesRead;
  readonly bundle: EntriesRead | null;
}

/**
 * The root is trusted, and so is each tile that hashes to what is trusted above it. A tile that
 * does not is made again from what lies below it: if that fits, the tile alone is to blame.
 */
export class TreeWalk {
  readonly #files: ExportFiles;
  readonly #problems: Problems;
  readonly #options: WalkOptions;
  entriesChecked = 0n;

  constructor(files: ExportFiles, problems: Problems, options: WalkOptions) {
    this.#files = files;
    this.#problems = problems;
    this.#options = options;
  }

  async run(): Promise<void> {
    const edge = await Promise.all(edgeTiles(this.#options.size).map((tile) => this.#load(tile)));
    const trusted = await this.#judgeEdge(edge);
    for (const [i, loaded] of edge.entries()) await this.#descend(loaded, trusted[i]!, null);
  }

  async #load(tile: HashTile): Promise<Loaded> {
    const [read, bundle] = await Promise.all([
      this.#files.hashes(tile),
      tile.level === 0 ? this.#files.entries({ ...tile, level: 'entries' }) : null,
    ]);
    return { tile, read, bundle };
  }

  /** The partial tiles have no tile above them: together they make up the root. */
  async #judgeEdge(edge: readonly Loaded[]): Promise<Hashes[]> {
    for (const { read } of edge) if (read.problem) this.#problems.add(read.problem);
    const own = edge.map(({ read }) => read.hashes);
    const computed = rootOfTiles(own);
    if (computed?.equals(this.#options.root)) return own;
    const below = await Promise.all(edge.map((loaded) => this.#rebuild(loaded)));
    for (let choice = 1; choice < 2 ** edge.length; choice++) {
      const isRebuilt = (i: number) => Math.floor(choice / 2 ** i) % 2 === 1;
      const mixed = own.map((hashes, i) => (isRebuilt(i) ? below[i]! : hashes));
      if (!rootOfTiles(mixed)?.equals(this.#options.root)) continue;
      edge.filter((_, i) => isRebuilt(i)).forEach((loaded) => this.#addChanged(loaded));
      return mixed;
    }
    if (computed) {
      const [expected, found] = [this.#options.root, computed].map((root) =>
        root.toString('base64'),
      );
      const file = `${this.#files.prefix}checkpoint`;
      this.#problems.add(
        problemOf('ROOT_DIFFERS', { file }, { expected: expected!, computed: found! }),
      );
    }
    return own;
  }

  async #descend({ tile, bundle }: Loaded, hashes: Hashes, root: Buffer | null): Promise<void> {
    if (bundle) {
      this.#options.onLeaves(tile, hashes, root);
      return this.#checkEntries(tile, bundle, hashes);
    }
    let position = 0;
    for await (const child of ahead(childrenOf(tile), (below) => this.#load(below))) {
      const expected = hashes?.[position++] ?? null;
      await this.#descend(child, await this.#judge(child, expected), expected);
    }
  }

  /** The tile's hashes, as well as they are known, against its own hash in the tile above. */
  async #judge(loaded: Loaded, expected: Buffer | null): Promise<Hashes> {
    const { hashes, problem } = loaded.read;
    if (problem) this.#problems.add(problem);
    if (!expected || (hashes && rootOf(hashes).equals(expected))) return hashes;
    this.#addChanged(loaded);
    const below = await this.#rebuild(loaded);
    return below && rootOf(below).equals(expected) ? below : hashes;
  }

  #addChanged({ tile, read }: Loaded): void {
    if (!read.hashes) return;
    const { first, last } = entriesBelow(tile);
    this.#problems.add(
      problemOf('TILE_CHANGED', { file: read.file }, { first: `${first}`, last: `${last}` }),
    );
  }

  /** What the tile's hashes have to be for what lies below it; null when that is not all there. */
  async #rebuild({ tile, bundle }: Loaded): Promise<Hashes> {
    if (bundle) return bundle.entries?.length === tile.width ? bundle.entries.map(leafHash) : null;
    const rebuilt: Buffer[] = [];
    for await (const { hashes } of ahead(childrenOf(tile), (below) => this.#files.hashes(below))) {
      if (!hashes) return null;
      rebuilt.push(rootOf(hashes));
    }
    return rebuilt;
  }

  #checkEntries(tile: HashTile, { file, entries, problem }: EntriesRead, hashes: Hashes): void {
    const { first, last } = entriesBelow(tile);
    const isNeeded = first <= this.#options.last && last >= this.#options.first;
    if (problem && (isNeeded || problem.code !== 'ENTRIES_MISSING')) this.#problems.add(problem);
    if (!entries || !hashes) return;
    for (const [i, entry] of entries.entries()) {
      this.entriesChecked += 1n;
      if (leafHash(entry).equals(hashes[i]!)) continue;
      this.#problems.add(problemOf('ENTRY_CHANGED', { file, index: first + BigInt(i) }));
      // With one too many or too few, all that follow are moved: the first one says it.
      if (problem) return;
    }
    if (entries.length === tile.width) return;
    const index = first + BigInt(entries.length);
    this.#problems.add(problemOf('ENTRY_MISSING', { file, index }, { last: `${last}` }));
  }
}

const childrenOf = ({ level, number, width }: HashTile): HashTile[] =>
  Array.from({ length: width }, (_, i) => ({
    level: level - 1,
    number: number * BigInt(tileWidth) + BigInt(i),
    width: tileWidth,
  }));

/** Loads in order, a few before their turn; `load` does not reject. */
async function* ahead<T, R>(items: readonly T[], load: (item: T) => Promise<R>) {
  const loading: Promise<R>[] = [];
  for (const item of items) {
    loading.push(load(item));
    if (loading.length > filesAhead) yield await loading.shift()!;
  }
  while (loading.length > 0) yield await loading.shift()!;
}

/** The root over a log's partial tiles, the highest first; null when one is not known. */
function rootOfTiles(tiles: readonly Hashes[]): Buffer | null {
  const peaks: Buffer[] = [];
  for (const hashes of tiles) {
    if (!hashes) return null;
    for (const { level, position } of perfectNodes(0n, BigInt(hashes.length))) {
      const start = Number(position) << level;
      peaks.push(rootOf(hashes.slice(start, start + 2 ** level)));
    }
  }
  return rootOfEdge({ peaks });
}
