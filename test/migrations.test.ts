/** The migrations and schema.prisma agree, and applying them is safe to repeat and to interrupt. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { embeddedPoolConfig } from '../src/platform/embedded.ts';
import { applyMigrations, diffMigrations, missingMigrations } from '../src/platform/migrate.ts';

describe('migrations', () => {
  test('lead to schema.prisma', async () => {
    expect(await diffMigrations(), 'Write this SQL into a new migration.').toBe('');
  });

  test('are applied once, and known as applied', async () => {
    const database = await PGlite.create('memory://');
    const pool = new pg.Pool(embeddedPoolConfig(database));
    const applied = await applyMigrations(pool);
    expect(applied.length).toBeGreaterThan(0);
    expect(await applyMigrations(pool)).toEqual([]);
    expect(await missingMigrations((text) => pool.query(text))).toEqual([]);
    const [name] = applied;
    await pool.query(`update _prisma_migrations set checksum = 'x' where migration_name = $1`, [
      name,
    ]);
    expect(await missingMigrations((text) => pool.query(text))).toEqual([name]);
    await pool.end();
    await database.close();
  });
});

describe('a first start that is killed', () => {
  test('begins anew and serves', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'lienthong-killed-'));
    const start = () =>
      spawn(process.execPath, ['dist/main.js'], {
        env: {
          ...process.env,
          DATA_DIR: path.join(directory, 'data'),
          PORT: '0',
          DATABASE_URL: '',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    const exited = (child: ReturnType<typeof start>) =>
      new Promise((resolve) => child.once('exit', resolve));
    for (const millis of [700, 2_500]) {
      const child = start();
      const end = exited(child);
      setTimeout(() => child.kill('SIGKILL'), millis);
      await end;
    }
    const child = start();
    const end = exited(child);
    const greeting = await new Promise<string>((resolve) => {
      child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    });
    expect(greeting).toContain('/graphql');
    child.kill('SIGTERM');
    expect(await end).toBe(0);
    rmSync(directory, { recursive: true, force: true });
  });
});
