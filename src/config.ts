/** The settings: the only reader of process.env. Parsed, checked, frozen. */
import path from 'node:path';
import { z } from 'zod';

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://');

/** Texts separated by commas; none when empty. */
const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').map((item) => item.trim()))
  .transform((items) => items.filter(Boolean));

const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: postgresUrl.optional(),
  LOG_DATABASE_URL: postgresUrl.optional(),
  MIGRATION_DATABASE_URL: postgresUrl.optional(),
  CORS_ORIGINS: list.pipe(z.array(z.url('must be a list of origins, separated by commas'))),
  LOG_ORIGIN: z
    .string()
    .regex(/^[^\s+\p{Z}\p{Cc}]{1,200}$/u, 'must be a name such as log.example.vn/lienthong')
    .optional(),
  LOG_SIGNING_KEYS: list,
  TOKEN_AUDIENCE: z.string().min(1).default('lienthong'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ALLOW_EMBEDDED_DATABASE: z.stringbool().default(false),
  NODE_ENV: z.string().default('development'),
});

export type Config = Readonly<{
  port: number;
  host: string;
  dataDirectory: string;
  /** Null: the embedded database in the data folder. */
  databaseUrl: string | null;
  logDatabaseUrl: string | null;
  migrationDatabaseUrl: string | null;
  corsOrigins: readonly string[];
  tokenAudience: string;
  /** What the names of the logs begin with; null takes the database's. */
  logOrigin: string | null;
  /** PEM files; empty for the key of the data folder. */
  logSigningKeys: readonly string[];
  logLevel: string;
  allowEmbeddedDatabase: boolean;
  production: boolean;
  /** The development issuer is accepted only here: loopback, and no database server. */
  developmentIssuer: boolean;
}>;

export class ConfigError extends Error {}

const loopbackHosts = new Set(['127.0.0.1', '::1', 'localhost']);

/** Reads the settings; throws a ConfigError that names each variable at fault. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const present = Object.entries(environment).filter(([, value]) => value !== '');
  const parsed = settings.safeParse(Object.fromEntries(present));
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`Set these variables right and start again.\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  return Object.freeze({
    port: env.PORT,
    host: env.HOST,
    dataDirectory: path.resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL ?? null,
    logDatabaseUrl: env.LOG_DATABASE_URL ?? env.DATABASE_URL ?? null,
    migrationDatabaseUrl: env.MIGRATION_DATABASE_URL ?? null,
    corsOrigins: Object.freeze(env.CORS_ORIGINS),
    tokenAudience: env.TOKEN_AUDIENCE,
    logOrigin: env.LOG_ORIGIN ?? null,
    logSigningKeys: Object.freeze(env.LOG_SIGNING_KEYS.map((file) => path.resolve(file))),
    logLevel: env.LOG_LEVEL,
    allowEmbeddedDatabase: env.ALLOW_EMBEDDED_DATABASE,
    production: env.NODE_ENV === 'production',
    developmentIssuer: !env.DATABASE_URL && loopbackHosts.has(env.HOST),
  });
}
