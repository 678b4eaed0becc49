/** What ties the cells of a family together: sums over areas, series and breakdowns, and the identities of months. Pure. */
import { registerSum, stockFlow, sum, type Branch } from '../disclosure/relations.ts';
import type { Relation } from '../disclosure/table.ts';
import { cellKey, isOfRegister, placeOf, type CellPlace } from './cell.ts';

export interface Hierarchies {
  /** By period: areas as they stood at its end. */
  readonly areas: ReadonlyMap<string, readonly Branch[]>;
  /** `scheme/group` pairs that add up. */
  readonly series: readonly Branch[];
}

/** A cell as it stands in the family. */
interface Stood {
  readonly name: string;
  readonly value: bigint;
}
type Lookup = (key: string) => Stood | undefined;

/** How a layer sees the family: its own cells, together with the latest of the others. */
export interface Stated {
  readonly lookup: Lookup;
  /** A number of persons that follows from others, and stands nowhere. */
  readonly hide: (key: string, value: bigint) => Stood;
}

/** Branches by each of their members, so that a cell finds those that it takes part in. */
function byMember(branches: readonly Branch[]): ReadonlyMap<string, readonly Branch[]> {
  const found = new Map<string, Branch[]>();
  for (const branch of branches) {
    for (const member of [branch.parent, ...branch.children]) {
      const own = found.get(member) ?? [];
      own.push(branch);
      found.set(member, own);
    }
  }
  return found;
}

type Rewrite = (place: CellPlace, member: string) => CellPlace;

const ofArea: Rewrite = (place, areaId) => ({ ...place, areaId });
const ofSeries: Rewrite = (place, member) => {
  const [scheme, group] = member.split('/');
  return { ...place, scheme: scheme || null, participantGroup: group || null };
};
const seriesOf = ({ scheme, participantGroup }: CellPlace) =>
  `${scheme ?? ''}/${participantGroup ?? ''}`;

/** A relation by names, or null where a cell is missing or the numbers do not add up, which binds nobody. */
function sumOf(
  lookup: Lookup,
  parent: string,
  children: readonly string[],
  relation: typeof sum = sum,
): Relation | null {
  const whole = lookup(parent);
  if (!whole) return null;
  const parts: string[] = [];
  let total = 0n;
  for (const key of children) {
    const part = lookup(key);
    if (!part && isCrossed(placeOf(key))) continue;
    if (!part) return null;
    parts.push(part.name);
    total += part.value;
  }
  if (total !== whole.value) return null;
  return relation(`sum of ${whole.name}`, whole.name, parts);
}

const flows = {
  added: ['ENROLMENT_JOINED', 'ENROLMENT_RETURNED'],
  taken: ['ENROLMENT_LEFT'],
} as const;

const dayMillis = 86_400_000;
const isoDay = (millis: number) => new Date(millis).toISOString().slice(0, 10);

/**
 * The identity of the month that ends with a stock: opening + joined + returned - left = closing. An opening
 * that nobody has stated is not below zero either: it is a hidden cell.
 */
function identityOf(lookup: Lookup, hide: Stated['hide'], place: CellPlace): Relation | null {
  const closing = lookup(cellKey(place));
  if (!closing || !/^\d{4}-\d{2}-\d{2}$/.test(place.timePeriod)) return null;
  const month = place.timePeriod.slice(0, 7);
  const before = isoDay(Date.parse(`${month}-01`) - dayMillis);
  const flow = (indicator: string) => lookup(cellKey({ ...place, indicator, timePeriod: month }));
  const added = flows.added.map(flow);
  const taken = flows.taken.map(flow);
  if ([...added, ...taken].some((node) => !node)) return null;
  const names = (nodes: readonly (Stood | undefined)[]) => nodes.map((node) => node!.name);
  const total = (nodes: readonly (Stood | undefined)[]) =>
    nodes.reduce((count, node) => count + node!.value, 0n);
  const openingKey = cellKey({ ...place, timePeriod: before });
  const value = closing.value - total(added) + total(taken);
  const opening = lookup(openingKey) ?? (value < 0n ? undefined : hide(openingKey, value));
  if (opening?.value !== value) return null;
  return stockFlow(opening.name, names(added), names(taken), closing.name);
}

const dimensionOf = (pair: string) => pair.split('=')[0] ?? '';
/** Of two dimensions of the business register at once only what there is has a cell. */
const isCrossed = (place: CellPlace) => isOfRegister(place) && place.breakdown.includes(';');

/**
 * The parts of a whole as one layer states them, by the dimension that tells them apart: a table names those that it
 * has, which need not be the same in every period.
 */
function partsOf(own: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const parts = new Map<string, string[]>();
  for (const key of own) {
    const place = placeOf(key);
    const pairs = place.breakdown === '' ? [] : place.breakdown.split(';');
    if (pairs.length > 1 && !isCrossed(place)) continue;
    for (const pair of pairs) {
      const breakdown = pairs.filter((other) => other !== pair).join(';');
      const group = `${dimensionOf(pair)} ${cellKey({ ...place, breakdown })}`;
      const known = parts.get(group) ?? [];
      known.push(key);
      parts.set(group, known);
    }
  }
  return parts;
}

/** Every relation that the cells of one layer take part in, seen together with the latest of the others. */
export function* relationsOf(
  keys: Iterable<string>,
  { lookup, hide }: Stated,
  hierarchies: Hierarchies,
): Generator<Relation> {
  const own = [...keys];
  const areas = new Map<string, ReadonlyMap<string, readonly Branch[]>>();
  const series = byMember(hierarchies.series);
  const areasOf = (period: string) => {
    const known = areas.get(period) ?? byMember(hierarchies.areas.get(period) ?? []);
    areas.set(period, known);
    return known;
  };
  for (const [group, parts] of partsOf(own)) {
    const [dimension = '', whole = ''] = group.split(' ');
    const isTold = dimension !== 'state' && isOfRegister(placeOf(whole));
    const relation = sumOf(lookup, whole, parts, isTold ? registerSum : sum);
    if (relation) yield relation;
  }
  const tried = new Set<string>();
  for (const key of own) {
    const place = placeOf(key);
    const axes: [string, ReadonlyMap<string, readonly Branch[]>, string, Rewrite][] = [
      ['area', areasOf(place.timePeriod), place.areaId, ofArea],
      ['series', series, seriesOf(place), ofSeries],
    ];
    for (const [axis, branches, member, rewrite] of axes) {
      for (const branch of branches.get(member) ?? []) {
        const at = (to: string) => cellKey(rewrite(place, to));
        const identity = `${axis} ${at(branch.parent)} ${branch.children[0]} ${branch.children.length}`;
        if (tried.has(identity)) continue;
        tried.add(identity);
        const kind = isOfRegister(place) ? registerSum : sum;
        const relation = sumOf(lookup, at(branch.parent), branch.children.map(at), kind);
        if (relation) yield relation;
      }
    }
    if (place.indicator === 'PARTICIPANTS') {
      const relation = identityOf(lookup, hide, place);
      if (relation) yield relation;
    }
  }
}
