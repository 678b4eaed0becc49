/** Per cent with at most four decimals as whole numbers, so that rules compare exactly. Pure. */

/** Parts of a per cent. */
export const scale = 10_000;

/** Rounded to a whole number of parts. */
export const partsOf = (percent: number): bigint => BigInt(Math.round(percent * scale));

export const hundred = partsOf(100);
