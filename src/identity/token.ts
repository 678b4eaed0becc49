/** From the Authorization header to verified claims: RFC 9068 access tokens, checked as RFC 8725 asks. */
import * as jose from 'jose';
import { z } from 'zod';
import { PublicError } from '../platform/errors.ts';
import type { IssuerKeys } from './issuers.ts';

export const tokenType = 'at+jwt';
const algorithms = ['EdDSA', 'Ed25519', 'ES256'];
const tokenLengthMax = 8_192;
const clockToleranceSeconds = 30;
const tokenAgeMax = '24h';

const identifier = z.string().min(1).max(200);

const claimsShape = z.object({
  iss: identifier,
  sub: identifier,
  jti: identifier,
  client_id: identifier,
  agency: identifier,
  role: identifier,
  purpose: z.union([identifier, z.array(identifier).min(1)]).optional(),
});

export interface Claims {
  readonly issuer: string;
  readonly subject: string;
  readonly agencyId: string;
  readonly applicationId: string;
  readonly role: string;
  /** Null: the token does not narrow the purpose. */
  readonly purposes: readonly string[] | null;
}

const invalid = (part: string, cause?: Error) =>
  new PublicError('TOKEN_INVALID', { part }, cause ? { originalError: cause } : {});

/** One token has one spelling: base64url with stray bits or padding is refused. */
function isCanonical(token: string): boolean {
  return token
    .split('.')
    .every((part) => part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part);
}

function bearer(authorization: string | null): string {
  if (!authorization) throw new PublicError('TOKEN_MISSING');
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (!token || token.length > tokenLengthMax) throw new PublicError('TOKEN_MALFORMED');
  if (token.split('.').length !== 3 || !isCanonical(token))
    throw new PublicError('TOKEN_MALFORMED');
  return token;
}

function unverifiedIssuer(token: string): string {
  try {
    const { iss } = jose.decodeJwt(token);
    if (typeof iss === 'string' && iss !== '') return iss;
  } catch (cause) {
    throw new PublicError('TOKEN_MALFORMED', {}, { originalError: cause as Error });
  }
  throw invalid('claim "iss"');
}

function refusalOf(error: unknown): Error {
  if (error instanceof jose.errors.JWTExpired) return new PublicError('TOKEN_EXPIRED');
  if (error instanceof jose.errors.JWTClaimValidationFailed) {
    return invalid(error.claim === 'typ' ? 'type' : `claim "${error.claim}"`, error);
  }
  if (error instanceof jose.errors.JWSSignatureVerificationFailed)
    return invalid('signature', error);
  if (error instanceof jose.errors.JOSEAlgNotAllowed) return invalid('algorithm', error);
  if (error instanceof jose.errors.JWKSNoMatchingKey) return invalid('key', error);
  if (error instanceof jose.errors.JWKSMultipleMatchingKeys) return invalid('key', error);
  if (error instanceof jose.errors.JWSInvalid || error instanceof jose.errors.JWTInvalid) {
    return new PublicError('TOKEN_MALFORMED', {}, { originalError: error });
  }
  if (error instanceof jose.errors.JOSENotSupported) return invalid('header', error);
  return new PublicError('KEYS_UNAVAILABLE', {}, { originalError: error as Error });
}

/** Verifies the token of a request; throws a PublicError that says which step failed. */
export async function verifyToken(
  authorization: string | null,
  issuers: IssuerKeys,
  audience: string,
): Promise<Claims> {
  const token = bearer(authorization);
  const issuer = unverifiedIssuer(token);
  const keys = await issuers.keysOf(issuer);
  if (!keys) throw new PublicError('ISSUER_UNKNOWN');
  const { payload } = await jose
    .jwtVerify(token, keys, {
      algorithms,
      issuer,
      audience,
      typ: tokenType,
      requiredClaims: ['exp', 'iat', 'sub', 'jti', 'client_id', 'agency', 'role'],
      maxTokenAge: tokenAgeMax,
      clockTolerance: clockToleranceSeconds,
    })
    .catch((error: unknown) => {
      throw refusalOf(error);
    });
  const parsed = claimsShape.safeParse(payload);
  if (!parsed.success) {
    throw invalid(`claim "${String(parsed.error.issues[0]?.path[0] ?? '')}"`);
  }
  const claims = parsed.data;
  return {
    issuer: claims.iss,
    subject: claims.sub,
    agencyId: claims.agency,
    applicationId: claims.client_id,
    role: claims.role,
    purposes: claims.purpose === undefined ? null : [claims.purpose].flat(),
  };
}
