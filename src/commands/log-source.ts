/** Where the audit commands read a log: from the running gateway as an auditor, or from the database itself. */
import { Option, type Command } from 'commander';
import { openLogReader } from '../audit/log/files.ts';
import { readConfig, type Config } from '../config.ts';
import {
  assertDatabase,
  openEmbeddedStore,
  openServerStore,
  type Store,
} from '../platform/store.ts';
import { StoreLockedError } from '../platform/lock.ts';
import { gatewayAddress, makeToken } from './running-gateway.ts';
import { UsageError } from './usage.ts';

export interface SourceOptions {
  readonly as?: string;
  readonly token?: string;
  readonly purpose: string;
  readonly url?: string;
  readonly epoch?: string;
}

/** Files of the logs by path; those of the change log stand below `changes/`. */
export interface LogSource {
  /** Null where there is no such file. */
  read(path: string): Promise<Buffer | null>;
  /** How many reads at once are of use. */
  readonly atOnce: number;
  close(): Promise<void>;
}

const auditor = 'audit-vn';

export function withSourceOptions(command: Command): Command {
  return command
    .option('--as <agency>', 'ask the running gateway as this demonstration agency')
    .option('--token <token>', 'ask the running gateway with an auditor’s token')
    .option('--purpose <code>', 'the purpose of asking', 'AUDIT')
    .option('--url <address>', 'where the gateway is; HOST and PORT when left out')
    .addOption(new Option('--epoch <n>', 'an earlier tree than the one in force'));
}

/**
 * With `--as`, `--token` or `--url` the running gateway, which records it. Else the database of the settings
 * as its operator, which no log records; an embedded one that a gateway is serving is asked through it.
 */
export async function openLogSource(options: SourceOptions): Promise<LogSource> {
  const epoch = epochOf(options);
  const ofGateway = async () => {
    const token = options.token ?? (await makeToken(options.as ?? auditor));
    const { url = gatewayAddress(), purpose } = options;
    return gatewaySource(url, token, { purpose, epoch });
  };
  if (options.as ?? options.token ?? options.url) return ofGateway();
  const config = readConfig();
  try {
    return databaseSource(await openStoreAsItIs(config), epoch);
  } catch (error) {
    if (!(error instanceof StoreLockedError) || !config.developmentIssuer) throw error;
    return ofGateway();
  }
}

function epochOf({ epoch }: SourceOptions): number | undefined {
  if (epoch === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(epoch)) throw new UsageError('--epoch takes a number from 1 on.', 2);
  return Number(epoch);
}

/** The logs of a running gateway, which records each read. */
export function gatewaySource(
  address: string,
  token: string,
  { purpose = 'AUDIT', epoch }: { purpose?: string; epoch?: number | undefined } = {},
): LogSource {
  const headers = { authorization: `Bearer ${token}`, 'purpose-of-use': purpose };
  const query = epoch === undefined ? '' : `?epoch=${epoch}`;
  return {
    atOnce: 8,
    async read(path) {
      const response = await fetch(`${address}/log/${path}${query}`, { headers }).catch(() => {
        throw new UsageError(`No gateway answers at ${address}; start it with "npm start".`, 2);
      });
      if (response.ok) return Buffer.from(await response.arrayBuffer());
      const body = (await response.json()) as { errors?: { message: string }[] };
      if (response.status === 404) return null;
      throw new UsageError(body.errors?.[0]?.message ?? `Status ${response.status}.`, 2);
    },
    close: async () => undefined,
  };
}

/** Neither loaded nor prepared: what is there is read. */
export async function openStoreAsItIs(config: Config): Promise<Store> {
  const { databaseUrl, logDatabaseUrl, dataDirectory } = config;
  if (databaseUrl && logDatabaseUrl) return openServerStore(databaseUrl, logDatabaseUrl);
  assertDatabase(dataDirectory);
  return openEmbeddedStore(dataDirectory, async () => undefined);
}

/** The logs of a database, for who operates it: what is read so is on no log. */
export function databaseSource(store: Store, epoch?: number): LogSource {
  const reader = openLogReader(store.gateway);
  return {
    atOnce: 1,
    async read(path) {
      const isChange = path.startsWith('changes/');
      const [kind, name] = isChange
        ? (['CHANGE', path.slice('changes/'.length)] as const)
        : (['ACCESS', path] as const);
      const file = await reader.read(kind, name, epoch);
      return file && Buffer.from(file.body);
    },
    async close() {
      await reader.close();
      await store.close();
    },
  };
}
