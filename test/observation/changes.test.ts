/** Changes of figures over HTTP: who is told what, when, and what ends a replica. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signDevelopmentToken } from '../../src/identity/development.ts';
import { insertObservations, observationRow, type RowOptions } from './observation-rows.ts';
import {
  askChanges,
  listSource,
  openBench,
  pageOf,
  Replica,
  settle,
  source,
  type Bench,
} from './replica-support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

let serial = 0;
/** One row of a figure of its own, in Điện Biên where nothing else is said; its id. */
async function insert(
  options: Partial<RowOptions> & { readonly area?: string } = {},
): Promise<string> {
  serial += 1;
  const { area = '11@2025-07', ...more } = options;
  const figure = `changes-${serial}`;
  const row = observationRow(area, {
    figure,
    value: serial,
    timePeriod: '2026',
    indicator: 'PARTICIPANTS',
    ...more,
  });
  await insertObservations(bench.owner, [{ ...row, id: `change-${serial}` }]);
  return `change-${serial}`;
}
const inside = { audience: 'INTERNAL', confStatus: 'N' } as const;
const set = (id: string, column: 'known_to' | 'withdrawn_at', value: string) =>
  bench.owner.query(`update observation set ${column} = ${value} where id = '${id}'`);
const plain = (id: string) => Buffer.from(id, 'base64').toString('utf8').split(':')[1] ?? '';
/** Long enough that what is asked before an instant is asked before it, on a busy machine too. */
const planMillis = 4_000;
const soon = (millis: number) => new Date(Date.now() + millis).toISOString();

/** A reader that has been told all there was. */
class Visitor {
  readonly agency: string;
  cursor: string | null = null;
  constructor(agency: string) {
    this.agency = agency;
  }
  /** What it is told now: `R id`, `R id closed` and `D id`. */
  async told(): Promise<string[]> {
    await settle(bench.owner);
    const lines: string[] = [];
    for (;;) {
      const page = await pageOf(bench.gateway, this.agency, { updatedAfter: this.cursor });
      for (const { action, id, observation } of page.changes) {
        expect(observation === null).toBe(action === 'DELETE');
        lines.push(`${action[0]} ${plain(id)}${observation?.knownTo ? ' closed' : ''}`);
      }
      this.cursor = page.cursor;
      if (!page.more) return lines.sort();
    }
  }
}
async function visitors(): Promise<{ insider: Visitor; press: Visitor; elsewhere: Visitor }> {
  const all = {
    insider: new Visitor('si-dien-bien'),
    press: new Visitor('press-vn'),
    elsewhere: new Visitor('labour-nghe-an'),
  };
  for (const visitor of Object.values(all)) await visitor.told();
  return all;
}

describe('a visit tells what came about since the last one', () => {
  test('new figures, to whom they are for, and once', async () => {
    const { insider, press, elsewhere } = await visitors();
    const [hidden, open] = [await insert(inside), await insert()];
    expect(await insider.told()).toEqual([`R ${hidden}`, `R ${open}`].sort());
    expect(await press.told()).toEqual([`R ${open}`]);
    expect(await elsewhere.told()).toEqual([`R ${open}`]);
    for (const visitor of [insider, press, elsewhere]) expect(await visitor.told()).toEqual([]);
  });

  test('of a figure that others get withheld, its own row to each', async () => {
    const { insider, press } = await visitors();
    const hidden = await insert(inside);
    const withheld = await insert({
      value: null,
      obsStatus: 'Q',
      confStatus: 'C',
      hasInternal: true,
    });
    expect(await insider.told()).toEqual([`R ${hidden}`]);
    expect(await press.told()).toEqual([`R ${withheld}`]);
    await set(withheld, 'withdrawn_at', 'now()');
    expect(await insider.told()).toEqual([]);
    expect(await press.told()).toEqual([`D ${withheld}`]);
  });

  test('a correction: the closed version and the new one', async () => {
    const { insider, press } = await visitors();
    const first = await insert({ figure: 'corrected' });
    await insider.told();
    await press.told();
    await set(first, 'known_to', 'clock_timestamp()');
    const second = await insert({ figure: 'corrected', knownFrom: soon(0), publishedAt: soon(0) });
    for (const visitor of [insider, press]) {
      expect(await visitor.told()).toEqual([`R ${first} closed`, `R ${second}`].sort());
    }
  });

  test('a withdrawal, to who had met the row and nobody else', async () => {
    const { insider, press, elsewhere } = await visitors();
    const [hidden, open] = [await insert(inside), await insert()];
    for (const visitor of [insider, press, elsewhere]) await visitor.told();
    await set(hidden, 'withdrawn_at', 'now()');
    await set(open, 'withdrawn_at', 'now()');
    expect(await insider.told()).toEqual([`D ${hidden}`, `D ${open}`].sort());
    expect(await press.told()).toEqual([`D ${open}`]);
    expect(await elsewhere.told()).toEqual([`D ${open}`]);
    // Who begins anew is told of neither.
    const fresh = await new Visitor('si-dien-bien').told();
    expect(fresh.filter((line) => line.includes(open) || line.includes(hidden))).toEqual([]);
  });

  test('what a transaction wrote that was open meanwhile, and what came after it', async () => {
    const { press } = await visitors();
    const late = await bench.owner.connect();
    await late.query('begin');
    await late.query('select pg_current_xact_id()');
    const after = await insert();
    const page = await pageOf(bench.gateway, 'press-vn', { updatedAfter: press.cursor });
    expect(page).toMatchObject({ changes: [], more: false });
    press.cursor = page.cursor;
    const row = observationRow('11@2025-07', { value: 1, timePeriod: '2026', figure: 'late' });
    await insertObservations(late as never, [{ ...row, id: 'late' }]);
    await late.query('commit');
    late.release();
    expect(await press.told()).toEqual([`R ${after}`, 'R late'].sort());
  });
});

describe('an instant that comes', () => {
  test('tells a publication and the end of the version before from then on, and nothing before', async () => {
    const { insider, press } = await visitors();
    const before = await insert({ figure: 'embargoed' });
    for (const visitor of [insider, press]) await visitor.told();
    const instant = soon(planMillis);
    await set(before, 'known_to', `'${instant}'`);
    const after = await insert({ figure: 'embargoed', knownFrom: soon(0), publishedAt: instant });
    for (const visitor of [insider, press]) expect(await visitor.told()).toEqual([]);
    await sleep(new Date(instant).getTime() - Date.now() + 10);
    for (const visitor of [insider, press]) {
      expect(await visitor.told()).toEqual([`R ${after}`, `R ${before} closed`].sort());
      expect(await visitor.told()).toEqual([]);
    }
  });

  test('tells an internal row that is known from then on, and a planned withdrawal', async () => {
    const { insider, press } = await visitors();
    const open = await insert();
    for (const visitor of [insider, press]) await visitor.told();
    const instant = soon(planMillis);
    const hidden = await insert({ ...inside, knownFrom: instant });
    await set(open, 'withdrawn_at', `'${instant}'`);
    const shortLived = await insert({ withdrawnAt: instant });
    const ofBoth = [`R ${shortLived}`];
    for (const visitor of [insider, press]) expect(await visitor.told()).toEqual(ofBoth);
    await sleep(new Date(instant).getTime() - Date.now() + 10);
    const gone = [`D ${open}`, `D ${shortLived}`];
    expect(await insider.told()).toEqual([...gone, `R ${hidden}`].sort());
    expect(await press.told()).toEqual(gone.sort());
  });

  test('that was put off or given up is never told', async () => {
    const { press } = await visitors();
    const [kept, moved] = [await insert({ figure: 'kept' }), await insert({ figure: 'moved' })];
    await press.told();
    const instant = soon(100_000);
    await set(kept, 'known_to', `'${instant}'`);
    await set(moved, 'known_to', `'${instant}'`);
    const coming = await insert({ figure: 'kept', knownFrom: soon(0), publishedAt: instant });
    expect(await press.told()).toEqual([]);
    await sleep(5);
    await bench.owner.query(
      `update observation set withdrawn_at = now(), known_to = now() where id = '${coming}'`,
    );
    await set(kept, 'known_to', 'null');
    // In its last minute, which leaves a trace: it might have been committed too late.
    const nearer = soon(planMillis);
    const last = await insert({ knownFrom: soon(0), publishedAt: nearer });
    await set(last, 'withdrawn_at', 'now()');
    await set(moved, 'known_to', `'${nearer}'`);
    expect(await press.told()).toEqual([]);
    const { rows } = await bench.owner.query(
      `select id from observation_withdrawal where id in ('${coming}', '${last}')`,
    );
    expect(rows).toEqual([{ id: last }]);
    await sleep(new Date(nearer).getTime() - Date.now() + 10);
    expect(await press.told()).toEqual([`R ${moved} closed`]);
  });

  test('and was given up in its last moment, in a transaction that ended too late, is taken back', async () => {
    const { press } = await visitors();
    const kept = await insert({ figure: 'late-kept' });
    await press.told();
    const instant = soon(planMillis);
    await set(kept, 'known_to', `'${instant}'`);
    const coming = await insert({ figure: 'late-kept', knownFrom: soon(0), publishedAt: instant });
    await settle(bench.owner);
    await sleep(5);
    const late = await bench.owner.connect();
    await late.query('begin');
    await late.query(
      `update observation set withdrawn_at = clock_timestamp(), known_to = clock_timestamp() where id = '${coming}'`,
    );
    await late.query(`update observation set known_to = null where id = '${kept}'`);
    await sleep(new Date(instant).getTime() - Date.now() + 10);
    // For a moment everybody could read it.
    const page = await pageOf(bench.gateway, 'press-vn', { updatedAfter: press.cursor });
    const { changes, cursor, more } = page;
    expect(more).toBe(false);
    expect(changes.map(({ id }) => plain(id)).sort()).toEqual([coming, kept].sort());
    press.cursor = cursor;
    await late.query('commit');
    late.release();
    expect(await press.told()).toEqual([`D ${coming}`, `R ${kept}`]);
  });
});

describe('a run of pages', () => {
  test('ends with what there was when it began, whatever is written meanwhile', async () => {
    const figures = ['run-1', 'run-2', 'run-3', 'run-4'];
    const ids: string[] = [];
    const replica = new Replica('press-vn');
    await settle(bench.owner);
    await replica.visit(bench.gateway);
    for (const figure of figures) ids.push(await insert({ figure }));
    await settle(bench.owner);
    expect(await replica.turn(bench.gateway, 2)).toBe(true);
    const expected = await listSource(bench.gateway, 'press-vn', null);
    for (const [i, figure] of figures.entries()) {
      await set(ids[i]!, 'known_to', 'clock_timestamp()');
      await insert({ figure, knownFrom: soon(0), publishedAt: soon(0) });
    }
    while (await replica.turn(bench.gateway, 1));
    expect(replica.list(null)).toEqual(expected);
    await settle(bench.owner);
    await replica.visit(bench.gateway, () => 3);
    expect(replica.list(null)).toEqual(await listSource(bench.gateway, 'press-vn', null));
  });

  test('may be asked again, and gives the same', async () => {
    const { press } = await visitors();
    const ids = [await insert(), await insert(), await insert()];
    await settle(bench.owner);
    const page = (updatedAfter: string | null) =>
      pageOf(bench.gateway, 'press-vn', { updatedAfter, first: 2 });
    const [one, again] = [await page(press.cursor), await page(press.cursor)];
    expect(again.changes).toEqual(one.changes);
    for (const { cursor } of [one, again]) {
      const rest = await page(cursor);
      expect(rest).toMatchObject({ more: false, changes: [{ action: 'REPLACE' }] });
      expect(plain(rest.changes[0]!.id)).toBe(ids[2]);
    }
  });

  test('without a condition is all that `observations` lists, in pages of a thousand', async () => {
    const replica = new Map<string, unknown>();
    let [cursor, more] = [null as string | null, true];
    while (more) {
      const page = await pageOf(bench.gateway, 'union-dien-bien', {
        updatedAfter: cursor,
        first: 1_000,
        where: '{}',
      });
      for (const { id, observation } of page.changes) replica.set(id, observation);
      ({ cursor, more } = page);
    }
    const listed = await listSource(bench.gateway, 'union-dien-bien', null, '{}');
    expect(listed.length).toBeGreaterThan(1_000);
    expect([...replica.keys()].sort()).toEqual(listed.map(({ id }) => id));
  });
});

describe('a cursor', () => {
  const cursorOf = async (agency: string, more: Parameters<typeof pageOf>[2] = {}) =>
    (await pageOf(bench.gateway, agency, { first: 1, ...more })).cursor;
  const after = (agency: string, updatedAfter: string, more = {}) =>
    askChanges(bench.gateway, agency, { updatedAfter, ...more });

  test('tells nothing, not even how much was written', async () => {
    await insert();
    const [one, two] = [
      await cursorOf('press-vn', { first: 1_000 }),
      await cursorOf('press-vn', { first: 1_000 }),
    ];
    expect(one).not.toBe(two);
    expect(one.length).toBe(two.length);
    const { rows } = await bench.owner.query<{ key: Buffer; base: string }>(
      'select key, base from change_clock',
    );
    expect(rows[0]?.key).toHaveLength(32);
    expect(Buffer.from(one, 'base64url').includes(source)).toBe(false);
  });

  test('that was changed anywhere is refused', async () => {
    const cursor = await cursorOf('press-vn');
    const bytes = Buffer.from(cursor, 'base64url');
    for (let i = 0; i < bytes.length; i += 7) {
      const changed = Buffer.from(bytes);
      changed[i]! ^= 1;
      expect(await after('press-vn', changed.toString('base64url')), `${i}`).toBe('CURSOR_INVALID');
    }
    const wrong = ['', 'x', `${cursor}=`, `${cursor} `, cursor.slice(0, -2), cursor + cursor];
    for (const text of [...wrong, Buffer.alloc(120).toString('base64url'), 'x'.repeat(9_000)]) {
      expect(await after('press-vn', text)).toBe('CURSOR_INVALID');
    }
  });

  test('is of one agency, purpose and filter', async () => {
    const cursor = await cursorOf('si-dien-bien');
    expect(await after('si-dien-bien', cursor)).toHaveProperty('cursor');
    expect(await after('si-lao-cai', cursor)).toBe('RESYNC_REQUIRED');
    expect(await after('press-vn', cursor)).toBe('RESYNC_REQUIRED');
    expect(await after('si-dien-bien', cursor, { purpose: 'STATISTICS' })).toBe('RESYNC_REQUIRED');
    const filters = ['{}', '{ sourceId: "test-source", sex: "_T" }', '{ sourceId: "other" }'];
    for (const where of filters) {
      expect(await after('si-dien-bien', cursor, { where }), where).toBe('RESYNC_REQUIRED');
    }
    const same = '{ sourceId: "test-source", sex: null }';
    expect(await after('si-dien-bien', cursor, { where: same })).toHaveProperty('cursor');
  });

  test('is of whoever acts for the agency', async () => {
    const cursor = await cursorOf('si-dien-bien');
    const { dataDirectory, config } = bench.gateway;
    const token = await signDevelopmentToken(dataDirectory, {
      agencyId: 'si-dien-bien',
      role: 'SI',
      lifetime: '1h',
      audience: config.tokenAudience,
      subject: 'somebody else',
    });
    expect(await after('si-dien-bien', cursor, { token })).toHaveProperty('cursor');
  });

  const grants = [
    [
      'wider',
      `insert into grant_area (grant_id, area_id) values ('grant-labour-dien-bien', '15@2025-07')`,
    ],
    [
      'narrower',
      `delete from grant_area where grant_id = 'grant-labour-dien-bien' and area_id = '15@2025-07'`,
    ],
    [
      'of fewer topics',
      `delete from grant_topic where grant_id = 'grant-labour-dien-bien' and topic = 'POPULATION'`,
    ],
    [
      'of another topic of no figure',
      `delete from grant_topic where grant_id = 'grant-labour-dien-bien' and topic = 'DEBT'`,
    ],
  ] as const;
  test.each(grants)('ends when the agreement is %s, as far as figures go', async (what, change) => {
    const cursor = await cursorOf('labour-dien-bien');
    const { rowCount } = await bench.owner.query(change);
    expect(rowCount).toBe(1);
    const answer = await after('labour-dien-bien', cursor);
    if (what.endsWith('no figure')) expect(answer).toHaveProperty('cursor');
    else expect(answer).toBe('RESYNC_REQUIRED');
  });

  test('gives nothing when the agreement has lapsed, and ends with the next one', async () => {
    const cursor = await cursorOf('labour-dien-bien');
    const state = (name: string) =>
      bench.owner.query(`update "grant" set state = '${name}' where id = 'grant-labour-dien-bien'`);
    await state('SUSPENDED');
    expect(await after('labour-dien-bien', cursor)).toBe('GRANT_NOT_ACTIVE');
    await state('ACTIVE');
    expect(await after('labour-dien-bien', cursor)).toHaveProperty('cursor');
  });

  test('ends when the database was restored or its row policies changed', async () => {
    const cursor = await cursorOf('press-vn');
    await settle(bench.owner);
    await bench.owner.query('select restart_changes(true)');
    expect(await after('press-vn', cursor)).toBe('RESYNC_REQUIRED');
    const next = await cursorOf('press-vn', { first: 1_000 });
    const id = await insert();
    await settle(bench.owner);
    expect(await after('press-vn', next)).toMatchObject({ changes: [{ action: 'REPLACE' }] });
    expect(await bench.owner.query('select restart_changes(false) as done')).toMatchObject({
      rows: [{ done: false }],
    });
    await bench.owner.query(
      `create policy more on observation for select to lienthong_gateway using (id = '${id}')`,
    );
    expect(await after('press-vn', next)).toBe('RESYNC_REQUIRED');
    await bench.owner.query('drop policy more on observation');
    expect(await after('press-vn', next)).toMatchObject({ more: false });
  });

  test('of another cluster waits for its owner, and then all is told', async () => {
    const cursor = await cursorOf('press-vn');
    await bench.owner.query(`update change_clock set cluster = 'another', base = 0`);
    expect(await after('press-vn', cursor)).toBe('CHANGES_UNAVAILABLE');
    // Its transactions had higher numbers than ours.
    await bench.owner.query('alter table observation disable trigger observation_number');
    const row = observationRow('11@2025-07', { value: 1, timePeriod: '2026', figure: 'brought' });
    await insertObservations(bench.owner, [{ ...row, id: 'brought', added_in: 9_000_000_000 }]);
    await bench.owner.query('alter table observation enable trigger observation_number');
    expect(await bench.owner.query('select restart_changes(false) as done')).toMatchObject({
      rows: [{ done: true }],
    });
    expect(await after('press-vn', cursor)).toBe('RESYNC_REQUIRED');
    const press = new Visitor('press-vn');
    expect(await press.told()).toContain('R brought');
    const next = await insert();
    expect(await press.told()).toEqual([`R ${next}`]);
  });
});

describe('the number of a row', () => {
  test('is that of its transaction, whatever a statement says', async () => {
    const { press } = await visitors();
    const { rowCount } = await bench.owner.query(
      `insert into observation select (jsonb_populate_record(o, jsonb_build_object('id', 'copied', 'figure_id', 'copied', 'added_in', 1))).*
         from observation o where o.source_id = '${source}' and o.audience = 'PUBLISHED' and known_to is null
           and withdrawn_at is null limit 1`,
    );
    expect(rowCount).toBe(1);
    expect(await press.told()).toEqual(['R copied']);
    for (const column of ['added_in = 1', 'closed_in = 1', 'reopened_at = now()']) {
      const forged = bench.owner.query(`update observation set ${column} where id = 'copied'`);
      await expect(forged, column).rejects.toMatchObject({ code: 'LT002' });
    }
    for (const sql of ['delete from', 'truncate']) {
      const removed = bench.owner.query(`${sql} observation_withdrawal`);
      await expect(removed).rejects.toMatchObject({ code: 'LT002' });
    }
  });
});

describe('a visit is asked and recorded like any question', () => {
  test.each([
    ['press-vn', 'first: 0', 'FIRST_OUT_OF_BOUNDS'],
    ['press-vn', 'first: 1001', 'FIRST_OUT_OF_BOUNDS'],
    ['press-vn', 'where: { area: { code: "x" } }', 'AREA_UNKNOWN'],
    ['press-vn', 'where: { indicator: "nope" }', 'CODE_UNKNOWN'],
    ['audit-vn', 'first: 1', 'DOCUMENT_INVALID'],
    ['steward-vn', 'first: 1', 'DOCUMENT_INVALID'],
  ])('%s, %s: %s', async (agency, args, code) => {
    const { errors } = await bench.gateway.ask(
      agency,
      `{ observationChanges(${args}) { cursor } }`,
    );
    expect(errors[0]?.extensions.code).toBe(code);
  });

  test('with the rows that were given and the ids that were taken away', async () => {
    const { press } = await visitors();
    const [gone, kept] = [await insert(), await insert({ contributor: 'si-dien-bien' })];
    await press.told();
    await set(gone, 'withdrawn_at', 'now()');
    await set(kept, 'known_to', 'clock_timestamp()');
    await settle(bench.owner);
    await askChanges(bench.gateway, 'press-vn', { updatedAfter: press.cursor });
    const { data, errors } = await bench.gateway.ask(
      'audit-vn',
      `{ accessRecords(first: 20) { nodes { agency topics given { type provider rows } } } }`,
    );
    expect(errors).toEqual([]);
    const [record] = data.accessRecords.nodes.filter(
      ({ agency }: { agency: string }) => agency === 'press-vn',
    );
    expect(record.topics).toContain('ENROLLMENT');
    for (const given of [
      { type: 'ObservationChange', provider: 'si-vn', rows: 1 },
      { type: 'RecordedObservation', provider: 'si-dien-bien', rows: 1 },
    ]) {
      expect(record.given).toContainEqual(given);
    }
  });
});
