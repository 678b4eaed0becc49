/** Checks an exported log offline, and the change log that may lie inside of the export. */
import path from 'node:path';
import { ExportFiles } from './files.ts';
import { parseTrustedKey } from './keys.ts';
import { LogCheck, type LogReport } from './log.ts';
import type { KeptCheckpoint } from './old.ts';
import { parsed } from './problem.ts';
import { parseSignedCheckpoint } from './signed.ts';

export interface CheckOptions {
  /** Texts of checkpoints that were kept elsewhere, of this log or of its change log. */
  readonly oldCheckpoints?: readonly string[] | undefined;
  /** Verifier keys from elsewhere; when there are any, those of the export do not count. */
  readonly trustedKeys?: readonly string[] | undefined;
  /** Bundles before the first and after the last may be missing; not those of changes. */
  readonly firstEntry?: bigint | undefined;
  readonly lastEntry?: bigint | undefined;
  readonly onProgress?: ((done: bigint, total: bigint) => void) | undefined;
}

export interface Report extends LogReport {
  /** Whether there is no problem, in the change log neither. */
  readonly sound: boolean;
  readonly changes: Report | null;
}

/** Never rejects for what lies in the folder: that is in the report. */
export async function checkExport(directory: string, options: CheckOptions = {}): Promise<Report> {
  const { oldCheckpoints = [] } = options;
  const trustedKeys = options.trustedKeys?.length ? options.trustedKeys : null;
  const files = new ExportFiles(directory, '');
  const folder = (await files.list('.')).find(({ name }) => name === 'changes');
  const changesFiles = folder && new ExportFiles(path.join(directory, 'changes'), 'changes/');
  const changesOrigin = changesFiles ? await originIn(changesFiles) : null;
  const kept = oldCheckpoints.map((text, i) => ({ text, number: i + 1 }));
  const isOfChanges = ({ text }: KeptCheckpoint) =>
    changesOrigin !== null && originOf(Buffer.from(text)) === changesOrigin;
  const main = new LogCheck(files, {
    kept: kept.filter((one) => !isOfChanges(one)),
    trustedKeys,
    firstEntry: options.firstEntry ?? null,
    lastEntry: options.lastEntry ?? null,
    onProgress: options.onProgress ?? nothing,
  });
  const report = await main.run();
  const changes = changesFiles
    ? await checkChanges(changesFiles, kept.filter(isOfChanges), trustedKeys)
    : null;
  const sound = report.problems.length === 0 && (changes?.sound ?? true);
  return { ...report, sound, changes };
}

async function checkChanges(
  files: ExportFiles,
  kept: readonly KeptCheckpoint[],
  trustedKeys: readonly string[] | null,
): Promise<Report> {
  const check = new LogCheck(files, {
    kept,
    // One that is malformed has been reported once.
    trustedKeys: trustedKeys?.filter(isVerifierKey) ?? null,
    firstEntry: null,
    lastEntry: null,
    onProgress: nothing,
  });
  const report = await check.run();
  return { ...report, sound: report.problems.length === 0, changes: null };
}

const nothing = () => undefined;

const isVerifierKey = (vkey: string): boolean =>
  parsed(() => parseTrustedKey(vkey), nothing) !== null;

const originOf = (bytes: Buffer): string | null =>
  parsed(() => parseSignedCheckpoint(bytes), nothing)?.origin ?? null;

async function originIn(files: ExportFiles): Promise<string | null> {
  const read = await files.read('checkpoint');
  return 'failure' in read ? null : originOf(read.bytes);
}
