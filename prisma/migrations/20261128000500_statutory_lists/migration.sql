-- The life of a statutory list: drawn up, transmitted, approved by a second person, corrected, withdrawn. The reasons
-- stand in src/debt/README.md.

-- AlterTable
ALTER TABLE "statutory_list" ADD COLUMN     "correction_reason" TEXT,
ADD COLUMN     "hard_to_collect_left_out" INTEGER,
ADD COLUMN     "months_late_min" INTEGER,
ADD COLUMN     "natural_persons_left_out" INTEGER,
ADD COLUMN     "superseded_at" TIMESTAMPTZ(3),
ADD COLUMN     "supersedes_id" TEXT,
ADD COLUMN     "transmitted_at" TIMESTAMPTZ(3),
ADD COLUMN     "transmitted_by" TEXT,
ADD COLUMN     "withdrawal_reason" TEXT;

-- AlterTable
ALTER TABLE "statutory_list_entry" ADD COLUMN     "legal_basis" TEXT,
ADD COLUMN     "removed_at" TIMESTAMPTZ(3),
ADD COLUMN     "transmitted_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "statutory_list_notice" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "list_id" TEXT NOT NULL,
    "time_period" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "statutory_list_notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "statutory_list_notice_list_id_kind_key" ON "statutory_list_notice"("list_id", "kind");

-- AddForeignKey
ALTER TABLE "statutory_list" ADD CONSTRAINT "statutory_list_supersedes_id_fkey" FOREIGN KEY ("supersedes_id") REFERENCES "statutory_list"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statutory_list_notice" ADD CONSTRAINT "statutory_list_notice_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statutory_list_notice" ADD CONSTRAINT "statutory_list_notice_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "statutory_list"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ------------------------------------------------------------------ checks

alter table statutory_list
  add constraint statutory_list_approved check (approved_by is null or approved_by <> prepared_by),
  add constraint statutory_list_transmitted check ((transmitted_at is null) = (transmitted_by is null)),
  add constraint statutory_list_supersedes check (supersedes_id is null or version > 1),
  add constraint statutory_list_counts check (months_late_min > 0 and natural_persons_left_out >= 0
    and hard_to_collect_left_out >= 0);
alter table statutory_list_notice
  add constraint statutory_list_notice_topic check (topic = 'DEBT'),
  add constraint statutory_list_notice_kind check (kind in ('REMOVED', 'ADDED', 'AMOUNT_CORRECTED',
    'ENTRY_CORRECTED', 'WITHDRAWN')),
  add constraint statutory_list_notice_count check (count >= 0);

-- ------------------------------------------------------------------ triggers

-- An entry is transmitted, public and withdrawn exactly while its list is. It is removed on its own.
create or replace function follow_list() returns trigger
  language plpgsql set search_path = pg_catalog, public as $$
begin
  select l.transmitted_at, l.published_at, l.withdrawn_at
    into new.transmitted_at, new.published_at, new.withdrawn_at
    from statutory_list l where l.id = new.list_id;
  return new;
end $$;

drop trigger statutory_list_leads on statutory_list;
create trigger statutory_list_leads after update on statutory_list
  for each row when ((old.transmitted_at, old.published_at, old.withdrawn_at)
    is distinct from (new.transmitted_at, new.published_at, new.withdrawn_at))
  execute function lead_entries();

create trigger statutory_list_notice_province before insert or update on statutory_list_notice
  for each row execute function assert_province_of_area();

-- What an entry says never changes, so that its list accounts for it; that it was removed is a change of its own.
create trigger statutory_list_change_log after insert or update or delete on statutory_list
  for each row execute function log_change('id');
create trigger statutory_list_entry_change_log after update on statutory_list_entry
  for each row when (old.removed_at is distinct from new.removed_at) execute function log_change('id');
create trigger statutory_list_notice_change_log after insert or update or delete on statutory_list_notice
  for each row execute function log_change('id');

-- ------------------------------------------------------------------ row-level security

alter table statutory_list_notice enable row level security;
grant select on statutory_list_notice to lienthong_gateway;

-- Before a list is transmitted it is its makers' alone; afterwards the labour authority of the territory reads it too.
-- What was taken back, and who was removed, is left to the makers.
do $$
declare
  internal constant text := '(topic = any((select scope_list(''national''))::text[])
    or coalesce(topic || ''|'' || province_id = any((select scope_list(''provinces''))::text[]), false)
    or topic || ''|'' || area_id = any((select scope_list(''areas''))::text[]))';
  published constant text := '(topic = any((select scope_list(''published''))::text[])
    and published_at <= (select scope_instant()))';
begin
  drop policy read_internal on statutory_list;
  execute format('create policy read_internal on statutory_list for select to lienthong_gateway
    using (%s and ((select acting_role()) = ''SI'' or transmitted_at <= (select scope_instant())))', internal);
  drop policy read_internal on statutory_list_entry;
  execute format('create policy read_internal on statutory_list_entry for select to lienthong_gateway
    using (%s and ((select acting_role()) = ''SI'' or (transmitted_at <= (select scope_instant())
      and (withdrawn_at is null or withdrawn_at > (select scope_instant()))
      and (removed_at is null or removed_at > (select scope_instant())))))', internal);
  drop policy read_published on statutory_list_entry;
  execute format('create policy read_published on statutory_list_entry for select to lienthong_gateway
    using (%s and (withdrawn_at is null or withdrawn_at > (select scope_instant()))
      and (removed_at is null or removed_at > (select scope_instant())))', published);
  execute format('create policy read_published on statutory_list_notice for select to lienthong_gateway
    using (%s)', published);
end $$;

-- ------------------------------------------------------------------ steps

-- These functions are the only way in which the gateway writes lists: they run as the owner and check everything.

-- Whether a social insurance agency asks about a place in its own territory.
create function acts_for_debt(p_area text, p_province text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(acting_role() = 'SI' and ('DEBT' = any(scope_list('national'))
    or coalesce('DEBT|' || p_province = any(scope_list('provinces')), false)
    or 'DEBT|' || p_area = any(scope_list('areas'))), false)
$$;

-- The list that the caller may change, locked. Another's is answered as one that is not there.
create function own_statutory_list(p_list text) returns statutory_list
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  l statutory_list%rowtype;
begin
  select * into l from statutory_list where id = p_list;
  if not found or not acts_for_debt(l.area_id, l.province_id) then
    perform refuse('LIST_UNKNOWN', jsonb_build_object('list', left(p_list, 80), 'field', 'list'));
  end if;
  -- One step at a time on all versions of a list.
  perform pg_advisory_xact_lock(hashtextextended('statutory list ' || l.area_id || ' ' || l.time_period, 0));
  select * into l from statutory_list where id = p_list for update;
  if not found then
    perform refuse('LIST_UNKNOWN', jsonb_build_object('list', left(p_list, 80), 'field', 'list'));
  end if;
  return l;
end $$;

-- What a version says otherwise than another, in the kinds of notices.
create function statutory_list_changes(p_before text, p_after text) returns table (kind text, changed integer)
  language sql stable security definer set search_path = pg_catalog, public as $$
  with b as (select * from statutory_list_entry where list_id = p_before and removed_at is null),
       a as (select * from statutory_list_entry where list_id = p_after),
       pair as (select b, a, b.unit_code as was, a.unit_code as is from b full join a using (unit_code))
  select k.kind, count(*)::int from pair, lateral (values
    ('REMOVED', "is" is null),
    ('ADDED', was is null),
    ('AMOUNT_CORRECTED', was = "is" and ((b).amount, (b).months_late, (b).workers)
      is distinct from ((a).amount, (a).months_late, (a).workers)),
    ('ENTRY_CORRECTED', was = "is" and ((b).listed_as, (b).name_vi, (b).address, (b).office_name_vi, (b).office_name_en)
      is distinct from ((a).listed_as, (a).name_vi, (a).address, (a).office_name_vi, (a).office_name_en))) k(kind, holds)
  where k.holds group by 1
$$;

-- An entry that the rules do not let stand, as far as the tables tell: its employer's position of the day, less what
-- was paid until the cut-off, and never a natural person. What the version before says already may stand.
create function wrong_statutory_entry(p_list text) returns text
  language sql stable security definer set search_path = pg_catalog, public as $$
  select e.unit_code from statutory_list_entry e join statutory_list l on l.id = e.list_id
   where e.list_id = p_list
     and not exists (select from statutory_list_entry b where b.list_id = l.supersedes_id and b.removed_at is null
       and b.unit_code = e.unit_code
       and (b.name_vi, b.address, b.office_name_vi, b.office_name_en, b.listed_as, b.workers, b.months_late, b.amount)
         = (e.name_vi, e.address, e.office_name_vi, e.office_name_en, e.listed_as, e.workers, e.months_late, e.amount)
       and b.legal_basis is not distinct from e.legal_basis)
     and not exists (select from employer m join debt_position d on d.employer_id = m.id and d.as_of = l.debt_on
         and d.audience = 'INTERNAL'
       where m.unit_code = e.unit_code and m.province_id = l.province_id and not m.is_natural_person
         and m.name_vi = e.name_vi and m.address = e.address
         and d.state not in ('ON_TIME', 'SUSPENDED', 'HARD_TO_COLLECT')
         and (d.state like 'EVASION%') = (e.listed_as = 'EVADING')
         and e.amount <= d.amount and e.months_late <= d.months_late and e.months_late >= l.months_late_min)
   order by 1 limit 1
$$;

-- Draws up the next version of a list: of a quarter that has none that counts, or as the correction of one.
create function draft_statutory_list(p_list jsonb, p_entries jsonb) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  a area%rowtype;
  b statutory_list%rowtype;
  period text := p_list ->> 'time_period';
  debt date := (p_list ->> 'debt_on')::date;
  paid date := (p_list ->> 'paid_until')::date;
  quarter date;
  source text;
  other text;
  id_ constant text := gen_random_uuid()::text;
begin
  if p_list ->> 'supersedes_id' is not null then
    b := own_statutory_list(p_list ->> 'supersedes_id');
    if b.published_at is null or b.published_at > scope_instant() or b.withdrawn_at is not null
       or b.superseded_at is not null then
      perform refuse('LIST_WRONG_STATE', jsonb_build_object('list', b.id, 'field', 'list'));
    end if;
    period := b.time_period;
    debt := b.debt_on;
    paid := b.paid_until;
  end if;
  select * into a from area where id = coalesce(b.area_id, p_list ->> 'area_id');
  if not found or not acts_for_debt(a.id, a.province_id) then
    perform refuse('TERRITORY_NOT_OWN', '{"field":"area"}');
  end if;
  if a.kind not in ('PROVINCE', 'CITY') then
    perform refuse('AREA_NOT_PROVINCE', jsonb_build_object('area', a.id, 'field', 'area'));
  end if;
  if period !~ '^[12]\d{3}-Q[1-4]$' then
    perform refuse('LIST_DATES_INVALID', '{"field":"timePeriod"}');
  end if;
  quarter := make_date(left(period, 4)::int, right(period, 1)::int * 3 - 2, 1);
  if debt < quarter or debt >= quarter + interval '3 months' then
    perform refuse('LIST_DATES_INVALID', '{"field":"debtOn"}');
  end if;
  if paid < debt or paid > scope_day() then
    perform refuse('LIST_DATES_INVALID', '{"field":"paidUntil"}');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('statutory list ' || a.id || ' ' || period, 0));
  select id into other from statutory_list
   where area_id = a.id and time_period = period and withdrawn_at is null and superseded_at is null
     and id is distinct from b.id
   order by version desc limit 1;
  if found then
    perform refuse('LIST_EXISTS', jsonb_build_object('list', other, 'period', period, 'field', 'timePeriod'));
  end if;
  source := coalesce(b.source_id, (select d.source_id from debt_position d
    where d.province_id = a.province_id and d.as_of = debt and d.audience = 'INTERNAL' order by d.id limit 1));
  if source is null then
    perform refuse('LIST_POSITIONS_MISSING', jsonb_build_object('day', debt, 'field', 'debtOn'));
  end if;

  insert into statutory_list (id, topic, area_id, province_id, time_period, version, supersedes_id, debt_on, paid_until,
    months_late_min, natural_persons_left_out, hard_to_collect_left_out, prepared_by, correction_reason, source_id,
    contributor_id)
  select id_, 'DEBT', a.id, a.province_id, period,
    coalesce((select max(version) from statutory_list where area_id = a.id and time_period = period), 0) + 1, b.id,
    debt, paid, (p_list ->> 'months_late_min')::int, (p_list ->> 'natural_persons_left_out')::int,
    (p_list ->> 'hard_to_collect_left_out')::int, scope_actor(), p_list ->> 'correction_reason', source, scope_agency();
  insert into statutory_list_entry (id, topic, area_id, province_id, list_id, unit_code, name_vi, address,
    office_name_vi, office_name_en, listed_as, legal_basis, workers, months_late, amount, source_id, contributor_id)
  select gen_random_uuid()::text, 'DEBT', a.id, a.province_id, id_, e.unit_code, e.name_vi, e.address,
    e.office_name_vi, e.office_name_en, e.listed_as, e.legal_basis, e.workers, e.months_late, e.amount, source,
    scope_agency()
  from jsonb_to_recordset(p_entries) as e(unit_code text, name_vi text, address text, office_name_vi text,
    office_name_en text, listed_as text, legal_basis text, workers int, months_late int, amount bigint);
  other := wrong_statutory_entry(id_);
  if other is not null then
    perform refuse('LIST_ENTRY_NOT_DUE', jsonb_build_object('value', other));
  end if;
  if b.id is not null and not exists (select from statutory_list_changes(b.id, id_)) then
    perform refuse('LIST_UNCHANGED', jsonb_build_object('list', b.id, 'field', 'remove'));
  end if;
  return id_;
end $$;

create function transmit_statutory_list(p_list text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  l constant statutory_list := own_statutory_list(p_list);
begin
  if l.transmitted_at is not null or l.withdrawn_at is not null or l.superseded_at is not null then
    perform refuse('LIST_WRONG_STATE', jsonb_build_object('list', l.id, 'field', 'list'));
  end if;
  update statutory_list set transmitted_at = scope_instant(), transmitted_by = scope_actor() where id = l.id;
end $$;

-- The second person's step. A correction is public at once: nobody stays named for an hour longer than that.
create function approve_statutory_list(p_list text, p_published_at timestamptz) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  l constant statutory_list := own_statutory_list(p_list);
  -- As of the request, so that its own answer shows it.
  known constant timestamptz := scope_instant();
  instant constant timestamptz := coalesce(p_published_at, known);
begin
  if l.published_at is not null or l.withdrawn_at is not null then
    perform refuse('LIST_WRONG_STATE', jsonb_build_object('list', l.id, 'field', 'list'));
  end if;
  if scope_actor() = l.prepared_by then
    perform refuse('SECOND_PERSON_NEEDED', jsonb_build_object('value', l.id, 'field', 'list'));
  end if;
  if l.supersedes_id is not null and p_published_at is not null then
    perform refuse('LIST_CORRECTION_AT_ONCE', jsonb_build_object('list', l.id, 'field', 'publishedAt'));
  end if;
  if p_published_at <= clock_timestamp() then
    perform refuse('EMBARGO_IN_PAST', '{"field":"publishedAt"}');
  end if;
  insert into statutory_list_notice (id, topic, area_id, province_id, list_id, time_period, version, kind, count,
    source_id, contributor_id, published_at)
  select gen_random_uuid()::text, 'DEBT', l.area_id, l.province_id, l.id, l.time_period, l.version, c.kind, c.changed,
    l.source_id, l.contributor_id, instant
  from statutory_list_changes(l.supersedes_id, l.id) c where l.supersedes_id is not null;
  -- Whoever this version no longer names is named by no version.
  update statutory_list_entry e set removed_at = known
    from statutory_list o
   where o.id = e.list_id and o.area_id = l.area_id and o.time_period = l.time_period and o.version < l.version
     and e.removed_at is null
     and not exists (select from statutory_list_entry n where n.list_id = l.id and n.unit_code = e.unit_code);
  update statutory_list set approved_by = scope_actor(), published_at = instant where id = l.id;
  update statutory_list set superseded_at = instant where id = l.supersedes_id and withdrawn_at is null;
end $$;

-- Takes a version back at once, and those that it corrected with it: they were wrong before.
create function withdraw_statutory_list(p_list text, p_reason text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  l constant statutory_list := own_statutory_list(p_list);
  known constant timestamptz := scope_instant();
begin
  if l.withdrawn_at is not null or l.transmitted_at is null and l.published_at is null then
    perform refuse('LIST_WRONG_STATE', jsonb_build_object('list', l.id, 'field', 'list'));
  end if;
  -- What was never public is withdrawn without a word to the public.
  insert into statutory_list_notice (id, topic, area_id, province_id, list_id, time_period, version, kind, count,
    source_id, contributor_id, published_at)
  select gen_random_uuid()::text, 'DEBT', l.area_id, l.province_id, l.id, l.time_period, l.version, 'WITHDRAWN',
    (select count(*) from statutory_list_entry e where e.list_id = l.id and e.removed_at is null), l.source_id,
    l.contributor_id, known
  where l.published_at <= known;
  update statutory_list set withdrawn_at = known, withdrawal_reason = p_reason
   where area_id = l.area_id and time_period = l.time_period and version <= l.version and withdrawn_at is null;
end $$;

-- Throws a draft away that nobody else has seen.
create function discard_statutory_list(p_list text) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  l constant statutory_list := own_statutory_list(p_list);
begin
  if l.published_at is not null or l.transmitted_at is not null or l.withdrawn_at is not null then
    perform refuse('LIST_WRONG_STATE', jsonb_build_object('list', l.id, 'field', 'list'));
  end if;
  delete from statutory_list_entry where list_id = l.id;
  delete from statutory_list where id = l.id;
end $$;

-- ------------------------------------------------------------------ who may call what

revoke execute on function acts_for_debt(text, text), own_statutory_list(text), statutory_list_changes(text, text),
  wrong_statutory_entry(text), draft_statutory_list(jsonb, jsonb), transmit_statutory_list(text),
  approve_statutory_list(text, timestamptz), withdraw_statutory_list(text, text), discard_statutory_list(text)
  from public;
grant execute on function draft_statutory_list(jsonb, jsonb), transmit_statutory_list(text),
  approve_statutory_list(text, timestamptz), withdraw_statutory_list(text, text), discard_statutory_list(text)
  to lienthong_gateway;
