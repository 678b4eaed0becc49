-- What of a position is owed to each insurance fund. Told to the agencies of the territory alone: shares of the funds tell
-- who pays in part and who is suspended. Positions from before have no split until their day is identified again. The
-- reasons stand in src/debt/README.md.
alter table debt_position
  add column amount_retirement bigint,
  add column amount_sickness bigint,
  add column amount_accident bigint,
  add column amount_unemployment bigint,
  add column amount_health bigint,
  add constraint debt_position_funds check (
    num_nulls(amount_retirement, amount_sickness, amount_accident, amount_unemployment, amount_health) in (0, 5)
    and least(amount_retirement, amount_sickness, amount_accident, amount_unemployment, amount_health) >= 0
    and amount_retirement + amount_sickness + amount_accident + amount_unemployment + amount_health = amount),
  add constraint debt_position_funds_withheld check (audience = 'INTERNAL'
    or num_nonnulls(amount_retirement, amount_sickness, amount_accident, amount_unemployment, amount_health) = 0);

-- As in the migration of the operator's identification, fund by fund: both kinds of runs write by it.
create or replace function put_debt_positions(r debt_identification, p_part int, p_parts int, p_employers int, p_rows jsonb)
  returns void language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  written int;
  unsplit int;
begin
  if r.state <> 'RUNNING' then perform refuse('JOB_LOST'); end if;
  if p_part <> r.parts_written + 1 or p_part > p_parts then
    raise exception 'parts of a day are written in their order' using errcode = 'LT003';
  end if;
  if p_part = 1 then
    delete from debt_position where province_id = r.province_id and as_of = r.as_of;
  end if;
  insert into debt_position (id, audience, topic, area_id, province_id, employer_id, as_of, state, state_reason,
    state_since, legal_basis, amount, months_late, oldest_due_on, workers_affected, workers_band, amount_retirement,
    amount_sickness, amount_accident, amount_unemployment, amount_health, became_late_on, became_late_amount, next_on,
    next_state, next_needs_reminder, evasion_on, evasion_needs_reminder, evasion_amount, source_id, contributor_id)
  select concat_ws('|', e.id, r.as_of, case when not i then 'PARTY' end), case when i then 'INTERNAL' else 'PARTY' end,
    'DEBT', e.area_id, e.province_id, e.id, r.as_of, p.state, p.state_reason, p.state_since, p.legal_basis, p.amount,
    p.months_late, p.oldest_due_on, case when i then p.workers_affected else p.party_workers_affected end,
    p.workers_band, case when i then p.amount_retirement end, case when i then p.amount_sickness end,
    case when i then p.amount_accident end, case when i then p.amount_unemployment end,
    case when i then p.amount_health end, case when i then p.became_late_on end, case when i then p.became_late_amount end,
    case when i then p.next_on end, case when i then p.next_state end, case when i then p.next_needs_reminder end,
    case when i then p.evasion_on end, case when i then p.evasion_needs_reminder end,
    case when i then p.evasion_amount end,
    -- What is computed of generated facts is generated: one of them marks it.
    coalesce((select o.source_id from obligation o join source s on s.id = o.source_id where o.employer_id = e.id
      order by s.nature = 'SYNTHETIC' desc, o.time_period desc limit 1), e.source_id),
    coalesce(scope_agency(), e.contributor_id)
  from jsonb_to_recordset(p_rows) as p(employer_id text, state text, state_reason text, state_since date,
      legal_basis text, amount bigint, months_late int, oldest_due_on date, workers_affected int,
      party_workers_affected int, workers_band text, amount_retirement bigint, amount_sickness bigint,
      amount_accident bigint, amount_unemployment bigint, amount_health bigint, became_late_on date,
      became_late_amount bigint, next_on date, next_state text, next_needs_reminder boolean, evasion_on date,
      evasion_needs_reminder boolean, evasion_amount bigint)
    join employer e on e.id = p.employer_id and e.province_id = r.province_id
    cross join (values (true), (false)) as v(i)
  where i or not e.is_natural_person;
  if p_part < p_parts then
    update debt_identification set parts_written = p_part where id = r.id;
    return;
  end if;
  select count(*), count(*) filter (where amount_health is null) into written, unsplit from debt_position
   where province_id = r.province_id and as_of = r.as_of and audience = 'INTERNAL';
  if unsplit > 0 then
    raise exception 'what is owed is written fund by fund' using errcode = 'LT003';
  end if;
  update debt_identification set state = 'DONE', ended_at = clock_timestamp(), parts_written = p_part, done = total,
    employers = p_employers, positions = written,
    states = (select coalesce(jsonb_object_agg(state, n), '{}') from (select state, count(*) as n from debt_position
      where province_id = r.province_id and as_of = r.as_of and audience = 'INTERNAL' and state is not null group by 1) s),
    reasons = (select coalesce(jsonb_object_agg(state_reason, n), '{}') from (select state_reason, count(*) as n
      from debt_position where province_id = r.province_id and as_of = r.as_of and audience = 'INTERNAL'
        and state is null group by 1) s)
   where id = r.id;
end $$;
