-- A promise is for a day within a year of the session: one for a day that nobody lives to see would stay open for ever.

-- Days, participants and causes of an event as it is to stand; and that its agency has not said the same already.
create or replace function assert_debt_event(v debt_event) returns void
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
  if v.agreed_by not between v.occurred_on and v.occurred_on + 366 then
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
