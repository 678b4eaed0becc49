-- Questions about figures cost what their answer costs, however many figures there are. The reasons stand in
-- src/observation/README.md; test/observation/plans.test.ts and test/bench/observations.bench.ts read the plans.

-- ------------------------------------------------------------------ indexes

DROP INDEX "observation_area_id_indicator_period_start_idx";
DROP INDEX "observation_province_id_indicator_period_start_idx";
DROP INDEX "observation_indicator_period_start_idx";
DROP INDEX "observation_release_id_idx";

-- A series of an area from a day on.
CREATE INDEX "observation_area_id_indicator_scheme_period_start_idx" ON "observation"("area_id", "indicator", "scheme", "period_start");
-- Both ends of the period are compared in the index, before a row is read.
CREATE INDEX "observation_province_id_indicator_period_start_period_end_idx" ON "observation"("province_id", "indicator", "period_start", "period_end");
CREATE INDEX "observation_indicator_period_start_period_end_idx" ON "observation"("indicator", "period_start", "period_end");
CREATE INDEX "observation_source_id_idx" ON "observation"("source_id");

-- What is published is a small part, and all that most readers meet: the gateway asks for it by name where a reader
-- can meet nothing else, and these hold nothing else. Prisma knows no partial indexes.
create index observation_published_figure on observation (figure_id, id) where audience = 'PUBLISHED';
create index observation_published_area on observation (area_id, indicator, period_start) where audience = 'PUBLISHED';
create index observation_published_province on observation (province_id, indicator, period_start)
  where audience = 'PUBLISHED';
create index observation_published_indicator on observation (indicator, period_start) where audience = 'PUBLISHED';
create index observation_published_source on observation (source_id) where audience = 'PUBLISHED';
-- Most rows belong to no release.
create index observation_release on observation (release_id) where release_id is not null;

-- Both days of a period say the same: taken for independent, a month looks like many times as many rows.
create statistics observation_periods (mcv) on period_start, period_end from observation;
alter statistics observation_periods set statistics 500;

-- ------------------------------------------------------------------ the province of a figure

-- The same guarantee as before, that a row's province is its area's, asked once a statement instead of once a row: a
-- fifth of what it took to load a row was that question.
drop trigger observation_province on observation;
drop trigger target_province on target;
drop function assert_province();

create function assert_provinces() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
declare
  figure text;
begin
  select n.figure_id into figure
    from added n left join area a on a.id = n.area_id
   where n.province_id is distinct from a.province_id
   limit 1;
  if found then
    raise exception 'the province of % % is not that of its area', tg_table_name, figure using errcode = 'LT003';
  end if;
  return null;
end $$;
revoke execute on function assert_provinces() from public;

create trigger observation_province after insert on observation
  referencing new table as added for each statement execute function assert_provinces();
create trigger target_province after insert on target
  referencing new table as added for each statement execute function assert_provinces();
