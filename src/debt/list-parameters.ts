/** The legal parameters of the statutory list. Pure. */
import type { LegalParameters } from './law/parameters.ts';

export interface ListParameters {
  /** LIST_MONTHS_LATE_MIN: practice of the agencies' published lists; no instrument states it. */
  readonly monthsLateMin: number;
  /**
   * EXCUSED_LISTED_AS_LATE: an excused evasion counts as late payment (Law 41/2024/QH15 Art 38(4)); whether
   * it is listed as late or not at all the sources leave open.
   */
  readonly isExcusedListedAsLate: boolean;
}

/** Those in force on the day on which the debt is counted; null where nobody has set how late one must be. */
export function listParametersOn(parameters: LegalParameters, day: string): ListParameters | null {
  const monthsLateMin = parameters.count('LIST_MONTHS_LATE_MIN', day);
  const isExcusedListedAsLate = parameters.setting('EXCUSED_LISTED_AS_LATE', day) === 'YES';
  return monthsLateMin === null ? null : { monthsLateMin, isExcusedListedAsLate };
}
