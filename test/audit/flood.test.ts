/** A flood of refusals: neither data nor the disk suffers, whoever sends it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ensureBuilt, killStarted } from '../support/process.ts';
import { makeDatabase, type ServerDatabase } from './support-chaos/database.ts';
import { MortalGateway } from './support-chaos/gateway.ts';
import { ask, Load, type Answer, type Question } from './support-chaos/load.ts';
import { viewerQuestion } from './support-chaos/questions.ts';
import { expectRecorded, recordsQuery, type Recorded } from './support-chaos/records.ts';

const floodSize = process.env['ALL_STORES'] ? 6_000 : 1_500;
const floodConnections = 24;
/** Sixty kinds of refusal and the rest together: each when it comes first, and when the minute is counted. */
const recordsPerMinuteMax = 2 * 61;

const folder = mkdtempSync(path.join(tmpdir(), 'lienthong-flood-'));
let database: ServerDatabase;
beforeAll(async () => {
  ensureBuilt();
  database = await makeDatabase(inject('postgresUrl'), folder);
});
afterAll(async () => {
  killStarted();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** So many at once, until all are answered. */
async function flood(address: string, questionOf: (nth: number) => Question): Promise<Answer[]> {
  const answers: Answer[] = [];
  let asked = 0;
  const caller = async () => {
    while (asked < floodSize) answers.push(await ask(address, questionOf((asked += 1))));
  };
  await Promise.all(Array.from({ length: floodConnections }, caller));
  return answers;
}

interface Flooded {
  /** What came of the flood, and of a good caller meanwhile. */
  readonly answers: readonly Answer[];
  readonly minutes: number;
}

/** Floods a gateway while a good caller asks on, whose every answer must be data. */
async function floodBeside(
  gateway: MortalGateway,
  questionOf: (nth: number) => Question,
): Promise<Flooded> {
  const good = new Load({
    gateways: [gateway],
    connections: 4,
    questionOf: () => viewerQuestion(database.tokens),
  });
  const startedAt = performance.now();
  const answers = await flood(gateway.address ?? '', questionOf);
  await good.more(10);
  const minutes = (performance.now() - startedAt) / 60_000;
  await good.stop();
  expect(good.refused.map(({ answer }) => answer.body)).toEqual([]);
  expectRecorded(good.recorded, await database.sql<Recorded>(recordsQuery));
  return { answers, minutes };
}

const callers: readonly Partial<Question>[] = [
  {},
  { token: 'x' },
  { token: 'x.y.z' },
  { token: `${'a'.repeat(2_000)}.b.c` },
];

describe('a flood of refusals', () => {
  test('of unknown callers from many networks is counted in a few records', async () => {
    const gateway = new MortalGateway({
      ...database.environment,
      DATA_DIR: path.join(folder, 'unknown'),
    });
    await gateway.start();
    const { answers, minutes } = await floodBeside(gateway, (nth) => ({
      ...callers[nth % callers.length],
      path: '/graphql',
      query: '{ viewer { role } }',
      from: `127.0.${nth % 200}.${1 + (nth % 7)}`,
    }));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    // Those that were only counted are recorded at the end.
    await gateway.kill('SIGTERM');
    const [of] = await database.sql<{ records: string; requests: string; documents: string }>(
      `select count(*) as records, sum(request_count) as requests, count(document_hash) as documents
         from access_record where agency_id is null`,
    );
    expect([of?.requests, of?.documents]).toEqual([String(answers.length), '0']);
    expect(Number(of?.records)).toBeLessThanOrEqual(recordsPerMinuteMax * Math.ceil(minutes + 1));
  }, 240_000);

  test('of a known caller is on the log one by one, and others are answered meanwhile', async () => {
    const gateway = new MortalGateway({
      ...database.environment,
      DATA_DIR: path.join(folder, 'known'),
    });
    await gateway.start();
    const { answers } = await floodBeside(gateway, () => ({
      ...viewerQuestion(database.tokens),
      query: '{ debtPositions { nodes { id } } }',
    }));
    expect(answers.every(({ body }) => body.includes('DOCUMENT_INVALID'))).toBe(true);
    expectRecorded(answers, await database.sql<Recorded>(recordsQuery));
    const [of] = await database.sql<{ records: string; bytes: string }>(
      `select count(*) as records, avg(pg_column_size(r.*))::int as bytes from access_record r
        where error_code = 'DOCUMENT_INVALID'`,
    );
    expect(of?.records).toBe(String(answers.length));
    expect(Number(of?.bytes)).toBeLessThan(bytesMax);
    await gateway.kill('SIGTERM');
  }, 240_000);
});

/** What the record of a refusal may take; a caller's own text in it is cut. */
const bytesMax = 4_096;
