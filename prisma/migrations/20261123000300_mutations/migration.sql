-- AlterTable
ALTER TABLE "change_record" ADD COLUMN     "agency_id" TEXT,
ADD COLUMN     "application_id" TEXT,
ADD COLUMN     "request_id" TEXT;

-- CreateIndex
CREATE INDEX "change_record_agency_id_changed_at_idx" ON "change_record"("agency_id", "changed_at");

-- A mutation is recorded twice: INTENDED before it touches the database, and as it ended.
alter table access_record drop constraint access_record_outcome;
alter table access_record
  add constraint access_record_outcome check (outcome in ('INTENDED', 'ANSWERED', 'PARTIAL', 'REFUSED', 'FAILED'));

-- ------------------------------------------------------------------ refusals with a public code

-- Says no in the gateway's own words: `code` is one of errorTable, `parameters` fill its sentence.
create function refuse(code text, parameters jsonb default '{}') returns void
  language plpgsql set search_path = pg_catalog, public as $$
begin
  raise exception '%', code using errcode = 'LT100', detail = parameters::text;
end $$;

-- ------------------------------------------------------------------ the change log

-- Writes what a mutation changed, in the mutation's own transaction, so that neither is there without
-- the other. Loads run as the owner without a scope and account for themselves. The trigger's arguments
-- are the columns of the entity's id. Runs as the owner: the gateway writes the change log in no other way.
create function log_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  setting constant text := current_setting('lienthong.scope', true);
  said jsonb;
  before jsonb := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) end;
  after jsonb := case when tg_op = 'DELETE' then '{}'::jsonb else to_jsonb(new) end;
  whole constant jsonb := before || after;
begin
  if setting is null or setting = '' then return null; end if;
  said := setting::jsonb;
  if tg_op = 'UPDATE' then
    select coalesce(jsonb_object_agg(key, before -> key), '{}'), coalesce(jsonb_object_agg(key, value), '{}')
      into before, after
      from jsonb_each(after) as a(key, value)
     where before -> key is distinct from value;
    if after = '{}' then return null; end if;
  end if;
  insert into change_record (id, changed_at, actor, agency_id, application_id, request_id, action, entity, entity_id,
    detail)
  values (gen_random_uuid()::text, date_trunc('milliseconds', clock_timestamp()),
    concat_ws('/', said ->> 'agency', said ->> 'subject'), said ->> 'agency', said ->> 'application',
    said ->> 'request', tg_op, tg_table_name,
    (select string_agg(whole ->> c, '/' order by n) from unnest(tg_argv) with ordinality as a(c, n)),
    jsonb_build_object('before', before, 'after', after));
  return null;
end $$;

create function scope_subject() returns text
  language sql stable parallel safe set search_path = pg_catalog, public as $$
  select scope() ->> 'subject'
$$;

revoke execute on function refuse(text, jsonb), log_change(), scope_subject() from public;
grant execute on function refuse(text, jsonb), scope_subject() to lienthong_gateway;
