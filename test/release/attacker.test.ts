/** An attacker who knows only the API recovers no protected cell; and does, where protection is left out. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { askOf, attackOn, coalition, openAttacker } from './attack.ts';
import { readAll } from './attacker.ts';
import {
  accepted,
  approve,
  errorCode,
  makeProtected,
  openBench,
  protectAgain,
  publishUnattacked,
  type ReleaseBench,
} from './support.ts';

/** What takes long runs where everything is run, as in .ci/run. */
const atLength = Boolean(process.env['ALL_STORES']);

vi.setConfig({ testTimeout: 240_000 });

type Table = readonly [what: string, dataflow: string, code: string];

describe('nothing is recovered of what is protected', () => {
  let bench: ReleaseBench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  const long: Table[] = [['a quarter with what moved in its months', 'ENROLMENT_FLOWS', 'flows']];
  const tables: Table[] = [
    ['a quarter of enrolment', 'ENROLMENT_QUARTERLY', 'quarterly'],
    ...(atLength ? long : []),
    ['a quarter of debt', 'DEBT_QUARTERLY', 'debt'],
  ];
  test('a quarter of debt waits for its statutory list', async () => {
    const text = 'mutation { approveStatutoryList(list: "demo-list-11-2026-Q2") { state } }';
    await expect(
      makeProtected(bench, { code: 'too-early', dataflow: 'DEBT_QUARTERLY' }),
    ).rejects.toThrow('RELEASE_LISTS_MISSING');
    accepted(await bench.gateway.ask('si-dien-bien', text));
  });

  test.each(tables)('%s', async (_, dataflow, code) => {
    await makeProtected(bench, { code, dataflow });
    expect(errorCode(await approve(bench, code))).toBeUndefined();
    const { bounds, wrong, found } = await attackOn(bench, code);
    expect(bounds.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
    expect(found).toEqual([]);
    // The press alone knows less, and more is required against it.
    const alone = await attackOn(bench, code, {
      attacker: await openAttacker(bench, ['press-vn']),
      isCoalition: false,
    });
    expect(alone.wrong).toEqual([]);
    expect(alone.found).toEqual([]);
  });

  const hiddenOf = async (agency: string, order: string) =>
    (
      await readAll(
        askOf(bench),
        agency,
        'observations',
        'release: "debt", obsStatus: Q',
        'id figureId decimals value obsStatus confStatus reason locator comment knownFrom qualifier',
        `, orderBy: ${order}`,
      )
    ).map(({ figureId, id, ...rest }: Record<string, string>) => ({ figureId, id, rest }));

  test('no order of a list tells the size of what is suppressed, and all rows of it look alike', async () => {
    const byFigure = await hiddenOf('press-vn', 'FIGURE');
    expect(byFigure.length).toBeGreaterThan(50);
    expect(await hiddenOf('press-vn', 'VALUE_DESC')).toEqual(byFigure);
    const [first] = byFigure;
    for (const { rest } of byFigure) expect(rest).toEqual(first!.rest);
    expect(first!.rest).toMatchObject({ value: null, obsStatus: 'Q', confStatus: 'C' });
  });

  test('cursors, ids and errors hold no value of what is suppressed', async () => {
    const { owner, gateway } = bench;
    const { rows } = await owner.query<{ value: string }>(
      `select distinct value::text as value from release_cell
        where release_id = 'debt' and not shown and value > 999999`,
    );
    expect(rows.length).toBeGreaterThan(20);
    const { rows: figures } = await owner.query<{ id: string; key: string }>(
      `select id, figure_id as key from observation
        where release_id = 'debt' and value is null limit 20`,
    );
    expect(figures.length).toBe(20);
    const { rows: behind } = await owner.query(
      `select id from observation where release_id = 'debt' and (audience = 'INTERNAL' or has_internal)`,
    );
    expect(behind).toEqual([]);
    const node = (id: string) => Buffer.from(`RecordedObservation:${id}`).toString('base64');
    const texts = [
      ...['VALUE_DESC', 'FIGURE', 'PERIOD_DESC'].map(
        (order) =>
          `{ observations(where: { release: "debt", obsStatus: Q }, orderBy: ${order}, first: 200) { totalCount edges { cursor node { id reason } } } }`,
      ),
      ...figures.map(
        ({ id }) => `{ node(id: "${node(id)}") { id ... on RecordedObservation { value } } }`,
      ),
      ...figures
        .slice(0, 3)
        .map(({ key }) => `{ observations(where: { figureId: "${key}" }) { nodes { id value } } }`),
      '{ releaseCells(release: "debt") { nodes { value } } }',
      '{ releases(first: 200) { nodes { code protection { rules } job { cells } } } }',
    ];
    let all = '';
    for (const agency of [...coalition, 'labour-lao-cai', 'si-lao-cai', 'press-nghe-an']) {
      for (const text of texts) {
        const reply = await gateway.ask(agency, text);
        const cursors = [...reply.text.matchAll(/"cursor":"([^"]+)"/g)].map(([, cursor = '']) =>
          Buffer.from(cursor, 'base64url').toString('utf8'),
        );
        all += reply.text + cursors.join(' ');
        if (text.startsWith('{ node(')) expect(reply.data.node.value, agency).toBeNull();
      }
    }
    // Whoever may read debts inside has them as debts: no purpose that opens other figures opens these.
    const insiders = [
      ['labour-dien-bien', 'STATISTICS'],
      ['labour-dien-bien', 'LABOUR_SUPERVISION'],
      ['si-dien-bien', 'STATISTICS'],
      ['si-dien-bien', 'SOCIAL_INSURANCE_ADMINISTRATION'],
    ] as const;
    for (const [agency, purpose] of insiders) {
      const text = `{ observations(where: { release: "debt", obsStatus: Q }, first: 200) { nodes { value confStatus } } }`;
      const { nodes } = accepted(await gateway.ask(agency, text, { purpose })).data.observations;
      expect(nodes.length).toBeGreaterThan(50);
      const shown = nodes.filter((row: Record<string, string | null>) => row['value'] !== null);
      expect({ agency, purpose, shown }).toEqual({ agency, purpose, shown: [] });
    }
    const numbers = new Set<string>(all.match(/\d{7,}/g));
    expect(rows.filter(({ value }) => numbers.has(value))).toEqual([]);
  });
});

/** Drafts and protects, and takes back what the protection hides beyond the cells that are unsafe themselves. */
async function openCells(bench: ReleaseBench, release: string, which: string): Promise<void> {
  await bench.owner.query(
    `update release_cell set shown = true, conf_status = 'F' where release_id = $1 and not shown and not is_inner and ${which}`,
    [release],
  );
}

describe('the same attacker recovers a cell where protection is left out', () => {
  // Once a cell is lost, nothing beside it can be protected: each case has a database of its own.
  let bench: ReleaseBench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());

  test('without complementary suppression', async () => {
    await makeProtected(bench, { code: 'primary-only' });
    await openCells(bench, 'primary-only', `conf_status = 'D'`);
    expect(errorCode(await approve(bench, 'primary-only'))).toBe('RELEASE_UNSAFE');
    await publishUnattacked(bench, 'primary-only');
    const { wrong, found } = await attackOn(bench, 'primary-only');
    expect(wrong).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });

  test('with one suppressed cell opened', async () => {
    await makeProtected(bench, { code: 'one-open', timePeriod: '2026-Q1' });
    const { rows } = await bench.owner.query<{ key: string }>(
      `select key from release_cell where release_id = 'one-open' and conf_status = 'D'
        order by value, key limit 1`,
    );
    await openCells(bench, 'one-open', `key = '${rows[0]!.key}'`);
    expect(errorCode(await approve(bench, 'one-open'))).toBe('RELEASE_UNSAFE');
    await publishUnattacked(bench, 'one-open');
    const { wrong, found } = await attackOn(bench, 'one-open');
    expect(wrong).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });

  test('with an unprotected earlier version', async () => {
    const period = { timePeriod: '2025-Q4' };
    await makeProtected(bench, { code: 'later', ...period });
    await makeProtected(bench, { code: 'earlier', ...period });
    await openCells(bench, 'earlier', 'true');
    await publishUnattacked(bench, 'earlier');
    const attacker = await openAttacker(bench);
    await attacker.collect();
    expect(errorCode(await approve(bench, 'later'))).toBe('RELEASE_UNSAFE');
    await publishUnattacked(bench, 'later');
    const { wrong, found } = await attackOn(bench, 'later', { attacker });
    expect(wrong).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });
});

describe.runIf(atLength)('nothing is recovered of two releases together', () => {
  let bench: ReleaseBench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  test('two periods that follow each other, with what moved between', async () => {
    const attacker = await openAttacker(bench);
    for (const [code, timePeriod, dataflow] of [
      ['period-1', '2026-03', 'ENROLMENT_MONTHLY'],
      ['period-2', '2026-04', 'ENROLMENT_FLOWS'],
    ] as const) {
      await makeProtected(bench, { code, dataflow, timePeriod });
      expect(errorCode(await approve(bench, code))).toBeUndefined();
      await attacker.collect();
    }
    for (const code of ['period-1', 'period-2']) {
      const { wrong, found } = await attackOn(bench, code, { attacker });
      expect({ code, wrong, found }).toEqual({ code, wrong: [], found: [] });
    }
  });

  test('two versions, where the attacker is told which communes were corrected', async () => {
    await makeProtected(bench, { code: 'first' });
    expect(errorCode(await approve(bench, 'first'))).toBeUndefined();
    const attacker = await openAttacker(bench);
    await attacker.collect();
    const { rows } = await bench.owner.query<{ area_id: string; scheme: string }>(
      `select area_id, scheme from (
         (select area_id, scheme from release_cell where release_id = 'first' and conf_status = 'A'
           and scheme <> 'SOCIAL_INSURANCE' order by key limit 1)
         union all
         (select area_id, scheme from release_cell where release_id = 'first' and conf_status = 'D'
           and scheme <> 'SOCIAL_INSURANCE' and area_id <> '11@2025-07' order by key limit 2)
         union all
         (select area_id, scheme from release_cell where release_id = 'first' and shown
           and scheme <> 'SOCIAL_INSURANCE' and area_id <> '11@2025-07' order by key limit 3)) changed`,
    );
    expect(rows).toHaveLength(6);
    for (const { area_id, scheme } of rows) {
      await bench.owner.query(
        `update enrolment_movement set joined = joined + 1, closing = closing + 1
          where area_id = $1 and scheme = $2 and time_period = '2026-06'`,
        [area_id, scheme],
      );
    }
    accepted(
      await bench.gateway.ask(
        'si-dien-bien',
        'mutation { correctRelease(code: "first", newCode: "second", note: "Late declarations.") { code } }',
      ),
    );
    await protectAgain(bench, 'second');
    expect(errorCode(await approve(bench, 'second'))).toBeUndefined();
    const changed = await bench.owner.query<{ key: string }>(
      `select a.key from release_cell a join release_cell b using (key)
        where a.release_id = 'first' and b.release_id = 'second' and a.value <> b.value`,
    );
    const touched = new Set(changed.rows.map(({ key }) => key));
    expect(touched.size).toBeGreaterThan(6);
    const hints = { isUnchanged: (key: string) => !touched.has(key) };
    for (const code of ['second', 'first']) {
      const { wrong, found } = await attackOn(bench, code, { attacker, hints });
      expect({ code, wrong, found }).toEqual({ code, wrong: [], found: [] });
    }
  });
});
