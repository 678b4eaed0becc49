/** Mutants that nobody can notice, because they mean the same, each with the reason. */
export const equivalent: Readonly<Record<string, string>> = {
  'territory_closure(): s.successor_id = any(known) -> true':
    'the parts that must all be known are those of the predecessor, this one among them; it is for the index',
  'territory_closure(): s.predecessor_id = any(known) -> true':
    'the parts that must all be known are those of the successor, this one among them; it is for the index',
  'release_job.progress using: (agency_id = ( SELECT scope_agency() AS scope_agency)) -> true':
    'the changed row is asked the same, and nobody may change its agency; without both it is noticed',
  'release_job.progress with check: true':
    'the row was asked the same before the change, and nobody may change its agency',
};
