-- What a release of the debts of one province states beside sector and state: ownership or size. Each is protected together
-- with the sector, but not with the other one, so that of a province and quarter there is one of them for good.

-- AlterTable
ALTER TABLE "release" ADD COLUMN     "breakdown" TEXT;

alter table release add constraint release_breakdown check (breakdown is null
  or dataflow = 'DEBT_QUARTERLY' and province_id is not null and breakdown in ('ownership', 'size'));

-- Approved ones are never written again, and stay as they are: of those that state ownership it follows from their cells.
alter table release disable trigger user;
update release r set breakdown = 'ownership'
 where r.dataflow = 'DEBT_QUARTERLY' and r.province_id is not null
   and (r.approved_at is null or exists (select from release_cell c where c.release_id = r.id and c.breakdown like 'ownership=%'));
alter table release enable trigger user;

-- Said when it is drafted, and never changed.
grant insert (breakdown) on release to lienthong_gateway;

-- Refuses what another release of the province and quarter rules out. A draft learns of its own provider's and of published
-- ones; the approval of all, withdrawn ones too, because they were read.
create function assert_release_breakdown() returns trigger
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  other text;
begin
  select o.breakdown into other from release o
   where o.dataflow = new.dataflow and o.province_id = new.province_id and release_day(o) = release_day(new)
     and o.id <> new.id and o.approved_at is not null and o.breakdown <> new.breakdown
     and (tg_op = 'UPDATE' or o.provider_id = new.provider_id or o.published_at <= clock_timestamp())
   limit 1;
  if found then
    perform refuse('BREAKDOWN_TAKEN', jsonb_strip_nulls(jsonb_build_object('breakdown', other,
      'field', case when tg_op = 'INSERT' then 'breakdown' end)));
  end if;
  return new;
end $$;
revoke execute on function assert_release_breakdown() from public;
create trigger release_breakdown_inserted before insert on release
  for each row when (new.breakdown is not null) execute function assert_release_breakdown();
create trigger release_breakdown_approved before update on release
  for each row when (new.breakdown is not null and old.approved_at is null and new.approved_at is not null)
  execute function assert_release_breakdown();
