/** Draws up a statutory list, and says which of its entries no longer hold. */
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import { formatDay } from '../platform/scalars.ts';
import { renewTime } from '../platform/scope.ts';
import type { StatutoryList } from '../platform/prisma/client.ts';
import {
  hasPositions,
  listCandidates,
  type CandidateQuestion,
  type ListedEmployer,
} from './candidates-data.ts';
import { drawList, outdatedEntries, type Candidate, type DrawnList } from './eligibility.ts';
import { readFactTexts } from './fact-texts-data.ts';
import { judgeChunks } from './judge-chunks.ts';
import { openJudge } from './judge-thread.ts';
import { legalParameterRows, legalParametersOf } from './law-data.ts';
import { entriesOfList } from './list-step-data.ts';

/** A list names employers by their unit code, so that one code must mean one employer. */
function assertCodesDiffer({ entries }: DrawnList): void {
  const seen = new Set<string>();
  for (const { unitCode } of entries) {
    if (seen.has(unitCode))
      throw new PublicError('VALUE_TWICE', { field: 'unitCode', value: unitCode });
    seen.add(unitCode);
  }
}

/** How the law takes each of the employers, from what is known now; in a thread, because they may be thousands. */
async function judgeCandidates(
  context: Context,
  { debtOn, paidUntil }: CandidateQuestion,
  employers: readonly ListedEmployer[],
): Promise<Candidate[]> {
  if (employers.length === 0) return [];
  const knownAt = new Date(context.principal.scope.instant);
  const judge = openJudge({
    parameters: await legalParameterRows(context),
    day: formatDay(debtOn),
    paidUntil: formatDay(paidUntil),
  });
  try {
    const answers = await judgeChunks(judge, employers, async (chunk) => {
      // A large province has more than can be judged in the time of one request.
      renewTime();
      const ids = chunk.map(({ id }) => id);
      const texts = await readFactTexts(context, ids, knownAt);
      return { employers: ids.map((id) => ({ id, isTold: true })), texts };
    });
    renewTime();
    const listings = answers.flatMap((answer) =>
      answer.kind === 'LISTINGS' ? answer.listings : [],
    );
    return employers.map(({ id: _, ...employer }, i) => ({ ...employer, listing: listings[i]! }));
  } finally {
    judge.close();
  }
}

/** Days that make no list; the database says so itself once there is one. */
function areOrdered({ debtOn, paidUntil }: CandidateQuestion): boolean {
  return debtOn <= paidUntil;
}

export async function drawUp(context: Context, question: CandidateQuestion): Promise<DrawnList> {
  const day = formatDay(question.debtOn);
  const monthsLateMin = (await legalParametersOf(context)).count('LIST_MONTHS_LATE_MIN', day);
  if (monthsLateMin === null) {
    throw new PublicError('LIST_PARAMETER_MISSING', { day, field: 'debtOn' });
  }
  const employers = areOrdered(question) ? await listCandidates(context, question) : [];
  const drawn = drawList(await judgeCandidates(context, question, employers), monthsLateMin);
  assertCodesDiffer(drawn);
  return drawn;
}

/**
 * Between drawing up and approval a payment may be booked that came before the cut-off. Where no position
 * of the day is kept any more, there is nothing to compare with.
 */
export async function assertStillHolds(context: Context, list: StatutoryList): Promise<void> {
  const { provinceId, debtOn, paidUntil } = list;
  if (provinceId === null || !(await hasPositions(context, { provinceId, debtOn }))) return;
  const drawn = await drawUp(context, { provinceId, debtOn, paidUntil });
  const outdated = outdatedEntries(await entriesOfList(context, list.id), drawn);
  if (outdated.length === 0) return;
  throw new PublicError('LIST_OUTDATED', { list: list.id, count: outdated.length, field: 'list' });
}
