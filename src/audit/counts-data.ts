/** Counts records of the access log group by group, in one statement under the caller's own scope. */
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import { Prisma } from '../platform/prisma/client.ts';
import { recordConditions, type RecordFilter } from './record-filter.ts';

/** By what records are counted; the keys are those of the schema's enum. */
export const dimensions = {
  AGENCY: { column: 'agency_id', isList: false },
  APPLICATION: { column: 'application_id', isList: false },
  ROLE: { column: 'role', isList: false },
  PURPOSE: { column: 'purpose', isList: false },
  GRANT: { column: 'grants', isList: true },
  OPERATION: { column: 'operation_name', isList: false },
  TOPIC: { column: 'topics', isList: true },
  AREA: { column: 'areas', isList: true },
  OUTCOME: { column: 'outcome', isList: false },
  ERROR_CODE: { column: 'error_code', isList: false },
  WITHHELD_REASON: { column: 'withheld_reasons', isList: true },
  PROVIDER: { column: 'providers', isList: true },
  DOCUMENT: { column: 'document_hash', isList: false },
} as const;
export type Dimension = keyof typeof dimensions;

/** In the time of Viet Nam; fixed words of SQL. */
export const intervals = { HOUR: 'hour', DAY: 'day', MONTH: 'month', YEAR: 'year' } as const;
export type Interval = keyof typeof intervals;

/** More groups than this are no report that anybody reads, and a load that everybody feels. */
export const groupsMax = 1_000;

export interface CountQuestion {
  readonly by: readonly Dimension[];
  readonly interval: Interval | null;
  readonly where: RecordFilter;
}

export interface CountGroup {
  /** In the order of `by`. */
  readonly keys: readonly (string | null)[];
  readonly start: Date | null;
  readonly records: bigint;
  readonly requests: bigint;
  readonly rows: bigint;
  readonly employers: bigint;
  readonly withheldCells: bigint;
}

interface Row {
  readonly keys: (string | null)[];
  readonly start: Date | null;
  readonly records: string;
  readonly requests: string;
  readonly rows: string;
  readonly employers: string;
  readonly cells: string;
}

/** A value that the record has once, or one of its list; null for a record whose list is empty. */
const keyOf = (dimension: Dimension, i: number) =>
  Prisma.raw(dimensions[dimension].isList ? `k${i}.value` : `r.${dimensions[dimension].column}`);

function joinsOf(by: readonly Dimension[]): Prisma.Sql {
  const joins = by.flatMap((dimension, i) => {
    const { column, isList } = dimensions[dimension];
    return isList ? [`left join lateral unnest(r.${column}) as k${i}(value) on true`] : [];
  });
  return Prisma.raw(joins.join(' '));
}

/** What a JSON list of the record adds up to; of its own value only where that is what is counted by. */
function sumOf(of: { list: string; number: string; name: string }, value: Prisma.Sql | null) {
  const { list, number, name } = of;
  const own = value
    ? Prisma.sql`where nullif(${Prisma.raw(`e ->> '${name}'`)}, '') is not distinct from ${value}`
    : Prisma.empty;
  return Prisma.sql`(select coalesce(sum((${Prisma.raw(`e ->> '${number}'`)})::bigint), 0)
    from jsonb_array_elements(${Prisma.raw(`r.${list}`)}) as e ${own})`;
}

function startOf(interval: Interval | null): Prisma.Sql {
  if (!interval) return Prisma.sql`null::timestamptz`;
  const word = Prisma.raw(`'${intervals[interval]}'`);
  return Prisma.sql`date_trunc(${word}, r.occurred_at at time zone 'Asia/Ho_Chi_Minh')
    at time zone 'Asia/Ho_Chi_Minh'`;
}

/** A mutation stands on the log twice, and a successor's first records are no requests. */
const requestOnly = Prisma.raw(`filter (where outcome not in ('INTENDED', 'OPENED', 'LOST'))`);

/** Throws TOO_MANY_GROUPS beyond `groupsMax`. */
export async function countRecords(
  context: Context,
  { by, interval, where }: CountQuestion,
): Promise<CountGroup[]> {
  const keys = by.map(keyOf);
  const valueOf = (dimension: Dimension) => keys[by.indexOf(dimension)] ?? null;
  const given = { list: 'given', number: 'rows', name: 'provider' };
  const withheld = { list: 'withheld', number: 'cells', name: 'reason' };
  const found = await context.db.$queryRaw<Row[]>`
    select keys, start, count(*)::text as records,
        coalesce(sum(request_count) ${requestOnly}, 0)::text as requests, sum(rows)::text as rows,
        sum(employer_count)::text as employers, sum(cells)::text as cells
      from (
        select array[${Prisma.join([...keys, Prisma.sql`null`])}]::text[] as keys,
            ${startOf(interval)} as start, r.outcome, r.request_count, r.employer_count,
            ${sumOf(given, valueOf('PROVIDER'))} as rows,
            ${sumOf(withheld, valueOf('WITHHELD_REASON'))} as cells
          from access_record r ${joinsOf(by)}
         where ${recordConditions(where)}) counted
     group by keys, start
     order by start, keys collate "C"
     limit ${groupsMax + 1}`;
  if (found.length > groupsMax) throw new PublicError('TOO_MANY_GROUPS', { max: groupsMax });
  return found.map(({ keys: values, start, ...sums }) => ({
    keys: values.slice(0, by.length),
    start,
    records: BigInt(sums.records),
    requests: BigInt(sums.requests),
    rows: BigInt(sums.rows),
    employers: BigInt(sums.employers),
    withheldCells: BigInt(sums.cells),
  }));
}
