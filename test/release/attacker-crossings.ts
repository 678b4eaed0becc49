/**
 * What nobody publishes of debts, and the business register ties together: the units of an area by all that it tells
 * of them at once. Each is an unknown of its own, bounded by who is there; their sums are the cells that are published.
 */
import { keyOf, placeOf, type Fact } from './attacker-cell.ts';
import { isRegistered, type AreaSum, type Register } from './attacker-register.ts';
import type { Row, Twins, Unknowns } from './attacker-solver.ts';

export const debtIndicators = ['EMPLOYERS_IN_DEBT', 'CONTRIBUTION_DEBT'] as const;
export type DebtIndicator = (typeof debtIndicators)[number];
export const unitOfDebt = { EMPLOYERS_IN_DEBT: 'EMPLOYERS', CONTRIBUTION_DEBT: 'VND' } as const;

/** The indicator of a fact of debts by employers; undefined for others. */
export function debtIndicatorOf({ key }: Pick<Fact, 'key'>): DebtIndicator | undefined {
  const [indicator, , , group] = placeOf(key);
  return group === 'EMPLOYERS' ? debtIndicators.find((one) => one === indicator) : undefined;
}

export interface Crossing {
  readonly key: string;
  readonly layer: string;
  readonly node: number;
}

interface Known {
  readonly facts: readonly Fact[];
  readonly register: Register;
  readonly areaSums: readonly AreaSum[];
  readonly unknowns: Unknowns;
  readonly nodeOf: (fact: Fact) => number;
  /** Whether the cell says the same in all layers. */
  readonly isShared: (key: string) => boolean;
}

/** Debts of one day as one release tells them. */
interface Table {
  readonly layer: string;
  readonly day: string;
  readonly scheme: string;
  readonly areas: Set<string>;
  /** By dimension. */
  readonly codes: Map<string, Set<string>>;
  readonly byKey: Map<string, Fact>;
}

function tablesOf(facts: readonly Fact[]): Table[] {
  const tables = new Map<string, Table>();
  for (const fact of facts) {
    if (!debtIndicatorOf(fact) || fact.layer.startsWith('said ')) continue;
    const [, area, scheme, , breakdown, day] = placeOf(fact.key);
    const { layer } = fact;
    const table = tables.get(`${layer} ${day}`) ?? {
      ...{ layer, day, scheme },
      areas: new Set(),
      codes: new Map(),
      byKey: new Map(),
    };
    tables.set(`${layer} ${day}`, table);
    table.areas.add(area);
    table.byKey.set(fact.key, fact);
    const [dimension = '', code = ''] = breakdown.split('=');
    if (breakdown === '' || breakdown.includes(';')) continue;
    table.codes.set(dimension, (table.codes.get(dimension) ?? new Set()).add(code));
  }
  return [...tables.values()];
}

export function crossDebts(known: Known): { rows: Row[]; crossings: Crossing[]; twins: Twins[] } {
  const found = { rows: [] as Row[], crossings: [] as Crossing[], twins: [] as Twins[] };
  for (const table of tablesOf(known.facts)) crossTable(table, known, found);
  return found;
}

function crossTable(
  { layer, day, scheme, areas, codes, byKey }: Table,
  { register, areaSums, unknowns, nodeOf, isShared }: Known,
  found: ReturnType<typeof crossDebts>,
): void {
  const dimensions = [...codes].filter(([name]) => isRegistered(name));
  if (dimensions.length < 2 || register.isEmpty) return;
  const zero = (terms: ReadonlyMap<number, number>) => found.rows.push({ terms, low: 0, high: 0 });
  const at = (indicator: string, area: string, breakdown: string) =>
    keyOf([indicator, area, scheme, 'EMPLOYERS', breakdown, day]);
  const parts = (pairs: string) => pairs.split(';');
  /** By area, then by breakdown: count and amount. */
  const nodes = new Map<string, Map<string, readonly [number, number]>>();

  const crossed = (area: string): Map<string, readonly [number, number]> => {
    const done = nodes.get(area);
    if (done) return done;
    const own = new Map<string, readonly [number, number]>();
    nodes.set(area, own);
    const communes = register.communesOf(area, day, areaSums);
    if (!communes) return own;
    const marginals = dimensions.flatMap(([name, of]) => [...of].map((code) => `${name}=${code}`));
    for (const breakdown of register.crossings(communes, codes)) {
      const { count, amount } = register.ranges(communes, breakdown, day);
      const pair = debtIndicators.map((indicator) => {
        const key = at(indicator, area, breakdown);
        const sums = [key, ...marginals.map((one) => at(indicator, area, one))];
        const name = sums.every(isShared) ? key : `${key}#${layer}`;
        const node = unknowns.named(name, unitOfDebt[indicator]);
        unknowns.bound(node, ...(indicator === 'CONTRIBUTION_DEBT' ? amount : count));
        found.crossings.push({ key, layer, node });
        return node;
      }) as [number, number];
      own.set(breakdown, pair);
      found.twins.push(pair);
    }
    debtIndicators.forEach((indicator, which) => {
      for (const marginal of marginals) {
        const fact = byKey.get(at(indicator, area, marginal));
        if (!fact) continue;
        const terms = [...own].filter(([breakdown]) => parts(breakdown).includes(marginal));
        zero(new Map([[nodeOf(fact), 1], ...terms.map(([, pair]) => [pair[which]!, -1] as const)]));
      }
    });
    return own;
  };

  for (const area of areas) {
    const own = crossed(area);
    const sum = areaSums.find(({ whole, from, to }) => whole === area && from <= day && day <= to);
    if (!sum || own.size === 0) continue;
    const ofParts = sum.parts.map(crossed);
    for (const [breakdown, pair] of own) {
      const inside = ofParts.flatMap((part) => {
        const one = part.get(breakdown);
        return one ? [one] : [];
      });
      for (const which of [0, 1] as const) {
        zero(new Map([[pair[which], 1], ...inside.map((one) => [one[which], -1] as const)]));
      }
    }
  }
}
