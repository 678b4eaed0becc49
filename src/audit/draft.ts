/** What is learnt of a request on its way, until it becomes one access record. */
import { randomUUID } from 'node:crypto';
import type { Principal } from '../identity/principal.ts';
import type { ErrorCode } from '../platform/errors.ts';

/** The columns of a row that the record speaks of; rows of reference tables have none. */
export interface MeteredRow {
  readonly id?: unknown;
  readonly contributorId?: unknown;
  readonly topic?: unknown;
  readonly areaId?: unknown;
  readonly confStatus?: unknown;
  /** Null on a row that tells a band instead of a small number of workers. */
  readonly workersAffected?: unknown;
  /** On a row that tells of one employer. */
  readonly employerId?: unknown;
  /** Stands in for the id of a row that is shown measure by measure. */
  readonly figureId?: unknown;
  /** On a figure of a release: which one, and from when on everybody may read it. */
  readonly releaseId?: unknown;
  readonly publishedAt?: unknown;
  /** On a computed figure: the rows that went into it. */
  readonly derivedFrom?: unknown;
}

/** Why a cell holds no value, in the record's words. */
export type WithheldReason = 'SUPPRESSED' | 'BANDED';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

export class AccessDraft {
  readonly requestId: string = randomUUID();
  readonly #startedAt = process.hrtime.bigint();
  readonly #rows = new Map<string, Map<string, Set<unknown>>>();
  readonly #withheld = new Map<WithheldReason, Set<unknown>>();
  readonly #streamed = new Map<string, number>();
  readonly #streamedWithheld = new Map<WithheldReason, number>();
  /** Topics of the root fields asked, whether or not rows came of them. */
  readonly asked = new Set<string>();
  /** Topics of the rows given. */
  readonly topics = new Set<string>();
  readonly areas = new Set<string>();
  /** Employers that rows of the answer are about. */
  readonly employers = new Set<string>();
  /** Releases of which figures were read before their instant, by accredited access. */
  readonly early = new Set<string>();
  principal: Principal | null = null;
  /** The caller's own reference to the case it works on. */
  caseReference: string | null = null;
  operationName: string | null = null;
  operationType: string | null = null;
  /** The document with literals replaced; null when there was none that parses. */
  document: string | null = null;
  /** In their canonical form (RFC 8785); null when there were none. */
  variables: string | null = null;
  schemaVersion = '';
  errorCode: ErrorCode | null = null;

  /** One row left in the answer; the same row twice counts once. */
  given(typeName: string, row: MeteredRow): void {
    // A confidential cell left without its value; the insider's own row keeps it and is no loss.
    const key = row.id ?? row.figureId ?? row;
    if (row.confStatus === 'C') this.#withhold('SUPPRESSED', key);
    if (row.workersAffected === null) this.#withhold('BANDED', key);
    this.#noteEmployer(typeName, row);
    const provider = text(row.contributorId);
    const byProvider = this.#rows.get(typeName) ?? new Map<string, Set<unknown>>();
    const ids = byProvider.get(provider) ?? new Set<unknown>();
    this.#rows.set(typeName, byProvider.set(provider, ids.add(key)));
    this.#notePlace(row);
  }

  /**
   * The same of a row of a stream, which has each row once: its id is not kept, so that memory stays flat. Employers
   * are kept, for a file must not say less of whom it told than an answer.
   */
  streamed(typeName: string, row: MeteredRow): void {
    if (row.confStatus === 'C') add(this.#streamedWithheld, 'SUPPRESSED');
    if (row.workersAffected === null) add(this.#streamedWithheld, 'BANDED');
    this.#noteEmployer(typeName, row);
    add(this.#streamed, `${typeName}\n${text(row.contributorId)}`);
    this.#notePlace(row);
  }

  #noteEmployer(typeName: string, row: MeteredRow): void {
    const employer = text(typeName === 'Employer' ? row.id : row.employerId);
    if (employer) this.employers.add(employer);
  }

  #notePlace(row: MeteredRow): void {
    if (text(row.topic)) this.topics.add(text(row.topic));
    if (text(row.areaId)) this.areas.add(text(row.areaId));
    this.#noteEarly(row);
  }

  /** A number computed from an early figure was read early too. */
  #noteEarly({ releaseId, publishedAt, derivedFrom }: MeteredRow): void {
    const instant = this.principal?.scope.instant;
    const isEarly = instant && publishedAt instanceof Date && publishedAt > new Date(instant);
    if (isEarly && text(releaseId)) this.early.add(text(releaseId));
    if (Array.isArray(derivedFrom)) {
      for (const input of derivedFrom as MeteredRow[]) this.#noteEarly(input);
    }
  }

  /** The answer did not leave after all, and why. */
  nothingGiven(code: ErrorCode): void {
    this.#rows.clear();
    this.#withheld.clear();
    this.#streamed.clear();
    this.#streamedWithheld.clear();
    this.topics.clear();
    this.areas.clear();
    this.employers.clear();
    this.errorCode = code;
  }

  #withhold(reason: WithheldReason, id: unknown): void {
    this.#withheld.set(reason, (this.#withheld.get(reason) ?? new Set()).add(id));
  }

  /** A request is answered at once or as a stream, never both. */
  get rows(): { type: string; provider: string; rows: number }[] {
    const whole = [...this.#rows].flatMap(([type, byProvider]) =>
      [...byProvider].map(([provider, ids]) => ({ type, provider, rows: ids.size })),
    );
    const streamed = [...this.#streamed].map(([key, rows]) => {
      const [type = '', provider = ''] = key.split('\n');
      return { type, provider, rows };
    });
    return [...whole, ...streamed];
  }

  get withheld(): { reason: string; cells: number }[] {
    const whole = [...this.#withheld].map(([reason, ids]) => ({ reason, cells: ids.size }));
    const streamed = [...this.#streamedWithheld].map(([reason, cells]) => ({ reason, cells }));
    return [...whole, ...streamed];
  }

  get durationMicros(): number {
    return Number((process.hrtime.bigint() - this.#startedAt) / 1000n);
  }
}
