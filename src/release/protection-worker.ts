/** The thread in which a family is protected or attacked: takes one task, tells its progress, answers once. Run by protection.ts only. */
import { parentPort, workerData } from 'node:worker_threads';
import { attack } from '../disclosure/attack.ts';
import { judgePrimary } from '../disclosure/primary.ts';
import { protect } from '../disclosure/protect.ts';
import { DisclosureRefused } from '../disclosure/refusal.ts';
import type { FromWorker, Step, Task, TaskResult } from './protection.ts';

const tell = (message: FromWorker): void => parentPort?.postMessage(message);

async function perform(task: Task): Promise<TaskResult[Task['kind']]> {
  const told = (step: Step, done: number, of: number) => tell({ kind: 'PROGRESS', step, done, of });
  if (task.kind === 'PROTECT') {
    const primary = judgePrimary(task.family, task.rules, task.contributions);
    return { primary, table: await protect(primary, { ...task.options, onProgress: told }) };
  }
  const onProgress = (done: number, of: number) => told('ATTACK', done, of);
  return attack(task.family, task.suppressed, task.requirements, { ...task.options, onProgress });
}

try {
  tell({ kind: 'DONE', result: await perform(workerData as Task) });
} catch (error) {
  // An error of a class of ours would arrive as a plain one; any other ends the thread and arrives as it is.
  if (!(error instanceof DisclosureRefused)) throw error;
  tell({ kind: 'REFUSED', code: error.code, message: error.message, places: error.places });
}
