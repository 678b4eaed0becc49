/** Coverage: what one source says of one scheme and group, with what can be computed beside it. Pure. */
import { difference, ratio, relativeChange, type DerivedFigure } from '../observation/derive.ts';
import type { Figure } from '../observation/figure.ts';

/** The figures of one scheme and group of one source. */
export interface Coverage {
  readonly scheme: string | null;
  readonly participantGroup: string | null;
  readonly sourceId: string;
  readonly participants: Figure | null;
  readonly plan: Figure | null;
  readonly achievementPrinted: Figure | null;
  readonly achievementComputed: DerivedFigure | null;
  readonly ratePrinted: Figure | null;
  readonly rateComputed: DerivedFigure | null;
  readonly denominatorFigure: Figure | null;
  readonly changePrinted: readonly Figure[];
  readonly changeComputed: DerivedFigure | null;
  readonly relativeChangeComputed: DerivedFigure | null;
  /** Figures of the same question that have no place above, such as joiners or beneficiaries. */
  readonly others: readonly Figure[];
}

interface Material {
  readonly figures: readonly Figure[];
  readonly plans: readonly Figure[];
  /** The same period of the year before. */
  readonly earlier: readonly Figure[];
  readonly populations: readonly Figure[];
}

const planIndicators = new Set(['PLAN_ACHIEVEMENT', 'PLAN_EXCEEDANCE']);
const changeIndicators = new Set(['CHANGE_ABS', 'CHANGE_PCT', 'CHANGE_PP']);

/** Health insurance covers the population; the other schemes' base is not in the population tables. */
const populationSchemes = new Set(['HEALTH_INSURANCE']);

const keyOf = (figure: Figure) =>
  JSON.stringify([figure.scheme, figure.participantGroup, figure.source?.id]);

const aboutParticipants = (figure: Figure) =>
  figure.baseIndicator == null || figure.baseIndicator === 'PARTICIPANTS';

/**
 * One row per scheme, group and source, so that contradicting sources stand side by side; where one
 * source says the same thing twice, the second saying gets a row of its own and is never dropped.
 */
export function assembleCoverage(material: Material): Coverage[] {
  const groups = new Map<string, Figure[]>();
  for (const figure of [...material.figures, ...material.plans]) {
    groups.set(keyOf(figure), [...(groups.get(keyOf(figure)) ?? []), figure]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, figures]) => rowsOf(key, figures, material));
}

function rowsOf(key: string, figures: readonly Figure[], material: Material): Coverage[] {
  const plans = material.plans.filter((plan) => keyOf(plan) === key);
  const own = figures.filter((figure) => !plans.includes(figure));
  const slot = (test: (figure: Figure) => boolean) => own.filter(test);
  const participants = slot((f) => f.indicator === 'PARTICIPANTS');
  const achievements = slot((f) => planIndicators.has(f.indicator ?? '') && aboutParticipants(f));
  const rates = slot((f) => f.indicator === 'COVERAGE_RATE');
  const changes = slot((f) => changeIndicators.has(f.indicator ?? '') && aboutParticipants(f));
  const placed = new Set([...participants, ...achievements, ...rates, ...changes]);
  const count = Math.max(1, participants.length, plans.length, achievements.length, rates.length);
  return Array.from({ length: count }, (_, i) =>
    completeRow({
      participants: participants[i] ?? null,
      plan: plans[i] ?? null,
      achievementPrinted: achievements[i] ?? null,
      ratePrinted: rates[i] ?? null,
      changePrinted: i === 0 ? changes : [],
      others: i === 0 ? own.filter((figure) => !placed.has(figure)) : [],
      any: figures[0] as Figure,
      material,
    }),
  );
}

function completeRow({
  any,
  material,
  ...row
}: Pick<
  Coverage,
  'participants' | 'plan' | 'achievementPrinted' | 'ratePrinted' | 'changePrinted' | 'others'
> & { any: Figure; material: Material }): Coverage {
  const { participants, plan } = row;
  const before = material.earlier.find((figure) => keyOf(figure) === keyOf(any)) ?? null;
  const isOfPopulation = populationSchemes.has(any.scheme ?? '') && any.participantGroup === 'ALL';
  const base = isOfPopulation ? (material.populations[0] ?? null) : null;
  return {
    ...row,
    scheme: any.scheme,
    participantGroup: any.participantGroup,
    sourceId: any.source?.id ?? '',
    achievementComputed:
      participants && plan ? ratio('PLAN_ACHIEVEMENT', 'PLAN', participants, plan) : null,
    rateComputed:
      participants && base ? ratio('COVERAGE_RATE', 'POPULATION', participants, base) : null,
    denominatorFigure: base,
    changeComputed: participants && before ? difference(participants, before) : null,
    relativeChangeComputed: participants && before ? relativeChange(participants, before) : null,
  };
}
