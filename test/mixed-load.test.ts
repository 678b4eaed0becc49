/** Thousands of requests of all agencies at once: each gets its own answer and nobody else's rows. */
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertMarks, markedValues, readers, rowsById, valuesMet } from './marks.ts';
import {
  mainPurpose,
  openGateway,
  roleOf,
  type StoreKind,
  type TestGateway,
} from './support/gateway.ts';

/** The long attack runs where ALL_STORES=1 is set, as .ci/run does. */
const loads: readonly { kind: StoreKind; requests: number }[] = [
  { kind: 'EMBEDDED', requests: 500 },
  { kind: 'SERVER', requests: process.env['ALL_STORES'] ? 5_000 : 3_000 },
];
const connections = 48;
const agencies = [...readers, 'audit-vn', 'steward-vn', 'union-expired'];

const globalId = (key: string) => Buffer.from(`RecordedObservation:${key}`).toString('base64');
const keys = [...rowsById.keys()];
/** Three looked-up rows a document, so that all marked rows are asked for. */
const lookUps = Array.from({ length: Math.ceil(keys.length / 3) }, (_, n) => {
  const some = keys.slice(n * 3, n * 3 + 3);
  const fields = some.map((key, i) => `n${i}: node(id: "${globalId(key)}") { id ...N }`);
  return `{ ${fields.join(' ')} } fragment N on Observation { value refArea { code } }`;
});
const documents = [
  ...lookUps,
  '{ observations(first: 5, orderBy: VALUE_DESC) { totalCount nodes { figureId value } } }',
  '{ observations(first: 3, where: {area: {code: "11", vintage: "2025-07"}}) { nodes { ...F } } } fragment F on RecordedObservation { figureId ...V } fragment V on Observation { value obsStatus }',
  '{ observations(first: 3, where: {area: {code: "15", vintage: "2025-06"}}) { edges { cursor node { value refArea { nameVi successors { successor { nameVi } } } } } } }',
  '{ a: observations(where: {figureId: "mark-both-db"}) { totalCount nodes { value source { title } } } b: observations(where: {figureId: "mark-lc-old"}) { nodes { value } } }',
  '{ coverage(area: {code: "11", vintage: "2025-07"}, timePeriod: "1995") { participants { value conflicts { code } } others { value } } }',
  '{ observations(first: 2, orderBy: VALUE_DESC, where: {indicator: "REVENUE"}) { nodes { value refArea { province { code } } } } }',
  '{ targets(first: 2) { totalCount nodes { statement results { value } } } }',
  '{ viewer { agency { code } role } }',
  '{ areas(first: 2, where: {search: "dien"}) { nodes { id nameVi province { nameVi } } } }',
  '{ employers(first: 3, orderBy: NAME) { totalCount nodes { nameVi area { nameVi } positions(first: 2) { amount workersAffected workersBand } events(first: 2) { kind } presences { agency } } } }',
  '{ debtPositions(first: 5, orderBy: WORKERS_DESC) { totalCount nodes { amount workersAffected employer { code presences { agency confirmedAt } } } } }',
  '{ debtEvents(first: 3) { totalCount nodes { kind participants employer { code } } } unionPresences(first: 3) { totalCount nodes { agency employer { code } } } }',
  '{ obligations(first: 3, where: {unpaid: true}) { totalCount nodes { balance employer { code } } } }',
  '{ debtSummary(by: STATE) { employers amount groups { code employers amount } } }',
  '{ statutoryLists(first: 5) { totalCount nodes { timePeriod entries(first: 2) { unitCode amount } } } statutoryListEntries(first: 3) { totalCount nodes { nameVi list { timePeriod } } } }',
  '{ campaigns(first: 4, orderBy: STARTS_DESC) { totalCount nodes { code parties { role partner { code } } activities(first: 2) { code outcomes { figureId value } } } } }',
  '{ campaigns(first: 4) { nodes { code costs { budget spent } } } }',
  '{ campaignOutputs(first: 5, orderBy: PERIOD_DESC) { totalCount nodes { figureId value campaign { code } } } }',
  '{ coordinationInstruments(first: 5) { totalCount nodes { titleEn parties { partner { code } } terms { textEn } } } }',
  '{ partners(first: 3) { totalCount nodes { code coordinations(first: 2) { relation } } } agentPoints(first: 2) { totalCount nodes { nameEn } } }',
  '{ agentTasks(first: 3) { totalCount nodes { kind point { nameVi } } } }',
  '{ enrolmentMovements(first: 3) { totalCount nodes { closing { value } refArea { code province { code } } } } }',
  '{ releases(first: 3) { totalCount nodes { titleEn state } } }',
];

/** The same sequence in every run. */
function* shuffled(seed: number, below: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    yield (state >>> 8) % below;
  }
}

describe.each(loads)('$requests mixed requests on $kind', ({ kind, requests }) => {
  let gateway: TestGateway;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    gateway = await openGateway({ kind, prepare: insertMarks, demonstration: true });
    for (const agency of agencies) tokens.set(agency, await gateway.token(agency));
  });
  afterAll(async () => {
    agent.destroy();
    await gateway.close();
  });

  function ask(agency: string, query: string): Promise<string> {
    const { port } = gateway.gateway.server.address() as { port: number };
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: `Bearer ${tokens.get(agency)}`,
      'purpose-of-use': mainPurpose[roleOf(agency)],
    };
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port, path: '/graphql', method: 'POST', agent, headers },
        (res) => {
          const chunks: Buffer[] = [];
          res.on('data', (chunk: Buffer) => chunks.push(chunk));
          res.on('end', () => resolve(`${res.statusCode} ${Buffer.concat(chunks).toString()}`));
          res.on('error', reject);
        },
      );
      // The server may close an idle connection in the very moment in which it is used again.
      sent.on('error', (error: NodeJS.ErrnoException) => {
        if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(ask(agency, query));
        else reject(error);
      });
      sent.end(JSON.stringify({ query }));
    });
  }

  test('no answer holds a row of another scope', async () => {
    const questions = agencies.flatMap((agency) => documents.map((query) => ({ agency, query })));
    const expected: string[] = [];
    for (const { agency, query } of questions) expected.push(await ask(agency, query));
    const own = new Map(agencies.map((agency) => [agency, valuesMet(agency)]));
    questions.forEach(({ agency, query }, i) => {
      const values = expected[i]!.match(markedValues) ?? [];
      const foreign = values.filter((value) => !own.get(agency)!.has(value));
      expect(foreign, `${agency} ${query}`).toEqual([]);
    });
    // All that may be met was met, so an empty answer cannot pass for a safe one.
    const met = questions.flatMap(({ agency }, i) =>
      agency === 'si-dien-bien' ? (expected[i]!.match(markedValues) ?? []) : [],
    );
    expect(new Set(met)).toEqual(own.get('si-dien-bien'));

    const wrong: string[] = [];
    const order = shuffled(2_026, questions.length);
    let left = requests;
    const worker = async () => {
      while (left > 0) {
        left -= 1;
        const i = order.next().value as number;
        const { agency, query } = questions[i]!;
        const answer = await ask(agency, query);
        if (answer !== expected[i]) wrong.push(`${agency}: ${query}\n${answer}\n${expected[i]}`);
      }
    };
    await Promise.all(Array.from({ length: connections }, worker));
    expect(wrong.slice(0, 3)).toEqual([]);
  }, 600_000);
});
