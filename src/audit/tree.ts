/** The Merkle tree of RFC 6962: its hashes, its growth, its proofs and their verification; pure. */
import { hash } from 'node:crypto';

/** Bytes of a SHA-256 hash. */
export const hashSize = 32;
/** Sizes and indexes are uint64 (RFC 6962, section 3.5). */
const sizeMax = 2n ** 64n - 1n;

// Out as a latin1 string and back: three times as fast as asking for a Buffer.
const sha256 = (bytes: Uint8Array) => Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');

/** The root of the tree without entries: SHA-256 of nothing (RFC 6962, section 2.1). */
export const emptyRoot = (): Buffer => sha256(new Uint8Array());

/** The hash of an entry: SHA-256(0x00 || entry) (RFC 6962, section 2.1). */
export const leafHash = (entry: Uint8Array): Buffer =>
  sha256(Buffer.concat([Buffer.from([0x00]), entry]));

const nodeBytes = Buffer.alloc(1 + 2 * hashSize, 0x01);
/** SHA-256(0x01 || left || right) (RFC 6962, section 2.1). RangeError unless both have 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  if (!isHash(left) || !isHash(right)) throw new RangeError('A hash has 32 bytes.');
  nodeBytes.set(left, 1);
  nodeBytes.set(right, 1 + hashSize);
  return sha256(nodeBytes);
}

const isHash = (bytes: Uint8Array): boolean => bytes.length === hashSize;
const areEqual = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
const isSize = (number: bigint): boolean => number >= 0n && number <= sizeMax;

export interface InclusionClaim {
  readonly index: bigint;
  readonly size: bigint;
  readonly leafHash: Uint8Array;
  /** From the leaf's sibling up to the root's child. */
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** Whether the leaf is at that index under that root (RFC 9162, section 2.1.3.2). Never throws. */
export function verifyInclusion(claim: InclusionClaim): boolean {
  const { index, size, proof, root } = claim;
  if (!isSize(index) || !isSize(size) || index >= size) return false;
  if (![claim.leafHash, root, ...proof].every(isHash)) return false;
  const top = climb(index, size - 1n, claim.leafHash, proof);
  return top !== null && areEqual(top.all, root);
}

export interface ConsistencyClaim {
  readonly from: bigint;
  readonly to: bigint;
  readonly fromRoot: Uint8Array;
  readonly toRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Whether the larger tree begins with the smaller one (RFC 9162, section 2.1.4.2). Never throws.
 * From the empty tree to a larger one nothing can be proved: false.
 */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { from, to, fromRoot, toRoot, proof } = claim;
  if (!isSize(from) || !isSize(to) || from > to) return false;
  // Nothing is hashed here, so it is equality alone that counts.
  if (from === to) return proof.length === 0 && areEqual(fromRoot, toRoot);
  if (![fromRoot, toRoot, ...proof].every(isHash)) return false;
  if (from === 0n || proof.length === 0) return false;
  const isPowerOfTwo = (from & (from - 1n)) === 0n;
  const [first, ...rest] = isPowerOfTwo ? [fromRoot, ...proof] : proof;
  let [node, last] = [from - 1n, to - 1n];
  while ((node & 1n) === 1n) [node, last] = [node >> 1n, last >> 1n];
  const top = climb(node, last, first!, rest);
  return top !== null && areEqual(top.left, fromRoot) && areEqual(top.all, toRoot);
}

/**
 * Joins a node with its siblings up to the root: with all of them, and with the left ones only.
 * Null unless the proof is as long as the way; `last` is the last node of the same level.
 */
function climb(node: bigint, last: bigint, start: Uint8Array, proof: readonly Uint8Array[]) {
  let [all, left] = [start, start];
  for (const sibling of proof) {
    if (last === 0n) return null;
    if ((node & 1n) === 1n || node === last) {
      [all, left] = [nodeHash(sibling, all), nodeHash(sibling, left)];
      // A border without a sibling of its own rises to where it has one.
      while ((node & 1n) === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      all = nodeHash(all, sibling);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n ? { all, left } : null;
}

/** The right edge of a tree: all that is needed to go on appending. */
export interface Edge {
  readonly size: bigint;
  /** The roots of the perfect subtrees that the leaves make up, largest first. */
  readonly peaks: readonly Uint8Array[];
}

/** Covers the leaves [position * 2^level, (position + 1) * 2^level); level 0 is a leaf. */
export interface PerfectNode {
  readonly level: number;
  readonly position: bigint;
}

export const emptyEdge: Edge = { size: 0n, peaks: [] };

/** The edge with one more leaf; `onNode` hears of each node that it completes, leaf first. */
export function appendLeaf(
  { size, peaks }: Edge,
  leaf: Uint8Array,
  onNode?: (node: PerfectNode, hash: Uint8Array) => void,
): Edge {
  const next = [...peaks];
  let [hash, level, position] = [leaf, 0, size];
  onNode?.({ level, position }, hash);
  for (; (position & 1n) === 1n; onNode?.({ level, position }, hash)) {
    hash = nodeHash(next.pop()!, hash);
    [level, position] = [level + 1, position >> 1n];
  }
  return { size: size + 1n, peaks: [...next, hash] };
}

/** The root of the tree with this edge: its peaks joined from the smallest to the largest. */
export function rootOfEdge({ peaks }: Pick<Edge, 'peaks'>): Buffer {
  if (peaks.length === 0) return emptyRoot();
  return Buffer.from(peaks.reduceRight((right, left) => nodeHash(left, right)));
}

/** The root over these leaf hashes, or over the hashes of perfect subtrees of one height. */
export function rootOf(hashes: readonly Uint8Array[]): Buffer {
  let row = hashes;
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i + 1 < row.length; i += 2) above.push(nodeHash(row[i]!, row[i + 1]!));
    // The last of an odd row rises as it is: so the largest power of two stands on the left.
    if (row.length % 2 === 1) above.push(row.at(-1)!);
    row = above;
  }
  return rootOfEdge({ peaks: row });
}

/** Gives the hash of a perfect subtree, from wherever it is kept. */
export type ReadNode = (level: number, position: bigint) => Promise<Uint8Array>;
type Range = readonly [start: bigint, end: bigint];

/** The perfect subtrees that make up the leaves [start, end), from left to right. */
export function perfectNodes(start: bigint, end: bigint): PerfectNode[] {
  if (!isSize(start) || !isSize(end) || start > end) throw new RangeError('No such leaves.');
  const nodes: PerfectNode[] = [];
  for (let next = start; next < end; next += 1n << BigInt(nodes.at(-1)!.level)) {
    let level = 0n;
    while (((next >> level) & 1n) === 0n && next + (2n << level) <= end) level += 1n;
    nodes.push({ level: Number(level), position: next >> level });
  }
  return nodes;
}

/** For the subtrees of a tree: their perfect nodes become smaller from left to right. */
async function hashOf([start, end]: Range, readNode: ReadNode): Promise<Buffer> {
  const nodes = perfectNodes(start, end).map(({ level, position }) => readNode(level, position));
  return rootOfEdge({ peaks: await Promise.all(nodes) });
}

/** The root of the first `size` leaves. RangeError outside of 64 bits. */
export const rootAt = (size: bigint, readNode: ReadNode) => hashOf([0n, size], readNode);

/** PATH(index, D[size]) of RFC 6962, section 2.1.1. RangeError unless 0 <= index < size < 2^64. */
export async function inclusionProof(index: bigint, size: bigint, readNode: ReadNode) {
  if (index < 0n || index >= size) throw new RangeError('No such leaf.');
  const { siblings } = descend(index, size, ([start, end]) => end - start === 1n);
  return Promise.all(siblings.map((range) => hashOf(range, readNode)));
}

/** PROOF(from, D[to]) of RFC 6962, section 2.1.2. RangeError unless 0 < from <= to < 2^64. */
export async function consistencyProof(from: bigint, to: bigint, readNode: ReadNode) {
  if (from <= 0n || from > to) throw new RangeError('No such trees.');
  const { siblings, reached } = descend(from - 1n, to, ([, end]) => end === from);
  // A whole smaller tree is not told: who verifies knows its root. A subtree it ends with is.
  const told = reached[0] === 0n ? siblings : [reached, ...siblings];
  return Promise.all(told.map((range) => hashOf(range, readNode)));
}

/** The siblings on the way down to a leaf, lowest first, and the subtree reached. */
function descend(leaf: bigint, size: bigint, isEnd: (reached: Range) => boolean) {
  const siblings: Range[] = [];
  let reached: Range = [0n, size];
  while (!isEnd(reached)) {
    const [start, end]: Range = reached;
    const middle = start + (1n << BigInt((end - start - 1n).toString(2).length - 1));
    const isLeft = leaf < middle;
    siblings.unshift(isLeft ? [middle, end] : [start, middle]);
    reached = isLeft ? [start, middle] : [middle, end];
  }
  return { siblings, reached };
}
