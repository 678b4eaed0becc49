/** The Merkle tree by the recursive definitions of RFC 6962, section 2.1: nothing of src. */
import { hash } from 'node:crypto';

const sha256 = (...parts: Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer');

export const naiveLeaf = (entry: Uint8Array): Buffer => sha256(Buffer.from([0]), entry);
export const naiveNode = (left: Uint8Array, right: Uint8Array): Buffer =>
  sha256(Buffer.from([1]), left, right);

export const upTo = (end: number): bigint[] => Array.from({ length: end }, (_, i) => BigInt(i));

export const areSame = (a: readonly Buffer[], b: readonly Buffer[]): boolean =>
  a.length === b.length && a.every((hash, i) => hash.equals(b[i]!));

/** The largest power of two below n. */
export function split(n: bigint): bigint {
  let k = 1n;
  while (k * 2n < n) k *= 2n;
  return k;
}

/** D[start:end] of a tree whose leaf hashes are given by `leafAt`; keeps what it has worked out. */
export class NaiveTree {
  readonly #leafAt: (index: bigint) => Buffer;
  readonly #known = new Map<string, Buffer>();
  readonly #keyOf: (start: bigint, end: bigint) => string;

  /** `keyOf` may call subtrees alike that are known to be so. */
  constructor(
    leafAt: (index: bigint) => Buffer,
    keyOf = (start: bigint, end: bigint): string => `${start}:${end}`,
  ) {
    this.#leafAt = leafAt;
    this.#keyOf = keyOf;
  }

  static of(entries: readonly Uint8Array[]): NaiveTree {
    return new NaiveTree((index) => naiveLeaf(entries[Number(index)]!));
  }

  /** MTH(D[start:end]), section 2.1. */
  hash(start: bigint, end: bigint): Buffer {
    const key = this.#keyOf(start, end);
    const known = this.#known.get(key);
    if (known) return known;
    const k = start + split(end - start);
    const hash =
      start === end
        ? sha256()
        : end - start === 1n
          ? this.#leafAt(start)
          : naiveNode(this.hash(start, k), this.hash(k, end));
    this.#known.set(key, hash);
    return hash;
  }

  root(size: bigint): Buffer {
    return this.hash(0n, size);
  }

  /** PATH(index, D[start:end]), section 2.1.1. */
  path(index: bigint, end: bigint, start = 0n): Buffer[] {
    if (end - start === 1n) return [];
    const k = start + split(end - start);
    return index < k
      ? [...this.path(index, k, start), this.hash(k, end)]
      : [...this.path(index, end, k), this.hash(start, k)];
  }

  /** PROOF(from, D[0:to]), section 2.1.2. */
  proof(from: bigint, to: bigint): Buffer[] {
    return this.#subproof(from, 0n, to, true);
  }

  #subproof(from: bigint, start: bigint, end: bigint, isKnown: boolean): Buffer[] {
    if (from === end) return isKnown ? [] : [this.hash(start, end)];
    const k = start + split(end - start);
    return from <= k
      ? [...this.#subproof(from, start, k, isKnown), this.hash(k, end)]
      : [...this.#subproof(from, k, end, false), this.hash(start, k)];
  }

  readonly readNode = async (level: number, position: bigint): Promise<Buffer> =>
    this.hash(position << BigInt(level), (position + 1n) << BigInt(level));

  /** What is true of an entry, in the shape `verifyInclusion` takes. */
  inclusion(index: bigint, size: bigint) {
    const leafHash = this.hash(index, index + 1n);
    return { index, size, leafHash, proof: this.path(index, size), root: this.root(size) };
  }

  /** What is true of two sizes, in the shape `verifyConsistency` takes. */
  consistency(from: bigint, to: bigint) {
    const [fromRoot, toRoot] = [this.root(from), this.root(to)];
    return { from, to, fromRoot, toRoot, proof: this.proof(from, to) };
  }
}
