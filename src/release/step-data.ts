/** Writes the steps of a release; who may take which is the database's to decide. */
import { randomUUID } from 'node:crypto';
import type { PrimaryRules } from '../disclosure/primary.ts';
import { actorOf, type Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import { Prisma, type PreReleaseAccess, type Release } from '../platform/prisma/client.ts';
import { cellKey } from './cell.ts';
import type { Decision } from './decisions.ts';

/** The instant of the request by the database's clock, which all gateways share. */
export const nowOf = ({ principal }: Pick<Context, 'principal'>): Date =>
  new Date(principal.scope.instant);

/** A code that is taken answers like one that cannot be used: by whom it is taken is not told. */
function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

/** Row-level security says so of a row that may not be written. */
const isOutside = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('row-level security');

export async function insertRelease(
  { db }: Context,
  row: Prisma.ReleaseUncheckedCreateInput,
): Promise<Release> {
  try {
    return await db.release.create({ data: row });
  } catch (error) {
    if (isOutside(error)) throw new PublicError('TERRITORY_NOT_OWN', { field: 'area' });
    if (!isTaken(error)) throw error;
    throw new PublicError('CODE_TAKEN', { value: row.id, field: 'code' });
  }
}

/** The source of the rows that a release is made of: of the area, the newest. */
export async function sourceOfRows(
  { db }: Context,
  from: 'MOVEMENTS' | 'DEBT',
  provinceId: string | null,
): Promise<string | null> {
  const where = provinceId === null ? {} : { provinceId };
  const row =
    from === 'MOVEMENTS'
      ? await db.enrolmentMovement.findFirst({ where, orderBy: { periodStart: 'desc' } })
      : await db.debtPosition.findFirst({ where, orderBy: { asOf: 'desc' } });
  return row?.sourceId ?? null;
}

/** Changes a release in place; null columns stay. Not yours answers like not there. */
export async function changeRelease(
  { db }: Context,
  id: string,
  data: Prisma.ReleaseUncheckedUpdateManyInput,
): Promise<void> {
  const { count } = await db.release.updateMany({ where: { id }, data });
  if (count === 0) throw new PublicError('RELEASE_UNKNOWN', { release: id, field: 'code' });
}

export async function deleteRelease({ db }: Context, id: string): Promise<void> {
  const { count } = await db.release.deleteMany({ where: { id } });
  if (count === 0) throw new PublicError('RELEASE_WRONG_STATE', { release: id, field: 'code' });
}

const statementRows = 4_000;
/** A national table is written for minutes, where a question has seconds. */
const writeMillisMax = 900_000;
const longTransaction = { timeout: writeMillisMax, maxWait: 60_000 };
const longStatements = Prisma.raw(`set local statement_timeout = '${writeMillisMax}ms'`);

const text = (value: bigint | null | undefined) => (value == null ? null : String(value));

const cellRow = (release: Release, { cell, ...decision }: Decision) => ({
  release_id: release.id,
  key: cellKey(cell),
  topic: release.topic,
  area_id: cell.areaId,
  indicator: cell.indicator,
  scheme: cell.scheme,
  participant_group: cell.participantGroup,
  breakdown: cell.breakdown,
  time_period: cell.timePeriod,
  period_start: cell.periodStart,
  period_end: cell.periodEnd,
  unit: cell.unit,
  kind: cell.kind,
  value: String(cell.value),
  shown: decision.shown,
  is_inner: cell.isInner ?? false,
  conf_status: decision.confStatus,
  rules: decision.rules,
  known_lower: text(decision.sights.PUBLIC?.lower),
  required_lower: text(decision.sights.PUBLIC?.required?.lower),
  required_upper: text(decision.sights.PUBLIC?.required?.upper),
  known_upper: text(decision.sights.PUBLIC?.upper),
  coalition_upper: text(decision.sights.COALITION?.upper),
  coalition_lower: text(decision.sights.COALITION?.lower),
  coalition_required_lower: text(decision.sights.COALITION?.required?.lower),
  coalition_required_upper: text(decision.sights.COALITION?.required?.upper),
  attack_lower: text(decision.attack?.lower),
  attack_upper: text(decision.attack?.upper),
});

export interface ProtectedAgainst {
  readonly rules: PrimaryRules;
  /** A digest of what the audience is taken to know of single debtors. */
  readonly knowledge: string | null;
}

/** Takes the place of an earlier protection of the release, whole or not at all. */
export async function writeProtection(
  context: Context,
  release: Release,
  { rules, knowledge }: ProtectedAgainst,
  decisions: readonly Decision[],
): Promise<void> {
  const published = decisions.filter(({ cell }) => !cell.isInner);
  const count = (isCounted: (decision: Decision) => boolean) => published.filter(isCounted).length;
  await context.db.$transaction(async (tx) => {
    await tx.$executeRaw(longStatements);
    await tx.releaseCell.deleteMany({ where: { releaseId: release.id } });
    await tx.releaseProtection.deleteMany({ where: { releaseId: release.id } });
    for (let from = 0; from < decisions.length; from += statementRows) {
      const chunk = decisions.slice(from, from + statementRows).map((one) => cellRow(release, one));
      await tx.$executeRaw`insert into release_cell
        select * from jsonb_populate_recordset(null::release_cell, ${JSON.stringify(chunk)}::jsonb)`;
    }
    await tx.releaseProtection.createMany({
      data: {
        releaseId: release.id,
        topic: release.topic,
        rules: rules as unknown as Prisma.InputJsonObject,
        knowledge,
        cells: published.length,
        primary: count(({ rules: broken }) => broken.length > 0),
        secondary: count(({ shown, rules: broken }) => !shown && broken.length === 0),
      },
    });
    await tx.release.updateMany({
      where: { id: release.id },
      data: { protectedAt: nowOf(context), protectedBy: actorOf(context) },
    });
  }, longTransaction);
}

/** Publishes what the attack has found safe: from its instant on, for everybody at once. */
export async function publishRelease({ db }: Context, release: string, job: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$executeRaw(longStatements);
    await tx.$queryRaw`select publish_release(${release}, ${job})::text`;
  }, longTransaction);
}

export async function withdrawRelease(
  { db }: Context,
  release: string,
  reason: string,
): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$executeRaw(longStatements);
    await tx.$queryRaw`select withdraw_release(${release}, ${reason})::text`;
  }, longTransaction);
}

export async function insertPreRelease(
  context: Context,
  row: { releaseId: string; agencyId: string; validFrom: Date; validTo: Date; reason: string },
): Promise<PreReleaseAccess> {
  const requested = { requestedBy: actorOf(context), requestedAt: nowOf(context) };
  try {
    return await context.db.preReleaseAccess.create({
      data: { id: randomUUID(), ...row, ...requested },
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new PublicError('PRE_RELEASE_WRONG_STATE', { access: row.agencyId, field: 'agency' });
  }
}

export async function changePreRelease(
  { db }: Context,
  id: string,
  data: Prisma.PreReleaseAccessUncheckedUpdateManyInput,
): Promise<PreReleaseAccess> {
  const { count } = await db.preReleaseAccess.updateMany({ where: { id }, data });
  const row = await db.preReleaseAccess.findFirst({ where: { id } });
  if (count === 0 || !row) throw new PublicError('PRE_RELEASE_UNKNOWN', { field: 'id' });
  return row;
}

/** Whether an agency is registered and active; the register is the caller's to read. */
export async function isActiveAgency({ db }: Context, id: string): Promise<boolean> {
  return (await db.agency.findFirst({ where: { id, state: 'ACTIVE' } })) !== null;
}

export async function readRules({ db }: Context, release: string): Promise<PrimaryRules | null> {
  const row = await db.releaseProtection.findFirst({ where: { releaseId: release } });
  return row ? (row.rules as PrimaryRules) : null;
}
