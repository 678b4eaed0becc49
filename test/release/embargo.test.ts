/** Before its instant a release is not there, from it on all of it is; who may read it early is recorded. */
import { execute, parse } from 'graphql';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AccessDraft } from '../../src/audit/draft.ts';
import { listIssuers } from '../../src/identity/data.ts';
import { developmentKeys } from '../../src/identity/development.ts';
import { identify } from '../../src/identity/identify.ts';
import { createIssuerKeys } from '../../src/identity/issuers.ts';
import { Background } from '../../src/platform/background.ts';
import type { Context } from '../../src/platform/context.ts';
import { createPrisma, type Database } from '../../src/platform/prisma-client.ts';
import { withScope } from '../../src/platform/scope.ts';
import { createLogger } from '../../src/platform/telemetry.ts';
import { buildSchemas } from '../../src/schema.ts';
import { mainPurpose, roleOf } from '../support/gateway.ts';
import {
  accepted,
  approve,
  makeProtected,
  openBench,
  protectAgain,
  schedule,
  type ReleaseBench,
} from './support.ts';

const schemas = buildSchemas();
const databases = new Map<ReleaseBench, Database>();

/** The same operation at another instant: the scope is the request's own, but for its clock. */
async function askAt(bench: ReleaseBench, agency: string, instant: Date, text: string) {
  const { store, config, dataDirectory } = bench.gateway;
  const db = databases.get(bench) ?? createPrisma(store.gateway);
  databases.set(bench, db);
  const issuers = createIssuerKeys({
    list: () => listIssuers(store.gateway),
    developmentKeys: developmentKeys(dataDirectory),
  });
  const headers = new Headers({
    authorization: `Bearer ${await bench.gateway.token(agency)}`,
    'purpose-of-use': mainPurpose[roleOf(agency)],
  });
  const found = await identify(headers, issuers, store.gateway, config.tokenAudience, 'at an hour');
  const scope = { ...found.scope, instant: instant.toISOString() };
  const draft = new AccessDraft();
  draft.principal = { ...found, scope };
  const contextValue: Context = {
    principal: draft.principal,
    draft,
    db,
    language: 'en',
    contract: schemas,
    background: new Background(createLogger('silent')),
    memory: new Map(),
  };
  const { schema } = schemas.byRole[found.role];
  const result = await withScope(scope, async () =>
    execute({ schema, document: parse(text), contextValue }),
  );
  // As JSON, which is what leaves.
  const { data, errors } = JSON.parse(JSON.stringify(result)) as { data: any; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
const before = (instant: Date, millis = 1) => new Date(instant.getTime() - millis);
const cells = async ({ owner }: ReleaseBench, release: string) =>
  (
    await owner.query<{ id: string; figure_id: string; area_id: string; value: string | null }>(
      `select id, figure_id, area_id, value::text as value from observation where release_id = $1 and audience = 'PUBLISHED' order by figure_id`,
      [release],
    )
  ).rows;
const nodeId = (id: string) => Buffer.from(`RecordedObservation:${id}`).toString('base64');

const outsiders = ['press-vn', 'union-dien-bien', 'union-lao-cai', 'labour-lao-cai', 'si-lao-cai'];
const insiders = ['labour-dien-bien', 'si-dien-bien', 'si-vn'];
const day = '2026-06-30';
const province = 'area: { code: "11", vintage: "2025-07" }';

describe('a release one millisecond before its instant, and at it', () => {
  let bench: ReleaseBench;
  const instant = inHours(2);
  const later = inHours(4);

  beforeAll(async () => {
    bench = await openBench();
    await makeProtected(bench, { code: 'awaited' });
    accepted(await schedule(bench, 'awaited', instant));
    accepted(await approve(bench, 'awaited'));
  });
  afterAll(() => bench.close());

  const list = (release: string) =>
    `{ observations(where: { release: "${release}" }, first: 1) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`;
  const ofDay = `{ observations(where: { timePeriod: "${day}", ${province} }, first: 200) { nodes { figureId release { code } } } }`;
  const calendar = (code: string) =>
    `{ releases(where: { timePeriod: "2026-Q2", dataflow: "ENROLMENT_QUARTERLY" }, first: 200) { nodes { code state publishedAt changes(first: 1) { figureId } } } }`.replace(
      '$code',
      code,
    );
  const coverage = `{ coverage(${province}, timePeriod: "${day}") { participants { value source { code } } others { figureId } } }`;

  test.each(outsiders)('%s: nothing of it, then all of it', async (agency) => {
    const rows = await cells(bench, 'awaited');
    expect(rows.length).toBeGreaterThan(50);
    const entry = async (at: Date) =>
      (await askAt(bench, agency, at, calendar('awaited'))).releases.nodes.find(
        (node: { code: string }) => node.code === 'awaited',
      );
    const node = `{ node(id: "${nodeId(rows[0]!.id)}") { id } }`;

    const early = await askAt(bench, agency, before(instant), list('awaited'));
    expect(early.observations).toEqual({
      totalCount: 0,
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
    expect((await askAt(bench, agency, before(instant), node)).node).toBeNull();
    expect(await entry(before(instant))).toMatchObject({ state: 'SCHEDULED', publishedAt: null });
    const namedEarly = await askAt(bench, agency, before(instant), ofDay);
    expect(JSON.stringify(namedEarly)).not.toContain('awaited');

    const due = await askAt(bench, agency, instant, list('awaited'));
    expect(due.observations.totalCount).toBe(rows.length);
    expect((await askAt(bench, agency, instant, node)).node).toEqual({ id: nodeId(rows[0]!.id) });
    expect(await entry(instant)).toMatchObject({ state: 'PUBLISHED' });
    expect(JSON.stringify(await askAt(bench, agency, instant, ofDay))).toContain('awaited');

    const covered = await askAt(bench, agency, before(instant), coverage);
    expect(await askAt(bench, agency, instant, coverage)).not.toEqual(covered);
  });

  test('a correction: the first version before, the second from its instant on, never both or none', async () => {
    accepted(
      await bench.gateway.ask(
        'si-dien-bien',
        'mutation { draftRelease(input: { code: "version-1", dataflow: "ENROLMENT_MONTHLY", area: { code: "11", vintage: "2025-07" }, timePeriod: "2026-05", titleVi: "a", titleEn: "a", exceptional: true }) { code } }',
      ),
    );
    await protectAgain(bench, 'version-1');
    accepted(await approve(bench, 'version-1'));
    accepted(
      await bench.gateway.ask(
        'si-dien-bien',
        'mutation { correctRelease(code: "version-1", newCode: "version-2", note: "n") { code } }',
      ),
    );
    await protectAgain(bench, 'version-2');
    accepted(await schedule(bench, 'version-2', later));
    accepted(await approve(bench, 'version-2'));
    const count = (await cells(bench, 'version-1')).length;
    const text = `{ a: observations(where: { release: "version-1" }) { totalCount } b: observations(where: { release: "version-2" }) { totalCount }
      all: observations(where: { indicator: "PARTICIPANTS", timePeriod: "2026-05-31" }, first: 200) { nodes { figureId } } }`;
    for (const agency of ['press-vn', 'union-dien-bien']) {
      const first = await askAt(bench, agency, before(later), text);
      const second = await askAt(bench, agency, later, text);
      expect([first.a.totalCount, first.b.totalCount]).toEqual([count, 0]);
      expect([second.a.totalCount, second.b.totalCount]).toEqual([0, count]);
      for (const { all } of [first, second]) {
        const figures = all.nodes.map(({ figureId }: { figureId: string }) => figureId);
        expect(new Set(figures).size).toBe(figures.length);
      }
    }
  });

  test.each(insiders)('%s meets each figure once at any instant', async (agency) => {
    const text = (after: string) =>
      `{ observations(where: { timePeriod: "${day}", domain: "ENROLLMENT" }, first: 200 ${after}) { nodes { figureId contributor } pageInfo { hasNextPage endCursor } } }`;
    const seen = async (at: Date) => {
      const figures: string[] = [];
      for (let after = ''; ;) {
        const { observations } = await askAt(bench, agency, at, text(after));
        for (const node of observations.nodes) figures.push(`${node.figureId} ${node.contributor}`);
        if (!observations.pageInfo.hasNextPage) return figures;
        after = `after: "${observations.pageInfo.endCursor}"`;
      }
    };
    const early = await seen(before(instant));
    const due = await seen(instant);
    for (const figures of [early, due]) expect(new Set(figures).size).toBe(figures.length);
    // The province's own numbers were published before, and are only said anew.
    const released = (await cells(bench, 'awaited'))
      .map(({ figure_id }) => figure_id)
      .filter((id) => id.startsWith('release/'));
    const had = (figures: string[]) =>
      released.filter((id) => figures.some((one) => one.startsWith(`${id} `))).length;
    expect(had(due)).toBe(released.length);
    expect(had(early)).toBe(0);
  });
});

describe('two databases, with and without the figures of an announced release', () => {
  let full: ReleaseBench;
  let empty: ReleaseBench;
  let keys: string[] = [];
  let ids: string[] = [];
  const instant = inHours(3);

  beforeAll(async () => {
    [full, empty] = [await openBench(), await openBench()];
    for (const bench of [full, empty]) {
      await makeProtected(bench, { code: 'awaited' });
      accepted(await schedule(bench, 'awaited', instant));
    }
    accepted(await approve(full, 'awaited'));
    const rows = await cells(full, 'awaited');
    keys = rows.map(({ figure_id }) => figure_id);
    ids = rows.map(({ id }) => id);
  }, 240_000);
  afterAll(async () => {
    await full.close();
    await empty.close();
  });

  /** Everything of an answer but its number, its name and its hour. */
  async function wholeAnswer({ gateway }: ReleaseBench, agency: string, text: string) {
    const response = await request(gateway.gateway.server)
      .post('/graphql')
      .set('accept', 'application/graphql-response+json')
      .set('authorization', `Bearer ${await gateway.token(agency)}`)
      .set('purpose-of-use', mainPurpose[roleOf(agency)])
      .buffer(true)
      .send({ query: text });
    const own = new Set(['access-record', 'request-id', 'date']);
    const headers = Object.entries(response.headers as Record<string, string>).filter(
      ([name]) => !own.has(name),
    );
    // An error repeats the request's id.
    const id = response.headers['request-id'] ?? '-';
    const body = (response.text ?? JSON.stringify(response.body)).replaceAll(id, 'REQUEST');
    return { status: response.status, headers, body };
  }

  const page =
    'totalCount nodes { id figureId value obsStatus confStatus release { code state } } edges { cursor } pageInfo { hasNextPage endCursor }';
  const questions = (): [string, string][] => [
    ['all', `{ observations(first: 50) { ${page} } }`],
    ['of the release', `{ observations(where: { release: "awaited" }) { ${page} } }`],
    [
      'of a release that is not there',
      `{ observations(where: { release: "nowhere" }) { ${page} } }`,
    ],
    ['of the day', `{ observations(where: { timePeriod: "${day}" }, first: 50) { ${page} } }`],
    ['suppressed', `{ observations(where: { obsStatus: Q }, first: 50) { ${page} } }`],
    [
      'largest first',
      `{ observations(orderBy: VALUE_DESC, where: { indicator: "PARTICIPANTS", from: "2026" }, first: 50) { ${page} } }`,
    ],
    ['newest first', `{ observations(orderBy: PERIOD_DESC, first: 50) { ${page} } }`],
    [
      'counts of filters',
      `{ a: observations(where: { ${province} }) { totalCount } b: observations(where: { scheme: "VOLUNTARY_SI" }) { totalCount } c: observations(where: { sourceId: "demo-enrolment" }) { totalCount } }`,
    ],
    ['by figure', `{ observations(where: { figureId: "${keys[3]}" }) { ${page} } }`],
    ['by id', `{ node(id: "${nodeId(ids[3]!)}") { id __typename } }`],
    ['by id that is not there', `{ node(id: "${nodeId('nowhere')}") { id __typename } }`],
    [
      'the calendar',
      `{ releases(where: { timePeriod: "2026-Q2" }, first: 50) { totalCount nodes { id code state version publishedAt scheduledAt withdrawnAt note preReleaseAccess { agency } changes { figureId } } } }`,
    ],
    [
      'what is published',
      `{ releases(where: { state: PUBLISHED }, first: 50) { totalCount nodes { code } } }`,
    ],
    [
      'what is announced',
      `{ releases(where: { state: SCHEDULED }, first: 50) { totalCount nodes { code } } }`,
    ],
    [
      'coverage',
      `{ coverage(${province}, timePeriod: "${day}") { scheme participants { value } changeComputed { value } rateComputed { value obsStatus reason } others { figureId } } }`,
    ],
    [
      'coverage of a commune',
      `{ coverage(area: { code: "03127", vintage: "2025-07" }, timePeriod: "${day}") { scheme participants { value } } }`,
    ],
    ['targets', `{ targets(first: 50) { totalCount nodes { figureId value results { value } } } }`],
    [
      'too many rows',
      `{ ${['a', 'b', 'c'].map((name) => `${name}: observations(where: { release: "awaited" }, first: 200) { nodes { conflicts { figures { conflicts { code } } } } }`).join(' ')} }`,
    ],
    ['a bad cursor', `{ observations(where: { release: "awaited" }, after: "x") { ${page} } }`],
    ['too long a page', `{ observations(where: { release: "awaited" }, first: 201) { ${page} } }`],
    [
      'an unknown code',
      `{ observations(where: { release: "awaited", indicator: "NOTHING" }) { ${page} } }`,
    ],
    ['sources', `{ sources(first: 50) { totalCount nodes { id code } } }`],
  ];

  test.each([...outsiders, 'press-nghe-an', 'labour-dien-bien', 'labour-vn'])(
    '%s gets the same bytes',
    async (agency) => {
      for (const [name, text] of questions()) {
        const [withRows, without] = [
          await wholeAnswer(full, agency, text),
          await wholeAnswer(empty, agency, text),
        ];
        expect({ name, ...withRows }).toEqual({ name, ...without });
      }
    },
  );

  test('another provider is not told whether it was approved', async () => {
    const text = `{ releases(where: { timePeriod: "2026-Q2" }, first: 50) { nodes { code approvedAt approvedBy scheduledBy protectedBy } } }`;
    expect(await wholeAnswer(full, 'si-lao-cai', text)).toEqual(
      await wholeAnswer(empty, 'si-lao-cai', text),
    );
  });

  test('the next page after any place of the release is the same', async () => {
    for (const key of [keys[0]!, keys.at(-1)!]) {
      const cursor = Buffer.from(JSON.stringify(['observations FIGURE', [key, ids[0]!]]));
      const text = `{ observations(after: "${cursor.toString('base64url')}", first: 20) { ${page} } }`;
      expect(await wholeAnswer(full, 'press-vn', text)).toEqual(
        await wholeAnswer(empty, 'press-vn', text),
      );
    }
  });

  test('the questions would have met the figures: at the instant the databases differ', async () => {
    const [, text] = questions()[1]!;
    const due = async (bench: ReleaseBench) =>
      (await askAt(bench, 'press-vn', instant, text)).observations.totalCount;
    expect(await due(full)).toBe(keys.length);
    expect(await due(empty)).toBe(0);
  });
});

describe('accredited access before the instant', () => {
  let bench: ReleaseBench;
  const instant = inHours(5);
  const from = inHours(-1);
  const until = inHours(2);

  const grant = (agency: string) =>
    bench.gateway.ask(
      'steward-vn',
      `mutation { requestPreReleaseAccess(input: { release: "awaited", agency: "${agency}", from: "${from.toISOString()}",
        until: "${until.toISOString()}", reason: "Preparing its report." }) { code approvedAt } }`,
    );

  beforeAll(async () => {
    bench = await openBench();
    await makeProtected(bench, { code: 'awaited' });
    accepted(await schedule(bench, 'awaited', instant));
    accepted(await approve(bench, 'awaited'));
  });
  afterAll(() => bench.close());

  const figures =
    '{ observations(where: { release: "awaited" }, first: 5) { totalCount nodes { value } } }';
  const listed =
    '{ releases(where: { timePeriod: "2026-Q2" }, first: 50) { nodes { code preReleaseAccess { agency reason validFrom } } } }';
  const accessOf = (data: any): string[] =>
    data.releases.nodes
      .find(({ code }: { code: string }) => code === 'awaited')
      .preReleaseAccess.map(({ agency }: { agency: string }) => agency);
  const countAt = async (agency: string, at: Date) =>
    (await askAt(bench, agency, at, figures)).observations.totalCount;

  test('counts from a second person’s approval on, within its window, for the agency alone', async () => {
    const { code } = accepted(await grant('press-vn')).data.requestPreReleaseAccess;
    const soon = inHours(0.5);
    expect(await countAt('press-vn', soon)).toBe(0);
    const decide = `mutation { approvePreReleaseAccess(access: "${code}") { approvedAt } }`;
    const alone = await bench.gateway.ask('steward-vn', decide);
    expect(alone.errors[0]?.extensions.code).toBe('SECOND_PERSON_NEEDED');
    accepted(await bench.gateway.ask('steward-vn', decide, { subject: 'second' }));
    const all = (await cells(bench, 'awaited')).length;
    expect(await countAt('press-vn', soon)).toBe(all);
    expect(await countAt('press-vn', before(until))).toBe(all);
    expect(await countAt('press-vn', until)).toBe(0);
    expect(await countAt('press-vn', before(instant))).toBe(0);
    expect(await countAt('press-vn', instant)).toBe(all);
    for (const agency of ['press-nghe-an', 'union-dien-bien', 'labour-lao-cai', 'si-lao-cai']) {
      expect(await countAt(agency, soon)).toBe(0);
    }
  });

  test('is known before to those concerned, and to everybody from the instant on', async () => {
    for (const agency of ['press-vn', 'si-dien-bien', 'steward-vn']) {
      expect(accessOf(await askAt(bench, agency, before(instant), listed))).toEqual(['press-vn']);
    }
    for (const agency of ['press-nghe-an', 'union-dien-bien', 'si-lao-cai']) {
      expect(accessOf(await askAt(bench, agency, before(instant), listed))).toEqual([]);
      expect(accessOf(await askAt(bench, agency, instant, listed))).toEqual(['press-vn']);
    }
  });

  const grantsOf = async (reply: { headers: Record<string, string> }) =>
    (
      await bench.gateway.ask(
        'audit-vn',
        `{ accessRecord(number: "${reply.headers['access-record']}") { grants } }`,
      )
    ).data.accessRecord.grants as string[];

  test('each use is on the access record, a number computed from such a figure too', async () => {
    const used = accepted(await bench.gateway.ask('press-vn', figures));
    expect(used.data.observations.totalCount).toBeGreaterThan(0);
    expect(await grantsOf(used)).toContain('prerelease:awaited');
    const other = accepted(
      await bench.gateway.ask(
        'press-vn',
        '{ observations(where: { timePeriod: "2025" }, first: 5) { nodes { value } } }',
      ),
    );
    expect(await grantsOf(other)).not.toContain('prerelease:awaited');
    const nobody = accepted(await bench.gateway.ask('union-dien-bien', figures));
    expect(await grantsOf(nobody)).not.toContain('prerelease:awaited');
  });

  test('ends at once when it is revoked', async () => {
    const { code } = accepted(await grant('union-lao-cai')).data.requestPreReleaseAccess;
    const change = (name: string) =>
      bench.gateway.ask('steward-vn', `mutation { ${name}(access: "${code}") { code } }`, {
        subject: 'second',
      });
    accepted(await change('approvePreReleaseAccess'));
    expect(
      accepted(await bench.gateway.ask('union-lao-cai', figures)).data.observations.totalCount,
    ).toBeGreaterThan(0);
    accepted(await change('revokePreReleaseAccess'));
    expect(
      accepted(await bench.gateway.ask('union-lao-cai', figures)).data.observations.totalCount,
    ).toBe(0);
  });
});

describe('the hour is the database’s', () => {
  test('a request’s instant comes from the database clock', async () => {
    const bench = await openBench();
    try {
      const { rows } = await bench.owner.query<{ now: Date }>('select clock_timestamp() as now');
      const reply = accepted(await bench.gateway.ask('press-vn', '{ __typename }'));
      const record = await bench.gateway.ask(
        'audit-vn',
        `{ accessRecord(number: "${reply.headers['access-record']}") { time } }`,
      );
      const { rows: after } = await bench.owner.query<{ now: Date }>(
        'select clock_timestamp() as now',
      );
      const time = Date.parse(record.data.accessRecord.time);
      expect(time).toBeGreaterThanOrEqual(Math.floor(rows[0]!.now.getTime()));
      expect(time).toBeLessThanOrEqual(after[0]!.now.getTime());
    } finally {
      await bench.close();
    }
  });
});
