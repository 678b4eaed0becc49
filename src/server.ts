/** The path of a request, one line a stage, and the server around it. */
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServerAdapter } from '@whatwg-node/server';
import type { Logger } from 'pino';
import { AccessDraft } from './audit/draft.ts';
import { LogKeeper } from './audit/log/keeper.ts';
import { signingKeys } from './audit/log/keys.ts';
import { AccessLog } from './audit/access-log.ts';
import { RefusalCounter } from './audit/refusals.ts';
import type { Config } from './config.ts';
import { refuse } from './gateway/answers.ts';
import { runStages, type Exchange, type Stage } from './gateway/exchange.ts';
import { isExportPath, RunningExports, sendStream, serveExport } from './gateway/export.ts';
import { createGraphQL, executeGraphQL, graphqlPath } from './gateway/graphql.ts';
import { isLogPath, serveLog } from './gateway/log-routes.ts';
import { healthz, readyz, showSchema } from './gateway/routes.ts';
import {
  Admission,
  answerErrors,
  holdWhileLogIsClosed,
  identifyCaller,
  logRequest,
  recordAccess,
} from './gateway/stages.ts';
import { listIssuers } from './identity/data.ts';
import { developmentKeys } from './identity/development.ts';
import { createIssuerKeys } from './identity/issuers.ts';
import { Background } from './platform/background.ts';
import { languageOf } from './platform/errors.ts';
import { createPrisma } from './platform/prisma-client.ts';
import type { Store } from './platform/store.ts';
import { buildSchemas } from './schema.ts';

export interface Gateway {
  readonly server: Server;
  readonly address: string;
  /** Finishes the answers under way, flushes the records and closes the store. */
  stop(): Promise<void>;
}

interface Peer {
  req?: { socket: { remoteAddress?: string } };
  res?: ServerResponse;
}

export async function startGateway(config: Config, store: Store, logger: Logger): Promise<Gateway> {
  const schemas = buildSchemas();
  const db = createPrisma(store.gateway);
  const keeper = new LogKeeper({
    call: store.callLog,
    keys: signingKeys(config.logSigningKeys, config.dataDirectory),
    dataDirectory: config.dataDirectory,
    base: config.logOrigin,
    ownsDirectory: store.kind === 'EMBEDDED',
    mayAddKeys: !config.production,
    logger,
  });
  await keeper.start();
  const log = new AccessLog(store.callLog, {
    onAppended: (first, count) => keeper.noteAppended(first, count),
  });
  const refusals = new RefusalCounter(log, schemas.policyVersion, (err) => logger.error({ err }));
  const admission = new Admission();
  const exports = new RunningExports();
  const background = new Background(logger);
  const issuers = createIssuerKeys({
    list: () => listIssuers(store.gateway),
    developmentKeys: config.developmentIssuer ? developmentKeys(config.dataDirectory) : null,
  });
  const yoga = createGraphQL({
    schemas,
    db,
    background,
    logger,
    corsOrigins: config.corsOrigins,
    explorer: !config.production,
  });

  const path: readonly Stage[] = [
    logRequest(logger),
    holdWhileLogIsClosed(keeper),
    recordAccess(log, refusals, schemas.policyVersion, logger),
    answerErrors(logger),
    admission.stage,
    identifyCaller(issuers, store.gateway, config.tokenAudience),
  ];
  const operation = [...path, executeGraphQL(yoga, schemas)];
  const contract = [...path, showSchema(schemas)];
  const logs = [...path, serveLog(db)];
  const tables = [...path, serveExport({ schemas, db, background, running: exports })];

  const route = (exchange: Exchange): Promise<Response> | Response => {
    const { request } = exchange;
    // A target or Host header that makes no address; the server would answer it with a stack.
    if (!URL.canParse(request.url)) return refuse(exchange, { code: 'NOT_FOUND', parameters: {} });
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/healthz') return healthz();
    if (pathname === '/readyz') return readyz(store, admission.stopping, keeper.closure);
    if (pathname === '/schema' && request.method === 'GET') return runStages(contract, exchange);
    if (isExportPath(pathname) && request.method === 'GET') return runStages(tables, exchange);
    if (isLogPath(pathname) && request.method === 'GET') return runStages(logs, exchange);
    if (pathname !== graphqlPath) return refuse(exchange, { code: 'NOT_FOUND', parameters: {} });
    // Neither a preflight nor the page of the explorer is an operation or tells of data.
    const page = request.method === 'GET' && !searchParams.has('query') && wantsPage(request);
    const preflight = request.method === 'OPTIONS' && config.corsOrigins.length > 0;
    if (preflight || (page && !config.production)) {
      return yoga.fetch(request, { exchange });
    }
    return runStages(operation, exchange);
  };

  const adapter = createServerAdapter<Peer>(async (request, peer) => {
    const exchange: Exchange = {
      request,
      draft: new AccessDraft(),
      language: languageOf(request.headers.get('accept-language')),
      address: peer.req?.socket.remoteAddress ?? '',
      principal: null,
      recordIntent: () => Promise.reject(new Error('The request passed no stage that records.')),
      assertStillGiven: () => Promise.reject(new Error('The request passed no identity.')),
      stream: null,
      outcome: 'ANSWERED',
      status: null,
    };
    const response = await route(exchange);
    const { stream } = exchange;
    try {
      // What follows a head that was recorded; the adapter then finds the answer ended.
      if (stream?.recordEnd && peer.res) {
        await sendStream(exchange, stream, response, peer.res, { keeper, logger });
      }
    } finally {
      stream?.release();
    }
    return response;
  });
  const server = createServer((req, res) => void adapter(req, res));
  // Until the last byte of an answer has left, and not only until it was made.
  const underWay = new Set<ServerResponse>();
  server.on('request', (_req, res) => {
    underWay.add(res);
    res.once('close', () => underWay.delete(res));
  });
  await listen(server, config);
  return {
    server,
    address: addressOf(server, config),
    async stop() {
      const drained = admission.stop();
      exports.stop();
      server.close();
      server.closeIdleConnections();
      await drained;
      while (underWay.size > 0) {
        await Promise.all([...underWay].map((res) => once(res, 'close')));
      }
      server.closeAllConnections();
      await background.stop();
      await refusals.stop();
      await log.flush();
      await keeper.stop();
      await db.$disconnect();
      await store.close();
    },
  };
}

function wantsPage(request: Request): boolean {
  return (request.headers.get('accept') ?? '').includes('text/html');
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

function addressOf(server: Server, { host }: Config): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
}
