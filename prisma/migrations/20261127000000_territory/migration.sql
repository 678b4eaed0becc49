-- Territory in full: districts as history, steps between communes, and where their listing was mended.

-- CreateTable
CREATE TABLE "area_correction" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "locator" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "listed" TEXT NOT NULL,
    "used" TEXT,
    "area_id" TEXT,
    "reason_vi" TEXT NOT NULL,
    "reason_en" TEXT NOT NULL,

    CONSTRAINT "area_correction_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "area_correction_area_id_idx" ON "area_correction"("area_id");

-- AddForeignKey
ALTER TABLE "area_correction" ADD CONSTRAINT "area_correction_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- ------------------------------------------------------------------ checks

alter table area_correction add constraint area_correction_kind
  check (kind in ('CODE_WRONG', 'SUCCESSOR_CODE_UNKNOWN', 'SUCCESSOR_CODE_CONTRADICTED', 'PREDECESSOR_CODE_MISSING',
    'PREDECESSOR_MISSING'));

alter table area drop constraint area_kind;
alter table area add constraint area_kind check (kind in ('COUNTRY', 'REGION', 'PROVINCE', 'CITY', 'COMMUNE', 'WARD',
  'SPECIAL_ZONE', 'TOWNSHIP', 'DISTRICT', 'URBAN_DISTRICT', 'TOWN', 'PROVINCIAL_CITY', 'OFFICE_CLUSTER',
  'DISTRICT_COLLECTIVE'));

-- Only what kept its extent can be known to lie wholly in one successor.
alter table area_succession drop constraint area_succession_kind;
alter table area_succession
  add constraint area_succession_kind
    check (kind in ('MERGED', 'SPLIT', 'CONTINUED', 'KIND_CHANGED', 'RENAMED')),
  add constraint area_succession_split check (kind <> 'SPLIT' or not exact);

-- ------------------------------------------------------------------ who may read

alter table area_correction enable row level security;
grant select on area_correction to lienthong_gateway;
create policy read on area_correction for select to lienthong_gateway using ((select scope_any()));

-- ------------------------------------------------------------------ the territory of a grant

-- Areas that lie wholly in the given ones: members of groups, predecessors that are proven to have gone
-- wholly to a known area, and successors that consist of known areas only. A step that is not proven exact
-- widens nothing, in either direction.
create or replace function territory_closure(start text[]) returns text[]
  language plpgsql stable set search_path = pg_catalog, public as $$
declare
  known text[] := start;
  added text[];
begin
  loop
    added := array(
      select m.member_id from area_member m
       where m.group_id = any(known)
      union
      select s.predecessor_id from area_succession s
       where s.successor_id = any(known)
         and not exists (select from area_succession o
                          where o.predecessor_id = s.predecessor_id
                            and not (o.exact and o.successor_id = any(known)))
      union
      select s.successor_id from area_succession s
       where s.predecessor_id = any(known)
         and not exists (select from area_succession o
                          where o.successor_id = s.successor_id
                            and not (o.exact and o.predecessor_id = any(known)))
      except
      select unnest(known)
    );
    exit when cardinality(added) = 0;
    known := known || added;
  end loop;
  return known;
end $$;
