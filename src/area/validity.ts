/** Periods of validity: inclusive days, null for open. Pure. */

export interface Validity {
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
}

const start = (validity: Validity) => validity.validFrom?.getTime() ?? -Infinity;
const end = (validity: Validity) => validity.validTo?.getTime() ?? Infinity;

/** Whether two periods share a day. */
export function overlap(a: Validity, b: Validity): boolean {
  return start(a) <= end(b) && start(b) <= end(a);
}
