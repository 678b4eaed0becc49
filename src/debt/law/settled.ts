/** Which months are late on a day, for telling whom an identification need not judge: who has paid all that was due. Pure. */
import { addMonths, firstDayOf, monthOf, type Day, type Month } from './days.ts';
import { dueOf, monthsOfCycle } from './due.ts';
import type { Cycle, Fund } from './facts.ts';
import type { LegalParameters } from './parameters.ts';

/** Obligations of a month and cycle, as they stand on a day. */
export interface DueMonth {
  readonly month: Month;
  readonly cycle: Cycle;
  readonly firstDay: Day;
  /** What is due to the four funds of social insurance was due before the day. */
  readonly isLate: boolean;
  readonly isHealthLate: boolean;
}

/** Social insurance began then; whoever owes of an earlier month, or of one far ahead, is judged. */
const firstMonth: Month = '1995-01';
const monthsAhead = 12;

const cycles = Object.keys(monthsOfCycle) as Cycle[];

/** Until the year after the day. */
export function dueMonths(parameters: LegalParameters, day: Day): DueMonth[] {
  const found: DueMonth[] = [];
  const last = addMonths(monthOf(day), monthsAhead);
  for (let month = firstMonth; month <= last; month = addMonths(month, 1)) {
    for (const cycle of cycles) {
      const isBefore = (fund: Fund) => {
        const { dueOn, nominal } = dueOf(parameters, { month, fund, cycle });
        return (dueOn ?? nominal) < day;
      };
      const isLate = isBefore('RETIREMENT');
      const isHealthLate = isBefore('HEALTH');
      found.push({ month, cycle, firstDay: firstDayOf(month), isLate, isHealthLate });
    }
  }
  return found;
}
