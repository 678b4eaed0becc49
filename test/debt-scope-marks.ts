/** Marked employers, debts and lists in every territory, and which demonstration agency may meet which. */
import {
  day,
  employer,
  entry,
  event,
  forParties,
  list,
  obligation,
  payment,
  position,
  presence,
  split,
  unconfirmed,
  type DebtRows,
  type Row,
} from './debt-marks.ts';

/** No answer may hold a marked number that its reader may not meet; nothing else comes near. */
export const markedNumbers = /55[56]\d{9}/g;

/** Where employers lie, and the union of that territory. Code 15 was Yên Bái and is Lào Cai now. */
export const places = {
  dienBien: { area: '03127@2025-07', union: 'union-dien-bien' },
  tuaChua: { area: '03217@2025-07', union: 'union-dien-bien' },
  laoCai: { area: '02647@2025-07', union: 'union-lao-cai' },
  yenBai: { area: '15@2025-06', union: 'union-lao-cai' },
  ngheAn: { area: '16681@2025-07', union: 'union-nghe-an' },
  // A province of which no provincial agency here holds anything; a union claims members all the same.
  haNoi: { area: '01@2025-07', union: 'union-dien-bien' },
} as const;
export type Place = keyof typeof places;
const placeNames = Object.keys(places) as Place[];

/** What can be the matter with a union's presence, and whether the union may read the employer. */
const cases: Readonly<Record<string, { open: boolean; employer?: Row; claim: Row | null }>> = {
  open: { open: true, claim: {} },
  small: { open: true, employer: { size_band: 'W1_9', sector: 'TRADE' }, claim: {} },
  little: { open: true, employer: { size_band: 'W1_9' }, claim: {} },
  endslater: { open: true, employer: { sector: 'MINING' }, claim: { ended_on: '2999-12-31' } },
  absent: { open: false, claim: null },
  unconfirmed: { open: false, claim: unconfirmed },
  future: { open: false, claim: { confirmed_at: '2999-01-01T00:00:00Z' } },
  ended: { open: false, claim: { ended_on: '2025-12-31' } },
  stranger: { open: false, claim: { agency_id: 'a union of another province' } },
  person: {
    open: false,
    employer: { is_natural_person: true, ownership: 'HOUSEHOLD_BUSINESS' },
    claim: {},
  },
};
const anotherUnion: Readonly<Record<string, string>> = {
  'union-dien-bien': 'union-lao-cai',
  'union-lao-cai': 'union-nghe-an',
  'union-nghe-an': 'union-dien-bien',
};

export interface Mark {
  readonly id: string;
  readonly place: Place;
  readonly union: string;
  readonly isOpen: boolean;
  readonly row: Row;
  readonly position: Row & { readonly amount: string; readonly months_late: number };
  readonly rows: DebtRows;
}

const states = ['LATE_UNPAID', 'EVASION_UNREGISTERED', 'ON_TIME', 'EXCUSED'];

/** Numbers of workers that unions may not learn: in a world of its own each, to compare answers. */
export type World = 'ONE' | 'OTHER';
function workersOf(name: string, world: World): number {
  if (name === 'small') return world === 'ONE' ? 7 : 1;
  if (name === 'little') return world === 'ONE' ? 2 : 9;
  return 30;
}

/** How an amount lies in the funds is told to no union either: in each world otherwise. */
function splitOf(amount: bigint, world: World): Row {
  const half = amount / 2n;
  return world === 'ONE'
    ? split(half, 0, amount - half, 0, 0)
    : split(0, half, 0, 0, amount - half);
}

function mark(place: Place, name: string, n: number, world: World): Mark {
  const { area, union } = places[place];
  const { open, employer: more, claim } = cases[name]!;
  const id = `mark-${place.toLowerCase()}-${name}`;
  // Neighbours in the numbers lie in different territories and cases.
  const number = (k: number) => String(555_000_000_000 + ((n * 37) % 61) * 1000 + k);
  const workers = workersOf(name, world);
  const owed = position(id, number(1), {
    state: states[n % states.length],
    months_late: (n * 7) % 13,
    workers_affected: workers,
    workers_band: workers < 10 ? 'W1_9' : 'W10_49',
    ...splitOf(BigInt(number(1)), world),
  }) as Mark['position'];
  const by = (kind: string, k: number, columns: Row) =>
    event(`event-${kind}-${id}`, id, 'JOINT_SESSION', { amount: number(k), ...columns });
  const claimed = name === 'stranger' ? { agency_id: anotherUnion[union] } : claim;
  return {
    id,
    place,
    union,
    isOpen: open && place !== 'haNoi',
    row: employer(id, area, { name_vi: `Đơn vị ${id}`, ...more }),
    position: owed,
    rows: {
      positions: [owed, forParties(owed)],
      obligations: [
        obligation(id, '2031-01', [0, 0], {
          due_health: number(2),
          contribution_base: number(3),
          workers,
        }),
      ],
      payments: [payment(id, '2031-01-15', number(4))],
      events: [
        by('foreign', 5, { agency_id: 'si-vn', participant_ids: ['labour-vn'] }),
        by('own', 6, { agency_id: union }),
        by('joined', 7, {
          agency_id: 'si-vn',
          participant_ids: [union],
          confirmed_at: '2025-06-01',
        }),
        by('asked', 8, { agency_id: 'si-vn', participant_ids: [union] }),
        by('planned', 9, {
          agency_id: 'si-vn',
          participant_ids: [union],
          confirmed_at: '2999-01-01',
        }),
      ],
      presences: claimed ? [presence(id, union, claimed)] : [],
    },
  };
}

const keys = placeNames.flatMap((place) =>
  Object.keys(cases).map((name) => [place, name] as const),
);
export const marksOf = (world: World): Mark[] =>
  keys.map(([place, name], n) => mark(place, name, n, world));
export const marks = marksOf('ONE');

const transmitted = { transmitted_at: '2026-01-15T00:00:00Z', transmitted_by: 'desk' };
/** Statutory lists of each province in every state of publication. */
const publication: Readonly<Record<string, { isPublic: boolean; columns: Row }>> = {
  public: { isPublic: true, columns: {} },
  endslater: { isPublic: true, columns: { withdrawn_at: '2999-01-01T00:00:00Z' } },
  embargoed: { isPublic: false, columns: { published_at: '2999-01-01T00:00:00Z' } },
  withdrawn: { isPublic: false, columns: { withdrawn_at: '2026-02-01T00:00:00Z' } },
  draft: { isPublic: false, columns: { published_at: null, approved_by: null } },
  transmitted: {
    isPublic: false,
    columns: { published_at: null, approved_by: null, ...transmitted },
  },
  // Of what was sent and taken back, the labour authority keeps the heading.
  takenback: {
    isPublic: false,
    columns: { withdrawn_at: '2026-02-01T00:00:00Z', ...transmitted },
  },
};

export interface ListMark {
  readonly id: string;
  readonly place: Place;
  readonly state: string;
  readonly isPublic: boolean;
  readonly list: Row;
  readonly entries: readonly { readonly place: Place; readonly row: Row }[];
}
const removed = { removed_at: '2026-02-01T00:00:00Z' };

const provinces: readonly [Place, area: string][] = [
  ['dienBien', '11@2025-07'],
  ['laoCai', '15@2025-07'],
  ['ngheAn', '40@2025-07'],
  ['haNoi', '01@2025-07'],
];
export const listMarks: readonly ListMark[] = provinces.flatMap(([place, area], p) =>
  Object.entries(publication).map(([state, { isPublic, columns }], version): ListMark => {
    const id = `list-${place.toLowerCase()}-${state}`;
    const row = list(id, area, { version: version + 1, ...columns });
    const amount = (k: number) => String(556_000_000_000 + ((p * 7 + version) * 7 + k) * 1000);
    const inside: [Place, Row][] = [
      [place, entry(`${id}-a`, row, amount(1), { months_late: 3 + version })],
      // On every version that others may read there is one that a correction has removed.
      ...(isPublic || state === 'transmitted'
        ? [[place, entry(`${id}-r`, row, amount(3), removed)] as [Place, Row]]
        : []),
    ];
    // An entry in a commune: the office of the commune may know it before its list is public.
    if (place === 'dienBien') {
      inside.push(['tuaChua', entry(`${id}-b`, row, amount(2), { area_id: places.tuaChua.area })]);
    }
    return {
      id,
      place,
      state,
      isPublic,
      list: row,
      entries: inside.map(([where, of]) => ({ place: where, row: of })),
    };
  }),
);

export function rowsOf(
  world: World,
  { lists = listMarks }: { lists?: readonly ListMark[] } = {},
): DebtRows {
  const all = marksOf(world);
  const flat = (name: keyof DebtRows) => all.flatMap((one) => one.rows[name] ?? []);
  return {
    employers: all.map((one) => one.row),
    positions: flat('positions'),
    obligations: flat('obligations'),
    payments: flat('payments'),
    events: flat('events'),
    presences: flat('presences'),
    lists: lists.map((one) => one.list),
    entries: lists.flatMap((one) => one.entries.map(({ row }) => row)),
  };
}

/** Which places each agency holds with everything in them: DESIGN section 1 and 3, by hand. */
const held: Readonly<Record<string, readonly Place[]>> = {
  'si-vn': placeNames,
  'si-dien-bien': ['dienBien', 'tuaChua'],
  'si-lao-cai': ['laoCai', 'yenBai'],
  'si-nghe-an': ['ngheAn'],
  'si-tua-chua': ['tuaChua'],
  'labour-vn': placeNames,
  'labour-dien-bien': ['dienBien', 'tuaChua'],
  'labour-lao-cai': ['laoCai', 'yenBai'],
  'labour-nghe-an': ['ngheAn'],
};
export const insiders = Object.keys(held);
export const unions = ['union-dien-bien', 'union-lao-cai', 'union-nghe-an'];
export const press = ['press-vn', 'press-nghe-an'];
export const parties = [...insiders, ...unions];
export const readers = [...parties, ...press];

const holds = (agency: string, place: Place) => held[agency]?.includes(place) ?? false;

/** Whether an agency may read an employer and its positions. */
export const meets = (agency: string, { place, union, isOpen }: Mark): boolean =>
  holds(agency, place) || (agency === union && isOpen);
/** Whether it may read what is never a union's: obligations and payments. */
export const meetsMoney = (agency: string, { place }: Mark): boolean => holds(agency, place);

export const eventIdsOf = (agency: string): string[] =>
  marks.flatMap((one) =>
    (one.rows.events ?? [])
      .map((row) => String(row['id']))
      .filter((id) => {
        if (holds(agency, one.place)) return true;
        if (agency !== one.union) return false;
        return id.startsWith('event-own-') || (one.isOpen && id.startsWith('event-joined-'));
      }),
  );

export const presenceKeysOf = (agency: string): string[] =>
  marks.flatMap((one) =>
    (one.rows.presences ?? [])
      .filter((row) => holds(agency, one.place) || row['agency_id'] === agency)
      .map((row) => `${one.id}|${String(row['agency_id'])}`),
  );

/** Before it is public a list is its insurance agencies'; once it is transmitted, the labour authority's too. */
export const meetsList = (agency: string, { place, isPublic, list: row }: ListMark): boolean =>
  isPublic ||
  (holds(agency, place) && (agency.startsWith('si-') || Boolean(row['transmitted_at'])));
/** Whom a correction has removed, and what was taken back, only insurance agencies of the place read. */
const meetsEntry = (agency: string, { isPublic, list: row }: ListMark, place: Place, of: Row) => {
  if (agency.startsWith('si-') && holds(agency, place)) return true;
  if (of['removed_at']) return false;
  return isPublic || (holds(agency, place) && row['transmitted_at'] && !row['withdrawn_at']);
};
export const listIdsOf = (agency: string): string[] =>
  listMarks.filter((one) => meetsList(agency, one)).map(({ id }) => id);
export const entriesOf = (agency: string): Row[] =>
  listMarks.flatMap((one) =>
    one.entries
      .filter(({ place, row }) => meetsEntry(agency, one, place, row))
      .map(({ row }) => row),
  );

/** The positions that an agency meets: internal ones, or those for parties. */
export function positionIdOf(agency: string, one: Mark): string {
  const id = String(one.position['id']);
  return holds(agency, one.place) ? id : `${id}-party`;
}

/** Every marked number that an agency may read somewhere. */
export function numbersMet(agency: string): ReadonlySet<string> {
  const events = new Set(eventIdsOf(agency));
  const columns = ['amount', 'due_health', 'contribution_base'];
  const rows = [
    ...marks.filter((one) => meets(agency, one)).map((one) => one.position),
    ...marks.flatMap((one) =>
      (one.rows.events ?? []).filter((row) => events.has(String(row['id']))),
    ),
    ...marks
      .filter((one) => meetsMoney(agency, one))
      .flatMap((one) => [...(one.rows.obligations ?? []), ...(one.rows.payments ?? [])]),
    ...entriesOf(agency),
  ];
  return new Set(rows.flatMap((row) => columns.map((column) => String(row[column]))));
}

export { day };
