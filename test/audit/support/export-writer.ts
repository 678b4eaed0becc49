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

const trees = new WeakMap<readonly Buffer[], NaiveTree>();

export function treeOf(entries: readonly Buffer[]): NaiveTree {
  const tree = trees.get(entries) ?? NaiveTree.of(entries);
  trees.set(entries, tree);
  return tree;
}

/** The log's checkpoint, now or when it had fewer records. */
export function checkpointOf(log: TestLog, size = log.entries.length): string {
  const { origin, entries, keys, more } = log;
  const text = checkpointText(origin, size, treeOf(entries).root(BigInt(size)));
  return noteOf(text, ...keys.map((key) => signed(key, text)), more?.(text) ?? '');
}

/** All files of the log's export by their paths, now or when it had fewer records. */
export function filesOf(log: TestLog, size = log.entries.length): Files {
  const files: Files = new Map([['checkpoint', Buffer.from(checkpointOf(log, size))]]);
  for (const [i, { vkey }] of (log.keysTold ?? log.keys).entries()) {
    files.set(`keys/${i}.vkey`, Buffer.from(`${vkey}\n`));
  }
  const tree = treeOf(log.entries);
  for (let level = 0, span = 1; span <= size; level += 1, span *= 256) {
    const nodes = Math.floor(size / span);
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
