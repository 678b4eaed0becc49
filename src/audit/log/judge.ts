/** Whether what the database shows of a log goes on from what a gateway has kept of it. */
import { readCheckpoint } from './checkpoint.ts';
import type { KeptCheckpoint } from './kept.ts';
import { isSignedBy } from './note.ts';
import { consistencyProof, verifyConsistency, type ReadNode } from '../tree.ts';

/** What the database shows of a log's tree in force. */
export interface ShownLog {
  readonly origin: string;
  readonly size: bigint;
  /** The newest checkpoint; null before the first. */
  readonly note: string | null;
  /** The bytes of the first record of a successor. */
  readonly opening: Buffer | null;
  readonly vkeys: readonly string[];
}

/** Null when it goes on, else why not. */
export async function judge(
  shown: ShownLog,
  kept: KeptCheckpoint | null,
  readNode: ReadNode,
): Promise<string | null> {
  if (kept && kept.origin !== shown.origin) {
    const why = judgeSuccessor(shown, kept);
    if (why) return why;
    return judge(shown, null, readNode);
  }
  if (shown.note === null)
    return kept && kept.size > 0n ? 'the log has no checkpoint any more' : null;
  if (shown.note === kept?.note) return null;
  const checkpoint = readCheckpoint(shown.note);
  if (checkpoint?.origin !== shown.origin || checkpoint.size !== shown.size) {
    return 'its newest checkpoint is of another tree or size';
  }
  if (!isSignedBy(shown.note, shown.origin, shown.vkeys)) {
    return 'its newest checkpoint is signed by none of its keys';
  }
  if (!kept || kept.size === 0n) return null;
  if (checkpoint.size < kept.size) {
    return `it has ${checkpoint.size} records, and had ${kept.size}`;
  }
  const [from, to] = [kept.size, checkpoint.size];
  const proof = await consistencyProof(from, to, readNode).catch((error: Error) => {
    if (error instanceof RangeError) return null;
    throw error;
  });
  const claim = { from, to, fromRoot: kept.root, toRoot: checkpoint.root };
  const goesOn = proof && verifyConsistency({ ...claim, proof });
  return goesOn ? null : `it does not begin with the ${kept.size} records that it had`;
}

/** A successor begins with a checkpoint that is no older than the kept one. */
function judgeSuccessor({ opening }: ShownLog, kept: KeptCheckpoint): string | null {
  const note = opening ? predecessorOf(opening) : null;
  const checkpoint = note === null ? null : readCheckpoint(note);
  const fits =
    note !== null &&
    checkpoint?.origin === kept.origin &&
    (checkpoint.size > kept.size ||
      (checkpoint.size === kept.size && checkpoint.root.equals(kept.root)));
  return fits ? null : `it is another log than ${kept.origin}, and no successor of it`;
}

/** The checkpoint of the lost tree that an opening record holds. */
function predecessorOf(opening: Buffer): string | null {
  const { predecessor } = JSON.parse(opening.toString('utf8')) as { predecessor?: unknown };
  return typeof predecessor === 'string' ? predecessor : null;
}
