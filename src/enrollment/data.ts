/** Reads plans and the figures that coverage is made of. */
import DataLoader from 'dataloader';
import {
  figureWhere,
  knownAt,
  withReferences,
  type FigureFilter,
  type ObservationRow,
  type Versions,
} from '../observation/data.ts';
import { measure, type MeasuredFigure } from '../observation/figure.ts';
import { readPage, type Page, type PageRequest } from '../platform/connection.ts';
import { perRequest, type Context } from '../platform/context.ts';
import { formatDay } from '../platform/scalars.ts';
import type { Area, Instrument, Prisma, Source, Target } from '../platform/prisma/client.ts';

export type TargetRow = Target & { readonly area: Area; readonly source: Source };

export interface TargetFilter extends FigureFilter {
  readonly kind?: string | null | undefined;
  readonly instrumentId?: string | null | undefined;
}

export async function targetWhere(
  context: Context,
  filter: TargetFilter,
  versions: Versions,
): Promise<Prisma.TargetWhereInput> {
  return {
    ...(await figureWhere(context, filter, versions)),
    ...(filter.kind ? { kind: filter.kind } : {}),
    ...(filter.instrumentId ? { instrumentId: filter.instrumentId } : {}),
  };
}

export const instrumentLoader = perRequest(
  'instruments by id',
  (context) =>
    new DataLoader<string, Instrument | null>(async (ids) => {
      const rows = await context.db.instrument.findMany({ where: { id: { in: [...ids] } } });
      return ids.map((id) => rows.find((row) => row.id === id) ?? null);
    }),
);

export interface CoverageQuestion {
  readonly areaId: string;
  /** The period asked and its last day: a stock at its end answers the same question. */
  readonly timePeriods: readonly string[];
  readonly scheme: string | null;
  readonly participantGroup: string | null;
  /** What was known at this instant; null for now. */
  readonly asOf: Date | null;
}

const byFigure = { figureId: 'asc' } as const;

/** Enrolment figures of an area and period, whatever their indicator. */
export function readEnrolment(
  context: Context,
  question: CoverageQuestion,
): Promise<ObservationRow[]> {
  const { areaId, timePeriods, scheme, participantGroup, asOf } = question;
  return context.db.observation.findMany({
    where: {
      ...knownAt(context, asOf),
      areaId,
      timePeriod: { in: [...timePeriods] },
      domain: 'ENROLLMENT',
      breakdown: '',
      ...(scheme ? { scheme } : {}),
      ...(participantGroup ? { participantGroup } : {}),
    },
    include: withReferences,
    orderBy: byFigure,
  });
}

/** The month on whose last day a period ends; null where it ends within a month. */
export function closingMonth(lastDay: Date): string | null {
  const next = new Date(lastDay.getTime() + 86_400_000);
  return next.getUTCDate() === 1 ? formatDay(lastDay).slice(0, 7) : null;
}

/** Participants at the end of a month, where they are counted month by month. */
export async function readClosings(
  context: Context,
  { areaId, scheme, participantGroup }: CoverageQuestion,
  month: string,
): Promise<MeasuredFigure[]> {
  const rows = await context.db.enrolmentMovement.findMany({
    where: {
      areaId,
      timePeriod: month,
      ...(scheme ? { scheme } : {}),
      ...(participantGroup ? { participantGroup } : {}),
    },
    include: withReferences,
    orderBy: { id: 'asc' },
  });
  return rows.map((row) =>
    measure({ ...row, periodBasis: 'PRINTED', locator: null }, row.closing, {
      indicator: 'PARTICIPANTS',
      unit: 'PERSONS',
      scheme: row.scheme,
      participantGroup: row.participantGroup,
      timePeriod: formatDay(row.periodEnd),
    }),
  );
}

/** Plans and targets of the periods, and those whose result is one of the figures. */
export function readPlans(
  context: Context,
  question: CoverageQuestion,
  figureIds: readonly string[],
): Promise<TargetRow[]> {
  const { areaId, timePeriods, scheme, participantGroup, asOf } = question;
  return context.db.target.findMany({
    where: {
      ...knownAt(context, asOf),
      areaId,
      indicator: { in: ['PARTICIPANTS', 'COVERAGE_RATE'] },
      OR: [{ timePeriod: { in: [...timePeriods] } }, { resultIds: { hasSome: [...figureIds] } }],
      ...(scheme ? { scheme } : {}),
      ...(participantGroup ? { participantGroup } : {}),
    },
    include: withReferences,
    orderBy: byFigure,
  });
}

/** Quantified targets of the rate of a scheme, of any year: what a target line is made of. */
export function readRateTargets(
  context: Context,
  { areaId, scheme, participantGroup, asOf }: Omit<CoverageQuestion, 'timePeriods'>,
): Promise<TargetRow[]> {
  return context.db.target.findMany({
    where: {
      ...knownAt(context, asOf),
      areaId,
      indicator: 'COVERAGE_RATE',
      kind: 'QUANTIFIED',
      ...(scheme ? { scheme } : {}),
      ...(participantGroup ? { participantGroup } : {}),
    },
    include: withReferences,
    orderBy: [{ periodEnd: 'asc' }, { figureId: 'asc' }],
  });
}

export const readTargets = (
  context: Context,
  request: PageRequest<TargetRow>,
): Promise<Page<TargetRow>> =>
  readPage({
    ...request,
    find: (query) => context.db.target.findMany({ ...query, include: withReferences }),
    count: (query) => context.db.target.count(query),
  });

/** For `node`: the rows of these ids, in their order; null for what the caller may not see. */
export async function targetsById(
  context: Context,
  ids: readonly string[],
): Promise<(TargetRow | null)[]> {
  const rows = await context.db.target.findMany({
    where: { id: { in: [...ids] } },
    include: withReferences,
  });
  return ids.map((id) => rows.find((row) => row.id === id) ?? null);
}
