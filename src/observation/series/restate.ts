/** Figures of one extent told in the boundaries of another. Pure. */
import type { Restatement } from '../../area/lineage.ts';
import type { Area } from '../../platform/prisma/client.ts';
import { derive, sum, type DerivedFigure } from '../derive.ts';
import type { DerivedReason, Figure } from '../figure.ts';

/** Counts and amounts that a larger area has as the sum of its parts; of the rest none is added. */
const additive = new Set([
  'PARTICIPANTS',
  'NEW_PARTICIPANTS',
  'BENEFICIARIES',
  'ONE_TIME_WITHDRAWALS',
  'EMPLOYEES',
  'ENROLMENT_OPENING',
  'ENROLMENT_JOINED',
  'ENROLMENT_RETURNED',
  'ENROLMENT_LEFT',
  'ENROLMENT_CLOSING',
  'POPULATION_COUNT',
  'LABOUR_FORCE',
  'LABOUR_FORCE_TOTAL',
  'EMPLOYED',
  'UNEMPLOYED',
  'REVENUE',
  'RECEIVABLE',
  'CONTRIBUTION_DEBT',
  'BUDGET',
]);

/** Whether figures of several areas that make up one may be added; a change is added like what changes. */
export function isAdditive({ indicator, baseIndicator, unit }: Figure): boolean {
  if (unit === 'PERCENT' || unit === 'PERCENTAGE_POINTS') return false;
  return additive.has((indicator === 'CHANGE_ABS' ? baseIndicator : indicator) ?? '');
}

/** The figures of one source for one period, by the unit that each is about. */
export interface Parts {
  readonly unitIds: readonly string[];
  readonly figures: readonly [Figure, ...Figure[]];
  readonly restatement: Restatement;
}

function refusalOf({ unitIds, figures, restatement }: Parts): DerivedReason | null {
  if (restatement === 'NOT_SEPARABLE') return 'NOT_SEPARABLE';
  if (!figures.every(isAdditive)) return 'NOT_ADDITIVE';
  if (restatement === 'REFUSED') return 'PART_SPLIT';
  const units = new Set(figures.map(({ areaId }) => areaId));
  if (units.size < figures.length) return 'PART_AMBIGUOUS';
  return units.size < unitIds.length ? 'PART_MISSING' : null;
}

/** A figure of other units, and how surely it is told of this one. */
export interface RestatedFigure extends DerivedFigure {
  readonly restatement: Restatement;
}

/** The parts as one figure of the area; without a value where they do not make it up. */
export function restate(parts: Parts, area: Area): RestatedFigure {
  const [first] = parts.figures;
  const mark = parts.restatement === 'ESTIMATED' ? 'E' : null;
  const whole = sum(parts.figures, { refused: refusalOf(parts), mark });
  const { baseIndicator = null, denominator } = first;
  const { restatement } = parts;
  return { ...whole, areaId: area.id, area, baseIndicator, denominator, restatement };
}

/** The same figure with the break of its series (SDMX OBS_STATUS B); one without a value stays as it is. */
export function markBreak(figure: Figure): Figure {
  if (figure.value === null) return figure;
  const marked = derive({
    indicator: figure.indicator,
    unit: figure.unit ?? '',
    decimals: figure.decimals ?? 0,
    denominator: figure.denominator,
    inputs: [figure],
    mark: 'B',
    compute: ([value]) => value ?? null,
    formula: ([value]) => value ?? '',
  });
  const { baseIndicator = null, qualifier } = figure;
  return { ...marked, baseIndicator, qualifier };
}
