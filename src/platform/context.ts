/** What every resolver gets of its request. */
import type { AccessDraft } from '../audit/draft.ts';
import type { Principal } from '../identity/principal.ts';
import type { Contract } from '../policy/contract.ts';
import type { Background } from './background.ts';
import type { Language } from './errors.ts';
import type { Database } from './prisma-client.ts';

export interface Context {
  readonly principal: Principal;
  readonly draft: AccessDraft;
  readonly db: Database;
  readonly language: Language;
  /** The schemas and the policy that they were built from; they do not exist yet where types are defined. */
  readonly contract: Contract;
  /** For work that goes on after the answer. */
  readonly background: Background;
  /** Values that live as long as the request, such as loaders; see `perRequest`. */
  readonly memory: Map<symbol, unknown>;
}

/** What reading the database takes: of a request, or of a command. */
export type Reader = Pick<Context, 'db'>;

/** A value made at most once a request: nothing loaded for one caller is kept for another. */
export function perRequest<T>(
  name: string,
  make: (context: Context) => T,
): (context: Context) => T {
  const key = Symbol(name);
  return (context) => {
    if (!context.memory.has(key)) context.memory.set(key, make(context));
    return context.memory.get(key) as T;
  };
}

/** Who acts, as the change log names it. */
export const actorOf = ({ principal }: Pick<Context, 'principal'>): string =>
  `${principal.agency.id}/${principal.subject}`;
