/** The development issuer: a key in the data folder and tokens for the demonstration agencies. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as jose from 'jose';
import type { Role } from '../policy/types.ts';
import { tokenType } from './token.ts';

export const developmentIssuer = 'urn:lienthong:development';
const algorithm = 'EdDSA';

export function developmentKeyFile(dataDirectory: string): string {
  return path.join(dataDirectory, 'development-issuer.jwk.json');
}

/** Makes the Ed25519 key on the first start, readable by the owner only. */
export async function ensureDevelopmentKey(dataDirectory: string): Promise<void> {
  const file = developmentKeyFile(dataDirectory);
  if (existsSync(file)) return;
  const { privateKey } = await jose.generateKeyPair(algorithm, { extractable: true });
  const jwk = await jose.exportJWK(privateKey);
  const kid = await jose.calculateJwkThumbprint(jwk);
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify({ ...jwk, kid, alg: algorithm, use: 'sig' }), {
    mode: 0o600,
    flag: 'wx',
  });
}

function readKey(dataDirectory: string): jose.JWK & { kid: string } {
  return JSON.parse(readFileSync(developmentKeyFile(dataDirectory), 'utf8')) as jose.JWK & {
    kid: string;
  };
}

/** The public half, as the gateway checks tokens with it. */
export function developmentKeys(dataDirectory: string): jose.JSONWebKeySet {
  const { kty, crv, x, kid, alg, use } = readKey(dataDirectory);
  return { keys: [{ kty, crv, x, kid, alg, use } as jose.JWK] };
}

export interface DevelopmentTokenOptions {
  readonly agencyId: string;
  readonly role: Role;
  readonly purposes?: readonly string[];
  /** Such as 1h or 90s. */
  readonly lifetime: string;
  readonly audience: string;
  /** Who acts, as the change log names it: a post, never a person's name. The agency's first when left out. */
  readonly subject?: string | undefined;
}

export async function signDevelopmentToken(
  dataDirectory: string,
  { agencyId, role, purposes, lifetime, audience, subject }: DevelopmentTokenOptions,
): Promise<string> {
  const jwk = readKey(dataDirectory);
  const key = await jose.importJWK(jwk, algorithm);
  return new jose.SignJWT({
    client_id: `${agencyId}-app`,
    agency: agencyId,
    role,
    ...(purposes?.length ? { purpose: [...purposes] } : {}),
  })
    .setProtectedHeader({ alg: algorithm, typ: tokenType, kid: jwk.kid })
    .setIssuer(developmentIssuer)
    .setAudience(audience)
    .setSubject(subject ?? `${agencyId}-demo`)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(lifetime)
    .sign(key);
}
