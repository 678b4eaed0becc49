-- What changed since a reader's last visit: each figure's row knows the transactions that added and closed it, and one
-- that was withdrawn leaves its id behind. The reasons stand in src/observation/README.md, "Changes".

-- AlterTable
ALTER TABLE "observation" ADD COLUMN     "added_in" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "closed_in" BIGINT,
ADD COLUMN     "reopened_at" TIMESTAMPTZ(3);
-- Rows of before lie below every cursor; those to come know their transaction.
ALTER TABLE "observation" ALTER COLUMN "added_in" SET DEFAULT ((pg_current_xact_id())::text)::bigint;

-- CreateTable
CREATE TABLE "observation_withdrawal" (
    "id" TEXT NOT NULL,
    "figure_id" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "has_internal" BOOLEAN NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "domain" TEXT NOT NULL,
    "indicator" TEXT NOT NULL,
    "scheme" TEXT,
    "participant_group" TEXT,
    "sex" TEXT NOT NULL,
    "residence" TEXT NOT NULL,
    "time_period" TEXT,
    "period_start" DATE,
    "period_end" DATE,
    "obs_status" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "release_id" TEXT,
    "contributor_id" TEXT NOT NULL,
    "visible_from" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_in" BIGINT NOT NULL,

    CONSTRAINT "observation_withdrawal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "change_clock" (
    "id" INTEGER NOT NULL,
    "cluster" TEXT NOT NULL,
    "era" TEXT NOT NULL,
    "base" BIGINT NOT NULL,
    "key" BYTEA NOT NULL,

    CONSTRAINT "change_clock_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "observation_added_in_idx" ON "observation"("added_in");

-- CreateIndex
CREATE INDEX "observation_known_from_idx" ON "observation"("known_from");

-- CreateIndex
CREATE INDEX "observation_withdrawal_withdrawn_in_id_idx" ON "observation_withdrawal"("withdrawn_in", "id");

-- CreateIndex
CREATE INDEX "observation_withdrawal_withdrawn_at_id_idx" ON "observation_withdrawal"("withdrawn_at", "id");

-- AddForeignKey
ALTER TABLE "observation_withdrawal" ADD CONSTRAINT "observation_withdrawal_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Prisma knows no partial indexes. Few rows are closed, and few published.
create index observation_closed_in on observation (closed_in, id) where closed_in is not null;
create index observation_known_to on observation (known_to, id) where known_to is not null;
create index observation_publication on observation (published_at, id) where published_at is not null;
create index observation_published_added on observation (added_in, id) where audience = 'PUBLISHED';

-- ------------------------------------------------------------------ the clock of changes

-- Transactions are numbered by their cluster. In another one, into which a dump was read, the numbers go on above those
-- that came with the rows: `base` is added to each. 244 random bits make the key under which cursors are sealed.
insert into change_clock (id, cluster, era, base, key)
select 1, system_identifier::text, gen_random_uuid()::text, 0,
  sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
from pg_control_system();
alter table change_clock add constraint change_clock_one check (id = 1);
alter table change_clock enable row level security;

-- The number of the present transaction, on rows that it changes.
create function change_number() returns bigint
  language sql volatile security definer set search_path = pg_catalog, public as $$
  select base + pg_current_xact_id()::text::bigint from change_clock
$$;

-- How far the changes reach that a reader may be told: all of smaller numbers are decided, and what they wrote is in
-- every later snapshot. `era` changes with the cluster, its timeline and the policies of the rows; `number` is null in
-- another cluster than that of the clock.
create function change_state(out number bigint, out era text, out key bytea)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select case when c.cluster = s.system_identifier::text
      then c.base + pg_snapshot_xmin(pg_current_snapshot())::text::bigint end,
    concat_ws('|', c.era, s.system_identifier,
      case when pg_is_in_recovery() then (select timeline_id::text from pg_control_checkpoint())
           else ltrim(left(pg_walfile_name(pg_current_wal_lsn()), 8), '0') end,
      (select md5(string_agg(concat_ws('|', polrelid::regclass, polname, pg_get_expr(polqual, polrelid)), ';'
                order by polrelid::regclass::text, polname))
         from pg_policy where polrelid in ('observation'::regclass, 'observation_withdrawal'::regclass))),
    c.key
  from change_clock c, pg_control_system() s
$$;

-- Begins a new era where the cluster is another one, or an older copy of itself (p_restored). Every cursor of before
-- answers RESYNC_REQUIRED. For the owner.
create function restart_changes(p_restored boolean) returns boolean
  language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  here constant text := (select system_identifier::text from pg_control_system());
  above bigint;
begin
  if not p_restored and (select cluster = here from change_clock) then return false; end if;
  lock table observation in access exclusive mode;
  select greatest(base, (select max(added_in) from observation), (select max(closed_in) from observation),
    (select max(withdrawn_in) from observation_withdrawal)) into above from change_clock;
  update change_clock set cluster = here, era = gen_random_uuid()::text, base = above;
  execute format('alter table observation alter column added_in set default %s + pg_current_xact_id()::text::bigint',
    above);
  drop trigger observation_number on observation;
  execute format('create trigger observation_number before insert on observation for each row
    when (new.added_in is distinct from %s + pg_current_xact_id()::text::bigint) execute function number_observation()',
    above);
  return true;
end $$;

-- ------------------------------------------------------------------ numbers on rows

-- Whatever the statement says: a forged number would hide a row from replicas. A row that takes the column's default
-- never gets here, so that loads stay fast.
create function number_observation() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
begin
  new.added_in := change_number();
  return new;
end $$;
create trigger observation_number before insert on observation for each row
  when (new.added_in is distinct from ((pg_current_xact_id())::text)::bigint) execute function number_observation();

-- In the order of names it comes after observation_no_overwrite, which refuses numbers that a statement sets.
-- A closing that was to come may still be taken back. Where that is done in its last minute, it may be committed when
-- the closing has already been read: then (and only then) its instant is kept, for readers who were told.
create function number_closing() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
begin
  new.closed_in := change_number();
  if old.known_to <= clock_timestamp() + interval '1 minute' then
    new.reopened_at := old.known_to;
  end if;
  return new;
end $$;
create trigger observation_number_closing before update on observation for each row
  when (new.known_to is distinct from old.known_to) execute function number_closing();

-- A row that nobody met leaves nothing: that there was one is told to nobody. One whose last minute it was when it was
-- withdrawn may have been met by the time that this is committed.
create function keep_withdrawal() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
declare
  visible_from constant timestamptz := case new.audience when 'PUBLISHED' then new.published_at
    else greatest(new.known_from, new.published_at) end;
begin
  if visible_from < greatest(new.withdrawn_at, clock_timestamp() + interval '1 minute') then
    insert into observation_withdrawal (id, figure_id, audience, has_internal, topic, area_id, province_id, domain,
      indicator, scheme, participant_group, sex, residence, time_period, period_start, period_end, obs_status,
      source_id, release_id, contributor_id, visible_from, withdrawn_at, withdrawn_in)
    values (new.id, new.figure_id, new.audience, new.has_internal, new.topic, new.area_id, new.province_id, new.domain,
      new.indicator, new.scheme, new.participant_group, new.sex, new.residence, new.time_period, new.period_start,
      new.period_end, new.obs_status, new.source_id, new.release_id, new.contributor_id, visible_from,
      new.withdrawn_at, change_number());
  end if;
  return null;
end $$;
create trigger observation_withdrawn after update on observation for each row
  when (new.withdrawn_at is distinct from old.withdrawn_at) execute function keep_withdrawal();
create trigger observation_added_withdrawn after insert on observation for each row
  when (new.withdrawn_at is not null) execute function keep_withdrawal();

-- Withdrawals that were planned before this table was.
insert into observation_withdrawal (id, figure_id, audience, has_internal, topic, area_id, province_id, domain,
  indicator, scheme, participant_group, sex, residence, time_period, period_start, period_end, obs_status, source_id,
  release_id, contributor_id, visible_from, withdrawn_at, withdrawn_in)
select id, figure_id, audience, has_internal, topic, area_id, province_id, domain, indicator, scheme,
  participant_group, sex, residence, time_period, period_start, period_end, obs_status, source_id, release_id,
  contributor_id, visible_from, withdrawn_at, 0
from observation o, lateral (select case o.audience when 'PUBLISHED' then o.published_at
  else greatest(o.known_from, o.published_at) end as visible_from) v
where o.withdrawn_at > now() and v.visible_from < o.withdrawn_at;

create trigger observation_withdrawal_append_only before update or delete on observation_withdrawal
  for each row execute function refuse_change();
create trigger observation_withdrawal_no_truncate before truncate on observation_withdrawal
  for each statement execute function refuse_change();

-- ------------------------------------------------------------------ row-level security

-- Of a withdrawn figure learns who could meet it before, and not before it was withdrawn.
alter table observation_withdrawal enable row level security;
grant select on observation_withdrawal to lienthong_gateway;
create policy read_internal on observation_withdrawal for select to lienthong_gateway
  using (audience = 'INTERNAL' and visible_from <= (select scope_instant())
    and withdrawn_at <= (select scope_instant()) and (
      topic = any((select scope_list('national'))::text[])
      or topic || '|' || province_id = any((select scope_list('provinces'))::text[])
      or topic || '|' || area_id = any((select scope_list('areas'))::text[])));
create policy read_published on observation_withdrawal for select to lienthong_gateway
  using (audience = 'PUBLISHED' and topic = any((select scope_list('published'))::text[])
    and visible_from <= (select scope_instant())
    and withdrawn_at <= (select scope_instant())
    and not (has_internal and (
      topic = any((select scope_list('national'))::text[])
      or coalesce(topic || '|' || province_id = any((select scope_list('provinces'))::text[]), false)
      or topic || '|' || area_id = any((select scope_list('areas'))::text[]))));

-- ------------------------------------------------------------------ who may call what

revoke execute on function change_number(), change_state(), restart_changes(boolean), number_observation(),
  number_closing(), keep_withdrawal() from public;
grant execute on function change_state() to lienthong_gateway;
