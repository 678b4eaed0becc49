/** Whether a recognised reason excuses an evasion, which then counts as late payment (Art 38(4)). Pure. */
import { later, type Day, type Month } from './days.ts';
import type { ForceMajeureFact } from './facts.ts';

/** An evasion in question: from the first day of the fault to the first day of the evasion. */
export interface Fault {
  readonly month: Month | null;
  readonly from: Day;
  readonly evasionFrom: Day;
}

/**
 * The first day on which the evasion is excused; null when it is not. The reason must have held on some
 * day while the duty went unmet and evasion had not begun: what happens after that cannot have caused it.
 * The law names no end, so what is excused stays so.
 */
export function excusedFrom(reasons: readonly ForceMajeureFact[], fault: Fault): Day | null {
  const days = reasons
    .filter(
      ({ from, to, months }) =>
        from <= fault.evasionFrom &&
        (to == null || to >= fault.from) &&
        (months == null || (fault.month !== null && months.includes(fault.month))),
    )
    .map(({ recognisedOn }) => later(recognisedOn, fault.evasionFrom))
    .sort();
  return days[0] ?? null;
}
