/** What grants give, and what a caller without them is told: empty is nothing, never everything. */
import { describe, expect, test } from 'vitest';
import {
  openToAll,
  refusalFor,
  scopeOf as scopeFor,
  whyNoGrant,
  type HeldGrant,
  type Opened,
  type Principal,
} from '../../src/identity/principal.ts';
import { nobody } from '../../src/platform/scope.ts';
import { topics, type Topic } from '../../src/policy/types.ts';

const instant = '2026-11-22T00:00:00.000Z';
const country = { id: 'VN@2025-06', kind: 'COUNTRY' };
const dienBien = { id: '11@2025-07', kind: 'PROVINCE' };
const haNoi = { id: '01@2025-07', kind: 'CITY' };
const commune = { id: '03217@2025-07', kind: 'COMMUNE' };

function grant(more: Partial<HeldGrant> = {}): HeldGrant {
  return {
    id: 'grant-test',
    kind: 'AGREEMENT',
    state: 'ACTIVE',
    legalBasis: 'Test',
    providerId: 'si-vn',
    providerNameVi: 'Bảo hiểm xã hội Việt Nam',
    providerNameEn: 'Viet Nam Social Security',
    validFrom: '2025-07-01',
    validTo: null,
    purposes: ['STATISTICS'],
    topics: [{ topic: 'ENROLLMENT', reach: 'INTERNAL' }],
    areas: ['11@2025-07'],
    effective: true,
    expired: false,
    renewal: null,
    territory: [dienBien],
    ...more,
  };
}

/** Of a purpose that narrows nothing, unless a test says what it opens. */
const scopeOf = (
  agency: string,
  at: string,
  selected: Parameters<typeof scopeFor>[2],
  opened: Opened = openToAll,
) => scopeFor(agency, at, selected, opened);

const internal = (topic: Topic) => ({ topic, reach: 'INTERNAL' }) as const;
const published = (topic: Topic) => ({ topic, reach: 'PUBLISHED' }) as const;

function principal(
  selected: readonly HeldGrant[],
  refusal: Principal['refusal'] = null,
): Principal {
  return {
    subject: 'test',
    agency: { id: 'labour-test', nameVi: 'Sở Nội vụ', nameEn: 'Home Affairs', role: 'LABOUR' },
    applicationId: 'app-test',
    role: 'LABOUR',
    purpose: 'STATISTICS',
    grants: selected,
    selected,
    refusal,
    scope: scopeOf('labour-test', instant, selected),
  };
}

describe('a scope holds what the selected grants give, and nothing else', () => {
  const nothing = { ...nobody, instant, agency: 'labour-test' };
  test.each([
    ['no grant', []],
    ['a grant without territory', [grant({ territory: [] })]],
    ['a grant without topics', [grant({ topics: [] })]],
    ['several empty grants', [grant({ territory: [] }), grant({ topics: [] })]],
  ])('%s reaches no row', (_, selected) => {
    expect(scopeOf('labour-test', instant, selected)).toEqual(nothing);
  });

  test('the kinds of areas decide how far internal rows reach', () => {
    const territory = [
      country,
      dienBien,
      haNoi,
      commune,
      { id: 'VN-DB-TC@2025-07', kind: 'OFFICE_CLUSTER' },
    ];
    expect(scopeOf('a', instant, [grant({ territory })])).toEqual({
      ...nobody,
      instant,
      agency: 'a',
      topics: ['ENROLLMENT'],
      published: ['ENROLLMENT'],
      national: ['ENROLLMENT'],
      provinces: ['ENROLLMENT|01@2025-07', 'ENROLLMENT|11@2025-07'],
      areas: ['ENROLLMENT|03217@2025-07', 'ENROLLMENT|VN-DB-TC@2025-07'],
      parties: [],
    });
  });

  test('a published reach gives no internal row of any area', () => {
    const territory = [country, dienBien, commune];
    const scope = scopeOf('a', instant, [grant({ territory, topics: [published('FINANCE')] })]);
    expect(scope).toMatchObject({
      topics: ['FINANCE'],
      published: ['FINANCE'],
      national: [],
      provinces: [],
      areas: [],
      parties: [],
    });
  });

  test('topics, reach and territory of one grant are not mixed with those of another', () => {
    const scope = scopeOf('a', instant, [
      grant({ topics: [internal('ENROLLMENT'), published('FINANCE')], territory: [dienBien] }),
      grant({
        topics: [internal('FINANCE'), published('ENROLLMENT')],
        territory: [haNoi, commune],
      }),
      grant({ topics: [internal('DEBT')], territory: [] }),
      grant({ topics: [published('POPULATION')], territory: [country] }),
    ]);
    expect(scope).toEqual({
      ...nobody,
      instant,
      agency: 'a',
      topics: ['ENROLLMENT', 'FINANCE', 'POPULATION'],
      published: ['ENROLLMENT', 'FINANCE', 'POPULATION'],
      national: [],
      provinces: ['ENROLLMENT|11@2025-07', 'FINANCE|01@2025-07'],
      areas: ['FINANCE|03217@2025-07'],
      parties: [],
    });
  });

  test('the reach of a party gives no internal row, and names its territory apart', () => {
    const party = (topic: Topic) => ({ topic, reach: 'PARTY' }) as const;
    const scope = scopeOf('a', instant, [
      grant({ topics: [party('DEBT'), published('CAMPAIGN')], territory: [dienBien, commune] }),
      grant({ topics: [party('PARTNER')], territory: [country] }),
    ]);
    expect(scope).toMatchObject({
      published: ['CAMPAIGN', 'DEBT', 'PARTNER'],
      national: [],
      provinces: [],
      areas: [],
      parties: ['DEBT|03217@2025-07', 'DEBT|11@2025-07', 'PARTNER|*'],
    });
  });

  test('the order of grants and areas does not matter', () => {
    const grants = [
      grant({ topics: [internal('FINANCE')], territory: [haNoi, commune, dienBien] }),
      grant({ topics: [internal('ENROLLMENT'), internal('DEBT')], territory: [dienBien, haNoi] }),
      grant({ topics: [published('DEBT')], territory: [country] }),
    ];
    const turned = [...grants]
      .reverse()
      .map((held) => ({ ...held, territory: [...held.territory].reverse() }));
    expect(scopeOf('a', instant, turned)).toEqual(scopeOf('a', instant, grants));
  });

  test('a further grant never takes anything away', () => {
    const few = [grant()];
    const more = [...few, grant({ topics: [published('ENROLLMENT')], territory: [country] })];
    const [a, b] = [scopeOf('a', instant, few), scopeOf('a', instant, more)];
    for (const list of ['topics', 'published', 'national', 'provinces', 'areas'] as const) {
      expect(b[list]).toEqual(expect.arrayContaining([...a[list]]));
    }
  });
});

describe('a purpose caps what a grant gives, and widens nothing', () => {
  const deep = [grant({ topics: [internal('ENROLLMENT'), internal('DEBT')] })];
  const province = (topic: Topic) => `${topic}|11@2025-07`;
  test.each<[string, Opened, object]>([
    ['all of it', openToAll, { topics: ['DEBT', 'ENROLLMENT'], provinces: ['DEBT', 'ENROLLMENT'] }],
    ['nothing', {}, { topics: [] }],
    ['another topic', { FINANCE: 'INTERNAL' }, { topics: [] }],
    [
      'one topic as published',
      { ENROLLMENT: 'INTERNAL', DEBT: 'PUBLISHED' },
      { topics: ['DEBT', 'ENROLLMENT'], provinces: ['ENROLLMENT'] },
    ],
    [
      'one topic to parties, the other not at all',
      { DEBT: 'PARTY' },
      { topics: ['DEBT'], parties: ['DEBT'] },
    ],
  ])('%s', (_, opened, expected) => {
    const want = { topics: [], provinces: [], parties: [], ...expected };
    expect(scopeOf('a', instant, deep, opened)).toEqual({
      ...nobody,
      instant,
      agency: 'a',
      topics: want.topics,
      published: want.topics,
      provinces: want.provinces.map(province),
      parties: want.parties.map(province),
    });
  });

  test('a deeper purpose does not deepen a shallow grant', () => {
    const shallow = [grant({ topics: [published('DEBT')] })];
    expect(scopeOf('a', instant, shallow).provinces).toEqual([]);
  });
});

describe('a caller without a grant for its purpose is told the next step', () => {
  const expired = grant({
    id: 'grant-old',
    effective: false,
    expired: true,
    validTo: '2025-12-31',
  });
  const suspended = grant({ id: 'grant-off', effective: false, state: 'SUSPENDED' });
  const future = grant({ id: 'grant-new', effective: false, validFrom: '2030-01-01' });
  const other = grant({ purposes: ['AUDIT', 'STEWARDSHIP'] });
  test.each([
    ['none at all', [], { code: 'GRANT_MISSING', parameters: {} }],
    ['only other purposes', [other], { code: 'PURPOSE_NOT_GRANTED', parameters: {} }],
    [
      'expired',
      [expired],
      { code: 'GRANT_EXPIRED', parameters: { grant: 'grant-old', day: '2025-12-31' } },
    ],
    ['suspended', [suspended], { code: 'GRANT_NOT_ACTIVE', parameters: { grant: 'grant-off' } }],
    ['not yet begun', [future], { code: 'GRANT_NOT_ACTIVE', parameters: { grant: 'grant-new' } }],
    [
      'another beside',
      [other, suspended],
      { code: 'GRANT_NOT_ACTIVE', parameters: { grant: 'grant-off' } },
    ],
  ])('%s', (_, grants, expected) => {
    expect(whyNoGrant(grants, 'STATISTICS')).toEqual(expected);
  });

  test('a secondary purpose of a grant counts like its main one', () => {
    const held = grant({ purposes: ['LABOUR_SUPERVISION', 'STATISTICS'], effective: false });
    expect(whyNoGrant([held], 'STATISTICS').code).toBe('GRANT_NOT_ACTIVE');
    expect(whyNoGrant([held], 'STATISTIC').code).toBe('PURPOSE_NOT_GRANTED');
  });
});

describe('a root field is given only to whom its need is met', () => {
  const refused = { code: 'PURPOSE_REQUIRED', parameters: {} } as const;
  const noTerritory = [grant({ id: 'grant-empty', territory: [] })];
  const finance = [grant({ topics: [published('FINANCE')] })];
  test.each([
    ['no purpose, nothing needed', principal([], refused), 'NOTHING', null],
    ['no purpose, any grant needed', principal([], refused), 'ANY_GRANT', 'PURPOSE_REQUIRED'],
    ['no purpose, a topic needed', principal([], refused), ['FINANCE'], 'PURPOSE_REQUIRED'],
    ['no territory, nothing needed', principal(noTerritory), 'NOTHING', null],
    ['no territory, any grant needed', principal(noTerritory), 'ANY_GRANT', 'TERRITORY_EMPTY'],
    ['no territory, its topic needed', principal(noTerritory), ['ENROLLMENT'], 'TERRITORY_EMPTY'],
    ['a grant, any needed', principal(finance), 'ANY_GRANT', null],
    ['a grant of the topic', principal(finance), ['FINANCE'], null],
    ['a grant of one of the topics', principal(finance), ['ENROLLMENT', 'FINANCE'], null],
    ['a grant of another topic', principal(finance), ['ENROLLMENT', 'DEBT'], 'GRANT_MISSING'],
    ['a need that lists no topic', principal(finance), [], 'GRANT_MISSING'],
  ] as const)('%s', (_, asking, needs, code) => {
    expect(refusalFor(asking, needs)?.code ?? null).toBe(code);
  });

  test('the grant without territory is named', () => {
    expect(refusalFor(principal(noTerritory), 'ANY_GRANT')?.parameters).toEqual({
      grant: 'grant-empty',
    });
  });

  test.each(topics)('a grant of %s alone opens that topic alone', (topic) => {
    const asking = principal([grant({ topics: [published(topic)] })]);
    const open = topics.filter((other) => refusalFor(asking, [other]) === null);
    expect(open).toEqual([topic]);
  });
});
