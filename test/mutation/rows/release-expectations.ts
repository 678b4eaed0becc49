/** The marked rows of releases and of what belongs to them: figures to come, cells, jobs, early readers. */
import { figures, type Columns, type MarkedTable } from './patterns.ts';
import { after, areas, instant, longAgo } from './readers.ts';

type Rows = MarkedTable['rows'];
const topic = 'ENROLLMENT';
const table = (rows: Rows, columns: Columns, writes: MarkedTable['writes'] = {}): MarkedTable => ({
  topic,
  columns: { topic, ...columns },
  rows,
  writes,
});

/** Readers of agency mark-si with the topic, and all of its readers. */
const own = 'si siBefore national:T province:T area:T';
const ofInsurer = `${own} national:O province:O area:O`;
/** All readers of the agency that is told early in most marks. */
const ofPress = 'press pressBefore pressAfter published:T published:O';

const approved = { prepared_by: 'one', approved_by: 'other', approved_at: longAgo };
const exceptional = { ...approved, exceptional: true };

const literal = (value: string | null) => (value === null ? 'null' : `'${value}'`);
type Place = (typeof areas)[keyof typeof areas];
const draftIn = (place: Place, provider = 'scope_agency()') =>
  `insert into release (id, series_id, version, topic, area_id, province_id, dataflow, title_vi, title_en,
     time_period, period_start, period_end, provisional, exceptional, provider_id, prepared_by, source_id)
   values ('new', 'new', 1, 'ENROLLMENT', ${literal(place.area_id)}, ${literal(place.province_id)}, 'x', 'x',
     'x', '2026', '2026-01-01', '2026-12-31', false, false, ${provider}, scope_actor(), 'mark-reference')`;

const cellOf = (release: string) =>
  `insert into release_cell (release_id, key, topic, area_id, indicator, breakdown, time_period, period_start,
     period_end, unit, kind, value, shown, conf_status)
   values ('${release}', 'new', 'ENROLLMENT', 'x', 'x', '', '2026', '2026-01-01', '2026-12-31', 'x', 'PERSONS',
     1, true, 'F')`;
const protectionOf = (release: string) =>
  `insert into release_protection (release_id, topic, rules, cells, "primary", secondary)
   values ('${release}', 'ENROLLMENT', '{}', 1, 1, 1)`;

/** What is published, also for the engine: it attacks all that the audience will ever know. */
const forEngine: Rows = Object.fromEntries(
  Object.entries(figures).map(([name, [columns, met]]) => [
    name,
    [columns, columns['audience'] === 'PUBLISHED' ? `${met} engine:T` : met],
  ]),
);

const toCome = {
  ...areas.M2,
  audience: 'PUBLISHED',
  conf_status: 'F',
  published_at: after,
};
const early = (release: string, more: Columns = {}): Columns => ({
  ...toCome,
  release_id: release,
  ...more,
});
const forEverybodyLater = 'pressAfter engine:T';
const isTold = `press published:T ${forEverybodyLater}`;
/** Early readers that hold internal rows, and unions that do not. */
const holders = { ...areas.M1C, audience: 'PUBLISHED', conf_status: 'F', published_at: after };
const unions = 'UNION -party:T';

const inside = { ...areas.M1, audience: 'INTERNAL', conf_status: 'N', known_from: longAgo };
/** What a release hides from others is met inside from its instant on, and until it is withdrawn. */
const insideFigures: Rows = {
  'mark-inside-now': [{ ...inside, published_at: instant }, 'M1 -siBefore'],
  'mark-inside-later': [{ ...inside, published_at: after }, ''],
  'mark-inside-withdrawn': [
    { ...inside, published_at: longAgo, withdrawn_at: instant },
    'siBefore',
  ],
  'mark-inside-leaving': [{ ...inside, published_at: longAgo, withdrawn_at: after }, 'M1'],
};

const earlyFigures: Rows = {
  'mark-pre-good': [early('mark-pre-good'), isTold],
  'mark-pre-taken-back': [early('mark-pre-good', { withdrawn_at: longAgo }), 'engine:T'],
  'mark-pre-internal': [
    early('mark-pre-good', {
      audience: 'INTERNAL',
      conf_status: 'N',
      known_from: longAgo,
      published_at: null,
    }),
    'M2',
  ],
  'mark-pre-unapproved': [early('mark-pre-unapproved'), forEverybodyLater],
  'mark-pre-approved-later': [early('mark-pre-approved-later'), forEverybodyLater],
  'mark-pre-from-later': [early('mark-pre-from-later'), forEverybodyLater],
  'mark-pre-over': [early('mark-pre-over'), `${forEverybodyLater} pressBefore`],
  'mark-pre-revoked': [early('mark-pre-revoked'), `${forEverybodyLater} pressBefore`],
  'mark-pre-revoked-later': [early('mark-pre-revoked-later'), `${isTold} pressBefore`],
  'mark-pre-plain': [
    { ...holders, release_id: 'mark-pre-holders' },
    `${unions} si siBefore province commune national:T ${forEverybodyLater}`,
  ],
  'mark-pre-twin': [
    { ...holders, release_id: 'mark-pre-holders', has_internal: true },
    `${unions} -M1C ${forEverybodyLater}`,
  ],
};

const access = (release: string, more: Columns = {}): Columns => ({
  release_id: release,
  agency_id: 'mark-press',
  approved_at: longAgo,
  approved_by: 'other',
  ...more,
});
/** Of releases that nobody drafted: who may read early knows of it, and the stewards. */
const earlyAccess: Rows = {
  'mark-pre-good': [
    access('mark-pre-good', { approved_at: instant, valid_from: instant, valid_to: after }),
    `${ofPress} register`,
  ],
  'mark-pre-unapproved': [
    access('mark-pre-unapproved', { approved_at: null, approved_by: null }),
    `${ofPress} register`,
  ],
  'mark-pre-approved-later': [
    access('mark-pre-approved-later', { approved_at: after }),
    `${ofPress} register`,
  ],
  'mark-pre-from-later': [
    access('mark-pre-from-later', { valid_from: after }),
    `${ofPress} register`,
  ],
  'mark-pre-over': [access('mark-pre-over', { valid_to: instant }), `${ofPress} register`],
  'mark-pre-revoked': [access('mark-pre-revoked', { revoked_at: instant }), `${ofPress} register`],
  'mark-pre-revoked-later': [
    access('mark-pre-revoked-later', { revoked_at: after }),
    `${ofPress} register`,
  ],
  'mark-pre-si': [access('mark-pre-holders', { agency_id: 'mark-si' }), `${ofInsurer} register`],
  'mark-pre-si-1': [access('mark-pre-holders', { agency_id: 'mark-si-1' }), 'province register'],
  'mark-pre-si-1c': [access('mark-pre-holders', { agency_id: 'mark-si-1c' }), 'commune register'],
  'mark-pre-union': [
    access('mark-pre-holders', { agency_id: 'mark-union' }),
    'UNION party:O register',
  ],
};

export const releaseExpectations: Readonly<Record<string, MarkedTable>> = {
  observation: table(
    { ...forEngine, ...earlyFigures, ...insideFigures },
    { value: 1, obs_status: 'A', period_basis: 'PRINTED' },
  ),

  // Drafts are for those who make them and for the stewards; the calendar is everyone's with a grant.
  release: table(
    {
      'mark-draft': [{ ...areas.M1, provider_id: 'mark-si' }, `${own} register engine:T`],
      'mark-foreign-draft': [
        { ...areas.M2, provider_id: 'mark-si-2' },
        'elsewhere register engine:T',
      ],
      'mark-own-scheduled': [
        { ...areas.M1, provider_id: 'mark-si', scheduled_at: '2999-01-01' },
        'EVERYONE engine:T',
      ],
      'mark-own-approved': [
        { ...areas.M1, provider_id: 'mark-si-1', published_at: after, ...exceptional },
        'province register pressAfter engine:T',
      ],
      'mark-published': [
        { ...areas.M2, provider_id: 'mark-foreign', published_at: instant, ...exceptional },
        'EVERYONE -BEFORE engine:T',
      ],
    },
    { version: 1, prepared_by: 'one' },
    {
      'draft in its province': [draftIn(areas.M1), 'M1'],
      'draft in its commune': [draftIn(areas.M1C), 'M1C'],
      'draft in another province': [draftIn(areas.M2), 'M2'],
      'draft for the country': [draftIn(areas.MV), 'MV'],
      'draft as mark-si': [draftIn(areas.M1, `'mark-si'`), 'si siBefore national:T province:T'],
      // Without a condition, so that the policy for changes alone decides.
      'note what it drafted': [`update release set note = 'x'`, `${own} elsewhere`],
      'announce a draft': [
        `update release set scheduled_at = '2999-01-01', scheduled_by = scope_actor()
          where id = 'mark-draft'`,
        'steward',
      ],
      'discard what it drafted': ['delete from release', `${own} elsewhere`],
      'discard a draft': [`delete from release where id = 'mark-draft'`, own],
      'discard what is announced': [`delete from release where id = 'mark-own-scheduled'`, ''],
      'discard what is approved': [`delete from release where id = 'mark-own-approved'`, ''],
    },
  ),

  // The values of suppressed cells: for their maker, and for the protection itself.
  release_cell: {
    ...table(
      {
        'mark-draft': [{}, `${own} engine:T`],
        'mark-foreign-draft': [{}, 'elsewhere engine:T'],
        'mark-own-approved': [{}, 'province engine:T'],
      },
      { kind: 'PERSONS', shown: true, conf_status: 'F' },
      {
        'add a cell to a draft': [cellOf('mark-draft'), own],
        'add a cell to what is approved': [cellOf('mark-own-approved'), ''],
        'take the cells of its drafts away': ['delete from release_cell', `${own} elsewhere`],
      },
    ),
    key: 'release_id',
  },
  release_protection: {
    ...table(
      { 'mark-draft': [{}, `${own} engine:T`], 'mark-foreign-draft': [{}, 'elsewhere engine:T'] },
      {},
      {
        'protect a draft': [protectionOf('mark-own-scheduled'), own],
        'protect what is approved': [protectionOf('mark-own-approved'), ''],
        'protect again': ['delete from release_protection', `${own} elsewhere`],
      },
    ),
    key: 'release_id',
  },
  release_job: table(
    {
      'mark-running': [
        { release_id: 'mark-draft', agency_id: 'mark-si', state: 'RUNNING' },
        `${ofInsurer} register`,
      ],
      'mark-done': [
        { release_id: 'mark-foreign-draft', agency_id: 'mark-si', ended_at: longAgo },
        `${ofInsurer} elsewhere register`,
      ],
      'mark-by-steward': [
        { release_id: 'mark-draft', agency_id: 'mark-steward', ended_at: longAgo },
        `${own} register stewardWithout`,
      ],
    },
    { kind: 'PROTECT', state: 'DONE' },
    {
      'go on with what runs': ['update release_job set done = 1', ofInsurer],
      'go on with what has ended': [`update release_job set done = 1 where id = 'mark-done'`, ''],
    },
  ),
  // Who read a release early is told to everybody afterwards.
  pre_release_access: table(
    {
      ...earlyAccess,
      'mark-asked': [
        { release_id: 'mark-draft', agency_id: 'mark-press' },
        `${own} ${ofPress} register`,
      ],
      'mark-told': [access('mark-published', { agency_id: 'mark-foreign' }), 'EVERYONE -BEFORE'],
      'mark-refused': [{ release_id: 'mark-published', agency_id: 'mark-stranger' }, 'register'],
    },
    { valid_from: longAgo, valid_to: '2999-01-01' },
    {
      'request early reading': [
        `insert into pre_release_access (id, release_id, agency_id, valid_from, valid_to, reason, requested_by,
           requested_at)
         values ('new', 'mark-draft', 'mark-union', now(), '2999-01-01', 'x', scope_actor(), now())`,
        'steward',
      ],
      'approve early reading': [
        `update pre_release_access set approved_by = scope_actor(), approved_at = now()
          where id = 'mark-asked'`,
        'steward',
      ],
    },
  ),
};
