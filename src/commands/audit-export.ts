/** `audit export`: a log as plain files, in the layout that independent programs know. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { readCheckpoint } from '../audit/log/checkpoint.ts';
import { tilePath, tilesOf, tileWidth, type TileSpan } from '../audit/log/tiles.ts';
import {
  openLogSource,
  withSourceOptions,
  type LogSource,
  type SourceOptions,
} from './log-source.ts';
import { startProgress, type Progress } from './progress.ts';
import { UsageError } from './usage.ts';

/** Indexes of the first and the last entry wanted; hashes are exported whole, so that all can be verified. */
export interface EntryRange {
  readonly from: bigint | null;
  readonly to: bigint | null;
}

const everything: EntryRange = { from: null, to: null };

export interface ExportWishes {
  readonly range: EntryRange;
  /** How it is shown how far the work is. */
  readonly progress?: (name: string) => Progress;
}

export function parseIndex(text: string | undefined, option: string): bigint | null {
  if (text === undefined) return null;
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  throw new UsageError(`${option} takes the number of a record, such as 1000.`, 2);
}

const isWanted = ({ level, position, width }: TileSpan, { from, to }: EntryRange): boolean => {
  const first = position * BigInt(tileWidth);
  const last = first + BigInt(width) - 1n;
  return level !== 'entries' || ((from === null || last >= from) && (to === null || first <= to));
};

function writeInto(directory: string, name: string, bytes: string | Uint8Array): void {
  const file = path.join(directory, ...name.split('/'));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

/** Runs the work on all items, so many at once; the first failure ends it. */
async function forEachAtOnce<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const next = items[Symbol.iterator]();
  const worker = async () => {
    for (let item = next.next(); !item.done; item = next.next()) await work(item.value);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

export interface Exported {
  readonly origin: string;
  readonly size: bigint;
  /** Paths of bundles that are not there: erased entries. */
  readonly absent: readonly string[];
}

/** One log below `prefix`, its checkpoint last: an export that was stopped has none. */
async function exportLog(
  source: LogSource,
  prefix: string,
  directory: string,
  { range, progress = startProgress }: ExportWishes,
): Promise<Exported | null> {
  const note = await source.read(`${prefix}checkpoint`);
  const checkpoint = note && readCheckpoint(note.toString('utf8'));
  if (!note || !checkpoint) return null;
  const { origin, size } = checkpoint;
  const spans = [...tilesOf(size)].filter((span) => isWanted(span, range));
  const absent: string[] = [];
  const shown = progress(origin);
  let done = 0;
  await forEachAtOnce(spans, source.atOnce, async ({ level, position, width }) => {
    const name = tilePath(level, position, width);
    const bytes = await source.read(prefix + name);
    if (bytes) writeInto(directory, prefix + name, bytes);
    else absent.push(prefix + name);
    shown.show((done += 1), spans.length);
  });
  shown.end();
  const keys = (await source.read(`${prefix}keys`))?.toString('utf8') ?? '';
  for (const vkey of keys.split('\n').filter(Boolean)) {
    const id = vkey.slice(origin.length + 1).split('+')[0] ?? '';
    writeInto(directory, `${prefix}keys/${id}.vkey`, `${vkey}\n`);
  }
  writeInto(directory, `${prefix}checkpoint`, note);
  return { origin, size, absent: absent.sort() };
}

/** Both logs. The range is of the access log; changes are exported whole. */
export async function exportLogs(
  source: LogSource,
  directory: string,
  { range = everything, progress = startProgress }: Partial<ExportWishes> = {},
): Promise<{ access: Exported; changes: Exported | null }> {
  mkdirSync(directory, { recursive: true });
  if (readdirSync(directory).length > 0) {
    throw new UsageError(`${directory} is not empty; name a new folder.`, 2);
  }
  const changes = await exportLog(source, 'changes/', directory, { range: everything, progress });
  const access = await exportLog(source, '', directory, { range, progress });
  if (!access) throw new UsageError('The log has no checkpoint yet: nothing was recorded.', 2);
  return { access, changes };
}

interface ExportOptions extends SourceOptions {
  readonly from?: string;
  readonly to?: string;
}

const sentence = ({ origin, size, absent }: Exported): string => {
  const missing =
    absent.length > 0 ? `; ${absent.length} bundles of erased entries are missing` : '';
  return `${origin}: ${size} records${missing}`;
};

export function exportCommand(): Command {
  const command = new Command('export')
    .description(
      'Write the access log and the change log as files of c2sp.org/tlog-tiles, with their keys. Without --as, --token or --url it reads the database of the settings as its operator.',
    )
    .argument('<directory>', 'a new folder')
    .option('--from <number>', 'entries from this record on; hashes are written of all')
    .option('--to <number>', 'entries up to this record')
    .action(async (directory: string, options: ExportOptions) => {
      const range = {
        from: parseIndex(options.from, '--from'),
        to: parseIndex(options.to, '--to'),
      };
      const source = await openLogSource(options);
      try {
        const { access, changes } = await exportLogs(source, directory, { range });
        const lines = [access, ...(changes ? [changes] : [])].map(sentence);
        process.stdout.write(`${lines.join('\n')}\n`);
      } finally {
        await source.close();
      }
    });
  return withSourceOptions(command);
}
