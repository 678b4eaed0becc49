/** Conditions on rows with a first and a last day, both inclusive: those in force on a day. */

type Day = Date | null | undefined;

const notOver = (day: Date) => ({ OR: [{ validTo: null }, { validTo: { gte: day } }] });

/** Rows without a first day are in force on none; without a day all are asked for. */
export const inForceOn = (day: Day) =>
  day == null ? {} : { validFrom: { lte: day }, ...notOver(day) };

/** Rows without a first day were there ever since; without a day all are asked for. */
export const thereOn = (day: Day) =>
  day == null
    ? {}
    : { AND: [{ OR: [{ validFrom: null }, { validFrom: { lte: day } }] }, notOver(day)] };
