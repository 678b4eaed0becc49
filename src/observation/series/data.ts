/** Reads the figures of a question for all units of its lines. */
import { areasById, findArea, type AreaKey } from '../../area/data.ts';
import { readLineage } from '../../area/lineage-data.ts';
import { unitIdsOf, type Line, type Lineage } from '../../area/lineage.ts';
import type { Context } from '../../platform/context.ts';
import { PublicError } from '../../platform/errors.ts';
import { parsePeriodOrThrow } from '../../platform/period.ts';
import type { Prisma } from '../../platform/prisma/client.ts';
import { assertCodes, knownAt, withReferences, type ObservationRow } from '../data.ts';
import { findInPlace, withinReach } from '../place-data.ts';
import { assembleSeries, type Series } from './assemble.ts';

/** More figures than a page shows, and few enough to hold. */
const figuresMax = 5_000;

export type SeriesBoundaries = 'AS_REPORTED' | 'CURRENT' | 'ORIGINAL';

export interface SeriesQuestion {
  readonly area: AreaKey;
  readonly indicator: string;
  readonly scheme?: string | null | undefined;
  readonly participantGroup?: string | null | undefined;
  readonly sex?: string | null | undefined;
  readonly residence?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly boundaries: SeriesBoundaries;
  readonly asOf?: Date | null | undefined;
}

/** The total is no code of these lists. */
const codeOf = (code: string | null | undefined) => (code === '_T' ? null : code);

async function questionWhere(
  context: Context,
  question: SeriesQuestion,
): Promise<Prisma.ObservationWhereInput> {
  const { indicator, scheme, participantGroup, sex, residence, from, to, asOf } = question;
  await assertCodes(context, {
    INDICATOR: indicator,
    SCHEME: scheme,
    PARTICIPANT_GROUP: participantGroup,
    CL_SEX: codeOf(sex),
    RESIDENCE: codeOf(residence),
  });
  const isWhole = (sex ?? '_T') === '_T' && (residence ?? '_T') === '_T';
  return {
    ...knownAt(context, asOf),
    ...withinReach(context),
    indicator,
    ...(scheme ? { scheme } : {}),
    ...(participantGroup ? { participantGroup } : {}),
    sex: sex ?? '_T',
    residence: residence ?? '_T',
    // Beside sex and residence there are breakdowns that no argument names.
    ...(isWhole ? { breakdown: '' } : {}),
    timePeriod: { not: null },
    ...(from ? { periodEnd: { gte: parsePeriodOrThrow(from).start } } : {}),
    ...(to ? { periodStart: { lte: parsePeriodOrThrow(to).end } } : {}),
  };
}

async function readFigures(
  context: Context,
  where: Prisma.ObservationWhereInput,
): Promise<ObservationRow[]> {
  const query = context.db.observation.findMany({
    where,
    include: withReferences,
    orderBy: [{ periodStart: 'asc' }, { figureId: 'asc' }, { id: 'asc' }],
    take: figuresMax + 1,
  });
  const rows = await findInPlace(context, query);
  if (rows.length > figuresMax) throw new PublicError('SERIES_TOO_LONG', { max: figuresMax });
  return rows;
}

const linesOf: Readonly<Record<SeriesBoundaries, (lineage: Lineage, areaId: string) => Line[]>> = {
  AS_REPORTED: (lineage, areaId) => lineage.asReported(areaId),
  CURRENT: (lineage, areaId) => lineage.inCurrent(areaId),
  ORIGINAL: (lineage, areaId) => lineage.inOriginal(areaId),
};

export async function readSeries(context: Context, question: SeriesQuestion): Promise<Series[]> {
  const where = await questionWhere(context, question);
  const area = await findArea(context, question.area);
  const lines = linesOf[question.boundaries](await readLineage(context, area.id), area.id);
  context.draft.areas.add(area.id);
  const ids = unitIdsOf(lines);
  const areas = await areasById(context, ids);
  const rows = await readFigures(context, { ...where, areaId: { in: ids } });
  return assembleSeries(lines, {
    rows,
    areas: new Map(areas.map((one) => [one.id, one])),
    from: question.from ? parsePeriodOrThrow(question.from).start : null,
  });
}
