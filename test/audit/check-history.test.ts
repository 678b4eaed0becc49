/** Against what was kept elsewhere: no history is rewritten, cut or continued by others unnoticed. */
import { describe, expect, test } from 'vitest';
import { problemsMax } from '../../src/audit/check/problem.ts';
import {
  bundle,
  bytes,
  check,
  forged,
  found,
  hash,
  key,
  log,
  origin,
  placesOf,
  removed,
  second,
  sound,
} from './support/export-checks.ts';
import { checkpointOf, filesOf, recordsOf, type TestLog } from './support/export-writer.ts';
import { NaiveTree } from './support/naive-tree.ts';
import { checkpointText, noteOf, signed, testKey } from './support/notes.ts';

describe('a whole history', () => {
  test('is not continued without what it was', async () => {
    const rewritten = { ...log, entries: log.entries.with(261, forged) };
    const files = filesOf(rewritten).set('checkpoint', Buffer.from(checkpointOf(log)));
    expect(await found(files)).toEqual(['ROOT_DIFFERS checkpoint']);
  });

  test('of three levels is judged from the top', async () => {
    const files = filesOf({ origin, keys: [key], entries: recordsOf(66_000) });
    expect(await found(hash('1/000', 7)(files))).toEqual(['TILE_CHANGED tile/1/000']);
    expect(await found(hash('2/000.p/1', 0)(files))).toEqual(['TILE_CHANGED tile/2/000.p/1']);
    const both = hash('1/000', 7)(hash('0/100', 0)(files));
    expect(await found(both)).toEqual([
      'TILE_CHANGED tile/1/000',
      'TILE_CHANGED tile/0/007',
      'TILE_CHANGED tile/0/100',
    ]);
    const above = bytes('tile/1/000', removed)(files);
    expect(await found(above)).toEqual(['TILE_MISSING tile/1/000']);
  });

  test(`is given up after ${problemsMax} problems`, async () => {
    const shifted = bundle('001', [forged, ...second.slice(0, -1)])(sound());
    const report = await check(bytes('tile/entries/002.p/188', removed)(shifted));
    expect(placesOf(report)).toHaveLength(problemsMax);
    expect(report).toMatchObject({ sound: false, isComplete: false, entriesChecked: 356n });
  });

  test('that is not there at all is given up too', async () => {
    const checkpoint = checkpointOf({ ...log, entries: [forged] }).replace(
      '\n1\n',
      `\n${2n ** 64n - 1n}\n`,
    );
    const report = await check(new Map([['checkpoint', Buffer.from(checkpoint)]]));
    expect(report).toMatchObject({ sound: false, isComplete: false });
  });
});

const newKey = testKey(origin, 'new key');
const rewritten: TestLog = { ...log, entries: log.entries.with(261, forged) };

/** The checkpoint of the log when it had so many records. */
const oldAt = (count: number): string => checkpointOf(log, count);

describe('an old checkpoint', () => {
  test.each([0, 1, 255, 256, 257, 261, 262, 511, 512, 513, 699, 700])(
    'of %s records is what the log begins with',
    async (count) => {
      const report = await check(sound(), { oldCheckpoints: [oldAt(count)] });
      expect(report).toMatchObject({ sound: true, keysFromExport: false });
    },
  );

  test('of a log of three levels too', async () => {
    const large: TestLog = { ...log, entries: recordsOf(66_000) };
    const oldCheckpoints = [1, 65_535, 65_536, 65_537, 65_900].map((count) =>
      checkpointOf(large, count),
    );
    expect(await found(filesOf(large), { oldCheckpoints })).toEqual([]);
  });

  test('finds the whole log rewritten from the first changed record on', async () => {
    const counts = [256, 261, 262, 512, 700];
    const oldCheckpoints = counts.map((count) => oldAt(count));
    const report = await check(filesOf(rewritten), { oldCheckpoints });
    const places = report.problems.map(({ code, parameters }) => [code, parameters['old']]);
    expect(places).toEqual(['262', '512', '700'].map((old) => ['OLD_ROOT_DIFFERS', old]));
  });

  test('finds the log rewritten and signed with another key', async () => {
    const forgedLog = { ...rewritten, keys: [newKey] };
    const oldCheckpoints = [oldAt(300)];
    expect(await found(filesOf(forgedLog))).toEqual([]);
    expect(await found(filesOf(forgedLog), { oldCheckpoints })).toEqual([
      'OLD_KEY_UNKNOWN -',
      'KEY_CHANGED checkpoint',
      'OLD_ROOT_DIFFERS -',
    ]);
    const bothTold = filesOf({ ...forgedLog, keysTold: [key, newKey] });
    expect(await found(bothTold, { oldCheckpoints })).toEqual([
      'KEY_CHANGED checkpoint',
      'OLD_ROOT_DIFFERS -',
    ]);
  });

  test('finds the log continued with another key', async () => {
    const continued = filesOf({ ...log, keys: [newKey], keysTold: [key, newKey] });
    expect(await found(continued, { oldCheckpoints: [oldAt(300)] })).toEqual([
      'KEY_CHANGED checkpoint',
    ]);
    const trusted = { oldCheckpoints: [oldAt(300)], trustedKeys: [key.vkey, newKey.vkey] };
    expect(await found(continued, trusted)).toEqual([]);
    const handedOver = filesOf({ ...log, keys: [newKey, key] });
    expect(await found(handedOver, { oldCheckpoints: [oldAt(300)] })).toEqual([]);
  });

  test('is not that of another log', async () => {
    const otherKey = testKey('log.example/other', 'log');
    const other = checkpointOf({ ...log, origin: 'log.example/other', keys: [otherKey] });
    expect(await found(sound(), { oldCheckpoints: [other] })).toEqual(['OLD_ORIGIN -']);
  });

  test('is not larger than the log', async () => {
    const shortened = filesOf({ ...log, entries: log.entries.slice(0, 600) });
    expect(await found(shortened, { oldCheckpoints: [oldAt(700)] })).toEqual(['OLD_LARGER -']);
  });

  test('must be signed itself', async () => {
    const root = NaiveTree.of(log.entries).root(300n);
    const text = checkpointText(origin, 300, root);
    const unsigned = noteOf(text, signed(testKey('stranger.example', 's'), text));
    const codes = ['OLD_KEY_UNKNOWN -', 'KEY_CHANGED checkpoint'];
    expect(await found(sound(), { oldCheckpoints: [unsigned] })).toEqual(codes);
    const wrong = noteOf(text, signed(key, checkpointText(origin, 299, root)));
    const invalid = ['OLD_SIGNATURE_INVALID -', 'KEY_CHANGED checkpoint'];
    expect(await found(sound(), { oldCheckpoints: [wrong] })).toEqual(invalid);
    expect(await found(sound(), { oldCheckpoints: ['', oldAt(5)] })).toEqual(['OLD_MALFORMED -']);
  });

  test('is not taken for compared when the records it counts are not there', async () => {
    const files = bytes('tile/0/001', removed)(bytes('tile/entries/001', removed)(sound()));
    const oldCheckpoints = [oldAt(256), oldAt(300), oldAt(512), oldAt(600)];
    const report = await check(files, { oldCheckpoints });
    const notCompared = report.problems.filter(({ code }) => code === 'OLD_NOT_COMPARED');
    expect(notCompared.map(({ parameters }) => parameters['old'])).toEqual(['300']);
    expect(report.problems.filter(({ code }) => code === 'OLD_ROOT_DIFFERS')).toEqual([]);
  });
});
