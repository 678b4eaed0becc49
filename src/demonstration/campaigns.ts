/** A year of campaigns with their parties and costs. Pure. */
import { addDays, instantOn, lastDay } from './calendar.ts';
import { wholeBetween } from './seeded.ts';
import type { AgencyOf } from './partners.ts';
import { grassroots, provinces, type DemonstrationProvince } from './sources.ts';

/** What a campaign is, wherever it is held. */
export interface Plan {
  readonly slug: string;
  readonly method: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly topics: readonly string[];
  readonly audiences: readonly string[];
  readonly startsOn: string;
  readonly endsOn: string;
  /** The scheme that people join through it; null where nobody joins. */
  readonly scheme: string | null;
}

const plan = (
  [slug, method, nameVi, nameEn]: readonly [string, string, string, string],
  [startsOn, endsOn]: readonly [string, string],
  topics: readonly string[],
  audiences: readonly string[],
  scheme: string | null,
): Plan => ({ slug, method, nameVi, nameEn, startsOn, endsOn, topics, audiences, scheme });

const plans: readonly Plan[] = [
  plan(
    ['new-law', 'CAMPAIGN', 'Luật Bảo hiểm xã hội mới', 'The new law'],
    ['2025-07-01', '2025-09-30'],
    ['NEW_LEGISLATION', 'COMPULSORY_EXTENSION'],
    ['EMPLOYERS', 'EMPLOYEES'],
    null,
  ),
  plan(
    ['students', 'PEAK', 'Bảo hiểm y tế đầu năm học', 'Health cards for the school year'],
    ['2025-08-15', '2025-10-15'],
    ['STUDENT_HI'],
    ['STUDENTS', 'PARENTS'],
    null,
  ),
  plan(
    ['households', 'PEAK', 'Bảo hiểm y tế hộ gia đình', 'Household health insurance'],
    ['2025-10-01', '2025-12-31'],
    ['HOUSEHOLD_HI', 'CARD_USE'],
    ['HI_HOUSEHOLDS', 'SUBSIDY_LEAVERS'],
    'HEALTH_INSURANCE',
  ),
  plan(
    ['late-payment', 'THEMATIC', 'Đóng đúng, đóng đủ', 'Pay in time and in full'],
    ['2025-11-01', '2026-02-28'],
    ['CONTRIBUTION_DEBT', 'EMPLOYER_DUTIES', 'SANCTIONS'],
    ['CONTRIBUTION_DEBTORS'],
    null,
  ),
  plan(
    ['one-time', 'THEMATIC', 'Không rút bảo hiểm xã hội một lần', 'Stay for the pension'],
    ['2026-01-05', '2026-03-31'],
    ['ONE_TIME_WITHDRAWAL', 'PENSION_OLD_AGE'],
    ['WITHDRAWAL_CLAIMANTS', 'EMPLOYEES'],
    null,
  ),
  plan(
    [
      'villages',
      'CAMPAIGN',
      'Về bản vận động bảo hiểm xã hội tự nguyện',
      'From village to village',
    ],
    ['2026-02-20', '2026-04-30'],
    ['VOLUNTARY_SI', 'STATE_SUPPORT'],
    ['FARMERS', 'VILLAGE_RESIDENTS'],
    'VOLUNTARY_SI',
  ),
  plan(
    ['month-of-may', 'PEAK', 'Tháng vận động toàn dân tham gia', 'The month for everyone'],
    ['2026-04-25', '2026-06-05'],
    ['VOLUNTARY_SI', 'UNIVERSAL_COVERAGE'],
    ['INFORMAL_WORKERS', 'GENERAL_PUBLIC'],
    'VOLUNTARY_SI',
  ),
  plan(
    ['online', 'THEMATIC', 'Dịch vụ trực tuyến', 'Services online'],
    ['2026-05-15', '2026-09-30'],
    ['ONLINE_SERVICES', 'ADMIN_REFORM'],
    ['SERVICE_USERS'],
    null,
  ),
];

const autumn = plan(
  ['autumn', 'PEAK', 'Đợt cao điểm mùa thu', 'Peak period of autumn'],
  ['2026-09-15', '2026-11-30'],
  ['HOUSEHOLD_HI', 'VOLUNTARY_SI'],
  ['HOUSEHOLDS', 'FARMERS'],
  null,
);

/** Co-organisers, hosts, media and networks: the reported partners of the area, else invented ones. */
const partnersOf: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  '11': [
    ['demo-db-union', 'CO_ORGANISER'],
    ['demo-db-labour', 'CO_ORGANISER'],
    ['db-front-union-officials', 'CO_ORGANISER'],
    ['db-village-leaders', 'HOST'],
    ['demo-db-post', 'COLLECTION'],
    ['demo-db-agents', 'COLLECTION'],
  ],
  '15': [
    ['lc-labour-confederation', 'CO_ORGANISER'],
    ['lc-labour-department', 'CO_ORGANISER'],
    ['lc-womens-union', 'CO_ORGANISER'],
    ['lc-farmers-association', 'CO_ORGANISER'],
    ['lc-post', 'COLLECTION'],
    ['lc-newspaper', 'MEDIA'],
    ['lc-broadcaster', 'MEDIA'],
    ['lc-commune-authorities', 'HOST'],
  ],
  '40': [
    ['demo-na-union', 'CO_ORGANISER'],
    ['demo-na-labour', 'CO_ORGANISER'],
    ['na-youth-union', 'CO_ORGANISER'],
    ['na-newspaper', 'MEDIA'],
    ['na-broadcaster', 'MEDIA'],
    ['na-school-boards', 'HOST'],
    ['demo-na-post', 'COLLECTION'],
    ['demo-na-agents', 'COLLECTION'],
  ],
  'tua-chua': [
    ['tc-womens-union', 'CO_ORGANISER'],
    ['tc-farmers-union', 'CO_ORGANISER'],
    ['tc-village-heads', 'HOST'],
    ['tc-collection-organisations', 'COLLECTION'],
  ],
};

/** A campaign in a place. */
export interface Campaign {
  readonly id: string;
  readonly plan: Plan;
  readonly province: DemonstrationProvince;
  readonly areaId: string;
  readonly contributor: string;
  readonly publishedAt: string | null;
  readonly status: string;
  /** Names the partners, and what is spoken. */
  readonly place: string;
}

const statusOf = ({ startsOn, endsOn }: Plan): string =>
  endsOn <= lastDay ? 'COMPLETED' : startsOn <= lastDay ? 'RUNNING' : 'PLANNED';

/** Public from shortly before it begins; what is still being prepared is not. */
function campaignIn(province: DemonstrationProvince, one: Plan): Campaign {
  // One of the campaigns of Điện Biên is its grassroots office's own.
  const isGrassroots = province.code === '11' && one.slug === 'villages';
  return {
    id: `demo-campaign-${province.code}-${one.slug}`,
    plan: one,
    province,
    areaId: isGrassroots ? grassroots.cluster : province.id,
    contributor: isGrassroots ? grassroots.insurer : province.insurer,
    publishedAt: one.startsOn <= '2026-05-31' ? instantOn(addDays(one.startsOn, -5), 8) : null,
    status: statusOf(one),
    place: isGrassroots ? 'tua-chua' : province.code,
  };
}

export const generateCampaigns = (): Campaign[] =>
  provinces.flatMap((province) => [...plans, autumn].map((one) => campaignIn(province, one)));

/** What the rows of a campaign have in common. */
export const columnsOf = ({ areaId, province, publishedAt }: Campaign) => ({
  topic: 'CAMPAIGN',
  area_id: areaId,
  province_id: province.id,
  published_at: publishedAt,
  withdrawn_at: null,
});

/** A row of the table `campaign`. */
export const campaignRow = (campaign: Campaign) => ({
  id: campaign.id,
  ...columnsOf(campaign),
  method: campaign.plan.method,
  name_vi: `${campaign.plan.nameVi} (mẫu)`,
  name_en: `${campaign.plan.nameEn} (sample)`,
  topic_codes: campaign.plan.topics,
  starts_on: campaign.plan.startsOn,
  ends_on: campaign.plan.endsOn,
  status: campaign.status,
  source_id: 'demo-campaign',
  contributor_id: campaign.contributor,
});

export interface Party {
  readonly partnerId: string;
  readonly role: string;
}

/** Three or four of the place's partners; what is only planned begins with its unions and authorities. */
export function partiesOf({ id, place, status }: Campaign): Party[] {
  const all = partnersOf[place]!;
  const start = status === 'PLANNED' ? 0 : wholeBetween(`parties ${id}`, 0, all.length - 1);
  const count = wholeBetween(`how many ${id}`, 3, 4);
  return Array.from({ length: count }, (_, i) => {
    const [partnerId, role] = all[(start + i) % all.length]!;
    return { partnerId, role };
  });
}

/** When a party confirmed its part; about one in four has not, and of planned campaigns only the first has. */
function confirmedOn(campaign: Campaign, partnerId: string, number: number): string | null {
  const { id, plan: one, status } = campaign;
  if (status === 'PLANNED') return number === 0 ? '2026-06-22' : null;
  if (wholeBetween(`confirmed ${id} ${partnerId}`, 1, 4) === 1) return null;
  return addDays(one.startsOn, 10);
}

/** Rows of the table `campaign_party`. */
export const partyRows = (campaign: Campaign, agencyOf: AgencyOf) =>
  partiesOf(campaign).map(({ partnerId, role }, i) => {
    const day = confirmedOn(campaign, partnerId, i);
    return {
      campaign_id: campaign.id,
      partner_id: partnerId,
      ...columnsOf(campaign),
      agency_id: agencyOf(partnerId),
      role,
      confirmed_at: day === null ? null : instantOn(day),
    };
  });

const items = [
  ['EVENTS', 40, 160],
  ['MATERIALS', 15, 60],
  ['MEDIA', 20, 90],
] as const;

/** Rows of the table `campaign_cost`, in dong. */
export const costRows = (campaign: Campaign) =>
  items.map(([item, least, most]) => {
    const key = `${campaign.id} ${item}`;
    const budget = wholeBetween(`budget ${key}`, least, most) * 1_000_000;
    const share = wholeBetween(`spent ${key}`, 78, 104);
    const done = { COMPLETED: share, RUNNING: Math.floor(share / 3), PLANNED: 0 }[campaign.status];
    const { published_at: _, withdrawn_at: __, ...columns } = columnsOf(campaign);
    return {
      id: `demo-cost-${campaign.id.slice('demo-campaign-'.length)}-${item.toLowerCase()}`,
      ...columns,
      campaign_id: campaign.id,
      item,
      budget,
      spent: (budget / 100) * (done ?? 0),
      source_id: 'demo-campaign',
      contributor_id: campaign.contributor,
    };
  });
