-- The monthly identification: a run applies the law to all employers of a province on a day and replaces the positions
-- of that day at once. The reasons stand in src/debt/README.md.

-- CreateTable
CREATE TABLE "debt_identification" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT NOT NULL,
    "as_of" DATE NOT NULL,
    "known_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "step" TEXT,
    "done" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,
    "parts_written" INTEGER NOT NULL DEFAULT 0,
    "employers" INTEGER,
    "positions" INTEGER,
    "states" JSONB,
    "reasons" JSONB,
    "agency_id" TEXT NOT NULL,
    "started_by" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "error_code" TEXT,

    CONSTRAINT "debt_identification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "debt_identification_province_id_started_at_idx" ON "debt_identification"("province_id", "started_at");

-- AddForeignKey
ALTER TABLE "debt_identification" ADD CONSTRAINT "debt_identification_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ------------------------------------------------------------------ checks

alter table debt_identification
  add constraint debt_identification_topic check (topic = 'DEBT'),
  add constraint debt_identification_state check (state in ('RUNNING', 'DONE', 'FAILED')),
  add constraint debt_identification_ended check ((state = 'RUNNING') = (ended_at is null)),
  add constraint debt_identification_failed check ((state = 'FAILED') = (error_code is not null)),
  add constraint debt_identification_counted check ((state = 'DONE') = (employers is not null)
    and num_nulls(employers, positions, states, reasons) in (0, 4)),
  add constraint debt_identification_counts check (done >= 0 and total >= 0 and positions between 0 and employers);

-- One at a time in a province: two would replace each other's rows.
create unique index debt_identification_one_in_province on debt_identification (province_id) where state = 'RUNNING';

-- ------------------------------------------------------------------ triggers

create trigger debt_identification_province before insert or update on debt_identification
  for each row execute function assert_province_of_area();

-- A transaction that has written a part of a day writes all of it, or nothing is kept.
create function assert_whole_identification() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if exists (select from debt_identification where id = new.id and parts_written > 0 and state <> 'DONE') then
    raise exception 'a day was written in part' using errcode = 'LT003';
  end if;
  return null;
end $$;
create constraint trigger debt_identification_whole after update on debt_identification
  deferrable initially deferred for each row when (new.parts_written > 0) execute function assert_whole_identification();

-- A run stands for the rows that it writes; how far it has come is no change.
create trigger debt_identification_began_change_log after insert on debt_identification
  for each row execute function log_change('id');
create trigger debt_identification_ended_change_log after update on debt_identification
  for each row when (old.state is distinct from new.state) execute function log_change('id');

-- ------------------------------------------------------------------ row-level security

alter table debt_identification enable row level security;
grant select on debt_identification to lienthong_gateway;
grant update (state, step, done, total, heartbeat_at, ended_at, error_code) on debt_identification
  to lienthong_gateway;
create policy read_internal on debt_identification for select to lienthong_gateway
  using ((topic = any((select scope_list('national'))::text[])
    or coalesce(topic || '|' || province_id = any((select scope_list('provinces'))::text[]), false)
    or topic || '|' || area_id = any((select scope_list('areas'))::text[])) and (select acting_role()) = 'SI');
-- Its gateway says how far it has come, or that it has failed; that it is done is said where the day is written.
create policy progress on debt_identification for update to lienthong_gateway
  using (agency_id = (select scope_agency()) and state = 'RUNNING')
  with check (agency_id = (select scope_agency()) and state <> 'DONE');

-- ------------------------------------------------------------------ steps

-- Begins a run. One whose gateway has been silent for half a minute has died with it.
create function begin_debt_identification(p_id text, p_area text, p_day date) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  a area%rowtype;
  r debt_identification%rowtype;
  -- There are no states before the law.
  first_day constant date := coalesce(
    (select min(valid_from) from legal_parameter where code = 'PRE2025_DEBT_RULE'), '1995-01-01');
begin
  select * into a from area where id = p_area;
  if not found or not acts_for_debt(a.id, a.province_id) then
    perform refuse('TERRITORY_NOT_OWN', '{"field":"area"}');
  end if;
  if a.kind not in ('PROVINCE', 'CITY') then
    perform refuse('AREA_NOT_PROVINCE', jsonb_build_object('area', a.id, 'field', 'area'));
  end if;
  if p_day not between first_day and scope_day() then
    perform refuse('DAY_OUT_OF_RANGE', jsonb_build_object('day', p_day, 'min', first_day, 'max', scope_day(),
      'field', 'asOf'));
  end if;
  update debt_identification set state = 'FAILED', ended_at = clock_timestamp(), error_code = 'JOB_LOST'
   where province_id = a.province_id and state = 'RUNNING'
     and heartbeat_at < clock_timestamp() - interval '30 seconds';
  select * into r from debt_identification where province_id = a.province_id and state = 'RUNNING';
  if found then
    perform refuse('IDENTIFICATION_BUSY', jsonb_build_object('area', a.id, 'day', r.as_of, 'field', 'area'));
  end if;
  insert into debt_identification (id, topic, area_id, province_id, as_of, known_at, state, done, total, agency_id,
    started_by, started_at, heartbeat_at)
  values (p_id, 'DEBT', a.id, a.province_id, p_day, scope_instant(), 'RUNNING', 0, 0, scope_agency(), scope_actor(),
    clock_timestamp(), clock_timestamp());
exception when unique_violation then
  perform refuse('IDENTIFICATION_BUSY', jsonb_build_object('area', p_area, 'day', p_day, 'field', 'area'));
end $$;

-- Writes one part of a day; the first takes away what was there, the last ends the run. All are of one transaction. An
-- employer is told in one row to the agencies of its territory and in one to unions, which are told of no natural person.
create function write_debt_positions(p_run text, p_part int, p_parts int, p_employers int, p_rows jsonb) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  r debt_identification%rowtype;
  written int;
begin
  select * into r from debt_identification where id = p_run for update;
  if not found or not acts_for_debt(r.area_id, r.province_id) or r.agency_id <> scope_agency()
     or r.started_by <> scope_actor() then
    perform refuse('FORBIDDEN');
  end if;
  if r.state <> 'RUNNING' then perform refuse('JOB_LOST'); end if;
  if p_part <> r.parts_written + 1 or p_part > p_parts then
    raise exception 'parts of a day are written in their order' using errcode = 'LT003';
  end if;
  if p_part = 1 then
    delete from debt_position where province_id = r.province_id and as_of = r.as_of;
  end if;
  insert into debt_position (id, audience, topic, area_id, province_id, employer_id, as_of, state, state_reason,
    state_since, legal_basis, amount, months_late, oldest_due_on, workers_affected, workers_band, became_late_on,
    became_late_amount, next_on, next_state, next_needs_reminder, evasion_on, evasion_needs_reminder, evasion_amount,
    source_id, contributor_id)
  select concat_ws('|', e.id, r.as_of, case when not i then 'PARTY' end), case when i then 'INTERNAL' else 'PARTY' end,
    'DEBT', e.area_id, e.province_id, e.id, r.as_of, p.state, p.state_reason, p.state_since, p.legal_basis, p.amount,
    p.months_late, p.oldest_due_on, case when i then p.workers_affected else p.party_workers_affected end,
    p.workers_band, case when i then p.became_late_on end, case when i then p.became_late_amount end,
    case when i then p.next_on end, case when i then p.next_state end, case when i then p.next_needs_reminder end,
    case when i then p.evasion_on end, case when i then p.evasion_needs_reminder end,
    case when i then p.evasion_amount end,
    -- What is computed of generated facts is generated: one of them marks it.
    coalesce((select o.source_id from obligation o join source s on s.id = o.source_id where o.employer_id = e.id
      order by s.nature = 'SYNTHETIC' desc, o.time_period desc limit 1), e.source_id), scope_agency()
  from jsonb_to_recordset(p_rows) as p(employer_id text, state text, state_reason text, state_since date,
      legal_basis text, amount bigint, months_late int, oldest_due_on date, workers_affected int,
      party_workers_affected int, workers_band text, became_late_on date, became_late_amount bigint, next_on date,
      next_state text, next_needs_reminder boolean, evasion_on date, evasion_needs_reminder boolean,
      evasion_amount bigint)
    join employer e on e.id = p.employer_id and e.province_id = r.province_id
    cross join (values (true), (false)) as v(i)
  where i or not e.is_natural_person;
  if p_part < p_parts then
    update debt_identification set parts_written = p_part where id = r.id;
    return;
  end if;
  select count(*) into written from debt_position
   where province_id = r.province_id and as_of = r.as_of and audience = 'INTERNAL';
  update debt_identification set state = 'DONE', ended_at = clock_timestamp(), parts_written = p_part, done = total,
    employers = p_employers, positions = written,
    states = (select coalesce(jsonb_object_agg(state, n), '{}') from (select state, count(*) as n from debt_position
      where province_id = r.province_id and as_of = r.as_of and audience = 'INTERNAL' and state is not null group by 1) s),
    reasons = (select coalesce(jsonb_object_agg(state_reason, n), '{}') from (select state_reason, count(*) as n
      from debt_position where province_id = r.province_id and as_of = r.as_of and audience = 'INTERNAL'
        and state is null group by 1) s)
   where id = r.id;
end $$;

-- An entry that the rules do not let stand, as far as the tables tell: its employer's position of the day, and never a
-- natural person. What is late of one that evades may be what is left after a payment until the cut-off; a payment that
-- was taken back by then is owed beside the position. What the version before says already may stand.
create or replace function wrong_statutory_entry(p_list text) returns text
  language sql stable security definer set search_path = pg_catalog, public as $$
  select e.unit_code from statutory_list_entry e join statutory_list l on l.id = e.list_id
   where e.list_id = p_list
     and not exists (select from statutory_list_entry b where b.list_id = l.supersedes_id and b.removed_at is null
       and b.unit_code = e.unit_code
       and (b.name_vi, b.address, b.office_name_vi, b.office_name_en, b.listed_as, b.workers, b.months_late, b.amount)
         = (e.name_vi, e.address, e.office_name_vi, e.office_name_en, e.listed_as, e.workers, e.months_late, e.amount)
       and b.legal_basis is not distinct from e.legal_basis)
     and not exists (select from employer m join debt_position d on d.employer_id = m.id and d.as_of = l.debt_on
         and d.audience = 'INTERNAL',
         lateral (select coalesce(bool_or(y.received_on > l.debt_on and y.received_on <= l.paid_until
               and (y.reversed_on is null or y.reversed_on > l.paid_until)), false) as has_paid,
             coalesce(sum(y.amount) filter (where y.received_on <= l.debt_on and y.reversed_on > l.debt_on
               and y.reversed_on <= l.paid_until), 0) as taken_back
           from payment y where y.employer_id = m.id) money
       where m.unit_code = e.unit_code and m.province_id = l.province_id and not m.is_natural_person
         and m.name_vi = e.name_vi and m.address = e.address
         and d.state not in ('ON_TIME', 'SUSPENDED', 'HARD_TO_COLLECT')
         and (d.state like 'EVASION%' and (e.listed_as = 'EVADING' or money.has_paid and e.months_late < d.months_late)
           or d.state not like 'EVASION%' and (e.listed_as = 'LATE' or money.taken_back > 0))
         and e.amount > 0 and e.amount <= d.amount + money.taken_back
         and (e.months_late <= d.months_late or money.taken_back > 0) and e.months_late >= l.months_late_min)
   order by 1 limit 1
$$;

-- ------------------------------------------------------------------ who may call what

revoke execute on function assert_whole_identification(), begin_debt_identification(text, text, date),
  write_debt_positions(text, int, int, int, jsonb) from public;
grant execute on function begin_debt_identification(text, text, date),
  write_debt_positions(text, int, int, int, jsonb) to lienthong_gateway;
