/** The marked ids of withdrawn figures: each is told to who could meet the row, once it could and no longer can; and changes of debts. */
import { everywhere, having, inProvinces, type MarkedTable } from './patterns.ts';
import { after, areas, instant, longAgo } from './readers.ts';

const gone = { visible_from: longAgo, withdrawn_at: longAgo, has_internal: false };
const inside = { ...gone, audience: 'INTERNAL' };
const open = { ...gone, audience: 'PUBLISHED' };
const twin = { ...open, has_internal: true };

/** Who hold internal rows and act on no debt; here they are of mark-union. */
const others = '-unionNational -unionProvince -unionArea -others:O';
const listed = (entry: string, effective: string) => ({
  ...areas.M2,
  kind: 'STATUTORY_LIST',
  action: 'PUBLISHED',
  entry_id: entry,
  effective_at: effective,
});

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
  debt_change_horizon: 'NOBODY',
  debt_change: {
    topic: 'DEBT',
    columns: { topic: 'DEBT', kind: 'PAYMENT', action: 'RECORDED' },
    rows: {
      ...Object.fromEntries(
        Object.entries(inProvinces).map(([name, [columns, met]]) => [
          name,
          [columns, `${met} ${others}`],
        ]),
      ),
      // Of a list, who may read the entry, from the instant of the step on.
      'mark-listed': [listed('mark-internal-m2', longAgo), `M2 ${others}`],
      'mark-listed-now': [listed('mark-internal-m2', instant), `M2 ${others} -siBefore`],
      'mark-listed-later': [listed('mark-internal-m2', after), ''],
      'mark-listed-unread': [listed('no entry', longAgo), ''],
    },
  },
};
