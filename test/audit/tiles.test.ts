/** The writer's tree: grown in any steps it is the tree of RFC 6962, and its tiles are those of the layout. */
import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  bundleOf,
  formatPosition,
  GrowingTree,
  nodesFrom,
  parsePosition,
  tilePath,
  tilesOf,
  type Tile,
} from '../../src/audit/log/tiles.ts';
import {
  consistencyProof,
  inclusionProof,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../../src/audit/tree.ts';

const leaves = Array.from({ length: 70_000 }, (_, i) =>
  createHash('sha256').update(`${i}`).digest(),
);

/** Grows a tree in steps of these sizes, each from the tiles that the step before has left. */
async function grow(steps: readonly number[]) {
  const kept = new Map<string, Tile>();
  const roots = new Map<number, Buffer>();
  let size = 0;
  for (const step of steps) {
    const edge = [...kept.values()].filter(({ level, position }) => {
      const width = Math.floor(size / 256 ** level) % 256;
      return width > 0 && Number(position) === Math.floor(size / 256 ** (level + 1));
    });
    const tree = new GrowingTree(BigInt(size), edge);
    for (const leaf of leaves.slice(size, size + step)) tree.append(leaf);
    for (const tile of tree.changed) kept.set(`${tile.level}/${tile.position}`, tile);
    size += step;
    roots.set(size, await tree.root());
  }
  const readNode = nodesFrom(
    ({ level, position }) => kept.get(`${level}/${position}`)?.hashes ?? null,
  );
  return { kept, roots, readNode, size };
}

describe('a tree that grows at its right edge', () => {
  test.each<[string, number[]]>([
    ['one by one', Array.from({ length: 600 }, () => 1)],
    ['up to the border of a tile', [255, 1, 255, 1, 256, 1]],
    ['over several tiles', [1, 300, 1_000, 3, 20_000]],
    ['into the third level', [65_535, 1, 1, 4_463]],
  ])('%s, has the root of all its leaves at every step', async (_name, steps) => {
    const { roots } = await grow(steps);
    for (const [size, root] of roots) {
      expect(root.equals(rootOf(leaves.slice(0, size))), `${size} records`).toBe(true);
    }
  });

  test('its tiles prove every record and every earlier size', async () => {
    const steps = [1, 255, 1, 300, 65_000, 443];
    const { readNode, roots, size } = await grow(steps);
    const root = roots.get(size)!;
    for (const index of [0, 1, 255, 256, 556, 557, 65_535, 65_999]) {
      const proof = await inclusionProof(BigInt(index), BigInt(size), readNode);
      const claim = { index: BigInt(index), size: BigInt(size), leafHash: leaves[index]!, root };
      expect(verifyInclusion({ ...claim, proof }), `record ${index}`).toBe(true);
      expect(verifyInclusion({ ...claim, leafHash: leaves[index + 1]!, proof })).toBe(false);
    }
    for (const [from, fromRoot] of roots) {
      const proof = await consistencyProof(BigInt(from), BigInt(size), readNode);
      const claim = { from: BigInt(from), to: BigInt(size), fromRoot, toRoot: root };
      expect(verifyConsistency({ ...claim, proof }), `${from} records`).toBe(true);
      const other = randomBytes(32);
      expect(verifyConsistency({ ...claim, fromRoot: other, proof })).toBe(false);
    }
  });

  test('its tiles are those of the layout, with their widths', async () => {
    const { kept, size } = await grow([70_000]);
    const wanted = [...tilesOf(BigInt(size))].filter(({ level }) => level !== 'entries');
    expect(wanted.length).toBe(273 + 1 + 1 + 1 + 1);
    for (const { level, position, width } of wanted) {
      expect(kept.get(`${level}/${position}`)?.hashes.length).toBe(width * 32);
    }
    const partial = wanted
      .filter(({ width }) => width < 256)
      .map(({ level, width }) => [level, width]);
    expect(partial).toEqual([
      [0, 112],
      [1, 17],
      [2, 1],
    ]);
  });

  test.each<[string, bigint, Tile[]]>([
    ['none', 3n, []],
    ['one too many', 0n, [{ level: 0, position: 0n, hashes: leaves[0]! }]],
    ['another width', 3n, [{ level: 0, position: 0n, hashes: Buffer.concat(leaves.slice(0, 2)) }]],
    [
      'only the lowest',
      300n,
      [{ level: 0, position: 1n, hashes: Buffer.concat(leaves.slice(0, 44)) }],
    ],
  ])('refuses tiles that are not its own: %s', (_name, size, edge) => {
    expect(() => new GrowingTree(size, edge)).toThrow(RangeError);
  });

  test('a node of a tile that is missing or too short is refused', async () => {
    const short = nodesFrom(() => Buffer.concat(leaves.slice(0, 3)));
    await expect(short(2, 0n)).rejects.toThrow(RangeError);
    await expect(short(1, 0n)).resolves.toHaveLength(32);
    await expect(nodesFrom(() => null)(0, 0n)).rejects.toThrow(RangeError);
  });
});

describe('paths of the layout', () => {
  test.each<[bigint, string]>([
    [0n, '000'],
    [7n, '007'],
    [999n, '999'],
    [1_000n, 'x001/000'],
    [1_234_067n, 'x001/x234/067'],
    [10n ** 15n, 'x001/x000/x000/x000/x000/000'],
  ])('%i is %s', (position, text) => {
    expect(formatPosition(position)).toBe(text);
    expect(parsePosition(text)).toBe(position);
  });

  test.each([
    '',
    '0',
    '00',
    '0000',
    'x000/001',
    'x1/000',
    '001/000',
    'x001/x000',
    'x001/000/',
    '-01',
    ' 001',
    '0x1',
    '../000',
  ])('no position: %j', (text) => expect(parsePosition(text)).toBeNull());

  test('a tile that is not full says its width', () => {
    expect(tilePath(0, 273n, 112)).toBe('tile/0/273.p/112');
    expect(tilePath('entries', 1_234n)).toBe('tile/entries/x001/234');
  });

  test('a bundle holds each entry after its length', () => {
    expect(bundleOf([Buffer.from('ab'), Buffer.alloc(0), Buffer.alloc(300, 1)])).toEqual(
      Buffer.concat([
        Buffer.from([0, 2]),
        Buffer.from('ab'),
        Buffer.from([0, 0, 1, 44]),
        Buffer.alloc(300, 1),
      ]),
    );
  });
});
