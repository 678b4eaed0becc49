/** Reads and changes findings; who meets which and may take which step is the database's to say. */
import { randomUUID } from 'node:crypto';
import { pagesOf } from '../platform/connection.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { AuditFinding } from '../platform/prisma/client.ts';

export const readFindings = pagesOf<AuditFinding>((db) => db.auditFinding);

/** Not yours is not there. */
export async function readFinding(
  context: Context,
  code: string,
  look: object = {},
): Promise<AuditFinding> {
  const found = await context.db.auditFinding.findFirst({ ...look, where: { id: code } });
  if (!found) throw new PublicError('FINDING_UNKNOWN', { field: 'finding', finding: code });
  return found;
}

export interface NewFinding {
  readonly agencyId: string;
  readonly title: string;
  readonly text: string;
  readonly records: readonly bigint[];
}

/** The new finding's code. The database sets the instant. */
export async function insertFinding(context: Context, finding: NewFinding): Promise<string> {
  const id = randomUUID();
  const { records, ...said } = finding;
  const auditorId = context.principal.agency.id;
  const opened = { id, auditorId, state: 'OPEN', openedAt: new Date() };
  await context.db.auditFinding.createMany({
    data: [{ ...said, ...opened, records: [...records] }],
  });
  return id;
}

export interface FindingStep {
  readonly from: readonly string[];
  readonly data: { readonly state: string; readonly reply?: string; readonly conclusion?: string };
  /** Whose step it is. */
  readonly by: 'auditorId' | 'agencyId';
}

/** Takes a step from one of these states; the database checks the rest of it. */
export async function stepFinding(
  context: Context,
  code: string,
  { from, data, by }: FindingStep,
): Promise<void> {
  const { count } = await context.db.auditFinding.updateMany({
    where: { id: code, state: { in: [...from] } },
    data,
  });
  if (count > 0) return;
  const found = await readFinding(context, code);
  const finding = { field: 'finding', finding: code };
  if (found[by] !== context.principal.agency.id) {
    throw new PublicError('FINDING_STEP_OF_OTHERS', { ...finding, agency: found[by] });
  }
  throw new PublicError('FINDING_WRONG_STATE', { ...finding, state: found.state });
}
