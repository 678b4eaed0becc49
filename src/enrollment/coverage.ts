/** Coverage: what one source says of one scheme and group, with what can be computed beside it. Pure. */
import { difference, ratio, relativeChange, type DerivedFigure } from '../observation/derive.ts';
import {
  agree,
  differenceOfPrint,
  differsFromPrint,
  notComputed,
  planBehind,
  pointsBetween,
} from '../observation/derive-more.ts';
import type { Figure } from '../observation/figure.ts';
import { yearBefore } from '../platform/period.ts';
import { ratesOf, type Bases, type DenominatorRule, type Rate } from './denominators.ts';

/** The figures of one scheme and group of one source. */
export interface Coverage {
  readonly scheme: string | null;
  readonly participantGroup: string | null;
  readonly sourceId: string;
  readonly participants: Figure | null;
  readonly plan: Figure | null;
  readonly achievementPrinted: Figure | null;
  /** Percent above plan, which is not the achieved share of it. */
  readonly exceedancePrinted: Figure | null;
  readonly achievementComputed: DerivedFigure | null;
  /** Printed less computed, and whether they differ beyond the digits of the print. */
  readonly achievementDifference: DerivedFigure | null;
  readonly achievementDiffers: boolean | null;
  /** The plan that is not printed, from the result and the ratio that are. */
  readonly planComputed: DerivedFigure | null;
  readonly rateTargetComputed: DerivedFigure | null;
  readonly ratePrinted: Figure | null;
  readonly rateTarget: Figure | null;
  readonly rateComputed: DerivedFigure | null;
  readonly denominatorFigure: Figure | null;
  readonly denominatorRule: DenominatorRule | null;
  /** Rates by other denominators, under their own names. */
  readonly ratesBeside: readonly Rate[];
  readonly rateChangeComputed: DerivedFigure | null;
  readonly ratePrintedChangeComputed: DerivedFigure | null;
  readonly changePrinted: readonly Figure[];
  readonly changeComputed: DerivedFigure | null;
  readonly relativeChangeComputed: DerivedFigure | null;
  /** Figures of the same question that have no place above, such as joiners or beneficiaries. */
  readonly others: readonly Figure[];
}

/** A plan or target; it may name the figures that report its result. */
type Planned = Figure & {
  readonly resultIds?: readonly string[];
  readonly derivableFrom?: readonly string[];
};

interface Material {
  readonly figures: readonly Figure[];
  readonly plans: readonly Planned[];
  /** The same period of the year before. */
  readonly earlier: readonly Figure[];
  /** What rates are a share of, of both years. */
  readonly bases: Bases;
  /** The figures that an unprinted plan can be computed from, by id. */
  readonly derivables: ReadonlyMap<string, Figure>;
}

const changeIndicators = new Set(['CHANGE_ABS', 'CHANGE_PCT', 'CHANGE_PP']);

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

type Slots = Pick<
  Coverage,
  | 'participants'
  | 'plan'
  | 'achievementPrinted'
  | 'exceedancePrinted'
  | 'ratePrinted'
  | 'rateTarget'
>;
type Row = { -readonly [Slot in keyof Slots]: Slots[Slot] };

const emptyRow = (): Row => ({
  participants: null,
  plan: null,
  achievementPrinted: null,
  exceedancePrinted: null,
  ratePrinted: null,
  rateTarget: null,
});

const reports = (planned: Planned | null, figure: Figure | null) =>
  Boolean(figure?.figureId && planned?.resultIds?.includes(figure.figureId));

/** Puts a figure where it is linked, else into the first row that has the place free, else alone. */
function place(
  rows: Row[],
  slot: keyof Row,
  figure: Planned,
  isLinked: (row: Row) => boolean,
  mayStandAnywhere = true,
): void {
  const free = rows.filter((row) => row[slot] === null);
  const row = free.find(isLinked) ?? (mayStandAnywhere ? free[0] : undefined) ?? emptyRow();
  if (!rows.includes(row)) rows.push(row);
  row[slot] = figure;
}

function rowsOf(key: string, figures: readonly Figure[], material: Material): Coverage[] {
  const plans = material.plans.filter((plan) => keyOf(plan) === key);
  const own = figures.filter((figure) => !plans.includes(figure));
  const of = (indicator: string) =>
    own.filter((figure) => figure.indicator === indicator && aboutParticipants(figure));
  const anywhere = () => false;
  const rows: Row[] = [];
  for (const figure of of('PARTICIPANTS')) rows.push({ ...emptyRow(), participants: figure });
  for (const figure of of('COVERAGE_RATE')) place(rows, 'ratePrinted', figure, anywhere);
  for (const plan of plans) {
    const isRate = plan.indicator === 'COVERAGE_RATE';
    const [slot, result] = isRate
      ? (['rateTarget', 'ratePrinted'] as const)
      : (['plan', 'participants'] as const);
    // A plan whose result stands elsewhere, such as in another month, belongs to none of these.
    const hasNoResult = !plan.resultIds?.length;
    place(rows, slot, plan, (row) => reports(plan, row[result]), hasNoResult);
  }
  for (const [slot, indicator] of [
    ['achievementPrinted', 'PLAN_ACHIEVEMENT'],
    ['exceedancePrinted', 'PLAN_EXCEEDANCE'],
  ] as const) {
    for (const figure of of(indicator)) {
      place(rows, slot, figure, (row) => reports(row.plan, figure));
    }
  }
  if (rows.length === 0) rows.push(emptyRow());
  const changes = own.filter(
    (figure) => changeIndicators.has(figure.indicator ?? '') && aboutParticipants(figure),
  );
  const placed = new Set<Figure | null>([...rows.flatMap((row) => Object.values(row)), ...changes]);
  return rows.map((row, i) =>
    completeRow({
      ...row,
      changePrinted: i === 0 ? changes : [],
      others: i === 0 ? own.filter((figure) => !placed.has(figure)) : [],
      any: figures[0] as Figure,
      material,
    }),
  );
}

/** The same thing a year before, of the same source: of the same kind of period, where there is one. */
function yearBeforeOf(now: Figure, material: Material): Figure[] {
  const all = material.earlier.filter(
    (figure) =>
      keyOf(figure) === keyOf(now) &&
      figure.indicator === now.indicator &&
      aboutParticipants(figure),
  );
  const before = now.timePeriod === null ? null : yearBefore(now.timePeriod);
  const exact = all.filter((figure) => figure.timePeriod === before);
  return exact.length > 0 ? exact : all;
}

/** A change against the one thing said of the year before; refused where a source says two. */
function changeOf(
  now: Figure | null,
  material: Material,
  change: (now: Figure, before: Figure) => DerivedFigure,
): DerivedFigure | null {
  if (!now) return null;
  const [before, ...others] = yearBeforeOf(now, material);
  if (!before) return null;
  const computed = change(now, before);
  return agree([before, ...others])
    ? computed
    : notComputed(
        { ...computed, unit: computed.unit ?? '' },
        [now, before, ...others],
        'INPUTS_DISAGREE',
      );
}

const rateOf = (count: Figure, { bases }: Material) => ratesOf(count, bases).main.rate;

/** Only a plan whose value is not printed is computed. */
function planOf(plan: Planned | null, { derivables }: Material): DerivedFigure | null {
  if (!plan || plan.value !== null) return null;
  const [result, told] = (plan.derivableFrom ?? []).map((id) => derivables.get(id));
  return result && told ? planBehind(result, told) : null;
}

function completeRow({
  any,
  material,
  ...row
}: Slots &
  Pick<Coverage, 'changePrinted' | 'others'> & { any: Figure; material: Material }): Coverage {
  const { participants, plan, achievementPrinted } = row;
  const rates = participants ? ratesOf(participants, material.bases) : null;
  const achievement =
    participants && plan ? ratio('PLAN_ACHIEVEMENT', 'PLAN', participants, plan) : null;
  const points = (now: Figure, before: Figure) =>
    pointsBetween('CHANGE_PP', now, before, 'PREVIOUS_PERIOD');
  return {
    ...row,
    scheme: any.scheme,
    participantGroup: any.participantGroup,
    sourceId: any.source?.id ?? '',
    achievementComputed: achievement,
    achievementDifference:
      achievementPrinted && achievement ? differenceOfPrint(achievementPrinted, achievement) : null,
    achievementDiffers: differsFromPrint(achievementPrinted, achievement),
    planComputed: planOf(plan, material),
    rateTargetComputed: planOf(row.rateTarget, material),
    rateComputed: rates?.main.rate ?? null,
    denominatorFigure: rates?.main.denominatorFigure ?? null,
    denominatorRule: rates?.main.rule ?? null,
    ratesBeside: rates?.beside ?? [],
    changeComputed: changeOf(participants, material, difference),
    relativeChangeComputed: changeOf(participants, material, relativeChange),
    rateChangeComputed: changeOf(participants, material, (now, before) =>
      points(rateOf(now, material), rateOf(before, material)),
    ),
    ratePrintedChangeComputed: changeOf(row.ratePrinted, material, points),
  };
}
