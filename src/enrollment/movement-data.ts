/** Reads monthly enrolment; which rows there are is the database's to decide. */
import { placeWhere, type AreaKey } from '../area/data.ts';
import { assertCodes, withReferences } from '../observation/data.ts';
import { readPage, type Page, type PageRequest } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { parsePeriodOrThrow } from '../platform/period.ts';
import type { Area, EnrolmentMovement, Prisma, Source } from '../platform/prisma/client.ts';

export type MovementRow = EnrolmentMovement & { readonly area: Area; readonly source: Source };

export interface MovementFilter {
  readonly area?: AreaKey | null | undefined;
  readonly within?: AreaKey | null | undefined;
  readonly scheme?: string | null | undefined;
  readonly participantGroup?: string | null | undefined;
  readonly timePeriod?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
}

export async function movementWhere(
  context: Context,
  filter: MovementFilter,
): Promise<Prisma.EnrolmentMovementWhereInput> {
  const { scheme, participantGroup, timePeriod, from, to } = filter;
  await assertCodes(context, { SCHEME: scheme, PARTICIPANT_GROUP: participantGroup });
  if (timePeriod) parsePeriodOrThrow(timePeriod);
  return {
    ...(await placeWhere(context, filter)),
    ...(scheme ? { scheme } : {}),
    ...(participantGroup ? { participantGroup } : {}),
    ...(timePeriod ? { timePeriod } : {}),
    ...(from ? { periodEnd: { gte: parsePeriodOrThrow(from).start } } : {}),
    ...(to ? { periodStart: { lte: parsePeriodOrThrow(to).end } } : {}),
  };
}

export const readMovements = (
  context: Context,
  request: PageRequest<MovementRow>,
): Promise<Page<MovementRow>> =>
  readPage({
    ...request,
    find: (query) =>
      context.db.enrolmentMovement.findMany({
        ...query,
        include: { ...withReferences, ...request.look },
      }),
    count: (query) => context.db.enrolmentMovement.count(query),
  });

/** For `node`: the rows of these ids, in their order; null for what the caller may not see. */
export async function movementsById(
  context: Context,
  ids: readonly string[],
): Promise<(MovementRow | null)[]> {
  const rows = await context.db.enrolmentMovement.findMany({
    where: { id: { in: [...ids] } },
    include: withReferences,
  });
  return ids.map((id) => rows.find((row) => row.id === id) ?? null);
}
