/** Appends access records in groups: the next group is written as soon as the last one is durable. */
import type { CallLog } from '../platform/store.ts';
import type { LogEntry } from './record.ts';

const groupMax = 500;
/** An answer that waits longer than this for its record is not given. */
const waitMillisMax = 10_000;

interface Waiting {
  readonly entry: LogEntry;
  readonly resolve: (number: bigint) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Whether the entries themselves may be at fault, so that trying each alone can help: bad data, a check
 * that failed, a limit of the program. A lost connection or a timeout meets them all alike.
 */
function isAboutEntries(error: unknown): boolean {
  const { code = '' } = error as { code?: string };
  return /^(22|23|54|LT|P0)/.test(code);
}

export interface AccessLogOptions {
  /** Hears of each group once it is durable; what it throws, the group's answers meet. */
  readonly onAppended?: (first: bigint, count: number) => void;
}

export class AccessLog {
  readonly #call: CallLog;
  readonly #onAppended: (first: bigint, count: number) => void;
  #queue: Waiting[] = [];
  #writing: Promise<void> | null = null;

  constructor(call: CallLog, { onAppended = () => undefined }: AccessLogOptions = {}) {
    this.#call = call;
    this.#onAppended = onAppended;
  }

  /** The record's number, once it is durable. Rejects when it could not be written. */
  async append(entry: LogEntry): Promise<bigint> {
    const written = new Promise<bigint>((resolve, reject) => {
      this.#queue.push({ entry, resolve, reject });
    });
    this.#writing ??= this.#drain();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error('The access record took too long.')),
        waitMillisMax,
      );
    });
    try {
      return await Promise.race([written, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves when nothing waits any more. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0, groupMax);
      await this.#writeGroup(group);
    }
    this.#writing = null;
  }

  /** A group that holds a bad record is tried again one by one, so that it costs one answer. */
  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const first = await this.#write(group.map(({ entry }) => entry));
      group.forEach(({ resolve }, i) => resolve(first + BigInt(i)));
    } catch (error) {
      if (group.length === 1 || !isAboutEntries(error)) {
        for (const { reject } of group) reject(error as Error);
        return;
      }
      for (const waiting of group) await this.#writeGroup([waiting]);
    }
  }

  async #write(entries: readonly LogEntry[]): Promise<bigint> {
    const first = BigInt(
      String(await this.#call('append_access_records', JSON.stringify(entries))),
    );
    this.#onAppended(first, entries.length);
    return first;
  }
}
