/**
 * Everything that the audience can ever know of a release and of what is linked with it, as one family of
 * tables for the protection and the attack. Pure.
 */
import type { Requirement } from '../disclosure/requirement.ts';
import type { Cell, CellKind, CellState, Family, Relation } from '../disclosure/table.ts';
import type { Audience, Sight, Sights } from './cell.ts';
import { relationsOf, type Hierarchies } from './family-relations.ts';

export type { Hierarchies } from './family-relations.ts';

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

const wider = (x: bigint, y: bigint) => (x > y ? x : y);
const least = (x: bigint, y: bigint) => (x < y ? x : y);

/** What the two know of one cell together. */
function known(a: Sight, b: Sight): Pick<Sight, 'lower' | 'upper'> {
  const of = (
    key: 'lower' | 'upper',
    nearer: (x: bigint, y: bigint) => bigint,
  ): Pick<Sight, 'lower' | 'upper'> => {
    const [x, y] = [a[key], b[key]];
    const both = x !== undefined && y !== undefined ? nearer(x, y) : (x ?? y);
    return both === undefined ? {} : { [key]: both };
  };
  return { ...of('lower', wider), ...of('upper', least) };
}

/** Shown anywhere is shown; hidden anywhere stays hidden; the widest of what is required. */
function merge(a: Node, b: Node): Node {
  const required =
    a.required && b.required
      ? {
          lower: wider(a.required.lower, b.required.lower),
          upper: wider(a.required.upper, b.required.upper),
        }
      : (a.required ?? b.required);
  return {
    ...a,
    state: rank[b.state] > rank[a.state] ? b.state : a.state,
    ...known(a, b),
    ...(required ? { required } : {}),
  };
}

/** Where there is nobody who could be counted, everybody knows the zero. */
function withZero(node: Node): Node {
  if (node.upper !== 0n) return node;
  const { name, kind, value, upper } = node;
  return { name, kind, value, upper, state: 'PUBLIC' };
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
  const hide = (key: string, value: bigint) => nodes.hide(key, value);
  const relations = new Map<string, Relation>();
  for (const own of nodes.byLayer) {
    const lookup = (key: string) => nodes.all.get(own.get(key) ?? nodes.latest.get(key) ?? '');
    for (const relation of relationsOf(own.keys(), { lookup, hide }, hierarchies)) {
      relations.set(identityOfRelation(relation), relation);
    }
  }
  const all = [...nodes.all.values()].map(withZero);
  const byName = new Map(all.map((node) => [node.name, node]));
  const own = [...(nodes.byLayer.at(-1)?.values() ?? [])];
  const cells = all.map(({ name, value, kind, state, lower, upper }): Cell => ({
    key: name,
    value,
    kind,
    state,
    ...(upper === undefined ? {} : { outOf: upper }),
    ...(lower === undefined ? {} : { lower }),
  }));
  return {
    family: { cells, relations: [...relations.values()] },
    requirements: all.flatMap(({ name, state, required }) =>
      required && state !== 'PUBLIC' ? [{ key: name, ...required }] : [],
    ),
    lost: own.flatMap((name) => {
      const node = byName.get(name);
      return node?.required && node.state === 'PUBLIC' ? [name] : [];
    }),
    nameOf: nodes.byLayer.at(-1) ?? new Map(),
  };
}
