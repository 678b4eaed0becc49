-- What an office is to collect is changed by the agency that has assigned it or by the national one, and has the limit of
-- amounts. The reasons stand in src/debt/README.md.

create or replace function assign_collection_estimate(p_estimate jsonb) returns text
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
  perform assert_fact_amounts(jsonb_build_array(p_estimate), '{"amount":"amount"}', 0);
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
create or replace function correct_collection_estimate(p_estimate text, p_changes jsonb) returns text
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
  -- A province does not change what the country's agency has assigned.
  if e.contributor_id <> scope_agency() and not 'DEBT' = any(scope_list('national')) then
    perform refuse('ESTIMATE_NOT_OWN', jsonb_build_object('estimate', e.id, 'agency', e.contributor_id,
      'field', 'estimate'));
  end if;
  perform assert_fact_amounts(jsonb_build_array(p_changes), '{"amount":"amount"}', 0);
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
