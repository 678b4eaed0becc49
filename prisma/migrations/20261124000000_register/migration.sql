-- AlterTable
ALTER TABLE "agency" ADD COLUMN     "state_reason" TEXT,
ALTER COLUMN "approved_by" DROP NOT NULL;

-- AlterTable
ALTER TABLE "application" ADD COLUMN     "approved_by" TEXT,
ADD COLUMN     "registered_at" TIMESTAMPTZ(3),
ADD COLUMN     "registered_by" TEXT,
ADD COLUMN     "state_reason" TEXT;

-- AlterTable
ALTER TABLE "grant" ADD COLUMN     "after_retention" TEXT,
ADD COLUMN     "approved_at" TIMESTAMPTZ(3),
ADD COLUMN     "approved_by" TEXT,
ADD COLUMN     "contact" TEXT,
ADD COLUMN     "proposed_by" TEXT,
ADD COLUMN     "proposed_by_agency" TEXT,
ADD COLUMN     "retention_months" INTEGER,
ADD COLUMN     "state_changed_at" TIMESTAMPTZ(3),
ADD COLUMN     "state_changed_by" TEXT,
ADD COLUMN     "state_reason" TEXT,
ADD COLUMN     "terms" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "issuer" ADD COLUMN     "approved_by" TEXT,
ADD COLUMN     "registered_at" TIMESTAMPTZ(3),
ADD COLUMN     "registered_by" TEXT,
ADD COLUMN     "state_reason" TEXT;

-- CreateTable
CREATE TABLE "purpose" (
    "code" TEXT NOT NULL,
    "legal_basis_en" TEXT NOT NULL,
    "legal_basis_vi" TEXT NOT NULL,
    "roles" TEXT[],

    CONSTRAINT "purpose_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "purpose_topic" (
    "purpose" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "reach" TEXT NOT NULL,

    CONSTRAINT "purpose_topic_pkey" PRIMARY KEY ("purpose","topic")
);

-- CreateIndex
CREATE INDEX "grant_provider_id_idx" ON "grant"("provider_id");

-- AddForeignKey
ALTER TABLE "purpose_topic" ADD CONSTRAINT "purpose_topic_purpose_fkey" FOREIGN KEY ("purpose") REFERENCES "purpose"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ------------------------------------------------------------------ who acts

create function scope_day() returns date
  language sql stable parallel safe set search_path = pg_catalog, public as $$
  select (scope_instant() at time zone 'Asia/Ho_Chi_Minh')::date
$$;

-- As the register calls who acts: one subject of two agencies is two persons.
create function scope_actor() returns text
  language sql stable parallel safe set search_path = pg_catalog, public as $$
  select concat_ws('/', scope() ->> 'agency', scope() ->> 'subject')
$$;

-- Loads and migrations run as the owner without a scope, and answer for themselves.
create function is_request() returns boolean
  language sql stable parallel safe set search_path = pg_catalog, public as $$
  select coalesce(current_setting('lienthong.scope', true), '') <> ''
$$;

-- The role by the register, as it is at this moment.
create function acting_role() returns text
  language sql stable security definer set search_path = pg_catalog, public as $$
  select a.role from agency a where a.id = scope_agency() and a.state = 'ACTIVE'
$$;

create function acting_as_steward() returns boolean
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(acting_role() = 'STEWARD' and 'REGISTER' = any(scope_list('topics')), false)
$$;

-- Run as the owner, because policies that read each other's tables could not look back.
create function party_grants() returns text[]
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(g.id), '{}'::text[]) from "grant" g
   where scope_agency() in (g.provider_id, g.consumer_id)
$$;

-- The areas that the caller's own grants name, so that their parties can read them whatever else they hold.
create function party_areas() returns text[]
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(distinct a.area_id), '{}'::text[]) from grant_area a where a.grant_id = any(party_grants())
$$;

-- Grants whose content the caller may write, as far as their state lets anyone.
create function provided_grants() returns text[]
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(g.id), '{}'::text[]) from "grant" g
   where acting_as_steward()
      or (g.provider_id = scope_agency() and acting_role() in ('SI', 'LABOUR', 'UNION'))
$$;

-- ------------------------------------------------------------------ what may be granted

create function reach_depth(reach text) returns int
  language sql immutable parallel safe set search_path = pg_catalog, public as $$
  select array_position(array['PUBLISHED', 'PARTY', 'INTERNAL'], reach)
$$;

-- The deepest reach that a grant may give an agency of the role; null where the topic is not for it.
create function role_reach(p_role text, p_topic text) returns text
  language sql immutable parallel safe set search_path = pg_catalog, public as $$
  select case
    when p_topic in ('REGISTER', 'ACCESS_LOG', 'CHANGE_LOG') then
      case when p_role in ('AUDITOR', 'STEWARD') then 'INTERNAL' end
    when p_role = 'SI' then 'INTERNAL'
    when p_role = 'LABOUR' then case when p_topic in ('CAMPAIGN', 'PARTNER') then 'PARTY' else 'INTERNAL' end
    when p_role = 'UNION' then 'PARTY'
    when p_role = 'PRESS' then 'PUBLISHED'
  end
$$;

-- Whether an area lies wholly in a territory whose closure is known.
create function lies_within(p_area text, known text[]) returns boolean
  language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select from area a where a.id = p_area and (a.id = any(known) or a.province_id = any(known)))
      or exists (select from area c where c.id = any(known) and c.kind = 'COUNTRY')
$$;

create function territories_meet(a text[], b text[]) returns boolean
  language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select from unnest(a) x where lies_within(x, b))
      or exists (select from unnest(b) x where lies_within(x, a))
$$;

-- The areas of a grant that ended by a day and went on as something that it does not reach; it keeps
-- their history. Null when there are none.
create function territory_renewal(named text[], on_day date) returns jsonb
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  known text[];
  lineage text[] := named;
  added text[];
  said jsonb;
begin
  -- Asked at every request, and hardly ever true.
  if not exists (select from area a where a.valid_to < on_day and (a.id = any(named)
       or a.id in (select m.member_id from area_member m where m.group_id = any(named)))) then
    return null;
  end if;
  known := territory_closure(named);
  loop
    added := array(
      select m.member_id from area_member m where m.group_id = any(lineage)
      union
      select s.successor_id from area_succession s
       where s.predecessor_id = any(lineage) and s.successor_id = any(known)
      except
      select unnest(lineage));
    exit when cardinality(added) = 0;
    lineage := lineage || added;
  end loop;
  select jsonb_build_object(
      'areaIds', jsonb_agg(distinct p.id),
      'successorIds', coalesce(jsonb_agg(distinct s.successor_id) filter (where s.successor_id is not null), '[]'))
    into said
    from area p left join area_succession s on s.predecessor_id = p.id
   where p.id = any(lineage) and p.valid_to < on_day
     and not lies_within(coalesce(s.successor_id, p.province_id, ''), known);
  return case when jsonb_typeof(said -> 'areaIds') = 'array' then said end;
end $$;

-- A role's topics and a purpose's roles hold for every grant, whoever writes it.
create function assert_grantable() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  consumer constant text := (select a.role from "grant" g join agency a on a.id = g.consumer_id
                              where g.id = new.grant_id);
  part constant jsonb := to_jsonb(new);
  deepest text;
begin
  if tg_table_name = 'grant_topic' then
    deepest := role_reach(consumer, part ->> 'topic');
    if deepest is null then
      perform refuse('TOPIC_NOT_FOR_ROLE',
        jsonb_build_object('field', 'topics', 'topic', part ->> 'topic', 'role', consumer));
    elsif reach_depth(part ->> 'reach') > reach_depth(deepest) then
      perform refuse('REACH_NOT_FOR_ROLE', jsonb_build_object('field', 'topics', 'topic', part ->> 'topic',
        'reach', part ->> 'reach', 'role', consumer, 'deepest', deepest));
    end if;
  elsif not exists (select from purpose p where p.code = part ->> 'purpose') then
    perform refuse('PURPOSE_UNKNOWN', jsonb_build_object('field', 'purposes', 'purpose', part ->> 'purpose'));
  elsif not exists (select from purpose p where p.code = part ->> 'purpose' and consumer = any(p.roles)) then
    perform refuse('PURPOSE_NOT_FOR_ROLE',
      jsonb_build_object('field', 'purposes', 'purpose', part ->> 'purpose', 'role', consumer));
  end if;
  return new;
end $$;

create trigger grant_topic_grantable before insert or update on grant_topic
  for each row execute function assert_grantable();
create trigger grant_purpose_grantable before insert or update on grant_purpose
  for each row execute function assert_grantable();

-- ------------------------------------------------------------------ checks

alter table purpose
  add constraint purpose_roles check (roles <@ array['SI', 'LABOUR', 'UNION', 'PRESS', 'AUDITOR', 'STEWARD']);
alter table purpose_topic
  add constraint purpose_topic_topic check (topic in ('ENROLLMENT', 'FINANCE', 'POPULATION', 'DEBT', 'CAMPAIGN',
    'PARTNER', 'REGISTER', 'ACCESS_LOG', 'CHANGE_LOG')),
  add constraint purpose_topic_reach check (reach in ('PUBLISHED', 'PARTY', 'INTERNAL'));
alter table agency
  add constraint agency_approved check (state in ('PROPOSED', 'ENDED') or approved_by is not null);
alter table application
  add constraint application_second_person check (registered_by <> approved_by);
alter table issuer
  add constraint issuer_second_person check (registered_by <> approved_by);
alter table "grant"
  add constraint grant_retention check (retention_months between 0 and 1200),
  add constraint grant_terms check (jsonb_typeof(terms) = 'object'
    and terms - array['method', 'processing', 'useLimits', 'security', 'storage', 'duties'] = '{}'),
  add constraint grant_second_person check (proposed_by is null or approved_by is null
    or (proposed_by_agency, proposed_by) <> (provider_id, approved_by));

-- ------------------------------------------------------------------ the life of a grant

-- What must be true of a grant that is proposed, approved or resumed; says what is not, and of which field.
create function assert_agreement(g "grant") returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  named constant text[] := array(select a.area_id from grant_area a where a.grant_id = g.id order by 1);
  day constant date := scope_day();
  missing text;
  party record;
  t record;
  p text;
  own text[];
  outside text;
  other record;
begin
  -- One at a time for two parties, so that two that overlap are not both let through.
  perform pg_advisory_xact_lock(hashtextextended(g.provider_id || ' ' || g.consumer_id, 0));
  missing := case
    when not exists (select from grant_topic x where x.grant_id = g.id) then 'topics'
    when cardinality(named) = 0 then 'areas'
    when not exists (select from grant_purpose x where x.grant_id = g.id) then 'purposes'
    when btrim(g.legal_basis) = '' then 'legalBasis'
    when g.kind <> 'AGREEMENT' then null
    when coalesce(btrim(g.contact), '') = '' then 'contact'
    when g.retention_months is null then 'retentionMonths'
    when coalesce(btrim(g.after_retention), '') = '' then 'afterRetention'
    else (select 'terms.' || k from unnest(array['method', 'processing', 'useLimits', 'security', 'storage', 'duties'])
            with ordinality as x(k, n)
           where coalesce(btrim(g.terms ->> k), '') = '' order by n limit 1)
  end;
  if missing is not null then
    perform refuse('AGREEMENT_INCOMPLETE', jsonb_build_object('field', missing, 'agreement', g.id));
  end if;
  if g.valid_to < day then
    perform refuse('DATES_PAST', jsonb_build_object('field', 'validTo', 'day', g.valid_to));
  end if;
  for party in select x.field, a.id, a.state, a.role from (values ('provider', g.provider_id), ('consumer', g.consumer_id)) x(field, id)
                 join agency a on a.id = x.id loop
    if party.state <> 'ACTIVE' then
      perform refuse('AGENCY_NOT_ACTIVE', jsonb_build_object('field', party.field, 'agency', party.id));
    end if;
    if party.field = 'consumer' and g.kind = 'ACCREDITATION' and party.role <> 'PRESS' then
      perform refuse('KIND_NOT_FOR_PARTIES', jsonb_build_object('field', 'kind', 'kind', g.kind));
    end if;
  end loop;

  for t in select * from grant_topic x where x.grant_id = g.id order by x.topic loop
    select o.reach into p from grant_purpose x join purpose_topic o on o.purpose = x.purpose and o.topic = t.topic
     where x.grant_id = g.id order by reach_depth(o.reach) desc limit 1;
    if not found then
      perform refuse('PURPOSE_NOT_FOR_TOPIC', jsonb_build_object('field', 'topics', 'topic', t.topic,
        'purpose', (select string_agg(x.purpose, ', ' order by x.position) from grant_purpose x where x.grant_id = g.id)));
    elsif reach_depth(t.reach) > reach_depth(p) then
      perform refuse('REACH_NOT_FOR_PURPOSE', jsonb_build_object('field', 'topics', 'topic', t.topic,
        'reach', t.reach, 'deepest', p));
    end if;
    -- An agency's own ground, and the register and the logs, are no one's territory to give.
    continue when g.provider_id = g.consumer_id or t.topic in ('REGISTER', 'ACCESS_LOG', 'CHANGE_LOG');
    own := territory_closure(array(
      select distinct a.area_id from "grant" s join grant_topic x on x.grant_id = s.id join grant_area a on a.grant_id = s.id
       where s.kind = 'STATUTORY' and s.state = 'ACTIVE' and s.provider_id = g.provider_id and s.consumer_id = g.provider_id
         and (s.valid_to is null or s.valid_to >= day) and x.topic = t.topic and x.reach = 'INTERNAL'));
    select a into outside from unnest(named) a where not lies_within(a, own) order by a limit 1;
    if found then
      perform refuse('TERRITORY_OUTSIDE', jsonb_build_object('field', 'areas', 'area', outside, 'topic', t.topic,
        'provider', g.provider_id));
    end if;
  end loop;
  select x.purpose into p from grant_purpose x
   where x.grant_id = g.id and not exists (
     select from grant_topic y join purpose_topic o on o.topic = y.topic and o.purpose = x.purpose where y.grant_id = g.id)
   order by x.position limit 1;
  if found then
    perform refuse('PURPOSE_NOT_FOR_TOPIC', jsonb_build_object('field', 'purposes', 'purpose', p,
      'topic', (select string_agg(y.topic, ', ' order by y.topic) from grant_topic y where y.grant_id = g.id)));
  end if;

  if not exists (select from area a where a.id = any(named) and (a.valid_to is null or a.valid_to >= g.valid_from)) then
    perform refuse('AGREEMENT_NEEDS_RENEWAL', jsonb_build_object('field', 'areas',
      'areas', array_to_string(named, ', '),
      'successors', coalesce((select string_agg(distinct s.successor_id, ', ') from area_succession s
        where s.predecessor_id = any(named)), '-')));
  end if;

  select o.id, x.topic into other
    from "grant" o join grant_topic x on x.grant_id = o.id
   where o.provider_id = g.provider_id and o.consumer_id = g.consumer_id and o.id <> g.id
     and o.state in ('PROPOSED', 'ACTIVE', 'SUSPENDED')
     and exists (select from grant_topic y where y.grant_id = g.id and y.topic = x.topic)
     and o.valid_from <= coalesce(g.valid_to, 'infinity') and g.valid_from <= coalesce(o.valid_to, 'infinity')
     and territories_meet(territory_closure(named),
       territory_closure(array(select a.area_id from grant_area a where a.grant_id = o.id)))
   order by o.id, x.topic limit 1;
  if found then
    perform refuse('AGREEMENT_OVERLAPS', jsonb_build_object('field', 'topics', 'agreement', other.id, 'topic', other.topic));
  end if;
end $$;

create function open_grant() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  party record;
begin
  if not is_request() then return new; end if;
  if not acting_as_steward() and new.provider_id is distinct from scope_agency() then
    perform refuse('PROVIDER_NEEDED',
      jsonb_build_object('field', 'provider', 'agreement', new.id, 'provider', new.provider_id));
  end if;
  if exists (select from "grant" o where o.id = new.id) then
    perform refuse('CODE_TAKEN', jsonb_build_object('field', 'code', 'value', new.id));
  end if;
  for party in select x.field, x.id, a.state from (values ('provider', new.provider_id), ('consumer', new.consumer_id)) x(field, id)
                 left join agency a on a.id = x.id loop
    if coalesce(party.state, 'ENDED') = 'ENDED' then
      perform refuse('AGENCY_NOT_REGISTERED', jsonb_build_object('field', party.field, 'agency', party.id));
    end if;
  end loop;
  if new.kind = 'STATUTORY' and not acting_as_steward() then
    perform refuse('STEWARD_NEEDED', jsonb_build_object('field', 'kind', 'kind', new.kind));
  end if;
  if new.kind <> 'STATUTORY' and new.provider_id = new.consumer_id then
    perform refuse('KIND_NOT_FOR_PARTIES', jsonb_build_object('field', 'kind', 'kind', new.kind));
  end if;
  if new.valid_to < new.valid_from then
    perform refuse('DATES_REVERSED', jsonb_build_object('field', 'validTo', 'from', new.valid_from, 'to', new.valid_to));
  elsif new.valid_to < scope_day() then
    perform refuse('DATES_PAST', jsonb_build_object('field', 'validTo', 'day', new.valid_to));
  end if;
  new.state := 'DRAFT';
  new.state_changed_at := scope_instant();
  new.state_changed_by := scope_actor();
  return new;
end $$;

-- Says no to a step of a grant that its state or the caller's part in it does not allow.
create function refuse_step(g "grant") returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform refuse('AGREEMENT_WRONG_STATE', jsonb_build_object('field', 'code', 'agreement', g.id, 'state', g.state));
end $$;

create function refuse_not_provider(g "grant") returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform refuse('PROVIDER_NEEDED', jsonb_build_object('field', 'code', 'agreement', g.id, 'provider', g.provider_id));
end $$;

create function keep_grant() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  provides boolean;
  stewards boolean;
  step constant text := old.state || ' ' || new.state;
  said constant text[] := array['state', 'state_reason', 'state_changed_at', 'state_changed_by', 'proposed_by',
    'proposed_by_agency', 'approved_by', 'approved_at'];
  changed boolean;
begin
  if not is_request() then return new; end if;
  provides := old.provider_id = scope_agency();
  stewards := acting_as_steward();
  changed := to_jsonb(old) - said <> to_jsonb(new) - said;
  if new.valid_to < new.valid_from then
    perform refuse('DATES_REVERSED', jsonb_build_object('field', 'validTo', 'from', new.valid_from, 'to', new.valid_to));
  end if;

  if old.state = new.state then
    if old.state = 'DRAFT' then
      if not (provides or stewards) then perform refuse_not_provider(old); end if;
    elsif old.state <> 'ACTIVE' then
      perform refuse_step(old);
    elsif not provides then
      perform refuse_not_provider(old);
    elsif to_jsonb(old) - 'valid_to' <> to_jsonb(new) - 'valid_to' then
      perform refuse('AGREEMENT_NOT_NARROWER', jsonb_build_object('field', 'code', 'value', old.id));
    elsif new.valid_to is distinct from old.valid_to then
      if new.valid_to is null or new.valid_to > old.valid_to then
        perform refuse('AGREEMENT_NOT_NARROWER', jsonb_build_object('field', 'validTo', 'value', coalesce(new.valid_to::text, '-')));
      elsif new.valid_to < scope_day() then
        perform refuse('DATES_PAST', jsonb_build_object('field', 'validTo', 'day', new.valid_to));
      end if;
    end if;
    return new;
  end if;

  -- From here on one step of its life, and nothing beside it.
  if changed then perform refuse_step(old); end if;
  case
    when step = 'DRAFT PROPOSED' then
      if old.kind = 'STATUTORY' and not stewards then
        perform refuse('STEWARD_NEEDED', jsonb_build_object('field', 'kind', 'kind', old.kind));
      elsif not (provides or stewards) then
        perform refuse_not_provider(old);
      end if;
      perform assert_agreement(new);
      new.proposed_by := scope_subject();
      new.proposed_by_agency := scope_agency();
      new.approved_by := null;
      new.approved_at := null;
    when step = 'PROPOSED DRAFT' then
      if not provides then perform refuse_not_provider(old); end if;
    when step = 'PROPOSED ACTIVE' then
      if not provides then
        perform refuse_not_provider(old);
      elsif (old.proposed_by_agency, old.proposed_by) is not distinct from (scope_agency(), scope_subject()) then
        perform refuse('SECOND_PERSON_NEEDED', jsonb_build_object('field', 'code', 'value', old.id));
      end if;
      perform assert_agreement(new);
      new.approved_by := scope_subject();
      new.approved_at := scope_instant();
    when step = 'ACTIVE SUSPENDED' then
      if not (provides or stewards) then perform refuse_not_provider(old); end if;
    when step = 'SUSPENDED ACTIVE' then
      if not provides then perform refuse_not_provider(old); end if;
      perform assert_agreement(new);
    when new.state = 'ENDED' and old.state <> 'ENDED' then
      -- Its policy lets nobody come here but a party or a steward; a draft is not the consumer's yet.
      if old.state = 'DRAFT' and not (provides or stewards) then perform refuse_not_provider(old); end if;
    else
      perform refuse_step(old);
  end case;
  if step in ('PROPOSED DRAFT', 'ACTIVE SUSPENDED') or new.state = 'ENDED' then
    if coalesce(btrim(new.state_reason), '') = '' then
      perform refuse('FIELD_EMPTY', jsonb_build_object('field', 'reason'));
    end if;
  else
    new.state_reason := null;
  end if;
  new.state_changed_at := scope_instant();
  new.state_changed_by := scope_actor();
  return new;
end $$;

-- Topics, areas and purposes: free in a draft; in force the provider may narrow them, and no more.
create function keep_grant_part() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before constant jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) end;
  after constant jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) end;
  fields constant jsonb := '{"grant_topic": "topics", "grant_area": "areas", "grant_purpose": "purposes"}';
  g "grant";
begin
  if not is_request() then return coalesce(new, old); end if;
  select * into g from "grant" x where x.id = coalesce(after ->> 'grant_id', before ->> 'grant_id') for update;
  if g.state = 'DRAFT' then return coalesce(new, old); end if;
  if g.state <> 'ACTIVE' then perform refuse_step(g); end if;
  if g.provider_id is distinct from scope_agency() then perform refuse_not_provider(g); end if;
  if tg_op = 'DELETE'
     or (tg_op = 'UPDATE' and before - 'reach' = after - 'reach'
       and reach_depth(after ->> 'reach') <= reach_depth(before ->> 'reach'))
     or (tg_op = 'INSERT' and tg_table_name = 'grant_area' and lies_within(after ->> 'area_id',
       territory_closure(array(select a.area_id from grant_area a where a.grant_id = g.id)))) then
    return coalesce(new, old);
  end if;
  perform refuse('AGREEMENT_NOT_NARROWER', jsonb_build_object('field', fields ->> tg_table_name,
    'value', concat_ws('=', coalesce(after ->> 'topic', after ->> 'area_id', after ->> 'purpose'), after ->> 'reach')));
  return null;
end $$;

-- A grant in force keeps a topic, an area and a purpose; one without is ended instead.
create function keep_some_part() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  fields constant jsonb := '{"grant_topic": "topics", "grant_area": "areas", "grant_purpose": "purposes"}';
  id text;
  left_over boolean;
begin
  if not is_request() then return null; end if;
  for id in select distinct o.grant_id from gone o join "grant" g on g.id = o.grant_id where g.state <> 'DRAFT' loop
    execute format('select exists (select from %I x where x.grant_id = $1)', tg_table_name) into left_over using id;
    if not left_over then
      perform refuse('AGREEMENT_INCOMPLETE', jsonb_build_object('field', fields ->> tg_table_name, 'agreement', id));
    end if;
  end loop;
  return null;
end $$;

create trigger grant_opens before insert on "grant" for each row execute function open_grant();
create trigger grant_keeps before update on "grant" for each row execute function keep_grant();
do $$
declare
  t text;
begin
  foreach t in array array['grant_topic', 'grant_area', 'grant_purpose'] loop
    execute format('create trigger %I before insert or update or delete on %I
      for each row execute function keep_grant_part()', t || '_keeps', t);
    execute format('create trigger %I after delete on %I referencing old table as gone
      for each statement execute function keep_some_part()', t || '_some', t);
  end loop;
end $$;

-- ------------------------------------------------------------------ the life of a registration

create function keep_registration() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  step text;
  taken boolean;
begin
  if not is_request() then return new; end if;
  if tg_op = 'INSERT' then
    execute format('select exists (select from %I x where x.id = $1)', tg_table_name) into taken using new.id;
    if taken then perform refuse('CODE_TAKEN', jsonb_build_object('field', 'code', 'value', new.id)); end if;
    if tg_table_name = 'application' and not exists (
         select from agency a where a.id = to_jsonb(new) ->> 'agency_id' and a.state <> 'ENDED') then
      perform refuse('AGENCY_NOT_REGISTERED',
        jsonb_build_object('field', 'agency', 'agency', to_jsonb(new) ->> 'agency_id'));
    end if;
    -- The development issuer's key lies in the gateway's own folder; nobody registers another.
    if to_jsonb(new) ->> 'kind' = 'DEVELOPMENT' then
      perform refuse('ADDRESS_NOT_TAKEN', jsonb_build_object('field', 'kind', 'address', 'DEVELOPMENT'));
    end if;
    new.state := 'PROPOSED';
    new.registered_at := scope_instant();
    new.registered_by := scope_actor();
    new.approved_by := null;
    new.state_reason := null;
    return new;
  end if;

  step := old.state || ' ' || new.state;
  if tg_table_name = 'agency' and old.id = scope_agency() then
    perform refuse('REGISTRATION_OWN', jsonb_build_object('field', 'code', 'value', old.id));
  end if;
  case
    when step = 'PROPOSED ACTIVE' then
      if old.registered_by = scope_actor() then
        perform refuse('SECOND_PERSON_NEEDED', jsonb_build_object('field', 'code', 'value', old.id));
      end if;
      new.approved_by := scope_actor();
      new.state_reason := null;
    when step = 'SUSPENDED PROPOSED' then
      -- It needs its second person again.
      new.registered_by := scope_actor();
      new.approved_by := null;
    when step = 'ACTIVE SUSPENDED' or (new.state = 'ENDED' and old.state <> 'ENDED') then
      if coalesce(btrim(new.state_reason), '') = '' then
        perform refuse('FIELD_EMPTY', jsonb_build_object('field', 'reason'));
      end if;
    else
      perform refuse('REGISTRATION_WRONG_STATE', jsonb_build_object('field', 'code', 'value', old.id, 'state', old.state));
  end case;
  return new;
end $$;

-- For whom an issuer speaks is part of what the second person approves.
create function keep_issuer_agency() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  i issuer;
begin
  if not is_request() then return new; end if;
  if not exists (select from agency a where a.id = new.agency_id and a.state <> 'ENDED') then
    perform refuse('AGENCY_NOT_REGISTERED', jsonb_build_object('field', 'agencies', 'agency', new.agency_id));
  end if;
  select * into i from issuer x where x.id = new.issuer_id for update;
  if i.state <> 'PROPOSED' then
    perform refuse('REGISTRATION_WRONG_STATE', jsonb_build_object('field', 'code', 'value', i.id, 'state', i.state));
  elsif i.registered_by is distinct from scope_actor() then
    perform refuse('SECOND_PERSON_NEEDED', jsonb_build_object('field', 'code', 'value', i.id));
  end if;
  return new;
end $$;

create trigger issuer_agency_keeps before insert on issuer_agency
  for each row execute function keep_issuer_agency();
do $$
declare
  t text;
begin
  foreach t in array array['agency', 'application', 'issuer'] loop
    execute format('create trigger %I before insert or update on %I
      for each row execute function keep_registration()', t || '_keeps', t);
  end loop;
end $$;

-- ------------------------------------------------------------------ who asks

-- Everything the gateway must know of a verified token's bearer, and the clock, in one round trip.
-- Days are days in Viet Nam.
create or replace function identify(p_issuer text, p_application text, p_agency text, p_purpose text) returns jsonb
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
    -- What the purpose opens to agencies of this role, however much a grant gives: topic to deepest reach.
    'opened', (select coalesce(jsonb_object_agg(o.topic, o.reach), '{}')
                 from purpose_topic o join purpose p on p.code = o.purpose join agency a on a.role = any(p.roles)
                where o.purpose = p_purpose and a.id = p_agency),
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
        'renewal', case when h.state <> 'ENDED' then territory_renewal(h.areas, (select day from today)) end,
        'territory', (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind) order by a.id), '[]')
                        from area a where h.effective and a.id = any(territory_closure(h.areas))))
      order by h.id), '[]') from held h)
  ) from clock
$$;

-- ------------------------------------------------------------------ the change log

create trigger agency_log after insert or update or delete on agency
  for each row execute function log_change('id');
create trigger application_log after insert or update or delete on application
  for each row execute function log_change('id');
create trigger issuer_log after insert or update or delete on issuer
  for each row execute function log_change('id');
create trigger issuer_agency_log after insert or update or delete on issuer_agency
  for each row execute function log_change('issuer_id', 'agency_id');
create trigger grant_log after insert or update or delete on "grant"
  for each row execute function log_change('id');
create trigger grant_topic_log after insert or update or delete on grant_topic
  for each row execute function log_change('grant_id', 'topic');
create trigger grant_area_log after insert or update or delete on grant_area
  for each row execute function log_change('grant_id', 'area_id');
create trigger grant_purpose_log after insert or update or delete on grant_purpose
  for each row execute function log_change('grant_id', 'purpose');

-- ------------------------------------------------------------------ row-level security

alter table purpose enable row level security;
alter table purpose_topic enable row level security;
grant select on purpose, purpose_topic to lienthong_gateway;
-- The rules of use are no secret to whoever is known here, with or without a grant.
create policy read on purpose for select to lienthong_gateway using ((select scope_agency()) is not null);
create policy read on purpose_topic for select to lienthong_gateway using ((select scope_agency()) is not null);

create policy read_party on area for select to lienthong_gateway using (id = any((select party_areas())::text[]));

-- The two parties of a grant know it.
create policy read_party on "grant" for select to lienthong_gateway
  using ((select scope_agency()) in (provider_id, consumer_id));
create policy draft on "grant" for insert to lienthong_gateway
  with check (state = 'DRAFT' and ((select acting_as_steward())
    or (provider_id = (select scope_agency()) and (select acting_role()) in ('SI', 'LABOUR', 'UNION'))));
create policy change on "grant" for update to lienthong_gateway
  using ((select acting_as_steward()) or (select scope_agency()) in (provider_id, consumer_id))
  with check ((select acting_as_steward()) or (select scope_agency()) in (provider_id, consumer_id));
grant insert (id, kind, provider_id, consumer_id, state, legal_basis, valid_from, valid_to, contact, retention_months,
    after_retention, terms),
  update (state, state_reason, legal_basis, valid_from, valid_to, contact, retention_months, after_retention, terms)
  on "grant" to lienthong_gateway;

do $$
declare
  t text;
begin
  foreach t in array array['grant_topic', 'grant_area', 'grant_purpose'] loop
    execute format('create policy read_party on %I for select to lienthong_gateway
      using (grant_id = any((select party_grants())::text[]))', t);
    execute format('create policy write_own on %I for insert to lienthong_gateway
      with check (grant_id = any((select provided_grants())::text[]))', t);
    execute format('create policy remove_own on %I for delete to lienthong_gateway
      using (grant_id = any((select provided_grants())::text[]))', t);
    execute format('grant delete on %I to lienthong_gateway', t);
  end loop;
end $$;
create policy change_own on grant_topic for update to lienthong_gateway
  using (grant_id = any((select provided_grants())::text[]))
  with check (grant_id = any((select provided_grants())::text[]));
grant insert (grant_id, topic, reach), update (reach) on grant_topic to lienthong_gateway;
grant insert (grant_id, area_id) on grant_area to lienthong_gateway;
grant insert (grant_id, purpose, position) on grant_purpose to lienthong_gateway;

-- Agencies, applications and issuers are the stewards'.
do $$
declare
  t text;
begin
  foreach t in array array['agency', 'application', 'issuer', 'issuer_agency'] loop
    execute format('create policy register on %I for insert to lienthong_gateway
      with check ((select acting_as_steward()))', t);
  end loop;
  foreach t in array array['agency', 'application', 'issuer'] loop
    execute format('create policy change on %I for update to lienthong_gateway
      using ((select acting_as_steward())) with check ((select acting_as_steward()))', t);
    execute format('grant update (state, state_reason) on %I to lienthong_gateway', t);
  end loop;
end $$;
grant insert (id, name_vi, name_en, role, state, registered_at, registered_by) on agency to lienthong_gateway;
grant insert (id, agency_id, name, state) on application to lienthong_gateway;
grant insert (id, name, kind, jwks_uri, state) on issuer to lienthong_gateway;
grant insert (issuer_id, agency_id) on issuer_agency to lienthong_gateway;

-- ------------------------------------------------------------------ who may call what

revoke execute on function scope_day(), scope_actor(), is_request(), acting_role(), acting_as_steward(),
  party_grants(), party_areas(), provided_grants(), reach_depth(text), role_reach(text, text), lies_within(text, text[]),
  territories_meet(text[], text[]), territory_renewal(text[], date), assert_grantable(), assert_agreement("grant"),
  open_grant(), refuse_step("grant"), refuse_not_provider("grant"), keep_grant(), keep_grant_part(), keep_some_part(),
  keep_registration(), keep_issuer_agency() from public;
grant execute on function acting_role(), acting_as_steward(), party_grants(), party_areas(), provided_grants(),
  territory_renewal(text[], date) to lienthong_gateway;
