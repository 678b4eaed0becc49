/** Who may stand on a statutory list, and as what (Law 41/2024/QH15 Art 35, 38, 39). Pure. */
import type { ListParameters } from './list-parameters.ts';

/** What is known of an employer on the day of the debt, less what was paid until the cut-off. */
export interface Candidate {
  readonly employerId: string;
  readonly unitCode: string;
  readonly nameVi: string;
  readonly address: string;
  readonly officeNameVi: string;
  readonly officeNameEn: string;
  readonly isNaturalPerson: boolean;
  /** A value of DebtState; null where no verified rule gives one. */
  readonly state: string | null;
  readonly legalBasis: string | null;
  readonly workers: number;
  readonly monthsLate: number;
  /** In dong. */
  readonly amount: bigint;
}

export type ListedAs = 'LATE' | 'EVADING';

/** Why an employer stands on no list; the first reason that holds. */
export type LeftOut =
  | 'STATE_NOT_VERIFIED'
  | 'ON_TIME'
  | 'SUSPENDED'
  | 'PAID_OR_AMOUNT_NOT_KNOWN'
  | 'TOO_FEW_MONTHS'
  | 'EXCUSED'
  | 'HARD_TO_COLLECT'
  | 'NATURAL_PERSON';

export type Verdict = { readonly listedAs: ListedAs } | { readonly leftOut: LeftOut };

const listedAsByState: Readonly<Record<string, ListedAs>> = {
  LATE_UNPAID: 'LATE',
  LATE_UNREGISTERED: 'LATE',
  EXCUSED: 'LATE',
  EVASION_UNREGISTERED: 'EVADING',
  EVASION_UNDERDECLARED: 'EVADING',
  EVASION_UNPAID_AFTER_REMINDER: 'EVADING',
};

const neverListed: readonly string[] = ['ON_TIME', 'SUSPENDED', 'HARD_TO_COLLECT'];

/**
 * Natural persons and debt that is hard to collect come last, so that their reasons count those alone
 * whom everything else would have put on the list. A state that is not known here is not verified.
 */
export function judge(candidate: Candidate, parameters: ListParameters): Verdict {
  const { state, amount, monthsLate, isNaturalPerson } = candidate;
  if (state === 'ON_TIME' || state === 'SUSPENDED') return { leftOut: state };
  const listedAs = state === null ? undefined : listedAsByState[state];
  if (!listedAs && !neverListed.includes(state ?? '')) return { leftOut: 'STATE_NOT_VERIFIED' };
  if (amount <= 0n || monthsLate <= 0) return { leftOut: 'PAID_OR_AMOUNT_NOT_KNOWN' };
  if (monthsLate < parameters.monthsLateMin) return { leftOut: 'TOO_FEW_MONTHS' };
  if (!listedAs) return { leftOut: 'HARD_TO_COLLECT' };
  if (state === 'EXCUSED' && !parameters.isExcusedListedAsLate) return { leftOut: 'EXCUSED' };
  return isNaturalPerson ? { leftOut: 'NATURAL_PERSON' } : { listedAs };
}

/** What a list says of an employer; it never changes afterwards. */
export interface ListEntry {
  readonly unitCode: string;
  readonly nameVi: string;
  readonly address: string;
  readonly officeNameVi: string;
  readonly officeNameEn: string;
  readonly listedAs: string;
  readonly legalBasis: string | null;
  readonly workers: number;
  readonly monthsLate: number;
  readonly amount: bigint;
}

export interface DrawnList {
  readonly entries: readonly ListEntry[];
  readonly monthsLateMin: number | null;
  readonly naturalPersonsLeftOut: number | null;
  readonly hardToCollectLeftOut: number | null;
}

/** The list that the rules make of the candidates. */
export function drawList(candidates: readonly Candidate[], parameters: ListParameters): DrawnList {
  const verdicts = candidates.map(
    (candidate) => [candidate, judge(candidate, parameters)] as const,
  );
  const count = (reason: LeftOut) =>
    verdicts.filter(([, verdict]) => 'leftOut' in verdict && verdict.leftOut === reason).length;
  return {
    entries: verdicts.flatMap(([candidate, verdict]) => {
      if ('leftOut' in verdict) return [];
      const { employerId: _, isNaturalPerson: __, state: ___, ...facts } = candidate;
      return [{ ...facts, listedAs: verdict.listedAs }];
    }),
    monthsLateMin: parameters.monthsLateMin,
    naturalPersonsLeftOut: count('NATURAL_PERSON'),
    hardToCollectLeftOut: count('HARD_TO_COLLECT'),
  };
}

const saysTheSame = (a: ListEntry, b: ListEntry | undefined): boolean =>
  b !== undefined &&
  a.listedAs === b.listedAs &&
  a.monthsLate === b.monthsLate &&
  a.workers === b.workers &&
  a.amount === b.amount;

/** Entries that would not be drawn up so today: paid meanwhile, suspended, or of another amount. */
export function outdatedEntries(
  entries: readonly ListEntry[],
  drawn: DrawnList,
): readonly ListEntry[] {
  const byUnit = new Map(drawn.entries.map((entry) => [entry.unitCode, entry]));
  return entries.filter((entry) => !saysTheSame(entry, byUnit.get(entry.unitCode)));
}
