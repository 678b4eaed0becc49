/** Parses and verifies signed notes (C2SP signed-note) and cosignatures (C2SP tlog-cosignature). */
import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';
import { Malformed } from './problem.ts';

/** A sensible bound: the specification wants at least 16 signatures of up to 5 kB accepted. */
const signaturesMax = 100;
export const noteBytesMax = 1_000_000;
const timeMax = 2n ** 63n - 1n;

export interface NoteSignature {
  readonly name: string;
  /** The key ID: 8 hexadecimal digits. */
  readonly id: string;
  readonly bytes: Buffer;
}

export interface Note {
  /** What was signed, with its final newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A verifier key: LOG signs the text (type 0x01), WITNESS cosigns it with a time (type 0x04). */
export interface VerifierKey {
  readonly name: string;
  readonly id: string;
  readonly kind: 'LOG' | 'WITNESS';
  readonly publicKey: KeyObject;
  readonly vkey: string;
}

export interface Signer extends Pick<VerifierKey, 'name' | 'id' | 'kind'> {
  /** Seconds since 1970 that a witness gives; null for a log's signature. */
  readonly time: bigint | null;
}

export type Verification =
  | { readonly isValid: true; readonly signers: readonly Signer[] }
  | {
      readonly isValid: false;
      readonly code: 'KEY_UNKNOWN' | 'SIGNATURE_INVALID' | 'KEY_AMBIGUOUS';
      readonly name: string;
      readonly id: string;
    };

const kinds: Readonly<Record<number, VerifierKey['kind']>> = { 0x01: 'LOG', 0x04: 'WITNESS' };

/** The bytes of canonical standard base64 with padding (RFC 4648, section 4), otherwise null. */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

/** Throws Malformed. */
export function parseNote(bytes: Uint8Array): Note {
  if (bytes.length > noteBytesMax) throw new Malformed('TOO_LARGE');
  const whole = decodeUtf8(bytes);
  if (/[\u0000-\u0009\u000b-\u001f]/.test(whole)) throw new Malformed('CONTROL_CHARACTER');
  const split = whole.lastIndexOf('\n\n');
  const block = whole.slice(split + 2);
  if (split < 0 || block === '') throw new Malformed('NO_SIGNATURES');
  if (!block.endsWith('\n')) throw new Malformed('NO_FINAL_NEWLINE');
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > signaturesMax) throw new Malformed('TOO_MANY_SIGNATURES');
  return { text: whole.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    // A byte order mark is signed like any other character: it is kept.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Malformed('NOT_UTF8');
  }
}

const isKeyName = (name: string): boolean => name !== '' && !/[\s\p{Z}\u0085+]/u.test(name);

function parseSignature(line: string): NoteSignature {
  const [dash, name = '', encoded = '', ...rest] = line.split(' ');
  const decoded = decodeBase64(encoded);
  const isWellFormed = dash === '\u2014' && isKeyName(name) && rest.length === 0;
  if (!isWellFormed || decoded === null || decoded.length < 5) {
    throw new Malformed('SIGNATURE_LINE');
  }
  return { name, id: decoded.toString('hex', 0, 4), bytes: decoded.subarray(4) };
}

/** Parses `<name>+<key ID>+<base64 of type and key>`; throws Malformed. */
export function parseVerifierKey(vkey: string): VerifierKey {
  const [name = '', id = '', ...rest] = vkey.split('+');
  if (rest.length === 0) throw new Malformed('KEY_PARTS');
  if (!isKeyName(name)) throw new Malformed('KEY_NAME');
  // Base64 has plus signs of its own.
  const bytes = decodeBase64(rest.join('+'));
  if (bytes === null || bytes.length === 0) throw new Malformed('KEY_BASE64');
  const kind = kinds[bytes[0]!];
  if (kind === undefined) throw new Malformed('KEY_UNSUPPORTED');
  if (bytes.length !== 33) throw new Malformed('KEY_LENGTH');
  const digest = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), bytes]), 'hex');
  if (id.toLowerCase() !== digest.slice(0, 8)) throw new Malformed('KEY_ID');
  const key = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url', 1) };
  const publicKey = createPublicKey({ key, format: 'jwk' });
  return { name, id: digest.slice(0, 8), kind, publicKey, vkey };
}

/**
 * Verifies a note against known keys. Signatures of others are ignored, also when they share a
 * name or an ID with a known key; one wrong signature of a known key makes the note invalid.
 */
export function verifyNote(note: Note, keys: readonly VerifierKey[]): Verification {
  const known = new Map<string, VerifierKey>();
  for (const key of keys) {
    const { name, id } = key;
    const other = known.get(`${name}+${id}`);
    if (other && !other.publicKey.equals(key.publicKey)) {
      return { isValid: false, code: 'KEY_AMBIGUOUS', name, id };
    }
    known.set(`${name}+${id}`, key);
  }
  const signers = new Map<string, Signer>();
  for (const { name, id, bytes } of note.signatures) {
    const key = known.get(`${name}+${id}`);
    if (!key) continue;
    const signer = verifySignature(key, note.text, bytes);
    if (!signer) return { isValid: false, code: 'SIGNATURE_INVALID', name, id };
    if (!signers.has(key.vkey)) signers.set(key.vkey, signer);
  }
  if (signers.size > 0) return { isValid: true, signers: [...signers.values()] };
  return { isValid: false, code: 'KEY_UNKNOWN', name: '', id: '' };
}

function verifySignature(key: VerifierKey, text: string, bytes: Buffer): Signer | null {
  const { name, id, kind, publicKey } = key;
  const time = kind === 'WITNESS' && bytes.length >= 8 ? bytes.readBigUInt64BE() : null;
  if ((kind === 'WITNESS' && time === null) || (time !== null && time > timeMax)) return null;
  const message = time === null ? text : `cosignature/v1\ntime ${time}\n${text}`;
  const signature = time === null ? bytes : bytes.subarray(8);
  if (signature.length !== 64) return null;
  return verify(null, Buffer.from(message), publicKey, signature) ? { name, id, kind, time } : null;
}
