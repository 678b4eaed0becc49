-- The monthly identification by the operator: `lienthong debt identify` runs as the tables' owner, for no agency and no
-- person. What a run does moves into functions that nobody is granted; those of callers check what they did and call
-- them. The reasons stand in src/debt/README.md.

-- AlterTable
ALTER TABLE "debt_identification" ALTER COLUMN "agency_id" DROP NOT NULL;

-- A caller's name has a slash in it, so that nobody's is the operator's.
alter table debt_identification
  add constraint debt_identification_operator check ((agency_id is null) = (started_by = 'operator'));

-- ------------------------------------------------------------------ what a run does, whoever begins it

create function open_debt_identification(p_id text, a area, p_day date) returns void
  language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  r debt_identification%rowtype;
  -- There are no states before the law.
  first_day constant date := coalesce(
    (select min(valid_from) from legal_parameter where code = 'PRE2025_DEBT_RULE'), '1995-01-01');
begin
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
  perform refuse('IDENTIFICATION_BUSY', jsonb_build_object('area', a.id, 'day', p_day, 'field', 'area'));
end $$;

create function put_debt_positions(r debt_identification, p_part int, p_parts int, p_employers int, p_rows jsonb)
  returns void language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  written int;
begin
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
      order by s.nature = 'SYNTHETIC' desc, o.time_period desc limit 1), e.source_id),
    coalesce(scope_agency(), e.contributor_id)
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

-- ------------------------------------------------------------------ callers

create or replace function begin_debt_identification(p_id text, p_area text, p_day date) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  a area%rowtype;
begin
  select * into a from area where id = p_area;
  if not found or not acts_for_debt(a.id, a.province_id) then
    perform refuse('TERRITORY_NOT_OWN', '{"field":"area"}');
  end if;
  perform open_debt_identification(p_id, a, p_day);
end $$;

create or replace function write_debt_positions(p_run text, p_part int, p_parts int, p_employers int, p_rows jsonb)
  returns void language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  r debt_identification%rowtype;
begin
  select * into r from debt_identification where id = p_run for update;
  if not found or not acts_for_debt(r.area_id, r.province_id) or r.agency_id <> scope_agency()
     or r.started_by <> scope_actor() then
    perform refuse('FORBIDDEN');
  end if;
  perform put_debt_positions(r, p_part, p_parts, p_employers, p_rows);
end $$;

-- ------------------------------------------------------------------ the operator

-- Only the owner may execute these; its scope names nobody but `operator`, which the change log then tells. A position
-- of such a run is of the agency that contributed its employer.
create function begin_debt_identification_as_operator(p_id text, p_area text, p_day date) returns void
  language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  a area%rowtype;
begin
  select * into a from area where id = p_area;
  if not found then perform refuse('AREA_UNKNOWN', jsonb_build_object('area', p_area, 'field', 'area')); end if;
  perform open_debt_identification(p_id, a, p_day);
end $$;

create function write_debt_positions_as_operator(p_run text, p_part int, p_parts int, p_employers int, p_rows jsonb)
  returns void language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  r debt_identification%rowtype;
begin
  select * into r from debt_identification where id = p_run for update;
  if not found or r.started_by <> scope_actor() or r.agency_id is not null then perform refuse('FORBIDDEN'); end if;
  perform put_debt_positions(r, p_part, p_parts, p_employers, p_rows);
end $$;

revoke execute on function open_debt_identification(text, area, date),
  put_debt_positions(debt_identification, int, int, int, jsonb),
  begin_debt_identification_as_operator(text, text, date),
  write_debt_positions_as_operator(text, int, int, int, jsonb) from public;
