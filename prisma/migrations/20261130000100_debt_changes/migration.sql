-- What changed about the debts of employers since an inspector last looked: facts, positions, events and entries of
-- statutory lists, each with the number of the transaction that changed it. The reasons stand in src/debt/README.md.

-- CreateTable
CREATE TABLE "debt_change" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "items" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "event_kind" TEXT,
    "entry_id" TEXT,
    "was_on" DATE,
    "was_state" TEXT,
    "was_amount" BIGINT,
    "was_months_late" INTEGER,
    "is_on" DATE,
    "is_state" TEXT,
    "is_amount" BIGINT,
    "is_months_late" INTEGER,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "effective_at" TIMESTAMPTZ(3),
    "changed_in" BIGINT NOT NULL,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,

    CONSTRAINT "debt_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "debt_change_horizon" (
    "id" INTEGER NOT NULL,
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "number" BIGINT NOT NULL,

    CONSTRAINT "debt_change_horizon_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "debt_change_province_id_changed_in_id_idx" ON "debt_change"("province_id", "changed_in", "id");

-- CreateIndex
CREATE INDEX "debt_change_changed_in_id_idx" ON "debt_change"("changed_in", "id");

-- CreateIndex
CREATE INDEX "debt_change_employer_id_changed_in_id_idx" ON "debt_change"("employer_id", "changed_in", "id");

-- CreateIndex
CREATE INDEX "debt_change_recorded_at_idx" ON "debt_change" USING BRIN ("recorded_at");

-- AddForeignKey
ALTER TABLE "debt_change" ADD CONSTRAINT "debt_change_employer_id_fkey" FOREIGN KEY ("employer_id") REFERENCES "employer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "debt_change" ADD CONSTRAINT "debt_change_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "statutory_list_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Prisma knows no partial indexes. Few changes have an instant or an entry.
create index debt_change_effective on debt_change (effective_at, id) where effective_at is not null;
create index debt_change_entry on debt_change (entry_id) where entry_id is not null;

-- ------------------------------------------------------------------ checks

alter table debt_change
  add constraint debt_change_topic check (topic = 'DEBT'),
  add constraint debt_change_kind check (kind in ('POSITION', 'OBLIGATION', 'PAYMENT', 'REGISTRATION_DUTY',
    'UNDERDECLARATION', 'EVENT', 'STATUTORY_LIST')),
  add constraint debt_change_action check (action in ('RECORDED', 'CORRECTED', 'REMOVED', 'PROPOSED', 'PLANNED',
    'DRAFTED', 'TAKEN_UP', 'DECLINED', 'CONFIRMED', 'PROMISE_ANSWERED', 'REVOKED', 'TRANSMITTED', 'PUBLISHED',
    'WITHDRAWN')),
  add constraint debt_change_entry check ((kind = 'STATUTORY_LIST') = (entry_id is not null)
    and (entry_id is null) = (effective_at is null)),
  add constraint debt_change_event check ((kind = 'EVENT') = (event_kind is not null)),
  add constraint debt_change_standing check ((kind = 'POSITION') = (num_nonnulls(was_on, is_on) > 0)
    and num_nulls(was_on, was_amount, was_months_late) in (0, 3) and num_nulls(is_on, is_amount, is_months_late) in (0, 3));
alter table debt_change_horizon add constraint debt_change_horizon_one check (id = 1);

-- ------------------------------------------------------------------ what is kept

-- What happened before this table was there is told by nobody.
insert into debt_change_horizon (id, instant, number) values (1, clock_timestamp(), 0);

-- Forgets what was recorded before an instant, but for what is still to be told. Whoever has not been told it by then
-- begins again. Transactions are forgotten whole, and none of those that are open: so nothing is missing from the number
-- on, and all that was recorded since the instant lies there. For the owner.
create function forget_debt_changes(p_before timestamptz) returns bigint
  language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  decided constant bigint := (select number from change_state());
  first_kept constant bigint := least(decided,
    (select min(changed_in + 0) from debt_change where recorded_at >= p_before));
  forgotten bigint;
  newest bigint;
begin
  if decided is null or p_before > clock_timestamp() then
    raise exception 'what is to come cannot be forgotten, nor anything before "lienthong migrate" was run'
      using errcode = 'LT003';
  end if;
  with gone as (delete from debt_change
      where changed_in < first_kept and (effective_at is null or effective_at < p_before) returning changed_in)
  select count(*), max(changed_in) into forgotten, newest from gone;
  update debt_change_horizon set instant = greatest(instant, p_before), number = greatest(number, newest + 1);
  return forgotten;
end $$;

-- How far changes may be told, as change_state() says it; since when they are kept, and below which number one may be
-- missing; and above which number lies all that was recorded since an instant. The sum keeps the planner from walking all
-- numbers in order instead.
create function debt_change_state(p_since timestamptz, out number bigint, out era text, out key bytea,
    out kept_since timestamptz, out kept_from bigint, out since_from bigint)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select s.number, concat_ws('|', s.era,
      (select md5(string_agg(concat_ws('|', polrelid::regclass, polname, pg_get_expr(polqual, polrelid)), ';'
                order by polrelid::regclass::text, polname))
         from pg_policy where polrelid in ('debt_change'::regclass, 'statutory_list_entry'::regclass))),
    s.key, h.instant, h.number,
    case when p_since > h.instant
      then least(s.number, (select min(c.changed_in + 0) from debt_change c where c.recorded_at >= p_since))
      else h.number end
  from change_state() s, debt_change_horizon h
$$;

-- As in the migration of changes, above the numbers of this table too.
create or replace function restart_changes(p_restored boolean) returns boolean
  language plpgsql volatile set search_path = pg_catalog, public as $$
declare
  here constant text := (select system_identifier::text from pg_control_system());
  above bigint;
begin
  if not p_restored and (select cluster = here from change_clock) then return false; end if;
  lock table observation, debt_change in access exclusive mode;
  select greatest(base, (select max(added_in) from observation), (select max(closed_in) from observation),
    (select max(withdrawn_in) from observation_withdrawal), (select max(changed_in) from debt_change))
    into above from change_clock;
  update change_clock set cluster = here, era = gen_random_uuid()::text, base = above;
  execute format('alter table observation alter column added_in set default %s + pg_current_xact_id()::text::bigint',
    above);
  drop trigger observation_number on observation;
  execute format('create trigger observation_number before insert on observation for each row
    when (new.added_in is distinct from %s + pg_current_xact_id()::text::bigint) execute function number_observation()',
    above);
  return true;
end $$;

-- ------------------------------------------------------------------ facts

-- One change an employer and statement, with the codes of the facts (of obligations their months, tg_argv[0]). How
-- payments are allocated and when a row became known are no changes. The key (tg_argv[1]) tells a row from another.
create function tell_debt_facts() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  execute format($query$
    insert into debt_change (id, topic, area_id, province_id, employer_id, kind, action, items, recorded_at, changed_in,
      source_id, contributor_id)
    select gen_random_uuid()::text, 'DEBT', f.area_id, f.province_id, f.employer_id, $1, $2,
      array_agg(f.%1$I order by f.%1$I), clock_timestamp(), $3, f.source_id, f.contributor_id
    from %2$s f
    group by f.area_id, f.province_id, f.employer_id, f.source_id, f.contributor_id $query$,
    tg_argv[0],
    case tg_op when 'INSERT' then 'fresh' when 'DELETE' then 'gone'
      else format('(select n.* from fresh n left join gone o using (%s)
        where to_jsonb(n) - $4 is distinct from to_jsonb(o) - $4)', tg_argv[1]) end)
  using upper(tg_table_name),
    case tg_op when 'INSERT' then 'RECORDED' when 'UPDATE' then 'CORRECTED' else 'REMOVED' end,
    change_number(),
    array['paid_retirement', 'paid_sickness', 'paid_accident', 'paid_unemployment', 'paid_health', 'known_from'];
  return null;
end $$;

do $$
declare
  t text;
  item text;
  key text;
begin
  foreach t in array array['obligation', 'payment', 'registration_duty', 'underdeclaration'] loop
    item := case t when 'obligation' then 'time_period' else 'id' end;
    key := case t when 'obligation' then 'employer_id, time_period' else 'id' end;
    execute format('create trigger %I after insert on %I referencing new table as fresh
      for each statement execute function tell_debt_facts(%L, %L)', t || '_told_recorded', t, item, key);
    execute format('create trigger %I after update on %I referencing old table as gone new table as fresh
      for each statement execute function tell_debt_facts(%L, %L)', t || '_told_corrected', t, item, key);
    execute format('create trigger %I after delete on %I referencing old table as gone
      for each statement execute function tell_debt_facts(%L, %L)', t || '_told_removed', t, item, key);
  end loop;
end $$;

-- ------------------------------------------------------------------ events

-- One change an event and step.
create function tell_debt_event() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  v constant debt_event := coalesce(new, old);
  action_ text;
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - 'known_from' = to_jsonb(old) - 'known_from' then return null; end if;
  action_ := case
    when tg_op = 'DELETE' then 'REMOVED'
    when tg_op = 'INSERT' or old.stage <> new.stage then
      case new.stage when 'DONE' then 'RECORDED' when 'DRAFT' then 'DRAFTED' else new.stage end
    when new.taken_up_as_id is distinct from old.taken_up_as_id then
      case when new.taken_up_as_id is null then 'PROPOSED' else 'TAKEN_UP' end
    when new.confirmed_at is distinct from old.confirmed_at and new.confirmed_at is not null then 'CONFIRMED'
    when new.kept is distinct from old.kept and new.kept is not null then 'PROMISE_ANSWERED'
    else 'CORRECTED' end;
  insert into debt_change (id, topic, area_id, province_id, employer_id, kind, action, items, event_kind, recorded_at,
    changed_in, source_id, contributor_id)
  values (gen_random_uuid()::text, 'DEBT', v.area_id, v.province_id, v.employer_id, 'EVENT', action_, array[v.id], v.kind,
    clock_timestamp(), change_number(), v.source_id, v.contributor_id);
  return null;
end $$;
create trigger debt_event_told after insert or update or delete on debt_event
  for each row execute function tell_debt_event();

-- ------------------------------------------------------------------ positions

-- A day is identified again by taking its positions away and writing them anew: what is written in the transaction that
-- took away is compared with what was there; where the day had nothing, with the employer's newest day before it. What
-- says the same is no change. Taken away, a position has an id by which its successor finds it.
create function tell_debt_positions() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  number_ constant bigint := change_number();
begin
  if tg_op = 'DELETE' then
    insert into debt_change (id, topic, area_id, province_id, employer_id, kind, action, was_on, was_state, was_amount,
      was_months_late, recorded_at, changed_in, source_id, contributor_id)
    select concat_ws('|', number_, o.employer_id, o.as_of), 'DEBT', o.area_id, o.province_id, o.employer_id, 'POSITION',
      'REMOVED', o.as_of, o.state, o.amount, o.months_late, clock_timestamp(), number_, o.source_id, o.contributor_id
    from gone o where o.audience = 'INTERNAL'
    on conflict (id) do nothing;
  elsif tg_op = 'UPDATE' then
    insert into debt_change (id, topic, area_id, province_id, employer_id, kind, action, was_on, was_state, was_amount,
      was_months_late, is_on, is_state, is_amount, is_months_late, recorded_at, changed_in, source_id, contributor_id)
    select gen_random_uuid()::text, 'DEBT', n.area_id, n.province_id, n.employer_id, 'POSITION', 'CORRECTED', o.as_of,
      o.state, o.amount, o.months_late, n.as_of, n.state, n.amount, n.months_late, clock_timestamp(), number_,
      n.source_id, n.contributor_id
    from fresh n join gone o using (id)
    where n.audience = 'INTERNAL' and (o.as_of, o.state, o.amount, o.months_late)
      is distinct from (n.as_of, n.state, n.amount, n.months_late);
  else
    with compared as (
      select n.*, c.id as replaced, coalesce(c.was_on, b.as_of) as was_on,
        case when c.id is null then b.state else c.was_state end as was_state,
        coalesce(c.was_amount, b.amount) as was_amount, coalesce(c.was_months_late, b.months_late) as was_months_late
      from fresh n
        left join debt_change c on c.id = concat_ws('|', number_, n.employer_id, n.as_of)
        left join lateral (select p.as_of, p.state, p.amount, p.months_late from debt_position p
          where p.employer_id = n.employer_id and p.audience = 'INTERNAL' and p.as_of < n.as_of and c.id is null
          order by p.as_of desc limit 1) b on true
      where n.audience = 'INTERNAL'),
    kept as (delete from debt_change c using compared n where c.id = n.replaced)
    insert into debt_change (id, topic, area_id, province_id, employer_id, kind, action, was_on, was_state, was_amount,
      was_months_late, is_on, is_state, is_amount, is_months_late, recorded_at, changed_in, source_id, contributor_id)
    select gen_random_uuid()::text, 'DEBT', n.area_id, n.province_id, n.employer_id, 'POSITION',
      case when n.was_on is null then 'RECORDED' else 'CORRECTED' end, n.was_on, n.was_state, n.was_amount,
      n.was_months_late, n.as_of, n.state, n.amount, n.months_late, clock_timestamp(), number_, n.source_id,
      n.contributor_id
    from compared n
    where n.was_on is null or (n.was_state, n.was_amount, n.was_months_late)
      is distinct from (n.state, n.amount, n.months_late);
  end if;
  return null;
end $$;
create trigger debt_position_told_written after insert on debt_position referencing new table as fresh
  for each statement execute function tell_debt_positions();
create trigger debt_position_told_changed after update on debt_position
  referencing old table as gone new table as fresh
  for each statement execute function tell_debt_positions();
create trigger debt_position_told_removed after delete on debt_position referencing old table as gone
  for each statement execute function tell_debt_positions();

-- ------------------------------------------------------------------ statutory lists

-- That an employer is named, and no longer is, from the instant at which others than its makers may read it. What the
-- version before said already is no change, and who is no longer named is told once, of the newest version. A publication
-- that will not come is told to nobody. Entries know no employer but its number and name.
create function tell_listed_employers() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  execute format($query$
    insert into debt_change (id, topic, area_id, province_id, employer_id, kind, action, items, entry_id, recorded_at,
      effective_at, changed_in, source_id, contributor_id)
    select gen_random_uuid()::text, 'DEBT', m.area_id, m.province_id, m.id, 'STATUTORY_LIST', s.action, array[n.id], n.id,
      clock_timestamp(), s.instant, $1, n.source_id, n.contributor_id
    from fresh n
      left join %s o on o.id = n.id
      join statutory_list l on l.id = n.list_id
      left join statutory_list_entry b on b.list_id = l.supersedes_id and b.unit_code = n.unit_code
        and b.removed_at is null and (b.name_vi, b.address, b.listed_as, b.workers, b.months_late, b.amount)
          = (n.name_vi, n.address, n.listed_as, n.workers, n.months_late, n.amount)
      cross join lateral (select e.id, e.area_id, e.province_id from employer e
        where e.unit_code = n.unit_code and e.province_id = n.province_id
        order by e.name_vi = n.name_vi desc, e.id limit 1) m
      cross join lateral (select coalesce(n.transmitted_at, n.published_at) is not null and not exists (
          select from statutory_list_entry x join statutory_list y on y.id = x.list_id
           where y.supersedes_id = l.id and x.unit_code = n.unit_code
             and coalesce(x.transmitted_at, x.published_at) is not null) as was_named) w
      cross join lateral (values
        ('TRANSMITTED', n.transmitted_at, o.transmitted_at, b.transmitted_at is null and n.removed_at is null),
        ('PUBLISHED', n.published_at, o.published_at, b.published_at is null and n.removed_at is null),
        ('REMOVED', n.removed_at, o.removed_at, w.was_named and n.withdrawn_at is null),
        ('WITHDRAWN', n.withdrawn_at, o.withdrawn_at, w.was_named and n.removed_at is null)
      ) s(action, instant, before, is_told)
    where s.instant is distinct from s.before and s.instant is not null and s.is_told $query$,
    case tg_op when 'UPDATE' then 'gone' else '(select * from fresh where false)' end)
  using change_number();
  delete from debt_change c using fresh n
   where c.entry_id = n.id and c.action = 'PUBLISHED' and c.effective_at > least(n.withdrawn_at, n.removed_at);
  return null;
end $$;
create trigger statutory_list_entry_told after insert on statutory_list_entry referencing new table as fresh
  for each statement execute function tell_listed_employers();
create trigger statutory_list_entry_told_step after update on statutory_list_entry
  referencing old table as gone new table as fresh
  for each statement execute function tell_listed_employers();

-- ------------------------------------------------------------------ row-level security

-- For the two that deal with debts in their territory; of a list, for whoever may read the entry. The offset keeps the
-- planner from reading all entries at once.
alter table debt_change_horizon enable row level security;
alter table debt_change enable row level security;
grant select on debt_change to lienthong_gateway;
create policy read_internal on debt_change for select to lienthong_gateway
  using ((topic = any((select scope_list('national'))::text[])
    or topic || '|' || province_id = any((select scope_list('provinces'))::text[])
    or topic || '|' || area_id = any((select scope_list('areas'))::text[]))
    and (select acting_role()) in ('SI', 'LABOUR')
    and (effective_at is null or effective_at <= (select scope_instant()))
    and (entry_id is null or exists (select from statutory_list_entry e where e.id = entry_id offset 0)));

-- ------------------------------------------------------------------ who may call what

revoke execute on function forget_debt_changes(timestamptz), debt_change_state(timestamptz), tell_debt_facts(),
  tell_debt_event(), tell_debt_positions(), tell_listed_employers() from public;
grant execute on function debt_change_state(timestamptz) to lienthong_gateway;
