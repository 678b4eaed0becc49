/** The statements behind the rules for anomalies: plain SQL on the access log, under the auditor's own scope. */
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import { Prisma } from '../platform/prisma/client.ts';
import {
  anomalyRules,
  computedTypes,
  purposeCodes,
  type Anomaly,
  type RuleId,
} from './anomaly-rules.ts';

/** Days of Viet Nam as instants; `to` is the first one past the end. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
  readonly agency: string | null;
}

type Statement = (span: Span) => Prisma.Sql;

const local = Prisma.sql`(r.occurred_at at time zone 'Asia/Ho_Chi_Minh')`;
const sumsOf = Prisma.sql`min(number) as "first", max(number) as "last", count(*) as records`;
/** Rows given by a record, of all or of those that the condition takes. */
const rowsGiven = (condition = Prisma.sql`true`) =>
  Prisma.sql`(select coalesce(sum((g ->> 'rows')::bigint), 0)::bigint
    from jsonb_array_elements(r.given) as g where ${condition})`;

/** Records of agencies in the span. */
function within({ from, to, agency }: Span, daysBefore = 0): Prisma.Sql {
  const start = Prisma.sql`(${from}::timestamptz - make_interval(days => ${daysBefore}::integer))`;
  // A record is appended after its request, so that whole months need not be read.
  return Prisma.sql`r.agency_id is not null and r.occurred_at >= ${start} and r.recorded_at >= ${start}
    and r.occurred_at < ${to}::timestamptz
    ${agency === null ? Prisma.empty : Prisma.sql`and r.agency_id = ${agency}`}`;
}

const day = (column: string) => Prisma.sql`
  (${Prisma.raw(column)}::timestamp at time zone 'Asia/Ho_Chi_Minh') as "from",
  ((${Prisma.raw(column)} + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh') as "to",
  ${Prisma.raw(column)}::text as period`;

const volume: Statement = (span) => {
  const { rowsMin, factor, daysBefore } = anomalyRules.UNUSUAL_VOLUME.thresholds;
  return Prisma.sql`
    with daily as (
      select agency, day, sum(rows)::bigint as value, ${sumsOf}
        from (select r.agency_id as agency, ${local}::date as day, ${rowsGiven()} as rows, r.number
                from access_record r where ${within(span, daysBefore.value)}) read
       group by agency, day
    ), judged as (
      select d.*, greatest(${rowsMin.value}::bigint, ${factor.value}::bigint * (
          select percentile_disc(0.5) within group (order by coalesce(b.value, 0))
            from generate_series(1, ${daysBefore.value}::integer) as n
            left join daily b on b.agency = d.agency and b.day = d.day - n)) as threshold
        from daily d
    )
    select agency, null as application, null as release, null as detail, ${day('day')}, value, threshold,
        "first", "last", records
      from judged
     where value >= threshold and day::timestamp at time zone 'Asia/Ho_Chi_Minh' >= ${span.from}::timestamptz`;
};

const hours: Statement = (span) => {
  const { requestsMin, fromHour, toHour } = anomalyRules.UNUSUAL_HOURS.thresholds;
  return Prisma.sql`
    select agency, application, null as release, null as detail, ${day('day')},
        sum(requests)::bigint as value, ${requestsMin.value}::bigint as threshold, ${sumsOf}
      from (
        select r.agency_id as agency, r.application_id as application, r.request_count as requests, r.number,
            (${local} - make_interval(hours => ${toHour.value}::integer))::date as day
          from access_record r
         where ${within(span)} and r.outcome <> 'INTENDED'
           and (extract(hour from ${local}) >= ${fromHour.value} or extract(hour from ${local}) < ${toHour.value}
             or extract(isodow from ${local}) = 7)) read
     group by agency, application, day having sum(requests) >= ${requestsMin.value}`;
};

const sweep: Statement = (span) => {
  const { employersMin, minutes } = anomalyRules.EMPLOYER_SWEEP.thresholds;
  return Prisma.sql`
    select distinct on (agency, application, date_trunc('hour', "to"))
        agency, application, null as release, null as detail, "from", "to",
        to_char("to" at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI') as period,
        value, ${employersMin.value}::bigint as threshold, "first", "last", records
      from (
        select r.agency_id as agency, r.application_id as application, r.occurred_at as "to",
            min(r.occurred_at) over hour as "from", sum(r.employer_count) over hour as value,
            min(r.number) over hour as "first", max(r.number) over hour as "last", count(*) over hour as records
          from access_record r
         where ${within(span)} and r.employer_count > 0
        window hour as (partition by r.agency_id, r.application_id order by r.occurred_at
          range between make_interval(mins => ${minutes.value}::integer) preceding and current row)) read
     where value >= ${employersMin.value}
     order by agency, application, date_trunc('hour', "to"), value desc, "to"`;
};

const refusals: Statement = (span) => {
  const { refusalsMin } = anomalyRules.REFUSAL_RUN.thresholds;
  return Prisma.sql`
    select agency, application, null as release, null as detail, min(at) as "from", max(at) as "to",
        to_char(min(at) at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI') as period,
        count(*) as value, ${refusalsMin.value}::bigint as threshold, ${sumsOf}
      from (
        select r.agency_id as agency, r.application_id as application, r.occurred_at as at, r.number, r.outcome,
            count(*) filter (where r.outcome <> 'REFUSED')
              over (partition by r.agency_id, r.application_id order by r.number) as answered
          from access_record r
         where ${within(span)} and r.outcome <> 'INTENDED') read
     where outcome = 'REFUSED'
     group by agency, application, answered having count(*) >= ${refusalsMin.value}`;
};

const embargo: Statement = (span) => {
  const { requestsMin, hoursBefore } = anomalyRules.BEFORE_EMBARGO.thresholds;
  return Prisma.sql`
    select agency, application, release, null as detail, ${day('day')}, count(*) as value,
        ${requestsMin.value}::bigint as threshold, ${sumsOf}
      from (
        select r.agency_id as agency, r.application_id as application, ${local}::date as day, r.number,
            substring(early from ${'prerelease:'.length + 1}::integer) as release
          from access_record r, unnest(r.grants) as early
         where ${within(span)} and early like 'prerelease:%'
        union
        select r.agency_id, r.application_id, ${local}::date, r.number, e.id
          from access_record r, release e
         where ${within(span)} and e.provider_id = any(r.providers)
           and coalesce(e.published_at, e.scheduled_at) > r.occurred_at
           and coalesce(e.published_at, e.scheduled_at)
             <= r.occurred_at + make_interval(hours => ${hoursBefore.value}::integer)
           and exists (select from jsonb_array_elements(r.given) as g
                        where g ->> 'type' = 'ReleaseCell' and g ->> 'provider' = e.provider_id)) read
     group by agency, application, release, day having count(*) >= ${requestsMin.value}`;
};

const misfit: Statement = (span) => {
  const { misfitsMin, refusalsMin } = anomalyRules.PURPOSE_MISFIT.thresholds;
  return Prisma.sql`
    select agency, application, null as release, detail, ${day('day')}, count(*) as value, least as threshold, ${sumsOf}
      from (
        select r.agency_id as agency, r.application_id as application, ${local}::date as day, r.number,
            touched.topic as detail, ${misfitsMin.value}::bigint as least
          from access_record r, unnest(r.topics) as touched(topic)
         where ${within(span)}
           and not exists (select from purpose_topic p where p.purpose = r.purpose and p.topic = touched.topic)
           -- Calendars, registers and logs are no contributed rows, and open to whoever may ask.
           and exists (select from jsonb_array_elements(r.given) as g
                        where g ->> 'provider' <> '' or g ->> 'type' = any(${[...computedTypes]}::text[]))
        union all
        select r.agency_id, r.application_id, ${local}::date, r.number, r.error_code, ${refusalsMin.value}::bigint
          from access_record r
         where ${within(span)} and r.outcome = 'REFUSED' and r.error_code = any(${[...purposeCodes]}::text[])) read
     group by agency, application, day, detail, least having count(*) >= least`;
};

const statements: Readonly<Record<RuleId, Statement>> = {
  UNUSUAL_VOLUME: volume,
  UNUSUAL_HOURS: hours,
  EMPLOYER_SWEEP: sweep,
  REFUSAL_RUN: refusals,
  BEFORE_EMBARGO: embargo,
  PURPOSE_MISFIT: misfit,
};

export const anomaliesMax = 500;

type Found = Omit<Anomaly, 'rule' | 'firstRecord' | 'lastRecord'> & { first: bigint; last: bigint };

/** What a rule finds, by time. Throws TOO_MANY_GROUPS beyond `anomaliesMax`. */
export async function findAnomalies(
  context: Context,
  rule: RuleId,
  span: Span,
): Promise<Anomaly[]> {
  const rows = await context.db.$queryRaw<Found[]>`
    select * from (${statements[rule](span)}) found
     order by "from", agency, application, "first" limit ${anomaliesMax + 1}`;
  if (rows.length > anomaliesMax) throw new PublicError('TOO_MANY_GROUPS', { max: anomaliesMax });
  return rows.map(({ first, last, ...row }) => ({
    ...row,
    rule,
    firstRecord: first,
    lastRecord: last,
  }));
}
