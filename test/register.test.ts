/** A new agency becomes able to ask by two stewards and its provider, and loses it at once, on every gateway. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as jose from 'jose';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agree, assertDone, draft, step } from './agreement-support.ts';
import { openGateway, type Reply, type TestGateway } from './support/gateway.ts';

const issuer = 'https://issuer.example/son-la';
const agency = 'labour-son-la';
const figures =
  '{ observations(first: 1) { totalCount } viewer { territory { topic reach areaIds } } }';
const codeOf = ({ errors }: Reply) => errors[0]?.extensions.code;

describe('registering an agency', () => {
  let gateway: TestGateway;
  let sign: () => Promise<string>;
  const folder = mkdtempSync(path.join(tmpdir(), 'lienthong-test-keys-'));
  const file = path.join(folder, 'keys.json');
  beforeAll(async () => {
    gateway = await openGateway({ kind: 'SERVER' });
    const { privateKey, publicKey } = await jose.generateKeyPair('EdDSA');
    const jwk = { ...(await jose.exportJWK(publicKey)), kid: 'one', alg: 'EdDSA' };
    writeFileSync(file, JSON.stringify({ keys: [jwk] }));
    sign = () =>
      new jose.SignJWT({ client_id: `${agency}-app`, agency, role: 'LABOUR' })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'one' })
        .setIssuer(issuer)
        .setAudience('lienthong')
        .setSubject('post-1')
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime('10m')
        .sign(privateKey);
  });
  afterAll(async () => {
    await gateway.close();
    rmSync(folder, { recursive: true });
  });

  const steward = (text: string, subject = 'post-1') =>
    gateway.ask('steward-vn', `mutation { done: ${text} }`, { subject });
  const entry = (kind: string, code: string) => `kind: ${kind}, code: "${code}"`;
  const entries = [
    ['AGENCY', agency],
    ['APPLICATION', `${agency}-app`],
    ['ISSUER', issuer],
  ] as const;
  const after = '{ kind code state registeredBy approvedBy stateReason }';
  const ask = async () => gateway.ask(agency, figures, { token: await sign() });
  /** By the development issuer, so that no list of issuers has to grow old first. */
  const viewer = (options = {}) => gateway.ask(agency, '{ viewer { agency } }', options);

  test.each([
    [
      'agency',
      `registerAgency(code: "${agency}", nameVi: "Sở Nội vụ tỉnh Sơn La", nameEn: "Home Affairs of Son La", role: LABOUR) { state registeredBy approvedBy }`,
    ],
    [
      'application',
      `registerApplication(code: "${agency}-app", agency: "${agency}", name: "Client") { state registeredBy approvedBy }`,
    ],
    [
      'issuer',
      `registerIssuer(code: "${issuer}", name: "Province", jwksUri: "FILE", agencies: ["${agency}"]) { state registeredBy approvedBy }`,
    ],
  ])('the %s is proposed by one', async (_what, text) => {
    const reply = await steward(text.replace('FILE', pathToFileURL(file).href));
    expect(assertDone(reply).done).toEqual({
      state: 'PROPOSED',
      registeredBy: 'steward-vn/post-1',
      approvedBy: null,
    });
  });

  test('and counts for nothing yet', async () => {
    expect(codeOf(await viewer())).toBe('AGENCY_UNKNOWN');
  });

  test.each(entries)('the %s is approved by another', async (kind, code) => {
    const approve = `approveRegistration(${entry(kind, code)}) ${after}`;
    const alone = await steward(approve);
    expect(alone.errors[0]?.extensions).toMatchObject({
      code: 'SECOND_PERSON_NEEDED',
      field: 'code',
      value: code,
    });
    expect(assertDone(await steward(approve, 'post-2')).done).toMatchObject({
      state: 'ACTIVE',
      approvedBy: 'steward-vn/post-2',
    });
    expect(codeOf(await steward(approve, 'post-3'))).toBe('REGISTRATION_WRONG_STATE');
  });

  test('then its own issuer’s token is known, and reads nothing before an agreement', async () => {
    await expect.poll(async () => codeOf(await ask()), { timeout: 5_000 }).toBe('GRANT_MISSING');
  });

  test('with an agreement approved by its provider it reads what that opens', async () => {
    await agree(gateway, draft('grant-son-la', { consumer: agency }));
    const { viewer: seen, observations } = assertDone(await ask());
    expect(seen.territory).toEqual([
      { topic: 'ENROLLMENT', reach: 'INTERNAL', areaIds: expect.arrayContaining(['11@2025-07']) },
    ]);
    expect(observations.totalCount).toBeGreaterThan(0);
  });

  test.each([
    ['AGENCY', agency, 'AGENCY_UNKNOWN'],
    ['APPLICATION', `${agency}-app`, 'APPLICATION_UNKNOWN'],
    ['ISSUER', issuer, 'ISSUER_UNKNOWN'],
  ] as const)(
    'suspending the %s stops it at once; resuming needs two again',
    async (kind, code, refusal) => {
      const reason = 'reason: "Checked."';
      const blank = await steward(
        `suspendRegistration(${entry(kind, code)}, reason: " ") ${after}`,
      );
      expect(blank.errors[0]?.extensions).toMatchObject({ code: 'FIELD_EMPTY', field: 'reason' });
      assertDone(await steward(`suspendRegistration(${entry(kind, code)}, ${reason}) ${after}`));
      expect(codeOf(await ask())).toBe(refusal);
      assertDone(await steward(`resumeRegistration(${entry(kind, code)}) ${after}`, 'post-2'));
      expect(codeOf(await ask())).toBe(refusal);
      const approve = `approveRegistration(${entry(kind, code)}) ${after}`;
      expect(codeOf(await steward(approve, 'post-2'))).toBe('SECOND_PERSON_NEEDED');
      assertDone(await steward(approve, 'post-1'));
      await expect.poll(async () => (await ask()).errors, { timeout: 5_000 }).toEqual([]);
    },
  );

  test.each([
    [
      `registerAgency(code: "${agency}", nameVi: "x", nameEn: "x", role: SI) { code }`,
      'CODE_TAKEN',
      'code',
    ],
    [
      'registerAgency(code: "A b", nameVi: "x", nameEn: "x", role: SI) { code }',
      'CODE_MALFORMED',
      'code',
    ],
    [
      'registerAgency(code: "new-one", nameVi: " ", nameEn: "x", role: SI) { code }',
      'FIELD_EMPTY',
      'nameVi',
    ],
    [
      `registerApplication(code: "${agency}-app", agency: "${agency}", name: "x") { code }`,
      'CODE_TAKEN',
      'code',
    ],
    [
      'registerApplication(code: "new-app", agency: "nobody", name: "x") { code }',
      'AGENCY_NOT_REGISTERED',
      'agency',
    ],
    [
      'registerIssuer(code: "new", name: "x", jwksUri: "http://example.com/keys", agencies: ["press-vn"]) { code }',
      'ADDRESS_NOT_TAKEN',
      'jwksUri',
    ],
    [
      'registerIssuer(code: "new", name: "x", jwksUri: "development:", agencies: ["press-vn"]) { code }',
      'ADDRESS_NOT_TAKEN',
      'jwksUri',
    ],
    [
      'registerIssuer(code: "new", name: "x", jwksUri: "https://example.com/keys", agencies: ["nobody"]) { code }',
      'AGENCY_NOT_REGISTERED',
      'agencies',
    ],
    [
      'registerIssuer(code: "new", name: "x", jwksUri: "https://example.com/keys", agencies: []) { code }',
      'FIELD_EMPTY',
      'agencies',
    ],
    ['approveRegistration(kind: AGENCY, code: "nobody") { code }', 'REGISTRATION_UNKNOWN', 'code'],
    [
      'resumeRegistration(kind: AGENCY, code: "press-vn") { code }',
      'REGISTRATION_WRONG_STATE',
      'code',
    ],
    [
      'endRegistration(kind: AGENCY, code: "steward-vn", reason: "x") { code }',
      'REGISTRATION_OWN',
      'code',
    ],
  ])('refused: %s', async (text, code, field) => {
    const count = `{ agencies { totalCount } applications { totalCount } issuers { totalCount } }`;
    const before = (await gateway.ask('steward-vn', count)).data;
    const { errors, data } = await steward(text);
    expect(errors[0]?.extensions).toMatchObject({ code, field });
    expect(data?.done ?? null).toBeNull();
    expect((await gateway.ask('steward-vn', count)).data).toEqual(before);
  });

  test('what is ended stays ended', async () => {
    const end = `endRegistration(${entry('AGENCY', agency)}, reason: "Merged.") ${after}`;
    expect(assertDone(await steward(end)).done).toMatchObject({
      state: 'ENDED',
      stateReason: 'Merged.',
    });
    for (const name of ['approveRegistration', 'resumeRegistration']) {
      expect(codeOf(await steward(`${name}(${entry('AGENCY', agency)}) ${after}`, 'post-2'))).toBe(
        'REGISTRATION_WRONG_STATE',
      );
    }
    expect(codeOf(await ask())).toBe('AGENCY_UNKNOWN');
  });
});

describe('suspending and ending on two gateways of one database', () => {
  let one: TestGateway;
  let other: TestGateway;
  const consumer = 'labour-lao-cai';
  const grant = 'grant-labour-lao-cai';
  const provider = 'si-lao-cai';
  const reason = 'Breach.';
  beforeAll(async () => {
    one = await openGateway({ kind: 'SERVER' });
    other = await one.openAnother();
  });
  afterAll(async () => {
    await other.close();
    await one.close();
  });

  const take = (gateway: TestGateway, name: string, more = {}) =>
    step(gateway, provider, name, grant, more);

  test('stop the next request on both, and resuming opens both', async () => {
    for (const gateway of [one, other, one]) assertDone(await gateway.ask(consumer, figures));
    assertDone(await take(one, 'suspendAgreement', { reason }));
    for (const gateway of [other, one]) {
      const { errors, data } = await gateway.ask(consumer, figures);
      expect(errors.map(({ extensions }) => extensions)).toContainEqual({
        code: 'GRANT_NOT_ACTIVE',
        grant,
      });
      expect(data?.observations ?? null).toBeNull();
    }
    assertDone(await take(other, 'resumeAgreement'));
    for (const gateway of [one, other]) assertDone(await gateway.ask(consumer, figures));
  });

  test('stop an answer that was under way for longer than a second', async () => {
    const url = new URL(one.store.gateway.options.connectionString ?? '');
    // Who sees how long others have waited.
    url.username = 'postgres';
    const lock = new pg.Client({ connectionString: url.href });
    await lock.connect();
    await lock.query('begin; lock table observation in access exclusive mode');
    const asked = other.ask(consumer, '{ observations(first: 1) { totalCount nodes { value } } }');
    // Until the request waits for the lock, and has waited for longer than grants may be old.
    const waiting = async () => {
      const { rows } = await lock.query(
        `select 1 from pg_locks l join pg_stat_activity a using (pid)
          where not l.granted and clock_timestamp() - a.query_start > interval '1.1 s'`,
      );
      return rows.length;
    };
    await expect.poll(waiting, { timeout: 10_000 }).toBeGreaterThan(0);
    assertDone(await take(one, 'suspendAgreement', { reason }));
    await lock.query('rollback');
    await lock.end();
    const { status, data, errors, headers } = await asked;
    expect({ status, data, code: errors[0]?.extensions }).toEqual({
      status: 403,
      data: null,
      code: { code: 'GRANT_NOT_ACTIVE', grant },
    });
    const { data: log } = await one.ask(
      'audit-vn',
      '{ accessRecords(first: 1, where: { agency: "labour-lao-cai" }) { nodes { number outcome errorCode given { rows } } } }',
    );
    expect(log.accessRecords.nodes[0]).toMatchObject({
      number: headers['access-record'],
      outcome: 'REFUSED',
      errorCode: 'GRANT_NOT_ACTIVE',
      given: [],
    });
    assertDone(await take(other, 'resumeAgreement'));
  });

  test('ending stops for good', async () => {
    assertDone(await take(other, 'endAgreement', { reason }));
    for (const gateway of [one, other]) {
      expect(codeOf(await gateway.ask(consumer, figures))).toBe('GRANT_NOT_ACTIVE');
    }
  });
});
