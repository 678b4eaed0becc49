/** A table leaves as a file for whom the graph would give it, and for nobody else: the same rows, told the same way. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseSdmxCsv } from '../../src/observation/sdmx-csv.ts';
import { sentence } from '../../src/platform/errors.ts';
import {
  insertMarks,
  insertRows,
  markedRow,
  markedValues,
  readers,
  valuesMet,
  withoutFigures,
} from '../marks.ts';
import { openGateway, storeKinds, type TestGateway } from '../support/gateway.ts';
import {
  askLink,
  codeOf,
  download,
  exported,
  exportRecords,
  listed,
  makeLink,
} from './export-support.ts';
import { readSdmxCsv, readStructures, type SdmxComponent } from './sdmx-reader.ts';

/** What GraphQL says of a figure, in the file's terms. */
function inFile(node: any): Record<string, string | string[]> {
  const cells: Record<string, string | string[] | null> = {
    REF_AREA: `${node.refArea.code}@${node.refArea.vintage}`,
    INDICATOR: node.indicator,
    BASE_INDICATOR: node.baseIndicator ?? '_Z',
    SCHEME: node.scheme ?? '_Z',
    PARTICIPANT_GROUP: node.participantGroup ?? '_Z',
    SEX: node.sex,
    RESIDENCE: node.residence,
    BREAKDOWN:
      node.breakdown.map(({ dimension, code }: any) => `${dimension}=${code}`).join(';') || '_Z',
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
    SCHEME_COMPONENTS: node.schemeComponents.length > 0 ? node.schemeComponents : null,
    DOMAIN: node.domain,
    CONTRIBUTOR: node.contributor,
    RELEASE: node.release?.code ?? null,
    KNOWN_FROM: node.knownFrom,
    LOCATOR: node.locator,
    COMMENT: node.comment,
  };
  return Object.fromEntries(
    Object.entries(cells).filter((cell): cell is [string, string | string[]] => cell[1] !== null),
  );
}

describe.each(storeKinds)('exports on %s', (kind) => {
  let gateway: TestGateway;
  let owner: pg.Pool | null = null;
  let structures: Map<string, SdmxComponent[]>;

  beforeAll(async () => {
    gateway = await openGateway({
      kind,
      prepare: async (pool) => {
        await insertMarks(pool);
        await pool.query(
          `insert into export_link (id, agency_id, application_id, source, filter, expires_at) values
             ('expired-link-of-press0', 'press-vn', 'press-vn-app', 'observations', '{}', now() - interval '1 minute')`,
        );
        if (kind === 'EMBEDDED') return;
        const { rows } = await pool.query(
          `select current_user as user, inet_server_port() as port, current_database() as name`,
        );
        const [{ user, port, name }] = rows as [{ user: string; port: number; name: string }];
        owner = new pg.Pool({
          connectionString: `postgresql://${user}@127.0.0.1:${port}/${name}`,
          max: 1,
        });
        owner.on('error', () => undefined);
      },
    });
    const response = await download(gateway, 'press-vn', '/export/structure');
    structures = readStructures(await response.json());
  });
  afterAll(async () => {
    await owner?.end();
    await gateway.close();
  });

  test.each(readers)(
    '%s reads back what `observations` gives it, and no other mark',
    async (agency) => {
      const text = await exported(gateway, agency);
      const found = readSdmxCsv(text, structures);
      const nodes = await listed(gateway, agency);
      expect(found.length).toBeGreaterThan(50);
      // GraphQL does not tell the instant of publication of a single figure.
      const told = found.map(({ PUBLISHED_AT: _, ...cells }) => cells);
      expect(told).toEqual(nodes.map(inFile));
      const met = valuesMet(agency);
      expect((text.match(markedValues) ?? []).filter((value) => !met.has(value))).toEqual([]);
    },
  );

  test('our own reader takes the file apart as it was put together', async () => {
    const text = await exported(gateway, 'si-dien-bien');
    const rows = parseSdmxCsv(text).map(({ cells }) => cells);
    const nodes = await listed(gateway, 'si-dien-bien');
    const values = (node: any) => [node.figureId, node.value, node.timePeriod, node.locator];
    expect(
      rows.map((row) => [row['FIGURE'], row['OBS_VALUE'], row['TIME_PERIOD'], row['LOCATOR']]),
    ).toEqual(nodes.map(values));
  });

  test('a suppressed figure is an empty cell with its statuses, and is counted as withheld', async () => {
    const text = await exported(gateway, 'press-vn', { figureId: 'mark-both-db' });
    const [row] = readSdmxCsv(text, structures);
    expect(row).toMatchObject({ OBS_STATUS: 'Q', CONF_STATUS: 'C' });
    expect(row).not.toHaveProperty('OBS_VALUE');
    expect(row).not.toHaveProperty('DECIMALS');
    const [, completion] = await exportRecords(gateway);
    expect(completion.withheld).toEqual([{ reason: 'SUPPRESSED', cells: 1 }]);
    const inside = readSdmxCsv(
      await exported(gateway, 'si-dien-bien', { figureId: 'mark-both-db' }),
      structures,
    );
    expect(inside[0]).toMatchObject({ OBS_VALUE: expect.stringMatching(/^9876/) });
    expect((await exportRecords(gateway))[1].withheld).toEqual([]);
  });

  test('the filter is that of the graph, and a bad one is refused before there is a link', async () => {
    const where = { area: { code: '15', vintage: '2025-06' }, from: '1990', to: '2024' };
    const text = await exported(gateway, 'si-lao-cai', where);
    const found = readSdmxCsv(text, structures);
    // Beside the population of its years.
    const ids = found.map(({ FIGURE }) => String(FIGURE));
    const marked = ids.filter((id) => id.startsWith('mark-'));
    expect(marked.sort()).toEqual(['mark-both-yb', 'mark-yb-old']);
    expect(found.every(({ TIME_PERIOD }) => String(TIME_PERIOD) < '2025')).toBe(true);
    expect(new Set(found.map(({ REF_AREA }) => REF_AREA))).toEqual(new Set(['15@2025-06']));
    for (const [bad, code] of [
      [{ scheme: 'NO_SUCH' }, 'CODE_UNKNOWN'],
      [{ from: 'yesterday' }, 'PERIOD_MALFORMED'],
      [{ area: { code: '99999', vintage: '2025-07' } }, 'AREA_UNKNOWN'],
    ] as const) {
      const { data, errors } = await askLink(gateway, 'press-vn', bad);
      expect([data, errors[0]?.extensions.code]).toEqual([null, code]);
    }
  });

  test.each(withoutFigures)('$agency gets no link: $code', async ({ agency, code }) => {
    const { data, errors } = await askLink(gateway, agency);
    expect([data, errors[0]?.extensions.code]).toEqual([null, code]);
    const url = await makeLink(gateway, 'press-vn');
    const response = await download(gateway, agency, url);
    expect([response.status, await codeOf(response)]).toEqual([404, 'EXPORT_UNKNOWN']);
  });

  test('a link is of its agency and application: for others it is as if it were not there', async () => {
    const url = await makeLink(gateway, 'press-vn');
    const invented = '/export/AAAAAAAAAAAAAAAAAAAAAA';
    const answer = async (agency: string, path: string) => {
      const response = await download(gateway, agency, path);
      return [response.status, await response.text(), [...response.headers.keys()].sort()];
    };
    const none = await answer('press-nghe-an', invented);
    expect(none[0]).toBe(404);
    expect(await answer('press-nghe-an', url)).toEqual(none);
    expect(await answer('press-nghe-an', '/export/expired-link-of-press0')).toEqual(none);
    expect(await answer('press-nghe-an', '/export/../x')).not.toEqual(none);
    const response = await download(gateway, 'press-vn', url);
    expect(response.status).toBe(200);
    await response.text();
  });

  test('an expired link says so, in the language that was asked for', async () => {
    const url = '/export/expired-link-of-press0';
    const response = await download(gateway, 'press-vn', url, {
      headers: { 'accept-language': 'vi' },
    });
    const { errors } = (await response.json()) as { errors: any[] };
    expect(response.status).toBe(410);
    const { code, expiresAt } = errors[0].extensions;
    expect(code).toBe('EXPORT_EXPIRED');
    expect(errors[0].message).toBe(sentence('EXPORT_EXPIRED', { expiresAt }, 'vi'));
  });

  test('the link alone opens nothing: it needs the token, the purpose and the grants of the moment', async () => {
    const url = await makeLink(gateway, 'press-vn');
    const without = await download(gateway, 'press-vn', url, { token: null });
    expect([without.status, await codeOf(without)]).toEqual([401, 'TOKEN_MISSING']);
    const purposeless = await download(gateway, 'press-vn', url, {
      headers: { 'purpose-of-use': '' },
    });
    expect([purposeless.status, await codeOf(purposeless)]).toEqual([403, 'PURPOSE_REQUIRED']);
    const other = await download(gateway, 'press-vn', url, {
      headers: { 'purpose-of-use': 'AUDIT' },
    });
    expect([other.status, await codeOf(other)]).toEqual([403, 'PURPOSE_NOT_GRANTED']);
  });

  test('it holds for ten minutes, tells nothing of the filter, and the database holds it to that', async () => {
    const asked = Date.now();
    const { data } = await askLink(gateway, 'press-vn', { scheme: 'VOLUNTARY_SI' });
    const { url, expiresAt } = data.exportObservations;
    expect(url).toMatch(/^\/export\/[A-Za-z0-9_-]{22}$/);
    const left = new Date(expiresAt as string).getTime() - asked;
    expect(left).toBeGreaterThan(9 * 60_000);
    expect(left).toBeLessThan(11 * 60_000);
  });

  test('both records: what it may give before the first byte, what it gave after the last', async () => {
    const url = await makeLink(gateway, 'labour-dien-bien', { domain: 'FINANCE' });
    const response = await download(gateway, 'labour-dien-bien', url);
    const text = await response.text();
    const rows = readSdmxCsv(text, structures);
    const [intent, completion] = await exportRecords(gateway);
    expect(response.headers.get('access-record')).toBe(intent.number);
    expect(response.headers.get('export-rows')).toBe(String(rows.length));
    expect(intent).toMatchObject({ outcome: 'INTENDED', rowsMax: rows.length, given: [] });
    expect(completion).toMatchObject({
      outcome: 'ANSWERED',
      errorCode: null,
      intent: intent.number,
      requestId: intent.requestId,
      operationName: 'observations',
      rowsMax: null,
    });
    expect(completion.topics).toContain('FINANCE');
    const given = completion.given as { type: string; provider: string; rows: number }[];
    expect(new Set(given.map(({ type }) => type))).toEqual(new Set(['RecordedObservation']));
    for (const { provider, rows: count } of given) {
      expect(rows.filter(({ CONTRIBUTOR }) => CONTRIBUTOR === provider)).toHaveLength(count);
    }
    expect(completion.areaCount).toBe(new Set(rows.map(({ REF_AREA }) => REF_AREA)).size);
  });

  test.each([
    [undefined, 'application/vnd.sdmx.data+csv; version=2.0.0; labels=id; charset=utf-8'],
    ['text/csv', 'text/csv; charset=utf-8; header=present'],
    [
      'application/vnd.sdmx.data+csv; version=2.0.0; keys=both',
      'application/vnd.sdmx.data+csv; version=2.0.0; labels=id; keys=both; charset=utf-8',
    ],
    ['application/vnd.sdmx.data+csv; version=2.0.0; labels=both', null],
    ['application/vnd.sdmx.data+csv; version=1.0.0', null],
    ['application/xml', null],
  ])('Accept: %s', async (accept, type) => {
    const url = await makeLink(gateway, 'press-vn', { domain: 'ENROLLMENT' });
    const response = await download(gateway, 'press-vn', url, {
      headers: accept === undefined ? {} : { accept },
    });
    if (type === null) {
      expect([response.status, await codeOf(response)]).toEqual([406, 'NOT_ACCEPTABLE']);
      return;
    }
    expect(response.headers.get('content-type')).toBe(type);
    const text = await response.text();
    expect(text.includes('SERIES_KEY,OBS_KEY')).toBe(accept?.includes('keys') ?? false);
    expect(readSdmxCsv(text, structures).length).toBeGreaterThan(10);
  });

  test('the structure is for everyone with a grant, and is recorded', async () => {
    const response = await download(gateway, 'audit-vn', '/export/structure');
    expect(response.status).toBe(200);
    expect(response.headers.get('access-record')).not.toBeNull();
    const expired = await download(gateway, 'union-expired', '/export/structure');
    expect([expired.status, await codeOf(expired)]).toEqual([403, 'GRANT_EXPIRED']);
  });

  test('a grant that was suspended meanwhile closes the link, an embargoed row leaves the file as it was', async () => {
    if (!owner) return;
    const where = { domain: 'ENROLLMENT' };
    const before = await exported(gateway, 'press-vn', where);
    await insertRows(owner, 'observation', [
      markedRow(['mark-late-embargo', '11@2025-07', 'ENROLLMENT'], 'PUBLISHED', {
        published_at: '2999-01-01',
      }),
    ]);
    expect(await exported(gateway, 'press-vn', where)).toBe(before);

    const url = await makeLink(gateway, 'union-lao-cai');
    await owner.query(`update "grant" set state = 'SUSPENDED' where id = 'grant-union-lao-cai'`);
    const response = await download(gateway, 'union-lao-cai', url);
    expect([response.status, await codeOf(response)]).toEqual([403, 'GRANT_NOT_ACTIVE']);
    await owner.query(`update "grant" set state = 'ACTIVE' where id = 'grant-union-lao-cai'`);
  });

  test('a link is honoured by every gateway of the database', async () => {
    if (kind === 'EMBEDDED') return;
    const another = await gateway.openAnother();
    try {
      const url = await makeLink(gateway, 'press-vn');
      const response = await download(another, 'press-vn', url);
      expect(response.status).toBe(200);
      expect(readSdmxCsv(await response.text(), structures)).toHaveLength(
        Number(response.headers.get('export-rows')),
      );
    } finally {
      await another.close();
    }
  });
});
