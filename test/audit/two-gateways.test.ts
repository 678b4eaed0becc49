/** Two gateways on one database write one log: numbered, signed and verified as one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readCheckpoint } from '../../src/audit/log/checkpoint.ts';
import { signingKeys } from '../../src/audit/log/keys.ts';
import { isSignedBy, publicKeyOf, vkeyOf } from '../../src/audit/log/note.ts';
import { openServerStore } from '../../src/platform/store.ts';
import { ensureBuilt, killStarted } from '../support/process.ts';
import { until } from './log-support.ts';
import { makeDatabase, type ServerDatabase } from './support-chaos/database.ts';
import { MortalGateway } from './support-chaos/gateway.ts';
import { ask, Load } from './support-chaos/load.ts';
import { checkpointQuestion, checkpointsOf, questionsWith } from './support-chaos/questions.ts';
import {
  expectRecorded,
  expectSound,
  recordsQuery,
  type Recorded,
} from './support-chaos/records.ts';

/** How long both are under load before one is killed. */
const loadMillis = process.env['ALL_STORES'] ? 60_000 : 10_000;
/** Every record is under a checkpoint within two seconds; a busy machine may need longer. */
const coveredMillisMax = 10_000;

const folders: string[] = [];
const makeFolder = () => {
  folders.push(mkdtempSync(path.join(tmpdir(), 'lienthong-two-')));
  return folders.at(-1) ?? '';
};

let database: ServerDatabase;
beforeAll(async () => {
  ensureBuilt();
  database = await makeDatabase(inject('postgresUrl'), makeFolder());
});
afterAll(async () => {
  killStarted();
  await database.drop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const sizeOf = (note: string) => Number(readCheckpoint(note)?.size ?? -1n);

/** How long it takes until a checkpoint covers a record that was just answered. */
async function coverMillis(gateway: MortalGateway): Promise<number> {
  const question = checkpointQuestion(database.tokens);
  const read = () => ask(gateway.address ?? '', question);
  const { number } = await read();
  const answeredAt = performance.now();
  await until(read, ({ body }) => sizeOf(body) > Number(number));
  return performance.now() - answeredAt;
}

interface Lease {
  readonly signer: string;
  readonly until: number;
  readonly now: number;
}

const leaseQuery = `select signer, extract(epoch from signer_until) as until,
  extract(epoch from clock_timestamp()) as now from log_tree where kind = 'ACCESS'`;

/** Looks at the lease again and again; resolves with all that it saw once the signal comes. */
async function watchLease(client: pg.Client, signal: AbortSignal): Promise<Lease[]> {
  const seen: Lease[] = [];
  while (!signal.aborted) {
    const { rows } = await client.query<Record<keyof Lease, string>>(leaseQuery);
    seen.push(
      ...rows.map(({ signer, until: end, now }) => ({
        signer,
        until: Number(end),
        now: Number(now),
      })),
    );
    await sleep(50, undefined, { signal }).catch(() => undefined);
  }
  return seen;
}

/** A lease is taken by another only after it has run out. */
function expectOneAtATime(leases: readonly Lease[]): void {
  const taken = leases.filter((lease, i) => {
    const before = leases[i - 1];
    return before && before.signer !== lease.signer && before.until > lease.now;
  });
  expect(taken).toEqual([]);
}

/** By which of the gateways a note is signed. */
function signersOf(note: string, gateways: readonly MortalGateway[]): number[] {
  const { origin = '' } = readCheckpoint(note) ?? {};
  return gateways.flatMap(({ dataDirectory }, i) => {
    const vkeys = signingKeys([], dataDirectory).map((key) => vkeyOf(origin, publicKeyOf(key)));
    return isSignedBy(note, origin, vkeys) ? [i] : [];
  });
}

describe('two gateways on one database', () => {
  test('leave one verified tree, and each signs on when the other is killed', async () => {
    const { environment, sql, tokens } = database;
    const another = () => new MortalGateway({ ...environment, DATA_DIR: makeFolder() });
    const gateways = [another(), another()] as const;
    for (const gateway of gateways) await gateway.start();
    const load = new Load({ gateways, connections: 16, questionOf: questionsWith(tokens) });
    const client = new pg.Client({ connectionString: database.adminUrl });
    await client.connect();
    const stopWatching = new AbortController();
    const watching = watchLease(client, stopWatching.signal);

    const delays: number[] = [];
    for (const end = performance.now() + loadMillis; performance.now() < end;) {
      for (const gateway of gateways) delays.push(await coverMillis(gateway));
    }
    const sorted = delays.sort((a, b) => a - b);
    expect(sorted[Math.ceil(sorted.length * 0.99) - 1]).toBeLessThan(coveredMillisMax);

    for (const [killed, left] of [gateways, [...gateways].reverse()]) {
      await killed.kill();
      const atKill = await sql<Recorded>(recordsQuery);
      await load.more(20, left);
      await coverMillis(left);
      const note = (await ask(left.address ?? '', checkpointQuestion(tokens))).body;
      expect(sizeOf(note)).toBeGreaterThan(atKill.length);
      expect(signersOf(note, gateways)).toEqual([gateways.indexOf(left)]);
      await killed.start();
      await load.more(20, killed);
    }
    await load.stop();
    for (const gateway of gateways) await gateway.kill('SIGTERM');
    stopWatching.abort();
    expectOneAtATime(await watching);
    await client.end();

    expect(load.refused.map(({ answer }) => answer)).toEqual([]);
    const records = await sql<Recorded>(recordsQuery);
    expectRecorded(load.recorded, records);
    const checkpoints = checkpointsOf(load);
    expect(checkpoints.length).toBeGreaterThan(2);
    for (const note of checkpoints) expect(signersOf(note, gateways)).toHaveLength(1);
    const { DATABASE_URL, LOG_DATABASE_URL } = environment;
    await expectSound(await openServerStore(DATABASE_URL, LOG_DATABASE_URL), {
      checkpoints,
      dataDirectories: gateways.map(({ dataDirectory }) => dataDirectory),
      size: records.length,
    });
  }, 240_000);
});
