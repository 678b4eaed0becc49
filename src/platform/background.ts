/** Work that goes on after its answer has left, and ends with the gateway. */
import type { Logger } from 'pino';

export class Background {
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Starts the work; the promise resolves when it ends, well or badly. The signal says that the gateway stops. */
  start(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const ended = work(this.#stopping.signal).catch((error: Error) => {
      this.#logger.error({ err: error }, 'background work failed');
    });
    this.#running.add(ended);
    void ended.finally(() => this.#running.delete(ended));
    return ended;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running);
  }
}
