/** Exact fractions, and the one place where money is rounded. Pure. */

/** The denominator is positive; fractions are not reduced. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const zero: Fraction = { numerator: 0n, denominator: 1n };

const divisorOf = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisorOf(b, a % b));

/** Over the least common denominator, so that sums of one rate keep its 10,000. */
export function add(a: Fraction, b: Fraction): Fraction {
  if (a.numerator === 0n) return b;
  if (b.numerator === 0n) return a;
  const divisor = divisorOf(a.denominator, b.denominator);
  return {
    numerator: a.numerator * (b.denominator / divisor) + b.numerator * (a.denominator / divisor),
    denominator: (a.denominator / divisor) * b.denominator,
  };
}

export const sum = (fractions: readonly Fraction[]): Fraction => fractions.reduce(add, zero);

export const times = (a: Fraction, factor: bigint): Fraction => ({
  numerator: a.numerator * factor,
  denominator: a.denominator,
});

/** Negative, zero or positive, as a is less than, equal to or more than b. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A decimal as written, such as 0.03; null when the text is none. */
export function parseDecimal(text: string): Fraction | null {
  const match = /^(\d{1,18})(?:\.(\d{1,18}))?$/.exec(text);
  if (!match) return null;
  const decimals = match[2] ?? '';
  return {
    numerator: BigInt(`${match[1]!}${decimals}`),
    denominator: 10n ** BigInt(decimals.length),
  };
}

export const percentOf = (percent: Fraction): Fraction => ({
  numerator: percent.numerator,
  denominator: percent.denominator * 100n,
});

/**
 * The rounding rule HALF_UP_TO_DONG: to the nearest whole dong, half a dong upwards. For what is
 * billed, once, on the whole sum and never on its parts. Amounts are not negative.
 */
export const bill = ({ numerator, denominator }: Fraction): bigint =>
  (2n * numerator + denominator) / (2n * denominator);
