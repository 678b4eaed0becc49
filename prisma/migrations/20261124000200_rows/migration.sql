-- What a provider drafts belongs to its topic, and a figure is met once, before its instant too.

-- An agency reads and changes its own releases under a grant of their topic, as it does all else. The tables
-- of a release's cells, protection, jobs and early readers follow these two lists.
create or replace function own_releases() returns text[]
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(id), '{}'::text[]) from release
  where provider_id = scope_agency() and topic = any(scope_list('topics'))
$$;

create or replace function own_drafts() returns text[]
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(id), '{}'::text[]) from release
  where provider_id = scope_agency() and topic = any(scope_list('topics')) and approved_at is null
$$;

alter policy read_own on release
  using (provider_id = (select scope_agency()) and topic = any((select scope_list('topics'))::text[]));
alter policy step on release
  using ((provider_id = (select scope_agency()) and topic = any((select scope_list('topics'))::text[]))
    or 'REGISTER' = any((select scope_list('topics'))::text[]));
alter policy discard on release
  using (provider_id = (select scope_agency()) and topic = any((select scope_list('topics'))::text[])
    and scheduled_at is null and approved_at is null);

-- Whoever meets the internal row of a figure does not meet its withheld form beside it. Whether the instant
-- has come makes no difference to an early reader: afterwards it is everybody's.
alter policy read_pre_release on observation
  using (audience = 'PUBLISHED' and withdrawn_at is null
    and topic = any((select scope_list('published'))::text[])
    and release_id = any((select pre_releases())::text[])
    and not (has_internal and (topic = any((select scope_list('national'))::text[])
      or coalesce(topic || '|' || province_id = any((select scope_list('provinces'))::text[]), false)
      or topic || '|' || area_id = any((select scope_list('areas'))::text[]))));
