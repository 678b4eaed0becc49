/** The Prisma client behind the scoped door. */
import { PrismaPg } from '@prisma/adapter-pg';
import type { ScopedPool } from './database.ts';
import { Prisma, PrismaClient } from './prisma/client.ts';
import { currentScope, type Scope } from './scope.ts';

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

/** Prisma's own loader: internal, so the version of Prisma is exact and test/door.test.ts holds it. */
interface Loader {
  readonly options: object;
  request(request: unknown): Promise<unknown>;
}

/**
 * The same is true of the queries of `$transaction([])`, which no extension reaches. So each scope
 * gets a loader of its own; a request has one scope, and its loader goes with it.
 */
function withLoaderPerScope(client: PrismaClient): PrismaClient {
  const { _requestHandler: handler } = client as unknown as {
    _requestHandler: { dataloader: Loader };
  };
  const { options, constructor } = handler.dataloader;
  const OwnLoader = constructor as new (options: object) => Loader;
  const loaders = new WeakMap<Scope, Loader>();
  handler.dataloader = {
    options,
    async request(request) {
      const scope = currentScope();
      const loader = loaders.get(scope) ?? new OwnLoader(options);
      loaders.set(scope, loader);
      return loader.request(request);
    },
  };
  return client;
}

/** How long an interactive transaction may take and wait for a connection. */
const transactionTimeoutMillis = 10_000;

export function createPrisma(pool: ScopedPool): PrismaClient {
  const client = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { timeout: transactionTimeoutMillis, maxWait: transactionTimeoutMillis },
    errorFormat: 'minimal',
  });
  return withoutSharedBatches(withLoaderPerScope(client)) as unknown as PrismaClient;
}

export type Database = PrismaClient;
