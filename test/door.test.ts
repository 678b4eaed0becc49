/** Every way to a query passes the scoped door: in its own scope, as the weak role, and clean after. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gatewayRole, ScopedPool } from '../src/platform/database.ts';
import { createPrisma, type Database } from '../src/platform/prisma-client.ts';
import { Prisma } from '../src/platform/prisma/client.ts';
import { nobody, withScope, type Scope } from '../src/platform/scope.ts';
import { insertMarks } from './marks.ts';
import { openGateway, storeKinds, type TestGateway } from './support/gateway.ts';

const everything: Scope = {
  ...nobody,
  instant: '2026-06-01T00:00:00Z',
  agency: 'si-vn',
  topics: ['ENROLLMENT', 'FINANCE', 'POPULATION'],
  published: ['ENROLLMENT', 'FINANCE', 'POPULATION'],
  national: ['ENROLLMENT', 'FINANCE', 'POPULATION'],
};
const topics = ['ENROLLMENT'];
const reader: Scope = { ...everything, topics, published: topics, national: [] };
const dienBien: Scope = { ...reader, provinces: ['ENROLLMENT|11@2025-07'] };

const hiddenId = 'row-internal-mark-db';
const hidden = { where: { id: hiddenId } };
const countSql = `select count(*)::int as rows from observation where id = '${hiddenId}'`;
const stateSql = `select current_user::text as role, current_setting('lienthong.scope', true) as scope,
  current_setting('statement_timeout') as timeout`;

describe.each(storeKinds)('the door to the data on %s', (kind) => {
  let gateway: TestGateway;
  /** One connection, so that each query meets what the one before has left. */
  let pool: ScopedPool;
  let db: Database;
  /** As many connections as the gateway has, for callers side by side. */
  let wide: ScopedPool;
  let shared: Database;

  beforeAll(async () => {
    gateway = await openGateway({ kind, prepare: insertMarks });
    const own = gateway.store.gateway;
    const patient = { ...own.options, connectionTimeoutMillis: 0 };
    pool = kind === 'SERVER' ? new ScopedPool({ ...patient, max: 1 }) : own;
    wide = kind === 'SERVER' ? new ScopedPool(patient) : own;
    db = createPrisma(pool);
    shared = createPrisma(wide);
  });
  afterAll(async () => {
    if (kind === 'SERVER') await Promise.all([pool.end(), wide.end()]);
    await gateway.close();
  });

  // Each statement has its own limit; many short ones together have one too.
  test.runIf(kind === 'SERVER' && process.env['ALL_STORES'])(
    'a request whose statements take too long together is ended',
    async () => {
      const slow = () => shared.$queryRaw`select pg_sleep(7.5)::text as slept`;
      await withScope(reader, async () => {
        for (let n = 0; n < 3; n += 1) await slow();
        await expect(slow()).rejects.toThrow(/used up its time/);
      });
      // The next request has its own time, and the connections are good.
      await withScope(reader, async () => {
        expect(await shared.$queryRaw`select 1::int as one`).toEqual([{ one: 1 }]);
      });
    },
  );

  /** The same connection without the door, for looking at what a query has left on it. */
  async function behindTheDoor<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const inner = pg.Pool.prototype as unknown as { connect(): Promise<pg.PoolClient> };
    const client = await inner.connect.call(pool);
    try {
      return await work(client);
    } finally {
      client.release();
    }
  }
  async function expectClean(): Promise<void> {
    const { rows } = await behindTheDoor((client) => client.query(stateSql));
    expect(rows[0].scope ?? '').toBe('');
    expect(await readMark(reader)).toBe(0);
    expect(await readMark(dienBien)).toBe(1);
  }
  const readMark = async (scope: Scope): Promise<number> => {
    const { rows } = await withScope(scope, () => pool.query<{ rows: number }>(countSql));
    return rows[0]!.rows;
  };

  const ways: [name: string, ask: () => Promise<unknown>][] = [
    ['findMany', async () => db.observation.findMany()],
    ['findUnique', async () => db.observation.findUnique(hidden)],
    ['count', async () => db.observation.count()],
    ['aggregate', async () => db.observation.aggregate({ _max: { value: true } })],
    ['an interactive transaction', async () => db.$transaction((tx) => tx.observation.count())],
    ['a batch', async () => db.$transaction([db.observation.count(), db.area.count()])],
    ['$queryRaw', async () => db.$queryRaw`select 1`],
    ['$executeRaw', async () => db.$executeRaw`select 1`],
    ['the pool', () => pool.query('select 1')],
    ['a client of the pool', () => pool.connect()],
    ['a callback', () => byCallback('select 1')],
    [
      'a callback for a client',
      () =>
        new Promise((resolve, reject) =>
          pool.connect((error, client) => (error ? reject(error) : resolve(client))),
        ),
    ],
  ];
  const byCallback = (sql: string) =>
    new Promise<pg.QueryResult>((resolve, reject) =>
      pool.query(sql, (error: Error | undefined, result: pg.QueryResult) =>
        error ? reject(error) : resolve(result),
      ),
    );

  test.each(ways)('%s without a scope is refused', async (_name, ask) => {
    await expect(ask()).rejects.toThrow('NO_SCOPE');
  });

  test('what slips past the door meets no scope and no row', async () => {
    for (const table of ['observation', 'target', 'conflict', 'area', '"grant"', 'code']) {
      const slip = behindTheDoor((client) => client.query(`select * from ${table}`));
      await expect(slip, table).rejects.toMatchObject({ code: 'LT001' });
    }
  });

  const noRights = [
    'AccessHead',
    'AccessSalt',
    'ChangeClock',
    'ChangePending',
    'CollectionAccount',
    'DebtChangeHorizon',
  ];
  test.each(Object.values(Prisma.ModelName))('nobody reads no row of %s', async (model) => {
    const name = (model[0]!.toLowerCase() + model.slice(1)) as 'observation';
    const counted = withScope(nobody, async () => db[name].count());
    if (noRights.includes(model)) {
      await expect(counted).rejects.toThrow(/permission denied|denied access/);
    } else {
      expect(await counted).toBe(0);
    }
  });

  test('a query runs as the gateway role, with a time limit, and leaves no trace', async () => {
    const { rows } = await withScope(dienBien, () => pool.query(stateSql));
    expect(rows[0]).toMatchObject({ role: gatewayRole, timeout: '10s' });
    expect(JSON.parse(rows[0].scope as string)).toEqual(dienBien);
    const { rows: called } = await withScope(dienBien, () => byCallback(countSql));
    expect(called).toEqual([{ rows: 1 }]);
    await expectClean();
  });

  test('scopes are text to the database, whatever stands in them', async () => {
    const odd = `O'Brien"; reset role; -- \\' $1 é`;
    const scope = { ...dienBien, agency: odd };
    const { rows } = await withScope(scope, () => pool.query(stateSql));
    expect(rows[0].role).toBe(gatewayRole);
    expect(JSON.parse(rows[0].scope as string)).toEqual(scope);
    expect(await readMark(scope)).toBe(1);
  });

  test('an interactive transaction keeps its scope and its isolation for its whole life', async () => {
    const seen = await withScope(dienBien, () =>
      db.$transaction(
        async (tx) => {
          const first = await tx.observation.count(hidden);
          const inside = await withScope(reader, () => tx.observation.count(hidden));
          const [level] = await tx.$queryRaw<[{ level: string }]>`
            select current_setting('transaction_isolation') as level`;
          return [first, inside, await tx.observation.count(hidden), level.level];
        },
        { isolationLevel: 'Serializable' },
      ),
    );
    expect(seen).toEqual([1, 1, 1, 'serializable']);
  });

  test('transactions and batches of different callers side by side keep apart', async () => {
    const ask = (scope: Scope) =>
      withScope(scope, async () => {
        const [batched, listed] = await shared.$transaction([
          shared.observation.count(hidden),
          shared.observation.findMany(hidden),
        ]);
        const counted = await shared.$transaction(async (tx) => {
          await tx.area.count();
          return tx.observation.count(hidden);
        });
        const [raw] = await shared.$queryRawUnsafe<[{ rows: number }]>(countSql);
        return [batched, listed.length, counted, raw.rows];
      });
    const scopes = Array.from({ length: 24 }, (_, i) => (i % 2 ? dienBien : reader));
    const answers = await Promise.all(scopes.map(ask));
    answers.forEach((answer, i) => expect(answer).toEqual(Array(4).fill(i % 2)));
  });

  test('200 pairs of findUnique in one tick cross no scope', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    const byCode = { where: { code_vintage: { code: '11', vintage: '2025-07' } } };
    const ask = (scope: Scope) =>
      withScope(scope, async () => {
        await gate;
        const found = shared.observation.findUnique({ ...hidden, select: { id: true } });
        const area = shared.area.findUnique({ ...byCode, select: { id: true } });
        return [(await found)?.id, (await area)?.id];
      });
    const pairs = Array.from({ length: 200 }, () => [ask(dienBien), ask(reader), ask(nobody)]);
    open();
    for (const answers of await Promise.all(pairs.map((pair) => Promise.all(pair)))) {
      expect(answers).toEqual([
        [hiddenId, '11@2025-07'],
        [undefined, '11@2025-07'],
        [undefined, undefined],
      ]);
    }
  });

  const inTransaction = (work: (tx: Prisma.TransactionClient) => Promise<unknown>) => () =>
    db.$transaction(async (tx) => {
      await tx.area.count();
      await work(tx);
    });
  const writes: [name: string, write: () => Promise<unknown>][] = [
    ['create', async () => db.observation.create({ data })],
    ['createMany', async () => db.observation.createMany({ data: [data] })],
    ['update', async () => db.observation.updateMany({ data: { value: 1 } })],
    ['delete', async () => db.observation.deleteMany()],
    ['upsert', async () => db.source.upsert({ where: { id: 'x' }, create: source, update: {} })],
    ['a nested create', async () => db.source.create({ data: nestedSource })],
    [
      'a nested create in a transaction',
      inTransaction((tx) => tx.source.create({ data: nestedSource })),
    ],
    [
      'an update in a transaction',
      inTransaction((tx) => tx.area.updateMany({ data: { nameVi: 'x' } })),
    ],
    ['a batch', async () => db.$transaction([db.area.count(), db.observation.create({ data })])],
    ['$executeRaw', async () => db.$executeRaw`delete from observation`],
    ['truncate', async () => db.$executeRaw`truncate observation`],
    ['a record', async () => db.$executeRaw`insert into access_head values (2, 0)`],
    ['the log’s function', async () => db.$queryRaw`select append_access_records('[]')::text`],
    ['a new table', async () => db.$executeRaw`create table extra (id int)`],
    ['a salt', async () => db.$queryRaw`select salt from access_salt`],
    ['the log’s head', async () => db.$queryRaw`select next from access_head`],
  ];

  test.each(writes)('%s is refused and leaves nothing', async (_name, write) => {
    const rows = () =>
      withScope(everything, async () => [
        await db.observation.count(),
        await db.source.count(),
        await db.observation.aggregate({ _sum: { value: true } }),
      ]);
    const before = await rows();
    await expect(withScope(everything, write)).rejects.toThrow(/permission denied|denied access/);
    expect(await rows()).toEqual(before);
    await expectClean();
  });

  test('COMMIT of a failed transaction is an error', async () => {
    const client = await withScope(dienBien, () => pool.connect());
    await client.query('BEGIN');
    await expect(client.query('select 1 / 0')).rejects.toMatchObject({ code: '22012' });
    await expect(client.query('COMMIT')).rejects.toThrow('rolled back');
    client.release();
    await expectClean();
  });

  const endings: [name: string, leave: (client: pg.PoolClient) => Promise<void>][] = [
    ['an error', (client) => client.query('select 1 / 0').then(failed, (): void => undefined)],
    [
      'a rollback',
      async (client) => {
        await client.query('BEGIN');
        await client.query(countSql);
        await client.query('ROLLBACK');
      },
    ],
    [
      'a release in mid-transaction',
      async (client) => {
        await client.query('BEGIN');
        await client.query(countSql);
      },
    ],
    [
      'a release of a failed transaction',
      async (client) => {
        await client.query('START TRANSACTION');
        await client.query('select 1 / 0').catch(() => null);
      },
    ],
  ];
  test.each(endings)('after %s the next query is clean', async (_name, leave) => {
    for (const scope of [dienBien, everything]) {
      const client = await withScope(scope, () => pool.connect());
      await leave(client);
      client.release();
      await expectClean();
    }
  });

  test('a failed interactive transaction leaves the connection clean', async () => {
    const failing = withScope(dienBien, () =>
      db.$transaction(async (tx) => {
        await tx.observation.count();
        throw new Error('changed my mind');
      }),
    );
    await expect(failing).rejects.toThrow('changed my mind');
    await expectClean();
  });
});

function failed(): never {
  throw new Error('The statement was meant to fail.');
}

const source = {
  id: 'x',
  title: 'x',
  bibliographicTitle: 'x',
  authorOrPublisher: 'x',
  kind: 'x',
  nature: 'REPORTED',
};
const data = {
  id: 'row-written',
  figureId: 'mark-written',
  audience: 'PUBLISHED',
  topic: 'ENROLLMENT',
  areaId: '11@2025-07',
  domain: 'ENROLLMENT',
  indicator: 'PARTICIPANTS',
  sex: '_T',
  residence: '_T',
  breakdown: '',
  periodBasis: 'PRINTED',
  value: 1,
  unit: 'PERSONS',
  obsStatus: 'A',
  confStatus: 'F',
  sourceId: 'dien-bien-2024',
  locator: 'mark',
  contributorId: 'si-vn',
  knownFrom: new Date(0),
  publishedAt: new Date(0),
};
const { sourceId: _, ...ofSource } = data;
const nestedSource = { ...source, observations: { create: [ofSource] } };
