/** Reads figures and their provenance; which rows there are is the database's to decide. */
import DataLoader from 'dataloader';
import { findArea, placeWhere, type AreaKey } from '../area/data.ts';
import { readPage, type Page, type PageRequest } from '../platform/connection.ts';
import { PublicError } from '../platform/errors.ts';
import { perRequest, type Context } from '../platform/context.ts';
import type { Conflict, Observation, Prisma, Source } from '../platform/prisma/client.ts';
import type { Area } from '../platform/prisma/client.ts';
import { parsePeriodOrThrow } from '../platform/period.ts';
import { findInPlace, isPlaced, onDaysOf, withinReach } from './place-data.ts';

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

/**
 * What was known at an earlier instant, as the caller may read it today: a version counts from when it was
 * held and, where it was published, from when everybody had it. Later than now is refused, for what closes
 * a version in the future is a release that nobody may know of.
 */
export function knownAt(context: Context, asOf: Date | null | undefined) {
  if (asOf == null) return currentAt(context);
  if (asOf > new Date(context.principal.scope.instant)) {
    throw new PublicError('AS_OF_IN_FUTURE', { asOf: asOf.toISOString(), field: 'asOf' });
  }
  return {
    AND: [
      { knownFrom: { lte: asOf } },
      { OR: [{ publishedAt: null }, { publishedAt: { lte: asOf } }] },
      { OR: [{ knownTo: null }, { knownTo: { gt: asOf } }] },
    ],
  };
}

/** When a version ceased to be known; null while it is, and where a release that is to come will end it. */
export function knownUntil(
  { knownTo }: { readonly knownTo: Date | null },
  { principal }: Context,
): Date | null {
  return knownTo && knownTo <= new Date(principal.scope.instant) ? knownTo : null;
}

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

/** Which versions of figures: today's, those known at an instant, or all of them. */
export interface Versions {
  readonly asOf?: Date | null | undefined;
  readonly includeHistory?: boolean | null | undefined;
}

function versionsWhere(context: Context, { asOf, includeHistory }: Versions) {
  if (asOf && includeHistory) throw new PublicError('AS_OF_WITH_HISTORY');
  return includeHistory ? {} : knownAt(context, asOf);
}

/** The conditions that observations and targets share. */
export async function figureWhere(context: Context, filter: FigureFilter, versions: Versions = {}) {
  await assertCodes(context, {
    INDICATOR: filter.indicator,
    SCHEME: filter.scheme,
    PARTICIPANT_GROUP: filter.participantGroup,
  });
  if (filter.timePeriod) parsePeriodOrThrow(filter.timePeriod);
  const area = filter.area ? await findArea(context, filter.area) : null;
  if (area) context.draft.areas.add(area.id);
  return {
    ...versionsWhere(context, versions),
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
  versions: Versions = {},
): Promise<Prisma.ObservationWhereInput> {
  const { domain, sex, residence } = filter;
  await assertCodes(context, {
    DOMAIN: domain,
    CL_SEX: sex,
    // The total is no code of this list.
    RESIDENCE: residence === '_T' ? null : residence,
  });
  const where = await figureWhere(context, filter, versions);
  return {
    ...where,
    ...onDaysOf(filter.timePeriod, where),
    ...withinReach(context),
    ...(await placeWhere(context, { within: filter.within })),
    ...(filter.areaKinds ? { area: { kind: { in: [...filter.areaKinds] } } } : {}),
    ...(filter.domain ? { domain: filter.domain } : {}),
    ...(filter.sex ? { sex: filter.sex } : {}),
    ...(filter.residence ? { residence: filter.residence } : {}),
    ...(filter.obsStatus ? { obsStatus: filter.obsStatus } : {}),
    ...(filter.release ? { releaseId: filter.release } : {}),
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

/** The same as they were known at an instant. */
export async function figuresAt(
  context: Context,
  figureIds: readonly string[],
  asOf: Date,
): Promise<ObservationRow[][]> {
  const rows = await context.db.observation.findMany({
    where: { ...knownAt(context, asOf), figureId: { in: [...figureIds] } },
    include: withReferences,
    orderBy: { id: 'asc' },
  });
  return figureIds.map((figureId) => rows.filter((row) => row.figureId === figureId));
}

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

export const readObservations = (
  context: Context,
  request: PageRequest<ObservationRow>,
): Promise<Page<ObservationRow>> =>
  readPage({
    ...request,
    find: (query) => {
      const rows = context.db.observation.findMany({
        ...query,
        include: { ...withReferences, ...request.look },
      });
      return isPlaced(context, request.where) ? findInPlace(context, rows) : rows;
    },
    count: (query) => context.db.observation.count(query),
  });

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
