/** What must hold of a log after any failure, seen from the answers that were received. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { checkExport } from '../../../src/audit/check/export.ts';
import { readCheckpoint } from '../../../src/audit/log/checkpoint.ts';
import { signingKeys } from '../../../src/audit/log/keys.ts';
import { publicKeyOf, vkeyOf } from '../../../src/audit/log/note.ts';
import { baseOf, logKinds, originOf } from '../../../src/audit/log/origins.ts';
import { exportLogs } from '../../../src/commands/audit-export.ts';
import { databaseSource } from '../../../src/commands/log-source.ts';
import type { Store } from '../../../src/platform/store.ts';
import type { Answer } from './load.ts';

export interface Recorded {
  readonly number: string;
  readonly request_id: string;
}

export const recordsQuery =
  'select number::text, request_id from access_record order by access_record.number';

/** Numbers from 0 on without gap or repetition, and under each answer's number its own request. */
export function expectRecorded(answers: readonly Answer[], records: readonly Recorded[]): void {
  const wrong = records.filter(({ number }, i) => number !== String(i));
  expect(wrong).toEqual([]);
  const lost = answers.filter(
    ({ number, requestId }) => records[Number(number)]?.request_id !== requestId,
  );
  expect(lost).toEqual([]);
  expect(new Set(answers.map(({ number }) => number)).size).toBe(answers.length);
}

export interface Evidence {
  /** Notes that were kept on the way. */
  readonly checkpoints: readonly string[];
  /** Folders of all gateways that signed: their keys are known from there, and not from the export. */
  readonly dataDirectories: readonly string[];
  /** How many records there are. */
  readonly size: number;
}

/** The whole log, exported from its database and checked offline; closes the store. */
export async function expectSound(store: Store, evidence: Evidence): Promise<void> {
  const { checkpoints, dataDirectories, size } = evidence;
  const folder = mkdtempSync(path.join(tmpdir(), 'lienthong-export-'));
  const source = databaseSource(store);
  try {
    const directory = path.join(folder, 'log');
    const { access } = await exportLogs(source, directory);
    expect([access.size, access.absent]).toEqual([BigInt(size), []]);
    const origins = logKinds.map((kind) => originOf(baseOf(access.origin), kind));
    const trustedKeys = dataDirectories
      .flatMap((data) => signingKeys([], data))
      .flatMap((key) => origins.map((origin) => vkeyOf(origin, publicKeyOf(key))));
    const sizes = checkpoints.map((note) => readCheckpoint(note)?.size);
    expect(new Set(sizes).size).toBe(checkpoints.length);
    const report = await checkExport(directory, { oldCheckpoints: checkpoints, trustedKeys });
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({ sound: true, isComplete: true, entriesChecked: BigInt(size) });
  } finally {
    await source.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
