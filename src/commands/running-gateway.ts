/** Asking the running gateway as a demonstration agency: tokens of the development issuer over HTTP. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { readConfig, type Config } from '../config.ts';
import { developmentKeyFile, signDevelopmentToken } from '../identity/development.ts';
import { seedDirectory } from '../platform/paths.ts';
import type { Role } from '../policy/types.ts';
import { UsageError } from './usage.ts';

export const defaultLifetime = '1h';

interface AgencyRow {
  readonly id: string;
  readonly role: Role;
}

export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string }[];
}

export interface Question {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  /** The agency's main purpose when left out. */
  readonly purpose?: string | undefined;
  readonly language: string;
  /** Who acts; the agency's first post when left out. */
  readonly subject?: string | undefined;
}

/** Where HOST and PORT say that the gateway is. */
export function gatewayAddress(): string {
  const { host, port } = readConfig();
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
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

export interface TokenWishes {
  readonly purpose?: string | undefined;
  readonly lifetime?: string;
  readonly subject?: string | undefined;
  /** Where the development issuer's key is; the settings' data folder when left out. */
  readonly directory?: string;
}

export async function makeToken(
  agencyId: string,
  { purpose, lifetime = defaultLifetime, subject, directory }: TokenWishes = {},
): Promise<string> {
  const settings = readConfig();
  const config = directory ? { ...settings, dataDirectory: directory } : settings;
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
    subject,
    ...(purpose ? { purposes: [purpose] } : {}),
  });
}

async function post(url: string, headers: Record<string, string>, body: object): Promise<Answer> {
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

/** Without a purpose of its own: the main purpose of the agency's first effective grant. */
async function mainPurpose(url: string, headers: Record<string, string>): Promise<string | null> {
  const { data } = await post(url, headers, { query: '{ viewer { purposes } }' });
  const viewer = data?.['viewer'] as { purposes: string[] } | undefined;
  return viewer?.purposes[0] ?? null;
}

export async function askAs(agencyId: string, url: string, question: Question): Promise<Answer> {
  return askWith(await makeToken(agencyId, { subject: question.subject }), url, question);
}

/** The same with a token of any issuer. */
export async function askWith(
  token: string,
  url: string,
  { query, variables = {}, ...asked }: Question,
): Promise<Answer> {
  return post(url, await headersOf(token, url, asked), { query, variables });
}

/** Who asks, for what and in which language. */
export async function headersOf(
  token: string,
  url: string,
  { purpose, language }: Pick<Question, 'purpose' | 'language'>,
): Promise<Record<string, string>> {
  const caller = { authorization: `Bearer ${token}`, 'accept-language': language };
  const chosen = purpose ?? (await mainPurpose(url, caller));
  return { ...caller, ...(chosen ? { 'purpose-of-use': chosen } : {}) };
}

/** A JSON object that an option takes; an empty one when it is left out. */
export function parseObject(option: string, text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Falls through: the next step is the same.
  }
  throw new UsageError(`${option} takes a JSON object, such as '{"period":"2022"}'.`);
}
