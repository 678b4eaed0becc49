/** The rules of concentration, and their per cent as whole numbers, so that they compare exactly. Pure. */

/** Per cent with at most four decimals. The parameters stay with the agency: they help an attacker. */
export type MoneyRule =
  | { readonly rule: 'P_PERCENT'; readonly p: number }
  | { readonly rule: 'PQ'; readonly p: number; readonly q: number }
  | { readonly rule: 'NK'; readonly n: number; readonly k: number }
  /** Fewer than `n` contributors; `range` is the distance to be kept, in per cent of the cell, 10 if not given. */
  | { readonly rule: 'FEW'; readonly n: number; readonly range?: number };

/** Parts of a per cent. */
export const scale = 10_000;

/** Rounded to a whole number of parts. */
export const partsOf = (percent: number): bigint => BigInt(Math.round(percent * scale));

export const hundred = partsOf(100);
