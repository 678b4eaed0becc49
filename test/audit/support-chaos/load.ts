/** Callers that ask without end, whatever happens to the gateways, and keep every answer. */
import { EventEmitter } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import type { MortalGateway } from './gateway.ts';

export interface Question {
  readonly path: string;
  readonly token?: string;
  readonly purpose?: string;
  /** A GraphQL document; without one it is a GET. */
  readonly query?: string;
  /** The caller's address on the loopback interface. */
  readonly from?: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** The record's number; empty when the answer names none. */
  readonly number: string;
  readonly requestId: string;
}

/** Rejects when the connection breaks before the answer is whole. */
export function ask(address: string, question: Question, agent?: Agent): Promise<Answer> {
  const { path, token, purpose, query, from } = question;
  const { port } = new URL(address);
  return new Promise((resolve, reject) => {
    const read = async (res: IncomingMessage) => {
      const body = await text(res);
      if (!res.complete) throw new Error('The answer is not whole.');
      const header = (name: string) => String(res.headers[name] ?? '');
      const [number, requestId] = [header('access-record'), header('request-id')];
      return { status: res.statusCode ?? 0, body, number, requestId };
    };
    const req = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: query === undefined ? 'GET' : 'POST',
        agent: agent ?? false,
        ...(from ? { localAddress: from } : {}),
        headers: {
          'content-type': 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(purpose ? { 'purpose-of-use': purpose } : {}),
        },
      },
      (res) => void read(res).then(resolve, reject),
    );
    req.once('error', reject);
    req.end(query === undefined ? undefined : JSON.stringify({ query }));
  });
}

export interface LoadOptions {
  readonly gateways: readonly MortalGateway[];
  readonly connections: number;
  /** The nth question of the run. */
  readonly questionOf: (nth: number) => Question;
}

/** After an answer that was no data, as a caller should. */
const retryMillis = 20;
const timeoutMillis = 90_000;

interface Heard {
  readonly gateway: MortalGateway;
  readonly askedAt: number;
  readonly answer: Answer;
  readonly question: Question;
}

export class Load {
  readonly #options: LoadOptions;
  readonly #heard = new EventEmitter<{ answer: [Heard] }>().setMaxListeners(0);
  readonly #stopping = new AbortController();
  readonly #callers: Promise<void>[];
  #asked = 0;
  /** All of status 200, with their questions. */
  readonly answered: Heard[] = [];
  readonly refused: Heard[] = [];

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#callers = Array.from({ length: options.connections }, (_, i) => this.#askOn(i));
  }

  /** All answers that were received so far and name a record. */
  get recorded(): Answer[] {
    return [...this.answered, ...this.refused]
      .map(({ answer }) => answer)
      .filter(({ number }) => number !== '');
  }

  /** So many more answers of status 200, asked after this call, from one gateway or from any. */
  async more(count: number, from?: MortalGateway): Promise<void> {
    await this.#until(count, (heard) => heard.answer.status === 200, from);
  }

  /** The next refusal that is the gateway's own fault; with this code when one is named. */
  async refusal(code = ''): Promise<void> {
    await this.#until(1, ({ answer }) => answer.status >= 500 && answer.body.includes(code));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#callers);
  }

  #until(count: number, counts: (heard: Heard) => boolean, from?: MortalGateway): Promise<void> {
    const since = performance.now();
    let left = count;
    return new Promise((resolve, reject) => {
      const hear = (heard: Heard) => {
        const isMeant = heard.askedAt >= since && (!from || heard.gateway === from);
        if (!isMeant || !counts(heard)) return;
        left -= 1;
        if (left <= 0) end(resolve);
      };
      const end = (then: () => void) => {
        clearTimeout(timer);
        this.#heard.off('answer', hear);
        then();
      };
      const timer = setTimeout(() => {
        const last = JSON.stringify(this.refused.at(-1)?.answer ?? null);
        end(() => reject(new Error(`${left} of ${count} answers did not come; refused: ${last}`)));
      }, timeoutMillis);
      this.#heard.on('answer', hear);
      if (count <= 0) end(resolve);
    });
  }

  async #askOn(caller: number): Promise<void> {
    const { gateways, questionOf } = this.#options;
    const gateway = gateways[caller % gateways.length]!;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!this.#stopping.signal.aborted) {
      const isData = gateway.address !== null && (await this.#askOnce(gateway, agent, questionOf));
      if (!isData) await sleep(retryMillis);
    }
    agent.destroy();
  }

  async #askOnce(
    gateway: MortalGateway,
    agent: Agent,
    questionOf: LoadOptions['questionOf'],
  ): Promise<boolean> {
    const question = questionOf((this.#asked += 1));
    const askedAt = performance.now();
    let answer: Answer;
    try {
      answer = await ask(gateway.address ?? '', question, agent);
    } catch {
      // The process or its connection is gone, and with it the answer under way.
      return false;
    }
    const heard = { gateway, askedAt, answer, question };
    (answer.status === 200 ? this.answered : this.refused).push(heard);
    this.#heard.emit('answer', heard);
    return answer.status === 200;
  }
}
