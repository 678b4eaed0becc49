/** Reads a signed checkpoint and says whose signatures on it hold. */
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts';
import { parseNote, verifyNote, type Note, type Signer, type VerifierKey } from './note.ts';

export interface SignedCheckpoint extends Checkpoint {
  readonly note: Note;
}

/** Throws Malformed. */
export function parseSignedCheckpoint(bytes: Uint8Array): SignedCheckpoint {
  const note = parseNote(bytes);
  return { ...parseCheckpoint(note.text), note };
}

export interface Signers {
  readonly signedBy: readonly Signer[];
  readonly cosignedBy: readonly Signer[];
  /** Why the signatures do not suffice; null when the log itself has signed. */
  readonly failure: {
    readonly code: 'KEY_UNKNOWN' | 'SIGNATURE_INVALID' | 'KEY_AMBIGUOUS';
    readonly parameters: Readonly<Record<'name' | 'id' | 'origin', string>>;
  } | null;
}

/** The log signs under its origin as key name (C2SP tlog-checkpoint, "Signatures"). */
export function verifyCheckpoint(
  { note, origin }: SignedCheckpoint,
  keys: readonly VerifierKey[],
): Signers {
  const verification = verifyNote(note, keys);
  if (!verification.isValid) {
    const { code, name, id } = verification;
    return { signedBy: [], cosignedBy: [], failure: { code, parameters: { name, id, origin } } };
  }
  const signedBy = verification.signers.filter(({ kind }) => kind === 'LOG');
  const cosignedBy = verification.signers.filter(({ kind }) => kind === 'WITNESS');
  const isSigned = signedBy.some(({ name }) => name === origin);
  const unknown = { code: 'KEY_UNKNOWN', parameters: { name: '', id: '', origin } } as const;
  return { signedBy, cosignedBy, failure: isSigned ? null : unknown };
}
