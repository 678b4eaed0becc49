/** The purpose selects the grant: no path leaves the topics and the territory of that grant. */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertMarks, insertRows, markedFigures, markedRow, meets, rowsById } from './marks.ts';
import { openGateway, storeKindsAtLength, type TestGateway } from './support/gateway.ts';

const agency = 'labour-two';

/** Two grants of one agency: what each purpose opens, and where. */
const grants = [
  {
    purpose: 'LABOUR_SUPERVISION',
    topic: 'ENROLLMENT',
    area: '11@2025-07',
    places: ['tuaChua', 'dienBien'],
  },
  { purpose: 'STATISTICS', topic: 'FINANCE', area: '40@2025-07', places: ['ngheAn'] },
] as const;
const allTopics = ['ENROLLMENT', 'FINANCE', 'POPULATION'] as const;

/** The population of the commune is another topic. */
const unknownDenominator =
  'Not computed: the figure that the rate is a share of is not known for this area and period.';

const commune = '03220@2025-07';
const coverageRows = [
  markedRow(['cover-participants', commune, 'ENROLLMENT'], 'INTERNAL', { time_period: '2031' }),
  markedRow(['cover-population', commune, 'POPULATION'], 'INTERNAL', { time_period: '2031' }),
];

async function prepare(owner: pg.Pool): Promise<void> {
  await insertMarks(owner);
  await insertRows(owner, 'observation', coverageRows);
  await owner.query(
    `insert into agency (id, role, name_vi, name_en, state, registered_at, registered_by, approved_by)
     values ($1, 'LABOUR', 'Hai', 'Two', 'ACTIVE', now(), 'registrar-1', 'registrar-2')`,
    [agency],
  );
  await owner.query(
    `insert into application (id, agency_id, name, state) values ($1, $2, 'Two', 'ACTIVE')`,
    [`${agency}-app`, agency],
  );
  await owner.query(
    `insert into issuer_agency (issuer_id, agency_id) values ('urn:lienthong:development', $1)`,
    [agency],
  );
  for (const { purpose, topic, area } of grants) {
    const id = `grant-two-${topic.toLowerCase()}`;
    await owner.query(
      `insert into "grant" (id, kind, provider_id, consumer_id, state, legal_basis, valid_from)
       values ($1, 'AGREEMENT', 'si-vn', $2, 'ACTIVE', 'test', '2025-07-01')`,
      [id, agency],
    );
    await owner.query(`insert into grant_topic values ($1, $2, 'INTERNAL')`, [id, topic]);
    await owner.query(`insert into grant_area values ($1, $2)`, [id, area]);
    await owner.query(`insert into grant_purpose values ($1, $2, 0)`, [id, purpose]);
  }
  for (const topics of [['ENROLLMENT'], ['FINANCE'], ['ENROLLMENT', 'FINANCE'], allTopics]) {
    const id = `mark-conflict-${topics.join('-').toLowerCase()}`;
    await owner.query(
      `insert into conflict (id, area_id, kind, certainty, statement, handling, topics, source_ids, locator)
       values ($1, '11@2025-07', 'SUM_MISMATCH', 'OPEN', 'Marked.', 'None.', $2, '{}', 'mark')`,
      [id, topics],
    );
    await owner.query(
      `insert into conflict_row (conflict_id, row_id, part, position, topics)
       select $1, r, 'MARK', n, $2 from unnest($3::text[]) with ordinality as x(r, n)`,
      [id, topics, markedFigures],
    );
  }
}

const globalId = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64');
const keysOf = (rows: readonly { id: string }[]) =>
  rows.map(({ id }) => Buffer.from(id, 'base64').toString().split(':')[1]).sort();

describe.each(storeKindsAtLength)('topics by purpose on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind, prepare });
  });
  afterAll(() => gateway.close());

  describe.each(grants)('for $purpose', ({ purpose, topic, places }) => {
    const ask = (query: string) => gateway.ask(agency, query, { purpose });
    const own = meets(places, [topic]);
    const conflict = `mark-conflict-${topic.toLowerCase()}`;

    test('lists, filters and counts stay in the topic', async () => {
      const others = allTopics.filter((other) => other !== topic);
      const { data, errors } = await ask(
        `{ all: observations(first: 200) { totalCount nodes { id figureId domain } }
           ${others.map((other) => `${other}: observations(where: {domain: "${other}"}) { totalCount }`).join('\n')} }`,
      );
      expect(errors).toEqual([]);
      const { nodes, totalCount } = data.all as {
        nodes: { id: string; figureId: string; domain: string }[];
        totalCount: number;
      };
      expect(new Set(nodes.map((row) => row.domain))).toEqual(new Set([topic]));
      expect(totalCount).toBe(nodes.length);
      expect(keysOf(nodes.filter((row) => row.figureId.startsWith('mark-')))).toEqual(own);
      for (const other of others) expect(data[other]).toEqual({ totalCount: 0 });
    });

    test('an id of another topic or place is not there', async () => {
      const keys = [...rowsById.keys()];
      for (let from = 0; from < keys.length; from += 20) {
        const some = keys.slice(from, from + 20);
        const { data } = await ask(
          `{ ${some.map((key, i) => `n${i}: node(id: "${globalId('RecordedObservation', key)}") { id }`).join('\n')} }`,
        );
        some.forEach((key, i) => expect(data[`n${i}`] !== null, key).toBe(own.includes(key)));
      }
    });

    test('conflicts that tell of another topic are not there', async () => {
      const { data, errors } = await ask(
        `{ conflicts(first: 50, where: {rowId: "mark-db"}) { totalCount nodes { code figures { id } } }
           other: node(id: "${globalId('Conflict', 'mark-conflict-enrollment-finance')}") { id }
           observations(first: 1, where: {figureId: "${rowsById.get(own[0]!)!.figure_id}"}) {
             nodes { conflicts { code figures { id } } } } }`,
      );
      expect(errors).toEqual([]);
      expect(data.other).toBeNull();
      expect(data.conflicts.totalCount).toBe(1);
      for (const found of [data.conflicts.nodes, data.observations.nodes[0].conflicts]) {
        expect(found.map(({ code }: { code: string }) => code)).toEqual([conflict]);
        expect(keysOf(found[0].figures)).toEqual(own);
      }
    });

    test('coverage is computed without the other topics', async () => {
      const { data, errors } = await ask(
        `{ coverage(area: {code: "03220", vintage: "2025-07"}, timePeriod: "2031") {
             participants { ... on RecordedObservation { figureId } } denominatorFigure { value } rateComputed { value reason } } }`,
      );
      if (topic === 'ENROLLMENT') {
        expect(data.coverage).toEqual([
          {
            participants: { figureId: 'cover-participants' },
            denominatorFigure: null,
            rateComputed: { value: null, reason: unknownDenominator },
          },
        ]);
      } else {
        expect(data).toBeNull();
        expect(errors[0]!.extensions.code).toBe('GRANT_MISSING');
      }
    });
  });
});
