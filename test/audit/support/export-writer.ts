/** Writes logs as exports by C2SP tlog-tiles, as simply as can be: nothing of src. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NaiveTree } from './naive-tree.ts';
import { checkpointText, noteOf, signed, type TestKey } from './notes.ts';

export const recordsOf = (count: number, word = 'record'): Buffer[] =>
  Array.from({ length: count }, (_, i) => Buffer.from(`${word} ${i}`));

export interface TestLog {
  readonly origin: string;
  readonly entries: readonly Buffer[];
  readonly keys: readonly TestKey[];
  /** Those whose verifier keys lie in keys/; all that sign when nothing is said. */
  readonly keysTold?: readonly TestKey[];
  /** More signature lines of the checkpoint's text. */
  readonly more?: (text: string) => string;
}

export type Files = Map<string, Buffer>;

/** The number of a tile in three digits for each path element. */
function numbered(number: number): string {
  if (number < 1000) return String(number).padStart(3, '0');
  const [head, last] = [numbered(Math.floor(number / 1000)), String(number % 1000)];
  const parts = head.split('/').map((part) => (part.startsWith('x') ? part : `x${part}`));
  return [...parts, last.padStart(3, '0')].join('/');
}

export const bundleOf = (entries: readonly Buffer[]): Buffer =>
  Buffer.concat(
    entries.flatMap((entry) => [Buffer.from([entry.length >> 8, entry.length & 255]), entry]),
  );

export function checkpointOf({ origin, entries, keys, more }: TestLog): string {
  const root = NaiveTree.of(entries).root(BigInt(entries.length));
  const text = checkpointText(origin, entries.length, root);
  return noteOf(text, ...keys.map((key) => signed(key, text)), more?.(text) ?? '');
}

/** All files of the export by their paths. */
export function filesOf(log: TestLog): Files {
  const files: Files = new Map([['checkpoint', Buffer.from(checkpointOf(log))]]);
  for (const [i, { vkey }] of (log.keysTold ?? log.keys).entries()) {
    files.set(`keys/${i}.vkey`, Buffer.from(`${vkey}\n`));
  }
  const tree = NaiveTree.of(log.entries);
  for (let level = 0, span = 1; span <= log.entries.length; level += 1, span *= 256) {
    const nodes = Math.floor(log.entries.length / span);
    for (let start = 0; start < nodes; start += 256) {
      const width = Math.min(256, nodes - start);
      const name = `${numbered(start / 256)}${width < 256 ? `.p/${width}` : ''}`;
      const hashes = Array.from({ length: width }, (_, i) =>
        tree.hash(BigInt((start + i) * span), BigInt((start + i + 1) * span)),
      );
      files.set(`tile/${level}/${name}`, Buffer.concat(hashes));
      if (level > 0) continue;
      files.set(`tile/entries/${name}`, bundleOf(log.entries.slice(start, start + width)));
    }
  }
  return files;
}

/** Writes the files to a new folder, hands it over, and removes it. */
export async function inFolder<T>(files: Files, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'export-'));
  try {
    for (const [name, bytes] of files) {
      const location = path.join(folder, name);
      mkdirSync(path.dirname(location), { recursive: true });
      writeFileSync(location, bytes);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
