/** Checkpoints (c2sp.org/tlog-checkpoint): the size and the root of a tree at one moment, as a note's text. */
import { textOf } from './note.ts';
import { hashSize } from '../tree.ts';

export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Buffer;
}

export const formatCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`;

/** Null where the note holds no checkpoint. Says nothing of its signatures. */
export function readCheckpoint(note: string): Checkpoint | null {
  const [origin = '', size = '', base64 = '', ...rest] = (textOf(note) ?? '').split('\n');
  const root = Buffer.from(base64, 'base64');
  const isWhole = origin !== '' && /^(0|[1-9]\d{0,18})$/.test(size) && rest.join('') === '';
  return isWhole && root.length === hashSize ? { origin, size: BigInt(size), root } : null;
}
