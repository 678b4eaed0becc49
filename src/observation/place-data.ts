/** What keeps a question about figures as cheap as its answer; it takes no row away and adds none. */
import type { Context } from '../platform/context.ts';
import { parsePeriodOrThrow } from '../platform/period.ts';
import type { Prisma } from '../platform/prisma/client.ts';

/** The topics that observations belong to. */
export const observationTopics: readonly string[] = ['ENROLLMENT', 'FINANCE', 'POPULATION'];

/** The areas in a list of `TOPIC|area id`, as far as observations have the topic. */
function areasOf(places: readonly string[]): string[] {
  const ids = places
    .map((place) => place.split('|'))
    .flatMap(([topic = '', id = '']) => (observationTopics.includes(topic) ? [id] : []));
  return [...new Set(ids)];
}

/**
 * Says in the question what the row policies would say of each row: of rows that are not published, a reader
 * meets those of its territory. It takes nothing away, and the database need not walk rows that the reader can't
 * meet: their policies are asked row by row, and no index answers them.
 */
export function withinReach({
  principal,
}: Context): { readonly audience?: string } & Pick<Prisma.ObservationWhereInput, 'OR'> {
  const { national, provinces, areas } = principal.scope;
  if (national.some((topic) => observationTopics.includes(topic))) return {};
  const [provinceIds, areaIds] = [areasOf(provinces), areasOf(areas)];
  const published = { audience: 'PUBLISHED' };
  if (provinceIds.length + areaIds.length === 0) return published;
  return { OR: [published, { provinceId: { in: provinceIds } }, { areaId: { in: areaIds } }] };
}

/** Conditions on the days of a period, beside others on them. */
interface Days {
  readonly periodStart?: { readonly lte: Date };
  readonly periodEnd?: { readonly gte: Date };
}

/** A period is known by its days too, which indexes hold. */
export function onDaysOf(timePeriod: string | null | undefined, { periodStart, periodEnd }: Days) {
  if (!timePeriod) return {};
  const { start, end } = parsePeriodOrThrow(timePeriod);
  return {
    periodStart: { ...periodStart, equals: start },
    periodEnd: { ...periodEnd, equals: end },
  };
}

/** What limits a question to a place, or to what lies together like one. */
const placeConditions = ['areaId', 'provinceId', 'area', 'sourceId', 'releaseId', 'figureId'];

export const isPlaced = (context: Context, where: object): boolean =>
  placeConditions.some((column) => column in where) || Object.keys(withinReach(context)).length > 0;

/**
 * The ids of figures begin with their place, so that those of one place lie together in the order of ids. The
 * planner takes them to be strewn over it, and would walk the index of all ids until it met a page of them: millions of
 * rows for a province late in the order. That walk ends with a small sort of equal ids, which is taken from it here.
 */
export async function findInPlace<Row>({ db }: Context, query: Prisma.PrismaPromise<Row[]>) {
  const [, rows] = await db.$transaction([
    db.$executeRaw`set local enable_incremental_sort = off`,
    query,
  ]);
  return rows;
}
