/** Parses and verifies the offline proof that one entry is in a log (C2SP tlog-proof). */
import { leafHash, verifyInclusion } from '../tree.ts';
import { parseHash, parseUint64 } from './checkpoint.ts';
import { parseTrustedKeys } from './keys.ts';
import { decodeBase64, noteBytesMax, type Signer } from './note.ts';
import { Malformed, parsed, problemOf, Problems, type Problem } from './problem.ts';
import {
  parseSignedCheckpoint,
  verifyCheckpoint,
  type SignedCheckpoint,
  type Signers,
} from './signed.ts';

/** A checkpoint, an entry of up to 64 KiB in base64, and a hash for each of 64 levels. */
const proofBytesMax = 2 * noteBytesMax;

export interface Proof {
  /** Opaque and not authenticated by itself. */
  readonly extra: Buffer | null;
  readonly index: bigint;
  /** From the leaf's sibling up to the root's child. */
  readonly hashes: readonly Buffer[];
  readonly checkpoint: SignedCheckpoint;
}

export interface ProofOptions {
  /** The keys it is judged by, as verifier keys. */
  readonly trustedKeys: readonly string[];
  /** The entry it is for; without one, the entry is what the proof holds as extra data. */
  readonly entry?: Uint8Array | undefined;
}

export interface ProofReport {
  readonly sound: boolean;
  /** These are null when the proof cannot be read. */
  readonly origin: string | null;
  readonly size: bigint | null;
  /** In base64. */
  readonly root: string | null;
  readonly index: bigint | null;
  /** The entry that was checked; null when there was none. */
  readonly entry: Buffer | null;
  readonly signedBy: readonly Signer[];
  readonly cosignedBy: readonly Signer[];
  readonly problems: readonly Problem[];
}

/** Throws Malformed. */
export function parseProof(bytes: Uint8Array): Proof {
  if (bytes.length > proofBytesMax) throw new Malformed('TOO_LARGE');
  const whole = Buffer.from(bytes);
  const split = whole.indexOf('\n\n');
  if (split < 0) throw new Malformed('PROOF_CHECKPOINT');
  const [version, ...lines] = whole.toString('latin1', 0, split).split('\n');
  if (version !== 'c2sp.org/tlog-proof@v1') throw new Malformed('PROOF_VERSION');
  const extra = lines[0]?.startsWith('extra ') ? decodeBase64(lines.shift()!.slice(6)) : undefined;
  if (extra === null || extra?.length === 0) throw new Malformed('PROOF_EXTRA');
  const index = parseUint64(/^index (.*)$/.exec(lines.shift() ?? '')?.[1] ?? '');
  if (index === null) throw new Malformed('PROOF_INDEX');
  const hashes = lines.map((line) => {
    const hash = parseHash(line);
    if (hash === null) throw new Malformed('PROOF_HASH');
    return hash;
  });
  const checkpoint = parseSignedCheckpoint(whole.subarray(split + 2));
  return { extra: extra ?? null, index, hashes, checkpoint };
}

/** Never throws for what is in the proof: that is in the report. */
export function checkProof(bytes: Uint8Array, options: ProofOptions): ProofReport {
  const problems = new Problems(Infinity);
  const proof = parsed(
    () => parseProof(bytes),
    (reason) => problems.add(problemOf('PROOF_MALFORMED', {}, { reason })),
  );
  const signers = proof && checkSignatures(proof.checkpoint, options.trustedKeys, problems);
  const entry = options.entry ? Buffer.from(options.entry) : (proof?.extra ?? null);
  const problem = proof && checkInclusion(proof, entry);
  if (problem) problems.add(problem);
  return {
    sound: problems.list.length === 0,
    origin: proof?.checkpoint.origin ?? null,
    size: proof?.checkpoint.size ?? null,
    root: proof?.checkpoint.root.toString('base64') ?? null,
    index: proof?.index ?? null,
    entry,
    signedBy: signers?.signedBy ?? [],
    cosignedBy: signers?.cosignedBy ?? [],
    problems: problems.list,
  };
}

function checkSignatures(
  checkpoint: SignedCheckpoint,
  trustedKeys: readonly string[],
  problems: Problems,
): Signers {
  const signers = verifyCheckpoint(checkpoint, parseTrustedKeys(trustedKeys, problems));
  const { failure } = signers;
  if (failure) problems.add(problemOf(failure.code, {}, failure.parameters));
  return signers;
}

function checkInclusion(proof: Proof, entry: Buffer | null): Problem | null {
  const { index, hashes } = proof;
  const { size, root } = proof.checkpoint;
  if (entry === null) return problemOf('PROOF_ENTRY_MISSING', { index });
  if (index >= size) return problemOf('PROOF_OUTSIDE', { index }, { size: `${size}` });
  const claim = { index, size, leafHash: leafHash(entry), proof: hashes, root };
  return verifyInclusion(claim) ? null : problemOf('NOT_INCLUDED', { index });
}
