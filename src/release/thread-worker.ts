/** The thread in which a release is protected or attacked: takes one task, tells its progress, answers once. Run by thread.ts only. */
import { parentPort, workerData } from 'node:worker_threads';
import { DisclosureRefused } from '../disclosure/refusal.ts';
import type { FromWorker, Task, TaskResult } from './thread.ts';
import { attackWhole, protectWhole, type Report } from './whole.ts';

const tell = (message: FromWorker): void => parentPort?.postMessage(message);
const told: Report = (step, done, of) => tell({ kind: 'PROGRESS', step, done, of });

function perform(task: Task): Promise<TaskResult[Task['kind']]> {
  return task.kind === 'PROTECT' ? protectWhole(task, told) : attackWhole(task, told);
}

try {
  tell({ kind: 'DONE', result: await perform(workerData as Task) });
} catch (error) {
  // An error of a class of ours would arrive as a plain one; any other ends the thread and arrives as it is.
  if (!(error instanceof DisclosureRefused)) throw error;
  tell({ kind: 'REFUSED', code: error.code, message: error.message, places: error.places });
}
