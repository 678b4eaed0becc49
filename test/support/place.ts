/** A database of its own for a gateway that runs as a process: embedded in a folder, or on the tests' server. */
import { randomBytes, randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as jose from 'jose';
import pg from 'pg';
import { inject } from 'vitest';
import { signDevelopmentToken } from '../../src/identity/development.ts';
import { openEmbeddedStore } from '../../src/platform/store.ts';
import { runSql } from './postgres.ts';

const folders: string[] = [];
function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'lienthong-place-'));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export interface Place {
  readonly environment: Record<string, string>;
  token(): Promise<string>;
  /** Reads the database while no process of ours serves it. */
  read<Row>(sql: string): Promise<Row[]>;
}

export function embeddedPlace(): Place {
  const folder = makeFolder();
  cpSync(inject('embeddedTemplate'), folder, { recursive: true });
  return {
    environment: { DATA_DIR: folder },
    token: () =>
      signDevelopmentToken(folder, {
        agencyId: 'press-vn',
        role: 'PRESS',
        lifetime: '1h',
        audience: 'lienthong',
      }),
    async read<Row>(sql: string) {
      const store = await openEmbeddedStore(folder, async () => undefined);
      const client = await store.gateway.connectAs('postgres');
      const { rows } = await client.query(sql);
      client.release();
      await store.close();
      return rows as Row[];
    },
  };
}

const press = { agency: 'press-vn', role: 'PRESS' };

export interface ServerPlace extends Place {
  /** The superuser's address of the database. */
  readonly adminUrl: string;
}

/** The development issuer is refused beside a server, so one of its own is registered. */
export async function serverPlace({ agency, role } = press): Promise<ServerPlace> {
  const admin = new URL(inject('postgresUrl'));
  const name = `lt_kill_${randomBytes(6).toString('hex')}`;
  await runSql(admin.href, `create database ${name} template lienthong_template owner lt_owner`);
  const urlOf = (login: string) =>
    Object.assign(new URL(admin), { username: login, pathname: `/${name}` }).href;
  const issuer = 'urn:test:kill';
  const { privateKey, publicKey } = await jose.generateKeyPair('EdDSA');
  const keys = path.join(makeFolder(), 'jwks.json');
  const jwk = { ...(await jose.exportJWK(publicKey)), kid: 'kill', alg: 'EdDSA', use: 'sig' };
  writeFileSync(keys, JSON.stringify({ keys: [jwk] }));
  await runSql(
    urlOf(admin.username),
    `insert into issuer (id, name, kind, jwks_uri, state)
       values ('${issuer}', 'Test', 'FILE', '${pathToFileURL(keys).href}', 'ACTIVE')`,
    `insert into issuer_agency (issuer_id, agency_id) values ('${issuer}', '${agency}')`,
  );
  return {
    adminUrl: urlOf(admin.username),
    environment: { DATABASE_URL: urlOf('lt_gateway'), LOG_DATABASE_URL: urlOf('lt_log') },
    token: () =>
      new jose.SignJWT({ client_id: `${agency}-app`, agency, role })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'kill' })
        .setIssuer(issuer)
        .setAudience('lienthong')
        .setSubject('kill')
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    async read<Row>(sql: string) {
      const client = new pg.Client({ connectionString: urlOf(admin.username) });
      await client.connect();
      const { rows } = await client.query(sql);
      await client.end();
      return rows as Row[];
    },
  };
}
