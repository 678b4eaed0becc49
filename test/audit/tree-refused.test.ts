/** What the tree's verification refuses, and that it works at the edge of 64 bits. */
import { describe, expect, test } from 'vitest';
import {
  consistencyProof,
  emptyRoot,
  inclusionProof,
  nodeHash,
  perfectNodes,
  rootAt,
  verifyConsistency,
  verifyInclusion,
} from '../../src/audit/tree.ts';
import { areSame, NaiveTree, naiveLeaf, upTo } from './support/naive-tree.ts';

const naive = NaiveTree.of(Array.from({ length: 40 }, (_, i) => Buffer.from(`record ${i}`)));
const stranger = naiveLeaf(Buffer.from('stranger'));

function flip(hash: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(hash);
  flipped[bit >> 3]! ^= 1 << (bit & 7);
  return flipped;
}

/** Every proof that differs from this one by one bit, one hash, or the order of two of them. */
function* mutations(proof: readonly Buffer[]): Generator<Buffer[]> {
  for (let i = 0; i <= proof.length; i++) {
    for (const added of [stranger, emptyRoot(), ...proof, Buffer.alloc(0)])
      yield proof.toSpliced(i, 0, added);
    if (i === proof.length) break;
    yield proof.toSpliced(i, 1);
    for (const length of [0, 31, 33]) yield proof.with(i, Buffer.alloc(length, proof[i]));
    for (let bit = 0; bit < 256; bit++) yield proof.with(i, flip(proof[i]!, bit));
    for (let j = 0; j < i; j++) yield proof.with(i, proof[j]!).with(j, proof[i]!);
  }
}

describe('a changed proof is refused', () => {
  test.each([1n, 2n, 3n, 7n, 8n, 9n, 22n])('inclusion in %s', (size) => {
    for (const index of upTo(Number(size))) {
      const claim = naive.inclusion(index, size);
      for (const proof of mutations(claim.proof)) {
        expect(verifyInclusion({ ...claim, proof })).toBe(false);
      }
    }
  });

  test.each([1n, 2n, 3n, 7n, 8n, 9n, 22n])('consistency up to %s', (to) => {
    for (const from of upTo(Number(to) + 1).slice(1)) {
      const claim = naive.consistency(from, to);
      for (const proof of mutations(claim.proof)) {
        expect(verifyConsistency({ ...claim, proof })).toBe(false);
      }
    }
  });
});

describe('a changed claim is refused', () => {
  const claim = naive.inclusion(11n, 22n);
  test.each([
    ['another index', { index: 10n }],
    ['an index of another height', { index: 16n }],
    ['an index outside', { index: 22n }],
    ['a negative index', { index: -1n }],
    ['no size', { size: 0n }],
    ['a negative size', { size: -22n }],
    ['half the size', { size: 11n }],
    ['twice the size', { size: 44n }],
    ['a size of 65 bits', { size: 2n ** 64n }],
    ['an index and a size of 65 bits', { index: 2n ** 64n + 11n, size: 2n ** 64n + 22n }],
    ['another leaf', { leafHash: stranger }],
    ['a short leaf hash', { leafHash: claim.leafHash.subarray(1) }],
    ['no leaf hash', { leafHash: Buffer.alloc(0) }],
    ['another root', { root: stranger }],
    ['a short root', { root: claim.root.subarray(0, 31) }],
    ['the empty root', { root: emptyRoot() }],
    ['a long proof', { proof: Array.from({ length: 100_000 }, () => stranger) }],
  ])('inclusion with %s', (_, change) => {
    expect(verifyInclusion(claim)).toBe(true);
    expect(verifyInclusion({ ...claim, ...change })).toBe(false);
  });

  const pair = naive.consistency(11n, 22n);
  test.each([
    ['the sizes exchanged', { from: 22n, to: 11n }],
    ['the roots exchanged', { fromRoot: pair.toRoot, toRoot: pair.fromRoot }],
    ['one less before', { from: 10n }],
    ['one more before', { from: 12n }],
    ['twice the size', { to: 44n }],
    ['half the size', { to: 11n }],
    ['the empty tree before', { from: 0n }],
    ['the empty tree and its root before', { from: 0n, fromRoot: emptyRoot() }],
    ['the empty tree before, without a proof', { from: 0n, fromRoot: emptyRoot(), proof: [] }],
    ['a negative size', { from: -11n }],
    ['a size of 65 bits', { to: 2n ** 64n }],
    ['no proof', { proof: [] }],
    ['another root before', { fromRoot: stranger }],
    ['another root after', { toRoot: stranger }],
    ['a short root', { fromRoot: pair.fromRoot.subarray(1) }],
    ['equal sizes and a proof', { from: 22n, fromRoot: pair.toRoot }],
    ['equal sizes and other roots', { from: 22n, proof: [] }],
    ['its root repeated', { proof: [pair.fromRoot, ...pair.proof] }],
  ])('consistency with %s', (_, change) => {
    expect(verifyConsistency(pair)).toBe(true);
    expect(verifyConsistency({ ...pair, ...change })).toBe(false);
  });

  test('a tree is consistent with itself, the empty one too', () => {
    for (const size of upTo(40)) {
      const root = naive.root(size);
      const same = { from: size, to: size, fromRoot: root, toRoot: root, proof: [] };
      expect(verifyConsistency(same)).toBe(true);
    }
  });

  test('what does not exist is not proved', async () => {
    const { readNode } = naive;
    await expect(inclusionProof(3n, 3n, readNode)).rejects.toThrow(RangeError);
    await expect(inclusionProof(-1n, 3n, readNode)).rejects.toThrow(RangeError);
    await expect(inclusionProof(0n, 2n ** 64n, readNode)).rejects.toThrow(RangeError);
    await expect(consistencyProof(0n, 3n, readNode)).rejects.toThrow(RangeError);
    await expect(consistencyProof(4n, 3n, readNode)).rejects.toThrow(RangeError);
    await expect(consistencyProof(1n, 2n ** 64n, readNode)).rejects.toThrow(RangeError);
    await expect(rootAt(-1n, readNode)).rejects.toThrow(RangeError);
    await expect(rootAt(2n ** 64n, readNode)).rejects.toThrow(RangeError);
    expect(() => perfectNodes(2n, 1n)).toThrow(RangeError);
    expect(() => nodeHash(stranger, Buffer.alloc(31))).toThrow(RangeError);
  });
});

/** All leaves are alike but two, so that trees of 2^64 leaves can be worked out. */
describe('sizes up to 2^64 - 1', () => {
  const special = [2n ** 40n + 12_345n, 2n ** 63n];
  const huge = new NaiveTree(
    (index) => naiveLeaf(Buffer.from(special.includes(index) ? `leaf ${index}` : 'leaf')),
    (start, end) =>
      special.some((index) => index >= start && index < end)
        ? `${start}:${end}`
        : `${end - start} alike`,
  );
  const powers = [0, 1, 2, 8, 31, 32, 33, 40, 41, 52, 53, 54, 62, 63].map((k) => 2n ** BigInt(k));
  const sizes = [
    ...new Set([...powers.flatMap((k) => [k - 1n, k, k + 1n]), 2n ** 64n - 1n]),
  ].filter((size) => size > 0n);

  test('every index of interest in every size', async () => {
    const wrong: string[] = [];
    for (const size of sizes) {
      expect(await rootAt(size, huge.readNode)).toEqual(huge.root(size));
      for (const index of [...sizes, ...special, 0n].filter((one) => one < size)) {
        const claim = huge.inclusion(index, size);
        const proof = await inclusionProof(index, size, huge.readNode);
        const isRight =
          areSame(proof, claim.proof) &&
          verifyInclusion(claim) &&
          !verifyInclusion({ ...claim, leafHash: stranger }) &&
          !verifyInclusion({ ...claim, proof: [...claim.proof, stranger] });
        if (!isRight) wrong.push(`${index} in ${size}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('every pair of sizes', async () => {
    const wrong: string[] = [];
    for (const to of sizes) {
      for (const from of sizes.filter((one) => one <= to)) {
        const claim = huge.consistency(from, to);
        const proof = await consistencyProof(from, to, huge.readNode);
        const isRight =
          areSame(proof, claim.proof) &&
          verifyConsistency(claim) &&
          !verifyConsistency({ ...claim, toRoot: stranger });
        if (!isRight) wrong.push(`${from} to ${to}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
