-- Links under which a table leaves the graph as a file, and how a stream's records say that it was broken off. The
-- reasons stand in src/observation/README.md and src/audit/README.md.

-- CreateTable
CREATE TABLE "export_link" (
    "id" TEXT NOT NULL,
    "agency_id" TEXT NOT NULL,
    "application_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "export_link_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "export_link_agency_id_expires_at_idx" ON "export_link"("agency_id", "expires_at");

-- AddForeignKey
ALTER TABLE "export_link" ADD CONSTRAINT "export_link_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "export_link" ADD CONSTRAINT "export_link_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- 128 random bits: an id that is guessed needs the agency's token all the same.
alter table export_link
  add constraint export_link_id check (id ~ '^[A-Za-z0-9_-]{22}$'),
  add constraint export_link_source check (source ~ '^[a-z][A-Za-z]{2,39}$');

create function scope_application() returns text
  language sql stable parallel safe set search_path = pg_catalog, public as $$
  select scope() ->> 'application'
$$;

-- A link is the program's that made it: of its agency alone, and for minutes.
alter table export_link enable row level security;
grant select, delete on export_link to lienthong_gateway;
grant insert (id, agency_id, application_id, source, filter, expires_at) on export_link to lienthong_gateway;
create policy read on export_link for select to lienthong_gateway
  using (agency_id = (select scope_agency()) and application_id = (select scope_application()));
create policy make on export_link for insert to lienthong_gateway
  with check (agency_id = (select scope_agency()) and application_id = (select scope_application())
    and expires_at <= (select scope_instant()) + interval '10 minutes');
-- One that is past its day is nobody's any more.
create policy clear on export_link for delete to lienthong_gateway
  using (agency_id = (select scope_agency()) and application_id = (select scope_application())
    and expires_at < (select scope_instant()) - interval '1 day');

revoke execute on function scope_application() from public;
grant execute on function scope_application() to lienthong_gateway;

-- A stream that its reader or the gateway broke off gave what it gave.
alter table access_record drop constraint access_record_outcome,
  add constraint access_record_outcome check (outcome in ('INTENDED', 'ANSWERED', 'PARTIAL', 'REFUSED', 'FAILED',
    'BROKEN_OFF', 'OPENED', 'LOST'));
