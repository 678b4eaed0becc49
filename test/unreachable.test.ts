/** A database that is gone is said to be gone: it is no fault inside the gateway. */
import { afterAll, describe, expect, test } from 'vitest';
import { faultOf } from '../src/gateway/answers.ts';
import { ScopedPool } from '../src/platform/database.ts';
import { errorTable } from '../src/platform/errors.ts';
import { createPrisma } from '../src/platform/prisma-client.ts';
import { nobody, withScope } from '../src/platform/scope.ts';

/** Nothing listens at this port. */
const pool = new ScopedPool({ connectionString: 'postgresql://nobody@127.0.0.1:1/nothing' });
pool.on('error', () => undefined);
const db = createPrisma(pool);
afterAll(() => pool.end());

const scope = { ...nobody, instant: '2026-01-01T00:00:00Z' };

describe('where no server answers', () => {
  test.each([
    ['a query', () => db.source.findMany()],
    ['a transaction', () => db.$transaction([db.$executeRaw`select 1`, db.source.findMany()])],
  ] as const)('%s is DATABASE_UNAVAILABLE', async (_what, work) => {
    const error: unknown = await withScope(scope, async (): Promise<unknown> => work()).catch(
      (cause: unknown) => cause,
    );
    const fault = faultOf(error, true);
    expect(fault).toMatchObject({ code: 'DATABASE_UNAVAILABLE', cause: error });
    expect(errorTable[fault.code].status).toBe(503);
  });
});
