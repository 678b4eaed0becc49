/** Of which days debt was identified, province by province, as far as the caller sees it; and which of them answers. */
import { areasById } from '../area/data.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import { dayIn, formatDay } from '../platform/scalars.ts';
import { newestDay } from './data.ts';

/** What `placeWhere` makes of a place. */
interface Place {
  readonly areaId?: string;
  readonly provinceId?: string;
}

interface ProvinceDay {
  readonly id: string;
  readonly day: Date;
}

export interface DebtDay {
  readonly asOf: Date | null;
  /** Ids of the provinces that have other days and not this one. */
  readonly missing: readonly string[];
}

const topic = 'DEBT';
/** No earlier day is identified: the law of before is not verified. */
const firstDay = '2025-07-01';
/** So many days are named in an error. */
const daysNamed = 6;

/** Provinces with something in the caller's territory, in the place asked; null: all of the country. */
async function provincesOf(context: Context, place: Place): Promise<string[] | null> {
  const { national, provinces, areas } = context.principal.scope;
  const held = (keys: readonly string[]) =>
    keys.flatMap((key) => (key.startsWith(`${topic}|`) ? [key.slice(topic.length + 1)] : []));
  const above = async (ids: readonly string[]) =>
    (await areasById(context, ids)).flatMap(({ id, provinceId }) => provinceId ?? id);
  const asked = [
    ...(place.provinceId ? [place.provinceId] : []),
    ...(await above(place.areaId ? [place.areaId] : [])),
  ];
  if (national.includes(topic)) return asked.length > 0 ? asked : null;
  const own = [...held(provinces), ...(await above(held(areas)))];
  return asked.length > 0 ? own.filter((id) => asked.includes(id)) : own;
}

/** One step down the index for each day of each province, the newest first. */
async function daysIn(context: Context, provinces: string[] | null): Promise<ProvinceDay[]> {
  const { db } = context;
  return db.$queryRaw<ProvinceDay[]>`
    with recursive province as (
      select id from area where kind in ('PROVINCE', 'CITY')
        and (${provinces}::text[] is null or id = any(${provinces}::text[]))),
    step as (
      select v.id, (select max(p.as_of) from debt_position p where p.province_id = v.id) as day from province v
      union all
      select s.id, (select max(p.as_of) from debt_position p where p.province_id = s.id and p.as_of < s.day)
        from step s where s.day is not null)
    select id, day from step where day is not null order by day desc, id`;
}

/** A union does not see which provinces were identified, only whom it represents. */
const readsTerritory = ({ principal }: Context) => principal.role !== 'UNION';

const hasDay = (days: readonly ProvinceDay[], id: string, day: Date) =>
  days.some((one) => one.id === id && one.day.getTime() === day.getTime());

function dayAmong(days: readonly ProvinceDay[], asked: Date | null): DebtDay {
  const ids = [...new Set(days.map(({ id }) => id))].sort();
  const lacking = (day: Date) => ids.filter((id) => !hasDay(days, id, day));
  if (asked) {
    const missing = lacking(asked);
    return { asOf: missing.length < ids.length ? asked : null, missing };
  }
  const shared = days.find(({ day }) => lacking(day).length === 0) ?? days[0];
  return shared ? { asOf: shared.day, missing: lacking(shared.day) } : { asOf: null, missing: [] };
}

/** A day that cannot have been identified, unless rows say otherwise. */
async function assertInRange(context: Context, place: Place, asked: Date): Promise<void> {
  const [day, max] = [formatDay(asked), dayIn(new Date(context.principal.scope.instant))];
  if (day >= firstDay && day <= max) return;
  if (await newestDay(context, { ...place, asOf: asked })) return;
  throw new PublicError('DAY_OUT_OF_RANGE', { day, min: firstDay, max });
}

/**
 * The day asked, or the newest that all provinces in reach have which have any; without such a day the newest that
 * one of them has. Throws DAY_OUT_OF_RANGE.
 */
export async function summaryDay(
  context: Context,
  place: Place,
  asked: Date | null,
): Promise<DebtDay> {
  if (asked) await assertInRange(context, place, asked);
  return dayAmong(await daysIn(context, await provincesOf(context, place)), asked);
}

/**
 * The day of a list: of one employer without a day, and for unions, the newest that the caller sees there. Throws
 * DAY_OUT_OF_RANGE, and DAY_NOT_IDENTIFIED where no province in reach has the day and one has others.
 */
export async function listDay(
  context: Context,
  whose: Place & { readonly employerId?: string },
  asked: Date | null,
): Promise<Date | null> {
  const { employerId, ...place } = whose;
  if (asked) await assertInRange(context, place, asked);
  if (!readsTerritory(context)) return asked ?? newestDay(context, whose);
  if (!asked && employerId !== undefined) return newestDay(context, whose);
  const days = await daysIn(context, await provincesOf(context, place));
  const found = dayAmong(days, asked);
  if (!asked || found.asOf || days.length === 0) return found.asOf ?? asked;
  const others = [...new Set(days.map(({ day }) => formatDay(day)))];
  throw new PublicError('DAY_NOT_IDENTIFIED', {
    day: formatDay(asked),
    days: others.slice(0, daysNamed).join(', '),
  });
}
