/** Ranks of areas by published values: ties share a rank, and who has no value is counted, never ranked. Pure. */
import { ratio } from '../observation/derive.ts';
import { agree } from '../observation/derive-more.ts';
import { isAbsent, toDecimal, type Figure } from '../observation/figure.ts';
import { ratesOf, type Bases } from './denominators.ts';

export type RankMeasure = 'PARTICIPANTS' | 'RATE_PRINTED' | 'RATE_COMPUTED' | 'PLAN_ACHIEVEMENT';

export interface Rank {
  readonly rank: number;
  readonly isTied: boolean;
  readonly figure: Figure;
}

/** One order: values of one nature of source, and of one denominator, for only such can be compared. */
export interface Ranking {
  readonly measure: RankMeasure;
  readonly nature: string;
  readonly denominator: string | null;
  readonly timePeriod: string;
  readonly siblings: number;
  readonly withoutValue: number;
  readonly ranks: readonly Rank[];
}

/** An unreliable figure is shown elsewhere, and ranked nowhere. */
const isUsable = (figure: Figure) =>
  toDecimal(figure) !== null && !isAbsent(figure.obsStatus) && figure.obsStatus !== 'U';

/** Each area’s figures of the measure, as its published figures give them. */
function measured(
  measure: RankMeasure,
  figures: readonly Figure[],
  plans: readonly Figure[],
  bases: Bases,
): Figure[] {
  const of = (indicator: string) => figures.filter((figure) => figure.indicator === indicator);
  if (measure === 'PARTICIPANTS') return of('PARTICIPANTS');
  if (measure === 'RATE_PRINTED') return of('COVERAGE_RATE');
  if (measure === 'RATE_COMPUTED') {
    return of('PARTICIPANTS').map((count) => {
      const known = bases.known.filter(({ areaId }) => areaId === count.areaId);
      return ratesOf(count, { ...bases, known }).main.rate;
    });
  }
  return of('PARTICIPANTS').flatMap((count) => {
    const own = plans.filter(
      (plan) => plan.areaId === count.areaId && plan.source?.id === count.source?.id,
    );
    return own.map((plan) => ratio('PLAN_ACHIEVEMENT', 'PLAN', count, plan));
  });
}

/** Of a computed figure, that of the inputs when they differ: the first, which it is about. */
const natureOf = (figure: Figure) =>
  figure.source?.nature ??
  ((figure as { derivedFrom?: readonly Figure[] }).derivedFrom?.[0]?.source?.nature || 'REPORTED');

/** Largest first; equal values share the rank, and the next rank leaves as many out (1, 2, 2, 4). */
function inOrder(figures: readonly Figure[]): Rank[] {
  const numbered = figures.map((figure) => ({ figure, number: toDecimal(figure)! }));
  return numbered
    .map(({ figure, number }) => {
      const rank = 1 + numbered.filter((other) => other.number.gt(number)).length;
      const isTied = numbered.filter((other) => other.number.eq(number)).length > 1;
      return { figure, rank, isTied };
    })
    .sort((a, b) => a.rank - b.rank || (a.figure.areaId < b.figure.areaId ? -1 : 1));
}

/** One value an area: none where its sources contradict each other. */
function onePerArea(figures: readonly Figure[]): Figure[] {
  const byArea = new Map<string, Figure[]>();
  for (const figure of figures) {
    byArea.set(figure.areaId, [...(byArea.get(figure.areaId) ?? []), figure]);
  }
  return [...byArea.values()].flatMap((own) => (agree(own) ? own.slice(0, 1) : []));
}

export interface RankMaterial {
  readonly siblings: number;
  readonly timePeriod: string;
  readonly measure: RankMeasure;
  /** Published figures of the siblings. */
  readonly figures: readonly Figure[];
  readonly plans: readonly Figure[];
  readonly bases: Bases;
}

export function rankings(material: RankMaterial): Ranking[] {
  const { siblings, timePeriod, measure, figures, plans, bases } = material;
  const usable = measured(measure, figures, plans, bases).filter(isUsable);
  // A rate whose denominator is not stated is compared with none.
  const comparable = usable.filter(
    ({ denominator }) =>
      measure === 'PARTICIPANTS' || (denominator ?? 'NOT_STATED') !== 'NOT_STATED',
  );
  const keyOf = (figure: Figure) => JSON.stringify([natureOf(figure), figure.denominator]);
  const keys = [...new Set(comparable.map(keyOf))].sort();
  return keys.map((key) => {
    const [nature, denominator] = JSON.parse(key) as [string, string | null];
    const ranks = inOrder(onePerArea(comparable.filter((figure) => keyOf(figure) === key)));
    const withoutValue = siblings - ranks.length;
    return { measure, nature, denominator, timePeriod, siblings, withoutValue, ranks };
  });
}
