/** Bad values in a well-formed question: each has its code, and a sentence that says what to do. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorTable, type ErrorCode } from '../src/platform/errors.ts';
import { openGateway, type AskOptions, type TestGateway } from './support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.close());

async function ask(query: string, options: AskOptions & { agency?: string } = {}) {
  const reply = await gateway.ask(options.agency ?? 'press-vn', query, options);
  expect(reply.status).not.toBe(500);
  expect(reply.text).not.toMatch(/INTERNAL|prisma|invocation|node_modules|\n\s+at /);
  return reply;
}

const globalId = (text: string) => Buffer.from(text).toString('base64');
const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a value that means nothing is refused by name, never answered as "no data"', () => {
  test.each<[string, ErrorCode, string]>([
    ['area(key: {code: "99"}) { code }', 'AREA_UNKNOWN', 'There is no area 99;'],
    ['area(key: {code: ""}) { code }', 'AREA_UNKNOWN', 'There is no area ;'],
    ['area(key: {code: "15", vintage: "2030"}) { code }', 'AREA_UNKNOWN', 'no area 15@2030;'],
    ['observations(where: {area: {code: "x"}}) { totalCount }', 'AREA_UNKNOWN', 'no area x;'],
    ['targets(where: {area: {code: "x"}}) { totalCount }', 'AREA_UNKNOWN', 'no area x;'],
    ['conflicts(where: {area: {code: "x"}}) { totalCount }', 'AREA_UNKNOWN', 'no area x;'],
    ['coverage(area: {code: "x"}, timePeriod: "2022") { scheme }', 'AREA_UNKNOWN', 'no area x;'],
    [
      'area(key: {code: "15"}) { code }',
      'AREA_AMBIGUOUS',
      'add the vintage: 2025-06 (Yên Bái), 2025-07 (Lào Cai)',
    ],
    [
      'observations(where: {area: {code: "15"}}) { totalCount }',
      'AREA_AMBIGUOUS',
      'add the vintage: 2025-06 (Yên Bái), 2025-07 (Lào Cai)',
    ],
    ...['INDICATOR', 'SCHEME', 'PARTICIPANT_GROUP'].flatMap(
      (list): [string, ErrorCode, string][] => {
        const field = list.toLowerCase().replace(/_g/, 'G');
        const said = `The list ${list} has no code nope; \`codeList(id: "${list}")\``;
        return [
          [`observations(where: {${field}: "nope"}) { totalCount }`, 'CODE_UNKNOWN', said],
          [`targets(where: {${field}: "nope"}) { totalCount }`, 'CODE_UNKNOWN', said],
        ];
      },
    ),
    ['observations(where: {domain: "nope"}) { totalCount }', 'CODE_UNKNOWN', 'The list DOMAIN has'],
    ['observations(where: {sex: "nope"}) { totalCount }', 'CODE_UNKNOWN', 'The list CL_SEX has'],
    [
      'observations(where: {residence: "nope"}) { totalCount }',
      'CODE_UNKNOWN',
      'The list RESIDENCE has',
    ],
    ['conflicts(where: {kind: "nope"}) { totalCount }', 'CODE_UNKNOWN', 'list CONFLICT_KIND has'],
    ['conflicts(where: {certainty: "nope"}) { totalCount }', 'CODE_UNKNOWN', 'list CERTAINTY has'],
    ['instruments(kind: "nope") { totalCount }', 'CODE_UNKNOWN', 'list LEGAL_INSTRUMENT_KIND has'],
    [
      'coverage(area: {code: "VN"}, timePeriod: "2022", scheme: "nope") { scheme }',
      'CODE_UNKNOWN',
      'The list SCHEME has no code nope',
    ],
    [
      'coverage(area: {code: "VN"}, timePeriod: "2022", participantGroup: "nope") { scheme }',
      'CODE_UNKNOWN',
      'The list PARTICIPANT_GROUP has no code nope',
    ],
  ])('%s: %s', async (field, code, said) => {
    const { status, data, errors } = await ask(`{ ${field} }`);
    expect(status).toBe(200);
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      path: [/^\w+/.exec(field)?.[0]],
      locations: [{ line: 1, column: 3 }],
      extensions: { code },
    });
    expect(errors[0]?.message).toContain(said);
  });

  test.each(['_T', 'URBAN', 'RURAL'])('residence %s is a code, and the total too', async (code) => {
    const { errors } = await ask(`{ observations(where: {residence: "${code}"}) { totalCount } }`);
    expect(errors).toEqual([]);
  });

  test.each([
    ['', '22', '2022-13', '2022-00', '2022-1', '2022-Q0', '2022-Q5', '2022-02-30', '2023-02-29'],
    ['0000-01-01', '2022/P1Y', '2016-01-01/P', '2016-01-01/P0Y', '2016-01-01/P5', 'năm 2022'],
    [
      '2022-01-01/2022-12-31',
      ' 2022',
      '2022\n',
      '-2022',
      '2022-12-31T00:00:00Z',
      'x'.repeat(9_000),
    ],
  ])('no period: %j and others', async (...periods) => {
    for (const period of periods) {
      const { data, errors } = await ask(
        `query($p: String!) {
          node(id: "${globalId('Area:nowhere')}") { id }
          coverage(area: {code: "VN"}, timePeriod: $p) { scheme }
          observations(where: {from: $p}) { totalCount }
          targets(where: {to: $p}) { totalCount } }`,
        { variables: { p: period } },
      );
      expect(data).toBeNull();
      expect(errors[0]?.extensions.code, period).toBe('PERIOD_MALFORMED');
      expect(errors[0]?.message.length).toBeLessThan(200);
    }
  });

  test('periods at the ends of the calendar are periods', async () => {
    const query = `query($p: String!) { observations(where: {timePeriod: $p}) { totalCount }
      from: observations(where: {from: $p}) { totalCount }
      to: targets(where: {to: $p}) { totalCount } }`;
    for (const p of ['1000', '2999-12', '0001-01-01', '9999-12-31']) {
      expect((await ask(query, { variables: { p } })).errors, p).toEqual([]);
    }
  });

  test.each(['2025-02-30', '0000-01-01', '2025-7-1', '01/07/2025', '', '2025-07-01T00:00:00Z'])(
    'no day: %j, as a literal and as a variable',
    async (date) => {
      const literal = await ask(`{ areas(where: {validOn: "${date}"}) { totalCount } }`);
      const single = 'query($d: Date) { areas(where: {validOn: $d}) { totalCount } }';
      const whole = 'query($w: AreaFilter) { areas(where: $w) { totalCount } }';
      const variable = await ask(single, { variables: { d: date } });
      const nested = await ask(whole, { variables: { w: { validOn: date } } });
      for (const [reply, field] of [
        [literal, 'validOn'],
        [variable, 'd'],
        [nested, 'validOn'],
      ] as const) {
        expect(reply.data).toBeNull();
        expect(reply.errors[0]).toMatchObject({
          extensions: { code: 'DATE_MALFORMED', date, field },
        });
      }
      expect(literal.errors[0]).toMatchObject({ locations: [{ line: 1, column: 26 }] });
    },
  );

  test.each(['yesterday', '2025-13-01T00:00:00Z', '2025-01-01', '0000-01-01T00:00:00Z'])(
    'no instant: %j',
    async (instant) => {
      const query = `{ accessRecords(where: {from: "${instant}"}) { totalCount } }`;
      const { status, errors } = await ask(query, { agency: 'audit-vn' });
      expect([status, errors[0]?.extensions.code]).toEqual([400, 'DOCUMENT_INVALID']);
      expect(errors[0]?.extensions).toMatchObject({ field: 'from' });
    },
  );

  test.each([
    ['{ debtPositions(where: {amountMin: "abc"}) { totalCount } }', 'amountMin', 36],
    ['{ debtPositions(where: {amountMax: 1.5}) { totalCount } }', 'amountMax', 36],
    ['{ debtPositions(where: {state: [LATE_UNPAID, NOPE]}) { totalCount } }', 'state', 46],
    ['{ debtPositions(first: "x") { totalCount } }', 'first', 24],
  ])('%s has its place', async (query, field, column) => {
    const { status, errors } = await ask(query, { agency: 'si-dien-bien' });
    expect(status).toBe(400);
    expect(errors[0]).toMatchObject({
      locations: [{ line: 1, column }],
      extensions: { code: 'DOCUMENT_INVALID', field },
    });
  });

  test.each([
    [{ amountMin: 'x at "where.state"; ' }, 'amountMin'],
    [{ state: ['LATE_UNPAID', 'NOPE'] }, 'state'],
  ])('a variable that holds %j has its place', async (w, field) => {
    const query = 'query($w: DebtPositionFilter) { debtPositions(where: $w) { totalCount } }';
    const { errors } = await ask(query, { agency: 'si-dien-bien', variables: { w } });
    expect(errors[0]?.extensions).toMatchObject({ code: 'VARIABLES_INVALID', field });
  });

  test('a day that is written as no text is named as it is written', async () => {
    const query = '{ debtPositions(where: {turnsEvasionBy: SOON}) { totalCount } }';
    const { errors } = await ask(query, { agency: 'si-dien-bien' });
    expect(errors[0]).toMatchObject({
      locations: [{ line: 1, column: 41 }],
      extensions: { code: 'DATE_MALFORMED', date: 'SOON', field: 'turnsEvasionBy' },
    });
  });

  test('what is about no single value names none', async () => {
    const { errors } = await ask('{ debtPositions(where: {nope: 1}) { totalCount } }', {
      agency: 'si-dien-bien',
    });
    expect(errors[0]?.extensions).not.toHaveProperty('field');
  });
});

describe('a cursor serves its own list in its own order and nothing else', () => {
  const list = 'observations';
  const firstPage = async (orderBy: string) => {
    const query = `{ ${list}(first: 1, orderBy: ${orderBy}) { pageInfo { endCursor } } }`;
    const { data } = await ask(query);
    return (data as { observations: { pageInfo: { endCursor: string } } }).observations.pageInfo
      .endCursor;
  };

  test('it is refused everywhere else, and by its own list when a character is missing', async () => {
    const own = await firstPage('FIGURE');
    const next = (after: string, orderBy = 'FIGURE') =>
      ask(`{ ${list}(first: 1, orderBy: ${orderBy}, after: "${after}") { nodes { figureId } } }`);
    expect((await next(own)).errors).toEqual([]);
    const elsewhere = [
      await next(own, 'PERIOD_ASC'),
      await next(await firstPage('PERIOD_DESC'), 'PERIOD_ASC'),
      await ask(`{ targets(after: "${own}") { totalCount } }`),
      await ask(`{ sources(after: "${own}") { totalCount } }`),
      await next(own.slice(0, -1)),
      await next(own.slice(1)),
      await next(`${own}=`),
      await next(`${own}A`),
    ];
    for (const { errors, data } of elsewhere) {
      expect(data).toBeNull();
      expect(errors[0]?.extensions.code).toBe('CURSOR_INVALID');
    }
  });

  test.each<[string, string, string]>([
    ['nothing', 'FIGURE', ''],
    ['no base64', 'FIGURE', '%%%'],
    ['no JSON', 'FIGURE', Buffer.from('observations').toString('base64url')],
    ['an empty list', 'FIGURE', cursor([])],
    ['an object', 'FIGURE', cursor({ after: 1 })],
    ['a number for a text', 'FIGURE', cursor(['observations FIGURE', [1, 'a']])],
    ['null for what is never null', 'FIGURE', cursor(['observations FIGURE', [null, 'a']])],
    ['too few values', 'FIGURE', cursor(['observations FIGURE', ['a']])],
    ['too many values', 'FIGURE', cursor(['observations FIGURE', ['a', 'b', 'c']])],
    ['NUL in a text', 'FIGURE', cursor(['observations FIGURE', ['a\0', 'b']])],
    ['an object for a text', 'FIGURE', cursor(['observations FIGURE', [{ gt: '' }, 'b']])],
    ['no day', 'PERIOD_ASC', cursor(['observations PERIOD_ASC', ['2022', 'a', 'b']])],
    [
      'no day that exists',
      'PERIOD_DESC',
      cursor(['observations PERIOD_DESC', ['2022-02-30T00:00:00.000Z', 'a', 'b']]),
    ],
    [
      'the year 0',
      'PERIOD_ASC',
      cursor(['observations PERIOD_ASC', ['0000-01-01T00:00:00.000Z', 'a', 'b']]),
    ],
    ['no decimal', 'VALUE_DESC', cursor(['observations VALUE_DESC', ['1e999', 'a', 'b']])],
    ['a huge one', 'FIGURE', cursor(['observations FIGURE', ['a'.repeat(30_000), 7]])],
  ])('%s', async (_case, orderBy, after) => {
    const { data, errors } = await ask(
      `query($after: String) { observations(orderBy: ${orderBy}, after: $after) { totalCount } }`,
      { variables: { after } },
    );
    expect(data).toBeNull();
    expect(errors[0]).toMatchObject({
      path: ['observations'],
      extensions: { code: 'CURSOR_INVALID' },
    });
  });

  test('the log’s cursor holds a number', async () => {
    for (const value of ['x', '-1', '1'.repeat(30), '1.5']) {
      const after = cursor(['accessRecords NUMBER_DESC', [value]]);
      const query = `{ accessRecords(after: "${after}") { totalCount } }`;
      const { errors } = await ask(query, { agency: 'audit-vn' });
      expect(errors[0]?.extensions.code, value).toBe('CURSOR_INVALID');
    }
  });
});

describe('an id that finds nothing is null, whatever the reason; one never given out is refused', () => {
  test.each([
    ...['Area', 'RecordedObservation', 'Target', 'Source', 'Instrument', 'CodeList', 'Conflict'],
    ...['Agency', 'Grant', 'AccessRecord', 'DerivedObservation', 'Observation', 'Viewer', 'Query'],
    ...['AreaKey', 'String', 'Nothing', 'constructor'],
  ])('%s', async (typeName) => {
    for (const key of ['x', '5', 'ă@2025-07', '9'.repeat(400), "';--"]) {
      const { data, errors } = await ask(
        `{ node(id: "${globalId(`${typeName}:${key}`)}") { id } }`,
      );
      expect([data, errors]).toEqual([{ node: null }, []]);
    }
  });

  test.each([
    '',
    'x',
    'QXJlYTo',
    globalId('Area:'),
    globalId(':x'),
    globalId('Ar ea:x'),
    globalId('Area:a\0'),
  ])('%j', async (id) => {
    const { data, errors } = await ask(`query($id: ID!) { node(id: $id) { id } }`, {
      variables: { id },
    });
    expect(data).toEqual({ node: null });
    expect(errors[0]).toMatchObject({ path: ['node'], extensions: { code: 'ID_MALFORMED' } });
  });
});

describe('sentences come in the caller’s language', () => {
  test.each<[string | undefined, 'en' | 'vi']>([
    ['vi', 'vi'],
    ['vi-VN,vi;q=0.9,en;q=0.8', 'vi'],
    ['VI', 'vi'],
    ['en;q=0.4, vi;q=0.5', 'vi'],
    ['fr, vi', 'vi'],
    ['en,vi;q=0.5', 'en'],
    ['vi;q=0, en', 'en'],
    ['en', 'en'],
    ['fr', 'en'],
    ['*', 'en'],
    [';;;q=x,,', 'en'],
    [undefined, 'en'],
  ])('Accept-Language: %s', async (accept, language) => {
    const headers: Record<string, string> =
      accept === undefined ? {} : { 'accept-language': accept };
    const { errors } = await ask('{ area(key: {code: "99"}) { code } }', { headers });
    const start = { en: 'There is no area 99', vi: 'Không có địa bàn 99' }[language];
    expect(errors[0]?.message.startsWith(start)).toBe(true);
  });

  test.each(Object.entries(errorTable))('%s', (_code, { en, vi }) => {
    const placeholders = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g))].sort();
    expect(placeholders(vi)).toEqual(placeholders(en));
    for (const sentence of [en, vi]) expect(sentence).toMatch(/^\p{Lu}.{15,}([.}]|: \{detail\})$/u);
    expect(vi).not.toBe(en);
  });
});
