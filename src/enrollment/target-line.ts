/** The line that targets draw: at the years that they name, and between them where a rule says so. Pure. */
import { Decimal } from 'decimal.js';
import { derive, type DerivedFigure } from '../observation/derive.ts';
import { absentFigure, agree, areComparable } from '../observation/derive-more.ts';
import type { DerivedReason, Figure } from '../observation/figure.ts';
import { parsePeriod } from '../platform/period.ts';

export type LineRuleCode = 'TARGET_YEARS_ONLY' | 'LINEAR_BETWEEN_TARGET_YEARS';

export interface LineRule {
  /** Null: whatever no other row names. */
  readonly instrumentId: string | null;
  readonly rule: LineRuleCode;
  readonly basis: string;
}

export const lineRules: readonly LineRule[] = [
  {
    instrumentId: 'ins-res-28-nq-tw',
    rule: 'LINEAR_BETWEEN_TARGET_YEARS',
    basis:
      'Own rule for reading progress: the resolution sets 2021, 2025 and 2030 and says nothing of the years between.',
  },
  {
    instrumentId: 'ins-dec-546-qd-ttg',
    rule: 'TARGET_YEARS_ONLY',
    basis: 'The decision sets each year by itself.',
  },
  {
    instrumentId: 'ins-res-72-nq-tw',
    rule: 'TARGET_YEARS_ONLY',
    basis: '“More than 95 %” is a floor and no point of a line.',
  },
  {
    instrumentId: null,
    rule: 'TARGET_YEARS_ONLY',
    basis: 'A line between target years is drawn only where a rule says so.',
  },
];

/** A quantified target, with the instrument that sets it. */
export type TargetFigure = Figure & { readonly instrumentId: string | null };

export const ruleOf = (instrumentId: string | null): LineRule =>
  lineRules.find((rule) => rule.instrumentId === instrumentId) ?? lineRules.at(-1)!;

const dayMillis = 86_400_000;

/** The end of a period in years: the last day of 2025 is 2026. Exact to the day. */
export function positionOf(timePeriod: string | null): Decimal | null {
  const end = timePeriod === null ? null : (parsePeriod(timePeriod)?.end ?? null);
  if (!end) return null;
  const year = end.getUTCFullYear();
  const [first, next] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
  const gone = end.getTime() + dayMillis - first;
  return new Decimal(gone).div(next - first).plus(year);
}

/** One target a date, in order; two of one date that say the same count once, else the date is in doubt. */
export interface Point {
  readonly at: Decimal;
  readonly target: TargetFigure;
  readonly isDisputed: boolean;
}

export function pointsOf(targets: readonly TargetFigure[]): Point[] {
  const byDate = new Map<string, TargetFigure[]>();
  for (const target of targets) {
    const at = positionOf(target.timePeriod)?.toString();
    if (at) byDate.set(at, [...(byDate.get(at) ?? []), target]);
  }
  return [...byDate]
    .map(([at, same]) => ({
      at: new Decimal(at),
      // Alike in several sources: the first by its id, as they are read.
      target: same[0]!,
      isDisputed: !agree(same),
    }))
    .sort((a, b) => a.at.cmp(b.at));
}

const lineNamed = { indicator: 'TARGET_LINE', unit: 'PERCENT' } as const;

function between(a: Point, b: Point, at: Decimal): DerivedFigure {
  const [gone, whole] = [at.minus(a.at), b.at.minus(a.at)];
  const share = gone.div(whole).toDecimalPlaces(4, Decimal.ROUND_HALF_UP);
  return derive({
    ...lineNamed,
    decimals: 2,
    denominator: areComparable(a.target, b.target) ? a.target.denominator : null,
    inputs: [a.target, b.target],
    refused: areComparable(a.target, b.target) ? null : 'DENOMINATORS_DIFFER',
    compute: ([from, to]) => (from && to ? to.minus(from).times(gone).div(whole).plus(from) : null),
    formula: ([from, to]) => `${from} + (${to} - ${from}) * ${share.toFixed()}`,
  });
}

/** The target of the very date, the line between its neighbours where the rule says so, or none. */
export function lineAt(points: readonly Point[], rate: Figure, rule: LineRuleCode): Figure {
  const at = positionOf(rate.timePeriod);
  const none = (reason: DerivedReason) =>
    absentFigure(
      { ...rate, ...lineNamed, denominator: points[0]?.target.denominator ?? null },
      reason,
    );
  if (!at) return none('NO_TARGET_LINE');
  const exact = points.find((point) => point.at.eq(at));
  if (exact) return exact.isDisputed ? none('INPUTS_DISAGREE') : exact.target;
  const before = points.filter((point) => point.at.lt(at)).at(-1);
  const after = points.find((point) => point.at.gt(at));
  if (!before || !after || rule === 'TARGET_YEARS_ONLY') return none('NO_TARGET_LINE');
  if (before.isDisputed || after.isDisputed) return none('INPUTS_DISAGREE');
  return { ...between(before, after, at), timePeriod: rate.timePeriod };
}
