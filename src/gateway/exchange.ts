/** One request on its way through the stages. */
import type { AccessDraft } from '../audit/draft.ts';
import type { Outcome } from '../audit/record.ts';
import type { Principal } from '../identity/principal.ts';
import type { Language } from '../platform/errors.ts';

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
  /** How the answer ended; a stage that answers otherwise than by ANSWERED says so. */
  outcome: Outcome;
  /** The HTTP status that the GraphQL result calls for; null for Yoga's own. */
  status: number | null;
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
