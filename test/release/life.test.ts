/** The life of a release, by those who make it: each step by its own hand, in its own state, or not at all. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nobody, withScope } from '../../src/platform/scope.ts';
import { openGateway, type AskOptions, type Reply, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
/** As the owner of the tables would read them: the scope reaches everything of the two topics. */
const everything = {
  ...nobody,
  topics: ['ENROLLMENT', 'FINANCE', 'REGISTER', 'CHANGE_LOG', 'ACCESS_LOG'],
  published: ['ENROLLMENT', 'FINANCE'],
  national: ['ENROLLMENT', 'FINANCE'],
  instant: '2099-01-01T00:00:00Z',
};
const read = async (text: string, scope = everything) =>
  (await withScope(scope, () => gateway.store.gateway.query(text))).rows as Record<
    string,
    unknown
  >[];
/** What everybody reads: no internal row. */
const outside = { ...everything, national: [] };

beforeAll(async () => {
  gateway = await openGateway({ kind: 'SERVER', demonstration: true });
});
afterAll(() => gateway.close());

const province = '{ code: "11", vintage: "2025-07" }';
const draft = (code: string, more = '') => `mutation { draftRelease(input: { code: "${code}",
  dataflow: "ENROLMENT_QUARTERLY", area: ${province}, timePeriod: "2026-Q2", titleVi: "Thử", titleEn: "Trial",
  exceptional: true ${more} }) { code state version preparedBy } }`;
const beginsJob = /mutation \{ (protectRelease|approveRelease)\(code: "([\w-]+)"/;

/** A job that outlasts its answer, as on a slow machine, is waited for. */
async function ask(agency: string, text: string, options: AskOptions = {}): Promise<Reply> {
  const reply = await gateway.ask(agency, text, options);
  const [, name = '', code] = beginsJob.exec(text) ?? [];
  const begun = (reply.data as Record<string, { state: string } | null> | null)?.[name];
  while (begun?.state === 'RUNNING') {
    await sleep(200);
    const { nodes } = (
      await gateway.ask(agency, '{ releases(first: 200) { nodes { code job { state } } } }')
    ).data.releases;
    begun.state = nodes.find((node: { code: string }) => node.code === code)?.job.state;
  }
  return reply;
}
const codeOf = ({ errors }: Awaited<ReturnType<typeof ask>>) => errors[0]?.extensions.code;
const step = (name: string, code: string, more = '') =>
  `mutation { ${name}(code: "${code}" ${more}) { state } }`;
const second = { subject: 'second' };
const soon = () => new Date(Date.now() + 3_600_000).toISOString();

/** Drafted and protected by the provider. */
async function protectedRelease(code: string, more = ''): Promise<void> {
  expect((await ask('si-dien-bien', draft(code, more))).errors).toEqual([]);
  const reply = await ask('si-dien-bien', step('protectRelease', code));
  expect(reply.errors).toEqual([]);
  expect(reply.data.protectRelease.state).toBe('DONE');
}

const figuresOf = (code: string) => `{ observations(where: { release: "${code}" }, first: 200) {
  totalCount nodes { value obsStatus confStatus refArea { code } scheme } } }`;

describe('a release goes through its steps', () => {
  test('from draft to publication, each by its own hand, all of them in the change log', async () => {
    await protectedRelease('life-1');
    expect((await ask('press-vn', figuresOf('life-1'))).data.observations.totalCount).toBe(0);
    expect(
      codeOf(await ask('steward-vn', step('approveRelease', 'life-1'), second)),
    ).toBeUndefined();
    const { observations } = (await ask('press-vn', figuresOf('life-1'))).data;
    const { cells, primary, secondary } = (
      await ask(
        'si-dien-bien',
        '{ releases(where: { timePeriod: "2026-Q2", dataflow: "ENROLMENT_QUARTERLY" }, first: 200) { nodes { code protection { cells primary secondary } } } }',
      )
    ).data.releases.nodes.find((node: { code: string }) => node.code === 'life-1').protection;
    expect(observations.totalCount).toBe(cells);
    expect(primary).toBeGreaterThan(0);
    expect(secondary).toBeGreaterThan(0);
    const log = await read(
      `select action, agency_id, detail -> 'after' ->> 'published_at' as published from change_record
        where entity = 'release' and entity_id = 'life-1' order by changed_at`,
    );
    expect(log.map(({ action, agency_id }) => `${String(action)} ${String(agency_id)}`)).toEqual([
      'INSERT si-dien-bien',
      'UPDATE si-dien-bien',
      'UPDATE steward-vn',
    ]);
    expect(log.at(-1)?.['published']).not.toBeNull();
  });

  test('every suppressed cell is published alike, and physically without its value', async () => {
    const rows = await read(
      `select value, decimals, obs_status, conf_status, has_internal from observation
        where release_id = 'life-1' and obs_status = 'Q'`,
      outside,
    );
    expect(rows.length).toBeGreaterThan(0);
    const [first] = rows;
    expect(first).toEqual({
      value: null,
      decimals: null,
      obs_status: 'Q',
      conf_status: 'C',
      has_internal: true,
    });
    for (const row of rows) expect(row).toEqual(first);
  });

  test('the provider meets the values of its suppressed cells, an outsider none of them', async () => {
    const places = (await read(
      `select area_id, scheme, value::text as value from release_cell where release_id = 'life-1' and not shown`,
    ).catch(() => [])) as { area_id: string; scheme: string; value: string }[];
    expect(places).toEqual([]); // release_cell is its provider's alone, whatever the topics are
    const insider = await ask(
      'si-dien-bien',
      `{ releaseCells(release: "life-1", shown: false, first: 200) { nodes { key value confStatus } } }`,
    );
    const hidden: { key: string; value: string }[] = insider.data.releaseCells.nodes;
    expect(hidden.length).toBeGreaterThan(0);
    const [, area = ''] = hidden[0]!.key.split('|');
    const [code] = area.split('@');
    const text = `{ observations(where: { area: { code: "${code}", vintage: "2025-07" }, timePeriod: "2026-06-30" }) { nodes { scheme value confStatus } } }`;
    const scheme = hidden[0]!.key.split('|')[2];
    const valueFor = async (agency: string) =>
      (await ask(agency, text)).data.observations.nodes.filter(
        (node: { scheme: string }) => node.scheme === scheme,
      );
    expect(await valueFor('si-dien-bien')).toEqual([
      { scheme, value: hidden[0]!.value, confStatus: 'N' },
    ]);
    for (const agency of ['press-vn', 'union-dien-bien', 'si-lao-cai', 'labour-lao-cai']) {
      expect(await valueFor(agency)).toEqual([{ scheme, value: null, confStatus: 'C' }]);
    }
  });

  test('only its provider reads cells and rules; for others neither exists', async () => {
    const cells = '{ releaseCells(release: "life-1") { totalCount } }';
    expect((await ask('si-lao-cai', cells)).data.releaseCells.totalCount).toBe(0);
    expect((await ask('si-vn', cells)).data.releaseCells.totalCount).toBe(0);
    for (const agency of [
      'labour-dien-bien',
      'press-vn',
      'union-dien-bien',
      'steward-vn',
      'audit-vn',
    ]) {
      expect(codeOf(await ask(agency, cells))).toBe('DOCUMENT_INVALID');
    }
    const rules = '{ releases(first: 200) { nodes { code protection { rules } } } }';
    const { nodes } = (await ask('si-lao-cai', rules)).data.releases;
    expect(nodes.every(({ protection }: { protection: unknown }) => protection === null)).toBe(
      true,
    );
  });

  test('a correction takes its place, says what changed, and a withdrawal takes it away', async () => {
    const correct = `mutation { correctRelease(code: "life-1", newCode: "life-1b", note: "Late declarations.") { version state supersedes { code } } }`;
    expect((await ask('si-dien-bien', correct)).data.correctRelease).toEqual({
      version: 2,
      state: 'DRAFT',
      supersedes: { code: 'life-1' },
    });
    expect((await ask('si-dien-bien', step('protectRelease', 'life-1b'))).errors).toEqual([]);
    expect((await ask('steward-vn', step('approveRelease', 'life-1b'), second)).errors).toEqual([]);
    const states =
      '{ releases(where: { timePeriod: "2026-Q2" }, first: 200) { nodes { code state changes { figureId } } } }';
    const stateOf = async (code: string) =>
      (await ask('press-vn', states)).data.releases.nodes.find(
        (node: { code: string }) => node.code === code,
      );
    expect(await stateOf('life-1')).toMatchObject({ state: 'CORRECTED' });
    // Nothing was changed in the data, so nothing changed in the figures.
    expect(await stateOf('life-1b')).toEqual({ code: 'life-1b', state: 'PUBLISHED', changes: [] });
    expect((await ask('press-vn', figuresOf('life-1'))).data.observations.totalCount).toBe(0);
    expect(
      (await ask('press-vn', figuresOf('life-1b'))).data.observations.totalCount,
    ).toBeGreaterThan(0);
    const withdraw =
      'mutation { withdrawRelease(code: "life-1b", reason: "A wrong table.") { state note } }';
    expect((await ask('steward-vn', withdraw)).data.withdrawRelease).toEqual({
      state: 'WITHDRAWN',
      note: 'A wrong table.',
    });
    expect((await ask('press-vn', figuresOf('life-1b'))).data.observations.totalCount).toBe(0);
    expect(codeOf(await ask('steward-vn', withdraw))).toBe('RELEASE_WRONG_STATE');
  });

  test('what was hidden once stays hidden in the next version', async () => {
    const hidden = async (code: string) =>
      (
        await ask(
          'si-dien-bien',
          `{ releaseCells(release: "${code}", shown: false, first: 200) { nodes { key } } }`,
        )
      ).data.releaseCells.nodes;
    expect(await hidden('life-1b')).toEqual(await hidden('life-1'));
  });

  test('one that is taken back before its instant gives its place back', async () => {
    await protectedRelease('life-2');
    expect(
      codeOf(await ask('steward-vn', step('approveRelease', 'life-2'), second)),
    ).toBeUndefined();
    await ask(
      'si-dien-bien',
      'mutation { correctRelease(code: "life-2", newCode: "life-2b", note: "Again.") { code } }',
    );
    await ask('si-dien-bien', step('protectRelease', 'life-2b'));
    await ask(
      'steward-vn',
      `mutation { scheduleRelease(code: "life-2b", scheduledAt: "${soon()}") { state } }`,
    );
    expect(
      codeOf(await ask('steward-vn', step('approveRelease', 'life-2b'), second)),
    ).toBeUndefined();
    const count = async () =>
      (await ask('press-vn', figuresOf('life-2'))).data.observations.totalCount;
    expect(await count()).toBeGreaterThan(0);
    await ask(
      'si-dien-bien',
      'mutation { withdrawRelease(code: "life-2b", reason: "Not needed.") { state } }',
    );
    expect(await count()).toBeGreaterThan(0);
    const open = await read(
      `select count(*)::int as rows from observation where release_id = 'life-2' and known_to is null and audience = 'PUBLISHED'`,
      outside,
    );
    expect(open[0]?.['rows']).toBe(await count());
    const { nodes } = (
      await ask(
        'press-vn',
        '{ releases(where: { timePeriod: "2026-Q2" }, first: 200) { nodes { code state } } }',
      )
    ).data.releases;
    expect(nodes).toContainEqual({ code: 'life-2', state: 'PUBLISHED' });
  });
});

describe('each step is refused where it does not belong', () => {
  beforeAll(async () => {
    await protectedRelease('steps-1', ', provisional: true');
    await ask('si-dien-bien', draft('steps-2'));
  });

  const refusals: readonly (readonly [what: string, agency: string, text: string, code: string])[] =
    [
      ['an area outside the territory', 'si-lao-cai', draft('free-1'), 'TERRITORY_NOT_OWN'],
      ['a code that is taken', 'si-dien-bien', draft('steps-1'), 'CODE_TAKEN'],
      ['a malformed code', 'si-dien-bien', draft('a b'), 'CODE_MALFORMED'],
      ['an empty title', 'si-dien-bien', draft('free-1').replace('"Trial"', '"  "'), 'FIELD_EMPTY'],
      [
        'an unknown dataflow',
        'si-dien-bien',
        draft('free-1').replace('ENROLMENT_QUARTERLY', 'STATUTORY_LIST'),
        'DATAFLOW_NOT_RELEASABLE',
      ],
      [
        'a period that is none',
        'si-dien-bien',
        draft('free-1').replace('2026-Q2', '2026-Q5'),
        'PERIOD_MALFORMED',
      ],
      [
        'a period without a month end',
        'si-dien-bien',
        draft('free-1').replace('2026-Q2', '2026-06-15'),
        'PERIOD_NOT_RELEASABLE',
      ],
      [
        'debts at the end of a month that ends no quarter',
        'si-dien-bien',
        draft('free-1')
          .replace('ENROLMENT_QUARTERLY', 'DEBT_QUARTERLY')
          .replace('2026-Q2', '2026-05'),
        'PERIOD_NOT_RELEASABLE',
      ],
      [
        'a threshold below three',
        'si-dien-bien',
        step('protectRelease', 'steps-2', ', rules: { threshold: 2 }'),
        'RULE_OUT_OF_BOUNDS',
      ],
      [
        'a dominance of everything',
        'si-dien-bien',
        step('protectRelease', 'steps-2', ', rules: { dominance: { n: 1, k: 100 } }'),
        'RULE_OUT_OF_BOUNDS',
      ],
      [
        'protecting another agency’s release',
        'si-lao-cai',
        step('protectRelease', 'steps-2'),
        'RELEASE_UNKNOWN',
      ],
      [
        'protecting what is not there',
        'si-lao-cai',
        step('protectRelease', 'nowhere'),
        'RELEASE_UNKNOWN',
      ],
      [
        'publishing without protection',
        'steward-vn',
        step('approveRelease', 'steps-2'),
        'RELEASE_NOT_PROTECTED',
      ],
      [
        'an instant that has passed',
        'steward-vn',
        'mutation { scheduleRelease(code: "steps-1", scheduledAt: "2026-01-01T00:00:00+07:00") { state } }',
        'EMBARGO_IN_PAST',
      ],
      [
        'correcting a draft',
        'si-dien-bien',
        'mutation { correctRelease(code: "steps-1", newCode: "x", note: "n") { code } }',
        'RELEASE_WRONG_STATE',
      ],
      [
        'withdrawing a draft',
        'steward-vn',
        'mutation { withdrawRelease(code: "steps-1", reason: "r") { state } }',
        'RELEASE_WRONG_STATE',
      ],
      [
        'withdrawing without a reason',
        'steward-vn',
        'mutation { withdrawRelease(code: "steps-1", reason: "") { state } }',
        'FIELD_EMPTY',
      ],
    ];
  test.each(refusals)('%s', async (_, agency, text, code) => {
    const before = await read('select * from release order by id');
    const reply = await ask(agency, text);
    expect(codeOf(reply), reply.text).toBe(code);
    expect(reply.data && Object.values(reply.data).some((value) => value !== null)).toBeFalsy();
    expect(await read('select * from release order by id')).toEqual(before);
  });

  test('two changes in one request are refused whole', async () => {
    const text = `mutation { a: discardRelease(code: "steps-2") b: discardRelease(code: "steps-1") }`;
    expect(codeOf(await ask('si-dien-bien', text))).toBe('MUTATION_NOT_ALONE');
    expect(await read(`select id from release where id in ('steps-1', 'steps-2')`)).toHaveLength(2);
  });

  test('steps of other roles do not exist for a role', async () => {
    for (const [agency, text] of [
      ['steward-vn', draft('free-1')],
      ['si-dien-bien', step('approveRelease', 'steps-1')],
      ['labour-dien-bien', draft('free-1')],
      ['press-vn', step('approveRelease', 'steps-1')],
      ['audit-vn', 'mutation { discardRelease(code: "steps-1") }'],
    ] as const) {
      expect(codeOf(await ask(agency, text))).toBe('DOCUMENT_INVALID');
    }
  });

  test('who announced a release does not publish it', async () => {
    const announced = await ask(
      'steward-vn',
      `mutation { scheduleRelease(code: "steps-1", scheduledAt: "${soon()}") { state scheduledAt } }`,
    );
    expect(announced.data.scheduleRelease).toMatchObject({
      state: 'SCHEDULED',
      scheduledAt: expect.stringMatching(/\+07:00$/),
    });
    expect(codeOf(await ask('steward-vn', step('approveRelease', 'steps-1')))).toBe(
      'SECOND_PERSON_NEEDED',
    );
    expect(
      codeOf(await ask('steward-vn', step('approveRelease', 'steps-1'), second)),
    ).toBeUndefined();
    const after = await ask(
      'steward-vn',
      `mutation { scheduleRelease(code: "steps-1", scheduledAt: "${soon()}") { state } }`,
      second,
    );
    expect(codeOf(after)).toBe('RELEASE_WRONG_STATE');
    expect(codeOf(await ask('si-dien-bien', step('protectRelease', 'steps-1')))).toBe(
      'RELEASE_WRONG_STATE',
    );
    // Approved for an hour from now: announced to everybody, and nothing of it is there.
    const { nodes } = (
      await ask(
        'press-vn',
        '{ releases(where: { state: SCHEDULED, timePeriod: "2026-Q2" }) { nodes { code publishedAt } } }',
      )
    ).data.releases;
    expect(nodes).toEqual([{ code: 'steps-1', publishedAt: null }]);
    expect((await ask('press-vn', figuresOf('steps-1'))).data.observations.totalCount).toBe(0);
  });

  test('a table with a hole is refused, and names the hole', async () => {
    await ask('si-dien-bien', draft('steps-3').replace('2026-Q2', '2026-Q3'));
    const reply = await ask('si-dien-bien', step('protectRelease', 'steps-3'));
    expect(codeOf(reply)).toBe('RELEASE_CELLS_MISSING');
    expect(reply.errors[0]?.extensions['count']).toBeGreaterThan(40);
    expect(reply.errors[0]?.message).toContain('2026-09');
    const { nodes } = (
      await ask(
        'si-dien-bien',
        '{ releases(where: { timePeriod: "2026-Q3" }, first: 200) { nodes { code state job { state errorCode message } } } }',
      )
    ).data.releases;
    expect(nodes).toContainEqual({
      code: 'steps-3',
      state: 'DRAFT',
      job: {
        state: 'FAILED',
        errorCode: 'RELEASE_CELLS_MISSING',
        message: expect.stringContaining('lacks'),
      },
    });
  });

  test('a draft is seen by its provider and the stewards alone, and can be thrown away', async () => {
    const seen = async (agency: string) =>
      (
        await ask(
          agency,
          '{ releases(where: { dataflow: "ENROLMENT_QUARTERLY" }, first: 200) { nodes { code } } }',
        )
      ).data.releases.nodes
        .map(({ code }: { code: string }) => code)
        .filter((code: string) => code === 'steps-2');
    for (const agency of ['si-dien-bien', 'steward-vn', 'audit-vn'])
      expect(await seen(agency)).toEqual(['steps-2']);
    for (const agency of ['si-lao-cai', 'si-vn', 'labour-dien-bien', 'union-dien-bien', 'press-vn'])
      expect(await seen(agency)).toEqual([]);
    expect(
      (await ask('si-dien-bien', 'mutation { discardRelease(code: "steps-2") }')).data,
    ).toEqual({ discardRelease: 'steps-2' });
    expect(codeOf(await ask('si-dien-bien', 'mutation { discardRelease(code: "steps-2") }'))).toBe(
      'RELEASE_UNKNOWN',
    );
    expect(codeOf(await ask('si-dien-bien', 'mutation { discardRelease(code: "steps-1") }'))).toBe(
      'RELEASE_WRONG_STATE',
    );
  });
});

describe('a change is on the access log before it is made', () => {
  test('two records with one request id: intended, then as it ended', async () => {
    const reply = await ask('si-dien-bien', draft('log-1'));
    const { nodes } = (
      await ask(
        'audit-vn',
        `{ accessRecords(where: { requestId: "${reply.headers['request-id']}" }, orderBy: NUMBER_ASC) { nodes { outcome operationType document: documentHash errorCode } } }`,
      )
    ).data.accessRecords;
    expect(
      nodes.map(({ outcome, operationType }: Record<string, string>) => [outcome, operationType]),
    ).toEqual([
      ['INTENDED', 'mutation'],
      ['ANSWERED', 'mutation'],
    ]);
    const [log] = await read(
      `select request_id, application_id from change_record where entity_id = 'log-1'`,
    );
    expect(log).toEqual({
      request_id: reply.headers['request-id'],
      application_id: 'si-dien-bien-app',
    });
  });

  test('a refused change is intended, refused, and changes nothing', async () => {
    const reply = await ask('si-dien-bien', draft('log-1'));
    expect(codeOf(reply)).toBe('CODE_TAKEN');
    const { nodes } = (
      await ask(
        'audit-vn',
        `{ accessRecords(where: { requestId: "${reply.headers['request-id']}" }, orderBy: NUMBER_ASC) { nodes { outcome errorCode } } }`,
      )
    ).data.accessRecords;
    expect(nodes).toEqual([
      { outcome: 'INTENDED', errorCode: null },
      { outcome: 'REFUSED', errorCode: 'CODE_TAKEN' },
    ]);
  });
});
