/**
 * A replica built of `observationChanges` alone is the source as its reader sees it, at every instant: under random
 * inserts, late commits, corrections, withdrawals, embargoes, and a grant that widens and narrows.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listSource, openBench, Replica, settle, type Bench, type Row } from './replica-support.ts';
import { pick, randomOf, Writer } from './replica-writer.ts';

const seed = Number(process.env['REPLICA_SEED'] ?? Date.now() % 1_000_000);
const rounds = 24;
const insiders = ['si-dien-bien', 'labour-dien-bien', 'si-vn'];
const outsiders = ['press-vn', 'union-dien-bien'];
const flickering = 'labour-dien-bien';

describe(`replicas (REPLICA_SEED=${seed})`, () => {
  const random = randomOf(seed);
  const replicas = [...insiders, ...outsiders].map((agency) => new Replica(agency));
  const writers: Writer[] = [];
  let bench: Bench;
  let clients: pg.PoolClient[] = [];

  beforeAll(async () => {
    bench = await openBench();
    clients = await Promise.all([1, 2, 3].map(() => bench.owner.connect()));
    writers.push(...clients.map((client, i) => new Writer(`w${i}`, client, random)));
  });
  afterAll(async () => {
    for (const client of clients) client.release();
    await bench.close();
  });

  const pageSize = () => 1 + Math.floor(random() * 20);
  /** A writer begins, goes on or ends. */
  async function disturb(): Promise<void> {
    const writer = pick(random, writers);
    if (writer.isOpen && random() < 0.5) await writer.end();
    else await writer.write();
  }

  let isWide = false;
  async function flicker(): Promise<void> {
    isWide = !isWide;
    await bench.owner.query(
      isWide
        ? `insert into grant_area (grant_id, area_id) values ('grant-${flickering}', '40@2025-07')`
        : `delete from grant_area where grant_id = 'grant-${flickering}' and area_id = '40@2025-07'`,
    );
  }

  /** Whether nothing took effect by its instant meanwhile. */
  const isQuiet = (since: number) =>
    !writers.some(({ instants }) => instants.some((at) => at >= since - 5 && at <= Date.now() + 5));

  /** After a run, with nothing open: equal in all versions, and as of any instant. */
  async function compare(replica: Replica, instants: readonly Date[]): Promise<boolean> {
    // What was begun before is ended first.
    await replica.visit(bench.gateway, pageSize);
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await settle(bench.owner);
      const since = Date.now();
      await replica.visit(bench.gateway, pageSize);
      const told = new Map<Date | null, Row[]>();
      for (const asOf of [null, ...instants]) {
        told.set(asOf, await listSource(bench.gateway, replica.agency, asOf));
      }
      // What took effect while the source was listed is in one list and not in another.
      if (!isQuiet(since)) continue;
      for (const [asOf, rows] of told) {
        expect(replica.list(asOf), `${replica.agency} ${asOf?.toISOString()}`).toEqual(rows);
      }
      return true;
    }
    return false;
  }

  test('are the source, at every instant', { timeout: 300_000 }, async () => {
    const began = Date.now();
    let compared = 0;
    let wasWide = isWide;
    for (let round = 1; round <= rounds; round += 1) {
      for (let i = 0; i < 3; i += 1) await disturb();
      for (const replica of replicas) {
        const kind = random();
        // Some come seldom, and some leave in the middle of a run.
        if (kind < 0.25) continue;
        if (kind < 0.5) await replica.turn(bench.gateway, pageSize());
        else await replica.visit(bench.gateway, pageSize, disturb);
      }
      if (random() < 0.15) await flicker();
      if (round % 6 > 0) continue;
      for (const writer of writers) await writer.end();
      // Chance may leave the grant alone: each comparison finds another one than the last.
      if (isWide === wasWide) await flicker();
      wasWide = isWide;
      const instants = [1, 2].map(() => new Date(began + random() * (Date.now() - began)));
      for (const replica of replicas) if (await compare(replica, instants)) compared += 1;
    }
    // Whatever was planned has come.
    for (const writer of writers) await writer.end();
    await sleep(700);
    const known = [...new Set(writers.flatMap(({ instants }) => instants))].filter(
      (at) => at < Date.now(),
    );
    const around = known.flatMap((at) => [at - 1, at]).map((at) => new Date(at));
    for (const replica of replicas) {
      const instants = Array.from({ length: 8 }, () => pick(random, around));
      expect(await compare(replica, instants), replica.agency).toBe(true);
      expect(replica.rows.size, replica.agency).toBeGreaterThan(10);
    }
    expect(compared).toBeGreaterThan(replicas.length);
    for (const { agency, resyncs } of replicas) {
      if (agency === flickering) expect(resyncs).toBeGreaterThan(0);
      else expect(resyncs, agency).toBe(0);
    }
  });
});
