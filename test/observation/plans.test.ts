/** The usual questions about figures are answered from indexes, under row-level security, as the gateway asks them. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openCursor, sealCursor } from '../../src/observation/changes-cursor.ts';
import { observationFeed } from '../../src/observation/changes-data.ts';
import { loadNational } from '../../src/demonstration/national-load.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { explain, questionStatements, type Plan } from '../support/plans.ts';
import { usualQuestions } from './questions.ts';
import { settle } from './replica-support.ts';

type PlanNode = Plan['nodes'][number];

const scansOf = (nodes: readonly PlanNode[]) =>
  nodes.filter(
    (node) =>
      node['Relation Name'] === 'observation' || node['Index Name']?.startsWith('observation'),
  );
const indexesOf = (scans: readonly PlanNode[]) => scans.flatMap((node) => node['Index Name'] ?? []);

describe('the plan of', () => {
  let gateway: TestGateway;
  let client: pg.Client;
  let admin: pg.Client;

  beforeAll(async () => {
    const url = new URL(inject('postgresUrl'));
    gateway = await openGateway({
      kind: 'SERVER',
      prepare: async (pool) => {
        const owner = await pool.connect();
        await loadNational(owner, { years: 2, communesOf: ['11@2025-07'] });
        const { rows } = await owner.query<{ name: string }>('select current_database() as name');
        url.pathname = `/${rows[0]!.name}`;
        owner.release();
      },
    });
    admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
    url.username = 'lt_gateway';
    client = new pg.Client({ connectionString: url.href });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await admin.end();
    await gateway.close();
  });

  /** A page and its count; all that is counted of an area and of its units. */
  function statementsOf(question: string): number {
    if (question.includes('availability(')) return 8;
    return question.includes('totalCount') ? 2 : 1;
  }

  async function plansOf(agency: string, question: string): Promise<Plan[]> {
    const statements = await questionStatements(gateway, 'observation', [agency, question]);
    expect(statements.length).toBe(statementsOf(question));
    const plans: Plan[] = [];
    // What lies together in the order of ids is not looked for along it.
    const isPlaced = agency !== 'si-vn' || /(area|within|sourceId|figureId): /.test(question);
    if (isPlaced && !question.includes('availability(')) {
      expect(statements[0]!.prelude).toContain('enable_incremental_sort = off');
    }
    for (const statement of statements) {
      // Whether an index is better than a small table is not the question, but whether there is one.
      plans.push(
        await explain(client, statement, { settings: ['set local enable_seqscan = off'] }),
      );
    }
    return plans;
  }

  /** On small tables either kind of index will do, so whether one serves is asked where there is no other. */
  async function withPublishedIndexesOnly<T>(work: () => Promise<T>): Promise<T> {
    const set = (isValid: boolean) =>
      admin.query(
        `update pg_index i set indisvalid = $1 from pg_class c
          where c.oid = i.indexrelid and i.indrelid = 'observation'::regclass
            and not starts_with(c.relname, 'observation_published')`,
        [isValid],
      );
    await set(false);
    try {
      return await work();
    } finally {
      await set(true);
    }
  }

  test.each(usualQuestions.map((one) => [one.agency, one.name, one] as const))(
    'what %s asks: %s',
    async (_agency, name, { agency, question, enteredBy, publishedOnly }) => {
      for (const { nodes } of await plansOf(agency, question)) {
        const scans = scansOf(nodes);
        expect(scans.length).toBeGreaterThan(0);
        expect(scans.map((node) => node['Node Type'])).not.toContain('Seq Scan');
        const entered = nodes.map((node) => node['Index Cond'] ?? '').join(' ');
        for (const column of enteredBy) expect(entered).toContain(`${column} `);
        expect(indexesOf(scans).length).toBeGreaterThan(0);
        if (name === 'anything, newest first') {
          expect(indexesOf(scans)).toEqual(['observation_period_start_idx']);
        }
        // The sign of a walk over the ids of all figures, which is right only where everything is asked for.
        const walks = nodes.some((node) => node['Node Type'] === 'Incremental Sort');
        const isEverywhere = ['anything', 'anything, newest first', 'one month of everywhere'];
        if (agency !== 'si-vn' || !isEverywhere.includes(name)) expect(walks).toBe(false);
      }
      if (!publishedOnly) return;
      for (const { nodes } of await withPublishedIndexesOnly(() => plansOf(agency, question))) {
        const scans = scansOf(nodes);
        expect(scans.map((node) => node['Node Type'])).not.toContain('Seq Scan');
        expect(indexesOf(scans).length).toBeGreaterThan(0);
        for (const index of indexesOf(scans)) expect(index).toMatch(/^observation_published/);
      }
    },
  );

  /** The cursor of a reader that has been told everything, which else takes all pages of a first run. */
  async function finishedCursor(agency: string): Promise<string> {
    const { data } = await gateway.ask(agency, '{ observationChanges(first: 1) { cursor } }');
    const { rows } = await admin.query<{ key: Buffer }>('select key from change_clock');
    const { key } = rows[0]!;
    const { digest, to } = openCursor(
      key,
      observationFeed,
      data.observationChanges.cursor as string,
    );
    return sealCursor(key, observationFeed, { digest, from: null, to, at: null });
  }

  test.each(['si-vn', 'si-nghe-an', 'press-vn'])(
    'what %s asks: a hundred changes',
    { timeout: 30_000 },
    async (agency) => {
      // On a server that others use too, what was loaded is told once their transactions have ended.
      await settle(admin);
      const cursor = await finishedCursor(agency);
      const copy = `insert into observation select (jsonb_populate_record(o, jsonb_build_object(
        'id', 'new-${agency}/' || o.id, 'figure_id', 'new-${agency}/' || o.id, 'known_to', null))).* from observation o`;
      const someOf = (column: string) =>
        `select id from observation where audience = 'PUBLISHED' and ${column} is null order by id limit 20`;
      await admin.query(`${copy} where id in (${someOf('known_to')})`);
      await admin.query(
        `update observation set known_to = clock_timestamp() where id in (${someOf('known_to')})`,
      );
      await admin.query(
        `update observation set withdrawn_at = now() where id in (${someOf('withdrawn_at')})`,
      );
      await settle(admin);
      const question = `{ observationChanges(updatedAfter: "${cursor}", first: 500) { changes { action } more } }`;
      const { data } = await gateway.ask(agency, question);
      expect(data.observationChanges.more).toBe(false);
      const { length } = data.observationChanges.changes;
      expect(length).toBeGreaterThan(agency === 'si-vn' ? 30 : 10);
      const statements = await questionStatements(gateway, 'observation', [agency, question]);
      expect(statements).toHaveLength(5);
      const entered: string[] = [];
      for (const statement of statements) {
        // By the planner's own choice.
        const { nodes, root } = await explain(client, statement, { analyze: true });
        const scans = scansOf(nodes);
        expect(scans.map((node) => node['Node Type'])).not.toContain('Seq Scan');
        entered.push(nodes.map((node) => node['Index Cond'] ?? '').join(' '));
        // Ten pages a row would be many; the table has thousands.
        const pages = (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0);
        expect(pages).toBeLessThan(600);
      }
      for (const [i, column] of [
        'added_in',
        'published_at',
        'known_from',
        'closed_in',
        'known_to',
      ].entries()) {
        // It is a question about internal rows.
        if (agency === 'press-vn' && column === 'known_from') continue;
        expect(entered[i]).toContain(`${column} >`);
      }
    },
  );

  /** What the row policies alone give to the reader of a question. */
  async function inReach(agency: string, question: string, where: string): Promise<string[]> {
    const [statement] = await questionStatements(gateway, 'observation', [agency, question]);
    await client.query(statement!.prelude);
    try {
      const text = `select id from observation where known_to is null and ${where} order by id`;
      const { rows } = await client.query<{ id: string }>(text);
      return rows.map(({ id }) => id);
    } finally {
      await client.query('rollback');
    }
  }

  test.each(['si-vn', 'si-dien-bien', 'si-nghe-an', 'si-tua-chua', 'labour-dien-bien', 'press-vn'])(
    'that %s is asked for its reach takes nothing from it',
    async (agency) => {
      for (const [code, units] of [
        ['11', ['11@2025-06', '11@2025-07']],
        ['03217', ['03217@2025-07']],
      ] as const) {
        const area = `area: { code: "${code}", vintage: "2025-07" }`;
        const only = `area_id = any('{${units.join(',')}}')`;
        const series = `{ series(${area}, indicator: "PARTICIPANTS", scheme: "VOLUNTARY_SI", first: 10) { refArea { code vintage }
          points { observations { ... on RecordedObservation { figureId } ... on DerivedObservation { derivedFrom {
            ... on RecordedObservation { figureId } } } } } } }`;
        const told = (await gateway.ask(agency, series)).data.series
          .flatMap(({ refArea, points }: any) =>
            units.includes(`${refArea.code}@${refArea.vintage}` as never) ? points : [],
          )
          .flatMap(({ observations }: any) => observations)
          .map(({ figureId, derivedFrom }: any) => figureId ?? derivedFrom[0].figureId);
        const where = `${only} and indicator = 'PARTICIPANTS' and scheme = 'VOLUNTARY_SI' and sex = '_T' and residence = '_T'
          and breakdown = '' and time_period is not null`;
        expect(told.length, code).toBe((await inReach(agency, series, where)).length);

        const available = `{ availability(dataflow: "ENROLLMENT", ${area}) { observations children { code } } }`;
        const { observations } = (await gateway.ask(agency, available)).data.availability;
        const own = `area_id = '${units.at(-1)}' and domain = 'ENROLLMENT'`;
        expect(observations, code).toBe((await inReach(agency, available, own)).length);
      }
    },
  );
});
