/**
 * What the access log costs: the gateway as it is beside one whose records are written but not awaited,
 * and one that signs nothing, in turns on one PostgreSQL. Not a test; about ten minutes:
 *
 *     npx esbuild test/bench/access-log.bench.ts --bundle --packages=external --format=esm \
 *       --platform=node --outfile=node_modules/.cache/access-log-bench.mjs
 *     node node_modules/.cache/access-log-bench.mjs [all|steady|saturated] [rounds] [seconds]
 *
 * Where other work shares the machine, `chrt -r 5 node ...` keeps that out of the figures.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/config.ts';
import { openServerStore, type CallLog } from '../../src/platform/store.ts';
import { createLogger } from '../../src/platform/telemetry.ts';
import { startGateway } from '../../src/server.ts';
import { makeDatabase } from '../audit/support-chaos/database.ts';
import { ask } from '../audit/support-chaos/load.ts';
import { viewerQuestion, type Tokens } from '../audit/support-chaos/questions.ts';
import { startPostgres } from '../support/postgres.ts';
import { prepareServer } from '../support/template.ts';

const self = process.argv[1] ?? '';
const [mode = 'all', ...args] = process.argv.slice(2);

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

// ---------------------------------------------------------------- the gateway, in one of three variants

const variants = ['awaited', 'not awaited', 'not signed'] as const;
type Variant = (typeof variants)[number];

/** Answers with a made-up number at once; groups are written one after the other, as the log does. */
function withoutWaiting(call: CallLog): CallLog {
  const waiting: string[] = [];
  let isWriting = false;
  let next = 0;
  const write = async (name: string) => {
    isWriting = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0);
      const entries = group.map((text) => text.slice(1, -1)).join(',');
      // Nobody waits for it, so that nobody hears of a group that failed either.
      await call(name, `[${entries}]`).catch(() => undefined);
    }
    isWriting = false;
  };
  return async (name, ...rest) => {
    if (name !== 'append_access_records') return call(name, ...rest);
    const entries = String(rest[0]);
    const first = next;
    next += 1 + (entries.match(/\},\{/g)?.length ?? 0);
    waiting.push(entries);
    if (!isWriting) void write(name);
    return first;
  };
}

/** Looks without ever taking the work, and says that nothing waits for it. */
function withoutSigning(call: CallLog): CallLog {
  return async (name, ...rest) => {
    if (name !== 'look_at_logs') return call(name, ...rest);
    const [signer = '', , most = 0] = rest;
    const looks = (await call(name, signer, false, most)) as object[];
    return looks.map((look) => ({ ...look, unsignedMillis: null }));
  };
}

const wrap: Readonly<Record<Variant, (call: CallLog) => CallLog>> = {
  awaited: (call) => call,
  'not awaited': withoutWaiting,
  'not signed': withoutSigning,
};

async function serve(variant: Variant): Promise<void> {
  const config = readConfig();
  const store = await openServerStore(config.databaseUrl ?? '', config.logDatabaseUrl ?? '');
  const callLog = wrap[variant](store.callLog);
  const gateway = await startGateway(config, { ...store, callLog }, createLogger('fatal'));
  process.on('SIGTERM', () => void gateway.stop().then(() => process.exit(0)));
  say(gateway.address);
}

// ---------------------------------------------------------------- the callers, in a process of their own

interface LoadReport {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
  /** What one that failed was told. */
  readonly reason: string;
}

interface LoadOrder {
  readonly address: string;
  readonly tokens: Tokens;
  readonly seconds: number;
  /** So many questions a second, whether or not those before are answered; else as fast as it goes. */
  readonly perSecond: number | null;
  readonly connections: number;
}

/** Asked and not counted: what has just been started or woken is slow at first. */
const leadInMillis = 2_000;

async function drive(order: LoadOrder): Promise<LoadReport> {
  const { address, tokens, seconds, perSecond, connections } = order;
  const agent = new Agent({
    keepAlive: true,
    maxSockets: connections,
    // None is idle for so long that the gateway closes it just when it is used again.
    scheduling: 'fifo',
  });
  const question = viewerQuestion(tokens);
  const millis: number[] = [];
  let [failed, reason] = [0, ''];
  const start = performance.now();
  const [from, end] = [start + leadInMillis, start + leadInMillis + seconds * 1000];
  const askAt = async (since: number) => {
    const { status, body } = await ask(address, question, agent);
    if (status !== 200) [failed, reason] = [failed + 1, body];
    else if (since >= from) millis.push(performance.now() - since);
  };
  if (perSecond === null) {
    const caller = async () => {
      while (performance.now() < end) await askAt(performance.now());
    };
    await Promise.all(Array.from({ length: connections }, caller));
  } else {
    const asked: Promise<void>[] = [];
    // Each counts from the moment it was due, so that a late start counts too.
    for (let due = start; due < end; due += 1000 / perSecond) {
      const early = due - performance.now();
      if (early > 0) await sleep(early);
      asked.push(askAt(due));
    }
    await Promise.all(asked);
  }
  const took = (performance.now() - from) / 1000;
  agent.destroy();
  const sorted = millis.sort((a, b) => a - b);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { perSecond: sorted.length / took, p50: at(0.5), p99: at(0.99), failed, reason };
}

// ---------------------------------------------------------------- all of it

const processes = new Set<ChildProcess>();

function start(env: Record<string, string>, ...words: string[]): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [self, ...words], {
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  processes.add(child);
  child.once('exit', () => processes.delete(child));
  return child;
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The output is not a pipe.');
  const [line] = (await once(createInterface({ input: stdout }), 'line')) as [string];
  return line;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

interface Contender {
  readonly variant: Variant;
  readonly child: ChildProcess;
  readonly address: string;
  readonly tokens: Tokens;
}

const settleMillis = 1_000;

/** The others stand still meanwhile. */
async function measure(
  { child, address, tokens }: Contender,
  order: Pick<LoadOrder, 'seconds' | 'perSecond' | 'connections'>,
): Promise<LoadReport> {
  child.kill('SIGCONT');
  try {
    const text = JSON.stringify({ address, tokens, ...order });
    const report = JSON.parse(await firstLine(start({}, 'load', text))) as LoadReport;
    if (report.failed > 0) throw new Error(`${report.failed} failed: ${report.reason}`);
    return report;
  } finally {
    // What is still being written is not cut.
    await sleep(settleMillis);
    child.kill('SIGSTOP');
  }
}

async function compare(
  title: string,
  contenders: readonly Contender[],
  rounds: number,
  order: Pick<LoadOrder, 'seconds' | 'perSecond' | 'connections'>,
): Promise<void> {
  const reports = new Map<Variant, LoadReport[]>(variants.map((variant) => [variant, []]));
  for (let round = 0; round < rounds; round += 1) {
    // Each is first in its turn.
    for (let i = 0; i < contenders.length; i += 1) {
      const contender = contenders[(i + round) % contenders.length]!;
      reports.get(contender.variant)?.push(await measure(contender, order));
    }
  }
  say(title);
  const of = (variant: Variant, figure: Exclude<keyof LoadReport, 'reason'>) =>
    median((reports.get(variant) ?? []).map((report) => report[figure]));
  for (const variant of variants) {
    const rates = (reports.get(variant) ?? []).map(({ perSecond }) => perSecond.toFixed(0));
    const [p50, p99] = [of(variant, 'p50').toFixed(1), of(variant, 'p99').toFixed(1)];
    say(
      `  ${variant.padEnd(12)} ${of(variant, 'perSecond').toFixed(0)} a second (${rates.join(', ')}), ` +
        `p50 ${p50} ms, p99 ${p99} ms`,
    );
  }
  const added = of('awaited', 'p99') - of('not awaited', 'p99');
  const kept = (variant: Variant) => (100 * of('awaited', 'perSecond')) / of(variant, 'perSecond');
  say(
    `  awaiting the record: p99 ${added.toFixed(1)} ms more, ${kept('not awaited').toFixed(1)} % of the ` +
      `throughput; signing: ${kept('not signed').toFixed(1)} %`,
  );
}

async function runAll(what: string, rounds: number, seconds: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'access-log-bench-'));
  const postgres = await startPostgres();
  const cleanUp = async () => {
    for (const child of processes) child.kill('SIGKILL');
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
  }
  try {
    await prepareServer(postgres, 'loaded');
    const contenders: Contender[] = [];
    for (const [i, variant] of variants.entries()) {
      const data = path.join(folder, `${i}`);
      mkdirSync(data);
      const { environment, tokens } = await makeDatabase(postgres.adminUrl(), data, 'loaded');
      const child = start({ ...environment, DATA_DIR: data, PORT: '0' }, 'gateway', variant);
      contenders.push({ variant, child, address: await firstLine(child), tokens });
    }
    for (const contender of contenders) {
      await measure(contender, { seconds: 5, perSecond: null, connections: 16 });
    }
    const open = { seconds, perSecond: 50, connections: 64 };
    if (what !== 'saturated') {
      await compare(`50 questions a second, ${seconds} s`, contenders, rounds, open);
    }
    for (const connections of what === 'steady' ? [] : [16, 48]) {
      const order = { seconds: seconds / 2, perSecond: null, connections };
      await compare(`as fast as ${connections} connections go`, contenders, rounds, order);
    }
  } finally {
    await cleanUp();
  }
}

if (mode === 'gateway') await serve(args[0] as Variant);
else if (mode === 'load') say(JSON.stringify(await drive(JSON.parse(args[0] ?? '') as LoadOrder)));
else await runAll(mode, Number(args[0] ?? 5), Number(args[1] ?? 20));
