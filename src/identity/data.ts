/** The register as identity needs it, through the database's own functions and no table. */
import type { ScopedPool } from '../platform/database.ts';
import { nobody, withScope } from '../platform/scope.ts';
import type { Role } from '../policy/types.ts';
import type { HeldGrant, Opened } from './principal.ts';

export interface RegisteredIssuer {
  readonly id: string;
  readonly kind: 'DEVELOPMENT' | 'FILE' | 'REMOTE';
  readonly jwksUri: string;
}

/** What `identify()` returns; see the register migration. */
export interface Identified {
  readonly instant: string;
  readonly purposeKnown: boolean;
  /** What the named purpose opens to the agency's role. */
  readonly opened: Opened;
  readonly issuer: { readonly state: string; readonly speaksForAgency: boolean } | null;
  readonly agency: {
    readonly id: string;
    readonly nameVi: string;
    readonly nameEn: string;
    readonly role: Role;
    readonly state: string;
  } | null;
  readonly application: { readonly agencyId: string; readonly state: string } | null;
  readonly grants: readonly HeldGrant[];
}

export async function listIssuers(pool: ScopedPool): Promise<RegisteredIssuer[]> {
  const { rows } = await withScope(nobody, () =>
    pool.query<RegisteredIssuer>(
      'select id, kind, jwks_uri as "jwksUri" from registered_issuers()',
    ),
  );
  return rows;
}

export async function readIdentity(
  pool: ScopedPool,
  claims: { issuer: string; applicationId: string; agencyId: string },
  purpose: string | null,
): Promise<Identified> {
  const { rows } = await withScope(nobody, () =>
    pool.query<{ identity: Identified }>('select identify($1, $2, $3, $4) as identity', [
      claims.issuer,
      claims.applicationId,
      claims.agencyId,
      purpose,
    ]),
  );
  const [row] = rows;
  if (!row) throw new Error('identify() returned no row.');
  return row.identity;
}
