/** The state of a statutory list at an instant, which follows from its own instants. Pure. */
import type { StatutoryList } from '../platform/prisma/client.ts';

export const listStates = [
  'DRAFT',
  'TRANSMITTED',
  'APPROVED',
  'PUBLISHED',
  'CORRECTED',
  'WITHDRAWN',
] as const;
export type ListState = (typeof listStates)[number];

type Instants = Pick<
  StatutoryList,
  'withdrawnAt' | 'supersededAt' | 'publishedAt' | 'transmittedAt'
>;

export function listStateAt(list: Instants, instant: Date): ListState {
  const has = (moment: Date | null) => moment !== null && moment <= instant;
  if (has(list.withdrawnAt)) return 'WITHDRAWN';
  if (has(list.supersededAt)) return 'CORRECTED';
  if (has(list.publishedAt)) return 'PUBLISHED';
  if (list.publishedAt !== null) return 'APPROVED';
  return list.transmittedAt === null ? 'DRAFT' : 'TRANSMITTED';
}
