/** What each scheme and group contributed to the change of a total on the year. Pure. */
import { derive, difference, sum, type DerivedFigure } from '../observation/derive.ts';
import { agree, notComputed } from '../observation/derive-more.ts';
import type { Figure } from '../observation/figure.ts';

export type Division = 'SCHEME' | 'GROUP';

export interface Contribution {
  readonly scheme: string | null;
  readonly participantGroup: string | null;
  readonly now: Figure;
  readonly before: Figure;
  /** In persons. */
  readonly change: DerivedFigure;
  /** In percentage points of the total before. */
  readonly points: DerivedFigure;
}

export interface ChangeContributions {
  readonly division: Division;
  readonly totalBasis: 'REPORTED' | 'SUM_OF_PARTS';
  readonly sourceId: string;
  readonly now: Figure;
  readonly before: Figure;
  readonly change: DerivedFigure;
  readonly points: DerivedFigure;
  readonly parts: readonly Contribution[];
  /** What the parts leave of the total’s change, in persons and in points. */
  readonly residual: DerivedFigure;
  readonly residualPoints: DerivedFigure;
}

/** The parts that a scheme consists of by its definition, each with the groups that stand for all of it. */
const schemeParts: Readonly<Record<string, readonly (readonly [string, readonly string[]])[]>> = {
  SOCIAL_INSURANCE: [
    ['COMPULSORY_SI', ['ALL', 'EMPLOYEES']],
    ['VOLUNTARY_SI', ['ALL']],
  ],
};

const named = {
  indicator: 'CONTRIBUTION_TO_CHANGE',
  unit: 'PERCENTAGE_POINTS',
  denominator: 'TOTAL_BEFORE',
} as const;

/** Of the total before, in points: what the part added to or took from the total’s growth. */
const pointsOf = (now: Figure, before: Figure, total: Figure): DerivedFigure =>
  derive({
    ...named,
    decimals: 2,
    inputs: [now, before, total],
    compute: ([a, b, whole]) =>
      a && b && whole && !whole.isZero() ? a.minus(b).times(100).div(whole) : null,
    formula: ([a, b, whole]) => `(${a} - ${b}) / ${whole} * 100`,
  });

const contribution = (now: Figure, before: Figure, total: Figure): Contribution => ({
  scheme: now.scheme,
  participantGroup: now.participantGroup,
  now,
  before,
  change: { ...difference(now, before), indicator: 'CONTRIBUTION_TO_CHANGE' },
  points: pointsOf(now, before, total),
});

/** The whole less its parts, as they are shown: what rounding or a missing part leaves is told. */
function rest(whole: DerivedFigure, parts: readonly DerivedFigure[]): DerivedFigure {
  const inputs = [whole, ...parts] as const;
  return derive({
    indicator: 'CONTRIBUTION_TO_CHANGE',
    unit: whole.unit ?? '',
    decimals: Math.max(...inputs.map(({ decimals }) => decimals ?? 0)),
    denominator: whole.denominator,
    inputs: [whole, ...parts],
    compute: ([total, ...shares]) =>
      total ? shares.reduce((left, share) => left.minus(share), total) : null,
    formula: (numbers) => numbers.join(' - '),
  });
}

/** The only figure of a scheme and group in a list; null when there is none, or two that differ. */
function only(figures: readonly Figure[], scheme: string, group: string): Figure | null {
  const found = figures.filter((one) => one.scheme === scheme && one.participantGroup === group);
  return agree(found) ? (found[0] ?? null) : null;
}

interface Pair {
  readonly now: Figure;
  readonly before: Figure;
}

type Years = { readonly now: readonly Figure[]; readonly before: readonly Figure[] };

function pairOf({ now, before }: Years, scheme: string, group: string): Pair | null {
  const [a, b] = [only(now, scheme, group), only(before, scheme, group)];
  return a && b ? { now: a, before: b } : null;
}

function added(pairs: readonly [Pair, ...Pair[]], key: keyof Pair, total: string): DerivedFigure {
  const [first, ...others] = pairs;
  const figure = sum([first[key], ...others.map((pair) => pair[key])]);
  return { ...figure, scheme: total, participantGroup: 'ALL' };
}

function assembled(
  division: Division,
  total: Pair & { readonly basis: ChangeContributions['totalBasis'] },
  pairs: readonly Pair[],
  isWhole: boolean,
): ChangeContributions {
  const { now, before, basis } = total;
  const parts = pairs.map((pair) => contribution(pair.now, pair.before, before));
  const change = difference(now, before);
  const points = pointsOf(now, before, before);
  const missing = (whole: DerivedFigure) =>
    notComputed(
      { ...named, unit: whole.unit ?? '', denominator: whole.denominator },
      [whole],
      'PARTS_INCOMPLETE',
    );
  return {
    division,
    totalBasis: basis,
    sourceId: now.source?.id ?? '',
    now,
    before,
    change,
    points,
    parts,
    residual: isWhole
      ? rest(
          change,
          parts.map((part) => part.change),
        )
      : missing(change),
    residualPoints: isWhole
      ? rest(
          points,
          parts.map((part) => part.points),
        )
      : missing(points),
  };
}

/** By the schemes that make up the total; where the total is not told, it is the sum of them. */
function bySchemes(years: Years, scheme: string): ChangeContributions | null {
  const parts = schemeParts[scheme] ?? [];
  const pairs = parts.flatMap(([part, groups]) => {
    const found = groups.flatMap((group) => pairOf(years, part, group) ?? []);
    return found.slice(0, 1);
  });
  const [first, ...others] = pairs;
  if (!first) return null;
  const isWhole = pairs.length === parts.length;
  const reported = pairOf(years, scheme, 'ALL');
  if (reported) return assembled('SCHEME', { ...reported, basis: 'REPORTED' }, pairs, isWhole);
  // The sum over a missing part is not a total.
  if (!isWhole) return null;
  const summed = {
    now: added([first, ...others], 'now', scheme),
    before: added([first, ...others], 'before', scheme),
  };
  return assembled('SCHEME', { ...summed, basis: 'SUM_OF_PARTS' }, pairs, true);
}

const isLegal = (group: string) => /^(A2_|HI\d)/.test(group);

/**
 * By the groups that a source tells of the scheme; they need not be all, so the residual says what is
 * left. Reported groups and those of the law overlap, and are never put into one list.
 */
function byGroups(years: Years, scheme: string): ChangeContributions[] {
  const total = pairOf(years, scheme, 'ALL');
  if (!total) return [];
  const told = years.now.filter((figure) => figure.scheme === scheme);
  const groups = [...new Set(told.map((figure) => figure.participantGroup ?? 'ALL'))]
    .filter((group) => group !== 'ALL')
    .sort();
  return [groups.filter((group) => !isLegal(group)), groups.filter(isLegal)].flatMap((family) => {
    const pairs = family.flatMap((group) => pairOf(years, scheme, group) ?? []);
    if (pairs.length === 0) return [];
    return assembled(
      'GROUP',
      { ...total, basis: 'REPORTED' },
      pairs,
      pairs.length === family.length,
    );
  });
}

const isCount = (figure: Figure) =>
  figure.indicator === 'PARTICIPANTS' && figure.unit === 'PERSONS';

/** For each source that tells of both years; figures of two sources are never put together. */
export function changeContributions(
  now: readonly Figure[],
  before: readonly Figure[],
  scheme: string,
): ChangeContributions[] {
  const sources = [...new Set(now.map((figure) => figure.source?.id ?? ''))].sort();
  return sources.flatMap((source) => {
    const of = (figures: readonly Figure[]) =>
      figures.filter((figure) => isCount(figure) && figure.source?.id === source);
    const years = { now: of(now), before: of(before) };
    const schemes = bySchemes(years, scheme);
    return [...(schemes ? [schemes] : []), ...byGroups(years, scheme)];
  });
}
