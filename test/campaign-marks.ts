/** Marked campaigns, activities, costs, outputs, audiences and channels, and who may meet which. */
import type pg from 'pg';
import { territories } from './marks.ts';

type Place = 'country' | 'tuaChua' | 'dienBien' | 'laoCai' | 'ngheAn';

const areas = {
  'VN@2025-06': 'country',
  'VN-DB-TC@2025-07': 'tuaChua',
  '11@2025-07': 'dienBien',
  '15@2025-07': 'laoCai',
  '10@2025-06': 'laoCai',
  '40@2025-07': 'ngheAn',
} as const satisfies Record<string, Place>;
type AreaId = keyof typeof areas;

/** When a row is published: for everyone, not yet, no longer, or never. */
const publication = {
  open: { published_at: '2026-01-01T00:00:00Z', withdrawn_at: null },
  later: { published_at: '2026-01-01T00:00:00Z', withdrawn_at: '2999-01-01T00:00:00Z' },
  embargoed: { published_at: '2999-01-01T00:00:00Z', withdrawn_at: null },
  withdrawn: { published_at: '2026-01-01T00:00:00Z', withdrawn_at: '2026-02-01T00:00:00Z' },
  internal: { published_at: null, withdrawn_at: null },
} as const;
type State = keyof typeof publication;
const isOpen = (state: State) => state === 'open' || state === 'later';

export const campaigns: readonly (readonly [code: string, area: AreaId, state: State])[] = [
  ['mark-db', '11@2025-07', 'internal'],
  ['mark-embargo', '11@2025-07', 'embargoed'],
  ['mark-later', '15@2025-07', 'later'],
  ['mark-lc', '15@2025-07', 'internal'],
  ['mark-lc-old', '10@2025-06', 'internal'],
  ['mark-na', '40@2025-07', 'internal'],
  ['mark-open', '40@2025-07', 'open'],
  ['mark-tc', 'VN-DB-TC@2025-07', 'internal'],
  ['mark-vn', 'VN@2025-06', 'internal'],
  ['mark-withdrawn', '40@2025-07', 'withdrawn'],
];

const yes = '2026-01-01T00:00:00Z';
const notYet = '2999-01-01T00:00:00Z';
/** Campaign, agency, and when the other party confirmed; the last cell says whether it counts. */
const parties: readonly (readonly [string, string, string | null, boolean])[] = [
  ['mark-db', 'union-dien-bien', yes, true],
  ['mark-db', 'labour-dien-bien', null, false],
  // A party whose grant reaches published rows alone, and one without business data.
  ['mark-db', 'press-vn', yes, false],
  ['mark-db', 'audit-vn', yes, false],
  ['mark-tc', 'union-dien-bien', yes, true],
  ['mark-lc', 'union-lao-cai', null, false],
  ['mark-lc', 'labour-lao-cai', yes, true],
  // Outside its territory.
  ['mark-lc', 'union-nghe-an', yes, false],
  ['mark-lc-old', 'labour-lao-cai', yes, true],
  ['mark-na', 'union-nghe-an', notYet, false],
  ['mark-na', 'union-dien-bien', yes, false],
  ['mark-na', 'labour-nghe-an', yes, true],
  ['mark-na', 'union-expired', yes, false],
  ['mark-vn', 'labour-vn', yes, true],
  ['mark-vn', 'union-lao-cai', yes, false],
];
/** Loaded partners, so that each campaign's parties are different ones. */
const partnerIds = ['lc-media', 'lc-newspaper', 'lc-post', 'lc-vov', 'vss'];
/** A partner that only its own territory knows. */
export const hiddenPartner = 'mark-partner';

/** Each campaign has an activity of its own name and state; two differ from their campaign. */
export const activities: readonly (readonly [string, string, AreaId, State])[] = [
  ...campaigns.map(([code, area, state]) => [code, code, area, state] as const),
  ['mark-shown', 'mark-db', '11@2025-07', 'open'],
  ['mark-hidden', 'mark-open', '40@2025-07', 'internal'],
];

interface MarkedOutput {
  readonly figure: string;
  readonly area: AreaId;
  readonly audience: 'INTERNAL' | 'PUBLISHED';
  readonly campaign: string;
  readonly state: State;
  readonly more?: Readonly<Record<string, unknown>>;
}
const internal = (figure: string, area: AreaId, campaign: string, more = {}): MarkedOutput => {
  return { figure, area, audience: 'INTERNAL', campaign, state: 'internal', more };
};
const published = (
  figure: string,
  area: AreaId,
  campaign: string,
  state: State,
  more = {},
): MarkedOutput => ({ figure, area, audience: 'PUBLISHED', campaign, state, more });
const suppressed = { value: null, decimals: null, obs_status: 'Q', conf_status: 'C' };
/** Months of one series in Nghệ An: two published ones and one that is not. */
const month = (timePeriod: string, series: string, measure: string) => ({
  time_period: timePeriod,
  period_start: `${timePeriod}-01`,
  period_end: `${timePeriod}-28`,
  series,
  measure,
});

export const outputs: readonly MarkedOutput[] = [
  internal('mark-out-db', '11@2025-07', 'mark-db'),
  internal('mark-out-tc', 'VN-DB-TC@2025-07', 'mark-tc'),
  internal('mark-out-lc', '15@2025-07', 'mark-lc'),
  internal('mark-out-na', '40@2025-07', 'mark-na'),
  internal('mark-out-vn', 'VN@2025-06', 'mark-vn'),
  internal('mark-out-of-open', '40@2025-07', 'mark-open'),
  internal('mark-out-not-yet', '11@2025-07', 'mark-db', { known_from: notYet }),
  published('mark-out-of-hidden', '11@2025-07', 'mark-db', 'open'),
  published('mark-out-embargo', '11@2025-07', 'mark-db', 'embargoed'),
  published('mark-out-withdrawn', '40@2025-07', 'mark-open', 'withdrawn'),
  published(
    'mark-sum-1',
    '40@2025-07',
    'mark-open',
    'open',
    month('2026-01', 'na-contests', 'EVENTS'),
  ),
  published(
    'mark-sum-2',
    '40@2025-07',
    'mark-open',
    'open',
    month('2026-02', 'na-contests', 'EVENTS'),
  ),
  internal('mark-sum-3', '40@2025-07', 'mark-open', month('2026-03', 'na-contests', 'EVENTS')),
  internal('mark-out-both', '40@2025-07', 'mark-open', month('2026-01', 'na-sessions', 'SESSIONS')),
  published('mark-out-both', '40@2025-07', 'mark-open', 'open', {
    ...month('2026-01', 'na-sessions', 'SESSIONS'),
    ...suppressed,
    has_internal: true,
  }),
  published(
    'mark-out-beside',
    '40@2025-07',
    'mark-open',
    'open',
    month('2026-02', 'na-sessions', 'SESSIONS'),
  ),
];
export const keyOfOutput = ({ figure, audience }: MarkedOutput) =>
  `${figure}-${audience.toLowerCase()}`;

/** Audiences and channels. */
export const reach: readonly (readonly [code: string, area: AreaId, state: State])[] = [
  ['mark-reach-db', '11@2025-07', 'internal'],
  ['mark-reach-embargo', '11@2025-07', 'embargoed'],
  ['mark-reach-lc', '10@2025-06', 'internal'],
  ['mark-reach-na', '40@2025-07', 'withdrawn'],
  ['mark-reach-open', '40@2025-07', 'open'],
  ['mark-reach-tc', 'VN-DB-TC@2025-07', 'internal'],
  ['mark-reach-vn', 'VN@2025-06', 'internal'],
];

/** CAMPAIGN is internal to the insurance agencies alone. */
const holds = (agency: string, area: AreaId) =>
  agency.startsWith('si-') && (territories[agency] ?? []).some((place) => place === areas[area]);
const isParty = (agency: string, campaign: string) =>
  parties.some(([code, party, , counts]) => code === campaign && party === agency && counts);

export const campaignsMet = (agency: string): string[] =>
  campaigns
    .filter(([code, area, state]) => holds(agency, area) || isOpen(state) || isParty(agency, code))
    .map(([code]) => code);

export const activitiesMet = (agency: string): string[] =>
  activities
    .filter(
      ([, campaign, area, state]) =>
        holds(agency, area) || isOpen(state) || isParty(agency, campaign),
    )
    .map(([code]) => code);

/** Parties do not read internal outputs: what a campaign counts is the insurance agency's until published. */
export const outputsMet = (agency: string): MarkedOutput[] =>
  outputs.filter(({ figure, audience, area, state, more }) => {
    if (more?.['known_from'] === notYet) return false;
    if (audience === 'INTERNAL') return holds(agency, area);
    const hasInternal = figure === 'mark-out-both' && holds(agency, area);
    return isOpen(state) && !hasInternal;
  });

export const reachMet = (agency: string): string[] =>
  reach.filter(([, area, state]) => holds(agency, area) || isOpen(state)).map(([code]) => code);

/** Amounts lie from here on; no other number of an answer comes near. */
const amountMin = 987_600_000;
export const amounts = /9876\d{5}/g;
/** Counts lie from here on. */
const countMin = 987_500_000;
export const counts = /9875\d{5}/g;

const indexOf = (code: string) => campaigns.findIndex(([campaign]) => campaign === code);
/** Two items a campaign. */
export const costsOf = (code: string) =>
  ['EVENTS', 'MATERIALS'].map((item, i) => {
    const budget = amountMin + indexOf(code) * 100 + i * 10 + 5;
    return { item, budget, spent: budget - 3 };
  });
export const costsMet = (agency: string): string[] =>
  campaigns.filter(([, area]) => holds(agency, area)).map(([code]) => code);

export const countOf = (output: MarkedOutput) =>
  output.more?.['value'] === null ? null : countMin + outputs.indexOf(output) + 1;

const common = { topic: 'CAMPAIGN', contributor_id: 'si-vn', source_id: 'dien-bien-2024' };
const methods = ['CAMPAIGN', 'PEAK', 'THEMATIC'];
const statuses = ['PLANNED', 'RUNNING', 'COMPLETED', 'CANCELLED'];
const dayOf = (i: number) => `2026-0${(i % 6) + 1}-${10 + i}`;

export const campaignRows = campaigns.map(([code, area, state], i) => ({
  ...common,
  id: code,
  area_id: area,
  method: methods[i % 3]!,
  name_vi: `Chiến dịch ${code}`,
  name_en: `Campaign ${code}`,
  topic_codes: [i % 2 ? 'VOLUNTARY_SI' : 'HOUSEHOLD_HI'],
  starts_on: dayOf(i),
  ends_on: `2026-08-${10 + i}`,
  status: statuses[i % 4]!,
  ...publication[state],
}));

const partyRows = campaigns.flatMap(([campaign, area, state]) => {
  const own = parties.filter(([code]) => code === campaign);
  const rows = own.map(([, agency, confirmed], i) => {
    return { agency_id: agency, partner_id: partnerIds[i]!, confirmed_at: confirmed };
  });
  const hidden = { agency_id: null, partner_id: hiddenPartner, confirmed_at: yes };
  const place = { campaign_id: campaign, topic: 'CAMPAIGN', area_id: area };
  return [...rows, ...(campaign === 'mark-open' ? [hidden] : [])].map((row) => {
    return { ...place, ...row, role: 'CO_ORGANISER', ...publication[state] };
  });
});

export const activityRows = activities.map(([code, campaign, area, state], i) => ({
  ...common,
  id: code,
  campaign_id: campaign,
  area_id: area,
  name_vi: `Hoạt động ${code}`,
  name_en: `Activity ${code}`,
  channel: i % 2 ? 'CONFERENCE' : 'LOUDSPEAKER',
  form: i % 2 ? 'DIRECT' : 'INDIRECT',
  audience_codes: [i % 3 ? 'FARMERS' : 'STUDENTS'],
  topic_codes: ['VOLUNTARY_SI'],
  languages: ['vi', 'hmn'],
  place: 'Hall',
  frequency: 'ONE_OFF',
  focal_point: 'Head of communication',
  planned_on: dayOf(i),
  held_on: i % 2 ? dayOf(i) : null,
  status: i % 2 ? 'HELD' : 'PLANNED',
  outcome_ids: ['obs-tc-vsi-new-2025-11', 'obs-tc-hi-households-new-2025-11'],
  ...publication[state],
}));

const outputRows = outputs.map((output) => ({
  ...common,
  id: keyOfOutput(output),
  figure_id: output.figure,
  audience: output.audience,
  has_internal: false,
  area_id: output.area,
  campaign_id: output.campaign,
  activity_id: output.campaign,
  activity_name: `Conferences ${output.figure}`,
  channel: 'CONFERENCE',
  form: 'DIRECT',
  form_basis: 'PRINTED',
  audience_codes: [],
  topic_codes: [],
  partner_id: hiddenPartner,
  measure: 'ATTENDEES',
  is_total: false,
  time_period: '2026',
  period_start: '2026-01-01',
  period_end: '2026-12-31',
  period_basis: 'PRINTED',
  value: countOf(output),
  decimals: 0,
  obs_status: 'A',
  conf_status: output.audience === 'INTERNAL' ? 'N' : 'F',
  outcome_ids: [],
  locator: 'mark',
  known_from: '2026-01-01T00:00:00Z',
  ...publication[output.state],
  ...output.more,
}));

const reachRow = (kind: string) =>
  reach.map(([code, area, state]) => ({
    ...common,
    id: `${code}-${kind}`,
    area_id: area,
    locator: 'mark',
    status: 'CURRENT',
    ...publication[state],
  }));

export async function insertCampaigns(owner: pg.Pool): Promise<void> {
  const insert = (table: string, rows: readonly object[]) =>
    owner.query(
      `insert into ${table} select (jsonb_populate_record(null::${table},
         r || jsonb_build_object('province_id', a.province_id))).*
       from jsonb_array_elements($1::jsonb) r join area a on a.id = r ->> 'area_id'`,
      [JSON.stringify(rows)],
    );
  const partner = { ...common, id: hiddenPartner, topic: 'PARTNER', area_id: '40@2025-07' };
  await insert('partner', [
    {
      ...partner,
      name_en: 'Hidden partner',
      kind: 'OTHER',
      level: 'PROVINCIAL',
      source_ids: ['dien-bien-2024'],
      locator: 'mark',
    },
  ]);
  await insert('campaign', campaignRows);
  await insert('campaign_party', partyRows);
  await insert('activity', activityRows);
  const costRows = campaigns.flatMap(([code, area]) =>
    costsOf(code).map((cost) => {
      return { ...common, id: `${code}-${cost.item}`, campaign_id: code, area_id: area, ...cost };
    }),
  );
  await insert('campaign_cost', costRows);
  await insert('campaign_output', outputRows);
  const audience = { audience_codes: ['FARMERS'], name: 'Farmers', topic_codes: [] };
  await insert(
    'audience',
    reachRow('aud').map((row) => {
      return { ...row, ...audience, channel_codes: [], frequency: 'NOT_STATED' };
    }),
  );
  const channel = { channel: 'THEATRE', form: 'BOTH', form_basis: 'NOT_STATED' };
  await insert(
    'channel_use',
    reachRow('chu').map((row) => ({ ...row, ...channel })),
  );
}
