-- Who can owe is known from the business register: so many employers of a sector in a commune, and no more. A release of
-- debts is protected against who knows that. The reasons stand in src/release/README.md.

-- AlterTable
ALTER TABLE "release_cell" ADD COLUMN     "coalition_upper" BIGINT,
ADD COLUMN     "known_upper" BIGINT;

alter table release_cell
  add constraint release_cell_upper check (coalition_upper <= known_upper and value <= coalition_upper);

-- Employers of whose debt on a day the press and the unions together know, for the protection of amounts. Certain:
-- a version of the statutory list prints this amount, and as whom it lists them. Others they may know: from other lists,
-- as a union that has members there, or from a correction to come, which may add whoever is late enough for the list
-- and not on it.
drop function audience_employers(date);
create function audience_employers(p_day date)
  returns table (employer_id text, is_certain boolean, listed_as text[])
  language sql stable security definer set search_path = pg_catalog, public as $$
  select id, bool_or(certain), array_agg(distinct listed collate "C") filter (where certain) from (
    select m.id, coalesce(d.amount = e.amount, false) as certain, e.listed_as as listed
      from statutory_list_entry e
      join employer m on m.unit_code = e.unit_code and m.province_id = e.province_id
      left join debt_position d on d.employer_id = m.id and d.as_of = p_day and d.audience = 'INTERNAL'
     where e.published_at is not null
    union all
    select p.employer_id, false, null from union_presence p join employer m on m.id = p.employer_id
     where p.confirmed_at is not null and not m.is_natural_person
    union all
    select d.employer_id, false, null from debt_position d join employer m on m.id = d.employer_id
     where d.as_of = p_day and d.audience = 'INTERNAL' and d.amount > 0 and not m.is_natural_person
       and d.state not in ('ON_TIME', 'SUSPENDED', 'HARD_TO_COLLECT')
       and d.months_late >= coalesce((select min(l.value::int) from legal_parameter l
         where l.code = 'LIST_MONTHS_LATE_MIN'), 1)) k
  where scope_engine() is not null
  group by id
$$;

revoke execute on function audience_employers(date) from public;
grant execute on function audience_employers(date) to lienthong_gateway;

-- What the audience knows, or may know, of who owes in a place on a day: the same text as long as it is the same.
create or replace function debt_knowledge(p_day date, p_province text) returns text
  language sql stable security definer set search_path = pg_catalog, public as $$
  select encode(sha256(convert_to(coalesce(string_agg(
      concat_ws(' ', k.employer_id, k.is_certain, d.amount, array_to_string(k.listed_as, '+')), E'\n'
      order by k.employer_id collate "C"), ''), 'UTF8')), 'hex')
    from audience_employers(p_day) k
    join debt_position d on d.employer_id = k.employer_id and d.as_of = p_day and d.audience = 'INTERNAL'
   where d.amount > 0 and (p_province is null or d.province_id = p_province)
$$;
