/** What each scheme is a share of, as a table of rules, and which period of it counts. Pure. */
import { derive, ratio, sum, type DerivedFigure } from '../observation/derive.ts';
import { agree, mean, notComputed } from '../observation/derive-more.ts';
import type { DerivedReason, Figure } from '../observation/figure.ts';
import { parsePeriod } from '../platform/period.ts';

/** The rule that the rates of a scheme follow, or one that stands beside it under its own name. */
export interface DenominatorRule {
  readonly code: string;
  readonly schemes: readonly string[];
  readonly participantGroups: readonly string[];
  /** List DENOMINATOR: what a rate by the rule says that it is a share of. */
  readonly denominator: string;
  /** The indicator that holds it; null where it is a sum of participants. */
  readonly indicator: string | null;
  readonly use: 'MAIN' | 'BESIDE';
  readonly period: 'QUARTER_ELSE_YEAR' | 'YEAR' | 'SAME_PERIOD';
  readonly basis: string;
}

const socialInsurance = ['SOCIAL_INSURANCE', 'COMPULSORY_SI', 'VOLUNTARY_SI'];

export const denominatorRules: readonly DenominatorRule[] = [
  {
    code: 'SI_WORKING_AGE',
    schemes: socialInsurance,
    participantGroups: ['ALL'],
    denominator: 'LABOUR_FORCE',
    indicator: 'LABOUR_FORCE',
    use: 'MAIN',
    period: 'QUARTER_ELSE_YEAR',
    basis: 'Resolution 28-NQ/TW sets its targets as shares of the labour force of working age.',
  },
  {
    code: 'CSI_EMPLOYEES_WORKING_AGE',
    schemes: ['COMPULSORY_SI'],
    participantGroups: ['EMPLOYEES'],
    denominator: 'LABOUR_FORCE',
    indicator: 'LABOUR_FORCE',
    use: 'MAIN',
    period: 'QUARTER_ELSE_YEAR',
    basis:
      'Monthly enrolment counts the compulsory scheme by its employees alone, so their share is the scheme’s.',
  },
  {
    code: 'UI_WORKING_AGE',
    schemes: ['UNEMPLOYMENT_INSURANCE'],
    participantGroups: ['ALL'],
    denominator: 'LABOUR_FORCE',
    indicator: 'LABOUR_FORCE',
    use: 'MAIN',
    period: 'QUARTER_ELSE_YEAR',
    basis: 'Resolution 28-NQ/TW sets its targets as shares of the labour force of working age.',
  },
  {
    code: 'HI_POPULATION',
    schemes: ['HEALTH_INSURANCE'],
    participantGroups: ['ALL'],
    denominator: 'POPULATION',
    indicator: 'POPULATION_COUNT',
    use: 'MAIN',
    period: 'YEAR',
    basis: 'Decision 546/QĐ-TTg sets its targets as shares of the population.',
  },
  {
    code: 'OADI_COVERED_GROUPS',
    schemes: ['OCCUPATIONAL_ACCIDENT'],
    participantGroups: ['ALL'],
    denominator: 'COVERED_GROUPS',
    indicator: null,
    use: 'MAIN',
    period: 'SAME_PERIOD',
    basis:
      'Occupational accident insurance covers some groups of Article 2 of Law 41/2024/QH15 only; `codeMappings` lists them.',
  },
  {
    code: 'LABOUR_FORCE_TOTAL_BESIDE',
    schemes: [...socialInsurance, 'UNEMPLOYMENT_INSURANCE'],
    participantGroups: ['ALL'],
    denominator: 'LABOUR_FORCE_TOTAL',
    indicator: 'LABOUR_FORCE_TOTAL',
    use: 'BESIDE',
    period: 'QUARTER_ELSE_YEAR',
    basis:
      'The quarterly series of the statistics office states no age limit and is larger than the labour force of working age: a rate of its own, never compared with the targets.',
  },
];

export function rulesFor({ scheme, participantGroup }: Figure): DenominatorRule[] {
  return denominatorRules.filter(
    (rule) =>
      rule.schemes.includes(scheme ?? '') &&
      rule.participantGroups.includes(participantGroup ?? ''),
  );
}

/** The year in which a period lies wholly; null for what spans years. */
export function yearOf(timePeriod: string | null): string | null {
  const period = timePeriod === null ? null : parsePeriod(timePeriod);
  if (!period) return null;
  const year = period.start.getUTCFullYear();
  return period.end.getUTCFullYear() === year ? String(year) : null;
}

export const quartersOf = (year: string) => [1, 2, 3, 4].map((number) => `${year}-Q${number}`);

/** The quarter that holds a period; null for a longer one. */
function quarterOf(timePeriod: string): string | null {
  const period = parsePeriod(timePeriod);
  const year = yearOf(timePeriod);
  if (!period || !year) return null;
  const [first, last] = [period.start, period.end].map((day) => Math.floor(day.getUTCMonth() / 3));
  return first === last ? `${year}-Q${(first ?? 0) + 1}` : null;
}

/** Demonstration data is never a share of what a document reports, nor the other way round. */
const isOfNature = (figure: Figure, like: Figure) => figure.source?.nature === like.source?.nature;

const isStatistical = (figure: Figure) => figure.source?.kind === 'STATISTICAL_TABLE';

interface Found {
  readonly figure: Figure | null;
  readonly refused: DerivedReason | null;
}

const unknown: Found = { figure: null, refused: 'DENOMINATOR_UNKNOWN' };

/** The figure of a period: a statistics office is preferred; others must agree. */
function only(candidates: readonly Figure[]): Found {
  const best = candidates.some(isStatistical) ? candidates.filter(isStatistical) : candidates;
  const [first] = best;
  if (!first) return unknown;
  return agree(best)
    ? { figure: first, refused: null }
    : { figure: null, refused: 'INPUTS_DISAGREE' };
}

const isMissing = ({ refused }: Found) => refused === 'DENOMINATOR_UNKNOWN';

/** Of a rule’s indicator: the quarter’s, else the year’s, else the mean of the year’s four quarters. */
function byIndicator(rule: DenominatorRule, of: Figure, known: readonly Figure[]): Found {
  const year = yearOf(of.timePeriod);
  if (!year || of.timePeriod === null) return unknown;
  const candidates = known.filter(
    (figure) => figure.indicator === rule.indicator && isOfNature(figure, of),
  );
  const at = (period: string) => only(candidates.filter((one) => one.timePeriod === period));
  const quarter = rule.period === 'QUARTER_ELSE_YEAR' ? quarterOf(of.timePeriod) : null;
  const exact = quarter ? at(quarter) : unknown;
  if (!isMissing(exact)) return exact;
  const yearly = at(year);
  if (!isMissing(yearly) || of.timePeriod !== year || rule.period === 'YEAR') return yearly;
  const quarters = quartersOf(year).map(at);
  const figures = quarters.flatMap(({ figure }) => figure ?? []);
  const [first, ...others] = figures;
  if (!first || figures.length < 4)
    return quarters.find((one) => !isMissing(one) && !one.figure) ?? unknown;
  return { figure: mean([first, ...others], year), refused: null };
}

/** The groups that occupational accident insurance covers, each of the numerator’s own source. */
function byCoveredGroups(of: Figure, known: readonly Figure[], covered: readonly string[]): Found {
  const parts = covered.map(
    (group) =>
      known.find(
        (figure) =>
          figure.indicator === 'PARTICIPANTS' &&
          figure.scheme === 'COMPULSORY_SI' &&
          figure.participantGroup === group &&
          figure.timePeriod === of.timePeriod &&
          figure.source?.id === of.source?.id,
      ) ?? null,
  );
  const there = parts.filter((part) => part !== null);
  const [first, ...others] = there;
  if (!first || there.length < parts.length) return unknown;
  return { figure: sum([first, ...others]), refused: null };
}

/** What denominators are looked up in. */
export interface Bases {
  readonly known: readonly Figure[];
  readonly coveredGroups: readonly string[];
}

export interface Rate {
  readonly rule: DenominatorRule | null;
  readonly denominatorFigure: Figure | null;
  readonly rate: DerivedFigure;
}

function rateBy(rule: DenominatorRule, of: Figure, { known, coveredGroups }: Bases): Rate {
  const { figure, refused } =
    rule.indicator === null
      ? byCoveredGroups(of, known, coveredGroups)
      : byIndicator(rule, of, known);
  const named = { indicator: 'COVERAGE_RATE', unit: 'PERCENT', denominator: rule.denominator };
  const rate = figure
    ? ratio('COVERAGE_RATE', rule.denominator, of, figure)
    : notComputed(named, [of], refused ?? 'DENOMINATOR_UNKNOWN');
  return { rule, denominatorFigure: figure, rate };
}

/** The rate by the main rule of a count, and those that stand beside it. */
export function ratesOf(of: Figure, bases: Bases): { main: Rate; beside: Rate[] } {
  const rules = rulesFor(of);
  const main = rules.find(({ use }) => use === 'MAIN');
  const named = { indicator: 'COVERAGE_RATE', unit: 'PERCENT', denominator: null };
  const none = () => notComputed(named, [of], 'NO_DENOMINATOR_RULE');
  return {
    main: main ? rateBy(main, of, bases) : { rule: null, denominatorFigure: null, rate: none() },
    beside: rules
      .filter(({ use }) => use === 'BESIDE')
      .map((rule) => rateBy(rule, of, bases))
      // What stands beside is shown where it is known.
      .filter(({ denominatorFigure }) => denominatorFigure !== null),
  };
}

/** A share of a denominator as persons. */
export function personsOf(indicator: string, points: Figure, base: Figure): DerivedFigure {
  return derive({
    indicator,
    unit: points.unit === 'PERCENTAGE_POINTS_PER_YEAR' ? 'PERSONS_PER_YEAR' : 'PERSONS',
    decimals: 0,
    denominator: null,
    inputs: [points, base],
    compute: ([a, b]) => (a && b ? a.times(b).div(100) : null),
    formula: ([a, b]) => `${a} / 100 * ${b}`,
  });
}
