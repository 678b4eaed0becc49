/** A thread of its own for work that no request may wait for: told messages, answering with messages, ended at once. */
import { Worker } from 'node:worker_threads';

export interface ThreadOptions<Answer> {
  /** What it is given to start with. */
  readonly data: unknown;
  readonly onMessage: (answer: Answer) => void;
  /** Once, whatever ends it but `close`: the signal's reason, its own error, or that it just ended. */
  readonly onEnd: (error: Error) => void;
  readonly signal?: AbortSignal | undefined;
  /** The thread dies beyond so much of JavaScript's memory, and only the thread. */
  readonly megabytesMax: number;
}

export interface Thread {
  readonly post: (message: unknown) => void;
  readonly close: () => void;
}

/** Starts a file of the build: Node runs no TypeScript. */
export function openThread<Answer>(file: string, options: ThreadOptions<Answer>): Thread {
  const { data, onMessage, onEnd, signal, megabytesMax } = options;
  signal?.throwIfAborted();
  const worker = new Worker(file, {
    workerData: data,
    // It needs no secret, so it gets none.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: megabytesMax },
  });
  let isOpen = true;
  const close = (): boolean => {
    const was = isOpen;
    isOpen = false;
    signal?.removeEventListener('abort', abort);
    void worker.terminate();
    return was;
  };
  const end = (error: Error): void => {
    if (close()) onEnd(error);
  };
  const abort = (): void => end(signal?.reason as Error);
  signal?.addEventListener('abort', abort, { once: true });
  worker.on('message', (answer: Answer) => {
    if (isOpen) onMessage(answer);
  });
  worker.on('messageerror', end);
  worker.on('error', end);
  worker.on('exit', (code) => end(new Error(`The thread ended with exit code ${code}.`)));
  return { post: (message) => worker.postMessage(message), close: () => void close() };
}
