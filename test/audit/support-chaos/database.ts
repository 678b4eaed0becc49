/** A loaded database on a server, with what gateway processes and their callers need for it. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { runSql } from '../../support/postgres.ts';
import { registerIssuer } from './issuer.ts';
import { roles, type Tokens } from './questions.ts';

export interface ServerDatabase {
  /** The superuser's address of it. */
  readonly adminUrl: string;
  /** The settings of a gateway, but for its data folder. */
  readonly environment: { readonly DATABASE_URL: string; readonly LOG_DATABASE_URL: string };
  readonly tokens: Tokens;
  /** As the superuser, on a connection of its own. */
  readonly sql: <Row>(text: string) => Promise<Row[]>;
  readonly drop: () => Promise<void>;
}

/** Copies a loaded database of the server whose superuser's address is given; keys stand in the folder. */
export async function makeDatabase(
  adminUrl: string,
  folder: string,
  template = 'lienthong_template',
): Promise<ServerDatabase> {
  const name = `lt_${randomBytes(6).toString('hex')}`;
  await runSql(adminUrl, `create database ${name} template ${template} owner lt_owner`);
  const urlOf = (login?: string) => {
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    if (login) url.username = login;
    return url.href;
  };
  const tokens = await registerIssuer(urlOf(), folder, roles);
  return {
    adminUrl: urlOf(),
    environment: { DATABASE_URL: urlOf('lt_gateway'), LOG_DATABASE_URL: urlOf('lt_log') },
    tokens,
    sql: async <Row>(text: string) => {
      const client = new pg.Client({ connectionString: urlOf() });
      // A server that fails in the middle fails the statement, which says so.
      client.on('error', () => undefined);
      try {
        await client.connect();
        return (await client.query(text)).rows as Row[];
      } finally {
        await client.end();
      }
    },
    drop: () => runSql(adminUrl, `drop database ${name} with (force)`),
  };
}
