-- What an inspector asks of a position: what became late, what changes next, what turns into evasion. A union is told
-- none of it. A state that no verified rule gives is null with its reason.
alter table debt_position
  alter column state drop not null,
  add column state_reason text,
  add column became_late_on date,
  add column became_late_amount bigint,
  add column next_on date,
  add column next_state text,
  add column next_needs_reminder boolean,
  add column evasion_on date,
  add column evasion_needs_reminder boolean,
  add column evasion_amount bigint,
  add constraint debt_position_reason check ((state is null) = (state_reason is not null)),
  add constraint debt_position_dates check (became_late_amount between 0 and amount
    and evasion_amount between 0 and amount and next_on > as_of and evasion_on > as_of
    and (next_on is null) = (next_state is null) and (next_on is null) = (next_needs_reminder is null)
    and (evasion_on is null) = (evasion_needs_reminder is null) and (evasion_on is null) = (evasion_amount is null)
    and (evasion_on is null or next_on <= evasion_on)),
  add constraint debt_position_withheld check (audience = 'INTERNAL'
    or num_nonnulls(became_late_on, became_late_amount, next_on, next_state, next_needs_reminder, evasion_on,
      evasion_needs_reminder, evasion_amount) = 0);
