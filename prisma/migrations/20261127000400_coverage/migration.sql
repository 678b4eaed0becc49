-- What a code is in another list; and how far a published target is verified.

CREATE TABLE "code_mapping" (
    "id" TEXT NOT NULL,
    "from_list" TEXT NOT NULL,
    "from_code" TEXT NOT NULL,
    "to_list" TEXT,
    "to_code" TEXT,
    "relation" TEXT NOT NULL,
    "exact" BOOLEAN NOT NULL,
    "instrument" TEXT,
    "basis" TEXT NOT NULL,

    CONSTRAINT "code_mapping_pkey" PRIMARY KEY ("id")
);

alter table code_mapping
  add constraint code_mapping_relation check (relation in ('SAME', 'PART_OF', 'COVERED_BY', 'UNMAPPED')),
  add constraint code_mapping_counterpart check ((relation = 'UNMAPPED') = (to_code is null)
    and (to_list is null) = (to_code is null) and not (relation = 'UNMAPPED' and exact));

-- Reference data, like the code lists.
alter table code_mapping enable row level security;
grant select on code_mapping to lienthong_gateway;
create policy read on code_mapping for select to lienthong_gateway using ((select scope_any()));

ALTER TABLE "target" ADD COLUMN "reliability" TEXT;

alter table target
  add constraint target_reliability check (reliability in ('TEXT', 'OCR', 'SECONDARY', 'UNVERIFIED'));
