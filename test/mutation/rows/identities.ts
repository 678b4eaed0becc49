/** Registered agencies and grants in every state, and what identify() must say of them, by hand. */
import type pg from 'pg';
import { gatewayRole } from '../../../src/platform/database.ts';
import { undone } from './attempts.ts';
import type { Answer } from './questions.ts';
import { reformedAreas, reformedMembers, reformedSuccessions } from './renewals.ts';

/** Names differ from those of marks: the readers of the register are asked about marks only. */
const rows: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  agency: [
    { id: 'who', role: 'UNION', state: 'ACTIVE' },
    { id: 'who-other', role: 'PRESS', state: 'ENDED' },
    { id: 'who-provider', role: 'SI', state: 'ACTIVE' },
    { id: 'who-suspended', role: 'SI', state: 'SUSPENDED' },
  ].map((row) => ({
    ...row,
    name_vi: row.id,
    name_en: row.id,
    registered_at: '2026-01-01',
    registered_by: 'one',
    approved_by: 'other',
  })),
  application: [
    { id: 'who-app', agency_id: 'who', name: 'App', state: 'ACTIVE' },
    { id: 'who-other-app', agency_id: 'who-other', name: 'App', state: 'SUSPENDED' },
  ],
  issuer: [
    { id: 'who-issuer', name: 'I', kind: 'FILE', jwks_uri: 'file:one', state: 'ACTIVE' },
    { id: 'who-other-issuer', name: 'I', kind: 'FILE', jwks_uri: 'file:two', state: 'SUSPENDED' },
  ],
  issuer_agency: [{ issuer_id: 'who-issuer', agency_id: 'who' }],
  // PURPOSE holds its own codes; this is one of another list.
  code: [{ list_id: 'WHO', code: 'WHO_CODE', position: 1, name_en: 'x' }],
  // Of these one is for unions and one for social insurers; what neither is asked for opens nothing.
  purpose: [
    { code: 'WHO_UNION', roles: ['UNION', 'PRESS'] },
    { code: 'WHO_SI', roles: ['SI'] },
  ].map((row) => ({ ...row, legal_basis_en: 'x', legal_basis_vi: 'x' })),
  purpose_topic: [
    { purpose: 'WHO_UNION', topic: 'DEBT', reach: 'PARTY' },
    { purpose: 'WHO_UNION', topic: 'CAMPAIGN', reach: 'PUBLISHED' },
    { purpose: 'WHO_SI', topic: 'FINANCE', reach: 'INTERNAL' },
  ],
  grant: [
    { id: 'who-open', provider_id: 'who-provider', state: 'ACTIVE' },
    { id: 'who-day', provider_id: 'who-provider', state: 'ACTIVE' },
    { id: 'who-draft', provider_id: 'who-provider', state: 'DRAFT' },
    { id: 'who-ended', provider_id: 'who-provider', state: 'ENDED' },
    { id: 'who-from-suspended', provider_id: 'who-suspended', state: 'ACTIVE' },
    { id: 'who-tomorrow', provider_id: 'who-provider', state: 'ACTIVE' },
    { id: 'who-yesterday', provider_id: 'who-provider', state: 'ACTIVE' },
    { id: 'who-reformed', provider_id: 'who-provider', state: 'SUSPENDED' },
    { id: 'who-reformed-over', provider_id: 'who-provider', state: 'ENDED' },
    { id: 'who-else', provider_id: 'who-provider', consumer_id: 'who-other', state: 'ACTIVE' },
  ].map((row) => ({
    consumer_id: 'who',
    kind: 'AGREEMENT',
    legal_basis: 'x',
    valid_from: '2026-01-01',
    ...row,
  })),
  grant_topic: [
    { grant_id: 'who-open', topic: 'DEBT', reach: 'PARTY' },
    { grant_id: 'who-open', topic: 'CAMPAIGN', reach: 'PUBLISHED' },
    { grant_id: 'who-else', topic: 'ENROLLMENT', reach: 'INTERNAL' },
  ],
  grant_purpose: [
    { grant_id: 'who-open', purpose: 'SECOND', position: 2 },
    { grant_id: 'who-open', purpose: 'FIRST', position: 1 },
    { grant_id: 'who-else', purpose: 'FOREIGN', position: 1 },
  ],
  grant_area: [
    ...[
      'who-open',
      'who-draft',
      'who-ended',
      'who-from-suspended',
      'who-tomorrow',
      'who-yesterday',
    ].map((grant_id) => ({ grant_id, area_id: 'who-now@2025-07' })),
    { grant_id: 'who-day', area_id: 'who-one@2025-06' },
    { grant_id: 'who-day', area_id: 'who-two@2025-06' },
    { grant_id: 'who-day', area_id: 'who-group@2025-07' },
    { grant_id: 'who-else', area_id: 'who-half@2025-06' },
    { grant_id: 'who-reformed', area_id: 'who-merged@2025-06' },
    { grant_id: 'who-reformed-over', area_id: 'who-merged@2025-06' },
  ],
  area: [
    ...['one', 'two', 'half', 'third', 'old', 'perhaps'].map((name) => ({
      code: `who-${name}`,
      vintage: '2025-06',
    })),
    ...['now', 'beside', 'both', 'more', 'estimate', 'group', 'member'].map((name) => ({
      code: `who-${name}`,
      vintage: '2025-07',
    })),
    { code: 'who-newest', vintage: '2026-04' },
    ...reformedAreas,
  ].map((row) => ({
    kind: 'COMMUNE',
    ...row,
    id: `${row.code}@${row.vintage}`,
    name_vi: row.code,
    name_search: row.code,
  })),
  area_member: [
    { group_id: 'who-group@2025-07', member_id: 'who-member@2025-07' },
    ...reformedMembers,
  ],
  area_succession: (
    [
      // Became one area of today and nothing else; and was itself one before, of another vintage.
      ['who-old@2025-06', 'who-now@2025-07', true],
      // Half of it went elsewhere: not wholly inside.
      ['who-half@2025-06', 'who-now@2025-07', true],
      ['who-half@2025-06', 'who-beside@2025-07', true],
      // Listed as a part of it, and not proven to lie wholly inside.
      ['who-perhaps@2025-06', 'who-now@2025-07', false],
      // Two whole areas became one; its successor consists of it alone.
      ['who-one@2025-06', 'who-both@2025-07', true],
      ['who-two@2025-06', 'who-both@2025-07', true],
      ['who-both@2025-07', 'who-newest@2026-04', true],
      // Of this one a third area is a part, which is not held.
      ['who-one@2025-06', 'who-more@2025-07', true],
      ['who-third@2025-06', 'who-more@2025-07', true],
      // Of this one the parts are not exactly known.
      ['who-two@2025-06', 'who-estimate@2025-07', false],
      ...reformedSuccessions.map(([from, to]) => [from, to, true] as const),
    ] as const
  ).map(([predecessor, successor, exact]) => ({
    id: `${predecessor}>${successor}`,
    predecessor_id: predecessor,
    successor_id: successor,
    effective_on: '2025-07-01',
    kind: 'MERGED',
    exact,
    basis: 'x',
  })),
};

export async function insertIdentities(client: pg.Client): Promise<void> {
  await client.query('set session_replication_role = replica');
  for (const [table, all] of Object.entries(rows)) {
    for (const row of all) {
      const names = Object.keys(row).join(', ');
      await client.query(
        `insert into "${table}" (${names}) select ${names} from jsonb_populate_record(null::"${table}", $1)`,
        [JSON.stringify(row)],
      );
    }
  }
  await client.query('set session_replication_role = origin');
}

/** Days are those of the database's clock, so grants are dated in the moment of the question. */
const dates = `set local session_replication_role = replica;
  update "grant" g set valid_from = d.valid_from, valid_to = d.valid_to
    from (select (clock_timestamp() at time zone 'Asia/Ho_Chi_Minh')::date as day) c,
    lateral (values ('who-day', day, day), ('who-tomorrow', day + 1, null::date),
      ('who-yesterday', day - 9, day - 1)) d (id, valid_from, valid_to)
    where g.id = d.id;
  set local session_replication_role = origin;`;

const none = {
  purposes: [],
  topics: [],
  areas: ['who-now@2025-07'],
  territory: [],
  renewal: null,
};
const grants = [
  {
    ...none,
    id: 'who-day',
    effective: true,
    expired: false,
    areas: ['who-group@2025-07', 'who-one@2025-06', 'who-two@2025-06'],
    territory: [
      'who-both@2025-07',
      'who-group@2025-07',
      'who-member@2025-07',
      'who-newest@2026-04',
      'who-one@2025-06',
      'who-two@2025-06',
    ],
  },
  { ...none, id: 'who-draft', effective: false, expired: false },
  { ...none, id: 'who-ended', effective: false, expired: false },
  { ...none, id: 'who-from-suspended', effective: false, expired: false },
  {
    id: 'who-open',
    effective: true,
    expired: false,
    purposes: ['FIRST', 'SECOND'],
    topics: [
      { topic: 'CAMPAIGN', reach: 'PUBLISHED' },
      { topic: 'DEBT', reach: 'PARTY' },
    ],
    areas: ['who-now@2025-07'],
    territory: ['who-now@2025-07', 'who-old@2025-06'],
  },
  {
    ...none,
    id: 'who-reformed',
    effective: false,
    expired: false,
    areas: ['who-merged@2025-06'],
    renewal: { areaIds: ['who-merged@2025-06'], successorIds: ['who-larger@2025-07'] },
  },
  // It is over, and nobody need renew it.
  {
    ...none,
    id: 'who-reformed-over',
    effective: false,
    expired: false,
    areas: ['who-merged@2025-06'],
  },
  { ...none, id: 'who-tomorrow', effective: false, expired: false },
  { ...none, id: 'who-yesterday', effective: false, expired: true },
];

/** Issuer, application, agency and purpose, and what the gateway must be told of them. */
const questions: readonly (readonly [readonly [string, string, string, string], unknown])[] = [
  [
    ['who-issuer', 'who-app', 'who', 'LABOUR_SUPERVISION'],
    {
      purposeKnown: true,
      issuer: { state: 'ACTIVE', speaksForAgency: true },
      agency: { id: 'who', nameVi: 'who', nameEn: 'who', role: 'UNION', state: 'ACTIVE' },
      application: { id: 'who-app', agencyId: 'who', state: 'ACTIVE' },
      grants,
    },
  ],
  [
    ['who-other-issuer', 'who-other-app', 'who-suspended', 'WHO_CODE'],
    {
      purposeKnown: false,
      issuer: { state: 'SUSPENDED', speaksForAgency: false },
      agency: {
        id: 'who-suspended',
        nameVi: 'who-suspended',
        nameEn: 'who-suspended',
        role: 'SI',
        state: 'SUSPENDED',
      },
      application: { id: 'who-other-app', agencyId: 'who-other', state: 'SUSPENDED' },
      grants: [],
    },
  ],
  [
    ['who-issuer', 'who-app', 'who', 'WHO_UNION'],
    { opened: { CAMPAIGN: 'PUBLISHED', DEBT: 'PARTY' } },
  ],
  // For one of another role the same purpose opens nothing.
  [['who-issuer', 'who-app', 'who-provider', 'WHO_UNION'], { opened: {} }],
  [['who-issuer', 'who-app', 'who', 'WHO_SI'], { opened: {} }],
  [
    ['who-issuer', 'who-app', 'who-suspended', 'LABOUR_SUPERVISION'],
    { issuer: { state: 'ACTIVE', speaksForAgency: false } },
  ],
  [
    ['who-other-issuer', 'who-app', 'who', 'LABOUR_SUPERVISION'],
    { issuer: { state: 'SUSPENDED', speaksForAgency: false } },
  ],
  [
    ['nobody', 'nobody', 'nobody', 'nothing'],
    { purposeKnown: false, issuer: null, agency: null, application: null, grants: [] },
  ],
];

/** The parts of an answer that the expectation names, what is opened whole; a grant's territory by the ids of its areas. */
function told(answer: unknown, expected: unknown): unknown {
  if (Array.isArray(answer) && Array.isArray(expected)) {
    return answer.map((item, i) => told(item, expected[i]));
  }
  if (answer === null || expected === null) return answer;
  if (typeof answer !== 'object' || typeof expected !== 'object') {
    if (typeof expected === 'string' && typeof answer === 'object')
      return (answer as { id: string }).id;
    return answer;
  }
  const parts = answer as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(expected).map(([key, part]) => [
      key,
      key === 'opened' ? parts[key] : told(parts[key], part),
    ]),
  );
}

/** What the database tells the gateway of each of them, and what it must. */
export async function askWho(client: pg.Client): Promise<Answer[]> {
  return undone(client, async () => {
    await client.query(`${dates} set local role ${gatewayRole}`);
    const answers: Answer[] = [];
    for (const [asked, expected] of questions) {
      const result = await client.query<{ who: unknown }>(
        'select identify($1, $2, $3, $4) as who',
        [...asked],
      );
      answers.push({ asked: asked.join(' '), told: told(result.rows[0]?.who, expected), expected });
    }
    const { rows: issuers } = await client.query<{ id: string }>(
      `select id from registered_issuers() where id like 'who-%' order by id`,
    );
    answers.push({ asked: 'issuers', told: issuers, expected: [{ id: 'who-issuer' }] });
    return answers;
  });
}
