/** Lists, filters, orders, counts and cursors know only the rows that the reader's scope reaches. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  insertMarks,
  leaveOutStatistics,
  markedFigures,
  markedValues,
  meets,
  readers,
  rowsById,
  territories,
  valuesMet,
  withoutFigures,
} from './marks.ts';
import { openGateway, storeKindsAtLength, type TestGateway } from './support/gateway.ts';

interface Row {
  readonly id: string;
  readonly figureId: string;
  readonly domain: string;
  readonly indicator: string;
  readonly scheme: string | null;
  readonly participantGroup: string | null;
  readonly sex: string;
  readonly residence: string;
  readonly timePeriod: string | null;
  readonly value: string | null;
  readonly obsStatus: string;
  readonly refArea: { readonly code: string; readonly vintage: string };
  readonly source: { readonly code: string };
}

const rowFields = `id figureId domain indicator scheme participantGroup sex residence timePeriod value
  obsStatus refArea { code vintage } source { code }`;

/** The key of a row in the database, which its global id names. */
const keyOf = (globalId: string) => Buffer.from(globalId, 'base64').toString().split(':')[1] ?? '';
const isMarked = (row: Row) => row.figureId.startsWith('mark-');
const markedKeys = (rows: readonly Row[]) => rows.filter(isMarked).map((row) => keyOf(row.id));

const year = (row: Row) => Number(row.timePeriod);
const filters: readonly [name: string, where: string, keeps: (row: Row) => boolean][] = [
  ['Điện Biên of today', 'area: {code: "11", vintage: "2025-07"}', inArea('11@2025-07')],
  ['old Điện Biên by its alias', 'area: {code: "VN-DB"}', inArea('11@2025-06')],
  ['old Yên Bái', 'area: {code: "15", vintage: "2025-06"}', inArea('15@2025-06')],
  ['Lào Cai of today', 'area: {code: "15", vintage: "2025-07"}', inArea('15@2025-07')],
  ['the country', 'area: {code: "VN"}', inArea('VN@2025-06')],
  ['the Tủa Chùa cluster', 'area: {code: "VN-DB-TC"}', inArea('VN-DB-TC@2025-07')],
  ['domain', 'domain: "FINANCE"', (row) => row.domain === 'FINANCE'],
  ['indicator', 'indicator: "PARTICIPANTS"', (row) => row.indicator === 'PARTICIPANTS'],
  ['scheme', 'scheme: "HEALTH_INSURANCE"', (row) => row.scheme === 'HEALTH_INSURANCE'],
  ['group', 'participantGroup: "ALL"', (row) => row.participantGroup === 'ALL'],
  ['sex', 'sex: "F"', (row) => row.sex === 'F'],
  ['residence', 'residence: "RURAL"', (row) => row.residence === 'RURAL'],
  ['period', 'timePeriod: "1992"', (row) => row.timePeriod === '1992'],
  ['from', 'from: "1993"', (row) => year(row) >= 1993],
  ['to', 'to: "1991"', (row) => year(row) <= 1991],
  ['from and to', 'from: "1991" to: "1992"', (row) => year(row) >= 1991 && year(row) <= 1992],
  ['suppressed', 'obsStatus: Q', (row) => row.obsStatus === 'Q'],
  ['normal', 'obsStatus: A', (row) => row.obsStatus === 'A'],
  ['source', 'sourceId: "dien-bien-2024"', (row) => row.source.code === 'dien-bien-2024'],
];

function inArea(id: string) {
  return ({ refArea }: Row) => `${refArea.code}@${refArea.vintage}` === id;
}

/** One row before another in an order, as a comparison for sort(); nulls come last. */
type Compare = (a: SortKey, b: SortKey) => number;
type SortKey = Pick<Row, 'figureId' | 'value' | 'id'> & { readonly start: string | null };
const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byFigure: Compare = (a, b) => text(a.figureId, b.figureId) || text(a.id, b.id);
function nullsLast<T>(read: (key: SortKey) => T | null, compare: (a: T, b: T) => number): Compare {
  return (a, b) => {
    const [x, y] = [read(a), read(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || byFigure(a, b);
    return compare(x, y) || byFigure(a, b);
  };
}
const start = (key: SortKey) => key.start;
const orders: readonly { name: string; compare: Compare; values: (key: SortKey) => unknown[] }[] = [
  { name: 'FIGURE', compare: byFigure, values: () => [] },
  { name: 'PERIOD_ASC', compare: nullsLast(start, text), values: (key) => [key.start] },
  {
    name: 'PERIOD_DESC',
    compare: nullsLast(start, (a, b) => text(b, a)),
    values: (key) => [key.start],
  },
  {
    name: 'VALUE_DESC',
    compare: nullsLast(
      (key) => (key.value === null ? null : Number(key.value)),
      (a, b) => b - a,
    ),
    values: (key) => [key.value],
  },
];

/** Rows that no reader but the agencies of their territory may know of. */
const hiddenRows = [
  'row-internal-mark-db',
  'row-internal-mark-vn',
  'row-internal-mark-both-yb',
  'row-published-mark-embargo',
  'row-internal-mark-not-yet',
].map((id): SortKey => {
  const row = rowsById.get(id)!;
  const day = `${String(row['period_start'])}T00:00:00.000Z`;
  return { id, figureId: row.figure_id, value: row.value, start: day };
});

const cursorOf = (order: string, values: readonly unknown[], key: SortKey) =>
  Buffer.from(
    JSON.stringify([`observations ${order}`, [...values, key.figureId, key.id]]),
  ).toString('base64url');

describe.each(storeKindsAtLength)('row scope of lists on %s', (kind) => {
  let gateway: TestGateway;
  /** What each reader's whole list holds. */
  const lists = new Map<string, readonly Row[]>();

  async function list(agency: string, args: string): Promise<{ rows: Row[]; total: number }> {
    const query = `{ observations(first: 200 ${args}) { totalCount nodes { ${rowFields} } } }`;
    const { data, errors } = await gateway.ask(agency, query);
    expect(errors).toEqual([]);
    return { rows: data.observations.nodes as Row[], total: data.observations.totalCount };
  }

  beforeAll(async () => {
    gateway = await openGateway({
      kind,
      prepare: async (owner) => {
        await leaveOutStatistics(owner);
        await insertMarks(owner);
      },
    });
    for (const agency of readers) lists.set(agency, (await list(agency, '')).rows);
  });
  afterAll(() => gateway.close());

  test.each(readers)('%s meets exactly its rows, each figure once', async (agency) => {
    const { rows, total } = await list(agency, '');
    expect(markedKeys(rows).sort()).toEqual(meets(territories[agency]!));
    expect(total).toBe(rows.length);
    expect(new Set(rows.map((row) => row.figureId)).size).toBe(rows.length);
    for (const row of rows.filter(isMarked)) {
      expect(row.value).toBe(rowsById.get(keyOf(row.id))?.value);
    }
  });

  test('what is published and not withheld is the same list for all', () => {
    const reported = (agency: string) =>
      lists.get(agency)!.filter((row) => !isMarked(row) && row.figureId !== withheldFigure);
    expect(reported('press-vn').length).toBeGreaterThan(100);
    for (const agency of readers) expect(reported(agency)).toEqual(reported('press-vn'));
  });

  test.each(readers)('no filter gives %s another row, nor counts one', async (agency) => {
    const fields = filters.map(
      ([, where], i) =>
        `f${i}: observations(first: 200, where: {${where}}) { totalCount nodes { ...Row } }`,
    );
    const { data, errors, text } = await gateway.ask(
      agency,
      `{ ${fields.join('\n')} } fragment Row on RecordedObservation { ...Figure id figureId }
       fragment Figure on Observation { indicator value timePeriod }`,
    );
    expect(errors).toEqual([]);
    const own = lists.get(agency)!;
    filters.forEach(([name, , keeps], i) => {
      const { nodes, totalCount } = data[`f${i}`] as { nodes: Row[]; totalCount: number };
      const expected = markedKeys(own.filter(keeps)).sort();
      expect(markedKeys(nodes).sort(), name).toEqual(expected);
      expect(totalCount, name).toBe(nodes.length);
      const known = new Set(own.map((row) => row.id));
      expect(
        nodes.filter((row) => !known.has(row.id)),
        name,
      ).toEqual([]);
    });
    expect(foreignValues(agency, text)).toEqual([]);
  });

  test.each(readers)('asking by figure id gives %s no hidden row', async (agency) => {
    const own = new Map(lists.get(agency)!.map((row) => [row.figureId, row.id]));
    for (let from = 0; from < markedFigures.length; from += 20) {
      const figures = markedFigures.slice(from, from + 20);
      const fields = figures.map(
        (figure, i) =>
          `f${i}: observations(where: {figureId: "${figure}"}) { totalCount nodes { id } }`,
      );
      const { data } = await gateway.ask(agency, `{ ${fields.join('\n')} }`);
      figures.forEach((figure, i) => {
        const nodes = own.has(figure) ? [{ id: own.get(figure) }] : [];
        expect(data[`f${i}`], figure).toEqual({ totalCount: nodes.length, nodes });
      });
    }
  });

  describe.each(orders)('in the order $name', ({ name, compare, values }) => {
    const keyIn = (row: Row): SortKey => ({ ...row, id: keyOf(row.id), start: startOf(row) });
    const sorted = (agency: string) =>
      lists
        .get(agency)!
        .filter(isMarked)
        .map(keyIn)
        .sort(compare)
        .map((key) => key.id);

    test.each(readers)('pages of %s hold its rows in order and no gap', async (agency) => {
      const seen: Row[] = [];
      let after: string | null = null;
      do {
        const { data, errors } = await gateway.ask(
          agency,
          `query ($after: String) { observations(first: 53, after: $after, orderBy: ${name}) {
             totalCount pageInfo { hasNextPage endCursor } nodes { id figureId } } }`,
          { variables: { after } },
        );
        expect(errors).toEqual([]);
        const { nodes, pageInfo, totalCount } = data.observations;
        expect(totalCount).toBe(lists.get(agency)!.length);
        seen.push(...(nodes as Row[]));
        expect(nodes.length === 53 || !pageInfo.hasNextPage).toBe(true);
        after = pageInfo.hasNextPage ? (pageInfo.endCursor as string) : null;
      } while (after !== null);
      expect(seen.map((row) => row.id).sort()).toEqual(
        lists
          .get(agency)!
          .map((row) => row.id)
          .sort(),
      );
      expect(markedKeys(seen)).toEqual(sorted(agency));
    });

    const outsiders = ['press-vn', 'union-dien-bien', 'labour-lao-cai', 'si-tua-chua', 'si-vn'];
    /** What follows each cursor in the reader's list, all asked in one document. */
    async function markedAfter(agency: string, cursors: readonly string[]): Promise<string[][]> {
      const fields = cursors.map(
        (cursor, i) =>
          `p${i}: observations(first: 200, orderBy: ${name}, after: "${cursor}") {
             nodes { id figureId } }`,
      );
      const { data, errors } = await gateway.ask(agency, `{ ${fields.join('\n')} }`);
      expect(errors).toEqual([]);
      return cursors.map((_, i) => markedKeys(data[`p${i}`].nodes as Row[]));
    }
    const laterThan = (agency: string, keys: readonly SortKey[]) => {
      const own = lists.get(agency)!.filter(isMarked).map(keyIn).sort(compare);
      return keys.map((key) => own.filter((row) => compare(row, key) > 0).map((row) => row.id));
    };

    test.each(outsiders)('a cursor of a hidden row tells %s nothing', async (agency) => {
      const cursors = hiddenRows.map((hidden) => cursorOf(name, values(hidden), hidden));
      expect(await markedAfter(agency, cursors)).toEqual(laterThan(agency, hiddenRows));
    });

    test('a cursor of another caller goes on in the own list', async () => {
      const { data } = await gateway.ask(
        'si-vn',
        `{ observations(first: 200, orderBy: ${name}) { edges { cursor node { ${rowFields} } } } }`,
      );
      const edges = data.observations.edges as { cursor: string; node: Row }[];
      const internal = edges.filter(({ node }) => keyOf(node.id).startsWith('row-internal-'));
      expect(internal.length).toBeGreaterThan(20);
      const some = internal.slice(0, 20);
      const cursors = some.map(({ cursor }) => cursor);
      const expected = laterThan(
        'press-nghe-an',
        some.map(({ node }) => keyIn(node)),
      );
      expect(await markedAfter('press-nghe-an', cursors)).toEqual(expected);
    });
  });

  test.each(withoutFigures)('$agency meets no figure: $code', async ({ agency, code }) => {
    const { data, errors, text } = await gateway.ask(
      agency,
      '{ observations { nodes { value } } }',
    );
    expect(data).toBeNull();
    expect(errors.map((error) => error.extensions.code)).toEqual([code]);
    expect(text).not.toMatch(markedValues);
  });
});

/** The one small count of the loaded figures; it has an internal row of its own. */
const withheldFigure = 'obs-tc-hi-households-new-2025-11';

function startOf(row: Row): string | null {
  return isMarked(row) ? `${row.timePeriod}-01-01T00:00:00.000Z` : null;
}

function foreignValues(agency: string, answer: string): string[] {
  const own = valuesMet(agency);
  return (answer.match(markedValues) ?? []).filter((value) => !own.has(value));
}
