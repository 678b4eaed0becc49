/** The charge for late payment and evasion: each amount for its days at the rate of each day (Art 40, 41). Pure. */
import type { Charge } from './assessment.ts';
import type { Reason } from './reason.ts';
import { addDays, daysBetween, type Day } from './days.ts';
import { add, parseDecimal, percentOf, times, zero, type Fraction } from './fraction.ts';
import { basisOf, type Basis, type LegalParameters } from './parameters.ts';

export const noCharge: Charge = { exact: zero, reasons: [] };
export const unknownCharge = (reason: Reason): Charge => ({ exact: null, reasons: [reason] });

export const dailyRate = 'LATE_EVASION_DAILY_RATE';

/** An amount and the days for which it is charged, both days included. */
export interface Stretch {
  readonly amount: bigint;
  readonly from: Day;
  readonly to: Day;
}

/** Amount x days x rate, exact; the rate is the one in force on each of the days. */
export function chargeOf(
  parameters: LegalParameters,
  stretches: readonly Stretch[],
  code = dailyRate,
): Charge {
  let exact: Fraction = zero;
  for (const { amount, from, to } of stretches) {
    if (amount === 0n || to < from) continue;
    const changes = parameters.changes(code, from, to, (day) => addDays(day, 1));
    const starts = [from, ...changes];
    for (const [i, start] of starts.entries()) {
      const row = parameters.verified(code, start);
      const rate = row?.unit === 'percent_per_day' ? parseDecimal(row.value) : null;
      if (!rate) return unknownCharge({ code: 'PARAMETER_NOT_VERIFIED', parameter: code });
      const next = starts[i + 1] ?? addDays(to, 1);
      exact = add(exact, times(percentOf(rate), amount * BigInt(daysBetween(start, next))));
    }
  }
  return { exact, reasons: [] };
}

/** The rule behind a charge that is not zero. */
export function chargeBasis(parameters: LegalParameters, day: Day, code = dailyRate): Basis[] {
  const row = parameters.verified(code, day);
  return row ? [basisOf(row)] : [];
}

/** Charges added up; null where one of them is, with the reasons of all. */
export function totalCharge(charges: readonly Charge[]): { charge: Charge; known: Fraction } {
  const reasons = uniqueReasons(charges.flatMap((charge) => charge.reasons));
  const known = charges.reduce((sum, { exact }) => (exact ? add(sum, exact) : sum), zero);
  const isWhole = charges.every(({ exact }) => exact !== null);
  return { charge: { exact: isWhole ? known : null, reasons }, known };
}

export function uniqueReasons(reasons: readonly Reason[]): Reason[] {
  const byKey = new Map(reasons.map((one) => [`${one.code} ${one.parameter ?? ''}`, one]));
  return [...byKey.keys()].sort().map((key) => byKey.get(key)!);
}

/** The last day that counts for money received on a day. */
export function lastChargedDay(parameters: LegalParameters, receivedOn: Day): Day {
  const setting = parameters.setting('PAYMENT_DAY_COUNTS', receivedOn);
  return setting === 'NO' ? addDays(receivedOn, -1) : receivedOn;
}
