/** One request on its way through the stages. */
import type { AccessDraft } from '../audit/draft.ts';
import type { Ending, Outcome } from '../audit/record.ts';
import type { Principal } from '../identity/principal.ts';
import type { Language } from '../platform/errors.ts';
import type { OpenedExport } from '../platform/table-export.ts';

export interface Exchange {
  readonly request: Request;
  readonly draft: AccessDraft;
  readonly language: Language;
  /** The caller's address, for refusals of callers who are nobody we know. */
  readonly address: string;
  /** Set by the identity stage. */
  principal: Principal | null;
  /** Writes what is about to be changed to the access log; resolves once that is durable. */
  recordIntent: () => Promise<void>;
  /** Throws when what is being read for the caller may not be given to it any more; set by the identity stage. */
  assertStillGiven: () => Promise<void>;
  /** What follows the answer's head piece by piece; set by the stage that opens it. */
  stream: Stream | null;
  /** How the answer ended; a stage that answers otherwise than by ANSWERED says so. */
  outcome: Outcome;
  /** The HTTP status that the GraphQL result calls for; null for Yoga's own. */
  status: number | null;
}

/** A body that is written while it is read. It is recorded before its first byte and after its last. */
export interface Stream {
  readonly table: OpenedExport;
  /** Writes how it ended to the access log, and resolves with the record's number; set once it may begin. */
  recordEnd: ((ending: Pick<Ending, 'outcome' | 'body'>) => Promise<bigint>) | null;
  /** Ends it from outside, with an error that says why. */
  readonly ended: AbortSignal;
  /** Gives its place to another. */
  release(): void;
}

export type Next = () => Promise<Response>;
/** A stage answers, or lets the next one answer and looks at what it said. */
export type Stage = (exchange: Exchange, next: Next) => Promise<Response>;

/** Runs the stages in their order; the last one answers. */
export function runStages(stages: readonly Stage[], exchange: Exchange): Promise<Response> {
  const run = (i: number): Promise<Response> => {
    const stage = stages[i];
    if (!stage) throw new Error('No stage answered.');
    return stage(exchange, () => run(i + 1));
  };
  return run(0);
}
