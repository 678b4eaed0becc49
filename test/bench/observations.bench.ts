/**
 * What questions about figures cost on all communes' figures of ten years, beside a tenth of them: plans under
 * row-level security as the gateway sends them, and ratios. Nothing is asserted. About half an hour and 9 GB
 * in the temporary folder, a minute with the databases of an earlier run:
 *
 *     npx esbuild test/bench/observations.bench.ts --bundle --packages=external --format=esm \
 *       --platform=node --outfile=node_modules/.cache/observations-bench.mjs
 *     node node_modules/.cache/observations-bench.mjs [years]
 *     node node_modules/.cache/observations-bench.mjs keep          loads, prints an address, waits for SIGINT
 *     node node_modules/.cache/observations-bench.mjs ADDRESS       asks what `keep` holds
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { readConfig } from '../../src/config.ts';
import { loadNational } from '../../src/demonstration/national-load.ts';
import { ensureDevelopmentKey, signDevelopmentToken } from '../../src/identity/development.ts';
import { openServerStore, withOwner } from '../../src/platform/store.ts';
import { createLogger } from '../../src/platform/telemetry.ts';
import type { Role } from '../../src/policy/types.ts';
import { startGateway } from '../../src/server.ts';
import { usualQuestions, type UsualQuestion } from '../observation/questions.ts';
import {
  explain,
  statementsOn,
  type Plan,
  type PlanNode,
  type Statement,
} from '../support/plans.ts';
import { runSql, startPostgres } from '../support/postgres.ts';
import { prepareServer } from '../support/template.ts';

const [mode = '10'] = process.argv.slice(2);

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The asked province and its neighbours: together a tenth of the communes. */
const tenth = ['40@2025-07', '11@2025-07', '15@2025-07', '14@2025-07', '12@2025-07'];
const databases = { tenth: 'national_tenth', whole: 'national' } as const;

const loginUrl = (adminUrl: string, login: string, database: string): string => {
  const url = new URL(adminUrl);
  url.username = login;
  url.pathname = `/${database}`;
  return url.href;
};

async function load(adminUrl: string, database: string, years: number, communesOf?: string[]) {
  await runSql(adminUrl, `create database ${database} template seeded owner lt_owner`);
  const began = performance.now();
  const report = await withOwner(loginUrl(adminUrl, 'lt_owner', database), async (pool) => {
    const client = await pool.connect();
    try {
      return await loadNational(client, { years, ...(communesOf ? { communesOf } : {}) });
    } finally {
      client.release();
    }
  });
  const minutes = (performance.now() - began) / 60_000;
  const [row] = await select(
    loginUrl(adminUrl, 'postgres', database),
    `select pg_size_pretty(pg_table_size('observation')) as rows, pg_size_pretty(pg_indexes_size('observation')) as indexes`,
  );
  const { inserted } = report['observation']!;
  say(
    `${database}: ${inserted} rows in ${minutes.toFixed(1)} minutes; table ${row!['rows']}, indexes ${row!['indexes']}`,
  );
}

async function select(url: string, text: string): Promise<Record<string, string>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, string>>(text)).rows;
  } finally {
    await client.end();
  }
}

const roles: Readonly<Record<string, readonly [Role, string]>> = {
  si: ['SI', 'SOCIAL_INSURANCE_ADMINISTRATION'],
  press: ['PRESS', 'PUBLIC_INFORMATION'],
};

/** A gateway on one of the databases, and a connection like its own to explain what it asks. */
async function open(adminUrl: string, database: string, home: string) {
  const url = loginUrl(adminUrl, 'lt_gateway', database);
  const config = readConfig({ PORT: '0', DATA_DIR: home });
  const store = await openServerStore(url, loginUrl(adminUrl, 'lt_log', database));
  const gateway = await startGateway(config, store, createLogger('silent'));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    client,
    async ask(agency: string, query: string): Promise<number> {
      const [role, purpose] = roles[agency.split('-')[0]!]!;
      const token = await signDevelopmentToken(home, {
        agencyId: agency,
        role,
        lifetime: '1h',
        audience: config.tokenAudience,
        subject: undefined,
      });
      const began = performance.now();
      const response = await fetch(`${gateway.address}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          'purpose-of-use': purpose,
        },
        body: JSON.stringify({ query }),
      });
      const { errors } = (await response.json()) as { errors?: unknown };
      if (errors) throw new Error(JSON.stringify(errors));
      return performance.now() - began;
    },
    async close() {
      await client.end();
      await gateway.stop();
    },
  };
}
type Opened = Awaited<ReturnType<typeof open>>;

const pages = ({ root }: Plan): number =>
  (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0);

/** How a plan meets tables, a line each. */
const accesses = ({ nodes }: Plan): string[] =>
  nodes
    .filter((node) => node['Relation Name'] ?? node['Index Name'])
    .map((node: PlanNode) => {
      const where = node['Index Name'] ?? node['Relation Name'];
      return `${node['Node Type']} ${where}${node['Index Cond'] ? ` ${node['Index Cond']}` : ''}`;
    });

const rounds = 5;

interface Cost {
  readonly plan: Plan;
  readonly millis: number;
  readonly pages: number;
}

/** The cheapest of a few rounds: others share the machine. */
async function costOf(client: pg.Client, statement: Statement): Promise<Cost> {
  const plans: Plan[] = [];
  for (let round = 0; round < rounds; round += 1) {
    plans.push(await explain(client, statement, { analyze: true }));
  }
  const [best] = plans.sort((a, b) => a.executionMillis - b.executionMillis);
  return { plan: best!, millis: best!.executionMillis, pages: pages(best!) };
}

async function compare(few: Opened, all: Opened, { agency, name, question }: UsualQuestion) {
  say(`\n${agency}: ${name}`);
  let statements: Statement[] = [];
  const answers: number[][] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    answers[0]!.push(await few.ask(agency, question));
    statements = await statementsOn('observation', async () => {
      answers[1]!.push(await all.ask(agency, question));
    });
  }
  for (const statement of statements) {
    const [small, large] = [
      await costOf(few.client, statement),
      await costOf(all.client, statement),
    ];
    const what = /count\(/i.test(statement.text) ? 'count' : 'page ';
    say(
      `  ${what} ${small.millis.toFixed(2)} ms and ${large.millis.toFixed(2)} ms (x ${(large.millis / small.millis).toFixed(1)}), ` +
        `pages ${small.pages} and ${large.pages} (x ${(large.pages / Math.max(small.pages, 1)).toFixed(1)}), ` +
        `${large.plan.root['Actual Rows']} rows`,
    );
    for (const line of new Set(accesses(large.plan))) say(`        ${line.slice(0, 300)}`);
  }
  const [small, large] = answers.map((millis) => Math.min(...millis)) as [number, number];
  say(
    `  answer ${small.toFixed(0)} ms and ${large.toFixed(0)} ms (x ${(large / small).toFixed(1)})`,
  );
}

async function compareAll(adminUrl: string): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), 'observations-bench-'));
  await ensureDevelopmentKey(home);
  const few = await open(adminUrl, databases.tenth, home);
  const all = await open(adminUrl, databases.whole, home);
  try {
    say('each line: on a tenth and on all of it');
    for (const question of usualQuestions) await compare(few, all, question);
  } finally {
    await few.close();
    await all.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function withDatabases(years: number, work: (adminUrl: string) => Promise<void>) {
  const postgres = await startPostgres({ settings: ['max_wal_size=2GB', 'shared_buffers=512MB'] });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void postgres.stop().finally(() => process.exit(1)));
  }
  try {
    await prepareServer(postgres, 'seeded');
    await load(postgres.adminUrl(), databases.tenth, years, tenth);
    await load(postgres.adminUrl(), databases.whole, years);
    await work(postgres.adminUrl());
  } finally {
    await postgres.stop();
  }
}

const forever = () => new Promise<void>(() => undefined);

if (mode.startsWith('postgres')) await compareAll(mode);
else if (mode === 'keep') {
  await withDatabases(10, async (adminUrl) => {
    say(adminUrl);
    await forever();
  });
} else await withDatabases(Number(mode), compareAll);
