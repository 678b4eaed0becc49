-- Facts on which the law of contribution debt is judged, what they said before they were corrected, and how far what was
-- done about a debt has come. The reasons stand in src/debt/README.md.

-- AlterTable
ALTER TABLE "debt_event" ADD COLUMN     "cause" TEXT,
ADD COLUMN     "from_on" DATE,
ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "stage" TEXT NOT NULL DEFAULT 'DONE',
ADD COLUMN     "time_periods" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "until_on" DATE;

-- AlterTable
ALTER TABLE "obligation" ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "payment_cycle" TEXT,
ADD COLUMN     "registered_on" DATE;

-- AlterTable
ALTER TABLE "payment" ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "reversed_on" DATE;

-- CreateTable
CREATE TABLE "registration_duty" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "duty_from" DATE NOT NULL,
    "registered_on" DATE,
    "workers" INTEGER NOT NULL,
    "amount" BIGINT,
    "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,

    CONSTRAINT "registration_duty_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "underdeclaration" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "time_period" TEXT NOT NULL,
    "registered_base" BIGINT NOT NULL,
    "legal_base" BIGINT NOT NULL,
    "workers" INTEGER NOT NULL,
    "corrected_on" DATE,
    "amount" BIGINT,
    "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,

    CONSTRAINT "underdeclaration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "debt_fact_version" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "fact" TEXT NOT NULL,
    "fact_id" TEXT NOT NULL,
    "known_from" TIMESTAMPTZ(3) NOT NULL,
    "known_to" TIMESTAMPTZ(3) NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "debt_fact_version_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "registration_duty_employer_id_idx" ON "registration_duty"("employer_id");

-- CreateIndex
CREATE INDEX "underdeclaration_employer_id_idx" ON "underdeclaration"("employer_id");

-- CreateIndex
CREATE INDEX "debt_fact_version_employer_id_idx" ON "debt_fact_version"("employer_id");

-- AddForeignKey
ALTER TABLE "registration_duty" ADD CONSTRAINT "registration_duty_employer_id_fkey" FOREIGN KEY ("employer_id") REFERENCES "employer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "underdeclaration" ADD CONSTRAINT "underdeclaration_employer_id_fkey" FOREIGN KEY ("employer_id") REFERENCES "employer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

update obligation o set payment_cycle = e.payment_cycle from employer e where e.id = o.employer_id;
alter table obligation alter column payment_cycle set not null;

-- ------------------------------------------------------------------ checks

alter table obligation
  add constraint obligation_payment_cycle check (payment_cycle in ('MONTHLY', 'QUARTERLY', 'SEMIANNUAL'));
alter table payment
  add constraint payment_reversed check (reversed_on is null or reversed_on >= received_on);
alter table registration_duty
  add constraint registration_duty_topic check (topic = 'DEBT'),
  add constraint registration_duty_counts check (workers > 0 and amount >= 0),
  add constraint registration_duty_dates check (registered_on is null or duty_from <= registered_on);
alter table underdeclaration
  add constraint underdeclaration_topic check (topic = 'DEBT'),
  add constraint underdeclaration_amounts check (registered_base >= 0 and registered_base < legal_base
    and workers > 0 and amount >= 0),
  add constraint underdeclaration_period check (time_period ~ '^\d{4}-(0[1-9]|1[0-2])$');
-- What is only proposed, planned or drafted is no act yet, and no promise was kept in it.
alter table debt_event drop constraint debt_event_kind,
  add constraint debt_event_kind check (kind in ('REMINDER', 'JOINT_SESSION', 'INSPECTION', 'SANCTION', 'REFERRAL',
    'SETTLEMENT', 'SUSPENSION', 'FORCE_MAJEURE', 'HARD_TO_COLLECT')),
  add constraint debt_event_stage check (stage = 'DONE' or (kept is null
    and (kind, stage) in (('INSPECTION', 'PROPOSED'), ('INSPECTION', 'PLANNED'), ('JOINT_SESSION', 'PLANNED'),
      ('SANCTION', 'DRAFT')))),
  add constraint debt_event_cause check ((cause is not null) = (kind in ('FORCE_MAJEURE', 'HARD_TO_COLLECT'))),
  add constraint debt_event_span check (case when kind in ('SUSPENSION', 'FORCE_MAJEURE', 'HARD_TO_COLLECT')
    then from_on is not null and (until_on is null or from_on <= until_on)
    else from_on is null and until_on is null end),
  add constraint debt_event_time_periods check (time_periods = '{}' or kind in ('REMINDER', 'FORCE_MAJEURE'));

-- ------------------------------------------------------------------ what a fact said before

alter table debt_fact_version
  add constraint debt_fact_version_topic check (topic = 'DEBT'),
  add constraint debt_fact_version_fact check (fact in ('obligation', 'payment', 'debt_event', 'registration_duty',
    'underdeclaration')),
  add constraint debt_fact_version_times check (known_from < known_to);

-- A corrected or removed fact stays as it was known, each column as text: a number of JSON would be rounded by its
-- readers. How payments are allocated follows from the facts, and when a row became known is the database's to say.
create function keep_debt_fact() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  computed constant text[] := array['paid_retirement', 'paid_sickness', 'paid_accident', 'paid_unemployment',
    'paid_health', 'known_from'];
  was constant jsonb := to_jsonb(old);
  instant constant timestamptz(3) := clock_timestamp();
begin
  if tg_op = 'UPDATE' and was - computed = to_jsonb(new) - computed then
    new.known_from := old.known_from;
    return new;
  end if;
  if old.known_from < instant then
    insert into debt_fact_version (id, topic, area_id, province_id, employer_id, fact, fact_id, known_from, known_to,
      content)
    values (gen_random_uuid()::text, old.topic, old.area_id, old.province_id, old.employer_id, tg_table_name,
      coalesce(was ->> 'id', (was ->> 'employer_id') || '|' || (was ->> 'time_period')), old.known_from, instant,
      (select jsonb_object_agg(key, value #>> '{}') from jsonb_each(was)));
  end if;
  if tg_op = 'DELETE' then return old; end if;
  new.known_from := greatest(instant, old.known_from);
  return new;
end $$;

do $$
declare
  t text;
  internal constant text := '(topic = any((select scope_list(''national''))::text[])
    or coalesce(topic || ''|'' || province_id = any((select scope_list(''provinces''))::text[]), false)
    or topic || ''|'' || area_id = any((select scope_list(''areas''))::text[]))';
begin
  foreach t in array array['obligation', 'payment', 'debt_event', 'registration_duty', 'underdeclaration'] loop
    execute format('create trigger %I before update or delete on %I
      for each row execute function keep_debt_fact()', t || '_keep', t);
  end loop;
  foreach t in array array['registration_duty', 'underdeclaration'] loop
    execute format('create trigger %I before insert or update on %I
      for each row execute function assert_place_of_employer()', t || '_place', t);
  end loop;
  foreach t in array array['registration_duty', 'underdeclaration', 'debt_fact_version'] loop
    execute format('alter table %I enable row level security', t);
    execute format('grant select on %I to lienthong_gateway', t);
    execute format('create policy read_internal on %I for select to lienthong_gateway using (%s)', t, internal);
  end loop;
end $$;

create trigger debt_fact_version_no_change before update or delete on debt_fact_version
  for each row execute function refuse_change();
create trigger debt_fact_version_no_truncate before truncate on debt_fact_version
  for each statement execute function refuse_change();

-- Whoever took part learns of what was done, not of what is planned or drafted.
drop policy read_party on debt_event;
create policy read_party on debt_event for select to lienthong_gateway
  using (stage = 'DONE' and (select scope_agency()) = any(participant_ids) and confirmed_at <= (select scope_instant())
    and employer_id = any((select party_employers())::text[]));

revoke execute on function keep_debt_fact() from public;
