/** An export to tamper with, and what the check finds in it afterwards. */
import { expect } from 'vitest';
import { checkExport, type CheckOptions, type Report } from '../../../src/audit/check/export.ts';
import {
  bundleOf,
  filesOf,
  inFolder,
  recordsOf,
  type Files,
  type TestLog,
} from './export-writer.ts';
import { naiveLeaf } from './naive-tree.ts';
import { testKey } from './notes.ts';

export const origin = 'log.example/access';
export const key = testKey(origin, 'log');
/** Two full tiles of leaf hashes, one of 188, and one of two above them. */
export const log: TestLog = { origin, entries: recordsOf(700), keys: [key] };

export const check = (files: Files, options?: CheckOptions): Promise<Report> =>
  inFolder(files, (folder) => checkExport(folder, options));

/** The problems as `CODE file index`. */
export const placesOf = ({ problems }: Pick<Report, 'problems'>): string[] =>
  problems.map(({ code, file, index }) => `${code} ${file ?? '-'} ${index ?? ''}`.trim());

export async function found(files: Files, options?: CheckOptions): Promise<string[]> {
  const report = await check(files, options);
  expect(report.sound).toBe(report.problems.length === 0);
  return placesOf(report);
}

/** The export with one file changed, or removed. */
export function changed(
  files: Files,
  path: string,
  change: (bytes: Buffer) => Buffer | null,
): Files {
  const before = files.get(path);
  if (!before) throw new Error(`${path} is not in the export.`);
  const after = change(Buffer.from(before));
  const others = [...files].filter(([name]) => name !== path);
  return new Map(after ? [...others, [path, after]] : others);
}

export function added(files: Files, path: string, bytes: Buffer | string): Files {
  return new Map([...files, [path, Buffer.from(bytes)]]);
}

/** The entries of the second bundle. */
export const second = log.entries.slice(256, 512);
export const forged = Buffer.from('forged');

export const sound = (): Files => filesOf(log);

export type Change = (files: Files) => Files;

export const bundle =
  (name: string, entries: readonly Buffer[]): Change =>
  (files) =>
    changed(files, `tile/entries/${name}`, () => bundleOf(entries));

export const hash =
  (tile: string, place: number, value: Buffer = naiveLeaf(forged)): Change =>
  (files) =>
    changed(files, `tile/${tile}`, (bytes) => {
      bytes.set(value, place * 32);
      return bytes;
    });

export const bytes =
  (path: string, change: (bytes: Buffer) => Buffer | null): Change =>
  (files) =>
    changed(files, path, change);

export const removed = () => null;
export const shorter = (whole: Buffer) => whole.subarray(0, -1);
export const longer = (whole: Buffer) => Buffer.concat([whole, Buffer.from([0])]);
