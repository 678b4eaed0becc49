/** Writes C2SP signed notes (c2sp.org/signed-note) and reads those of this log again. */
import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** Signature type of Ed25519 keys (signed-note, "Signature types"). */
const ed25519 = 0x01;
/** Of keys that cosign a checkpoint with the time (c2sp.org/tlog-cosignature). */
export const witnessType = 0x04;
const keyIdBytes = 4;
/** DER before the 32 bytes of an Ed25519 public key (RFC 8410, section 4). */
const publicKeyPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Key names hold no plus sign and no space (signed-note, "Format"). */
export const isKeyName = (name: string): boolean => name !== '' && !/[+\p{Z}\s\p{Cc}]/u.test(name);

export const publicKeyOf = (key: KeyObject): Buffer =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(publicKeyPrefix.length);

/** SHA-256(name || 0x0A || type || public key), its first four bytes. */
export function keyIdOf(name: string, type: number, publicKey: Uint8Array): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(Buffer.of(type)).update(publicKey);
  return hash.digest().subarray(0, keyIdBytes);
}

/** `<name>+<key id>+<base64 of type and key>`, as other programs are told of a key. */
export function vkeyOf(name: string, publicKey: Uint8Array, type = ed25519): string {
  const id = keyIdOf(name, type, publicKey).toString('hex');
  return `${name}+${id}+${Buffer.concat([Buffer.of(type), publicKey]).toString('base64')}`;
}

/** `— <name> <base64 of key id and signature>`, with its line feed. */
export const signatureLine = (name: string, keyId: Uint8Array, signature: Uint8Array): string =>
  `\u2014 ${name} ${Buffer.concat([keyId, signature]).toString('base64')}\n`;

/** The text, which ends in a line feed, under the signature of each key. */
export function signNote(text: string, name: string, keys: readonly KeyObject[]): string {
  const lines = keys.map((key) =>
    signatureLine(
      name,
      keyIdOf(name, ed25519, publicKeyOf(key)),
      sign(null, Buffer.from(text), key),
    ),
  );
  return `${text}\n${lines.join('')}`;
}

/** The text above the signatures of a note; null where there is no such border. */
export function textOf(note: string): string | null {
  const border = note.lastIndexOf('\n\n');
  return border < 0 ? null : note.slice(0, border + 1);
}

/** Whether one of these keys, given as vkeys, has signed the note under this name. */
export function isSignedBy(note: string, name: string, vkeys: readonly string[]): boolean {
  const text = textOf(note);
  if (text === null) return false;
  const lines = note.slice(text.length + 1).split('\n');
  return vkeys.some((vkey) => {
    const key = Buffer.from(
      vkey
        .slice(name.length + 1)
        .split('+')
        .slice(1)
        .join('+'),
      'base64',
    );
    if (!vkey.startsWith(`${name}+`) || key[0] !== ed25519) return false;
    const publicKey = key.subarray(1);
    const id = keyIdOf(name, ed25519, publicKey);
    const format = {
      key: Buffer.concat([publicKeyPrefix, publicKey]),
      format: 'der',
      type: 'spki',
    } as const;
    return lines.some((line) => {
      if (!line.startsWith(`\u2014 ${name} `)) return false;
      const bytes = Buffer.from(line.slice(name.length + 3), 'base64');
      if (!bytes.subarray(0, keyIdBytes).equals(id)) return false;
      return verify(null, Buffer.from(text), createPublicKey(format), bytes.subarray(keyIdBytes));
    });
  });
}

/** A witness's line under a note: that it saw no later checkpoint of this log at that time, and none that contradicts it. */
export function cosignatureLine(text: string, name: string, key: KeyObject, at: Date): string {
  const seconds = BigInt(Math.floor(at.getTime() / 1000));
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(seconds);
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), key);
  const id = keyIdOf(name, witnessType, publicKeyOf(key));
  return signatureLine(name, id, Buffer.concat([time, signature]));
}
