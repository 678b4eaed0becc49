/** The Merkle tree against the published vectors, and against the RFC's own recursive definition. */
import { describe, expect, test } from 'vitest';
import {
  appendLeaf,
  consistencyProof,
  emptyEdge,
  emptyRoot,
  inclusionProof,
  leafHash,
  perfectNodes,
  rootAt,
  rootOf,
  rootOfEdge,
  verifyConsistency,
  verifyInclusion,
  type Edge,
} from '../../src/audit/tree.ts';
import { goLog } from './support/go-vectors.ts';
import { areSame, NaiveTree, upTo } from './support/naive-tree.ts';
import {
  consistencyProofs,
  entries,
  hex,
  inclusionProofs,
  roots,
} from './support/published-tree.ts';

describe('the published vectors hold', () => {
  const tree = NaiveTree.of(entries);

  test.each(roots.map((root, size) => ({ root, size })))('root of $size entries', async (one) => {
    const { root, size } = one;
    const leaves = entries.slice(0, size).map(leafHash);
    expect(rootOf(leaves)).toEqual(root);
    expect(
      rootOfEdge(leaves.reduce<Edge>((edge, leaf) => appendLeaf(edge, leaf), emptyEdge)),
    ).toEqual(root);
    expect(await rootAt(BigInt(size), tree.readNode)).toEqual(root);
  });

  test.each(inclusionProofs)('entry $index in $size', async ({ index, size, proof }) => {
    const hashes = proof.map(hex);
    const claim = {
      index: BigInt(index),
      size: BigInt(size),
      leafHash: leafHash(entries[index]!),
      proof: hashes,
      root: roots[size]!,
    };
    expect(await inclusionProof(claim.index, claim.size, tree.readNode)).toEqual(hashes);
    expect(verifyInclusion(claim)).toBe(true);
  });

  test.each(consistencyProofs)('$from to $to', async ({ from, to, proof }) => {
    const hashes = proof.map(hex);
    const sizes = { from: BigInt(from), to: BigInt(to) };
    expect(await consistencyProof(sizes.from, sizes.to, tree.readNode)).toEqual(hashes);
    const claim = { ...sizes, fromRoot: roots[from]!, toRoot: roots[to]!, proof: hashes };
    expect(verifyConsistency(claim)).toBe(true);
  });

  test('those of an independent implementation', async () => {
    const size = 1000n;
    const thousand = NaiveTree.of(upTo(1000).map((i) => Buffer.from(`record ${i}`)));
    const base64 = (texts: readonly string[]) => texts.map((text) => Buffer.from(text, 'base64'));
    const [root, fromRoot] = base64([goLog.roots[1000], goLog.roots[300]]);
    expect(await rootAt(size, thousand.readNode)).toEqual(root);
    expect(await rootAt(300n, thousand.readNode)).toEqual(fromRoot);
    const path = await inclusionProof(777n, size, thousand.readNode);
    expect(path).toEqual(base64(goLog.inclusion));
    const proof = await consistencyProof(300n, size, thousand.readNode);
    expect(proof).toEqual(base64(goLog.consistency));
    const leaf = leafHash(Buffer.from('record 777'));
    const claim = { index: 777n, size, leafHash: leaf, proof: path, root: root! };
    expect(verifyInclusion(claim)).toBe(true);
    const pair = { from: 300n, to: size, fromRoot: fromRoot!, toRoot: root!, proof };
    expect(verifyConsistency(pair)).toBe(true);
  });

  test('the root of nothing', () => expect(emptyRoot()).toEqual(roots[0]));
});

const sizeTested = 130;
const numbered = Array.from({ length: sizeTested }, (_, i) => Buffer.from(`record ${i}`));
const naive = NaiveTree.of(numbered);

describe(`the recursive definition and the tree agree for all sizes up to ${sizeTested}`, () => {
  test('roots, however they are made', async () => {
    let edge = emptyEdge;
    const leaves: Buffer[] = [];
    for (const size of upTo(sizeTested)) {
      expect(rootOfEdge(edge)).toEqual(naive.root(size));
      expect(rootOf(leaves)).toEqual(naive.root(size));
      expect(await rootAt(size, naive.readNode)).toEqual(naive.root(size));
      leaves.push(leafHash(numbered[Number(size)]!));
      edge = appendLeaf(edge, leaves.at(-1)!);
      expect(edge.size).toBe(size + 1n);
    }
  });

  test('each perfect node is announced once, when its last leaf is appended', () => {
    let edge = emptyEdge;
    const announced: string[] = [];
    for (const entry of numbered) {
      edge = appendLeaf(edge, leafHash(entry), ({ level, position }, hash) => {
        const end = (position + 1n) << BigInt(level);
        expect(end).toBe(edge.size + 1n);
        expect(hash).toEqual(naive.hash(position << BigInt(level), end));
        announced.push(`${level}/${position}`);
      });
    }
    const all = upTo(8).flatMap((level) =>
      upTo(sizeTested >> Number(level)).map((position) => `${level}/${position}`),
    );
    expect(announced.toSorted()).toEqual(all.toSorted());
  });

  test('every inclusion proof', async () => {
    const wrong: string[] = [];
    for (const size of upTo(sizeTested + 1)) {
      for (const index of upTo(Number(size))) {
        const claim = naive.inclusion(index, size);
        const proof = await inclusionProof(index, size, naive.readNode);
        const isRight = areSame(proof, claim.proof) && verifyInclusion(claim);
        if (!isRight) wrong.push(`${index} in ${size}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('every consistency proof', async () => {
    const wrong: string[] = [];
    for (const to of upTo(sizeTested + 1)) {
      for (const from of upTo(Number(to) + 1).slice(1)) {
        const claim = naive.consistency(from, to);
        const proof = await consistencyProof(from, to, naive.readNode);
        const isRight = areSame(proof, claim.proof) && verifyConsistency(claim);
        if (!isRight) wrong.push(`${from} to ${to}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('ranges fall into the perfect nodes that cover them', () => {
    for (const end of upTo(40)) {
      for (const start of upTo(Number(end) + 1)) {
        let next = start;
        for (const { level, position } of perfectNodes(start, end)) {
          expect(position << BigInt(level)).toBe(next);
          next += 1n << BigInt(level);
        }
        expect(next).toBe(end);
      }
    }
  });
});
