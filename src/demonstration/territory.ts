/** The communes that rows are made for, and how large each is made. Pure. */
import { between, chance } from './seeded.ts';
import { provinces } from './sources.ts';

export interface Commune {
  readonly id: string;
  readonly code: string;
  readonly kind: string;
  readonly nameVi: string;
  readonly provinceId: string;
}

/** The communes of the demonstration provinces before and after July 2025, each by id. */
export interface Territory {
  readonly old: readonly Commune[];
  readonly current: readonly Commune[];
  /** The code of today's commune that the listing names for an old one. */
  readonly successors: ReadonlyMap<string, string>;
}

/** A row of the register, as far as it is needed. */
interface Unit {
  readonly id: string;
  readonly code: string;
  readonly vintage: string;
  readonly kind: string;
  readonly name_vi: string;
  readonly province_id: string | null;
}

const communeKinds = ['COMMUNE', 'WARD', 'TOWNSHIP'];
const provinceIds = provinces.flatMap(({ id, predecessors }) => [id, ...predecessors]);

/** The communes of the demonstration provinces among the units of the register. */
export function territoryOf(
  units: readonly Unit[],
  successors: ReadonlyMap<string, string>,
): Territory {
  const of = (vintage: string): Commune[] =>
    units
      .filter((unit) => unit.vintage === vintage && communeKinds.includes(unit.kind))
      .filter(({ province_id: province }) => province !== null && provinceIds.includes(province))
      .map(({ id, code, kind, name_vi: nameVi, province_id: provinceId }) => {
        return { id, code, kind, nameVi, provinceId: provinceId! };
      })
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  return { old: of('2025-06'), current: of('2025-07'), successors };
}

export const inProvince = (communes: readonly Commune[], provinceId: string): Commune[] =>
  communes.filter((commune) => commune.provinceId === provinceId);

/** Towns are larger than villages. */
const sizeOfKind: Record<string, number> = { WARD: 1.9, TOWNSHIP: 1.6, COMMUNE: 1 };

/** How large the population of an old commune is made, beside those of its province. */
export const populationWeight = (commune: Commune): number =>
  (sizeOfKind[commune.kind] ?? 1) * between(`population ${commune.id}`, 0.5, 1.7);

/** Today's commune of an old one. */
export function successorOf(territory: Territory, commune: Commune): string {
  const code = territory.successors.get(commune.code);
  if (!code) throw new Error(`No successor is listed for ${commune.id}.`);
  return `${code}@2025-07`;
}

/** What the old communes hold, added up for each commune of a province of today, in its order. */
export function carriedOver(
  territory: Territory,
  current: readonly Commune[],
  held: ReadonlyMap<string, number>,
): number[] {
  const sums = new Map(current.map(({ id }) => [id, 0]));
  for (const commune of territory.old) {
    const amount = held.get(commune.id);
    const successor = successorOf(territory, commune);
    if (amount === undefined || !sums.has(successor)) continue;
    sums.set(successor, sums.get(successor)! + amount);
  }
  return current.map(({ id }) => sums.get(id)!);
}

/** About one commune of today in seven has next to nobody in the voluntary scheme. */
export const isSparse = (currentId: string): boolean => chance(`sparse ${currentId}`) < 0.14;
