/** The keys that sign checkpoints: Ed25519 in PEM files outside of the database, one made on the first start. */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export class LogKeyError extends Error {
  readonly code = 'LOG_KEY_UNUSABLE';
}

/** LogKeyError where the file holds no Ed25519 private key in PEM. */
export function readSigningKey(file: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(readFileSync(file));
  } catch (error) {
    throw new LogKeyError(`${file} holds no private key in PEM (${(error as Error).message}).`);
  }
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new LogKeyError(
      `${file} holds a key of another kind; make one with "openssl genpkey -algorithm ed25519".`,
    );
  }
  return key;
}

/** Makes a key, readable by its owner only, unless the file is there. */
export function ensureSigningKey(file: string): void {
  if (existsSync(file)) return;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  try {
    writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // Another process of this folder was first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** The keys of the settings, or the data folder's own. */
export function signingKeys(files: readonly string[], dataDirectory: string): readonly KeyObject[] {
  if (files.length > 0) return files.map(readSigningKey);
  const own = path.join(dataDirectory, 'log-signing-key.pem');
  ensureSigningKey(own);
  return [readSigningKey(own)];
}
