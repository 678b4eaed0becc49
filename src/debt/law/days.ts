/** Days and months as texts of the calendar, without time zones. Pure. */

/** A calendar day, as 2025-08-31. Days compare as text. */
export type Day = string;

/** A calendar month, as 2025-08. Months compare as text. */
export type Month = string;

const dayMillis = 86_400_000;

/** A province's identification asks for the same few thousand days millions of times. */
function remembered<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= rememberedMax) known.clear();
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
const rememberedMax = 50_000;

const numberOf = remembered(
  (day: Day): number =>
    Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8))) /
    dayMillis,
);
const dayOf = remembered((number: number): Day =>
  new Date(number * dayMillis).toISOString().slice(0, 10),
);

const dayPattern = /^[12]\d{3}-\d{2}-\d{2}$/;
const monthPattern = /^[12]\d{3}-(0[1-9]|1[0-2])$/;

export const isDay = (text: string): boolean =>
  dayPattern.test(text) && dayOf(numberOf(text)) === text;
export const isMonth = (text: string): boolean => monthPattern.test(text);

export const addDays = (day: Day, count: number): Day => dayOf(numberOf(day) + count);

/** How many days later the second is; negative when it is earlier. */
export const daysBetween = (from: Day, to: Day): number => numberOf(to) - numberOf(from);

/** Saturday or Sunday. */
export const isWeekend = (day: Day): boolean =>
  [0, 6].includes(new Date(numberOf(day) * dayMillis).getUTCDay());

export const monthOf = (day: Day): Month => day.slice(0, 7);
export const firstDayOf = (month: Month): Day => `${month}-01`;

const ordinalOf = (month: Month): number =>
  Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

export function addMonths(month: Month, count: number): Month {
  const ordinal = ordinalOf(month) + count;
  const year = String(Math.floor(ordinal / 12)).padStart(4, '0');
  return `${year}-${String((ordinal % 12) + 1).padStart(2, '0')}`;
}

export const monthsBetween = (from: Month, to: Month): number => ordinalOf(to) - ordinalOf(from);

export const lastDayOf = (month: Month): Day => addDays(firstDayOf(addMonths(month, 1)), -1);

/** 0 for January. */
export const monthInYear = (month: Month): number => Number(month.slice(5, 7)) - 1;

export const earlier = <Text extends string>(a: Text, b: Text): Text => (b < a ? b : a);
export const later = <Text extends string>(a: Text, b: Text): Text => (b > a ? b : a);

/** For sorting days, months and codes: by their characters, the same on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
