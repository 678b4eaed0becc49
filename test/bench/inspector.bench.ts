/**
 * What the lists of a province's inspector cost among the positions of a country: plans under row-level security as the
 * gateway sends them, and the same statements without it. Nothing is asserted. It asks what `identification.bench.ts`
 * holds with `keep`, and has the province identified first:
 *
 *     npx esbuild test/bench/inspector.bench.ts --bundle --packages=external --format=esm \
 *       --platform=node --outfile=node_modules/.cache/inspector-bench.mjs
 *     node node_modules/.cache/inspector-bench.mjs ADDRESS [plans]
 */
import type pg from 'pg';
import {
  explain,
  statementsOn,
  type Plan,
  type PlanNode,
  type Statement,
} from '../support/plans.ts';
import { openDebtGateway, type DebtGateway } from './debt-gateway.ts';
import { days, province, provinceText, say } from './debt-table.ts';

const agency = 'si-dien-bien';
const [adminUrl, detail] = process.argv.slice(2);
const rounds = 5;
const tables = 'debt_position|debt_event|employer|obligation|payment|debt_fact_version';
const onTables = new RegExp(`(from|join) ("public"\\.)?"?(${tables})"?\\b`, 'i');

const page = (order: string, where = '', more = '') =>
  `{ debtPositions(first: 50, orderBy: ${order}, where: { within: ${provinceText} ${where} } ${more}) {
    nodes { id state amount monthsLate oldestDueOn employer { code nameVi } } pageInfo { endCursor } } }`;
const counted = (where: string) =>
  `{ debtPositions(first: 50, where: { within: ${provinceText} ${where} }) { totalCount nodes { id employer { nameVi } } } }`;

const orders = [
  'AMOUNT_DESC',
  'AGE_DESC',
  'NEXT_DEADLINE_ASC',
  'EVASION_ASC',
  'EVASION_IF_REMINDED_ASC',
];
const filters = {
  'became late': 'becameLateThisMonth: true',
  'turns evasion within 30 days': 'turnsEvasionBy: "2026-11-30"',
  'turns evasion if reminded': 'turnsEvasionIfRemindedBy: "2026-11-30"',
  'by state': 'state: [EVASION_UNPAID_AFTER_REMINDER]',
  'whole day': '',
};

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
  const [plan] = plans.sort((a, b) => a.executionMillis - b.executionMillis) as [Plan];
  const { root } = plan;
  const pages = (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0);
  return { plan, millis: plan.executionMillis + plan.planningMillis, pages };
}

const accesses = ({ nodes }: Plan): string[] =>
  nodes
    .filter((node) => node['Relation Name'] ?? node['Index Name'])
    .map((node: PlanNode) => `${node['Node Type']} ${node['Index Name'] ?? node['Relation Name']}`);

const sequential = new RegExp(`^Seq Scan (${tables})$`);

async function measure(gateway: DebtGateway, name: string, question: string): Promise<void> {
  const walls: number[] = [];
  let statements: Statement[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    statements = await statementsOn(onTables, () => gateway.ask(agency, question));
    walls.push(performance.now() - began);
  }
  const total = { millis: 0, pages: 0, free: 0, freePages: 0 };
  const used: string[] = [];
  for (const statement of statements) {
    const own = await costOf(gateway.client, statement);
    // The superuser's own role, whom no policy concerns.
    const prelude = statement.prelude.replace(/set local role \w+;?/gi, '');
    const free = await costOf(gateway.owner, { ...statement, prelude });
    total.millis += own.millis;
    total.pages += own.pages;
    total.free += free.millis;
    total.freePages += free.pages;
    used.push(...accesses(own.plan));
    if (detail) {
      const access = accesses(own.plan).join(', ');
      say(
        `      ${own.millis.toFixed(1)} ms, ${own.pages} pages, ${own.plan.root['Actual Rows']} rows: ${access}`,
      );
      say(`        ${statement.text.replace(/\s+/g, ' ').slice(-300)}`);
    }
  }
  const scans = used.filter((access) => sequential.test(access));
  say(
    `${name}: answer ${Math.min(...walls).toFixed(0)} ms; ${statements.length} statements ${total.millis.toFixed(1)} ms, ${total.pages} pages; ` +
      `without policies ${total.free.toFixed(1)} ms, ${total.freePages} pages (x ${(total.millis / total.free).toFixed(1)})` +
      (scans.length > 0 ? ` ${scans.join(', ')}` : ''),
  );
}

async function tenthPage(gateway: DebtGateway, order: string): Promise<string> {
  let after = '';
  for (let turned = 0; turned < 9; turned += 1) {
    const { debtPositions } = await gateway.ask(agency, page(order, '', after));
    after = `after: "${debtPositions.pageInfo.endCursor}"`;
  }
  return page(order, '', after);
}

/** Which indexes of the table were used since the database began. */
async function usage(gateway: DebtGateway): Promise<void> {
  const { rows } = await gateway.owner.query<Record<string, string>>(
    `select indexrelname as name, idx_scan::text as scans, pg_size_pretty(pg_relation_size(indexrelid)) as size
       from pg_stat_user_indexes where relname in ('debt_position', 'debt_event') order by 1`,
  );
  for (const { name, scans, size } of rows) say(`  ${name}: ${scans} scans, ${size}`);
}

const gateway = await openDebtGateway(adminUrl!);
try {
  const { rows } = await gateway.owner.query<{ n: string; own: string; id: string }>(
    `select count(*)::text as n, count(*) filter (where province_id = $1)::text as own,
       max(employer_id) filter (where province_id = $1 and amount > 0) as id from debt_position where as_of = $2`,
    [province, days[1]],
  );
  const { n, own, id } = rows[0]!;
  say(`positions of ${days[1]}: ${n}, ${own} of the province`);
  for (const order of orders) {
    await measure(gateway, `${order}, first page`, page(order));
    await measure(gateway, `${order}, tenth page`, await tenthPage(gateway, order));
  }
  for (const [name, where] of Object.entries(filters)) {
    await measure(gateway, `${name}, page`, page('AMOUNT_DESC', where));
    await measure(gateway, `${name}, with totalCount`, counted(where));
  }
  await measure(
    gateway,
    'evasion within 30 days by its day',
    page('EVASION_ASC', filters['turns evasion within 30 days']),
  );
  await measure(
    gateway,
    'debtSummary by state',
    `{ debtSummary(within: ${provinceText}, by: STATE) { employers amount groups { code amount } } }`,
  );
  await measure(
    gateway,
    'broken promises',
    `{ debtEvents(first: 50, where: { within: ${provinceText}, promiseBroken: true }) { totalCount nodes { id agreedBy employer { nameVi } } } }`,
  );
  await measure(
    gateway,
    'one assessment',
    `{ employers(where: { unitCode: "U${id}" }) { nodes { code assessment(on: "${days[1]}") { state overdue monthsLate } } } }`,
  );
  await usage(gateway);
} finally {
  await gateway.close();
}
