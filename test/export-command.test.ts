/** `lienthong export` writes a whole file or none, and says what to do when there is none. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportTable } from '../src/commands/export.ts';
import {
  observationsQuestion,
  questionOfTable,
  type LinkQuestion,
} from '../src/commands/export-tables.ts';
import { silentProgress } from '../src/commands/progress.ts';
import { sentence } from '../src/platform/errors.ts';
import { readRecords } from './observation/sdmx-reader.ts';
import { openGateway, type TestGateway } from './support/gateway.ts';

let gateway: TestGateway;
let directory: string;
beforeAll(async () => {
  gateway = await openGateway();
  directory = mkdtempSync(path.join(tmpdir(), 'lienthong-export-'));
});
afterAll(async () => {
  await gateway.close();
  rmSync(directory, { recursive: true, force: true });
});

const wishes = async (name: string, table: LinkQuestion = observationsQuestion({})) => ({
  url: gateway.gateway.address,
  token: await gateway.token('press-vn'),
  language: 'vi',
  table,
  output: path.join(directory, name),
});

describe('lienthong export', () => {
  test('writes all rows, and tells how many', async () => {
    const asked = await wishes('whole.csv', observationsQuestion({ scheme: 'HEALTH_INSURANCE' }));
    const shown: string[] = [];
    const progress = {
      show: (done: number, total: number) => void shown.push(`${done}/${total}`),
      end: () => undefined,
    };
    const rows = await exportTable(asked, progress);
    expect(rows).toBeGreaterThan(5);
    expect(readRecords(readFileSync(asked.output, 'utf8'))).toHaveLength(rows + 1);
    expect(shown.at(-1)).toBe(`${rows}/${rows}`);
  });

  test('what the gateway refuses is said in its words, and there is no file', async () => {
    const asked = await wishes('refused.csv', observationsQuestion({ scheme: 'NO_SUCH' }));
    await expect(exportTable(asked, silentProgress())).rejects.toThrow(
      sentence('CODE_UNKNOWN', { list: 'SCHEME', code: 'NO_SUCH' }, 'vi'),
    );
    expect(readdirSync(directory).filter((name) => name.startsWith('refused'))).toEqual([]);
  });

  test('a series is asked for by the options of its arguments', async () => {
    const options = { area: '15@2025-07', indicator: 'POPULATION_COUNT', from: '2020', to: '2024' };
    const table = questionOfTable('series', { ...options, boundaries: 'CURRENT', asOf: undefined });
    const asked = await wishes('series.csv', table);
    // Five years of the province, each the sum of two.
    expect(await exportTable(asked, silentProgress())).toBe(5);
    const [head = [], line = []] = readRecords(readFileSync(asked.output, 'utf8'));
    const cells = Object.fromEntries(head.map((name, i) => [name, line[i]]));
    expect(cells).toMatchObject({
      STRUCTURE_ID: 'LIENTHONG:SERIES(1.0.0)',
      REF_AREA: '15@2025-07',
      TIME_PERIOD: '2020',
      BOUNDARIES: 'CURRENT',
      RESTATEMENT: 'EXACT',
    });
    const asOf = '2020-01-01T00:00:00Z';
    for (const [name, more] of [
      ['series', options],
      ['observations', {}],
      ['targets', {}],
    ] as const) {
      const earlier = await wishes('early.csv', questionOfTable(name, { ...more, asOf }));
      expect(await exportTable(earlier, silentProgress()), name).toBe(0);
    }
  });

  test.each([
    ['tables', {}, 'There is no table "tables"; write observations, targets, or series.'],
    ['series', { indicator: 'X' }, 'Say which series: --area CODE@VINTAGE --indicator CODE.'],
    ['series', { area: '15', indicator: 'X', where: '{}' }, '--where is not for series.'],
    ['observations', { participantGroup: 'X' }, '--participant-group is not for observations.'],
  ])('%s with %j is refused', (table, options, message) => {
    expect(() => questionOfTable(table, options)).toThrow(message);
  });

  test.each([
    ['is broken off', true, /broken off after 1 of 3 rows/],
    ['ends too soon behind a proxy', false, /has 1 of 3 rows/],
  ])('a download that %s leaves no file', async (_how, isBroken, message) => {
    const server = await half(isBroken);
    const { port } = server.address() as AddressInfo;
    const asked = { ...(await wishes('half.csv')), url: `http://127.0.0.1:${port}` };
    await expect(exportTable(asked, silentProgress())).rejects.toThrow(message);
    expect(readdirSync(directory).filter((name) => name.startsWith('half'))).toEqual([]);
    server.close();
  });
});

/** A gateway that promises three rows and gives one. */
async function half(isBroken: boolean): Promise<Server> {
  const server = createServer((req, res) => {
    if (req.method === 'POST') {
      res.end(
        JSON.stringify({
          data: { viewer: { purposes: [] }, exportObservations: { url: '/export/x' } },
        }),
      );
      return;
    }
    res.writeHead(200, { 'export-rows': '3', 'access-record': '7' });
    res.write('A,B\r\n1,"a\nline"\r\n', () => {
      if (isBroken) setTimeout(() => res.destroy(), 100);
      else res.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
