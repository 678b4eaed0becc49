/** The statutory list that the law makes of its candidates, and what of one no longer holds. Pure. */
import type { JudgedListing } from './judge.ts';

/** Who may stand on a list, with how the law takes it (`listingOf`). */
export interface Candidate {
  readonly unitCode: string;
  readonly nameVi: string;
  readonly address: string;
  readonly officeNameVi: string;
  readonly officeNameEn: string;
  readonly isNaturalPerson: boolean;
  readonly listing: JudgedListing;
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

/** Natural persons are never named; counted are those alone whom everything else would have put on the list. */
export function drawList(candidates: readonly Candidate[], monthsLateMin: number): DrawnList {
  const wouldStand = candidates.filter(({ listing }) => listing.listedAs !== null);
  const named = wouldStand.filter(({ isNaturalPerson }) => !isNaturalPerson);
  const apart = candidates.filter(({ listing }) => listing.reason === 'HARD_TO_COLLECT_APART');
  return {
    entries: named.map(({ isNaturalPerson: _, listing, ...employer }) => ({
      ...employer,
      listedAs: listing.listedAs!,
      legalBasis: listing.legalBasis,
      workers: listing.workers,
      monthsLate: listing.monthsLate,
      amount: listing.amount,
    })),
    monthsLateMin,
    naturalPersonsLeftOut: wouldStand.length - named.length,
    hardToCollectLeftOut: apart.length,
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
