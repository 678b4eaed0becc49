/** What an inspector looks for in an assessment: what became late, what turns soon, who is listed. Pure. */
import { isEvasion, isLate } from './articles.ts';
import type { EmployerAssessment, ItemAssessment, NextDeadline } from './assessment.ts';
import { addDays, firstDayOf, lastDayOf, monthOf, type Day } from './days.ts';
import type { LegalParameters } from './parameters.ts';

/** Items whose first late day lies in the month of the day asked. */
export function becameLateThisMonth({ day, items }: EmployerAssessment): ItemAssessment[] {
  const month = monthOf(day);
  const isIn = (one: Day | null) =>
    one !== null && firstDayOf(month) <= one && one <= lastDayOf(month);
  return items.filter(
    ({ state, dates }) => state !== null && state !== 'ON_TIME' && isIn(dates.firstLateDay),
  );
}

/** What turns into evasion on a day. */
export interface TurningItem {
  readonly item: ItemAssessment;
  readonly on: Day;
}

/** BY_ITSELF if nothing is done, IF_REMINDED as soon as a written reminder is sent: two different facts of an employer. */
export type Turning = 'BY_ITSELF' | 'IF_REMINDED';

const aheadOf = ({ next, ifReminded }: ItemAssessment, turning: Turning): NextDeadline | null =>
  turning === 'BY_ITSELF' ? next : ifReminded;

/** Items that turn into evasion unless they are paid or put right, within so many days if it is said. */
export function turningEvasion(
  { day, items }: EmployerAssessment,
  turning: Turning,
  withinDays?: number,
): TurningItem[] {
  const last = withinDays === undefined ? null : addDays(day, withinDays);
  return items.flatMap((item) => {
    const ahead = aheadOf(item, turning);
    if (ahead === null || !isEvasion(ahead.state)) return [];
    return last === null || ahead.on <= last ? [{ item, on: ahead.on }] : [];
  });
}

export type ListedAs = 'LATE' | 'EVADING';

/** Why an employer does not stand on the statutory list; null when it does. */
export type ListingReason =
  | 'NOTHING_LATE'
  | 'SUSPENDED'
  | 'HARD_TO_COLLECT_APART'
  | 'TOO_FEW_MONTHS'
  | 'EXCUSED_NOT_LISTED'
  | 'STATE_NOT_VERIFIED'
  /** Workers are not registered, and nothing that is registered is late. */
  | 'AMOUNT_NOT_KNOWN'
  | 'PARAMETER_NOT_VERIFIED';

export interface Listing {
  readonly listedAs: ListedAs | null;
  readonly reason: ListingReason | null;
  /** What is printed. */
  readonly amount: bigint;
  /** Months of contributions of which anything is late or evaded. */
  readonly monthsLate: number;
}

/** What is overdue of them together, in dong. */
export const overdueOf = (items: readonly ItemAssessment[]): bigint =>
  items.reduce((sum, { overdue }) => sum + overdue, 0n);

/**
 * Whether and as what the statutory list names an employer (Art 35), from its assessment on the debt date with the
 * payments until the cut-off. Only a state that a verified rule gives puts an employer on it, and an excused evasion is
 * late payment and never evading; whether it is listed at all is a parameter. A duty to register decides as what it is
 * listed, but is no entry by itself: an entry is an amount and months.
 *
 * The amount is the whole that is overdue, parts without a verified state (health) too: the funds are fixed shares of
 * one base, so that a part would tell the whole, and releases are protected against the whole. Left out are months
 * that are excused and not listed.
 */
export function listingOf(parameters: LegalParameters, assessment: EmployerAssessment): Listing {
  const { day, state, items } = assessment;
  const listsExcused = parameters.setting('EXCUSED_LISTED_AS_LATE', day) === 'YES';
  const judged = items.filter(({ lawState }) => isEvasion(lawState) || isLate(lawState));
  const listed = judged.filter(({ lawState }) => lawState !== 'EXCUSED' || listsExcused);
  const leftOut = new Set(
    judged.filter((item) => !listed.includes(item)).map(({ month }) => month),
  );
  const unjudged = items.filter(({ lawState, month }) => lawState === null && !leftOut.has(month));
  const owed = listed.filter(({ overdue }) => overdue > 0n);
  const amount = owed.length === 0 ? 0n : overdueOf([...owed, ...unjudged]);
  const monthsLate = new Set(owed.map(({ month }) => month)).size;
  const no = (reason: ListingReason): Listing => ({ listedAs: null, reason, amount, monthsLate });
  if (listed.length === 0) {
    if (judged.length > 0) return no('EXCUSED_NOT_LISTED');
    if (items.some(({ lawState, overdue }) => lawState === null && overdue > 0n)) {
      return no('STATE_NOT_VERIFIED');
    }
    return no(state === 'SUSPENDED' ? 'SUSPENDED' : 'NOTHING_LATE');
  }
  if (owed.length === 0) return no('AMOUNT_NOT_KNOWN');
  const minimum = parameters.count('LIST_MONTHS_LATE_MIN', day);
  if (minimum === null) return no('PARAMETER_NOT_VERIFIED');
  if (monthsLate < minimum) return no('TOO_FEW_MONTHS');
  // The last reason, so that it counts those alone whom everything else would have put on the list.
  if (state === 'HARD_TO_COLLECT') return no('HARD_TO_COLLECT_APART');
  const isEvading = listed.some(({ lawState }) => isEvasion(lawState));
  return { listedAs: isEvading ? 'EVADING' : 'LATE', reason: null, amount, monthsLate };
}
