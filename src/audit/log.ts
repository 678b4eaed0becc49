/** Appends access records in groups: the next group is written as soon as the last one is durable. */
import type { LogEntry } from './record.ts';

/** Runs the append as the log writer; resolves once it is durable. */
export type Append = (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>;

const groupMax = 500;
/** An answer that waits longer than this for its record is not given. */
const waitMillisMax = 10_000;

interface Waiting {
  readonly entry: LogEntry;
  readonly resolve: (number: bigint) => void;
  readonly reject: (error: Error) => void;
}

export class AccessLog {
  readonly #append: Append;
  #queue: Waiting[] = [];
  #writing: Promise<void> | null = null;

  constructor(append: Append) {
    this.#append = append;
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

  /** A group that fails is tried again one by one, so that one bad record costs one answer. */
  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const first = await this.#write(group.map(({ entry }) => entry));
      group.forEach(({ resolve }, i) => resolve(first + BigInt(i)));
    } catch (error) {
      if (group.length === 1) return group[0]?.reject(error as Error);
      for (const waiting of group) await this.#writeGroup([waiting]);
    }
  }

  async #write(entries: readonly LogEntry[]): Promise<bigint> {
    const { rows } = await this.#append('select append_access_records($1::jsonb)::text as first', [
      JSON.stringify(entries),
    ]);
    return BigInt((rows as { first: string }[])[0]?.first ?? '');
  }
}
