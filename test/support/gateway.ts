/** A gateway on a fresh, loaded database, asked over HTTP like any other. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import request from 'supertest';
import { inject } from 'vitest';
import { readConfig, type Config } from '../../src/config.ts';
import { signDevelopmentToken } from '../../src/identity/development.ts';
import {
  openEmbeddedStore,
  openServerStore,
  withOwner,
  type Store,
} from '../../src/platform/store.ts';
import { createLogger } from '../../src/platform/telemetry.ts';
import type { Role } from '../../src/policy/types.ts';
import { startGateway, type Gateway } from '../../src/server.ts';
import { embeddedDemonstration, serverDemonstration } from './demonstration.ts';
import { runSql } from './postgres.ts';

export type StoreKind = Store['kind'];
export const storeKinds: readonly StoreKind[] = ['EMBEDDED', 'SERVER'];

/**
 * For long tests of what is above the stores: a real server, and both with ALL_STORES=1, as .ci/run
 * sets it. What depends on the store itself is tested on both always.
 */
export const storeKindsAtLength: readonly StoreKind[] = process.env['ALL_STORES']
  ? storeKinds
  : ['SERVER'];

/** Demonstration agencies by role, with the purpose that they mainly ask for. */
export const mainPurpose: Readonly<Record<Role, string>> = {
  SI: 'SOCIAL_INSURANCE_ADMINISTRATION',
  LABOUR: 'LABOUR_SUPERVISION',
  UNION: 'WORKER_PROTECTION',
  PRESS: 'PUBLIC_INFORMATION',
  AUDITOR: 'AUDIT',
  STEWARD: 'STEWARDSHIP',
};

export function roleOf(agency: string): Role {
  const [kind] = agency.split('-');
  const byName: Readonly<Record<string, Role>> = {
    si: 'SI',
    labour: 'LABOUR',
    union: 'UNION',
    press: 'PRESS',
    audit: 'AUDITOR',
    steward: 'STEWARD',
  };
  const role = byName[kind ?? ''];
  if (!role) throw new Error(`No demonstration agency: ${agency}`);
  return role;
}

export interface AskOptions {
  readonly variables?: Record<string, unknown>;
  /** Null sends no header. */
  readonly purpose?: string | null;
  readonly headers?: Record<string, string>;
  readonly token?: string;
  /** Who acts; the agency's first post when left out. */
  readonly subject?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Record<string, string>;
  // Answers have the shape of their question; each test knows its own.
  readonly data: any;
  readonly errors: {
    message: string;
    path?: (string | number)[];
    extensions: { code: string } & Record<string, unknown>;
  }[];
  readonly text: string;
}

export interface TestGateway {
  readonly gateway: Gateway;
  readonly store: Store;
  readonly config: Config;
  readonly dataDirectory: string;
  /** Asks as a demonstration agency. */
  ask(agency: string, query: string, options?: AskOptions): Promise<Reply>;
  /** A token of the development issuer. */
  token(
    agency: string,
    options?: { purposes?: string[]; lifetime?: string; role?: Role; subject?: string },
  ): Promise<string>;
  /** Another gateway on the same database, which must be a server's; it is closed by itself. */
  openAnother(): Promise<TestGateway>;
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly kind?: StoreKind;
  /** Runs as the tables' owner before the gateway opens: marked rows, expired grants. */
  readonly prepare?: (owner: pg.Pool) => Promise<void>;
  readonly config?: Partial<Config>;
  /** With the synthetic demonstration data; without it when left out. */
  readonly demonstration?: boolean;
}

async function openStore(
  kind: StoreKind,
  dataDirectory: string,
  { prepare = async () => undefined, demonstration = false }: GatewayOptions,
): Promise<{ store: Store; drop: () => Promise<void>; another: () => Promise<Store> }> {
  if (kind === 'EMBEDDED') {
    const store = await openEmbeddedStore(dataDirectory, prepare);
    const another = () => Promise.reject(new Error('An embedded database has one gateway.'));
    return { store, drop: async () => undefined, another };
  }
  const admin = new URL(inject('postgresUrl'));
  const database = `lt_${randomBytes(6).toString('hex')}`;
  const template = demonstration
    ? await serverDemonstration(inject('demonstrationDirectory'), admin.href)
    : 'lienthong_template';
  await runSql(admin.href, `create database ${database} template ${template} owner lt_owner`);
  const urlOf = (login: string) => {
    const url = new URL(admin);
    url.username = login;
    url.pathname = `/${database}`;
    return url.href;
  };
  await withOwner(urlOf('lt_owner'), prepare);
  const another = () => openServerStore(urlOf('lt_gateway'), urlOf('lt_log'));
  const drop = () => runSql(admin.href, `drop database ${database} with (force)`);
  return { store: await another(), drop, another };
}

export async function openGateway(options: GatewayOptions = {}): Promise<TestGateway> {
  const { kind = 'EMBEDDED' } = options;
  const dataDirectory = mkdtempSync(path.join(tmpdir(), 'lienthong-test-'));
  const seed = inject('embeddedTemplate');
  const template =
    options.demonstration && kind === 'EMBEDDED'
      ? await embeddedDemonstration(inject('demonstrationDirectory'), seed)
      : seed;
  cpSync(template, dataDirectory, { recursive: true });
  const { store, drop, another } = await openStore(kind, dataDirectory, options);
  const config: Config = {
    ...readConfig({ PORT: '0', DATA_DIR: dataDirectory }),
    ...options.config,
  };
  const opened = await serve(store, config, dataDirectory);
  return {
    ...opened,
    openAnother: async () => serve(await another(), config, dataDirectory),
    async close() {
      await opened.close();
      await drop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** A gateway on an open store. */
async function serve(store: Store, config: Config, dataDirectory: string): Promise<TestGateway> {
  const gateway = await startGateway(config, store, createLogger('silent'));

  const token: TestGateway['token'] = (agency, { purposes, lifetime = '1h', role, subject } = {}) =>
    signDevelopmentToken(dataDirectory, {
      agencyId: agency,
      role: role ?? roleOf(agency),
      lifetime,
      audience: config.tokenAudience,
      subject,
      ...(purposes ? { purposes } : {}),
    });

  return {
    gateway,
    store,
    config,
    dataDirectory,
    token,
    async ask(agency, query, { variables, purpose, headers = {}, token: given, subject } = {}) {
      const bearer = given ?? (await token(agency, subject ? { subject } : {}));
      const named = purpose === undefined ? mainPurpose[roleOf(agency)] : purpose;
      const response = await request(gateway.server)
        .post('/graphql')
        .set('accept', 'application/graphql-response+json')
        .set('authorization', `Bearer ${bearer}`)
        .set({ ...(named ? { 'purpose-of-use': named } : {}), ...headers })
        .buffer(true)
        .parse((res, done) => {
          const chunks: Buffer[] = [];
          res.on('data', (chunk: Buffer) => chunks.push(chunk));
          res.on('end', () => done(null, Buffer.concat(chunks).toString('utf8')));
        })
        .send({ query, ...(variables ? { variables } : {}) });
      const text = response.body as string;
      const { data = null, errors = [] } = JSON.parse(text) as Partial<Reply>;
      return { status: response.status, headers: response.headers, data, errors, text };
    },
    openAnother: () => Promise.reject(new Error('Ask the first gateway.')),
    close: () => gateway.stop(),
  };
}
