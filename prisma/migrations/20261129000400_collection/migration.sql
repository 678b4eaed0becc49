-- What each insurance office is to collect: estimates that the agency above assigns. The reasons stand in
-- src/debt/README.md.

-- CreateTable
CREATE TABLE "collection_estimate" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "office_id" TEXT NOT NULL,
    "time_period" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "fund" TEXT,
    "amount" BIGINT NOT NULL,
    "instrument" TEXT NOT NULL,
    "assigned_on" DATE NOT NULL,
    "known_from" TIMESTAMPTZ(3) NOT NULL,
    "known_to" TIMESTAMPTZ(3),
    "supersedes_id" TEXT,
    "correction_reason" TEXT,
    "withdrawal_reason" TEXT,
    "source_id" TEXT,
    "contributor_id" TEXT NOT NULL,

    CONSTRAINT "collection_estimate_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "collection_estimate_office_id_time_period_idx" ON "collection_estimate"("office_id", "time_period");

-- AddForeignKey
ALTER TABLE "collection_estimate" ADD CONSTRAINT "collection_estimate_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

create unique index collection_estimate_open_version
  on collection_estimate (office_id, time_period, measure, coalesce(fund, '')) where known_to is null;

-- ------------------------------------------------------------------ checks

alter table collection_estimate
  add constraint collection_estimate_topic check (topic = 'DEBT'),
  add constraint collection_estimate_period check (time_period ~ '^[12]\d{3}(-(0[1-9]|1[0-2]|Q[1-4]))?$'),
  add constraint collection_estimate_measure check (measure in ('REVENUE', 'RECEIVABLE')),
  add constraint collection_estimate_fund check (fund in ('RETIREMENT', 'SICKNESS', 'ACCIDENT', 'UNEMPLOYMENT',
    'HEALTH')),
  add constraint collection_estimate_amount check (amount >= 0),
  add constraint collection_estimate_times check (known_from < known_to),
  add constraint collection_estimate_reasons check ((correction_reason is null or supersedes_id is not null)
    and (withdrawal_reason is null or known_to is not null));

-- ------------------------------------------------------------------ rows

alter table collection_estimate enable row level security;
grant select on collection_estimate to lienthong_gateway;

-- How much an office is to collect is the insurance agency's own; the labour authority reads the debts.
create policy read_internal on collection_estimate for select to lienthong_gateway
  using ((select acting_role()) = 'SI'
    and (topic = any((select scope_list('national'))::text[])
      or coalesce(topic || '|' || province_id = any((select scope_list('provinces'))::text[]), false)
      or topic || '|' || area_id = any((select scope_list('areas'))::text[])));

create trigger collection_estimate_change_log after insert or update or delete on collection_estimate
  for each row execute function log_change('id');

-- ------------------------------------------------------------------ steps

-- Where an office's estimates lie: its province, or the country; of a grassroots office the one area that it serves,
-- or the cluster of its areas. One of several areas is not all of what it collects, so those are left to the province.
create function place_of_office(p_office text, out level text, out area_id text, out province_id text)
  language sql stable security definer set search_path = pg_catalog, public as $$
  with served as (
    select o.level, a.id, a.kind, coalesce(a.province_id, a.id) as province, a.vintage
      from office o join office_area s on s.office_id = o.id join area a on a.id = s.area_id
     where o.id = p_office),
  newest as (select * from served order by vintage desc, (kind = 'OFFICE_CLUSTER') desc, id limit 1),
  province as (select id from served where kind in ('PROVINCE', 'CITY') order by vintage desc, id limit 1)
  select n.level,
    case n.level when 'PROVINCIAL' then (select id from province)
      when 'NATIONAL' then (select id from served where kind = 'COUNTRY' order by vintage desc, id limit 1)
      else case when n.kind = 'OFFICE_CLUSTER' or (select count(*) from served) = 1 then n.id else n.province end end,
    case n.level when 'PROVINCIAL' then (select id from province) when 'NATIONAL' then null else n.province end
  from newest n
$$;

-- The office whose estimates the caller assigns: that of a level below its own. An office never sets its own measure,
-- but for the national one, above which there is no agency here.
create function assert_assigns_to(p_office text) returns void
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  o record;
begin
  select * into o from place_of_office(p_office);
  if o.area_id is null then
    perform refuse('OFFICE_UNKNOWN', jsonb_build_object('office', left(p_office, 40), 'field', 'office'));
  end if;
  if coalesce(acting_role() = 'SI' and ('DEBT' = any(scope_list('national'))
      or (o.level = 'GRASSROOTS' and 'DEBT|' || o.province_id = any(scope_list('provinces')))), false) then
    return;
  end if;
  perform refuse('OFFICE_NOT_BELOW', '{"field":"office"}');
end $$;

create function assign_collection_estimate(p_estimate jsonb) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  office constant text := p_estimate ->> 'office';
  period constant text := p_estimate ->> 'time_period';
  measure_ constant text := p_estimate ->> 'measure';
  fund_ constant text := p_estimate ->> 'fund';
  other text;
  id_ constant text := gen_random_uuid()::text;
begin
  perform assert_assigns_to(office);
  perform pg_advisory_xact_lock(hashtextextended('collection estimate ' || office, 0));
  select id into other from collection_estimate
   where office_id = office and time_period = period and measure = measure_ and fund is not distinct from fund_
     and known_to is null;
  if found then
    perform refuse('ESTIMATE_EXISTS', jsonb_build_object('estimate', other, 'field', 'office'));
  end if;
  insert into collection_estimate (id, topic, area_id, province_id, office_id, time_period, measure, fund, amount,
    instrument, assigned_on, known_from, contributor_id)
  select id_, 'DEBT', o.area_id, o.province_id, office, period, measure_, fund_, (p_estimate ->> 'amount')::bigint,
    p_estimate ->> 'instrument', (p_estimate ->> 'assigned_on')::date, scope_instant(), scope_agency()
  from place_of_office(office) o;
  return id_;
end $$;

-- Closes what was said and says it anew; without an amount, takes it back. The id of the new version, or of the one
-- that was taken back.
create function correct_collection_estimate(p_estimate text, p_changes jsonb) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  e collection_estimate%rowtype;
  instant timestamptz(3);
  id_ constant text := gen_random_uuid()::text;
begin
  select * into e from collection_estimate where id = p_estimate;
  -- Whoever may not read it is told that it is not there.
  if not found or not acts_for_debt(e.area_id, e.province_id) then
    perform refuse('ESTIMATE_UNKNOWN', jsonb_build_object('estimate', left(p_estimate, 80), 'field', 'estimate'));
  end if;
  perform assert_assigns_to(e.office_id);
  perform pg_advisory_xact_lock(hashtextextended('collection estimate ' || e.office_id, 0));
  select * into e from collection_estimate where id = p_estimate for update;
  if e.known_to is not null then
    perform refuse('ESTIMATE_OUTDATED', jsonb_build_object('estimate', e.id, 'field', 'estimate'));
  end if;
  -- As of the request, so that its own answer shows it; a version lasts at least a millisecond.
  instant := greatest(scope_instant(), e.known_from + interval '1 millisecond');
  if p_changes ->> 'amount' is null then
    update collection_estimate set known_to = instant, withdrawal_reason = p_changes ->> 'reason' where id = e.id;
    return e.id;
  end if;
  update collection_estimate set known_to = instant where id = e.id;
  insert into collection_estimate (id, topic, area_id, province_id, office_id, time_period, measure, fund, amount,
    instrument, assigned_on, known_from, supersedes_id, correction_reason, contributor_id)
  values (id_, e.topic, e.area_id, e.province_id, e.office_id, e.time_period, e.measure, e.fund,
    (p_changes ->> 'amount')::bigint, coalesce(p_changes ->> 'instrument', e.instrument),
    coalesce((p_changes ->> 'assigned_on')::date, e.assigned_on), instant, e.id, p_changes ->> 'reason',
    scope_agency());
  return id_;
end $$;

revoke execute on function place_of_office(text), assert_assigns_to(text), assign_collection_estimate(jsonb),
  correct_collection_estimate(text, jsonb) from public;
grant execute on function place_of_office(text), assign_collection_estimate(jsonb),
  correct_collection_estimate(text, jsonb) to lienthong_gateway;
