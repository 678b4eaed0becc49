/** Whatever is killed, cut, stopped or filled while it answers, no answer is without its record. */
import { randomInt } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { signDevelopmentToken } from '../../src/identity/development.ts';
import { openEmbeddedStore, openServerStore, type Store } from '../../src/platform/store.ts';
import { startPostgres, type PostgresServer } from '../support/postgres.ts';
import { ensureBuilt, killStarted } from '../support/process.ts';
import { prepareServer } from '../support/template.ts';
import { until } from './log-support.ts';
import { makeDatabase } from './support-chaos/database.ts';
import { MortalGateway } from './support-chaos/gateway.ts';
import { ask, Load } from './support-chaos/load.ts';
import {
  checkpointsOf,
  questionsWith,
  roles,
  viewerQuestion,
  type Tokens,
} from './support-chaos/questions.ts';
import {
  expectRecorded,
  expectSound,
  recordsQuery,
  type Recorded,
} from './support-chaos/records.ts';
import { mountSmallDisk, type SmallDisk } from './support-chaos/small-disk.ts';

/** How many answers each store gives; fewer where people wait for them, with every failure all the same. */
const answersMin = process.env['ALL_STORES']
  ? { SERVER: 8_000, EMBEDDED: 2_000 }
  : { SERVER: 1_200, EMBEDDED: 300 };
const connections = [16, 32, 48];
const pauseMillis = 3_000;

const cleanups: (() => Promise<void> | void)[] = [];
beforeAll(ensureBuilt);
afterAll(async () => {
  killStarted();
  for (const cleanUp of cleanups.reverse()) await cleanUp();
});

function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'lienthong-chaos-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function makeDisk(megabytes: number): SmallDisk {
  const disk = mountSmallDisk(megabytes);
  cleanups.push(() => disk.unmount());
  return disk;
}

interface Scene {
  readonly load: Load;
  readonly gateways: readonly [MortalGateway, MortalGateway];
  readonly postgres: PostgresServer;
  readonly disk: SmallDisk;
  readonly sql: <Row>(text: string) => Promise<Row[]>;
}

interface OpenScene extends Scene {
  readonly close: () => Promise<void>;
}

/** One of both, so that each is met in its turn of being the signer. */
const anyOf = <T>(pair: readonly [T, T]): { one: T; other: T } => {
  const at = randomInt(2);
  return { one: pair[at]!, other: pair[1 - at]! };
};

async function restartPostgres({ postgres }: Scene): Promise<void> {
  await postgres.crash();
  await postgres.restart();
}

async function killGateway({ gateways, load }: Scene): Promise<void> {
  const { one, other } = anyOf(gateways);
  await one.kill();
  await load.more(5, other);
  await one.start();
}

async function killEverything({ gateways, postgres }: Scene): Promise<void> {
  await Promise.all([...gateways.map((gateway) => gateway.kill()), postgres.crash()]);
  await postgres.restart();
  await Promise.all(gateways.map((gateway) => gateway.start()));
}

async function terminateConnections({ sql }: Scene): Promise<void> {
  for (let i = 0; i < 5; i += 1) {
    await sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename in ('lt_gateway', 'lt_log')`,
    );
    await sleep(randomInt(150));
  }
}

/** One gateway stands still in the middle of what it does; the other one must not wait for it. */
async function pauseGateway({ gateways, load, sql }: Scene): Promise<void> {
  const { one, other } = anyOf(gateways);
  const signedSize = async () => {
    const trees = await sql<{ size: string }>(`select size from log_tree where kind = 'ACCESS'`);
    return Number(trees[0]?.size);
  };
  const [sizeBefore, refusedBefore] = [await signedSize(), load.refused.length];
  one.pause();
  try {
    await Promise.all([load.more(100, other), sleep(pauseMillis)]);
    await load.more(1, other);
    // Nobody waited for a lock that the paused one holds, nor for its signature.
    const refused = load.refused.slice(refusedBefore);
    expect(refused.map(({ answer }) => answer.body)).toEqual([]);
    const held = `select query from pg_stat_activity where usename = 'lt_log' and state like 'idle in transaction%'`;
    expect(await sql(held)).toEqual([]);
    expect(await until(signedSize, (size) => size > sizeBefore)).toBeGreaterThan(sizeBefore);
  } finally {
    one.resume();
  }
}

/** Full but for what the server holds already; then not even a new file of its own log can be made. */
async function fillDisk({ disk, load, postgres, sql }: Scene): Promise<void> {
  disk.fill();
  await load.refusal('AUDIT_UNAVAILABLE');
  // The next segment cannot be written: the server gives up, as it must.
  await sql('select pg_switch_wal()').catch(() => undefined);
  await load.refusal();
  disk.free();
  if (!postgres.isRunning()) await postgres.restart();
}

const failures: readonly ((scene: Scene) => Promise<void>)[] = [
  killGateway,
  restartPostgres,
  terminateConnections,
  pauseGateway,
  fillDisk,
  killEverything,
];

async function openScene(): Promise<OpenScene> {
  const disk = makeDisk(700);
  const postgres = await startPostgres({
    dataDirectory: path.join(disk.directory, 'data'),
    settings: ['max_wal_size=64MB', 'min_wal_size=32MB'],
  });
  cleanups.push(() => postgres.stop());
  await prepareServer(postgres, 'loaded');
  const database = await makeDatabase(postgres.adminUrl(), makeFolder(), 'loaded');
  const { environment, sql, tokens } = database;
  const another = () => new MortalGateway({ ...environment, DATA_DIR: makeFolder() });
  const gateways = [another(), another()] as const;
  for (const gateway of gateways) await gateway.start();
  const load = new Load({
    gateways,
    connections: connections[randomInt(connections.length)]!,
    questionOf: questionsWith(tokens),
  });
  return {
    load,
    gateways,
    postgres,
    disk,
    sql,
    async close() {
      await load.stop();
      for (const gateway of gateways) await gateway.kill('SIGTERM');
      const records = await sql<Recorded>(recordsQuery);
      expectRecorded(load.recorded, records);
      expect(load.answered.filter(({ answer }) => answer.number === '')).toEqual([]);
      const { DATABASE_URL, LOG_DATABASE_URL } = environment;
      await expectSound(await openServerStore(DATABASE_URL, LOG_DATABASE_URL), {
        checkpoints: checkpointsOf(load),
        dataDirectories: gateways.map(({ dataDirectory }) => dataDirectory),
        size: records.length,
      });
    },
  };
}

describe('no answer without its record, and one sound log, on a server', () => {
  test('whatever fails again and again under load', async () => {
    const scene = await openScene();
    const { load, gateways } = scene;
    const rounds = process.env['ALL_STORES'] ? 4 : 1;
    const perFailure = answersMin.SERVER / rounds / failures.length;
    for (let round = 0; round < rounds; round += 1) {
      for (const fail of failures) {
        await load.more(randomInt(Math.ceil(perFailure)));
        await fail(scene);
        for (const gateway of gateways) await load.more(1, gateway);
        const received = load.recorded;
        expectRecorded(received, await scene.sql<Recorded>(recordsQuery));
      }
    }
    await load.more(answersMin.SERVER - load.answered.length);
    await scene.close();
  }, 400_000);
});

interface EmbeddedScene {
  readonly gateway: MortalGateway;
  readonly tokens: Tokens;
}

async function openEmbedded(folder: string): Promise<EmbeddedScene> {
  cpSync(inject('embeddedTemplate'), folder, { recursive: true });
  const tokenOf = (agencyId: keyof Tokens) =>
    signDevelopmentToken(folder, {
      agencyId,
      role: roles[agencyId],
      lifetime: '1h',
      audience: 'lienthong',
    });
  return {
    gateway: new MortalGateway({ DATA_DIR: folder }),
    tokens: { 'press-vn': await tokenOf('press-vn'), 'audit-vn': await tokenOf('audit-vn') },
  };
}

/** Opens the database while no process serves it; whoever calls closes it. */
async function readEmbedded(folder: string): Promise<{ store: Store; records: Recorded[] }> {
  const store = await openEmbeddedStore(folder, async () => undefined);
  const client = await store.gateway.connectAs('postgres');
  const { rows } = await client.query(recordsQuery);
  client.release();
  return { store, records: rows as Recorded[] };
}

describe('no answer without its record, and one sound log, on the embedded store', () => {
  test('however often the process is killed under load', async () => {
    const folder = makeFolder();
    const { gateway, tokens } = await openEmbedded(folder);
    await gateway.start();
    const load = new Load({
      gateways: [gateway],
      connections: connections[randomInt(connections.length)]!,
      questionOf: questionsWith(tokens),
    });
    const rounds = process.env['ALL_STORES'] ? 5 : 2;
    for (let round = 0; round < rounds; round += 1) {
      await load.more(randomInt(answersMin.EMBEDDED / rounds));
      await gateway.kill();
      await gateway.start();
      await load.more(1);
    }
    await load.more(answersMin.EMBEDDED - load.answered.length);
    await load.stop();
    await gateway.kill('SIGTERM');
    expect(load.refused.map(({ answer }) => answer.body)).toEqual([]);
    const { store, records } = await readEmbedded(folder);
    expectRecorded(load.recorded, records);
    await expectSound(store, {
      checkpoints: checkpointsOf(load),
      dataDirectories: [folder],
      size: records.length,
    });
  }, 300_000);

  test('on a full disk it refuses without spinning, and answers again when there is room', async () => {
    const disk = makeDisk(400);
    const folder = path.join(disk.directory, 'data');
    const { gateway, tokens } = await openEmbedded(folder);
    await gateway.start();
    const question = viewerQuestion(tokens);
    const asked = () => ask(gateway.address ?? '', question);
    const answers = [await asked()];
    expect(answers[0]?.status).toBe(200);

    // Below the room that it wants, it stops by itself before there is none at all.
    disk.fill(32 * 1024 * 1024);
    const refusal = await until(async () => {
      const answer = await asked();
      if (answer.status === 200) answers.push(answer);
      return answer;
    }, isRefused);
    expect(refusal).toMatchObject({ status: 503, number: '' });
    disk.fill();
    const [before, since] = [cpuSeconds(gateway.pid), performance.now()];
    for (let i = 0; i < 20; i += 1) {
      expect(isRefused(await asked())).toBe(true);
      await sleep(100);
    }
    const seconds = (performance.now() - since) / 1000;
    expect(cpuSeconds(gateway.pid) - before).toBeLessThan(seconds / 2);

    disk.free();
    const again = await until(asked, ({ status }) => status === 200);
    expect(again.status).toBe(200);
    await gateway.kill('SIGTERM');
    const { store, records } = await readEmbedded(folder);
    expectRecorded([...answers, again], records);
    await store.close();
  });
});

const isRefused = ({ status, body }: { status: number; body: string }) =>
  status === 503 && body.includes('AUDIT_UNAVAILABLE');

const ticksPerSecond = 100;
/** What a process has computed so far, in its own name and the kernel's. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
