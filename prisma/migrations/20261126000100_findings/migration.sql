-- What auditors find on the access log, and who read what an agency contributed. The reasons stand in
-- src/audit/README.md.

-- CreateTable
CREATE TABLE "audit_finding" (
    "id" TEXT NOT NULL,
    "auditor_id" TEXT NOT NULL,
    "agency_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "records" BIGINT[],
    "state" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "reply" TEXT,
    "replied_at" TIMESTAMPTZ(3),
    "conclusion" TEXT,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_finding_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_finding_agency_id_opened_at_idx" ON "audit_finding"("agency_id", "opened_at");

-- CreateIndex
CREATE INDEX "audit_finding_opened_at_idx" ON "audit_finding"("opened_at");

-- AddForeignKey
ALTER TABLE "audit_finding" ADD CONSTRAINT "audit_finding_auditor_id_fkey" FOREIGN KEY ("auditor_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_finding" ADD CONSTRAINT "audit_finding_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ------------------------------------------------------------------ the states of a finding

alter table audit_finding
  add constraint audit_finding_state check (state in ('OPEN', 'ANSWERED', 'CLOSED')),
  add constraint audit_finding_records check (cardinality(records) > 0),
  add constraint audit_finding_reply check ((reply is null) = (replied_at is null)
    and (state <> 'ANSWERED' or reply is not null) and (state <> 'OPEN' or reply is null)),
  add constraint audit_finding_conclusion check ((state = 'CLOSED') = (conclusion is not null)
    and (state = 'CLOSED') = (closed_at is not null));

-- Who may take which step from which state. Runs as the owner, because whoever opens a finding need not be able
-- to read the register. The agency concerned answers once; who opened it closes it, after the answer or, without
-- one, after the days that the agency had for it.
create function keep_finding() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  answer_days constant integer := 30;
  missing bigint;
  may_close_on date;
begin
  if tg_op = 'INSERT' then
    if not exists (select from agency a where a.id = new.agency_id) then
      perform refuse('AGENCY_NOT_REGISTERED', jsonb_build_object('field', 'agency', 'agency', new.agency_id));
    end if;
    select n into missing from unnest(new.records) as n
     where not exists (select from access_record r where r.number = n) order by n limit 1;
    if found then
      perform refuse('RECORD_UNKNOWN', jsonb_build_object('field', 'records', 'record', missing::text));
    end if;
    new.opened_at := date_trunc('milliseconds', clock_timestamp());
    return new;
  end if;
  if old.state = 'CLOSED' or new.state = 'OPEN' or new.state = old.state then
    perform refuse('FINDING_WRONG_STATE', jsonb_build_object('finding', old.id, 'state', old.state));
  end if;
  if new.state = 'ANSWERED' then
    if old.agency_id is distinct from scope_agency() then
      perform refuse('FINDING_STEP_OF_OTHERS', jsonb_build_object('finding', old.id, 'agency', old.agency_id));
    end if;
    new.replied_at := date_trunc('milliseconds', clock_timestamp());
    new.conclusion := null;
    return new;
  end if;
  if old.auditor_id is distinct from scope_agency() then
    perform refuse('FINDING_STEP_OF_OTHERS', jsonb_build_object('finding', old.id, 'agency', old.auditor_id));
  end if;
  may_close_on := (old.opened_at at time zone 'Asia/Ho_Chi_Minh')::date + answer_days;
  if old.state = 'OPEN' and scope_day() < may_close_on then
    perform refuse('FINDING_UNANSWERED', jsonb_build_object('finding', old.id, 'day', may_close_on, 'days', answer_days));
  end if;
  new.closed_at := date_trunc('milliseconds', clock_timestamp());
  new.reply := old.reply;
  return new;
end $$;
create trigger audit_finding_step before insert or update on audit_finding
  for each row when (current_user = 'lienthong_gateway') execute function keep_finding();
create trigger audit_finding_change_log after insert or update or delete on audit_finding
  for each row execute function log_change('id');

alter table audit_finding enable row level security;
grant select on audit_finding to lienthong_gateway;
grant insert (id, auditor_id, agency_id, title, text, records, state, opened_at) on audit_finding to lienthong_gateway;
grant update (state, reply, conclusion) on audit_finding to lienthong_gateway;
create policy read_log on audit_finding for select to lienthong_gateway
  using ('ACCESS_LOG' = any((select scope_list('topics'))::text[]));
create policy read_own on audit_finding for select to lienthong_gateway
  using (agency_id = (select scope_agency()));
create policy open on audit_finding for insert to lienthong_gateway
  with check (auditor_id = (select scope_agency()) and 'ACCESS_LOG' = any((select scope_list('topics'))::text[]));
create policy close on audit_finding for update to lienthong_gateway
  using (auditor_id = (select scope_agency()) and 'ACCESS_LOG' = any((select scope_list('topics'))::text[]));
create policy reply on audit_finding for update to lienthong_gateway
  using (agency_id = (select scope_agency()));

-- ------------------------------------------------------------------ who read what an agency contributed

-- What a provider is told late and together, so that neither a newspaper's research nor an inspection is given
-- away: reads under these roles and for these purposes, by whole months that ended this many days ago.
create function usage_rules() returns table (late_roles text[], late_purposes text[], late_days integer, span_days integer)
  language sql immutable parallel safe set search_path = pg_catalog, public as $$
  select array['PRESS'], array['LABOUR_SUPERVISION'], 30, 366
$$;

-- Requests in which rows of the caller's own agency left, and how many, from p_from to p_to, days in Viet Nam.
-- It names no agency: whose rows they are is who asks.
create function data_usage(p_from date, p_to date, p_by_month boolean, p_most integer)
  returns table (period text, consumer text, role text, purpose text, type text, requests bigint, rows bigint)
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  rules record;
  zone constant text := 'Asia/Ho_Chi_Minh';
  provider constant text := scope_agency();
  today constant date := scope_day();
begin
  select * into rules from usage_rules();
  if p_to < p_from then
    perform refuse('DATES_REVERSED', jsonb_build_object('field', 'to', 'from', p_from, 'to', p_to));
  end if;
  if p_to - p_from >= rules.span_days then
    perform refuse('SPAN_TOO_LONG', jsonb_build_object('field', 'to', 'days', p_to - p_from + 1, 'max', rules.span_days));
  end if;
  return query
    with given as (
      select r.agency_id, r.role, r.purpose, g ->> 'type' as type, (g ->> 'rows')::bigint as rows,
          (r.occurred_at at time zone zone)::date as day,
          date_trunc('month', r.occurred_at at time zone zone)::date as month,
          r.agency_id <> provider
            and (r.role = any(rules.late_roles) or coalesce(r.purpose, '') = any(rules.late_purposes)) as late
        from access_record r, jsonb_array_elements(r.given) g
       where provider = any(r.providers) and g ->> 'provider' = provider
         and r.occurred_at >= p_from::timestamp at time zone zone
         and r.occurred_at < (p_to + 1)::timestamp at time zone zone
    )
    select to_char(x.day, case when x.late or p_by_month then 'YYYY-MM' else 'YYYY-MM-DD' end) as period,
        case when x.late then null else x.agency_id end, x.role,
        case when x.late then null else x.purpose end, x.type, count(*), sum(x.rows)::bigint
      from given x
     where not x.late
        or x.month >= p_from and (x.month + interval '1 month')::date <= p_to + 1
           and (x.month + interval '1 month')::date + rules.late_days <= today
     group by 1, 2, 3, 4, 5
     order by 1, 2, 3, 4, 5
     limit p_most;
end $$;

revoke execute on function keep_finding(), usage_rules(), data_usage(date, date, boolean, integer) from public;
grant execute on function data_usage(date, date, boolean, integer) to lienthong_gateway;
