/** The state of a release at an instant, which follows from its own instants. Pure. */
import type { Prisma, Release } from '../platform/prisma/client.ts';

export const releaseStates = [
  'DRAFT',
  'PROTECTED',
  'SCHEDULED',
  'PUBLISHED',
  'CORRECTED',
  'WITHDRAWN',
] as const;
export type ReleaseState = (typeof releaseStates)[number];

export function stateAt(release: Release, instant: Date): ReleaseState {
  const { withdrawnAt, supersededAt, publishedAt, scheduledAt, protectedAt } = release;
  const has = (moment: Date | null) => moment !== null && moment <= instant;
  if (has(withdrawnAt)) return 'WITHDRAWN';
  if (has(supersededAt)) return 'CORRECTED';
  if (has(publishedAt)) return 'PUBLISHED';
  if (scheduledAt) return 'SCHEDULED';
  return protectedAt ? 'PROTECTED' : 'DRAFT';
}

type Where = Prisma.ReleaseWhereInput;

/** The same in the database's terms. */
export function whereState(state: ReleaseState, instant: Date): Where {
  const since = (column: 'withdrawnAt' | 'supersededAt' | 'publishedAt'): Where => ({
    [column]: { lte: instant },
  });
  const notSince = (column: 'withdrawnAt' | 'supersededAt' | 'publishedAt'): Where => ({
    OR: [{ [column]: null }, { [column]: { gt: instant } }],
  });
  const open = [notSince('withdrawnAt'), notSince('supersededAt')];
  const before = [...open, notSince('publishedAt')];
  const conditions: Readonly<Record<ReleaseState, readonly Where[]>> = {
    WITHDRAWN: [since('withdrawnAt')],
    CORRECTED: [notSince('withdrawnAt'), since('supersededAt')],
    PUBLISHED: [...open, since('publishedAt')],
    SCHEDULED: [...before, { scheduledAt: { not: null } }],
    PROTECTED: [...before, { scheduledAt: null, protectedAt: { not: null } }],
    DRAFT: [...before, { scheduledAt: null, protectedAt: null }],
  };
  return { AND: [...conditions[state]] };
}
