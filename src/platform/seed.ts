/** Writes what the loaders have read: inserts, updates, versions, and the record of each change. */
import { randomUUID } from 'node:crypto';

/** A node-postgres client, connected as the tables' owner. */
export interface SeedClient {
  query(
    text: string,
    values?: unknown[],
  ): Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>;
}

export interface TableCounts {
  readonly inserted: number;
  readonly updated: number;
  readonly closed: number;
  readonly unchanged: number;
}

/** What a load did, by table. */
export type LoadReport = Record<string, TableCounts>;

/** What the rows of a load come from, by name: files, or what generated them. */
export interface Origins {
  /** The hash that the record of the change keeps. */
  sha256(name: string): string;
}

/** One version of a figure for one audience, by column name, without what the writer sets. */
export interface VersionRow {
  readonly figure_id: string;
  readonly audience: 'INTERNAL' | 'PUBLISHED';
  readonly conf_status: string;
  /** For a figure's first version, when it became known and public: the load's instant when left out. */
  readonly known_from?: string;
  readonly published_at?: string | null;
}

interface UpsertOptions {
  readonly key: readonly string[];
  /** The origins that the rows come from, the main one first. */
  readonly from: readonly string[];
  /** Columns that a row keeps from its first load on, because others decide them since. */
  readonly keep?: readonly string[];
}

/** What a version has beside its content; set here and never compared. */
const versionColumns = [
  'id',
  'known_from',
  'known_to',
  'published_at',
  'withdrawn_at',
  'added_in',
  'closed_in',
  'reopened_at',
];

/**
 * The one instant of a load: now, or just after the newest open version of these figures, so that
 * no version ends before it began.
 */
export async function chooseInstant(
  client: SeedClient,
  tables: readonly string[],
  figures: readonly string[],
): Promise<string> {
  const newest = tables.map(
    (table) => `(select max(known_from) from "${table}"
      where known_to is null and figure_id = any($1::text[])) + interval '1 millisecond'`,
  );
  const { rows } = await client.query(
    `select to_char(greatest(date_trunc('milliseconds', clock_timestamp()), ${newest.join(', ')})
       at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as instant`,
    [figures],
  );
  return String(rows[0]?.['instant']);
}

/** How many rows go into one statement: their JSON stays at a few megabytes. */
const statementRows = 4_000;

function* chunksOf<T>(rows: Iterable<T>): Generator<T[]> {
  let chunk: T[] = [];
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length < statementRows) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

const noRows: TableCounts = { inserted: 0, updated: 0, closed: 0, unchanged: 0 };

function sum(a: TableCounts, b: TableCounts): TableCounts {
  return {
    inserted: a.inserted + b.inserted,
    updated: a.updated + b.updated,
    closed: a.closed + b.closed,
    unchanged: a.unchanged + b.unchanged,
  };
}

function list(columns: readonly string[], prefix = ''): string {
  return columns.map((column) => `${prefix}"${column}"`).join(', ');
}

/** Writes in the caller's transaction. */
export class SeedWriter {
  readonly report: LoadReport = {};
  readonly instant: string;
  readonly #client: SeedClient;
  readonly #origins: Origins;

  constructor(client: SeedClient, origins: Origins, instant: string) {
    this.#client = client;
    this.#origins = origins;
    this.instant = instant;
  }

  /**
   * Inserts rows, and updates those that say something else; rows not given stay. Rows are by
   * column name, and all have the same columns.
   */
  async upsert(table: string, rows: Iterable<object>, options: UpsertOptions): Promise<void> {
    let counts: TableCounts | null = null;
    for (const chunk of chunksOf(rows)) {
      counts = sum(counts ?? noRows, await this.#upsertChunk(table, chunk, options));
    }
    if (counts) await this.#account(table, options.from, counts);
  }

  async #upsertChunk(
    table: string,
    rows: readonly object[],
    options: UpsertOptions,
  ): Promise<TableCounts> {
    const all = Object.keys(rows[0] ?? {});
    const free = all.filter((c) => !options.key.includes(c) && !options.keep?.includes(c));
    const update = `update set ${free.map((c) => `"${c}" = excluded."${c}"`).join(', ')}
      where (${list(free, 't.')}) is distinct from (${list(free, 'excluded.')})`;
    const { rows: result } = await this.#client.query(
      `with wanted as (select * from jsonb_populate_recordset(null::"${table}", $1::jsonb)),
       present as (select from wanted join "${table}" using (${list(options.key)})),
       written as (
         insert into "${table}" as t (${list(all)}) select ${list(all)} from wanted
         on conflict (${list(options.key)}) do ${free.length > 0 ? update : 'nothing'}
         returning 1)
       select (select count(*) from present)::int as present,
         (select count(*) from written)::int as written`,
      [JSON.stringify(rows)],
    );
    const [{ present, written }] = result as [{ present: number; written: number }];
    const inserted = rows.length - present;
    return { inserted, updated: written - inserted, closed: 0, unchanged: rows.length - written };
  }

  /**
   * Makes the given versions the open ones of their figures: equal ones stay, others are closed,
   * what lacks is inserted. Figures not given stay.
   */
  async versions(table: string, rows: readonly VersionRow[], origin: string): Promise<void> {
    const { rows: steps } = await this.#client.query(
      `with wanted as (
         select n, w.figure_id, to_jsonb(w) - $2::text[] as content
         from jsonb_array_elements($1::jsonb) with ordinality as e(row, n),
           jsonb_populate_record(null::"${table}", e.row) as w),
       open as (
         select o.id, o.figure_id, to_jsonb(o) - $2::text[] as content from "${table}" o
         where known_to is null and figure_id in (select figure_id from wanted))
       select id as close, figure_id as figure, null::int as add from open
       where not exists (select from wanted where wanted.content = open.content)
       union all
       select null, figure_id, n::int - 1 from wanted
       where not exists (select from open where open.content = wanted.content)`,
      [JSON.stringify(rows), versionColumns],
    );
    const closing = steps.filter((step) => step['close'] !== null);
    const adding = new Set(steps.map((step) => step['add']));
    const added = rows.filter((_, n) => adding.has(n));
    const corrected = new Set(closing.map((step) => String(step['figure'])));
    await this.#client.query(
      `update "${table}" set known_to = $1::timestamptz where id = any($2::text[])`,
      [this.instant, closing.map((step) => step['close'])],
    );
    await this.#insertVersions(table, added, corrected);
    const detail = { file: origin, sha256: this.#origins.sha256(origin) };
    for (const figure of corrected) await this.#record('CORRECT', table, figure, detail);
    await this.#account(table, [origin], {
      inserted: added.length,
      updated: 0,
      closed: closing.length,
      unchanged: rows.length - added.length,
    });
  }

  /** The first parts of the ids of entities that someone has changed by a request, not by a load. */
  async changedByRequest(...entities: string[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.#client.query(
      `select distinct split_part(entity_id, '/', 1) as id from change_record
       where agency_id is not null and entity = any($1::text[])`,
      [entities],
    );
    return new Set(rows.map((row) => String(row['id'])));
  }

  /** Takes back what was published of figures before they became confidential. */
  async withdraw(table: string, figures: readonly string[]): Promise<void> {
    const { rows } = await this.#client.query(
      `update "${table}" set withdrawn_at = $1::timestamptz
       where figure_id = any($2::text[]) and audience = 'PUBLISHED' and conf_status <> 'C'
         and withdrawn_at is null
       returning figure_id`,
      [this.instant, figures],
    );
    for (const figure of new Set(rows.map((row) => String(row['figure_id'])))) {
      await this.#record('WITHDRAW', table, figure, {});
    }
  }

  async #insertVersions(
    table: string,
    rows: readonly VersionRow[],
    corrected: ReadonlySet<string>,
  ): Promise<void> {
    const complete = rows.map((row) => {
      const now = {
        known_from: this.instant,
        published_at: row.audience === 'PUBLISHED' ? this.instant : null,
      };
      // A correction is known from its load on, whenever the first version was.
      const times = corrected.has(row.figure_id) ? { ...row, ...now } : { ...now, ...row };
      return { ...times, id: randomUUID() };
    });
    const columns = list(Object.keys(complete[0] ?? { id: '' }));
    await this.#client.query(
      `insert into "${table}" (${columns})
       select ${columns} from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
      [JSON.stringify(complete)],
    );
  }

  async #account(table: string, from: readonly string[], counts: TableCounts): Promise<void> {
    this.report[table] = sum(this.report[table] ?? noRows, counts);
    const { inserted, updated, closed } = counts;
    if (inserted + updated + closed === 0) return;
    const [main = '', ...others] = from;
    const alsoFrom = Object.fromEntries(others.map((file) => [file, this.#origins.sha256(file)]));
    await this.#record('IMPORT', table, main, {
      inserted,
      updated,
      closed,
      sha256: this.#origins.sha256(main),
      ...(others.length > 0 && { alsoFrom }),
    });
  }

  async #record(action: string, entity: string, entityId: string, detail: object): Promise<void> {
    await this.#client.query(
      `insert into change_record (id, changed_at, actor, action, entity, entity_id, detail)
       values ($1, $2::timestamptz, 'loader', $3, $4, $5, $6::jsonb)`,
      [randomUUID(), this.instant, action, entity, entityId, JSON.stringify(detail)],
    );
  }
}
