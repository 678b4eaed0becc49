/** Looks for files below tile/ that the log's tree does not have, or that contradict its own. */
import type { ExportFiles } from './files.ts';
import { problemOf, type Problems } from './problem.ts';
import {
  parseTilePath,
  splitEntries,
  tileBytesMax,
  tilePath,
  tileWidth,
  widthIn,
  type Tile,
} from './tiles.ts';

/**
 * Files of other widths than the tree's own are leftovers of smaller trees or the beginnings of
 * larger ones (C2SP tlog-tiles, "Partial Tiles"): allowed as far as they agree.
 */
export async function checkExtras(
  files: ExportFiles,
  problems: Problems,
  size: bigint,
): Promise<void> {
  for await (const path of pathsBelow(files, 'tile')) {
    const tile = parseTilePath(path);
    const width = tile ? widthIn(size, tile) : 0;
    if (!tile || width === 0) {
      const file = files.prefix + path;
      problems.add(problemOf('TILE_SUPERFLUOUS', { file }, { size: `${size}` }));
    } else if (width !== tile.width) {
      await compare(files, problems, tile, width, size);
    }
  }
}

async function* pathsBelow(files: ExportFiles, folder: string): AsyncGenerator<string> {
  for (const { name, isFolder } of await files.list(folder)) {
    if (isFolder) yield* pathsBelow(files, `${folder}/${name}`);
    else yield `${folder}/${name}`;
  }
}

/** The shorter of the two has to be what the longer one begins with. */
async function compare(
  files: ExportFiles,
  problems: Problems,
  extra: Tile,
  width: number,
  size: bigint,
) {
  const own = { ...extra, width };
  const file = files.prefix + tilePath(extra);
  const [extraRead, ownRead] = await Promise.all([readTile(files, extra), readTile(files, own)]);
  if ('failure' in ownRead) {
    // A full file stood in for the partial one, and was checked as such. Any other is unchecked.
    const isUnchecked = ownRead.failure === 'MISSING' && extra.width !== tileWidth;
    if (isUnchecked) problems.add(problemOf('TILE_SUPERFLUOUS', { file }, { size: `${size}` }));
  } else if ('failure' in extraRead || !doAgree(extra, extraRead.bytes, ownRead.bytes)) {
    const other = files.prefix + tilePath(own);
    problems.add(problemOf('TILE_CONTRADICTED', { file }, { other }));
  }
}

const readTile = (files: ExportFiles, tile: Tile) => files.read(tilePath(tile), tileBytesMax(tile));

function doAgree(extra: Tile, extraBytes: Buffer, ownBytes: Buffer): boolean {
  const common = Math.min(extraBytes.length, ownBytes.length);
  return (
    isWhole(extra, extraBytes) &&
    extraBytes.subarray(0, common).equals(ownBytes.subarray(0, common))
  );
}

function isWhole(tile: Tile, bytes: Buffer): boolean {
  if (tile.level !== 'entries') return bytes.length === tileBytesMax(tile);
  const { entries, left } = splitEntries(bytes, tile.width);
  return entries.length === tile.width && left === 0;
}
