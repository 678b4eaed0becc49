/** Every reported row of partners comes back over HTTP; Lào Cai's and Nghệ An's as they are printed. */
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

const cell = (value: string | null | undefined) => value ?? '';
const list = (values: readonly string[]) => values.join(';');
const codes = (nodes: readonly { code: string }[]) => nodes.map(({ code }) => code);
/** Which conflicts mark a row has no order of its own. */
const sorted = (cells = '') => list(cells.split(';').filter(Boolean).sort());

const figure = `value decimals unit qualifier indicator baseIndicator scheme participantGroup timePeriod
  periodBasis obsStatus confStatus reason denominator refArea { alias } source { code nature } locator
  conflicts { code }`;

/** A list of the API, and how a node of it is written as the row of its file. */
interface Table {
  readonly field: string;
  readonly file: string;
  readonly selection: string;
  readonly toCells: (node: Node) => Cells;
}

const tables: readonly Table[] = [
  {
    field: 'partners',
    file: 'partners.csv',
    selection: 'code nameEn nameVi kind level area { alias } comment sourceCodes locator',
    toCells: (node) => ({
      id: node.code,
      name_en: node.nameEn,
      name_vi: cell(node.nameVi),
      kind: node.kind,
      level: node.level,
      area: node.area.alias,
      comment: cell(node.comment),
      source: list(node.sourceCodes),
      locator: node.locator,
    }),
  },
  {
    field: 'coordinations',
    file: 'coordinations.csv',
    selection: `code agency { code } partner { code } area { alias } relation subject topicCodes
      instrumentKind instrument { code } frequency status timePeriod comment sourceCodes locator`,
    toCells: (node) => ({
      id: node.code,
      agency_id: node.agency.code,
      partner_id: node.partner.code,
      area: node.area.alias,
      relation: node.relation,
      subject: node.subject,
      topic_codes: list(node.topicCodes),
      instrument_kind: node.instrumentKind,
      instrument_id: cell(node.instrument?.code),
      frequency: node.frequency,
      status: node.status,
      time_period: cell(node.timePeriod),
      comment: cell(node.comment),
      source: list(node.sourceCodes),
      locator: node.locator,
    }),
  },
  {
    field: 'agentSystems',
    file: 'agent_systems.csv',
    selection: `code partner { code } area { alias } agentStaff { ${figure} } collectionPoints { ${figure} }
      isTotal timePeriod periodBasis comment source { code } locator conflicts { code }`,
    toCells: (node) => ({
      id: node.code,
      area: node.area.alias,
      partner_id: cell(node.partner?.code),
      agent_staff: cell(node.agentStaff.value),
      collection_points: cell(node.collectionPoints.value),
      time_period: cell(node.timePeriod),
      period_basis: node.periodBasis,
      is_total: String(node.isTotal).toUpperCase(),
      conflict_ids: list(codes(node.conflicts).sort()),
      comment: cell(node.comment),
      source: node.source.code,
      locator: node.locator,
    }),
  },
  {
    field: 'organisationFacts',
    file: 'organisation_units.csv',
    selection: `code partner { code } area { alias } unitName item value { ${figure} } timePeriod periodBasis
      comment source { code } locator conflicts { code }`,
    toCells: (node) => ({
      id: node.code,
      area: node.area.alias,
      partner_id: node.partner.code,
      unit_name: node.unitName,
      item: node.item,
      value: cell(node.value?.value),
      unit: cell(node.value?.unit),
      qualifier: cell(node.value?.qualifier),
      time_period: cell(node.timePeriod),
      period_basis: node.periodBasis,
      // What is no number keeps the normal status.
      obs_status: node.value?.obsStatus ?? 'A',
      conflict_ids: list(codes(node.conflicts).sort()),
      comment: cell(node.comment),
      source: node.source.code,
      locator: node.locator,
    }),
  },
];

const rowsOf = (file: string) =>
  seed(file).map((row) =>
    'conflict_ids' in row ? { ...row, conflict_ids: sorted(row['conflict_ids']) } : row,
  );
const byId = (rows: readonly Cells[]) =>
  [...rows].sort((a, b) => ((a['id'] ?? '') < (b['id'] ?? '') ? -1 : 1));

/** What a measure says of the row that it is one of. */
const measured = (row: Cells, indicator: string, unit: string, value: string) => ({
  value: value === '' ? null : value,
  decimals: value === '' ? null : (value.split('.')[1]?.length ?? 0),
  unit,
  indicator,
  baseIndicator: null,
  scheme: null,
  participantGroup: null,
  denominator: null,
  timePeriod: row['time_period'] || null,
  periodBasis: row['period_basis'],
  obsStatus: row['obs_status'] ?? 'A',
  confStatus: 'F',
  reason: null,
  refArea: { alias: row['area'] },
  source: { code: row['source'], nature: 'REPORTED' },
  locator: row['locator'],
});

describe.each(storeKindsAtLength)('partners on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind });
  });
  afterAll(() => gateway.close());

  async function answer(agency: string, query: string, variables = {}): Promise<Node> {
    const { data, errors } = await gateway.ask(agency, query, { variables });
    expect(errors).toEqual([]);
    return data;
  }

  /** All pages of a list, in its order. */
  async function walk(agency: string, table: Table, first: number, where = ''): Promise<Node[]> {
    const query = `query ($first: Int, $after: String) {
      ${table.field}(first: $first, after: $after${where && `, where: {${where}}`}) {
        totalCount nodes { ${table.selection} } pageInfo { hasNextPage endCursor } } }`;
    const nodes: Node[] = [];
    for (let after: string | null = null; ;) {
      const page: Node = (await answer(agency, query, { first, after }))[table.field];
      nodes.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) {
        expect(nodes).toHaveLength(page.totalCount);
        return nodes;
      }
      after = page.pageInfo.endCursor;
    }
  }
  const tableOf = (field: string) => tables.find((table) => table.field === field)!;

  describe.each(['si-vn', 'press-vn'])('as %s', (agency) => {
    const cases = tables.flatMap((table) => [7, 200].map((first) => ({ ...table, first })));
    test.each(cases)('$field is $file, $first a page, by code', async ({ first, ...table }) => {
      const nodes = await walk(agency, table, first);
      expect(byId(nodes.map(table.toCells))).toEqual(byId(rowsOf(table.file)));
      expect(codes(nodes)).toEqual([...codes(nodes)].sort());
    });

    test('a count of a system says all that its row does', async () => {
      const nodes = await walk(agency, tableOf('agentSystems'), 200);
      for (const row of seed('agent_systems.csv')) {
        const node = nodes.find(({ code }) => code === row['id']);
        const conflicts = node.conflicts;
        expect(node.agentStaff).toEqual({
          ...measured(row, 'AGENT_STAFF', 'PERSONS', cell(row['agent_staff'])),
          qualifier: null,
          conflicts,
        });
        expect(node.collectionPoints).toEqual({
          ...measured(row, 'COLLECTION_POINTS', 'POINTS', cell(row['collection_points'])),
          qualifier: null,
          conflicts,
        });
      }
    });

    test('a fact with a number is a figure, and one without is none', async () => {
      const nodes = await walk(agency, tableOf('organisationFacts'), 200);
      const numberless: (string | undefined)[] = [];
      for (const row of seed('organisation_units.csv')) {
        const node = nodes.find(({ code }) => code === row['id']);
        if (row['value'] === '') {
          numberless.push(row['id']);
          expect(node.value).toBeNull();
          continue;
        }
        const [item, unit, value] = [cell(row['item']), cell(row['unit']), cell(row['value'])];
        expect(node.value).toEqual({
          ...measured(row, item, unit, value),
          qualifier: row['qualifier'],
          conflicts: node.conflicts,
        });
      }
      expect(numberless).toEqual([
        'org-lc-founded',
        'org-lc-department-founded',
        'org-lc-website',
        'org-na-lead-office',
      ]);
      const zero = nodes.find(({ code }) => code === 'org-lcd-own-staff');
      expect(zero.value).toMatchObject({ value: '0', obsStatus: 'A' });
    });

    test('every filter of coordinations keeps exactly the rows of its column', async () => {
      const table = tableOf('coordinations');
      const columns = {
        agency: 'agency_id',
        partner: 'partner_id',
        relation: 'relation',
        instrumentKind: 'instrument_kind',
        instrumentId: 'instrument_id',
        topicCode: 'topic_codes',
        status: 'status',
        frequency: 'frequency',
      };
      for (const [filter, column] of Object.entries(columns)) {
        const values = seed(table.file).flatMap((row) => cell(row[column]).split(';'));
        for (const value of new Set(values.filter(Boolean).slice(0, 40))) {
          const nodes = await walk(
            agency,
            { ...table, selection: 'code' },
            200,
            `${filter}: "${value}"`,
          );
          const rows = seed(table.file).filter((row) =>
            cell(row[column]).split(';').includes(value),
          );
          expect(codes(nodes), `${filter} ${value}`).toEqual(rows.map((row) => row['id']).sort());
        }
      }
    });
  });

  const areaFilters = tables.flatMap((table) =>
    ['VN', 'VN-LC', 'VN-LC-D', 'VN-NA', 'VN-DB', 'VN-DB-TC', 'VN-HN'].map((area) => ({
      ...table,
      area,
    })),
  );
  test.each(areaFilters)(
    '$field of $area are those of exactly this area',
    async ({ area, ...table }) => {
      const nodes = await walk(
        'press-vn',
        { ...table, selection: 'code' },
        200,
        `area: {code: "${area}"}`,
      );
      const rows = seed(table.file).filter((row) => row['area'] === area);
      expect(codes(nodes)).toEqual(rows.map((row) => row['id']).sort());
    },
  );

  test('the Lào Cai of today is another area, and has no reported system', async () => {
    const area = '{code: "15", vintage: "2025-07"}';
    const data = await answer(
      'si-lao-cai',
      `{ agentSystems(where: {area: ${area}}) { totalCount } agentSystemTables(area: ${area}) { rows { code } } }`,
    );
    expect(data).toEqual({ agentSystems: { totalCount: 0 }, agentSystemTables: [] });
  });

  describe('filters of partners', () => {
    const partners = seed('partners.csv');
    const ids = (rows: readonly Cells[]) => rows.map((row) => cell(row['id'])).sort();
    const plain = (name: string) =>
      name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
    const hasWord = (start: string) => (row: Cells) =>
      [row['name_vi'], row['name_en']].some((name) =>
        ` ${plain(cell(name))}`.includes(` ${plain(start)}`),
      );
    const found = async (where: string, order = '') =>
      codes(
        (
          await answer(
            'press-vn',
            `{ partners(first: 200, where: {${where}} ${order}) { nodes { code } } }`,
          )
        ).partners.nodes,
      );

    test.each(['PRESS', 'UNION', 'STATE_BODY', 'LABOUR_DEPARTMENT'])('kind %s', async (value) => {
      const rows = partners.filter((row) => row['kind'] === value);
      expect(await found(`kind: "${value}"`)).toEqual(ids(rows));
    });
    test.each(['CENTRAL', 'DISTRICT', 'INTER_COMMUNE'])('level %s', async (value) => {
      const rows = partners.filter((row) => row['level'] === value);
      expect(await found(`level: "${value}"`)).toEqual(ids(rows));
    });
    test.each([
      'lien doan',
      'Liên đoàn',
      'BẢO HIỂM XÃ HỘI',
      'Báo',
      'post',
      'Lao Cai L',
      'dai',
      'ĐÀI',
    ])('names with a word that begins "%s"', async (search) => {
      const rows = partners.filter(hasWord(search));
      expect(rows.length).toBeGreaterThan(0);
      expect(await found(`search: "${search}"`)).toEqual(ids(rows));
    });
    test.each(['ien doan', '%', '_ao', 'x_', '\\\\'])(
      'no name with a word that begins "%s"',
      async (search) => {
        expect(await found(`search: "${search}"`)).toEqual([]);
      },
    );
    test('code and agency', async () => {
      expect(await found('code: "vss"')).toEqual(['vss']);
      expect(await found('code: "vs"')).toEqual([]);
      const data = await answer('si-vn', `{ partners(first: 200) { nodes { code agencyCode } } }`);
      const agencies = data.partners.nodes.filter((node: Node) => node.agencyCode !== null);
      expect(
        Object.fromEntries(agencies.map((node: Node) => [node.code, node.agencyCode])),
      ).toEqual(
        Object.fromEntries(
          seed('partner_agencies.csv').map((row) => [row['partner_id'], row['agency_id']]),
        ),
      );
      expect(await found('agencyCode: "union-lao-cai"')).toEqual(['lc-labour-confederation']);
    });
    test('by name: the Vietnamese one, else the English one', async () => {
      const key = (row: Cells) =>
        plain([row['name_vi'], row['name_en']].filter(Boolean).join('\n'));
      const rows = [...partners].sort((a, b) =>
        key(a) === key(b) ? (cell(a['id']) < cell(b['id']) ? -1 : 1) : key(a) < key(b) ? -1 : 1,
      );
      expect(await found('', 'orderBy: NAME')).toEqual(rows.map((row) => row['id']));
      const paged: string[] = [];
      for (let after: string | null = null; ;) {
        const query = `query ($after: String) { partners(first: 11, after: $after, orderBy: NAME) {
          nodes { code } pageInfo { hasNextPage endCursor } } }`;
        const page: Node = (await answer('press-vn', query, { after })).partners;
        paged.push(...codes(page.nodes));
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(paged).toEqual(rows.map((row) => row['id']));
    });
  });

  describe('Lào Cai', () => {
    const tableQuery = `{ agentSystemTables(area: {code: "VN-LC"}) {
      source { code } timePeriod
      rows { code partner { code nameEn } agentStaff { value ...F } collectionPoints { value } isTotal }
      printedTotal { code agentStaff { value } collectionPoints { value } isTotal conflicts { code } }
      computedStaff { ...F formula derivedFrom { value } } computedPoints { ...F formula derivedFrom { value } }
      conflicts { code kind statement rowIds handling } } }
      fragment F on Observation { value decimals unit indicator baseIndicator timePeriod obsStatus confStatus
        reason source { code } refArea { alias } locator conflicts { code } }`;

    test.each(['press-vn', 'si-lao-cai', 'union-nghe-an'])(
      'table 1 is one question of %s: 434 staff at 367 points in 7 systems',
      async (agency) => {
        const { agentSystemTables: found } = await answer(agency, tableQuery);
        expect(found).toHaveLength(1);
        const [table] = found;
        expect(table).toMatchObject({ source: { code: 'lao-cai-2024' }, timePeriod: null });
        const printed = seed('agent_systems.csv').filter((row) => row['is_total'] === 'FALSE');
        expect(
          table.rows.map((row: Node) => [
            row.code,
            row.partner.code,
            row.agentStaff.value,
            row.collectionPoints.value,
          ]),
        ).toEqual(
          printed.map((row) =>
            ['id', 'partner_id', 'agent_staff', 'collection_points'].map((c) => row[c]),
          ),
        );
        expect(table.rows).toHaveLength(7);
        expect(table.printedTotal).toEqual({
          code: 'agt-lc-total',
          agentStaff: { value: '434' },
          collectionPoints: { value: '367' },
          isTotal: true,
          conflicts: [{ code: 'cf-lc-signs-points' }],
        });
        expect(table.computedStaff).toMatchObject({
          value: '434',
          decimals: 0,
          unit: 'PERSONS',
          indicator: 'AGENT_STAFF',
          baseIndicator: null,
          obsStatus: 'A',
          confStatus: 'F',
          reason: null,
          source: { code: 'lao-cai-2024' },
          refArea: { alias: 'VN-LC' },
          formula: '171 + 124 + 103 + 12 + 13 + 5 + 6 = 434',
          derivedFrom: ['171', '124', '103', '12', '13', '5', '6'].map((value) => ({ value })),
        });
        expect(table.computedPoints).toMatchObject({
          value: '367',
          unit: 'POINTS',
          indicator: 'COLLECTION_POINTS',
          formula: '171 + 61 + 103 + 12 + 13 + 1 + 6 = 367',
        });
        expect(codes(table.conflicts)).toEqual(['cf-lc-signs-points']);
        expect(table.conflicts[0].rowIds).toContain('agt-lc-total');
      },
    );

    test('eleven seats of the provincial team rest on decision 37, eight a district on none', async () => {
      const seats = (area: string) => `coordinations(first: 200, where: {
          area: {code: "${area}"}, relation: "COLLABORATOR_SEAT"}) {
        totalCount nodes { agency { code } instrumentKind instrument { code kind number } status } }`;
      const fact = (code: string) => code;
      const data = await answer(
        'press-vn',
        `{ province: ${seats('VN-LC')} districts: ${seats('VN-LC-D')}
           facts: organisationFacts(first: 200, where: {item: "COLLABORATORS_EXTERNAL"}) {
             nodes { code value { value } } } }`,
      );
      expect(data.province.totalCount).toBe(11);
      for (const seat of data.province.nodes) {
        expect(seat).toEqual({
          agency: { code: 'lc-social-security' },
          instrumentKind: 'DECISION',
          instrument: { code: 'ins-dec-37', kind: 'DECISION', number: '37/QD-BHXH' },
          status: 'CURRENT',
        });
      }
      expect(data.districts.totalCount).toBe(8);
      for (const seat of data.districts.nodes) {
        expect(seat).toMatchObject({ agency: { code: 'lc-district-offices' }, instrument: null });
      }
      expect(data.facts.nodes).toEqual([
        { code: fact('org-lc-collaborators-external'), value: { value: '11' } },
        { code: fact('org-lcd-collaborators-external'), value: { value: '8' } },
      ]);
    });

    test('a partner leads to its coordinations, systems and facts, and they lead back', async () => {
      const data = await answer(
        'press-vn',
        `{ post: partners(where: {code: "lc-post-network"}) { nodes {
             coordinations { code agency { code } } agentSystems { code agentStaff { value } } facts { code } } }
           si: partners(where: {code: "lc-social-security"}) { nodes {
             agencyCode insures(first: 200) { code } facts(first: 200) { code partner { code } } } } }`,
      );
      expect(data.post.nodes).toEqual([
        {
          coordinations: [
            { code: 'crd-lc-post-network-agent', agency: { code: 'lc-social-security' } },
            { code: 'crd-lc-post-network-signs', agency: { code: 'lc-social-security' } },
          ],
          agentSystems: [{ code: 'agt-lc-post-network', agentStaff: { value: '124' } }],
          facts: [],
        },
      ]);
      const [si] = data.si.nodes;
      const of = (file: string, column: string) =>
        seed(file)
          .flatMap((row) => (row[column] === 'lc-social-security' ? [row['id']] : []))
          .sort();
      expect(codes(si.insures)).toEqual(of('coordinations.csv', 'agency_id'));
      expect(codes(si.facts)).toEqual(of('organisation_units.csv', 'partner_id'));
    });
  });

  describe('Nghệ An', () => {
    test('twenty coordinations, by regulation, contract and in joint sessions', async () => {
      const data = await answer(
        'press-nghe-an',
        `{ coordinations(first: 200, where: {agency: "na-social-security"}) {
             totalCount nodes { code area { alias } instrumentKind frequency partner { code } instrument { code kind date } } } }`,
      );
      expect(data.coordinations.totalCount).toBe(20);
      const resting = (code: string) =>
        data.coordinations.nodes.filter((node: Node) => node.instrument?.code === code);
      const regulation = resting('ins-na-coordination-regulation');
      expect(regulation.map((node: Node) => node.partner.code).sort()).toEqual([
        'na-broadcaster',
        'na-newspaper',
      ]);
      for (const node of regulation) {
        expect(node).toMatchObject({
          instrumentKind: 'COORDINATION_REGULATION',
          instrument: { kind: 'COORDINATION_REGULATION', date: '2016' },
        });
      }
      expect(resting('ins-na-contract')).toMatchObject([
        {
          partner: { code: 'na-labour-newspaper' },
          instrumentKind: 'CONTRACT',
          instrument: { kind: 'CONTRACT' },
        },
      ]);
      const sessions = data.coordinations.nodes.filter(
        (node: Node) => node.instrumentKind === 'JOINT_SESSION',
      );
      expect(sessions.map((node: Node) => [node.partner.code, node.frequency])).toEqual([
        ['na-debtors', 'AT_LEAST_MONTHLY'],
        ['na-labour-inspectorate', 'AT_LEAST_MONTHLY'],
      ]);
    });
  });

  describe('what is refused', () => {
    const bad: readonly (readonly [string, string])[] = [
      ['partners(where: {kind: "BANK"}) { totalCount }', 'CODE_UNKNOWN'],
      ['partners(where: {level: "HIGH"}) { totalCount }', 'CODE_UNKNOWN'],
      ['partners(where: {area: {code: "15"}}) { totalCount }', 'AREA_AMBIGUOUS'],
      ['partners(where: {area: {code: "VN-XX"}}) { totalCount }', 'AREA_UNKNOWN'],
      ['partners(first: 0) { totalCount }', 'FIRST_OUT_OF_BOUNDS'],
      ['partners(first: 201) { totalCount }', 'FIRST_OUT_OF_BOUNDS'],
      ['partners(after: "x") { totalCount }', 'CURSOR_INVALID'],
      ['partners { nodes { coordinations(first: 201) { code } } }', 'FIRST_OUT_OF_BOUNDS'],
      ['partners { nodes { facts(first: 0) { code } } }', 'FIRST_OUT_OF_BOUNDS'],
      ['coordinations(where: {relation: "FRIEND"}) { totalCount }', 'CODE_UNKNOWN'],
      ['coordinations(where: {instrumentKind: "HANDSHAKE"}) { totalCount }', 'CODE_UNKNOWN'],
      ['coordinations(where: {topicCode: "WEATHER"}) { totalCount }', 'CODE_UNKNOWN'],
      ['coordinations(where: {status: "DONE"}) { totalCount }', 'CODE_UNKNOWN'],
      ['coordinations(where: {frequency: "OFTEN"}) { totalCount }', 'CODE_UNKNOWN'],
      ['coordinationInstruments(where: {kind: "HANDSHAKE"}) { totalCount }', 'CODE_UNKNOWN'],
      ['coordinationInstruments(where: {validOn: "2025-02-30"}) { totalCount }', 'DATE_MALFORMED'],
      ['organisationFacts(where: {item: "CAR"}) { totalCount }', 'CODE_UNKNOWN'],
      ['agentSystems(where: {area: {code: "VN-XX"}}) { totalCount }', 'AREA_UNKNOWN'],
      ['agentSystemTables(area: {code: "15"}) { timePeriod }', 'AREA_AMBIGUOUS'],
      ['agentPoints(where: {openOn: "yesterday"}) { totalCount }', 'DATE_MALFORMED'],
      ['agentTasks(where: {dueTo: "2025-13-01"}) { totalCount }', 'DATE_MALFORMED'],
    ];
    test.each(bad)('%s: %s', async (field, code) => {
      const { errors } = await gateway.ask('si-vn', `{ ${field} }`);
      expect(errors.map((error) => error.extensions.code)).toContain(code);
    });

    test('a cursor of another list or order', async () => {
      const cursor = (await answer('si-vn', '{ partners(first: 1) { pageInfo { endCursor } } }'))
        .partners.pageInfo.endCursor as string;
      for (const field of [
        `coordinations(after: "${cursor}")`,
        `partners(after: "${cursor}", orderBy: NAME)`,
        `agentTasks(after: "${cursor}")`,
      ]) {
        const { errors } = await gateway.ask('si-vn', `{ ${field} { totalCount } }`);
        expect(
          errors.map((error) => error.extensions.code),
          field,
        ).toEqual(['CURSOR_INVALID']);
      }
    });

    test.each(['', ' ', 'nobody', "' or true --", 'lc-post%', 'a\u0000b'])(
      'the code %j is nobody’s',
      async (partner) => {
        const lists = ['coordinations', 'agentSystems', 'agentPoints', 'organisationFacts'];
        const fields = lists.map((field) => `${field}(where: {partner: $partner}) { totalCount }`);
        const query = `query ($partner: String) { ${fields.join(' ')}
          partners(where: {code: $partner}) { totalCount }
          coordinationInstruments(where: {partner: $partner}) { totalCount } }`;
        const { data, errors } = await gateway.ask('press-vn', query, { variables: { partner } });
        expect(errors.map((error) => error.extensions.code)).not.toContain('INTERNAL');
        const isRefused = partner.includes('\0');
        expect(errors.length > 0).toBe(isRefused);
        if (isRefused) return;
        for (const list of Object.values(data)) expect(list).toEqual({ totalCount: 0 });
      },
    );
  });
});
