/** Writes what the loaders have read: inserts, updates, versions, and the record of each change. */
import { randomUUID } from 'node:crypto';
import type { CsvFiles } from './csv.ts';

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

/** One version of a figure for one audience, by column name, without what the writer sets. */
export interface VersionRow {
  readonly figure_id: string;
  readonly audience: 'INTERNAL' | 'PUBLISHED';
  readonly conf_status: string;
}

interface UpsertOptions {
  readonly key: readonly string[];
  /** The files that the rows come from, the main one first. */
  readonly from: readonly string[];
  /** Columns that a row keeps from its first load on, because others decide them since. */
  readonly keep?: readonly string[];
}

/** What a version has beside its content; set here and never compared. */
const versionColumns = ['id', 'known_from', 'known_to', 'published_at', 'withdrawn_at'];

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

function list(columns: readonly string[], prefix = ''): string {
  return columns.map((column) => `${prefix}"${column}"`).join(', ');
}

/** Writes in the caller's transaction. */
export class SeedWriter {
  readonly report: LoadReport = {};
  readonly instant: string;
  readonly #client: SeedClient;
  readonly #files: CsvFiles;

  constructor(client: SeedClient, files: CsvFiles, instant: string) {
    this.#client = client;
    this.#files = files;
    this.instant = instant;
  }

  /**
   * Inserts rows, and updates those that say something else; rows not given stay. Rows are by
   * column name, and all have the same columns.
   */
  async upsert(table: string, rows: readonly object[], options: UpsertOptions): Promise<void> {
    if (rows.length === 0) return;
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
    await this.#account(table, options.from, {
      inserted,
      updated: written - inserted,
      closed: 0,
      unchanged: rows.length - written,
    });
  }

  /**
   * Makes the given versions the open ones of their figures: equal ones stay, others are closed,
   * what lacks is inserted. Figures not given stay.
   */
  async versions(table: string, rows: readonly VersionRow[], file: string): Promise<void> {
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
    const added = rows.filter((_, n) => steps.some((step) => step['add'] === n));
    await this.#client.query(
      `update "${table}" set known_to = $1::timestamptz where id = any($2::text[])`,
      [this.instant, closing.map((step) => step['close'])],
    );
    await this.#insertVersions(table, added);
    for (const figure of new Set(closing.map((step) => String(step['figure'])))) {
      await this.#record('CORRECT', table, figure, { file, sha256: this.#files.sha256(file) });
    }
    await this.#account(table, [file], {
      inserted: added.length,
      updated: 0,
      closed: closing.length,
      unchanged: rows.length - added.length,
    });
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

  async #insertVersions(table: string, rows: readonly VersionRow[]): Promise<void> {
    const complete = rows.map((row) => ({
      ...row,
      id: randomUUID(),
      known_from: this.instant,
      published_at: row.audience === 'PUBLISHED' ? this.instant : null,
    }));
    const columns = list(Object.keys(complete[0] ?? { id: '' }));
    await this.#client.query(
      `insert into "${table}" (${columns})
       select ${columns} from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
      [JSON.stringify(complete)],
    );
  }

  async #account(table: string, from: readonly string[], counts: TableCounts): Promise<void> {
    this.report[table] = counts;
    const { inserted, updated, closed } = counts;
    if (inserted + updated + closed === 0) return;
    const [main = '', ...others] = from;
    const alsoFrom = Object.fromEntries(others.map((file) => [file, this.#files.sha256(file)]));
    await this.#record('IMPORT', table, main, {
      inserted,
      updated,
      closed,
      sha256: this.#files.sha256(main),
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
