/** The leaf of a change: canonical bytes of who changed what, settled for good. */
import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Raised when a field is added or its meaning changes; old leaves keep their own. */
const changeVersion = 1;
/** Against guessing a leaf from its hash. */
const nonceBytes = 16;
/** An entry bundle of the log holds a leaf's length in two bytes. */
export const leafBytesMax = 65_535;

/** A row of change_record, as the database gives it. */
export interface ChangeRow {
  readonly id: string;
  readonly changed_at: string;
  readonly actor: string;
  readonly agency_id: string | null;
  readonly application_id: string | null;
  readonly request_id: string | null;
  readonly action: string;
  readonly entity: string;
  readonly entity_id: string;
  readonly detail: unknown;
}

/**
 * RFC 8785 in UTF-8. What changed stands in `detail`; where it is too long for an entry, its SHA-256
 * stands in `detailHash` instead (of its own RFC 8785 form).
 */
export function changeLeaf(row: ChangeRow): { changeId: string; leaf: Buffer } {
  const fields = {
    version: changeVersion,
    nonce: randomBytes(nonceBytes).toString('base64'),
    id: row.id,
    time: new Date(row.changed_at).toISOString(),
    actor: row.actor,
    agency: row.agency_id,
    application: row.application_id,
    requestId: row.request_id,
    action: row.action,
    entity: row.entity,
    entityId: row.entity_id,
  };
  const whole = Buffer.from(
    canonicalize({ ...fields, detail: row.detail, detailHash: null }) ?? '',
  );
  if (whole.length <= leafBytesMax) return { changeId: row.id, leaf: whole };
  const detail = canonicalize(row.detail) ?? '';
  const detailHash = createHash('sha256').update(detail).digest('hex');
  const hashed = canonicalize({ ...fields, detail: null, detailHash }) ?? '';
  return { changeId: row.id, leaf: Buffer.from(hashed) };
}
