/** Fines as the decree in force on a day ranges them: individual and organisation, bands, caps. Pure. */
import type { LegalState } from './assessment.ts';
import type { Day } from './days.ts';
import { bill, parseDecimal, percentOf, times, type Fraction } from './fraction.ts';
import { basisOf, type Basis, type LegalParameters, type Reliability } from './parameters.ts';

export type FineBasis = 'HEADCOUNT' | 'PERCENT_OF_AMOUNT' | 'AMOUNT';

export interface FineRow {
  readonly instrument: string;
  readonly article: string;
  readonly violation: string;
  readonly basis: FineBasis;
  readonly headcountMin: number | null;
  /** Inclusive; null: no upper end. */
  readonly headcountMax: number | null;
  readonly fineMin: bigint | null;
  /** The upper end of the range, or the cap of a percentage. */
  readonly fineMax: bigint | null;
  readonly percentMin: string | null;
  readonly percentMax: string | null;
  /** Null: it is not known since when, so it is never in force here. */
  readonly validFrom: Day | null;
  readonly reliability: Reliability;
}

export type FineReason =
  /** No decree in force on the day is verified. */
  | 'FINE_DECREE_NOT_VERIFIED'
  /** The decree in force has no such violation, or none for so few workers. */
  | 'FINE_NOT_STATED'
  /** The fine is by heads, or by amount, and that is not given. */
  | 'FINE_NEEDS_HEADCOUNT'
  | 'FINE_NEEDS_AMOUNT'
  /** How much more an organisation pays is not verified. */
  | 'FINE_MULTIPLIER_NOT_VERIFIED'
  /** Nobody has set which decree judges what goes on while one gives way to another. */
  | 'FINE_DECREE_NOT_SET'
  /** The first day is to say which decree it is, and the law before gave that day. */
  | 'FINE_FIRST_DAY_NOT_VERIFIED'
  /** Health insurance has a law and fines of its own. */
  | 'FINE_OF_HEALTH_NOT_VERIFIED';

export interface FineRange {
  /** Whole dong, rounded half up where a percentage gives a fraction. */
  readonly min: bigint;
  readonly max: bigint;
  /** The cap that stopped the upper end; null when none did. */
  readonly cappedAt: bigint | null;
  /** The most that a percentage may come to; null where it is none. */
  readonly cap: bigint | null;
  readonly measuredBy: FineBasis;
  readonly isOrganisation: boolean;
  /** Below this fine the decree speaks of a warning; null where that is not known. */
  readonly warningThreshold: bigint | null;
  readonly instrument: string;
  readonly article: string;
  /** OCR: read in a scan, so look it up before relying on it. */
  readonly reliability: Reliability;
  /** The row of the decree, and the rows of parameters that the range rests on. */
  readonly basis: readonly Basis[];
}

export interface FineQuestion {
  /** A code of the table's column `violation`. */
  readonly violation: string;
  /** The day of the violation. */
  readonly on: Day;
  readonly isOrganisation: boolean;
  readonly workers?: number | null;
  readonly amount?: bigint | null;
}

export type FineAnswer =
  | { readonly range: FineRange; readonly reason: null }
  | { readonly range: null; readonly reason: FineReason };

const none = (reason: FineReason): FineAnswer => ({ range: null, reason });

/** The violation that a state is; null for states without one. An excused case counts as late payment. */
export const violationOf: Readonly<Record<LegalState, string | null>> = {
  ON_TIME: null,
  LATE_UNPAID: 'LATE_PAYMENT',
  LATE_UNREGISTERED: 'LATE_REGISTRATION',
  EVASION_UNREGISTERED: 'EVASION_UNREGISTERED',
  EVASION_UNDERDECLARED: 'EVASION_UNDERDECLARED_OR_UNPAID',
  EVASION_UNPAID_AFTER_REMINDER: 'EVASION_UNDERDECLARED_OR_UNPAID',
  EXCUSED: 'LATE_PAYMENT',
  SUSPENDED: null,
  HARD_TO_COLLECT: null,
};

/** Fines may rest on a scan, marked so; what is second-hand serves nobody who must pay. */
const isUsable = (reliability: Reliability): boolean => reliability !== 'SECONDARY';

/** The rows of the newest decree that is in force on the day. */
export function decreeOn(rows: readonly FineRow[], day: Day): FineRow[] {
  const started = rows.filter(
    (row) => row.validFrom !== null && row.validFrom <= day && isUsable(row.reliability),
  );
  const newest = started
    .flatMap(({ validFrom }) => validFrom ?? [])
    .sort()
    .at(-1);
  return started.filter(({ validFrom }) => validFrom === newest);
}

interface Usable {
  readonly value: bigint | null;
  readonly basis: readonly Basis[];
}

/** As the decree's rate; null where the table has none in force that is good enough for a fine. */
function usable(parameters: LegalParameters, code: string, day: Day): Usable {
  const row = parameters.at(code, day);
  return row && isUsable(row.reliability) && /^\d{1,15}$/.test(row.value)
    ? { value: BigInt(row.value), basis: [basisOf(row)] }
    : { value: null, basis: [] };
}

const share = (amount: bigint, percent: string | null): Fraction | null => {
  const rate = percent === null ? null : parseDecimal(percent);
  return rate && times(percentOf(rate), amount);
};

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

const whole = (amount: bigint): Fraction => ({ numerator: amount, denominator: 1n });

/** The range for an individual, not rounded yet; an organisation's is a multiple of it, the cap too. */
function individual(
  row: FineRow,
  amount: bigint | null,
): readonly [Fraction, Fraction] | FineReason {
  if (row.basis !== 'PERCENT_OF_AMOUNT') {
    return row.fineMin === null || row.fineMax === null
      ? 'FINE_NOT_STATED'
      : [whole(row.fineMin), whole(row.fineMax)];
  }
  if (amount === null) return 'FINE_NEEDS_AMOUNT';
  const low = share(amount, row.percentMin);
  const high = share(amount, row.percentMax);
  return low && high ? [low, high] : 'FINE_NOT_STATED';
}

/** Which row fits the heads. */
function rowFor(rows: readonly FineRow[], workers: number | null): FineRow | FineReason {
  const first = rows[0];
  if (!first) return 'FINE_NOT_STATED';
  if (first.basis !== 'HEADCOUNT') return first;
  if (workers === null) return 'FINE_NEEDS_HEADCOUNT';
  return (
    rows.find(
      ({ headcountMin, headcountMax }) =>
        (headcountMin ?? 0) <= workers && (headcountMax === null || workers <= headcountMax),
    ) ?? 'FINE_NOT_STATED'
  );
}

export function fineFor(
  parameters: LegalParameters,
  rows: readonly FineRow[],
  question: FineQuestion,
): FineAnswer {
  const { violation, on, isOrganisation, workers = null, amount = null } = question;
  const decree = decreeOn(rows, on);
  if (decree.length === 0) return none('FINE_DECREE_NOT_VERIFIED');
  const row = rowFor(
    decree.filter((one) => one.violation === violation),
    workers,
  );
  if (typeof row === 'string') return none(row);
  const found = individual(row, amount);
  if (typeof found === 'string') return none(found);
  const multiple = isOrganisation
    ? usable(parameters, 'FINE_ORGANISATION_MULTIPLIER', on)
    : { value: 1n, basis: [] };
  const multiplier = multiple.value;
  if (multiplier === null) return none('FINE_MULTIPLIER_NOT_VERIFIED');
  const most = row.fineMax === null ? null : row.fineMax * multiplier;
  const cap = row.basis === 'PERCENT_OF_AMOUNT' ? most : null;
  const [min, max] = found.map((fine) => bill(times(fine, multiplier))) as [bigint, bigint];
  const warning = usable(parameters, 'FINE_WARNING_THRESHOLD', on);
  const article = `Art ${row.article}`;
  const { instrument, reliability } = row;
  const rule: Basis = { parameter: null, instrument, article, reliability };
  return {
    reason: null,
    range: {
      min: most === null ? min : smaller(min, most),
      max: most === null ? max : smaller(max, most),
      cappedAt: cap !== null && max > cap ? cap : null,
      cap,
      measuredBy: row.basis,
      isOrganisation,
      warningThreshold: warning.value,
      instrument,
      article,
      reliability,
      basis: [rule, ...multiple.basis, ...warning.basis],
    },
  };
}
