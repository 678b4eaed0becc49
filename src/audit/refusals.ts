/** Refusals of callers who are nobody we know: counted, so that a flood cannot turn the log off. */
import { randomUUID } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { AccessLog } from './access-log.ts';
import { makeRefusalEntry } from './record.ts';

/** Kinds of refusal by source that get records of their own in one minute; the rest share one. */
const kindsPerMinuteMax = 60;
const minuteMillis = 60_000;

/** The network of an address: /24 for IPv4, /48 for IPv6. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (isIPv6(plain)) {
    const groups = plain.split('::')[0]?.split(':').slice(0, 3) ?? [];
    return `${groups.map((group) => group || '0').join(':')}::/48`;
  }
  return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
}

interface Tally {
  readonly code: string;
  readonly sourcePrefix: string;
  count: number;
}

/**
 * The first refusal of a kind in a minute is recorded before it is answered; those that follow are
 * counted and recorded together when the minute ends.
 */
export class RefusalCounter {
  readonly #log: AccessLog;
  readonly #policyVersion: string;
  #tallies = new Map<string, Tally>();
  readonly #timer: NodeJS.Timeout;

  constructor(log: AccessLog, policyVersion: string, onError: (error: Error) => void) {
    this.#log = log;
    this.#policyVersion = policyVersion;
    this.#timer = setInterval(() => void this.flush().catch(onError), minuteMillis);
    this.#timer.unref();
  }

  /** The number of the record that holds the refusal; null when it is only counted so far. */
  async count(code: string, address: string, requestId: string): Promise<bigint | null> {
    const crowded = this.#tallies.size >= kindsPerMinuteMax;
    const network = networkOf(address);
    const known = this.#tallies.has(`${code} ${network}`);
    const [kind, sourcePrefix] = crowded && !known ? ['MANY', '*'] : [code, network];
    const key = `${kind} ${sourcePrefix}`;
    const tally = this.#tallies.get(key);
    if (tally) {
      tally.count += 1;
      return null;
    }
    const first = { code: kind, sourcePrefix, count: 0 };
    this.#tallies.set(key, first);
    try {
      return await this.#write({ ...first, count: 1 }, requestId);
    } catch (error) {
      // The next one is the first, unless others were counted meanwhile.
      if (first.count === 0) this.#tallies.delete(key);
      throw error;
    }
  }

  /** Records what was only counted. */
  async flush(): Promise<void> {
    const counted = [...this.#tallies].filter(([, { count }]) => count > 0);
    this.#tallies = new Map();
    await Promise.all(counted.map(([key, tally]) => this.#writeOrKeep(key, tally)));
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  /** What cannot be recorded now is recorded with the next minute's. */
  async #writeOrKeep(key: string, tally: Tally): Promise<void> {
    try {
      await this.#write(tally, randomUUID());
    } catch (error) {
      const kept = this.#tallies.get(key) ?? { ...tally, count: 0 };
      kept.count += tally.count;
      this.#tallies.set(key, kept);
      throw error;
    }
  }

  #write(tally: Tally, requestId: string): Promise<bigint> {
    const about = { policyVersion: this.#policyVersion, now: new Date(), requestId };
    return this.#log.append(makeRefusalEntry(tally, about));
  }
}
