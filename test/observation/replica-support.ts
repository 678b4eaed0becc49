/** A partner's replica, kept by pages of `observationChanges` alone, and what the source says beside it. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openGateway, type AskOptions, type TestGateway } from '../support/gateway.ts';
import { insertSource } from './observation-rows.ts';

const fields = `id figureId value knownFrom knownTo obsStatus confStatus timePeriod contributor refArea { code vintage }`;
export const source = 'test-source';

export interface Row {
  readonly id: string;
  readonly figureId: string;
  readonly value: string | null;
  readonly knownFrom: string;
  readonly knownTo: string | null;
}

export interface Page {
  readonly changes: readonly {
    readonly action: 'REPLACE' | 'DELETE';
    readonly id: string;
    readonly observation: Row | null;
  }[];
  readonly cursor: string;
  readonly more: boolean;
}

export type Asking = Pick<TestGateway, 'ask'>;

interface ChangesOptions extends AskOptions {
  readonly updatedAfter?: string | null;
  readonly first?: number;
  readonly where?: string;
}

/** One page as it was answered, or the code of its refusal. */
export async function askChanges(
  gateway: Asking,
  agency: string,
  {
    updatedAfter,
    first = 100,
    where = `{ sourceId: "${source}" }`,
    ...options
  }: ChangesOptions = {},
): Promise<Page | string> {
  const { data, errors } = await gateway.ask(
    agency,
    `query($updatedAfter: String) { observationChanges(first: ${first}, where: ${where}, updatedAfter: $updatedAfter) {
       more cursor changes { action id observation { ${fields} } } } }`,
    { variables: { updatedAfter: updatedAfter ?? null }, ...options },
  );
  return errors[0]?.extensions.code ?? (data.observationChanges as Page);
}

/** A page that must be there. */
export async function pageOf(...asked: Parameters<typeof askChanges>): Promise<Page> {
  const page = await askChanges(...asked);
  if (typeof page === 'string') throw new Error(page);
  return page;
}

export class Replica {
  readonly rows = new Map<string, Row>();
  readonly agency: string;
  cursor: string | null = null;
  /** How often it had to begin again. */
  resyncs = 0;

  constructor(agency: string) {
    this.agency = agency;
  }

  /** One page; whether the run goes on. */
  async turn(gateway: Asking, first?: number): Promise<boolean> {
    const page = await askChanges(gateway, this.agency, {
      updatedAfter: this.cursor,
      ...(first ? { first } : {}),
    });
    if (page === 'RESYNC_REQUIRED') {
      this.resyncs += 1;
      this.rows.clear();
      this.cursor = null;
      return true;
    }
    if (typeof page === 'string') throw new Error(page);
    for (const { action, id, observation } of page.changes) {
      if (action === 'DELETE') this.rows.delete(id);
      else if (observation?.id !== id) throw new Error(`${id} is no row.`);
      else if (new Date(observation.knownFrom).getTime() > Date.now()) {
        throw new Error(`${id} is told before its instant.`);
      } else this.rows.set(id, observation);
    }
    this.cursor = page.cursor;
    return page.more;
  }

  /** All pages of a run. */
  async visit(
    gateway: Asking,
    first?: () => number,
    between: () => Promise<void> = async () => undefined,
  ): Promise<void> {
    while (await this.turn(gateway, first?.())) await between();
  }

  /** What it answers of an instant, or of all versions; by id. */
  list(asOf: Date | null): Row[] {
    const isKnown = ({ knownFrom, knownTo }: Row) =>
      asOf === null ||
      (new Date(knownFrom) <= asOf && (knownTo === null || new Date(knownTo) > asOf));
    return [...this.rows.values()].filter(isKnown).sort(byId);
  }
}

const byId = (a: Row, b: Row) => (a.id < b.id ? -1 : 1);

/** What the source answers of an instant, or of all versions; by id. */
export async function listSource(
  gateway: Asking,
  agency: string,
  asOf: Date | null,
  where = `{ sourceId: "${source}" }`,
): Promise<Row[]> {
  const rows: Row[] = [];
  const versions = asOf ? `asOf: "${asOf.toISOString()}"` : 'includeHistory: true';
  let after: string | null = null;
  for (;;) {
    const { data, errors } = await gateway.ask(
      agency,
      `query($after: String) { observations(first: 200, after: $after, where: ${where}, ${versions}) {
         nodes { ${fields} } pageInfo { endCursor hasNextPage } } }`,
      { variables: { after } },
    );
    if (errors[0]) throw new Error(errors[0].extensions.code);
    rows.push(...(data.observations.nodes as Row[]));
    if (!data.observations.pageInfo.hasNextPage) return rows.sort(byId);
    after = data.observations.pageInfo.endCursor as string;
  }
}

export interface Bench {
  readonly gateway: TestGateway;
  /** As the owner of the tables, while the gateway serves. */
  readonly owner: pg.Pool;
  close(): Promise<void>;
}

export async function openBench(
  prepare: (owner: pg.Pool) => Promise<void> = async () => undefined,
): Promise<Bench> {
  let address = '';
  const gateway = await openGateway({
    kind: 'SERVER',
    prepare: async (pool) => {
      const { rows } = await pool.query<{ user: string; port: number; name: string }>(
        `select current_user as user, inet_server_port() as port, current_database() as name`,
      );
      const [{ user, port, name }] = rows as [(typeof rows)[number]];
      address = `postgresql://${user}@127.0.0.1:${port}/${name}`;
      await insertSource(pool, source);
      await prepare(pool);
    },
  });
  const owner = new pg.Pool({ connectionString: address, max: 6, options: '-c TimeZone=UTC' });
  // The database is dropped with its sessions; an idle one may notice that first.
  owner.on('error', () => undefined);
  return {
    gateway,
    owner,
    close: async () => {
      await owner.end();
      await gateway.close();
    },
  };
}

/** Until what was committed is told: a transaction that is open elsewhere on the server, in another test, holds it back. */
export async function settle(owner: Pick<pg.ClientBase, 'query'>): Promise<void> {
  const { rows } = await owner.query<{ id: string }>('select pg_current_xact_id()::text as id');
  for (;;) {
    const { rows: seen } = await owner.query<{ done: boolean }>(
      'select pg_snapshot_xmin(pg_current_snapshot())::text::bigint > $1::bigint as done',
      [rows[0]?.id],
    );
    if (seen[0]?.done) return;
    await sleep(20);
  }
}
