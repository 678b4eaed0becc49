/** The one door to the data: every query runs in a transaction that carries its scope. */
import { setImmediate } from 'node:timers/promises';
import pg from 'pg';
import { currentScope, secondsSpent, type Scope } from './scope.ts';

/** How long one statement may take. */
export const statementTimeoutSeconds = 10;
/** How long all statements of one request may take together, waiting included. */
export const operationTimeoutSeconds = 20;

export const gatewayRole = 'lienthong_gateway';
export const logWriterRole = 'lienthong_log_writer';

type QueryArguments = [config: pg.QueryConfig | string, values?: unknown[]];
type Callback = (err: Error | undefined, result?: pg.QueryResult) => void;
type ConnectCallback = (
  err: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: boolean | Error) => void,
) => void;

/** SET LOCAL, and not set_config(), because an isolation level may still be chosen after it. */
function prelude(role: string, scope: Scope | null): string {
  const statements = [
    'BEGIN',
    `SET LOCAL ROLE ${role}`,
    `SET LOCAL statement_timeout = '${statementTimeoutSeconds}s'`,
  ];
  if (scope)
    statements.push(`SET LOCAL lienthong.scope = ${pg.escapeLiteral(JSON.stringify(scope))}`);
  return statements.join('; ');
}

/** How long a call of the log may take, waiting for its turn included. */
const logTimeoutSeconds = 5;

export type LogArgument = string | number | bigint | boolean | null;

const literal = (value: LogArgument) => (value === null ? 'null' : pg.escapeLiteral(String(value)));

/**
 * One call of a function as the log writer, as one message and one round trip: a client that is stopped
 * in the middle of it can't hold the log's lock. Durable when it returns, whatever the server's default is.
 */
export async function callAsLogWriter(
  client: pg.ClientBase,
  name: string,
  args: readonly LogArgument[],
): Promise<unknown> {
  const statements = [
    'BEGIN',
    `SET LOCAL ROLE ${logWriterRole}`,
    `SET LOCAL statement_timeout = '${logTimeoutSeconds}s'`,
    'SET LOCAL synchronous_commit = on',
    `SELECT ${name}(${args.map(literal).join(', ')}) AS answer`,
    'COMMIT',
  ];
  try {
    const results = (await client.query(statements.join('; '))) as unknown as pg.QueryResult[];
    assertCommitted('COMMIT', results.at(-1) ?? emptyResult('none'));
    return (results.at(-2)?.rows as { answer: unknown }[] | undefined)?.[0]?.answer;
  } catch (error) {
    // A connection that is to be destroyed may never answer again; one that can't roll back is lost too.
    if (!isConnectionFailure(error as Error)) await client.query('ROLLBACK').catch(() => null);
    throw error;
  }
}

const emptyResult = (command: string): pg.QueryResult => ({
  command,
  rowCount: null,
  oid: 0,
  fields: [],
  rows: [],
});

const opens = /^\s*(begin|start\s+transaction)\b/i;
const closes = /^\s*(commit|end|rollback|abort)\s*(transaction|work)?\s*;?\s*$/i;

/** PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error. */
function assertCommitted(asked: string, result: pg.QueryResult): void {
  if (/^\s*(commit|end)/i.test(asked) && result.command !== 'COMMIT') {
    throw new Error('The transaction was rolled back instead of committed.');
  }
}

/**
 * A checked-out client that lets no statement run outside a scoped transaction: single statements get
 * one of their own, and a BEGIN by the caller carries the scope from its first moment.
 */
export class ScopedClient {
  readonly #client: pg.PoolClient;
  readonly #prelude: string;
  #inTransaction = false;

  constructor(client: pg.PoolClient, role: string, scope: Scope | null) {
    this.#client = client;
    this.#prelude = prelude(role, scope);
  }

  query(
    ...args: [...QueryArguments] | [...QueryArguments, Callback]
  ): Promise<pg.QueryResult> | undefined {
    const last = args.at(-1);
    if (typeof last !== 'function') return this.#run(...(args as QueryArguments));
    const callback = last;
    this.#run(...(args.slice(0, -1) as QueryArguments)).then(
      (result) => callback(undefined, result),
      (error: Error) => callback(error),
    );
    return undefined;
  }

  async #run(...[config, values]: QueryArguments): Promise<pg.QueryResult> {
    const text = typeof config === 'string' ? config : config.text;
    if (opens.test(text)) {
      if (this.#inTransaction) throw new Error('A transaction is already open on this client.');
      this.#inTransaction = true;
      await this.#client.query(this.#prelude);
      return emptyResult('BEGIN');
    }
    if (closes.test(text)) {
      if (!this.#inTransaction) return emptyResult('ROLLBACK');
      this.#inTransaction = false;
      const result = await this.#client.query(text);
      assertCommitted(text, result);
      return result;
    }
    if (this.#inTransaction) return this.#client.query(config as string, values);
    return this.#runAlone(config, values);
  }

  async #runAlone(...[config, values]: QueryArguments): Promise<pg.QueryResult> {
    await this.#client.query(this.#prelude);
    try {
      const result = await this.#client.query(config as string, values);
      assertCommitted('COMMIT', await this.#client.query('COMMIT'));
      return result;
    } catch (error) {
      // A connection that cannot roll back is lost, and destroyed on release; the cause matters more.
      await this.#client.query('ROLLBACK').catch(() => null);
      throw error;
    }
  }

  /** An open transaction is rolled back first, so that nothing of it reaches the next borrower. */
  release = (failure?: boolean | Error): void => {
    if (!this.#inTransaction) return this.#client.release(isConnectionFailure(failure));
    this.#inTransaction = false;
    this.#client.query('ROLLBACK').then(
      () => this.#client.release(),
      (error: Error) => this.#client.release(error),
    );
  };

  on = (...args: Parameters<pg.PoolClient['on']>) => this.#client.on(...args);
  once = (...args: Parameters<pg.PoolClient['once']>) => this.#client.once(...args);
  removeListener = (...args: Parameters<pg.PoolClient['removeListener']>) =>
    this.#client.removeListener(...args);
}

/**
 * Whether the client must be destroyed. A statement that failed was rolled back and leaves a good
 * connection, but one that was cancelled may have its cancellation hit the next statement.
 */
export function isConnectionFailure(failure: boolean | Error | undefined): boolean | Error {
  if (typeof failure !== 'object') return failure ?? false;
  const code = (failure as { code?: string }).code;
  const statementFailed = /^[0-9A-Z]{5}$/.test(code ?? '') && !/^(08|57)/.test(code ?? '');
  return statementFailed ? false : failure;
}

/** As PostgreSQL says it of a single statement, so that the caller is told the same. */
function assertTimeLeft(): void {
  if (secondsSpent() < operationTimeoutSeconds) return;
  const error = new pg.DatabaseError('The request has used up its time.', 0, 'error');
  throw Object.assign(error, { code: '57014', severity: 'ERROR' });
}

/** A pool whose clients are all bound to the scope of whoever checks them out. */
export class ScopedPool extends pg.Pool {
  protected readonly role: string = gatewayRole;

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | void {
    const client = this.#checkout();
    if (!callback) return client;
    client.then(
      (scoped) => callback(undefined, scoped, scoped.release.bind(scoped)),
      (error: Error) => callback(error, undefined, () => undefined),
    );
  }

  async #checkout(): Promise<pg.PoolClient> {
    const scope = currentScope();
    // The embedded database works on this thread: other requests get their turn between statements.
    if (this.options.max === 1) await setImmediate();
    const client = await super.connect();
    try {
      assertTimeLeft();
    } catch (error) {
      client.release();
      throw error;
    }
    return new ScopedClient(client, this.role, scope) as unknown as pg.PoolClient;
  }

  /** For work of our own on the embedded store, whose one connection this pool holds. */
  async connectAs(role: string): Promise<pg.PoolClient> {
    return new ScopedClient(await this.connectBare(), role, null) as unknown as pg.PoolClient;
  }

  /** Without a role and a scope: for the log's own door, which brings its own. */
  connectBare(): Promise<pg.PoolClient> {
    return super.connect();
  }
}

/**
 * The same door for commands of the operator, as the login itself: the tables' owner, whom no row policy binds. The scope
 * is for the change log. No gateway opens one.
 */
export class OwnerPool extends ScopedPool {
  protected override readonly role = 'none';
}
