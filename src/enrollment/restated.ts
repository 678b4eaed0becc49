/** Targets that were assigned to units of another time, told for the unit of today by a stated rule. Pure. */
import { unitIdsOf, type Line } from '../area/lineage.ts';
import { derive } from '../observation/derive.ts';
import { toDecimal, type Figure } from '../observation/figure.ts';
import { restate } from '../observation/series/restate.ts';
import { group } from '../platform/group.ts';
import type { Area } from '../platform/prisma/client.ts';
import type { TargetRow } from './data.ts';

/**
 * A plan of a former province binds nobody after it: what its successor is told is what the parts were asked
 * together, and by which of these rules.
 */
export const targetRules = ['AS_ASSIGNED', 'SUM_OF_PARTS', 'SAME_IN_ALL_PARTS', 'NONE'] as const;
export type TargetRule = (typeof targetRules)[number];

export interface RestatedTarget {
  readonly refArea: Area;
  readonly rule: TargetRule;
  readonly figure: Figure;
  readonly targets: readonly [TargetRow, ...TargetRow[]];
}

/** What makes targets of several units comparable; who assigned them, and by which act, may differ. */
const keyOf = (row: TargetRow): string =>
  JSON.stringify([
    row.timePeriod,
    row.indicator,
    row.scheme,
    row.schemeComponents,
    row.participantGroup,
    row.unit,
    row.denominator,
    row.source.nature,
  ]);

/** A rate that all parts share is the rate of the whole; any other can't be told without their bases. */
function sameInAll(
  [first, ...others]: RestatedTarget['targets'],
  unitIds: readonly string[],
  area: Area,
): Figure | null {
  const rows = [first, ...others];
  const isWhole = unitIds.every((id) => rows.filter((row) => row.areaId === id).length === 1);
  const value = toDecimal(first);
  const isSame = value !== null && rows.every((row) => toDecimal(row)?.equals(value));
  const isRate = first.unit === 'PERCENT';
  if (!isWhole || !isSame || !isRate) return null;
  const whole = derive({
    indicator: first.indicator,
    unit: first.unit ?? '',
    decimals: first.decimals ?? 0,
    denominator: first.denominator,
    inputs: [first, ...others],
    compute: ([rate]) => rate ?? null,
    formula: (rates) => rates.join(' = '),
  });
  return { ...whole, baseIndicator: null, areaId: area.id, area };
}

function ofParts(
  targets: RestatedTarget['targets'],
  { unitIds, restatement }: Line['stages'][number],
  refArea: Area,
): RestatedTarget {
  const isProven = restatement === 'EXACT';
  const same = isProven ? sameInAll(targets, unitIds, refArea) : null;
  if (same?.value) return { refArea, rule: 'SAME_IN_ALL_PARTS', figure: same, targets };
  // What is only listed as a part gives an estimate of figures; a plan is no estimate.
  const figure = restate(
    { unitIds, figures: targets, restatement: isProven ? restatement : 'REFUSED' },
    refArea,
  );
  return { refArea, rule: figure.value === null ? 'NONE' : 'SUM_OF_PARTS', figure, targets };
}

/** For each kind of target, those next to the area in its line: its own, else those of what it was made of. */
export function restateTargets(
  lines: readonly Line[],
  rows: readonly TargetRow[],
  areas: ReadonlyMap<string, Area>,
): RestatedTarget[] {
  return lines.flatMap((line) => {
    const refArea = areas.get(line.areaId);
    if (!refArea) return [];
    const unitIds = unitIdsOf([line]);
    const ofLine = rows.filter(({ areaId }) => unitIds.includes(areaId));
    const kinds = [...group(ofLine, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
    return kinds.flatMap(([, all]) => {
      const stage = line.stages.find((one) => all.some((row) => one.unitIds.includes(row.areaId)));
      const [first, ...others] = all.filter((row) => stage?.unitIds.includes(row.areaId));
      if (!stage || !first) return [];
      if (stage.restatement !== 'SAME') return [ofParts([first, ...others], stage, refArea)];
      return [first, ...others].map((row): RestatedTarget => {
        return { refArea, rule: 'AS_ASSIGNED', figure: row, targets: [row] };
      });
    });
  });
}
