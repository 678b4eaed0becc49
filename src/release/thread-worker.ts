/** The thread in which a family is protected or attacked: takes one task, tells its progress, answers once. Run by protection.ts only. */
import { parentPort, workerData } from 'node:worker_threads';
import { attack } from '../disclosure/attack.ts';
import { judgePrimary, withRequirements } from '../disclosure/primary.ts';
import type { Finding, Primary } from '../disclosure/primary.ts';
import type { Family } from '../disclosure/table.ts';
import { protect } from '../disclosure/protect.ts';
import { DisclosureRefused } from '../disclosure/refusal.ts';
import type { FromWorker, Step, Task, TaskResult } from './thread.ts';

const tell = (message: FromWorker): void => parentPort?.postMessage(message);

const noPrimary = (family: Family): Primary => ({
  family,
  findings: new Map(),
  requirements: [],
});

function withFindings(primary: Primary, added: ReadonlyMap<string, Finding>): Primary {
  const findings = new Map(primary.findings);
  for (const [key, finding] of added) findings.set(key, [...(findings.get(key) ?? []), finding]);
  return { ...primary, findings };
}

async function perform(task: Task): Promise<TaskResult[Task['kind']]> {
  const told = (step: Step, done: number, of: number) => tell({ kind: 'PROGRESS', step, done, of });
  const { family, rules, contributions, requirements = [], unsafe = new Map(), options } = task;
  const judged = rules ? judgePrimary(family, rules, contributions) : noPrimary(family);
  const primary = withRequirements(withFindings(judged, unsafe), requirements);
  if (task.kind === 'PROTECT') {
    return { primary, table: await protect(primary, { ...options, onProgress: told }) };
  }
  const onProgress = (done: number, of: number) => told('ATTACK', done, of);
  const attacked = { ...options, onProgress };
  return attack(primary.family, task.suppressed, primary.requirements, attacked);
}

try {
  tell({ kind: 'DONE', result: await perform(workerData as Task) });
} catch (error) {
  // An error of a class of ours would arrive as a plain one; any other ends the thread and arrives as it is.
  if (!(error instanceof DisclosureRefused)) throw error;
  tell({ kind: 'REFUSED', code: error.code, message: error.message, places: error.places });
}
