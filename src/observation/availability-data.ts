/** Reads for which dimensions there are figures, as far as the caller may see them. */
import { childrenMax, childrenOf, findArea, type AreaKey } from '../area/data.ts';
import type { Context } from '../platform/context.ts';
import { frequencyOf } from '../platform/period.ts';
import type { Area, Prisma } from '../platform/prisma/client.ts';
import { assertCodes, figureWhere } from './data.ts';
import { withinReach } from './place-data.ts';

export interface AvailabilityQuestion {
  readonly dataflow: string;
  readonly area: AreaKey;
  readonly indicator?: string | null | undefined;
  readonly scheme?: string | null | undefined;
  readonly participantGroup?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly asOf?: Date | null | undefined;
}

/** A value of a dimension, null for figures that do not have it, and how many figures bear it. */
export interface AvailableCode {
  readonly code: string | null;
  readonly observations: number;
}

export interface Availability {
  readonly dataflow: string;
  readonly refArea: Area;
  readonly observations: number;
  readonly indicators: readonly AvailableCode[];
  readonly schemes: readonly AvailableCode[];
  readonly participantGroups: readonly AvailableCode[];
  readonly sexes: readonly AvailableCode[];
  readonly residences: readonly AvailableCode[];
  readonly frequencies: readonly AvailableCode[];
  readonly timePeriods: readonly string[];
  readonly firstDay: Date | null;
  readonly lastDay: Date | null;
  /** Units right below that have figures of the same question. */
  readonly children: readonly Area[];
}

type Dimension =
  'indicator' | 'scheme' | 'participantGroup' | 'sex' | 'residence' | 'timePeriod' | 'areaId';

/** Figures without the dimension come last. */
const byCode = (a: AvailableCode, b: AvailableCode): number =>
  (a.code ?? '\uffff') < (b.code ?? '\uffff') ? -1 : 1;

async function countsBy(
  context: Context,
  dimension: Dimension,
  where: Prisma.ObservationWhereInput,
): Promise<AvailableCode[]> {
  const groups = await context.db.observation.groupBy({
    by: [dimension],
    where,
    _count: { _all: true },
  });
  return groups
    .map((group) => ({ code: group[dimension], observations: group._count._all }))
    .sort(byCode);
}

function byFrequency(periods: readonly AvailableCode[]): AvailableCode[] {
  const counts = new Map<string | null, number>();
  for (const { code, observations } of periods) {
    const frequency = code === null ? null : frequencyOf(code);
    counts.set(frequency, (counts.get(frequency) ?? 0) + observations);
  }
  return [...counts].map(([code, observations]) => ({ code, observations })).sort(byCode);
}

async function childrenWith(
  context: Context,
  area: Area,
  where: Prisma.ObservationWhereInput,
): Promise<Area[]> {
  const children = await childrenOf(context, area, { take: childrenMax, on: null });
  const ids = children.map(({ id }) => id);
  const found = await countsBy(context, 'areaId', { ...where, areaId: { in: ids } });
  const withFigures = new Set(found.map(({ code }) => code));
  return children.filter(({ id }) => withFigures.has(id));
}

export async function readAvailability(
  context: Context,
  question: AvailabilityQuestion,
): Promise<Availability> {
  const { dataflow, area: key, asOf, ...filter } = question;
  await assertCodes(context, { DOMAIN: dataflow });
  const area = await findArea(context, key);
  context.draft.areas.add(area.id);
  const where = {
    ...(await figureWhere(context, filter, { asOf })),
    ...withinReach(context),
    domain: dataflow,
  };
  const own = { ...where, areaId: area.id };
  const [total, indicators, schemes, participantGroups, sexes, residences, periods, children] =
    await Promise.all([
      context.db.observation.aggregate({
        where: own,
        _count: { _all: true },
        _min: { periodStart: true },
        _max: { periodEnd: true },
      }),
      countsBy(context, 'indicator', own),
      countsBy(context, 'scheme', own),
      countsBy(context, 'participantGroup', own),
      countsBy(context, 'sex', own),
      countsBy(context, 'residence', own),
      countsBy(context, 'timePeriod', own),
      childrenWith(context, area, where),
    ]);
  return {
    dataflow,
    refArea: area,
    observations: total._count._all,
    indicators,
    schemes,
    participantGroups,
    sexes,
    residences,
    frequencies: byFrequency(periods),
    timePeriods: periods.flatMap(({ code }) => (code === null ? [] : [code])),
    firstDay: total._min.periodStart,
    lastDay: total._max.periodEnd,
    children,
  };
}
