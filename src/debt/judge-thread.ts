/** Judges employers in a thread of its own, chunk by chunk, so that no request waits for it. */
import { workerFile } from '../platform/paths.ts';
import { openThread } from '../platform/thread.ts';
import type { FactTexts } from './fact-texts.ts';
import type { JudgedEmployer, JudgedListing } from './judge.ts';
import type { ParameterRow } from './law/parameters.ts';

export interface Task {
  readonly parameters: readonly ParameterRow[];
  readonly day: string;
  /** Null asks for positions, a day for the listings with the payments until then. */
  readonly paidUntil: string | null;
}

export interface Chunk {
  readonly employers: readonly JudgedEmployer[];
  readonly texts: FactTexts;
}

export type Answer =
  /** A list of rows in JSON. */
  | { readonly kind: 'POSITIONS'; readonly rows: string }
  | { readonly kind: 'LISTINGS'; readonly listings: readonly JudgedListing[] };

/** A chunk is some megabytes. */
const megabytesMax = 1_024;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

export interface Judge {
  /** Answers come in the order of the chunks. Rejects with the signal's reason, or with what ended the thread. */
  readonly ask: (chunk: Chunk) => Promise<Answer>;
  readonly close: () => void;
}

export function openJudge(task: Task, signal?: AbortSignal): Judge {
  const waiting: Waiting[] = [];
  let ended: Error | null = null;
  const thread = openThread<Answer>(workerFile('judge-worker'), {
    data: task,
    signal,
    megabytesMax,
    onMessage: (answer) => waiting.shift()?.resolve(answer),
    onEnd(error) {
      ended = error;
      for (const { reject } of waiting.splice(0)) reject(error);
    },
  });
  return {
    ask: (chunk) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        waiting.push({ resolve, reject });
        thread.post(chunk);
      }),
    close: thread.close,
  };
}
