/** Marked rows of partners that scope tests add, one per table, area and state, and who meets them. */
import type pg from 'pg';

/** Areas by the territory in which they lie. */
const places = {
  country: ['VN@2025-06', '01@2025-07'],
  tuaChua: ['VN-DB-TC@2025-07', '03217@2025-07'],
  dienBien: ['11@2025-07', '11@2025-06', '03127@2025-07'],
  laoCai: ['15@2025-07', '10@2025-06', '15@2025-06', 'VN-LC-D@2025-06', '02647@2025-07'],
  ngheAn: ['40@2025-07', '40@2025-06', '16681@2025-07'],
} as const;
type Place = keyof typeof places;
const everywhere = Object.keys(places) as Place[];
export const areas: readonly string[] = Object.values(places).flat();

const past = '2026-01-01T00:00:00Z';
const future = '2999-01-01T00:00:00Z';
/** What the calendar says of a row, and whether readers of published rows meet it. */
export const states = {
  INTERNAL: { published_at: null, withdrawn_at: null, isOpen: false },
  OPEN: { published_at: past, withdrawn_at: null, isOpen: true },
  EMBARGOED: { published_at: future, withdrawn_at: null, isOpen: false },
  WITHDRAWN: { published_at: past, withdrawn_at: past, isOpen: false },
  LEAVING: { published_at: past, withdrawn_at: future, isOpen: true },
} as const;
export type State = keyof typeof states;
export const stateNames = Object.keys(states) as State[];

/** Who reads internal rows where: the insurance agencies alone. Design, section 1, by hand. */
const internal: Readonly<Record<string, readonly Place[]>> = {
  'si-vn': everywhere,
  'si-dien-bien': ['tuaChua', 'dienBien'],
  'si-lao-cai': ['laoCai'],
  'si-nghe-an': ['ngheAn'],
  'si-tua-chua': ['tuaChua'],
};
/** Where an agency meets what it is a confirmed party to. */
const parties: Readonly<Record<string, readonly Place[]>> = {
  'labour-vn': everywhere,
  'labour-dien-bien': ['tuaChua', 'dienBien'],
  'labour-lao-cai': ['laoCai'],
  'labour-nghe-an': ['ngheAn'],
  'union-dien-bien': ['tuaChua', 'dienBien'],
  'union-lao-cai': ['laoCai'],
  'union-nghe-an': ['ngheAn'],
};
export const insurers = Object.keys(internal);
export const others = [...Object.keys(parties), 'press-vn', 'press-nghe-an'];
export const readers = [...insurers, ...others];

const lies = (area: string, held: readonly Place[] = []) =>
  held.some((place) => (places[place] as readonly string[]).includes(area));
export const holds = (agency: string, area: string) => lies(area, internal[agency]);

/** The other rows that a marked row refers to differ from it in area and in state. */
export function next<T>(items: readonly T[], item: T, steps = 1): T {
  return items[(items.indexOf(item) + steps) % items.length] as T;
}

export interface Marked {
  readonly id: string;
  readonly area: string;
  readonly state: State;
}

export const idOf = (kind: string, area: string, state: string) => `mark-${kind}-${state}-${area}`;
const marked = (kind: string): Marked[] =>
  areas.flatMap((area) =>
    stateNames.map((state) => ({ id: idOf(kind, area, state), area, state })),
  );

export const partners = marked('ptn');
export const coordinations = marked('crd');
export const systems = marked('agt');
export const points = marked('pnt');
export const facts = marked('org');
export const instruments = marked('cin');

export const meets = (agency: string, { area, state }: Omit<Marked, 'id'>) =>
  states[state].isOpen || holds(agency, area);
export const met = (agency: string, rows: readonly Marked[]) =>
  rows.filter((row) => meets(agency, row)).map(({ id }) => id);

/** The partner that a row refers to, and the agency of a coordination. */
export const partnerOf = ({ area, state }: Omit<Marked, 'id'>) =>
  partners.find(
    (row) => row.area === next(areas, area, 4) && row.state === next(stateNames, state),
  )!;
export const agencyOf = ({ area, state }: Omit<Marked, 'id'>) =>
  partners.find(
    (row) => row.area === next(areas, area, 7) && row.state === next(stateNames, state, 3),
  )!;

/** Unpublished instruments with an agency as party, which has confirmed, has not, or will. */
const confirmations = { CONFIRMED: past, UNCONFIRMED: null, LATER: future } as const;
type Confirmation = keyof typeof confirmations;
export interface PartyMark {
  readonly id: string;
  readonly area: string;
  readonly agency: string;
  readonly confirmation: Confirmation;
}
const partyAgencies = [
  'union-dien-bien',
  'union-lao-cai',
  'labour-nghe-an',
  'labour-vn',
  'press-nghe-an',
  'si-tua-chua',
];
const partyAreas = [
  '01@2025-07',
  '03217@2025-07',
  '11@2025-06',
  '15@2025-07',
  '02647@2025-07',
  '40@2025-07',
];
export const partyInstruments: readonly PartyMark[] = partyAgencies.flatMap((agency) =>
  partyAreas.flatMap((area) =>
    (Object.keys(confirmations) as Confirmation[]).map((confirmation) => ({
      id: `mark-party-${agency}-${confirmation}-${area}`,
      area,
      agency,
      confirmation,
    })),
  ),
);
export const meetsAsParty = (agency: string, mark: PartyMark) =>
  holds(agency, mark.area) ||
  (mark.agency === agency && mark.confirmation === 'CONFIRMED' && lies(mark.area, parties[agency]));

/** A task lies in its own area; its point lies in another one. Nobody ever publishes it. */
export const tasks = areas.map((area) => ({ id: `mark-tsk-${area}`, area }));
export const pointOf = ({ area }: { readonly area: string }) =>
  points.find((row) => row.area === next(areas, area, 2) && row.state === 'OPEN')!;

const source = 'lao-cai-2024';
const common = ({ id, area }: { id: string; area: string }) => ({
  id,
  topic: 'PARTNER',
  area_id: area,
  contributor_id: 'si-vn',
});
const calendar = ({ state }: Marked) => {
  const { published_at, withdrawn_at } = states[state];
  return { published_at, withdrawn_at };
};
const base = (row: Marked) => ({ ...common(row), ...calendar(row), locator: 'mark' });
const figure = { period_basis: 'NOT_STATED', obs_status: 'A', conf_status: 'F', source_id: source };
const paper = {
  kind: 'CONTRACT',
  title_vi: 'Dấu',
  signed_on: '2025-01-01',
  valid_from: '2025-01-02',
  valid_to: '2025-12-31',
  number: '7/HD',
  source_id: source,
};
const calm = { published_at: null, withdrawn_at: null };

function partyRows(id: string, area: string, when: object, more: readonly object[]) {
  return more.map((party) => ({
    ...{ instrument_id: id, topic: 'PARTNER', area_id: area, role: 'PARTNER' },
    ...when,
    ...party,
  }));
}
const term = (id: string, area: string, when: object) => ({
  ...{ instrument_id: id, topic: 'PARTNER', area_id: area, position: 1, frequency: 'ANNUAL' },
  ...{ text_vi: id, text_en: id },
  ...when,
});

const tables: readonly (readonly [string, readonly object[]])[] = [
  [
    'partner',
    partners.map((row) => ({
      ...base(row),
      name_en: row.id,
      kind: 'OTHER',
      level: 'LOCAL',
      source_ids: [source],
    })),
  ],
  [
    'coordination',
    coordinations.map((row) => ({
      ...base(row),
      ...{
        insurer_id: agencyOf(row).id,
        partner_id: partnerOf(row).id,
        relation: 'VENUE',
        subject: row.id,
      },
      ...{
        instrument_kind: 'PLAN',
        frequency: 'ANNUAL',
        status: 'DESCRIBED',
        topic_codes: ['BENEFITS'],
      },
      source_ids: [source],
    })),
  ],
  [
    'agent_system',
    systems.map((row) => ({
      ...base(row),
      ...figure,
      partner_id: partnerOf(row).id,
      is_total: false,
      agent_staff: 2,
      collection_points: 1,
    })),
  ],
  [
    'agent_point',
    points.map((row) => ({
      ...base(row),
      partner_id: partnerOf(row).id,
      name_vi: row.id,
      name_en: row.id,
      staff: 1,
      opened_on: '2025-01-03',
      closed_on: '2025-06-30',
      source_id: source,
    })),
  ],
  [
    'agent_task',
    tasks.map((row) => ({
      ...common(row),
      point_id: pointOf(row).id,
      kind: 'REPORT',
      assigned_on: '2025-01-01',
      due_on: '2025-02-01',
      source_id: source,
    })),
  ],
  [
    'organisation_fact',
    facts.map((row) => ({
      ...base(row),
      ...figure,
      partner_id: partnerOf(row).id,
      unit_name: row.id,
      item: 'LEADER_IN_CHARGE',
      value: 1,
      decimals: 0,
      unit: 'PERSONS',
    })),
  ],
  [
    'coordination_instrument',
    [
      ...instruments.map((row) => ({ ...base(row), ...paper, title_en: row.id })),
      ...partyInstruments.map((row) => ({ ...common(row), ...calm, ...paper, title_en: row.id })),
    ],
  ],
  [
    'coordination_party',
    [
      ...instruments.flatMap((row) =>
        partyRows(row.id, row.area, calendar(row), [
          { partner_id: partnerOf(row).id, confirmed_at: confirmations.CONFIRMED },
        ]),
      ),
      ...partyInstruments.flatMap(({ id, area, agency, confirmation }) =>
        partyRows(id, area, calm, [
          {
            partner_id: idOf('ptn', area, 'INTERNAL'),
            agency_id: agency,
            confirmed_at: confirmations[confirmation],
          },
          { partner_id: idOf('ptn', area, 'OPEN') },
        ]),
      ),
    ],
  ],
  [
    'coordination_term',
    [
      ...instruments.map((row) => term(row.id, row.area, calendar(row))),
      ...partyInstruments.map((row) => term(row.id, row.area, calm)),
    ],
  ],
];

/** Inserts them as the tables' owner; the province comes from the area, as the loader takes it. */
export async function insertPartners(owner: pg.Pool): Promise<void> {
  for (const [table, rows] of tables) {
    await owner.query(
      `insert into ${table}
       select (jsonb_populate_record(null::${table},
         r || jsonb_build_object('province_id', a.province_id))).*
       from jsonb_array_elements($1::jsonb) r join area a on a.id = r ->> 'area_id'`,
      [JSON.stringify(rows)],
    );
  }
}
