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

/** A name that became another kind of name is gone, and a new one stands in its place. */
function lacking(from: PolicyState, other: PolicyState): [string, StateEntry][] {
  return Object.entries(from).filter(([name, { kind }]) => other[name]?.kind !== kind);
}

function gainedBy(role: Role, before: PolicyState, after: PolicyState): NamedPart[] {
  return Object.entries(after)
    .filter(([name, entry]) => {
      const old = before[name];
      const had = old?.kind === entry.kind && old.roles.includes(role);
      return entry.roles.includes(role) && !had;
    })
    .map(([name, entry]) => part(name, entry));
}

function forEachRole<T>(make: (role: Role) => T): Record<Role, T> {
  return Object.fromEntries(roles.map((role) => [role, make(role)])) as Record<Role, T>;
}

const inOrder = (state: PolicyState): PolicyState =>
  Object.fromEntries(Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1)));

export function diffPolicies(old: PolicyState, present: PolicyState): PolicyDiff {
  const [before, after] = [inOrder(old), inOrder(present)];
  const kept = Object.entries(after).flatMap(([coordinate, now]) => {
    const then = before[coordinate];
    return then?.kind === now.kind ? [{ coordinate, then, now }] : [];
  });
  return {
    roles: forEachRole((role) => {
      return { gained: gainedBy(role, before, after), lost: gainedBy(role, after, before) };
    }),
    needs: kept
      .filter(({ then, now }) => JSON.stringify(then.needs) !== JSON.stringify(now.needs))
      .map(({ coordinate, then, now }) => {
        return { coordinate, before: then.needs ?? null, after: now.needs ?? null };
      }),
    schema: {
      added: lacking(after, before).map(([name, entry]) => part(name, entry)),
      removed: lacking(before, after).map(([name, entry]) => part(name, entry)),
      retyped: kept
        .filter(({ then, now }) => then.type !== now.type)
        .map(({ coordinate, then, now }) => {
          return { coordinate, before: then.type ?? null, after: now.type ?? null };
        }),
    },
  };
}

export function isSame({ roles: byRole, needs, schema }: PolicyDiff): boolean {
  const { added, removed, retyped } = schema;
  const perRole = Object.values(byRole).flatMap(({ gained, lost }) => [gained, lost]);
  return [...perRole, needs, added, removed, retyped].every((list) => list.length === 0);
}
