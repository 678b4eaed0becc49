/** Compares a log with checkpoints of it that were kept elsewhere. */
import { appendLeaf, emptyEdge, rootOf, rootOfEdge, type Edge } from '../tree.ts';
import type { VerifierKey, Signer } from './note.ts';
import { parsed, problemOf, type Problem, type Problems } from './problem.ts';
import { parseSignedCheckpoint, verifyCheckpoint, type SignedCheckpoint } from './signed.ts';
import { tileWidth, type HashTile } from './tiles.ts';

export interface KeptCheckpoint {
  readonly text: string;
  /** Its place among those that were given, from 1. */
  readonly number: number;
}

export interface OldCheckpoint extends SignedCheckpoint {
  /** Its place among those that were given, from 1. */
  readonly number: number;
}

/** Those that have the form of a checkpoint; the others are problems. */
export function parseOldCheckpoints(
  kept: readonly KeptCheckpoint[],
  problems: Problems,
): OldCheckpoint[] {
  return kept.flatMap(({ text, number }) => {
    const checkpoint = parsed(
      () => parseSignedCheckpoint(Buffer.from(text)),
      (reason) => problems.add(problemOf('OLD_MALFORMED', {}, { number: `${number}`, reason })),
    );
    return checkpoint ? { ...checkpoint, number } : [];
  });
}

/** Works out the roots of smaller trees while the tiles of leaf hashes pass by in order. */
export class OldRoots {
  /** Each leaf is a full tile. */
  #tiles: Edge | null = emptyEdge;
  readonly #sizes: readonly bigint[];
  readonly roots = new Map<bigint, Buffer>();

  constructor(sizes: readonly bigint[]) {
    this.#sizes = sizes;
  }

  /** Takes the root as the tile above has it, or as the hashes make it. */
  add({ number, width }: HashTile, hashes: readonly Buffer[] | null, root: Buffer | null): void {
    const start = number * BigInt(tileWidth);
    const whole = root ?? (hashes && rootOf(hashes));
    for (const size of this.#sizes) {
      const part = Number(size - start);
      if (!this.#tiles || part <= 0 || part > width) continue;
      const last = part === width ? whole : hashes && rootOf(hashes.slice(0, part));
      if (last) this.roots.set(size, rootOfEdge({ peaks: [...this.#tiles.peaks, last] }));
    }
    // After a tile that is not known no root is.
    this.#tiles = this.#tiles && whole && appendLeaf(this.#tiles, whole);
  }
}

export interface Present {
  readonly checkpoint: SignedCheckpoint;
  readonly signedBy: readonly Signer[];
  /** Whether keys from outside judged it: then a new key needs no old one to vouch for it. */
  readonly isTrusted: boolean;
  readonly file: string;
}

/** What can be said of an old checkpoint before the tree is read. */
export function compareSigned(
  old: OldCheckpoint,
  present: Present,
  keys: readonly VerifierKey[],
): Problem[] {
  const { checkpoint, file } = present;
  const number = `${old.number}`;
  if (old.origin !== checkpoint.origin) {
    const parameters = { number, origin: old.origin, expected: checkpoint.origin };
    return [problemOf('OLD_ORIGIN', {}, parameters)];
  }
  const { failure, signedBy } = verifyCheckpoint(old, keys);
  const problems: Problem[] = [];
  if (failure) {
    const code = failure.code === 'KEY_AMBIGUOUS' ? failure.code : (`OLD_${failure.code}` as const);
    problems.push(problemOf(code, {}, { ...failure.parameters, number }));
  }
  const logKeys = present.signedBy.filter(({ name }) => name === old.origin);
  const isContinued = logKeys.some(({ id }) =>
    signedBy.some((signer) => signer.name === old.origin && signer.id === id),
  );
  if (!present.isTrusted && logKeys.length > 0 && !isContinued) {
    problems.push(problemOf('KEY_CHANGED', { file }, { number }));
  }
  if (old.size > checkpoint.size) {
    const parameters = { number, old: `${old.size}`, size: `${checkpoint.size}` };
    problems.push(problemOf('OLD_LARGER', {}, parameters));
  }
  return problems;
}

/** What the tree says of an old checkpoint of the same log that is not larger. */
export function compareRoot(
  { size, root, number }: OldCheckpoint,
  roots: ReadonlyMap<bigint, Buffer>,
): Problem | null {
  const computed = roots.get(size);
  if (size === 0n || computed?.equals(root)) return null;
  const code = computed ? 'OLD_ROOT_DIFFERS' : 'OLD_NOT_COMPARED';
  return problemOf(code, {}, { number: `${number}`, old: `${size}` });
}
