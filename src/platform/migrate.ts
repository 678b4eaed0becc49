/** Applies prisma/migrations by Prisma's schema engine as WebAssembly, on both stores. */
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';
import type * as SchemaEngineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { embeddedPoolConfig } from './embedded.ts';
import { migrationsDirectory, schemaFile } from './paths.ts';

type Engine = SchemaEngineModule.SchemaEngine;
const noFilter = { externalTables: [], externalEnums: [] };

async function readMigrations(): Promise<MigrationList> {
  const entries = await readdir(migrationsDirectory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = (file: string) => readFile(path.join(migrationsDirectory, file), 'utf8');
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: 'migration_lock.toml', content: await read('migration_lock.toml') },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await read(`${name}/migration.sql`) },
        },
      })),
    ),
  };
}

/** The package offers no loader for Node, so the module is instantiated by hand, once. */
let engineModule: Promise<typeof SchemaEngineModule> | undefined;
function loadEngineModule(): Promise<typeof SchemaEngineModule> {
  engineModule ??= (async () => {
    const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
    const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
    const bytes = await readFile(path.join(path.dirname(entry), 'schema_engine_bg.wasm'));
    const { instance } = await WebAssembly.instantiate(bytes, {
      './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
    });
    (bindings as unknown as { __wbg_set_wasm(exports: unknown): void }).__wbg_set_wasm(
      instance.exports,
    );
    (instance.exports['__wbindgen_start'] as () => void)();
    return bindings;
  })();
  return engineModule;
}

/** The type "char" of the catalogue, which Prisma's adapter does not know and the engine asks for. */
const charOid = 18;

interface QueryingAdapter {
  performIO(query: SqlQuery): Promise<pg.QueryResult>;
}

/**
 * Mends two things for migrations: adapter-pg splits scripts at every semicolon, function bodies
 * too, where the server takes them whole; and it refuses columns of type "char".
 */
async function migratingAdapter(pool: pg.Pool) {
  const adapter = await new PrismaPg(pool).connect();
  const performIO = (adapter as unknown as QueryingAdapter).performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  let charColumns: number[] = [];
  return Object.assign(adapter, {
    async performIO(query: SqlQuery) {
      const result = await performIO(query);
      charColumns = result.fields.flatMap((field, i) => (field.dataTypeID === charOid ? [i] : []));
      for (const i of charColumns) result.fields[i]!.dataTypeID = pg.types.builtins.TEXT;
      return result;
    },
    async queryRaw(query: SqlQuery) {
      const result = await queryRaw(query);
      for (const i of charColumns) result.columnTypes[i] = ColumnTypeEnum.Character;
      return result;
    },
    async executeScript(script: string) {
      await pool.query(script);
    },
  });
}

async function withEngine<T>(
  pool: pg.Pool,
  schema: string,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await loadEngineModule();
  const shadows: PGlite[] = [];
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => migratingAdapter(pool),
    async connectToShadowDb() {
      const shadow = await PGlite.create('memory://');
      shadows.push(shadow);
      return migratingAdapter(new pg.Pool(embeddedPoolConfig(shadow)));
    },
  };
  const engine = await SchemaEngine.new(
    { datamodels: [[schemaFile, schema]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    for (const shadow of shadows) await shadow.close();
  }
}

/**
 * Applies what is missing and returns the names applied, oldest first.
 *
 * The pool belongs to the tables' owner and holds one connection, because the engine's lock
 * belongs to the session.
 */
export async function applyMigrations(pool: pg.Pool): Promise<string[]> {
  const migrationsList = await readMigrations();
  const schema = await readFile(schemaFile, 'utf8');
  const { appliedMigrationNames } = await withEngine(pool, schema, (engine) =>
    engine.applyMigrations({ migrationsList, filters: noFilter }),
  );
  return appliedMigrationNames;
}

/** SQL that would lead from the migrations to schema.prisma; empty when they agree. */
export async function diffMigrations(): Promise<string> {
  const migrations = await readMigrations();
  const schema = await readFile(schemaFile, 'utf8');
  const database = await PGlite.create('memory://');
  const pool = new pg.Pool(embeddedPoolConfig(database));
  try {
    const { stdout } = await withEngine(pool, schema, (engine) =>
      engine.diff({
        from: migrations.migrationDirectories.length
          ? { tag: 'migrations', ...migrations }
          : { tag: 'empty' },
        to: { tag: 'schemaDatamodel', files: [{ path: schemaFile, content: schema }] },
        script: true,
        exitCode: null,
        filters: noFilter,
      }),
    );
    const script = (stdout ?? '').trim();
    return script === '-- This is an empty migration.' ? '' : script;
  } finally {
    await pool.end();
    await database.close();
  }
}

/** The migrations that the project holds and the database lacks or knows with another text. */
export async function missingMigrations(
  query: (text: string) => Promise<{ rows: { migration_name: string; checksum: string }[] }>,
): Promise<string[]> {
  const { migrationDirectories } = await readMigrations();
  const { rows } = await query(
    `select migration_name, checksum from _prisma_migrations
      where finished_at is not null and rolled_back_at is null`,
  );
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  return migrationDirectories
    .filter(({ path: name, migrationFile: { content } }) => {
      const text = content.tag === 'ok' ? content.value : '';
      return applied.get(name) !== createHash('sha256').update(text).digest('hex');
    })
    .map(({ path: name }) => name);
}

/**
 * Numbers of transactions are a cluster's own: in another one, into which a dump was read, they go on above those that
 * the rows brought, and every replica begins again. Of an older copy of the same cluster only its operator knows.
 */
export async function restartChanges(owner: pg.Pool, isRestored: boolean): Promise<boolean> {
  const { rows } = await owner.query<{ restarted: boolean }>(
    'select restart_changes($1) as restarted',
    [isRestored],
  );
  return rows[0]?.restarted ?? false;
}
