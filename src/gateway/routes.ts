/** The addresses beside /graphql: liveness, readiness and the caller's own contract. */
import type { Closure } from '../audit/log/keeper.ts';
import type { Store } from '../platform/store.ts';
import { nobody, withScope } from '../platform/scope.ts';
import type { Schemas } from '../schema.ts';
import type { Stage } from './exchange.ts';

const plain = (status: number, text: string) =>
  new Response(`${text}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });

/** Whether the process answers at all. */
export const healthz = (): Response => plain(200, 'ok');

const readinessTimeoutMillis = 2_000;

/** Whether it can do its work: the log is in order, the database answers, and it is not stopping. */
export async function readyz(
  store: Store,
  stopping: boolean,
  closure: Closure | null,
): Promise<Response> {
  if (stopping) return plain(503, 'stopping');
  if (closure) return plain(503, closure);
  const ask = withScope(nobody, () => store.gateway.query('select 1'));
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('late')), readinessTimeoutMillis).unref();
  });
  try {
    await Promise.race([ask, late]);
    return plain(200, 'ready');
  } catch {
    return plain(503, 'database unavailable');
  }
}

/** The caller's own contract as SDL. */
export function showSchema(schemas: Schemas): Stage {
  return async ({ draft, principal }) => {
    if (!principal) throw new Error('The schema is shown to a principal only.');
    const { sdl, version } = schemas.byRole[principal.role];
    draft.schemaVersion = version;
    draft.operationType = 'schema';
    return new Response(sdl, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
  };
}
