/** What an office collected, beside what it was to collect: rates as exact fractions, or why there is none. Pure. */
import type { Collected } from './collection-ledger.ts';

export type RateMissing = 'ESTIMATE_MISSING' | 'BASE_NOT_POSITIVE';

export interface Rate {
  readonly numerator: bigint;
  /** Null where it is not assigned. */
  readonly denominator: bigint | null;
}

export const missingOf = ({ denominator }: Rate): RateMissing | null =>
  denominator === null ? 'ESTIMATE_MISSING' : denominator <= 0n ? 'BASE_NOT_POSITIVE' : null;

/** With two decimals, half of the last one rounded away from zero; null without a base. */
export function percentOf(rate: Rate): string | null {
  const { numerator, denominator } = rate;
  if (denominator === null || missingOf(rate)) return null;
  const size = numerator < 0n ? -numerator : numerator;
  const hundredths = (2n * size * 10_000n + denominator) / (2n * denominator);
  const digits = String(hundredths).padStart(3, '0');
  const sign = numerator < 0n && hundredths > 0n ? '-' : '';
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

interface Assigned {
  readonly measure: string;
  readonly fund: string | null;
  readonly amount: bigint;
}

const fundCount = 5;

/** Of all funds together: as assigned, or the sum where each fund has its own; null where some have none. */
export function assignedOf(estimates: readonly Assigned[], measure: string): bigint | null {
  const own = estimates.filter((estimate) => estimate.measure === measure);
  const whole = own.find(({ fund }) => fund === null);
  if (whole) return whole.amount;
  return own.length === fundCount ? own.reduce((sum, { amount }) => sum + amount, 0n) : null;
}

/** What was open before, and what the period brought. */
export const receivableOf = ({ openingOverdue, fellDue }: Collected): bigint =>
  openingOverdue + fellDue;

/** What was received, less what was taken back. */
export const revenueOf = ({ received, reversed }: Collected): bigint => received - reversed;
