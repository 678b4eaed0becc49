/** Ids, relations, conflicts, results, coverage and refusals betray no row outside the scope. */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  insertMarks,
  insertRows,
  markedFigures,
  markedRow,
  markedValues,
  meets,
  readers,
  rowsById,
  territories,
} from './marks.ts';
import {
  openGateway,
  storeKindsAtLength,
  type Reply,
  type TestGateway,
} from './support/gateway.ts';

const target = (
  row: Parameters<typeof markedRow>[0],
  audience: 'INTERNAL' | 'PUBLISHED',
  more: object = {},
) => {
  const {
    domain: _,
    sex: __,
    residence: ___,
    breakdown: ____,
    ...columns
  } = markedRow(row, audience);
  const statement = `Plan of ${row[0]}.`;
  return { ...columns, kind: 'QUANTIFIED', statement, result_ids: [], derivable_from: [], ...more };
};
const absent = { value: null, decimals: null, obs_status: 'Q', conf_status: 'C' };

const targets = [
  target(['mark-tgt-vn', 'VN@2025-06', 'ENROLLMENT'], 'INTERNAL'),
  target(['mark-tgt-tc', 'VN-DB-TC@2025-07', 'ENROLLMENT'], 'INTERNAL'),
  target(['mark-tgt-db', '11@2025-06', 'FINANCE'], 'INTERNAL'),
  target(['mark-tgt-yb', '15@2025-06', 'ENROLLMENT'], 'INTERNAL'),
  target(['mark-tgt-na', '40@2025-07', 'FINANCE'], 'INTERNAL'),
  target(['mark-tgt-both', '11@2025-07', 'ENROLLMENT'], 'INTERNAL'),
  target(['mark-tgt-both', '11@2025-07', 'ENROLLMENT'], 'PUBLISHED', {
    ...absent,
    has_internal: true,
  }),
  target(['mark-tgt-embargo', '11@2025-07', 'ENROLLMENT'], 'PUBLISHED', {
    published_at: '2999-01-01',
  }),
  target(['mark-tgt-withdrawn', '40@2025-07', 'ENROLLMENT'], 'PUBLISHED', {
    withdrawn_at: '2026-01-01',
  }),
  target(['mark-tgt-open', '01@2025-07', 'ENROLLMENT'], 'PUBLISHED', {
    result_ids: markedFigures,
  }),
];

/** Marked targets that a holder of a place meets beside the published ones. */
const targetsOf: Readonly<Record<string, readonly string[]>> = {
  country: ['internal-mark-tgt-vn'],
  tuaChua: ['internal-mark-tgt-tc'],
  dienBien: ['internal-mark-tgt-db', 'internal-mark-tgt-both'],
  laoCai: ['internal-mark-tgt-yb'],
  ngheAn: ['internal-mark-tgt-na'],
};
function targetsMet(agency: string): string[] {
  const held = territories[agency]!;
  const both = held.includes('dienBien') ? [] : ['published-mark-tgt-both'];
  const own = [...held.flatMap((place) => targetsOf[place]!), ...both, 'published-mark-tgt-open'];
  return own.map((id) => `row-${id}`).sort();
}

/** Coverage of a commune of Tủa Chùa: published participants beside internal inputs. */
const commune = '03220@2025-07';
const rowOf = (figure: string, more: object) =>
  markedRow([figure, commune, 'ENROLLMENT'], 'INTERNAL', { breakdown: '', ...more });
const free = { audience: 'PUBLISHED', conf_status: 'F', published_at: '2026-01-01' };
const coverageRows = [
  rowOf('cover-participants', { time_period: '2031', ...free, value: '300' }),
  rowOf('cover-before', { time_period: '2030', value: '200' }),
  rowOf('cover-population', {
    time_period: '2031',
    topic: 'POPULATION',
    domain: 'POPULATION',
    indicator: 'POPULATION_COUNT',
    value: '400',
  }),
  rowOf('cover-joined', { time_period: '2031', indicator: 'NEW_PARTICIPANTS', value: '7' }),
];
const coveragePlan = {
  ...target(['cover-plan', commune, 'ENROLLMENT'], 'INTERNAL'),
  time_period: '2031',
  value: '600',
};

async function prepare(owner: pg.Pool): Promise<void> {
  await insertMarks(owner);
  await insertRows(owner, 'observation', coverageRows);
  await insertRows(owner, 'target', [...targets, coveragePlan]);
  await owner.query(
    `insert into conflict (id, area_id, kind, certainty, statement, handling, topics, source_ids, locator)
     values ('mark-conflict', '11@2025-07', 'SUM_MISMATCH', 'OPEN', 'Marked.', 'None.',
             '{ENROLLMENT,FINANCE,POPULATION}', '{dien-bien-2024}', 'mark')`,
  );
  await owner.query(
    `insert into conflict_row (conflict_id, row_id, part, position, topics)
     select 'mark-conflict', r, 'MARK', n, '{ENROLLMENT,FINANCE,POPULATION}'
       from unnest($1::text[]) with ordinality as x(r, n)`,
    [markedFigures],
  );
}

const globalId = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64');
const keysOf = (rows: readonly { id: string }[]) =>
  rows.map(({ id }) => Buffer.from(id, 'base64').toString().split(':')[1]).sort();

/** All of an answer but what numbers and dates it. */
function comparable({ status, headers, text }: Reply) {
  const { date: _, 'access-record': __, 'request-id': ___, ...rest } = headers;
  return { status, text, headers: rest };
}

describe.each(storeKindsAtLength)('row scope of paths on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind, prepare });
  });
  afterAll(() => gateway.close());

  async function answer(agency: string, query: string) {
    const reply = await gateway.ask(agency, query);
    expect(reply.errors).toEqual([]);
    return reply.data;
  }

  test.each(readers)('node() gives %s its marked rows and no other', async (agency) => {
    const own = [...meets(territories[agency]!), ...targetsMet(agency)];
    const ids = [
      ...[...rowsById.keys()].map((key) => ['RecordedObservation', key] as const),
      ...targets.map(({ id }) => ['Target', id] as const),
    ];
    for (let from = 0; from < ids.length; from += 20) {
      const some = ids.slice(from, from + 20);
      const fields = some.map(
        ([type, key], i) => `n${i}: node(id: "${globalId(type, key)}") { id }`,
      );
      const data = await answer(agency, `{ ${fields.join('\n')} }`);
      some.forEach(([type, key], i) => {
        const expected = own.includes(key) ? { id: globalId(type, key) } : null;
        expect(data[`n${i}`], key).toEqual(expected);
      });
    }
  });

  const strangers = ['press-vn', 'union-dien-bien', 'labour-lao-cai', 'si-nghe-an', 'audit-vn'];
  test.each(strangers)('a hidden id answers %s byte for byte like a random one', async (agency) => {
    const hidden = ['internal-mark-db', 'published-mark-embargo', 'published-mark-withdrawn'];
    for (const key of hidden.map((name) => `row-${name}`)) {
      const random = key.replace(/mark-.*/, (name) => 'x'.repeat(name.length));
      const ask = (id: string) =>
        gateway.ask(agency, `query ($id: ID!) { node(id: $id) { __typename id } }`, {
          variables: { id: globalId('RecordedObservation', id) },
        });
      const real = await ask(key);
      expect(real.data).toEqual({ node: null });
      expect(comparable(real)).toEqual(comparable(await ask(random)));
    }
  });

  test.each(readers)('targets and their results give %s its rows only', async (agency) => {
    const data = await answer(
      agency,
      `{ targets(first: 200) { totalCount nodes { id figureId value } }
         open: targets(where: {figureId: "mark-tgt-open"}) { nodes { results { id value } } }
         plans: targets(first: 200, orderBy: PERIOD_ASC, where: {indicator: "PARTICIPANTS"}) {
           nodes { id figureId } } }`,
    );
    const { nodes, totalCount } = data.targets as { nodes: TargetRow[]; totalCount: number };
    const marked = (rows: TargetRow[]) => rows.filter((row) => row.figureId.startsWith('mark-'));
    expect(keysOf(marked(nodes))).toEqual(targetsMet(agency));
    expect(totalCount).toBe(nodes.length);
    const plans = targets.filter((row) => row.topic === 'ENROLLMENT').map((row) => row.id);
    const met = targetsMet(agency).filter((id) => plans.includes(id));
    expect(keysOf(marked(data.plans.nodes))).toEqual(met);
    expect(keysOf(data.open.nodes[0].results)).toEqual(meets(territories[agency]!));
  });

  test.each(readers)('conflicts lead %s to its rows only, however deep', async (agency) => {
    const own = meets(territories[agency]!);
    const data = await answer(
      agency,
      `{ conflicts(first: 1, where: {rowId: "mark-db"}) {
           nodes { code figures { ...F conflicts { figures { ...F } } } } }
         node(id: "${globalId('Conflict', 'mark-conflict')}") { ... on Conflict { figures { ...F } } }
         observations(first: 1, where: {figureId: "mark-open"}) {
           nodes { conflicts { figures { ...F } } } } }
       fragment F on RecordedObservation { id ...Value } fragment Value on Observation { value }`,
    );
    const [conflict] = data.conflicts.nodes;
    expect(conflict.code).toBe('mark-conflict');
    expect(keysOf(conflict.figures)).toEqual(own);
    expect(keysOf(conflict.figures[0].conflicts[0].figures)).toEqual(own);
    expect(keysOf(data.node.figures)).toEqual(own);
    expect(keysOf(data.observations.nodes[0].conflicts[0].figures)).toEqual(own);
  });

  const coverageQuery = (
    period: string,
  ) => `{ coverage(area: {code: "03220", vintage: "2025-07"}, timePeriod: "${period}") {
    participants { value } plan { value } achievementComputed { value formula derivedFrom { value } }
    rateComputed { value } denominatorFigure { value } changeComputed { value }
    relativeChangeComputed { value } others { value } } }`;
  test.each(readers)('coverage computes for %s from its own rows only', async (agency) => {
    const inside = territories[agency]!.includes('tuaChua');
    const data = await answer(agency, coverageQuery('2031'));
    const numbers = (value: string) => (inside ? { value } : null);
    expect(data.coverage).toEqual([
      {
        participants: { value: '300' },
        plan: numbers('600'),
        achievementComputed: inside
          ? {
              value: '50.00',
              formula: '300 / 600 * 100 = 50.00',
              derivedFrom: [{ value: '300' }, { value: '600' }],
            }
          : null,
        rateComputed: numbers('75.00') ?? { value: null },
        denominatorFigure: numbers('400'),
        changeComputed: numbers('100'),
        relativeChangeComputed: numbers('50.00'),
        others: inside ? [{ value: '7' }] : [],
      },
    ]);
    const before = await answer(agency, coverageQuery('2030'));
    expect(before.coverage).toHaveLength(inside ? 1 : 0);
  });

  const suppressedQuery = `{ observations(where: {figureId: "mark-both-db"}) { nodes {
    id value decimals obsStatus confStatus reason qualifier comment } } }`;
  test('a suppressed cell is null and says why to all but its own territory', async () => {
    for (const agency of readers) {
      const [cell] = (await answer(agency, suppressedQuery)).observations.nodes;
      const inside = territories[agency]!.includes('dienBien');
      const status = inside
        ? { value: rowsById.get('row-internal-mark-both-db')!.value, obsStatus: 'A', reason: null }
        : { value: null, decimals: null, obsStatus: 'Q', confStatus: 'C', qualifier: null };
      expect(cell, agency).toMatchObject(status);
      if (!inside) expect(cell.reason).toContain('Suppressed');
    }
  });

  const faults = [
    'observations(first: 0) { nodes { id } }',
    'observations(after: "x") { nodes { id } }',
    'observations(where: {figureId: "mark-db", timePeriod: "soon"}) { nodes { id } }',
    'observations(where: {figureId: "mark-db", indicator: "NONE"}) { nodes { id } }',
    'coverage(area: {code: "15"}, timePeriod: "1992") { scheme }',
    'coverage(area: {code: "99"}, timePeriod: "1992") { scheme }',
    'node(id: "row-internal-mark-db") { id }',
    'observations { nodes { secret } }',
  ];
  test.each(faults)('the refusal of %s is the same for all', async (field) => {
    const texts = new Set<string>();
    for (const agency of readers) {
      const { errors, text } = await gateway.ask(agency, `{ ${field} }`);
      expect(errors).toHaveLength(1);
      expect(errors[0]!.extensions.code).not.toBe('INTERNAL');
      expect(text).not.toMatch(markedValues);
      texts.add(text);
    }
    expect(texts.size).toBe(1);
  });
});

interface TargetRow {
  readonly id: string;
  readonly figureId: string;
}
