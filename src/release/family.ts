/**
 * Everything that the audience can ever know of a release and of what is linked with it, as one family of
 * tables for the protection and the attack. Pure.
 */
import type { Requirement } from '../disclosure/primary.ts';
import { stockFlow, sum, type Branch } from '../disclosure/relations.ts';
import type { Cell, CellKind, CellState, Family, Relation } from '../disclosure/table.ts';
import {
  cellKey,
  placeOf,
  type Audience,
  type CellPlace,
  type Sight,
  type Sights,
} from './cell.ts';

/** A cell as one release, or a published figure outside releases, states it. */
export interface StatedCell {
  readonly key: string;
  readonly kind: CellKind;
  readonly value: bigint;
  /** OPEN in the release to be protected; in others PUBLIC when shown, HIDDEN when suppressed. */
  readonly state: CellState;
  /** Of cells that a release has suppressed. */
  readonly sights?: Sights;
}

/** The cells of one release or of one body of published figures; later layers correct earlier ones. */
export interface Layer {
  readonly name: string;
  readonly cells: readonly StatedCell[];
}

export interface Hierarchies {
  /** By period: areas as they stood at its end. */
  readonly areas: ReadonlyMap<string, readonly Branch[]>;
  /** `scheme/group` pairs that add up. */
  readonly series: readonly Branch[];
  /** Breakdowns that add up; the whole is the empty text. */
  readonly breakdowns: readonly Branch[];
}

export interface LinkedFamily {
  readonly family: Family;
  /** Of cells that other releases have suppressed. */
  readonly requirements: readonly Requirement[];
  /** Cells of the last layer that one release must hide and another shows: nothing protects them. */
  readonly lost: readonly string[];
  /** The name in the family of each OPEN cell, by its key. */
  readonly nameOf: ReadonlyMap<string, string>;
}

interface Node extends Omit<StatedCell, 'key' | 'sights'>, Sight {
  readonly name: string;
}

const rank: Readonly<Record<CellState, number>> = { PUBLIC: 2, HIDDEN: 1, OPEN: 0 };

/** Shown anywhere is shown; hidden anywhere stays hidden; the widest of what is required. */
function merge(a: Node, b: Node): Node {
  const wider = (x: bigint, y: bigint) => (x > y ? x : y);
  const required =
    a.required && b.required
      ? {
          lower: wider(a.required.lower, b.required.lower),
          upper: wider(a.required.upper, b.required.upper),
        }
      : (a.required ?? b.required);
  const lower =
    a.lower !== undefined && b.lower !== undefined ? wider(a.lower, b.lower) : (a.lower ?? b.lower);
  return {
    ...a,
    state: rank[b.state] > rank[a.state] ? b.state : a.state,
    ...(lower === undefined ? {} : { lower }),
    ...(required ? { required } : {}),
  };
}

/** One node for each key and value: the same number said twice is one, a corrected one is another. */
class Nodes {
  readonly all = new Map<string, Node>();
  /** By layer and key. */
  readonly byLayer: ReadonlyMap<string, string>[] = [];
  /** What is said last of a key. */
  readonly latest = new Map<string, string>();
  readonly #spoken = new Map<string, number>();
  readonly #audience: Audience;

  constructor(audience: Audience) {
    this.#audience = audience;
  }

  add({ cells }: Layer): void {
    const own = new Map<string, string>();
    for (const cell of cells) {
      const identity = `${cell.key}=${cell.value}`;
      const known = this.#names.get(identity);
      const name = known ?? this.#nameNew(cell.key, identity);
      const { kind, value, state, sights } = cell;
      const node: Node = { name, kind, value, state, ...sights?.[this.#audience] };
      this.all.set(name, known ? merge(this.all.get(known)!, node) : node);
      own.set(cell.key, name);
      this.latest.set(cell.key, name);
    }
    this.byLayer.push(own);
  }

  /** A number of persons that follows from others, and stands nowhere. */
  hide(key: string, value: bigint): Node {
    const name = this.#names.get(`${key}=${value}`) ?? this.#nameNew(key, `${key}=${value}`);
    const node = this.all.get(name) ?? { name, kind: 'PERSONS', value, state: 'HIDDEN' };
    this.all.set(name, node);
    return node;
  }

  readonly #names = new Map<string, string>();

  #nameNew(key: string, identity: string): string {
    const nth = (this.#spoken.get(key) ?? 0) + 1;
    this.#spoken.set(key, nth);
    const name = nth === 1 ? key : `${key}#${nth}`;
    this.#names.set(identity, name);
    return name;
  }
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
const ofBreakdown: Rewrite = (place, breakdown) => ({ ...place, breakdown });
const ofSeries: Rewrite = (place, member) => {
  const [scheme, group] = member.split('/');
  return { ...place, scheme: scheme || null, participantGroup: group || null };
};
export const seriesOf = ({ scheme, participantGroup }: CellPlace) =>
  `${scheme ?? ''}/${participantGroup ?? ''}`;

/** A relation by names, or null where a cell is missing or the numbers do not add up, which binds nobody. */
type Lookup = (key: string) => Node | undefined;

function sumOf(lookup: Lookup, parent: string, children: readonly string[]): Relation | null {
  const whole = lookup(parent);
  if (!whole) return null;
  const parts: string[] = [];
  let total = 0n;
  for (const key of children) {
    const part = lookup(key);
    if (!part) return null;
    parts.push(part.name);
    total += part.value;
  }
  return total === whole.value ? sum(`sum of ${whole.name}`, whole.name, parts) : null;
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
function identityOf(
  lookup: Lookup,
  hide: (key: string, value: bigint) => Node,
  place: CellPlace,
): Relation | null {
  const closing = lookup(cellKey(place));
  if (!closing || !/^\d{4}-\d{2}-\d{2}$/.test(place.timePeriod)) return null;
  const month = place.timePeriod.slice(0, 7);
  const before = isoDay(Date.parse(`${month}-01`) - dayMillis);
  const flow = (indicator: string) => lookup(cellKey({ ...place, indicator, timePeriod: month }));
  const added = flows.added.map(flow);
  const taken = flows.taken.map(flow);
  if ([...added, ...taken].some((node) => !node)) return null;
  const names = (nodes: readonly (Node | undefined)[]) => nodes.map((node) => node!.name);
  const total = (nodes: readonly (Node | undefined)[]) =>
    nodes.reduce((count, node) => count + node!.value, 0n);
  const openingKey = cellKey({ ...place, timePeriod: before });
  const value = closing.value - total(added) + total(taken);
  const opening = lookup(openingKey) ?? (value < 0n ? undefined : hide(openingKey, value));
  if (opening?.value !== value) return null;
  return stockFlow(opening.name, names(added), names(taken), closing.name);
}

/** Every relation that the cells of one layer take part in, seen together with the latest of the others. */
function* relationsOf(own: ReadonlyMap<string, string>, nodes: Nodes, hierarchies: Hierarchies) {
  const lookup: Lookup = (key) => nodes.all.get(own.get(key) ?? nodes.latest.get(key) ?? '');
  const hide = (key: string, value: bigint) => nodes.hide(key, value);
  const areas = new Map<string, ReadonlyMap<string, readonly Branch[]>>();
  const series = byMember(hierarchies.series);
  const breakdowns = byMember(hierarchies.breakdowns);
  const areasOf = (period: string) => {
    const known = areas.get(period) ?? byMember(hierarchies.areas.get(period) ?? []);
    areas.set(period, known);
    return known;
  };
  const tried = new Set<string>();
  for (const key of own.keys()) {
    const place = placeOf(key);
    const axes: [string, ReadonlyMap<string, readonly Branch[]>, string, Rewrite][] = [
      ['area', areasOf(place.timePeriod), place.areaId, ofArea],
      ['series', series, seriesOf(place), ofSeries],
      ['breakdown', breakdowns, place.breakdown, ofBreakdown],
    ];
    for (const [axis, branches, member, rewrite] of axes) {
      for (const branch of branches.get(member) ?? []) {
        const at = (to: string) => cellKey(rewrite(place, to));
        const identity = `${axis} ${at(branch.parent)} ${branch.children[0]} ${branch.children.length}`;
        if (tried.has(identity)) continue;
        tried.add(identity);
        const relation = sumOf(lookup, at(branch.parent), branch.children.map(at));
        if (relation) yield relation;
      }
    }
    if (place.indicator === 'PARTICIPANTS') {
      const relation = identityOf(lookup, hide, place);
      if (relation) yield relation;
    }
  }
}

const identityOfRelation = ({ terms }: Relation) =>
  terms
    .map(([name, coefficient]) => `${coefficient}${name}`)
    .sort()
    .join(' ');

/** The layers in the order in which they were stated; the release to be protected comes last. */
export function linkFamily(
  layers: readonly Layer[],
  hierarchies: Hierarchies,
  audience: Audience,
): LinkedFamily {
  const nodes = new Nodes(audience);
  for (const layer of layers) nodes.add(layer);
  const relations = new Map<string, Relation>();
  for (const own of nodes.byLayer) {
    for (const relation of relationsOf(own, nodes, hierarchies)) {
      relations.set(identityOfRelation(relation), relation);
    }
  }
  const all = [...nodes.all.values()];
  const own = [...(nodes.byLayer.at(-1)?.values() ?? [])];
  const cells = all.map(({ name, value, kind, state, lower }): Cell => ({
    key: name,
    value,
    kind,
    state,
    ...(lower === undefined ? {} : { lower }),
  }));
  return {
    family: { cells, relations: [...relations.values()] },
    requirements: all.flatMap(({ name, state, required }) =>
      required && state !== 'PUBLIC' ? [{ key: name, ...required }] : [],
    ),
    lost: own.flatMap((name) => {
      const node = nodes.all.get(name);
      return node?.required && node.state === 'PUBLIC' ? [name] : [];
    }),
    nameOf: nodes.byLayer.at(-1) ?? new Map(),
  };
}
