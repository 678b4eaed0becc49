/** The access record: its fields, its salted digests and its canonical bytes, settled for good. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AccessDraft } from './draft.ts';

/** Raised when a field is added or its meaning changes; old records keep their own. */
export const recordVersion = 2;
/** More areas or employers than this are recorded as a count and a hash of the sorted list. */
export const listedMax = 100;
const callerTextMax = 200;
/** Against guessing a leaf from its hash. */
const nonceBytes = 16;
const saltBytes = 32;

export type Outcome = 'INTENDED' | 'ANSWERED' | 'PARTIAL' | 'REFUSED' | 'FAILED' | 'BROKEN_OFF';
/** Of the first two records of a successor log, which are no requests. */
export type OpeningOutcome = 'OPENED' | 'LOST';

export interface ListedIds {
  readonly count: number;
  /** Sorted; empty when there are more than `listedMax`. */
  readonly ids: readonly string[];
  /** SHA-256 of the sorted ids joined by line feeds; null when they are listed. */
  readonly hash: string | null;
}

/** The object whose RFC 8785 form in UTF-8 is the leaf. The record's number is its place in the log. */
export interface AccessRecordFields {
  readonly version: number;
  readonly nonce: string;
  readonly time: string;
  readonly agency: string | null;
  readonly application: string | null;
  readonly role: string | null;
  readonly purpose: string | null;
  readonly caseReference: string | null;
  readonly grants: readonly string[];
  readonly requestId: string;
  readonly operationName: string | null;
  readonly operationType: string | null;
  readonly documentHash: string | null;
  readonly topics: readonly string[];
  readonly areas: ListedIds;
  readonly given: readonly { type: string; provider: string; rows: number }[];
  readonly employers: ListedIds;
  readonly withheld: readonly { reason: string; cells: number }[];
  /** HMAC-SHA-256 under the record's own salt, hexadecimal. */
  readonly subjectHmac: string | null;
  readonly variablesHmac: string | null;
  readonly responseHmac: string | null;
  readonly policyVersion: string;
  readonly schemaVersion: string;
  readonly outcome: Outcome | OpeningOutcome;
  readonly errorCode: string | null;
  /** Of a stream that is about to begin: how many rows it gives at the most. Since version 2. */
  readonly rowsMax: number | null;
  /** Of a stream that has ended: the number of the record that it began with. Since version 2. */
  readonly intent: string | null;
  /** Requests that the record stands for: above 1 only for refusals without a principal. */
  readonly requestCount: number;
  /** Of refusals without a principal: where they came from, shortened to a network. */
  readonly sourcePrefix: string | null;
  readonly durationMicros: number;
}

/** What the database function takes; bytes in base64. */
export interface LogEntry {
  readonly leaf: string;
  readonly salt: string;
  readonly documentHash: string | null;
  readonly documentText: string | null;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * A caller's string as the record may hold it: no control characters (a NUL fails a whole group of
 * records), no lone surrogates, cut.
 */
export function cleanCallerText(value: string | null): string | null {
  if (value === null) return null;
  const cleaned = value
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .trim();
  return cleaned === '' ? null : Array.from(cleaned).slice(0, callerTextMax).join('');
}

/** UTF-16 order, as RFC 8785 sorts; locale order would differ between machines. */
const byCodeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export function listIds(ids: Iterable<string>): ListedIds {
  const sorted = [...new Set(ids)].sort(byCodeUnits);
  if (sorted.length <= listedMax) return { count: sorted.length, ids: sorted, hash: null };
  return { count: sorted.length, ids: [], hash: sha256(sorted.join('\n')) };
}

export function canonicalBytes(fields: AccessRecordFields): Buffer {
  return Buffer.from(canonicalize(fields) ?? '', 'utf8');
}

/** The digest of a body that leaves piece by piece, under the salt of its record. */
export class RunningDigest {
  readonly salt = randomBytes(saltBytes);
  readonly #hmac = createHmac('sha256', this.salt);

  update(piece: string): void {
    this.#hmac.update(piece);
  }

  end(): string {
    return this.#hmac.digest('hex');
  }
}

/** How the answer ended, as the record says it. */
export interface Ending {
  readonly outcome: Outcome;
  /** The whole, or the digest of what left of a stream. */
  readonly body: string | Uint8Array | RunningDigest | null;
  readonly rowsMax?: number;
  readonly intent?: bigint;
  readonly policyVersion: string;
  readonly now: Date;
}

/** Topics asked that the principal may read, and those of the rows given. */
function topicsTouched(draft: AccessDraft): string[] {
  const readable = draft.principal?.scope.topics ?? [];
  const asked = readable.filter((topic) => draft.asked.has(topic));
  return [...new Set([...asked, ...draft.topics])].sort(byCodeUnits);
}

/**
 * The grants that opened the topics touched; with none touched, none was used. Accredited access to a release
 * before its instant counts as one, named by the release.
 */
function grantsUsed(draft: AccessDraft, topics: readonly string[]): string[] {
  const used = draft.principal?.selected.filter((grant) =>
    grant.topics.some(({ topic }) => topics.includes(topic)),
  );
  const early = [...draft.early].map((release) => `prerelease:${release}`);
  return [...(used ?? []).map((grant) => grant.id), ...early].sort(byCodeUnits);
}

export function makeEntry(draft: AccessDraft, ending: Ending): LogEntry {
  const { body } = ending;
  const salt = body instanceof RunningDigest ? body.salt : randomBytes(saltBytes);
  const hmac = (value: string | Uint8Array | null) =>
    value === null ? null : createHmac('sha256', salt).update(value).digest('hex');
  const { principal, document } = draft;
  const documentHash = document === null ? null : sha256(document);
  const topics = topicsTouched(draft);
  const fields: AccessRecordFields = {
    version: recordVersion,
    nonce: randomBytes(nonceBytes).toString('base64'),
    time: principal?.scope.instant ?? ending.now.toISOString(),
    agency: principal?.agency.id ?? null,
    application: principal?.applicationId ?? null,
    role: principal?.role ?? null,
    purpose: principal?.purpose ?? null,
    caseReference: cleanCallerText(draft.caseReference),
    grants: grantsUsed(draft, topics),
    requestId: draft.requestId,
    operationName: cleanCallerText(draft.operationName),
    operationType: draft.operationType,
    documentHash,
    topics,
    areas: listIds(draft.areas),
    given: draft.rows.sort((a, b) => byCodeUnits(a.type + a.provider, b.type + b.provider)),
    employers: listIds(draft.employers),
    withheld: draft.withheld.sort((a, b) => byCodeUnits(a.reason, b.reason)),
    subjectHmac: hmac(principal?.subject ?? null),
    variablesHmac: hmac(draft.variables),
    responseHmac: body instanceof RunningDigest ? body.end() : hmac(body),
    policyVersion: ending.policyVersion,
    schemaVersion: draft.schemaVersion,
    outcome: ending.outcome,
    errorCode: draft.errorCode,
    rowsMax: ending.rowsMax ?? null,
    intent: ending.intent === undefined ? null : String(ending.intent),
    requestCount: 1,
    sourcePrefix: null,
    durationMicros: draft.durationMicros,
  };
  return toEntry(fields, salt, documentHash, document);
}

/** A record that tells of no caller and no question: what it does tell is put over it. */
export const emptyRecord = (time: Date, requestId: string) => ({
  version: recordVersion,
  nonce: randomBytes(nonceBytes).toString('base64'),
  time: time.toISOString(),
  agency: null,
  application: null,
  role: null,
  purpose: null,
  caseReference: null,
  grants: [],
  requestId,
  operationName: null,
  operationType: null,
  documentHash: null,
  topics: [],
  areas: listIds([]),
  given: [],
  employers: listIds([]),
  withheld: [],
  subjectHmac: null,
  variablesHmac: null,
  responseHmac: null,
  policyVersion: '',
  schemaVersion: '',
  errorCode: null,
  rowsMax: null,
  intent: null,
  requestCount: 0,
  sourcePrefix: null,
  durationMicros: 0,
});

/** Refusals without a principal: nothing of the request is kept but why and from which network. */
export function makeRefusalEntry(
  { code, sourcePrefix, count }: { code: string; sourcePrefix: string; count: number },
  { policyVersion, now, requestId }: { policyVersion: string; now: Date; requestId: string },
): LogEntry {
  const fields: AccessRecordFields = {
    ...emptyRecord(now, requestId),
    policyVersion,
    outcome: 'REFUSED',
    errorCode: code,
    requestCount: count,
    sourcePrefix,
  };
  return toEntry(fields, randomBytes(saltBytes), null, null);
}

function toEntry(
  fields: AccessRecordFields,
  salt: Buffer,
  documentHash: string | null,
  documentText: string | null,
): LogEntry {
  return {
    leaf: canonicalBytes(fields).toString('base64'),
    salt: salt.toString('base64'),
    documentHash,
    documentText,
  };
}
