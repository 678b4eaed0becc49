/**
 * The cells of a release of contribution debt: amounts and debtors by area, and by sector, ownership or size, and state, with who
 * owes and how many could. Pure.
 */
import type { Contribution } from '../disclosure/primary-money.ts';
import { cellKey, type SourceCell } from './cell.ts';
import type { SourceTable } from './prepared.ts';

/** Of list BREAKDOWN_DIMENSION, what a release may state beside sector and state: one of them. */
export const besideDimensions = ['ownership', 'size'] as const;
export type BesideDimension = (typeof besideDimensions)[number];
export const besideDimensionOf = (text: string | null): BesideDimension | null =>
  besideDimensions.find((one) => one === text) ?? null;

export interface Debtor {
  readonly enterprise: string;
  /** The commune. */
  readonly area: string;
  readonly sector: string;
  /** By what the release states beside the sector: its ownership, or its size. */
  readonly beside: string;
  readonly state: string | null;
  readonly amount: bigint;
  /** Whether the audience knows the debt, or may know it. */
  readonly known: 'CERTAIN' | 'DOUBTFUL' | null;
  /** As whom the lists name it that print this amount; codes of list LISTED_AS. */
  readonly listedAs: readonly string[];
}

/** Employers of one sector, and of one ownership or size, in a commune: so much is known from the business register. */
export interface Registered {
  readonly area: string;
  readonly sector: string;
  readonly beside: string;
  readonly all: bigint;
  /** Without those of whom a union may know that they owe nothing. */
  readonly uncertain: bigint;
}

export interface DebtSource {
  readonly day: string;
  /** Of each commune, itself and the areas above it that the release states. */
  readonly areasOf: ReadonlyMap<string, readonly string[]>;
  readonly debtors: readonly Debtor[];
  readonly registered: readonly Registered[];
  /** What is stated beside the sector, and crossed with it: for one province that takes a minute. */
  readonly dimension: BesideDimension | null;
}

const groups = ['LATE', 'EVADING', 'OTHER'] as const;
type Group = (typeof groups)[number];

/** By list DEBT_STATE, as the law has two articles; the rest is hard to collect, or no verified rule names it. */
function groupOf(state: string | null): Group {
  if (state?.startsWith('EVASION_')) return 'EVADING';
  return state === 'EXCUSED' || state?.startsWith('LATE_') ? 'LATE' : 'OTHER';
}

const ofState = (group: string) => `state=${group}`;
const isOfState = (breakdown: string) => breakdown.startsWith('state=');
const isCrossed = (breakdown: string) => breakdown.includes(';');

/** By what the business register tells of a unit: each by itself, and both at once. */
function breakdownsOf(
  { dimension }: DebtSource,
  { sector, beside }: Pick<Registered, 'sector' | 'beside'>,
) {
  const trade = `sector=${sector}`;
  if (dimension === null) return ['', trade];
  const other = `${dimension}=${beside}`;
  return ['', trade, other, [other, trade].sort().join(';')];
}

interface Counted {
  readonly all: bigint;
  readonly uncertain: bigint;
}

const nobody: Counted = { all: 0n, uncertain: 0n };

/** How many could owe, by area and breakdown. */
function censusOf(source: DebtSource) {
  const { registered, areasOf } = source;
  const counts = new Map<string, Counted>();
  for (const unit of registered) {
    for (const above of areasOf.get(unit.area) ?? []) {
      for (const breakdown of breakdownsOf(source, unit)) {
        const key = `${above} ${breakdown}`;
        const { all, uncertain } = counts.get(key) ?? nobody;
        counts.set(key, { all: all + unit.all, uncertain: uncertain + unit.uncertain });
      }
    }
  }
  // Of anybody in a place the state may be this one.
  return (area: string, breakdown: string): Counted =>
    counts.get(`${area} ${isOfState(breakdown) ? '' : breakdown}`) ?? nobody;
}

/** The amount and the number of debtors of one area and breakdown, both nothing yet. */
function emptyCells(
  areaId: string,
  breakdown: string,
  { day, areasOf, dimension }: DebtSource,
): readonly SourceCell[] {
  const isInner =
    isCrossed(breakdown) || (breakdown.startsWith(`${dimension}=`) && areasOf.has(areaId));
  const base = {
    areaId,
    scheme: null,
    participantGroup: 'EMPLOYERS',
    breakdown,
    timePeriod: day,
    periodStart: day,
    periodEnd: day,
    value: 0n,
    ...(isInner ? { isInner } : {}),
  };
  return [
    { ...base, indicator: 'CONTRIBUTION_DEBT', unit: 'VND', kind: 'MONEY' },
    { ...base, indicator: 'EMPLOYERS_IN_DEBT', unit: 'EMPLOYERS', kind: 'EMPLOYERS' },
  ];
}

/**
 * What is known of a cell at most: of a count, how many could owe. Of an amount, what is known of it where nobody else could
 * owe: nothing where nobody could at all.
 */
function mostOf(
  { kind, breakdown }: SourceCell,
  given: readonly Contribution[],
  { all, uncertain }: Counted,
): NonNullable<SourceCell['upper']> {
  if (kind !== 'MONEY') return { PUBLIC: all, COALITION: uncertain };
  // Of a state it may be that somebody is known, but not as whom.
  const told = isOfState(breakdown) ? [] : given;
  const certain = told.filter(({ isKnown }) => isKnown);
  const perhaps = told.filter(({ isKnown, isDoubtful }) => isKnown === true || isDoubtful);
  const sum = (some: readonly Contribution[]) =>
    some.reduce((total, { amount }) => total + amount, 0n);
  return {
    ...(BigInt(certain.length) === all ? { PUBLIC: sum(certain) } : {}),
    ...(BigInt(perhaps.length) === uncertain ? { COALITION: sum(perhaps) } : {}),
  };
}

/** A list that prints the amount tells the state too if it names the debtor so; else the audience may know it or not. */
function knowledgeOf({ known, listedAs }: Debtor, breakdown: string) {
  const isTold = !isOfState(breakdown) || listedAs.map(ofState).includes(breakdown);
  const isKnown = known === 'CERTAIN' && isTold;
  return { isKnown, isDoubtful: known !== null && !isKnown };
}

export function debtTable(source: DebtSource): SourceTable {
  const { areasOf, debtors, registered } = source;
  const census = censusOf(source);
  const units = [...registered, ...debtors].flatMap((unit) => breakdownsOf(source, unit));
  const breakdowns = [...new Set([...units.sort(), ...groups.map(ofState)])];
  const cells = new Map<string, SourceCell>();
  for (const area of new Set([...areasOf.values()].flat())) {
    for (const breakdown of breakdowns) {
      if (isCrossed(breakdown) && census(area, breakdown).all === 0n) continue;
      for (const cell of emptyCells(area, breakdown, source)) cells.set(cellKey(cell), cell);
    }
  }
  const contributions = new Map<string, Contribution[]>();
  for (const debtor of debtors) {
    const own = [...breakdownsOf(source, debtor), ofState(groupOf(debtor.state))];
    for (const area of areasOf.get(debtor.area) ?? []) {
      for (const breakdown of own) {
        for (const place of emptyCells(area, breakdown, source)) {
          const key = cellKey(place);
          const cell = cells.get(key) ?? place;
          const amount = cell.kind === 'MONEY' ? debtor.amount : 1n;
          cells.set(key, { ...cell, value: cell.value + amount });
          const given = contributions.get(key) ?? [];
          given.push({ group: debtor.enterprise, amount, ...knowledgeOf(debtor, breakdown) });
          contributions.set(key, given);
        }
      }
    }
  }
  const bounded = [...cells].map(([key, cell]): SourceCell => {
    const counted = census(cell.areaId, cell.breakdown);
    return { ...cell, upper: mostOf(cell, contributions.get(key) ?? [], counted) };
  });
  return { cells: bounded, contributions };
}
