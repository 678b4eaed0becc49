/** Which amounts of dong may be told. Pure. */

/** Far above any debt, and so far below what a column holds that all months and funds of an employer add up inside it. */
export const amountMax = 1_000_000_000_000_000n;

/** What NUMBER_OUT_OF_BOUNDS says of the amount; null where it lies within. */
export const amountProblem = (amount: bigint, min: bigint) =>
  amount < min || amount > amountMax
    ? { value: String(amount), min: String(min), max: String(amountMax) }
    : null;
