-- What single employers owe is known from the statutory lists. A release of debts is made after the list of its quarter,
-- and knows what the list says. The reasons stand in src/release/README.md.

-- AlterTable
ALTER TABLE "release_protection" ADD COLUMN     "knowledge" TEXT;

alter table release_protection
  add constraint release_protection_knowledge check (knowledge ~ '^[0-9a-f]{64}$');

-- Employers of whose debt on a day the press and the unions together know, for the protection of amounts. Certain:
-- a version of the statutory list prints this amount. Others they may know: from other lists, as a union that has
-- members there, or from a correction to come, which may add whoever is late enough for the list and not on it.
create or replace function audience_employers(p_day date) returns table (employer_id text, is_certain boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select id, bool_or(certain) from (
    select m.id, coalesce(d.amount = e.amount, false) as certain
      from statutory_list_entry e
      join employer m on m.unit_code = e.unit_code and m.province_id = e.province_id
      left join debt_position d on d.employer_id = m.id and d.as_of = p_day and d.audience = 'INTERNAL'
     where e.published_at is not null
    union all
    select p.employer_id, false from union_presence p join employer m on m.id = p.employer_id
     where p.confirmed_at is not null and not m.is_natural_person
    union all
    select d.employer_id, false from debt_position d join employer m on m.id = d.employer_id
     where d.as_of = p_day and d.audience = 'INTERNAL' and d.amount > 0 and not m.is_natural_person
       and d.state not in ('ON_TIME', 'SUSPENDED', 'HARD_TO_COLLECT')
       and d.months_late >= coalesce((select min(l.value::int) from legal_parameter l
         where l.code = 'LIST_MONTHS_LATE_MIN'), 1)) k
  where scope_engine() is not null
  group by id
$$;

-- The day whose debts a release counts: the end of the last whole month of its period.
create function release_day(p_release release) returns date
  language sql immutable set search_path = pg_catalog, public as $$
  select (date_trunc('month', p_release.period_end + 1) - interval '1 day')::date
$$;

-- What the audience knows, or may know, of who owes in a place on a day: the same text as long as it is the same.
create function debt_knowledge(p_day date, p_province text) returns text
  language sql stable security definer set search_path = pg_catalog, public as $$
  select encode(sha256(convert_to(coalesce(string_agg(k.employer_id || ' ' || k.is_certain || ' ' || d.amount, E'\n'
      order by k.employer_id collate "C"), ''), 'UTF8')), 'hex')
    from audience_employers(p_day) k
    join debt_position d on d.employer_id = k.employer_id and d.as_of = p_day and d.audience = 'INTERNAL'
   where d.amount > 0 and (p_province is null or d.province_id = p_province)
$$;

-- Refuses a release of debts while a province or city in it has no list of the quarter that is approved and stands.
create function assert_debt_lists(p_release release) returns void
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  day constant date := release_day(p_release);
  quarter constant text := to_char(day, 'YYYY"-Q"Q');
  missing text[];
begin
  if p_release.dataflow <> 'DEBT_QUARTERLY' then return; end if;
  select array_agg(a.code order by a.code) into missing from area a
   where a.kind in ('PROVINCE', 'CITY') and (p_release.province_id is null or a.id = p_release.province_id)
     and exists (select from debt_position d
       where d.province_id = a.id and d.as_of = day and d.audience = 'INTERNAL' and d.amount > 0)
     and not exists (select from statutory_list l where l.area_id = a.id and l.time_period = quarter
       and l.published_at is not null and l.withdrawn_at is null);
  if missing is not null then
    perform refuse('RELEASE_LISTS_MISSING', jsonb_build_object('release', p_release.id,
      'count', cardinality(missing), 'cells', array_to_string(missing[:5], '; ')));
  end if;
end $$;

-- Begins a job. One whose gateway has been silent for half a minute has died with it.
create or replace function begin_release_job(p_id text, p_release text, p_kind text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  r release%rowtype;
  other text;
begin
  select * into r from release where id = p_release;
  if not found or not (case p_kind when 'PROTECT' then r.provider_id = scope_agency() and r.topic = any(scope_list('topics'))
                       else acting_as_steward() end) then
    perform refuse('FORBIDDEN');
  end if;
  perform assert_debt_lists(r);
  update release_job set state = 'FAILED', ended_at = clock_timestamp(), error_code = 'JOB_LOST'
   where topic = r.topic and state = 'RUNNING' and heartbeat_at < clock_timestamp() - interval '30 seconds';
  select release_id into other from release_job where topic = r.topic and state = 'RUNNING';
  if found then perform refuse('FAMILY_BUSY', jsonb_build_object('release', other)); end if;
  insert into release_job (id, release_id, topic, kind, state, done, total, agency_id, started_by, started_at,
    heartbeat_at, places)
  values (p_id, p_release, r.topic, p_kind, 'RUNNING', 0, 0, scope_agency(), scope_actor(), clock_timestamp(),
    clock_timestamp(), '{}');
exception when unique_violation then
  perform refuse('FAMILY_BUSY', jsonb_build_object('release', p_release));
end $$;

-- Publishes a release whose attack is running as p_job: rows for everybody, without the values of suppressed cells,
-- and for insiders the values of these. From its instant on it takes the place of the version before.
create or replace function publish_release(p_release text, p_job text) returns timestamptz
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  r release%rowtype;
  known constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  instant timestamptz;
begin
  if not acting_as_steward() then perform refuse('FORBIDDEN'); end if;
  select * into r from release where id = p_release for update;
  if not found or not exists (select from release_job where id = p_job and release_id = p_release and kind = 'PUBLISH'
      and state = 'RUNNING' and started_at >= r.protected_at) then
    perform refuse('FORBIDDEN');
  end if;
  if r.approved_at is not null then
    perform refuse('RELEASE_WRONG_STATE', jsonb_build_object('release', r.id));
  end if;
  if scope_actor() in (r.prepared_by, r.protected_by, r.scheduled_by) then
    perform refuse('SECOND_PERSON_NEEDED', jsonb_build_object('value', r.id));
  end if;
  instant := case when r.scheduled_at is null and r.exceptional then known else r.scheduled_at end;
  if instant is null then perform refuse('RELEASE_NOT_SCHEDULED', jsonb_build_object('release', r.id)); end if;
  if instant < known then perform refuse('EMBARGO_IN_PAST', '{"field":"scheduledAt"}'); end if;
  perform assert_debt_lists(r);
  if r.dataflow = 'DEBT_QUARTERLY' and (select knowledge from release_protection where release_id = r.id)
     is distinct from debt_knowledge(release_day(r), r.province_id) then
    perform refuse('RELEASE_KNOWLEDGE_CHANGED', jsonb_build_object('release', r.id));
  end if;

  create temporary table published_cell on commit drop as
  select c.*, a.province_id, coalesce(
      (select o.figure_id from observation o
        where o.area_id = c.area_id and o.indicator = c.indicator and o.period_start = c.period_start
          and o.audience = 'PUBLISHED' and o.known_to is null and o.contributor_id = r.provider_id
          and o.scheme is not distinct from c.scheme and o.participant_group is not distinct from c.participant_group
          and o.time_period = c.time_period and o.breakdown = c.breakdown and o.sex = '_T' and o.residence = '_T'
        order by o.figure_id limit 1), 'release/' || c.key) as figure_id
    from release_cell c join area a on a.id = c.area_id
   where c.release_id = p_release;

  update observation o set known_to = instant
    from published_cell c
   where o.figure_id = c.figure_id and o.contributor_id = r.provider_id and o.known_to is null;

  insert into observation (id, figure_id, audience, has_internal, topic, area_id, province_id, domain, indicator,
    scheme, scheme_components, participant_group, sex, residence, breakdown, time_period, period_start, period_end,
    period_basis, value, decimals, unit, obs_status, conf_status, source_id, locator, contributor_id, known_from,
    published_at, release_id)
  select gen_random_uuid()::text, c.figure_id, v.audience, not c.shown and v.audience = 'PUBLISHED', c.topic,
    c.area_id, c.province_id, c.topic, c.indicator, c.scheme, '{}', c.participant_group, '_T', '_T', c.breakdown,
    c.time_period, c.period_start, c.period_end, 'PRINTED', case when v.has_value then c.value end,
    case when v.has_value then 0 end, c.unit,
    case when not v.has_value then 'Q' when r.provisional then 'P' else 'A' end, v.conf_status, r.source_id,
    'release ' || r.id, r.provider_id, known, instant, r.id
  from published_cell c, lateral (
    select 'PUBLISHED' as audience, c.shown as has_value, case when c.shown then 'F' else 'C' end as conf_status
    union all
    select 'INTERNAL', true, 'N' where not c.shown) v;

  update release set approved_at = known, approved_by = scope_actor(), published_at = instant where id = p_release;
  update release set superseded_at = instant where id = r.supersedes_id;
  drop table published_cell;
  return instant;
end $$;

revoke execute on function release_day(release), debt_knowledge(date, text), assert_debt_lists(release) from public;
grant execute on function debt_knowledge(date, text) to lienthong_gateway;
