-- How payments are allocated follows a suspension in the transaction that records, corrects or revokes it. The reasons stand
-- in src/debt/README.md.

-- ------------------------------------------------------------------ one order of locks

-- Whoever changes facts of an employer or takes a step about it locks the employer first, and rows about it afterwards: so
-- nobody waits in a circle, and whoever waited reads what the other wrote. Taken of employers that the caller may act
-- on alone.

-- An employer about which the caller may record something, locked. Another's is answered as one that is not there.
create or replace function employer_of_debt(p_employer text, p_roles text[], p_proposes boolean) returns employer
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  e employer%rowtype;
begin
  select * into e from employer x
   where x.id = p_employer and (acts_about_debt(p_roles, x.area_id, x.province_id)
      or (p_proposes and acting_role() = 'UNION' and x.id = any(party_employers())))
   for no key update;
  if not found then
    perform refuse('EMPLOYER_UNKNOWN', jsonb_build_object('employer', left(p_employer, 80), 'field', 'employer'));
  end if;
  return e;
end $$;

-- An event that the caller sees, locked after its employer.
create or replace function seen_debt_event(p_event text) returns debt_event
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  v debt_event%rowtype;
begin
  select * into v from debt_event where id = p_event;
  if not found or not (acts_about_debt(array['SI', 'LABOUR'], v.area_id, v.province_id)
      or (v.agency_id = scope_agency() and acting_role() = 'UNION' and 'DEBT' = any(scope_list('topics')))) then
    perform refuse('EVENT_UNKNOWN', jsonb_build_object('event', left(p_event, 80), 'field', 'event'));
  end if;
  perform from employer where id = v.employer_id for no key update;
  select * into v from debt_event where id = p_event for update;
  return v;
end $$;

-- ------------------------------------------------------------------ who has payments allocated anew

-- Locks employers whose payments the caller may have allocated anew: social insurance of the territory; and the labour
-- authority there those of which its agency has recorded, corrected or revoked a suspension in this very transaction. The
-- feed of changes says so: a trigger writes it with the transaction's number, and the gateway cannot.
create function lock_debt_allocation(p_employers text[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  here constant bigint := change_number();
  other text;
begin
  perform from employer where id = any(p_employers) order by id for no key update;
  select left(i, 80) into other
    from unnest(p_employers) i left join employer e on e.id = i
   where e.id is null or not (acts_for_debt(e.area_id, e.province_id)
     or (acts_about_debt(array['LABOUR'], e.area_id, e.province_id)
       and exists (select from debt_change c join debt_event v on v.id = c.items[1]
         where c.employer_id = e.id and c.changed_in = here and c.event_kind = 'SUSPENSION'
           and v.employer_id = e.id and v.agency_id = scope_agency())))
   order by 1 limit 1;
  if found then
    perform refuse('EMPLOYER_UNKNOWN', jsonb_build_object('employer', other, 'field', 'employer'));
  end if;
end $$;

-- Keeps how the payments of employers are allocated, as the law engine says it. Which month the money goes to is the
-- engine's to know; that nothing is paid with money that is not there is held here.
create or replace function allocate_debt_payments(p_employers text[], p_rows jsonb) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  other text;
begin
  perform lock_debt_allocation(p_employers);
  update obligation o set paid_retirement = n.paid_retirement, paid_sickness = n.paid_sickness,
    paid_accident = n.paid_accident, paid_unemployment = n.paid_unemployment, paid_health = n.paid_health
    from jsonb_to_recordset(p_rows) as n(employer_id text, time_period text, paid_retirement bigint,
      paid_sickness bigint, paid_accident bigint, paid_unemployment bigint, paid_health bigint)
   where o.employer_id = n.employer_id and o.time_period = n.time_period and n.employer_id = any(p_employers);
  select e into other
    from unnest(p_employers) e
   where coalesce((select sum(o.paid_retirement::numeric + o.paid_sickness + o.paid_accident + o.paid_unemployment
       + o.paid_health) from obligation o where o.employer_id = e), 0)
     > coalesce((select sum(p.amount) from payment p where p.employer_id = e and p.received_on <= scope_day()
       and (p.reversed_on is null or p.reversed_on > scope_day())), 0)
   limit 1;
  if found then
    raise exception 'more is allocated to the obligations of % than was paid', other using errcode = 'LT003';
  end if;
end $$;

-- ------------------------------------------------------------------ who may call what

revoke execute on function lock_debt_allocation(text[]) from public;
grant execute on function lock_debt_allocation(text[]) to lienthong_gateway;
