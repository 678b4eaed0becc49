/** Tokens over HTTP: whoever is not who the register says learns which step failed, and nothing else. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as jose from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { developmentIssuer, developmentKeyFile } from '../src/identity/development.ts';
import { sentence, type ErrorCode } from '../src/platform/errors.ts';
import {
  mainPurpose,
  openGateway,
  roleOf,
  storeKindsAtLength,
  type TestGateway,
} from './support/gateway.ts';

type Claims = Record<string, unknown>;
type Sign = (
  claims?: Claims,
  options?: { agency?: string; header?: Partial<jose.JWTHeaderParameters>; key?: jose.CryptoKey },
) => Promise<string>;

const nowSeconds = () => Math.floor(Date.now() / 1000);

function claimsOf(agency: string): Claims {
  return {
    iss: developmentIssuer,
    aud: 'lienthong',
    sub: `${agency}-demo`,
    jti: randomUUID(),
    client_id: `${agency}-app`,
    agency,
    role: roleOf(agency),
    iat: nowSeconds(),
    exp: nowSeconds() + 3_600,
  };
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The last character of an Ed25519 signature holds four stray bits; this one sets one of them. */
function strayBit(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet[alphabet.indexOf(token.at(-1) ?? '') + 1] ?? '';
  return token.slice(0, -1) + last;
}

const strangerKey = async () =>
  (await jose.generateKeyPair('EdDSA', { crv: 'Ed25519' })).privateKey;

interface World {
  readonly sign: Sign;
  readonly jwk: jose.JWK;
}

interface Refusal {
  readonly name: string;
  readonly status: 401 | 403;
  readonly code: ErrorCode;
  readonly parameters?: Record<string, string>;
  /** The whole Authorization header; null sends none. */
  readonly authorization: (world: World) => Promise<string | null>;
}

const bearer =
  (make: (world: World) => Promise<string>): Refusal['authorization'] =>
  async (world) =>
    `Bearer ${await make(world)}`;

const malformed = (name: string, authorization: Refusal['authorization']): Refusal => {
  return { name, status: 401, code: 'TOKEN_MALFORMED', authorization };
};
const invalid = (part: string, name: string, make: (world: World) => Promise<string>): Refusal => {
  const refusal = { status: 401, code: 'TOKEN_INVALID', parameters: { part } } as const;
  return { name, ...refusal, authorization: bearer(make) };
};
const refused = (
  status: Refusal['status'],
  code: ErrorCode,
  name: string,
  make: (world: World) => Promise<string>,
): Refusal => ({ name, status, code, authorization: bearer(make) });

const claim = (name: string) => `claim "${name}"`;

const refusals: readonly Refusal[] = [
  { name: 'no header', status: 401, code: 'TOKEN_MISSING', authorization: async () => null },
  malformed('not a JWT', async () => 'Bearer let-me-in'),
  malformed('the scheme alone', async () => 'Bearer'),
  malformed('Basic', async ({ sign }) => `Basic ${await sign()}`),
  malformed('a token without scheme', async ({ sign }) => sign()),
  malformed('two tokens', async ({ sign }) => `Bearer ${await sign()} ${await sign()}`),
  malformed('four parts', async ({ sign }) => `Bearer ${await sign()}.AAAA`),
  malformed('padding', async ({ sign }) => `Bearer ${await sign()}==`),
  malformed('stray bits', async ({ sign }) => `Bearer ${strayBit(await sign())}`),
  malformed('base64 instead of base64url', async ({ sign }) => `Bearer ${await sign()}+/`),
  malformed('a payload that is no JSON', async () => `Bearer ${base64url({})}.AAAA.AAAA`),
  malformed(
    'longer than 8192',
    async ({ sign }) => `Bearer ${await sign({ x: 'x'.repeat(8_192) })}`,
  ),
  malformed('alg none, no signature', async () => {
    return `Bearer ${new jose.UnsecuredJWT(claimsOf('press-vn')).encode()}`;
  }),
  invalid('algorithm', 'alg none, with a signature', async ({ sign }) => {
    const signature = (await sign()).split('.')[2];
    const header = { alg: 'none', typ: 'at+jwt' };
    return `${base64url(header)}.${base64url(claimsOf('press-vn'))}.${signature}`;
  }),
  invalid('algorithm', 'HS256 with the public key as secret', ({ jwk }) =>
    new jose.SignJWT(claimsOf('press-vn'))
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: String(jwk.kid) })
      .sign(Buffer.from(jwk.x ?? '', 'base64url')),
  ),
  invalid('signature', 'another key under the same kid', async ({ sign }) =>
    sign({}, { key: await strangerKey() }),
  ),
  invalid('signature', 'another key that the header brings along', async ({ sign }) => {
    const { privateKey, publicKey } = await jose.generateKeyPair('EdDSA', { crv: 'Ed25519' });
    return sign({}, { key: privateKey, header: { jwk: await jose.exportJWK(publicKey) } });
  }),
  invalid('signature', 'claims changed after signing', async ({ sign }) => {
    const [header, , signature] = (await sign()).split('.');
    return `${header}.${base64url(claimsOf('si-vn'))}.${signature}`;
  }),
  invalid('key', 'an unknown kid', ({ sign }) => sign({}, { header: { kid: 'another' } })),
  invalid('header', 'an unknown critical header', ({ sign }) =>
    sign({}, { header: { crit: ['b64', 'exp'], b64: true, exp: 1 } }),
  ),
  invalid('type', 'typ JWT', ({ sign }) => sign({}, { header: { typ: 'JWT' } })),
  invalid(claim('aud'), 'another audience', ({ sign }) => sign({ aud: 'another' })),
  invalid(claim('aud'), 'no audience', ({ sign }) => sign({ aud: undefined })),
  invalid(claim('iss'), 'no issuer', ({ sign }) => sign({ iss: undefined })),
  ...['exp', 'iat', 'jti', 'sub', 'client_id', 'agency', 'role'].map((name) =>
    invalid(claim(name), `no ${name}`, ({ sign }) => sign({ [name]: undefined })),
  ),
  ...['jti', 'sub', 'client_id', 'agency', 'role'].map((name) =>
    invalid(claim(name), `an empty ${name}`, ({ sign }) => sign({ [name]: '' })),
  ),
  invalid(claim('role'), 'several roles', ({ sign }) => sign({ role: ['PRESS', 'SI'] })),
  invalid(claim('agency'), 'several agencies', ({ sign }) =>
    sign({ agency: ['press-vn', 'si-vn'] }),
  ),
  invalid(claim('purpose'), 'an empty list of purposes', ({ sign }) => sign({ purpose: [] })),
  invalid(claim('exp'), 'an exp in words', ({ sign }) => sign({ exp: 'tomorrow' })),
  invalid(claim('iat'), 'issued in the future', ({ sign }) => sign({ iat: nowSeconds() + 600 })),
  invalid(claim('nbf'), 'not valid yet', ({ sign }) => sign({ nbf: nowSeconds() + 600 })),
  refused(401, 'TOKEN_EXPIRED', 'expired', ({ sign }) => sign({ exp: nowSeconds() - 60 })),
  refused(401, 'TOKEN_EXPIRED', 'issued more than a day ago', ({ sign }) =>
    sign({ iat: nowSeconds() - 25 * 3_600 }),
  ),
  refused(401, 'ISSUER_UNKNOWN', 'an unregistered issuer', ({ sign }) =>
    sign({ iss: 'https://issuer.example' }),
  ),
  refused(403, 'AGENCY_UNKNOWN', 'an unregistered agency', ({ sign }) =>
    sign({ agency: 'press-nowhere' }),
  ),
  refused(403, 'AGENCY_UNKNOWN', 'a suspended agency', ({ sign }) =>
    sign({}, { agency: 'labour-lao-cai' }),
  ),
  refused(403, 'APPLICATION_UNKNOWN', 'an unregistered application', ({ sign }) =>
    sign({ client_id: 'press-vn-other-app' }),
  ),
  refused(403, 'APPLICATION_UNKNOWN', 'an application of another agency', ({ sign }) =>
    sign({ client_id: 'si-vn-app' }),
  ),
  refused(403, 'APPLICATION_UNKNOWN', 'a suspended application', ({ sign }) =>
    sign({}, { agency: 'labour-nghe-an' }),
  ),
  ...['SI', 'AUDITOR', 'STEWARD', 'LABOUR', 'UNION', 'press', 'ADMIN', 'PRESS,SI'].map((role) =>
    refused(403, 'ROLE_MISMATCH', `the role ${role} for a press agency`, ({ sign }) =>
      sign({ role }),
    ),
  ),
];

const question = '{ viewer { agency } observations(first: 1) { nodes { value } } }';

describe.each(storeKindsAtLength)('a caller who is nobody we know gets no data on %s', (kind) => {
  let gateway: TestGateway;
  let world: World;
  beforeAll(async () => {
    gateway = await openGateway({
      kind,
      prepare: async (owner) => {
        await owner.query(`update agency set state = 'SUSPENDED' where id = 'labour-lao-cai'`);
        await owner.query(
          `update application set state = 'SUSPENDED' where id = 'labour-nghe-an-app'`,
        );
      },
    });
    const jwk = JSON.parse(
      readFileSync(developmentKeyFile(gateway.dataDirectory), 'utf8'),
    ) as jose.JWK;
    const own = (await jose.importJWK(jwk, 'EdDSA')) as jose.CryptoKey;
    const sign: Sign = (claims = {}, { agency = 'press-vn', header = {}, key = own } = {}) =>
      new jose.SignJWT({ ...claimsOf(agency), ...claims })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: String(jwk.kid), ...header })
        .sign(key, { crit: { exp: false } });
    world = { jwk, sign };
  });
  afterAll(() => gateway.close());

  const post = (authorization: string | null, language: string) =>
    fetch(`${gateway.gateway.address}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': language,
        'purpose-of-use': mainPurpose.PRESS,
        ...(authorization === null ? {} : { authorization }),
      },
      body: JSON.stringify({ query: question }),
    });

  test('the token that all others differ from is good', async () => {
    const response = await post(`Bearer ${await world.sign()}`, 'en');
    const body = (await response.json()) as { errors?: unknown; data: unknown };
    expect(body.errors).toBeUndefined();
    expect(body.data).toMatchObject({ viewer: { agency: 'press-vn' }, observations: {} });
    expect(response.status).toBe(200);
  });

  test.each(refusals)('$code: $name', async ({ status, code, parameters = {}, authorization }) => {
    const header = await authorization(world);
    for (const language of ['en', 'vi'] as const) {
      const response = await post(header, language);
      const text = await response.text();
      expect(JSON.parse(text)).toEqual({
        errors: [
          { message: sentence(code, parameters, language), extensions: { code, ...parameters } },
        ],
      });
      expect(response.status).toBe(status);
      expect(response.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
      const secrets = (header ?? '').split(/[\s.]/).filter((part) => part.length > 10);
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });

  test('the contract of a role is shown to nobody either', async () => {
    const response = await fetch(`${gateway.gateway.address}/schema`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'TOKEN_MISSING' } }],
    });
  });
});
