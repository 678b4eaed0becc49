/** Draws up a statutory list, and says which of its entries no longer hold. */
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import { formatDay } from '../platform/scalars.ts';
import type { StatutoryList } from '../platform/prisma/client.ts';
import { hasPositions, listCandidates, type CandidateQuestion } from './candidates-data.ts';
import { drawList, outdatedEntries, type DrawnList } from './eligibility.ts';
import { legalParametersOf } from './law-data.ts';
import { listParametersOn } from './list-parameters.ts';
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

export async function drawUp(context: Context, question: CandidateQuestion): Promise<DrawnList> {
  const candidates = await listCandidates(context, question);
  const day = formatDay(question.debtOn);
  const parameters = listParametersOn(await legalParametersOf(context), day);
  if (!parameters) throw new PublicError('LIST_PARAMETER_MISSING', { day, field: 'debtOn' });
  const drawn = drawList(candidates, parameters);
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
