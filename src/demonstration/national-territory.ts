/** The units that the national demonstration counts in, as the register has them on each day. Pure. */
import type { Commune } from './territory.ts';

/** A row of the register, as far as it is needed. */
export interface RegisteredUnit {
  readonly id: string;
  readonly code: string;
  readonly vintage: string;
  readonly kind: string;
  readonly name_vi: string;
  readonly province_id: string | null;
  /** YYYY-MM-DD, both included. */
  readonly valid_from: string | null;
  readonly valid_to: string | null;
}

export interface Succession {
  readonly predecessor_id: string;
  readonly successor_id: string;
}

const communeKinds = ['COMMUNE', 'WARD', 'TOWNSHIP', 'SPECIAL_ZONE'];
const provinceKinds = ['PROVINCE', 'CITY'];
const oldVintage = '2025-06';
const newVintage = '2025-07';

/** A province of the structure until June 2025, with its communes. */
export interface OldProvince {
  readonly id: string;
  readonly isCity: boolean;
  readonly communes: readonly Commune[];
}

/** A province of the structure since July 2025; a later edition of it is the same province. */
export interface NewProvince {
  readonly id: string;
  readonly predecessors: readonly OldProvince[];
  readonly communes: readonly Commune[];
  /** For each old commune of the predecessors, the place of its listed successor in `communes`; else -1. */
  readonly placeOf: ReadonlyMap<string, number>;
}

/** The unit that a figure is of, and its province. */
export interface UnitOnDay {
  readonly id: string;
  readonly provinceId: string | null;
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);

const communeOf = ({ id, code, kind, name_vi: nameVi, province_id }: RegisteredUnit): Commune => ({
  id,
  code,
  kind,
  nameVi,
  provinceId: province_id!,
});

export class NationalTerritory {
  readonly provinces: readonly NewProvince[];
  /** Editions of a unit by its code, of those since July 2025. */
  readonly #editions = new Map<string, RegisteredUnit[]>();

  constructor(
    units: readonly RegisteredUnit[],
    successions: readonly Succession[],
    listed: ReadonlyMap<string, string>,
  ) {
    const communesIn = new Map<string, Commune[]>();
    for (const unit of units) {
      const isUnit = [...communeKinds, ...provinceKinds].includes(unit.kind);
      if (isUnit && unit.vintage !== oldVintage) {
        this.#editions.set(unit.code, [...(this.#editions.get(unit.code) ?? []), unit]);
      }
      // Of a later edition only the ids are needed: it is the same place.
      if (!communeKinds.includes(unit.kind) || unit.vintage > newVintage) continue;
      const here = communesIn.get(unit.province_id!) ?? [];
      communesIn.set(unit.province_id!, [...here, communeOf(unit)]);
    }
    const ofKind = (vintage: string) =>
      units.filter((unit) => unit.vintage === vintage && provinceKinds.includes(unit.kind));
    const communes = (id: string) => (communesIn.get(id) ?? []).sort(byId);
    const old = ofKind(oldVintage)
      .map(({ id, kind }) => ({ id, isCity: kind === 'CITY', communes: communes(id) }))
      .sort(byId);
    this.provinces = ofKind(newVintage)
      .sort(byId)
      .map(({ id }) => {
        const from = successions.filter((step) => step.successor_id === id);
        const predecessors = old.filter((one) => from.some((s) => s.predecessor_id === one.id));
        const own = communes(id);
        const place = new Map(own.map(({ code }, i) => [code, i]));
        const placeOf = new Map(
          predecessors
            .flatMap((province) => province.communes)
            .map((commune) => [commune.id, place.get(listed.get(commune.code) ?? '') ?? -1]),
        );
        return { id, predecessors, communes: own, placeOf };
      });
  }

  /** The edition of a unit since July 2025 that was in force on a day. */
  onDay({ id }: { readonly id: string }, day: string): UnitOnDay {
    const editions = this.#editions.get(id.slice(0, id.indexOf('@'))) ?? [];
    const found = editions.find(
      ({ valid_from: from, valid_to: to }) => (!from || from <= day) && (!to || day <= to),
    );
    if (!found) throw new Error(`No edition of ${id} was in force on ${day}.`);
    return { id: found.id, provinceId: found.province_id };
  }
}
