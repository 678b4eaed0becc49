/** The marked ids of withdrawn figures: each is told to who could meet the row, once it could and no longer can. */
import { everywhere, having, type MarkedTable } from './patterns.ts';
import { after, areas, instant, longAgo } from './readers.ts';

const gone = { visible_from: longAgo, withdrawn_at: longAgo, has_internal: false };
const inside = { ...gone, audience: 'INTERNAL' };
const open = { ...gone, audience: 'PUBLISHED' };
const twin = { ...open, has_internal: true };

export const changeExpectations: Readonly<Record<string, MarkedTable | 'NOBODY'>> = {
  // The key that seals cursors.
  change_clock: 'NOBODY',
  observation_withdrawal: {
    topic: 'ENROLLMENT',
    columns: { topic: 'ENROLLMENT' },
    rows: {
      ...having(inside, everywhere),
      'mark-inside-goes-now': [{ ...areas.M1, ...inside, withdrawn_at: instant }, 'M1 -siBefore'],
      'mark-inside-goes-later': [{ ...areas.M1, ...inside, withdrawn_at: after }, ''],
      'mark-inside-met-now': [{ ...areas.M1, ...inside, visible_from: instant }, 'M1 -siBefore'],
      'mark-inside-met-later': [{ ...areas.M1, ...inside, visible_from: after }, ''],
      'mark-goes-now': [{ ...areas.M2, ...open, withdrawn_at: instant }, 'PUBLIC -BEFORE'],
      'mark-goes-later': [{ ...areas.M2, ...open, withdrawn_at: after }, 'pressAfter'],
      'mark-met-now': [{ ...areas.M2, ...open, visible_from: instant }, 'PUBLIC -BEFORE'],
      'mark-met-later': [{ ...areas.M2, ...open, visible_from: after }, 'pressAfter'],
      'mark-twin-m1': [{ ...areas.M1, ...twin }, 'PUBLIC -M1'],
      'mark-twin-m1c': [{ ...areas.M1C, ...twin }, 'PUBLIC -M1C'],
      'mark-twin-mv': [{ ...areas.MV, ...twin }, 'PUBLIC -MV'],
    },
  },
};
