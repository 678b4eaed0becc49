/** The thread in which employers are judged: takes one chunk after the other and answers each. Run by judge-thread.ts only. */
import { parentPort, workerData } from 'node:worker_threads';
import { factsOfTexts } from './fact-texts.ts';
import { listingsOf, positionsOf } from './judge.ts';
import type { Answer, Chunk, Task } from './judge-thread.ts';
import { LegalParameters } from './law/parameters.ts';

const task = workerData as Task;
const parameters = new LegalParameters(task.parameters);

function answerTo({ employers, texts }: Chunk): Answer {
  const ids = employers.map(({ id }) => id);
  const facts = factsOfTexts(texts, ids);
  return task.paidUntil === null
    ? { kind: 'POSITIONS', rows: positionsOf(parameters, task.day, employers, facts) }
    : {
        kind: 'LISTINGS',
        listings: listingsOf(parameters, { day: task.day, paidUntil: task.paidUntil }, facts),
      };
}

parentPort?.on('message', (chunk: Chunk) => parentPort?.postMessage(answerTo(chunk)));
