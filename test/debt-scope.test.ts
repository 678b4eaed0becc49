/** Who owes what is known to nobody beyond territory, confirmed membership and publication. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertDebt, type Row } from './debt-marks.ts';
import {
  day,
  entriesOf,
  eventIdsOf,
  insiders,
  listIdsOf,
  listMarks,
  markedNumbers,
  marks,
  meets,
  meetsList,
  meetsMoney,
  numbersMet,
  parties,
  places,
  positionIdOf,
  presenceKeysOf,
  press,
  readers,
  rowsOf,
  unions,
  type Mark,
} from './debt-scope-marks.ts';
import {
  openGateway,
  storeKindsAtLength,
  type Reply,
  type TestGateway,
} from './support/gateway.ts';

const keyOf = (id: string) => {
  const text = Buffer.from(id, 'base64').toString();
  return text.slice(text.indexOf(':') + 1);
};
const globalId = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64');
const codeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const sorted = (list: readonly string[]) => [...list].sort(codeUnits);

/** All of an answer but what numbers and dates it. */
function comparable({ status, headers, text }: Reply) {
  const { date: _, 'access-record': __, 'request-id': ___, ...rest } = headers;
  return { status, text, headers: rest };
}

/** Types that exist for parties only, and fields that lead to them. */
const partyTypes = ['Employer', 'DebtPosition', 'DebtEvent', 'UnionPresence', 'DebtState'];
const insiderTypes = [
  ...['Obligation', 'Payment', 'FundBalance', 'FundDebt', 'DebtSummary', 'DebtGroup'],
];

describe.each(storeKindsAtLength)('row scope of debt on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind, prepare: (owner) => insertDebt(owner, rowsOf('ONE')) });
  });
  afterAll(() => gateway.close());

  /** Asks, and lets no number through that the agency may not read anywhere. */
  async function answer(agency: string, query: string, variables: Record<string, unknown> = {}) {
    const { data, errors, text } = await gateway.ask(agency, query, { variables });
    expect(errors).toEqual([]);
    const own = numbersMet(agency);
    expect((text.match(markedNumbers) ?? []).filter((number) => !own.has(number))).toEqual([]);
    return data;
  }

  /** A whole list, page by page; its count is that of its rows. */
  async function all(
    agency: string,
    field: string,
    args: string,
    fields: string,
    pageSize = 97,
  ): Promise<any[]> {
    const rows: any[] = [];
    let after: string | null = null;
    do {
      const query = `query ($after: String) { ${field}(first: ${pageSize}, after: $after, ${args}) {
        totalCount pageInfo { hasNextPage endCursor } nodes { ${fields} } } }`;
      const page: any = (await answer(agency, query, { after }))[field];
      rows.push(...page.nodes);
      after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor as string) : null;
      if (after === null) expect(page.totalCount).toBe(rows.length);
    } while (after !== null);
    return rows;
  }

  const employersOf = (agency: string) => marks.filter((one) => meets(agency, one));

  describe.each(parties)('%s', (agency) => {
    const own = employersOf(agency);
    const ids = sorted(own.map(({ id }) => id));

    test('meets exactly the employers of its territory or members', async () => {
      const rows = await all(agency, 'employers', '', 'code isNaturalPerson');
      expect(rows.map(({ code }) => code as string)).toEqual(ids);
      if (unions.includes(agency)) expect(rows.some((row) => row.isNaturalPerson)).toBe(false);
    });

    test('meets each position once, with the number or the band that is its to know', async () => {
      const rows = await all(
        agency,
        'debtPositions',
        'orderBy: EMPLOYER',
        'id amount workersAffected workersBand reason employer { code }',
      );
      expect(rows.map((row) => row.employer.code as string)).toEqual(ids);
      for (const row of rows) {
        const one = own.find(({ id }) => id === row.employer.code)!;
        const workers = Number(one.position['workers_affected']);
        const isHidden = unions.includes(agency) && workers < 10;
        expect(keyOf(row.id)).toBe(positionIdOf(agency, one));
        expect(row.amount).toBe(one.position.amount);
        expect(row.workersAffected).toBe(isHidden ? null : workers);
        expect(row.workersBand).toBe(workers < 10 ? 'W1_9' : 'W10_49');
        expect(row.reason === null).toBe(!isHidden);
      }
    });

    test('meets exactly its events and claims, and their employers only where it may', async () => {
      const events = await all(agency, 'debtEvents', '', 'code employer { code nameVi }');
      expect(sorted(events.map(({ code }) => code as string))).toEqual(sorted(eventIdsOf(agency)));
      const claims = await all(agency, 'unionPresences', '', 'id agency employer { code }');
      expect(sorted(claims.map(({ id }) => keyOf(id)))).toEqual(sorted(presenceKeysOf(agency)));
      const known = new Set(ids);
      const [hidden, shown] = [events, claims.map((row) => ({ ...row, code: keyOf(row.id) }))]
        .flat()
        .reduce<[any[], any[]]>(
          ([no, yes], row) => (row.employer ? [no, [...yes, row]] : [[...no, row], yes]),
          [[], []],
        );
      expect(shown.filter((row) => !known.has(row.employer.code))).toEqual([]);
      expect(hidden.filter((row) => ids.some((id) => row.code.includes(id)))).toEqual([]);
      if (insiders.includes(agency)) expect(hidden).toEqual([]);
    });

    test('meets nothing more on any path from what it meets', async () => {
      const money = insiders.includes(agency)
        ? `obligations(first: 3) { due contributionBase workers employer { code } }
           payments(first: 3) { amount employer { code } }`
        : '';
      const rows = await all(
        agency,
        'employers',
        '',
        `code ${money} area { code } office { code }
         positions(first: 3) { id amount employer { code positions(first: 3) { id } } }
         events(first: 6) { code amount employer { code presences { agency } } }
         presences { id agency employer { code events(first: 6) { code } } }`,
        31,
      );
      const [events, claims] = [eventIdsOf(agency), presenceKeysOf(agency)];
      for (const row of rows) {
        const one = own.find(({ id }) => id === row.code)!;
        const position = globalId('DebtPosition', positionIdOf(agency, one));
        const ownEvents = sorted(events.filter((id) => id.endsWith(`-${row.code}`)));
        const nested = { code: row.code, positions: [{ id: position }] };
        expect(row.positions).toEqual([
          { id: position, amount: one.position.amount, employer: nested },
        ]);
        expect(sorted(row.events.map((event: any) => event.code))).toEqual(ownEvents);
        const ownClaims = claims.filter((key) => key.startsWith(`${row.code}|`));
        expect(row.presences.map(({ id }: any) => keyOf(id))).toEqual(ownClaims);
        for (const { employer } of row.presences) {
          expect(sorted(employer.events.map((event: any) => event.code))).toEqual(ownEvents);
        }
        if (money) {
          expect([row.obligations.length, row.payments.length]).toEqual([1, 1]);
          expect(row.obligations[0].employer).toEqual({ code: row.code });
          expect(row.payments[0].employer).toEqual({ code: row.code });
        }
      }
    });

    test('gets no other row by any filter, nor counts one', async () => {
      const where = (one: Mark, column: string) => String(one.row[column]);
      const strangers = marks.filter((one) => !meets(agency, one)).slice(0, 5);
      const filters: [string, (one: Mark) => boolean][] = [
        ...Object.entries(places).map(([place, { area }]): [string, (one: Mark) => boolean] => {
          const [code, vintage] = area.split('@');
          return [`area: {code: "${code}", vintage: "${vintage}"}`, (one) => one.place === place];
        }),
        [
          'within: {code: "11", vintage: "2025-07"}',
          ({ place }) => ['dienBien', 'tuaChua'].includes(place),
        ],
        ['within: {code: "15", vintage: "2025-07"}', ({ place }) => place === 'laoCai'],
        ['sector: "TRADE"', (one) => where(one, 'sector') === 'TRADE'],
      ];
      const employers: typeof filters = [
        ...filters,
        ['sizeBand: "W1_9"', (one) => where(one, 'size_band') === 'W1_9'],
        ['ownership: "HOUSEHOLD_BUSINESS"', (one) => where(one, 'ownership') !== 'PRIVATE'],
        ['office: "office-vn"', () => true],
        ['search: "don vi MARK-"', () => true],
        ...strangers.flatMap(({ id }): typeof filters => [
          [`search: "${id}"`, () => false],
          [`unitCode: "unit-${id}"`, () => false],
        ]),
      ];
      const amounts = sorted(marks.map((one) => one.position.amount));
      const middle = amounts[30]!;
      const positions: typeof filters = [
        ...filters,
        ['state: [ON_TIME]', (one) => one.position['state'] === 'ON_TIME'],
        ['monthsLateMin: 6', (one) => one.position.months_late >= 6],
        ['monthsLateMax: 5', (one) => one.position.months_late <= 5],
        [`amountMin: "${middle}"`, (one) => one.position.amount >= middle],
        [`amountMax: "${middle}"`, (one) => one.position.amount <= middle],
        [`asOf: "${day}"`, () => true],
        ...[0, 1, 3, 8, 10, 30].map((min): (typeof filters)[number] => [
          `workersMin: ${min}`,
          (one) => {
            const workers = Number(one.position['workers_affected']);
            return workers >= min && !(unions.includes(agency) && workers < 10);
          },
        ]),
        ...strangers.flatMap(({ id, position: { amount } }): typeof filters => [
          [`employer: "${id}"`, () => false],
          [`amountMin: "${amount}", amountMax: "${amount}"`, () => false],
        ]),
      ];
      const ask = async (field: string, code: string, questions: typeof filters) => {
        for (let from = 0; from < questions.length; from += 15) {
          const some = questions.slice(from, from + 15);
          const fields = some.map(
            ([condition], i) =>
              `f${i}: ${field}(first: 100, where: {${condition}}) { totalCount nodes { ${code} } }`,
          );
          const data = await answer(agency, `{ ${fields.join('\n')} }`);
          some.forEach(([condition, keeps], i) => {
            const { nodes, totalCount } = data[`f${i}`] as { nodes: any[]; totalCount: number };
            const found = nodes.map((node) => (node.code ?? node.employer.code) as string);
            expect(sorted(found), condition).toEqual(sorted(own.filter(keeps).map(({ id }) => id)));
            expect(totalCount, condition).toBe(nodes.length);
          });
        }
      };
      await ask('employers', 'code', employers);
      await ask('debtPositions', 'employer { code }', positions);
    });
  });

  describe('orders and cursors know only the rows in scope', () => {
    type Key = readonly (string | null)[];
    /** As the reader's own row holds it. */
    const workers = (agency: string, one: Mark) => {
      const count = Number(one.position['workers_affected']);
      return unions.includes(agency) && count < 10 ? null : count;
    };
    const last = (a: number | null, b: number | null) =>
      a === null || b === null ? Number(a === null) - Number(b === null) : b - a;
    const orders: Readonly<
      Record<
        string,
        { compare: (of: string) => (a: Mark, b: Mark) => number; key: (a: Mark) => Key }
      >
    > = {
      AMOUNT_DESC: {
        compare: () => (a, b) => codeUnits(b.position.amount, a.position.amount),
        key: (one) => [one.position.amount],
      },
      MONTHS_DESC: {
        compare: () => (a, b) => b.position.months_late - a.position.months_late,
        key: (one) => [String(one.position.months_late)],
      },
      WORKERS_DESC: {
        compare: (agency) => (a, b) => last(workers(agency, a), workers(agency, b)),
        key: (one) => [String(one.position['workers_affected'])],
      },
      EMPLOYER: { compare: () => () => 0, key: () => [] },
    };
    const names = Object.keys(orders);
    const readersOfOrders = ['si-dien-bien', 'si-tua-chua', 'labour-nghe-an', ...unions];
    const cell = names.flatMap((name) => readersOfOrders.map((agency) => [name, agency] as const));

    test.each(cell)('%s for %s', async (name, agency) => {
      const { compare, key } = orders[name]!;
      const inOrder = (a: Mark, b: Mark) => compare(agency)(a, b) || codeUnits(a.id, b.id);
      const own = employersOf(agency).sort(inOrder);
      const rows = await all(agency, 'debtPositions', `orderBy: ${name}`, 'employer { code }');
      expect(rows.map((row) => row.employer.code)).toEqual(own.map(({ id }) => id));

      // The place of a hidden row, and of a hidden number of a row that is not: both made up here.
      const hidden = marks.filter((one) => !meets(agency, one)).slice(0, 12);
      const fields = hidden.map((one, i) => {
        const values = [...key(one), one.id, String(one.position['id'])];
        const cursor = Buffer.from(JSON.stringify([`debtPositions ${name}`, values]));
        return `p${i}: debtPositions(first: 100, orderBy: ${name}, after: "${cursor.toString('base64url')}") {
          nodes { employer { code } } }`;
      });
      const data = await answer(agency, `{ ${fields.join('\n')} }`);
      hidden.forEach((one, i) => {
        const number = Number(one.position['workers_affected']);
        const before = (a: Mark) =>
          name === 'WORKERS_DESC'
            ? last(number, workers(agency, a)) || codeUnits(one.id, a.id)
            : inOrder(one, a);
        expect(data[`p${i}`].nodes.map((row: any) => row.employer.code)).toEqual(
          own.filter((a) => before(a) < 0).map(({ id }) => id),
        );
      });
    });

    const lists = ['press-vn', 'union-dien-bien', 'si-tua-chua', 'labour-dien-bien'];
    test.each(lists)('the pages of entries after a hidden entry, for %s', async (agency) => {
      const own = entriesOf(agency);
      const hidden = listMarks
        .flatMap((one) => one.entries.map(({ row }) => row))
        .filter((row) => !own.includes(row))
        .slice(0, 15);
      const amount = (row: Row) => String(row['amount']);
      const fields = hidden.map((row, i) => {
        const value = ['statutoryListEntries AMOUNT_DESC', [amount(row), row['id']]];
        const cursor = Buffer.from(JSON.stringify(value)).toString('base64url');
        return `p${i}: statutoryListEntries(first: 100, where: {latest: false}, after: "${cursor}") {
          nodes { code } }`;
      });
      const data = await answer(agency, `{ ${fields.join('\n')} }`);
      hidden.forEach((row, i) => {
        const later = own.filter((a) => codeUnits(amount(a), amount(row)) < 0);
        const expected = later.sort((a, b) => codeUnits(amount(b), amount(a)));
        expect(data[`p${i}`].nodes.map((node: any) => node.code)).toEqual(
          expected.map(({ id }) => id),
        );
      });
    });
  });

  test.each(insiders)('what is owed and paid is %s’s own, and so are its sums', async (agency) => {
    const own = marks.filter((one) => meetsMoney(agency, one));
    const rows = await all(agency, 'obligations', '', 'due employer { code }');
    expect(rows.map((row) => row.employer.code)).toEqual(sorted(own.map(({ id }) => id)));
    for (const by of [
      'STATE',
      'MONTHS_BAND',
      'SIZE_BAND',
      'SECTOR',
      'OWNERSHIP',
      'OFFICE',
      'AREA',
      'FUND',
    ]) {
      const { data } = await gateway.ask(
        agency,
        `{ debtSummary(by: ${by}) { employers amount workersAffected groups { code employers amount } } }`,
      );
      const sum = (column: string) =>
        own.reduce((total, one) => total + BigInt(String(one.position[column])), 0n);
      expect(data.debtSummary).toMatchObject({
        employers: String(own.length),
        amount: String(sum('amount')),
        workersAffected: String(sum('workers_affected')),
      });
      const { groups } = data.debtSummary;
      const amounts = groups.reduce((sum: bigint, one: any) => sum + BigInt(one.amount), 0n);
      expect(amounts).toBe(sum('amount'));
      const counted = groups.map((group: any) => Number(group.employers));
      // Each owes to two funds and is in one group of everything else.
      if (by === 'FUND') {
        expect(groups.map((group: any) => group.code)).toEqual(['ACCIDENT', 'RETIREMENT']);
        expect(counted).toEqual([own.length, own.length]);
        continue;
      }
      expect(counted.reduce((a: number, b: number) => a + b, 0)).toBe(own.length);
    }
  });

  test.each(readers)('statutory lists and entries give %s exactly its own', async (agency) => {
    const lists = await all(agency, 'statutoryLists', '', 'code entries { code list { code } }');
    expect(sorted(lists.map(({ code }) => code as string))).toEqual(sorted(listIdsOf(agency)));
    const ids = sorted(entriesOf(agency).map((row) => String(row['id'])));
    const nested = lists.flatMap((one) => one.entries.map((row: any) => [row.code, row.list.code]));
    expect(nested.filter(([code]) => !ids.includes(code as string))).toEqual([]);
    const entries = await all(
      agency,
      'statutoryListEntries',
      'where: {latest: false}',
      'code list { code }',
    );
    expect(sorted(entries.map(({ code }) => code as string))).toEqual(ids);
    const known = new Set(listIdsOf(agency));
    for (const row of entries) {
      const of = (row.code as string).slice(0, -2);
      expect(row.list).toEqual(known.has(of) ? { code: of } : null);
    }
    // In force is the newest public version, for those who see drafts too.
    const inForce = await all(agency, 'statutoryLists', 'where: {latest: true}', 'code');
    const expected = listMarks.filter(({ state }) => state === 'endslater').map(({ id }) => id);
    expect(sorted(inForce.map(({ code }) => code as string))).toEqual(sorted(expected));
    for (const condition of ['', 'search: "list-"', 'amountMin: 1', 'monthsLateMin: 1']) {
      const rows = await all(
        agency,
        'statutoryListEntries',
        `where: {${condition}}`,
        'code list { code }',
      );
      expect(new Set(rows.map((row) => row.list.code))).toEqual(new Set(expected));
    }
  });

  const nodesOf = (agency: string): [type: string, key: string, isMet: boolean][] => [
    ...marks.flatMap((one): [string, string, boolean][] => {
      const [row, money] = [meets(agency, one), meetsMoney(agency, one)];
      const position = String(one.position['id']);
      return [
        ['Employer', one.id, row],
        ['DebtPosition', position, row && money],
        ['DebtPosition', `${position}-party`, row && !money],
        ['Obligation', `${one.id}|2031-01`, money],
        ['Payment', `payment-${one.id}-2031-01-15`, money],
      ];
    }),
    ...marks.flatMap((one) =>
      (one.rows.events ?? []).map((row): [string, string, boolean] => {
        const id = String(row['id']);
        return ['DebtEvent', id, eventIdsOf(agency).includes(id)];
      }),
    ),
    ...presenceKeysOf('si-vn').map((key): [string, string, boolean] => [
      'UnionPresence',
      key,
      presenceKeysOf(agency).includes(key),
    ]),
    ...listMarks.flatMap((one): [string, string, boolean][] => [
      ['StatutoryList', one.id, meetsList(agency, one)],
      ...one.entries.map(({ row }): [string, string, boolean] => {
        return ['StatutoryListEntry', String(row['id']), entriesOf(agency).includes(row)];
      }),
    ]),
  ];

  test.each([...readers, 'audit-vn', 'steward-vn'])(
    'node() gives %s its rows only',
    async (agency) => {
      const isReader = readers.includes(agency);
      const nodes = nodesOf(agency);
      expect(nodes.length).toBeGreaterThan(600);
      for (let from = 0; from < nodes.length; from += 20) {
        const some = nodes.slice(from, from + 20);
        const fields = some.map(
          ([type, key], i) => `n${i}: node(id: "${globalId(type, key)}") { id }`,
        );
        const data = await answer(agency, `{ ${fields.join('\n')} }`);
        some.forEach(([type, key, isMet], i) => {
          const expected = isMet && isReader ? { id: globalId(type, key) } : null;
          expect(data[`n${i}`], `${type} ${key}`).toEqual(expected);
        });
      }
    },
  );

  test.each([...unions, ...press, 'si-nghe-an', 'labour-lao-cai', 'audit-vn'])(
    'hidden and unknown look alike to %s, byte for byte',
    async (agency) => {
      const stranger = (key: string) => key.replace(/[a-z]+$/, (word) => 'x'.repeat(word.length));
      // Of a place where the agency holds nothing, and its union did nothing either.
      const key = agency === 'union-dien-bien' ? 'mark-nghean-absent' : 'mark-hanoi-absent';
      const hidden: [string, string][] = [
        ['Employer', key],
        ['DebtPosition', `position-${key}`],
        ['DebtEvent', `event-foreign-${key}`],
        ['StatutoryList', 'list-hanoi-embargoed'],
        ['StatutoryList', 'list-hanoi-withdrawn'],
      ];
      for (const [type, id] of hidden) {
        const ask = (asked: string) =>
          gateway.ask(agency, 'query ($id: ID!) { node(id: $id) { __typename id } }', {
            variables: { id: globalId(type, asked) },
          });
        const real = await ask(id);
        expect(real.data).toEqual({ node: null });
        expect(comparable(real)).toEqual(comparable(await ask(stranger(id))));
      }
      const questions = [
        'debtPositions(where: {employer: "KEY"}) { totalCount nodes { amount } pageInfo { endCursor } }',
        'debtEvents(where: {employer: "KEY"}) { totalCount nodes { amount } }',
        'employers(where: {unitCode: "unit-KEY"}) { totalCount nodes { code } }',
        'employers(where: {search: "KEY"}) { totalCount nodes { code } }',
        'obligations(where: {employer: "KEY"}) { totalCount nodes { due } }',
        'statutoryListEntries(where: {unitCode: "unit-KEY", latest: false}) { totalCount }',
      ];
      for (const question of questions) {
        for (const id of [key, 'list-hanoi-embargoed-a']) {
          const ask = (asked: string) =>
            gateway.ask(agency, `{ ${question.replace('KEY', asked)} }`);
          expect(comparable(await ask(id)), question).toEqual(comparable(await ask(stranger(id))));
        }
      }
    },
  );

  describe('what a role may not know does not exist for it', () => {
    const typeNames = async (agency: string) =>
      (await answer(agency, '{ __schema { types { name } } }')).__schema.types.map(
        ({ name }: { name: string }) => name,
      ) as string[];

    test.each([...press, 'audit-vn', 'steward-vn'])(
      'employers and debts for %s',
      async (agency) => {
        const names = await typeNames(agency);
        expect([...partyTypes, ...insiderTypes].filter((name) => names.includes(name))).toEqual([]);
        expect(names.includes('StatutoryListEntry')).toBe(press.includes(agency));
      },
    );

    test.each(unions)('obligations, payments and sums for %s', async (agency) => {
      const names = await typeNames(agency);
      expect(insiderTypes.filter((name) => names.includes(name))).toEqual([]);
      expect(partyTypes.filter((name) => !names.includes(name))).toEqual([]);
    });

    const partyQuestions = [
      'employers { totalCount }',
      'debtPositions(orderBy: AMOUNT_DESC) { nodes { amount } }',
      'debtPositions { nodes { funds { fund amount } } }',
      'debtEvents { totalCount }',
      'unionPresences { totalCount }',
    ];
    const insiderQuestions = [
      'obligations { totalCount }',
      'debtSummary(by: STATE) { employers }',
      'debtSummary(by: FUND) { groups { code amount } }',
    ];
    const never: [string, string][] = [
      ...[...press, 'audit-vn', 'steward-vn'].flatMap((agency) =>
        [...partyQuestions, ...insiderQuestions].map((question): [string, string] => [
          agency,
          question,
        ]),
      ),
      ...unions.flatMap((agency) =>
        [
          ...insiderQuestions,
          'employers { nodes { obligations { due } } }',
          'employers { nodes { payments { amount } } }',
          'debtPositions { nodes { funds { fund amount } } }',
          'employers { nodes { positions { funds { amount } } } }',
        ].map((question): [string, string] => [agency, question]),
      ),
      ...['audit-vn', 'steward-vn'].flatMap((agency): [string, string][] => [
        [agency, 'statutoryLists { totalCount }'],
        [agency, 'statutoryListEntries { totalCount }'],
      ]),
      ...[...press, ...unions].flatMap((agency): [string, string][] => [
        [agency, 'statutoryLists { nodes { withdrawnAt } }'],
        [agency, 'statutoryLists { nodes { preparedBy } }'],
      ]),
      ['labour-vn', 'statutoryLists { nodes { preparedBy } }'],
      ['labour-vn', 'statutoryLists { nodes { approvedBy } }'],
    ];
    test.each(never)('%s: %s', async (agency, question) => {
      const { data, errors, text } = await gateway.ask(agency, `{ ${question} }`);
      expect(data).toBeNull();
      expect(errors.map((error) => error.extensions.code)).toEqual(['DOCUMENT_INVALID']);
      expect(text).not.toMatch(markedNumbers);
    });

    test.each(['employers', 'debtPositions', 'statutoryLists'])(
      'a lapsed agreement opens no %s',
      async (field) => {
        const { data, errors } = await gateway.ask('union-expired', `{ ${field} { totalCount } }`);
        expect(data).toBeNull();
        expect(errors.map((error) => error.extensions.code)).toEqual(['GRANT_EXPIRED']);
      },
    );
  });

  const faults = [
    'statutoryListEntries(first: 0) { totalCount }',
    'statutoryListEntries(after: "x") { totalCount }',
    'statutoryListEntries(where: {within: {code: "VN"}}) { totalCount }',
    'statutoryLists(where: {timePeriod: "soon"}) { totalCount }',
  ];
  const partyFaults = [
    'employers(where: {sector: "NONE", unitCode: "unit-mark-hanoi-absent"}) { totalCount }',
    'employers(where: {office: "NONE"}) { totalCount }',
    'debtPositions(where: {within: {code: "03127", vintage: "2025-07"}}) { totalCount }',
    'debtPositions(orderBy: WORKERS_DESC, after: "x") { totalCount }',
    'employers { nodes { positions(first: 0) { id } } }',
  ];
  test.each([
    ...faults.map((field) => [field, readers] as const),
    ...partyFaults.slice(0, 4).map((field) => [field, parties] as const),
    ...partyFaults.slice(4).map((field) => [field, unions] as const),
  ])('the refusal of %s is the same for all', async (field, agencies) => {
    const texts = new Set<string>();
    for (const agency of agencies) {
      const { errors, text } = await gateway.ask(agency, `{ ${field} }`);
      expect(errors.length).toBeGreaterThan(0);
      expect(errors[0]!.extensions.code).not.toBe('INTERNAL');
      expect(text).not.toMatch(markedNumbers);
      texts.add(text);
    }
    expect(texts.size).toBe(1);
  });
});
