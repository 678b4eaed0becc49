-- How facts of contribution debt come in: social insurance records and corrects them in its own territory. The reasons
-- stand in src/debt/README.md.

-- ------------------------------------------------------------------ change log

-- How payments are allocated follows from the facts and is no change of its own.
create trigger obligation_change_log after insert or delete on obligation
  for each row execute function log_change('employer_id', 'time_period');
create trigger obligation_correction_log after update on obligation
  for each row when ((old.due_on, old.workers, old.contribution_base, old.due_retirement, old.due_sickness,
      old.due_accident, old.due_unemployment, old.due_health, old.payment_cycle, old.registered_on)
    is distinct from (new.due_on, new.workers, new.contribution_base, new.due_retirement, new.due_sickness,
      new.due_accident, new.due_unemployment, new.due_health, new.payment_cycle, new.registered_on))
  execute function log_change('employer_id', 'time_period');
create trigger payment_change_log after insert or update or delete on payment
  for each row execute function log_change('id');
create trigger registration_duty_change_log after insert or update or delete on registration_duty
  for each row execute function log_change('id');
create trigger underdeclaration_change_log after insert or update or delete on underdeclaration
  for each row execute function log_change('id');
create trigger employer_change_log after insert or update or delete on employer
  for each row execute function log_change('id');

-- ------------------------------------------------------------------ steps

-- These functions are the only way in which the gateway writes facts: they run as the owner and check everything.

-- Employers of the caller's territory, one change at a time on each until the transaction ends, so that no allocation is
-- computed from facts that somebody else is changing. Another's is answered as one that is not there.
create function lock_debt_employers(p_employers text[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  other text;
begin
  perform from employer where id = any(p_employers) order by id for no key update;
  select left(i, 80) into other
    from unnest(p_employers) i left join employer e on e.id = i
   where e.id is null or not acts_for_debt(e.area_id, e.province_id)
   order by 1 limit 1;
  if found then
    perform refuse('EMPLOYER_UNKNOWN', jsonb_build_object('employer', other, 'field', 'employer'));
  end if;
end $$;

-- The day lies between two, or the row is refused; without a day it passes.
create function assert_fact_day(p_field text, p_day date, p_min date, p_max date) returns void
  language plpgsql stable set search_path = pg_catalog, public as $$
begin
  if p_day < p_min or p_day > p_max then
    perform refuse('DAY_OUT_OF_RANGE', jsonb_build_object('day', p_day, 'min', p_min, 'max', p_max, 'field', p_field));
  end if;
end $$;

-- The month is one, not of the future, and the employer was liable in it, or the row is refused.
create function assert_fact_month(p_employer employer, p_month text) returns void
  language plpgsql stable set search_path = pg_catalog, public as $$
declare
  first constant text := greatest('1995-01', to_char(p_employer.liable_from, 'YYYY-MM'));
  last constant text := to_char(least(scope_day(), p_employer.closed_on), 'YYYY-MM');
begin
  if p_month !~ '^\d{4}-(0[1-9]|1[0-2])$' or p_month < first or p_month > last then
    perform refuse('MONTH_OUT_OF_RANGE', jsonb_build_object('month', left(p_month, 40), 'min', first, 'max', last,
      'field', 'timePeriod'));
  end if;
end $$;

-- A new fact is of the caller's own numbers, and an id stays with its employer, or the row is refused.
create function assert_fact_id(p_id text, p_employer text, p_before text) returns void
  language plpgsql stable set search_path = pg_catalog, public as $$
begin
  if p_before is not null and p_before <> p_employer
     or p_before is null and not starts_with(p_id, scope_agency() || ':') then
    perform refuse('FACT_UNKNOWN', jsonb_build_object('value', left(p_id, 80), 'field', 'code'));
  end if;
end $$;

-- What is due goes down no further than what is paid: until `allocate_debt_payments` has its say, less is paid.
create function record_obligations(p_rows jsonb) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  r record;
begin
  perform lock_debt_employers(array(select distinct v ->> 'employer_id' from jsonb_array_elements(p_rows) v));
  for r in
    select e, n.*, o.time_period is null as is_new
      from jsonb_to_recordset(p_rows) as n(employer_id text, time_period text, due_on date, registered_on date)
           join employer e on e.id = n.employer_id
           left join obligation o on o.employer_id = n.employer_id and o.time_period = n.time_period
  loop
    if r.is_new then perform assert_fact_month(r.e, r.time_period); end if;
    perform assert_fact_day('registeredOn', r.registered_on, (r.time_period || '-01')::date, scope_day());
    perform assert_fact_day('dueOn', r.due_on, ((r.time_period || '-01')::date + interval '1 month')::date, null);
  end loop;
  insert into obligation as o (employer_id, topic, area_id, province_id, time_period, period_start, due_on, payment_cycle,
    registered_on, workers, contribution_base, due_retirement, due_sickness, due_accident, due_unemployment, due_health,
    paid_retirement, paid_sickness, paid_accident, paid_unemployment, paid_health, source_id, contributor_id)
  select e.id, 'DEBT', e.area_id, e.province_id, n.time_period, (n.time_period || '-01')::date, n.due_on, n.payment_cycle,
    n.registered_on, n.workers, n.contribution_base, n.due_retirement, n.due_sickness, n.due_accident,
    n.due_unemployment, n.due_health, 0, 0, 0, 0, 0, e.source_id, scope_agency()
    from jsonb_to_recordset(p_rows) as n(employer_id text, time_period text, due_on date, payment_cycle text,
      registered_on date, workers int, contribution_base bigint, due_retirement bigint, due_sickness bigint,
      due_accident bigint, due_unemployment bigint, due_health bigint)
         join employer e on e.id = n.employer_id
  on conflict (employer_id, time_period) do update set due_on = excluded.due_on,
    payment_cycle = excluded.payment_cycle, registered_on = excluded.registered_on, workers = excluded.workers,
    contribution_base = excluded.contribution_base, due_retirement = excluded.due_retirement,
    due_sickness = excluded.due_sickness, due_accident = excluded.due_accident,
    due_unemployment = excluded.due_unemployment, due_health = excluded.due_health,
    paid_retirement = least(o.paid_retirement, excluded.due_retirement),
    paid_sickness = least(o.paid_sickness, excluded.due_sickness),
    paid_accident = least(o.paid_accident, excluded.due_accident),
    paid_unemployment = least(o.paid_unemployment, excluded.due_unemployment),
    paid_health = least(o.paid_health, excluded.due_health), contributor_id = excluded.contributor_id;
end $$;

create function record_payments(p_rows jsonb) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  r record;
begin
  perform lock_debt_employers(array(select distinct v ->> 'employer_id' from jsonb_array_elements(p_rows) v));
  for r in
    select n.*, p.employer_id as before
      from jsonb_to_recordset(p_rows) as n(id text, employer_id text, received_on date, reversed_on date)
           left join payment p on p.id = n.id
  loop
    perform assert_fact_id(r.id, r.employer_id, r.before);
    perform assert_fact_day('receivedOn', r.received_on, '1995-01-01', scope_day());
    perform assert_fact_day('reversedOn', r.reversed_on, r.received_on, scope_day());
  end loop;
  insert into payment (id, topic, area_id, province_id, employer_id, received_on, amount, reversed_on, source_id,
    contributor_id)
  select n.id, 'DEBT', e.area_id, e.province_id, e.id, n.received_on, n.amount, n.reversed_on, e.source_id,
    scope_agency()
    from jsonb_to_recordset(p_rows) as n(id text, employer_id text, received_on date, amount bigint, reversed_on date)
         join employer e on e.id = n.employer_id
  on conflict (id) do update set received_on = excluded.received_on, amount = excluded.amount,
    reversed_on = excluded.reversed_on, contributor_id = excluded.contributor_id;
end $$;

create function record_registration_duties(p_rows jsonb) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  r record;
begin
  perform lock_debt_employers(array(select distinct v ->> 'employer_id' from jsonb_array_elements(p_rows) v));
  for r in
    select n.*, d.employer_id as before, e.liable_from
      from jsonb_to_recordset(p_rows) as n(id text, employer_id text, duty_from date, registered_on date)
           join employer e on e.id = n.employer_id left join registration_duty d on d.id = n.id
  loop
    perform assert_fact_id(r.id, r.employer_id, r.before);
    perform assert_fact_day('dutyFrom', r.duty_from, greatest('1995-01-01', r.liable_from), scope_day());
    perform assert_fact_day('registeredOn', r.registered_on, r.duty_from, scope_day());
  end loop;
  insert into registration_duty (id, topic, area_id, province_id, employer_id, duty_from, registered_on, workers, amount,
    source_id, contributor_id)
  select n.id, 'DEBT', e.area_id, e.province_id, e.id, n.duty_from, n.registered_on, n.workers, n.amount, e.source_id,
    scope_agency()
    from jsonb_to_recordset(p_rows) as n(id text, employer_id text, duty_from date, registered_on date, workers int,
      amount bigint)
         join employer e on e.id = n.employer_id
  on conflict (id) do update set duty_from = excluded.duty_from, registered_on = excluded.registered_on,
    workers = excluded.workers, amount = excluded.amount, contributor_id = excluded.contributor_id;
end $$;

create function record_underdeclarations(p_rows jsonb) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  r record;
begin
  perform lock_debt_employers(array(select distinct v ->> 'employer_id' from jsonb_array_elements(p_rows) v));
  for r in
    select e, n.*, u.employer_id as before, u.time_period is distinct from n.time_period as is_new_month
      from jsonb_to_recordset(p_rows) as n(id text, employer_id text, time_period text, corrected_on date)
           join employer e on e.id = n.employer_id left join underdeclaration u on u.id = n.id
  loop
    perform assert_fact_id(r.id, r.employer_id, r.before);
    if r.is_new_month then perform assert_fact_month(r.e, r.time_period); end if;
    perform assert_fact_day('correctedOn', r.corrected_on, (r.time_period || '-01')::date, scope_day());
  end loop;
  insert into underdeclaration (id, topic, area_id, province_id, employer_id, time_period, registered_base, legal_base,
    workers, corrected_on, amount, source_id, contributor_id)
  select n.id, 'DEBT', e.area_id, e.province_id, e.id, n.time_period, n.registered_base, n.legal_base, n.workers,
    n.corrected_on, n.amount, e.source_id, scope_agency()
    from jsonb_to_recordset(p_rows) as n(id text, employer_id text, time_period text, registered_base bigint,
      legal_base bigint, workers int, corrected_on date, amount bigint)
         join employer e on e.id = n.employer_id
  on conflict (id) do update set time_period = excluded.time_period, registered_base = excluded.registered_base,
    legal_base = excluded.legal_base, workers = excluded.workers, corrected_on = excluded.corrected_on,
    amount = excluded.amount, contributor_id = excluded.contributor_id;
end $$;

-- Keeps how the payments of employers are allocated, as the law engine says it. Which month the money goes to is the
-- engine's to know; that nothing is paid with money that is not there is held here.
create function allocate_debt_payments(p_employers text[], p_rows jsonb) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  other text;
begin
  perform lock_debt_employers(p_employers);
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

-- Employers of the caller's own numbers. They stay where they are, because what is told of them lies there too.
create function record_employers(p_rows jsonb, p_source text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  r record;
  other text;
begin
  if not exists (select from source where id = p_source) then
    perform refuse('SOURCE_UNKNOWN', jsonb_build_object('source', left(p_source, 80), 'field', 'source'));
  end if;
  perform from employer e
    where e.contributor_id = scope_agency()
      and e.unit_code in (select v ->> 'unit_code' from jsonb_array_elements(p_rows) v)
    order by e.id for no key update;
  for r in
    select n.*, a.id as known, a.province_id, e.id as employer_id, e.area_id as before
      from jsonb_to_recordset(p_rows) as n(unit_code text, area_id text, liable_from date, registered_on date,
             closed_on date)
           left join area a on a.id = n.area_id
           left join employer e on e.contributor_id = scope_agency() and e.unit_code = n.unit_code
  loop
    if r.known is null or r.province_id is null or not acts_for_debt(r.area_id, r.province_id) then
      perform refuse('TERRITORY_NOT_OWN', '{"field":"area"}');
    end if;
    if r.before <> r.area_id then
      perform refuse('EMPLOYER_PLACE_FIXED', jsonb_build_object('employer', r.employer_id, 'field', 'area'));
    end if;
    perform assert_fact_day('liableFrom', r.liable_from, null, scope_day());
    perform assert_fact_day('registeredOn', r.registered_on, null, scope_day());
    perform assert_fact_day('closedOn', r.closed_on, r.liable_from, scope_day());
    select min(o.time_period) into other from obligation o
     where o.employer_id = r.employer_id and o.time_period < to_char(r.liable_from, 'YYYY-MM');
    if other is not null then
      perform refuse('EMPLOYER_HAS_MONTH_BEFORE', jsonb_build_object('employer', r.employer_id, 'month', other,
        'field', 'liableFrom'));
    end if;
  end loop;
  insert into employer (id, topic, area_id, province_id, unit_code, name_vi, name_en, address, sector, ownership,
    size_band, is_natural_person, office_id, payment_cycle, liable_from, registered_on, closed_on, source_id,
    contributor_id)
  select scope_agency() || ':' || n.unit_code, 'DEBT', a.id, a.province_id, n.unit_code, n.name_vi, n.name_en, n.address,
    n.sector, n.ownership, n.size_band, n.is_natural_person, n.office_id, n.payment_cycle, n.liable_from,
    n.registered_on, n.closed_on, p_source, scope_agency()
    from jsonb_to_recordset(p_rows) as n(unit_code text, area_id text, name_vi text, name_en text, address text,
      sector text, ownership text, size_band text, is_natural_person boolean, office_id text, payment_cycle text,
      liable_from date, registered_on date, closed_on date)
         join area a on a.id = n.area_id
  on conflict (contributor_id, unit_code) do update set name_vi = excluded.name_vi, name_en = excluded.name_en,
    address = excluded.address, sector = excluded.sector, ownership = excluded.ownership,
    size_band = excluded.size_band, is_natural_person = excluded.is_natural_person, office_id = excluded.office_id,
    payment_cycle = excluded.payment_cycle, liable_from = excluded.liable_from,
    registered_on = excluded.registered_on, closed_on = excluded.closed_on;
end $$;

-- ------------------------------------------------------------------ who may call what

revoke execute on function lock_debt_employers(text[]), assert_fact_day(text, date, date, date),
  assert_fact_month(employer, text), assert_fact_id(text, text, text), record_obligations(jsonb), record_payments(jsonb),
  record_registration_duties(jsonb), record_underdeclarations(jsonb), allocate_debt_payments(text[], jsonb),
  record_employers(jsonb, text) from public;
grant execute on function lock_debt_employers(text[]), record_obligations(jsonb), record_payments(jsonb),
  record_registration_duties(jsonb), record_underdeclarations(jsonb), allocate_debt_payments(text[], jsonb),
  record_employers(jsonb, text) to lienthong_gateway;
