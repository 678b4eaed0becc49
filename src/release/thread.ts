/** Protects and attacks in a thread of its own, so that no request waits for a solver. */
import type { ProtectionStep } from '../disclosure/protect.ts';
import { DisclosureRefused, type RefusalCode } from '../disclosure/refusal.ts';
import { workerFile } from '../platform/paths.ts';
import { openThread } from '../platform/thread.ts';
import type { Decision } from './decisions.ts';
import type { AttackInput, ProtectInput } from './whole.ts';

type Step = ProtectionStep;

export interface ProtectTask extends ProtectInput {
  readonly kind: 'PROTECT';
}

export interface AttackTask extends AttackInput {
  readonly kind: 'ATTACK';
}

export type Task = ProtectTask | AttackTask;

export interface TaskResult {
  readonly PROTECT: readonly Decision[];
  /** Cells that are not safe. */
  readonly ATTACK: readonly string[];
}

/** What the thread says: any number of PROGRESS, then one of the others. */
export type FromWorker =
  | { readonly kind: 'PROGRESS'; readonly step: Step; readonly done: number; readonly of: number }
  | { readonly kind: 'DONE'; readonly result: TaskResult[Task['kind']] }
  | {
      readonly kind: 'REFUSED';
      readonly code: RefusalCode;
      readonly message: string;
      readonly places: readonly string[];
    };

export interface RunOptions {
  /** Each step from 0 to all of its cells, one after the other. */
  readonly onProgress?: (step: Step, done: number, of: number) => void;
  /** Ends the thread at once, also within a solve. */
  readonly signal?: AbortSignal;
  /** The thread dies beyond so much of JavaScript's memory, and only the thread. */
  readonly megabytesMax?: number;
}

/** The thread ended without an answer: nothing is known of the family, and nothing may be published. */
export class ProtectionStopped extends Error {
  override readonly name = 'ProtectionStopped';
}

/** More than twice what a national table with flows needs. */
const megabytesDefault = 6_144;

function stopped(error: unknown): ProtectionStopped {
  const isFull =
    error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  const sentence = isFull
    ? 'The protection ran out of memory.'
    : 'The protection ended with an error.';
  return new ProtectionStopped(sentence, { cause: error });
}

/**
 * Does one task in a thread of its own. Rejects with DisclosureRefused as the task itself would, with
 * the signal's reason when it is aborted, and with ProtectionStopped when the thread dies.
 */
export function runInWorker<T extends Task>(
  task: T,
  { onProgress, signal, megabytesMax = megabytesDefault }: RunOptions = {},
): Promise<TaskResult[T['kind']]> {
  return new Promise((resolve, reject) => {
    const thread = openThread<FromWorker>(workerFile('thread-worker'), {
      data: task,
      signal,
      megabytesMax,
      onMessage(message) {
        if (message.kind === 'PROGRESS')
          return onProgress?.(message.step, message.done, message.of);
        thread.close();
        if (message.kind === 'DONE') return resolve(message.result as TaskResult[T['kind']]);
        const { code, message: sentence, places } = message;
        reject(new DisclosureRefused(code, sentence, places));
      },
      onEnd: (error) => reject(signal?.aborted ? error : stopped(error)),
    });
  });
}
