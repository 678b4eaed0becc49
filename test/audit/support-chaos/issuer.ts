/** An issuer of tokens for databases on a server, beside which the development issuer is refused. */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as jose from 'jose';
import type { Role } from '../../../src/policy/types.ts';
import { runSql } from '../../support/postgres.ts';

/** Registers an issuer that speaks for these agencies; its key stands in the folder. Returns their tokens. */
export async function registerIssuer<Agency extends string>(
  adminUrl: string,
  folder: string,
  roles: Readonly<Record<Agency, Role>>,
): Promise<Record<Agency, string>> {
  const agencies = Object.keys(roles) as Agency[];
  const issuer = 'urn:test:issuer';
  const { privateKey, publicKey } = await jose.generateKeyPair('EdDSA');
  const keys = path.join(folder, 'jwks.json');
  const jwk = { ...(await jose.exportJWK(publicKey)), kid: 'test', alg: 'EdDSA', use: 'sig' };
  writeFileSync(keys, JSON.stringify({ keys: [jwk] }));
  await runSql(
    adminUrl,
    `insert into issuer (id, name, kind, jwks_uri, state)
       values ('${issuer}', 'Test', 'FILE', '${pathToFileURL(keys).href}', 'ACTIVE')`,
    ...agencies.map(
      (agency) =>
        `insert into issuer_agency (issuer_id, agency_id) values ('${issuer}', '${agency}')`,
    ),
  );
  const tokenOf = (agency: Agency) =>
    new jose.SignJWT({ client_id: `${agency}-app`, agency, role: roles[agency] })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'test' })
      .setIssuer(issuer)
      .setAudience('lienthong')
      .setSubject('test')
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
  const tokens = agencies.map(async (agency) => [agency, await tokenOf(agency)] as const);
  return Object.fromEntries(await Promise.all(tokens)) as Record<Agency, string>;
}
