/** The gateway as a process of its own, from the bundle, as it runs in production. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

const bundle = 'dist/main.js';

/** Builds the bundle unless it is newer than all it is made of: another test may be running it. */
export function ensureBuilt(): void {
  const changedAt = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' });
  const builtAt = changedAt(bundle);
  if (sources.every((file) => changedAt(path.join('src', file)) < builtAt)) return;
  const { status, stderr } = spawnSync('npm', ['run', '--silent', 'build'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

const started = new Set<ChildProcess>();

/** Ends whatever still runs, however a test ended. */
export function killStarted(): void {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
}

export interface Spawned {
  readonly child: ChildProcess;
  readonly exited: Promise<[number | null, string | null]>;
  /** What it has written to its error output so far. */
  complaints(): string;
}

export interface Running extends Spawned {
  readonly address: string;
}

export function spawnGateway(environment: Record<string, string>): Spawned {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [bundle], {
    env: { PATH, HOME, PORT: '0', LOG_LEVEL: 'fatal', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  child.once('exit', () => started.delete(child));
  const exited = once(child, 'exit') as Spawned['exited'];
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (chunk) => (complaints += String(chunk)));
  return { child, exited, complaints: () => complaints };
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command of the operator as cron runs it: with the owner's address and nothing else. */
export function startCommand(
  ownerAddress: string,
  words: readonly string[],
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['dist/cli.js', ...words], {
    env: { PATH, HOME, MIGRATION_DATABASE_URL: ownerAddress },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  child.once('exit', () => started.delete(child));
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk) => (said.out += String(chunk)));
  child.stderr.setEncoding('utf8').on('data', (chunk) => (said.err += String(chunk)));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
  return { child, ended };
}

/** Resolves once the address is printed: the gateway answers. */
export async function startProcess(environment: Record<string, string>): Promise<Running> {
  const spawned = spawnGateway(environment);
  const { stdout } = spawned.child;
  if (!stdout) throw new Error('The output of the gateway is not a pipe.');
  for await (const line of createInterface({ input: stdout })) {
    const address = /(http:\S+)\/graphql/.exec(line)?.[1];
    if (address) {
      stdout.resume();
      return { ...spawned, address };
    }
  }
  throw new Error(`The gateway did not start: ${spawned.complaints()}`);
}
