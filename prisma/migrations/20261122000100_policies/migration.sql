-- Roles, row-level security, checks and append-only rules: what schema.prisma cannot say.
-- The reasons stand in src/platform/README.md.

-- ------------------------------------------------------------------ roles

-- Roles belong to the whole cluster, so another database may have made them already.
do $$ begin
  create role lienthong_gateway nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  create role lienthong_log_writer nologin;
exception when duplicate_object or unique_violation then null;
end $$;

revoke all on schema public from public;
grant usage on schema public to lienthong_gateway, lienthong_log_writer;

-- ------------------------------------------------------------------ the scope

-- Set for one transaction by the gateway: {instant, agency, topics, published, national, provinces, areas}.
-- A missing scope is an error and not an empty answer, which would be recorded as a fact.
create function scope() returns jsonb
  language plpgsql stable parallel safe set search_path = pg_catalog, public as $$
declare
  setting text := current_setting('lienthong.scope', true);
begin
  if setting is null or setting = '' then
    raise exception 'NO_SCOPE' using errcode = 'LT001',
      detail = 'A query reached the data without a scope.';
  end if;
  return setting::jsonb;
end $$;

create function scope_list(name text) returns text[]
  language sql stable parallel safe set search_path = pg_catalog, public as $$
  select coalesce(array(select jsonb_array_elements_text(scope() -> name)), '{}'::text[])
$$;

create function scope_instant() returns timestamptz
  language sql stable parallel safe set search_path = pg_catalog, public as $$
  select (scope() ->> 'instant')::timestamptz
$$;

-- True for a principal with at least one effective grant.
create function scope_any() returns boolean
  language sql stable parallel safe set search_path = pg_catalog, public as $$
  select cardinality(scope_list('topics')) > 0
$$;

-- ------------------------------------------------------------------ who asks

-- Areas that lie wholly in the given ones: members of groups, predecessors all of whose parts went
-- to known areas, and successors that consist of known areas only.
create function territory_closure(start text[]) returns text[]
  language plpgsql stable set search_path = pg_catalog, public as $$
declare
  known text[] := start;
  added text[];
begin
  loop
    added := array(
      select m.member_id from area_member m
       where m.group_id = any(known)
      union
      select s.predecessor_id from area_succession s
       where s.successor_id = any(known)
         and not exists (select from area_succession o
                          where o.predecessor_id = s.predecessor_id
                            and not o.successor_id = any(known))
      union
      select s.successor_id from area_succession s
       where s.predecessor_id = any(known)
         and not exists (select from area_succession o
                          where o.successor_id = s.successor_id
                            and not (o.exact and o.predecessor_id = any(known)))
      except
      select unnest(known)
    );
    exit when cardinality(added) = 0;
    known := known || added;
  end loop;
  return known;
end $$;

create function registered_issuers() returns table (id text, kind text, jwks_uri text)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select i.id, i.kind, i.jwks_uri from issuer i where i.state = 'ACTIVE'
$$;

-- Everything the gateway must know of a verified token's bearer, and the clock, in one round trip.
-- Days are days in Viet Nam.
create function identify(p_issuer text, p_application text, p_agency text, p_purpose text) returns jsonb
  language sql stable security definer set search_path = pg_catalog, public as $$
  with clock as (
    select date_trunc('milliseconds', clock_timestamp()) as instant
  ), today as (
    select (instant at time zone 'Asia/Ho_Chi_Minh')::date as day from clock
  ), held as (
    select g.*,
      g.state = 'ACTIVE' and provider.state = 'ACTIVE'
        and g.valid_from <= day and (g.valid_to is null or day <= g.valid_to) as effective,
      g.valid_to is not null and g.valid_to < day as expired,
      provider.name_vi as provider_name_vi, provider.name_en as provider_name_en,
      array(select p.purpose from grant_purpose p where p.grant_id = g.id order by p.position) as purposes,
      (select coalesce(jsonb_agg(jsonb_build_object('topic', t.topic, 'reach', t.reach) order by t.topic), '[]')
         from grant_topic t where t.grant_id = g.id) as topics,
      array(select a.area_id from grant_area a where a.grant_id = g.id order by a.area_id) as areas
    from "grant" g
    join agency provider on provider.id = g.provider_id
    cross join today
    where g.consumer_id = p_agency
  )
  select jsonb_build_object(
    'instant', to_char(instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'purposeKnown', exists (select from code where list_id = 'PURPOSE' and code = p_purpose),
    'issuer', (select jsonb_build_object('state', i.state, 'speaksForAgency',
                 exists (select from issuer_agency x where x.issuer_id = i.id and x.agency_id = p_agency))
               from issuer i where i.id = p_issuer),
    'agency', (select jsonb_build_object('id', a.id, 'nameVi', a.name_vi, 'nameEn', a.name_en,
                 'role', a.role, 'state', a.state)
               from agency a where a.id = p_agency),
    'application', (select jsonb_build_object('id', a.id, 'agencyId', a.agency_id, 'state', a.state)
               from application a where a.id = p_application),
    'grants', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', h.id, 'kind', h.kind, 'state', h.state, 'legalBasis', h.legal_basis,
        'providerId', h.provider_id, 'providerNameVi', h.provider_name_vi,
        'providerNameEn', h.provider_name_en,
        'validFrom', h.valid_from, 'validTo', h.valid_to,
        'purposes', h.purposes, 'topics', h.topics, 'areas', h.areas,
        'effective', h.effective, 'expired', h.expired,
        'territory', (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind) order by a.id), '[]')
                        from area a where h.effective and a.id = any(territory_closure(h.areas))))
      order by h.id), '[]') from held h)
  ) from clock
$$;

-- ------------------------------------------------------------------ checks

alter table area
  add constraint area_key check (id = code || '@' || vintage),
  add constraint area_vintage check (vintage in ('2025-06', '2025-07', '2026-04')),
  add constraint area_kind check (kind in ('COUNTRY', 'REGION', 'PROVINCE', 'CITY', 'COMMUNE', 'WARD',
    'SPECIAL_ZONE', 'OFFICE_CLUSTER', 'DISTRICT_COLLECTIVE')),
  add constraint area_validity check (valid_to is null or valid_from is null or valid_from <= valid_to);
alter table area_succession
  add constraint area_succession_key check (id = predecessor_id || '>' || successor_id),
  add constraint area_succession_kind check (kind in ('MERGED', 'CONTINUED', 'KIND_CHANGED'));
alter table office
  add constraint office_level check (level in ('NATIONAL', 'PROVINCIAL', 'GRASSROOTS'));
alter table agency
  add constraint agency_role check (role in ('SI', 'LABOUR', 'UNION', 'PRESS', 'AUDITOR', 'STEWARD')),
  add constraint agency_state check (state in ('PROPOSED', 'ACTIVE', 'SUSPENDED', 'ENDED')),
  add constraint agency_second_person check (registered_by <> approved_by);
alter table application
  add constraint application_state check (state in ('PROPOSED', 'ACTIVE', 'SUSPENDED', 'ENDED'));
alter table issuer
  add constraint issuer_kind check (kind in ('DEVELOPMENT', 'FILE', 'REMOTE')),
  add constraint issuer_state check (state in ('PROPOSED', 'ACTIVE', 'SUSPENDED', 'ENDED'));
alter table "grant"
  add constraint grant_kind check (kind in ('AGREEMENT', 'STATUTORY', 'ACCREDITATION')),
  add constraint grant_state check (state in ('DRAFT', 'PROPOSED', 'ACTIVE', 'SUSPENDED', 'ENDED')),
  add constraint grant_validity check (valid_to is null or valid_from <= valid_to);
alter table grant_topic
  add constraint grant_topic_topic check (topic in ('ENROLLMENT', 'FINANCE', 'POPULATION', 'DEBT', 'CAMPAIGN',
    'PARTNER', 'REGISTER', 'ACCESS_LOG', 'CHANGE_LOG')),
  add constraint grant_topic_reach check (reach in ('PUBLISHED', 'INTERNAL'));
alter table source
  add constraint source_nature check (nature in ('REPORTED', 'SYNTHETIC'));
alter table conflict_row
  add constraint conflict_row_part check (part in ('MARK', 'EVIDENCE'));

-- A null value and a status of absence go together; what is published is free or confidential, and
-- holds no value in the second case.
alter table observation
  add constraint observation_audience check (audience in ('INTERNAL', 'PUBLISHED')),
  add constraint observation_topic check (topic in ('ENROLLMENT', 'FINANCE', 'POPULATION')),
  add constraint observation_period_basis check (period_basis in ('PRINTED', 'INFERRED', 'NOT_STATED')),
  add constraint observation_obs_status check (obs_status in ('A', 'B', 'D', 'E', 'F', 'G', 'I', 'K', 'W', 'O',
    'M', 'P', 'S', 'L', 'H', 'Q', 'J', 'N', 'U', 'V')),
  add constraint observation_conf_status check (conf_status in ('F', 'N', 'C', 'D', 'S', 'A', 'O', 'T', 'G', 'M', 'E')),
  add constraint observation_null_has_status check ((value is null) = (obs_status in ('O', 'M', 'L', 'H', 'Q'))),
  add constraint observation_published check (audience = 'INTERNAL' or (published_at is not null
    and (conf_status = 'F' or (conf_status = 'C' and obs_status = 'Q' and value is null and decimals is null)))),
  add constraint observation_versions check (known_to is null or known_from < known_to);
alter table target
  add constraint target_audience check (audience in ('INTERNAL', 'PUBLISHED')),
  add constraint target_topic check (topic in ('ENROLLMENT', 'FINANCE', 'POPULATION', 'CAMPAIGN')),
  add constraint target_kind check (kind in ('QUANTIFIED', 'VALUE_NOT_PRINTED', 'QUALITATIVE')),
  add constraint target_period_basis check (period_basis in ('PRINTED', 'INFERRED', 'NOT_STATED')),
  add constraint target_null_has_status check ((value is null) = (obs_status in ('O', 'M', 'L', 'H', 'Q'))),
  add constraint target_published check (audience = 'INTERNAL' or (published_at is not null
    and (conf_status = 'F' or (conf_status = 'C' and obs_status = 'Q' and value is null and decimals is null)))),
  add constraint target_versions check (known_to is null or known_from < known_to);
alter table access_record
  add constraint access_record_outcome check (outcome in ('ANSWERED', 'PARTIAL', 'REFUSED', 'FAILED'));

-- One open version of a figure for each audience.
create unique index observation_open_version on observation (figure_id, contributor_id, audience) where known_to is null;
create unique index target_open_version on target (figure_id, contributor_id, audience) where known_to is null;

-- ------------------------------------------------------------------ append-only

create function refuse_change() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'LT002';
end $$;

create trigger access_record_append_only before update or delete on access_record
  for each row execute function refuse_change();
create trigger access_record_no_truncate before truncate on access_record
  for each statement execute function refuse_change();
create trigger change_record_append_only before update or delete on change_record
  for each row execute function refuse_change();
create trigger change_record_no_truncate before truncate on change_record
  for each statement execute function refuse_change();

-- A version of a figure may be closed or withdrawn, once. Nothing else of it changes.
create function refuse_overwrite() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
declare
  closing constant text[] := array['known_to', 'withdrawn_at'];
begin
  if tg_op = 'UPDATE'
     and to_jsonb(old) - closing = to_jsonb(new) - closing
     and (old.known_to is null or old.known_to = new.known_to)
     and (old.withdrawn_at is null or old.withdrawn_at = new.withdrawn_at) then
    return new;
  end if;
  raise exception 'a version of % is never overwritten', tg_table_name using errcode = 'LT002';
end $$;

create trigger observation_no_overwrite before update or delete on observation
  for each row execute function refuse_overwrite();
create trigger observation_no_truncate before truncate on observation
  for each statement execute function refuse_change();
create trigger target_no_overwrite before update or delete on target
  for each row execute function refuse_overwrite();
create trigger target_no_truncate before truncate on target
  for each statement execute function refuse_change();

-- Row policies trust a row's province, so it must be that of its area.
create function assert_province() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
begin
  if new.province_id is distinct from (select a.province_id from area a where a.id = new.area_id) then
    raise exception 'the province of % % is not that of its area', tg_table_name, new.figure_id
      using errcode = 'LT003';
  end if;
  return new;
end $$;

create trigger observation_province before insert on observation
  for each row execute function assert_province();
create trigger target_province before insert on target
  for each row execute function assert_province();

-- ------------------------------------------------------------------ row-level security

do $$
declare
  t text;
begin
  for t in select tablename from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations' loop
    execute format('alter table %I enable row level security', t);
  end loop;
end $$;

-- Reference data: any effective grant.
do $$
declare
  t text;
begin
  foreach t in array array['area', 'area_member', 'area_succession', 'office', 'office_area', 'source',
                           'instrument', 'code_list', 'code'] loop
    execute format('grant select on %I to lienthong_gateway', t);
    execute format('create policy read on %I for select to lienthong_gateway using ((select scope_any()))', t);
  end loop;
end $$;

-- The register: topic REGISTER.
do $$
declare
  t text;
begin
  foreach t in array array['agency', 'application', 'issuer', 'issuer_agency', 'grant', 'grant_topic',
                           'grant_area', 'grant_purpose'] loop
    execute format('grant select on %I to lienthong_gateway', t);
    execute format('create policy read on %I for select to lienthong_gateway
      using (''REGISTER'' = any((select scope_list(''topics''))::text[]))', t);
  end loop;
end $$;

-- Conflicts tell of figures: all their topics are needed.
do $$
declare
  t text;
begin
  foreach t in array array['conflict', 'conflict_row'] loop
    execute format('grant select on %I to lienthong_gateway', t);
    execute format('create policy read on %I for select to lienthong_gateway
      using ((select scope_any()) and topics <@ (select scope_list(''topics''))::text[])', t);
  end loop;
end $$;

-- Figures: the internal row where the reader's scope for the topic reaches, else the published one,
-- from its instant on and until it is withdrawn.
do $$
declare
  t text;
begin
  foreach t in array array['observation', 'target'] loop
    execute format('grant select on %I to lienthong_gateway', t);
    execute format('create policy read_internal on %I for select to lienthong_gateway
      using (audience = ''INTERNAL'' and known_from <= (select scope_instant()) and (
        topic = any((select scope_list(''national''))::text[])
        or topic || ''|'' || province_id = any((select scope_list(''provinces''))::text[])
        or topic || ''|'' || area_id = any((select scope_list(''areas''))::text[])))', t);
    execute format('create policy read_published on %I for select to lienthong_gateway
      using (audience = ''PUBLISHED'' and topic = any((select scope_list(''published''))::text[])
        and published_at <= (select scope_instant())
        and (withdrawn_at is null or withdrawn_at > (select scope_instant()))
        and not (has_internal and (
          topic = any((select scope_list(''national''))::text[])
          or coalesce(topic || ''|'' || province_id = any((select scope_list(''provinces''))::text[]), false)
          or topic || ''|'' || area_id = any((select scope_list(''areas''))::text[]))))', t);
  end loop;
end $$;

-- Evidence: auditors.
grant select on access_record, access_document, change_record to lienthong_gateway;
create policy read on access_record for select to lienthong_gateway
  using ('ACCESS_LOG' = any((select scope_list('topics'))::text[]));
create policy read on access_document for select to lienthong_gateway
  using ('ACCESS_LOG' = any((select scope_list('topics'))::text[]));
create policy read on change_record for select to lienthong_gateway
  using ('CHANGE_LOG' = any((select scope_list('topics'))::text[]));
-- access_salt and access_head have no policy and no grant: nobody reads them through the gateway.

-- ------------------------------------------------------------------ the access log's one door

insert into access_head (id, next) values (1, 0);

-- Lock, number and insert in one call. entries: [{leaf, salt, documentHash?, documentText?}], leaf and salt
-- in base64. The columns are read from the leaf's own bytes, so they cannot say anything else.
-- Returns the number of the first; the others follow in order.
create function append_access_records(entries jsonb) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  first bigint;
begin
  update access_head set next = next + jsonb_array_length(entries) where id = 1
    returning next - jsonb_array_length(entries) into first;

  with entry as (
    select first + ord - 1 as number, e, decode(e ->> 'leaf', 'base64') as leaf
    from jsonb_array_elements(entries) with ordinality as x(e, ord)
  ), parsed as (
    select entry.*, convert_from(leaf, 'UTF8')::jsonb as l from entry
  )
  insert into access_record (number, recorded_at, leaf, occurred_at, agency_id, application_id, role, purpose,
    case_reference, grants, request_id, operation_name, operation_type, document_hash, topics, areas, area_count,
    given, employers, withheld, policy_version, schema_version, outcome, error_code, request_count, duration_micros)
  select number, clock_timestamp(), leaf, (l ->> 'time')::timestamptz, l ->> 'agency', l ->> 'application',
    l ->> 'role', l ->> 'purpose', l ->> 'caseReference',
    array(select jsonb_array_elements_text(l -> 'grants')), l ->> 'requestId', l ->> 'operationName',
    l ->> 'operationType', l ->> 'documentHash',
    array(select jsonb_array_elements_text(l -> 'topics')),
    array(select jsonb_array_elements_text(l -> 'areas' -> 'ids')), (l -> 'areas' ->> 'count')::int,
    l -> 'given', l -> 'employers', l -> 'withheld', l ->> 'policyVersion', l ->> 'schemaVersion',
    l ->> 'outcome', l ->> 'errorCode', (l ->> 'requestCount')::int, (l ->> 'durationMicros')::int
  from parsed;

  insert into access_salt (number, salt)
  select first + ord - 1, decode(e ->> 'salt', 'base64')
  from jsonb_array_elements(entries) with ordinality as x(e, ord);

  insert into access_document (hash, text)
  select distinct on (e ->> 'documentHash') e ->> 'documentHash', e ->> 'documentText'
  from jsonb_array_elements(entries) as x(e)
  where e ->> 'documentHash' is not null
  on conflict do nothing;

  return first;
end $$;

-- ------------------------------------------------------------------ who may call what

revoke execute on all functions in schema public from public;
grant execute on function scope(), scope_list(text), scope_instant(), scope_any() to lienthong_gateway;
grant execute on function identify(text, text, text, text), registered_issuers() to lienthong_gateway;
grant execute on function append_access_records(jsonb) to lienthong_log_writer;

-- A gateway compares the migrations it knows with those applied. The engine's own table exists except
-- where a shadow database is built for a comparison.
do $$ begin
  if to_regclass('public._prisma_migrations') is not null then
    grant select (migration_name, checksum, finished_at, rolled_back_at) on _prisma_migrations to lienthong_gateway;
  end if;
end $$;
