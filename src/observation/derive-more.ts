/** Derivations of statistics: means, points, plans behind printed ratios, and what is not there. Pure. */
import { Decimal } from 'decimal.js';
import { derive, ratioDecimals, type DerivedFigure } from './derive.ts';
import { toDecimal, type DerivedReason, type Figure } from './figure.ts';

/** What a figure would be of, where it is not there at all. */
export type Absent = Pick<
  Figure,
  'areaId' | 'area' | 'indicator' | 'scheme' | 'participantGroup' | 'timePeriod' | 'unit'
> & { readonly denominator?: string | null };

/** A figure without a value and without inputs: nobody told it to the caller. */
export function absentFigure(of: Absent, reason: DerivedReason = 'NOT_REPORTED'): DerivedFigure {
  const { areaId, area, indicator, scheme, participantGroup, timePeriod, unit } = of;
  return {
    derived: true,
    figureId: null,
    areaId,
    area,
    indicator,
    baseIndicator: null,
    scheme,
    schemeComponents: [],
    participantGroup,
    timePeriod,
    periodBasis: timePeriod === null ? 'NOT_STATED' : 'PRINTED',
    value: null,
    decimals: null,
    unit,
    denominator: of.denominator ?? null,
    qualifier: null,
    obsStatus: 'O',
    confStatus: 'F',
    publishedAt: null,
    source: null,
    locator: null,
    derivedFrom: [],
    derivedReason: reason,
    formula: '',
  };
}

/** Whether all figures hold the same number, however many digits each prints. */
export const agree = (figures: readonly Figure[]) =>
  new Set(figures.map((figure) => toDecimal(figure)?.toString())).size <= 1;

type Named = Pick<Parameters<typeof derive>[0], 'indicator' | 'unit' | 'denominator'>;

/** A figure that may not be computed from its inputs, and why. */
export function notComputed(
  named: Named,
  inputs: readonly [Figure, ...Figure[]],
  refused: DerivedReason,
): DerivedFigure {
  const none = { compute: () => null, formula: () => '' };
  return derive({ ...named, ...none, decimals: 0, inputs, refused });
}

/** Rates may be compared when both say what they are a share of, and say the same. */
export const areComparable = (a: Figure, b: Figure) =>
  a.denominator !== null && a.denominator !== 'NOT_STATED' && a.denominator === b.denominator;

const widest = (...figures: Figure[]) => Math.max(...figures.map(({ decimals }) => decimals ?? 0));

/** One rate less another, in percentage points; refused for rates of different denominators. */
export function pointsBetween(
  indicator: string,
  now: Figure,
  before: Figure,
  denominator: string,
): DerivedFigure {
  return derive({
    indicator,
    unit: 'PERCENTAGE_POINTS',
    decimals: widest(now, before),
    denominator,
    inputs: [now, before],
    refused: areComparable(now, before) ? null : 'DENOMINATORS_DIFFER',
    compute: ([a, b]) => (a && b ? a.minus(b) : null),
    formula: ([a, b]) => `${a} - ${b}`,
  });
}

/** The mean of figures of one kind, with the digits of the finest of them. */
export function mean(inputs: readonly [Figure, ...Figure[]], timePeriod: string): DerivedFigure {
  const [first] = inputs;
  const figure = derive({
    indicator: first.indicator,
    unit: first.unit ?? '',
    decimals: widest(...inputs),
    denominator: first.denominator,
    inputs,
    compute: (numbers) => numbers.reduce((total, number) => total.plus(number)).div(numbers.length),
    formula: (numbers) => `(${numbers.join(' + ')}) / ${numbers.length}`,
  });
  return { ...figure, baseIndicator: null, timePeriod };
}

/** Persons are whole; a rate keeps the digits that it is computed from. */
const planDecimals = (result: Figure, told: Figure) =>
  result.unit === 'PERCENT' ? widest(result, told) : 0;

interface PlanRule {
  compute(result: Decimal, told: Decimal): Decimal | null;
  formula(result: string, told: string): string;
}

const planRules: Readonly<Record<string, PlanRule>> = {
  'PLAN_ACHIEVEMENT PERCENT': {
    compute: (result, told) => (told.isZero() ? null : result.div(told.div(100))),
    formula: (result, told) => `${result} / (${told} / 100)`,
  },
  'PLAN_EXCEEDANCE PERCENT': {
    compute: (result, told) => (told.eq(-100) ? null : result.div(told.div(100).plus(1))),
    formula: (result, told) => `${result} / (1 + ${told} / 100)`,
  },
  'PLAN_EXCEEDANCE PERCENTAGE_POINTS': {
    compute: (result, told) => result.minus(told),
    formula: (result, told) => `${result} - ${told}`,
  },
};

/** The plan that a result and a printed ratio to it lead back to; null where they do not. */
export function planBehind(result: Figure, told: Figure): DerivedFigure | null {
  const rule = planRules[`${told.indicator} ${told.unit}`];
  if (!rule) return null;
  const figure = derive({
    indicator: result.indicator,
    unit: result.unit ?? '',
    decimals: planDecimals(result, told),
    denominator: result.denominator,
    inputs: [result, told],
    compute: ([a, b]) => (a && b ? rule.compute(a, b) : null),
    formula: ([a = '', b = '']) => rule.formula(a, b),
  });
  return { ...figure, baseIndicator: null };
}

/** How far a recomputed percentage lies from the printed one, in points; null where one has no value. */
export function differenceOfPrint(printed: Figure, computed: Figure): DerivedFigure {
  return derive({
    indicator: 'CHANGE_PP',
    unit: 'PERCENTAGE_POINTS',
    decimals: Math.max(ratioDecimals, widest(printed, computed)),
    denominator: printed.denominator,
    inputs: [printed, computed],
    compute: ([a, b]) => (a && b ? a.minus(b) : null),
    formula: ([a, b]) => `${a} - ${b}`,
  });
}

/** Whether the computed value, rounded to the digits of the print, is another one; null where one has none. */
export function differsFromPrint(printed: Figure | null, computed: Figure | null): boolean | null {
  if (!printed?.value || !computed?.value) return null;
  const decimals = printed.decimals ?? 0;
  const rounded = new Decimal(computed.value.toFixed(computed.decimals ?? 0)).toDecimalPlaces(
    decimals,
    Decimal.ROUND_HALF_UP,
  );
  return !rounded.eq(printed.value.toFixed(decimals));
}
