/** Opens the database, embedded or on a server, behind the same door. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import {
  callAsLogWriter,
  gatewayRole,
  isConnectionFailure,
  logWriterRole,
  ScopedPool,
  type LogArgument,
} from './database.ts';
import { embeddedPoolConfig } from './embedded.ts';
import { lockDirectory } from './lock.ts';
import { applyMigrations, missingMigrations } from './migrate.ts';

export interface Store {
  readonly kind: 'EMBEDDED' | 'SERVER';
  /** The gateway's scoped pool. */
  readonly gateway: ScopedPool;
  /** Calls a function of the log as its writer; what it wrote is durable when it returns. */
  readonly callLog: CallLog;
  close(): Promise<void>;
}

export type CallLog = (name: string, ...args: LogArgument[]) => Promise<unknown>;

export class StoreError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Work as the tables' owner: migrations and loading. */
export type OwnerWork = (pool: pg.Pool) => Promise<void>;

/** Two segments of PostgreSQL's write-ahead log and some air; a full disk makes PGlite spin. */
const freeBytesMin = 64 * 1024 * 1024;

async function assertFreeSpace(directory: string): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize < freeBytesMin) {
    throw new StoreError('DISK_FULL', `Free at least ${freeBytesMin} bytes in ${directory}.`);
  }
}

const freeSpaceMaxAgeMillis = 250;

/** The same while it runs: whatever is asked is recorded first, so this stops writing of every kind. */
function freeSpaceCheck(directory: string): () => Promise<void> {
  let checkedAt = -Infinity;
  return async () => {
    if (performance.now() - checkedAt < freeSpaceMaxAgeMillis) return;
    await assertFreeSpace(directory);
    checkedAt = performance.now();
  };
}

/** For work that is no start: it must not make a database by the way. */
export function assertDatabase(directory: string): void {
  if (existsSync(path.join(directory, 'database'))) return;
  throw new StoreError(
    'NO_DATABASE',
    `There is no database in ${directory}; start the gateway once with "npm start", or set DATA_DIR to its folder.`,
  );
}

/**
 * A first start that was killed half-way left nothing that anybody was served from: it begins anew.
 * The mark stands from before the folder exists until it is loaded.
 */
function beginFirstStart(directory: string, home: string): () => void {
  const mark = path.join(directory, 'first-start-unfinished');
  if (existsSync(mark)) rmSync(home, { recursive: true, force: true });
  if (!existsSync(home)) writeFileSync(mark, '');
  return () => rmSync(mark, { force: true });
}

/**
 * Applies what is missing. Whether anything is, plain SQL tells: the engine takes seconds to load. A
 * migration runs as one transaction, so one that was killed has done nothing; its open entry in the
 * history would stop every later start.
 */
async function migrate(owner: pg.Pool): Promise<void> {
  const { rows } = await owner.query(`select to_regclass('public._prisma_migrations') as history`);
  if ((rows as { history: string | null }[])[0]?.history !== null) {
    await owner.query(
      'update _prisma_migrations set rolled_back_at = now() where finished_at is null and rolled_back_at is null',
    );
    if ((await missingMigrations((text) => owner.query(text))).length === 0) return;
  }
  await applyMigrations(owner);
}

/**
 * Opens the embedded database, migrates it and lets `prepare` load it as its owner.
 *
 * PGlite never syncs to disk: killing the process loses nothing, a power cut may.
 */
export async function openEmbeddedStore(directory: string, prepare: OwnerWork): Promise<Store> {
  const unlock = lockDirectory(directory);
  try {
    await assertFreeSpace(directory);
    const home = path.join(directory, 'database');
    const finishFirstStart = beginFirstStart(directory, home);
    const database = await PGlite.create(home);
    const owner = new pg.Pool(embeddedPoolConfig(database));
    await migrate(owner);
    await prepare(owner);
    await owner.end();
    finishFirstStart();

    const gateway = new ScopedPool(embeddedPoolConfig(database));
    // Whatever might slip past the door meets the weak role and no scope.
    gateway.on('connect', (client) => void client.query(`SET ROLE ${gatewayRole}`));
    return {
      kind: 'EMBEDDED',
      gateway,
      callLog: logDoor(() => gateway.connectBare(), freeSpaceCheck(directory)),
      async close() {
        await gateway.end();
        await database.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The log's door on connections of this kind; `prepare` runs before each call. */
function logDoor(
  connect: () => Promise<pg.PoolClient>,
  prepare: () => Promise<void> = async () => undefined,
): CallLog {
  return async (name, ...args) => {
    await prepare();
    const client = await connect();
    try {
      const answer = await callAsLogWriter(client, name, args);
      client.release();
      return answer;
    } catch (error) {
      client.release(isConnectionFailure(error as Error));
      throw error;
    }
  };
}

/** Few connections: a small pool is faster than a large one on the same cores. */
const gatewayConnections = 4;
const logConnections = 2;
const connectTimeoutMillis = 5_000;
/** Longer than the server's own limit: only a connection that answers no more takes so long. */
const logQueryTimeoutMillis = 8_000;

/** Opens a server's database. Migrations and loading are the operator's, with the owner's URL. */
export async function openServerStore(gatewayUrl: string, logUrl: string): Promise<Store> {
  const shared = {
    connectionTimeoutMillis: connectTimeoutMillis,
    keepAlive: true,
    // The adapter sends timestamps without a zone. Compiling a plan costs more than all our statements gain by it.
    options: '-c TimeZone=UTC -c jit=off',
  };
  const gateway = new ScopedPool({
    ...shared,
    connectionString: gatewayUrl,
    max: gatewayConnections,
  });
  const log = new pg.Pool({
    ...shared,
    connectionString: logUrl,
    max: logConnections,
    query_timeout: logQueryTimeoutMillis,
  });
  const check = new pg.Pool({ ...shared, connectionString: gatewayUrl, max: 1 });
  for (const pool of [gateway, log, check]) outliveConnections(pool);
  const callLog = logDoor(() => log.connect());
  try {
    await assertWeakRole(check, 'DATABASE_URL');
    await assertWeakRole(log, 'LOG_DATABASE_URL');
    await assertDurable(check);
    await assertMigrated(check);
    await callLog('pg_backend_pid');
  } catch (error) {
    await Promise.all([gateway.end(), log.end()]);
    throw error;
  } finally {
    await check.end();
  }
  return {
    kind: 'SERVER',
    gateway,
    callLog,
    async close() {
      await Promise.all([gateway.end(), log.end()]);
    },
  };
}

/**
 * A lost connection must not end the process, which it does where nobody listens. One that was idle is
 * replaced at the next checkout; one that was checked out, between two statements, fails at the next.
 */
function outliveConnections(pool: pg.Pool): void {
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
}

/** Row-level security does not bind superusers, owners or BYPASSRLS, nor who may become one. */
async function assertWeakRole(pool: pg.Pool, variable: string): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select r.rolname as name from pg_roles r
      where pg_has_role(current_user, r.oid, 'member')
        and (r.rolsuper or r.rolbypassrls
             or r.oid in (select relowner from pg_class where relnamespace = 'public'::regnamespace)
             or r.oid in (select proowner from pg_proc where pronamespace = 'public'::regnamespace))`,
  );
  if (rows[0]) {
    throw new StoreError(
      'ROLE_TOO_STRONG',
      `${variable} logs in with the powers of ${rows[0].name}, whom row-level security does not bind; ` +
        `use a login that is a member of ${gatewayRole} or ${logWriterRole} only.`,
    );
  }
}

async function assertDurable(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ fsync: string }>(`select current_setting('fsync') as fsync`);
  if (rows[0]?.fsync !== 'on') {
    throw new StoreError(
      'NOT_DURABLE',
      'The server runs with fsync off; the access log needs it on.',
    );
  }
}

async function assertMigrated(pool: pg.Pool): Promise<void> {
  const missing = await missingMigrations((text) => pool.query(text)).catch((error: Error) => {
    throw new StoreError('NOT_MIGRATED', `Run "lienthong migrate" first (${error.message}).`);
  });
  if (missing.length > 0) {
    throw new StoreError(
      'NOT_MIGRATED',
      `Run "lienthong migrate" first; missing: ${missing.join(', ')}.`,
    );
  }
}

/** Migrates and loads a server's database as its owner. */
export async function withOwner<T>(
  ownerUrl: string,
  work: (pool: pg.Pool) => Promise<T>,
): Promise<T> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1, options: '-c TimeZone=UTC' });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}
