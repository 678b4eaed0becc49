/**
 * The marked rows of every table and who must meet them, by hand: what DESIGN says of row scope, and not
 * what the policies say. A new table needs an entry here, else the test of mutations fails with its name.
 */
import { auditExpectations } from './audit-expectations.ts';
import { changeExpectations } from './change-expectations.ts';
import { exportExpectations } from './export-expectations.ts';
import {
  employers,
  everywhere,
  figures,
  having,
  inProvinces,
  joint,
  parties,
  presences,
  published,
  type Columns,
  type MarkedTable,
} from './patterns.ts';
import { readersOfArea, registerExpectations } from './register-expectations.ts';
import { releaseExpectations } from './release-expectations.ts';
import { listExpectations } from './list-expectations.ts';
import { areas, instant, longAgo, type BusinessTopic } from './readers.ts';

/** Reference data: whoever holds a grant, and not nobody. */
const reference = (key: string, columns: Columns = {}): MarkedTable => ({
  key,
  columns,
  rows: { 'mark-reference': [{}, 'EVERYONE'] },
});
const ofTopic =
  (topic: BusinessTopic) =>
  (rows: MarkedTable['rows'], columns: Columns = {}, key = 'id'): MarkedTable => ({
    topic,
    key,
    columns: { topic, ...columns },
    rows,
  });
const enrollment = ofTopic('ENROLLMENT');
const debt = ofTopic('DEBT');
const campaign = ofTopic('CAMPAIGN');
const partner = ofTopic('PARTNER');

const figure = { value: 1, obs_status: 'A', period_basis: 'PRINTED' };
const confirmed = { confirmed_at: longAgo };
/** Nobody is said in public to take part before it has said so itself. */
const partyRows: MarkedTable['rows'] = {
  ...parties,
  ...having(confirmed, { ...everywhere, ...published }),
  'mark-silent': [{ ...areas.M2, published_at: longAgo, confirmed_at: null }, 'M2'],
  'mark-says-now': [
    { ...areas.M2, published_at: longAgo, confirmed_at: instant },
    'PUBLIC M2 -pressBefore -unionBefore',
  ],
};
const movement = { scheme: 's', participant_group: 'g', time_period: '2026-01' };
/** Their id is made of what they tell. */
const movements: MarkedTable['rows'] = Object.fromEntries(
  Object.entries(everywhere).map(([name, [columns, met]]) => [
    name,
    [{ ...columns, id: `${String(columns['area_id'])}/s/g/2026-01` }, met],
  ]),
);

const listed = (employer: string) => ({
  ...areas.M2,
  employer_id: employer,
  audience: 'INTERNAL',
  amount: 1,
});

const lateOnNoList = { audience: 'INTERNAL', amount: 1, months_late: 3 };
/** On no list: late enough for the next correction of it, and not for one reason each. */
const lateEnough: Readonly<Record<string, Columns>> = {
  'mark-late-enough': {},
  'mark-late-less': { months_late: 2 },
  'mark-late-nothing': { amount: 0 },
  'mark-late-suspended': { state: 'SUSPENDED' },
  'mark-late-another-day': { as_of: '2025-12-31' },
  'mark-late-for-parties': { audience: 'PARTY' },
};

/** NOBODY: the gateway's role has no right to the table at all. */
export const expectations: Readonly<Record<string, MarkedTable | 'NOBODY'>> = {
  // ---------------------------------------------------------------- reference data
  area: {
    columns: { vintage: '2025-07' },
    rows: Object.fromEntries(
      (Object.keys(areas) as (keyof typeof areas)[]).map((place) => {
        const { area_id, province_id } = areas[place];
        const kind = province_id === null ? 'REGION' : 'PROVINCE';
        const code = area_id.replace('@2025-07', '');
        return [area_id, [{ code, province_id, kind }, `EVERYONE ${readersOfArea(place)}`]];
      }),
    ),
  },
  area_member: reference('group_id'),
  area_succession: {
    columns: { predecessor_id: 'mark-old', successor_id: 'mark-new', kind: 'MERGED' },
    rows: { 'mark-old>mark-new': [{}, 'EVERYONE'] },
  },
  area_correction: reference('id', { kind: 'CODE_WRONG' }),
  office: reference('id', { level: 'NATIONAL' }),
  office_area: reference('office_id'),
  source: reference('id', { nature: 'REPORTED' }),
  instrument: reference('id'),
  code_list: reference('id'),
  code: reference('code'),
  code_mapping: reference('id', { relation: 'SAME', exact: true, to_list: 'l', to_code: 'c' }),
  legal_parameter: reference('id', { reliability: 'TEXT', value: '1' }),
  legal_fine: reference('id', {
    reliability: 'TEXT',
    basis: 'AMOUNT',
    headcount_min: null,
    headcount_max: null,
    percent_min: null,
    percent_max: null,
    fine_min: 1,
    fine_max: 2,
  }),
  series_rule: reference('series', { additive_over_time: true }),

  // ---------------------------------------------------------------- the register
  ...registerExpectations,

  // ---------------------------------------------------------------- evidence
  ...exportExpectations,
  ...auditExpectations,

  // ---------------------------------------------------------------- figures
  ...changeExpectations,
  target: enrollment(figures, { ...figure, kind: 'QUANTIFIED' }),
  enrolment_movement: enrollment(movements, movement, 'source_id'),
  ...releaseExpectations,
  // Conflicts tell of figures: all their topics are needed, and somebody to need them.
  conflict: {
    topic: 'ENROLLMENT',
    rows: {
      'mark-no-topic': [{ topics: [] }, 'EVERYONE'],
      'mark-one-topic': [
        { topics: ['ENROLLMENT'] },
        'PUBLIC PARTY_M1 province:T area:T published:T',
      ],
      'mark-two-topics': [{ topics: ['ENROLLMENT', 'DEBT'] }, 'PUBLIC -national:T -published:T'],
    },
  },
  conflict_row: {
    key: 'conflict_id',
    topic: 'ENROLLMENT',
    columns: { part: 'MARK' },
    rows: {
      'mark-no-topic': [{ topics: [] }, 'EVERYONE'],
      'mark-one-topic': [
        { topics: ['ENROLLMENT'] },
        'PUBLIC PARTY_M1 province:T area:T published:T',
      ],
      'mark-two-topics': [{ topics: ['ENROLLMENT', 'DEBT'] }, 'PUBLIC -national:T -published:T'],
    },
  },

  // ---------------------------------------------------------------- contribution debt
  employer: debt(
    {
      ...inProvinces,
      ...employers,
      'mark-person': [{ ...areas.M1, is_natural_person: true }, 'M1'],
      // On lists that are or will be public; and one of the same number as an entry in another province.
      'mark-open': [areas.M2, 'M2'],
      'mark-leaving': [areas.M2, 'M2'],
      'mark-planned': [areas.M2, 'M2'],
      'mark-withdrawn': [areas.M1, 'M1'],
      ...Object.fromEntries(Object.keys(lateEnough).map((name) => [name, [areas.M2, 'M2']])),
    },
    { payment_cycle: 'MONTHLY' },
  ),
  union_presence: debt(
    {
      ...presences,
      // A union may say so of a natural person, and learns nothing by it.
      'mark-person': [
        { ...areas.M1, agency_id: 'mark-union', confirmed_at: longAgo, confirmed_by: 'mark-si' },
        'M1 UNION',
      ],
    },
    {},
    'employer_id',
  ),
  obligation: debt(inProvinces, { payment_cycle: 'MONTHLY' }, 'employer_id'),
  payment: debt(inProvinces, { amount: 1 }),
  registration_duty: debt(inProvinces, { workers: 1 }),
  underdeclaration: debt(inProvinces, { time_period: '2025-08', legal_base: 2, workers: 1 }),
  debt_fact_version: debt(inProvinces, {
    fact: 'payment',
    known_from: longAgo,
    known_to: instant,
    content: {},
  }),
  debt_position: debt(
    {
      'mark-internal-m1': [
        { ...areas.M1, employer_id: 'mark-joined-m1', audience: 'INTERNAL' },
        'M1',
      ],
      'mark-internal-m1c': [
        { ...areas.M1C, employer_id: 'mark-joined-m1c', audience: 'INTERNAL' },
        'M1C',
      ],
      'mark-internal-m2': [
        { ...areas.M2, employer_id: 'mark-joined-m2', audience: 'INTERNAL' },
        'M2',
      ],
      // A reader meets a position once.
      'mark-party-m1': [
        { ...areas.M1, employer_id: 'mark-joined-m1', audience: 'PARTY' },
        'PARTY_M1 -M1',
      ],
      'mark-party-m1c': [
        { ...areas.M1C, employer_id: 'mark-joined-m1c', audience: 'PARTY' },
        'PARTY_M1C -M1C',
      ],
      'mark-party-m2': [
        { ...areas.M2, employer_id: 'mark-joined-m2', audience: 'PARTY' },
        'PARTY_M2 -M2',
      ],
      // Of listed employers: as the list prints it, of another day, and for parties.
      'mark-printed': [listed('mark-planned'), 'M2'],
      'mark-of-another-day': [{ ...listed('mark-open'), as_of: '2025-12-31' }, 'M2'],
      'mark-for-parties': [{ ...listed('mark-leaving'), audience: 'PARTY' }, ''],
      ...Object.fromEntries(
        Object.entries(lateEnough).map(([name, more]) => [
          name,
          [{ ...listed(name), months_late: 3, ...more }, more.audience === 'PARTY' ? '' : 'M2'],
        ]),
      ),
      'mark-late-person': [{ ...areas.M1, ...lateOnNoList, employer_id: 'mark-person' }, 'M1'],
      'mark-party-asked': [{ ...areas.M1, employer_id: 'mark-asked', audience: 'PARTY' }, ''],
    },
    { state: 'LATE_UNPAID', workers_affected: 20 },
  ),
  debt_event: debt(
    {
      ...having({ agency_id: 'mark-labour' }, inProvinces),
      'mark-own': [
        { ...areas.M2, agency_id: 'mark-union', employer_id: 'mark-foreign' },
        'M2 UNION',
      ],
      'mark-took-part': [
        {
          ...areas.M1,
          participant_ids: ['mark-union'],
          employer_id: 'mark-joined-m1',
          ...confirmed,
        },
        'M1 PARTY_M1',
      ],
      'mark-took-part-now': [
        {
          ...areas.M1,
          participant_ids: ['mark-union'],
          employer_id: 'mark-joined-m1',
          confirmed_at: instant,
        },
        'M1 PARTY_M1 -unionBefore',
      ],
      // What is planned or drafted is no act yet, whoever is to take part.
      'mark-planned': [
        {
          ...areas.M1,
          participant_ids: ['mark-union'],
          employer_id: 'mark-joined-m1',
          ...confirmed,
          stage: 'PLANNED',
        },
        'M1',
      ],
      'mark-own-plan': [
        {
          ...areas.M2,
          agency_id: 'mark-union',
          employer_id: 'mark-foreign',
          stage: 'PLANNED',
        },
        'M2 UNION',
      ],
      'mark-invited': [
        { ...areas.M1, participant_ids: ['mark-union'], employer_id: 'mark-joined-m1' },
        'M1',
      ],
      'mark-without-members': [
        { ...areas.M1, participant_ids: ['mark-union'], employer_id: 'mark-asked', ...confirmed },
        'M1',
      ],
      'mark-of-rivals': [
        {
          ...areas.M1,
          participant_ids: ['mark-rival'],
          employer_id: 'mark-joined-m1',
          ...confirmed,
        },
        'M1',
      ],
    },
    { kind: 'JOINT_SESSION' },
  ),
  ...listExpectations,

  // ---------------------------------------------------------------- campaigns
  campaign: campaign(
    { ...everywhere, ...published, ...joint() },
    { method: 'PEAK', status: 'PLANNED' },
  ),
  campaign_party: campaign(partyRows, {}, 'campaign_id'),
  activity: campaign(
    { ...everywhere, ...published, ...joint((name) => ({ campaign_id: name })) },
    { form: 'DIRECT', status: 'PLANNED' },
  ),
  campaign_cost: campaign(everywhere),
  campaign_output: campaign(figures, figure),
  audience: campaign({ ...everywhere, ...published }),
  channel_use: campaign({ ...everywhere, ...published }),

  // ---------------------------------------------------------------- partners
  partner: partner({ ...everywhere, ...published }),
  coordination: partner({ ...everywhere, ...published }),
  coordination_instrument: partner({ ...everywhere, ...published, ...joint() }),
  coordination_party: partner(partyRows, {}, 'instrument_id'),
  coordination_term: partner({ ...everywhere, ...published, ...joint() }, {}, 'instrument_id'),
  agent_system: partner(
    { ...everywhere, ...published },
    { is_total: true, period_basis: 'PRINTED' },
  ),
  agent_point: partner({ ...everywhere, ...published }),
  agent_task: partner(everywhere),
  organisation_fact: partner(
    { ...everywhere, ...published },
    { period_basis: 'PRINTED', conf_status: 'F' },
  ),
};
