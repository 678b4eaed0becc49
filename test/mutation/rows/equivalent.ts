/** Mutants that nobody can notice, because they mean the same, each with the reason. */
const onlySooner =
  'it only ends sooner where nothing named has ended: the answer is asked of every area again below';
const alreadyAsked = 'the policy does not look at the row, and has let it be changed';

export const equivalent: Readonly<Record<string, string>> = {
  'territory_closure(): s.successor_id = any(known) -> true':
    'the parts that must all be known are those of the predecessor, this one among them; it is for the index',
  'territory_closure(): s.predecessor_id = any(known) -> true':
    'the parts that must all be known are those of the successor, this one among them; it is for the index',
  'territory_renewal(): m.group_id = any(named) -> true': onlySooner,
  'territory_renewal(): a.valid_to < on_day -> true': onlySooner,
  'territory_renewal(): (a.id = any(named) or a.id in (select m.member_id from area_member m where m.group_id = any(named))) -> true':
    onlySooner,
  'territory_renewal(): ... from area a where a.valid_to < on_day and (a.id = any(named) ... with <=':
    onlySooner,
  'data_usage(): provider = any(r.providers) -> true':
    'the rows of the record are asked the same, one by one; it only ends sooner for records without any',
  'agency.change with check: true': alreadyAsked,
  'application.change with check: true': alreadyAsked,
  'issuer.change with check: true': alreadyAsked,
  'grant.change with check: true':
    'the row was asked the same before the change, and nobody may change its parties',
  'grant_topic.change_own with check: true':
    'the row was asked the same before the change, and nobody may change its grant',
  'release_job.progress using: (agency_id = ( SELECT scope_agency() AS scope_agency)) -> true':
    'the changed row is asked the same, and nobody may change its agency; without both it is noticed',
  'debt_identification.progress using: (agency_id = ( SELECT scope_agency() AS scope_agency)) -> true':
    'the changed row is asked the same, and nobody may change its agency; without both it is noticed',
  'debt_identification.progress with check: true':
    'the row was asked the same before the change, nobody may change its agency, and only who may write its counts can say DONE',
  'debt_identification.progress with check: (agency_id = ( SELECT scope_agency() AS scope_agency)) -> true':
    'the row was asked the same before the change, and nobody may change its agency',
  "debt_identification.progress with check: (state <> 'DONE'::text) -> true":
    'a check of the table asks for the counts of a run that is DONE, which nobody may write',
  "debt_change.read_internal using: ARRAY['SI'::text, 'LABOUR'::text] -> ARRAY['SI'::text]":
    'no reader of the marks that holds internal rows is of the labour authority; test/debt/changes.test.ts asks as one',
  'release_job.progress with check: true':
    'the row was asked the same before the change, and nobody may change its agency',
};
