/** Marked rows that tests of row scope add to the loaded figures, and who may meet which of them. */
import type pg from 'pg';

/** All marked values lie from here on; no reported figure comes near. */
export const markedValueMin = 987_650_001;
/** No answer may hold a marked value that its reader may not meet. */
export const markedValues = /9876\d{5}/g;

type Topic = 'ENROLLMENT' | 'FINANCE' | 'POPULATION';
type Areas = readonly (readonly [figure: string, area: string, topic: Topic])[];

/** Figures with an internal row and no other, by the territory in which they lie. */
const places = {
  country: [
    ['mark-vn', 'VN@2025-06', 'ENROLLMENT'],
    ['mark-region', 'VN-R-NMM@2025-06', 'POPULATION'],
    ['mark-ha-noi', '01@2025-07', 'FINANCE'],
  ],
  tuaChua: [
    ['mark-tc', 'VN-DB-TC@2025-07', 'FINANCE'],
    ['mark-tc-commune', '03217@2025-07', 'ENROLLMENT'],
    ['mark-tc-commune-last', '03244@2025-07', 'POPULATION'],
  ],
  dienBien: [
    ['mark-db', '11@2025-07', 'ENROLLMENT'],
    ['mark-db-finance', '11@2025-07', 'FINANCE'],
    ['mark-db-population', '11@2025-07', 'POPULATION'],
    ['mark-db-old', '11@2025-06', 'FINANCE'],
    ['mark-db-ward', '03127@2025-07', 'ENROLLMENT'],
  ],
  laoCai: [
    ['mark-lc', '15@2025-07', 'ENROLLMENT'],
    ['mark-lc-old', '10@2025-06', 'FINANCE'],
    // Code 15 was Yên Bái, which went wholly into the Lào Cai of today.
    ['mark-yb-old', '15@2025-06', 'POPULATION'],
    ['mark-lc-districts', 'VN-LC-D@2025-06', 'ENROLLMENT'],
    ['mark-lc-ward', '02647@2025-07', 'FINANCE'],
  ],
  ngheAn: [
    ['mark-na', '40@2025-07', 'ENROLLMENT'],
    ['mark-na-old', '40@2025-06', 'FINANCE'],
    ['mark-na-ward', '16681@2025-07', 'POPULATION'],
  ],
} as const satisfies Record<string, Areas>;
type Place = keyof typeof places;

/** Figures with an internal row and a published one without its value. */
const twins = {
  country: [],
  tuaChua: [['mark-both-tc', 'VN-DB-TC@2025-07', 'ENROLLMENT']],
  dienBien: [['mark-both-db', '11@2025-07', 'ENROLLMENT']],
  laoCai: [['mark-both-yb', '15@2025-06', 'FINANCE']],
  ngheAn: [['mark-both-na', '40@2025-07', 'POPULATION']],
} as const satisfies Record<Place, Areas>;

/** An internal row, and a published one whose instant has not come. */
const embargoedTwin = ['mark-embargo-both', '11@2025-07', 'FINANCE'] as const;

/** Published rows without an internal one, and whether the calendar lets any reader meet them. */
const published = [
  ['mark-open', '40@2025-07', 'ENROLLMENT', { meets: true }],
  ['mark-open-finance', '01@2025-07', 'FINANCE', { meets: true }],
  ['mark-withdrawn-later', '11@2025-06', 'POPULATION', { meets: true, withdrawn: '2999-01-01' }],
  ['mark-withdrawn', '11@2025-07', 'ENROLLMENT', { meets: false, withdrawn: '2026-01-01' }],
  ['mark-embargo', '11@2025-07', 'ENROLLMENT', { meets: false, published: '2999-01-01' }],
] as const;

/** Which places each demonstration agency holds: DESIGN section 1 and 3, by hand. */
export const territories: Readonly<Record<string, readonly Place[]>> = {
  'si-vn': ['country', 'tuaChua', 'dienBien', 'laoCai', 'ngheAn'],
  'si-dien-bien': ['tuaChua', 'dienBien'],
  'si-lao-cai': ['laoCai'],
  'si-nghe-an': ['ngheAn'],
  'si-tua-chua': ['tuaChua'],
  'labour-vn': ['country', 'tuaChua', 'dienBien', 'laoCai', 'ngheAn'],
  'labour-dien-bien': ['tuaChua', 'dienBien'],
  'labour-lao-cai': ['laoCai'],
  'labour-nghe-an': ['ngheAn'],
  'union-dien-bien': [],
  'union-lao-cai': [],
  'union-nghe-an': [],
  'press-vn': [],
  'press-nghe-an': [],
};
export const readers = Object.keys(territories);

/** Agencies that meet no figure at all, and what they are told. */
export const withoutFigures = [
  { agency: 'audit-vn', code: 'DOCUMENT_INVALID' },
  { agency: 'steward-vn', code: 'DOCUMENT_INVALID' },
  { agency: 'union-expired', code: 'GRANT_EXPIRED' },
];

/** Topics whose rows an agency of the tests meets; all of them when left out. */
export const everyTopic: readonly Topic[] = ['ENROLLMENT', 'FINANCE', 'POPULATION'];

interface MarkedRow {
  readonly id: string;
  readonly figure_id: string;
  readonly audience: 'INTERNAL' | 'PUBLISHED';
  readonly topic: Topic;
  readonly area_id: string;
  readonly value: string | null;
  readonly [column: string]: unknown;
}

const indicators = {
  ENROLLMENT: 'PARTICIPANTS',
  FINANCE: 'REVENUE',
  POPULATION: 'POPULATION_COUNT',
};
let next = markedValueMin;

const common = {
  scheme: 'HEALTH_INSURANCE',
  scheme_components: [],
  participant_group: 'ALL',
  period_basis: 'PRINTED',
  source_id: 'dien-bien-2024',
  locator: 'mark',
  contributor_id: 'si-vn',
  known_from: '2026-01-01T00:00:00Z',
};

/** A row of either table; `more` overrides any column. */
export function markedRow(
  [figure, area, topic]: readonly [string, string, Topic],
  audience: MarkedRow['audience'],
  more: Readonly<Record<string, unknown>> & { readonly time_period?: string } = {},
): MarkedRow {
  next += 1;
  const year = more.time_period ?? String(1990 + (next % 5));
  return {
    ...common,
    id: `row-${audience.toLowerCase()}-${figure}`,
    figure_id: figure,
    audience,
    has_internal: false,
    topic,
    area_id: area,
    domain: topic,
    indicator: indicators[topic],
    sex: next % 2 ? 'F' : '_T',
    residence: next % 3 ? 'RURAL' : '_T',
    breakdown: '',
    time_period: year,
    period_start: `${year}-01-01`,
    period_end: `${year}-12-31`,
    value: String(next),
    decimals: 0,
    unit: 'PERSONS',
    obs_status: 'A',
    conf_status: audience === 'INTERNAL' ? 'N' : 'F',
    published_at: audience === 'INTERNAL' ? null : '2026-01-01T00:00:00Z',
    ...more,
  };
}

const suppressed = {
  has_internal: true,
  value: null,
  decimals: null,
  obs_status: 'Q',
  conf_status: 'C',
};

const markedRows: readonly MarkedRow[] = [
  ...Object.values(places).flatMap((rows) => rows.map((row) => markedRow(row, 'INTERNAL'))),
  ...Object.values(twins).flatMap((rows) =>
    rows.flatMap((row) => [
      markedRow(row, 'INTERNAL', { time_period: '1995' }),
      markedRow(row, 'PUBLISHED', { ...suppressed, time_period: '1995' }),
    ]),
  ),
  markedRow(embargoedTwin, 'INTERNAL', { time_period: '1995' }),
  markedRow(embargoedTwin, 'PUBLISHED', {
    ...suppressed,
    published_at: '2999-01-01',
    time_period: '1995',
  }),
  ...published.map(([figure, area, topic, when]) =>
    markedRow([figure, area, topic], 'PUBLISHED', {
      ...('published' in when ? { published_at: when.published } : {}),
      ...('withdrawn' in when ? { withdrawn_at: when.withdrawn } : {}),
    }),
  ),
  // Internal, but not known before its day: for nobody.
  markedRow(['mark-not-yet', '11@2025-07', 'ENROLLMENT'], 'INTERNAL', { known_from: '2999-01-01' }),
];

/** Every marked row, by id; those of targets are added like them. */
export const rowsById: ReadonlyMap<string, MarkedRow> = new Map(
  markedRows.map((row) => [row.id, row]),
);
export const markedFigures = [...new Set(markedRows.map((row) => row.figure_id))].sort();

const internalId = (figure: string) => `row-internal-${figure}`;
const publishedId = (figure: string) => `row-published-${figure}`;

/** The ids of the marked rows that a holder of these places meets: each figure once. */
export function meets(held: readonly Place[], topics: readonly Topic[] = everyTopic): string[] {
  const ids: string[] = [];
  for (const place of Object.keys(places) as Place[]) {
    const mine = held.includes(place);
    if (mine) ids.push(...places[place].map(([figure]) => internalId(figure)));
    ids.push(...twins[place].map(([figure]) => (mine ? internalId(figure) : publishedId(figure))));
  }
  if (held.includes('dienBien')) ids.push(internalId(embargoedTwin[0]));
  for (const [figure, , , when] of published) if (when.meets) ids.push(publishedId(figure));
  return ids.filter((id) => topics.includes(rowsById.get(id)!.topic)).sort();
}

/** The values that an agency's answers may hold. */
export function valuesMet(agency: string): ReadonlySet<string> {
  const ids = meets(territories[agency] ?? []);
  return new Set(ids.flatMap((id) => rowsById.get(id)?.value ?? []));
}

/** Inserts rows as the tables' owner; the province comes from the area, as the loader takes it. */
export async function insertRows(
  owner: pg.Pool,
  table: 'observation' | 'target',
  rows: readonly object[],
): Promise<void> {
  await owner.query(
    `insert into ${table}
     select (jsonb_populate_record(null::${table},
       r || jsonb_build_object('province_id', a.province_id))).*
     from jsonb_array_elements($1::jsonb) r join area a on a.id = r ->> 'area_id'`,
    [JSON.stringify(rows)],
  );
}

export const insertMarks = (owner: pg.Pool): Promise<void> =>
  insertRows(owner, 'observation', markedRows);

/**
 * Takes the tables of the statistics office away again: some three thousand published rows, beside which no list could
 * be read whole in one page.
 */
export async function leaveOutStatistics(owner: pg.Pool): Promise<void> {
  await owner.query('alter table observation disable trigger observation_no_overwrite');
  await owner.query(`delete from observation where figure_id ~ '^(stat|pub)-'`);
  await owner.query('alter table observation enable trigger observation_no_overwrite');
}
