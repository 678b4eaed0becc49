-- Row-level security, checks and triggers for partners, campaigns, contribution debt, monthly enrolment
-- and releases. The reasons stand in src/platform/README.md and src/policy/README.md.

-- ------------------------------------------------------------------ parties

-- A third reach between PUBLISHED and INTERNAL: in the grant's territory, the rows to which the agency
-- itself is a confirmed party. The scope lists it as parties: [TOPIC|area id] or [TOPIC|*].
alter table grant_topic drop constraint grant_topic_reach;
alter table grant_topic add constraint grant_topic_reach check (reach in ('PUBLISHED', 'PARTY', 'INTERNAL'));

create function scope_agency() returns text
  language sql stable parallel safe set search_path = pg_catalog, public as $$
  select scope() ->> 'agency'
$$;

create function scope_reaches_party(p_topic text, p_area text, p_province text) returns boolean
  language sql stable parallel safe set search_path = pg_catalog, public as $$
  select coalesce(p_topic || '|*' = any(parties) or p_topic || '|' || p_area = any(parties)
    or p_topic || '|' || p_province = any(parties), false)
  from (select scope_list('parties') as parties) s
$$;

-- Employers whose debt a union may read: it has members there, and the other side has confirmed it. An
-- employer that is a natural person is never one of them. Runs as the owner, because a policy that
-- read another table with a policy of its own could not look back.
create function party_employers() returns text[]
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(p.employer_id), '{}'::text[])
  from union_presence p join employer e on e.id = p.employer_id
  where p.agency_id = scope_agency() and not e.is_natural_person
    and p.confirmed_at <= scope_instant()
    and (p.ended_on is null or p.ended_on >= (scope_instant() at time zone 'Asia/Ho_Chi_Minh')::date)
    and scope_reaches_party('DEBT', e.area_id, e.province_id)
$$;

create function party_campaigns() returns text[]
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(p.campaign_id), '{}'::text[])
  from campaign_party p join campaign c on c.id = p.campaign_id
  where p.agency_id = scope_agency() and p.confirmed_at <= scope_instant()
    and scope_reaches_party('CAMPAIGN', c.area_id, c.province_id)
$$;

create function party_instruments() returns text[]
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(p.instrument_id), '{}'::text[])
  from coordination_party p join coordination_instrument i on i.id = p.instrument_id
  where p.agency_id = scope_agency() and p.confirmed_at <= scope_instant()
    and scope_reaches_party('PARTNER', i.area_id, i.province_id)
$$;

-- ------------------------------------------------------------------ checks

-- Until June 2025 there were townships.
alter table area drop constraint area_kind;
alter table area add constraint area_kind check (kind in ('COUNTRY', 'REGION', 'PROVINCE', 'CITY', 'COMMUNE', 'WARD',
  'SPECIAL_ZONE', 'TOWNSHIP', 'OFFICE_CLUSTER', 'DISTRICT_COLLECTIVE'));

do $$
declare
  t text;
begin
  -- Each table belongs to one topic.
  foreach t in array array['partner', 'coordination', 'coordination_instrument', 'coordination_party',
                           'coordination_term', 'agent_system', 'agent_point', 'agent_task', 'organisation_fact'] loop
    execute format('alter table %I add constraint %I check (topic = ''PARTNER'')', t, t || '_topic');
  end loop;
  foreach t in array array['campaign', 'campaign_party', 'activity', 'campaign_cost', 'campaign_output',
                           'audience', 'channel_use'] loop
    execute format('alter table %I add constraint %I check (topic = ''CAMPAIGN'')', t, t || '_topic');
  end loop;
  foreach t in array array['employer', 'obligation', 'payment', 'debt_position', 'debt_event', 'union_presence',
                           'statutory_list', 'statutory_list_entry'] loop
    execute format('alter table %I add constraint %I check (topic = ''DEBT'')', t, t || '_topic');
  end loop;
  -- A figure without a value has a status of absence, and the reverse.
  foreach t in array array['campaign_output', 'organisation_fact'] loop
    execute format('alter table %I add constraint %I check (conf_status in (''F'', ''N'', ''C'', ''D'', ''S'', ''A'', ''O'', ''T'', ''G'', ''M'', ''E''))', t, t || '_conf_status');
  end loop;
end $$;

alter table campaign_output
  add constraint campaign_output_audience check (audience in ('INTERNAL', 'PUBLISHED')),
  add constraint campaign_output_period_basis check (period_basis in ('PRINTED', 'INFERRED', 'NOT_STATED')),
  add constraint campaign_output_null_has_status check ((value is null) = (obs_status in ('O', 'M', 'L', 'H', 'Q'))),
  add constraint campaign_output_published check (audience = 'INTERNAL' or (published_at is not null
    and (conf_status = 'F' or (conf_status = 'C' and obs_status = 'Q' and value is null and decimals is null)))),
  add constraint campaign_output_versions check (known_to is null or known_from < known_to);
create unique index campaign_output_open_version on campaign_output (figure_id, contributor_id, audience)
  where known_to is null;
-- A fact such as a founding date has no number by its nature, and keeps its normal status.
alter table organisation_fact
  add constraint organisation_fact_unit check ((value is null) = (unit is null)),
  add constraint organisation_fact_period_basis check (period_basis in ('PRINTED', 'INFERRED', 'NOT_STATED'));
alter table agent_system
  add constraint agent_system_period_basis check (period_basis in ('PRINTED', 'INFERRED', 'NOT_STATED')),
  add constraint agent_system_total check (is_total = (partner_id is null)),
  add constraint agent_system_counts check (agent_staff >= 0 and collection_points >= 0);
alter table agent_point
  add constraint agent_point_validity check (closed_on is null or opened_on <= closed_on);
alter table series_rule
  add constraint series_rule_reason check ((reason_en is null) = additive_over_time
    and (reason_vi is null) = additive_over_time);
alter table campaign
  add constraint campaign_dates check (starts_on <= ends_on),
  add constraint campaign_method check (method in ('CAMPAIGN', 'PEAK', 'THEMATIC')),
  add constraint campaign_status check (status in ('PLANNED', 'RUNNING', 'COMPLETED', 'CANCELLED'));
alter table activity
  add constraint activity_form check (form in ('DIRECT', 'INDIRECT', 'BOTH')),
  add constraint activity_status check (status in ('PLANNED', 'HELD', 'CANCELLED')),
  add constraint activity_held check ((status = 'HELD') = (held_on is not null));
alter table campaign_cost
  add constraint campaign_cost_amounts check (budget >= 0 and spent >= 0);

-- Nobody vanishes between two ends of a month, and nobody is counted below zero.
alter table enrolment_movement
  add constraint enrolment_movement_topic check (topic = 'ENROLLMENT'),
  add constraint enrolment_movement_key
    check (id = area_id || '/' || scheme || '/' || participant_group || '/' || time_period),
  add constraint enrolment_movement_counts check (least(opening, joined, returned, left_withdrawal, left_pension,
    left_other_scheme, left_moved, left_stopped, closing) >= 0),
  add constraint enrolment_movement_closes check (opening + joined + returned - left_withdrawal - left_pension
    - left_other_scheme - left_moved - left_stopped = closing);

alter table employer
  add constraint employer_payment_cycle check (payment_cycle in ('MONTHLY', 'QUARTERLY', 'SEMIANNUAL')),
  add constraint employer_dates check (closed_on is null or liable_from <= closed_on);
alter table obligation
  add constraint obligation_amounts check (workers >= 0 and contribution_base >= 0
    and least(due_retirement, due_sickness, due_accident, due_unemployment, due_health,
      paid_retirement, paid_sickness, paid_accident, paid_unemployment, paid_health) >= 0
    and paid_retirement <= due_retirement and paid_sickness <= due_sickness and paid_accident <= due_accident
    and paid_unemployment <= due_unemployment and paid_health <= due_health);
alter table payment
  add constraint payment_amount check (amount > 0);
-- The size below which unions are told a band only; see src/debt/README.md.
alter table debt_position
  add constraint debt_position_audience check (audience in ('INTERNAL', 'PARTY')),
  add constraint debt_position_state check (state in ('ON_TIME', 'LATE_UNPAID', 'LATE_UNREGISTERED',
    'EVASION_UNREGISTERED', 'EVASION_UNDERDECLARED', 'EVASION_UNPAID_AFTER_REMINDER', 'EXCUSED', 'SUSPENDED',
    'HARD_TO_COLLECT')),
  add constraint debt_position_counts check (amount >= 0 and months_late >= 0 and workers_affected >= 0),
  add constraint debt_position_party check (audience = 'INTERNAL' or workers_affected is null or workers_affected = 0
    or workers_affected >= 10),
  add constraint debt_position_on_time check (state not in ('ON_TIME', 'SUSPENDED') or amount > 0
    or coalesce(workers_affected, 0) = 0),
  add constraint debt_position_internal check (audience = 'PARTY' or workers_affected is not null);
alter table debt_event
  add constraint debt_event_kind check (kind in ('REMINDER', 'JOINT_SESSION', 'INSPECTION', 'SANCTION', 'REFERRAL',
    'SETTLEMENT', 'SUSPENSION', 'FORCE_MAJEURE')),
  add constraint debt_event_amount check (amount is null or amount >= 0);
alter table union_presence
  add constraint union_presence_second_party check ((confirmed_at is null) = (confirmed_by is null)
    and (confirmed_by is null or confirmed_by <> agency_id)),
  add constraint union_presence_dates check (ended_on is null or since <= ended_on);
alter table statutory_list
  add constraint statutory_list_second_person check (published_at is null
    or (approved_by is not null and approved_by <> prepared_by)),
  add constraint statutory_list_dates check (debt_on <= paid_until);
alter table statutory_list_entry
  add constraint statutory_list_entry_listed_as check (listed_as in ('LATE', 'EVADING')),
  add constraint statutory_list_entry_counts check (amount > 0 and workers >= 0 and months_late > 0);

alter table release
  add constraint release_topic check (topic in ('ENROLLMENT', 'FINANCE', 'POPULATION', 'DEBT', 'CAMPAIGN', 'PARTNER')),
  add constraint release_state check (state in ('DRAFT', 'PROTECTED', 'SCHEDULED', 'PUBLISHED', 'CORRECTED',
    'WITHDRAWN')),
  add constraint release_scheduled check (state in ('DRAFT', 'PROTECTED') or exceptional or scheduled_at is not null),
  add constraint release_published check ((state in ('PUBLISHED', 'CORRECTED', 'WITHDRAWN')) = (published_at is not null)),
  add constraint release_withdrawn check ((state = 'WITHDRAWN') = (withdrawn_at is not null)),
  add constraint release_second_person check (published_at is null
    or (approved_by is not null and approved_by <> prepared_by));

-- ------------------------------------------------------------------ triggers

create trigger campaign_output_no_overwrite before update or delete on campaign_output
  for each row execute function refuse_overwrite();
create trigger campaign_output_no_truncate before truncate on campaign_output
  for each statement execute function refuse_change();

-- Row policies trust a row's province, so it must be that of its area; and what belongs to an employer lies
-- where the employer lies.
create function assert_province_of_area() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
begin
  if new.province_id is distinct from (select a.province_id from area a where a.id = new.area_id) then
    raise exception 'the province of a row of % is not that of its area', tg_table_name using errcode = 'LT003';
  end if;
  return new;
end $$;

create function assert_place_of_employer() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
begin
  if (new.area_id, new.province_id) is distinct from
     (select (e.area_id, e.province_id) from employer e where e.id = new.employer_id) then
    raise exception 'a row of % does not lie where its employer lies', tg_table_name using errcode = 'LT003';
  end if;
  return new;
end $$;

do $$
declare
  t text;
begin
  foreach t in array array['partner', 'coordination', 'coordination_instrument', 'coordination_party',
                           'coordination_term', 'agent_system', 'agent_point', 'agent_task', 'organisation_fact',
                           'campaign', 'campaign_party', 'activity', 'campaign_cost', 'campaign_output', 'audience',
                           'channel_use', 'enrolment_movement', 'employer', 'statutory_list', 'statutory_list_entry',
                           'release'] loop
    execute format('create trigger %I before insert or update on %I
      for each row execute function assert_province_of_area()', t || '_province', t);
  end loop;
  foreach t in array array['obligation', 'payment', 'debt_position', 'debt_event', 'union_presence'] loop
    execute format('create trigger %I before insert or update on %I
      for each row execute function assert_place_of_employer()', t || '_place', t);
  end loop;
end $$;

-- Names are searched and sorted in lower case without tone marks, as src/area/search.ts writes them.
create function search_form(name text) returns text
  language sql immutable parallel safe set search_path = pg_catalog, public as $$
  select btrim(lower(translate(regexp_replace(normalize(name, NFD), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dD')))
$$;

create function fill_name_search() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
begin
  new.name_search := search_form(concat_ws(E'\n', new.name_vi, to_jsonb(new) ->> 'name_en'));
  return new;
end $$;

create trigger employer_name_search before insert or update on employer
  for each row execute function fill_name_search();
create trigger statutory_list_entry_name_search before insert or update on statutory_list_entry
  for each row execute function fill_name_search();
create trigger partner_name_search before insert or update on partner
  for each row execute function fill_name_search();

-- An entry is public exactly while its list is; it lies where its employer lies.
create function follow_list() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
begin
  select l.published_at, l.withdrawn_at into new.published_at, new.withdrawn_at
    from statutory_list l where l.id = new.list_id;
  return new;
end $$;

create function lead_entries() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
begin
  update statutory_list_entry set list_id = list_id where list_id = new.id;
  return null;
end $$;

create trigger statutory_list_entry_follows before insert or update on statutory_list_entry
  for each row execute function follow_list();
create trigger statutory_list_leads after update on statutory_list
  for each row when ((old.published_at, old.withdrawn_at)
    is distinct from (new.published_at, new.withdrawn_at))
  execute function lead_entries();

-- ------------------------------------------------------------------ row-level security

do $$
declare
  t text;
  internal constant text := '(topic = any((select scope_list(''national''))::text[])
    or coalesce(topic || ''|'' || province_id = any((select scope_list(''provinces''))::text[]), false)
    or topic || ''|'' || area_id = any((select scope_list(''areas''))::text[]))';
  published constant text := '(topic = any((select scope_list(''published''))::text[])
    and published_at <= (select scope_instant())
    and (withdrawn_at is null or withdrawn_at > (select scope_instant())))';
begin
  foreach t in array array['partner', 'coordination', 'coordination_instrument', 'coordination_party',
                           'coordination_term', 'agent_system', 'agent_point', 'agent_task', 'organisation_fact',
                           'campaign', 'campaign_party', 'activity', 'campaign_cost', 'campaign_output', 'audience',
                           'channel_use', 'enrolment_movement', 'employer', 'obligation', 'payment',
                           'debt_position', 'debt_event', 'union_presence', 'statutory_list',
                           'statutory_list_entry', 'release'] loop
    execute format('alter table %I enable row level security', t);
    execute format('grant select on %I to lienthong_gateway', t);
  end loop;

  -- One row for all: internal before it is published, and afterwards for everyone who is granted the topic.
  foreach t in array array['partner', 'coordination', 'coordination_instrument', 'coordination_party',
                           'coordination_term', 'agent_system', 'agent_point', 'organisation_fact', 'campaign',
                           'campaign_party', 'activity', 'audience', 'channel_use', 'statutory_list',
                           'statutory_list_entry'] loop
    execute format('create policy read_internal on %I for select to lienthong_gateway using (%s)', t, internal);
    -- Nobody is said in public to take part before it has said so itself.
    execute format('create policy read_published on %I for select to lienthong_gateway using (%s%s)', t, published,
      case when t in ('campaign_party', 'coordination_party') then ' and confirmed_at <= (select scope_instant())'
           else '' end);
  end loop;

  -- Never published.
  foreach t in array array['agent_task', 'campaign_cost', 'enrolment_movement', 'employer', 'obligation', 'payment',
                           'debt_event', 'union_presence'] loop
    execute format('create policy read_internal on %I for select to lienthong_gateway using (%s)', t, internal);
  end loop;

  -- Parties.
  foreach t in array array['campaign_party', 'activity'] loop
    execute format('create policy read_party on %I for select to lienthong_gateway
      using (campaign_id = any((select party_campaigns())::text[]))', t);
  end loop;
  create policy read_party on campaign for select to lienthong_gateway
    using (id = any((select party_campaigns())::text[]));
  foreach t in array array['coordination_party', 'coordination_term'] loop
    execute format('create policy read_party on %I for select to lienthong_gateway
      using (instrument_id = any((select party_instruments())::text[]))', t);
  end loop;
  create policy read_party on coordination_instrument for select to lienthong_gateway
    using (id = any((select party_instruments())::text[]));
  create policy read_party on employer for select to lienthong_gateway
    using (id = any((select party_employers())::text[]));

  -- A position is one row and a reader meets it once.
  execute format('create policy read_internal on debt_position for select to lienthong_gateway
    using (audience = ''INTERNAL'' and %s)', internal);
  execute format('create policy read_party on debt_position for select to lienthong_gateway
    using (audience = ''PARTY'' and employer_id = any((select party_employers())::text[]) and not %s)', internal);

  -- What an agency did itself, and what it took part in once another party has confirmed it.
  create policy read_own on debt_event for select to lienthong_gateway
    using (agency_id = (select scope_agency()) and topic = any((select scope_list('topics'))::text[]));
  create policy read_party on debt_event for select to lienthong_gateway
    using ((select scope_agency()) = any(participant_ids) and confirmed_at <= (select scope_instant())
      and employer_id = any((select party_employers())::text[]));
  create policy read_own on union_presence for select to lienthong_gateway
    using (agency_id = (select scope_agency()) and topic = any((select scope_list('topics'))::text[]));

  -- Figures, as in the first migration.
  execute format('create policy read_internal on campaign_output for select to lienthong_gateway
    using (audience = ''INTERNAL'' and known_from <= (select scope_instant()) and %s)', internal);
  execute format('create policy read_published on campaign_output for select to lienthong_gateway
    using (audience = ''PUBLISHED'' and %s and not (has_internal and %s))', published, internal);

  -- The calendar announces what is to come, to everyone with a grant; drafts are for those who make them.
  execute format('create policy read_internal on release for select to lienthong_gateway using (%s)', internal);
  create policy read_calendar on release for select to lienthong_gateway
    using (state in ('SCHEDULED', 'PUBLISHED', 'CORRECTED', 'WITHDRAWN') and (select scope_any()));
end $$;

-- Reference data: any effective grant.
alter table series_rule enable row level security;
grant select on series_rule to lienthong_gateway;
create policy read on series_rule for select to lienthong_gateway using ((select scope_any()));

-- ------------------------------------------------------------------ who may call what

revoke execute on function scope_agency(), scope_reaches_party(text, text, text), party_employers(),
  party_campaigns(), party_instruments(), assert_province_of_area(), assert_place_of_employer(), search_form(text),
  fill_name_search(), follow_list(), lead_entries() from public;
grant execute on function scope_agency(), party_employers(), party_campaigns(), party_instruments()
  to lienthong_gateway;
