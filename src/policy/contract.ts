/** The built contract as resolvers meet it: each role's schema as text and names, and the policy. */
import type { PolicyTable, Role } from './types.ts';

export interface RoleContract {
  readonly sdl: string;
  /** A short name for its text; it stands in every access record. */
  readonly version: string;
  /** The coordinates that exist for the role. */
  readonly names: ReadonlySet<string>;
}

export interface Contract {
  readonly policy: PolicyTable;
  readonly policyVersion: string;
  readonly byRole: Readonly<Record<Role, RoleContract>>;
}
