/** Partners, their papers, networks and tasks: each agency meets its rows, by every way there is. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  agencyOf,
  areas,
  coordinations,
  facts,
  holds,
  idOf,
  insertPartners,
  instruments,
  insurers,
  meets,
  meetsAsParty,
  met,
  others,
  partnerOf,
  partners,
  partyInstruments,
  pointOf,
  points,
  readers,
  systems,
  tasks,
  type Marked,
} from './partner-marks.ts';
import {
  openGateway,
  storeKindsAtLength,
  type Reply,
  type TestGateway,
} from './support/gateway.ts';

// A node has the shape of its question.
type Node = any;

interface List {
  readonly field: string;
  readonly type: string;
  readonly rows: readonly Marked[];
  /** How many reported rows stand beside the marked ones, for everyone. */
  readonly reported: number;
}
const lists: readonly List[] = [
  { field: 'partners', type: 'Partner', rows: partners, reported: 107 },
  { field: 'coordinations', type: 'Coordination', rows: coordinations, reported: 123 },
  { field: 'agentSystems', type: 'AgentSystem', rows: systems, reported: 8 },
  { field: 'agentPoints', type: 'AgentPoint', rows: points, reported: 0 },
  { field: 'organisationFacts', type: 'OrganisationFact', rows: facts, reported: 19 },
  {
    field: 'coordinationInstruments',
    type: 'CoordinationInstrument',
    rows: instruments,
    reported: 0,
  },
];

const globalId = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64');
const cursorOf = (list: string, order: string, values: readonly string[]) =>
  Buffer.from(JSON.stringify([`${list} ${order}`, values])).toString('base64url');
const codes = (nodes: readonly { code: string }[]) => nodes.map(({ code }) => code);
const isMarked = (code: string) => code.startsWith('mark-');

/** The marked rows of a list that an agency meets. */
function expected(agency: string, { field, rows }: Pick<List, 'field' | 'rows'>): string[] {
  const asParty = partyInstruments.filter((mark) => meetsAsParty(agency, mark));
  const own = met(agency, rows);
  return field === 'coordinationInstruments'
    ? [...own, ...asParty.map(({ id }) => id)].sort()
    : own.sort();
}

/** Every marked id that an agency may find anywhere in an answer. */
function known(agency: string): ReadonlySet<string> {
  const all = lists.flatMap((list) => expected(agency, list));
  return new Set([...all, ...tasks.filter(({ area }) => holds(agency, area)).map(({ id }) => id)]);
}
const foreign = (agency: string, text: string) => {
  const own = known(agency);
  return (text.match(/mark-[\w@-]+/g) ?? []).filter((id) => !own.has(id));
};

/** All of an answer but what numbers and dates it. */
function comparable({ status, headers, text }: Reply) {
  const { date: _, 'access-record': __, 'request-id': ___, ...rest } = headers;
  return { status, text, headers: rest };
}

const ifMet = (agency: string, row: Marked) => (meets(agency, row) ? { code: row.id } : null);
const areaKey = (area: string) => {
  const [code, vintage] = area.split('@');
  return `{code: "${code}", vintage: "${vintage}"}`;
};

describe.each(storeKindsAtLength)('the scope of partners on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind, prepare: insertPartners });
  });
  afterAll(() => gateway.close());

  async function answer(agency: string, query: string, variables = {}): Promise<Node> {
    const { data, errors, text } = await gateway.ask(agency, query, { variables });
    expect(errors).toEqual([]);
    expect(foreign(agency, text)).toEqual([]);
    return data;
  }

  async function walk(
    agency: string,
    field: string,
    selection: string,
    first = 200,
  ): Promise<Node[]> {
    const query = `query ($first: Int, $after: String) { ${field}(first: $first, after: $after) {
      totalCount nodes { code ${selection} } pageInfo { hasNextPage endCursor } } }`;
    const nodes: Node[] = [];
    for (let after: string | null = null; ;) {
      const page: Node = (await answer(agency, query, { first, after }))[field];
      nodes.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) {
        expect(page.totalCount).toBe(nodes.length);
        return nodes;
      }
      after = page.pageInfo.endCursor;
    }
  }

  describe.each(readers)('%s', (agency) => {
    test.each(lists)('meets exactly its rows of $field, counted, page by page', async (list) => {
      for (const first of [29, 200]) {
        const found = codes(await walk(agency, list.field, '', first));
        expect(found.filter(isMarked)).toEqual(expected(agency, list));
        expect(found.filter((code) => !isMarked(code))).toHaveLength(list.reported);
        expect(found).toEqual([...found].sort());
      }
    });

    test('finds beside a row what its scope reaches, and null for the rest', async () => {
      const relations = `agency { code } partner { code }`;
      for (const node of await walk(agency, 'coordinations', relations)) {
        const row = coordinations.find(({ id }) => id === node.code);
        if (!row) continue;
        expect(node.agency, row.id).toEqual(ifMet(agency, agencyOf(row)));
        expect(node.partner, row.id).toEqual(ifMet(agency, partnerOf(row)));
      }
      for (const { field, rows } of lists.filter(({ field }) => /^(agent|org)/.test(field))) {
        for (const node of await walk(agency, field, 'partner { code }')) {
          const row = rows.find(({ id }) => id === node.code);
          if (row) expect(node.partner, row.id).toEqual(ifMet(agency, partnerOf(row)));
        }
      }
    });

    test('finds below a partner the rows of its scope only', async () => {
      const nested = ['coordinations', 'insures', 'agentSystems', 'agentPoints', 'facts'];
      const selection = nested.map((field) => `${field} { code }`).join(' ');
      const of = (rows: readonly Marked[], partner: string, refers: typeof partnerOf = partnerOf) =>
        rows
          .filter((row) => refers(row).id === partner && meets(agency, row))
          .map(({ id }) => ({ code: id }));
      const nodes = (await walk(agency, 'partners', selection, 40)).filter(({ code }) =>
        isMarked(code),
      );
      expect(nodes).not.toEqual([]);
      for (const node of nodes) {
        expect(node.coordinations).toEqual(of(coordinations, node.code));
        expect(node.insures).toEqual(of(coordinations, node.code, agencyOf));
        expect(node.agentSystems).toEqual(of(systems, node.code));
        expect(node.agentPoints).toEqual(of(points, node.code));
        expect(node.facts).toEqual(of(facts, node.code));
      }
    });

    test('reads the parties and terms of the instruments that it meets', async () => {
      const selection = `parties { partner { code } agencyCode role confirmedAt } terms { position textEn }`;
      for (const node of await walk(agency, 'coordinationInstruments', selection)) {
        expect(node.terms).toEqual([{ position: 1, textEn: node.code }]);
        const row = instruments.find(({ id }) => id === node.code);
        const mark = partyInstruments.find(({ id }) => id === node.code);
        if (row) {
          expect(node.parties).toMatchObject([
            { partner: ifMet(agency, partnerOf(row)), agencyCode: null },
          ]);
        }
        if (!mark) continue;
        const [inner, open] = ['INTERNAL', 'OPEN'].map((state) => idOf('ptn', mark.area, state));
        expect(node.parties).toMatchObject([
          { partner: holds(agency, mark.area) ? { code: inner } : null, agencyCode: mark.agency },
          { partner: { code: open }, agencyCode: null, confirmedAt: null },
        ]);
      }
    });

    test('asks by a partner, and learns of a hidden one nothing', async () => {
      const asked = partners.filter((_, i) => i % 3 === 0);
      for (const [field, rows] of [
        ['coordinations', coordinations],
        ['agentSystems', systems],
        ['agentPoints', points],
        ['organisationFacts', facts],
        ['coordinationInstruments', instruments],
      ] as const) {
        const fields = asked.map(
          ({ id }, i) =>
            `f${i}: ${field}(first: 30, where: {partner: "${id}"}) { totalCount nodes { code } }`,
        );
        for (let from = 0; from < fields.length; from += 20) {
          const { data, errors } = await gateway.ask(
            agency,
            `{ ${fields.slice(from, from + 20).join('\n')} }`,
          );
          expect(errors).toEqual([]);
          asked.slice(from, from + 20).forEach((partner, i) => {
            const own = rows.filter(
              (row) => partnerOf(row).id === partner.id && meets(agency, row),
            );
            const list = data[`f${from + i}`];
            const found = codes(list.nodes).filter((code) => !code.startsWith('mark-party-'));
            const expectation = meets(agency, partner) ? own.map(({ id }) => id).sort() : [];
            expect(found, `${field} ${partner.id}`).toEqual(expectation);
            expect(list.totalCount).toBe(list.nodes.length);
          });
        }
      }
    });

    test('asks by area, agency, kind and name, and gets and counts its own rows only', async () => {
      for (const area of areas) {
        const fields = lists.map(
          ({ field }, i) =>
            `f${i}: ${field}(first: 200, where: {area: ${areaKey(area)}}) { totalCount nodes { code } }`,
        );
        const data = await answer(agency, `{ ${fields.join('\n')} }`);
        lists.forEach((list, i) => {
          const inArea = new Set<string>(
            [...list.rows, ...partyInstruments].flatMap((row) =>
              row.area === area ? [row.id] : [],
            ),
          );
          const { nodes, totalCount } = data[`f${i}`];
          expect(codes(nodes).filter(isMarked), `${list.field} ${area}`).toEqual(
            expected(agency, list).filter((id) => inArea.has(id)),
          );
          expect(totalCount).toBe(nodes.length);
        });
      }
      const { byName, byKind, byStatus, byTopic, byAgency } = await answer(
        agency,
        `{ byName: partners(first: 200, where: {search: "MARK-ptn"}, orderBy: NAME) { totalCount nodes { code } }
           byKind: partners(first: 200, where: {kind: "OTHER", level: "LOCAL"}) { totalCount nodes { code } }
           byStatus: coordinations(first: 200, where: {status: "DESCRIBED"}) { totalCount nodes { code } }
           byTopic: coordinations(first: 200, where: {topicCode: "BENEFITS"}) { totalCount nodes { code } }
           byAgency: partners(first: 200, where: {agencyCode: "si-vn"}) { nodes { code } } }`,
      );
      for (const [found, list] of [
        [byName, lists[0]!],
        [byKind, lists[0]!],
        [byStatus, lists[1]!],
        [byTopic, lists[1]!],
      ] as const) {
        expect(codes(found.nodes).sort()).toEqual(expected(agency, list));
        expect(found.totalCount).toBe(found.nodes.length);
      }
      expect(byAgency.nodes).toEqual([{ code: 'vss' }]);
    });

    test('adds in a table the systems that it sees', async () => {
      for (const area of ['11@2025-07', '15@2025-06', '40@2025-06', 'VN@2025-06']) {
        const { agentSystemTables } = await answer(
          agency,
          `{ agentSystemTables(area: ${areaKey(area)}) { rows { code } computedStaff { value derivedFrom { value } }
             computedPoints { value } printedTotal { code } } }`,
        );
        const own = expected(agency, lists[2]!).filter((id) => id.endsWith(`-${area}`));
        const [table] = agentSystemTables;
        expect(codes(table.rows)).toEqual(own);
        expect(table.computedStaff.value).toBe(String(2 * own.length));
        expect(table.computedStaff.derivedFrom).toHaveLength(own.length);
        expect(table.computedPoints.value).toBe(String(own.length));
        expect(table.printedTotal).toBeNull();
      }
    });

    test('gets by node() its rows and no other', async () => {
      const ids = lists.flatMap((list) => {
        const rows = [
          ...list.rows,
          ...(list.type === 'CoordinationInstrument' ? partyInstruments : []),
        ];
        const own = new Set(expected(agency, list));
        return rows.map(({ id }) => ({ id: globalId(list.type, id), isMet: own.has(id) }));
      });
      for (let from = 0; from < ids.length; from += 20) {
        const some = ids.slice(from, from + 20);
        const data = await answer(
          agency,
          `{ ${some.map(({ id }, i) => `n${i}: node(id: "${id}") { id }`).join('\n')} }`,
        );
        some.forEach(({ id, isMet }, i) =>
          expect(data[`n${i}`], id).toEqual(isMet ? { id } : null),
        );
      }
    });

    test('goes on from the cursor of a hidden row as from any other place', async () => {
      for (const list of lists) {
        const all = expected(agency, list);
        const hidden = list.rows
          .filter((row) => !all.includes(row.id))
          .filter((_, i) => i % 7 === 0);
        for (const { id } of hidden.slice(0, 5)) {
          const after = cursorOf(list.field, 'CODE', [id]);
          const query = `{ ${list.field}(first: 200, after: "${after}") { nodes { code } } }`;
          const { data, errors } = await gateway.ask(agency, query);
          expect(errors).toEqual([]);
          expect(codes(data[list.field].nodes).filter(isMarked)).toEqual(
            all.filter((code) => code > id),
          );
        }
      }
    });
  });

  describe('tasks of collection points', () => {
    test.each(insurers)('%s meets those of its territory, by all ways', async (agency) => {
      const own = tasks.filter(({ area }) => holds(agency, area));
      const nodes = await walk(agency, 'agentTasks', 'point { code }', 4);
      expect(nodes).toEqual(
        own
          .map((task) => ({ code: task.id, point: ifMet(agency, pointOf(task)) }))
          .sort((a, b) => (a.code < b.code ? -1 : 1)),
      );
      for (const node of await walk(agency, 'agentPoints', 'tasks { code }')) {
        const below = own.filter((task) => pointOf(task).id === node.code);
        expect(node.tasks).toEqual(below.map(({ id }) => ({ code: id })));
      }
      for (const { id, area } of tasks) {
        const task = globalId('AgentTask', id);
        const day = '2025-02-01';
        const data = await answer(
          agency,
          `{ node(id: "${task}") { id }
             here: agentTasks(where: {area: ${areaKey(area)}, dueFrom: "${day}", dueTo: "${day}", open: true}) { totalCount }
             done: agentTasks(where: {area: ${areaKey(area)}, open: false}) { totalCount }
             late: agentTasks(where: {area: ${areaKey(area)}, dueTo: "2025-01-31"}) { totalCount } }`,
        );
        const isOwn = holds(agency, area);
        expect(data).toEqual({
          node: isOwn ? { id: task } : null,
          here: { totalCount: Number(isOwn) },
          done: { totalCount: 0 },
          late: { totalCount: 0 },
        });
      }
    });

    test.each(others)('%s has no word for them', async (agency) => {
      for (const query of [
        '{ agentTasks { totalCount } }',
        '{ agentPoints { nodes { tasks { code } } } }',
        '{ __typename ... on AgentTask { code } }',
      ]) {
        const { data, errors } = await gateway.ask(agency, query);
        expect(data).toBeNull();
        expect(errors.map((error) => error.extensions.code)).toContain('DOCUMENT_INVALID');
      }
      const types = await answer(agency, '{ __type(name: "AgentTask") { name } }');
      expect(types).toEqual({ __type: null });
      const ids = tasks
        .slice(0, 20)
        .map(({ id }, i) => `n${i}: node(id: "${globalId('AgentTask', id)}") { id }`);
      expect(new Set(Object.values(await answer(agency, `{ ${ids.join('\n')} }`)))).toEqual(
        new Set([null]),
      );
    });
  });

  describe('what agencies contribute', () => {
    const refArea = { code: '11', vintage: '2025-07' };
    const source = { code: 'lao-cai-2024', nature: 'REPORTED' };
    const area = '11@2025-07';

    test.each([
      ['si-dien-bien', 'INTERNAL', 'N'],
      ['si-dien-bien', 'OPEN', 'F'],
      ['press-vn', 'OPEN', 'F'],
    ] as const)('%s reads a point that is %s', async (agency, state, confStatus) => {
      const id = globalId('AgentPoint', idOf('pnt', area, state));
      const { node } = await answer(
        agency,
        `{ node(id: "${id}") { ... on AgentPoint { nameVi nameEn openedOn closedOn area { code vintage }
           source { code nature } staff { value decimals unit indicator obsStatus confStatus timePeriod periodBasis
             reason refArea { code vintage } source { code nature } locator conflicts { code } } } } }`,
      );
      expect(node).toEqual({
        nameVi: idOf('pnt', area, state),
        nameEn: idOf('pnt', area, state),
        openedOn: '2025-01-03',
        closedOn: '2025-06-30',
        area: refArea,
        source,
        staff: {
          value: '1',
          decimals: 0,
          unit: 'PERSONS',
          indicator: 'AGENT_STAFF',
          obsStatus: 'A',
          confStatus,
          timePeriod: null,
          periodBasis: 'NOT_STATED',
          reason: null,
          refArea,
          source,
          locator: null,
          conflicts: [],
        },
      });
    });

    test('a task and an instrument are read whole', async () => {
      const task = globalId('AgentTask', 'mark-tsk-11@2025-07');
      const paper = globalId(
        'CoordinationInstrument',
        `mark-party-union-lao-cai-CONFIRMED-15@2025-07`,
      );
      const data = await answer(
        'si-vn',
        `{ task: node(id: "${task}") { ... on AgentTask {
             code kind scheme goal assignedOn dueOn completedOn source { code nature } } }
           paper: node(id: "${paper}") { ... on CoordinationInstrument {
             kind number titleVi signedOn validFrom validTo area { code } source { code nature }
             parties { role confirmedAt agencyCode } terms { position textVi textEn frequency dueOn } } } }`,
      );
      expect(data.task).toEqual({
        code: 'mark-tsk-11@2025-07',
        kind: 'REPORT',
        scheme: null,
        goal: null,
        assignedOn: '2025-01-01',
        dueOn: '2025-02-01',
        completedOn: null,
        source,
      });
      expect(data.paper).toMatchObject({
        kind: 'CONTRACT',
        number: '7/HD',
        titleVi: 'Dấu',
        signedOn: '2025-01-01',
        validFrom: '2025-01-02',
        validTo: '2025-12-31',
        area: { code: '15' },
        source,
        parties: [
          {
            role: 'PARTNER',
            confirmedAt: '2026-01-01T07:00:00.000+07:00',
            agencyCode: 'union-lao-cai',
          },
          { role: 'PARTNER', confirmedAt: null, agencyCode: null },
        ],
        terms: [{ position: 1, frequency: 'ANNUAL', dueOn: null }],
      });
    });

    test.each([
      ['coordinationInstruments', 'validOn', '2025-01-01', 0],
      ['coordinationInstruments', 'validOn', '2025-01-02', 75],
      ['coordinationInstruments', 'validOn', '2025-12-31', 75],
      ['coordinationInstruments', 'validOn', '2026-01-01', 0],
      ['agentPoints', 'openOn', '2025-01-02', 0],
      ['agentPoints', 'openOn', '2025-01-03', 75],
      ['agentPoints', 'openOn', '2025-06-30', 75],
      ['agentPoints', 'openOn', '2025-07-01', 0],
    ])('%s by %s %s', async (field, filter, day, marked) => {
      const own =
        field === 'agentPoints' ? marked : Math.min(marked, 1) * (75 + partyInstruments.length);
      const data = await answer(
        'si-vn',
        `{ ${field}(where: {${filter}: "${day}"}) { totalCount } }`,
      );
      expect(data[field].totalCount).toBe(own);
    });

    test.each(readers)('%s finds the points within a province', async (agency) => {
      const inside = ['11@2025-07', '03127@2025-07', 'VN-DB-TC@2025-07', '03217@2025-07'];
      const { agentPoints } = await answer(
        agency,
        `{ agentPoints(first: 200, where: {within: ${areaKey(area)}}) { totalCount nodes { code } } }`,
      );
      const own = points.filter((row) => inside.includes(row.area) && meets(agency, row));
      expect(codes(agentPoints.nodes)).toEqual(own.map(({ id }) => id).sort());
      expect(agentPoints.totalCount).toBe(own.length);
    });

    test('tasks within a province, and nothing is known to lie within other areas', async () => {
      const { agentTasks } = await answer(
        'si-vn',
        `{ agentTasks(where: {within: ${areaKey(area)}}) { nodes { code } } }`,
      );
      expect(codes(agentTasks.nodes)).toEqual(
        ['03127@2025-07', '03217@2025-07', '11@2025-07', 'VN-DB-TC@2025-07'].map(
          (id) => `mark-tsk-${id}`,
        ),
      );
      for (const field of ['agentTasks', 'agentPoints']) {
        for (const other of ['VN@2025-06', '03217@2025-07', 'VN-DB-TC@2025-07']) {
          const query = `{ ${field}(where: {within: ${areaKey(other)}}) { totalCount } }`;
          const { errors } = await gateway.ask('si-vn', query);
          expect(errors.map((error) => error.extensions.code)).toEqual(['AREA_NOT_PROVINCE']);
        }
      }
    });
  });

  describe('nobody else', () => {
    const roots = [
      ...lists.map(({ field }) => `${field} { totalCount }`),
      `agentTasks { totalCount }`,
      `agentSystemTables(area: {code: "VN"}) { timePeriod }`,
    ];
    test.each([
      ['audit-vn', 'DOCUMENT_INVALID'],
      ['steward-vn', 'DOCUMENT_INVALID'],
      ['union-expired', 'GRANT_EXPIRED'],
    ])('%s meets none of it: %s', async (agency, code) => {
      for (const root of roots) {
        const { data, errors, text } = await gateway.ask(agency, `{ ${root} }`);
        expect(data).toBeNull();
        const expectedCode = root.startsWith('agentTasks') ? 'DOCUMENT_INVALID' : code;
        expect(errors.map((error) => error.extensions.code)).toEqual([expectedCode]);
        expect(text).not.toContain('mark-');
      }
    });

    const strangers = ['press-vn', 'union-dien-bien', 'labour-lao-cai', 'si-nghe-an', 'audit-vn'];
    test.each(strangers)(
      'a hidden id answers %s byte for byte like a random one',
      async (agency) => {
        for (const { type, rows } of lists) {
          const key = rows.find(
            ({ area, state }) => area === '11@2025-07' && state === 'EMBARGOED',
          )!.id;
          const random = key.replace(/mark-.*/, (name) => 'x'.repeat(name.length));
          const ask = (id: string) =>
            gateway.ask(agency, 'query ($id: ID!) { node(id: $id) { __typename id } }', {
              variables: { id: globalId(type, id) },
            });
          const real = await ask(key);
          expect(real.data).toEqual({ node: null });
          expect(comparable(real)).toEqual(comparable(await ask(random)));
        }
      },
    );
  });
});
