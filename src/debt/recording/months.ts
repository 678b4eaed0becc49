/** In which months a fact about an employer may lie. Pure. */
import { formatDay } from '../../platform/scalars.ts';
import { earlier, isMonth, later, monthOf } from '../law/days.ts';
import { firstMonth } from './row-check.ts';
import type { Surroundings } from './fact-kind.ts';

/** A month in which the employer is liable. One that is told of already may be corrected whatever was learnt since. */
export function assertMonth(month: string, where: Surroundings, isNew: boolean): boolean {
  const { employer, today, check } = where;
  const min = later(firstMonth, monthOf(formatDay(employer.liableFrom)));
  const end = employer.closedOn ? earlier(formatDay(employer.closedOn), today) : today;
  const max = monthOf(end);
  if (isMonth(month) && (!isNew || (month >= min && month <= max))) return true;
  check.report('timePeriod', 'MONTH_OUT_OF_RANGE', { month: month.slice(0, 40), min, max });
  return false;
}
