/** Reads agent systems, points and tasks; which rows there are is the database's to decide. */
import { placeWhere, type AreaKey } from '../area/data.ts';
import { pagesOf } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import type {
  AgentPoint,
  AgentSystem,
  AgentTask,
  Area,
  Prisma,
  Source,
} from '../platform/prisma/client.ts';
import { inArea, isPartner } from './data.ts';

/** A system with what its figures need. */
export type AgentSystemRow = AgentSystem & { readonly area: Area; readonly source: Source };

interface OfPartner {
  readonly area?: AreaKey | null | undefined;
  readonly partner?: string | null | undefined;
}

export async function agentSystemWhere(
  context: Context,
  { area, partner }: OfPartner,
): Promise<Prisma.AgentSystemWhereInput> {
  return {
    ...(await inArea(context, area)),
    ...(partner == null ? {} : { partner: isPartner(partner) }),
  };
}

interface PointFilter extends OfPartner {
  readonly within?: AreaKey | null | undefined;
  readonly openOn?: Date | null | undefined;
}

export async function agentPointWhere(
  context: Context,
  { area, within, partner, openOn }: PointFilter,
): Promise<Prisma.AgentPointWhereInput> {
  return {
    ...(await placeWhere(context, { area, within })),
    ...(partner == null ? {} : { partner: isPartner(partner) }),
    ...(openOn
      ? { openedOn: { lte: openOn }, OR: [{ closedOn: null }, { closedOn: { gte: openOn } }] }
      : {}),
  };
}

interface TaskFilter {
  readonly area?: AreaKey | null | undefined;
  readonly within?: AreaKey | null | undefined;
  readonly dueFrom?: Date | null | undefined;
  readonly dueTo?: Date | null | undefined;
  readonly open?: boolean | null | undefined;
}

export async function agentTaskWhere(
  context: Context,
  { area, within, dueFrom, dueTo, open }: TaskFilter,
): Promise<Prisma.AgentTaskWhereInput> {
  const due = { ...(dueFrom ? { gte: dueFrom } : {}), ...(dueTo ? { lte: dueTo } : {}) };
  return {
    ...(await placeWhere(context, { area, within })),
    ...(dueFrom || dueTo ? { dueOn: due } : {}),
    ...(open == null ? {} : { completedOn: open ? null : { not: null } }),
  };
}

export const readAgentSystems = pagesOf<AgentSystem>((db) => db.agentSystem);

export const readAgentPoints = pagesOf<AgentPoint>((db) => db.agentPoint);

export const readAgentTasks = pagesOf<AgentTask>((db) => db.agentTask);

/** A relation with all its columns, and what the look-ahead joins below it. */
const whole = (joined: unknown): object | true =>
  typeof joined === 'object' && joined !== null && 'include' in joined ? joined : true;

/** Every system of exactly this area, totals included; `look` joins what is asked below them. */
export async function readSystemsOf(
  context: Context,
  area: AreaKey,
  look: { readonly include?: Readonly<Record<string, unknown>> },
): Promise<AgentSystemRow[]> {
  const include = look.include ?? {};
  // The computed sums speak of area and source, whatever is asked of the rows.
  const references = { area: whole(include['area']), source: whole(include['source']) };
  return context.db.agentSystem.findMany({
    where: await inArea(context, area),
    include: { ...include, ...references },
    orderBy: { id: 'asc' },
  });
}
