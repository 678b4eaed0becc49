/** Monthly enrolment by commune: who was in a scheme at both ends of a month, and what moved between. Pure. */
import {
  addMonths,
  addDays,
  firstDayOf,
  firstMonth,
  firstNewMonth,
  instantOn,
  lastDayOf,
  lastMonth,
  lastOldMonth,
  monthNumber,
  monthsBetween,
} from './calendar.ts';
import { allocate, between, chance, wholeAround } from './seeded.ts';
import { contributorOf, provinces } from './sources.ts';
import type { Targets } from './targets.ts';
import {
  carriedOver,
  inProvince,
  isSparse,
  populationWeight,
  successorOf,
  type Commune,
  type Territory,
} from './territory.ts';

type Reason = 'withdrawal' | 'pension' | 'other_scheme' | 'moved' | 'stopped';

/** What is made of one scheme and group. */
export interface Series {
  readonly scheme: string;
  readonly group: string;
  /** Share of the participants that leaves in a month. */
  readonly leaving: number;
  /** Share of those who come that had been in the scheme before. */
  readonly returning: number;
  readonly reasons: Readonly<Record<Reason, number>>;
  /** Deviation of each month from the line between two stated totals, in thousandths; January first. */
  readonly season: readonly number[];
  /** How much of it a town has beside a village of its size. */
  readonly town: number;
}

export const allSeries: readonly Series[] = [
  {
    scheme: 'COMPULSORY_SI',
    group: 'EMPLOYEES',
    leaving: 0.011,
    returning: 0.34,
    reasons: { withdrawal: 0.32, pension: 0.09, other_scheme: 0.09, moved: 0.14, stopped: 0.36 },
    // Contracts end before the lunar new year, and factories hire after it.
    season: [-4, -9, -5, -1, 2, 0, 1, 3, 4, 3, 2, 0],
    town: 3.5,
  },
  {
    scheme: 'VOLUNTARY_SI',
    group: 'ALL',
    leaving: 0.016,
    returning: 0.28,
    reasons: { withdrawal: 0.14, pension: 0.04, other_scheme: 0.18, moved: 0.06, stopped: 0.58 },
    // The month of the scheme is May, and plans are met at the end of the year.
    season: [-6, -12, -8, -2, 8, 0, -4, -2, 0, 6, 10, 0],
    town: 0.9,
  },
  {
    scheme: 'HEALTH_INSURANCE',
    group: 'HOUSEHOLDS',
    leaving: 0.024,
    returning: 0.52,
    // Nobody takes money out of health insurance.
    reasons: { withdrawal: 0, pension: 0.03, other_scheme: 0.42, moved: 0.1, stopped: 0.45 },
    season: [4, -3, -5, -4, -2, 0, -3, -5, -2, 3, 5, 0],
    town: 1.5,
  },
];

const reasonNames: readonly Reason[] = [
  'withdrawal',
  'pension',
  'other_scheme',
  'moved',
  'stopped',
];

/** A stated total at the end of a month. */
interface Anchor {
  readonly month: string;
  readonly value: number;
}

/** The total at a month's end: on the line between the stated ones, with the season; exact at both. */
export function totalAt(month: string, anchors: readonly Anchor[], series: Series): number {
  const next = anchors.findIndex((anchor) => anchor.month >= month);
  const after = anchors[next]!;
  const before = anchors[next - 1];
  if (after.month === month || !before) return after.value;
  const all = monthsBetween(before.month, after.month).length - 1;
  const gone = monthsBetween(before.month, month).length - 1;
  const line = before.value + ((after.value - before.value) * gone) / all;
  return Math.round(line * (1 + series.season[monthNumber(month) - 1]! / 1000));
}

/** The communes of a province in one structure, the months, and the stocks at the end of each. */
interface Panel {
  readonly communes: readonly Commune[];
  readonly provinceId: string;
  readonly series: Series;
  readonly opening: readonly number[];
  readonly months: readonly string[];
  readonly closings: readonly (readonly number[])[];
}

function oldWeights(territory: Territory, communes: readonly Commune[], series: Series) {
  const key = (commune: Commune) => `${series.scheme} ${commune.id}`;
  const weights = communes.map(
    (commune) =>
      populationWeight(commune) *
      (commune.kind === 'COMMUNE' ? 1 : series.town) *
      between(key(commune), 0.6, 1.5),
  );
  if (series.scheme !== 'VOLUNTARY_SI') return weights;
  // A few persons at most, several old communes together: small cells in both structures.
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return weights.map((weight, i) =>
    isSparse(successorOf(territory, communes[i]!))
      ? mean * between(`few ${key(communes[i]!)}`, 0.0005, 0.012)
      : weight,
  );
}

/** Shares drift slowly and tremble a little, so that a commune's own line is no copy of its province's. */
function closingsOf(
  panel: Omit<Panel, 'closings'>,
  weights: readonly number[],
  anchors: readonly Anchor[],
): number[][] {
  const { communes, series, months } = panel;
  return months.map((month, n) => {
    const shares = communes.map(({ id }, i) => {
      const drift = 1 + (n / months.length) * between(`drift ${series.scheme} ${id}`, -0.05, 0.05);
      return weights[i]! * drift * between(`month ${series.scheme} ${id} ${month}`, 0.997, 1.003);
    });
    return allocate(totalAt(month, anchors, series), shares);
  });
}

const stated = (targets: Targets, areaId: string, series: Series, month: string): Anchor => ({
  month,
  value: targets.value(areaId, 'PARTICIPANTS', lastDayOf(month), series.scheme),
});

function oldPanel(
  territory: Territory,
  targets: Targets,
  provinceId: string,
  series: Series,
): Panel {
  const communes = inProvince(territory.old, provinceId);
  const weights = oldWeights(territory, communes, series);
  const anchors = [addMonths(firstMonth, -1), '2024-12', lastOldMonth].map((month) =>
    stated(targets, provinceId, series, month),
  );
  const opening = allocate(anchors[0]!.value, weights);
  const months = monthsBetween(firstMonth, lastOldMonth);
  const rest = { communes, provinceId, series, opening, months };
  return { ...rest, closings: closingsOf(rest, weights, anchors) };
}

/** The province's sum carries over exactly: what its old communes closed with is what its new ones open with. */
function currentPanel(
  territory: Territory,
  targets: Targets,
  provinceId: string,
  before: readonly Panel[],
): Panel {
  const { series } = before[0]!;
  const communes = inProvince(territory.current, provinceId);
  const held = new Map(
    before.flatMap((panel) =>
      panel.communes.map(({ id }, i) => [id, panel.closings.at(-1)![i]!] as const),
    ),
  );
  const opening = carriedOver(territory, communes, held);
  const start = { month: lastOldMonth, value: opening.reduce((sum, part) => sum + part, 0) };
  const anchors = [
    start,
    ...['2025-12', lastMonth].map((month) => stated(targets, provinceId, series, month)),
  ];
  const months = monthsBetween(firstNewMonth, lastMonth);
  const rest = { communes, provinceId, series, opening, months };
  // Where nobody was, somebody may come.
  const weights = opening.map((part) => Math.max(part, 0.4));
  return { ...rest, closings: closingsOf(rest, weights, anchors) };
}

/** What moved in a month from one stock to the next: nobody vanishes, nobody is counted below zero. */
function flows(key: string, series: Series, opening: number, closing: number) {
  const usual = opening * series.leaving * between(`leave ${key}`, 0.6, 1.4);
  const left = Math.min(opening, Math.max(opening - closing, wholeAround(`left ${key}`, usual)));
  const came = closing - opening + left;
  const returned = Math.min(
    came,
    wholeAround(`back ${key}`, came * series.returning * between(`share ${key}`, 0.7, 1.3)),
  );
  const weights = reasonNames.map(
    (reason) => series.reasons[reason] * (0.2 + 1.6 * chance(`${reason} ${key}`)),
  );
  const parts = allocate(left, weights);
  return {
    joined: came - returned,
    returned,
    left_withdrawal: parts[0]!,
    left_pension: parts[1]!,
    left_other_scheme: parts[2]!,
    left_moved: parts[3]!,
    left_stopped: parts[4]!,
  };
}

/** A row of the table `enrolment_movement`. */
export type MovementRow = ReturnType<typeof movementRow>;

function movementRow(panel: Panel, n: number, i: number) {
  const { series, provinceId, months, closings } = panel;
  const { id: areaId } = panel.communes[i]!;
  const month = months[n]!;
  const opening = n === 0 ? panel.opening[i]! : closings[n - 1]![i]!;
  const closing = closings[n]![i]!;
  const id = `${areaId}/${series.scheme}/${series.group}/${month}`;
  return {
    id,
    topic: 'ENROLLMENT',
    area_id: areaId,
    province_id: provinceId,
    scheme: series.scheme,
    participant_group: series.group,
    time_period: month,
    period_start: firstDayOf(month),
    period_end: lastDayOf(month),
    opening,
    ...flows(id, series, opening, closing),
    closing,
    obs_status: 'A',
    conf_status: 'N',
    source_id: 'demo-enrolment',
    contributor_id: contributorOf(areaId, provinceId),
    known_from: instantOn(addDays(lastDayOf(month), 10)),
  };
}

function* rowsOf(panel: Panel): Generator<MovementRow> {
  for (let n = 0; n < panel.months.length; n += 1) {
    for (let i = 0; i < panel.communes.length; i += 1) yield movementRow(panel, n, i);
  }
}

/** A province's participants of a scheme at the end of a month: the sum over its communes. */
export interface ProvinceTotal {
  readonly provinceId: string;
  readonly series: Series;
  readonly month: string;
  readonly value: number;
}

export interface Enrolment {
  readonly totals: readonly ProvinceTotal[];
  /** Made one after the other, so that they never stand in memory together. */
  rows(): Generator<MovementRow>;
}

export function generateEnrolment(territory: Territory, targets: Targets): Enrolment {
  const panels = provinces.flatMap((province) =>
    allSeries.flatMap((series) => {
      const before = province.predecessors.map((id) => oldPanel(territory, targets, id, series));
      return [...before, currentPanel(territory, targets, province.id, before)];
    }),
  );
  const totals = panels.flatMap(({ provinceId, series, months, closings }) =>
    months.map((month, n) => ({
      provinceId,
      series,
      month,
      value: closings[n]!.reduce((sum, part) => sum + part, 0),
    })),
  );
  return {
    totals,
    *rows() {
      for (const panel of panels) yield* rowsOf(panel);
    },
  };
}
