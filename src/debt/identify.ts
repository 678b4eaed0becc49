/** The monthly identification of a province as a job: the law applied to each of its employers on a day. */
import type { Context, Reader } from '../platform/context.ts';
import { errorTable, PublicError, type ErrorCode } from '../platform/errors.ts';
import { runJob, startJob, type JobRow, type JobTools, type Progress } from '../platform/job.ts';
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
  type Doer,
  type IdentifiedDay,
} from './identification-data.ts';
import { judgeChunks } from './judge-chunks.ts';
import { openJudge, type Chunk, type Task } from './judge-thread.ts';
import type { JudgedEmployer } from './judge.ts';
import { allLegalParameters } from './law-data.ts';
import { LegalParameters } from './law/parameters.ts';
import { settledAmong } from './settled-data.ts';

type Run = Pick<DebtIdentification, 'asOf' | 'knownAt' | 'provinceId'>;

async function identify(
  reader: Reader,
  run: Run,
  { reach, report, signal }: JobTools,
): Promise<Omit<IdentifiedDay, 'by'>> {
  const { knownAt } = run;
  const day = formatDay(run.asOf);
  report('READ', 0, 0);
  const employers = await employersOf(reader, run, reach);
  const rows = await reach(() => allLegalParameters(reader));
  const parameters = new LegalParameters(rows);

  /** All but those who have no position of an earlier day and paid all that was due. */
  async function prepare(chunk: readonly JudgedEmployer[]): Promise<Chunk> {
    const untold = chunk.flatMap(({ id, isTold }) => (isTold ? [] : [id]));
    const settled = await settledAmong(reader, untold, { day, knownAt }, parameters);
    const judged = chunk.filter(({ id }) => !settled.has(id));
    const ids = judged.map(({ id }) => id);
    return { employers: judged, texts: await readFactTexts(reader, ids, knownAt) };
  }

  const task: Task = { parameters: rows, day, paidUntil: null };
  const judge = openJudge(task, signal);
  try {
    report('JUDGE', 0, employers.length);
    const answers = await judgeChunks(
      judge,
      employers,
      (chunk) => reach(() => prepare(chunk)),
      (done) => report('JUDGE', done, employers.length),
    );
    const found = answers.map((answer) => (answer.kind === 'POSITIONS' ? answer.rows : '[]'));
    const parts = found.filter((text) => text !== '[]');
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

interface Wish {
  /** The id of a province or city. */
  readonly area: string;
  readonly day: string;
  readonly by: Doer;
  readonly onProgress?: (progress: Progress) => void;
}

type Start = (row: JobRow, work: (tools: JobTools) => Promise<void>) => Promise<void>;
type Within = <T>(work: () => Promise<T>) => Promise<T>;

async function identifyWith(
  reader: Reader,
  { area, day, by, onProgress = () => undefined }: Wish,
  { within, start }: { readonly within: Within; readonly start: Start },
): Promise<DebtIdentification> {
  const id = await within(() => beginIdentification(reader, { area, day, by }));
  const begun = await within(() => identificationById(reader, id));
  if (!begun) throw new Error('The identification that was begun is not there.');
  const row: JobRow = {
    report: async (progress) => {
      onProgress(progress);
      await reportIdentification(reader, id, progress);
    },
    end: (failure) => endIdentification(reader, id, failure),
  };
  await start(row, async (tools) => {
    const found = await identify(reader, begun, tools);
    const { length } = found.parts;
    tools.report('WRITE', 0, length);
    await tools.reach(() =>
      writePositions(reader, id, { ...found, by }, (done) => tools.report('WRITE', done, length)),
    );
  });
  const ended = (await within(() => identificationById(reader, id))) ?? begun;
  if (ended.state === 'FAILED') throw errorOf(ended);
  return ended;
}

/** Begins a run and returns it: ended, or still at work. */
export const identifyProvince = (
  context: Context,
  area: string,
  day: string,
): Promise<DebtIdentification> =>
  identifyWith(
    context,
    { area, day, by: 'CALLER' },
    { within: (work) => work(), start: (row, work) => startJob(context, row, work) },
  );

/** The whole run, by the operator. `reach` gives the scope; the signal breaks it off. */
export const identifyAsOperator = (
  reader: Reader,
  wish: Omit<Wish, 'by'>,
  tools: Pick<JobTools, 'reach' | 'signal'>,
): Promise<DebtIdentification> =>
  identifyWith(
    reader,
    { ...wish, by: 'OPERATOR' },
    { within: tools.reach, start: (row, work) => runJob(row, work, tools) },
  );
