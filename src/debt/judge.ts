/** Judges many employers on a day: the positions that an identification keeps, or how a statutory list is to take them. Pure. */
import type { DebtFacts } from './law/facts.ts';
import type { LegalParameters } from './law/parameters.ts';
import {
  internalPosition,
  isWorthTelling,
  partyPosition,
  type InternalPosition,
} from './law/position.ts';
import { listingOf, type Listing } from './law/watch.ts';
import { assess } from './law.ts';

export interface JudgedEmployer {
  readonly id: string;
  /** Whether a position of an earlier day tells of it: then it has one of every later day, so that none goes stale. */
  readonly isTold: boolean;
}

/** A position as `write_debt_positions` takes it. */
function columnsOf(employer: string, found: InternalPosition) {
  return {
    employer_id: employer,
    state: found.state,
    state_reason: found.stateReason,
    state_since: found.stateSince,
    legal_basis: found.legalBasis,
    amount: String(found.amount),
    months_late: found.monthsLate,
    oldest_due_on: found.oldestDueOn,
    workers_affected: found.workersAffected,
    party_workers_affected: partyPosition(found).workersAffected,
    workers_band: found.workersBand,
    amount_retirement: String(found.funds.RETIREMENT),
    amount_sickness: String(found.funds.SICKNESS),
    amount_accident: String(found.funds.ACCIDENT),
    amount_unemployment: String(found.funds.UNEMPLOYMENT),
    amount_health: String(found.funds.HEALTH),
    became_late_on: found.becameLateOn,
    became_late_amount: String(found.becameLateAmount),
    next_on: found.nextOn,
    next_state: found.nextState,
    evasion_on: found.evasion?.on ?? null,
    evasion_amount: found.evasion && String(found.evasion.amount),
    reminded_evasion_on: found.remindedEvasion?.on ?? null,
    reminded_evasion_amount: found.remindedEvasion && String(found.remindedEvasion.amount),
  };
}

/** Positions of those of whom there is anything to tell, as JSON. */
export function positionsOf(
  parameters: LegalParameters,
  day: string,
  employers: readonly JudgedEmployer[],
  facts: readonly DebtFacts[],
): string {
  const rows = employers.flatMap(({ id, isTold }, i) => {
    const position = internalPosition(assess(parameters, facts[i]!, { day }));
    return isTold || isWorthTelling(position) ? [columnsOf(id, position)] : [];
  });
  return JSON.stringify(rows);
}

export interface JudgedListing extends Listing {
  readonly legalBasis: string | null;
  readonly workers: number;
}

/** How the statutory list takes each employer, by its order. */
export function listingsOf(
  parameters: LegalParameters,
  { day, paidUntil }: { readonly day: string; readonly paidUntil: string },
  facts: readonly DebtFacts[],
): JudgedListing[] {
  return facts.map((given) => {
    const assessment = assess(parameters, given, { day, paidUntil });
    const { legalBasis, workersAffected } = internalPosition(assessment);
    return { ...listingOf(parameters, assessment), legalBasis, workers: workersAffected };
  });
}
