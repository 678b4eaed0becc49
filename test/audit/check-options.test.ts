/** What the check of an export goes by: the records asked for, keys from elsewhere, the change log. */
import { describe, expect, test } from 'vitest';
import {
  added,
  bundle,
  bytes,
  check,
  forged,
  found,
  key,
  log,
  origin,
  placesOf,
  removed,
  second,
  sound,
} from './support/export-checks.ts';
import {
  checkpointOf,
  filesOf,
  recordsOf,
  type Files,
  type TestLog,
} from './support/export-writer.ts';
import { testKey } from './support/notes.ts';

describe('records that are asked for', () => {
  const without = (...names: string[]) =>
    names.reduce((files, name) => bytes(`tile/entries/${name}`, removed)(files), sound());

  test('must be there, the others need not', async () => {
    const range = { firstEntry: 256n, lastEntry: 511n };
    const report = await check(without('000', '002.p/188'), range);
    expect(report).toMatchObject({ sound: true, entriesChecked: 256n });
    expect(await found(without('001'), range)).toEqual(['ENTRIES_MISSING tile/entries/001']);
    expect(await found(without('000'), { firstEntry: 255n })).toEqual([
      'ENTRIES_MISSING tile/entries/000',
    ]);
    expect(await found(without('000'), { firstEntry: 256n })).toEqual([]);
    expect(await found(without('002.p/188'), { lastEntry: 512n })).toEqual([
      'ENTRIES_MISSING tile/entries/002.p/188',
    ]);
    expect(await found(without('002.p/188'), { lastEntry: 511n })).toEqual([]);
  });

  test('are not the only ones that are checked', async () => {
    const files = bundle('001', second.with(5, forged))(sound());
    expect(await found(files, { lastEntry: 3n })).toEqual(['ENTRY_CHANGED tile/entries/001 261']);
    const tiles = bytes('tile/0/001', removed)(sound());
    expect(await found(tiles, { lastEntry: 3n })).toEqual(['TILE_MISSING tile/0/001']);
  });

  test.each([
    { firstEntry: 700n },
    { lastEntry: 700n },
    { firstEntry: 5n, lastEntry: 4n },
    { firstEntry: -1n },
  ])('must exist: %o', async (range) => {
    expect(await found(sound(), range)).toEqual(['RANGE_OUTSIDE -']);
  });
});

describe('keys from elsewhere', () => {
  const stranger = testKey(origin, 'stranger');

  test('are the only ones that count', async () => {
    const report = await check(sound(), { trustedKeys: [`${key.vkey}\n`] });
    expect(report).toMatchObject({ sound: true, keysFromExport: false });
    expect(await found(sound(), { trustedKeys: [stranger.vkey] })).toEqual([
      'KEY_UNKNOWN checkpoint',
    ]);
    const withoutKeys = bytes('keys/0.vkey', removed)(sound());
    expect(await found(withoutKeys, { trustedKeys: [key.vkey] })).toEqual([]);
  });

  test('that are malformed are named', async () => {
    expect(await found(sound(), { trustedKeys: ['key'] })).toEqual([
      'TRUSTED_KEY_MALFORMED -',
      'KEY_UNKNOWN checkpoint',
    ]);
  });
});

describe('the change log inside of an export', () => {
  const changesKey = testKey('log.example/changes', 'changes');
  const changesLog: TestLog = {
    origin: 'log.example/changes',
    entries: recordsOf(300, 'change'),
    keys: [changesKey],
  };
  const whole = (changes = filesOf(changesLog)): Files =>
    new Map([
      ...sound(),
      ...[...changes].map(([name, content]) => [`changes/${name}`, content] as const),
    ]);

  test('is checked with it', async () => {
    const report = await check(whole());
    expect(report).toMatchObject({
      sound: true,
      changes: { sound: true, size: 300n, origin: changesLog.origin },
    });
  });

  test('makes it unsound', async () => {
    const files = bytes('changes/tile/entries/000', (content) => content.fill(0, 5, 6))(whole());
    const report = await check(files);
    expect(report).toMatchObject({ sound: false, problems: [], changes: { sound: false } });
    expect(placesOf(report.changes!)).toEqual(['ENTRY_CHANGED changes/tile/entries/000 0']);
  });

  test('has old checkpoints of its own, and must be signed by a trusted key', async () => {
    const oldCheckpoints = [checkpointOf(changesLog, 200), checkpointOf(log, 400)];
    const trustedKeys = [key.vkey, changesKey.vkey];
    expect(await check(whole(), { oldCheckpoints, trustedKeys })).toMatchObject({ sound: true });
    const rewritten = filesOf({ ...changesLog, entries: changesLog.entries.with(100, forged) });
    const report = await check(whole(rewritten), { oldCheckpoints, trustedKeys: [key.vkey] });
    expect(placesOf(report)).toEqual([]);
    expect(placesOf(report.changes!)).toEqual([
      'KEY_UNKNOWN changes/checkpoint',
      'OLD_KEY_UNKNOWN -',
      'OLD_ROOT_DIFFERS -',
    ]);
  });

  test('is missing when its folder is empty', async () => {
    const report = await check(added(sound(), 'changes/keys/0.vkey', `${changesKey.vkey}\n`));
    expect(placesOf(report.changes!)).toEqual(['CHECKPOINT_MISSING changes/checkpoint']);
  });
});
