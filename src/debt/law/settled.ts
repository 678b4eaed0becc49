/** Until which months obligations are late on a day, for telling whom an identification need not judge: who has paid all that was due. Pure. */
import { addMonths, monthOf, type Day, type Month } from './days.ts';
import { dueOf, monthsOfCycle } from './due.ts';
import type { Cycle, Fund } from './facts.ts';
import type { LegalParameters } from './parameters.ts';

/** Months of a cycle, as they stand on a day; late are also those of which no verified rule says whether they are. */
export interface LateMonths {
  /** Up to this one all are late. */
  readonly lateTo: Month;
  /** From this one on none is. Where the months between are some of both, they are for the engine. */
  readonly restFrom: Month;
}

/** Social insurance began then. */
const firstMonth: Month = '1995-01';
/** Longer than any cycle. */
const monthsAhead = 12;

export function lateMonths(
  parameters: LegalParameters,
  day: Day,
  { cycle, fund }: { readonly cycle: Cycle; readonly fund: Fund },
): LateMonths {
  let lateTo = addMonths(firstMonth, -1);
  let restFrom = firstMonth;
  const last = addMonths(monthOf(day), monthsAhead);
  for (let month = firstMonth; month <= last; month = addMonths(month, 1)) {
    const isLate = dueOf(parameters, { month, fund, cycle }).inTimeUntil < day;
    if (isLate) restFrom = addMonths(month, 1);
    if (isLate && lateTo === addMonths(month, -1)) lateTo = month;
  }
  return { lateTo, restFrom };
}

export const allCycles = Object.keys(monthsOfCycle) as Cycle[];
