/** The marked rows of statutory lists: the insurer's alone at first, the labour authority's once transmitted, then everyone's; of runs and estimates, the insurer's always. */
import {
  everywhere,
  having,
  inProvinces,
  published,
  type Columns,
  type MarkedTable,
} from './patterns.ts';
import { after, areas, instant, longAgo } from './readers.ts';

type Rows = MarkedTable['rows'];
const table = (rows: Rows, columns: Columns, writes: MarkedTable['writes'] = {}): MarkedTable => ({
  topic: 'DEBT',
  columns: { topic: 'DEBT', ...columns },
  rows,
  writes,
});

/** Whoever acts for mark-si, of whatever topic. */
const ofAgency = 'si siBefore national:T province:T area:T national:O province:O area:O';

/** Who hold internal rows and are no insurer; here they are of mark-union. */
const others = '-unionNational -unionProvince -unionArea -others:O';

/** Before they are transmitted, lists are for insurers alone; public ones for everyone. */
const untransmitted: Rows = Object.fromEntries(
  Object.entries({ ...everywhere, ...published }).map(([name, [columns, met]]) => {
    const isPublic = met.startsWith('PUBLIC');
    return [name, [columns, isPublic ? met : `${met} ${others}`]];
  }),
);

const sent = { transmitted_by: 'desk' };
const transmitted: Rows = {
  ...having(sent, {
    'mark-sent-m1': [{ ...areas.M1, transmitted_at: longAgo }, 'M1'],
    'mark-sent-m1c': [{ ...areas.M1C, transmitted_at: longAgo }, 'M1C'],
    'mark-sent-mv': [{ ...areas.MV, transmitted_at: longAgo }, 'MV'],
    'mark-sent-now': [{ ...areas.M2, transmitted_at: instant }, 'M2'],
    'mark-sent-later': [{ ...areas.M2, transmitted_at: after }, `M2 ${others}`],
  }),
};
const takenBack = { ...areas.M2, ...sent, transmitted_at: longAgo, published_at: longAgo };

const lists: Rows = {
  ...untransmitted,
  ...transmitted,
  // Its heading stays for those to whom it was sent.
  'mark-sent-withdrawn': [{ ...takenBack, withdrawn_at: instant }, 'M2 pressBefore unionBefore'],
};
const entries: Rows = {
  ...untransmitted,
  ...transmitted,
  'mark-sent-withdrawn': [
    { ...takenBack, withdrawn_at: instant },
    `M2 ${others} pressBefore unionBefore`,
  ],
  'mark-sent-leaving': [{ ...takenBack, withdrawn_at: after }, 'PUBLIC M2 -pressAfter'],
  // Only where nothing is public yet does the labour authority's own reading decide.
  'mark-draft-withdrawn': [
    { ...takenBack, published_at: null, withdrawn_at: instant },
    `M2 ${others}`,
  ],
  'mark-draft-leaving': [{ ...takenBack, published_at: null, withdrawn_at: after }, 'M2'],
  'mark-removed': [{ ...takenBack, removed_at: instant }, `M2 ${others} pressBefore unionBefore`],
  'mark-removed-later': [{ ...takenBack, removed_at: after }, 'PUBLIC M2 -pressAfter'],
  'mark-draft-removed': [{ ...takenBack, published_at: null, removed_at: instant }, `M2 ${others}`],
  'mark-draft-removed-later': [{ ...takenBack, published_at: null, removed_at: after }, 'M2'],
};

/** For insurers alone, as lists are before they are transmitted. */
const estimates: Rows = Object.fromEntries(
  Object.entries(everywhere).map(([name, [columns, met]]) => [name, [columns, `${met} ${others}`]]),
);

/** What lies in a province, for insurers alone. */
const insurers: Rows = Object.fromEntries(
  Object.entries(inProvinces).map(([name, [columns, met]]) => [
    name,
    [columns, `${met} ${others}`],
  ]),
);

export const listExpectations: Readonly<Record<string, MarkedTable | 'NOBODY'>> = {
  statutory_list: table(lists, { prepared_by: 'one', approved_by: 'other' }),
  statutory_list_entry: table(entries, { listed_as: 'LATE', amount: 1, months_late: 1 }),
  statutory_list_notice: table(
    {
      'mark-open': [{ ...areas.M2, published_at: instant }, 'PUBLIC -BEFORE'],
      'mark-planned': [{ ...areas.M2, published_at: after }, 'pressAfter'],
    },
    { kind: 'REMOVED' },
  ),
  // A run of the identification is for the insurers of its territory; its own agency goes on with it.
  debt_identification: table(
    {
      ...insurers,
      'mark-running': [
        { ...areas.M1, state: 'RUNNING', error_code: null, ended_at: null },
        `M1 ${others}`,
      ],
    },
    {
      agency_id: 'mark-si',
      state: 'FAILED',
      error_code: 'JOB_LOST',
      ended_at: longAgo,
      positions: null,
      parts_written: 0,
    },
    {
      'go on with what runs': ['update debt_identification set done = 1', ofAgency],
      'go on with what has ended': [
        `update debt_identification set done = 1 where id = 'mark-internal-m1'`,
        '',
      ],
    },
  ),
  collection_estimate: table(estimates, {
    office_id: 'office-vn',
    time_period: '2026',
    measure: 'REVENUE',
    // One at a time is in force.
    known_from: '2025-12-01T00:00:00.000Z',
    known_to: longAgo,
  }),
  collection_sum: { ...table(insurers, {}), key: 'office_id' },
  collection_account: 'NOBODY',
  collection_exception: { ...table(insurers, {}), key: 'employer_id' },
};
