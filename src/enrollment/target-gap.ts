/** How far a rate lies from its targets, and the pace that the next one needs, in points and persons. Pure. */
import { Decimal } from 'decimal.js';
import { derive, type DerivedFigure } from '../observation/derive.ts';
import { areComparable, notComputed, pointsBetween } from '../observation/derive-more.ts';
import { isAbsent, type Figure } from '../observation/figure.ts';
import { personsOf } from './denominators.ts';
import {
  lineAt,
  pointsOf,
  positionOf,
  ruleOf,
  type LineRule,
  type Point,
  type TargetFigure,
} from './target-line.ts';

export type PersonsBasis = 'DENOMINATOR_FIGURE' | 'IMPLIED_BY_RATE';

/** A rate as one source gives it, with what its persons can be told by. */
export interface GapSubject {
  readonly rate: Figure;
  readonly denominatorFigure: Figure | null;
  /** The count that the source prints beside the rate. */
  readonly participants: Figure | null;
}

export interface TargetGap {
  readonly instrumentId: string | null;
  readonly lineRule: LineRule;
  readonly rate: Figure;
  readonly line: Figure;
  readonly gap: DerivedFigure;
  readonly gapPersons: DerivedFigure;
  readonly personsBasis: PersonsBasis | null;
  readonly nextTarget: TargetFigure | null;
  readonly pace: DerivedFigure;
  readonly pacePersons: DerivedFigure;
}

/** What a share of the denominator lacks, or exceeds, as a number of points. */
interface Distance {
  readonly indicator: string;
  readonly points: DerivedFigure;
  /** The share that is looked at, and over how many years; null for the distance itself. */
  readonly goal: Figure | null;
  readonly years: Decimal | null;
}

const isComputed = (rate: Figure) => 'derived' in rate;

/**
 * Persons of a computed rate exactly, by its count and denominator; of a printed one by the
 * denominator’s figure, else by the count that it is printed beside.
 */
function persons(distance: Distance, subject: GapSubject): DerivedFigure {
  const { rate, denominatorFigure, participants } = subject;
  const { indicator, points, goal, years } = distance;
  const unit = years === null ? 'PERSONS' : 'PERSONS_PER_YEAR';
  const named = { indicator, unit, denominator: null, decimals: 0 };
  if (points.value === null || !goal) return notComputed(named, [points], 'INPUT_ABSENT');
  if (denominatorFigure && participants && isComputed(rate)) {
    const sign = years === null ? 1 : -1;
    return derive({
      ...named,
      inputs: [participants, goal, denominatorFigure],
      compute: ([count, share, base]) =>
        count && share && base
          ? count
              .minus(share.times(base).div(100))
              .times(sign)
              .div(years ?? 1)
          : null,
      formula: ([count, share, base]) =>
        years === null
          ? `${count} - ${share} / 100 * ${base}`
          : `(${share} / 100 * ${base} - ${count}) / ${shownYears(years)}`,
    });
  }
  if (denominatorFigure) return personsOf(indicator, points, denominatorFigure);
  if (!participants) return notComputed(named, [points], 'DENOMINATOR_UNKNOWN');
  return derive({
    ...named,
    inputs: [points, participants, rate],
    compute: ([gap, count, share]) =>
      gap && count && share && !share.isZero() ? gap.times(count).div(share) : null,
    formula: ([gap, count, share]) => `${gap} * ${count} / ${share}`,
  });
}

const shownYears = (years: Decimal) => years.toDecimalPlaces(4, Decimal.ROUND_HALF_UP).toFixed();

function paceTo(next: Point | undefined, rate: Figure): DerivedFigure {
  const unit = 'PERCENTAGE_POINTS_PER_YEAR';
  const named = { indicator: 'TARGET_PACE', unit, denominator: rate.denominator };
  const at = positionOf(rate.timePeriod);
  if (!next || !at) return notComputed(named, [rate], 'NO_NEXT_TARGET');
  const years = next.at.minus(at);
  return derive({
    ...named,
    decimals: 2,
    inputs: [rate, next.target],
    refused: next.isDisputed
      ? 'INPUTS_DISAGREE'
      : areComparable(rate, next.target)
        ? null
        : 'DENOMINATORS_DIFFER',
    compute: ([now, goal]) => (now && goal ? goal.minus(now).div(years) : null),
    formula: ([now, goal]) => `(${goal} - ${now}) / ${shownYears(years)}`,
  });
}

function gapOf(
  instrumentId: string | null,
  targets: readonly TargetFigure[],
  subject: GapSubject,
): TargetGap {
  const { rate, denominatorFigure } = subject;
  const points = pointsOf(targets);
  const lineRule = ruleOf(instrumentId);
  const line = lineAt(points, rate, lineRule.rule);
  const gap = pointsBetween('TARGET_GAP', rate, line, rate.denominator ?? 'NOT_STATED');
  const at = positionOf(rate.timePeriod);
  const next = points.find((point) => at !== null && point.at.gt(at));
  const pace = paceTo(next, rate);
  const gapPersons = persons(
    { indicator: 'TARGET_GAP', points: gap, goal: line, years: null },
    subject,
  );
  const pacePersons = persons(
    {
      indicator: 'TARGET_PACE',
      points: pace,
      goal: next?.target ?? null,
      years: next && at ? next.at.minus(at) : null,
    },
    subject,
  );
  const isTold = gapPersons.value !== null || pacePersons.value !== null;
  const basis = denominatorFigure ? 'DENOMINATOR_FIGURE' : 'IMPLIED_BY_RATE';
  return {
    instrumentId,
    lineRule,
    rate,
    line,
    gap,
    gapPersons,
    personsBasis: isTold ? basis : null,
    nextTarget: next?.target ?? null,
    pace,
    pacePersons,
  };
}

const seriesOf = ({ scheme, participantGroup }: Figure) => `${scheme}|${participantGroup}`;

/** Each rate beside each instrument that sets targets for its scheme and group. */
export function targetGaps(
  subjects: readonly GapSubject[],
  targets: readonly TargetFigure[],
): TargetGap[] {
  // What is not there, or not to be relied on, is no point of a line.
  const usable = targets.filter((one) => !isAbsent(one.obsStatus) && one.obsStatus !== 'U');
  return subjects.flatMap((subject) => {
    const own = usable.filter((target) => seriesOf(target) === seriesOf(subject.rate));
    const instruments = [...new Set(own.map(({ instrumentId }) => instrumentId))];
    return instruments.map((id) =>
      gapOf(
        id,
        own.filter((target) => target.instrumentId === id),
        subject,
      ),
    );
  });
}
