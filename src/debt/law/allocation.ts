/** Which debts the money went to: the oldest first, exactly, on the day it came. Pure. */
import type { Day } from './days.ts';

/** One part of one payment that went to one obligation. */
export interface Allocation {
  readonly payment: string;
  readonly obligation: string;
  readonly amount: bigint;
  /** The day of receipt, until which the charge runs. */
  readonly receivedOn: Day;
  /** The day on which it met the obligation: later than the receipt for an advance. */
  readonly allocatedOn: Day;
}
