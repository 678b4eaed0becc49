/** Reads and changes agreements; who may see which and take which step is the database's to say. */
import DataLoader from 'dataloader';
import type { Renewal } from '../identity/principal.ts';
import { pagesOf } from '../platform/connection.ts';
import { perRequest, type Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { Grant, Prisma } from '../platform/prisma/client.ts';
import type { AgreementParts } from './agreement-content.ts';

type Transaction = Prisma.TransactionClient;

export const readAgreements = pagesOf<Grant>((db) => db.grant);

/** Not yours is not there; a steward without a usable purpose is told what it lacks. */
function unknown({ principal }: Context, agreement: string): PublicError {
  const { refusal, role } = principal;
  if (role === 'STEWARD' && refusal) return new PublicError(refusal.code, refusal.parameters);
  return new PublicError('AGREEMENT_UNKNOWN', { field: 'code', agreement });
}

const wrongState = ({ id, state }: Grant) =>
  new PublicError('AGREEMENT_WRONG_STATE', { field: 'code', agreement: id, state });

export async function readAgreement(context: Context, code: string, look: object): Promise<Grant> {
  const found = await context.db.grant.findFirst({ ...look, where: { id: code } });
  if (!found) throw unknown(context, code);
  return found;
}

/** Takes a step of an agreement's life from one of these states; the database checks the rest of it. */
export async function stepAgreement(
  context: Context,
  code: string,
  { from, to, reason }: { from: readonly string[]; to: string; reason?: string },
): Promise<void> {
  const { count } = await context.db.grant.updateMany({
    where: { id: code, state: { in: [...from] } },
    data: { state: to, ...(reason === undefined ? {} : { stateReason: reason }) },
  });
  if (count === 0) throw wrongState(await readAgreement(context, code, {}));
}

async function addParts(tx: Transaction, grantId: string, parts: AgreementParts): Promise<void> {
  const { topics, areaIds, purposes } = parts;
  if (topics) await tx.grantTopic.createMany({ data: topics.map((t) => ({ grantId, ...t })) });
  if (areaIds) {
    await tx.grantArea.createMany({ data: areaIds.map((areaId) => ({ grantId, areaId })) });
  }
  if (purposes) {
    const rows = purposes.map((purpose, position) => ({ grantId, purpose, position }));
    await tx.grantPurpose.createMany({ data: rows });
  }
}

type NewGrant = Omit<Prisma.GrantCreateManyInput, 'state'>;

export async function insertAgreement(
  context: Context,
  grant: NewGrant,
  parts: AgreementParts,
): Promise<void> {
  await context.db.$transaction(async (tx) => {
    await tx.grant.createMany({ data: [{ ...grant, state: 'DRAFT' }] });
    await addParts(tx, grant.id, parts);
  });
}

/** Changes the columns; with none given the row is touched all the same, so that the database is asked. */
async function updateInState(
  context: Context,
  tx: Transaction,
  { code, state, columns }: { code: string; state: string; columns: object },
): Promise<Grant> {
  const found = await tx.grant.findFirst({ where: { id: code } });
  if (!found) throw unknown(context, code);
  if (found.state !== state) throw wrongState(found);
  const data = { validFrom: found.validFrom, ...columns };
  await tx.grant.updateMany({ where: { id: code }, data });
  return found;
}

/** Replaces what was said of a draft; what was not said stays. */
export async function amendDraft(
  context: Context,
  code: string,
  columns: object,
  parts: AgreementParts,
): Promise<void> {
  await context.db.$transaction(async (tx) => {
    await updateInState(context, tx, { code, state: 'DRAFT', columns });
    const where = { grantId: code };
    if (parts.topics) await tx.grantTopic.deleteMany({ where });
    if (parts.areaIds) await tx.grantArea.deleteMany({ where });
    if (parts.purposes) await tx.grantPurpose.deleteMany({ where });
    await addParts(tx, code, parts);
  });
}

/** What is deeper or new is refused where it is written, so nothing is left out quietly. */
async function keepTopics(
  tx: Transaction,
  grantId: string,
  topics: NonNullable<AgreementParts['topics']>,
): Promise<void> {
  const kept = topics.map(({ topic }) => topic);
  const present = await tx.grantTopic.findMany({ where: { grantId } });
  for (const { topic, reach } of topics) {
    const row = present.find((each) => each.topic === topic);
    if (!row) await tx.grantTopic.createMany({ data: [{ grantId, topic, reach }] });
    else if (row.reach !== reach) {
      await tx.grantTopic.updateMany({ where: { grantId, topic }, data: { reach } });
    }
  }
  await tx.grantTopic.deleteMany({ where: { grantId, topic: { notIn: [...kept] } } });
}

/** Parts of an area come in before it goes out, while it can still be seen that they lie in it. */
async function keepAreas(tx: Transaction, grantId: string, ids: readonly string[]): Promise<void> {
  const present = await tx.grantArea.findMany({ where: { grantId } });
  const added = ids.filter((id) => !present.some(({ areaId }) => areaId === id));
  await tx.grantArea.createMany({ data: added.map((areaId) => ({ grantId, areaId })) });
  await tx.grantArea.deleteMany({ where: { grantId, areaId: { notIn: [...ids] } } });
}

async function keepPurposes(
  tx: Transaction,
  grantId: string,
  purposes: readonly string[],
): Promise<void> {
  const present = await tx.grantPurpose.findMany({ where: { grantId } });
  const added = purposes.filter((code) => !present.some(({ purpose }) => purpose === code));
  const rows = added.map((purpose, i) => ({ grantId, purpose, position: present.length + i }));
  await tx.grantPurpose.createMany({ data: rows });
  await tx.grantPurpose.deleteMany({ where: { grantId, purpose: { notIn: [...purposes] } } });
}

/** Takes away from an agreement in force. */
export async function narrowActive(
  context: Context,
  code: string,
  columns: object,
  { topics, areaIds, purposes }: AgreementParts,
): Promise<void> {
  await context.db.$transaction(async (tx) => {
    await updateInState(context, tx, { code, state: 'ACTIVE', columns });
    if (topics) await keepTopics(tx, code, topics);
    if (areaIds) await keepAreas(tx, code, areaIds);
    if (purposes) await keepPurposes(tx, code, purposes);
  });
}

/** What an agreement no longer reaches of the areas that it names; one query for all of an answer. */
export const renewals = perRequest(
  'renewals',
  (context) =>
    new DataLoader<string, Renewal | null>(async (codes) => {
      const { instant } = context.principal.scope;
      const rows = await context.db.$queryRaw<{ id: string; renewal: Renewal | null }[]>`
        select g.id, territory_renewal(
            array(select a.area_id from grant_area a where a.grant_id = g.id),
            (${instant}::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date) as renewal
          from "grant" g where g.id = any(${[...codes]}::text[]) and g.state <> 'ENDED'`;
      const byId = new Map(rows.map((row) => [row.id, row.renewal]));
      return codes.map((code) => byId.get(code) ?? null);
    }),
);
