/** The periods that a question about collection names: years, quarters or months, one after the other. Pure. */
import { PublicError } from '../platform/errors.ts';
import { calendarKinds, parsePeriod, parsePeriodOrThrow } from '../platform/period.ts';
import { formatDay } from '../platform/scalars.ts';

/** Two years of months. */
export const periodsMax = 24;

export interface CountedPeriod {
  readonly timePeriod: string;
  readonly firstDay: string;
  readonly lastDay: string;
  /** The last day of it that has come. */
  readonly countedTo: string;
}

/** How the period after one of each kind is called. */
const kinds: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/^\d{4}$/, (text) => String(Number(text) + 1)],
  [/^\d{4}-Q[1-4]$/, (text) => following(text.slice(0, 4), Number(text.slice(6)), 4, 'Q', 1)],
  [/^\d{4}-\d{2}$/, (text) => following(text.slice(0, 4), Number(text.slice(5)), 12, '', 2)],
];

function following(year: string, part: number, parts: number, mark: string, digits: number) {
  const next = part === parts ? 1 : part + 1;
  const ofYear = part === parts ? Number(year) + 1 : Number(year);
  return `${ofYear}-${mark}${String(next).padStart(digits, '0')}`;
}

export function periodsBetween(from: string, to: string, today: string): CountedPeriod[] {
  parsePeriodOrThrow(from, calendarKinds, 'where.from');
  parsePeriodOrThrow(to, calendarKinds, 'where.to');
  const [, step] = kinds.find(([pattern]) => pattern.test(from))!;
  const periods: CountedPeriod[] = [];
  for (let timePeriod = from; periods.length <= periodsMax; timePeriod = step(timePeriod)) {
    const { start, end } = parsePeriod(timePeriod) ?? {};
    if (!start || !end || formatDay(start) > today) break;
    const lastDay = formatDay(end);
    const countedTo = lastDay < today ? lastDay : today;
    periods.push({ timePeriod, firstDay: formatDay(start), lastDay, countedTo });
    if (timePeriod === to && periods.length <= periodsMax) return periods;
  }
  throw new PublicError('COLLECTION_PERIODS_INVALID', { max: periodsMax, field: 'where.to' });
}
