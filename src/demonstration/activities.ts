/** What is done in a campaign, what came of it in counts, and who joined. Pure. */
import { addDays, daysBetween, instantOn, lastDay } from './calendar.ts';
import { columnsOf, partiesOf, type Campaign } from './campaigns.ts';
import { figureRow, type FigureRow } from './figures.ts';
import { pick, wholeBetween } from './seeded.ts';
import { grassroots } from './sources.ts';
import { inProvince, type Commune, type Territory } from './territory.ts';

interface Kind {
  readonly channel: string;
  readonly form: 'DIRECT' | 'INDIRECT';
  readonly nameVi: string;
  readonly nameEn: string;
  /** What is counted, and how many at least and at most. */
  readonly counts: readonly (readonly [measure: string, least: number, most: number])[];
}

const kinds: readonly Kind[] = [
  {
    channel: 'CONFERENCE',
    form: 'DIRECT',
    nameVi: 'Hội nghị',
    nameEn: 'Conference',
    counts: [
      ['EVENTS', 1, 6],
      ['ATTENDEES', 60, 480],
    ],
  },
  {
    channel: 'SMALL_GROUP',
    form: 'DIRECT',
    nameVi: 'Nhóm nhỏ',
    nameEn: 'Small groups',
    counts: [
      ['SESSIONS', 8, 60],
      ['ATTENDEES', 60, 700],
    ],
  },
  {
    channel: 'MARKET_CONSULTING',
    form: 'DIRECT',
    nameVi: 'Tư vấn tại chợ',
    nameEn: 'Desk at the market',
    counts: [
      ['SESSIONS', 2, 14],
      ['ATTENDEES', 40, 300],
    ],
  },
  {
    channel: 'WORKING_SESSION',
    form: 'DIRECT',
    nameVi: 'Làm việc với đơn vị',
    nameEn: 'Sessions with employers',
    counts: [['SESSIONS', 3, 25]],
  },
  {
    channel: 'LOUDSPEAKER',
    form: 'INDIRECT',
    nameVi: 'Loa truyền thanh',
    nameEn: 'Loudspeakers',
    counts: [['BROADCASTS', 20, 180]],
  },
  {
    channel: 'WEBSITE',
    form: 'INDIRECT',
    nameVi: 'Tin, bài trên trang điện tử',
    nameEn: 'Items on the website',
    counts: [
      ['ARTICLES', 4, 30],
      ['VISITS', 900, 22_000],
    ],
  },
  {
    channel: 'LEAFLET',
    form: 'INDIRECT',
    nameVi: 'Tờ rơi',
    nameEn: 'Leaflets',
    counts: [['SHEETS', 500, 9_000]],
  },
  {
    channel: 'NEWSPAPER',
    form: 'INDIRECT',
    nameVi: 'Bài báo',
    nameEn: 'Press items',
    counts: [['ARTICLES', 2, 16]],
  },
];

/** Posts, never persons. */
const focalPoints = [
  'Communication desk of the insurance agency',
  'Head of the collection desk',
  'Culture and society division of the commune',
];
const frequencies = ['ONE_OFF', 'PERIODIC', 'AT_LEAST_MONTHLY'] as const;

export interface Activity {
  readonly id: string;
  readonly campaign: Campaign;
  readonly kind: Kind;
  readonly areaId: string;
  readonly place: string;
  readonly plannedOn: string;
  readonly heldOn: string | null;
  readonly status: string;
}

function communesOf(territory: Territory, { areaId, province }: Campaign): Commune[] {
  const all = inProvince(territory.current, province.id);
  return areaId === grassroots.cluster
    ? all.filter(({ id }) => grassroots.areas.includes(id))
    : all;
}

/** Held within two weeks of its plan when that is past; a few are cancelled. */
function activityIn(campaign: Campaign, communes: readonly Commune[], number: number): Activity {
  const key = `${campaign.id}-${number}`;
  const { startsOn, endsOn } = campaign.plan;
  const span = daysBetween(startsOn, endsOn);
  const plannedOn = addDays(startsOn, wholeBetween(`planned ${key}`, 0, span));
  const later = addDays(plannedOn, wholeBetween(`held ${key}`, 0, 14));
  const held = later > endsOn ? plannedOn : later;
  const isCancelled = wholeBetween(`cancelled ${key}`, 1, 20) === 1;
  const status = isCancelled ? 'CANCELLED' : held <= lastDay ? 'HELD' : 'PLANNED';
  const kind = kinds[(number + wholeBetween(`kind ${campaign.id}`, 0, 7)) % kinds.length]!;
  const commune = pick(`commune ${key}`, communes);
  // What is printed or broadcast is for the whole area of the campaign.
  const isLocal = kind.form === 'DIRECT';
  return {
    id: `demo-activity-${key.slice('demo-campaign-'.length)}`,
    campaign,
    kind,
    areaId: isLocal ? commune.id : campaign.areaId,
    place: isLocal ? commune.nameVi : campaign.province.nameVi,
    plannedOn,
    heldOn: status === 'HELD' ? held : null,
    status,
  };
}

export function generateActivities(
  territory: Territory,
  campaigns: readonly Campaign[],
): Activity[] {
  return campaigns.flatMap((campaign) => {
    const communes = communesOf(territory, campaign);
    const count = wholeBetween(`activities ${campaign.id}`, 5, 10);
    return Array.from({ length: count }, (_, i) => activityIn(campaign, communes, i + 1));
  });
}

const outcomeId = ({ id, plan }: Campaign): string | null =>
  plan.scheme === null ? null : `demo-new-participants-${id.slice('demo-campaign-'.length)}`;

/** Enrolment is credited to talks with people that have taken place. */
const outcomesOf = ({ campaign, kind, status }: Activity): string[] => {
  const figure = outcomeId(campaign);
  return figure !== null && kind.form === 'DIRECT' && status === 'HELD' ? [figure] : [];
};

const languagesOf = ({ campaign: { province } }: Activity): string[] =>
  province.code === '40' ? ['vi'] : province.code === '11' ? ['vi', 'hmn', 'blt'] : ['vi', 'hmn'];

/** A row of the table `activity`. */
export const activityRow = (activity: Activity) => ({
  id: activity.id,
  ...columnsOf(activity.campaign),
  area_id: activity.areaId,
  campaign_id: activity.campaign.id,
  name_vi: `${activity.kind.nameVi} – ${activity.place} (mẫu)`,
  name_en: `${activity.kind.nameEn} (sample)`,
  channel: activity.kind.channel,
  form: activity.kind.form,
  audience_codes: activity.campaign.plan.audiences,
  topic_codes: activity.campaign.plan.topics,
  languages: languagesOf(activity),
  place: activity.place,
  frequency: pick(`frequency ${activity.id}`, frequencies),
  focal_point: pick(`focal ${activity.id}`, focalPoints),
  planned_on: activity.plannedOn,
  held_on: activity.heldOn,
  status: activity.status,
  outcome_ids: outcomesOf(activity),
  source_id: 'demo-campaign',
  contributor_id: activity.campaign.contributor,
});

/** A row of the table `campaign_output`: public once the campaign is, internal until then. */
export type OutputRow = ReturnType<typeof outputRow>;

function outputRow(activity: Activity, [measure, least, most]: Kind['counts'][number]) {
  const { id, campaign, kind } = activity;
  const day = activity.heldOn!;
  const isPublic = campaign.publishedAt !== null;
  const known = instantOn(addDays(day, 12));
  const partner = pick(`partner ${id}`, partiesOf(campaign)).partnerId;
  return {
    figure_id: `demo-output-${id.slice('demo-activity-'.length)}-${measure.toLowerCase()}`,
    audience: isPublic ? ('PUBLISHED' as const) : ('INTERNAL' as const),
    has_internal: false,
    topic: 'CAMPAIGN',
    area_id: activity.areaId,
    province_id: campaign.province.id,
    series: null,
    campaign_id: campaign.id,
    activity_id: id,
    activity_name: `${kind.nameEn} (sample)`,
    channel: kind.channel,
    form: kind.form,
    form_basis: 'DERIVED',
    audience_codes: campaign.plan.audiences,
    topic_codes: campaign.plan.topics,
    partner_id: partner,
    measure,
    is_total: false,
    time_period: day,
    period_start: day,
    period_end: day,
    period_basis: 'PRINTED',
    value: wholeBetween(`count ${id} ${measure}`, least, most),
    decimals: 0,
    qualifier: null,
    obs_status: 'A',
    conf_status: isPublic ? 'F' : 'N',
    outcome_ids: outcomesOf(activity),
    comment: null,
    source_id: 'demo-campaign',
    locator: 'generated',
    contributor_id: campaign.contributor,
    known_from: known,
    published_at: isPublic ? known : null,
  };
}

export const outputRows = (activities: readonly Activity[]): OutputRow[] =>
  activities
    .filter(({ status }) => status === 'HELD')
    .flatMap((activity) => activity.kind.counts.map((count) => outputRow(activity, count)));

/** Who joined through a campaign: one internal figure each, of those that have begun. */
export function outcomeFigures(campaigns: readonly Campaign[]): FigureRow[] {
  return campaigns.flatMap((campaign) => {
    const figure_id = outcomeId(campaign);
    const { startsOn, endsOn, scheme } = campaign.plan;
    if (figure_id === null || endsOn > lastDay) return [];
    const figure = {
      figure_id,
      area_id: campaign.areaId,
      province_id: campaign.province.id,
      time_period: `${startsOn}/P${daysBetween(startsOn, endsOn) + 1}D`,
      period_start: startsOn,
      period_end: endsOn,
      value: wholeBetween(`joined ${campaign.id}`, 40, 900),
      known_from: instantOn(addDays(endsOn, 15)),
    };
    return figureRow(figure, {
      audience: 'INTERNAL' as const,
      has_internal: false,
      topic: 'ENROLLMENT',
      domain: 'ENROLLMENT',
      indicator: 'NEW_PARTICIPANTS',
      scheme,
      participant_group: scheme === 'HEALTH_INSURANCE' ? 'HOUSEHOLDS' : 'ALL',
      breakdown: `campaign=${campaign.id}`,
      conf_status: 'N',
      source_id: 'demo-campaign',
      published_at: null,
      release_id: null,
    });
  });
}
