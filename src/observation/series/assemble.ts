/** Series: the figures of one question in the boundaries of one area, in time. Pure. */
import { unitIdsOf, type Line, type Restatement, type Step } from '../../area/lineage.ts';
import { group } from '../../platform/group.ts';
import { frequencyOf } from '../../platform/period.ts';
import type { Area } from '../../platform/prisma/client.ts';
import type { ObservationRow } from '../data.ts';
import type { Figure } from '../figure.ts';
import { prefer, type PreferenceRule } from './preference.ts';
import { markBreak, restate } from './restate.ts';

export interface SeriesPoint {
  readonly timePeriod: string;
  /** One or more, each by its source: what contradicts stands side by side. */
  readonly observations: readonly Figure[];
  readonly preferred: Figure | null;
  readonly preferredBy: PreferenceRule;
  /** Whether the figures before it were reported for other units. */
  readonly isBreak: boolean;
}

export interface SeriesBreak {
  readonly effectiveOn: Date;
  /** How the figures before it, or after it, are told in these boundaries; null where they are not. */
  readonly restatement: Restatement | null;
  readonly steps: readonly Step[];
}

export interface Series {
  readonly refArea: Area;
  /** Any figure of it as reported, for what all have in common. */
  readonly sample: ObservationRow;
  readonly frequency: string;
  readonly points: readonly SeriesPoint[];
  readonly breaks: readonly SeriesBreak[];
}

export interface Material {
  readonly rows: readonly ObservationRow[];
  readonly areas: ReadonlyMap<string, Area>;
  /** Where the question begins; null from the beginning. */
  readonly from: Date | null;
}

/** What makes a series one: all dimensions but area and time, the unit, and where a figure is a share, of what. */
const seriesKey = (row: ObservationRow): string =>
  JSON.stringify([
    row.indicator,
    row.baseIndicator,
    row.scheme,
    row.schemeComponents,
    row.participantGroup,
    row.sex,
    row.residence,
    row.breakdown,
    frequencyOf(row.timePeriod ?? ''),
    row.unit,
    row.denominator,
  ]);

interface Told {
  readonly figures: readonly Figure[];
  /** The stage of the line that reported them; 0 is the area itself. */
  readonly stage: number;
}

/** What one source says of one period, in the line's boundaries: by the stage next to the area that has it. */
function tell(rows: readonly ObservationRow[], line: Line, area: Area): Told[] {
  for (const [stage, { unitIds, restatement }] of line.stages.entries()) {
    const [first, ...others] = rows.filter(({ areaId }) => unitIds.includes(areaId));
    if (!first) continue;
    if (restatement === 'SAME') return [{ figures: [first, ...others], stage }];
    return [
      { figures: [restate({ unitIds, figures: [first, ...others], restatement }, area)], stage },
    ];
  }
  return [];
}

/** Two stages of one extent are no break. */
function isBreakBetween(line: Line, before: number, now: number): boolean {
  const restatementOf = (stage: number) => line.stages[stage]?.restatement ?? 'SAME';
  return before !== now && (restatementOf(before) !== 'SAME' || restatementOf(now) !== 'SAME');
}

function pointOf(
  timePeriod: string,
  told: readonly Told[],
  breakStage: number | null,
): SeriesPoint {
  const [first, ...others] = told.flatMap(({ figures, stage }) =>
    stage === breakStage ? figures.map(markBreak) : [...figures],
  );
  if (!first) throw new Error(`A point of ${timePeriod} without a figure.`);
  const { figure, rule } = prefer([first, ...others]);
  const observations = [first, ...others];
  return {
    timePeriod,
    observations,
    preferred: figure,
    preferredBy: rule,
    isBreak: breakStage !== null,
  };
}

/** Whether the line begins with a new extent, and the question with a time before it. */
function beginsAnew(line: Line, from: Date | null): boolean {
  const since = line.cameFrom[0]?.effectiveOn;
  return since !== undefined && (from === null || from < since);
}

function pointsOf(rows: readonly ObservationRow[], line: Line, area: Area, from: Date | null) {
  const periods = [...group(rows, ({ timePeriod }) => timePeriod ?? '')].sort(
    ([, [a]], [, [b]]) =>
      (a.periodStart?.getTime() ?? 0) - (b.periodStart?.getTime() ?? 0) ||
      (a.periodEnd?.getTime() ?? 0) - (b.periodEnd?.getTime() ?? 0),
  );
  const points: SeriesPoint[] = [];
  let before: number | null = null;
  for (const [timePeriod, ofPeriod] of periods) {
    const told = [...group(ofPeriod, ({ sourceId }) => sourceId).values()].flatMap((ofSource) =>
      tell(ofSource, line, area),
    );
    const stage = Math.min(...told.map((one) => one.stage));
    const isFirst = before === null && beginsAnew(line, from);
    const isChange = before !== null && isBreakBetween(line, before, stage);
    points.push(pointOf(timePeriod, told, isFirst || isChange ? stage : null));
    before = stage;
  }
  return points;
}

/** The reforms between the stages of a line, whether or not there are figures on both sides. */
function breaksOf(line: Line): SeriesBreak[] {
  const stages = line.stages.filter(({ restatement }) => restatement !== 'SAME');
  const told = stages.map(({ restatement, steps }) => ({ restatement, steps }));
  const all =
    line.cameFrom.length > 0 ? [...told, { restatement: null, steps: line.cameFrom }] : told;
  return all.map(({ restatement, steps }) => {
    return { effectiveOn: steps[0]?.effectiveOn ?? new Date(0), restatement, steps };
  });
}

/** One series for each line and each combination of dimensions that there are figures of. */
export function assembleSeries(lines: readonly Line[], { rows, areas, from }: Material): Series[] {
  return lines.flatMap((line) => {
    const refArea = areas.get(line.areaId);
    if (!refArea) return [];
    const unitIds = unitIdsOf([line]);
    const ofLine = rows.filter(({ areaId }) => unitIds.includes(areaId));
    return [...group(ofLine, seriesKey)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, ofSeries]) => ({
        refArea,
        sample: ofSeries[0],
        frequency: frequencyOf(ofSeries[0].timePeriod ?? ''),
        points: pointsOf(ofSeries, line, refArea, from),
        breaks: breaksOf(line),
      }));
  });
}
