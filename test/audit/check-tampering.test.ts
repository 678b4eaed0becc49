/** Each tampering with an export is found, and named by its file and by the record's number. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkExport } from '../../src/audit/check/export.ts';
import {
  bundle,
  bytes,
  forged,
  found,
  hash,
  key,
  log,
  longer,
  removed,
  second,
  shorter,
  sound,
  type Change,
} from './support/export-checks.ts';
import { filesOf, inFolder } from './support/export-writer.ts';
import { NaiveTree } from './support/naive-tree.ts';

const third = log.entries.slice(512);

/** The root of the second tile with a forged record at that place in it. */
const forgedRoot = (place: number): Buffer => NaiveTree.of(second.with(place, forged)).root(256n);

describe('a record', () => {
  test.each<[string, Change[], string[]]>([
    ['changed', [bundle('001', second.with(5, forged))], ['ENTRY_CHANGED tile/entries/001 261']],
    [
      'changed by one bit',
      [bytes('tile/entries/000', (whole) => whole.fill(whole[2]! ^ 1, 2, 3))],
      ['ENTRY_CHANGED tile/entries/000 0'],
    ],
    [
      'changed in the last, partial bundle',
      [bundle('002.p/188', third.with(187, forged))],
      ['ENTRY_CHANGED tile/entries/002.p/188 699'],
    ],
    [
      'exchanged with another',
      [bundle('001', second.with(4, second[14]!).with(14, second[4]!))],
      ['ENTRY_CHANGED tile/entries/001 260', 'ENTRY_CHANGED tile/entries/001 270'],
    ],
    [
      'removed',
      [bundle('001', second.toSpliced(44, 1))],
      ['ENTRIES_MALFORMED tile/entries/001', 'ENTRY_CHANGED tile/entries/001 300'],
    ],
    [
      'removed at the end',
      [bundle('001', second.slice(0, -1))],
      ['ENTRIES_MALFORMED tile/entries/001', 'ENTRY_MISSING tile/entries/001 511'],
    ],
    [
      'inserted',
      [bundle('001', second.toSpliced(44, 0, forged))],
      ['ENTRIES_MALFORMED tile/entries/001', 'ENTRY_CHANGED tile/entries/001 300'],
    ],
    [
      'added at the end',
      [bundle('001', [...second, forged])],
      ['ENTRIES_MALFORMED tile/entries/001'],
    ],
    [
      'inserted for one that was removed',
      [bundle('001', second.toSpliced(252, 0, forged).slice(0, 256))],
      [508, 509, 510, 511].map((index) => `ENTRY_CHANGED tile/entries/001 ${index}`),
    ],
    [
      'cut off',
      [bytes('tile/entries/001', shorter)],
      ['ENTRIES_MALFORMED tile/entries/001', 'ENTRY_MISSING tile/entries/001 511'],
    ],
    [
      'with a byte after it',
      [bytes('tile/entries/001', longer)],
      ['ENTRIES_MALFORMED tile/entries/001'],
    ],
    [
      'and all others of a bundle gone',
      [bytes('tile/entries/001', () => Buffer.alloc(0))],
      ['ENTRIES_MALFORMED tile/entries/001', 'ENTRY_MISSING tile/entries/001 256'],
    ],
    [
      'whose bundle is gone',
      [bytes('tile/entries/001', removed)],
      ['ENTRIES_MISSING tile/entries/001'],
    ],
    [
      'whose partial bundle is gone',
      [bytes('tile/entries/002.p/188', removed)],
      ['ENTRIES_MISSING tile/entries/002.p/188'],
    ],
  ])('%s', async (_, changes, expected) => {
    expect(await found(changes.reduce((files, change) => change(files), sound()))).toEqual(
      expected,
    );
  });
});

describe('a tile', () => {
  test.each<[string, Change[], string[]]>([
    ['changed', [hash('0/001', 5)], ['TILE_CHANGED tile/0/001']],
    ['changed, a partial one', [hash('0/002.p/188', 5)], ['TILE_CHANGED tile/0/002.p/188']],
    ['changed, one above others', [hash('1/000.p/2', 1)], ['TILE_CHANGED tile/1/000.p/2']],
    [
      'changed together with its record',
      [hash('0/001', 5), bundle('001', second.with(5, forged))],
      ['TILE_CHANGED tile/0/001'],
    ],
    [
      'changed together with its record and the tile above',
      [
        hash('0/001', 5),
        bundle('001', second.with(5, forged)),
        hash('1/000.p/2', 1, forgedRoot(5)),
      ],
      ['ROOT_DIFFERS checkpoint'],
    ],
    [
      'changed together with its record, a partial one',
      [hash('0/002.p/188', 5), bundle('002.p/188', third.with(5, forged))],
      ['ROOT_DIFFERS checkpoint'],
    ],
    [
      'changed, and a record elsewhere',
      [hash('1/000.p/2', 0), bundle('001', second.with(5, forged))],
      ['TILE_CHANGED tile/1/000.p/2', 'ENTRY_CHANGED tile/entries/001 261'],
    ],
    [
      'changed, and the one above it',
      [hash('0/001', 5), hash('1/000.p/2', 0)],
      ['ROOT_DIFFERS checkpoint', 'TILE_CHANGED tile/0/000', 'TILE_CHANGED tile/0/001'],
    ],
    ['missing', [bytes('tile/0/001', removed)], ['TILE_MISSING tile/0/001']],
    [
      'missing, a partial one',
      [bytes('tile/0/002.p/188', removed)],
      ['TILE_MISSING tile/0/002.p/188'],
    ],
    [
      'missing, one above others',
      [bytes('tile/1/000.p/2', removed)],
      ['TILE_MISSING tile/1/000.p/2'],
    ],
    [
      'missing together with its records',
      [bytes('tile/0/001', removed), bytes('tile/entries/001', removed)],
      ['TILE_MISSING tile/0/001', 'ENTRIES_MISSING tile/entries/001'],
    ],
    ['cut off', [bytes('tile/0/001', shorter)], ['TILE_SIZE tile/0/001']],
    ['too long', [bytes('tile/0/001', longer)], ['TILE_SIZE tile/0/001']],
    [
      'cut off by a hash',
      [bytes('tile/0/002.p/188', (whole) => whole.subarray(32))],
      ['TILE_SIZE tile/0/002.p/188'],
    ],
    ['empty', [bytes('tile/1/000.p/2', () => Buffer.alloc(0))], ['TILE_SIZE tile/1/000.p/2']],
  ])('%s', async (_, changes, expected) => {
    expect(await found(changes.reduce((files, change) => change(files), sound()))).toEqual(
      expected,
    );
  });
});

test('any byte of any file that is changed is found', async () => {
  const files = filesOf(log, 300);
  files.delete('keys/0.vkey');
  const missed = await inFolder(files, async (folder) => {
    const unnoticed: string[] = [];
    for (const [name, content] of files) {
      for (let at = 0; at < content.length; at += name === 'checkpoint' ? 5 : 97) {
        writeFileSync(path.join(folder, name), content.with(at, content[at]! ^ 1));
        const report = await checkExport(folder, { trustedKeys: [key.vkey] });
        if (report.sound) unnoticed.push(`${name} ${at}`);
      }
      writeFileSync(path.join(folder, name), content);
    }
    expect(await checkExport(folder, { trustedKeys: [key.vkey] })).toMatchObject({ sound: true });
    return unnoticed;
  });
  expect(missed).toEqual([]);
});
