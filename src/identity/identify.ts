/** Stage "identity": bearer token and purpose to a Principal, checked against the register. */
import { PublicError } from '../platform/errors.ts';
import type { ScopedPool } from '../platform/database.ts';
import { readIdentity, type Identified } from './data.ts';
import type { IssuerKeys } from './issuers.ts';
import { scopeOf, whyNoGrant, type Principal, type RefusalReason } from './principal.ts';
import { verifyToken, type Claims } from './token.ts';

export const purposeHeader = 'purpose-of-use';

/** The claims must be what the register says: the role comes from there. */
function assertRegistered(claims: Claims, found: Identified) {
  if (found.issuer?.state !== 'ACTIVE') throw new PublicError('ISSUER_UNKNOWN');
  if (found.agency?.state !== 'ACTIVE') throw new PublicError('AGENCY_UNKNOWN');
  if (!found.issuer.speaksForAgency) throw new PublicError('ISSUER_NOT_FOR_AGENCY');
  if (found.application?.state !== 'ACTIVE' || found.application.agencyId !== claims.agencyId) {
    throw new PublicError('APPLICATION_UNKNOWN');
  }
  if (claims.role !== found.agency.role) throw new PublicError('ROLE_MISMATCH');
  return found.agency;
}

/** Why the named purpose may not be used at all, whatever the grants say. */
function purposeRefusal(
  purpose: string | null,
  claims: Claims,
  found: Identified,
): RefusalReason | null {
  if (purpose === null) return { code: 'PURPOSE_REQUIRED', parameters: {} };
  if (!found.purposeKnown) return { code: 'PURPOSE_UNKNOWN', parameters: {} };
  if (claims.purposes && !claims.purposes.includes(purpose)) {
    return { code: 'PURPOSE_NOT_IN_TOKEN', parameters: {} };
  }
  return null;
}

/** Throws a PublicError for a caller who is nobody we know. */
export async function identify(
  headers: Headers,
  issuers: IssuerKeys,
  pool: ScopedPool,
  audience: string,
  requestId: string,
): Promise<Principal> {
  const claims = await verifyToken(headers.get('authorization'), issuers, audience);
  const purpose = headers.get(purposeHeader)?.trim() || null;
  const found = await readIdentity(pool, claims, purpose);
  const agency = assertRegistered(claims, found);
  const unusable = purposeRefusal(purpose, claims, found);
  const selected = unusable
    ? []
    : found.grants.filter((grant) => grant.effective && grant.purposes.includes(purpose ?? ''));
  return {
    subject: claims.subject,
    agency: { id: agency.id, nameVi: agency.nameVi, nameEn: agency.nameEn, role: agency.role },
    applicationId: claims.applicationId,
    role: agency.role,
    purpose: unusable ? null : purpose,
    grants: found.grants,
    selected,
    refusal: unusable ?? (selected.length > 0 ? null : whyNoGrant(found.grants, purpose ?? '')),
    scope: {
      ...scopeOf(agency.id, found.instant, selected, found.opened),
      subject: claims.subject,
      application: claims.applicationId,
      request: requestId,
    },
  };
}
