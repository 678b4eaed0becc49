/** The effective-dated table of legal parameters: what was in force on a day, and how far to trust it. Pure. */
import type { Day } from './days.ts';
import { parseDecimal, type Fraction } from './fraction.ts';

/**
 * TEXT was read in the law, OCR in a scan of it, SECONDARY is second-hand. OPEN is stated by no
 * source: the operator sets it, and an empty value means that nobody has.
 */
export type Reliability = 'TEXT' | 'OCR' | 'SECONDARY' | 'OPEN';

export interface ParameterRow {
  readonly code: string;
  /** Empty for an open question that is not set. */
  readonly value: string;
  readonly unit: string;
  /** Null: it is not known since when, so it is never in force here. */
  readonly validFrom: Day | null;
  /** Inclusive; null while it is in force. */
  readonly validTo: Day | null;
  readonly instrument: string;
  readonly article: string;
  readonly reliability: Reliability;
  readonly note: string;
}
