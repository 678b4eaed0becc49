/** The marked rows of the register: who meets agencies, issuers, grants and purposes, and who may change them. */
import type { Columns, MarkedTable } from './patterns.ts';
import { agencies, areas } from './readers.ts';

type Rows = MarkedTable['rows'];
type Writes = MarkedTable['writes'];

/** Who is known at all, with or without a grant. */
const forKnown = (key: string, columns: Columns = {}): MarkedTable => ({
  key,
  columns,
  rows: { 'mark-rule': [columns, 'KNOWN'] },
});

const kept: Rows = { 'mark-kept': [{}, 'register'] };

/** Entries are read by the readers of the register and are a steward's to write: open and change state, no more. */
const registration = (
  table: string,
  columns: Columns,
  rows: Rows,
  id: string,
  alone: Writes,
): MarkedTable => ({
  columns,
  rows,
  writes: {
    'suspend an entry': [
      `update ${table} set state = 'SUSPENDED', state_reason = 'x' where id = '${id}'`,
      'steward',
    ],
  },
  alone: {
    // The policy for changes decides, without the one for what they become.
    'lock an entry': [`select id from ${table} where id = '${id}' for update`, 'steward'],
    'suspend an entry past its steps': [`update ${table} set state = 'SUSPENDED'`, 'steward'],
    'approve an entry past its steps': [`update ${table} set approved_by = 'x'`, ''],
    'take an entry away': [`delete from ${table}`, ''],
    ...alone,
  },
});

// ------------------------------------------------------------------ grants

interface Parties {
  readonly provider: string;
  readonly consumer: string;
  readonly state: string;
  readonly place: keyof typeof areas;
  /** Its parties; whoever reads the register does as well. */
  readonly met: string;
}
const draft = { consumer: 'mark-stranger', state: 'DRAFT' };
const agreements: Readonly<Record<`mark-${string}`, Parties>> = {
  'mark-of-si': {
    ...draft,
    provider: 'mark-bare-si',
    consumer: 'mark-bare-press',
    place: 'M1',
    met: 'bareSi barePress',
  },
  'mark-of-labour': { ...draft, provider: 'mark-bare-labour', place: 'M1C', met: 'bareLabour' },
  'mark-of-union': { ...draft, provider: 'mark-bare-union', place: 'M2', met: 'bareUnion' },
  // Neither a press agency nor a suspended one writes what it gives.
  'mark-of-press': { ...draft, provider: 'mark-bare-press', place: 'MV', met: 'barePress' },
  'mark-of-suspended': {
    ...draft,
    provider: 'mark-bare-suspended',
    place: 'M2',
    met: 'bareSuspended',
  },
  'mark-in-force': {
    provider: 'mark-bare-labour',
    consumer: 'mark-bare-si',
    state: 'ACTIVE',
    place: 'M1C',
    met: 'bareLabour bareSi',
  },
  'mark-of-others': { ...draft, provider: 'mark-foreign', place: 'MV', met: '' },
};
/** Who may write the content of each of these drafts, its steps apart. */
const writers: Readonly<Record<string, string>> = {
  'mark-of-si': 'bareSi steward',
  'mark-of-labour': 'bareLabour steward',
  'mark-of-union': 'bareUnion steward',
  'mark-of-press': 'steward',
  'mark-of-suspended': 'steward',
  'mark-of-others': 'steward',
};
const grantMarks = Object.entries(agreements) as [`mark-${string}`, Parties][];
const grantRows = (columns: (of: Parties) => Columns): Rows =>
  Object.fromEntries(grantMarks.map(([name, of]) => [name, [columns(of), `register ${of.met}`]]));

/** Parties read the areas that their grants name, whatever else they hold. */
export const readersOfArea = (place: keyof typeof areas): string =>
  [...new Set(grantMarks.filter(([, of]) => of.place === place).map(([, of]) => of.met))].join(' ');

const draftBy = (provider: string, state = 'DRAFT') =>
  `insert into "grant" (id, kind, provider_id, consumer_id, state, legal_basis, valid_from)
   values ('new', 'AGREEMENT', '${provider}', 'mark-stranger', '${state}', 'x', '2026-01-01')`;
const drafts: Writes = Object.fromEntries(
  Object.entries(writers).map(([name, by]) => [
    `draft like ${name}`,
    [draftBy(agreements[name as `mark-${string}`]!.provider), by],
  ]),
);
const changeOf = (set: string, id: string) => `update "grant" set ${set} where id = '${id}'`;

const grant: MarkedTable = {
  columns: { kind: 'AGREEMENT' },
  rows: grantRows(({ provider, consumer, state }) => ({
    provider_id: provider,
    consumer_id: consumer,
    state,
  })),
  writes: {
    'amend a draft': [changeOf(`contact = 'x'`, 'mark-of-si'), 'bareSi steward'],
    'suspend what is in force': [
      changeOf(`state = 'SUSPENDED', state_reason = 'x'`, 'mark-in-force'),
      'bareLabour steward',
    ],
    'end what is in force': [
      changeOf(`state = 'ENDED', state_reason = 'x'`, 'mark-in-force'),
      'bareLabour bareSi steward',
    ],
    'end a draft': [
      changeOf(`state = 'ENDED', state_reason = 'x'`, 'mark-of-si'),
      'bareSi steward',
    ],
    'widen what is in force': [changeOf(`valid_from = '2025-01-01'`, 'mark-in-force'), ''],
  },
  alone: {
    ...drafts,
    'open one at once': [draftBy('mark-bare-si', 'ACTIVE'), ''],
    'lock one': [
      `select id from "grant" where id = 'mark-in-force' for update`,
      'bareLabour bareSi steward',
    ],
    'lock one as its provider': [
      `select id from "grant" where id = 'mark-of-union' for update`,
      'bareUnion steward',
    ],
    'give one to another': [`update "grant" set consumer_id = 'x'`, ''],
    'take one over': [`update "grant" set provider_id = 'x'`, ''],
    'approve one past its steps': [`update "grant" set approved_by = 'x'`, ''],
    'take one away': ['delete from "grant"', ''],
  },
};

/** What belongs to a grant is read by its parties and written by its provider. */
function grantPart(table: string, inserted: (grantId: string) => string, columns: Columns) {
  const writes = (what: string, sql: (grantId: string) => string) =>
    Object.entries(writers).map(([name, by]) => [`${what} ${name}`, [sql(name), by]] as const);
  return {
    key: 'grant_id',
    columns,
    rows: grantRows(({ place }) => ({ area_id: areas[place].area_id })),
    alone: Object.fromEntries([
      ...writes('add to', (id) => `insert into ${table} ${inserted(id)}`),
      ...writes('take from', (id) => `delete from ${table} where grant_id = '${id}'`),
      // Without a condition, so that the policy for taking away alone decides.
      [`take from all`, [`delete from ${table}`, 'bareSi bareLabour bareUnion steward']] as const,
      [`move a part`, [`update ${table} set grant_id = 'mark-of-others'`, '']] as const,
    ]),
  } satisfies MarkedTable;
}
const topicOf = grantPart(
  'grant_topic',
  (id) => `(grant_id, topic, reach) values ('${id}', 'CAMPAIGN', 'PUBLISHED')`,
  { topic: 'DEBT', reach: 'INTERNAL' },
);

// ------------------------------------------------------------------ all tables

export const registerExpectations: Readonly<Record<string, MarkedTable>> = {
  agency: registration(
    'agency',
    { registered_by: 'one', approved_by: 'other' },
    Object.fromEntries(agencies.map(({ id, role, state }) => [id, [{ role, state }, 'register']])),
    'mark-si',
    {
      'register an agency': [
        `insert into agency (id, name_vi, name_en, role, state, registered_at, registered_by)
         values ('new', 'x', 'x', 'SI', 'PROPOSED', now(), 'x')`,
        'steward',
      ],
      'change a role': [`update agency set role = 'STEWARD'`, ''],
    },
  ),
  application: registration('application', { state: 'ACTIVE' }, kept, 'mark-kept', {
    'register an application': [
      `insert into application (id, agency_id, name, state) values ('new', 'x', 'x', 'PROPOSED')`,
      'steward',
    ],
    'give an application to another': [`update application set agency_id = 'x'`, ''],
  }),
  issuer: registration('issuer', { kind: 'FILE', state: 'ACTIVE' }, kept, 'mark-kept', {
    'register an issuer': [
      `insert into issuer (id, name, kind, jwks_uri, state) values ('new', 'x', 'FILE', 'x', 'PROPOSED')`,
      'steward',
    ],
    'change the keys of an issuer': [`update issuer set jwks_uri = 'x'`, ''],
  }),
  issuer_agency: {
    key: 'issuer_id',
    rows: kept,
    alone: {
      'let an issuer speak for an agency': [
        `insert into issuer_agency (issuer_id, agency_id) values ('mark-kept', 'new')`,
        'steward',
      ],
      'let an issuer speak for another': [`update issuer_agency set agency_id = 'new'`, ''],
      'take its word from an issuer': ['delete from issuer_agency', ''],
    },
  },
  grant,
  grant_topic: {
    ...topicOf,
    alone: {
      ...topicOf.alone,
      'lock a topic': [
        `select topic from grant_topic where grant_id = 'mark-of-si' for update`,
        'bareSi steward',
      ],
      'give a topic less': [
        `update grant_topic set reach = 'PUBLISHED' where grant_id = 'mark-of-si'`,
        'bareSi steward',
      ],
    },
  },
  grant_area: grantPart('grant_area', (id) => `(grant_id, area_id) values ('${id}', 'new')`, {}),
  grant_purpose: grantPart(
    'grant_purpose',
    (id) => `(grant_id, purpose, position) values ('${id}', 'new', 9)`,
    {},
  ),
  purpose: forKnown('code'),
  purpose_topic: forKnown('purpose', { topic: 'DEBT', reach: 'INTERNAL' }),
};
