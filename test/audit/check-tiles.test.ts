/** Names and widths of tiles by C2SP tlog-tiles. */
import { describe, expect, test } from 'vitest';
import {
  edgeTiles,
  entriesBelow,
  parseTilePath,
  splitEntries,
  tilePath,
  widthIn,
} from '../../src/audit/check/tiles.ts';

describe('paths', () => {
  test.each([
    [{ level: 0, number: 0n, width: 256 }, 'tile/0/000'],
    [{ level: 0, number: 999n, width: 1 }, 'tile/0/999.p/1'],
    [{ level: 1, number: 1000n, width: 256 }, 'tile/1/x001/000'],
    [{ level: 63, number: 1_234_067n, width: 255 }, 'tile/63/x001/x234/067.p/255'],
    [{ level: 'entries' as const, number: 1_234_067n, width: 256 }, 'tile/entries/x001/x234/067'],
    [{ level: 0, number: 2n ** 56n, width: 256 }, 'tile/0/x072/x057/x594/x037/x927/936'],
  ])('%o is %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  test.each([
    'tile/0/0',
    'tile/0/0000',
    'tile/0/x000/001',
    'tile/0/001/000',
    'tile/0/x001',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/000.p/256',
    'tile/0/000.p',
    'tile/0/000/',
    'tile/data/000',
    'tile/0/000\n',
    'other/0/000',
    'tile/0/000.tmp',
  ])('%s is none', (path) => {
    expect(parseTilePath(path)).toBeNull();
  });
});

describe('the tiles of a tree', () => {
  test('are those of the specification’s example', () => {
    const widths = [272n, 273n, 274n].map((number) => widthIn(70_000n, { level: 0, number }));
    expect(widths).toEqual([256, 112, 0]);
    expect(widthIn(70_000n, { level: 'entries', number: 273n })).toBe(112);
    expect(edgeTiles(70_000n)).toEqual([
      { level: 2, number: 0n, width: 1 },
      { level: 1, number: 1n, width: 17 },
      { level: 0, number: 273n, width: 112 },
    ]);
    expect(edgeTiles(256n)).toEqual([{ level: 1, number: 0n, width: 1 }]);
    expect(edgeTiles(0n)).toEqual([]);
  });

  test('are counted up to 64 bits', () => {
    const size = 2n ** 64n - 1n;
    const edge = edgeTiles(size);
    expect(edge).toHaveLength(8);
    expect(edge.every(({ width }) => width === 255)).toBe(true);
    expect(entriesBelow(edge.at(-1)!)).toEqual({ first: 2n ** 64n - 256n, last: size - 1n });
    expect(widthIn(size, { level: 8, number: 0n })).toBe(0);
  });
});

describe('bundles', () => {
  const bundle = Buffer.from('0003616263' + '0000' + '00021234', 'hex');
  const texts = (width: number, bytes = bundle) => {
    const { entries, left } = splitEntries(bytes, width);
    return { entries: entries.map((entry) => entry.toString('hex')), left };
  };

  test('fall into their entries, empty ones too', () => {
    expect(texts(3)).toEqual({ entries: ['616263', '', '1234'], left: 0 });
  });

  test('show what is left over or cut off', () => {
    expect(texts(2)).toEqual({ entries: ['616263', ''], left: 4 });
    expect(texts(4)).toEqual({ entries: ['616263', '', '1234'], left: 0 });
    expect(texts(3, bundle.subarray(0, -1))).toEqual({ entries: ['616263', ''], left: 3 });
    expect(texts(3, bundle.subarray(0, 8))).toEqual({ entries: ['616263', ''], left: 1 });
    expect(texts(1, Buffer.alloc(0))).toEqual({ entries: [], left: 0 });
  });
});
