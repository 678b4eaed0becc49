/** Parses the text of a checkpoint (C2SP tlog-checkpoint). */
import { emptyRoot, hashSize } from '../tree.ts';
import { decodeBase64 } from './note.ts';
import { Malformed } from './problem.ts';

export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Buffer;
  readonly extensions: readonly string[];
}

/** An unsigned 64-bit number in ASCII without leading zeros, otherwise null. */
export function parseUint64(text: string): bigint | null {
  if (!/^(0|[1-9][0-9]{0,19})$/.test(text)) return null;
  const number = BigInt(text);
  return number < 2n ** 64n ? number : null;
}

/** A SHA-256 hash in canonical base64, otherwise null. */
export function parseHash(text: string): Buffer | null {
  const bytes = decodeBase64(text);
  return bytes?.length === hashSize ? bytes : null;
}

/** Takes the text of a note, with its final newline; throws Malformed. */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n').slice(0, -1);
  const [origin, sizeLine, rootLine, ...extensions] = lines;
  if (origin === undefined || sizeLine === undefined || rootLine === undefined) {
    throw new Malformed('TOO_FEW_LINES');
  }
  if (lines.includes('')) throw new Malformed('EMPTY_LINE');
  const size = parseUint64(sizeLine);
  if (size === null) throw new Malformed('SIZE');
  const root = parseHash(rootLine);
  if (root === null) throw new Malformed('ROOT');
  if (size === 0n && !root.equals(emptyRoot())) throw new Malformed('EMPTY_TREE_ROOT');
  return { origin, size, root, extensions };
}
