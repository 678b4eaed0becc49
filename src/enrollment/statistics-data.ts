/** Reads what ranks, flows and target gaps are made of; which rows there are is the database's to decide. */
import { childrenMax, childrenOf, parentOf } from '../area/data.ts';
import { currentAt, withReferences, type ObservationRow } from '../observation/data.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { Area } from '../platform/prisma/client.ts';
import { parseDay } from '../platform/scalars.ts';
import { published } from './bases-data.ts';
import type { TargetRow } from './data.ts';
import type { Span } from './flows.ts';
import type { MovementRow } from './movement-data.ts';

/** Kinds that stand on one level: a city of provincial rank is ranked among the provinces. */
const levels: readonly (readonly string[])[] = [
  ['PROVINCE', 'CITY'],
  ['COMMUNE', 'WARD', 'TOWNSHIP', 'SPECIAL_ZONE'],
];

function onLevelOf({ kind }: Area, areas: readonly Area[]): Area[] {
  const level = levels.find((kinds) => kinds.includes(kind)) ?? [kind];
  return areas.filter((area) => level.includes(area.kind));
}

/** The areas of the same parent and level on a day, the area itself among them. */
export async function readSiblings(
  context: Context,
  area: Area,
  on: Date,
): Promise<{ parent: Area | null; siblings: Area[] }> {
  const parent = await parentOf(context, area, on);
  if (!parent) return { parent, siblings: [area] };
  const children = await childrenOf(context, parent, { take: childrenMax, on });
  return { parent, siblings: onLevelOf(area, children) };
}

export interface RankQuestion {
  readonly areaIds: readonly string[];
  readonly timePeriods: readonly string[];
  readonly scheme: string;
  readonly participantGroup: string;
}

/** Published figures only, from their instant on: an insider's own rows are never ranked. */
export function readRanked(context: Context, question: RankQuestion): Promise<ObservationRow[]> {
  const { areaIds, timePeriods, scheme, participantGroup } = question;
  return context.db.observation.findMany({
    where: {
      ...currentAt(context),
      ...published(context),
      areaId: { in: [...areaIds] },
      timePeriod: { in: [...timePeriods] },
      indicator: { in: ['PARTICIPANTS', 'COVERAGE_RATE'] },
      domain: 'ENROLLMENT',
      scheme,
      participantGroup,
      breakdown: '',
    },
    include: withReferences,
    orderBy: { figureId: 'asc' },
  });
}

export function readRankedPlans(context: Context, question: RankQuestion): Promise<TargetRow[]> {
  const { areaIds, timePeriods, scheme, participantGroup } = question;
  return context.db.target.findMany({
    where: {
      ...currentAt(context),
      ...published(context),
      areaId: { in: [...areaIds] },
      timePeriod: { in: [...timePeriods] },
      indicator: 'PARTICIPANTS',
      scheme,
      participantGroup,
    },
    include: withReferences,
    orderBy: { figureId: 'asc' },
  });
}

export interface FlowQuestion {
  readonly areaId: string;
  readonly scheme: string;
  readonly participantGroup: string;
  readonly span: Span;
}

/** The recorded stocks, flows and changes that a span may be told by. */
export function readFlowFigures(
  context: Context,
  question: FlowQuestion,
): Promise<ObservationRow[]> {
  const { areaId, scheme, participantGroup, span } = question;
  // The stock before may be dated by the whole year before.
  const earliest = new Date(`${Number(span.dayBefore.slice(0, 4))}-01-01`);
  return context.db.observation.findMany({
    where: {
      ...currentAt(context),
      areaId,
      scheme,
      participantGroup,
      domain: 'ENROLLMENT',
      indicator: {
        in: [
          'PARTICIPANTS',
          'NEW_PARTICIPANTS',
          'CHANGE_ABS',
          'ENROLMENT_JOINED',
          'ENROLMENT_RETURNED',
          'ENROLMENT_LEFT',
        ],
      },
      breakdown: '',
      periodStart: { gte: earliest },
      periodEnd: { lte: parseDay(span.lastDay)! },
    },
    include: withReferences,
    orderBy: { figureId: 'asc' },
  });
}

function readMonths(
  context: Context,
  { scheme, participantGroup, span }: FlowQuestion,
  areaIds: readonly string[],
  take?: number,
): Promise<MovementRow[]> {
  return context.db.enrolmentMovement.findMany({
    where: {
      areaId: { in: [...areaIds] },
      scheme,
      participantGroup,
      timePeriod: { in: [...span.months] },
    },
    include: withReferences,
    orderBy: [{ periodStart: 'asc' }, { id: 'asc' }],
    ...(take === undefined ? {} : { take }),
  });
}

export const readFlowMovements = (
  context: Context,
  question: FlowQuestion,
): Promise<MovementRow[]> => readMonths(context, question, [question.areaId]);

/** The largest province for three years; more would be held in memory for one number. */
const partRowsMax = 6_000;

/** The areas right below on the level that months are told of, and what is told of them. */
export async function readFlowParts(
  context: Context,
  question: FlowQuestion,
  area: Area,
): Promise<{ below: Area[]; rows: MovementRow[] }> {
  const below = await childrenOf(context, area, { take: childrenMax, on: null });
  const ids = below.map(({ id }) => id);
  const rows = await readMonths(context, question, ids, partRowsMax + 1);
  if (rows.length > partRowsMax) throw new PublicError('SERIES_TOO_LONG', { max: partRowsMax });
  const [first] = rows;
  return { below: first ? onLevelOf(first.area, below) : [], rows };
}
