/** Reads figures and their provenance; which rows there are is the database's to decide. */
import DataLoader from 'dataloader';
import { findArea, placeWhere, type AreaKey } from '../area/data.ts';
import { readPage, type Page, type PageRequest } from '../platform/connection.ts';
import { PublicError } from '../platform/errors.ts';
import { perRequest, type Context } from '../platform/context.ts';
import type { Conflict, Observation, Prisma, Source } from '../platform/prisma/client.ts';
import type { Area } from '../platform/prisma/client.ts';
import { parsePeriodOrThrow } from '../platform/period.ts';

/** A recorded figure with what its interface needs. */
export type ObservationRow = Observation & { readonly area: Area; readonly source: Source };

/** Both relations are always joined: almost every question asks for them. */
export const withReferences = { area: true, source: true } as const;

/**
 * Only what is known at the request's instant: superseded versions are history. A version that a later
 * release will take the place of is still known until that instant.
 */
export const currentAt = ({ principal }: Context) => ({
  AND: [{ OR: [{ knownTo: null }, { knownTo: { gt: new Date(principal.scope.instant) } }] }],
});

/** Code lists by id, once a request. */
const codeLoader = perRequest(
  'codes by list',
  (context) =>
    new DataLoader<string, ReadonlySet<string>>(async (lists) => {
      const rows = await context.db.code.findMany({
        where: { listId: { in: [...lists] } },
        select: { listId: true, code: true },
      });
      return lists.map(
        (list) => new Set(rows.filter((row) => row.listId === list).map((row) => row.code)),
      );
    }),
);

/** Refuses codes that their list does not know: a misspelt filter must not look like "no data". */
export async function assertCodes(
  context: Context,
  codes: Readonly<Record<string, string | null | undefined>>,
): Promise<void> {
  await Promise.all(
    Object.entries(codes).map(async ([list, code]) => {
      if (code == null) return;
      const known = await codeLoader(context).load(list);
      if (!known.has(code))
        throw new PublicError('CODE_UNKNOWN', { list, code: code.slice(0, 40) });
    }),
  );
}

export interface FigureFilter {
  readonly area?: AreaKey | null | undefined;
  readonly indicator?: string | null | undefined;
  readonly scheme?: string | null | undefined;
  readonly participantGroup?: string | null | undefined;
  readonly timePeriod?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly sourceId?: string | null | undefined;
  readonly figureId?: string | null | undefined;
}

/** The conditions that observations and targets share. */
export async function figureWhere(context: Context, filter: FigureFilter) {
  await assertCodes(context, {
    INDICATOR: filter.indicator,
    SCHEME: filter.scheme,
    PARTICIPANT_GROUP: filter.participantGroup,
  });
  if (filter.timePeriod) parsePeriodOrThrow(filter.timePeriod);
  const area = filter.area ? await findArea(context, filter.area) : null;
  if (area) context.draft.areas.add(area.id);
  return {
    ...currentAt(context),
    ...(area ? { areaId: area.id } : {}),
    ...(filter.indicator ? { indicator: filter.indicator } : {}),
    ...(filter.scheme ? { scheme: filter.scheme } : {}),
    ...(filter.participantGroup ? { participantGroup: filter.participantGroup } : {}),
    ...(filter.timePeriod ? { timePeriod: filter.timePeriod } : {}),
    ...(filter.from ? { periodEnd: { gte: parsePeriodOrThrow(filter.from).start } } : {}),
    ...(filter.to ? { periodStart: { lte: parsePeriodOrThrow(filter.to).end } } : {}),
    ...(filter.sourceId ? { sourceId: filter.sourceId } : {}),
    ...(filter.figureId ? { figureId: filter.figureId } : {}),
  };
}

/** The topics that observations belong to. */
const observationTopics = ['ENROLLMENT', 'FINANCE', 'POPULATION'];

/**
 * Says in the question what the row policies would say of each row: of rows that are not published, a reader
 * meets those of its territory. It takes nothing away, and the database need not walk rows that the reader can't
 * meet: their policies are asked row by row, and no index answers them.
 */
export function withinReach({ principal }: Context): Prisma.ObservationWhereInput {
  const { national, provinces, areas } = principal.scope;
  if (national.some((topic) => observationTopics.includes(topic))) return {};
  const idsOf = (places: readonly string[]) => [
    ...new Set(
      places
        .map((place) => place.split('|'))
        .flatMap(([topic = '', id = '']) => (observationTopics.includes(topic) ? [id] : [])),
    ),
  ];
  const provinceIds = idsOf(provinces);
  const areaIds = idsOf(areas);
  const published = { audience: 'PUBLISHED' };
  if (provinceIds.length + areaIds.length === 0) return published;
  return {
    OR: [published, { provinceId: { in: provinceIds } }, { areaId: { in: areaIds } }],
  };
}

/** A period is known by its days too, which indexes hold. */
function daysOf(text: string): Prisma.ObservationWhereInput {
  const { start, end } = parsePeriodOrThrow(text);
  return { periodStart: start, periodEnd: end };
}

export interface ObservationFilter extends FigureFilter {
  readonly within?: AreaKey | null | undefined;
  readonly areaKinds?: readonly string[] | null | undefined;
  readonly domain?: string | null | undefined;
  readonly sex?: string | null | undefined;
  readonly residence?: string | null | undefined;
  readonly obsStatus?: string | null | undefined;
  readonly release?: string | null | undefined;
}

export async function observationWhere(
  context: Context,
  filter: ObservationFilter,
): Promise<Prisma.ObservationWhereInput> {
  const { domain, sex, residence } = filter;
  await assertCodes(context, {
    DOMAIN: domain,
    CL_SEX: sex,
    // The total is no code of this list.
    RESIDENCE: residence === '_T' ? null : residence,
  });
  const { AND: current, ...where } = await figureWhere(context, filter);
  return {
    ...where,
    ...(await placeWhere(context, { within: filter.within })),
    ...(filter.areaKinds ? { area: { kind: { in: [...filter.areaKinds] } } } : {}),
    ...(filter.domain ? { domain: filter.domain } : {}),
    ...(filter.sex ? { sex: filter.sex } : {}),
    ...(filter.residence ? { residence: filter.residence } : {}),
    ...(filter.obsStatus ? { obsStatus: filter.obsStatus } : {}),
    ...(filter.release ? { releaseId: filter.release } : {}),
    AND: [
      ...current,
      withinReach(context),
      ...(filter.timePeriod ? [daysOf(filter.timePeriod)] : []),
    ],
  };
}

/** The figures behind ids of the reported tables, as the caller may see them. */
export const figureLoader = perRequest(
  'observations by figure',
  (context) =>
    new DataLoader<string, ObservationRow[]>(async (figureIds) => {
      const rows = await context.db.observation.findMany({
        where: { ...currentAt(context), figureId: { in: [...figureIds] } },
        include: withReferences,
        orderBy: { id: 'asc' },
      });
      return figureIds.map((figureId) => rows.filter((row) => row.figureId === figureId));
    }),
);

/** The conflicts that mark a figure. */
export const conflictLoader = perRequest(
  'conflicts by figure',
  (context) =>
    new DataLoader<string, Conflict[]>(async (figureIds) => {
      const rows = await context.db.conflictRow.findMany({
        where: { rowId: { in: [...figureIds] }, part: 'MARK' },
        include: { conflict: true },
        orderBy: { conflictId: 'asc' },
      });
      return figureIds.map((id) =>
        rows.filter((row) => row.rowId === id).map((row) => row.conflict),
      );
    }),
);

/** What limits a question to a place, or to what lies together like one. */
const placeConditions = ['areaId', 'provinceId', 'area', 'sourceId', 'releaseId', 'figureId'];

/**
 * The ids of figures begin with their place, so that those of one place lie together in the order of ids. The
 * planner takes them to be strewn over it, and would walk the index of all ids until it met a page of them: millions of
 * rows for a province late in the order. That walk ends with a small sort of equal ids, which is taken from it here.
 */
async function findInPlace(
  { db }: Context,
  query: Prisma.ObservationFindManyArgs,
): Promise<ObservationRow[]> {
  const [, rows] = await db.$transaction([
    db.$executeRaw`set local enable_incremental_sort = off`,
    db.observation.findMany(query),
  ]);
  return rows as ObservationRow[];
}

export const readObservations = (
  context: Context,
  request: PageRequest<ObservationRow>,
): Promise<Page<ObservationRow>> => {
  const isPlaced =
    placeConditions.some((column) => column in request.where) ||
    Object.keys(withinReach(context)).length > 0;
  return readPage({
    ...request,
    find: (page) => {
      const query = { ...page, include: { ...withReferences, ...request.look } };
      return isPlaced ? findInPlace(context, query) : context.db.observation.findMany(query);
    },
    count: (query) => context.db.observation.count(query),
  });
};

/** For `node`: the rows of these ids, in their order; null for what the caller may not see. */
export async function observationsById(
  context: Context,
  ids: readonly string[],
): Promise<(ObservationRow | null)[]> {
  const rows = await context.db.observation.findMany({
    where: { id: { in: [...ids] } },
    include: withReferences,
  });
  return ids.map((id) => rows.find((row) => row.id === id) ?? null);
}
