/** Campaigns reach whom they may: own territory, published, confirmed parties; and costs nobody else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  activities,
  activitiesMet,
  activityRows,
  amounts,
  campaignRows,
  campaigns,
  campaignsMet,
  costsMet,
  costsOf,
  countOf,
  counts,
  hiddenPartner,
  insertCampaigns,
  keyOfOutput,
  outputs,
  outputsMet,
  reach,
  reachMet,
} from './campaign-marks.ts';
import { readers, withoutFigures } from './marks.ts';
import {
  openGateway,
  storeKindsAtLength,
  type Reply,
  type TestGateway,
} from './support/gateway.ts';

// A node has the shape of its question.
type Node = any;

const globalId = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64');
const cursorOf = (list: string, values: readonly unknown[]) =>
  Buffer.from(JSON.stringify([list, values])).toString('base64url');
const codesOf = (nodes: readonly Node[]): string[] => nodes.map(({ code }) => code);
const isMarked = (code: string) => code.startsWith('mark-');
const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const insurers = readers.filter((agency) => agency.startsWith('si-'));
const others = readers.filter((agency) => !agency.startsWith('si-'));

/** All of an answer but what numbers and dates it. */
function comparable({ status, headers, text: body }: Reply) {
  const { date: _, 'access-record': __, 'request-id': ___, ...rest } = headers;
  return { status, body, headers: rest };
}

describe.each(storeKindsAtLength)('the scope of campaigns on %s', (kind) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ kind, prepare: insertCampaigns });
  });
  afterAll(() => gateway.close());

  /** Every answer is read for numbers that its reader may not meet. */
  async function ask(agency: string, query: string, variables = {}): Promise<Reply> {
    const reply = await gateway.ask(agency, query, { variables });
    const ownAmounts = new Set(
      costsMet(agency).flatMap((code) =>
        costsOf(code).flatMap(({ budget, spent }) => [budget, spent]),
      ),
    );
    const ownCounts = new Set(outputsMet(agency).map(countOf));
    const met = (pattern: RegExp) => (reply.text.match(pattern) ?? []).map(Number);
    expect(met(amounts).filter((amount) => !ownAmounts.has(amount))).toEqual([]);
    expect(met(counts).filter((count) => !ownCounts.has(count))).toEqual([]);
    return reply;
  }
  async function answer(agency: string, query: string, variables = {}): Promise<Node> {
    const { data, errors } = await ask(agency, query, variables);
    expect(errors).toEqual([]);
    return data;
  }

  test('what is marked is met by some and hidden from others', () => {
    for (const met of [campaignsMet, activitiesMet, reachMet]) {
      expect(met('press-vn').length).toBeGreaterThan(0);
      expect(met('si-tua-chua').length).toBe(met('press-vn').length + 1);
      expect(met('si-vn').length).toBeGreaterThan(met('si-nghe-an').length);
    }
    expect(campaignsMet('union-dien-bien')).toContain('mark-tc');
    expect(campaignsMet('union-lao-cai')).toEqual(campaignsMet('press-vn'));
    expect(campaignsMet('si-vn')).toHaveLength(campaigns.length);
  });

  test.each(readers)('%s lists exactly its campaigns, and counts no other', async (agency) => {
    const { campaigns: list } = await answer(
      agency,
      '{ campaigns(first: 200) { totalCount nodes { code nameEn area { code } } } }',
    );
    expect(codesOf(list.nodes)).toEqual(campaignsMet(agency));
    expect(list.totalCount).toBe(list.nodes.length);
  });

  test.each(readers)('%s lists exactly its activities, and counts no other', async (agency) => {
    const { activities: list } = await answer(
      agency,
      '{ activities(first: 200) { totalCount nodes { code campaign { code } } } }',
    );
    expect(codesOf(list.nodes).sort()).toEqual(activitiesMet(agency).sort());
    expect(list.totalCount).toBe(list.nodes.length);
    for (const { code, campaign } of list.nodes as Node[]) {
      const own = activities.find(([activity]) => activity === code)![1];
      const isMet = campaignsMet(agency).includes(own);
      expect(campaign, code).toEqual(isMet ? { code: own } : null);
    }
  });

  test.each(readers)('%s lists exactly its outputs, each once', async (agency) => {
    const { campaignOutputs: list } = await answer(
      agency,
      `{ campaignOutputs(first: 200) { totalCount nodes {
           id figureId value obsStatus confStatus campaign { code } activity { code } partner { code } } } }`,
    );
    expect(list.totalCount).toBe(list.nodes.length);
    const marked = (list.nodes as Node[]).filter(({ figureId }) => isMarked(figureId));
    const found = marked.map(({ id, value }) => [id, value]);
    const expected = outputsMet(agency).map((output) => [
      globalId('CampaignOutput', keyOfOutput(output)),
      countOf(output) === null ? null : String(countOf(output)),
    ]);
    expect(found.sort()).toEqual(expected.sort());
    const knowsPartner = ['si-vn', 'si-nghe-an'].includes(agency);
    for (const { figureId, campaign, activity, partner } of marked) {
      const own = outputs.find(({ figure }) => figure === figureId)!.campaign;
      expect(campaign, figureId).toEqual(campaignsMet(agency).includes(own) ? { code: own } : null);
      expect(activity, figureId).toEqual(
        activitiesMet(agency).includes(own) ? { code: own } : null,
      );
      expect(partner, figureId).toEqual(knowsPartner ? { code: hiddenPartner } : null);
    }
  });

  test.each(readers)('%s lists exactly its audiences and channels', async (agency) => {
    const data = await answer(
      agency,
      `{ audiences(first: 200) { totalCount nodes { code } }
         channelUses(first: 200) { totalCount nodes { code } } }`,
    );
    for (const [list, suffix] of [
      ['audiences', 'aud'],
      ['channelUses', 'chu'],
    ] as const) {
      const { nodes, totalCount } = data[list];
      const met = reachMet(agency).map((code) => `${code}-${suffix}`);
      expect(codesOf(nodes).filter(isMarked), list).toEqual(met);
      expect(totalCount, list).toBe(nodes.length);
    }
  });

  test.each(readers)('node() gives %s its rows and no other', async (agency) => {
    const keys = [
      ...campaigns.map(
        ([code]) => ['Campaign', code, campaignsMet(agency).includes(code)] as const,
      ),
      ...activities.map(
        ([code]) => ['Activity', code, activitiesMet(agency).includes(code)] as const,
      ),
      ...outputs.map(
        (output) =>
          ['CampaignOutput', keyOfOutput(output), outputsMet(agency).includes(output)] as const,
      ),
      ...reach.flatMap(([code]) => [
        ['Audience', `${code}-aud`, reachMet(agency).includes(code)] as const,
        ['ChannelUse', `${code}-chu`, reachMet(agency).includes(code)] as const,
      ]),
      ...campaigns.map(
        ([code]) => ['CampaignCost', `${code}-EVENTS`, costsMet(agency).includes(code)] as const,
      ),
    ];
    for (let from = 0; from < keys.length; from += 20) {
      const some = keys.slice(from, from + 20);
      const fields = some.map(
        ([type, key], i) => `n${i}: node(id: "${globalId(type, key)}") { __typename id }`,
      );
      const data = await answer(agency, `{ ${fields.join('\n')} }`);
      some.forEach(([type, key, isMet], i) => {
        const row = { __typename: type, id: globalId(type, key) };
        expect(data[`n${i}`], `${type} ${key}`).toEqual(isMet ? row : null);
      });
    }
  });

  test.each([
    'press-vn',
    'union-lao-cai',
    'labour-dien-bien',
    'si-lao-cai',
    'audit-vn',
    'steward-vn',
  ])('a hidden id answers %s byte for byte like a random one', async (agency) => {
    const hidden = [
      ['Campaign', 'mark-db'],
      ['Campaign', 'mark-embargo'],
      ['Activity', 'mark-db'],
      ['CampaignCost', 'mark-db-EVENTS'],
      ['CampaignOutput', 'mark-out-embargo-published'],
      ['Audience', 'mark-reach-db-aud'],
    ] as const;
    for (const [type, key] of hidden) {
      const query = 'query ($id: ID!) { node(id: $id) { __typename id } }';
      const [real, random] = [
        await ask(agency, query, { id: globalId(type, key) }),
        await ask(agency, query, { id: globalId(type, key.replaceAll(/\w/g, 'x')) }),
      ];
      expect(real.data).toEqual({ node: null });
      expect(comparable(real)).toEqual(comparable(random));
    }
  });

  test.each(readers)('lists inside campaigns give %s its rows only', async (agency) => {
    const { campaigns: list } = await answer(
      agency,
      `{ campaigns(first: 10) { nodes { code
           activities(first: 5) { code outputs(first: 20) { figureId value } outcomes { figureId value } }
           outputs(first: 20) { figureId value refArea { nameVi province { code } } source { title nature } }
           parties { role partner { code } confirmedAt } } } }`,
    );
    const metOutputs = (campaign: string) =>
      outputsMet(agency)
        .filter((output) => output.campaign === campaign)
        .map((output) => [output.figure, countOf(output) === null ? null : String(countOf(output))])
        .sort();
    const pairs = (nodes: Node[]) => nodes.map(({ figureId, value }) => [figureId, value]).sort();
    const knowsSmallCount = [
      'si-vn',
      'si-dien-bien',
      'si-tua-chua',
      'labour-vn',
      'labour-dien-bien',
    ];
    for (const campaign of list.nodes as Node[]) {
      const own = activities.filter(([, of]) => of === campaign.code).map(([code]) => code);
      const met = own.filter((code) => activitiesMet(agency).includes(code));
      expect(codesOf(campaign.activities).sort(), campaign.code).toEqual(met.sort());
      expect(pairs(campaign.outputs), campaign.code).toEqual(metOutputs(campaign.code));
      for (const { refArea, source } of campaign.outputs as Node[]) {
        expect(refArea.nameVi).toMatch(/./);
        expect(source).toMatchObject({ title: expect.any(String), nature: 'REPORTED' });
      }
      for (const activity of campaign.activities as Node[]) {
        const counted = activity.code === campaign.code ? metOutputs(campaign.code) : [];
        expect(pairs(activity.outputs), activity.code).toEqual(counted);
        expect(activity.outcomes).toEqual([
          { figureId: 'obs-tc-vsi-new-2025-11', value: '53' },
          {
            figureId: 'obs-tc-hi-households-new-2025-11',
            value: knowsSmallCount.includes(agency) ? '4' : null,
          },
        ]);
      }
    }
    const open = list.nodes.find(({ code }: Node) => code === 'mark-open');
    const knowsPartner = ['si-vn', 'si-nghe-an'].includes(agency);
    expect(open.parties).toEqual([
      {
        role: 'CO_ORGANISER',
        partner: knowsPartner ? { code: hiddenPartner } : null,
        confirmedAt: '2026-01-01T07:00:00.000+07:00',
      },
    ]);
  });

  const campaignFilters: readonly [string, (row: (typeof campaignRows)[number]) => boolean][] = [
    ['area: {code: "11", vintage: "2025-07"}', (row) => row.area_id === '11@2025-07'],
    ['area: {code: "VN-DB-TC"}', (row) => row.area_id === 'VN-DB-TC@2025-07'],
    ['area: {code: "10", vintage: "2025-06"}', (row) => row.area_id === '10@2025-06'],
    ['method: PEAK', (row) => row.method === 'PEAK'],
    ['status: RUNNING', (row) => row.status === 'RUNNING'],
    ['from: "2026-08-15"', (row) => row.ends_on >= '2026-08-15'],
    ['to: "2026-03-12"', (row) => row.starts_on <= '2026-03-12'],
    ['topicCode: "VOLUNTARY_SI"', (row) => row.topic_codes.includes('VOLUNTARY_SI')],
  ];
  const activityFilters: readonly [string, (row: (typeof activityRows)[number]) => boolean][] = [
    ['area: {code: "40", vintage: "2025-07"}', (row) => row.area_id === '40@2025-07'],
    ['channel: "CONFERENCE"', (row) => row.channel === 'CONFERENCE'],
    ['form: "INDIRECT"', (row) => row.form === 'INDIRECT'],
    ['audienceCode: "FARMERS"', (row) => row.audience_codes.includes('FARMERS')],
    ['plannedFrom: "2026-03-01"', (row) => row.planned_on >= '2026-03-01'],
    ['plannedTo: "2026-02-28"', (row) => row.planned_on <= '2026-02-28'],
    ['status: PLANNED', (row) => row.status === 'PLANNED'],
    [
      'status: PLANNED plannedFrom: "2026-03-01" plannedTo: "2026-05-31"',
      (row) =>
        row.status === 'PLANNED' &&
        row.planned_on >= '2026-03-01' &&
        row.planned_on <= '2026-05-31',
    ],
  ];

  test.each(readers)('no filter gives %s another row, nor counts one', async (agency) => {
    const fields = [
      ...campaignFilters.map(
        ([where], i) =>
          `c${i}: campaigns(first: 50, where: {${where}}) { totalCount nodes { code } }`,
      ),
      ...activityFilters.map(
        ([where], i) =>
          `a${i}: activities(first: 50, where: {${where}}) { totalCount nodes { code } }`,
      ),
    ];
    const data = await answer(agency, `{ ${fields.join('\n')} }`);
    const expectList = (name: string, where: string, ids: string[]) => {
      const { nodes, totalCount } = data[name];
      expect(codesOf(nodes).sort(), where).toEqual(ids.sort());
      expect(totalCount, where).toBe(ids.length);
    };
    campaignFilters.forEach(([where, keeps], i) => {
      const rows = campaignRows.filter(keeps).map(({ id }) => id);
      expectList(
        `c${i}`,
        where,
        rows.filter((id) => campaignsMet(agency).includes(id)),
      );
    });
    activityFilters.forEach(([where, keeps], i) => {
      const rows = activityRows.filter(keeps).map(({ id }) => id);
      expectList(
        `a${i}`,
        where,
        rows.filter((id) => activitiesMet(agency).includes(id)),
      );
    });
  });

  test.each(readers)('no hidden relation can be asked by its code as %s', async (agency) => {
    const fields = campaigns.map(
      ([code], i) =>
        `o${i}: campaignOutputs(first: 50, where: {campaign: "${code}"}) { totalCount nodes { figureId } }`,
    );
    const data = await answer(
      agency,
      `{ ${fields.join('\n')}
         partner: campaigns(where: {partner: "${hiddenPartner}"}) { totalCount nodes { code } }
         counted: campaignOutputs(where: {partner: "${hiddenPartner}"}) { totalCount } }`,
    );
    campaigns.forEach(([code], i) => {
      const isMet = campaignsMet(agency).includes(code);
      const own = isMet ? outputsMet(agency).filter(({ campaign }) => campaign === code) : [];
      const found = data[`o${i}`].nodes.map(({ figureId }: Node) => figureId);
      expect(found, code).toEqual(own.map(({ figure }) => figure).sort());
      expect(data[`o${i}`].totalCount, code).toBe(own.length);
    });
    const knowsPartner = ['si-vn', 'si-nghe-an'].includes(agency);
    expect(codesOf(data.partner.nodes)).toEqual(knowsPartner ? ['mark-open'] : []);
    expect(data.partner.totalCount).toBe(knowsPartner ? 1 : 0);
    expect(data.counted.totalCount).toBe(knowsPartner ? outputsMet(agency).length : 0);
  });

  const orders = [
    { name: 'CODE', values: () => [], compare: () => 0 },
    {
      name: 'STARTS_ASC',
      values: (row: (typeof campaignRows)[number]) => [`${row.starts_on}T00:00:00.000Z`],
      compare: (a: string, b: string) => text(a, b),
    },
    {
      name: 'STARTS_DESC',
      values: (row: (typeof campaignRows)[number]) => [`${row.starts_on}T00:00:00.000Z`],
      compare: (a: string, b: string) => text(b, a),
    },
  ];
  describe.each(orders)('campaigns in the order $name', ({ name, values, compare }) => {
    const sorted = (agency: string) =>
      campaignRows
        .filter(({ id }) => campaignsMet(agency).includes(id))
        .sort((a, b) => compare(a.starts_on, b.starts_on) || text(a.id, b.id));

    test.each(readers)('pages of %s hold its rows in order and no gap', async (agency) => {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const { campaigns: page }: Node = await answer(
          agency,
          `query ($after: String) { campaigns(first: 2, after: $after, orderBy: ${name}) {
             nodes { code } pageInfo { hasNextPage endCursor } } }`,
          { after },
        );
        seen.push(...codesOf(page.nodes));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(seen).toEqual(sorted(agency).map(({ id }) => id));
    });

    test.each(['press-vn', 'union-dien-bien', 'labour-nghe-an', 'si-lao-cai'])(
      'a cursor of a hidden campaign tells %s nothing',
      async (agency) => {
        const hidden = campaignRows.filter(({ id }) => !campaignsMet(agency).includes(id));
        expect(hidden.length).toBeGreaterThan(3);
        const fields = hidden.map((row, i) => {
          const cursor = cursorOf(`campaigns ${name}`, [...values(row), row.id]);
          return `p${i}: campaigns(first: 50, orderBy: ${name}, after: "${cursor}") {
            totalCount nodes { code } }`;
        });
        const data = await answer(agency, `{ ${fields.join('\n')} }`);
        hidden.forEach((row, i) => {
          const later = sorted(agency).filter(
            (own) => (compare(own.starts_on, row.starts_on) || text(own.id, row.id)) > 0,
          );
          expect(codesOf(data[`p${i}`].nodes), row.id).toEqual(later.map(({ id }) => id));
          expect(data[`p${i}`].totalCount).toBe(campaignsMet(agency).length);
        });
      },
    );
  });

  test.each(['press-vn', 'union-lao-cai', 'si-tua-chua'])(
    'cursors of hidden activities and outputs tell %s nothing',
    async (agency) => {
      const planned = (row: (typeof activityRows)[number]) => `${row.planned_on} ${row.id}`;
      const hidden = activityRows.filter(({ id }) => !activitiesMet(agency).includes(id));
      const own = activityRows
        .filter(({ id }) => activitiesMet(agency).includes(id))
        .sort((a, b) => text(planned(a), planned(b)));
      const fields = hidden.map((row, i) => {
        const day = `${row.planned_on}T00:00:00.000Z`;
        const cursor = cursorOf('activities PLANNED_ASC', [day, row.id]);
        return `a${i}: activities(first: 50, after: "${cursor}") { nodes { code } }`;
      });
      const hiddenOutput = cursorOf('campaignOutputs FIGURE', [
        'mark-out-db',
        'mark-out-db-internal',
      ]);
      const data = await answer(
        agency,
        `{ ${fields.join('\n')}
           o: campaignOutputs(first: 200, after: "${hiddenOutput}") { nodes { figureId } } }`,
      );
      hidden.forEach((row, i) => {
        const later = own.filter((one) => planned(one) > planned(row)).map(({ id }) => id);
        expect(codesOf(data[`a${i}`].nodes), row.id).toEqual(later);
      });
      const figures = data.o.nodes.map(({ figureId }: Node) => figureId).filter(isMarked);
      const after = outputsMet(agency).map(({ figure }) => figure);
      expect(figures).toEqual(after.filter((figure) => figure > 'mark-out-db').sort());
    },
  );

  test.each(readers)('a series adds for %s what it meets, and nothing else', async (agency) => {
    const data = await answer(
      agency,
      `{ outputSeries(area: {code: "40", vintage: "2025-07"}) { code outputs { figureId value }
           computedTotal { value obsStatus confStatus reason formula } } }`,
    );
    const [sessions, contests] = data.outputSeries;
    expect([sessions.code, contests.code]).toEqual(['na-sessions', 'na-contests']);
    const met = outputsMet(agency);
    const own = met.filter(({ figure }) => figure.startsWith('mark-sum'));
    const sum = own.reduce((total, output) => total + countOf(output)!, 0);
    expect(contests.outputs).toHaveLength(own.length);
    expect(contests.computedTotal.value).toBe(String(sum));
    const isInside = ['si-vn', 'si-nghe-an'].includes(agency);
    expect(own).toHaveLength(isInside ? 3 : 2);
    if (!isInside) {
      expect(sessions.computedTotal).toEqual({
        value: null,
        obsStatus: 'Q',
        confStatus: 'C',
        reason: 'Not computed: an input has no value.',
        formula: '',
      });
    } else expect(sessions.computedTotal.value).toMatch(/^\d+$/);
  });

  const costs = 'costs { budget spent items { item budget spent } }';
  test.each(insurers)('%s reads the costs of its own territory, and null elsewhere', async (as) => {
    const { campaigns: list } = await answer(
      as,
      `{ campaigns(first: 50) { nodes { code ${costs} } } }`,
    );
    for (const { code, costs: found } of list.nodes as Node[]) {
      if (!costsMet(as).includes(code)) {
        expect(found, code).toBeNull();
        continue;
      }
      const items = costsOf(code);
      const total = (read: (cost: (typeof items)[number]) => number) =>
        String(items.reduce((sum, cost) => sum + read(cost), 0));
      expect(found, code).toEqual({
        budget: total(({ budget }) => budget),
        spent: total(({ spent }) => spent),
        items: items.map(({ item, budget, spent }) => {
          return { item, budget: String(budget), spent: String(spent) };
        }),
      });
    }
  });

  test('an insurance agency meets published campaigns whose costs are not its own', () => {
    expect(
      campaignsMet('si-tua-chua').filter((code) => !costsMet('si-tua-chua').includes(code)),
    ).toEqual(['mark-later', 'mark-open']);
  });

  test.each(others)('for %s costs are a name that does not exist', async (agency) => {
    const questions = [
      `{ campaigns { nodes { ${costs} } } }`,
      '{ campaigns { nodes { budget } } }',
      '{ campaigns { nodes { spent } } }',
      '{ campaigns(orderBy: BUDGET_DESC) { nodes { code } } }',
      '{ campaigns(where: {budget: "987600005"}) { nodes { code } } }',
      `{ node(id: "${globalId('CampaignCost', 'mark-open-EVENTS')}") { ... on CampaignCost { budget } } }`,
      '{ campaignCosts { nodes { spent } } }',
    ];
    for (const question of questions) {
      const { data, errors } = await ask(agency, question);
      expect(data, question).toBeNull();
      expect(
        errors.map((error) => error.extensions.code),
        question,
      ).toEqual(errors.map(() => 'DOCUMENT_INVALID'));
    }
  });

  test('no role has a filter, an order or an argument on amounts; only SI has a field', async () => {
    const query = `{ __schema { types { name inputFields { name } enumValues { name }
      fields { name args { name } } } } }`;
    for (const agency of [
      'si-vn',
      'labour-vn',
      'union-lao-cai',
      'press-vn',
      'audit-vn',
      'steward-vn',
    ]) {
      const { __schema } = await answer(agency, query);
      const names = (__schema.types as Node[]).flatMap((type) => [
        ...(type.inputFields ?? []).map(({ name }: Node) => `${type.name}.${name}`),
        ...(type.enumValues ?? []).map(({ name }: Node) => `${type.name}.${name}`),
        ...(type.fields ?? []).flatMap(({ name, args }: Node) =>
          args.map((arg: Node) => `${type.name}.${name}(${arg.name})`),
        ),
      ]);
      expect(names.filter((name) => /budget|spent|cost/i.test(name))).toEqual([]);
      const fields = (__schema.types as Node[])
        .flatMap((type) => (type.fields ?? []).map(({ name }: Node) => `${type.name}.${name}`))
        .filter((name) => /budget|spent|costs?\b/i.test(name));
      const own = [
        'Campaign.costs',
        'CampaignCost.budget',
        'CampaignCost.id',
        'CampaignCost.item',
        'CampaignCost.spent',
        'CampaignCosts.budget',
        'CampaignCosts.items',
        'CampaignCosts.spent',
      ];
      const campaignFields = fields.filter((name) => name.startsWith('Campaign'));
      const wanted = own.filter((name) => /budget|spent|costs?\b/i.test(name));
      expect(campaignFields.sort()).toEqual(agency === 'si-vn' ? wanted : []);
    }
  });

  const errors = [
    'campaigns(first: 0) { totalCount }',
    'campaigns(after: "x") { totalCount }',
    'campaigns(where: {topicCode: "nope", partner: "mark-partner"}) { totalCount }',
    'campaigns(where: {area: {code: "15"}}) { totalCount }',
    'activities(where: {plannedFrom: "soon"}) { totalCount }',
    'campaignOutputs(where: {campaign: "mark-db", timePeriod: "soon"}) { totalCount }',
    'outputSeries(area: {code: "99"}) { code }',
    'node(id: "mark-db-EVENTS") { id }',
  ];
  test.each(errors)('the refusal of %s is the same for all', async (field) => {
    const texts = new Set<string>();
    for (const agency of readers) {
      const { errors: found, text: body } = await ask(agency, `{ ${field} }`);
      expect(found).toHaveLength(1);
      expect(found[0]!.extensions.code).not.toBe('INTERNAL');
      texts.add(body);
    }
    expect(texts.size).toBe(1);
  });

  test.each(withoutFigures)('$agency meets nothing of it: $code', async ({ agency, code }) => {
    const lists = ['campaigns', 'activities', 'campaignOutputs', 'audiences', 'channelUses'];
    const fields = [
      ...lists.map((list) => `${list} { totalCount }`),
      'outputSeries(area: {code: "VN"}) { code }',
    ];
    for (const field of fields) {
      const reply = await ask(agency, `{ ${field} }`);
      expect(reply.data, field).toBeNull();
      expect(
        reply.errors.map((error) => error.extensions.code),
        field,
      ).toEqual([code]);
    }
  });

  test.each([
    ['union-dien-bien', 'STATISTICS'],
    ['press-vn', 'WORKER_PROTECTION'],
    ['si-dien-bien', 'PUBLIC_INFORMATION'],
  ])('%s gets nothing for the purpose %s', async (agency, purpose) => {
    const reply = await gateway.ask(agency, '{ campaigns { totalCount } }', { purpose });
    expect(reply.data).toBeNull();
    expect(reply.errors[0]?.extensions.code).toBe('PURPOSE_NOT_GRANTED');
  });
});
