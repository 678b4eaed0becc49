-- An employer is collected from by an office that serves its place, and its number is its own in its province: by number
-- and province the statutory list, unions' claims and what is known to the public name it. The reasons stand in
-- src/debt/README.md.

-- One number of two employers of a province would name both.
CREATE UNIQUE INDEX "employer_province_id_unit_code_key" ON "employer"("province_id", "unit_code");

-- Whether the office serves the area: the national one all, another those of its areas, what lies in a province that is
-- its own, and what belongs to its cluster.
create function office_serves(p_office text, p_area text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select from office o join area a on a.id = p_area
     where o.id = p_office and (o.level = 'NATIONAL' or exists (select from office_area s
       where s.office_id = o.id and (s.area_id in (a.id, a.province_id)
         or exists (select from area_member m where m.group_id = s.area_id and m.member_id = a.id)))))
$$;

-- Of the caller's rows of employers those that are wrong though the caller may not see why: an office that does not
-- serve the place, a number that another agency keeps in the province. Until the transaction ends nobody else records
-- employers of these provinces, so that two at the same time do not take one number.
create function wrong_employer_rows(p_rows jsonb) returns table (unit_code text, office text, keeper text)
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('employers of ' || p, 0))
     from (select distinct a.province_id as p from jsonb_array_elements(p_rows) v join area a on a.id = v ->> 'area_id'
       where a.province_id is not null order by 1) provinces;
  return query
  select n.unit_code, case when not office_serves(n.office_id, a.id) then n.office_id end, e.contributor_id
    from jsonb_to_recordset(p_rows) as n(unit_code text, area_id text, office_id text)
         join area a on a.id = n.area_id and acts_for_debt(a.id, a.province_id)
         left join employer e on e.province_id = a.province_id and e.unit_code = n.unit_code
           and e.contributor_id <> scope_agency()
   where e.id is not null or not office_serves(n.office_id, a.id)
   order by n.unit_code;
end $$;

-- Employers of the caller's own numbers. They stay where they are, because what is told of them lies there too.
create or replace function record_employers(p_rows jsonb, p_source text) returns void
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
  select * into r from wrong_employer_rows(p_rows) limit 1;
  if r.office is not null then
    perform refuse('OFFICE_NOT_SERVING', jsonb_build_object('office', left(r.office, 40), 'field', 'office'));
  end if;
  if r.keeper is not null then
    perform refuse('UNIT_CODE_TAKEN', jsonb_build_object('value', left(r.unit_code, 80), 'agency', r.keeper,
      'field', 'unitCode'));
  end if;
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

revoke execute on function office_serves(text, text), wrong_employer_rows(jsonb) from public;
grant execute on function wrong_employer_rows(jsonb) to lienthong_gateway;
