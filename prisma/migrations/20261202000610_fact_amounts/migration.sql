-- Amounts of facts have a limit, so that what an employer owes and pays in all its months adds up inside a column; and
-- what is due is a share of the salaries, so that it is never more than them.

-- Amounts of the rows, by column and field, lie between the least and 10^15, or the row is refused.
create function assert_fact_amounts(p_rows jsonb, p_fields jsonb, p_min bigint) returns void
  language plpgsql stable set search_path = pg_catalog, public as $$
declare
  r record;
begin
  select f.value as field, v ->> f.key as amount into r
    from jsonb_array_elements(p_rows) v, jsonb_each_text(p_fields) f
   where (v ->> f.key)::numeric not between p_min and 1000000000000000
   limit 1;
  if found then
    perform refuse('NUMBER_OUT_OF_BOUNDS', jsonb_build_object('value', r.amount, 'min', p_min, 'max', '1000000000000000',
      'field', r.field));
  end if;
end $$;

create or replace function record_obligations(p_rows jsonb) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  r record;
begin
  perform lock_debt_employers(array(select distinct v ->> 'employer_id' from jsonb_array_elements(p_rows) v));
  perform assert_fact_amounts(p_rows, '{"contribution_base":"contributionBase","due_retirement":"retirement","due_sickness":"sickness","due_accident":"accident",
    "due_unemployment":"unemployment","due_health":"health"}', 0);
  for r in
    select e, n.*, o.time_period is null as is_new
      from jsonb_to_recordset(p_rows) as n(employer_id text, time_period text, due_on date, registered_on date,
             contribution_base bigint, due_retirement bigint, due_sickness bigint, due_accident bigint,
             due_unemployment bigint, due_health bigint)
           join employer e on e.id = n.employer_id
           left join obligation o on o.employer_id = n.employer_id and o.time_period = n.time_period
  loop
    if r.is_new then perform assert_fact_month(r.e, r.time_period); end if;
    perform assert_fact_day('registeredOn', r.registered_on, (r.time_period || '-01')::date, scope_day());
    if r.due_retirement + r.due_sickness + r.due_accident + r.due_unemployment + r.due_health > r.contribution_base then
      perform refuse('DUE_ABOVE_BASE', jsonb_build_object('base', r.contribution_base::text, 'due', (r.due_retirement
        + r.due_sickness + r.due_accident + r.due_unemployment + r.due_health)::text, 'field', 'contributionBase'));
    end if;
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

create or replace function record_payments(p_rows jsonb) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  r record;
begin
  perform lock_debt_employers(array(select distinct v ->> 'employer_id' from jsonb_array_elements(p_rows) v));
  perform assert_fact_amounts(p_rows, '{"amount":"amount"}', 1);
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

create or replace function record_registration_duties(p_rows jsonb) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  r record;
begin
  perform lock_debt_employers(array(select distinct v ->> 'employer_id' from jsonb_array_elements(p_rows) v));
  perform assert_fact_amounts(p_rows, '{"amount":"amount"}', 0);
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

create or replace function record_underdeclarations(p_rows jsonb) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  r record;
begin
  perform lock_debt_employers(array(select distinct v ->> 'employer_id' from jsonb_array_elements(p_rows) v));
  perform assert_fact_amounts(p_rows, '{"registered_base":"registeredBase","legal_base":"legalBase","amount":"amount"}', 0);
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

revoke execute on function assert_fact_amounts(jsonb, jsonb, bigint) from public;
