/** What an export may hold, and what it must. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkExport } from '../../src/audit/check/export.ts';
import {
  added,
  bytes,
  check,
  found,
  key,
  log,
  longer,
  origin,
  placesOf,
  removed,
  sound,
} from './support/export-checks.ts';
import {
  checkpointOf,
  filesOf,
  inFolder,
  recordsOf,
  treeOf,
  type Files,
  type TestLog,
} from './support/export-writer.ts';
import { cosigned, testKey } from './support/notes.ts';

const large: TestLog = { ...log, entries: recordsOf(70_000) };

describe('a sound export', () => {
  test.each([0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 700, 65_535, 65_536, 65_537, 70_000])(
    'of %s records',
    async (count) => {
      const report = await check(filesOf(large, count));
      const root = treeOf(large.entries).root(BigInt(count));
      expect(report).toMatchObject({
        sound: true,
        origin,
        size: BigInt(count),
        root: root.toString('base64'),
        signedBy: [{ name: origin, id: key.id.toString('hex') }],
        cosignedBy: [],
        problems: [],
        isComplete: true,
        entriesChecked: BigInt(count),
        keysFromExport: true,
        changes: null,
      });
    },
  );

  test('tells how far it is', async () => {
    const seen: [bigint, bigint][] = [];
    await check(filesOf(log), { onProgress: (done, total) => seen.push([done, total]) });
    expect(seen).toEqual([256n, 512n, 700n].map((done) => [done, 700n]));
  });

  test('names its witnesses', async () => {
    const witness = testKey('witness.example', 'witness', 4);
    const more = (text: string) => cosigned(witness, text, 1_800_000_000n);
    const files = filesOf({ ...log, more, keysTold: [key, witness] });
    expect(await check(files)).toMatchObject({
      sound: true,
      cosignedBy: [{ name: 'witness.example', time: 1_800_000_000n }],
    });
  });

  test('may hold the whole tile where a part is expected, and parts of earlier sizes', async () => {
    const files = filesOf(log);
    const larger = filesOf({ ...log, entries: recordsOf(768) });
    for (const name of ['0/002', 'entries/002'])
      files.set(`tile/${name}`, larger.get(`tile/${name}`)!);
    const smaller = filesOf({ ...log, entries: recordsOf(300) });
    for (const name of ['0/001.p/44', 'entries/001.p/44', '1/000.p/1']) {
      files.set(`tile/${name}`, smaller.get(`tile/${name}`)!);
    }
    expect(await found(files)).toEqual([]);
    for (const name of ['0/002', 'entries/002']) files.delete(`tile/${name}.p/188`);
    expect(await found(files)).toEqual([]);
  });
});

describe('the files of an export', () => {
  test.each<[string, Files, string[]]>([
    ['none', new Map(), ['CHECKPOINT_MISSING checkpoint']],
    ['no checkpoint', bytes('checkpoint', removed)(sound()), ['CHECKPOINT_MISSING checkpoint']],
    [
      'a checkpoint that is cut off',
      bytes('checkpoint', (whole) => whole.subarray(0, -1))(sound()),
      ['CHECKPOINT_MALFORMED checkpoint'],
    ],
    [
      'a checkpoint of two megabytes',
      bytes('checkpoint', () => Buffer.alloc(2_000_000))(sound()),
      ['CHECKPOINT_MALFORMED checkpoint'],
    ],
    ['no keys', bytes('keys/0.vkey', removed)(sound()), ['KEYS_MISSING keys']],
    [
      'the key of another',
      bytes('keys/0.vkey', () => Buffer.from(`${testKey(origin, 'other').vkey}\n`))(sound()),
      ['KEY_UNKNOWN checkpoint'],
    ],
    [
      'a key without a line feed',
      bytes('keys/0.vkey', (whole) => whole.subarray(0, -1))(sound()),
      ['KEY_MALFORMED keys/0.vkey', 'KEYS_MISSING keys'],
    ],
    [
      'two keys in a file',
      bytes('keys/0.vkey', (whole) => Buffer.concat([whole, whole]))(sound()),
      ['KEY_MALFORMED keys/0.vkey', 'KEYS_MISSING keys'],
    ],
    [
      'one more key that is malformed',
      added(sound(), 'keys/1.vkey', 'key\n'),
      ['KEY_MALFORMED keys/1.vkey'],
    ],
    ['a note beside its keys', added(sound(), 'keys/readme.txt', 'these are keys'), []],
    ['a note at its root', added(sound(), 'README.md', 'this is an export'), []],
    [
      'the signature of another size',
      bytes('checkpoint', () => Buffer.from(checkpointOf(log).replace('\n700\n', '\n701\n')))(
        sound(),
      ),
      [
        'SIGNATURE_INVALID checkpoint',
        'TILE_MISSING tile/0/002.p/189',
        'ENTRIES_MISSING tile/entries/002.p/189',
        'TILE_SUPERFLUOUS tile/0/002.p/188',
        'TILE_SUPERFLUOUS tile/entries/002.p/188',
      ],
    ],
    [
      'a tile beyond its size',
      added(sound(), 'tile/0/003.p/1', Buffer.alloc(32)),
      ['TILE_SUPERFLUOUS tile/0/003.p/1'],
    ],
    [
      'a level beyond its size',
      added(sound(), 'tile/2/000.p/1', Buffer.alloc(32)),
      ['TILE_SUPERFLUOUS tile/2/000.p/1'],
    ],
    [
      'records beyond its size',
      added(sound(), 'tile/entries/003', 'records'),
      ['TILE_SUPERFLUOUS tile/entries/003'],
    ],
    [
      'a file that is no tile',
      added(sound(), 'tile/0/001.tmp', ''),
      ['TILE_SUPERFLUOUS tile/0/001.tmp'],
    ],
    [
      'a tile although it is empty',
      added(filesOf({ ...log, entries: [] }), 'tile/0/000.p/1', Buffer.alloc(32)),
      ['TILE_SUPERFLUOUS tile/0/000.p/1'],
    ],
    [
      'another beginning of a tile',
      added(sound(), 'tile/0/001.p/1', Buffer.alloc(32)),
      ['TILE_CONTRADICTED tile/0/001.p/1'],
    ],
    [
      'another whole of a tile',
      added(sound(), 'tile/0/002', Buffer.alloc(8192)),
      ['TILE_CONTRADICTED tile/0/002'],
    ],
    [
      'another beginning of a bundle',
      added(sound(), 'tile/entries/001.p/1', Buffer.from('0001ff', 'hex')),
      ['TILE_CONTRADICTED tile/entries/001.p/1'],
    ],
    [
      'a beginning of a bundle that is too long',
      added(sound(), 'tile/entries/002.p/187', longer(sound().get('tile/entries/002.p/188')!)),
      ['TILE_CONTRADICTED tile/entries/002.p/187'],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await found(files)).toEqual(expected);
  });

  test('one that is a folder is unreadable', async () => {
    const files = bytes('tile/0/001', removed)(bytes('checkpoint', (whole) => whole)(sound()));
    const places = await inFolder(files, async (folder) => {
      mkdirSync(path.join(folder, 'tile/0/001'));
      mkdirSync(path.join(folder, 'keys/1.vkey'));
      return placesOf(await checkExport(folder));
    });
    expect(places).toEqual(['FILE_UNREADABLE keys/1.vkey', 'FILE_UNREADABLE tile/0/001']);
  });

  test('a folder that is not there has none', async () => {
    const report = await checkExport('/nowhere/at/all');
    expect(placesOf(report)).toEqual(['CHECKPOINT_MISSING checkpoint']);
    expect(report).toMatchObject({ sound: false, origin: null, size: null, root: null });
  });
});
