/** The registered issuers and their public keys: a file, a remote key set, or the development key. */
import { readFile } from 'node:fs/promises';
import * as jose from 'jose';
import type { RegisteredIssuer } from './data.ts';

/** How long a key set or the list of issuers may be stale: rotation and withdrawal take that long. */
export const issuersMaxAgeMillis = 2_000;
const remoteKeysMaxAgeMillis = 600_000;
const remoteCooldownMillis = 10_000;
const remoteTimeoutMillis = 3_000;

export interface IssuerKeys {
  /** The key set of a registered, active issuer; null when there is none. */
  keysOf(issuer: string): Promise<jose.JWTVerifyGetKey | null>;
}

interface Options {
  readonly list: () => Promise<readonly RegisteredIssuer[]>;
  /** The development issuer's public keys; null where it is not accepted. */
  readonly developmentKeys: jose.JSONWebKeySet | null;
}

function remoteKeys(address: string): jose.JWTVerifyGetKey {
  const url = new URL(address);
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'https:' && !loopback) {
    return () => Promise.reject(new Error(`${address} is not https.`));
  }
  return jose.createRemoteJWKSet(url, {
    cacheMaxAge: remoteKeysMaxAgeMillis,
    cooldownDuration: remoteCooldownMillis,
    timeoutDuration: remoteTimeoutMillis,
  });
}

/** Read at each verification, so that a rotated file counts at once. */
function fileKeys(address: string): jose.JWTVerifyGetKey {
  return async (header, token) => {
    const text = await readFile(new URL(address), 'utf8');
    return jose.createLocalJWKSet(JSON.parse(text) as jose.JSONWebKeySet)(header, token);
  };
}

export function createIssuerKeys({ list, developmentKeys }: Options): IssuerKeys {
  /** Remote sets live on, so that their own cache and cooldown work. */
  const remote = new Map<string, jose.JWTVerifyGetKey>();
  let known: Promise<ReadonlyMap<string, RegisteredIssuer>> | null = null;
  let readAt = 0;

  const issuers = () => {
    if (!known || performance.now() - readAt > issuersMaxAgeMillis) {
      readAt = performance.now();
      known = list().then((rows) => new Map(rows.map((row) => [row.id, row])));
      known.catch(() => {
        known = null;
      });
    }
    return known;
  };

  return {
    async keysOf(id) {
      const issuer = (await issuers()).get(id);
      if (!issuer) return null;
      if (issuer.kind === 'DEVELOPMENT') {
        return developmentKeys && jose.createLocalJWKSet(developmentKeys);
      }
      if (issuer.kind === 'FILE') return fileKeys(issuer.jwksUri);
      const keys = remote.get(issuer.jwksUri) ?? remoteKeys(issuer.jwksUri);
      remote.set(issuer.jwksUri, keys);
      return keys;
    },
  };
}
