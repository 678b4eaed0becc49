/** The parameters of the statutory list. Pure; they become rows of the table of legal parameters, by these codes. */

export interface ListParameters {
  /** STATUTORY_LIST_MONTHS_MIN: practice of the agencies' published lists; no instrument states it. */
  readonly monthsLateMin: number;
  /**
   * EXCUSED_LISTED_AS_LATE: an excused evasion counts as late payment (Law 41/2024/QH15 Art 38(4)); whether
   * it is listed as late or not at all the sources leave open.
   */
  readonly isExcusedListedAsLate: boolean;
}

/** Those in force on the day on which the debt is counted. */
export const listParametersOn = (_debtOn: Date): ListParameters => ({
  monthsLateMin: 3,
  isExcusedListedAsLate: true,
});
