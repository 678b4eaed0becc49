-- What agencies do about debts, recorded by those who do it; and unions' presence at employers, claimed, confirmed,
-- refused and ended. The reasons stand in src/debt/README.md.

-- AlterTable
ALTER TABLE "debt_event" ADD COLUMN     "confirmed_by" TEXT,
ADD COLUMN     "document" TEXT,
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "taken_up_as_id" TEXT;

-- AlterTable
ALTER TABLE "union_presence" ADD COLUMN     "reason" TEXT,
ADD COLUMN     "refused_at" TIMESTAMPTZ(3),
ADD COLUMN     "refused_by" TEXT;

-- CreateIndex
CREATE INDEX "debt_event_taken_up_as_id_idx" ON "debt_event"("taken_up_as_id");

-- CreateIndex
CREATE INDEX "employer_unit_code_idx" ON "employer"("unit_code");

-- AddForeignKey
ALTER TABLE "debt_event" ADD CONSTRAINT "debt_event_taken_up_as_id_fkey" FOREIGN KEY ("taken_up_as_id") REFERENCES "debt_event"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- ------------------------------------------------------------------ checks

-- What was revoked promises nothing, so that no list of promises finds it.
alter table debt_event drop constraint debt_event_stage,
  add constraint debt_event_stage check (stage = 'DONE' or (kept is null and (stage = 'REVOKED' and agreed_by is null
    or (kind, stage) in (('INSPECTION', 'PROPOSED'), ('INSPECTION', 'PLANNED'), ('INSPECTION', 'TAKEN_UP'),
      ('INSPECTION', 'DECLINED'), ('JOINT_SESSION', 'PLANNED'), ('SANCTION', 'DRAFT'))))),
  add constraint debt_event_reason check (reason is not null or stage not in ('REVOKED', 'DECLINED')),
  add constraint debt_event_taken_up check (taken_up_as_id is null
    or kind = 'INSPECTION' and stage in ('PROPOSED', 'TAKEN_UP')),
  add constraint debt_event_second_party check (confirmed_by is null
    or (confirmed_at is not null and confirmed_by <> agency_id));
alter table union_presence
  add constraint union_presence_refused check ((refused_at is null) = (refused_by is null)
    and (refused_at is null or (confirmed_at is null and reason is not null)));

-- ------------------------------------------------------------------ the change log

-- As log_change(), but for what is said of money, in remarks and of places: auditors read the change log, and no
-- business data; a union reads its own changes, and must not learn where an employer lies before its claim is
-- confirmed, nor that its proposal was taken up. That it changed is told; what it said before is in debt_fact_version.
create function log_debt_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  withheld constant text[] := array['amount', 'agreed_by', 'note', 'document', 'cause', 'from_on', 'until_on',
    'time_periods', 'area_id', 'province_id', 'source_id'];
  setting constant text := current_setting('lienthong.scope', true);
  said jsonb;
  before jsonb := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) end;
  after jsonb := case when tg_op = 'DELETE' then '{}'::jsonb else to_jsonb(new) end;
  whole constant jsonb := before || after;
begin
  if setting is null or setting = '' then return null; end if;
  said := setting::jsonb;
  if tg_op = 'UPDATE' then
    select coalesce(jsonb_object_agg(key, before -> key), '{}'), coalesce(jsonb_object_agg(key, value), '{}')
      into before, after
      from jsonb_each(after) as a(key, value)
     where before -> key is distinct from value;
    if after = '{}' then return null; end if;
  end if;
  if whole ->> 'agency_id' = said ->> 'agency' then
    before := before - 'taken_up_as_id';
    after := after - 'taken_up_as_id';
  end if;
  before := before || coalesce((select jsonb_object_agg(key, 'WITHHELD') from jsonb_each(before)
    where key = any(withheld) and value not in ('null', '[]')), '{}');
  after := after || coalesce((select jsonb_object_agg(key, 'WITHHELD') from jsonb_each(after)
    where key = any(withheld) and value not in ('null', '[]')), '{}');
  insert into change_record (id, changed_at, actor, agency_id, application_id, request_id, action, entity, entity_id,
    detail)
  values (gen_random_uuid()::text, date_trunc('milliseconds', clock_timestamp()),
    concat_ws('/', said ->> 'agency', said ->> 'subject'), said ->> 'agency', said ->> 'application',
    said ->> 'request', tg_op, tg_table_name,
    (select string_agg(whole ->> c, '/' order by n) from unnest(tg_argv) with ordinality as a(c, n)),
    jsonb_build_object('before', before, 'after', after));
  return null;
end $$;

create trigger debt_event_change_log after insert or update or delete on debt_event
  for each row execute function log_debt_change('id');
create trigger union_presence_change_log after insert or update or delete on union_presence
  for each row execute function log_debt_change('employer_id', 'agency_id');

-- ------------------------------------------------------------------ who acts, and on what

-- The functions below are the only way in which the gateway writes events and presences: they run as the owner and
-- check role, territory, stage and party again, whatever a resolver forgot.

-- Whether an agency of one of the roles acts in its own territory.
create function acts_about_debt(p_roles text[], p_area text, p_province text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(acting_role() = any(p_roles) and ('DEBT' = any(scope_list('national'))
    or coalesce('DEBT|' || p_province = any(scope_list('provinces')), false)
    or 'DEBT|' || p_area = any(scope_list('areas'))), false)
$$;

-- Who does what. Unions do nothing but propose, where their members are confirmed.
create function debt_event_roles(p_kind text, p_stage text) returns text[]
  language sql immutable parallel safe set search_path = pg_catalog, public as $$
  select case
    when p_stage = 'PROPOSED' or p_kind in ('REMINDER', 'SETTLEMENT', 'HARD_TO_COLLECT') then array['SI']
    when p_kind in ('JOINT_SESSION', 'REFERRAL', 'FORCE_MAJEURE') then array['SI', 'LABOUR']
    when p_kind in ('INSPECTION', 'SANCTION', 'SUSPENSION') then array['LABOUR']
    else array[]::text[]
  end
$$;

-- Whether an agency of its own right or by an agreement deals with debt at a place, on the day of the request.
create function deals_with_debt(p_agency text, p_area text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select from agency a join "grant" g on g.consumer_id = a.id join agency p on p.id = g.provider_id
     join grant_topic t on t.grant_id = g.id
   where a.id = p_agency and a.state = 'ACTIVE' and a.role in ('SI', 'LABOUR', 'UNION')
     and p.state = 'ACTIVE' and g.state = 'ACTIVE' and g.valid_from <= scope_day()
     and (g.valid_to is null or scope_day() <= g.valid_to)
     and t.topic = 'DEBT' and t.reach in ('INTERNAL', 'PARTY')
     and lies_within(p_area, territory_closure(array(select x.area_id from grant_area x where x.grant_id = g.id))))
$$;

-- An employer about which the caller may record something. Another's is answered as one that is not there.
create function employer_of_debt(p_employer text, p_roles text[], p_proposes boolean) returns employer
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  e employer%rowtype;
begin
  select * into e from employer where id = p_employer;
  if not found or not (acts_about_debt(p_roles, e.area_id, e.province_id)
      or (p_proposes and acting_role() = 'UNION' and e.id = any(party_employers()))) then
    perform refuse('EMPLOYER_UNKNOWN', jsonb_build_object('employer', left(p_employer, 80), 'field', 'employer'));
  end if;
  -- One step at a time at an employer, so that the same thing said twice at once is met.
  perform pg_advisory_xact_lock(hashtextextended('debt of ' || e.id, 0));
  return e;
end $$;

-- An event that the caller sees, locked.
create function seen_debt_event(p_event text) returns debt_event
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  v debt_event%rowtype;
begin
  select * into v from debt_event where id = p_event;
  if not found or not (acts_about_debt(array['SI', 'LABOUR'], v.area_id, v.province_id)
      or (v.agency_id = scope_agency() and acting_role() = 'UNION' and 'DEBT' = any(scope_list('topics')))) then
    perform refuse('EVENT_UNKNOWN', jsonb_build_object('event', left(p_event, 80), 'field', 'event'));
  end if;
  perform pg_advisory_xact_lock(hashtextextended('debt of ' || v.employer_id, 0));
  select * into v from debt_event where id = p_event for update;
  return v;
end $$;

-- The same, of what the caller's agency did itself.
create function own_debt_event(p_event text) returns debt_event
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  v constant debt_event := seen_debt_event(p_event);
begin
  if v.agency_id is distinct from scope_agency() then
    perform refuse('EVENT_NOT_OWN', jsonb_build_object('event', v.id, 'agency', v.agency_id, 'field', 'event'));
  end if;
  return v;
end $$;

create function refuse_stage(v debt_event) returns void
  language plpgsql set search_path = pg_catalog, public as $$
begin
  perform refuse('EVENT_WRONG_STAGE', jsonb_build_object('event', v.id, 'stage', v.stage, 'field', 'event'));
end $$;

-- ------------------------------------------------------------------ what may be said of an event

-- Days, participants and causes of an event as it is to stand; and that its agency has not said the same already.
create function assert_debt_event(v debt_event) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  today constant date := scope_day();
  hard constant text[] := array['BANKRUPT', 'DISSOLVED', 'ABSCONDED'];
  first date := case when v.stage = 'PLANNED' then today
    else (select liable_from from employer where id = v.employer_id) end;
  last date := case when v.stage = 'PLANNED' then today + 366 else today end;
  wrong text;
begin
  if v.occurred_on not between first and last then
    perform refuse('EVENT_DAY_INVALID', jsonb_build_object('field', 'on', 'day', v.occurred_on, 'min', first,
      'max', last));
  end if;
  if v.agreed_by < v.occurred_on then
    perform refuse('EVENT_DAY_INVALID', jsonb_build_object('field', 'promise', 'day', v.agreed_by, 'min',
      v.occurred_on, 'max', v.occurred_on + 366));
  end if;
  -- What a reason or a hard debt is found from has begun; the months of a suspension may lie ahead.
  if v.kind <> 'SUSPENSION' and v.from_on > v.occurred_on then
    perform refuse('EVENT_DAY_INVALID', jsonb_build_object('field', 'from', 'day', v.from_on, 'min', first,
      'max', v.occurred_on));
  end if;
  if v.until_on < v.from_on then
    perform refuse('EVENT_DAY_INVALID', jsonb_build_object('field', 'until', 'day', v.until_on, 'min', v.from_on,
      'max', v.from_on + 3660));
  end if;
  if v.kind in ('FORCE_MAJEURE', 'HARD_TO_COLLECT') and (v.cause = any(hard)) is distinct from (v.kind = 'HARD_TO_COLLECT')
     or v.cause is not null and not exists (select from code where list_id = 'DEBT_EVENT_CAUSE' and code = v.cause) then
    perform refuse('CAUSE_NOT_OF_KIND', jsonb_build_object('cause', left(v.cause, 40), 'field', 'cause'));
  end if;
  -- A reminder is of what is due already; a month is due after its end.
  select max(m) into wrong from unnest(v.time_periods) m where m > to_char(v.occurred_on, 'YYYY-MM');
  if v.kind = 'REMINDER' and wrong is not null then
    perform refuse('EVENT_MONTH_TO_COME', jsonb_build_object('month', wrong, 'field', 'months'));
  end if;
  select min(p) into wrong from unnest(v.participant_ids) p
   where p = v.agency_id or not deals_with_debt(p, v.area_id);
  if wrong is not null then
    perform refuse('PARTICIPANT_UNKNOWN', jsonb_build_object('agency', left(wrong, 80), 'field', 'participants'));
  end if;
  -- The law names both sides of a joint session (Art 35).
  if v.kind = 'JOINT_SESSION' and not exists (select from agency a where a.id = any(v.participant_ids)
      and a.role in ('SI', 'LABOUR') and a.role <> acting_role()) then
    perform refuse('PARTICIPANT_NEEDED', '{"field":"participants"}');
  end if;
  select o.id into wrong from debt_event o
   where o.employer_id = v.employer_id and o.kind = v.kind and o.agency_id = v.agency_id and o.id <> v.id
     and o.stage not in ('REVOKED', 'DECLINED', 'TAKEN_UP')
     and (o.occurred_on = v.occurred_on or (o.stage = 'PROPOSED' and v.stage = 'PROPOSED'))
   order by 1 limit 1;
  if wrong is not null then
    perform refuse('EVENT_EXISTS', jsonb_build_object('event', wrong, 'field', 'on'));
  end if;
end $$;

-- A row with the content that is said, and nothing else of it.
create function said_debt_event(p_base debt_event, p_said jsonb) returns debt_event
  language sql stable set search_path = pg_catalog, public as $$
  select jsonb_populate_record(p_base, jsonb_build_object(
    'occurred_on', p_said -> 'occurred_on', 'amount', p_said -> 'amount', 'agreed_by', p_said -> 'agreed_by',
    'note', p_said -> 'note', 'document', p_said -> 'document', 'cause', p_said -> 'cause',
    'from_on', p_said -> 'from_on', 'until_on', p_said -> 'until_on',
    'participant_ids', coalesce(p_said -> 'participant_ids', '[]'),
    'time_periods', coalesce(p_said -> 'time_periods', '[]')))
$$;

create function write_debt_event(v debt_event) returns void
  language sql volatile security definer set search_path = pg_catalog, public as $$
  update debt_event set stage = v.stage, occurred_on = v.occurred_on, amount = v.amount, agreed_by = v.agreed_by,
    kept = v.kept, note = v.note, document = v.document, cause = v.cause, from_on = v.from_on, until_on = v.until_on,
    participant_ids = v.participant_ids, time_periods = v.time_periods, confirmed_at = v.confirmed_at,
    confirmed_by = v.confirmed_by, reason = v.reason, taken_up_as_id = v.taken_up_as_id
  where id = v.id
$$;

-- ------------------------------------------------------------------ steps of events

-- Records what was done, planned, drafted or proposed; the code of the event. With a plan it carries that out, or
-- takes a proposal up.
create function record_debt_event(p_said jsonb) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  kind_ constant text := p_said ->> 'kind';
  stage_ constant text := p_said ->> 'stage';
  plan_ constant text := p_said ->> 'plan_id';
  e constant employer := employer_of_debt(p_said ->> 'employer_id', debt_event_roles(kind_, stage_),
    kind_ = 'INSPECTION' and stage_ = 'PROPOSED');
  p debt_event%rowtype;
  v debt_event%rowtype;
begin
  if plan_ is not null then
    select * into p from debt_event where id = plan_ for update;
    if not found or p.employer_id <> e.id or p.kind <> kind_ then
      perform refuse('EVENT_UNKNOWN', jsonb_build_object('event', left(plan_, 80), 'field', 'plan'));
    end if;
    if stage_ = 'DONE' and p.agency_id <> scope_agency() then
      perform refuse('EVENT_NOT_OWN', jsonb_build_object('event', p.id, 'agency', p.agency_id, 'field', 'plan'));
    end if;
    if not (stage_ = 'DONE' and p.stage in ('PLANNED', 'DRAFT')
        or stage_ = 'PLANNED' and p.stage = 'PROPOSED' and p.taken_up_as_id is null) then
      perform refuse('EVENT_WRONG_STAGE', jsonb_build_object('event', p.id, 'stage', p.stage, 'field', 'plan'));
    end if;
  end if;
  if plan_ is not null and stage_ = 'DONE' then
    v := said_debt_event(p, p_said);
    v.stage := stage_;
    -- What another party confirmed was not this.
    v.confirmed_at := null;
    v.confirmed_by := null;
    perform assert_debt_event(v);
    perform write_debt_event(v);
    update debt_event set stage = 'TAKEN_UP' where taken_up_as_id = v.id and stage = 'PROPOSED';
    return v.id;
  end if;
  v.id := gen_random_uuid()::text;
  v.topic := 'DEBT';
  v.area_id := e.area_id;
  v.province_id := e.province_id;
  v.employer_id := e.id;
  v.kind := kind_;
  v.stage := stage_;
  v.agency_id := scope_agency();
  v.contributor_id := scope_agency();
  -- What is said of an employer of demonstration data is demonstration data.
  v.source_id := e.source_id;
  v.known_from := clock_timestamp();
  v := said_debt_event(v, p_said);
  perform assert_debt_event(v);
  insert into debt_event select (v).*;
  if plan_ is not null then
    update debt_event set taken_up_as_id = v.id where id = plan_;
  end if;
  return v.id;
end $$;

-- Says anew what was done. What it said before stays in debt_fact_version; what another party confirmed was that.
create function correct_debt_event(p_event text, p_said jsonb, p_reason text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  was constant debt_event := own_debt_event(p_event);
  v debt_event%rowtype;
begin
  if was.stage <> 'DONE' then perform refuse_stage(was); end if;
  if (was.kind, was.employer_id) is distinct from (p_said ->> 'kind', p_said ->> 'employer_id')
     or p_said ->> 'plan_id' is not null then
    perform refuse('EVENT_NOT_SAME', jsonb_build_object('event', was.id, 'field', 'as'));
  end if;
  perform employer_of_debt(was.employer_id, debt_event_roles(was.kind, was.stage), false);
  v := said_debt_event(was, p_said);
  if v is not distinct from was then
    perform refuse('EVENT_UNCHANGED', jsonb_build_object('event', was.id, 'field', 'as'));
  end if;
  perform assert_debt_event(v);
  if (v.occurred_on, v.amount, v.agreed_by) is distinct from (was.occurred_on, was.amount, was.agreed_by) then
    v.kept := null;
  end if;
  v.confirmed_at := null;
  v.confirmed_by := null;
  v.reason := p_reason;
  perform write_debt_event(v);
end $$;

-- Takes back what was done, planned, drafted or proposed. A proposal that it had taken up is open again.
create function revoke_debt_event(p_event text, p_reason text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  v debt_event := own_debt_event(p_event);
begin
  if v.stage not in ('PROPOSED', 'PLANNED', 'DRAFT', 'DONE') or (acting_role() = 'UNION' and v.stage <> 'PROPOSED') then
    perform refuse_stage(v);
  end if;
  update debt_event set stage = 'PROPOSED', taken_up_as_id = null where taken_up_as_id = v.id;
  v.stage := 'REVOKED';
  v.taken_up_as_id := null;
  v.kept := null;
  v.agreed_by := null;
  v.reason := p_reason;
  perform write_debt_event(v);
end $$;

create function decline_inspection(p_event text, p_reason text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  v debt_event := seen_debt_event(p_event);
begin
  if not acts_about_debt(array['LABOUR'], v.area_id, v.province_id) then
    perform refuse('EVENT_UNKNOWN', jsonb_build_object('event', left(p_event, 80), 'field', 'event'));
  end if;
  if v.stage <> 'PROPOSED' or v.taken_up_as_id is not null then perform refuse_stage(v); end if;
  v.stage := 'DECLINED';
  v.reason := p_reason;
  perform write_debt_event(v);
end $$;

-- The other party's word. A union that took part cannot give it: it would open the event to itself.
create function confirm_debt_event(p_event text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  v debt_event := seen_debt_event(p_event);
begin
  if v.agency_id = scope_agency() or not scope_agency() = any(v.participant_ids)
     or not acts_about_debt(array['SI', 'LABOUR'], v.area_id, v.province_id) then
    perform refuse('CONFIRMATION_NOT_YOURS', jsonb_build_object('event', v.id, 'field', 'event'));
  end if;
  if v.stage <> 'DONE' then perform refuse_stage(v); end if;
  if v.confirmed_at is not null then
    perform refuse('EVENT_CONFIRMED', jsonb_build_object('event', v.id, 'field', 'event'));
  end if;
  -- As of the request, so that its own answer shows it.
  v.confirmed_at := scope_instant();
  v.confirmed_by := scope_agency();
  perform write_debt_event(v);
end $$;

-- Whether what was promised was done. Payments must say the same: from the session to the day that was agreed.
create function record_promise(p_event text, p_kept boolean) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  v debt_event := own_debt_event(p_event);
  today constant date := scope_day();
  paid bigint;
begin
  if v.agreed_by is null or v.stage <> 'DONE' then
    perform refuse('PROMISE_MISSING', jsonb_build_object('event', v.id, 'field', 'event'));
  end if;
  if v.kept = p_kept then
    perform refuse('EVENT_UNCHANGED', jsonb_build_object('event', v.id, 'field', 'kept'));
  end if;
  select coalesce(sum(amount), 0) into paid from payment
   where employer_id = v.employer_id and received_on between v.occurred_on and least(v.agreed_by, today)
     and (reversed_on is null or reversed_on > today);
  if today <= v.agreed_by and not (p_kept and coalesce(paid >= v.amount, false)) then
    perform refuse('PROMISE_OPEN', jsonb_build_object('event', v.id, 'day', v.agreed_by, 'field', 'kept'));
  end if;
  if (paid >= v.amount) is distinct from p_kept and v.amount is not null then
    perform refuse(case when p_kept then 'PROMISE_NOT_PAID' else 'PROMISE_PAID' end,
      jsonb_build_object('event', v.id, 'paid', paid::text, 'amount', v.amount::text, 'field', 'kept'));
  end if;
  v.kept := p_kept;
  perform write_debt_event(v);
end $$;

-- ------------------------------------------------------------------ steps of presences

-- A union's claim, by the number and the name that its members know: who hits both learns nothing new, and whoever
-- guesses numbers learns nothing at all. Natural persons are claimed like others, and never confirmed.
create function claim_union_presence(p_unit text, p_name text, p_since date) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  found_ constant text[] := array(select id from employer e
    where e.unit_code = p_unit and search_form(e.name_vi) = search_form(p_name)
      and scope_reaches_party('DEBT', e.area_id, e.province_id) order by 1);
  e employer%rowtype;
  p union_presence%rowtype;
begin
  if acting_role() is distinct from 'UNION' or cardinality(found_) <> 1 then
    perform refuse('EMPLOYER_NOT_FOUND', '{"field":"unitCode"}');
  end if;
  if p_since > scope_day() or p_since < date '1990-01-01' then
    perform refuse('EVENT_DAY_INVALID', jsonb_build_object('field', 'since', 'day', p_since, 'min', '1990-01-01',
      'max', scope_day()));
  end if;
  select * into e from employer where id = found_[1];
  perform pg_advisory_xact_lock(hashtextextended('debt of ' || e.id, 0));
  select * into p from union_presence where employer_id = e.id and agency_id = scope_agency() for update;
  if found and p.refused_at is null
     and (p.ended_on is null or (p.confirmed_at is not null and p.ended_on >= scope_day())) then
    perform refuse('PRESENCE_EXISTS', jsonb_build_object('presence', e.id || '|' || scope_agency(), 'field', 'unitCode'));
  end if;
  insert into union_presence (employer_id, agency_id, topic, area_id, province_id, since, claimed_at, source_id)
  values (e.id, scope_agency(), 'DEBT', e.area_id, e.province_id, p_since, scope_instant(), e.source_id)
  on conflict (employer_id, agency_id) do update set since = excluded.since, claimed_at = excluded.claimed_at,
    ended_on = null, confirmed_at = null, confirmed_by = null, refused_at = null, refused_by = null, reason = null;
  return e.id;
end $$;

-- A claim that the caller may answer or end, locked.
create function seen_union_presence(p_employer text, p_union text, p_own boolean) returns union_presence
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  p union_presence%rowtype;
begin
  select * into p from union_presence where employer_id = p_employer and agency_id = p_union for update;
  if not found or not (acts_about_debt(array['SI'], p.area_id, p.province_id)
      or (p_own and p.agency_id = scope_agency() and acting_role() = 'UNION' and 'DEBT' = any(scope_list('topics')))) then
    perform refuse('PRESENCE_UNKNOWN', jsonb_build_object('presence', left(concat_ws('|', p_employer, p_union), 160),
      'field', 'presence'));
  end if;
  return p;
end $$;

create function answer_union_presence(p_employer text, p_union text, p_refusal text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  p constant union_presence := seen_union_presence(p_employer, p_union, false);
begin
  if p.confirmed_at is not null or p.refused_at is not null or p.ended_on is not null then
    perform refuse('PRESENCE_WRONG_STATE', jsonb_build_object('presence', p_employer || '|' || p_union,
      'field', 'presence'));
  end if;
  if p_refusal is null and (select is_natural_person from employer where id = p.employer_id) then
    perform refuse('PRESENCE_OF_PERSON', jsonb_build_object('presence', p_employer || '|' || p_union,
      'field', 'presence'));
  end if;
  update union_presence set
    confirmed_at = case when p_refusal is null then scope_instant() end,
    confirmed_by = case when p_refusal is null then scope_agency() end,
    refused_at = case when p_refusal is not null then scope_instant() end,
    refused_by = case when p_refusal is not null then scope_agency() end,
    reason = p_refusal
  where employer_id = p.employer_id and agency_id = p.agency_id;
end $$;

-- By the insurance agency, or by the union itself.
create function end_union_presence(p_employer text, p_union text, p_last date, p_reason text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  p constant union_presence := seen_union_presence(p_employer, p_union, true);
begin
  if p.refused_at is not null or p.ended_on is not null then
    perform refuse('PRESENCE_WRONG_STATE', jsonb_build_object('presence', p_employer || '|' || p_union,
      'field', 'presence'));
  end if;
  if p_last not between p.since and scope_day() then
    perform refuse('EVENT_DAY_INVALID', jsonb_build_object('field', 'lastDay', 'day', p_last, 'min', p.since,
      'max', scope_day()));
  end if;
  update union_presence set ended_on = p_last, reason = p_reason
   where employer_id = p.employer_id and agency_id = p.agency_id;
end $$;

-- ------------------------------------------------------------------ who may call what

revoke execute on function log_debt_change(), acts_about_debt(text[], text, text), debt_event_roles(text, text),
  deals_with_debt(text, text), employer_of_debt(text, text[], boolean), seen_debt_event(text), own_debt_event(text),
  refuse_stage(debt_event), assert_debt_event(debt_event), said_debt_event(debt_event, jsonb),
  write_debt_event(debt_event), record_debt_event(jsonb), correct_debt_event(text, jsonb, text),
  revoke_debt_event(text, text), decline_inspection(text, text), confirm_debt_event(text),
  record_promise(text, boolean), claim_union_presence(text, text, date), seen_union_presence(text, text, boolean),
  answer_union_presence(text, text, text), end_union_presence(text, text, date, text)
  from public;
grant execute on function record_debt_event(jsonb), correct_debt_event(text, jsonb, text),
  revoke_debt_event(text, text), decline_inspection(text, text), confirm_debt_event(text),
  record_promise(text, boolean), claim_union_presence(text, text, date), answer_union_presence(text, text, text),
  end_union_presence(text, text, date, text)
  to lienthong_gateway;
