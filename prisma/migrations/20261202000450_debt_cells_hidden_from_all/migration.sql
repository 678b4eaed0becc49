-- What a release of debts suppresses is in no row of figures, for insiders neither: figures are of the topic FINANCE, and
-- whoever may read these inside need not read debts. Who may has them in debtSummary, under DEBT. That another
-- provider's release is at work is told, but not which.

create or replace function publish_release(p_release text, p_job text) returns timestamptz
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  r release%rowtype;
  known constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  instant timestamptz;
  of_figures boolean;
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

  of_figures := r.dataflow <> 'DEBT_QUARTERLY';
  create temporary table published_cell on commit drop as
  select c.*, a.province_id, coalesce(
      (select o.figure_id from observation o
        where o.area_id = c.area_id and o.indicator = c.indicator and o.period_start = c.period_start
          and o.audience = 'PUBLISHED' and o.known_to is null and o.contributor_id = r.provider_id
          and o.scheme is not distinct from c.scheme and o.participant_group is not distinct from c.participant_group
          and o.time_period = c.time_period and o.breakdown = c.breakdown and o.sex = '_T' and o.residence = '_T'
        order by o.figure_id limit 1), 'release/' || c.key) as figure_id
    from release_cell c join area a on a.id = c.area_id
   where c.release_id = p_release and not c.is_inner;

  update observation o set known_to = instant
    from published_cell c
   where o.figure_id = c.figure_id and o.contributor_id = r.provider_id and o.known_to is null;

  insert into observation (id, figure_id, audience, has_internal, topic, area_id, province_id, domain, indicator,
    scheme, scheme_components, participant_group, sex, residence, breakdown, time_period, period_start, period_end,
    period_basis, value, decimals, unit, obs_status, conf_status, source_id, locator, contributor_id, known_from,
    published_at, release_id)
  select gen_random_uuid()::text, c.figure_id, v.audience, v.has_internal, c.topic,
    c.area_id, c.province_id, c.topic, c.indicator, c.scheme, '{}', c.participant_group, '_T', '_T', c.breakdown,
    c.time_period, c.period_start, c.period_end, 'PRINTED', case when v.has_value then c.value end,
    case when v.has_value then 0 end, c.unit,
    case when not v.has_value then 'Q' when r.provisional then 'P' else 'A' end, v.conf_status, r.source_id,
    'release ' || r.id, r.provider_id, known, instant, r.id
  from published_cell c, lateral (
    select 'PUBLISHED' as audience, c.shown as has_value, case when c.shown then 'F' else 'C' end as conf_status,
      not c.shown and of_figures as has_internal
    union all
    select 'INTERNAL', true, 'N', false where not c.shown and of_figures) v;

  update release set approved_at = known, approved_by = scope_actor(), published_at = instant where id = p_release;
  update release set superseded_at = instant where id = r.supersedes_id;
  drop table published_cell;
  return instant;
end $$;

create or replace function begin_release_job(p_id text, p_release text, p_kind text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  r release%rowtype;
begin
  select * into r from release where id = p_release;
  if not found or not (case p_kind when 'PROTECT' then r.provider_id = scope_agency() and r.topic = any(scope_list('topics'))
                       else acting_as_steward() end) then
    perform refuse('FORBIDDEN');
  end if;
  perform assert_debt_lists(r);
  update release_job set state = 'FAILED', ended_at = clock_timestamp(), error_code = 'JOB_LOST'
   where topic = r.topic and state = 'RUNNING' and heartbeat_at < clock_timestamp() - interval '30 seconds';
  if exists (select from release_job where topic = r.topic and state = 'RUNNING') then
    perform refuse('FAMILY_BUSY');
  end if;
  insert into release_job (id, release_id, topic, kind, state, done, total, agency_id, started_by, started_at,
    heartbeat_at, places)
  values (p_id, p_release, r.topic, p_kind, 'RUNNING', 0, 0, scope_agency(), scope_actor(), clock_timestamp(),
    clock_timestamp(), '{}');
exception when unique_violation then
  perform refuse('FAMILY_BUSY');
end $$;

alter table observation disable trigger user;
delete from observation o using release r
 where o.release_id = r.id and r.dataflow = 'DEBT_QUARTERLY' and o.audience = 'INTERNAL';
update observation o set has_internal = false
  from release r
 where o.release_id = r.id and r.dataflow = 'DEBT_QUARTERLY' and o.has_internal;
alter table observation enable trigger user;
