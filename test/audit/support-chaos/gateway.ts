/** A gateway process that is killed and started again in its own data folder. */
import { once } from 'node:events';
import { startProcess, type Running } from '../../support/process.ts';

export class MortalGateway {
  readonly #environment: Record<string, string>;
  #running: Running | null = null;

  constructor(environment: Record<string, string>) {
    this.#environment = environment;
  }

  /** Null while it is down. */
  get address(): string | null {
    return this.#running?.address ?? null;
  }

  get pid(): number {
    return this.#running?.child.pid ?? Number.NaN;
  }

  get dataDirectory(): string {
    return this.#environment['DATA_DIR'] ?? '';
  }

  async start(): Promise<void> {
    this.#running = await startProcess(this.#environment);
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const running = this.#running;
    if (!running) return;
    if (signal === 'SIGKILL') this.#running = null;
    const { child } = running;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    this.#running = null;
  }

  pause(): void {
    this.#running?.child.kill('SIGSTOP');
  }

  resume(): void {
    this.#running?.child.kill('SIGCONT');
  }
}
