/** The monthly identification of a province as a job: the law applied to each of its employers on a day. */
import type { Context } from '../platform/context.ts';
import { errorTable, PublicError, type ErrorCode } from '../platform/errors.ts';
import { startJob, type JobTools } from '../platform/job.ts';
import type { DebtIdentification } from '../platform/prisma/client.ts';
import { formatDay } from '../platform/scalars.ts';
import { readFactTexts } from './fact-texts-data.ts';
import {
  beginIdentification,
  employersOf,
  endIdentification,
  identificationById,
  reportIdentification,
  writePositions,
  type IdentifiedDay,
} from './identification-data.ts';
import { chunksOf, judgeChunks } from './judge-chunks.ts';
import { openJudge, type Task } from './judge-thread.ts';
import { legalParameterRows } from './law-data.ts';

async function identify(
  context: Context,
  { asOf, knownAt, provinceId }: Pick<DebtIdentification, 'asOf' | 'knownAt' | 'provinceId'>,
  { reach, report, signal }: JobTools,
): Promise<IdentifiedDay> {
  const day = formatDay(asOf);
  report('READ', 0, 0);
  const employers = await reach(() => employersOf(context, provinceId, day));
  const parameters = await reach(() => legalParameterRows(context));
  const task: Task = { parameters, day, paidUntil: null };
  const judge = openJudge(task, signal);
  try {
    report('JUDGE', 0, employers.length);
    const answers = await judgeChunks(
      judge,
      chunksOf(employers),
      (ids) => reach(() => readFactTexts(context, ids, knownAt)),
      (done) => report('JUDGE', done, employers.length),
    );
    const rows = answers.map((answer) => (answer.kind === 'POSITIONS' ? answer.rows : '[]'));
    const parts = rows.filter((text) => text !== '[]');
    // A day on which nobody owes is written too.
    return { employers: employers.length, parts: parts.length > 0 ? parts : ['[]'] };
  } finally {
    judge.close();
  }
}

function errorOf({ errorCode, areaId, asOf }: DebtIdentification): PublicError {
  const code = errorCode && errorCode in errorTable ? (errorCode as ErrorCode) : 'INTERNAL';
  return new PublicError(code, { area: areaId, day: formatDay(asOf) });
}

/** Begins a run and returns it: ended, or still at work. */
export async function identifyProvince(
  context: Context,
  area: string,
  day: string,
): Promise<DebtIdentification> {
  const id = await beginIdentification(context, area, day);
  const begun = await identificationById(context, id);
  if (!begun) throw new Error('The identification that was begun is not there.');
  const row = {
    report: (progress: Parameters<typeof reportIdentification>[2]) =>
      reportIdentification(context, id, progress),
    end: (failure: Parameters<typeof endIdentification>[2]) =>
      endIdentification(context, id, failure),
  };
  await startJob(context, row, async (tools) => {
    const found = await identify(context, begun, tools);
    const { length } = found.parts;
    tools.report('WRITE', 0, length);
    await tools.reach(() =>
      writePositions(context, id, found, (done) => tools.report('WRITE', done, length)),
    );
  });
  const ended = (await identificationById(context, id)) ?? begun;
  if (ended.state === 'FAILED') throw errorOf(ended);
  return ended;
}
