/** What is no well-formed GraphQL request over HTTP: each case has its code, and none is our fault. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../src/platform/errors.ts';
import { mainPurpose, openGateway, type TestGateway } from './support/gateway.ts';

let gateway: TestGateway;
let headers: Record<string, string>;

beforeAll(async () => {
  gateway = await openGateway();
  headers = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json',
    authorization: `Bearer ${await gateway.token('press-vn')}`,
    'purpose-of-use': mainPurpose.PRESS,
  };
});
afterAll(() => gateway.close());

const leak = /\n\s+at |node_modules|\.[mc]?[jt]s\b|prisma|select "|postgres|pglite|invocation/i;
const secret = 'so-bi-mat-0123456789';

interface Sent {
  readonly method?: string;
  readonly path?: string;
  /** Undefined leaves a header out. */
  readonly headers?: Record<string, string | undefined>;
  readonly body?: string;
}

async function send({ method = 'POST', path = '/graphql', headers: own = {}, body }: Sent) {
  const all = Object.entries({ ...headers, ...own }).filter(([, value]) => value !== undefined);
  const response = await fetch(gateway.gateway.address + path, {
    method,
    headers: all as [string, string][],
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  expect(response.status).not.toBe(500);
  expect(text).not.toMatch(leak);
  expect(text).not.toContain(secret);
  return { status: response.status, headers: response.headers, text, code: codeOf(text) };
}

function codeOf(text: string): ErrorCode | null {
  try {
    const { errors } = JSON.parse(text) as { errors?: { extensions: { code: ErrorCode } }[] };
    return errors?.[0]?.extensions.code ?? null;
  } catch {
    return null;
  }
}

const viewer = '{ viewer { role } }';
const json = (value: unknown) => JSON.stringify(value);
const inAddress = (query: string) => `/graphql?query=${encodeURIComponent(query)}`;

describe('a body that is no request is refused without repeating it', () => {
  test.each<[string, string, number, ErrorCode]>([
    ['nothing', '', 400, 'BODY_MALFORMED'],
    ['no JSON', `{"query": "${secret}`, 400, 'BODY_MALFORMED'],
    ['null', 'null', 400, 'BODY_MALFORMED'],
    ['a number', '1', 400, 'BODY_MALFORMED'],
    ['a string', json(secret), 400, 'BODY_MALFORMED'],
    ['an empty object', '{}', 400, 'BODY_MALFORMED'],
    ['a query that is no string', json({ query: { secret } }), 400, 'BODY_MALFORMED'],
    [
      'variables that are a list',
      json({ query: viewer, variables: [secret] }),
      400,
      'BODY_MALFORMED',
    ],
    [
      'variables that are a string',
      json({ query: viewer, variables: secret }),
      400,
      'BODY_MALFORMED',
    ],
    ['extensions that are a number', json({ query: viewer, extensions: 1 }), 400, 'BODY_MALFORMED'],
    ['an unknown member', json({ query: viewer, [secret]: 1 }), 400, 'BODY_MALFORMED'],
    ['one operation in a list', json([{ query: viewer }]), 400, 'BATCHING_OFF'],
    ['two operations in a list', json([{ query: viewer }, { query: viewer }]), 400, 'BATCHING_OFF'],
    ['an empty list', '[]', 400, 'BATCHING_OFF'],
    ['an empty document', json({ query: '' }), 400, 'DOCUMENT_MALFORMED'],
    ['no document but text', json({ query: 'select' }), 400, 'DOCUMENT_MALFORMED'],
    [
      'no operation of the name',
      json({ query: viewer, operationName: 'A' }),
      400,
      'OPERATION_UNKNOWN',
    ],
    [
      'two operations',
      json({ query: `query A ${viewer} query B ${viewer}` }),
      400,
      'OPERATION_UNKNOWN',
    ],
    ['a fragment alone', json({ query: 'fragment A on Query { node }' }), 400, 'OPERATION_UNKNOWN'],
    ['a mutation', json({ query: 'mutation { viewer { role } }' }), 400, 'DOCUMENT_INVALID'],
    [
      'a subscription',
      json({ query: 'subscription { viewer { role } }' }),
      400,
      'DOCUMENT_INVALID',
    ],
    ['@defer', json({ query: '{ viewer { ... @defer { role } } }' }), 400, 'DOCUMENT_INVALID'],
    ['@stream', json({ query: '{ areas { nodes @stream { code } } }' }), 400, 'DOCUMENT_INVALID'],
    ['a field of nobody', json({ query: '{ viewer { salary } }' }), 400, 'DOCUMENT_INVALID'],
    [
      'a variable of a wrong type',
      json({ query: 'query($n: Int) { areas(first: $n) { totalCount } }', variables: { n: 'x' } }),
      400,
      'VARIABLES_INVALID',
    ],
    [
      'a missing variable',
      json({ query: 'query($n: Int!) { areas(first: $n) { totalCount } }' }),
      400,
      'VARIABLES_INVALID',
    ],
    [
      'NUL in a variable',
      json({
        query: 'query($c: String!) { area(key: {code: $c}) { code } }',
        variables: { c: 'a\0' },
      }),
      400,
      'VARIABLES_INVALID',
    ],
    [
      'NUL in a literal',
      json({ query: '{ area(key: {code: "\\u0000"}) { code } }' }),
      400,
      'DOCUMENT_INVALID',
    ],
  ])('%s', async (_case, body, status, code) => {
    const answer = await send({ body });
    expect(answer).toMatchObject({ status, code });
    expect(answer.headers.get('access-record')).toMatch(/^\d+$/);
  });

  test('a backslash before "u0000" is no NUL, and half a surrogate pair is only an unknown code', async () => {
    const query = 'query($c: String!) { area(key: {code: $c}) { code } }';
    for (const c of ['\\u0000', '\\\\u0000', '\ud800', '😀']) {
      const answer = await send({ body: json({ query, variables: { c } }) });
      expect(answer).toMatchObject({ status: 200, code: 'AREA_UNKNOWN' });
    }
  });
});

describe('methods, media types and addresses', () => {
  test.each<[string, Sent, number, ErrorCode | null]>([
    ['GET', { method: 'GET', path: inAddress(viewer) }, 200, null],
    [
      'GET of a mutation',
      { method: 'GET', path: inAddress('mutation { viewer { role } }') },
      405,
      'METHOD_NOT_ALLOWED',
    ],
    ['GET of nothing', { method: 'GET' }, 400, 'BODY_MALFORMED'],
    ['GET of an empty query', { method: 'GET', path: '/graphql?query=' }, 400, 'BODY_MALFORMED'],
    ['PUT', { method: 'PUT', body: json({ query: viewer }) }, 405, 'METHOD_NOT_ALLOWED'],
    ['PATCH', { method: 'PATCH', body: json({ query: viewer }) }, 405, 'METHOD_NOT_ALLOWED'],
    ['DELETE', { method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED'],
    ['HEAD', { method: 'HEAD' }, 405, null],
    ['OPTIONS, with no origin allowed', { method: 'OPTIONS' }, 405, 'METHOD_NOT_ALLOWED'],
    ['the root', { method: 'GET', path: '/' }, 404, 'NOT_FOUND'],
    ['an unknown address', { path: '/graphql/x', body: json({ query: viewer }) }, 404, 'NOT_FOUND'],
    ['a slash too many', { path: '/graphql/', body: json({ query: viewer }) }, 404, 'NOT_FOUND'],
    ['POST of the schema', { path: '/schema', body: '' }, 404, 'NOT_FOUND'],
  ])('%s', async (_case, sent, status, code) => {
    expect(await send(sent)).toMatchObject({ status, code });
  });

  test.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'image/png',
    'application/xml',
    undefined,
  ])('the content type %s is not taken', async (type) => {
    const answer = await send({ headers: { 'content-type': type }, body: json({ query: viewer }) });
    expect(answer).toMatchObject({ status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' });
  });

  test.each<[string, number, string]>([
    ['application/graphql-response+json', 200, 'application/graphql-response+json'],
    ['application/json', 200, 'application/json'],
    ['*/*', 200, 'application/json'],
    ['application/json, application/graphql-response+json;q=0.9', 200, 'application/json'],
    ['image/png', 406, 'application/json'],
    ['application/xml', 406, 'application/json'],
    ['text/html', 406, 'application/json'],
  ])('Accept: %s', async (accept, status, type) => {
    const answer = await send({ headers: { accept }, body: json({ query: viewer }) });
    expect(answer.status).toBe(status);
    expect(answer.code).toBe(status === 406 ? 'NOT_ACCEPTABLE' : null);
    expect(answer.headers.get('content-type')).toMatch(
      new RegExp(`^${type.replace('+', '\\+')}(;|$)`),
    );
  });

  test('what is no HTTP gets a refusal of the server and leaves it well', async () => {
    const { port } = new URL(gateway.gateway.address);
    const raw = (text: string) =>
      new Promise<string>((resolve, reject) => {
        let answer = '';
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(text, 'latin1'));
        socket.setEncoding('latin1').on('data', (chunk) => (answer += String(chunk)));
        socket.on('close', () => resolve(answer)).on('error', reject);
      });
    for (const head of [
      'NONSENSE\r\n\r\n',
      'GET /graphql HTTP/1.1\r\nHost: x\r\nCase-Reference: a\0b\r\nConnection: close\r\n\r\n',
      'GET //[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'GET /graphql?query=%ff%fe HTTP/1.1\r\nHost: [bad\r\nConnection: close\r\n\r\n',
    ]) {
      const answer = await raw(head);
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer).not.toMatch(leak);
    }
    expect(await send({ body: json({ query: viewer }) })).toMatchObject({
      status: 200,
      code: null,
    });
  });
});
