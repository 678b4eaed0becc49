-- What offices had to receive and received, as sums that are kept with the facts. The reasons stand in
-- src/debt/README.md.

-- CreateTable
CREATE TABLE "collection_sum" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT NOT NULL,
    "office_id" TEXT NOT NULL,
    "source_id" TEXT,
    "day" DATE NOT NULL,
    "facts" BIGINT NOT NULL,
    "due" DECIMAL(40,0) NOT NULL,
    "received" DECIMAL(40,0) NOT NULL,
    "reversed" DECIMAL(40,0) NOT NULL,
    "overdue" DECIMAL(40,0) NOT NULL,

    CONSTRAINT "collection_sum_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "collection_exception" (
    "employer_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT NOT NULL,

    CONSTRAINT "collection_exception_pkey" PRIMARY KEY ("employer_id")
);

-- CreateTable
CREATE TABLE "collection_account" (
    "employer_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT NOT NULL,
    "office_id" TEXT NOT NULL,
    "moves" JSONB NOT NULL,

    CONSTRAINT "collection_account_pkey" PRIMARY KEY ("employer_id")
);

-- CreateIndex
CREATE INDEX "collection_sum_province_id_idx" ON "collection_sum"("province_id");

-- CreateIndex
CREATE INDEX "collection_sum_office_id_idx" ON "collection_sum"("office_id");

-- CreateIndex
CREATE INDEX "collection_exception_province_id_idx" ON "collection_exception"("province_id");

alter table collection_sum add constraint collection_sum_topic check (topic = 'DEBT');
alter table collection_exception add constraint collection_exception_topic check (topic = 'DEBT');
alter table collection_account add constraint collection_account_topic check (topic = 'DEBT');

-- ------------------------------------------------------------------ rows

alter table collection_sum enable row level security;
alter table collection_exception enable row level security;
alter table collection_account enable row level security;
grant select on collection_sum, collection_exception to lienthong_gateway;

do $$
declare
  t text;
begin
  foreach t in array array['collection_sum', 'collection_exception'] loop
    execute format('create policy read_internal on %I for select to lienthong_gateway
      using ((select acting_role()) = ''SI''
        and (topic = any((select scope_list(''national''))::text[])
          or coalesce(topic || ''|'' || province_id = any((select scope_list(''provinces''))::text[]), false)
          or topic || ''|'' || area_id = any((select scope_list(''areas''))::text[])))', t);
  end loop;
end $$;

-- ------------------------------------------------------------------ what an account is made of

-- Questions cut at ends of months and today, so that days of months that are over are the last one of theirs. A day of
-- grace, since clocks differ.
-- Without settings of its own, so that it is planned within the question.
create function collection_day(p_day date) returns date
  language sql stable as $$
  select case when p_day < date_trunc('month', (now() at time zone 'Asia/Ho_Chi_Minh') - interval '1 day')::date
    then (date_trunc('month', p_day::timestamp) + interval '1 month')::date - 1 else p_day end
$$;

-- Whose account is more than what fell due less what came, so that the law engine reckons it: where months are
-- suspended; where a month came to be known after another that falls due later; where a month's last day to pay is not
-- that of its cycle.
create function collection_exceptions(p_employers text[]) returns setof text
  language sql stable set search_path = pg_catalog, public as $$
  select v.employer_id from debt_event v
   where v.employer_id in (select unnest(p_employers)) and v.kind = 'SUSPENSION' and v.stage = 'DONE'
  union
  select employer_id
    from (select o.employer_id, o.due_on,
            lag(o.due_on) over (partition by o.employer_id
              order by coalesce(o.registered_on, o.period_start), o.due_on) as before,
            (case o.payment_cycle
              when 'MONTHLY' then date_trunc('month', o.period_start::timestamp) + interval '2 months'
              when 'QUARTERLY' then date_trunc('quarter', o.period_start::timestamp) + interval '4 months'
              else make_timestamp(extract(year from o.period_start)::int,
                case when extract(month from o.period_start) < 7 then 1 else 7 end, 1, 0, 0, 0) + interval '7 months'
              end)::date - 1 as of_cycle
            from obligation o where o.employer_id in (select unnest(p_employers))) o
   where due_on < before or due_on <> of_cycle
$$;

-- What moved on the accounts of employers, day by day and source by source; how much more was overdue at the end of
-- each day has no source. Nothing of exceptions.
create function collection_moves(p_employers text[]) returns table (employer_id text, topic text, area_id text,
    province_id text, office_id text, source_id text, day date, facts bigint, due numeric, received numeric,
    reversed numeric, overdue numeric)
  language sql stable set search_path = pg_catalog, public as $$
  with excepted as materialized (select collection_exceptions(p_employers) as id),
  plain as materialized (
    select e.id, e.topic, e.area_id, e.province_id, e.office_id from employer e
     where e.id in (select unnest(p_employers)) and not exists (select from excepted x where x.id = e.id)),
  fact as (
    select o.employer_id, greatest(o.due_on, o.registered_on) as day, o.source_id, 1 as facts, o.due_retirement::numeric
        + o.due_sickness + o.due_accident + o.due_unemployment + o.due_health as due, 0::numeric as received,
        0::numeric as reversed
      from obligation o where o.employer_id in (select unnest(p_employers))
    union all
    select y.employer_id, y.received_on, y.source_id, 1, 0, y.amount, 0
      from payment y where y.employer_id in (select unnest(p_employers))
    union all
    select y.employer_id, y.reversed_on, y.source_id, 1, 0, 0, y.amount
      from payment y where y.employer_id in (select unnest(p_employers)) and y.reversed_on is not null),
  moved as materialized (
    select f.employer_id, f.source_id, collection_day(f.day) as day, count(*) as facts, sum(f.due) as due,
        sum(f.received) as received, sum(f.reversed) as reversed
      from fact f group by 1, 2, 3),
  stood as (
    select m.employer_id, m.day, greatest(sum(sum(m.due - m.received + m.reversed)) over (partition by m.employer_id
        order by m.day), 0) as overdue
      from moved m group by 1, 2),
  told as (
    select m.employer_id, m.source_id, m.day, m.facts, m.due, m.received, m.reversed, 0::numeric as overdue from moved m
    union all
    select s.employer_id, null, s.day, 0, 0, 0, 0,
        s.overdue - lag(s.overdue, 1, 0::numeric) over (partition by s.employer_id order by s.day)
      from stood s)
  select p.id, p.topic, p.area_id, p.province_id, p.office_id, t.source_id, t.day, t.facts, t.due, t.received,
      t.reversed, t.overdue
    from told t join plain p on p.id = t.employer_id
   where t.facts <> 0 or t.overdue <> 0
$$;

-- ------------------------------------------------------------------ kept with the facts

-- One row for each place and day of a province, whatever was added to it. Sums that others fold meanwhile are left to
-- them.
create function fold_collection_sums(p_province text) returns void
  language sql volatile security definer set search_path = pg_catalog, public as $$
  with several as (
    select unnest(array_agg(s.id)) as id from collection_sum s where s.province_id = p_province
     group by s.area_id, s.office_id, s.source_id, collection_day(s.day) having count(*) > 1),
  gone as (
    delete from collection_sum s where s.id in (
      select l.id from collection_sum l where l.id in (select id from several) for update skip locked)
    returning s.*)
  insert into collection_sum (topic, area_id, province_id, office_id, source_id, day, facts, due, received, reversed,
    overdue)
  select topic, area_id, province_id, office_id, source_id, collection_day(day), sum(facts), sum(due), sum(received),
      sum(reversed), sum(overdue)
    from gone group by 1, 2, 3, 4, 5, 6
  having sum(facts) <> 0 or sum(due) <> 0 or sum(received) <> 0 or sum(reversed) <> 0 or sum(overdue) <> 0
$$;

-- The sums hold of each employer what its account says: what is different now is added, and the account says so then.
-- One change at a time on an employer until the transaction ends, since what is overdue follows from all its rows
-- together; the account is written in any case, so that a transaction whose snapshot predates another's change fails.
create function settle_collection_of(p_employers text[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  province text;
begin
  perform from employer where id = any(p_employers) order by id for no key update;
  for province in
    with now as materialized (select * from collection_moves(p_employers)),
    change as (
      select n.topic, n.area_id, n.province_id, n.office_id, n.source_id, n.day, n.facts, n.due, n.received,
          n.reversed, n.overdue
        from now n
      union all
      select a.topic, a.area_id, a.province_id, a.office_id, m ->> 0, collection_day((m ->> 1)::date),
          -(m ->> 2)::bigint, -(m ->> 3)::numeric, -(m ->> 4)::numeric, -(m ->> 5)::numeric, -(m ->> 6)::numeric
        from collection_account a, jsonb_array_elements(a.moves) m where a.employer_id = any(p_employers)),
    said as (
      insert into collection_account (employer_id, topic, area_id, province_id, office_id, moves)
      select e.id, e.topic, e.area_id, e.province_id, e.office_id, coalesce(n.moves, '[]')
        from employer e left join (
          select employer_id, jsonb_agg(jsonb_build_array(source_id, day, facts, due, received, reversed, overdue))
              as moves
            from now group by employer_id) n on n.employer_id = e.id
       where e.id = any(p_employers)
      on conflict (employer_id) do update set topic = excluded.topic, area_id = excluded.area_id,
        province_id = excluded.province_id, office_id = excluded.office_id, moves = excluded.moves),
    added as (
      insert into collection_sum (topic, area_id, province_id, office_id, source_id, day, facts, due, received, reversed,
        overdue)
      select topic, area_id, province_id, office_id, source_id, day, sum(facts), sum(due), sum(received), sum(reversed),
          sum(overdue)
        from change group by 1, 2, 3, 4, 5, 6
      having sum(facts) <> 0 or sum(due) <> 0 or sum(received) <> 0 or sum(reversed) <> 0 or sum(overdue) <> 0
      returning id, province_id)
    select distinct province_id from added where id % 1024 = 0
  loop
    perform fold_collection_sums(province);
  end loop;
  delete from collection_account a
   where a.employer_id = any(p_employers) and not exists (select from employer e where e.id = a.employer_id);
  delete from collection_exception where employer_id = any(p_employers);
  insert into collection_exception (employer_id, topic, area_id, province_id)
  select e.id, e.topic, e.area_id, e.province_id
    from collection_exceptions(p_employers) x(id) join employer e on e.id = x.id;
end $$;

-- After a statement: whose rows changed in more than what moves nothing here, such as how payments are allocated.
create function settle_collection() returns trigger
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  idle constant text[] := array['paid_retirement', 'paid_sickness', 'paid_accident', 'paid_unemployment',
    'paid_health', 'known_from', 'workers', 'contribution_base', 'contributor_id', 'name_vi', 'name_en', 'name_search',
    'address', 'sector', 'ownership', 'size_band', 'is_natural_person', 'liable_from', 'closed_on', 'group_id'];
  employers text[];
begin
  -- The rows themselves are kept nowhere: a load may bring millions of them in one statement. Of events only suspensions
  -- defer anything.
  case tg_op
    when 'INSERT' then
      select array_agg(distinct coalesce(r ->> 'employer_id', r ->> 'id')) into employers
        from (select to_jsonb(n) as r from new_rows n) c where coalesce(r ->> 'kind', 'SUSPENSION') = 'SUSPENSION';
    when 'DELETE' then
      select array_agg(distinct coalesce(r ->> 'employer_id', r ->> 'id')) into employers
        from (select to_jsonb(o) as r from old_rows o) c where coalesce(r ->> 'kind', 'SUSPENSION') = 'SUSPENSION';
    else
      with was as materialized (select to_jsonb(o) - idle as r from old_rows o),
      is_now as materialized (select to_jsonb(n) - idle as r from new_rows n)
      select array_agg(distinct coalesce(r ->> 'employer_id', r ->> 'id')) into employers
        from ((select r from was except select r from is_now) union all (select r from is_now except select r from was)) c
       where coalesce(r ->> 'kind', 'SUSPENSION') = 'SUSPENSION';
  end case;
  if employers is not null then perform settle_collection_of(employers); end if;
  return null;
end $$;

-- Everything anew, for stores whose facts were changed while triggers were off. Nobody records meanwhile.
create function recompute_collection() returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  employers text[];
begin
  if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise exception 'collection is recomputed under READ COMMITTED, since it must see what others had recorded when it began to wait for them'
      using errcode = 'feature_not_supported';
  end if;
  lock table employer, obligation, payment, debt_event in share row exclusive mode;
  delete from collection_sum;
  delete from collection_account;
  delete from collection_exception;
  for employers in
    select array_agg(id) from (select id, province_id, row_number() over (partition by province_id order by id) as n
      from employer) e group by province_id, n / 10000
  loop
    perform settle_collection_of(employers);
  end loop;
end $$;

-- Where the sums, accounts or exceptions are not those of the facts: no row says that they are.
create function collection_differences(p_province text) returns table (employer_id text, office_id text, area_id text,
    source_id text, day date, facts numeric, due numeric, received numeric, reversed numeric, overdue numeric)
  language sql stable security definer set search_path = pg_catalog, public as $$
  with employers as materialized (select array_agg(id) as ids from employer where province_id = p_province),
  moves as materialized (select m.* from employers e, lateral collection_moves(e.ids) m),
  told as (
    select null as employer_id, s.office_id, s.area_id, s.source_id, collection_day(s.day) as day, s.facts, s.due,
        s.received, s.reversed, s.overdue
      from collection_sum s where s.province_id = p_province
    union all
    select null, m.office_id, m.area_id, m.source_id, m.day, -m.facts, -m.due, -m.received, -m.reversed, -m.overdue
      from moves m
    union all
    select a.employer_id, a.office_id, a.area_id, m ->> 0, collection_day((m ->> 1)::date), (m ->> 2)::bigint,
        (m ->> 3)::numeric, (m ->> 4)::numeric, (m ->> 5)::numeric, (m ->> 6)::numeric
      from collection_account a, jsonb_array_elements(a.moves) m where a.province_id = p_province
    union all
    select m.employer_id, m.office_id, m.area_id, m.source_id, m.day, -m.facts, -m.due, -m.received, -m.reversed,
        -m.overdue
      from moves m)
  select t.employer_id, t.office_id, t.area_id, t.source_id, t.day, sum(t.facts), sum(t.due), sum(t.received),
      sum(t.reversed), sum(t.overdue)
    from told t group by 1, 2, 3, 4, 5
  having sum(t.facts) <> 0 or sum(t.due) <> 0 or sum(t.received) <> 0 or sum(t.reversed) <> 0 or sum(t.overdue) <> 0
  union all
  select x.id, null, null, null, null, 1, 0, 0, 0, 0
    from employers s, lateral (
      (select collection_exceptions(s.ids) except select v.employer_id from collection_exception v)
      union all (select v.employer_id from collection_exception v where v.province_id = p_province
        except select collection_exceptions(s.ids))) x(id)
$$;

create function recompute_truncated_collection() returns trigger
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform recompute_collection();
  return null;
end $$;

do $$
declare
  t text;
begin
  foreach t in array array['obligation', 'payment', 'debt_event', 'employer'] loop
    -- A new employer has no account yet.
    if t <> 'employer' then
      execute format('create trigger %I after insert on %I referencing new table as new_rows
        for each statement execute function settle_collection()', t || '_settle_insert', t);
    end if;
    execute format('create trigger %I after update on %I referencing old table as old_rows new table as new_rows
      for each statement execute function settle_collection()', t || '_settle_update', t);
    execute format('create trigger %I after delete on %I referencing old table as old_rows
      for each statement execute function settle_collection()', t || '_settle_delete', t);
    execute format('create trigger %I after truncate on %I
      for each statement execute function recompute_truncated_collection()', t || '_recompute', t);
  end loop;
end $$;

revoke execute on function collection_day(date), collection_exceptions(text[]), collection_moves(text[]),
  fold_collection_sums(text), settle_collection_of(text[]), settle_collection(), recompute_collection(),
  collection_differences(text), recompute_truncated_collection() from public;

select recompute_collection();
