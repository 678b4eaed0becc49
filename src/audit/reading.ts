/** What auditors must hold before they read a list that others read for themselves without a grant. */
import { refusalFor } from '../identity/principal.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';

type Topic = 'ACCESS_LOG' | 'CHANGE_LOG';

/**
 * An auditor without a usable purpose is told what it lacks: the list of its own agency alone would look like the
 * whole one. The record names the grant on which it reads.
 */
export function assertAuditorMay(context: Context, topic: Topic): void {
  const { principal, draft } = context;
  if (principal.role !== 'AUDITOR') return;
  draft.asked.add(topic);
  const refusal = refusalFor(principal, [topic]);
  if (refusal) throw new PublicError(refusal.code, refusal.parameters);
}
