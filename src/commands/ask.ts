/** `token` and `query`: asking the running gateway as a demonstration agency. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { parse } from 'csv-parse/sync';
import { readConfig, type Config } from '../config.ts';
import { developmentKeyFile, signDevelopmentToken } from '../identity/development.ts';
import { seedDirectory } from '../platform/paths.ts';
import type { Role } from '../policy/types.ts';
import { UsageError } from './usage.ts';

const defaultLifetime = '1h';

interface AgencyRow {
  readonly id: string;
  readonly role: Role;
}

function demonstrationAgency(id: string): AgencyRow {
  const text = readFileSync(path.join(seedDirectory, 'agencies.csv'), 'utf8');
  const rows: AgencyRow[] = parse(text, { columns: true, bom: true });
  const agency = rows.find((row) => row.id === id);
  if (!agency) {
    const known = rows.map((row) => row.id).join(', ');
    throw new UsageError(`There is no demonstration agency "${id}"; choose one of: ${known}.`);
  }
  return agency;
}

/** Tokens of the development issuer exist only where the gateway would accept them. */
function assertDevelopment(config: Config): void {
  if (!config.developmentIssuer) {
    throw new UsageError(
      'The development issuer works only with HOST on loopback and without DATABASE_URL; ask your agency’s own issuer for a token.',
    );
  }
  if (!existsSync(developmentKeyFile(config.dataDirectory))) {
    throw new UsageError(
      `There is no key of the development issuer in ${config.dataDirectory}; start the gateway once with "npm start", or set DATA_DIR to its folder.`,
    );
  }
}

async function makeToken(agencyId: string, purpose: string | undefined, lifetime: string) {
  const config = readConfig();
  assertDevelopment(config);
  if (!/^\d+ ?[smhd]?$/.test(lifetime)) {
    throw new UsageError(`The lifetime "${lifetime}" is not one; write 90s, 30m or 1h.`);
  }
  const { id, role } = demonstrationAgency(agencyId);
  return signDevelopmentToken(config.dataDirectory, {
    agencyId: id,
    role,
    lifetime: /^\d+$/.test(lifetime) ? `${lifetime}s` : lifetime,
    audience: config.tokenAudience,
    ...(purpose ? { purposes: [purpose] } : {}),
  });
}

export function tokenCommand(): Command {
  return new Command('token')
    .description('Print a token of the development issuer for a demonstration agency.')
    .argument('<agency>', 'such as press-vn')
    .option('--purpose <code>', 'narrow the token to this purpose')
    .option('--ttl <time>', 'how long it holds, such as 90s or 1h (24h at most)', defaultLifetime)
    .action(async (agency: string, options: { purpose?: string; ttl: string }) => {
      process.stdout.write(`${await makeToken(agency, options.purpose, options.ttl)}\n`);
    });
}

interface QueryOptions {
  readonly as: string;
  readonly purpose?: string;
  readonly variables?: string;
  readonly lang: string;
  readonly url?: string;
}

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly unknown[];
}

function parseVariables(text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Falls through: the next step is the same.
  }
  throw new UsageError('--variables takes a JSON object, such as \'{"period":"2022"}\'.');
}

async function ask(
  url: string,
  headers: Record<string, string>,
  body: { query: string; variables?: Record<string, unknown> },
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...headers,
    },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new UsageError(`No gateway answers at ${url}; start it with "npm start".`);
  });
  return (await response.json()) as Answer;
}

/** Without --purpose: the main purpose of the agency's first effective grant. */
async function mainPurpose(url: string, headers: Record<string, string>): Promise<string | null> {
  const { data } = await ask(url, headers, { query: '{ viewer { purposes } }' });
  const viewer = data?.['viewer'] as { purposes: string[] } | undefined;
  return viewer?.purposes[0] ?? null;
}

export function queryCommand(): Command {
  return new Command('query')
    .description('Ask the running gateway as a demonstration agency and print the answer as JSON.')
    .argument('<query>', 'a GraphQL document')
    .requiredOption('--as <agency>', 'such as press-vn')
    .option('--purpose <code>', 'the purpose; the agency’s main one when left out')
    .option('--variables <json>', 'the document’s variables')
    .option('--lang <language>', 'en or vi: the language of reasons and errors', 'en')
    .option('--url <address>', 'where the gateway is; HOST and PORT when left out')
    .action(async (query: string, options: QueryOptions) => {
      const variables = parseVariables(options.variables);
      const { host, port } = readConfig();
      const url = options.url ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
      const token = await makeToken(options.as, undefined, defaultLifetime);
      const base = { authorization: `Bearer ${token}`, 'accept-language': options.lang };
      const purpose = options.purpose ?? (await mainPurpose(url, base));
      const headers = { ...base, ...(purpose ? { 'purpose-of-use': purpose } : {}) };
      const answer = await ask(url, headers, { query, variables });
      process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
      if (answer.errors?.length) process.exitCode = 1;
    });
}
