/**
 * What `collection` costs in a large store, beside the same added up from the facts at each question, and what
 * recording payments and obligations costs with the sums, beside the same with their triggers off. Nothing is asserted.
 *
 *     npm run build
 *     npx esbuild test/bench/collection.bench.ts --bundle --packages=external --format=esm \
 *       --platform=node --outfile=node_modules/.cache/collection-bench.mjs
 *     node node_modules/.cache/collection-bench.mjs [employers]
 *     node node_modules/.cache/collection-bench.mjs ADDRESS [record]   asks what `identification.bench.ts` keeps
 */
import { explain, statementsOn } from '../support/plans.ts';
import { openDebtGateway, told, type DebtGateway, type Spent } from './debt-gateway.ts';
import { province, say, withDebtTable } from './debt-table.ts';

/** An account a period, of employers without suspensions; as it was asked before sums were kept. */
const ofFacts = (where: string) => `
  with plain as materialized (
    select e.id, e.office_id, e.province_id from employer e where ${where}
       and not exists (select from debt_event v where v.employer_id = e.id and v.kind = 'SUSPENSION' and v.stage = 'DONE')
       and not exists (select from obligation o where o.employer_id = e.id and o.registered_on > o.period_start)
       and (select min(payment_cycle) = max(payment_cycle) from obligation o where o.employer_id = e.id)),
  moved as (
    select o.employer_id, width_bucket(o.due_on - 1, '{2025-12-31,2026-11-25}'::date[]) as n, o.due_retirement::numeric
        + o.due_sickness + o.due_accident + o.due_unemployment + o.due_health as due, 0::numeric as came, o.source_id
      from obligation o join plain p on p.id = o.employer_id
    union all
    select y.employer_id, width_bucket(y.received_on - 1, '{2025-12-31,2026-11-25}'::date[]), 0, y.amount, y.source_id
      from payment y join plain p on p.id = y.employer_id
    union all
    select y.employer_id, width_bucket(y.reversed_on - 1, '{2025-12-31,2026-11-25}'::date[]), 0, -y.amount, y.source_id
      from payment y join plain p on p.id = y.employer_id where y.reversed_on is not null),
  held as (
    select employer_id, n, sum(due) as due, sum(came) as came, array_agg(distinct source_id) as sources
      from moved where n < 2 group by 1, 2),
  stood as (
    select h.employer_id, d.n, sum(h.due) as due, sum(h.came) as came
      from held h join generate_series(0, 1) d(n) on h.n <= d.n group by 1, 2)
  select p.office_id, p.province_id, s.n, sum(s.due), sum(s.came), sum(greatest(s.due - s.came, 0))
    from stood s join plain p on p.id = s.employer_id group by 1, 2, 3`;

const sum = (spent: readonly Spent[], of: (one: Spent) => number) =>
  spent.reduce((total, one) => total + of(one), 0);
const ratio = (a: number, b: number) => `x ${(a / b).toFixed(2)}`;

async function ask(gateway: DebtGateway, agency: string, office: string): Promise<void> {
  const where = office === 'office-vn' ? 'true' : `e.province_id = '${province}'`;
  for (const span of ['from: "2026"', 'from: "2025-12", to: "2026-11"']) {
    const text = `{ collection(where: { office: "${office}", ${span} }) { revenue fellDue closingOverdue } }`;
    await gateway.ask(agency, text);
    const walls: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      walls.push((await gateway.spending(() => gateway.ask(agency, text)))[1].wall * 1000);
    }
    const answer = Math.min(...walls);
    say(
      `${office}, ${span}: answer ${answer.toFixed(0)} ms, at most ${Math.max(...walls).toFixed(0)} ms`,
    );
    const statements = await statementsOn(/collection_sum|collection_exception/, () =>
      gateway.ask(agency, text),
    );
    for (const statement of statements) {
      const { executionMillis, root } = await explain(gateway.client, statement, { analyze: true });
      const pages = (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0);
      say(
        `  ${executionMillis.toFixed(0)} ms, ${pages} pages: ${statement.text.trim().slice(0, 60)}`,
      );
    }
    if (span !== 'from: "2026"') continue;
    const settings = ['set local statement_timeout = 0'];
    const facts = await explain(
      gateway.client,
      { ...statements[0]!, text: ofFacts(where), values: [] },
      { analyze: true, settings },
    );
    say(
      `  of facts: ${facts.executionMillis.toFixed(0)} ms in the database alone, ${ratio(facts.executionMillis, answer)} of the whole answer`,
    );
  }
}

/** A store that is kept has those of other runs. */
let reference = Math.floor(Date.now() / 1000) % 1_000_000;
const payments = (employers: readonly string[]) =>
  `mutation { recordPayments(rows: [${employers
    .map(
      (employer) =>
        `{employer: "${employer}", reference: "b${(reference += 1)}", receivedOn: "2026-11-10", amount: "100000"}`,
    )
    .join(' ')}]) { inserted } }`;
const obligations = (employers: readonly string[]) => {
  reference += 1;
  return `mutation { recordObligations(rows: [${employers
    .map(
      (
        employer,
      ) => `{employer: "${employer}", timePeriod: "2026-10", workers: 5, contributionBase: "40000000",
        retirement: "${8_800_000 + reference}", sickness: "1200000", accident: "200000", unemployment: "800000", health: "1800000"}`,
    )
    .join(' ')}]) { inserted corrected } }`;
};

async function settle(gateway: DebtGateway, on: boolean): Promise<void> {
  for (const table of ['payment', 'obligation']) {
    for (const event of ['insert', 'update', 'delete']) {
      await gateway.owner.query(
        `alter table ${table} ${on ? 'enable' : 'disable'} trigger ${table}_settle_${event}`,
      );
    }
  }
}

async function record(
  gateway: DebtGateway,
  name: string,
  mutation: (employers: readonly string[]) => string,
  { employers, rows, rounds }: { employers: readonly string[]; rows: number; rounds: number },
): Promise<void> {
  const spent: Record<'on' | 'off', Spent[]> = { on: [], off: [] };
  const batch = (round: number) =>
    Array.from({ length: rows }, (_, i) => employers[(round * rows + i) % employers.length]!);
  for (let round = 0; round < rounds; round += 1) {
    for (const state of ['on', 'off'] as const) {
      await settle(gateway, state === 'on');
      await gateway.ask('si-dien-bien', mutation(batch(rounds + round)));
      const text = mutation(batch(round));
      spent[state].push((await gateway.spending(() => gateway.ask('si-dien-bien', text)))[1]);
    }
  }
  await settle(gateway, true);
  const per = (state: 'on' | 'off') => (sum(spent[state], ({ wall }) => wall) / rounds) * 1000;
  say(
    `${name}, ${rows} rows a call: ${per('on').toFixed(1)} ms with sums, ${per('off').toFixed(1)} ms without: ${ratio(per('on'), per('off'))}; ` +
      `processor of the database ${ratio(
        sum(spent.on, ({ postgres }) => postgres),
        sum(spent.off, ({ postgres }) => postgres),
      )}`,
  );
}

const [mode = '200000', part] = process.argv.slice(2);

async function measure(adminUrl: string): Promise<void> {
  const gateway = await openDebtGateway(adminUrl);
  try {
    if (part !== 'record') {
      await ask(gateway, 'si-dien-bien', 'office-dien-bien');
      await ask(gateway, 'si-vn', 'office-vn');
    }
    const { rows } = await gateway.owner.query<{ id: string }>(
      'select id from employer where province_id = $1 order by id limit 2000',
      [province],
    );
    const employers = rows.map(({ id }) => id);
    for (const [size, rounds] of [
      [1, 60],
      [50, 8],
    ] as const) {
      await record(gateway, 'recordPayments', payments, { employers, rows: size, rounds });
      await record(gateway, 'recordObligations', obligations, { employers, rows: size, rounds });
    }
    const [, remade] = await gateway.spending(() =>
      gateway.owner.query('select recompute_collection()'),
    );
    say(`recompute_collection: ${told(remade)}`);
    const { rowCount } = await gateway.owner.query('select from collection_differences($1)', [
      province,
    ]);
    say(`differences: ${rowCount}`);
  } finally {
    await gateway.close();
  }
}

if (mode.startsWith('postgres')) await measure(mode);
else await withDebtTable(Number(mode), measure);
