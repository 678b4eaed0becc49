/** Why the law gives no result, as codes. Pure. */

/** Why a result is null. Sentences for people are in `reasons.ts`. */
export type ReasonCode =
  /** Law 58/2014 set another due date and another deadline; neither is verified. */
  | 'OLD_LAW_NOT_VERIFIED'
  /** Interest before 2025-07-01 needs a yearly table that no source holds. */
  | 'OLD_LAW_INTEREST_NOT_VERIFIED'
  /** The law does not say from which day the charge runs on debt open on 2025-06-30. */
  | 'OLD_DEBT_CHARGE_START_NOT_STATED'
  /** Health insurance has a law of its own, whose rules are not verified. */
  | 'HEALTH_LAW_NOT_VERIFIED'
  /** No row of the table is in force on the day and reliable enough. */
  | 'PARAMETER_NOT_VERIFIED'
  /** What should have been paid for unregistered or underdeclared workers is not known. */
  | 'AMOUNT_NOT_KNOWN'
  /** The sources do not say from which day the charge runs for unregistered workers. */
  | 'UNREGISTERED_CHARGE_START_NOT_STATED';

export interface Reason {
  readonly code: ReasonCode;
  /** The parameter that is missing, if one is. */
  readonly parameter?: string;
}
