/** The usual questions about figures are answered from indexes, under row-level security, as the gateway asks them. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { loadNational } from '../../src/demonstration/national-load.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { explain, questionStatements, type Plan } from '../support/plans.ts';
import { usualQuestions } from './questions.ts';

describe('the plan of', () => {
  let gateway: TestGateway;
  let client: pg.Client;

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
    url.username = 'lt_gateway';
    client = new pg.Client({ connectionString: url.href });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await gateway.close();
  });

  /** Of the page and of the count. */
  async function plansOf(agency: string, question: string): Promise<Plan[]> {
    const statements = await questionStatements(gateway, 'observation', [agency, question]);
    expect(statements.length).toBe(question.includes('totalCount') ? 2 : 1);
    const plans: Plan[] = [];
    for (const statement of statements) {
      // Whether an index is better than a small table is not the question, but whether there is one.
      plans.push(
        await explain(client, statement, { settings: ['set local enable_seqscan = off'] }),
      );
    }
    return plans;
  }

  test.each(usualQuestions.map((one) => [one.agency, one.name, one] as const))(
    'what %s asks: %s',
    async (_agency, name, { agency, question, enteredBy, publishedOnly }) => {
      for (const { nodes } of await plansOf(agency, question)) {
        const scans = nodes.filter(
          (node) =>
            node['Relation Name'] === 'observation' ||
            node['Index Name']?.startsWith('observation'),
        );
        expect(scans.length).toBeGreaterThan(0);
        expect(scans.map((node) => node['Node Type'])).not.toContain('Seq Scan');
        const entered = nodes.map((node) => node['Index Cond'] ?? '').join(' ');
        for (const column of enteredBy) expect(entered).toContain(`${column} `);
        const indexes = scans.flatMap((node) => node['Index Name'] ?? []);
        const onlyPublished = indexes.filter((index) => index.startsWith('observation_published'));
        if (publishedOnly) expect(onlyPublished.length).toBeGreaterThan(0);
        expect(indexes.length).toBeGreaterThan(0);
        // The sign of a walk over the ids of all figures, which is right only where everything is asked for.
        const walks = nodes.some((node) => node['Node Type'] === 'Incremental Sort');
        const isPlaced =
          agency !== 'si-vn' || !['anything', 'one month of everywhere'].includes(name);
        if (isPlaced) expect(walks).toBe(false);
      }
    },
  );
});
