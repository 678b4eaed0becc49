-- What the change log tells of contribution debt: auditors read it, and no business data.

-- As log_change(), but of a column's content only what says who did what, when, in which step. Of any other column, and of one
-- that a later migration adds, that it was set or changed: the row itself is its readers', and what a fact said before is
-- in debt_fact_version. An employer's name and place are in the business register, a natural person's are not. A union
-- reads its own changes, and must not learn where an employer lies before its claim is confirmed, nor that its proposal
-- was taken up, which known_from would tell as well; how money is allocated is no change.
create or replace function log_debt_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  told text[] := array['id', 'topic', 'employer_id', 'agency_id', 'contributor_id', 'kind', 'stage', 'state',
    'step', 'reason', 'kept', 'occurred_on', 'since', 'ended_on', 'claimed_at', 'confirmed_at', 'confirmed_by',
    'refused_at', 'refused_by', 'taken_up_as_id', 'unit_code', 'office_id', 'payment_cycle', 'liable_from', 'closed_on',
    'time_period', 'period_start', 'due_on', 'received_on', 'reversed_on', 'corrected_on', 'version', 'supersedes_id',
    'list_id', 'debt_on', 'paid_until', 'months_late_min', 'prepared_by', 'approved_by', 'transmitted_at',
    'transmitted_by', 'published_at', 'superseded_at', 'withdrawn_at', 'removed_at', 'as_of', 'known_at', 'started_by',
    'started_at', 'ended_at', 'error_code', 'measure', 'fund', 'assigned_on', 'known_to', 'release_id', 'cells'];
  registered constant text[] := array['area_id', 'province_id', 'name_vi', 'name_en', 'address', 'sector', 'ownership',
    'group_id', 'size_band', 'is_natural_person', 'registered_on', 'source_id'];
  unsaid constant text[] := array['known_from', 'name_search', 'paid_retirement', 'paid_sickness', 'paid_accident',
    'paid_unemployment', 'paid_health'];
  setting constant text := current_setting('lienthong.scope', true);
  said jsonb;
  before jsonb := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) - unsaid end;
  after jsonb := case when tg_op = 'DELETE' then '{}'::jsonb else to_jsonb(new) - unsaid end;
  whole constant jsonb := before || after;
  is_natural constant boolean := coalesce((before ->> 'is_natural_person')::boolean, false)
    or coalesce((after ->> 'is_natural_person')::boolean, false);
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
  if tg_table_name in ('debt_event', 'union_presence') and whole ->> 'agency_id' = said ->> 'agency' then
    before := before - 'taken_up_as_id';
    after := after - 'taken_up_as_id';
  end if;
  if tg_table_name = 'employer' and not is_natural then
    told := told || registered;
  end if;
  before := before || coalesce((select jsonb_object_agg(key, 'WITHHELD') from jsonb_each(before)
    where key <> all(told) and value not in ('null', '[]')), '{}');
  after := after || coalesce((select jsonb_object_agg(key, 'WITHHELD') from jsonb_each(after)
    where key <> all(told) and value not in ('null', '[]')), '{}');
  insert into change_record (id, changed_at, actor, agency_id, application_id, request_id, action, entity, entity_id,
    detail)
  values (gen_random_uuid()::text, date_trunc('milliseconds', clock_timestamp()),
    concat_ws('/', said ->> 'agency', said ->> 'subject'), said ->> 'agency', said ->> 'application',
    said ->> 'request', tg_op, tg_table_name,
    (select string_agg(whole ->> c, '/' order by n) from unnest(tg_argv) with ordinality as a(c, n)),
    jsonb_build_object('before', before, 'after', after));
  return null;
end $$;

-- All of its tables, and a release's protection: how much was suppressed is its provider's, and whom its audience knows
-- is in the digest.
create or replace trigger obligation_change_log after insert or delete on obligation
  for each row execute function log_debt_change('employer_id', 'time_period');
create or replace trigger obligation_correction_log after update on obligation
  for each row when ((old.due_on, old.workers, old.contribution_base, old.due_retirement, old.due_sickness,
      old.due_accident, old.due_unemployment, old.due_health, old.payment_cycle, old.registered_on)
    is distinct from (new.due_on, new.workers, new.contribution_base, new.due_retirement, new.due_sickness,
      new.due_accident, new.due_unemployment, new.due_health, new.payment_cycle, new.registered_on))
  execute function log_debt_change('employer_id', 'time_period');
create or replace trigger payment_change_log after insert or update or delete on payment
  for each row execute function log_debt_change('id');
create or replace trigger registration_duty_change_log after insert or update or delete on registration_duty
  for each row execute function log_debt_change('id');
create or replace trigger underdeclaration_change_log after insert or update or delete on underdeclaration
  for each row execute function log_debt_change('id');
create or replace trigger employer_change_log after insert or update or delete on employer
  for each row execute function log_debt_change('id');
create or replace trigger statutory_list_change_log after insert or update or delete on statutory_list
  for each row execute function log_debt_change('id');
create or replace trigger statutory_list_entry_change_log after update on statutory_list_entry
  for each row when (old.removed_at is distinct from new.removed_at) execute function log_debt_change('id');
create or replace trigger debt_identification_began_change_log after insert on debt_identification
  for each row execute function log_debt_change('id');
create or replace trigger debt_identification_ended_change_log after update on debt_identification
  for each row when (old.state is distinct from new.state) execute function log_debt_change('id');
create or replace trigger collection_estimate_change_log after insert or update or delete on collection_estimate
  for each row execute function log_debt_change('id');
create or replace trigger release_protection_change_log after insert or update or delete on release_protection
  for each row execute function log_debt_change('release_id');

-- What an agency did itself it reads while it reads anything inside: under a purpose for which debts are published figures
-- only, its own acts are not there either.
create or replace function inside_topics() returns text[]
  language sql stable parallel safe set search_path = pg_catalog, public as $$
  select scope_list('national') || array(
    select split_part(place, '|', 1)
      from unnest(scope_list('provinces') || scope_list('areas') || scope_list('parties')) place)
$$;
revoke execute on function inside_topics() from public;
grant execute on function inside_topics() to lienthong_gateway;
drop policy read_own on debt_event;
create policy read_own on debt_event for select to lienthong_gateway
  using (agency_id = (select scope_agency()) and topic = any((select inside_topics())::text[]));
drop policy read_own on union_presence;
create policy read_own on union_presence for select to lienthong_gateway
  using (agency_id = (select scope_agency()) and topic = any((select inside_topics())::text[]));
