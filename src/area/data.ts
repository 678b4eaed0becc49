/** Reads territory; the rows are the database's to limit. */
import DataLoader from 'dataloader';
import { pagesOf } from '../platform/connection.ts';
import { PublicError } from '../platform/errors.ts';
import { perRequest, type Context, type Reader } from '../platform/context.ts';
import type { Area, AreaCorrection, Office, Prisma } from '../platform/prisma/client.ts';
import { inForceOn, thereOn } from '../platform/validity.ts';
import { searchForm } from './search.ts';
import { overlap } from './validity.ts';

export interface AreaKey {
  readonly code: string;
  readonly vintage?: string | null | undefined;
}

/** The one row of a key, among rows that bear its code. */
function onlyArea({ code, vintage }: AreaKey, rows: readonly Area[]): Area {
  const [first, second] = rows;
  if (!first)
    throw new PublicError('AREA_UNKNOWN', { area: vintage ? `${code}@${vintage}` : code });
  if (second) {
    const choices = rows.map((row) => `${row.vintage} (${row.nameVi})`).join(', ');
    throw new PublicError('AREA_AMBIGUOUS', { code, choices });
  }
  return first;
}

/** The area of a key. A code that was reused needs its vintage; a project code such as VN-DB does not. */
export async function findArea(context: Reader, key: AreaKey): Promise<Area> {
  const [area] = await findAreas(context, [key]);
  return area as Area;
}

/** The areas of several keys, in their order; one query for all. */
export async function findAreas(context: Reader, keys: readonly AreaKey[]): Promise<Area[]> {
  const codes = [...new Set(keys.map(({ code }) => code))];
  const rows = await context.db.area.findMany({
    where: { OR: [{ code: { in: codes } }, { alias: { in: codes } }] },
    orderBy: { vintage: 'asc' },
  });
  return keys.map((key) => {
    const named = rows.filter((row) => row.code === key.code || row.alias === key.code);
    return onlyArea(
      key,
      named.filter((row) => !key.vintage || row.vintage === key.vintage),
    );
  });
}

const provinceKinds: readonly string[] = ['PROVINCE', 'CITY'];

/** The condition of one area exactly, of everything in a province, or of both; the record names them. */
export async function placeWhere(
  context: Context,
  { area, within }: { readonly [Key in 'area' | 'within']?: AreaKey | null | undefined },
  field = 'within',
): Promise<{ areaId?: string; provinceId?: string }> {
  const exact = area ? await findArea(context, area) : null;
  const province = within ? await findArea(context, within) : null;
  if (province && !provinceKinds.includes(province.kind)) {
    const named = `${province.code} (${province.nameVi})`;
    throw new PublicError('AREA_NOT_PROVINCE', { area: named, field });
  }
  for (const asked of [exact, province]) if (asked) context.draft.areas.add(asked.id);
  return {
    ...(exact ? { areaId: exact.id } : {}),
    ...(province ? { provinceId: province.id } : {}),
  };
}

const areaLoader = perRequest(
  'areas by id',
  (context) =>
    new DataLoader<string, Area | null>(async (ids) => {
      const rows = await context.db.area.findMany({ where: { id: { in: [...ids] } } });
      return ids.map((id) => rows.find((row) => row.id === id) ?? null);
    }),
);

/** The areas of these ids, each once, in the order of the ids. */
export async function areasById(context: Context, ids: readonly string[]): Promise<Area[]> {
  const unique = [...new Set(ids)].sort();
  const rows = await Promise.all(unique.map((id) => areaLoader(context).load(id)));
  return rows.filter((row) => row !== null);
}

const inOrder: Prisma.AreaOrderByWithRelationInput[] = [{ code: 'asc' }, { vintage: 'asc' }];

/** All rows of the codes above, for `parent`. */
const rowsByCode = perRequest(
  'areas by code',
  (context) =>
    new DataLoader<string, Area[]>(async (codes) => {
      const rows = await context.db.area.findMany({
        where: { code: { in: [...codes] } },
        orderBy: inOrder,
      });
      return codes.map((code) => rows.filter((row) => row.code === code));
    }),
);

/** The unit above on a day of the area's life: the last one when no day is given. */
export async function parentOf(
  context: Context,
  area: Area,
  on: Date | null,
): Promise<Area | null> {
  if (!area.parentCode) return null;
  const candidates = await rowsByCode(context).load(area.parentCode);
  const living = candidates.filter((row) => overlap(row, area));
  if (!on) return living.at(-1) ?? null;
  const day = { validFrom: on, validTo: on };
  return (overlap(area, day) && living.find((row) => overlap(row, day))) || null;
}

/** The most units that any unit has below it, with room: old Thanh Hóa had 547 communes. */
export const childrenMax = 600;

/** The units right below, of any day that the area and they share. */
export async function childrenOf(
  context: Context,
  area: Area,
  { take, on }: { take: number; on: Date | null },
): Promise<Area[]> {
  // A reused code has other units below it once the area is gone.
  if (on && !overlap(area, { validFrom: on, validTo: on })) return [];
  const from = on ?? area.validFrom;
  const to = on ?? area.validTo;
  return context.db.area.findMany({
    where: {
      parentCode: area.code,
      AND: [
        from ? { OR: [{ validTo: null }, { validTo: { gte: from } }] } : {},
        to ? { OR: [{ validFrom: null }, { validFrom: { lte: to } }] } : {},
      ],
    },
    orderBy: inOrder,
    take,
  });
}

export interface AreaFilter {
  readonly kind?: string | null | undefined;
  readonly code?: string | null | undefined;
  readonly vintage?: string | null | undefined;
  readonly parentCode?: string | null | undefined;
  readonly search?: string | null | undefined;
  readonly validOn?: Date | null | undefined;
}

/** Prisma passes the wildcards of LIKE on. */
export const literalPattern = (text: string) => text.replace(/[\\%_]/g, '\\$&');

export function areaWhere(filter: AreaFilter): Prisma.AreaWhereInput {
  const { kind, code, vintage, parentCode, search, validOn } = filter;
  return {
    ...(kind ? { kind } : {}),
    ...(code ? { code } : {}),
    ...(vintage ? { vintage } : {}),
    ...(parentCode ? { parentCode } : {}),
    ...(search ? { nameSearch: { startsWith: literalPattern(searchForm(search)) } } : {}),
    ...thereOn(validOn),
  };
}

export const readAreas = pagesOf<Area>((db) => db.area);
export const readCorrections = pagesOf<AreaCorrection>((db) => db.areaCorrection);
export const readOffices = pagesOf<Office>((db) => db.office);

export interface OfficeFilter {
  readonly area?: AreaKey | null | undefined;
  readonly level?: string | null | undefined;
  readonly validOn?: Date | null | undefined;
}

/** Offices of a level that serve an area, on a day or at any time. */
export async function officeWhere(
  context: Context,
  { area: key, level, validOn }: OfficeFilter,
): Promise<Prisma.OfficeWhereInput> {
  const area = key ? await findArea(context, key) : null;
  const day = inForceOn(validOn);
  return {
    ...day,
    ...(level ? { level } : {}),
    ...(area ? { areas: { some: { areaId: area.id, ...day } } } : {}),
  };
}
