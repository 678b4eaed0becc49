/** Writes the steps of a union's claim; who may take which is the database's to decide. */
import type { Context } from '../platform/context.ts';
import type { UnionPresence } from '../platform/prisma/client.ts';
import { ofEmployer } from './data.ts';
import { pairOf } from './fields.ts';

/** A claim by its code, if the caller may see it, anew. */
export async function presenceByCode(
  context: Context,
  code: string,
): Promise<UnionPresence | null> {
  const [employerId, agencyId] = pairOf(code);
  const row = await context.db.unionPresence.findFirst({ where: { employerId, agencyId } });
  ofEmployer(context, row?.employerId);
  return row;
}

/** The code of the employer that was claimed. */
export async function claimPresence(
  { db }: Context,
  unitCode: string,
  nameVi: string,
  since: string,
): Promise<string> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    select claim_union_presence(${unitCode}, ${nameVi}, ${since}::date) as id`;
  return row!.id;
}

/** Confirms a claim, or refuses it with a reason. */
export async function answerPresence(context: Context, code: string, refusal: string | null) {
  const [employer, union] = pairOf(code);
  await presenceByCode(context, code);
  await context.db.$queryRaw`
    select answer_union_presence(${employer}, ${union}, ${refusal}::text)::text`;
}

export async function endPresence(
  context: Context,
  code: string,
  lastDay: string,
  reason: string,
): Promise<void> {
  const [employer, union] = pairOf(code);
  await presenceByCode(context, code);
  await context.db.$queryRaw`
    select end_union_presence(${employer}, ${union}, ${lastDay}::date, ${reason})::text`;
}
