/** Keeps the logs: signs what has been recorded, holds what was signed against what it kept, and closes the gateway otherwise. */
import { setTimeout as wait } from 'node:timers/promises';
import type { KeyObject } from 'node:crypto';
import type { Logger } from 'pino';
import type { CallLog } from '../../platform/store.ts';
import { readCheckpoint } from './checkpoint.ts';
import { judge } from './judge.ts';
import { keptBase, readKept, writeKept, type KeptCheckpoint } from './kept.ts';
import { baseOf, logKinds, makeBase, originOf, type LogKind } from './origins.ts';
import { recordsPerStep, Signer, type Look } from './signer.ts';
import { rootAt, type ReadNode } from '../tree.ts';

/** How often it looks: every record is under a checkpoint well within two seconds. */
const lookMillis = 400;
/** Data stops when the oldest record without a checkpoint is older (X-Road does the same after 4 hours). */
export const unsignedSecondsMax = 60;

/** Why no data is given. */
export type Closure = 'AUDIT_UNAVAILABLE' | 'LOG_ROLLBACK';

export class LogOriginError extends Error {
  readonly code = 'LOG_ORIGIN_DIFFERS';
}

export interface KeeperOptions {
  readonly call: CallLog;
  readonly keys: readonly KeyObject[];
  /** Where checkpoints are kept, outside of the database. */
  readonly dataDirectory: string;
  /** What the logs' names begin with; null takes the database's, or makes one. */
  readonly base: string | null;
  /** Whether the folder is this database's alone: an empty one where a log was kept has lost it. */
  readonly ownsDirectory: boolean;
  /** Whether keys of this gateway that the log does not know are added to it. */
  readonly mayAddKeys: boolean;
  readonly logger: Logger;
}

export class LogKeeper {
  readonly #options: KeeperOptions;
  readonly #signer: Signer;
  readonly #kept = new Map<LogKind, KeptCheckpoint | null>();
  readonly #whyLost = new Map<LogKind, string>();
  readonly #judgedTiles = new Set<LogKind>();
  readonly #stopping = new AbortController();
  #base = '';
  #running: Promise<void> | null = null;
  /** Since when a record has waited for a checkpoint, on this process's clock; null when none does. */
  #unsignedSince: number | null = null;
  /** The tree in force, and the one in which a number was given a second time. */
  #epoch = 0;
  #goneBackIn: number | null = null;
  /** One more than the last record number that this gateway was given. */
  #next = 0n;
  #complaint = '';

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#signer = new Signer(options.call, options.keys);
  }

  /** Opens the logs and signs what is there; from then on it works by itself until it is stopped. */
  async start(): Promise<void> {
    await this.#open();
    await this.#lookOnce();
    this.#running = this.#lookOn();
  }

  /** Signs what is left, as far as it can. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#tryToLook();
  }

  /** Why no data is given now; null while the logs are in order. */
  get closure(): Closure | null {
    if (this.#isLost) return 'LOG_ROLLBACK';
    const waited = this.#unsignedSince === null ? 0 : performance.now() - this.#unsignedSince;
    return waited > unsignedSecondsMax * 1000 ? 'AUDIT_UNAVAILABLE' : null;
  }

  /** Hears of records that are durable. Throws where their numbers were given before: an older database. */
  noteAppended(first: bigint, count: number): void {
    this.#unsignedSince ??= performance.now();
    if (first < this.#next) {
      // What is kept may be older than what was lost, so no look heals this: a successor does.
      this.#goneBackIn ??= this.#epoch;
      this.#options.logger.fatal(
        { log: 'ACCESS', why: `record ${first} was given before` },
        'LOG_ROLLBACK',
      );
      throw new Error('The log has gone back.');
    }
    this.#next = first + BigInt(count);
  }

  async #open(): Promise<void> {
    const { base, ownsDirectory, dataDirectory } = this.#options;
    const known = base ?? (ownsDirectory ? keptBase(dataDirectory) : null);
    const opened = await this.#openOne('ACCESS', known ?? makeBase());
    this.#base = baseOf(opened);
    if (base !== null && this.#base !== base) {
      throw new LogOriginError(
        `The database's logs are named ${this.#base}; set LOG_ORIGIN to that, or leave it out.`,
      );
    }
    await this.#openOne('CHANGE', this.#base);
    for (const kind of logKinds) {
      this.#kept.set(kind, readKept(dataDirectory, originOf(this.#base, kind)));
    }
  }

  /** The origin in force. A second call brings our keys under the name that the database turned out to have. */
  async #openOne(kind: LogKind, base: string): Promise<string> {
    const open = async (origin: string) => {
      const vkeys = JSON.stringify(this.#signer.vkeysFor(origin));
      const args = [kind, origin, vkeys, this.#options.mayAddKeys] as const;
      return (await this.#options.call('open_log', ...args)) as {
        origin: string;
        vkeys: string[];
      };
    };
    const first = await open(originOf(base, kind));
    const { origin, vkeys } = await open(first.origin);
    const known = this.#signer.vkeysFor(origin).some((vkey) => vkeys.includes(vkey));
    if (!known) {
      this.#options.logger.warn(
        { log: origin },
        'this gateway has no key of the log: another one must sign, or add its key with "lienthong audit key"',
      );
    }
    return origin;
  }

  async #lookOn(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await wait(lookMillis, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await this.#tryToLook();
    }
  }

  /** A look that fails is tried again; while it does, the oldest record waits and the minute runs. */
  async #tryToLook(): Promise<void> {
    try {
      await this.#lookOnce();
      this.#complaint = '';
    } catch (error) {
      const complaint = (error as Error).message;
      if (complaint !== this.#complaint) this.#options.logger.error({ err: error }, 'log keeper');
      this.#complaint = complaint;
    }
  }

  async #lookOnce(): Promise<void> {
    for (let more = true; more;) {
      const beganAt = performance.now();
      const looks = await this.#signer.look(!this.#isLost);
      more = false;
      for (const look of looks) {
        if (!(await this.#goesOn(look))) continue;
        // Before it is signed: where signing fails, it is known how long the oldest has waited.
        if (look.kind === 'ACCESS') this.#noteWaiting(look, null, beganAt);
        const note = await this.#sign(look);
        if (note === null) continue;
        if (look.kind === 'ACCESS') this.#noteWaiting(look, note, beganAt);
        more ||= look.next - look.firstNumber - look.size > recordsPerStep;
      }
    }
  }

  get #isLost(): boolean {
    return this.#whyLost.size > 0 || this.#goneBackIn !== null;
  }

  /** Whether the log goes on from what was kept; if so, what it shows is kept from now on. */
  async #goesOn(look: Look): Promise<boolean> {
    const kept = this.#kept.get(look.kind) ?? null;
    const readNode = this.#signer.nodesOf(look.origin);
    const why = (await judge(look, kept, readNode)) ?? (await this.#judgeTiles(look, readNode));
    if (why !== null) {
      this.#lose(look.kind, why);
      return false;
    }
    if (this.#whyLost.delete(look.kind)) {
      this.#options.logger.warn({ log: look.origin }, 'the log is in order again');
    }
    if (look.note !== null && look.note !== kept?.note) this.#keep(look.kind, look.note);
    if (look.kind === 'ACCESS') this.#epoch = look.epoch;
    if (this.#goneBackIn !== null && this.#epoch > this.#goneBackIn) this.#goneBackIn = null;
    return true;
  }

  /** The new checkpoint; null when there was nothing to sign, or the log turned out to be lost. */
  async #sign(look: Look): Promise<string | null> {
    try {
      const note = await this.#signer.sign(look, readCheckpoint(look.note ?? '')?.root ?? null);
      if (note !== null) this.#keep(look.kind, note);
      return note;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#lose(look.kind, error.message);
      return null;
    }
  }

  /** Once after the start: whether the tiles lead to the newest checkpoint. Later, signing shows it. */
  async #judgeTiles({ kind, size, note }: Look, readNode: ReadNode): Promise<string | null> {
    const checkpoint = readCheckpoint(note ?? '');
    if (!checkpoint || this.#judgedTiles.has(kind)) return null;
    const root = await rootAt(size, readNode).catch((error: Error) => {
      if (error instanceof RangeError) return null;
      throw error;
    });
    if (!root?.equals(checkpoint.root)) return 'its tiles do not lead to its newest checkpoint';
    this.#judgedTiles.add(kind);
    return null;
  }

  /** After a look: what waits is what the database says, or what was appended since it was asked. */
  #noteWaiting(look: Look, note: string | null, beganAt: number): void {
    if (note === null && look.unsignedMillis !== null) {
      this.#unsignedSince = beganAt - look.unsignedMillis;
      return;
    }
    const size = note === null ? look.size : (readCheckpoint(note)?.size ?? 0n);
    this.#unsignedSince = this.#next > look.firstNumber + size ? beganAt : null;
  }

  #keep(kind: LogKind, note: string): void {
    const checkpoint = readCheckpoint(note);
    if (!checkpoint) return;
    writeKept(this.#options.dataDirectory, originOf(this.#base, kind), note);
    this.#kept.set(kind, { ...checkpoint, note });
  }

  #lose(kind: LogKind, why: string): void {
    if (this.#whyLost.get(kind) === why) return;
    this.#whyLost.set(kind, why);
    this.#options.logger.fatal({ log: kind, why }, 'LOG_ROLLBACK');
  }
}
