-- A suspension or a reason that excuses, decided between the day of the debt and the cut-off, counts for the list: what
-- the position of the day calls evading may then be late.

-- An entry that the rules do not let stand, as far as the tables tell: its employer's position of the day, and never a
-- natural person. What is late of one that evades may be what is left after a payment until the cut-off, or excused or
-- suspended by then; a payment that was taken back by then is owed beside the position. What the version before says
-- already may stand.
create or replace function wrong_statutory_entry(p_list text) returns text
  language sql stable security definer set search_path = pg_catalog, public as $$
  select e.unit_code from statutory_list_entry e join statutory_list l on l.id = e.list_id
   where e.list_id = p_list
     and not exists (select from statutory_list_entry b where b.list_id = l.supersedes_id and b.removed_at is null
       and b.unit_code = e.unit_code
       and (b.name_vi, b.address, b.office_name_vi, b.office_name_en, b.listed_as, b.workers, b.months_late, b.amount)
         = (e.name_vi, e.address, e.office_name_vi, e.office_name_en, e.listed_as, e.workers, e.months_late, e.amount)
       and b.legal_basis is not distinct from e.legal_basis)
     and not exists (select from employer m join debt_position d on d.employer_id = m.id and d.as_of = l.debt_on
         and d.audience = 'INTERNAL',
         lateral (select coalesce(bool_or(y.received_on > l.debt_on and y.received_on <= l.paid_until
               and (y.reversed_on is null or y.reversed_on > l.paid_until)), false) as has_paid,
             coalesce(sum(y.amount) filter (where y.received_on <= l.debt_on and y.reversed_on > l.debt_on
               and y.reversed_on <= l.paid_until), 0) as taken_back
           from payment y where y.employer_id = m.id) money,
         lateral (select exists (select from debt_event v where v.employer_id = m.id and v.stage = 'DONE'
             and v.kind in ('FORCE_MAJEURE', 'SUSPENSION')
             and v.occurred_on > l.debt_on and v.occurred_on <= l.paid_until) as is_relieved) act
       where m.unit_code = e.unit_code and m.province_id = l.province_id and not m.is_natural_person
         and m.name_vi = e.name_vi and m.address = e.address
         and d.state not in ('ON_TIME', 'SUSPENDED', 'HARD_TO_COLLECT')
         and (d.state like 'EVASION%' and (e.listed_as = 'EVADING' or money.has_paid and e.months_late < d.months_late
             or act.is_relieved)
           or d.state not like 'EVASION%' and (e.listed_as = 'LATE' or money.taken_back > 0))
         and e.amount > 0 and e.amount <= d.amount + money.taken_back
         and (e.months_late <= d.months_late or money.taken_back > 0) and e.months_late >= l.months_late_min)
   order by 1 limit 1
$$;
