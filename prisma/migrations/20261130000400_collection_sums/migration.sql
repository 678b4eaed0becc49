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
CREATE TABLE "collection_touched" (
    "employer_id" TEXT NOT NULL,
    "moves" JSONB NOT NULL,

    CONSTRAINT "collection_touched_pkey" PRIMARY KEY ("employer_id")
);

-- CreateIndex
CREATE INDEX "collection_sum_province_id_idx" ON "collection_sum"("province_id");

-- CreateIndex
CREATE INDEX "collection_sum_office_id_idx" ON "collection_sum"("office_id");

-- CreateIndex
CREATE INDEX "collection_exception_province_id_idx" ON "collection_exception"("province_id");

alter table collection_sum add constraint collection_sum_topic check (topic = 'DEBT');
alter table collection_exception add constraint collection_exception_topic check (topic = 'DEBT');

-- ------------------------------------------------------------------ rows

alter table collection_sum enable row level security;
alter table collection_exception enable row level security;
alter table collection_touched enable row level security;
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

-- Before a row of an employer changes: how its account stood, once a statement. Whoever changes another row of it
-- meanwhile waits, since what is overdue follows from all rows together.
create function touch_collection() returns trigger
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  -- Of a fact that is moved to another employer both change.
  touched constant text[] := case
    when tg_table_name = 'employer' then array[to_jsonb(old) ->> 'id']
    when tg_op = 'INSERT' then array[to_jsonb(new) ->> 'employer_id']
    when tg_op = 'DELETE' then array[to_jsonb(old) ->> 'employer_id']
    else array[to_jsonb(old) ->> 'employer_id', to_jsonb(new) ->> 'employer_id'] end;
  one text;
begin
  for one in select distinct t from unnest(touched) t order by 1 loop
    continue when exists (select from collection_touched where employer_id = one);
    if current_setting('transaction_isolation') = 'repeatable read' then
      raise exception 'facts of contribution debt are not changed under REPEATABLE READ, which would sum up what has changed meanwhile'
        using errcode = 'feature_not_supported';
    end if;
    perform from employer where id = one for no key update;
    continue when not found;
    insert into collection_touched (employer_id, moves)
    select one, coalesce(jsonb_agg(to_jsonb(m)), '[]') from collection_moves(array[one]) m;
  end loop;
  return case tg_op when 'DELETE' then old else new end;
end $$;

-- After the statement: what is different now is added.
create function settle_collection() returns trigger
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  employers text[];
  province text;
begin
  if not exists (select from collection_touched) then return null; end if;
  select array_agg(employer_id) into employers from collection_touched;
  for province in
    with change as (
      select m.topic, m.area_id, m.province_id, m.office_id, m.source_id, m.day, m.facts, m.due, m.received, m.reversed,
          m.overdue
        from collection_moves(employers) m
      union all
      select w.topic, w.area_id, w.province_id, w.office_id, w.source_id, w.day, -w.facts, -w.due, -w.received,
          -w.reversed, -w.overdue
        from collection_touched t, jsonb_to_recordset(t.moves) as w(topic text, area_id text, province_id text,
          office_id text, source_id text, day date, facts bigint, due numeric, received numeric, reversed numeric,
          overdue numeric)),
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
  delete from collection_exception where employer_id = any(employers);
  insert into collection_exception (employer_id, topic, area_id, province_id)
  select e.id, e.topic, e.area_id, e.province_id
    from collection_exceptions(employers) x(id) join employer e on e.id = x.id;
  delete from collection_touched where employer_id = any(employers);
  return null;
end $$;

-- Everything anew, for stores whose facts were changed while triggers were off. Nobody records meanwhile.
create function recompute_collection() returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  employers text[];
begin
  lock table employer, obligation, payment, debt_event in share row exclusive mode;
  delete from collection_sum;
  delete from collection_exception;
  for employers in
    select array_agg(id) from (select id, province_id, row_number() over (partition by province_id order by id) as n
      from employer) e group by province_id, n / 50000
  loop
    insert into collection_sum (topic, area_id, province_id, office_id, source_id, day, facts, due, received, reversed,
      overdue)
    select topic, area_id, province_id, office_id, source_id, day, sum(facts), sum(due), sum(received), sum(reversed),
        sum(overdue)
      from collection_moves(employers) group by 1, 2, 3, 4, 5, 6;
    insert into collection_exception (employer_id, topic, area_id, province_id)
    select e.id, e.topic, e.area_id, e.province_id
      from collection_exceptions(employers) x(id) join employer e on e.id = x.id;
  end loop;
end $$;

-- Where the sums are not those of the facts: no row says that they are.
create function collection_differences(p_province text) returns table (office_id text, area_id text, source_id text,
    day date, facts numeric, due numeric, received numeric, reversed numeric, overdue numeric)
  language sql stable security definer set search_path = pg_catalog, public as $$
  with employers as materialized (select array_agg(id) as ids from employer where province_id = p_province),
  both_ as (
    select s.office_id, s.area_id, s.source_id, collection_day(s.day) as day, s.facts, s.due, s.received, s.reversed,
        s.overdue
      from collection_sum s where s.province_id = p_province
    union all
    select m.office_id, m.area_id, m.source_id, m.day, -m.facts, -m.due, -m.received, -m.reversed, -m.overdue
      from employers e, lateral collection_moves(e.ids) m)
  select b.office_id, b.area_id, b.source_id, b.day, sum(b.facts), sum(b.due), sum(b.received), sum(b.reversed),
      sum(b.overdue)
    from both_ b group by 1, 2, 3, 4
  having sum(b.facts) <> 0 or sum(b.due) <> 0 or sum(b.received) <> 0 or sum(b.reversed) <> 0 or sum(b.overdue) <> 0
  union all
  select null, e.area_id, x.id, null, 1, 0, 0, 0, 0
    from employers s, lateral (
      (select collection_exceptions(s.ids) except select employer_id from collection_exception)
      union all (select employer_id from collection_exception where province_id = p_province
        except select collection_exceptions(s.ids))) x(id) left join employer e on e.id = x.id
$$;

create function recompute_truncated_collection() returns trigger
  language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform recompute_collection();
  return null;
end $$;

-- How payments are allocated moves nothing here.
create trigger obligation_touch before insert or delete on obligation
  for each row execute function touch_collection();
create trigger obligation_touch_update before update on obligation
  for each row when ((old.employer_id, old.period_start, old.due_on, old.registered_on, old.payment_cycle, old.source_id,
      old.due_retirement, old.due_sickness, old.due_accident, old.due_unemployment, old.due_health)
    is distinct from (new.employer_id, new.period_start, new.due_on, new.registered_on, new.payment_cycle,
      new.source_id, new.due_retirement, new.due_sickness, new.due_accident, new.due_unemployment, new.due_health))
  execute function touch_collection();
create trigger payment_touch before insert or delete or update on payment
  for each row execute function touch_collection();
create trigger debt_event_touch before insert on debt_event
  for each row when (new.kind = 'SUSPENSION') execute function touch_collection();
create trigger debt_event_touch_update before update on debt_event
  for each row when (old.kind = 'SUSPENSION' or new.kind = 'SUSPENSION') execute function touch_collection();
create trigger debt_event_touch_delete before delete on debt_event
  for each row when (old.kind = 'SUSPENSION') execute function touch_collection();
create trigger employer_touch before update on employer
  for each row when ((old.topic, old.area_id, old.province_id, old.office_id)
    is distinct from (new.topic, new.area_id, new.province_id, new.office_id))
  execute function touch_collection();

do $$
declare
  t text;
begin
  foreach t in array array['obligation', 'payment', 'debt_event', 'employer'] loop
    execute format('create trigger %I after insert or update or delete on %I
      for each statement execute function settle_collection()', t || '_settle', t);
    execute format('create trigger %I after truncate on %I
      for each statement execute function recompute_truncated_collection()', t || '_recompute', t);
  end loop;
end $$;

revoke execute on function collection_day(date), collection_exceptions(text[]), collection_moves(text[]),
  fold_collection_sums(text), touch_collection(), settle_collection(), recompute_collection(),
  collection_differences(text), recompute_truncated_collection() from public;

select recompute_collection();
