/** What a request may see, in the form that the database's row policies read. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** The keys are those of the policies' SQL; see the policies migration. */
export interface Scope {
  /** One now for the whole answer, read from the database clock. */
  readonly instant: string;
  readonly agency: string | null;
  /** Who acts, by which program and in which request, for the change log; null for work of our own. */
  readonly subject: string | null;
  readonly application: string | null;
  readonly request: string | null;
  /** The topic whose releases the gateway itself protects or attacks in this scope; no token sets it. */
  readonly engine: string | null;
  /** Topics of effective, selected grants with a territory. */
  readonly topics: readonly string[];
  /** Topics whose published rows may be read. */
  readonly published: readonly string[];
  /** Topics whose internal rows may be read everywhere. */
  readonly national: readonly string[];
  /** `TOPIC|area id` of provinces that are wholly in scope. */
  readonly provinces: readonly string[];
  /** `TOPIC|area id` of other areas in scope. */
  readonly areas: readonly string[];
  /** `TOPIC|area id`, or `TOPIC|*` for the country: where rows count to which the agency is a party. */
  readonly parties: readonly string[];
}

/** A scope of its own: it reaches no row, where a missing scope is an error. */
export const nobody: Scope = Object.freeze({
  instant: '1970-01-01T00:00:00Z',
  agency: null,
  subject: null,
  application: null,
  request: null,
  engine: null,
  topics: [],
  published: [],
  national: [],
  provinces: [],
  areas: [],
  parties: [],
});

/** Whether internal rows of a topic about an area are in reach, as the database decides it row by row. */
export const reachesInside = (
  { national, provinces, areas }: Scope,
  topic: string,
  area: { readonly id: string; readonly provinceId: string | null },
): boolean =>
  national.includes(topic) ||
  areas.includes(`${topic}|${area.id}`) ||
  (area.provinceId !== null && provinces.includes(`${topic}|${area.provinceId}`));

interface Work {
  readonly scope: Scope;
  beganAt: number;
}

const storage = new AsyncLocalStorage<Work>();

/** Runs the work with the scope; all queries in it carry the scope to the database. */
export function withScope<T>(scope: Scope, work: () => T): T {
  return storage.run({ scope, beganAt: performance.now() }, work);
}

export class NoScopeError extends Error {
  readonly code = 'NO_SCOPE';
  constructor() {
    super('NO_SCOPE: a query reached the database outside withScope().');
  }
}

function currentWork(): Work {
  const work = storage.getStore();
  if (!work) throw new NoScopeError();
  return work;
}

export const currentScope = (): Scope => currentWork().scope;

/** For work in parts, of which each has the time of one request; `secondsSpent` counts from now on. */
export function renewTime(): void {
  currentWork().beganAt = performance.now();
}

/** Since the work of this scope began. */
export const secondsSpent = (): number => (performance.now() - currentWork().beganAt) / 1000;
