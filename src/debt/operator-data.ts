/** What the operator's monthly run reads beside the facts: the database's clock, and which provinces there are to identify. */
import type pg from 'pg';
import type { Reader } from '../platform/context.ts';
import { OwnerPool } from '../platform/database.ts';
import { createPrisma, type Database } from '../platform/prisma-client.ts';
import type { Area } from '../platform/prisma/client.ts';
import { currentScope, nobody, withScope, type Scope } from '../platform/scope.ts';
import { dayIn, parseDayOrThrow } from '../platform/scalars.ts';
import { inForceOn, thereOn } from '../platform/validity.ts';

/** A client through the scoped door, as the tables' owner; each query must be within a scope. */
export async function withOwnerDatabase<T>(
  { options }: pg.Pool,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const pool = new OwnerPool(options);
  const db = createPrisma(pool);
  try {
    return await work(db);
  } finally {
    await db.$disconnect();
    await pool.end();
  }
}

/** Of no agency and no person: so the change log names the operator, and by which command. */
export async function operatorScope({ db }: Reader): Promise<Scope> {
  const [row] = await withScope(
    nobody,
    async () =>
      await db.$queryRaw<
        { now: Date }[]
      >`select date_trunc('milliseconds', clock_timestamp()) as now`,
  );
  return {
    ...nobody,
    instant: row!.now.toISOString(),
    subject: 'operator',
    application: 'lienthong debt identify',
  };
}

/** Provinces and cities of today that a provincial insurance office serves, by code. */
export function provincesWithOffice({ db }: Reader): Promise<Area[]> {
  const today = parseDayOrThrow(dayIn(new Date(currentScope().instant)));
  const inForce = inForceOn(today);
  return db.area.findMany({
    where: {
      ...thereOn(today),
      kind: { in: ['PROVINCE', 'CITY'] },
      offices: { some: { ...inForce, office: { ...inForce, level: 'PROVINCIAL' } } },
    },
    orderBy: [{ code: 'asc' }, { vintage: 'asc' }],
  });
}
