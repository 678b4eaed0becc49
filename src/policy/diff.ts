/** From one state of the policy to another: what each role can now learn, and what no longer. */
import type { PolicyState, StateEntry } from './state.ts';
import type { Kind } from './names.ts';
import { roles, type Need, type Role } from './types.ts';

export interface NamedPart {
  readonly coordinate: string;
  readonly kind: Kind;
  /** Of a root field: what it needs of the request. */
  readonly needs?: Need;
}

export interface Change<T> {
  readonly coordinate: string;
  readonly before: T;
  readonly after: T;
}

export interface RoleDiff {
  readonly gained: readonly NamedPart[];
  readonly lost: readonly NamedPart[];
}

export interface PolicyDiff {
  readonly roles: Readonly<Record<Role, RoleDiff>>;
  /** Root fields that were there before and are still, with another need. */
  readonly needs: readonly Change<Need | null>[];
  /** The schema itself, whoever may use it. */
  readonly schema: {
    readonly added: readonly NamedPart[];
    readonly removed: readonly NamedPart[];
    readonly retyped: readonly Change<string | null>[];
  };
}

const part = (coordinate: string, { kind, needs }: StateEntry): NamedPart => ({
  coordinate,
  kind,
  ...(needs ? { needs } : {}),
});

/** Sorted by coordinate, in whatever order the states stand. */
function inOrder<T extends { readonly coordinate: string }>(found: T[]): T[] {
  return found.sort((a, b) => (a.coordinate < b.coordinate ? -1 : 1));
}

type Entries = readonly (readonly [string, StateEntry])[];

/** Names that the other state lacks; one that became another kind of name is gone, and a new one stands there. */
function lacking(entries: Entries, other: PolicyState): NamedPart[] {
  const found = entries.filter(([name, { kind }]) => other[name]?.kind !== kind);
  return inOrder(found.map(([name, entry]) => part(name, entry)));
}

function gainedBy(role: Role, entries: Entries, before: PolicyState): NamedPart[] {
  const found = entries.filter(([name, entry]) => {
    if (!entry.roles.includes(role)) return false;
    const old = before[name];
    return old?.kind !== entry.kind || !old.roles.includes(role);
  });
  return inOrder(found.map(([name, entry]) => part(name, entry)));
}

function forEachRole<T>(make: (role: Role) => T): Record<Role, T> {
  return Object.fromEntries(roles.map((role) => [role, make(role)])) as Record<Role, T>;
}

const isSameNeed = (one: Need | undefined, other: Need | undefined) =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

export function diffPolicies(before: PolicyState, after: PolicyState): PolicyDiff {
  const [then, now] = [Object.entries(before), Object.entries(after)];
  const kept = now.flatMap(([coordinate, entry]) => {
    const old = before[coordinate];
    return old?.kind === entry.kind ? [{ coordinate, old, entry }] : [];
  });
  return {
    roles: forEachRole((role) => {
      return { gained: gainedBy(role, now, before), lost: gainedBy(role, then, after) };
    }),
    needs: inOrder(
      kept
        .filter(({ old, entry }) => !isSameNeed(old.needs, entry.needs))
        .map(({ coordinate, old, entry }) => {
          return { coordinate, before: old.needs ?? null, after: entry.needs ?? null };
        }),
    ),
    schema: {
      added: lacking(now, before),
      removed: lacking(then, after),
      retyped: inOrder(
        kept
          .filter(({ old, entry }) => old.type !== entry.type)
          .map(({ coordinate, old, entry }) => {
            return { coordinate, before: old.type ?? null, after: entry.type ?? null };
          }),
      ),
    },
  };
}

export function isSame({ roles: byRole, needs, schema }: PolicyDiff): boolean {
  const { added, removed, retyped } = schema;
  const perRole = Object.values(byRole).flatMap(({ gained, lost }) => [gained, lost]);
  return [...perRole, needs, added, removed, retyped].every((list) => list.length === 0);
}
