/** Takes the signature of an agency's witness under a checkpoint, once it has verified it. */
import { PublicError } from '../../platform/errors.ts';
import type { Database } from '../../platform/prisma-client.ts';
import { parseNote, parseVerifierKey, verifyNote, type VerifierKey } from '../check/note.ts';
import { cosignaturesMax, findCheckpoint, findTree, type SignedCheckpoint } from './data.ts';
import { readCheckpoint } from './checkpoint.ts';
import { textOf } from './note.ts';
import type { LogKind } from './origins.ts';

interface Cosigned {
  readonly note: string;
  readonly vkey: string;
  readonly agencyId: string;
}

function keyFrom(vkey: string): VerifierKey {
  try {
    return parseVerifierKey(vkey);
  } catch {
    throw new PublicError('COSIGNATURE_INVALID', { name: vkey.split('+')[0]?.slice(0, 100) ?? '' });
  }
}

/** The key's line in the note, without its line feed; refuses a note that it has not signed. */
function lineOf(note: string, key: VerifierKey): string {
  const refusal = new PublicError('COSIGNATURE_INVALID', { name: key.name });
  try {
    const parsed = parseNote(Buffer.from(note));
    if (!verifyNote(parsed, [key]).isValid) throw refusal;
    const mine = parsed.signatures.find(({ name, id }) => name === key.name && id === key.id);
    if (!mine) throw refusal;
    const signature = Buffer.concat([Buffer.from(mine.id, 'hex'), mine.bytes]);
    return `\u2014 ${mine.name} ${signature.toString('base64')}`;
  } catch {
    throw refusal;
  }
}

/** The checkpoint with the new line. One key signs a checkpoint once; again changes nothing. */
export async function addCosignature(
  db: Database,
  kind: LogKind,
  { note, vkey, agencyId }: Cosigned,
): Promise<SignedCheckpoint> {
  const key = keyFrom(vkey);
  const tree = await findTree(db, kind);
  const signed = readCheckpoint(note);
  const known = tree && signed && (await findCheckpoint(db, tree, signed.size));
  if (!known || textOf(known.note) !== textOf(note)) throw new PublicError('CHECKPOINT_UNKNOWN');
  // Nobody signs as the log itself.
  if (key.name === known.origin) throw new PublicError('COSIGNATURE_INVALID', { name: key.name });
  const line = lineOf(note, key);
  const { origin, size } = known;
  const there = await db.logCosignature.findMany({
    where: { origin, size },
    take: cosignaturesMax,
  });
  if (there.some((other) => other.vkey === vkey)) return known;
  if (there.length >= cosignaturesMax) {
    throw new PublicError('COSIGNATURES_FULL', { max: cosignaturesMax });
  }
  await db.logCosignature.create({
    data: { origin, size, vkey, kind, line, agencyId, addedAt: new Date() },
  });
  return (await findCheckpoint(db, tree, size)) ?? known;
}
