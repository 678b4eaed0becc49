/** The file of targets says what `targets` says to the same reader; figures and targets can be had as of an instant. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, download, exportRecords } from '../observation/export-support.ts';
import { readSdmxCsv, readStructures, type SdmxComponent } from '../observation/sdmx-reader.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';

const listText = `query Targets($where: TargetFilter, $asOf: DateTime, $after: String) {
  targets(first: 200, after: $after, where: $where, asOf: $asOf) {
    nodes { refArea { code vintage } indicator scheme schemeComponents participantGroup timePeriod periodBasis value
      decimals unit denominator qualifier obsStatus confStatus source { code } locator figureId kind statement assignedBy
      instrument { code } resultIds reliability comment contributor knownFrom }
    pageInfo { hasNextPage endCursor } } }`;

/** What GraphQL says of a target, in the file's terms; a text that a spreadsheet would compute has an apostrophe. */
function inFile(node: any): object {
  const some = (values: string[]) => (values.length > 0 ? values : null);
  const text = (value: string | null) => value?.replace(/^(?=[=+\-@'])/, "'") ?? null;
  const cells = {
    REF_AREA: `${node.refArea.code}@${node.refArea.vintage}`,
    INDICATOR: node.indicator ?? '_Z',
    SCHEME: node.scheme ?? '_Z',
    PARTICIPANT_GROUP: node.participantGroup ?? '_Z',
    SOURCE: node.source.code,
    FIGURE: node.figureId,
    TIME_PERIOD: node.timePeriod,
    OBS_VALUE: node.value,
    OBS_STATUS: node.obsStatus,
    CONF_STATUS: node.confStatus,
    UNIT_MEASURE: node.unit,
    DECIMALS: node.decimals === null ? null : String(node.decimals),
    DENOMINATOR: node.denominator,
    QUALIFIER: node.qualifier,
    PERIOD_BASIS: node.periodBasis,
    SCHEME_COMPONENTS: some(node.schemeComponents),
    TARGET_KIND: node.kind,
    STATEMENT: text(node.statement),
    INSTRUMENT: node.instrument?.code ?? null,
    ASSIGNED_BY: node.assignedBy,
    RELIABILITY: node.reliability,
    RESULT: some(node.resultIds),
    CONTRIBUTOR: node.contributor,
    KNOWN_FROM: node.knownFrom,
    LOCATOR: text(node.locator),
    COMMENT: text(node.comment),
  };
  return Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== null));
}

describe('a file of targets', () => {
  let gateway: TestGateway;
  let structures: Map<string, SdmxComponent[]>;
  beforeAll(async () => {
    gateway = await openGateway();
    const response = await download(gateway, 'press-vn', '/export/structure');
    structures = readStructures(await response.json());
  });
  afterAll(() => gateway.close());

  const linkTexts = {
    exportTargets: `mutation Link($where: TargetFilter, $asOf: DateTime) {
      exportTargets(where: $where, asOf: $asOf) { url } }`,
    exportObservations: `mutation Link($where: ObservationFilter, $asOf: DateTime) {
      exportObservations(where: $where, asOf: $asOf) { url } }`,
  };
  const askLink = (agency: string, name: keyof typeof linkTexts, variables: object) =>
    gateway.ask(agency, linkTexts[name], { variables: { ...variables } });

  async function rowsOf(agency: string, name: keyof typeof linkTexts, variables: object) {
    const { data, text } = await askLink(agency, name, variables);
    if (!data) throw new Error(text);
    const response = await download(gateway, agency, data[name].url as string);
    return readSdmxCsv(await response.text(), structures);
  }

  async function listed(agency: string, variables: object): Promise<any[]> {
    const nodes: any[] = [];
    for (let after: string | null = null; ;) {
      const reply = await gateway.ask(agency, listText, { variables: { ...variables, after } });
      if (!reply.data) throw new Error(reply.text);
      const page: any = reply.data.targets;
      nodes.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) return nodes;
      after = page.pageInfo.endCursor;
    }
  }

  test.each(['press-vn', 'union-dien-bien', 'si-nghe-an', 'si-vn', 'labour-lao-cai'])(
    '%s reads back what `targets` gives it',
    async (agency) => {
      const found = await rowsOf(agency, 'exportTargets', {});
      expect(found.length).toBeGreaterThan(30);
      const told = found.map(({ PUBLISHED_AT: _, ...cells }) => cells);
      expect(told).toEqual((await listed(agency, {})).map(inFile));
      // Aims in words have no number, and some have no period.
      expect(found.some((row) => row['TARGET_KIND'] === 'QUALITATIVE')).toBe(true);
      const [, completion] = await exportRecords(gateway);
      expect(completion).toMatchObject({ outcome: 'ANSWERED', operationName: 'targets' });
      const given = completion.given as { type: string; rows: number }[];
      expect(given.reduce((sum, { rows }) => sum + rows, 0)).toBe(found.length);
      expect(new Set(given.map(({ type }) => type))).toEqual(new Set(['Target']));
    },
  );

  test('the filter and the instant are those of the graph', async () => {
    const variables = { where: { kind: 'QUANTIFIED', scheme: 'HEALTH_INSURANCE' } };
    const found = await rowsOf('press-vn', 'exportTargets', variables);
    expect(found.map((row) => row['FIGURE'])).toEqual(
      (await listed('press-vn', variables)).map(({ figureId }) => figureId),
    );
    expect(found.length).toBeGreaterThan(3);
    const asOf = '2020-01-01T00:00:00Z';
    expect(await rowsOf('press-vn', 'exportTargets', { asOf })).toEqual([]);
    expect(await rowsOf('press-vn', 'exportObservations', { asOf })).toEqual([]);
    const now = await rowsOf('press-vn', 'exportObservations', {
      asOf: new Date(Date.now() - 1_000).toISOString(),
    });
    expect(now).toEqual(await rowsOf('press-vn', 'exportObservations', {}));
    for (const name of ['exportTargets', 'exportObservations'] as const) {
      const { errors } = await askLink('press-vn', name, { asOf: '2999-01-01T00:00:00Z' });
      expect(errors[0]?.extensions.code).toBe('AS_OF_IN_FUTURE');
    }
  });

  test('who has no figures has no file of targets', async () => {
    const { data } = await askLink('press-vn', 'exportTargets', {});
    for (const agency of ['audit-vn', 'steward-vn', 'press-nghe-an']) {
      const response = await download(gateway, agency, data.exportTargets.url as string);
      expect([response.status, await codeOf(response)]).toEqual([404, 'EXPORT_UNKNOWN']);
    }
    const { errors } = await askLink('union-expired', 'exportTargets', {});
    expect(errors[0]?.extensions.code).toBe('GRANT_EXPIRED');
  });
});
