/** Each limit just inside and just outside, over HTTP, with its code and status. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../src/platform/errors.ts';
import { limits } from '../src/platform/limits.ts';
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

/** What no answer may hold: a stack, a file, SQL or the words of Prisma and the database. */
const leak = /\n\s+at |node_modules|\.[mc]?[jt]s\b|prisma|select "|postgres|pglite|invocation/i;

async function send(body: BodyInit) {
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
  const response = await fetch(`${gateway.gateway.address}/graphql`, init);
  const text = await response.text();
  expect(response.status).not.toBe(500);
  expect(text).not.toMatch(leak);
  expect(response.headers.get('access-record')).toMatch(/^\d+$/);
  const { data, errors } = JSON.parse(text) as {
    data?: unknown;
    errors?: { message: string; extensions: { code: ErrorCode } }[];
  };
  return {
    status: response.status,
    code: errors?.[0]?.extensions.code ?? null,
    message: errors?.[0]?.message ?? '',
    errors: errors?.length ?? 0,
    data,
  };
}
const ask = (query: string, variables?: object) => send(JSON.stringify({ query, variables }));

const times = (count: number, make: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');

/** A document of exactly so many tokens; many equal fields alone would cost validation too much. */
function ofTokens(tokens: number): string {
  const around = 14;
  const parents = 150;
  const rest = tokens - around - parents * 9;
  return `{ area(key: {code: "VN-DB"}) { ${times(parents, () => 'parent(on: "2025-07-01") { code }')}
    ${times(rest, () => 'code')} } }`;
}
const ofBytes = (bytes: number): string => {
  const [start, end] = ['{"query":"{viewer{role}}', '"}'];
  return start + ' '.repeat(bytes - start.length - end.length) + end;
};
/** Levels from `area` down to a leaf. */
const nested = (levels: number, leaf = 'code'): string =>
  levels === 1 ? leaf : `parent { ${nested(levels - 1, leaf)} }`;
const deep = (levels: number) => `{ area(key: {code: "VN-DB"}) { ${nested(levels - 1)} } }`;
const deepByFragments = (levels: number) =>
  `{ area(key: {code: "VN-DB"}) { ...A } }
   fragment A on Area { ${nested(6, '...B')} }
   fragment B on Area { ... { ${nested(levels - 6)} } }`;
const aliases = (count: number, field: string) =>
  `{ viewer { ${times(count, (i) => `a${i}: ${field}`)} } }`;
const directives = (count: number) =>
  `{ viewer { ${times(count, () => 'role @include(if: true)')} } }`;
const rootFields = (count: number) => `{ ${times(count, () => '__typename')} }`;
const rootByFragments = (count: number) =>
  `{ ...A ... on Query { ...B } } fragment A on Query { ${times(count - 10, () => '__typename')} }
   fragment B on Query { ${times(10, () => '__typename')} }`;
const children = (first: string) => `{ areas(first: 200) { nodes { children${first} { code } } } }`;

const { bodyBytes, tokens, depth, aliases: aliasMax, directives: directiveMax } = limits;
const rootMax = limits.rootFields.value;
// 200 areas with 49 units below each are 200 * (1 + 49) rows: exactly the limit.
const inside = 49;
const outside = 50;

describe('a request beyond a limit is refused, and one within it is answered', () => {
  test.each<[string, ErrorCode, number, () => string, () => string]>([
    [
      'tokens',
      'DOCUMENT_TOO_LONG',
      400,
      () => ofTokens(tokens.value),
      () => ofTokens(tokens.value + 1),
    ],
    ['depth', 'DOCUMENT_TOO_DEEP', 400, () => deep(depth.value), () => deep(depth.value + 1)],
    [
      'depth through fragments',
      'DOCUMENT_TOO_DEEP',
      400,
      () => deepByFragments(depth.value),
      () => deepByFragments(depth.value + 1),
    ],
    [
      'aliases',
      'TOO_MANY_ALIASES',
      400,
      () => aliases(aliasMax.value, 'role'),
      () => aliases(aliasMax.value + 1, 'role'),
    ],
    [
      'aliases of __typename',
      'TOO_MANY_ALIASES',
      400,
      () => aliases(aliasMax.value, '__typename'),
      () => aliases(aliasMax.value + 1, '__typename'),
    ],
    [
      'directives',
      'TOO_MANY_DIRECTIVES',
      400,
      () => directives(directiveMax.value),
      () => directives(directiveMax.value + 1),
    ],
    [
      'root fields',
      'TOO_MANY_ROOT_FIELDS',
      400,
      () => rootFields(rootMax),
      () => rootFields(rootMax + 1),
    ],
    [
      'root fields through fragments',
      'TOO_MANY_ROOT_FIELDS',
      400,
      () => rootByFragments(rootMax),
      () => rootByFragments(rootMax + 1),
    ],
    [
      'rows of nested lists',
      'TOO_MANY_ROWS',
      400,
      () => children(`(first: ${inside})`),
      () => children(`(first: ${outside})`),
    ],
    [
      'rows by a fragment',
      'TOO_MANY_ROWS',
      400,
      () => `{ areas(first: 1) { ...A } } fragment A on AreaConnection { edges { node { ...B } } }
             fragment B on Area { children(first: ${outside}) { code } }`,
      () => `{ areas(first: 200) { ...A } } fragment A on AreaConnection { edges { node { ...B } } }
             fragment B on Area { children(first: ${outside}) { code } }`,
    ],
    [
      'rows by inline fragments',
      'TOO_MANY_ROWS',
      400,
      () => `{ areas(first: 1) { ... { nodes { ... on Area { children { code } } } } } }`,
      () => `{ areas(first: 200) { ... { nodes { ... on Node { ... on Area {
               children(first: ${outside}) { code } } } } } } }`,
    ],
    [
      'rows by the default of a variable',
      'TOO_MANY_ROWS',
      400,
      () => `query($n: Int = 1) ${children('(first: $n)')}`,
      () => `query($n: Int = ${outside}) ${children('(first: $n)')}`,
    ],
    [
      'rows by the default of the list itself',
      'TOO_MANY_ROWS',
      400,
      () => '{ areas(first: 10) { nodes { children { code } } } }',
      () => children(''),
    ],
  ])('%s: %s', async (_limit, code, status, within, beyond) => {
    const answer = await ask(within());
    expect(answer).toMatchObject({ status: 200, code: null });
    const refusal = await ask(beyond());
    expect(refusal).toMatchObject({ status, code, errors: 1 });
    expect(refusal.data ?? null).toBeNull();
    expect(await ask(beyond()), 'a cached refusal').toMatchObject({ status, code });
  });

  test('rows by a variable', async () => {
    const query = `query($n: Int) ${children('(first: $n)')}`;
    expect(await ask(query, { n: 1 })).toMatchObject({ status: 200, code: null });
    for (const n of [outside, null, 1e300]) {
      expect(await ask(query, { n })).toMatchObject({ status: 400, code: 'TOO_MANY_ROWS' });
    }
    // A value that was sent counts, and not the default.
    const defaulted = `query($n: Int = 1) ${children('(first: $n)')}`;
    expect(await ask(defaulted, { n: outside })).toMatchObject({ code: 'TOO_MANY_ROWS' });
    expect(await ask(defaulted, { n: null })).toMatchObject({ code: 'TOO_MANY_ROWS' });
  });

  test('the size of the body, with and without a length', async () => {
    const { value: max } = bodyBytes;
    expect(await send(ofBytes(max))).toMatchObject({ status: 200, code: null });
    for (const body of [
      ofBytes(max + 1),
      ofBytes(10 * max),
      new Blob([ofBytes(max + 1)]).stream(),
    ]) {
      const refusal = await send(body);
      expect(refusal).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
      expect(refusal.message).toContain(`larger than ${max} bytes`);
    }
    expect(await send(new Blob([ofBytes(max)]).stream())).toMatchObject({ status: 200 });
  });

  test.each<[string, number, ErrorCode | null]>([
    ['0', 200, 'FIRST_OUT_OF_BOUNDS'],
    ['-1', 200, 'FIRST_OUT_OF_BOUNDS'],
    ['201', 200, 'FIRST_OUT_OF_BOUNDS'],
    ['1', 200, null],
    ['200', 200, null],
    ['null', 200, null],
    ['2147483647', 400, 'TOO_MANY_ROWS'],
    ['2147483648', 400, 'DOCUMENT_INVALID'],
    ['1.5', 400, 'DOCUMENT_INVALID'],
    ['"3"', 400, 'DOCUMENT_INVALID'],
  ])('first: %s', async (first, status, code) => {
    const answer = await ask(`{ areas(first: ${first}) { totalCount } }`);
    expect(answer).toMatchObject({ status, code });
    expect(answer.data !== null && answer.data !== undefined).toBe(code === null);
  });

  test.each(['0', '601', '-5'])('first: %s of the units below an area', async (first) => {
    const query = `{ area(key: {code: "VN"}) { children(first: ${first}) { code } } }`;
    expect(await ask(query)).toMatchObject({ status: 200, code: 'FIRST_OUT_OF_BOUNDS' });
  });
});

describe('a document that grows as it is followed is refused at once', () => {
  /** Each fragment spreads the next one twice: 2 to the power of the count. */
  const doubling = (count: number, type: string, leaf: string) =>
    times(count, (i) => {
      const next = i === count - 1 ? leaf : `...F${i + 1} ...F${i + 1}`;
      return `fragment F${i} on ${type} { ${next} }`;
    });

  test.each<[string, ErrorCode, string]>([
    ['at the root', 'DOCUMENT_TOO_LONG', `{ ...F0 } ${doubling(100, 'Query', '__typename')}`],
    [
      'on leaves',
      'DOCUMENT_TOO_LONG',
      `{ areas { nodes { ...F0 } } } ${doubling(100, 'Area', 'code')}`,
    ],
    [
      'on lists',
      'DOCUMENT_TOO_LONG',
      `{ areas { nodes { ...F0 } } } ${doubling(100, 'Area', 'children(first: 1) { code }')}`,
    ],
    [
      'in a circle',
      'DOCUMENT_INVALID',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    ],
    ['of itself', 'DOCUMENT_INVALID', '{ ...A } fragment A on Query { __typename ...A }'],
    [
      'in a circle through fields',
      'DOCUMENT_INVALID',
      '{ area(key: {code: "VN"}) { ...A } } fragment A on Area { parent { ...A } }',
    ],
    ['never closed', 'DOCUMENT_MALFORMED', '{ viewer '.repeat(500)],
    [
      'of nested lists',
      'DOCUMENT_INVALID',
      `{ areas(first: ${'['.repeat(900)}1${']'.repeat(900)}) { totalCount } }`,
    ],
  ])('fragments or braces %s: %s', { timeout: 10_000 }, async (_shape, code, query) => {
    expect(await ask(query)).toMatchObject({ status: 400, code });
  });

  test.each<[string, string]>([
    ['an undeclared list', `{"x": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
    ['a declared object', `{"key": ${'{"code":'.repeat(6_000)}1${'}'.repeat(6_000)}}`],
  ])('variables: %s, very deep', async (_shape, variables) => {
    const query = 'query($key: AreaKey = {code: \\"VN\\"}) { area(key: $key) { code } }';
    const answer = await send(`{"query": "${query}", "variables": ${variables}}`);
    expect(answer).toMatchObject({ status: 400, code: 'VARIABLES_INVALID' });
  });
});
