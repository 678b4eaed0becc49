/** Where a union's claim stands, which follows from its own instants and days. */
import type { Context } from '../platform/context.ts';
import type { UnionPresence } from '../platform/prisma/client.ts';
import { dayIn, formatDay } from '../platform/scalars.ts';

type Claim = Pick<UnionPresence, 'confirmedAt' | 'refusedAt' | 'endedOn'>;

export function presenceState(
  { confirmedAt, refusedAt, endedOn }: Claim,
  { principal }: Pick<Context, 'principal'>,
) {
  const now = new Date(principal.scope.instant);
  // A claim that its union ends before it is answered is over at once.
  const isOver = endedOn !== null && (confirmedAt === null || formatDay(endedOn) < dayIn(now));
  if (isOver) return 'ENDED';
  if (refusedAt !== null) return 'REFUSED';
  return confirmedAt !== null && confirmedAt <= now ? 'CONFIRMED' : 'CLAIMED';
}
