/** Issuers over HTTP: each speaks for its own agencies, with the keys that it has today. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as jose from 'jose';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { developmentIssuer } from '../src/identity/development.ts';
import { sentence, type ErrorCode } from '../src/platform/errors.ts';
import {
  openGateway,
  roleOf,
  storeKindsAtLength,
  type Reply,
  type TestGateway,
} from './support/gateway.ts';

interface Key {
  readonly alg: string;
  readonly privateKey: jose.CryptoKey;
  readonly publicJwk: jose.JWK & { kid: string };
}

async function makeKey(alg = 'EdDSA'): Promise<Key> {
  const { privateKey, publicKey } = await jose.generateKeyPair(alg);
  const kid = randomUUID();
  return { alg, privateKey, publicJwk: { ...(await jose.exportJWK(publicKey)), kid, alg } };
}

const keySet = (...keys: Key[]) => JSON.stringify({ keys: keys.map((key) => key.publicJwk) });

function sign(issuer: string, key: Key, agency = 'press-vn'): Promise<string> {
  return new jose.SignJWT({ client_id: `${agency}-app`, agency, role: roleOf(agency) })
    .setProtectedHeader({ alg: key.alg, typ: 'at+jwt', kid: key.publicJwk.kid })
    .setIssuer(issuer)
    .setAudience('lienthong')
    .setSubject('someone')
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(key.privateKey);
}

/** An issuer's key server on loopback. */
interface KeyServer {
  readonly server: Server;
  readonly origin: string;
  keys: string;
  fetches: number;
}

async function startKeyServer(): Promise<KeyServer> {
  const server = createServer((req, res) => {
    state.fetches += 1;
    if (req.url === '/moved') res.writeHead(302, { location: '/keys' }).end();
    else if (req.url === '/broken') res.writeHead(500).end('Traceback: the key server broke');
    else if (req.url === '/words') res.end('no JSON at all');
    else if (req.url === '/empty') res.end('{}');
    else res.setHeader('content-type', 'application/json').end(state.keys);
  });
  const state: KeyServer = { server, origin: '', keys: '', fetches: 0 };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, { origin: originOf(server) });
}

const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** An address on which nobody listens any more. */
async function deadOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = originOf(server);
  await new Promise((resolve) => server.close(resolve));
  return origin;
}

async function register(
  owner: pg.Pool,
  issuer: { id: string; kind: string; uri: string; state?: string },
): Promise<void> {
  const { id, kind, uri, state = 'ACTIVE' } = issuer;
  await owner.query(
    'insert into issuer (id, name, kind, jwks_uri, state) values ($1, $1, $2, $3, $4)',
    [id, kind, uri, state],
  );
  await owner.query(`insert into issuer_agency (issuer_id, agency_id) values ($1, 'press-vn')`, [
    id,
  ]);
}

const unavailable = [
  ['a file that is not there', 'FILE', '/nowhere.json'],
  ['a file that is no JSON', 'FILE', '/words.json'],
  ['a file that holds no keys', 'FILE', '/empty.json'],
  ['a server that does not answer', 'REMOTE', 'dead'],
  ['a server that fails', 'REMOTE', '/broken'],
  ['a server that answers words', 'REMOTE', '/words'],
  ['a server that answers no keys', 'REMOTE', '/empty'],
  ['a server that sends elsewhere', 'REMOTE', '/moved'],
  ['a server without TLS that is not on this host', 'REMOTE', 'http://issuer.example/keys'],
] as const;
const unavailableId = (i: number) => `urn:test:unavailable-${i}`;

describe.each(storeKindsAtLength)(
  'an issuer speaks for its agencies with its own keys on %s',
  (kind) => {
    let gateway: TestGateway;
    let keyServer: KeyServer;
    let directory: string;
    let fileKey: Key;
    let remoteKey: Key;
    const keyFile = () => path.join(directory, 'keys.json');

    beforeAll(async () => {
      directory = mkdtempSync(path.join(tmpdir(), 'lienthong-issuers-'));
      keyServer = await startKeyServer();
      [fileKey, remoteKey] = [await makeKey(), await makeKey()];
      keyServer.keys = keySet(remoteKey);
      writeFileSync(keyFile(), keySet(fileKey));
      writeFileSync(path.join(directory, 'words.json'), 'no JSON at all');
      writeFileSync(path.join(directory, 'empty.json'), '{}');
      const dead = await deadOrigin();
      const uriOf = (issuerKind: string, place: string) => {
        if (issuerKind === 'FILE') return pathToFileURL(path.join(directory, place)).href;
        if (place === 'dead') return `${dead}/keys`;
        return place.startsWith('/') ? `${keyServer.origin}${place}` : place;
      };
      gateway = await openGateway({
        kind,
        prepare: async (owner) => {
          const file = uriOf('FILE', 'keys.json');
          await register(owner, { id: 'urn:test:file', kind: 'FILE', uri: file });
          await register(owner, {
            id: 'urn:test:off',
            kind: 'FILE',
            uri: file,
            state: 'SUSPENDED',
          });
          await register(owner, { id: 'urn:test:new', kind: 'FILE', uri: file, state: 'PROPOSED' });
          await register(owner, {
            id: 'urn:test:remote',
            kind: 'REMOTE',
            uri: `${keyServer.origin}/keys`,
          });
          for (const [i, [, issuerKind, place]] of unavailable.entries()) {
            const uri = uriOf(issuerKind, place);
            await register(owner, { id: unavailableId(i), kind: issuerKind, uri });
          }
        },
      });
    });
    afterEach(() => vi.useRealTimers());
    afterAll(async () => {
      await gateway.close();
      keyServer.server.closeAllConnections();
      keyServer.server.close();
      rmSync(directory, { recursive: true, force: true });
    });

    const ask = (token: string, language = 'en') =>
      gateway.ask('press-vn', '{ viewer { agency } observations(first: 1) { totalCount } }', {
        token,
        headers: { 'accept-language': language },
      });
    const expectGood = (reply: Reply) => {
      expect(reply.errors).toEqual([]);
      expect(reply.data.viewer).toEqual({ agency: 'press-vn' });
      expect(reply.data.observations.totalCount).toBeGreaterThan(0);
    };
    const expectRefused = async (
      token: string,
      status: number,
      code: ErrorCode,
      parameters: Record<string, string> = {},
    ) => {
      for (const language of ['en', 'vi'] as const) {
        const reply = await ask(token, language);
        expect(JSON.parse(reply.text)).toEqual({
          errors: [
            { message: sentence(code, parameters, language), extensions: { code, ...parameters } },
          ],
        });
        expect(reply.status).toBe(status);
      }
    };

    test.each(['EdDSA', 'Ed25519', 'ES256'])('a token signed with %s is good', async (alg) => {
      const key = await makeKey(alg);
      writeFileSync(keyFile(), keySet(fileKey, key));
      expectGood(await ask(await sign('urn:test:file', key)));
      expectGood(await ask(await sign('urn:test:file', fileKey)));
    });

    test.each(['RS256', 'PS256', 'ES384'])('a token signed with %s is not', async (alg) => {
      const key = await makeKey(alg);
      writeFileSync(keyFile(), keySet(fileKey, key));
      const part = 'algorithm';
      await expectRefused(await sign('urn:test:file', key), 401, 'TOKEN_INVALID', { part });
    });

    test.each(['si-vn', 'labour-vn', 'union-lao-cai', 'press-nghe-an', 'audit-vn', 'steward-vn'])(
      'it does not speak for %s',
      async (agency) => {
        writeFileSync(keyFile(), keySet(fileKey));
        for (const [issuer, key] of [
          ['urn:test:file', fileKey],
          ['urn:test:remote', remoteKey],
        ] as const) {
          await expectRefused(await sign(issuer, key, agency), 403, 'ISSUER_NOT_FOR_AGENCY');
        }
      },
    );

    test.each(['urn:test:off', 'urn:test:new', 'urn:test:none'])(
      '%s is no issuer',
      async (issuer) => {
        await expectRefused(await sign(issuer, fileKey), 401, 'ISSUER_UNKNOWN');
      },
    );

    test('one issuer’s key signs nothing of another', async () => {
      const part = 'key';
      for (const issuer of [developmentIssuer, 'urn:test:remote']) {
        await expectRefused(await sign(issuer, fileKey), 401, 'TOKEN_INVALID', { part });
      }
      const posing = { ...fileKey, publicJwk: remoteKey.publicJwk };
      const token = await sign('urn:test:remote', posing);
      await expectRefused(token, 401, 'TOKEN_INVALID', { part: 'signature' });
    });

    test('a key file is rotated at once: the new key counts, the old one no longer', async () => {
      const next = await makeKey();
      const [oldToken, newToken] = [
        await sign('urn:test:file', fileKey),
        await sign('urn:test:file', next),
      ];
      writeFileSync(keyFile(), keySet(fileKey));
      expectGood(await ask(oldToken));
      await expectRefused(newToken, 401, 'TOKEN_INVALID', { part: 'key' });
      writeFileSync(keyFile(), keySet(next));
      expectGood(await ask(newToken));
      await expectRefused(oldToken, 401, 'TOKEN_INVALID', { part: 'key' });
      writeFileSync(keyFile(), keySet(fileKey));
    });

    test('a remote key set is fetched once, and again for a new key after the cooldown', async () => {
      expectGood(await ask(await sign('urn:test:remote', remoteKey)));
      const fetches = keyServer.fetches;
      const next = await makeKey();
      keyServer.keys = keySet(next);
      // A flood of unknown keys is no flood on the issuer.
      for (let i = 0; i < 5; i += 1) {
        await expectRefused(await sign('urn:test:remote', await makeKey()), 401, 'TOKEN_INVALID', {
          part: 'key',
        });
      }
      expect(keyServer.fetches).toBe(fetches);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11_000 });
      expectGood(await ask(await sign('urn:test:remote', next)));
      expect(keyServer.fetches).toBe(fetches + 1);
      const part = 'key';
      await expectRefused(await sign('urn:test:remote', remoteKey), 401, 'TOKEN_INVALID', { part });
      remoteKey = next;
    });

    test.each(unavailable.map(([name], i) => [name, i] as const))(
      'without keys there is no answer, and the reason is ours: %s',
      async (_name, i) => {
        const token = await sign(unavailableId(i), fileKey);
        await expectRefused(token, 503, 'KEYS_UNAVAILABLE');
        expect((await ask(token)).headers['retry-after']).toBeDefined();
      },
    );
  },
);

describe('the development issuer', () => {
  test('is nobody where the settings do not accept it', async () => {
    const gateway = await openGateway({ config: { developmentIssuer: false } });
    const { status, data, errors } = await gateway.ask('press-vn', '{ viewer { agency } }');
    expect({ status, data, code: errors[0]?.extensions.code }).toEqual({
      status: 401,
      data: null,
      code: 'ISSUER_UNKNOWN',
    });
    await gateway.close();
  });
});
