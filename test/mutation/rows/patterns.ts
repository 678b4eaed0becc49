/** What an entry of the expectations is, and rows that many tables have alike. */
import { after, areas, instant, longAgo, today, yesterday } from './readers.ts';
import type { BusinessTopic } from './readers.ts';

export type Columns = Readonly<Record<string, unknown>>;
/** A marked row: its columns, and the readers (see readers.ts) who must meet it; nobody else may. */
export type MarkedRow = readonly [columns: Columns, met: string];

export interface MarkedTable {
  /** The column that holds a mark's name; `id` when left out. */
  readonly key?: string;
  /** Stands for `T` in the names of readers, and in the column `topic` if the table has one. */
  readonly topic?: BusinessTopic;
  /** Columns that all marks share; a column that must not be null and is not named is filled. */
  readonly columns?: Columns;
  readonly rows: Readonly<Record<`mark-${string}`, MarkedRow>>;
  /** Statements of the gateway role, and the readers for whom they change a row; all others are refused. */
  readonly writes?: Readonly<Record<string, readonly [sql: string, works: string]>>;
  /** The same without triggers, which refuse much of it as well: what policies and rights to columns hold alone. */
  readonly alone?: MarkedTable['writes'];
}

type Rows = MarkedTable['rows'];

/** The same rows with more columns. */
export const having = (columns: Columns, rows: Rows): Rows =>
  Object.fromEntries(
    Object.entries(rows).map(([name, [own, met]]) => [name, [{ ...columns, ...own }, met]]),
  );

/** Rows that only the holders of their place meet. */
export const inProvinces: Rows = {
  'mark-internal-m1': [areas.M1, 'M1'],
  'mark-internal-m1c': [areas.M1C, 'M1C'],
  'mark-internal-m2': [areas.M2, 'M2'],
};
export const everywhere: Rows = { ...inProvinces, 'mark-internal-mv': [areas.MV, 'MV'] };

/** One row for all: internal before its instant and after its withdrawal. */
export const published: Rows = {
  'mark-open': [{ ...areas.M2, published_at: instant }, 'PUBLIC M2 -pressBefore -unionBefore'],
  'mark-planned': [{ ...areas.M2, published_at: after }, 'M2 pressAfter'],
  'mark-withdrawn': [
    { ...areas.M2, published_at: longAgo, withdrawn_at: instant },
    'M2 pressBefore unionBefore',
  ],
  'mark-leaving': [
    { ...areas.M2, published_at: longAgo, withdrawn_at: after },
    'PUBLIC M2 -pressAfter',
  ],
};

const publishedFigure = { audience: 'PUBLISHED', conf_status: 'F', published_at: longAgo };
const internalFigure = { audience: 'INTERNAL', conf_status: 'N', known_from: longAgo };
/** A row for each audience: holders of a place meet the internal one where there is one. */
export const figures: Rows = {
  ...having(internalFigure, everywhere),
  'mark-known-now': [{ ...areas.M1, ...internalFigure, known_from: instant }, 'M1 -siBefore'],
  'mark-stamped': [{ ...areas.M2, ...internalFigure, published_at: longAgo }, 'M2'],
  'mark-open': [{ ...areas.M2, ...publishedFigure, published_at: instant }, 'PUBLIC -BEFORE'],
  'mark-planned': [{ ...areas.M2, ...publishedFigure, published_at: after }, 'pressAfter'],
  'mark-withdrawn': [{ ...areas.M2, ...publishedFigure, withdrawn_at: instant }, 'BEFORE'],
  'mark-leaving': [{ ...areas.M2, ...publishedFigure, withdrawn_at: after }, 'PUBLIC -pressAfter'],
  'mark-twin-m1': [{ ...areas.M1, ...publishedFigure, has_internal: true }, 'PUBLIC -M1'],
  'mark-twin-m1c': [{ ...areas.M1C, ...publishedFigure, has_internal: true }, 'PUBLIC -M1C'],
  'mark-twin-mv': [{ ...areas.MV, ...publishedFigure, has_internal: true }, 'PUBLIC -MV'],
};

/** Who takes part in what: rows of the table that says so, and of all that belongs to it. */
interface Participation {
  readonly place: keyof typeof areas;
  readonly agency: string | null;
  readonly confirmed: string | null;
  readonly ended?: string;
  readonly met: string;
}
const joined = { agency: 'mark-union', confirmed: longAgo };
const participations = {
  'mark-joined-m1': { ...joined, place: 'M1', met: 'M1 PARTY_M1' },
  'mark-joined-m1c': { ...joined, place: 'M1C', met: 'M1C PARTY_M1C' },
  'mark-joined-m2': { ...joined, place: 'M2', met: 'M2 PARTY_M2' },
  'mark-joined-now': {
    ...joined,
    place: 'M1',
    confirmed: instant,
    met: 'M1 PARTY_M1 -unionBefore',
  },
  'mark-asked': { ...joined, place: 'M1', confirmed: null, met: 'M1' },
  'mark-rivals': { ...joined, place: 'M1', agency: 'mark-rival', met: 'M1 rival' },
} as const satisfies Record<string, Participation>;
const inCountry = {
  'mark-joined-mv': { ...joined, place: 'MV', met: 'MV PARTY_MV' },
} as const satisfies Record<string, Participation>;
const ofEmployers = {
  'mark-left': { ...joined, place: 'M1', ended: yesterday, met: 'M1 unionBefore' },
  'mark-leaves': { ...joined, place: 'M1', ended: today, met: 'M1 PARTY_M1' },
} as const satisfies Record<string, Participation>;

const rowsFrom = (
  all: Readonly<Record<string, Participation>>,
  columns: (name: string, of: Participation) => Columns,
  met: (of: Participation) => string = (of) => of.met,
): Rows =>
  Object.fromEntries(
    Object.entries(all).map(([name, of]) => [
      name,
      [{ ...areas[of.place], ...columns(name, of) }, met(of)],
    ]),
  );

/** Rows of what is joined, and of the table that says who joined, by the column of the key. */
export const joint = (columns: (name: string) => Columns = () => ({})): Rows =>
  rowsFrom({ ...participations, ...inCountry }, columns);
export const parties: Rows = rowsFrom({ ...participations, ...inCountry }, (_name, of) => ({
  agency_id: of.agency,
  confirmed_at: of.confirmed,
}));
export const employers: Rows = rowsFrom({ ...participations, ...ofEmployers }, () => ({}));
/** A claim is met by who made it, confirmed or not. */
export const presences: Rows = rowsFrom(
  { ...participations, ...ofEmployers },
  (_name, of) => ({
    agency_id: of.agency,
    confirmed_at: of.confirmed,
    confirmed_by: of.confirmed && 'mark-si',
    ended_on: of.ended ?? null,
  }),
  (of) => (of.agency === 'mark-union' ? `${of.place} UNION` : `${of.place} rival`),
);
