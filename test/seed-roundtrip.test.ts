/** Every row and column of the seed comes back over HTTP: none lost, none changed, none invented. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGateway, storeKindsAtLength, type TestGateway } from './support/gateway.ts';

type Cells = Readonly<Record<string, string>>;
// A node has the shape of its question.
type Node = any;

function seed(file: string): Cells[] {
  const text = readFileSync(new URL(`../prisma/seed/${file}`, import.meta.url), 'utf8');
  return parse<Cells>(text, { columns: true, skip_empty_lines: true });
}

const cell = (value: string | null) => value ?? '';
const list = (values: readonly string[]) => values.join(';');
/** Which conflicts mark a row has no order of its own. */
const marks = (codes: readonly string[]) => list([...codes].sort());
const sorted = (cells: string | undefined) => marks((cells ?? '').split(';').filter(Boolean));
const codes = (nodes: readonly { code: string }[]) => nodes.map(({ code }) => code);

/** Areas that the reported figures name have a project code. */
const areaCell = ({ alias, code, vintage }: Node): string => alias ?? `${code}@${vintage}`;

const figureFields = `figureId refArea { alias code vintage } indicator scheme schemeComponents participantGroup
  timePeriod periodBasis value decimals unit denominator qualifier obsStatus confStatus reason
  conflicts { code } comment source { code } locator`;

const figureCells = (node: Node) => ({
  id: node.figureId,
  area: areaCell(node.refArea),
  indicator: cell(node.indicator),
  scheme: cell(node.scheme),
  scheme_components: list(node.schemeComponents),
  participant_group: cell(node.participantGroup),
  time_period: cell(node.timePeriod),
  period_basis: node.periodBasis,
  value: cell(node.value),
  unit: cell(node.unit),
  denominator: cell(node.denominator),
  qualifier: cell(node.qualifier),
  conflict_ids: marks(codes(node.conflicts)),
  comment: cell(node.comment),
  source: node.source.code,
  locator: node.locator,
});

/** A list of the API, and how a node of it is written as the row of its file. */
interface Table {
  readonly field: string;
  readonly file: string;
  /** Files of the same list and columns, which are read after it. */
  readonly also?: readonly string[];
  readonly selection: string;
  readonly orders: readonly (string | null)[];
  readonly toCells: (node: Node) => Cells;
}

const tables: readonly Table[] = [
  {
    field: 'observations',
    file: 'observations.csv',
    also: ['published_observations.csv', 'population.csv', 'labour_force.csv'],
    selection: `${figureFields} domain baseIndicator breakdown { dimension code } sex residence`,
    orders: ['FIGURE', 'PERIOD_ASC', 'PERIOD_DESC', 'VALUE_DESC'],
    toCells: (node) => ({
      ...figureCells(node),
      domain: node.domain,
      base_indicator: cell(node.baseIndicator),
      breakdown: list(node.breakdown.map((part: Node) => `${part.dimension}=${part.code}`)),
      obs_status: node.obsStatus,
    }),
  },
  {
    field: 'targets',
    file: 'targets.csv',
    also: ['published_targets.csv'],
    selection: `${figureFields} reliability kind assignedBy instrument { code } statement resultIds derivableFrom`,
    orders: ['FIGURE', 'PERIOD_ASC'],
    toCells: (node) => ({
      ...figureCells(node),
      kind: node.kind,
      assigned_by: cell(node.assignedBy),
      instrument_id: cell(node.instrument?.code),
      statement: node.statement,
      result_ids: list(node.resultIds),
      derivable_from: list(node.derivableFrom),
      reliability: cell(node.reliability),
    }),
  },
  {
    field: 'sources',
    file: 'sources.csv',
    selection: `code title bibliographicTitle authorOrPublisher publishedOn kind nature reliabilityNote area { alias code vintage }`,
    orders: [null],
    toCells: (node) => ({
      id: node.code,
      title: node.title,
      bibliographic_title: node.bibliographicTitle,
      author_or_publisher: node.authorOrPublisher,
      published_on: cell(node.publishedOn),
      kind: node.kind,
      area: areaCell(node.area),
      reliability_note: cell(node.reliabilityNote),
    }),
  },
  {
    field: 'instruments',
    file: 'instruments.csv',
    selection: `code kind number date issuer subject comment sourceCodes locator area { alias }`,
    orders: [null],
    toCells: (node) => ({
      id: node.code,
      kind: node.kind,
      number: cell(node.number),
      date: cell(node.date),
      issuer: cell(node.issuer),
      area: node.area.alias,
      subject: cell(node.subject),
      comment: cell(node.comment),
      source: list(node.sourceCodes),
      locator: node.locator,
    }),
  },
  {
    field: 'conflicts',
    file: 'conflicts.csv',
    selection: `code area { alias } kind certainty statement rowIds evidenceRowIds computedEvidence
      externalEvidence externalUrl handling sourceCodes locator figures { figureId }`,
    orders: [null],
    toCells: (node) => ({
      id: node.code,
      area: node.area.alias,
      kind: node.kind,
      certainty: node.certainty,
      statement: node.statement,
      row_ids: list(node.rowIds),
      evidence_row_ids: list(node.evidenceRowIds),
      computed_evidence: cell(node.computedEvidence),
      external_evidence: cell(node.externalEvidence),
      external_url: cell(node.externalUrl),
      handling: node.handling,
      source: list(node.sourceCodes),
      locator: node.locator,
    }),
  },
];

const withheldIds = seed('withheld.csv').map((row) => row['figure_id'] ?? '');
/** What a published row of a withheld figure says instead. */
const withheldCells = { value: '', qualifier: '', comment: '', obs_status: 'Q' };

/** The tables of the statistics office, written down as the rows of figures that they are. */
const statistics: Readonly<Record<string, (row: Cells) => Cells>> = {
  'population.csv': (row) => ({
    ...statistic(row, 'gso-population', 'POPULATION_COUNT'),
    id: `stat-population-${row['area_vintage'] ? `${row['area_code']}@2025-06` : 'VN@2025-06'}-${row['time_period']}${partsOf(row)}`,
    area: projectCodes.get(row['area_code']!) ?? `${row['area_code']}@2025-06`,
    value: row['persons']!,
    unit: 'PERSONS',
    denominator: '',
    obs_status: row['obs_status']!,
    locator: `area ${row['area_code']}, year ${row['time_period']}`,
  }),
  'labour_force.csv': (row) => {
    const indicator = row['indicator']!;
    return {
      ...statistic(
        row,
        'gso-labour-force',
        indicator === 'LABOUR_FORCE' ? 'LABOUR_FORCE_TOTAL' : indicator,
      ),
      id: `stat-${indicator.toLowerCase().replaceAll('_', '-')}-${row['time_period']}${partsOf(row)}`,
      area: 'VN',
      value: row['value']!,
      unit: row['unit']!,
      denominator: row['unit'] === 'PERCENT' ? 'LABOUR_FORCE_TOTAL' : '',
      obs_status: 'A',
      locator: `${indicator}, ${row['time_period']}`,
    };
  },
};
const projectCodes = new Map([
  ['VN', 'VN'],
  ['11', 'VN-DB'],
  ['10', 'VN-LC'],
  ['40', 'VN-NA'],
  ['01', 'VN-HN'],
]);
const isPart = (code: string | undefined) => code !== undefined && code !== '_T';
const partsOf = (row: Cells) =>
  [row['sex'], row['residence']]
    .filter(isPart)
    .map((part) => `-${part!.toLowerCase()}`)
    .join('');

const statistic = (row: Cells, source: string, indicator: string) => ({
  indicator,
  scheme: '',
  scheme_components: '',
  participant_group: 'ALL',
  time_period: row['time_period']!,
  period_basis: 'PRINTED',
  qualifier: 'EXACT',
  conflict_ids: '',
  comment: '',
  source,
  domain: 'POPULATION',
  base_indicator: '',
  breakdown: ['sex', 'residence']
    .filter((dimension) => isPart(row[dimension]))
    .map((dimension) => `${dimension}=${row[dimension]}`)
    .join(';'),
});

/** The files' rows as an agency must get them. */
function expectedRows({ file, also = [] }: Pick<Table, 'file' | 'also'>, agency: string): Cells[] {
  return [file, ...also].flatMap((one) => rowsOfFile(one, agency));
}

function rowsOfFile(file: string, agency: string): Cells[] {
  return seed(file).map((raw) => {
    const told = statistics[file]?.(raw) ?? raw;
    // Only targets that no document of the project prints tell how far they are verified.
    const row: Cells = file === 'targets.csv' ? { ...told, reliability: '' } : told;
    // The marks of instruments stand in the list of conflicts, where another test reads them.
    const { conflict_ids, ...rest } = row;
    const marked = conflict_ids === undefined || file === 'instruments.csv';
    const cells = marked ? rest : { ...rest, conflict_ids: sorted(conflict_ids) };
    const hidden = agency === 'press-vn' && withheldIds.includes(row['id'] ?? '');
    return hidden ? { ...cells, ...withheldCells } : cells;
  });
}

const byId = (rows: readonly Cells[]) =>
  [...rows].sort((a, b) => ((a['id'] ?? '') < (b['id'] ?? '') ? -1 : 1));

/** First days; the seed's periods are years, quarters, months, days and ranges that begin with a day. */
const firstDay = (node: Node) => {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(node.timePeriod ?? '');
  const month = quarter && `${quarter[1]}-${String(Number(quarter[2]) * 3 - 2).padStart(2, '0')}`;
  return `${month ?? node.timePeriod}-01-01`.slice(0, 10);
};
const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);

/** The orders, said a second time: nulls last in both directions, equal rows by figure. */
function inOrder(order: string | null, nodes: readonly Node[]): Node[] {
  const key = (node: Node) => node.figureId ?? node.code;
  const keyed: Record<string, (a: Node, b: Node) => number> = {
    PERIOD_ASC: (a, b) => compare(firstDay(a), firstDay(b)),
    PERIOD_DESC: (a, b) => compare(firstDay(b), firstDay(a)),
    VALUE_DESC: (a, b) => compare(Number(b.value), Number(a.value)),
  };
  const column = order === 'VALUE_DESC' ? 'value' : 'timePeriod';
  const isLast = (node: Node) => Number(order !== null && order in keyed && node[column] === null);
  return [...nodes].sort((a, b) => {
    const last = isLast(a) - isLast(b);
    const byColumn = isLast(a) + isLast(b) > 0 ? 0 : (keyed[order ?? '']?.(a, b) ?? 0);
    return last || byColumn || compare(key(a), key(b));
  });
}

describe.each(storeKindsAtLength)('the seed on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind });
  });
  afterAll(() => gateway.close());

  /** All pages of a list; every page but the last is full, and each counts the whole list. */
  async function walk(
    agency: string,
    { field, selection }: Pick<Table, 'field' | 'selection'>,
    first: number,
    order: string | null = null,
  ): Promise<Node[]> {
    const orderBy = order ? `, orderBy: ${order}` : '';
    const query = `query Page($first: Int, $after: String) {
      ${field}(first: $first, after: $after${orderBy}) { totalCount nodes { ${selection} }
        edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
    const token = await gateway.token(agency);
    const nodes: Node[] = [];
    let after: string | null = null;
    for (;;) {
      const { data, errors } = await gateway.ask(agency, query, {
        token,
        variables: { first, after },
      });
      expect(errors).toEqual([]);
      const page: Node = data[field];
      nodes.push(...page.nodes);
      const { hasNextPage, hasPreviousPage, endCursor } = page.pageInfo;
      expect(hasPreviousPage).toBe(after !== null);
      expect(endCursor).toBe(page.edges.at(-1)?.cursor);
      expect(hasNextPage).toBe(nodes.length < page.totalCount);
      if (!hasNextPage) {
        expect(nodes).toHaveLength(page.totalCount);
        return nodes;
      }
      expect(page.nodes).toHaveLength(first);
      after = endCursor;
    }
  }

  describe.each(['si-vn', 'press-vn'])('as %s', (agency) => {
    const cases = tables.flatMap((table) =>
      table.orders.flatMap((order) =>
        // A list of thousands is walked in larger pages.
        (table.also ? [97, 200] : [7, 200]).map((first) => ({ ...table, order, first })),
      ),
    );
    test.each(cases)(
      '$field is $file, by $order, $first a page',
      async ({ order, first, ...table }) => {
        const nodes = await walk(agency, table, first, order);
        expect(byId(nodes.map(table.toCells))).toEqual(byId(expectedRows(table, agency)));
        expect(nodes).toEqual(inOrder(order, nodes));
      },
    );

    test.each(['observations', 'targets'])(
      'a blank of %s is null with a status, never zero',
      async (field) => {
        const table = tables.find((one) => one.field === field)!;
        const blank = new Set(
          expectedRows(table, agency).flatMap((row) => (row['value'] === '' ? [row['id']] : [])),
        );
        expect(blank.size).toBeGreaterThan(5);
        for (const node of await walk(agency, table, 200)) {
          const isBlank = blank.has(node.figureId);
          expect(node.value === null, node.figureId).toBe(isBlank);
          expect(['O', 'M', 'L', 'Q'].includes(node.obsStatus), node.figureId).toBe(isBlank);
          expect(node.decimals).toBe(isBlank ? null : (node.value.split('.')[1]?.length ?? 0));
          if (isBlank) expect(node.reason).toMatch(/^(Missing|Suppressed): /);
        }
      },
    );

    test('sex and residence repeat the breakdown, and only withheld figures are confidential', async () => {
      for (const node of await walk(agency, tables[0]!, 200)) {
        const part = (dimension: string) =>
          node.breakdown.find((one: Node) => one.dimension === dimension)?.code ?? '_T';
        expect([node.sex, node.residence]).toEqual([part('sex'), part('residence')]);
        const withheld = withheldIds.includes(node.figureId);
        expect(node.confStatus).toBe(withheld ? (agency === 'press-vn' ? 'C' : 'A') : 'F');
      }
    });

    test('conflicts lead to the figures and instruments that they mark', async () => {
      const conflicts = await walk(
        agency,
        tables.find(({ field }) => field === 'conflicts')!,
        200,
      );
      for (const { code, rowIds, figures } of conflicts) {
        const observations = rowIds.filter((id: string) => /^(obs|pub)-/.test(id));
        expect(
          figures.map((figure: Node) => figure.figureId),
          code,
        ).toEqual(observations);
      }
      for (const instrument of seed('instruments.csv')) {
        const marking = conflicts.filter(({ rowIds }) => rowIds.includes(instrument['id']));
        expect(marks(codes(marking)), instrument['id']).toBe(sorted(instrument['conflict_ids']));
      }
    });

    test('instruments are found by their kind', async () => {
      const laws = seed('instruments.csv').filter((row) => row['kind'] === 'LAW');
      const query = '{ instruments(kind: "LAW", first: 200) { totalCount nodes { code } } }';
      const { data, errors } = await gateway.ask(agency, query);
      expect(errors).toEqual([]);
      expect(data.instruments.totalCount).toBe(laws.length);
      expect(marks(codes(data.instruments.nodes))).toBe(marks(laws.map((row) => row['id']!)));
    });

    test.each([7, 200])(
      'code lists are the files of codes, in their order, %s a page',
      async (first) => {
        const selection = 'code codes { code nameEn nameVi description parentCode externalRef }';
        const lists = await walk(agency, { field: 'codeLists', selection }, first);
        const found = lists.flatMap(({ code: name, codes: rows }) =>
          rows.map((row: Node) => [name, ...Object.values(row as object).map(cell)]),
        );
        expect(byList(found)).toEqual(byList(seededCodes()));
      },
    );
  });
});

/** Sorted by list; within one, the order stays. */
const byList = (rows: readonly string[][]) =>
  [...rows].sort((a, b) => compare(a[0] ?? '', b[0] ?? ''));

function seededCodes(): string[][] {
  const row = (name: string, code: Cells) => [
    name,
    code['code'] ?? '',
    code['name_en'] ?? code['name'] ?? '',
    ...['name_vi', 'description', 'parent_code', 'external_ref'].map(
      (column) => code[column] ?? '',
    ),
  ];
  const sdmx = ['CL_OBS_STATUS', 'CL_CONF_STATUS', 'CL_FREQ', 'CL_SEX'];
  return [
    ...['codelists.csv', 'domain_codes.csv'].flatMap((file) =>
      seed(file).map((code) => row(code['list'] ?? '', code)),
    ),
    ...seed('participant_groups.csv').map((code) =>
      row('PARTICIPANT_GROUP', {
        ...code,
        description: code['valid_from'] ? `In force since ${code['valid_from']}.` : '',
        parent_code: code['scheme']!,
        external_ref: code['instrument']!,
      }),
    ),
    ...seed('schemes.csv').map((code) =>
      row('SCHEME_RATE', { ...code, description: code['rate_note']! }),
    ),
    ...seed('purposes.csv').map((code) => row('PURPOSE', code)),
    ...sdmx.flatMap((name) =>
      seed(`sdmx_${name.toLowerCase()}.csv`).map((code) => row(name, code)),
    ),
  ];
}
