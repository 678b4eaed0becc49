-- What turns into evasion by itself and what does so if a reminder is sent are two facts of a position, each with its day and
-- amount; what changes next is what happens if nothing is done. Positions from before kept the earlier of the two alone:
-- where that needed a reminder, what else lies ahead is told when their day is identified again.
alter table debt_position
  add column reminded_evasion_on date,
  add column reminded_evasion_amount bigint,
  drop constraint debt_position_dates,
  drop constraint debt_position_withheld;
update debt_position set reminded_evasion_on = evasion_on, reminded_evasion_amount = evasion_amount,
  evasion_on = null, evasion_amount = null where evasion_needs_reminder;
update debt_position set next_on = null, next_state = null where next_needs_reminder;
alter table debt_position
  drop column next_needs_reminder,
  drop column evasion_needs_reminder,
  add constraint debt_position_dates check (became_late_amount between 0 and amount
    and evasion_amount between 0 and amount and reminded_evasion_amount between 0 and amount
    and next_on > as_of and evasion_on > as_of and reminded_evasion_on > as_of
    and (next_on is null) = (next_state is null) and (evasion_on is null) = (evasion_amount is null)
    and (reminded_evasion_on is null) = (reminded_evasion_amount is null)
    and (evasion_on is null or next_on <= evasion_on)),
  add constraint debt_position_withheld check (audience = 'INTERNAL'
    or num_nonnulls(became_late_on, became_late_amount, next_on, next_state, evasion_on, evasion_amount,
      reminded_evasion_on, reminded_evasion_amount) = 0);

-- CreateIndex
CREATE INDEX "debt_position_reminded_evasion" ON "debt_position"("province_id", "as_of", "reminded_evasion_on", "employer_id", "id");

-- As in the migration of the funds, with both days.
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
    next_state, evasion_on, evasion_amount, reminded_evasion_on, reminded_evasion_amount, source_id, contributor_id)
  select concat_ws('|', e.id, r.as_of, case when not i then 'PARTY' end), case when i then 'INTERNAL' else 'PARTY' end,
    'DEBT', e.area_id, e.province_id, e.id, r.as_of, p.state, p.state_reason, p.state_since, p.legal_basis, p.amount,
    p.months_late, p.oldest_due_on, case when i then p.workers_affected else p.party_workers_affected end,
    p.workers_band, case when i then p.amount_retirement end, case when i then p.amount_sickness end,
    case when i then p.amount_accident end, case when i then p.amount_unemployment end,
    case when i then p.amount_health end, case when i then p.became_late_on end, case when i then p.became_late_amount end,
    case when i then p.next_on end, case when i then p.next_state end, case when i then p.evasion_on end,
    case when i then p.evasion_amount end, case when i then p.reminded_evasion_on end,
    case when i then p.reminded_evasion_amount end,
    -- What is computed of generated facts is generated: one of them marks it.
    coalesce((select o.source_id from obligation o join source s on s.id = o.source_id where o.employer_id = e.id
      order by s.nature = 'SYNTHETIC' desc, o.time_period desc limit 1), e.source_id),
    coalesce(scope_agency(), e.contributor_id)
  from jsonb_to_recordset(p_rows) as p(employer_id text, state text, state_reason text, state_since date,
      legal_basis text, amount bigint, months_late int, oldest_due_on date, workers_affected int,
      party_workers_affected int, workers_band text, amount_retirement bigint, amount_sickness bigint,
      amount_accident bigint, amount_unemployment bigint, amount_health bigint, became_late_on date,
      became_late_amount bigint, next_on date, next_state text, evasion_on date, evasion_amount bigint,
      reminded_evasion_on date, reminded_evasion_amount bigint)
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
