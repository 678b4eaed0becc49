/** One transaction for several statements of a request: all of them happen, or none does. */
import type { Context } from './context.ts';
import { operationTimeoutSeconds } from './database.ts';
import type { Database } from './prisma-client.ts';

const inside = new WeakSet<Context>();

/** What was loaded before may be outdated by what is locked or written since, so that nothing is remembered. */
export const withoutMemory = (context: Context): Context => {
  const fresh = { ...context, memory: new Map() };
  if (inside.has(context)) inside.add(fresh);
  return fresh;
};

/**
 * Runs the work with a context whose queries share one transaction, the one that is open already where one is. The
 * work must ask by that context alone: on the embedded database any other query waits for the end.
 */
export async function inTransaction<T>(
  context: Context,
  work: (inner: Context) => Promise<T>,
): Promise<T> {
  if (inside.has(context)) return work(context);
  return context.db.$transaction(
    async (tx) => {
      const inner = { ...withoutMemory(context), db: tx as unknown as Database };
      inside.add(inner);
      return work(inner);
    },
    { timeout: operationTimeoutSeconds * 1000 },
  );
}
