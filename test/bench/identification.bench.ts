/**
 * What the monthly identification of a province of 30,000 employers costs among a million, what drawing up its
 * statutory list does, and what `collection` does. Nothing is asserted. Needs 12 GB in the temporary folder:
 *
 *     npm run build
 *     npx esbuild test/bench/identification.bench.ts --bundle --packages=external --format=esm \
 *       --platform=node --outfile=node_modules/.cache/identification-bench.mjs
 *     node node_modules/.cache/identification-bench.mjs [employers]
 *     node node_modules/.cache/identification-bench.mjs keep [employers]   loads, prints an address, waits for SIGINT
 *     node node_modules/.cache/identification-bench.mjs ADDRESS            asks what `keep` holds
 */
import pg from 'pg';
import { factsOfTexts, type FactTexts } from '../../src/debt/fact-texts.ts';
import { positionsOf } from '../../src/debt/judge.ts';
import { LegalParameters, type ParameterRow } from '../../src/debt/law/parameters.ts';
import { openDebtGateway, told, type DebtGateway } from './debt-gateway.ts';
import { days, provinceText, say, withDebtTable } from './debt-table.ts';

interface Sent {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly millis: number;
  readonly answer: string;
}

type Query = (...args: unknown[]) => unknown;

/** The statements that this process sends meanwhile, how long each took, and the one text that each answered. */
async function sentDuring(work: () => Promise<void>): Promise<Sent[]> {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  const sent: Sent[] = [];
  prototype.query = function (this: object, ...args: unknown[]) {
    const began = performance.now();
    const answer = query.apply(this, args);
    const [config, given] = args as [{ text?: string; values?: unknown[] } | string, unknown[]];
    const text = typeof config === 'string' ? config : (config.text ?? '');
    const values = (typeof config === 'string' ? given : config.values) ?? [];
    if (answer instanceof Promise) {
      answer.then(
        (result: { rows?: unknown[][] }) => {
          const cell = result.rows?.[0]?.[0];
          const millis = performance.now() - began;
          sent.push({ text, values, millis, answer: typeof cell === 'string' ? cell : '' });
        },
        () => undefined,
      );
    }
    return answer;
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return sent;
}

const tables = ['obligation', 'payment', 'debt_event', 'registration_duty', 'underdeclaration'];
const tableOf = ({ text }: Sent) =>
  tables.find(
    (table) => text.includes('json_build_array(employer_id') && text.includes(`from ${table}`),
  );

async function readLegalParameters({ owner }: DebtGateway): Promise<LegalParameters> {
  const { rows } = await owner.query<ParameterRow>(
    `select code, coalesce(value, '') as value, unit, valid_from::text as "validFrom", valid_to::text as "validTo",
       instrument, coalesce(article, '') as article, reliability, coalesce(note, '') as note from legal_parameter`,
  );
  return new LegalParameters(rows);
}

/** What the thread does, done again here: reading the texts, and the engine. */
async function engine(gateway: DebtGateway, sent: readonly Sent[], day: string): Promise<void> {
  const parameters = await readLegalParameters(gateway);
  const read = tables.map((table) => sent.filter((one) => tableOf(one) === table));
  const millis = { texts: 0, engine: 0 };
  let [judged, rows] = [0, 0];
  for (const [i, { values }] of read[0]!.entries()) {
    const ids = values.find((value) => Array.isArray(value)) as string[];
    const answers = read.map((list) => list[i]!.answer);
    const [obligations, payments, events, registrations, underdeclarations] = answers as [
      string,
      string,
      string,
      string,
      string,
    ];
    const texts: FactTexts = { obligations, payments, events, registrations, underdeclarations };
    const began = process.cpuUsage();
    const facts = factsOfTexts(texts, ids);
    const parsed = process.cpuUsage(began);
    const answer = positionsOf(
      parameters,
      day,
      ids.map((id) => ({ id, isTold: false })),
      facts,
    );
    const ended = process.cpuUsage(began);
    judged += ids.length;
    rows += (JSON.parse(answer) as unknown[]).length;
    millis.texts += (parsed.user + parsed.system) / 1000;
    millis.engine += (ended.user - parsed.user + ended.system - parsed.system) / 1000;
  }
  say(
    `  ${judged} employers judged, ${rows} positions if none was told before; ` +
      `processor: texts ${millis.texts.toFixed(0)} ms, engine ${millis.engine.toFixed(0)} ms`,
  );
}

async function identify(gateway: DebtGateway, day: string): Promise<void> {
  const text = `mutation { identifyDebt(area: ${provinceText}, asOf: "${day}") { code state employers positions } }`;
  let run: Record<string, any> = {};
  const sent = await sentDuring(async () => {
    const [answer, spent] = await gateway.spending(async () => {
      const { identifyDebt } = await gateway.ask('si-dien-bien', text);
      for (;;) {
        const { debtIdentifications } = await gateway.ask(
          'si-dien-bien',
          '{ debtIdentifications(first: 50) { nodes { code state step done total employers positions errorCode states { state employers } } } }',
        );
        const now = debtIdentifications.nodes.find(
          (node: { code: string }) => node.code === identifyDebt.code,
        );
        if (now.state !== 'RUNNING') return now;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    });
    run = answer;
    say(`identification of ${day}: ${told(spent)}; ${JSON.stringify(run)}`);
  });
  const sum = (name: string, list: readonly Sent[]) => {
    const millis = list.reduce((total, one) => total + one.millis, 0);
    const characters = list.reduce((total, one) => total + one.answer.length, 0);
    say(
      `  ${name}: ${list.length} statements, ${millis.toFixed(0)} ms, ${(characters / 1e6).toFixed(1)} MB`,
    );
  };
  sum(
    'employers',
    sent.filter(({ text: statement }) => statement.includes('as is_told')),
  );
  sum(
    'settled',
    sent.filter(({ text: statement }) => statement.includes('as is_health_late')),
  );
  for (const table of tables)
    sum(
      table,
      sent.filter((one) => tableOf(one) === table),
    );
  sum(
    'write',
    sent.filter(({ text: statement }) => statement.includes('write_debt_positions')),
  );
  sum(
    'commit',
    sent.filter(({ text: statement }) => /^commit/i.test(statement)),
  );
  await engine(gateway, sent, day);
}

async function list(gateway: DebtGateway): Promise<void> {
  const text = `mutation { draftStatutoryList(area: ${provinceText}, timePeriod: "2026-Q3", debtOn: "${days[0]}",
    paidUntil: "2026-10-14") { code naturalPersonsLeftOut } }`;
  const sent = await sentDuring(async () => {
    const [answer, spent] = await gateway.spending(() => gateway.ask('si-dien-bien', text));
    say(`statutory list: ${told(spent)}`);
    const { code } = answer['draftStatutoryList'];
    const { rows } = await gateway.owner.query(
      'select count(*)::int as n from statutory_list_entry where list_id = $1',
      [code],
    );
    say(`  ${rows[0].n} entries`);
    await gateway.ask('si-dien-bien', `mutation { discardStatutoryList(list: "${code}") }`);
  });
  for (const one of sent.filter(({ millis }) => millis > 100)) {
    say(`  ${one.millis.toFixed(0)} ms ${one.text.replace(/\s+/g, ' ').slice(0, 110)}`);
  }
}

async function collection(gateway: DebtGateway, agency: string, office: string): Promise<void> {
  const text = `{ collection(where: { office: "${office}", from: "2026" }) { revenue fellDue closingOverdue } }`;
  const sent = await sentDuring(async () => {
    const [answer, spent] = await gateway.spending(() =>
      gateway.ask(agency, text).catch((error: Error) => error.message),
    );
    say(`collection of ${office}, 2026: ${told(spent)}; ${JSON.stringify(answer).slice(0, 200)}`);
  });
  for (const one of sent.filter(({ millis }) => millis > 100)) {
    say(`  ${one.millis.toFixed(0)} ms ${one.text.replace(/\s+/g, ' ').slice(0, 110)}`);
  }
}

async function measure(adminUrl: string): Promise<void> {
  const gateway = await openDebtGateway(adminUrl);
  try {
    for (const day of days) await identify(gateway, day);
    await list(gateway);
    await collection(gateway, 'si-dien-bien', 'office-dien-bien');
    await collection(gateway, 'si-vn', 'office-vn');
  } finally {
    await gateway.close();
  }
}

const [mode = '1000000', size = '1000000'] = process.argv.slice(2);
const forever = () => new Promise<void>(() => undefined);

if (mode.startsWith('postgres')) await measure(mode);
else if (mode === 'keep') {
  await withDebtTable(Number(size), async (adminUrl) => {
    say(adminUrl);
    await forever();
  });
} else await withDebtTable(Number(mode), measure);
