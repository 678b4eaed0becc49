/** A gateway on the made-up store of contribution debt, asked over HTTP, and what it and its database spend. */
import { readFileSync, readdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { readConfig } from '../../src/config.ts';
import { ensureDevelopmentKey, signDevelopmentToken } from '../../src/identity/development.ts';
import { openServerStore } from '../../src/platform/store.ts';
import { createLogger } from '../../src/platform/telemetry.ts';
import { startGateway } from '../../src/server.ts';
import { database } from './debt-table.ts';

export const loginUrl = (adminUrl: string, login: string): string => {
  const url = new URL(adminUrl);
  url.username = login;
  url.pathname = `/${database}`;
  return url.href;
};

export interface Spent {
  readonly wall: number;
  /** Seconds of processors: of this process with its threads, and of the database's processes. */
  readonly gateway: number;
  readonly postgres: number;
}

export interface DebtGateway {
  /** As the login of the gateway, to explain what it asks. */
  readonly client: pg.Client;
  /** As the superuser, whom no policy concerns. */
  readonly owner: pg.Client;
  ask(agency: string, query: string): Promise<Record<string, any>>;
  spending<T>(work: () => Promise<T>): Promise<[T, Spent]>;
  close(): Promise<void>;
}

/** Fields of a process by proc(5), counted from its state. */
const statOf = (pid: string): string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
};
const ticksASecond = 100;

/** Of the first process with its children that have ended, and of those that run. */
function postgresSeconds(postmaster: string): number {
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = statOf(pid);
      if (pid === postmaster)
        ticks += [11, 12, 13, 14].reduce((sum, i) => sum + Number(stat[i]), 0);
      else if (stat[1] === postmaster) ticks += Number(stat[11]) + Number(stat[12]);
    } catch {
      // It has ended meanwhile.
    }
  }
  return ticks / ticksASecond;
}

export async function openDebtGateway(adminUrl: string): Promise<DebtGateway> {
  const home = mkdtempSync(path.join(tmpdir(), 'debt-bench-'));
  await ensureDevelopmentKey(home);
  const config = readConfig({ PORT: '0', DATA_DIR: home });
  const store = await openServerStore(
    loginUrl(adminUrl, 'lt_gateway'),
    loginUrl(adminUrl, 'lt_log'),
  );
  const gateway = await startGateway(config, store, createLogger('silent'));
  const client = new pg.Client({ connectionString: loginUrl(adminUrl, 'lt_gateway') });
  const owner = new pg.Client({ connectionString: loginUrl(adminUrl, 'postgres') });
  await client.connect();
  await owner.connect();
  const { rows } = await owner.query<{ pid: number }>('select pg_backend_pid() as pid');
  const postmaster = statOf(String(rows[0]!.pid))[1]!;
  return {
    client,
    owner,
    async ask(agency, query) {
      const token = await signDevelopmentToken(home, {
        agencyId: agency,
        role: 'SI',
        lifetime: '1h',
        audience: config.tokenAudience,
        subject: undefined,
      });
      const response = await fetch(`${gateway.address}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          'purpose-of-use': 'SOCIAL_INSURANCE_ADMINISTRATION',
        },
        body: JSON.stringify({ query }),
      });
      const { data, errors } = (await response.json()) as {
        data: Record<string, any>;
        errors?: unknown;
      };
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },
    async spending(work) {
      const [began, cpu, postgres] = [
        performance.now(),
        process.cpuUsage(),
        postgresSeconds(postmaster),
      ];
      const answer = await work();
      const { user, system } = process.cpuUsage(cpu);
      return [
        answer,
        {
          wall: (performance.now() - began) / 1000,
          gateway: (user + system) / 1e6,
          postgres: postgresSeconds(postmaster) - postgres,
        },
      ];
    },
    async close() {
      await client.end();
      await owner.end();
      await gateway.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export const told = ({ wall, gateway, postgres }: Spent): string =>
  `${wall.toFixed(2)} s (processor: gateway ${gateway.toFixed(2)} s, database ${postgres.toFixed(2)} s)`;
