/** Keys, notes and checkpoints for tests, made by the specifications alone: nothing of src. */
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

/** An Ed25519 seed becomes a private key behind these bytes (RFC 8410, section 7). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface TestKey {
  readonly name: string;
  /** Four bytes. */
  readonly id: Buffer;
  readonly vkey: string;
  /** Ed25519 over the text. */
  readonly sign: (text: string) => Buffer;
}

/** The same key for the same seed; type 1 signs, type 4 cosigns. */
export function testKey(name: string, seed: string, type = 1): TestKey {
  const secret = createHash('sha256').update(seed).digest();
  const key = Buffer.concat([pkcs8, secret]);
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const encoded = Buffer.concat([Buffer.from([type]), spki.subarray(-32)]);
  const id = keyIdOf(name, encoded);
  const vkey = vkeyOf(name, encoded);
  return { name, id, vkey, sign: (text) => sign(null, Buffer.from(text), privateKey) };
}

export const keyIdOf = (name: string, encoded: Buffer): Buffer =>
  createHash('sha256').update(`${name}\n`).update(encoded).digest().subarray(0, 4);

export const vkeyOf = (name: string, encoded: Buffer): string =>
  `${name}+${keyIdOf(name, encoded).toString('hex')}+${encoded.toString('base64')}`;

export const signatureLine = (name: string, ...parts: Buffer[]): string =>
  `\u2014 ${name} ${Buffer.concat(parts).toString('base64')}\n`;

export const signed = (key: TestKey, text: string): string =>
  signatureLine(key.name, key.id, key.sign(text));

/** `claimed` is the time the signature says it is of. */
export function cosigned(key: TestKey, text: string, time: bigint, claimed = time): string {
  const seconds = Buffer.alloc(8);
  seconds.writeBigUInt64BE(claimed);
  const signature = key.sign(`cosignature/v1\ntime ${time}\n${text}`);
  return signatureLine(key.name, key.id, seconds, signature);
}

export const noteOf = (text: string, ...lines: string[]): string => `${text}\n${lines.join('')}`;

export const checkpointText = (origin: string, size: number | bigint, root: Buffer): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`;
