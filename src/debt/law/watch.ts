/** What an inspector looks for in an assessment: what became late, what turns soon, who is listed. Pure. */
import { isEvasion, isLate } from './articles.ts';
import type { EmployerAssessment, ItemAssessment } from './assessment.ts';
import { addDays, firstDayOf, lastDayOf, monthOf, monthsBetween, type Day } from './days.ts';
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

/** Items that turn into evasion within so many days unless something is done, those that need a reminder for it too. */
export function turningEvasion(
  { day, items }: EmployerAssessment,
  withinDays: number,
): ItemAssessment[] {
  const last = addDays(day, withinDays);
  return items.filter(({ next }) => next !== null && isEvasion(next.state) && next.on <= last);
}

/** Whole months from the first late day to the end of the day asked. */
function monthsSince(firstLateDay: Day, day: Day): number {
  const end = addDays(day, 1);
  const isShort = end.slice(8) < firstLateDay.slice(8);
  return monthsBetween(monthOf(firstLateDay), monthOf(end)) - (isShort ? 1 : 0);
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
  | 'PARAMETER_NOT_VERIFIED';

export interface Listing {
  readonly listedAs: ListedAs | null;
  readonly reason: ListingReason | null;
  readonly amount: bigint;
  readonly monthsLate: number;
}

/** Months late: overdue months of contributions, or whole months since a worker should have been registered. */
function monthsOf({ day, items }: EmployerAssessment): number {
  const judged = items.filter(({ lawState }) => isEvasion(lawState) || isLate(lawState));
  const months = new Set(judged.filter(({ overdue }) => overdue > 0n).map(({ month }) => month));
  const duties = judged
    .filter(({ kind }) => kind !== 'PAYMENT')
    .map(({ dates }) => (dates.firstLateDay === null ? 0 : monthsSince(dates.firstLateDay, day)));
  return Math.max(months.size, 0, ...duties);
}

/**
 * Whether and as what the statutory list names an employer (Art 35), from its assessment on the debt date with the
 * payments until the cut-off. An excused evasion is late payment and never evading; whether it is listed at
 * all is a parameter. Amounts without a verified state are in no list.
 */
export function listingOf(parameters: LegalParameters, assessment: EmployerAssessment): Listing {
  const { day, state, items } = assessment;
  const listsExcused = parameters.setting('EXCUSED_LISTED_AS_LATE', day) === 'YES';
  const judged = items.filter(({ lawState }) => isEvasion(lawState) || isLate(lawState));
  const listed = judged.filter(({ lawState }) => lawState !== 'EXCUSED' || listsExcused);
  const amount = listed.reduce((sum, { overdue }) => sum + overdue, 0n);
  const monthsLate = monthsOf({ ...assessment, items: listed });
  const no = (reason: ListingReason): Listing => ({ listedAs: null, reason, amount, monthsLate });
  if (state === 'HARD_TO_COLLECT') return no('HARD_TO_COLLECT_APART');
  if (listed.length === 0) {
    if (judged.length > 0) return no('EXCUSED_NOT_LISTED');
    if (state === null) return no('STATE_NOT_VERIFIED');
    return no(state === 'SUSPENDED' ? 'SUSPENDED' : 'NOTHING_LATE');
  }
  const minimum = parameters.count('LIST_MONTHS_LATE_MIN', day);
  if (minimum === null) return no('PARAMETER_NOT_VERIFIED');
  if (monthsLate < minimum) return no('TOO_FEW_MONTHS');
  const isEvading = listed.some(({ lawState }) => isEvasion(lawState));
  return { listedAs: isEvading ? 'EVADING' : 'LATE', reason: null, amount, monthsLate };
}
