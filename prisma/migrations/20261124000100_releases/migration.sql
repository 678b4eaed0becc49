-- Releases through the gateway: drafting, protecting, scheduling, publishing. The reasons stand in
-- src/release/README.md.

-- They name the column that goes.
drop policy read_internal on release;
drop policy read_calendar on release;
alter table release drop constraint release_state, drop constraint release_scheduled,
  drop constraint release_published, drop constraint release_withdrawn, drop constraint release_second_person;

-- AlterTable
ALTER TABLE "employer" ADD COLUMN     "group_id" TEXT;

-- AlterTable
ALTER TABLE "release" ADD COLUMN     "approved_at" TIMESTAMPTZ(3),
ADD COLUMN     "protected_at" TIMESTAMPTZ(3),
ADD COLUMN     "protected_by" TEXT,
ADD COLUMN     "provider_id" TEXT,
ADD COLUMN     "scheduled_by" TEXT,
ADD COLUMN     "series_id" TEXT,
ADD COLUMN     "superseded_at" TIMESTAMPTZ(3),
ADD COLUMN     "supersedes_id" TEXT,
ADD COLUMN     "withdrawn_by" TEXT;
-- A release's state follows from its instants, so that it changes by itself when an hour comes. Rows of before
-- name their provider in prepared_by.
update release set series_id = id, provider_id = split_part(prepared_by, ':', 1), approved_at = published_at;
ALTER TABLE "release" DROP COLUMN "state",
ALTER COLUMN "provider_id" SET NOT NULL,
ALTER COLUMN "series_id" SET NOT NULL;

-- CreateTable
CREATE TABLE "release_protection" (
    "release_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "rules" JSONB NOT NULL,
    "cells" INTEGER NOT NULL,
    "primary" INTEGER NOT NULL,
    "secondary" INTEGER NOT NULL,

    CONSTRAINT "release_protection_pkey" PRIMARY KEY ("release_id")
);

-- CreateTable
CREATE TABLE "release_cell" (
    "release_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "indicator" TEXT NOT NULL,
    "scheme" TEXT,
    "participant_group" TEXT,
    "breakdown" TEXT NOT NULL,
    "time_period" TEXT NOT NULL,
    "period_start" DATE NOT NULL,
    "period_end" DATE NOT NULL,
    "unit" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" BIGINT NOT NULL,
    "shown" BOOLEAN NOT NULL,
    "conf_status" TEXT NOT NULL,
    "rules" TEXT[],
    "known_lower" BIGINT,
    "required_lower" BIGINT,
    "required_upper" BIGINT,
    "coalition_lower" BIGINT,
    "coalition_required_lower" BIGINT,
    "coalition_required_upper" BIGINT,
    "attack_lower" BIGINT,
    "attack_upper" BIGINT,

    CONSTRAINT "release_cell_pkey" PRIMARY KEY ("release_id","key")
);

-- CreateTable
CREATE TABLE "release_job" (
    "id" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "step" TEXT,
    "done" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,
    "agency_id" TEXT NOT NULL,
    "started_by" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "error_count" INTEGER,
    "places" TEXT[],

    CONSTRAINT "release_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pre_release_access" (
    "id" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "agency_id" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "approved_by" TEXT,
    "approved_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "pre_release_access_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "release_job_release_id_started_at_idx" ON "release_job"("release_id", "started_at");

-- CreateIndex
CREATE UNIQUE INDEX "pre_release_access_release_id_agency_id_key" ON "pre_release_access"("release_id", "agency_id");

-- CreateIndex
CREATE UNIQUE INDEX "release_series_id_version_key" ON "release"("series_id", "version");

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_supersedes_id_fkey" FOREIGN KEY ("supersedes_id") REFERENCES "release"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_protection" ADD CONSTRAINT "release_protection_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_cell" ADD CONSTRAINT "release_cell_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_job" ADD CONSTRAINT "release_job_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pre_release_access" ADD CONSTRAINT "pre_release_access_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pre_release_access" ADD CONSTRAINT "pre_release_access_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ------------------------------------------------------------------ checks

alter table release
  add constraint release_published check ((published_at is null) = (approved_at is null)
    and (approved_at is null) = (approved_by is null)),
  add constraint release_calendar check (published_at is null or exceptional or scheduled_at is not null),
  add constraint release_second_person check (approved_by <> prepared_by and approved_by <> protected_by
    and approved_by <> scheduled_by),
  add constraint release_versions check ((version = 1) = (supersedes_id is null) and version > 0);
alter table release_cell
  add constraint release_cell_topic check (topic in ('ENROLLMENT', 'FINANCE')),
  add constraint release_cell_kind check (kind in ('PERSONS', 'EMPLOYERS', 'EVENTS', 'MONEY')),
  add constraint release_cell_conf_status check (conf_status in ('F', 'A', 'O', 'T', 'G', 'M', 'D')),
  add constraint release_cell_shown check (shown = (conf_status = 'F')),
  add constraint release_cell_distance check ((required_lower is null) = (required_upper is null)
    and (coalition_required_lower is null) = (coalition_required_upper is null));
alter table release_job
  add constraint release_job_kind check (kind in ('PROTECT', 'PUBLISH')),
  add constraint release_job_state check (state in ('RUNNING', 'DONE', 'FAILED')),
  add constraint release_job_ended check ((state = 'RUNNING') = (ended_at is null));
alter table pre_release_access
  add constraint pre_release_access_window check (valid_from < valid_to),
  add constraint pre_release_access_second_person check ((approved_by is null) = (approved_at is null)
    and approved_by <> requested_by);

-- One at a time in a family: what one release shows decides what the next may show.
create unique index release_job_one_in_family on release_job (topic) where state = 'RUNNING';

-- ------------------------------------------------------------------ who asks

-- The gateway's own work on a family of releases: set by no token, only by the protection and the attack.
create function scope_engine() returns text
  language sql stable parallel safe set search_path = pg_catalog, public as $$
  select scope() ->> 'engine'
$$;

create function own_releases() returns text[]
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(id), '{}'::text[]) from release
  where provider_id = scope_agency() and topic = any(scope_list('topics'))
$$;

create function own_drafts() returns text[]
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(id), '{}'::text[]) from release
  where provider_id = scope_agency() and topic = any(scope_list('topics')) and approved_at is null
$$;

create function published_releases() returns text[]
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(id), '{}'::text[]) from release where published_at <= scope_instant()
$$;

-- Releases that the agency may read before their instant.
create function pre_releases() returns text[]
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(release_id), '{}'::text[]) from pre_release_access
  where agency_id = scope_agency() and approved_at <= scope_instant()
    and valid_from <= scope_instant() and scope_instant() < valid_to
    and (revoked_at is null or revoked_at > scope_instant())
$$;

-- Employers of whose debt on a day the press and the unions together know, for the protection of amounts. Certain:
-- a version of the statutory list prints this amount. Others they may know: from other lists, or as a union that has
-- members there.
create function audience_employers(p_day date) returns table (employer_id text, is_certain boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select id, bool_or(certain) from (
    select m.id, coalesce(d.amount = e.amount, false) as certain
      from statutory_list_entry e
      join employer m on m.unit_code = e.unit_code and m.province_id = e.province_id
      left join debt_position d on d.employer_id = m.id and d.as_of = p_day and d.audience = 'INTERNAL'
     where e.published_at is not null
    union all
    select p.employer_id, false from union_presence p join employer m on m.id = p.employer_id
     where p.confirmed_at is not null and not m.is_natural_person) k
  where scope_engine() is not null
  group by id
$$;

-- ------------------------------------------------------------------ steps

-- What may change, in which state and by whom. Publishing and withdrawing are functions of their own, which run as
-- the owner and pass.
create function assert_release_step() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
declare
  own constant text[] := array['title_vi', 'title_en', 'provisional', 'exceptional', 'note', 'protected_at',
    'protected_by'];
  steward constant text[] := array['scheduled_at', 'scheduled_by'];
  changed text[];
begin
  if tg_op = 'INSERT' then
    if new.prepared_by <> scope_actor() then perform refuse('FORBIDDEN'); end if;
    return new;
  end if;
  if old.approved_at is not null then
    perform refuse('RELEASE_WRONG_STATE', jsonb_build_object('release', old.id));
  end if;
  select coalesce(array_agg(key), '{}') into changed
    from jsonb_each(to_jsonb(new)) where value is distinct from to_jsonb(old) -> key;
  if changed && own and old.provider_id is distinct from scope_agency()
     or changed && steward and not acting_as_steward()
     or not changed <@ (own || steward)
     or 'protected_at' = any(changed) and new.protected_by is distinct from scope_actor()
     or 'scheduled_at' = any(changed) and new.scheduled_by is distinct from scope_actor() then
    perform refuse('FORBIDDEN');
  end if;
  if 'scheduled_at' = any(changed) and new.scheduled_at <= clock_timestamp() then
    perform refuse('EMBARGO_IN_PAST', '{"field":"scheduledAt"}');
  end if;
  return new;
end $$;
create trigger release_step before insert or update on release
  for each row when (current_user = 'lienthong_gateway') execute function assert_release_step();

create function assert_pre_release_step() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
begin
  if tg_op = 'INSERT' then
    if new.requested_by <> scope_actor() then perform refuse('FORBIDDEN'); end if;
    return new;
  end if;
  if old.revoked_at is not null or old.approved_at is not null and new.approved_at is distinct from old.approved_at then
    perform refuse('PRE_RELEASE_WRONG_STATE', jsonb_build_object('access', old.id));
  end if;
  if new.approved_by is distinct from old.approved_by then
    if new.approved_by is distinct from scope_actor() then perform refuse('FORBIDDEN'); end if;
    if new.approved_by = old.requested_by then perform refuse('SECOND_PERSON_NEEDED', jsonb_build_object('value', old.id));
    end if;
  end if;
  return new;
end $$;
create trigger pre_release_access_step before insert or update on pre_release_access
  for each row when (current_user = 'lienthong_gateway') execute function assert_pre_release_step();

create trigger release_change_log after insert or update or delete on release
  for each row execute function log_change('id');
create trigger release_protection_change_log after insert or update or delete on release_protection
  for each row execute function log_change('release_id');
create trigger pre_release_access_change_log after insert or update or delete on pre_release_access
  for each row execute function log_change('id');

-- A version that will end in the future may still end at another time, or not at all.
create or replace function refuse_overwrite() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
declare
  closing constant text[] := array['known_to', 'withdrawn_at'];
begin
  if tg_op = 'UPDATE'
     and to_jsonb(old) - closing = to_jsonb(new) - closing
     and (old.known_to is null or old.known_to = new.known_to or old.known_to > clock_timestamp())
     and (old.withdrawn_at is null or old.withdrawn_at = new.withdrawn_at) then
    return new;
  end if;
  raise exception 'a version of % is never overwritten', tg_table_name using errcode = 'LT002';
end $$;

-- Begins a job. One whose gateway has been silent for half a minute has died with it.
create function begin_release_job(p_id text, p_release text, p_kind text) returns void
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
create function publish_release(p_release text, p_job text) returns timestamptz
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

-- Takes a release back at once. One whose instant had not come gives its place back to the version before.
create function withdraw_release(p_release text, p_reason text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  r release%rowtype;
  -- As of the request, so that its own answer shows it.
  known constant timestamptz := scope_instant();
begin
  select * into r from release where id = p_release for update;
  if not found or not (r.provider_id = scope_agency() and r.topic = any(scope_list('topics'))
      or acting_as_steward()) then
    perform refuse('RELEASE_UNKNOWN', jsonb_build_object('release', p_release));
  end if;
  if r.withdrawn_at is not null or r.approved_at is null then
    perform refuse('RELEASE_WRONG_STATE', jsonb_build_object('release', r.id));
  end if;
  update observation
     set withdrawn_at = known, known_to = case when r.published_at > known then known else known_to end
   where release_id = p_release and withdrawn_at is null;
  if r.published_at > known then
    update observation o set known_to = null
      from observation mine
     where mine.release_id = p_release and o.figure_id = mine.figure_id and o.contributor_id = mine.contributor_id
       and o.release_id is distinct from p_release and o.known_to = r.published_at;
    update release set superseded_at = null where id = r.supersedes_id and superseded_at = r.published_at;
  end if;
  update release set withdrawn_at = known, withdrawn_by = scope_actor(), note = p_reason where id = p_release;
end $$;

-- ------------------------------------------------------------------ row-level security

do $$
declare
  t text;
begin
  foreach t in array array['release_protection', 'release_cell', 'release_job', 'pre_release_access'] loop
    execute format('alter table %I enable row level security', t);
    execute format('grant select on %I to lienthong_gateway', t);
  end loop;
end $$;

-- The figures that a release hides from others and insiders read belong to it as well: nobody meets them before its
-- instant, nor after it was withdrawn. Which cells are suppressed would be told by their being there.
drop policy read_internal on observation;
create policy read_internal on observation for select to lienthong_gateway
  using (audience = 'INTERNAL' and known_from <= (select scope_instant())
    and (published_at is null or published_at <= (select scope_instant()))
    and (withdrawn_at is null or withdrawn_at > (select scope_instant())) and (
      topic = any((select scope_list('national'))::text[])
      or topic || '|' || province_id = any((select scope_list('provinces'))::text[])
      or topic || '|' || area_id = any((select scope_list('areas'))::text[])));

-- Drafts are for those who make them and for the stewards; the calendar is everyone's.
create policy read_own on release for select to lienthong_gateway
  using (provider_id = (select scope_agency()) and topic = any((select scope_list('topics'))::text[]));
create policy read_register on release for select to lienthong_gateway
  using ('REGISTER' = any((select scope_list('topics'))::text[]));
create policy read_engine on release for select to lienthong_gateway using (topic = (select scope_engine()));
create policy read_calendar on release for select to lienthong_gateway
  using ((scheduled_at is not null or published_at <= (select scope_instant())) and (select scope_any()));

grant insert (id, series_id, version, supersedes_id, topic, area_id, province_id, dataflow, title_vi, title_en,
  time_period, period_start, period_end, provisional, exceptional, provider_id, prepared_by, note, source_id)
  on release to lienthong_gateway;
grant update (title_vi, title_en, provisional, exceptional, note, protected_at, protected_by, scheduled_at,
  scheduled_by) on release to lienthong_gateway;
grant delete on release to lienthong_gateway;
-- An agency drafts about what it may read whole.
create policy draft on release for insert to lienthong_gateway
  with check (provider_id = (select scope_agency()) and (topic = any((select scope_list('national'))::text[])
    or coalesce(topic || '|' || province_id = any((select scope_list('provinces'))::text[]), false)
    or topic || '|' || area_id = any((select scope_list('areas'))::text[])));
create policy step on release for update to lienthong_gateway
  using (provider_id = (select scope_agency()) and topic = any((select scope_list('topics'))::text[])
    or (select acting_as_steward()));
create policy discard on release for delete to lienthong_gateway
  using (provider_id = (select scope_agency()) and topic = any((select scope_list('topics'))::text[])
    and scheduled_at is null and approved_at is null);

create policy read_own on release_protection for select to lienthong_gateway
  using (release_id = any((select own_releases())::text[]));
create policy read_engine on release_protection for select to lienthong_gateway using (topic = (select scope_engine()));
create policy read_own on release_cell for select to lienthong_gateway
  using (release_id = any((select own_releases())::text[]));
create policy read_engine on release_cell for select to lienthong_gateway using (topic = (select scope_engine()));
create policy read_engine on observation for select to lienthong_gateway
  using (audience = 'PUBLISHED' and topic = (select scope_engine()));
grant insert, delete on release_protection, release_cell to lienthong_gateway;
do $$
declare
  t text;
begin
  foreach t in array array['release_protection', 'release_cell'] loop
    execute format('create policy protect on %I for insert to lienthong_gateway
      with check (release_id = any((select own_drafts())::text[]))', t);
    execute format('create policy protect_again on %I for delete to lienthong_gateway
      using (release_id = any((select own_drafts())::text[]))', t);
  end loop;
end $$;

create policy read_own on release_job for select to lienthong_gateway
  using (agency_id = (select scope_agency()) or release_id = any((select own_releases())::text[]));
create policy read_register on release_job for select to lienthong_gateway
  using ('REGISTER' = any((select scope_list('topics'))::text[]));
grant update (state, step, done, total, heartbeat_at, ended_at, error_code, error_count, places)
  on release_job
  to lienthong_gateway;
create policy progress on release_job for update to lienthong_gateway
  using (agency_id = (select scope_agency()) and state = 'RUNNING')
  with check (agency_id = (select scope_agency()));

-- Who read a release early is told to everybody afterwards.
create policy read_own on pre_release_access for select to lienthong_gateway
  using (agency_id = (select scope_agency()) or release_id = any((select own_releases())::text[]));
create policy read_register on pre_release_access for select to lienthong_gateway
  using ('REGISTER' = any((select scope_list('topics'))::text[]));
create policy read_afterwards on pre_release_access for select to lienthong_gateway
  using (approved_at is not null and (select scope_any()) and release_id = any((select published_releases())::text[]));
grant insert (id, release_id, agency_id, valid_from, valid_to, reason, requested_by, requested_at)
  on pre_release_access to lienthong_gateway;
grant update (approved_by, approved_at, revoked_at) on pre_release_access to lienthong_gateway;
create policy request on pre_release_access for insert to lienthong_gateway
  with check ((select acting_as_steward()));
create policy decide on pre_release_access for update to lienthong_gateway using ((select acting_as_steward()));

-- A release before its instant, for the accredited agency, in the topics that it is granted. Whoever meets the internal
-- row of a figure does not meet its withheld form beside it. Whether the instant has come makes no difference to an early
-- reader: afterwards it is everybody's.
create policy read_pre_release on observation for select to lienthong_gateway
  using (audience = 'PUBLISHED' and withdrawn_at is null
    and topic = any((select scope_list('published'))::text[])
    and release_id = any((select pre_releases())::text[])
    and not (has_internal and (topic = any((select scope_list('national'))::text[])
      or coalesce(topic || '|' || province_id = any((select scope_list('provinces'))::text[]), false)
      or topic || '|' || area_id = any((select scope_list('areas'))::text[]))));

-- ------------------------------------------------------------------ who may call what

revoke execute on function scope_engine(), own_releases(), own_drafts(), pre_releases(),
  published_releases(), audience_employers(date), assert_release_step(), assert_pre_release_step(),
  begin_release_job(text, text, text), publish_release(text, text), withdraw_release(text, text) from public;
grant execute on function scope_engine(), scope_actor(), own_releases(), own_drafts(), pre_releases(),
  published_releases(), audience_employers(date), begin_release_job(text, text, text), publish_release(text, text),
  withdraw_release(text, text) to lienthong_gateway;
