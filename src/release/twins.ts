/**
 * An amount and the count of those who owe it, of one place: nobody owes nothing, and no debt has no debtor.
 * So each tells of the other, which no sum says. Pure.
 */
import type { Finding } from '../disclosure/primary.ts';
import type { Contribution } from '../disclosure/primary-money.ts';
import type { Requirement } from '../disclosure/requirement.ts';
import { cellKey, placeOf, type SourceCell } from './cell.ts';

/** Far enough that no tolerance of a solver is near it: a million dong, or one person. */
const leastAbove = { MONEY: 1_000_000n, EMPLOYERS: 1n } as const;

/**
 * Empty places, by pair: an amount of nothing and a count of nobody. Not where nobody could owe, which everybody
 * knows.
 */
function emptyPairs(cells: readonly SourceCell[]): (readonly SourceCell[])[] {
  const byPlace = new Map<string, SourceCell[]>();
  for (const cell of cells) {
    if (
      cell.value !== 0n ||
      cell.upper?.PUBLIC === 0n ||
      (cell.kind !== 'MONEY' && cell.kind !== 'EMPLOYERS')
    )
      continue;
    const place = cellKey({ ...cell, indicator: '' });
    byPlace.set(place, [...(byPlace.get(place) ?? []), cell]);
  }
  return [...byPlace.values()].filter(({ length }) => length > 1);
}

const isInner = (pair: readonly SourceCell[]) => pair.some((cell) => cell.isInner);

/**
 * Of empty places where one of the pair is suppressed, both: a zero that is shown, or can be worked out, would
 * tell that the other is one. By key, how far above zero each must be thought possible. Inner places are never shown;
 * what is `told` of them all the same is no matter here.
 */
export function pairedZeros(
  cells: readonly SourceCell[],
  suppressed: ReadonlySet<string>,
  told: ReadonlySet<string>,
): Map<string, bigint> {
  const hidden = emptyPairs(cells).filter((pair) =>
    isInner(pair)
      ? !pair.some((cell) => told.has(cellKey(cell)))
      : pair.some((cell) => suppressed.has(cellKey(cell))),
  );
  return new Map(
    hidden.flatMap((pair) =>
      pair.map((cell) => [cellKey(cell), leastAbove[cell.kind as 'MONEY' | 'EMPLOYERS']] as const),
    ),
  );
}

/** Of inner empty places of which one of the pair is known to be empty, both. */
export function toldZeros(
  cells: readonly SourceCell[],
  isKnown: (key: string) => boolean,
): string[] {
  return emptyPairs(cells)
    .filter((pair) => isInner(pair) && pair.some((cell) => isKnown(cellKey(cell))))
    .flatMap((pair) => pair.map(cellKey));
}

/**
 * Amounts of fewer debtors than may be shown are as unsafe as their count: an amount that is shown tells that
 * there is somebody. It must be thought possible that there is nothing.
 */
export function amountsOfFew(
  contributions: ReadonlyMap<string, readonly Contribution[]>,
  threshold: number,
): Requirement[] {
  return [...contributions].flatMap(([key, given]) => {
    if (placeOf(key).indicator !== 'CONTRIBUTION_DEBT') return [];
    const owed = given.filter(({ amount }) => amount > 0n);
    const unknown = owed.filter(({ isKnown }) => isKnown !== true);
    // Of those who may be known, one may be left over.
    const mayBeLeft = owed.some(({ isKnown, isDoubtful }) => isKnown === true && isDoubtful);
    const fewest = unknown.length === 0 && mayBeLeft ? 1 : unknown.length;
    if (fewest === 0 || fewest >= threshold) return [];
    const total = unknown.reduce((sum, { amount }) => sum + amount, 0n);
    return [{ key, lower: total, upper: leastAbove.MONEY }];
  });
}

export const fewContribute: Finding = { rule: 'SMALL_COUNT', reason: 'A' };
