-- The access log and the change log as transparency logs: monthly partitions, trees, checkpoints, keys.
-- The reasons stand in src/audit/README.md.

-- CreateTable
CREATE TABLE "log_tree" (
    "origin" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "first_number" BIGINT NOT NULL,
    "first_entry" BIGINT NOT NULL DEFAULT 0,
    "size" BIGINT NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "predecessor" TEXT,
    "signer" TEXT,
    "signer_until" TIMESTAMPTZ(3),

    CONSTRAINT "log_tree_pkey" PRIMARY KEY ("origin")
);

-- CreateTable
CREATE TABLE "log_key" (
    "origin" TEXT NOT NULL,
    "vkey" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_key_pkey" PRIMARY KEY ("origin","vkey")
);

-- CreateTable
CREATE TABLE "log_checkpoint" (
    "origin" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_checkpoint_pkey" PRIMARY KEY ("origin","size")
);

-- CreateTable
CREATE TABLE "log_cosignature" (
    "origin" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "vkey" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "agency_id" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_cosignature_pkey" PRIMARY KEY ("origin","size","vkey")
);

-- CreateTable
CREATE TABLE "log_tile" (
    "origin" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "position" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "hashes" BYTEA NOT NULL,

    CONSTRAINT "log_tile_pkey" PRIMARY KEY ("origin","level","position")
);

-- CreateTable
CREATE TABLE "change_leaf" (
    "number" BIGINT NOT NULL,
    "change_id" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "leaf" BYTEA NOT NULL,

    CONSTRAINT "change_leaf_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "change_pending" (
    "change_id" TEXT NOT NULL,

    CONSTRAINT "change_pending_pkey" PRIMARY KEY ("change_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "log_tree_kind_epoch_key" ON "log_tree"("kind", "epoch");

-- CreateIndex
CREATE INDEX "log_checkpoint_origin_signed_at_idx" ON "log_checkpoint"("origin", "signed_at");

-- CreateIndex
CREATE UNIQUE INDEX "change_leaf_change_id_key" ON "change_leaf"("change_id");

-- AddForeignKey
ALTER TABLE "log_cosignature" ADD CONSTRAINT "log_cosignature_origin_size_fkey" FOREIGN KEY ("origin", "size") REFERENCES "log_checkpoint"("origin", "size") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ------------------------------------------------------------------ monthly partitions of the access log

-- Partitions stand in a schema of their own that no role of the gateway may enter: one read directly
-- ignores its parent's policies.
create schema log_partition;

alter table access_record rename to access_record_before;
alter table access_record_before rename constraint access_record_pkey to access_record_before_pkey;
drop index access_record_agency_id_number_idx, access_record_occurred_at_idx;

-- CreateTable
CREATE TABLE "access_record" (
    "number" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "leaf" BYTEA NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "agency_id" TEXT,
    "application_id" TEXT,
    "role" TEXT,
    "purpose" TEXT,
    "case_reference" TEXT,
    "grants" TEXT[],
    "request_id" TEXT NOT NULL,
    "operation_name" TEXT,
    "operation_type" TEXT,
    "document_hash" TEXT,
    "topics" TEXT[],
    "areas" TEXT[],
    "area_count" INTEGER NOT NULL,
    "given" JSONB NOT NULL,
    "providers" TEXT[],
    "employer_ids" TEXT[],
    "employer_count" INTEGER NOT NULL,
    "withheld" JSONB NOT NULL,
    "withheld_reasons" TEXT[],
    "policy_version" TEXT NOT NULL,
    "schema_version" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "error_code" TEXT,
    "request_count" INTEGER NOT NULL,
    "duration_micros" INTEGER NOT NULL,

    CONSTRAINT "access_record_pkey" PRIMARY KEY ("number","recorded_at")
) PARTITION BY RANGE ("recorded_at");

-- CreateIndex
CREATE INDEX "access_record_agency_id_number_idx" ON "access_record"("agency_id", "number");

-- CreateIndex
CREATE INDEX "access_record_occurred_at_idx" ON "access_record"("occurred_at");

-- Makes the month's partition, in Viet Nam's time, unless it is there.
create function ensure_log_partition(at timestamptz) returns void
  language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  month constant timestamp := date_trunc('month', at at time zone 'Asia/Ho_Chi_Minh');
  name constant text := 'access_record_' || to_char(month, 'YYYY_MM');
begin
  if to_regclass('log_partition.' || name) is not null then return; end if;
  -- Whoever waited here finds it made.
  perform pg_advisory_xact_lock(hashtext('log_partition'));
  if to_regclass('log_partition.' || name) is not null then return; end if;
  execute format('create table log_partition.%I partition of public.access_record for values from (%L) to (%L)',
    name, month at time zone 'Asia/Ho_Chi_Minh', (month + interval '1 month') at time zone 'Asia/Ho_Chi_Minh');
end $$;

do $$
declare
  at timestamptz;
begin
  for at in select distinct date_trunc('month', recorded_at at time zone 'Asia/Ho_Chi_Minh') at time zone 'Asia/Ho_Chi_Minh'
              from access_record_before
  loop
    perform ensure_log_partition(at);
  end loop;
end $$;

-- The columns of a record, read from its leaf's own bytes, so that they cannot say anything else.
create function access_columns(p_number bigint, p_recorded_at timestamptz, p_leaf bytea) returns access_record
  language sql stable set search_path = pg_catalog, public as $$
  select (p_number, p_recorded_at, p_leaf, (l ->> 'time')::timestamptz, l ->> 'agency', l ->> 'application',
    l ->> 'role', l ->> 'purpose', l ->> 'caseReference',
    array(select jsonb_array_elements_text(l -> 'grants')), l ->> 'requestId', l ->> 'operationName',
    l ->> 'operationType', l ->> 'documentHash',
    array(select jsonb_array_elements_text(l -> 'topics')),
    array(select jsonb_array_elements_text(l -> 'areas' -> 'ids')), (l -> 'areas' ->> 'count')::int,
    l -> 'given',
    array(select distinct g ->> 'provider' from jsonb_array_elements(l -> 'given') g where g ->> 'provider' <> '' order by 1),
    array(select jsonb_array_elements_text(l -> 'employers' -> 'ids')), (l -> 'employers' ->> 'count')::int,
    l -> 'withheld', array(select w ->> 'reason' from jsonb_array_elements(l -> 'withheld') w),
    l ->> 'policyVersion', l ->> 'schemaVersion',
    l ->> 'outcome', l ->> 'errorCode', (l ->> 'requestCount')::int, (l ->> 'durationMicros')::int)::access_record
  from (select convert_from(p_leaf, 'UTF8')::jsonb as l) as parsed
$$;

insert into access_record
  select c.* from access_record_before b, lateral access_columns(b.number, b.recorded_at, b.leaf) c;
drop table access_record_before;

alter table access_record
  add constraint access_record_outcome check (outcome in ('INTENDED', 'ANSWERED', 'PARTIAL', 'REFUSED', 'FAILED',
    'OPENED', 'LOST'));
-- Rows leave only with erase_access_records(), which says so in the change log.
create function refuse_unless_erasing() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
begin
  if tg_op = 'DELETE' and current_setting('lienthong.erasing', true) = 'on' then return old; end if;
  raise exception '% is append-only', tg_table_name using errcode = 'LT002';
end $$;
create trigger access_record_append_only before update or delete on access_record
  for each row execute function refuse_unless_erasing();
create trigger access_record_no_truncate before truncate on access_record
  for each statement execute function refuse_change();
alter table access_record enable row level security;
grant select on access_record to lienthong_gateway;
create policy read on access_record for select to lienthong_gateway
  using ('ACCESS_LOG' = any((select scope_list('topics'))::text[]));

-- Lock, number and insert in one call. entries: [{leaf, salt, documentHash?, documentText?}], leaf and salt
-- in base64. An entry bundle of the log holds a leaf's length in two bytes.
-- Returns the number of the first; the others follow in order.
create or replace function append_access_records(entries jsonb) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  first bigint;
  at timestamptz;
begin
  update access_head set next = next + jsonb_array_length(entries) where id = 1
    returning next - jsonb_array_length(entries) into first;
  at := clock_timestamp();
  perform ensure_log_partition(at);

  -- As access_columns() reads them; calling it for each row takes three to five times as long.
  insert into access_record
  select first + ord - 1, at, leaf, (l ->> 'time')::timestamptz, l ->> 'agency', l ->> 'application',
    l ->> 'role', l ->> 'purpose', l ->> 'caseReference',
    array(select jsonb_array_elements_text(l -> 'grants')), l ->> 'requestId', l ->> 'operationName',
    l ->> 'operationType', l ->> 'documentHash',
    array(select jsonb_array_elements_text(l -> 'topics')),
    array(select jsonb_array_elements_text(l -> 'areas' -> 'ids')), (l -> 'areas' ->> 'count')::int,
    l -> 'given',
    array(select distinct g ->> 'provider' from jsonb_array_elements(l -> 'given') g where g ->> 'provider' <> '' order by 1),
    array(select jsonb_array_elements_text(l -> 'employers' -> 'ids')), (l -> 'employers' ->> 'count')::int,
    l -> 'withheld', array(select w ->> 'reason' from jsonb_array_elements(l -> 'withheld') w),
    l ->> 'policyVersion', l ->> 'schemaVersion',
    l ->> 'outcome', l ->> 'errorCode', (l ->> 'requestCount')::int, (l ->> 'durationMicros')::int
  from (select ord, leaf, convert_from(leaf, 'UTF8')::jsonb as l
          from (select ord, decode(e ->> 'leaf', 'base64') as leaf
                  from jsonb_array_elements(entries) with ordinality as x(e, ord) offset 0) as decoded offset 0) as parsed;
  if exists (select from jsonb_array_elements(entries) as x(e) where length(e ->> 'leaf') > 87380) then
    raise exception 'a record is longer than a log entry may be' using errcode = 'LT003';
  end if;

  insert into access_salt (number, salt)
  select first + ord - 1, decode(e ->> 'salt', 'base64')
  from jsonb_array_elements(entries) with ordinality as x(e, ord)
  where e ->> 'salt' is not null;

  insert into access_document (hash, text)
  select distinct on (e ->> 'documentHash') e ->> 'documentHash', e ->> 'documentText'
  from jsonb_array_elements(entries) as x(e)
  where e ->> 'documentHash' is not null
  on conflict do nothing;

  return first;
end $$;

-- ------------------------------------------------------------------ what trees are made of

alter table log_tree
  add constraint log_tree_kind check (kind in ('ACCESS', 'CHANGE')),
  add constraint log_tree_size check (size >= 0 and first_entry between 0 and size);
alter table log_tile
  add constraint log_tile_hashes check (octet_length(hashes) between 32 and 8192 and octet_length(hashes) % 32 = 0);

-- A tile grows to the right and changes in no other way.
create function refuse_other_hashes() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(old) - 'hashes' = to_jsonb(new) - 'hashes'
     and substring(new.hashes for octet_length(old.hashes)) = old.hashes then
    return new;
  end if;
  raise exception 'a tile only grows' using errcode = 'LT002';
end $$;
create trigger log_tile_grows before update or delete on log_tile
  for each row execute function refuse_other_hashes();
create trigger change_leaf_append_only before update or delete on change_leaf
  for each row execute function refuse_change();
do $$
declare
  t text;
begin
  foreach t in array array['log_tree', 'log_tile', 'log_checkpoint', 'log_key', 'log_cosignature', 'change_leaf'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()',
      t || '_no_truncate', t);
  end loop;
end $$;

-- A change is written in its own transaction; its place in the log's tree is given to it soon after, in
-- the order in which changes became visible.
create function await_leaf() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into change_pending (change_id) values (new.id);
  return null;
end $$;
create trigger change_record_await_leaf after insert on change_record
  for each row execute function await_leaf();
insert into change_pending (change_id) select id from change_record;
insert into access_head (id, next) values (2, 0);

-- ------------------------------------------------------------------ the signer's doors

-- The tree in force of a log; opens the first one under the given origin when there is none. A key is
-- taken when it is the tree's first, or when the caller may add keys.
create function open_log(p_kind text, p_origin text, p_vkeys jsonb, p_may_add boolean) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  present log_tree;
  at constant timestamptz := clock_timestamp();
begin
  insert into log_tree (origin, kind, epoch, first_number, opened_at)
    select p_origin, p_kind, 1, 0, at where not exists (select from log_tree where kind = p_kind)
    on conflict do nothing;
  select * into present from log_tree where kind = p_kind order by epoch desc limit 1 for update;
  if present.origin = p_origin
     and (p_may_add or not exists (select from log_key where origin = p_origin)) then
    insert into log_key (origin, vkey, kind, added_at)
      select p_origin, v, p_kind, at from jsonb_array_elements_text(p_vkeys) v on conflict do nothing;
  end if;
  return jsonb_build_object('origin', present.origin, 'epoch', present.epoch,
    'vkeys', (select coalesce(jsonb_agg(vkey order by added_at, vkey), '[]') from log_key where origin = present.origin));
end $$;

-- What a gateway must know of both logs at each look, and the work to do when the caller is the signer:
-- one at a time, for as long as it comes back within the lease.
create function look_at_logs(p_signer text, p_signs boolean, p_most integer) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  t log_tree;
  at constant timestamptz := clock_timestamp();
  lease constant interval := '1 second';
  until_number bigint;
  hashes bytea;
  missing bigint;
  looked jsonb := '[]';
  work jsonb;
begin
  for t in select distinct on (kind) * from log_tree order by kind, epoch desc loop
    until_number := (select next from access_head where id = case t.kind when 'ACCESS' then 1 else 2 end);
    work := null;
    if p_signs and (t.first_number + t.size < until_number
                    or (t.kind = 'CHANGE' and exists (select from change_pending))) then
      update log_tree set signer = p_signer, signer_until = at + lease
        where origin = t.origin and size = t.size and (signer = p_signer or signer is null or signer_until < at);
      if found then
        -- Each log by its own query: over both together no index gives the order, and a long backlog is sorted.
        if t.kind = 'ACCESS' then
          select string_agg(sha256('\x00'::bytea || r.leaf), ''::bytea order by r.number),
              min(t.first_number + t.size + r.ord - 1) filter (where r.number <> t.first_number + t.size + r.ord - 1)
            into hashes, missing
            from (select number, leaf, row_number() over (order by number) as ord from access_record
                   where number >= t.first_number + t.size order by number limit p_most) r;
        else
          select string_agg(sha256('\x00'::bytea || r.leaf), ''::bytea order by r.number),
              min(t.first_number + t.size + r.ord - 1) filter (where r.number <> t.first_number + t.size + r.ord - 1)
            into hashes, missing
            from (select number, leaf, row_number() over (order by number) as ord from change_leaf
                   where number >= t.first_number + t.size order by number limit p_most) r;
        end if;
        work := jsonb_build_object(
          'edge', (select coalesce(jsonb_agg(jsonb_build_object('level', e.level, 'position', e.position::text,
                     'hashes', encode(e.hashes, 'base64'))), '[]')
                   from generate_series(0, 6) as l(level)
                   join log_tile e on e.origin = t.origin and e.level = l.level
                     and e.position = div(t.size, (256::numeric ^ (l.level + 1)))
                     and mod(div(t.size, (256::numeric ^ l.level)), 256) > 0),
          'leafHashes', encode(coalesce(hashes, ''), 'base64'),
          'missing', missing::text,
          'changes', case t.kind when 'CHANGE' then (select coalesce(jsonb_agg(to_jsonb(c) order by c.changed_at, c.id), '[]')
            from (select r.* from change_pending p join change_record r on r.id = p.change_id
                   order by r.changed_at, r.id limit p_most) c) end);
      end if;
    end if;
    looked := looked || jsonb_build_object(
      'kind', t.kind, 'origin', t.origin, 'epoch', t.epoch, 'firstNumber', t.first_number::text, 'size', t.size::text,
      'next', until_number::text,
      'note', (select note from log_checkpoint where origin = t.origin and size = t.size),
      'unsignedMillis', case t.kind when 'ACCESS' then (select extract(epoch from at - r.recorded_at) * 1000
        from access_record r where r.number = t.first_number + t.size) end,
      'opening', case when t.epoch > 1 then encode(case t.kind
        when 'ACCESS' then (select leaf from access_record where number = t.first_number)
        else (select leaf from change_leaf where number = t.first_number) end, 'base64') end,
      'vkeys', (select coalesce(jsonb_agg(vkey order by added_at, vkey), '[]') from log_key where origin = t.origin),
      'work', work);
  end loop;
  return looked;
end $$;

-- Hashes of tiles, for proofs: tiles is [{level, position}].
create function read_log_tiles(p_origin text, p_tiles jsonb) returns jsonb
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(jsonb_agg(jsonb_build_object('level', t.level, 'position', t.position::text,
    'hashes', encode(t.hashes, 'base64'))), '[]')
  from jsonb_to_recordset(p_tiles) as asked(level int, position bigint)
  join log_tile t on t.origin = p_origin and t.level = asked.level and t.position = asked.position
$$;

-- A signed checkpoint with the tiles that lead to it, and for the change log the leaves that got their
-- place with it. False when another signer was first. Checkpoints of the last ten minutes are kept, so that
-- a witness can sign what it was shown; of an hour's the last is kept, and those that others have signed.
create function publish_checkpoint(p_origin text, p_signer text, p_from bigint, p_size bigint, p_note text,
    p_tiles jsonb, p_leaves jsonb) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  t log_tree;
  at constant timestamptz := clock_timestamp();
  until_number bigint;
begin
  select * into t from log_tree where origin = p_origin for update;
  if t.size is distinct from p_from or t.signer is distinct from p_signer then return false; end if;
  if p_leaves is not null then
    insert into change_leaf (number, change_id, recorded_at, leaf)
      select h.next + ord - 1, l ->> 'changeId', at, decode(l ->> 'leaf', 'base64')
        from access_head h, jsonb_array_elements(p_leaves) with ordinality as x(l, ord) where h.id = 2;
    update access_head set next = next + jsonb_array_length(p_leaves) where id = 2;
    delete from change_pending where change_id in (select l ->> 'changeId' from jsonb_array_elements(p_leaves) as x(l));
  end if;
  -- Next month's partition is there before its first record waits for it.
  perform ensure_log_partition(at + interval '7 days');
  select next into until_number from access_head where id = case t.kind when 'ACCESS' then 1 else 2 end;
  if p_size <= p_from or t.first_number + p_size > until_number
     or (jsonb_array_length(coalesce(p_leaves, '[]')) > 0 and t.first_number + p_size <> until_number) then
    raise exception 'a checkpoint of % records does not follow one of %', p_size, p_from using errcode = 'LT003';
  end if;
  insert into log_tile (origin, level, position, kind, hashes)
    select p_origin, x.level, x.position, t.kind, decode(x.hashes, 'base64')
      from jsonb_to_recordset(p_tiles) as x(level int, position bigint, hashes text)
    on conflict (origin, level, position) do update set hashes = excluded.hashes;
  delete from log_checkpoint c
   where c.origin = p_origin and c.signed_at < at - interval '10 minutes' and c.signed_at > at - interval '2 hours'
     and exists (select from log_checkpoint later where later.origin = p_origin and later.signed_at > c.signed_at
                  and later.signed_at < date_trunc('hour', c.signed_at) + interval '1 hour')
     and not exists (select from log_cosignature s where s.origin = c.origin and s.size = c.size);
  insert into log_checkpoint (origin, size, kind, note, signed_at) values (p_origin, p_size, t.kind, p_note, at);
  update log_tree set size = p_size, signer_until = at + interval '1 second' where origin = p_origin;
  return true;
end $$;

-- ------------------------------------------------------------------ the end of a record

-- How long a record is kept: the longest that one of its grants says, and never shorter than the floor.
create function retention_months(p_grants text[], p_floor integer) returns integer
  language sql stable set search_path = pg_catalog, public as $$
  select greatest(p_floor, (select max(g.retention_months) from "grant" g where g.id = any(p_grants)))
$$;

-- Erases what is past its time: a record's salt, which makes its digests meaningless, as soon as its own time
-- is over; the records themselves in whole bundles from the oldest on, once the time of all in them is over.
-- Hashes stay, and with them the tree. With p_really false it only counts.
create function erase_access_records(p_floor integer, p_really boolean) returns jsonb
  language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  t log_tree;
  at constant timestamptz := clock_timestamp();
  until_index bigint;
  origins text[] := '{}';
  untils bigint[] := '{}';
  salts bigint;
  records bigint := 0;
  documents bigint := 0;
begin
  with past as (
    select s.number from access_salt s join access_record r on r.number = s.number
     where r.recorded_at + make_interval(months => p_floor) < at
       and r.recorded_at + make_interval(months => retention_months(r.grants, p_floor)) < at
  ), erased as (
    delete from access_salt s using past where s.number = past.number and p_really returning 1
  ) select count(*) into salts from past;

  perform set_config('lienthong.erasing', 'on', true);
  for t in select * from log_tree where kind = 'ACCESS' order by epoch loop
    until_index := coalesce((select min(r.number) - t.first_number from access_record r
      where r.number >= t.first_number + t.first_entry and r.number < t.first_number + t.size
        and r.recorded_at + make_interval(months => retention_months(r.grants, p_floor)) >= at), t.size);
    until_index := greatest(t.first_entry, until_index - until_index % 256);
    if p_really then
      delete from access_salt where number >= t.first_number and number < t.first_number + until_index;
      delete from access_record where number >= t.first_number and number < t.first_number + until_index;
      origins := origins || t.origin;
      untils := untils || until_index;
    end if;
    records := records + until_index - t.first_entry;
  end loop;
  perform set_config('lienthong.erasing', '', true);

  if p_really and records > 0 then
    delete from access_document d where not exists (select from access_record r where r.document_hash = d.hash);
    get diagnostics documents = row_count;
  end if;
  if p_really and salts + records > 0 then
    insert into change_record (id, changed_at, actor, action, entity, entity_id, detail)
    values (gen_random_uuid()::text, date_trunc('milliseconds', at), 'operator', 'ERASE', 'access_record', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      jsonb_build_object('floorMonths', p_floor, 'salts', salts, 'records', records, 'documents', documents));
  end if;
  -- Last, because the signer waits for these rows.
  update log_tree set first_entry = u.until
    from unnest(origins, untils) as u(origin, until) where log_tree.origin = u.origin;
  return jsonb_build_object('salts', salts, 'records', records, 'documents', documents);
end $$;

-- ------------------------------------------------------------------ row-level security and rights

do $$
declare
  t text;
begin
  foreach t in array array['log_tree', 'log_key', 'log_checkpoint', 'log_cosignature', 'log_tile'] loop
    execute format('alter table %I enable row level security', t);
    execute format('grant select on %I to lienthong_gateway', t);
    execute format('create policy read_access on %I for select to lienthong_gateway
      using (kind = ''ACCESS'' and ''ACCESS_LOG'' = any((select scope_list(''topics''))::text[]))', t);
    execute format('create policy read_change on %I for select to lienthong_gateway
      using (kind = ''CHANGE'' and ''CHANGE_LOG'' = any((select scope_list(''topics''))::text[]))', t);
  end loop;
end $$;
alter table change_leaf enable row level security;
alter table change_pending enable row level security;
grant select on change_leaf to lienthong_gateway;
create policy read on change_leaf for select to lienthong_gateway
  using ('CHANGE_LOG' = any((select scope_list('topics'))::text[]));
-- An auditor's witness adds its signature to a checkpoint that its agency may read.
grant insert on log_cosignature to lienthong_gateway;
create policy cosign on log_cosignature for insert to lienthong_gateway
  with check (agency_id = (select scope_agency())
    and ((kind = 'ACCESS' and 'ACCESS_LOG' = any((select scope_list('topics'))::text[]))
      or (kind = 'CHANGE' and 'CHANGE_LOG' = any((select scope_list('topics'))::text[]))));
create trigger log_cosignature_change_log after insert on log_cosignature
  for each row execute function log_change('origin', 'size', 'vkey');
create trigger log_cosignature_append_only before update or delete on log_cosignature
  for each row execute function refuse_change();
-- An agency sees what was changed in its name.
create policy read_own on change_record for select to lienthong_gateway
  using (agency_id = (select scope_agency()));

revoke execute on function retention_months(text[], integer), erase_access_records(integer, boolean),
  refuse_unless_erasing(), ensure_log_partition(timestamptz), access_columns(bigint, timestamptz, bytea),
  refuse_other_hashes(), await_leaf(), open_log(text, text, jsonb, boolean), look_at_logs(text, boolean, integer),
  read_log_tiles(text, jsonb), publish_checkpoint(text, text, bigint, bigint, text, jsonb, jsonb) from public;
grant execute on function open_log(text, text, jsonb, boolean), look_at_logs(text, boolean, integer),
  read_log_tiles(text, jsonb), publish_checkpoint(text, text, bigint, bigint, text, jsonb, jsonb)
  to lienthong_log_writer;
