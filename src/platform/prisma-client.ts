/** The Prisma client behind the scoped door. */
import { PrismaPg } from '@prisma/adapter-pg';
import type { ScopedPool } from './database.ts';
import { Prisma, PrismaClient } from './prisma/client.ts';

type UniqueArguments = { where: Record<string, unknown> } & Record<string, unknown>;

/** `{ code_vintage: { code, vintage } }` to `{ code, vintage }`: findFirst knows no compound keys. */
function flattenCompoundKeys(where: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(where).flatMap(([key, value]) => {
      const isKey =
        typeof value === 'object' && value !== null && Object.keys(value).join('_') === key;
      return isKey ? Object.entries(value) : [[key, value]];
    }),
  );
}

interface FindsFirst {
  findFirst(args: UniqueArguments): Promise<unknown>;
  findFirstOrThrow(args: UniqueArguments): Promise<unknown>;
}

/**
 * Prisma batches `findUnique` of all requests in one tick under the context of whoever came first, so
 * one caller's rows would be read in another's scope. `findFirst` is never batched. Pothos uses
 * `findUnique` itself, which is why the client is changed and not only our own calls.
 */
function withoutSharedBatches(client: PrismaClient) {
  return client.$extends({
    name: 'without-shared-batches',
    model: {
      $allModels: {
        findUnique(args: UniqueArguments) {
          const model = Prisma.getExtensionContext(this) as unknown as FindsFirst;
          return model.findFirst({ ...args, where: flattenCompoundKeys(args.where) });
        },
        findUniqueOrThrow(args: UniqueArguments) {
          const model = Prisma.getExtensionContext(this) as unknown as FindsFirst;
          return model.findFirstOrThrow({ ...args, where: flattenCompoundKeys(args.where) });
        },
      },
    },
  });
}

/** How long an interactive transaction may take and wait for a connection. */
const transactionTimeoutMillis = 10_000;

export function createPrisma(pool: ScopedPool): PrismaClient {
  const client = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { timeout: transactionTimeoutMillis, maxWait: transactionTimeoutMillis },
    errorFormat: 'minimal',
  });
  return withoutSharedBatches(client) as unknown as PrismaClient;
}

export type Database = PrismaClient;
