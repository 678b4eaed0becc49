/** The last checkpoint that a gateway has seen of a log, kept in a file outside of the database. */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { readCheckpoint, type Checkpoint } from './checkpoint.ts';
import { baseOf } from './origins.ts';

export interface KeptCheckpoint extends Checkpoint {
  readonly note: string;
}

const ending = '.checkpoint';

/** Where a log's checkpoint is kept; the name is that of its first tree. */
const fileOf = (dataDirectory: string, firstOrigin: string): string =>
  path.join(dataDirectory, 'log', `${encodeURIComponent(firstOrigin)}${ending}`);

/** Null before the first one. A file that holds no checkpoint is an error and not nothing. */
export function readKept(dataDirectory: string, firstOrigin: string): KeptCheckpoint | null {
  const file = fileOf(dataDirectory, firstOrigin);
  let note: string;
  try {
    note = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const checkpoint = readCheckpoint(note);
  if (!checkpoint) throw new Error(`${file} holds no checkpoint; put back the one that was there.`);
  return { ...checkpoint, note };
}

/** The base of the one log that the folder keeps checkpoints of; null where there is none, or more than one. */
export function keptBase(dataDirectory: string): string | null {
  const directory = path.join(dataDirectory, 'log');
  if (!existsSync(directory)) return null;
  const names = readdirSync(directory).filter((name) => name.endsWith(ending));
  const bases = names.map((name) => baseOf(decodeURIComponent(name.slice(0, -ending.length))));
  return new Set(bases).size === 1 ? (bases[0] ?? null) : null;
}

/** Durable when it returns; a reader finds the old one or the new one, whole. */
export function writeKept(dataDirectory: string, firstOrigin: string, note: string): void {
  const file = fileOf(dataDirectory, firstOrigin);
  const unfinished = `${file}.${process.pid}`;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const descriptor = openSync(unfinished, 'w', 0o600);
  try {
    const bytes = Buffer.from(note);
    for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
    fdatasyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(unfinished, file);
}
